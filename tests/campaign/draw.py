"""A schedule of faults, drawn by chance: the same seed gives the same."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.campaign.ground import NIGHTS, SYSTEMS

SOAP = ("sdi", "ydi", "cpr")
PAGED = ("sdi", "ydi", "sbsys")
EVERYWHERE = ("slow", "hang", "reset", "truncated", "status", "error_in_200", "token_expired", "charset")
OF_RECORDS = ("missing", "renamed", "retyped", "nulls")
OF_PAGES = ("half_page", "repeated_page", "endless", "duplicate_keys")
OF_TLS = ("certificate_expired", "certificate_wrong_host", "client_refused")
LIES = ("empty", "mass_deletion")
"""What no contract can tell from the truth in a single reply about one citizen: struck all night there, so that the
guard must see it. An index is asked twice over, by what changed and by what is there, and may lie once."""
FIELDS = {
    "sbsys": ("Nummer", "SagsTitel", "SagIdentity", "Opstaaet", "DokumentNavn", "Results", "TotalNumberOfResults"),
    "nexus": ("id", "patientIdentifier", "_links", "children", "patient"),
    "sdi": ("StsTidspunkt", "URNIdentifikator", "ObjektType", "StatusKode", "Registrering"),
    "ydi": ("StsTidspunkt", "URNIdentifikator", "ObjektType", "StatusKode", "Registrering"),
}
"""Fields that a record or a reply cannot be without. What a contract lets a vendor leave out is no hole when it is, and
everything in a reply of CPR can be left out."""
RENAMED = {"cpr": ("persondata", "PersonLookupResponse"), "sbsys": ("SagsStatus",)}
"""Fields that would be missed, though the contract lets them be absent: renamed, something unknown stands there."""


@dataclass(frozen=True)
class Schedule:
    """What goes wrong in which night, and how the hub begins."""

    seed: int
    loaded: bool
    """Whether a quiet first night has been before."""
    rotation: int
    """Over how many nights CPR is asked."""
    nights: dict[int, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """The first night that is not quiet."""
        return 1 if self.loaded else 0


def draw(seed: int) -> Schedule:
    """The schedule of that seed."""
    rng = Random(f"campaign/{seed}")
    found = Schedule(seed, rng.random() < 0.8, rng.choice((1, 1, 2)))
    for night in range(found.first, found.first + rng.choice((2, 2, 3))):
        chosen = [system for system in SYSTEMS if rng.random() < 0.5] or [rng.choice(SYSTEMS)]
        faults = []
        for system in chosen:
            first = _fault(rng, system, found.loaded)
            faults.append(first)
            if first["kind"] not in LIES and rng.random() < 0.3:
                faults.append(_fault(rng, system, False))
        found.nights[min(night, NIGHTS)] = faults
    return found


def _fault(rng: Random, system: str, lies: bool) -> dict[str, Any]:
    kinds = [*EVERYWHERE, *(OF_RECORDS if system in FIELDS else ("renamed",))]
    kinds += [k for k in OF_PAGES * 2 if system in PAGED] + [k for k in OF_TLS if system in SOAP]
    kinds += ["namespace"] if system in SOAP else []
    kinds += ["clock_ahead"] * 2 if system in PAGED else []
    kinds += [*LIES, *LIES] if lies else []
    kind = rng.choice(kinds)
    fault: dict[str, Any] = {"system": system, "kind": kind}
    if kind in OF_RECORDS:
        fault["field"] = rng.choice(FIELDS.get(system, ()) + (RENAMED.get(system, ()) if kind == "renamed" else ()))
    if kind == "status":
        fault["status"] = rng.choice((429, 429, 500, 503))
        if fault["status"] == 429 and rng.random() < 0.7:
            fault["retry_after"] = rng.choice((0, 3, 100_000))
    if kind == "error_in_200":
        fault["code"] = rng.choice(("Server", "Client"))
    if kind in ("half_page", "mass_deletion", "truncated", "reset"):
        fault["share"] = rng.choice((0.0, 0.4, 0.9) if kind != "mass_deletion" else (0.6, 0.9, 1.0))
    if kind == "slow":
        fault |= {"seconds": 0.05, "times": 10}
    if kind == "clock_ahead":
        fault["seconds"] = rng.choice((3600, 86400, 86400 * 3))
    if system == "sbsys" and kind in OF_PAGES:
        fault["path"] = "/search"  # its other lists do not say how many there are
    if kind == "hang":
        fault |= {"first": rng.randint(1, 12), "times": rng.choice((1, 2, 6))}
    elif kind not in (*OF_TLS, "slow") and (kind not in LIES or (kind == "empty" and system in ("sdi", "ydi"))):
        fault |= _window(rng)
    return fault


def _window(rng: Random) -> dict[str, Any]:
    """All night, from some request on, or a few requests."""
    how = rng.random()
    if how < 0.3:
        return {}
    first = rng.randint(1, rng.choice((3, 12, 60)))
    return {"first": first} if how < 0.55 else {"first": first, "times": rng.choice((1, 2, 5, 9))}

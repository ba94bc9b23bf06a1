"""The register as it is at one instant, as OrganisationHent shows it: objects whose fields are looked up when asked.

Membership begins and ends as KOMBIT says: the latest begin and the earliest end of the function and its relations.
"""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from korsbaek.landscape.shelf import Shelf
from korsbaek.office import EJER_NAVN
from korsbaek.systems.graphql.execute import Object
from korsbaek.systems.organisation import roles
from korsbaek.systems.organisation.wire import ORGANISATION
from korsbaek.town import CVR

Body = dict[str, Any]
Args = dict[str, Any]
TITLES = {
    roles.STILLING: "Enhedsrolle (Arbejder i)",
    roles.LEDER: "Lederrolle",
    roles.HENVENDELSESSTED: "Henvendelsessted",
}
ADRESSER = {"enhed": roles.ADRESSE_ENHED, "bruger": roles.ADRESSE_BRUGER}


class Snapshot:
    """What is true at `at` (ISO 8601 in UTC)."""

    def __init__(self, shelf: Shelf, at: str) -> None:
        self.shelf, self.at = shelf, at

    @cached_property
    def _functions(self) -> list[tuple[str, Body]]:
        return [(key, body) for key, body in self.shelf.rows("funktion", "true order by key")]

    def true(self, periods: list[Body]) -> Body | None:
        """The one of these periods that holds now. Instants are told alike, but for one after the year 9999."""

        def begun(instant: str) -> bool:
            return instant.index("-") == 4 and instant <= self.at

        return next((p for p in periods if begun(p["fra"]) and not (p.get("til") and begun(p["til"]))), None)

    def listed(self, kind: str, status: str) -> list[tuple[str, Body]]:
        """The units or users in a state, in steady order; a unit without another above it comes first."""
        rows = [(k, b) for k, b in self.shelf.rows(kind, "true order by key") if self._state(b)["status"] == status]
        return sorted(rows, key=lambda row: bool(row[1].get("overordnet")))

    def enhed(self, key: str) -> Object | None:
        """A unit."""
        body = self.shelf.one("enhed", key)
        if body is None:
            return None
        above = self.true(body["overordnet"])
        return {
            "uuid": _is(key),
            "enhedsnavn": lambda _: (self.true(body["navne"]) or {}).get("navn"),
            "brugervendtNoegle": _is(body["noegle"]),
            "underliggendeEnheder": lambda _: [
                self.enhed(k)
                for k, b in self.listed("enhed", "AKTIV")
                if (self.true(b["overordnet"]) or {}).get("uuid") == key
            ],
            "overordnetEnhed": lambda _: self.enhed(above["uuid"]) if above else None,
            "tilstand": lambda _: self._tilstand(body),
            "tilhoerer": lambda _: self.organisation(),
            "adresser": lambda args: list(self._adresser("enhed", body, args)),
            "opgaver": _is([]),
            "itSystemer": _is([]),
            "medlemskaber": lambda args: list(self._medlemskaber("enhed", key, args)),
            "henvendelsessteder": lambda _: [
                {"uuid": _is(k), "navn": _is(f["egenskab"]["navn"]), "opgave": _is(None),
                 "henvendelsesOrganisationEnhed": lambda _: self.enhed(key)}
                for k, f in self._functions
                if f["enhed"] == key and f["type"] == roles.HENVENDELSESSTED
            ],
        }  # fmt: skip

    def bruger(self, key: str) -> Object | None:
        """A user."""
        body = self.shelf.one("bruger", key)
        if body is None:
            return None
        said = None if body.get("tavs") else self.true([body["egenskab"]])
        return {
            "uuid": _is(key),
            "brugernavn": _is((said or {}).get("logon")),
            "brugervendtNoegle": _is((said or {}).get("noegle")),
            "brugerTypeUuid": _is(None),
            "brugerTypeTitel": _is(None),
            "tilstand": lambda _: self._tilstand(body),
            "person": lambda _: self._person(body["person"]),
            "adresser": lambda args: list(self._adresser("bruger", body, args)),
            "harMedlemskab": lambda args: list(self._medlemskaber("bruger", key, args)),
        }

    def organisation(self) -> Object:
        """The municipality."""
        root = next((k for k, b in self.listed("enhed", "AKTIV") if not b["overordnet"]), "")
        return {
            "uuid": _is(ORGANISATION),
            "organisationsnavn": _is(EJER_NAVN),
            "brugervendtNoegle": _is(CVR),
            "myndighed": _is(None),
            "virksomhed": _is({"uuid": _is(ORGANISATION), "cvrNummerTekst": _is(CVR)}),
            "organisationEnhed": lambda _: self.enhed(root),
        }

    def _state(self, body: Body) -> Body:
        held = self.true(body["gyldighed"]) or body["gyldighed"][-1]
        return {**held, "status": held["status"].upper()}

    def _tilstand(self, body: Body) -> Object:
        held = self._state(body)
        return {"status": _is(held["status"]), "fraTidspunkt": _is(held["fra"]), "tilTidspunkt": _is(held.get("til"))}

    def _person(self, key: str) -> Object | None:
        body = self.shelf.one("person", key)
        # The agreement has SeNavn and not SeCPR-nummer.
        return body and {
            "uuid": _is(key), "navn": _is(body["egenskab"]["navn"]), "brugervendtNoegle": _is(None), "cpr": _is(None),
        }  # fmt: skip

    def _adresser(self, kind: str, body: Body, args: Args) -> Iterator[Object]:
        for number, a in enumerate(body["adresser"], 1):
            held = self.shelf.one("adresse", a["uuid"])
            if held is None or a["rolle"] not in _roller(args, a["rolle"]):
                continue
            relation = {"type": _is(ADRESSER[kind]), "rolle": _is(a["rolle"]), "indeks": _is(str(number))}
            yield {
                "uuid": _is(a["uuid"]),
                "adresseTekst": _is(held["egenskab"]["tekst"]),
                "brugervendtNoegle": _is(None),
                "adresseRolleTitel": _is(a["label"]),
                "klassifikation": _is(relation),
            }

    def _medlemskaber(self, of: str, key: str, args: Args) -> Iterator[Object]:
        """Positions and leaderships that are in use."""
        for uuid, body in self._functions:
            held = self.true(body["gyldighed"])
            wanted = body["bruger"] and body["type"] in _roller(args, body["type"])
            if body[of] != key or not wanted or held is None or held["status"] != "Aktiv":
                continue
            yield {
                "uuid": _is(uuid),
                "medlemskabRolleTitel": _is(body["egenskab"]["navn"]),
                "brugervendtNoegle": _is(None),
                "funktionsTypeUuid": _is(body["type"]),
                "funktionsTypeTitel": _is(TITLES.get(body["type"])),
                "start": _is(max(held["fra"], body["egenskab"]["fra"])),
                "slut": _is(held.get("til")),
                "medlemAf": _later(self.enhed, body["enhed"]),
                "bruger": _later(self.bruger, body["bruger"]),
            }


def _is(value: Any) -> Callable[[Args], Any]:
    return lambda args: value


def _later(of: Callable[[str], Any], key: str) -> Callable[[Args], Any]:
    return lambda args: of(key)


def _roller(args: Args, other: str) -> list[str]:
    """The roles asked for; GraphQL takes one for a list of one."""
    rolle = args.get("rolle")
    return [other] if rolle is None else [rolle] if isinstance(rolle, str) else rolle

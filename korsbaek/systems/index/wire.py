"""What every object in the indexes is written with: instants, Virkning, relations, Registrering heads."""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from korsbaek.model import Part
from korsbaek.systems.soap.node import Fixed, Node, el, leaf

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
AKTOER = "urn:oio:it-system-uuid:6f7d2ab0-53c1-4f0e-9a3c-2f6d2f5b9e11"
"""Who says a Virkning: the sending system's URN (invented)."""


@lru_cache(65536)
def instant(moment: datetime) -> str:
    """Danish time with its offset, as the guides print it; microseconds only when there are any."""
    return moment.astimezone(COPENHAGEN).isoformat()


@lru_cache(16384)
def midnight(day: date) -> str:
    """A date in a dateTime field: Danish midnight."""
    return datetime.combine(day, time(), COPENHAGEN).isoformat()


@lru_cache(65536)
def virkning(prefix: str, fra: datetime, til: datetime | None, aktoertype: str = "ItSystem") -> Node:
    """A Virkning from a moment to another (None: infinity), in the namespace of the schema that declares it."""
    end: Node = ("sd:GraenseIndikator", "true") if til is None else ("sd:TidsstempelDatoTid", instant(til))
    return Fixed.of(
        el(
            f"{prefix}:Virkning",
            el("sd:FraTidspunkt", ("sd:TidsstempelDatoTid", instant(fra))),
            el("sd:TilTidspunkt", end),
            el("sd:AktoerRef", ("sd:URNIdentifikator", AKTOER)),
            ("sd:AktoerTypeKode", aktoertype),
        )
    )


def reference(name: str, ident: str) -> Node:
    """A UnikId: a URN when it looks like one, else a UUID."""
    kind = "URN" if ident[:4].lower() == "urn:" else "UUID"
    return (name, [(f"sd:{kind}Identifikator", ident)])


@lru_cache(1024)
def _fixed(name: str, ident: str) -> Node:
    return Fixed.of(reference(name, ident))


def relation(
    name: str,
    period: Node | None,
    role: str,
    kind: str,
    ident: str,
    *more: Node | None,
    indeks: str | None = None,
    extension: Node | None = None,
    prefix: str = "gd",
) -> Node:
    """A relation: Virkning, Rolle, Type, Indeks (only for roles that occur several times), ReferenceID, extension."""
    return el(
        name,
        period,
        _fixed(f"{prefix}:Rolle", role),
        _fixed(f"{prefix}:Type", kind),
        leaf(f"{prefix}:Indeks", indeks),
        reference(f"{prefix}:ReferenceID", ident),
        None if extension is None else el(f"{prefix}:LokalUdvidelseListe", extension),
        *more,
    )


def part_urn(part: Part) -> str:
    """A party is always a URN in the indexes; one without any number goes by name."""
    kinds = {"cpr": "cpr-nr", "cvr": "cvr-nr", "personid": "us:personid"}
    kind = kinds.get(part.art)
    return f"urn:oio:{kind}:{part.nummer}" if kind else f"urn:oio:fuldtnavn:{part.navn}"


@lru_cache(4096)
def klasse_uuid(number: str) -> str:
    """The UUID of a KLE class in this town (the real ones are in Klassifikation, not public)."""
    return str(uuid5(NAMESPACE_URL, f"urn:oio:kle:{number}"))


@lru_cache(1024)
def system_uuid(name: str) -> str:
    """The UUID of an it-system of the town."""
    return str(uuid5(NAMESPACE_URL, f"urn:korsbaek:it-system:{name}"))


def registrering(
    prefix: str,
    tidspunkt: datetime,
    sts: datetime,
    bruger: str,
    attributter: Sequence[Node],
    tilstande: Sequence[Node],
    relationer: Sequence[Node],
) -> Node:
    """A Registrering: `tidspunkt` is the sender's clock (a plain dateTime), `sts` the index's."""
    return el(
        f"{prefix}:Registrering",
        ("sd:Tidspunkt", instant(tidspunkt)),
        ("sd:LivscyklusKode", "Importeret"),
        reference("sd:BrugerRef", bruger if ":" in bruger else f"urn:oio:korsbaek:ad:{bruger}"),
        ("gd:StsTidspunkt", instant(sts)),
        (f"{prefix}:AttributListe", list(attributter)),
        (f"{prefix}:TilstandListe", list(tilstande)),
        (f"{prefix}:RelationListe", list(relationer)),
    )

"""Who is affected when a source fails: KLE areas, units of the municipality, and how many citizens' pages."""

import tomllib
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from helhed.settings import config_folder
from sync.database import Connection, one_value
from sync.population import PARTS

_OF_PERSONS = ("person", "navn", "adresse", "kontaktoplysning", "beskyttelse", "personrelation")
_PERSON = "type is distinct from 'virksomhed'"
_NO_COMPANY = "not exists (select 1 from identitet i where i.objekt = part and i.art in ('cvr', 'pnr'))"
"""A claim does not say what its debtor is."""
_CITIZENS = "select count(*) from ({}) c".format(
    " union ".join(
        [f"select objekt from {t} where source = %(source)s and kendt_til is null" for t in _OF_PERSONS]
        + [
            f"select part from {t} where source = %(source)s and kendt_til is null and part is not null"
            f" and {_NO_COMPANY if t == 'krav' else _PERSON}"
            for t in PARTS
        ]
    )
)
_AREAS = """
    select distinct split_part(coalesce(brugervendt_noegle, substring(urn from '^urn:oio:kle:([0-9.]+)$')), '.', 1)
    from sagsklasse where source = %s and kendt_til is null and rolle = 'primaer_klasse'
"""
_UNITS = """
    select coalesce(e.navn, a.fuldt_navn), count(*) from sagsaktoer a
    left join organisationenhed e on e.objekt = a.reference and e.kendt_til is null
    where a.source = %s and a.kendt_til is null and a.type = 'organisationenhed'
      and a.rolle in ('ansvarlig', 'primaer_behandler') and coalesce(e.navn, a.fuldt_navn) is not null
    group by 1
"""
MOST_UNITS = 12
"""Units that are named; those with the most cases first."""


class Affected(NamedTuple):
    """Whom it concerns that a source fails."""

    enheder: list[str]
    kle: list[str]
    borgere: int


NOBODY = Affected([], [], 0)


def affected(connection: Connection, source: str, kle: Iterable[str]) -> Affected:
    """Areas that the source's file names or its cases have; the units that answer for its cases or may see them."""
    rows = connection.execute(_AREAS, (source,)).fetchall()
    areas = sorted({*kle, *(str(row[0]) for row in rows if row[0] and str(row[0]).isdigit())})
    units: Counter[str] = Counter({str(name): many for name, many in connection.execute(_UNITS, (source,)).fetchall()})
    for name in _with_access(areas):
        units.setdefault(name, 0)
    named = sorted(units, key=lambda name: (-units[name], name))[:MOST_UNITS]
    return Affected(named, areas, int(one_value(connection, _CITIZENS, {"source": source})))


def _with_access(areas: list[str]) -> set[str]:
    """Units of roles.toml whose caseworkers hold a grant within the areas; none when the login is another."""
    path = config_folder() / "roles.toml"
    try:
        users: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8")).get("bruger", [])
        return {
            str(user["enhed"])
            for user in users
            for grant in user.get("grant", [])
            if any(_meet(str(pattern), area) for pattern in grant["kle"] for area in areas)
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return set()  # the view itself says what is wrong with the file


def _meet(pattern: str, area: str) -> bool:
    """Whether a grant (27.*, 27.36.04, *) and an area (27, 27.36) have anything in common."""
    prefix = pattern.removesuffix("*").removesuffix(".")
    return prefix.startswith(area) or area.startswith(prefix)

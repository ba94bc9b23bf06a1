"""Whom and what some records of a stream speak of: in counts, for a person who has to decide about them."""

from collections.abc import Collection

from canonical_model.indexes import REFERENCES
from sync.database import STEADY, Connection, all_rows, one_value
from sync.population import PARTS

_OF_PERSONS = ("person", "navn", "adresse", "kontaktoplysning", "beskyttelse", "personrelation")
"""Tables whose object is a person."""
OBJECTS = (
    "person", "virksomhed", "sag", "dokument", "journalnotat", "bevilling", "bevilgetydelse", "oekonomiskeffektuering",
    "krav", "organisationenhed", "bruger", "klasse",
)  # fmt: skip
"""Tables of objects, rather than of what is said of them."""
_OPEN = "f.source = %(source)s and f.stream = %(stream)s and f.kendt_til is null"
_KINDS = " union all ".join(
    f"select '{table}', count(distinct f.objekt) from concerned_key c join {table} f on f.key = c.key and {_OPEN}"
    for table in OBJECTS
)
_UUIDS = " union ".join(
    f"select f.{column} from concerned_key c join {table} f on f.key = c.key and {_OPEN} where f.{column} is not null"
    for table, column in [*((t, REFERENCES[t]) for t in PARTS), *((t, "objekt") for t in _OF_PERSONS)]
)
_CITIZENS = f"""
    select count(distinct coalesce(o.objekt, u.uuid)) from (
      {_UUIDS} union
      select l.owner from concerned_key c join landed l on l.key = c.key and l.source = %(source)s
        and l.stream = %(stream)s where l.owner is not null
    ) u(uuid)
    join identitet i on i.objekt = u.uuid and i.art in ('cpr', 'personid', 'borgerid')
    left join identitet o on o.art = i.art and o.nummer = i.nummer and o.kendt_til is null
"""


def concerned(connection: Connection, source: str, stream: str, keys: Collection[str]) -> tuple[dict[str, int], int]:
    """How many objects of each kind, and how many persons with a national number. Must be in a transaction."""
    connection.execute("create temp table if not exists concerned_key (key text) on commit delete rows")
    with connection.cursor().copy("copy concerned_key from stdin (format binary)") as copy:
        copy.set_types(["text"])
        for key in keys:
            copy.write_row((key,))
    connection.execute("analyze concerned_key")
    connection.execute(STEADY)
    values = {"source": source, "stream": stream}
    kinds = {table: count for table, count in all_rows(connection, _KINDS, values) if count}
    return kinds, int(one_value(connection, _CITIZENS, values))

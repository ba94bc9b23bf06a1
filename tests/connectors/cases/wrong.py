"""Records that the vendor got wrong: parked with the field's name and without its value, or understood all the same."""

from connectors.errors import RecordError
from connectors.replay import Scene
from tests.connectors.cases.canaries import leaves
from tests.connectors.cases.records import REMOVED, longest, say, spoilt

NONSENSE: tuple[object, ...] = (
    None,
    "",
    "   ",
    True,
    -1,
    10**30,
    1.5,
    [],
    {},
    [[]],
    "ikke en dato",
    "0000-00-00",
    "2024-02-30T25:61:00+99:00",
    "9999-12-31T23:59:59.999999-12:00",
    "0001-01-01T00:00:00+14:00",
    "311299-9999",
    "320199-0000",
    "٠١٠١٧٠١٢٣٤",
    "00000000-0000-0000-0000-000000000000",
    "\x00",
)


SHARES = 3
"""Of XML, which is slower, each nonsense is put in every third place only; 10,000 mutants do the rest."""


def each_field_removed_is_named_or_not_needed(scene: Scene) -> None:
    named = dict.fromkeys((s.name for s in scene.connector.streams), 0)
    for stream, record in longest(scene):
        values = {v for v in leaves(record.body) if len(v) >= 8}
        for name, body in spoilt(record.body, REMOVED):
            said = say(stream, body)
            if isinstance(said, RecordError):
                named[stream.name] += 1
                assert name in said.field, f"{stream.name}: without {name} the error is about {said.field}"
                # The path is made of the contract's names, one of which may be a word that is also somebody's title.
                quoted = any(v in said.reason for v in values)
                assert not quoted, f"{stream.name}: without {name} the error quotes a value"
    assert all(named.values()), f"{named}: a stream needs no field at all"


def nonsense_is_parked_or_understood(scene: Scene) -> None:
    """In any field: drafts, or RecordError that names something and does not quote."""
    for stream, record in longest(scene):
        for n, nonsense in enumerate(NONSENSE):
            for name, body in spoilt(record.body, nonsense, n % SHARES):
                said = say(stream, body)
                if isinstance(said, RecordError):
                    assert said.field and "\n" not in str(said)
                    quoted = isinstance(nonsense, str) and len(nonsense.strip()) > 3 and nonsense in str(said)
                    assert not quoted, f"{stream.name}.{name}: the error quotes the value"

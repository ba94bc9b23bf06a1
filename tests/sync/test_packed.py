"""Rows packed before their time is known: the same bytes as if it had been known from the beginning."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helhed.settings import now
from sync.packed import Packed
from tests.sync.conftest import Hub

COLUMNS = {"key": "text", "owner": "uuid", "body": "bytea", "digest": "bytea", "sent": "bytea", "unknown": "text[]"}
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
ROWS = st.lists(
    st.tuples(TEXTS, st.none() | st.uuids(), st.binary(max_size=40), st.binary(max_size=16), st.binary(max_size=16),
              st.none() | st.lists(TEXTS, max_size=3)),
    max_size=6, unique_by=lambda row: row[0],
)  # fmt: skip
TIMES = st.datetimes(datetime(1901, 1, 1), datetime(2199, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
_THERE = 'select key, owner, body, digest, sent, unknown, source, stream, landed from landed order by key collate "C"'


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, TIMES, TEXTS, TEXTS)
def test_what_was_packed_stands_from_the_given_time_on(
    hub: Hub, rows: list[tuple[Any, ...]], at: datetime, source: str, stream: str
) -> None:
    packed = Packed(hub.connection, (source, stream))
    packed.add("landed", "landed", COLUMNS, rows)
    with hub.connection.transaction():
        packed.write(hub.connection, at)
        found = hub.rows(_THERE)
        hub.connection.execute("delete from landed")
    assert found == sorted((row + (source, stream, at) for row in rows), key=lambda row: row[0].encode())


def test_a_body_that_looks_like_the_beginning_of_a_row_stays_as_it_is(hub: Hub) -> None:
    """All of a row's beginning but its time, and the whole row of another source."""
    early = datetime(1, 1, 1, tzinfo=UTC)
    lead = b"\0\0\0\4here\0\0\0\1s\0\0\0\10"
    other = Packed(hub.connection, ("there", "s"))
    other.add("landed", "landed", COLUMNS, [("k", None, b"", b"", None, None)])
    body = lead + b"".join(rows for _, rows in other._rows.values())
    packed = Packed(hub.connection, ("here", "s"))
    packed.add("landed", "landed", COLUMNS, [("k", None, body, b"", None, None)])
    packed.write(hub.connection, now())
    assert hub.one("select body from landed") == body
    assert hub.one("select landed from landed") > early + timedelta(days=1)

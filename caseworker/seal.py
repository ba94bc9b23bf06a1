"""Sealing the lookup log: closed blocks of rows, each hashed together with the hash of the block before."""

import hashlib
import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, text

from canonical_model.opslag import Opslag
from canonical_model.store import engine
from helhed.settings import now

GRACE = timedelta(seconds=30)
"""Rows younger than this are left for the next block: a plain insert may commit after a later one."""

_LATER = ("svar", "skrevet")
"""Columns younger than the first seals: they are hashed in the rows that have them."""
_COLUMNS = (*(name for name in Opslag.model_fields if name not in _LATER), *_LATER)


def seal() -> int:
    """Close the rows that are old enough into one block. Gives the number of rows sealed. Runs with role sync."""
    with engine("sync").begin() as connection:
        connection.execute(text("select pg_advisory_xact_lock(hashtext('helhed opslag seal'))"))
        last = connection.execute(text("select til, digest from opslagsblok order by id desc limit 1")).first()
        after, before = (last.til, bytes(last.digest)) if last else (0, b"")
        found = _rows(connection, after, None, now() - GRACE)
        if not found:
            return 0
        connection.execute(
            text(
                "insert into opslagsblok (fra, til, lukket, forrige, digest)"
                " values (:fra, :til, :lukket, :forrige, :digest)"
            ),
            {
                "fra": found[0]["id"],
                "til": found[-1]["id"],
                "lukket": now(),
                "forrige": before,
                "digest": _digest(before, found),
            },
        )
        return len(found)


def verify() -> list[str]:
    """What is wrong with the sealed log, one line a fault naming block and row numbers only; empty when it holds."""
    faults: list[str] = []
    with engine("sync").connect() as connection:
        blocks = connection.execute(text("select * from opslagsblok order by id")).mappings().all()
        before, upto = b"", 0
        for block in blocks:
            if bytes(block["forrige"]) != before:
                faults.append(f"block {block['id']}: is not chained to the block before it")
            found = _rows(connection, upto, block["til"], None)
            if not found or found[0]["id"] != block["fra"]:
                faults.append(f"block {block['id']}: rows are missing or added before row {block['fra']}")
            if _digest(bytes(block["forrige"]), found) != bytes(block["digest"]):
                faults.append(f"block {block['id']}: rows {block['fra']} to {block['til']} are not as they were sealed")
            before, upto = bytes(block["digest"]), block["til"]
    return faults


def _rows(connection: Connection, after: int, upto: int | None, older: Any) -> list[dict[str, Any]]:
    """Rows after one id: up to another, or the unbroken run of rows that are old enough."""
    sql = f"select {', '.join(_COLUMNS)} from opslag where id > :after"
    sql += " and id <= :upto" if upto is not None else ""
    answer = connection.execute(text(sql + " order by id"), {"after": after, "upto": upto})
    result = [dict(row) for row in answer.mappings()]
    if older is None:
        return result
    kept = []
    for row in result:
        if row["tid"] > older:
            break
        kept.append(row)
    return kept


def _digest(before: bytes, found: Iterable[dict[str, Any]]) -> bytes:
    state = hashlib.sha256(before)
    for row in found:
        values = [_plain(row[c]) for c in _COLUMNS if c not in _LATER or row[c] is not None]
        state.update(json.dumps(values, ensure_ascii=False).encode() + b"\n")
    return state.digest()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, int | str | list):
        return value
    return value.astimezone().timestamp() if hasattr(value, "astimezone") else str(value)

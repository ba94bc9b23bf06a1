"""Doors that do not open: the latest run of a source failed, in whole or in part, and why."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from helhed.settings import Source
from sync.database import Connection
from sync.incidents.finding import Finding

_FAILING = """
    select s.source, s.stream, s.failing_since, s.error from stream_state s
    where s.source = any(%(ids)s) and s.failing_since is not null and s.error is not null
      and not exists (select from held_deletion h where (h.source, h.stream) = (s.source, s.stream)
                      and s.error !~ '(Access|Transient|Contract|Settings)Error: ')
    order by s.source, s.failing_since, s.stream
"""
# A run that ended without any stream never came as far as the door.
_NEVER_CAME = """
    select latest.source, '', coalesce(latest.ended, latest.started), latest.error from (
        select distinct on (source) * from run where source = any(%(ids)s) and state <> 'running'
        order by source, id desc) latest
    where latest.state = 'failed' and latest.error is not null
      and not exists (select from run_stream r where r.run = latest.id)
"""
_CLASS = re.compile(r"\b(Access|Transient|Contract|Settings)Error: ")
_FOLLOWS = re.compile(r"ContractError: the stream .*, whose keys are asked for, failed")
GRAVEST = ("access", "settings", "contract", "unexpected", "transient")
"""When streams fail for different reasons, the one that explains most comes first."""
TEKST = {
    "access": "{navn} afviser vores adgang.",
    "settings": "Forbindelsen til {navn} er ikke sat rigtigt op.",
    "contract": "{navn} svarer anderledes end aftalt.",
    "unexpected": "Hentningen fra {navn} gik i stå af en grund, som vi ikke kender.",
    "transient": "{navn} svarer ikke.",
}


def failing(connection: Connection, good: Mapping[str, Source], streams: Mapping[str, set[str]]) -> list[Finding]:
    """One finding for each source with a failing stream; `streams` are those that its connector still has."""
    signs: dict[str, list[tuple[str, datetime, str]]] = {}
    rows = connection.execute(_FAILING, {"ids": list(good)}).fetchall()
    rows += connection.execute(_NEVER_CAME, {"ids": list(good)}).fetchall()
    for source, stream, since, error in rows:
        if not stream or not streams.get(source) or stream in streams[source]:
            signs.setdefault(source, []).append((stream, since, error))
    return [_finding(good[source], found) for source, found in signs.items()]


def reason_of(error: str) -> str:
    """access, contract, transient or settings, as the line of an error says; unexpected otherwise."""
    found = _CLASS.search(error)
    return found[1].lower() if found else "unexpected"


def _finding(source: Source, signs: Sequence[tuple[str, datetime, str]]) -> Finding:
    own = [sign for sign in signs if not _FOLLOWS.search(sign[2])] or list(signs)
    gravest = min(own, key=lambda sign: (GRAVEST.index(reason_of(sign[2])), sign[1], sign[0]))
    reason, since = reason_of(gravest[2]), min(sign[1] for sign in signs)
    names = sorted({stream for stream, _, _ in signs if stream})
    where = f"{source.id} ({', '.join(names)})" if names else source.id
    tekst = TEKST[reason].format(navn=source.navn)
    return Finding("connector", source.id, "", reason, 1 if reason == "transient" else 2, since,
                   f"{where}: {gravest[2]}", tekst)  # fmt: skip

"""Findings: what is broken now; and that one broken thing is one incident, however many signs it gives."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias

from sync.incidents.dansk import antal

Kind: TypeAlias = Literal["connector", "freshness", "certificate", "quarantine", "deletions", "drift", "messages"]
NO_LONGER_USABLE = 4
"""The level of a certificate that opens nothing any more."""
REFUSED = frozenset({"access", "transient"})
"""What a refused certificate looks like: TLS 1.3 says it after the handshake, so that the caller may see an alert or
only a connection that was closed."""


class Finding(NamedTuple):
    """One thing that is broken now."""

    kind: Kind
    source: str
    """Empty for what concerns the hub as a whole."""
    stream: str
    """Empty when the source as a whole is meant."""
    reason: str
    level: int
    since: datetime
    line: str
    """In one line, without personal data."""
    tekst: str
    """The same in Danish."""
    records: int = 0
    """How many records it concerns, where that is known."""


def one_for_each(findings: Iterable[Finding], asks: Mapping[tuple[str, str], str]) -> list[Finding]:
    """The findings without those that another one explains; `asks`: the stream whose keys a stream asks for.

    A certificate that opens nothing explains why access is refused, or why the connection ends; a door that fails and
    deletions that wait explain why what we hold grows old; cases that wait to be deleted explain why their notes do; a
    field that is gone explains why records cannot be read. What explains something that people notice becomes more
    urgent by it.
    """
    found = list(findings)
    dead = {f.source for f in found if f.kind == "certificate" and f.level >= NO_LONGER_USABLE}
    found = [f for f in found if not (f.kind == "connector" and f.reason in REFUSED and f.source in dead)]
    doors = {f.source for f in found if f.kind == "connector"} | dead
    held = {(f.source, f.stream) for f in found if f.kind == "deletions"}
    found = [f for f in found if f.kind != "deletions" or (f.source, asks.get((f.source, f.stream), "")) not in held]
    old = [f for f in found if f.kind == "freshness" and (f.source in doors or (f.source, f.stream) in held)]
    changed = {(f.source, f.stream) for f in found if f.kind == "drift" and f.reason != "unknown"}
    unread = [f for f in found if f.kind == "quarantine" and (f.source, f.stream) in changed]
    stale = {f.source: f for f in old}
    parked = {(f.source, f.stream): f for f in unread}
    kept = []
    for f in found:
        if f in old or f in unread:
            continue
        if f.source in stale and f.kind in ("connector", "certificate", "deletions"):
            kept.append(_worse(f, stale[f.source]))
        elif f.kind == "drift" and (f.source, f.stream) in parked:
            kept.append(_worse(f, parked[f.source, f.stream]))
        else:
            kept.append(f)
    return _whole_sources(kept)


def _worse(finding: Finding, by: Finding) -> Finding:
    """The finding with what it leads to; only a certificate's level stays, which says how near its end is."""
    level = finding.level if finding.kind == "certificate" else finding.level + 1
    return finding._replace(level=level, line=f"{finding.line}; {by.line}", tekst=f"{finding.tekst} {by.tekst}")


def _whole_sources(findings: list[Finding]) -> list[Finding]:
    """Several streams that are older than they should be are one thing, which the oldest of them speaks for."""
    late: dict[str, list[Finding]] = {}
    for f in findings:
        if f.kind == "freshness":
            late.setdefault(f.source, []).append(f)
    whole = []
    for old in late.values():
        oldest = min(old, key=lambda f: (f.since, f.stream))
        more = len(old) - 1
        line = oldest.line + (f" (and {more} more streams)" if more else "")
        tekst = oldest.tekst + (
            f" Det samme gælder {antal(more, 'anden slags', 'andre slags')} oplysninger." * bool(more)
        )
        whole.append(oldest._replace(stream="", line=line, tekst=tekst))
    return [f for f in findings if f.kind != "freshness"] + whole

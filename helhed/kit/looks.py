"""What is looked at for each claim of the quality scale: objections, a line each; none when the claim holds."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from croniter import croniter

from connectors.contract import Shape
from connectors.replay import REPLIES, SECOND
from helhed.kit.invented import numbers, of_nobody
from helhed.kit.parts import HEADINGS
from helhed.kit.subject import Subject

SECRET = re.compile(
    rb"BEGIN (?:RSA |EC |ENCRYPTED )?PRIVATE KEY|Bearer [\w.-]{20,}|eyJ[\w-]{10,}\.[\w-]{10,}"
    rb'|"(?:client_secret|password|refresh_token)"\s*:\s*"(?!a-token)[^"]{4,}"'
)
SOURCED = re.compile(r"https?://|rammearkitektur|section|\bpublic\b|\binferred\b|\bSF\d{4}|XSD|WSDL|OpenAPI|manual")


def whole(subject: Subject) -> Iterator[str]:
    """All parts are there and fresh."""
    yield from subject.lacks


def _run(subject: Subject) -> Iterator[str]:
    if not subject.sources:
        yield "no source file names it; write one in the configuration (docs/configuration.md)"


def owner(subject: Subject) -> Iterator[str]:
    """A source file with an owner who can be reached."""
    yield from _run(subject)
    yield from (f"source {s.id}: no way to reach its owner" for s in subject.sources if not s.kontakt.strip())


def hjemmel(subject: Subject) -> Iterator[str]:
    """A purpose, and a legal basis that names a law."""
    yield from _run(subject)
    law = re.compile(r"lov|§|forordning|bekendtgørelse|aftale", re.I)
    yield from (f"source {s.id}: hjemmel names no law" for s in subject.sources if not law.search(s.hjemmel))


def invented(subject: Subject) -> Iterator[str]:
    """Every CPR number that a recording holds or asked for can belong to nobody."""
    for folder, index, bodies in subject.recordings():
        asked = {k for keys in index.keys.values() for k in keys}
        real = [n for n in numbers(bodies.values(), asked) if not of_nobody(n)]
        if real:
            yield f"{folder.name}: {len(real)} CPR numbers that could belong to somebody"


def drafts(subject: Subject) -> Iterator[str]:
    """drafts.txt is there and fresh."""
    yield from (line for line in subject.lacks if line.startswith("drafts.txt"))


def sheet(subject: Subject) -> Iterator[str]:
    """The headings, and what stands below them."""
    for heading in HEADINGS:
        if len(_below(subject, heading).split()) < 4:
            yield f"README.md says nothing below '{heading}'"


def no_secret(subject: Subject) -> Iterator[str]:
    """No private key, token or password in any of its files."""
    for path in sorted(subject.folder.rglob("*")):
        if path.is_file() and path.suffix not in (".pyc", ".gz") and SECRET.search(path.read_bytes()):
            yield f"{path.relative_to(subject.folder)} holds what looks like a secret"


def nightly(subject: Subject) -> Iterator[str]:
    """The register makes a DAG for each active source."""
    if not any(s.aktiv for s in subject.sources):
        yield "no active source file: it has no night"


def changes_only(subject: Subject) -> Iterator[str]:
    """Each stream is a changed one."""
    for stream in subject.connector.streams:
        if stream.shape is not Shape.CHANGED:
            yield f"{stream.name} is {stream.shape.value}: all of it is read again; exempt it and say why"


def access_told(subject: Subject) -> Iterator[str]:
    """It runs each day, and its owner has an e-mail address."""
    yield from _run(subject)
    for source in subject.sources:
        if source.kontakt_mail is None:
            yield f"source {source.id}: its owner has no e-mail address"
        runs = croniter(source.tidsplan, datetime(2026, 1, 1, tzinfo=UTC))
        times = [runs.get_next(datetime) for _ in range(20)]
        if max(b - a for a, b in pairwise(times)) > timedelta(hours=25):
            yield f"source {source.id}: it does not run each day"


def quarantine(subject: Subject) -> Iterator[str]:
    """What is parked opens an incident at the latest at 5 % or 100 records."""
    yield from _run(subject)
    for source in subject.sources:
        if source.quarantine_share > 0.05 or source.quarantine_number > 100:
            yield f"source {source.id}: more may wait in quarantine than anybody would notice"


def retention(subject: Subject) -> Iterator[str]:
    """Months for what it said, days for the vendor's own record."""
    yield from _run(subject)
    yield from (f"source {s.id}: the vendor's records are kept too long" for s in subject.sources if s.landed_days > 90)


def deletions(subject: Subject) -> Iterator[str]:
    """Listed and keyed streams tell by absence; a changed one needs all keys."""
    for stream in subject.connector.streams:
        if stream.shape is Shape.CHANGED and stream.read_keys is None:
            yield f"{stream.name} cannot find what is gone"


def live(subject: Subject) -> Iterator[str]:
    """The sample municipality serves the contract on the wire."""
    if not subject.simulated:
        yield "no system of the sample municipality serves its contract"


def left_out(subject: Subject) -> Iterator[str]:
    """The sheet says what is left out and why."""
    if "left out" not in subject.sheet.lower():
        yield "README.md does not say what is left out and why"


def whims(subject: Subject) -> Iterator[str]:
    """At least three, each with its source."""
    points = re.findall(r"^- (.+(?:\n  .+)*)", _below(subject, "## Limits and whims"), re.M)
    if len(points) < 3:
        yield "README.md has fewer than three points below '## Limits and whims'"
    yield from (f"no source for: {p[:40]} ..." for p in points if not SOURCED.search(p))


def errors(subject: Subject) -> Iterator[str]:
    """A table of the errors that the vendor has shown, each with the case that has it."""
    rows = re.findall(r"^\|[^|\n]+\|\s*`(\w+)`\s*\|", _below(subject, "## Errors seen"), re.M)
    if not rows:
        yield "README.md has no table below '## Errors seen' that names a case for each error"


def second_town(subject: Subject) -> Iterator[str]:
    """A second recording, made with other settings."""
    found = {folder.name: index for folder, index, _ in subject.recordings()}
    if SECOND not in found:
        yield f"no recording of a second town in {SECOND}/"
    elif REPLIES in found and found[SECOND].options == found[REPLIES].options:
        yield f"{SECOND}/ was recorded with the same settings"


def _below(subject: Subject, heading: str) -> str:
    found = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^## |\Z)", subject.sheet, re.M | re.S)
    return found[1] if found else ""

"""Reading a FHIR server: what has changed, which ids it holds, one resource (FHIR search, the same in STU3 and R4)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from canonical_model.draft import UNSET, Draft, Sent
from connectors.auth import TokenAuth
from connectors.contract import Access, Ask, Keys, Page, Record, Shape, Stream
from connectors.dates import instant
from connectors.errors import ContractError, RecordError
from connectors.fields import Fields
from connectors.minimise import Sheet, parse, record
from connectors.paging import Slice, by_link
from connectors.rest import RestApi

OVERLAP = timedelta(minutes=10)
"""How far before the cursor we ask again, since a server commits late."""


class Server:
    """A FHIR server behind one RestApi."""

    def __init__(self, access: Access, auth: TokenAuth, size: int) -> None:
        self.rest = RestApi(access, auth)
        self.rest.session.headers["Accept"] = "application/fhir+json, application/json"
        self.size = int(access.options.get("page_size") or access.extra.get("page_size") or size)
        """Resources of a page that we ask for; page_size in the source's file or the Connection replaces `size`."""

    def check(self) -> None:
        """Asks for one citizen: what opens the server and the right to see citizens are in order when it comes."""
        self.rest.get("Patient", {"_count": 1})


@dataclass(frozen=True)
class Kind:
    """One kind of resource, and what of it comes in."""

    resource: str
    profile: str
    sheet: Sheet
    citizen: str = ""
    """System of the citizens' identifiers: their Patient is included, and its number put in as `cpr`."""


def sheet(kept: str, dropped: str) -> Sheet:
    """The sheet of a kind of resource, as words (Sheet.of). Of what every resource says of itself its id and when it
    was changed come in; its version and profiles are known and left out."""
    return Sheet.of(f"id meta.lastUpdated {kept}", f"resourceType meta(versionId profile) {dropped}")


def stream(name: str, kind: Kind, translate: Callable[[Any], Iterable[Draft]]) -> Stream[Any]:
    """A changed stream of one kind of resource."""
    return Stream(
        name=name, shape=Shape.CHANGED, read=reader(kind), read_keys=key_reader(kind), read_one=one_reader(kind),
        parse=parse, translate=translate,
    )  # fmt: skip


def reader(kind: Kind) -> Callable[[Any, Ask], Iterator[Page]]:
    """A stream's read. The cursor is the highest lastUpdated that is not ahead of the hub's clock."""

    def read(api: Server, ask: Ask) -> Iterator[Page]:
        """Pages of what the server has changed since the cursor, less the overlap, oldest first."""
        before, fra = _before(ask)
        latest = before
        query = [("_sort", "_lastUpdated"), *_since(fra, ask.until)]
        if kind.citizen:
            query.append(("_include", f"{kind.resource}:subject"))
        for found, included in search(api, kind, query):
            times = [t for t in map(changed, found) if t and t <= ask.now]
            latest = max((*times, latest) if latest else times, default=None)
            yield Page([_record(kind, body, included) for body in found], latest.isoformat() if latest else None)

    return read


def key_reader(kind: Kind) -> Callable[[Any, Ask], Iterator[Sequence[str]]]:
    """A stream's read_keys: every id, since no search tells of what was deleted; and those changed since the cursor."""

    def read_keys(api: Server, ask: Ask) -> Iterator[Sequence[str]]:
        """Every id that the server holds now."""
        _, fra = _before(ask)
        for found, _ in search(api, kind, [("_elements", "id,meta"), ("_sort", "_lastUpdated")]):
            newer = [_id(b) for b in found if fra is None or ((t := changed(b)) and fra <= t <= ask.now)]
            yield Keys([_id(body) for body in found], newer)

    return read_keys


def one_reader(kind: Kind) -> Callable[[Any, str], Sequence[Record]]:
    """A stream's read_one: the resource of that id, or nothing."""

    def read_one(api: Server, key: str) -> Sequence[Record]:
        """The resource of that id; nothing when the server has none."""
        query = [("_id", key), *([("_include", f"{kind.resource}:subject")] if kind.citizen else [])]
        return [_record(kind, b, named) for found, named in search(api, kind, query) for b in found if _id(b) == key]

    return read_one


def search(api: Server, kind: Kind, query: Sequence[tuple[str, str]]) -> Iterator[tuple[Sequence[Any], list[Any]]]:
    """The resources that a search picks and those that it includes, page by page, by the Bundles' own next links."""
    words = urlencode([("_profile", kind.profile), *query, ("_count", str(api.size))])
    included: list[Any] = []

    def fetch(link: str) -> Slice:
        reply = api.rest.get(link)
        if not isinstance(reply, dict) or reply.get("resourceType") != "Bundle":
            raise ContractError(f"GET {kind.resource}: the reply is no Bundle")
        entries, links = reply.get("entry") or [], reply.get("link") or []
        if not all(isinstance(e, dict) and isinstance(e.get("resource"), dict) for e in entries):
            raise ContractError(f"GET {kind.resource}: an entry holds no resource")
        following = [one.get("url") for one in links if isinstance(one, dict) and one.get("relation") == "next"]
        included[:] = [e["resource"] for e in entries if _mode(e) == "include"]
        found = [e["resource"] for e in entries if _mode(e) == "match"]
        if following and not found:
            raise ContractError(f"GET {kind.resource}: an empty page says that there is another")
        return Slice(found, next=str(following[0]) if following else None)

    for found in by_link(fetch, f"{kind.resource}?{words}", f"GET {kind.resource}"):
        yield found, list(included)


def changed(body: dict[str, Any]) -> datetime | None:
    """When the server last changed a resource; empty when it does not say it readably."""
    meta = body.get("meta")
    try:
        return instant(meta.get("lastUpdated"), "meta.lastUpdated") if isinstance(meta, dict) else None
    except RecordError:
        return None


def changed_at(resource: Fields) -> datetime:
    """When the server last changed a resource, which it must say."""
    return resource.need_one("meta").need_instant("lastUpdated")


def extension(resource: Fields, url: str) -> Fields | None:
    """The extension of that address, where the resource has one."""
    return next((one for one in resource.many("extension") if one.text("url") == url), None)


def need_extension(resource: Fields, url: str) -> Fields:
    """The extension of that address, which must be there."""
    found = extension(resource, url)
    if found is None:
        raise RecordError("extension.url", f"no {url.rpartition('/')[2]}")
    return found


def text_of(found: Fields | None) -> Sent[str]:
    """The text that an extension holds, where the resource has that extension."""
    return found.text("valueString") if found else UNSET


def need_coding(resource: Fields, name: str) -> Fields:
    """The first coding of a CodeableConcept, both of which must be there."""
    concept = resource.need_one(name)
    found = next(concept.many("coding"), None)
    if found is None:
        raise RecordError(concept.path("coding"), "missing")
    return found


def _mode(entry: dict[str, Any]) -> str:
    said = entry.get("search")
    return str(said.get("mode", "match")) if isinstance(said, dict) else "match"


def _id(body: dict[str, Any]) -> str:
    if isinstance(body.get("id"), str) and body["id"]:
        return str(body["id"])
    raise ContractError("a resource without id cannot be kept")


def _record(kind: Kind, body: dict[str, Any], included: Sequence[dict[str, Any]]) -> Record:
    if not kind.citizen:
        return record(_id(body), body, kind.sheet)
    subject = body.get("subject")
    reference = str(subject.get("reference")) if isinstance(subject, dict) else ""
    found = next((p for p in included if f"Patient/{p.get('id')}" == reference), {})
    numbers = [i.get("value") for i in found.get("identifier") or () if i.get("system") == kind.citizen]
    return record(_id(body), body | {"cpr": numbers[0] if numbers else None}, kind.sheet)


def _before(ask: Ask) -> tuple[datetime | None, datetime | None]:
    before = min(datetime.fromisoformat(ask.cursor), ask.now) if ask.cursor else None
    return before, ask.since or (before - OVERLAP if before else None)


def _since(fra: datetime | None, til: datetime | None) -> list[tuple[str, str]]:
    said = [("ge", fra), ("lt", til)]
    return [("_lastUpdated", word + at.astimezone(UTC).isoformat()) for word, at in said if at]

"""An OpenAPI 3 document as what a connector could be: lists are streams, what hangs on a list is asked by its keys."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helhed.kit.found import CHANGED, Found, Stream

SKIP = re.compile(r"skip|offset|foerste|first", re.I)
PAGE = re.compile(r"^page(number)?$|^side(tal)?$", re.I)
LIMIT = re.compile(r"limit|top|antal|size|take|max", re.I)
TOTAL = re.compile(r"total|antal|count|ialt", re.I)
NEXT = re.compile(r"next|naeste", re.I)
DEEPEST = 3
"""Objects within objects that are looked into."""


class _Document:
    def __init__(self, document: Any) -> None:
        self.document = document

    def schema(self, given: Any) -> dict[str, Any]:
        """References followed, allOf put together, the first of several taken."""
        given = given or {}
        if "$ref" in given:
            found = self.document
            for step in str(given["$ref"]).removeprefix("#/").split("/"):
                found = found[step.replace("~1", "/").replace("~0", "~")]
            return self.schema(found)
        parts = [self.schema(p) for p in given.get("allOf", ())]
        chosen = next(
            (self.schema(s) for k in ("oneOf", "anyOf") for s in given.get(k, ()) if s.get("type") != "null"), {}
        )
        merged = {**chosen, **given}
        for part in parts:
            merged["properties"] = {**part.get("properties", {}), **merged.get("properties", {})}
            merged["required"] = [*part.get("required", ()), *merged.get("required", ())]
        return merged

    def fields(self, schema: dict[str, Any], path: str = "", need: bool = True) -> Iterator[tuple[str, str, bool]]:
        """Dotted path, kind, and whether it is always there."""
        required = set(schema.get("required", ()))
        for name, given in schema.get("properties", {}).items():
            inner, here = self.schema(given), f"{path}.{name}" if path else name
            if inner.get("type") == "array":
                inner = self.schema(inner.get("items"))
            sure = need and name in required
            if "properties" in inner and here.count(".") < DEEPEST:
                yield from self.fields(inner, here, sure)
            else:
                yield here, str(inner.get("format") or inner.get("type") or "text"), sure


def read(path: Path) -> Found:
    """The document's GETs; ValueError, one line, when it is no OpenAPI 3 or has no list."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        version = str(document["openapi"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path.name}: not an OpenAPI 3 document in JSON: {type(error).__name__}") from None
    if not version.startswith("3."):
        raise ValueError(f"{path.name}: OpenAPI {version}; only 3.x is read")
    known = _Document(document)
    found = Found(soap=False, title=str(document.get("info", {}).get("title") or path.stem), streams=[])
    for at, methods in sorted(document.get("paths", {}).items(), key=lambda p: (p[0].count("{"), p[0])):
        for method, asked in methods.items():
            stream = _stream(known, at, methods, asked, found.streams) if method == "get" else None
            if stream is not None:
                found.streams.append(stream)
            elif method in ("get", "post", "put", "patch", "delete"):
                found.passed_over.append(f"{method.upper()} {at}")
    if not found.streams:
        raise ValueError(f"{path.name}: no GET that answers with a list of objects")
    found.token = _token(document)
    return found


def _stream(known: _Document, at: str, methods: Any, asked: Any, before: list[Stream]) -> Stream | None:
    answers: dict[str, Any] = asked.get("responses", {})
    answer: dict[str, Any] = next((r for code, r in answers.items() if str(code).startswith("2")), {})
    content: dict[str, Any] = next((c for k, c in (answer.get("content") or {}).items() if "json" in k), {})
    reply = known.schema(content.get("schema"))
    inside = {n: known.schema(s) for n, s in reply.get("properties", {}).items()}
    items = (
        "" if reply.get("type") == "array" else next((n for n, s in inside.items() if s.get("type") == "array"), None)
    )
    if items is None:
        return None
    item = known.schema((inside[items] if items else reply).get("items"))
    above = at.rsplit("/{", 1)[0] if "{" in at else ""
    parent = next((s.name for s in before if above and s.where == above.strip("/")), "")
    told = list(known.fields(item))
    if not told or ("{" in at and not parent) or at.count("{") > 1:
        return None
    fields = {name: kind for name, kind, _ in told}
    key = next((f for f in fields if f.lower() in ("id", "uuid")), next((f for f in fields if "." not in f), ""))
    given = [known.schema(p) for p in [*methods.get("parameters", ()), *asked.get("parameters", ())]]
    query = [p["name"] for p in given if p.get("in") == "query"]
    return Stream(
        name=re.sub(r"\W", "_", at.rstrip("/").rpartition("/")[2]).lower(),
        where=at.strip("/"), key=key, uuid=fields[key] == "uuid", fields=fields,
        need={n for n, _, sure in told if sure}, items=items, of=parent,
        total=next((n for n, s in inside.items() if s.get("type") == "integer" and TOTAL.search(n)), ""),
        next=next((n for n, s in inside.items() if s.get("type") == "string" and NEXT.search(n)), ""),
        skip=_first(query, SKIP), page=_first(query, PAGE), limit=_first(query, LIMIT), changed=_first(query, CHANGED),
    )  # fmt: skip


def _first(names: list[str], pattern: re.Pattern[str]) -> str:
    return next((n for n in names if pattern.search(n)), "")


def _token(document: Any) -> str:
    for scheme in (document.get("components", {}).get("securitySchemes") or {}).values():
        if flow := (scheme.get("flows") or {}).get("clientCredentials"):
            return re.sub(r"^https?://[^/]+", "", str(flow["tokenUrl"]))
    return ""


__all__ = ["read"]

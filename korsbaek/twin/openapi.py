"""An OpenAPI 3 document as the operations that a twin answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from korsbaek.twin import values

SKIP = re.compile(r"skip|offset|start|foerste|first", re.I)
PAGE = re.compile(r"^page$|^side$|pagenumber|sidetal", re.I)
LIMIT = re.compile(r"limit|top|antal|count|size|take|max", re.I)
TOTAL = re.compile(r"total|antal|count|ialt", re.I)
NEXT = re.compile(r"next|naeste", re.I)


@dataclass(frozen=True)
class Operation:
    """One GET of the contract."""

    path: str
    reply: dict[str, Any]
    """Schema of the good reply."""
    items: str | None = None
    """Property that holds the list; None where the reply is the list, or one object."""
    item: dict[str, Any] | None = None
    """Schema of what the list holds; None where the reply is one object."""
    total: str = ""
    next: str = ""
    params: dict[str, str] = field(default_factory=dict)
    """Query parameters by what they are: skip, page, limit."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """The path, with its parameters as groups."""
        return re.compile(re.sub(r"\\\{[^}]+\\\}", "([^/]+)", re.escape(self.path)) + "/?")


class Contract:
    """The document."""

    def __init__(self, document: dict[str, Any], seed: int) -> None:
        """Raises ValueError when it is no OpenAPI 3 with a GET that gives JSON."""
        if not isinstance(document, dict) or not str(document.get("openapi", "")).startswith("3."):
            raise ValueError("not an OpenAPI 3 document: it has no openapi: 3.x")
        self.document, self.seed = document, seed
        self.operations = list(self._operations())
        if not self.operations:
            raise ValueError("the document has no GET that answers 200 with JSON")

    def schema(self, given: Any) -> dict[str, Any]:
        """A schema with its references followed and its parts put together."""
        given = given or {}
        if "$ref" in given:
            found: Any = self.document
            for step in str(given["$ref"]).removeprefix("#/").split("/"):
                found = found[step.replace("~1", "/").replace("~0", "~")]
            return self.schema(found)
        if "allOf" in given:
            parts = [self.schema(part) for part in given["allOf"]]
            properties = {n: s for part in parts for n, s in part.get("properties", {}).items()}
            return {
                "type": "object",
                "properties": properties,
                "required": [r for p in parts for r in p.get("required", [])],
            }
        for choice in ("oneOf", "anyOf"):
            if choice in given:
                return self.schema(next((s for s in given[choice] if s.get("type") != "null"), {}))
        return dict(given)

    def token_path(self) -> str:
        """Where tokens are fetched by client_credentials; empty where none are."""
        for scheme in (self.document.get("components", {}).get("securitySchemes") or {}).values():
            flow = (scheme.get("flows") or {}).get("clientCredentials")
            if flow:
                return re.sub(r"^https?://[^/]+", "", str(flow["tokenUrl"]))
        return ""

    def sample(self, given: Any, name: str, rng: Random) -> Any:
        """An invented value of a schema."""
        schema = self.schema(given)
        kind = schema.get("type") or ("object" if "properties" in schema else "string")
        if isinstance(kind, list):
            kind = next(k for k in kind if k != "null")
        if kind == "object":
            return self._object(schema, rng)
        if kind == "array":
            return [self.sample(schema.get("items"), name, rng) for _ in range(rng.randint(1, 2))]
        return values.text(name, schema.get("format") or kind, rng, schema.get("enum", ()))

    def _object(self, schema: dict[str, Any], rng: Random) -> dict[str, Any]:
        need, found = set(schema.get("required", ())), {}
        for name, inner in schema.get("properties", {}).items():
            value = self.sample(inner, name, rng)
            if name in need or rng.random() < 0.8:
                nullable = self.schema(inner).get("nullable") and name not in need
                found[name] = None if nullable and rng.random() < 0.4 else value
        return found

    def _operations(self) -> Iterator[Operation]:
        for path, methods in self.document.get("paths", {}).items():
            asked = methods.get("get")
            if not asked:
                continue
            answer: dict[str, Any] = next(
                (r for code, r in asked.get("responses", {}).items() if str(code).startswith("2")), {}
            )
            content = next((c for kind, c in (answer.get("content") or {}).items() if "json" in kind), None)
            if content:
                yield self._operation(path, asked, methods, self.schema(content.get("schema")))

    def _operation(self, path: str, asked: Any, shared: Any, reply: dict[str, Any]) -> Operation:
        given = [self.schema(p) for p in [*shared.get("parameters", ()), *asked.get("parameters", ())]]
        query = [p["name"] for p in given if p.get("in") == "query"]
        params: dict[str, str] = {}
        for kind, names in (("page", PAGE), ("limit", LIMIT), ("skip", SKIP)):
            found = next((n for n in query if names.search(n) and n not in params.values()), None)
            if found:
                params[kind] = found
        if reply.get("type") == "array":
            return Operation(path, reply, None, self.schema(reply.get("items")), params=params)
        inside = {n: self.schema(s) for n, s in reply.get("properties", {}).items()}
        lists = [
            n for n, s in inside.items() if s.get("type") == "array" and "properties" in self.schema(s.get("items"))
        ]
        if not lists or (path.endswith("}") and len(inside) > 4):
            return Operation(path, reply)
        total = next((n for n, s in inside.items() if s.get("type") == "integer" and TOTAL.search(n)), "")
        after = next((n for n, s in inside.items() if s.get("type") == "string" and NEXT.search(n)), "")
        return Operation(path, reply, lists[0], self.schema(inside[lists[0]].get("items")), total, after, params)


__all__ = ["Contract", "Operation"]

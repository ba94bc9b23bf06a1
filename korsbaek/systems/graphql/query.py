"""The part of GraphQL that questions are written in: one operation, fields, arguments, variables."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_TOKEN = re.compile(r'\s*(?:#[^\n]*\n)?\s*("(?:[^"\\]|\\.)*"|[A-Za-z_]\w*|-?\d+(?:\.\d+)?|\$\w+|[{}()\[\]:,!=])')
_WORDS = {"true": True, "false": False, "null": None}


class Unreadable(ValueError):
    """Not a question that we can read."""


@dataclass
class Field:
    """One selected field: its name, its alias, its arguments, what is selected below it."""

    name: str
    alias: str
    args: dict[str, Any] = field(default_factory=dict)
    below: "list[Field]" = field(default_factory=list)


class _Reader:
    def __init__(self, text: str, variables: Mapping[str, Any]) -> None:
        self._tokens: list[str] = []
        at = 0
        while text[at:].strip(" \t\r\n,"):
            found = _TOKEN.match(text, at)
            if not found:
                raise Unreadable("syntax")
            self._tokens.append(found[1])
            at = found.end()
        self._variables, self._at = variables, 0

    def peek(self) -> str:
        while self._at < len(self._tokens) and self._tokens[self._at] == ",":
            self._at += 1
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def take(self, wanted: str = "") -> str:
        found = self.peek()
        if not found or (wanted and found != wanted):
            raise Unreadable("syntax")
        self._at += 1
        return found

    def selection(self) -> list[Field]:
        self.take("{")
        fields = []
        while self.peek() != "}":
            name = alias = self.take()
            if self.peek() == ":":
                self.take()
                name = self.take()
            one = Field(name, alias)
            if self.peek() == "(":
                one.args = self.pairs("(", ")")
            if self.peek() == "{":
                one.below = self.selection()
            fields.append(one)
        self.take("}")
        return fields

    def pairs(self, start: str, end: str) -> dict[str, Any]:
        self.take(start)
        found: dict[str, Any] = {}
        while self.peek() != end:
            name = self.take()
            self.take(":")
            found[name] = self.value()
        self.take(end)
        return found

    def value(self) -> Any:
        token = self.peek()
        if token == "{":
            return self.pairs("{", "}")
        if token == "[":
            self.take()
            items = []
            while self.peek() != "]":
                items.append(self.value())
            self.take("]")
            return items
        self.take()
        if token.startswith("$"):
            return self._variables.get(token[1:])
        if token.startswith('"'):
            return re.sub(r"\\(.)", r"\1", token[1:-1])
        if re.fullmatch(r"-?\d+", token):
            return int(token)
        return _WORDS.get(token, token)


def parse(text: str, variables: Mapping[str, Any]) -> list[Field]:
    """The fields of the one operation. Raises Unreadable."""
    reader = _Reader(text, variables)
    if reader.peek() == "query":
        reader.take()
        while reader.peek() not in ("{", ""):
            reader.take()
    fields = reader.selection()
    if reader.peek() or not fields:
        raise Unreadable("syntax")
    return fields

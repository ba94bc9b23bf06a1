"""Answering a GraphQL question: checked against the schema, then field by field; null goes up to where it may stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from korsbaek.systems.graphql.query import Field
from korsbaek.systems.graphql.schema import Types, bare

Object = Mapping[str, Callable[[dict[str, Any]], Any]]
"""An object: of each field what gives its value, from the field's arguments."""


class InvalidError(ValueError):
    """The question does not pass validation."""


class _NullError(Exception):
    """There is nothing where the schema says that there is always something."""


@dataclass
class Answer:
    """The data, and what was wrong on the way: classification and field of each error."""

    data: dict[str, Any] | None = None
    nulls: list[str] = field(default_factory=list)


def validate(asked: list[Field], types: Types, name: str = "Query") -> None:
    """Returns when every field is one of its type, and only objects have fields below them; else InvalidError."""
    for one in asked:
        gives = types[name].get(one.name)
        if gives is None:
            raise InvalidError(f"Field '{one.name}' in type '{name}' is undefined")
        if (bare(gives) in types) != bool(one.below):
            raise InvalidError(f"Field '{one.name}' of type '{gives}' has the wrong selection")
        if one.below:
            validate(one.below, types, bare(gives))


def execute(asked: list[Field], types: Types, root: Object) -> Answer:
    """The answer to a question that is valid."""
    answer = Answer()
    try:
        answer.data = _object(asked, types, "Query", root, answer)
    except _NullError:
        pass
    return answer


def _object(asked: list[Field], types: Types, name: str, of: Object, answer: Answer) -> dict[str, Any]:
    return {one.alias: _complete(types[name][one.name], of[one.name](one.args), one, types, answer) for one in asked}


def _complete(gives: str, value: Any, one: Field, types: Types, answer: Answer) -> Any:
    if gives.endswith("!"):
        found = _complete(gives[:-1], value, one, types, answer)
        if found is None:
            if value is None:
                answer.nulls.append(one.name)
            raise _NullError
        return found
    if value is None:
        return None
    try:
        if gives.startswith("["):
            return [_complete(gives[1:-1], each, one, types, answer) for each in value]
        return _object(one.below, types, gives, value, answer) if gives in types else value
    except _NullError:
        return None

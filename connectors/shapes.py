"""A sheet as types, so that msgspec reads and writes no more of a record than the sheet lets in (ADR 0118).

What the types do not foresee is not refused: `Sheet.open` then looks at the record name by name.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, Union

import msgspec
from msgspec import UNSET, UnsetType

Rules: TypeAlias = Mapping[str, Any]
"""What is kept of one object, by name: rules again, empty where a value is kept, None for what is dropped."""
_ONE = Union[str, int, float, bool, None]  # noqa: UP007
_VALUE = Union[_ONE, list[_ONE], UnsetType]  # noqa: UP007
_write = msgspec.json.Encoder().encode


def opener(rules: Rules) -> Callable[[Any], bytes]:
    """What makes of a record in JSON what is kept of it, with sorted names.

    msgspec.DecodeError where the record holds a name that the rules do not, or a value of another shape.
    """
    kept: Callable[[Any], Any] = msgspec.json.Decoder(_kept(rules)).decode
    known: Callable[[Any], Any] = msgspec.json.Decoder(_known(rules)).decode

    def open_one(sent: Any) -> bytes:
        known(sent)
        return _write(kept(sent))

    return open_one


def _kept(rules: Rules) -> type:
    """The object with its kept fields alone, in the order of their names; other fields are passed over."""
    names = sorted(name for name, rule in rules.items() if rule is not None)
    return _struct("Kept", names, [_some(_kept(rules[name])) if rules[name] else _VALUE for name in names])


def _known(rules: Rules) -> type:
    """The object with every field that the rules name, none of them looked into, and no others."""
    kinds = [_some(_known(rule)) if rule else msgspec.Raw for rule in rules.values()]
    return _struct("Known", list(rules), kinds, forbid_unknown_fields=True)


def _some(kind: type) -> Any:
    return Union[kind, list[kind], None, UnsetType]  # type: ignore[valid-type]  # noqa: UP007


def _struct(called: str, names: list[str], kinds: list[Any], **options: Any) -> type:
    fields = [(f"f{n}", kind, UNSET) for n, kind in enumerate(kinds)]
    rename = {f"f{n}": name for n, name in enumerate(names)}
    return msgspec.defstruct(called, fields, rename=rename, gc=False, **options)

"""What must not be seen anywhere: the numbers and texts of a recording."""

import re
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest
from lxml import etree

from connectors.errors import ConnectorError
from connectors.replay import Scene

_CPR = re.compile(r"(?<![\d-])\d{6}-?\d{4}(?![\d-])")


def numbers(scene: Scene) -> set[str]:
    """Ten digits of each CPR number in the recording."""
    asked = {k for keys in scene.index.keys.values() for k in keys if _CPR.fullmatch(k)}
    texts = (t for body in scene.bodies.values() for t in leaves(body))
    found = {m.replace("-", "") for t in texts for m in _CPR.findall(t)} | asked
    return {f for f in found if _is_date(f)}


def private(scene: Scene) -> set[str]:
    """Numbers with and without dash, and every text of some length that has a space in it."""
    texts = {t for body in scene.bodies.values() for t in leaves(body) if len(t) >= 8 and " " in t.strip()}
    bare = numbers(scene)
    return bare | {f"{n[:6]}-{n[6:]}" for n in bare} | texts


def leaves(body: bytes) -> Iterator[str]:
    """The texts of a JSON or XML body."""
    if body.lstrip().startswith(b"<"):
        for element in etree.fromstring(body).iter():
            if isinstance(element.tag, str) and len(element) == 0 and element.text:
                yield element.text
    else:
        yield from _strings(msgspec.json.decode(body))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for v in value.values() if isinstance(value, dict) else value:
            yield from _strings(v)


def _is_date(number: str) -> bool:
    return int(number[2:4]) in range(1, 13) and int(number[:2]) % 60 in range(1, 32)


def silent(text: str, secrets: set[str]) -> None:
    """Fails when the text holds one of the secrets; says how many, never which."""
    seen = sum(1 for s in secrets if s in text)
    assert seen == 0, f"{seen} private texts are to be seen"


def fails(kind: type[ConnectorError], scene: Scene, call: Callable[[], object]) -> ConnectorError:
    """The error of that kind that the call raises; nothing private in it or in what it came from."""
    with pytest.raises(ConnectorError) as caught:
        call()
    error = caught.value
    assert isinstance(error, kind), f"{type(error).__name__} instead of {kind.__name__}"
    silent("".join(traceback.format_exception_only(error)) + _chain(error), private(scene))
    assert "\n" not in str(error) and "?" not in str(error).split(";")[0]
    return error


def _chain(error: BaseException) -> str:
    texts = []
    cause: BaseException | None = error
    while cause is not None:
        texts.append(str(cause))
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return "\n".join(texts)

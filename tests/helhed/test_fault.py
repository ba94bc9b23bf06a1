"""What the command line says of a fault that nobody foresaw: kind and place, never a word of its text."""

import json
import sys

import pytest

from helhed import cli
from helhed.fault import said


def stumble(name: str) -> None:
    """A library's exception that repeats what it was given."""
    try:
        json.loads(f"{{{name}")
    except ValueError as error:
        raise KeyError(f"no such citizen: {name}") from error


def test_a_fault_is_told_by_kind_and_place_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "helhed", lambda **_: stumble("Mette Lund Sørensen 150384-1112"))
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    out = capsys.readouterr()
    text = out.out + out.err
    assert stopped.value.code == 1 and len(text.strip().splitlines()) == 1
    assert "KeyError, after JSONDecodeError" in text and f"{__name__}:stumble:" in text and "give this line" in text
    assert not [word for word in ("Mette", "Sørensen", "1112", "Traceback") if word in text]


def test_the_place_is_ours_even_when_a_library_raises() -> None:
    try:
        json.loads("{")
    except ValueError as error:
        text = said(error)
    line = sys._getframe().f_lineno
    assert f"{__name__}:{sys._getframe().f_code.co_name}:{line - 3}" in text and "raised in json.decoder:" in text

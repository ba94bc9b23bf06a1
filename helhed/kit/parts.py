"""What a connector's folder must hold, and how each part comes about."""

from collections.abc import Iterator

from connectors import registry
from connectors.errors import ConnectorError
from connectors.replay import REPLIES, scene
from helhed.kit.drafts import FILE, snapshot

HEADINGS = ("## Agreement", "## Known and inferred", "## CPR numbers in addresses")
"""What every sheet (README.md) says."""


def lacking(name: str) -> list[str]:
    """What is missing or stale in a connector's folder, a line each with what to do; empty when it is whole."""
    return list(_lacking(name))


def _lacking(name: str) -> Iterator[str]:
    folder = registry.folder(name)
    sheet = folder / "README.md"
    if not sheet.is_file():
        yield "README.md, its sheet: copy connectors/sbsys/README.md and say what is known and what is inferred"
    else:
        text = sheet.read_text(encoding="utf-8")
        yield from (f"'{heading}' in README.md" for heading in HEADINGS if heading not in text)
    try:
        connector = registry.load(name)
    except ConnectorError as error:
        yield str(error)
        return
    try:
        said = snapshot(scene(connector))
    except ConnectorError as error:
        yield f"{REPLIES}/: {error}"
    except AssertionError as error:
        yield f"{REPLIES}/ that answer what is asked now: {error}; record again with 'helhed connector record SOURCE'"
    else:
        kept = folder / FILE
        if not kept.is_file() or kept.read_text(encoding="utf-8") != said:
            yield f"{FILE} as the recording reads now: 'helhed connector drafts {name}' writes it; then read it through"


__all__ = ["HEADINGS", "lacking"]

"""What a connector's folder holds and says."""

import re

from connectors.contract import Shape
from connectors.registry import folder
from connectors.replay import Scene


def streams_have_the_functions_of_their_shape(scene: Scene) -> None:
    names = [s.name for s in scene.connector.streams]
    assert names and len(set(names)) == len(names)
    for stream in scene.connector.streams:
        if stream.shape is Shape.KEYED:
            assert stream.read_one is not None and stream.read is None
            asked = next((s for s in scene.connector.streams if s.name == stream.asks), None)
            assert stream.by_number or (asked is not None and asked.read is not None)
        else:
            assert stream.read is not None and stream.asks == ""
        if stream.shape is Shape.CHANGED:
            assert stream.read_keys is not None, "a changed stream cannot find what is gone"
        assert stream.rotation == 1 or stream.by_number


def the_sheet_says_how_the_vendor_is_reached(scene: Scene) -> None:
    page = folder(scene.connector.name) / "README.md"
    assert page.is_file(), "README.md is missing: the agreement, what is known and what is inferred (docs/kit.md)"
    sheet = page.read_text(encoding="utf-8")
    for heading in ("## Agreement", "## Known and inferred", "## CPR numbers in addresses"):
        assert heading in sheet, f"README.md lacks '{heading}'"
    assert scene.connector.system in sheet


def it_and_its_streams_are_explained(scene: Scene) -> None:
    module = __import__(f"connectors.{scene.connector.name}", fromlist=["x"])
    assert (module.__doc__ or "").strip()
    for stream in scene.connector.streams:
        for function in (stream.read, stream.read_one, stream.read_keys, stream.translate):
            if function is not None and "<l" not in function.__qualname__:
                assert function.__doc__, f"{stream.name}: a function without docstring"
    assert re.fullmatch(r"[a-z][a-z0-9_]*", scene.connector.name)

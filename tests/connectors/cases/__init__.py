"""The contract: each case is a function of a Scene that fails by assertion. Found by name, run on every connector."""

from collections.abc import Callable

from connectors.replay import Scene
from tests.connectors.cases import faults, house, privacy, reading, translation, wrong

Case = Callable[[Scene], None]

CASES: dict[str, Case] = {
    name: value
    for module in (house, reading, faults, translation, wrong, privacy)
    for name, value in vars(module).items()
    if callable(value) and getattr(value, "__module__", "") == module.__name__ and not name.startswith("_")
}
"""All cases by their names."""

"""Names written as words: blanks between, what is below a name in brackets behind it, as in 'Id Part(Cpr Navn)'."""

import re
from collections.abc import Iterator


def paths(text: str) -> Iterator[tuple[str, ...]]:
    """Each name that has nothing below it, after those that it is below."""
    above = list[str]()
    for name, bracket in re.findall(r"([^\s()]+)\s*(\()?|\)", text):
        if bracket:
            above.append(name)
        elif name:
            yield (*above, name)
        else:
            above.pop()


__all__ = ["paths"]

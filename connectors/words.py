"""Names written as words: blanks between, what is below a name in brackets behind it, as in 'Id Part(Cpr Navn)'."""

import re
from collections.abc import Iterator


def paths(text: str) -> Iterator[tuple[str, ...]]:
    """Each name that has nothing below it, after those that it is below. ValueError where a bracket is too many, is not
    closed, or has nothing in it."""
    words = re.findall(r"[()]|[^\s()]+", text)
    above = list[str]()
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        if word == "(":
            if before in ("", "(", ")") or after == ")":
                raise ValueError(f"a bracket has nothing before it or in it: {text}")
        elif word == ")":
            if not above:
                raise ValueError(f"a bracket is closed that was not opened: {text}")
            above.pop()
        elif after == "(":
            above.append(word)
        else:
            yield (*above, word)
    if above:
        raise ValueError(f"a bracket is not closed: {text}")


__all__ = ["paths"]

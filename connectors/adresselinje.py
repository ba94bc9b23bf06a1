"""An address in one line, out of the parts that a vendor sends it in."""

from collections.abc import Iterable


def adresselinje(*dele: Iterable[object]) -> str:
    """Each part (the road, the town) with blanks between its words, and commas between the parts. What was not sent or
    was sent empty leaves no gap; nothing of it all is an empty text."""
    texts = (" ".join(word for word in words if word and isinstance(word, str)) for words in dele)
    return ", ".join(text for text in texts if text)


__all__ = ["adresselinje"]

"""What a night happens to: records that nothing has happened to yet."""

from random import Random
from typing import TYPE_CHECKING

from korsbaek.landscape.shelf import Body, Shelf

if TYPE_CHECKING:
    from korsbaek.nights.book import Book


def pick(
    shelf: Shelf, book: "Book", rng: Random, kind: str, count: int = 1, where: str = "true"
) -> list[tuple[str, Body]]:
    """So many records of a kind, by chance, with their keys; a malformed one waits for its mending.

    `where`: a condition over seq, key, owner and changed. Nothing else happens to them this night.
    """
    rows = [
        (key, body)
        for key, body in shelf.rows(kind, f"{where} order by key")
        if not book.used & {_at(shelf, kind, key), f"{kind}/{key}"}
    ]
    chosen = rng.sample(rows, min(count, len(rows)))
    book.used.update(_at(shelf, kind, key) for key, _ in chosen)
    return chosen


def _at(shelf: Shelf, kind: str, key: str) -> str:
    return f"{shelf.system}/{kind}/{key}"

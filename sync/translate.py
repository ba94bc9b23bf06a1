"""Translate: records become drafts, or say which of their fields is why they cannot. Needs neither vendor nor store."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from canonical_model.draft import Draft
from connectors.contract import Stream
from connectors.errors import RecordError
from sync.chunk import NO_KEY, Item

Said: TypeAlias = Mapping[bytes, Sequence[Draft]]
"""What bodies say that have been translated already."""


def translated(
    stream: Stream[Any], items: Iterable[Item], said: Said
) -> tuple[list[tuple[str, Sequence[Draft]]], dict[str, RecordError]]:
    """Drafts by key of the record, and the others with what is wrong with them."""
    drafts: list[tuple[str, Sequence[Draft]]] = []
    refused: dict[str, RecordError] = {}
    parse, translate = stream.parse, stream.translate
    for item in items:
        if item.key.rpartition("/")[2].startswith(NO_KEY):
            refused[item.key] = RecordError("key", "longer than an index takes, or not text")
            continue
        try:
            body = item.body
            known = said.get(body) if said else None
            drafts.append((item.key, list(translate(parse(body))) if known is None else known))
        except RecordError as error:
            refused[item.key] = error
        except Exception as error:
            # Its text may quote the record.
            refused[item.key] = RecordError("translation", type(error).__name__)
    return drafts, refused

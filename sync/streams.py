"""A connector's streams: in the order in which they are read, and by name."""

from typing import Any

from connectors.contract import Connector, Stream
from connectors.errors import ContractError


def in_order(connector: Connector[Any]) -> list[Stream[Any]]:
    """Streams so that each comes after the one whose keys it asks for."""

    def depth(stream: Stream[Any]) -> int:
        return 1 + depth(by_name(connector, stream.asks)) if stream.asks and not stream.by_number else 0

    return sorted(connector.streams, key=depth)


def by_name(connector: Connector[Any], name: str) -> Stream[Any]:
    """The stream of that name; ContractError when there is none."""
    found = next((stream for stream in connector.streams if stream.name == name), None)
    if found is None:
        raise ContractError(f"{connector.name} asks for keys of the stream {name}, which it does not have")
    return found

"""Sheets of XML records, written as words: what comes in, and what stays out for which reason."""

from connectors.soap_xml import Sheet


def kept(names: str) -> Sheet:
    """Elements with a value that come in, by their local names with blanks between."""
    return dict.fromkeys(names.split())


def left_out(reason: str, names: str) -> Sheet:
    """Elements that are known and stay out, with all below them, for this reason."""
    return dict.fromkeys(names.split(), reason)


__all__ = ["kept", "left_out"]

"""Keeps the loggers of the libraries below us from writing what passes through them (CPR numbers stand in both)."""

import logging

CHATTY = (
    "urllib3.connectionpool",
    "urllib3.connection",
    "urllib3.util.retry",
    "zeep.transports",
    "zeep.wsdl.wsdl",
    "zeep.wsdl.bindings.soap",
    "zeep.xsd.visitor",
    "zeep.xsd.schema",
    "zeep.loader",
)
"""Loggers that write addresses with their query or whole envelopes, urllib3's at WARNING too."""


def _silent(record: logging.LogRecord) -> bool:
    return False


def hush() -> None:
    """Stops the chatty loggers at the source, whatever level anybody sets later; called when connectors is imported."""
    for name in CHATTY:
        logger = logging.getLogger(name)
        if _silent not in logger.filters:
            logger.addFilter(_silent)

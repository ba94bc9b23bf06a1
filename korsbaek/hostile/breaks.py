"""Replies that come late, half, or never."""

import threading

from korsbaek.hostile.exchange import Exchange, Reply
from korsbaek.hostile.fault import Fault
from korsbaek.hostile.refusals import Ask


def slow(fault: Fault, exchange: Exchange, ask: Ask) -> Reply:
    """The right reply, `seconds` later."""
    threading.Event().wait(fault.seconds)
    return ask()


def hang(fault: Fault, exchange: Exchange, ask: Ask) -> Reply:
    """The request is taken, and never answered."""
    reply = ask()
    reply.hang = True
    return reply


def reset(fault: Fault, exchange: Exchange, ask: Ask) -> Reply:
    """The connection is reset (RST) after a share of the reply."""
    reply = ask()
    reply.sent, reply.reset = fault.share, True
    return reply


def truncated(fault: Fault, exchange: Exchange, ask: Ask) -> Reply:
    """The connection ends in good order, but the body is shorter than Content-Length says."""
    reply = ask()
    reply.sent = fault.share
    return reply

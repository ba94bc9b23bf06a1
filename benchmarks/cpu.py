"""Seconds of CPU that processes have taken, with all that they started, those that ended too; from /proc."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

TICKS = os.sysconf("SC_CLK_TCK")


class Process(NamedTuple):
    """One line of /proc/*/stat: ticks are its own and those of children that it has waited for."""

    pid: int
    parent: int
    session: int
    ticks: int


def of_trees(roots: Iterable[int]) -> float:
    """Of these processes, of everything in a session that one of them leads, and of all their descendants."""
    return ticks_of_trees(_running(), set(roots)) / TICKS


def ticks_of_trees(processes: Iterable[Process], roots: set[int]) -> int:
    """The same of processes as they were found. One that ended is in the ticks of whoever waited for it."""
    waiting, found, more = list(processes), set(roots), True
    while more:
        joined = {p.pid for p in waiting if p.parent in found or p.session in found} - found
        found, more = found | joined, bool(joined)
    return sum(p.ticks for p in waiting if p.pid in found)


def _running() -> list[Process]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # ended meanwhile
        found.append(Process(int(stat.parent.name), int(fields[1]), int(fields[3]), sum(map(int, fields[11:15]))))
    return found

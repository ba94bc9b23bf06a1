"""The file of faults: read at the start, and again whenever it has changed."""

import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec

from korsbaek.hostile.fault import OF_THE_DOOR, Fault


class FaultsError(ValueError):
    """The file of faults cannot be read; one line for people."""


def read(file: Path) -> list[Fault]:
    """The faults of a file: JSON, a list; or TOML, [[fault]] tables. None when there is no file."""
    try:
        text = file.read_bytes()
    except OSError:
        return []
    try:
        if file.suffix == ".toml":
            return msgspec.toml.decode(text, type=dict[str, list[Fault]]).get("fault", [])
        return msgspec.json.decode(text or b"[]", type=list[Fault])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FaultsError(f"{file.name}: {error}") from None


class Plan:
    """The faults of one system, and how many requests each of them has seen since the file last changed."""

    def __init__(self, file: Path, system: str, day: Callable[[], date]) -> None:
        """`day` gives the town's clock."""
        self._file, self._system, self._day = file, system, day
        self._mark: tuple[int, int, int] | None = None
        self._faults: list[Fault] = []
        self._counts: list[int] = []
        self._lock = threading.Lock()
        self.memory: dict[str, bytes] = {}
        """What a fault must remember from request to request; forgotten when the file changes."""

    def striking(self, path: str, body: str) -> list[Fault]:
        """The faults that strike this request, in the order of the file."""
        return self._striking(lambda fault: fault.kind not in OF_THE_DOOR, path, body)

    def at_the_door(self) -> Fault | None:
        """The fault that strikes this new connection, if any."""
        found = self._striking(lambda fault: fault.kind in OF_THE_DOOR, "", "")
        return found[0] if found else None

    def _striking(self, chosen: Callable[[Fault], bool], path: str, body: str) -> list[Fault]:
        with self._lock:
            self._look()
            if not self._faults:
                return []
            day, found = self._day(), []
            for place, fault in enumerate(self._faults):
                if chosen(fault) and fault.concerns(self._system, path, body, day):
                    self._counts[place] += 1
                    if fault.strikes(self._counts[place]):
                        found.append(fault)
            return found

    def _look(self) -> None:
        try:
            at = self._file.stat()
            mark = (at.st_mtime_ns, at.st_size, at.st_ino)
        except OSError:
            mark = None
        if mark == self._mark:
            return
        self._mark = mark
        try:
            self._faults = read(self._file)
        except FaultsError as error:
            sys.stderr.write(f"{error}\n")
            return
        self._counts = [0] * len(self._faults)
        self.memory.clear()

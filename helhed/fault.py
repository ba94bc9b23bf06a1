"""What may be said of a fault that nobody foresaw: its kind and its place, never its text, which may hold anything."""

from pathlib import Path
from traceback import walk_tb
from types import TracebackType

OURS = Path(__file__).resolve().parents[1]


def said(error: BaseException) -> str:
    """One line: the classes of the error and its causes, where in our code and where at last, and what to do next.

    The message of an exception is left out whoever wrote it: a library's may repeat a name or a number of a citizen.
    """
    kinds: list[str] = []
    one: BaseException | None = error
    while one is not None and len(kinds) < 5:
        kinds.append(type(one).__name__)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    ours, last = _places(error.__traceback__)
    where = f"at {ours}" + (f", raised in {last}" if last != ours else "")
    return (
        f"A fault of Helhed: {', after '.join(kinds)} {where}. The command has stopped; what it had committed stands."
        " Run it again; if it stops there again, give this line to whoever looks after Helhed."
    )


def _places(trace: TracebackType | None) -> tuple[str, str]:
    """The last place in our own code, and the last of all, each as module:function:line."""
    ours = last = "an unknown place"
    for frame, line in walk_tb(trace):
        last = f"{frame.f_globals.get('__name__', '?')}:{frame.f_code.co_name}:{line}"
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(OURS) and "site-packages" not in path.parts:
            ours = last
    return ours, last

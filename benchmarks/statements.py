"""What citizens are read with: python -m benchmarks.statements PEOPLE FILE writes it, and prints how much it is.

The file is what `benchmarks.bare` serves: the page and the JSON of each citizen, each by its own reader.
"""

import json
import pickle
import sys
from pathlib import Path
from uuid import UUID

from benchmarks.bare import Statement, recorded
from caseworker.anmodning import latest
from caseworker.overblik import read_borger
from caseworker.roles import load_roles
from caseworker.tid import tid


def main(people: str, file: str, *readers: str) -> None:
    """Citizen n is read by reader n modulo their number."""
    roles, when = load_roles(), tid()
    principals = [roles[name] for name in readers]
    persons = [UUID(person) for person in json.loads(Path(people).read_text(encoding="utf-8"))]
    pairs = [(principals[n % len(principals)], person) for n, person in enumerate(persons)]
    plain = recorded([lambda p=p, who=who: read_borger(p, who, when) for p, who in pairs])  # type: ignore[misc]
    beside = recorded([lambda who=who: latest(who, when) for _, who in pairs])  # type: ignore[misc]
    page = [one + more for one, more in zip(plain, beside, strict=True)]
    Path(file).write_bytes(pickle.dumps({"page": page, "json": plain}))
    print(json.dumps({"statements of a page": _mean(page), "statements of the JSON": _mean(plain)}))  # noqa: T201


def _mean(found: list[list[Statement]]) -> float:
    return round(sum(map(len, found)) / len(found), 1)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""docs/crosswalk.md, written from the model and the crosswalk's data alone."""

import inspect
from collections import defaultdict
from collections.abc import Iterator

from canonical_model.crosswalk.places import Contract, Part, Place, contracts
from canonical_model.fact import FACT_COLUMNS
from canonical_model.tables import FACT_TABLES

HEAD = """# Where every element lives

Made by `python -m canonical_model.crosswalk` from `canonical_model/crosswalk/data/*.toml` and the tables; change those,
not this text. A test walks the real XSDs, or the sheet of the connector that reads the contract, and fails for an
element that is not named here, for one that is named and does not exist, and for a column that does not exist. An
element at `*` is an open place (xs:any).
"""


def crosswalk() -> str:
    """The whole text."""
    known = contracts()
    lines = [HEAD]
    for contract in known:
        lines += _contract(contract)
    lines += _tables(known)
    return "\n".join(lines) + "\n"


def _contract(contract: Contract) -> Iterator[str]:
    places = [*contract.places(), *(part.everything for part in contract.parts if part.everything)]
    kept = sum(1 for place in places if place.columns)
    yield f"## {contract.title}\n"
    reads = contract.reads[0].upper() + contract.reads[1:]
    yield f"{reads}: {kept} entries have a place, {len(places) - kept} are left out.\n"
    for part in contract.parts:
        yield from _part(part)


def _part(part: Part) -> Iterator[str]:
    yield f"### {part.name}\n"
    if part.path:
        yield f"`{part.path}`\n"
    if part.everything:
        yield f"All of it is left out: {part.everything.note}.\n"
        return
    yield "| element | lives in | |"
    yield "|---|---|---|"
    for place in part.places:
        below = place.path.removeprefix(part.path).removeprefix("/")
        yield f"| `{below}` | {_where(place)} | {place.note} |"
    yield ""


def _where(place: Place) -> str:
    return ", ".join(f"`{column}`" for column in place.columns) or "left out"


def _tables(known: list[Contract]) -> Iterator[str]:
    """From the other side: each column, and the contracts that fill it."""
    filled: dict[str, set[str]] = defaultdict(set)
    for contract in known:
        for place in contract.places():
            for column in place.columns:
                filled[column].add(contract.id)
    yield "## From the other side: tables and who fills them\n"
    yield f"Every fact also carries {', '.join(f'`{name}`' for name in FACT_COLUMNS)}.\n"
    for name, model in FACT_TABLES.items():
        yield f"### {name}\n"
        yield f"{(inspect.getdoc(model) or '').splitlines()[0]}\n"
        yield "| column | filled by |"
        yield "|---|---|"
        for column in model.model_fields:
            if column not in FACT_COLUMNS:
                by = filled.get(f"{name}.{column}", set())
                yield f"| `{column}` | {', '.join(sorted(by)) or 'nobody yet'} |"
        yield ""

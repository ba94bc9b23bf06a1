"""What each row measures, and the ratio that it has to reach."""

from typing import NamedTuple


class Target(NamedTuple):
    """One row's target."""

    what: str
    bound: float
    at_least: bool = True

    @property
    def text(self) -> str:
        """For people."""
        return f"{'at least' if self.at_least else 'at most'} {self.bound:g}"

    def holds(self, value: float) -> bool:
        """Whether a value reaches it."""
        return value >= self.bound if self.at_least else value <= self.bound


TARGETS = {
    1: Target("first load, HTTP to canonical store: records/s against dlt scd2", 3),
    2: Target("first load: rows/s against COPY of ready rows with the same indexes", 0.4),
    3: Target("full re-read with 1 % changed: records/s against dlt scd2", 6),
    4: Target("full re-read with 1 % changed: records/s against reading and hashing the pages", 0.5),
    5: Target("10,000 changes into a store ten times larger: CPU of the server", 1.3, at_least=False),
    6: Target("SF1470 reply to drafts: CPU against zeep's objects", 8),
    7: Target("citizen page, 16 clients: p95 against a bare endpoint", 1.5, at_least=False),
    8: Target("citizen as JSON, 16 clients: p95 against a bare endpoint", 1.3, at_least=False),
    9: Target("search, 16 clients: p95 against the page", 2, at_least=False),
    10: Target("peak memory of a sync three times as long", 1.1, at_least=False),
    11: Target("whole night through Airflow: share that is not sync", 0.25, at_least=False),
    12: Target("CPU of a night per citizen, from one size of town to the next", 1.1, at_least=False),
}

"""The quality scale: what bronze, silver and gold ask, and how each claim is checked when it is claimed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from helhed.kit import looks
from helhed.kit.subject import Subject

Tier = Literal["bronze", "silver", "gold"]
TIERS: tuple[Tier, ...] = ("bronze", "silver", "gold")
Look = Callable[[Subject], Iterator[str]]
"""Says what speaks against a claim, a line each."""


def _nothing(subject: Subject) -> Iterator[str]:
    yield from ()


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One line of the scale."""

    name: str
    tier: Tier
    says: str
    look: Look = _nothing
    cases: tuple[str, ...] = ()
    """Cases of the suite that execute it, which the connector may not be exempt from."""
    unconfirmed: str = ""
    """What only a live vendor, a caseworker or a second municipality can say."""


RULES: tuple[Rule, ...] = (
    Rule(name="contract", tier="bronze", says="keeps the contract suite, offline", look=looks.whole),
    Rule(name="owner", tier="bronze", says="a named person answers for it", look=looks.owner),
    Rule(name="hjemmel", tier="bronze", says="purpose and legal basis are written down", look=looks.hjemmel),
    Rule(name="invented", tier="bronze", says="recordings hold invented citizens only", look=looks.invented),
    Rule(
        name="drafts", tier="bronze", says="what it makes of the recording can be read by a caseworker",
        look=looks.drafts, unconfirmed="read in review; no caseworker of a municipality has signed it",
    ),
    Rule(name="sheet", tier="bronze", says="agreement, streams, known and inferred are told", look=looks.sheet),
    Rule(name="no_secret", tier="bronze", says="no secret stands in its folder", look=looks.no_secret),
    Rule(name="nightly", tier="bronze", says="a night of its own, from its source file", look=looks.nightly),
    Rule(
        name="changes_only", tier="silver", says="reads only what changed", look=looks.changes_only,
        cases=("a_cursor_in_the_future_ends_quietly",),
    ),
    Rule(
        name="access_told", tier="silver", says="a closed door reaches the owner within a day",
        look=looks.access_told, cases=("a_closed_door_is_not_knocked_on_twice",),
    ),
    Rule(
        name="certificate", tier="silver", says="whose certificate, and until when, is known",
        cases=("a_refused_certificate_names_the_files",),
    ),
    Rule(
        name="quarantine", tier="silver", says="what is parked is named and becomes an incident",
        look=looks.quarantine, cases=("each_field_removed_is_named_or_not_needed",),
    ),
    Rule(name="retention", tier="silver", says="how long the hub keeps what it said", look=looks.retention),
    Rule(
        name="deletions", tier="silver", says="what is gone at the vendor is noticed", look=looks.deletions,
        cases=("keys_for_the_reconciliation_are_those_of_the_records",),
    ),
    Rule(
        name="live", tier="silver", says="has run against the vendor", look=looks.live,
        unconfirmed="run against the wire-compatible simulator, not yet against the vendor's own test environment",
    ),
    Rule(
        name="every_field", tier="gold", says="every field is used, or left out with a reason",
        look=looks.left_out, cases=("every_kept_field_matters",),
    ),
    Rule(name="whims", tier="gold", says="the vendor's limits and whims, with sources", look=looks.whims),
    Rule(name="errors", tier="gold", says="each error that the vendor has shown has its case", look=looks.errors),
    Rule(
        name="second_town", tier="gold", says="a second municipality has run it", look=looks.second_town,
        cases=("every_stream_says_something",),
        unconfirmed="run for a second seeded town with another configuration; no second municipality has",
    ),
    Rule(
        name="mutated", tier="gold", says="10,000 mutated records give drafts or a reason",
        cases=("mutated_records_give_drafts_or_a_reason",),
    ),
)  # fmt: skip
"""In the order in which they are asked."""

__all__ = ["RULES", "TIERS", "Rule", "Tier"]

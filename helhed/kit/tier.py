"""A connector's tier: computed from what it claims and what the looks find, never declared."""

from dataclasses import dataclass

from connectors.errors import ConnectorError
from helhed.kit.rules import RULES, TIERS, Rule, Tier
from helhed.kit.subject import Subject


@dataclass(frozen=True)
class Finding:
    """One rule for one connector."""

    rule: Rule
    claimed: bool
    exempt: str
    """The reason; empty when it is not exempt."""
    objections: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether it counts towards the tier."""
        return bool(self.exempt) or (self.claimed and not self.objections)


@dataclass(frozen=True)
class Verdict:
    """What a connector is worth, and why."""

    name: str
    tier: Tier | None
    findings: tuple[Finding, ...]
    fault: str = ""
    """Why it could not be judged."""

    def missing(self, tier: Tier) -> list[Finding]:
        """What keeps it from that tier."""
        reach = TIERS[: TIERS.index(tier) + 1]
        return [f for f in self.findings if f.rule.tier in reach and not f.holds]


def judge(name: str) -> Verdict:
    """The verdict on one connector; a wrong quality.toml or a broken connector is told as its fault."""
    subject = Subject(name)
    try:
        claims = subject.claims
        findings = tuple(
            Finding(
                rule,
                rule.name in claims.claims,
                claims.exempt.get(rule.name, ""),
                () if rule.name in claims.exempt else tuple(_objections(rule, subject)),
            )
            for rule in RULES
        )
    except (ConnectorError, ValueError, OSError) as error:
        return Verdict(name, None, (), str(error))
    if unknown := (claims.claims | claims.exempt.keys()) - {r.name for r in RULES}:
        return Verdict(name, None, findings, f"quality.toml: there is no rule {', '.join(sorted(unknown))}")
    verdict = Verdict(name, None, findings)
    reached = [tier for tier in TIERS if not verdict.missing(tier)]
    return Verdict(name, reached[-1] if reached else None, findings)


def _objections(rule: Rule, subject: Subject) -> list[str]:
    cases = (f"exempt from the case {case}" for case in rule.cases if case in subject.claims.cases)
    return [*rule.look(subject), *cases]


__all__ = ["Finding", "Verdict", "judge"]

"""Registreringer become facts with the source's own history (decision 4; rammearkitektur 4.1).

Each Registrering says everything anew. A fact unchanged over several is one fact, registered when the first said it;
one that a later Registrering no longer says has `registreret_til`. The latest by (StsTidspunkt, Tidspunkt) is current.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from canonical_model.draft import Draft
from connectors.soap_node import Node
from connectors.soap_xml import Held

OPHOERT = frozenset({"Slettet", "Passiveret"})
"""LivscyklusKode after which the object holds nothing."""
FOERST = datetime(1, 1, 1, tzinfo=UTC)

Facts = Callable[[Node, UUID], Sequence[Draft]]
"""What one Registrering says about the object, without registration times."""


class Registrering(NamedTuple):
    """One Registrering: when the sender made it, when the index received it, and what it says."""

    tidspunkt: datetime | None
    sts: datetime | None
    facts: Sequence[Draft]


def objekt(snapshot: Node) -> UUID:
    """The object's own UUID, which the contract keeps in ObjektType."""
    holder = snapshot.one("ObjektType")
    found = holder.uuid("UUIDIdentifikator") if holder is not None else None
    if not found:
        raise snapshot.error("ObjektType/UUIDIdentifikator", "missing")
    return found


def translator(facts: Facts) -> Callable[[Any], Iterable[Draft]]:
    """A stream's translate: a FiltreretOejebliksbillede to drafts."""

    def translate(snapshot: Held) -> Iterable[Draft]:
        """The facts of one object's FiltreretOejebliksbillede."""
        node = Node(snapshot)
        whom = objekt(node)
        said = [_read(r, whom, facts) for r in node.many("Registrering")]
        if not said:
            # Nothing said is not the same as everything taken back.
            raise node.error("Registrering", "missing")
        return list(history(said))

    return translate


def _read(node: Node, whom: UUID, facts: Facts) -> Registrering:
    tid, sts = node.instant("Tidspunkt"), node.instant("StsTidspunkt")
    kode = node.value("LivscyklusKode")
    if kode is None:
        # Every Registrering has one (SagDokObjekt 3.0, RegistreringType); an empty one would take everything back.
        raise node.error("LivscyklusKode", "missing")
    said = () if kode in OPHOERT else facts(node, whom)
    return Registrering(tid or None, sts or None, said)


def history(registreringer: Iterable[Registrering]) -> Iterator[Draft]:
    """The facts of all Registreringer, each once for every unbroken time that it was said.

    A Registrering that arrived before another one with an earlier or the same Tidspunkt was never in force by the
    sender's clock, and is passed over.
    """
    order = _in_force(registreringer)
    if len(order) == 1:
        yield from (_stamped(fact, order[0], None) for fact in order[0].facts)
        return
    said: dict[Any, Draft] = {}
    since: dict[Any, Registrering] = {}
    for registrering in order:
        now = _numbered(registrering.facts)
        for identity in [i for i in since if i not in now]:
            yield _stamped(said[identity], since.pop(identity), _tid(registrering))
        for identity in now:
            since.setdefault(identity, registrering)
        said = now
    yield from (_stamped(said[identity], first, None) for identity, first in since.items())


def _in_force(registreringer: Iterable[Registrering]) -> list[Registrering]:
    arrived = sorted(registreringer, key=lambda r: (r.sts or _tid(r), _tid(r)))
    found: list[Registrering] = []
    for registrering in reversed(arrived):
        if not found or _tid(registrering) < _tid(found[-1]):
            found.append(registrering)
    return found[::-1]


def _tid(registrering: Registrering) -> datetime:
    return registrering.tidspunkt or registrering.sts or FOERST


def _numbered(facts: Sequence[Draft]) -> dict[Any, Draft]:
    """Facts by what they say; one said twice is two."""
    seen: Counter[bytes] = Counter()
    numbered: dict[Any, Draft] = {}
    for fact in facts:
        what = fact.table.encode() + msgspec.msgpack.encode(fact)
        numbered[what, seen[what]] = fact
        seen[what] += 1
    return numbered


def _stamped(fact: Draft, first: Registrering, til: datetime | None) -> Draft:
    return msgspec.structs.replace(
        fact, registreret=first.tidspunkt or first.sts, registreret_til=til, sts_tidspunkt=first.sts
    )

"""What the CPR register states of the persons whom the other systems name."""

from collections.abc import Iterator

from korsbaek.model import Person, Relativ
from korsbaek.town import Town

_NAMED = "cpr in (select cpr from population)"
FOUND = f"({_NAMED} or nr in (select nr from former where {_NAMED}))"
"""By the number in force or by a former one; by both is once."""
_BAD = "select owner from fejl where system = 'cpr' and mended is null and tolereret is null"


def facts(town: Town) -> Iterator[str]:
    """Name, addresses from the first to the last, protection, and who is who's."""
    for person in town.each(Person, f"{FOUND} and cpr not in ({_BAD})"):
        yield "person"
        if not any(fault.system == "cpr" and fault.felt == "persondata" for fault in person.fejl):
            yield "navn"
            if person.beskyttelser:
                yield "beskyttelse"
        yield from ("adresse" for one in person.adresser if one.til is not None or one is person.adresse)
        if person.udrejst and person.udrejst.til is None:
            yield "adresse"
        near = [*(c for c in person.boern if c.cpr), *filter(_known, (person.aegtefaelle, person.mor, person.far))]
        yield from ("personrelation" for _ in (*near, *person.foraeldremyndighed))


def _known(relative: Relativ | None) -> bool:
    return relative is not None and bool(relative.cpr or relative.navn or relative.foedt)

"""A person as PersonLookup says it: persondata, adresse, relationer.

`usikkerhedDatoType` holds a date, `usikkerhedDatoTidType` a dateTime without a zone, as the register writes it.
"""

from datetime import date

from korsbaek.model import Periode, Person
from korsbaek.systems.cpr.address import adresse
from korsbaek.systems.cpr.dates import day, instant, years
from korsbaek.systems.cpr.family import relationer
from korsbaek.systems.soap.node import Node, children, el, flag, leaf, replaced

_DENMARK = "5100"


def response(person: Person, asked: str, today: date) -> tuple[str, list[Node]]:
    """The reply's name and children. Asked by a former number, it says which one is in force."""
    node: Node = el("p:PersonLookupResponse", _persondata(person, asked, today), adresse(person), relationer(person))
    for fault in person.fejl:
        if fault.system == "cpr":
            node = replaced(node, fault.felt.split("/"), fault.vaerdi)
    return node[0], children(node)


def _persondata(person: Person, asked: str, today: date) -> Node:
    name = person.navn
    ended = person.statusdato if person.status == 90 else None
    former = asked != person.cpr
    return el(
        "p:persondata",
        ("p:personnummer", asked),
        ("p:gaeldendePersonnummer", person.cpr) if former else None,
        el(
            "p:navn",
            ("p:personadresseringsnavn", name.fuldt),
            leaf("p:fornavn", name.fornavn or None),
            leaf("p:mellemnavn", name.mellemnavn or None),
            leaf("p:efternavn", name.efternavn or None),
            instant("p:navnestartdato", name.fra),
        ),
        day("p:foedselsdato", person.foedt),
        el("p:foedselsregistreringsOplysninger", ("p:foedselsregistreringsstedKode", _DENMARK)),
        day("p:startdato", person.foedt),
        None if ended is None else day("p:slutdato", ended),
        None if ended is not None else ("p:alder", str(years(person.foedt, today))),
        ("p:koen", person.koen),
        ("p:antalBoernUnder18", str(sum(1 for b in person.boern if b.foedt and years(b.foedt, today) < 18))),
        leaf("p:stilling", person.stilling or None),
        el("p:status", ("p:status", str(person.status)), instant("p:statusdato", person.statusdato)),
        el(
            "p:civilstand",
            ("p:civilstand", person.civilstand),
            instant("p:civilstandsdato", person.civilstandsdato),
        ),
        el("p:statsborgerskab", ("p:landekode", _DENMARK), ("p:landekodeMyndighedsnavn", "Danmark")),
        _beskyttelse(person.beskyttelse, person.beskyttelser),
        flag("p:tilmeldtDigitalpost", person.digital_post),
    )


def _beskyttelse(running: Periode | None, all_of_them: list[Periode]) -> Node | None:
    """Name and address protection: the running one, or the last that ended."""
    period = running or (all_of_them[-1] if all_of_them else None)
    if period is None:
        return None
    return el(
        "p:adressebeskyttelse",
        ("p:startdato", period.fra.isoformat()),
        None if period.til is None else ("p:slutdato", period.til.isoformat()),
        flag("p:beskyttet", period.til is None),
    )

"""The one reading that gives an address whatever its protection; its callers ask for role and reason first."""

from uuid import UUID

from caseworker.coverage import receipt
from caseworker.identity import identity
from caseworker.overblik import hvem
from caseworker.overblik.borger import UnknownPerson
from caseworker.overblik.views import View
from caseworker.protection import protected
from caseworker.provenance import Felt, Rules
from caseworker.reading import reading
from caseworker.tid import Tid


class Adressevisning(View):
    """One citizen's address."""

    person: UUID
    navn: Felt
    adresse: Felt
    beskyttet: bool


def read_adresse(person: UUID, tid: Tid) -> Adressevisning:
    """The address in force. Raises UnknownPerson."""
    with reading() as connection:
        who = identity(connection, person, tid)
        if who is None:
            raise UnknownPerson
        rules, found = Rules(connection, tid), hvem.read_facts(connection, who, tid)
        shielded = protected(connection, who.ids, tid)
        felt = hvem.adresse(found, rules, tid)
        shown = {felt.kilde.kilde: 1} if felt.kilde else {}
        return Adressevisning(
            coverage=receipt(connection, tid, who.ids, shown),
            person=who.person,
            navn=hvem.build(who, found, rules, tid, shielded).navn,
            adresse=felt,
            beskyttet=bool(shielded),
        )

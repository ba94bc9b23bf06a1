"""Asking SF1500: units by the whole tree, users by soeg and list, and what belongs to each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from connectors.contract import Access, Ask, Page
from connectors.errors import ContractError
from connectors.oio_retur import judge
from connectors.organisation.roller import LEDER, STILLING
from connectors.organisation.sheet import BRUGER, ENHED
from connectors.sf1500 import Objekter, billeder, record, referred, sweep
from connectors.soap_xml import child, local

WSDL = Path(__file__).with_name("organisation.wsdl")
INGEN = "EXCLUDE!"
"""A name that nothing has: leaves users and functions out of the tree (KITOS asks so)."""
Billeder = dict[str, etree._Element]


class Organisation:
    """SF1500 on behalf of one municipality."""

    def __init__(self, access: Access) -> None:
        self.system = Objekter(access, WSDL, "organisationsystem/6", "osy")
        self.bruger = Objekter(access, WSDL, "bruger/6", "bru")
        self.person = Objekter(access, WSDL, "person/6", "per")
        self.adresse = Objekter(access, WSDL, "adresse/6", "adr")
        self.funktion = Objekter(access, WSDL, "organisationfunktion/6", "ofu")
        self._own = str(access.options.get("organisation") or "")

    def enheder(self, ask: Ask) -> Iterator[Page]:
        """Every unit of the tree, with its addresses and whoever leads it."""
        enheder = sweep(lambda first: self._tree(first, self.system.page_size)[1], self.system.api.where)
        ledere = self._funktioner(LEDER, "TilknyttedeEnheder")
        adresser = self._adresser(enheder.values())
        yield Page([
            record(ENHED, [("objekt", [e]), ("adresse", _of(e, "Adresser", adresser)), ("funktion", ledere[uuid])])
            for uuid, e in enheder.items()
        ])  # fmt: skip

    def brugere(self, ask: Ask) -> Iterator[Page]:
        """Every user, with person, addresses and positions, a page at a time."""
        brugere = self.bruger.soeg(Tilhoerer=self.own())
        stillinger = self._funktioner(STILLING, "TilknyttedeBrugere") if brugere else {}
        for found in self.bruger.each(brugere):
            adresser = self._adresser(found.values())
            personer = self.person.list(p for e in found.values() for p in referred(e, "TilknyttedePersoner"))
            yield Page([
                record(BRUGER, [
                    ("objekt", [e]), ("adresse", _of(e, "Adresser", adresser)), ("funktion", stillinger.get(uuid, [])),
                    ("person", _of(e, "TilknyttedePersoner", personer)),
                ])
                for uuid, e in found.items()
            ])  # fmt: skip

    def own(self) -> str:
        """UUID of the municipality as an Organisation: option organisation, else the one that the tree has."""
        if not self._own:
            found = self._tree(0, 1)[0]
            if len(found) != 1:
                where = self.system.api.where
                raise ContractError(
                    f"{where}: {len(found)} organisations; name ours in the source's option organisation"
                )
            (self._own,) = found
        return self._own

    def knock(self) -> None:
        """Asks for one unit, to see that the door opens."""
        self._tree(0, 1)

    def _tree(self, first: int, size: int) -> tuple[Billeder, Billeder]:
        """Organisations and a page of units."""
        api = self.system.api
        reply = api.ask(
            "osy_fremsoegobjekthierarki",
            transaction=True,
            FoersteResultatReference=first,
            MaksimalAntalKvantitet=size,
            OrganisationFunktionSoegEgenskab={"FunktionNavn": INGEN},
            BrugerSoegEgenskab={"BrugerNavn": INGEN},
        )
        if local(str(reply.tag)) != "FremsoegObjekthierarkiOutput":
            raise ContractError(f"{api.where}: the reply is no FremsoegObjekthierarkiOutput; is the address right?")
        judge(reply, api.where)
        return billeder(child(reply, "Organisationer")), billeder(child(reply, "OrganisationEnheder"))

    def _funktioner(self, kind: str, of: str) -> defaultdict[str, list[etree._Element]]:
        """Functions of a Funktionstype, by what their relation of that name points at; those of one in steady order."""
        found: defaultdict[str, list[etree._Element]] = defaultdict(list)
        uuids = self.funktion.soeg(Funktionstype=kind, TilknyttedeOrganisationer=self.own())
        for page in self.funktion.each(sorted(uuids)):
            for funktion in page.values():
                for uuid in referred(funktion, of):
                    found[uuid].append(funktion)
        return found

    def _adresser(self, owners: Iterable[etree._Element]) -> Billeder:
        return self.adresse.list(a for owner in owners for a in referred(owner, "Adresser"))


def _of(owner: etree._Element, relation: str, found: Billeder) -> list[etree._Element]:
    return [found[uuid] for uuid in dict.fromkeys(referred(owner, relation)) if uuid in found]

"""Acadre's own register of contacts: citizens and companies, each with a GUID."""

from uuid import NAMESPACE_URL, uuid5

from korsbaek.landscape.shelf import Shelf
from korsbaek.model import Person, Virksomhed


def person(shelf: Shelf, citizen: Person) -> str:
    """Puts a citizen there unless known; gives the GUID, which says nothing of the number."""
    key = contact_id(shelf, f"nr/{citizen.nr}")
    said = {
        "art": "person",
        "navn": citizen.navn.fuldt,
        "fornavn": citizen.navn.fornavn,
        "mellemnavn": citizen.navn.mellemnavn,
        "efternavn": citizen.navn.efternavn,
        "nummer": citizen.cpr,
        "koen": "male" if citizen.koen == "M" else "female",
        "beskyttet": citizen.beskyttelse is not None,
    }
    shelf.put("kontakt", key, said)
    return key


def company(shelf: Shelf, firma: Virksomhed) -> str:
    """Puts a company there unless known; gives the GUID."""
    key = contact_id(shelf, f"cvr/{firma.cvr}")
    shelf.put("kontakt", key, {"art": "virksomhed", "navn": firma.navn, "nummer": firma.cvr})
    return key


def contact_id(shelf: Shelf, of: str) -> str:
    """The same each time in a town."""
    return str(uuid5(NAMESPACE_URL, f"korsbaek-acadre-{shelf.town.meta('seed')}-{of}"))

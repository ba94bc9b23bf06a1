"""Relations as the OIO indexes send them (gd:RelationType), read once for Sag, Dokument, Bevilling and payment."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from canonical_model.draft import UNSET, Nummer, Ref, Sent
from connectors.oio_reference import Reference, reference
from connectors.oio_roller import ROLLER, TYPER
from connectors.oio_virkning import Virkning, virkning
from connectors.soap_node import TOM, Node


class Relation(NamedTuple):
    """One relation with its Virkning and its extension."""

    rolle: str
    type: Sent[str]
    indeks: Sent[str]
    reference: Reference
    virkning: Virkning
    ekstra: Node
    """Where the denormalised names stand: its LokalUdvidelse, or the relation itself."""
    node: Node

    def base(self, objekt: Ref, *flags: str) -> dict[str, Any]:
        """The fields that every relation's Draft has."""
        odd = "no Rolle" if self.rolle == "ukendt" else ""
        return {"objekt": objekt, "rolle": self.rolle, "indeks": self.indeks, **self.virkning.fields(*flags, odd)}

    def peger(self) -> dict[str, Any]:
        """`reference` and `urn`: what a relation to anything but a party points at."""
        return {"reference": self.reference.ref or UNSET, "urn": self.reference.urn or UNSET}

    def objekt(self) -> dict[str, Any]:
        """`reference` alone, for relations to objects of the index."""
        return {"reference": self.reference.ref or UNSET}

    def system(self, objekt: Ref) -> dict[str, Any]:
        """All fields of an IT-system's relation, which has no Indeks."""
        return {
            "objekt": objekt, "rolle": self.rolle, **self.virkning.fields(), **self.peger(),
            "systemnavn": self.ekstra.text("SystemNavn"), "systemuri": self.ekstra.text("SystemURI"),
        }  # fmt: skip

    def aktoer(self) -> dict[str, Any]:
        """The fields of an aktoer; the CVR number from its own element or from the reference."""
        cvr = next((v for n in ("CVR-Nummer", "CVR-Nr", "CVR-nr") if (v := self.ekstra.text(n)) is not UNSET), UNSET)
        ref = self.reference.ref
        if isinstance(ref, Nummer) and ref.art == "cvr":
            return {**self._named(), "type": self.type, "cvr": cvr or ref.nummer, "urn": UNSET, "reference": UNSET}
        return {**self._named(), **self.peger(), "type": self.type, "cvr": cvr}

    def part(self) -> dict[str, Any]:
        """The fields of a party; who it is comes from the number's kind before it comes from the Type."""
        flag = "party by UUID" if isinstance(self.reference.ref, UUID) else ""
        flag = "party by an unknown URN" if self.reference.urn else flag
        named = self._named()
        if named["fuldt_navn"] in (UNSET, None) and self.reference.navn:
            named["fuldt_navn"] = self.reference.navn
        return {
            **named, "type": self.reference.art or self.type, "part": self.reference.ref or UNSET,
            **self.virkning.fields(flag, "no Rolle" if self.rolle == "ukendt" else ""),
        }  # fmt: skip

    def _named(self) -> dict[str, Any]:
        return {
            "brugervendt_noegle": self.ekstra.text("BrugervendtNoegle"),
            "fuldt_navn": self.ekstra.text("FuldtNavn"),
        }


def relation(node: Node, udvidelse: str | None = None) -> Relation:
    """One relation; `udvidelse` names its extension, where the names do not stand in the relation itself."""
    ekstra = node
    if udvidelse is not None:
        liste = node.one("LokalUdvidelseListe")
        ekstra = (liste.one(udvidelse) if liste is not None else None) or TOM
    return Relation(
        rolle=kode(node, "Rolle", ROLLER) or "ukendt",
        type=kode(node, "Type", TYPER) or UNSET,
        indeks=node.text("Indeks"),
        reference=reference(node),
        virkning=virkning(node),
        ekstra=ekstra,
        node=node,
    )


def relationer(liste: Node | None, name: str, udvidelse: str | None = None) -> Iterator[Relation]:
    """All relations of one name in a RelationListe."""
    for node in liste.many(name) if liste is not None else ():
        yield relation(node, udvidelse)


def kode(node: Node, name: str, koder: dict[str, str]) -> str | None:
    """A Rolle or Type as its code; an unknown one as UUID or URN text."""
    unik = node.one(name)
    if unik is None:
        return None
    text = unik.value("UUIDIdentifikator")
    if text in koder:
        return koder[text]
    uuid = unik.uuid("UUIDIdentifikator")
    return koder.get(str(uuid), str(uuid)) if uuid else unik.value("URNIdentifikator")

"""An object of a register as it is written: one Registrering with its three lists (SF1500 v6)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from korsbaek.systems.index.interval import moment
from korsbaek.systems.index.wire import instant, reference
from korsbaek.systems.index.wire import virkning as written
from korsbaek.systems.soap.node import Node, el, leaf

Body = dict[str, Any]


def virkning(of: Body) -> Node:
    """The Virkning of something that says `fra` and perhaps `til`; a time that no calendar has is sent as it is."""
    fra, til = str(of["fra"]), of.get("til")
    try:
        return written("sd", moment(fra), moment(til) if til else None)
    except ValueError:
        end = ("sd:GraenseIndikator", "true")
        return el("sd:Virkning", el("sd:FraTidspunkt", ("sd:TidsstempelDatoTid", fra)), el("sd:TilTidspunkt", end))


def relation(name: str, of: Body, target: str, *more: Node | None) -> Node:
    """A relation to one object."""
    return el(name, virkning(of), reference("sd:ReferenceID", target), *more)


def adresse(of: Body, rolle: str, kind: str, label: str, indeks: str) -> Node:
    """A relation to an Adresse: its role, type and index are all required here."""
    return relation(
        "sd:Adresser",
        of,
        of["uuid"],
        el("sd:Rolle", ("sd:UUIDIdentifikator", rolle), ("sd:Label", label)),
        el("sd:Type", ("sd:UUIDIdentifikator", kind)),
        ("sd:Indeks", indeks),
    )


def registrering(
    prefix: str, body: Body, attributter: Sequence[Node], tilstande: Sequence[Node], relationer: Sequence[Node]
) -> Node:
    """The current Registrering; these registers hand out no other unless they are asked."""
    return el(
        f"{prefix}:Registrering",
        leaf("sd:NoteTekst", body.get("note")),
        ("sd:Tidspunkt", instant(datetime.fromisoformat(body["tidspunkt"]))),
        ("sd:LivscyklusKode", body.get("livscyklus", "Importeret")),
        reference("sd:BrugerRef", "urn:oio:korsbaek:ad:orgsync"),
        (f"{prefix}:AttributListe", list(attributter)),
        (f"{prefix}:TilstandListe", list(tilstande)),
        (f"{prefix}:RelationListe", list(relationer)),
    )

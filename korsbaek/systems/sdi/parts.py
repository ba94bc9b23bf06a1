"""The relations that Sag and Dokument both have, in either's namespace."""

from korsbaek.model import Aktoer
from korsbaek.systems.index.wire import relation, system_uuid, virkning
from korsbaek.systems.sdi import roles
from korsbaek.systems.soap.node import Node, el, leaf


def aktoer(name: str, extension: str, cvr: str, aktoer: Aktoer) -> Node:
    """An actor; the owner goes by CVR URN, the others by their UUID in Organisation."""
    return relation(
        name,
        virkning("gd", aktoer.fra, aktoer.til, aktoer.aktoertypekode),
        roles.AKTOER_ROLLE[aktoer.rolle],
        roles.AKTOER_TYPE[aktoer.type],
        aktoer.uuid or f"urn:oio:cvr-nr:{aktoer.cvr}",
        indeks=aktoer.indeks,
        extension=el(
            extension,
            leaf(f"{extension.partition(':')[0]}:BrugervendtNoegle", aktoer.noegle or None),
            leaf(f"{extension.partition(':')[0]}:FuldtNavn", aktoer.navn or None),
            leaf(cvr, aktoer.cvr or None),
        ),
    )


def itsystemer(name: str, period: Node, system: str, uri: str | None) -> list[Node]:
    """Master and Afsender; the master says where the object can be opened."""
    ident = system_uuid(system)
    prefix = name.partition(":")[0]
    return [
        relation(
            name,
            period,
            role,
            roles.IT_SYSTEM,
            ident,
            (f"{prefix}:SystemNavn", system),
            leaf(f"{prefix}:SystemURI", uri if role == roles.MASTER else None),
        )
        for role in (roles.MASTER, roles.AFSENDER)
    ]

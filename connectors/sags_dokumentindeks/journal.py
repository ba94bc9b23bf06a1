"""Journalpost and Journalnotat: a Sag's documents and notes (rammearkitektur 4.4)."""

from base64 import b64decode
from collections.abc import Iterator
from uuid import UUID

from canonical_model.draft import UNSET, Draft, Sent
from canonical_model.drafts import JournalnotatDraft, JournalpostDraft
from connectors.oio_relation import Relation, relationer
from connectors.oio_values import titler
from connectors.soap_node import TOM, Node


def journal(liste: Node | None, sag: UUID) -> Iterator[Draft]:
    """The journal entries of a RelationListe; a note by its role or by having JournalnotatEgenskaber."""
    for r in relationer(liste, "Journalpost"):
        egenskaber = r.node.at("JournalpostEgenskaber")
        notat = egenskaber.one("JournalnotatEgenskaber")
        if notat is not None or r.rolle == "journalnotat":
            yield _notat(r, notat or TOM, sag)
        else:
            yield _post(r, egenskaber, sag)


def _post(r: Relation, egenskaber: Node, sag: UUID) -> Draft:
    navne = titler(egenskaber, "Dokumenttitel")
    dokument = r.reference.ref
    flag = "" if isinstance(dokument, UUID) else "no document by UUID"
    return JournalpostDraft(
        **r.base(sag, flag),
        dokument=dokument or UNSET,
        dokumenttitel=navne["titel"],
        titel_offentlig=navne["titel_offentlig"],
        offentlighed_hjemmel=navne["offentlighed_hjemmel"],
    )


def _notat(r: Relation, notat: Node, sag: UUID) -> Draft:
    text, flag = _text(notat)
    return JournalnotatDraft(
        objekt=sag,
        **r.virkning.fields(flag),
        indeks=r.indeks,
        titel=notat.text("Titel"),
        notat=text,
        format=notat.text("Format"),
        skrevet=r.virkning.fra or UNSET,
    )


def _text(notat: Node) -> tuple[Sent[str], str]:
    """The note out of base64; a note that is no text (a word processor's file) is left out and flagged."""
    sent = notat.text("Notat")
    if not isinstance(sent, str):
        return sent, ""
    try:
        raw = b64decode("".join(sent.split()).encode("ascii"), validate=True)
    except (ValueError, UnicodeEncodeError):
        raise notat.error("Notat", "not base64") from None
    if b"\x00" in raw:
        return UNSET, "the note is a file, not text"
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace"), ""

"""A DocumentContainer or a MemoType as facts."""

from collections.abc import Iterator

from canonical_model.draft import UNSET, Draft, Lokal
from canonical_model.drafts import DokumentDraft, FristDraft, JournalnotatDraft, JournalpostDraft
from connectors.errors import RecordError
from connectors.soap_node import Node
from connectors.soap_xml import Held
from connectors.titles import without_cpr

_RETNING = {"I": "indgaaende", "U": "udgaaende", "N": "internt_notat"}


def facts(held: Held) -> Iterator[Draft]:
    """A memo by its MemoIdentifier, else a document."""
    return _notat(Node(held)) if "MemoIdentifier" in held else _dokument(Node(held))


def _number(node: Node, name: str) -> str:
    found = node.value(name)
    if not found or not found.isascii() or not found.isdigit() or len(found) > 9:
        raise node.error(name, "not a number")
    return found


def _dokument(container: Node) -> Iterator[Draft]:
    """Dokument and its place in the case; a day by which an answer is due is a deadline of the case."""
    document, record = container.one("Document"), container.one("Record")
    if document is None or record is None:
        missing = "Record" if document else "Document" if record else "MemoIdentifier or Document"
        raise RecordError(missing, "missing")
    key, sagen = _number(document, "DocumentIdentifier"), Lokal("sag", _number(record, "CaseFileReference"))
    objekt = Lokal("dokument", key)
    document.need("DocumentTitleText")
    titel = without_cpr(str(document.text("DocumentTitleText")))
    registreret = record.need_instant("RegistrationDate")
    yield DokumentDraft(
        objekt=objekt,
        registreret=registreret,
        brugervendt_noegle=key,
        dokumentnummer=key,
        titel=titel,
        brevdato=record.dato("DocumentDate"),
        type=_RETNING.get(record.value("DocumentTypeCode") or "", "andet"),
    )
    yield JournalpostDraft(objekt=sagen, rolle="tilakteret", indeks=key, dokument=objekt, dokumenttitel=titel)
    frist = record.dato("ResponseDeadlineDate")
    if frist is not UNSET and frist is not None:
        answered = record.dato("ResponseDate") not in (UNSET, None)
        yield FristDraft(
            objekt=sagen,
            art="frist",
            indeks=f"dokument-{key}",
            titel=f"Svarfrist: {titel}",
            fristdato=frist,
            tilstand="done" if answered else "open",
        )


def _notat(memo: Node) -> Iterator[Draft]:
    """A memo's title and day; its text is a file, which is not fetched."""
    titel = memo.text("MemoTitleText")
    if not isinstance(titel, str):
        raise memo.error("MemoTitleText", "missing")
    yield JournalnotatDraft(
        objekt=Lokal("sag", _number(memo, "CaseFileReference")),
        indeks=_number(memo, "MemoIdentifier"),
        titel=without_cpr(titel),
        skrevet=memo.instant("MemoEventDate"),
    )

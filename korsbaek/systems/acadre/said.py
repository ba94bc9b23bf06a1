"""Acadre's answers as XML, in the order that its schemas want (schema2, 9, 15, 16, 20, 21 and 23)."""

from typing import Any

from korsbaek.systems.soap.node import Node, el, flag, leaf, render

SPACES = {
    "a": "http://www.traen.com/2010/06/01",
    "c": "http://www.traen.com/2006/08/01/case",
    "t": "http://www.traen.com/2007/04/01",
    "u": "http://www.traen.com/2008/08/20",
    "s": "http://www.traen.com/2008/01/20",
    "k": "http://www.traen.com/2007/11/01",
    "f": "http://rep.oio.dk/fesd.dk/xml/schemas/2005/10/26/",
    "n": "http://rep.oio.dk/itst.dk/xml/schemas/2005/02/22/",
    "g": "http://rep.oio.dk/ebxml/xml/schemas/dkcc/2003/02/13/",
    "p": "http://rep.oio.dk/cpr.dk/xml/schemas/core/2005/03/18/",
    "v": "http://rep.oio.dk/cvr.dk/xml/schemas/2005/03/22/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
Body = dict[str, Any]


def root(node: Node, kind: str = "") -> str:
    """The text of an answer with its namespaces; `kind` is its xsi:type."""
    name = node[0]
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())
    said = render([node])
    head = f"<{name}{spaces}" + (f' xsi:type="{kind}"' if kind else "")
    return head + said.removeprefix(f"<{name}")


def strings(name: str, found: list[str]) -> Node:
    """ArrayOfString."""
    return el(name, *(leaf("c:string", text) for text in found))


def _base(case: Body) -> list[Node | None]:
    """CaseFileType (2006/08/01/case)."""
    return [
        leaf("c:CaseFileIdentifier", str(case["id"])),
        leaf("c:Year", str(case["aar"])),
        leaf("c:CaseFileSequenceNumber", str(case["id"])),
        leaf("c:CreationDate", case["oprettet"]),
        leaf("c:CaseFileTitleText", case["titel"]),
        flag("c:TitleUnofficialIndicator", case["type"] == "BUSAG"),
        leaf("c:TitleAlternativeText", case["alternativ"]),
        leaf("c:CaseFileManagerReference", str(case["bruger"])),
        leaf("c:CaseFileNumberIdentifier", case["nummer"]),
        leaf("c:CaseFileLatestUpdateDate", case["aendret"]),
        leaf("c:CaseFileStatusCode", case["status"]),
        leaf("c:CaseFileTypeCode", case["type"]),
        leaf("c:AccessCode", "BU" if case["type"] == "BUSAG" else "BO"),
    ]


def case_file(case: Body) -> Node:
    """CaseFileType3 whole."""
    parties = [
        el(
            "t:Party",
            leaf("t:ContactReference", reference),
            leaf("c:CreationDate", case["oprettet"]),
            leaf("t:PartyRelationTypeLiteral", "PART"),
            flag("t:IsPrimary", place == 0),
        )
        for place, reference in enumerate(case["parter"])
    ]
    category = el("t:Category", leaf("t:Principle", "KL Koder"), leaf("t:Literal", case["kle"] or None))
    deadline = el(
        "u:Deadline",
        leaf("u:CreationDate", case["oprettet"]),
        leaf("u:DeadlineDate", case["frist"]),
        leaf("u:Note", case["fristnote"]),
    )
    return el(
        "a:CaseFile3",
        *_base(case),
        el("t:AdministrativeUnit", leaf("t:AdministrativeUnitReference", str(case["enhed"]))),
        el("t:Classification", category),
        *parties,
        leaf("t:ClosedDate", case["lukket"]),
        deadline if case["frist"] else None,
    )


def container(case: Body, papers: list[Body], notes: list[Body], whole: bool) -> Node:
    """CaseContainer: the case in its oldest form, and with `whole` its documents and memos."""
    documents = el("a:Documents", *(document("a:DocumentContainer", paper) for paper in papers))
    memos = el("a:Notes", *(memo(note) for note in notes))
    return el("a:CaseContainer", el("a:Case", *_base(case)), documents if whole else None, memos if whole else None)


def document(name: str, paper: Body) -> Node:
    """Document and its Record."""
    kind = {"I": "I", "U": "U", "N": "N"}[paper["retning"]]
    said = [
        leaf("c:DocumentIdentifier", str(paper["id"])),
        leaf("c:DocumentTitleText", paper["titel"] or None),
        flag("c:DocumentPaperStorageIndicator", False),
        leaf("c:DocumentStatusCode", "J"),
    ]
    record = [
        leaf("c:RecordIdentifier", str(paper["id"])),
        leaf("c:CaseFileReference", str(paper["sag"])),
        leaf("c:RegistrationDate", paper["dag"]),
        leaf("c:DocumentDate", paper["dag"]),
        flag("c:DocumentDateUnknownIndicator", False),
        leaf("c:DescriptionText", paper["titel"] or None),
        leaf("c:ResponseDeadlineDate", paper["svarfrist"]),
        flag("c:RecordPaperStorageIndicator", False),
        leaf("c:DocumentTypeCode", kind),
        leaf("c:RecordStatusCode", "J"),
    ]
    return el(name, el("a:Document" if name.endswith("Container") else "c:Document", *said), el("a:Record", *record))


def memo(note: Body) -> Node:
    """MemoType."""
    return el(
        "a:MemoType",
        leaf("t:MemoIdentifier", str(note["id"])),
        leaf("c:CaseFileReference", str(note["sag"])),
        leaf("t:MemoTitleText", note["titel"]),
        leaf("c:CreationDate", note["dag"]),
        leaf("t:MemoEventDate", note["dag"]),
    )


def contact(key: str, known: Body) -> str:
    """ContactObject: PersonType2 or OrganizationType2, by xsi:type."""
    if known["art"] == "virksomhed":
        said = [
            flag("f:AdvertisementProtectionIndicator", False),
            leaf("f:OrganizationName", known["navn"]),
            leaf("v:CVRnumberIdentifier", known["nummer"]),
            leaf("t:GUID", key),
        ]
        return root(el("k:ContactObject", *said), "k:OrganizationType2")
    names = [leaf("g:PersonGivenName", known["fornavn"]), leaf("g:PersonMiddleName", known["mellemnavn"] or None)]
    said = [
        flag("f:AdvertisementProtectionIndicator", False),
        el("n:PersonNameStructure", *names, leaf("g:PersonSurnameName", known["efternavn"])),
        leaf("n:PersonNameForAddressingName", known["navn"]),
        flag("f:BirthDateUncertaintyIndicator", False),
        leaf("g:PersonGenderCode", known["koen"]),
        leaf("p:PersonCivilRegistrationIdentifier", known["nummer"]),
        flag("f:NameAddressProtectionIndicator", known["beskyttet"]),
        leaf("t:GUID", key),
    ]
    return root(el("k:ContactObject", *said), "k:PersonType2")

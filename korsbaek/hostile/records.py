"""The records in a reply, whatever the vendor: those that can be dropped, doubled or held back."""

from typing import Any

from lxml import etree

from korsbaek.hostile.exchange import Reply

BILLEDE = "FiltreretOejebliksbillede"
"""How the elements of an index's objects end."""


def local(element: "etree._Element") -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def listed(document: Any) -> list[Any] | None:
    """The list of records in a JSON reply: the reply itself, its Results, or an OData page's value."""
    found = document.get("Results", document.get("value")) if isinstance(document, dict) else document
    return found if isinstance(found, list) else None


def objects(root: "etree._Element") -> "list[etree._Element]":
    """An index's objects in a SOAP reply."""
    return [e for e in root.iter() if isinstance(e.tag, str) and local(e).endswith(BILLEDE)]


def keep(reply: Reply, share: float) -> None:
    """Keeps the first share of the page's records, and every promise of how many there are."""
    if (root := reply.tree()) is not None:
        found = objects(root)
        for late in found[int(len(found) * share) :]:
            _parent(late).remove(late)
        reply.write(root)
    elif (items := listed(document := reply.document())) is not None:
        del items[int(len(items) * share) :]
        reply.say(document)


def double(reply: Reply) -> None:
    """The last record of the page stands there twice."""
    if (root := reply.tree()) is not None:
        if found := objects(root):
            found[-1].addnext(etree.fromstring(etree.tostring(found[-1])))
            reply.write(root)
    elif items := listed(document := reply.document()):
        items.append(items[-1])
        reply.say(document)


def nothing(reply: Reply) -> None:
    """A reply in good form that there is nothing."""
    if (root := reply.tree()) is not None:
        for found in objects(root):
            _parent(found).remove(found)
        for element in root.iter():
            name = local(element) if isinstance(element.tag, str) else ""
            if name == "Antal" and not len(element):
                element.text = "0"
            elif name == "StatusKode":
                element.text = "44"
            elif name == "PersonLookupResponse":
                del element[:]
        reply.write(root)
        return
    document = reply.document()
    if (items := listed(document)) is not None:
        items.clear()
        if isinstance(document, dict):
            document["TotalNumberOfResults"] = 0
        reply.say(document)
    elif isinstance(document, dict) and "isPatientAccessible" in document:
        reply.say({"isPatientAccessible": False, "patient": None})


def _parent(element: "etree._Element") -> "etree._Element":
    parent = element.getparent()
    assert parent is not None
    return parent

"""Exclusive canonical XML of one element, and of an element without its signature (enveloped-signature)."""

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree


def canonical(element: etree._Element, prefixes: Sequence[str] = ()) -> bytes:
    """Exclusive c14n without comments; `prefixes` is the InclusiveNamespaces PrefixList."""
    return etree.tostring(
        element, method="c14n", exclusive=True, with_comments=False, inclusive_ns_prefixes=list(prefixes) or None
    )


def without(element: etree._Element, child: etree._Element) -> etree._Element:
    """A copy of the element less one child; the text behind the child stays, as the transform says."""
    copy = deepcopy(element)
    copy.tail = None
    gone = copy[element.index(child)]
    before = gone.getprevious()
    if gone.tail:
        if before is None:
            copy.text = (copy.text or "") + gone.tail
        else:
            before.tail = (before.tail or "") + gone.tail
    copy.remove(gone)
    return copy

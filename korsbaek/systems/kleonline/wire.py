"""The two plans as KL writes them."""

from xml.sax.saxutils import escape

from korsbaek.landscape.shelf import Body, Shelf

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LEVELS = ("Hovedgruppe", "Gruppe", "Emne")


def emneplan(shelf: Shelf, udgaaede: bool, uuid: bool) -> str:
    """Main groups with their groups with their subjects."""
    return _plan(shelf, "KLE-Emneplan", "emne", _LEVELS, udgaaede, uuid)


def handlingsfacetter(shelf: Shelf, udgaaede: bool, uuid: bool) -> str:
    """Categories with their facets."""
    arts = ("HandlingsfacetKategori", "Handlingsfacet")
    return _plan(shelf, "KLE-Handlingsfacetter", "handlingsfacet", arts, udgaaede, uuid)


def _plan(shelf: Shelf, root: str, kind: str, arts: tuple[str, ...], udgaaede: bool, uuid: bool) -> str:
    below: dict[str, list[tuple[str, Body]]] = {}
    for key, body in shelf.rows(kind, "true order by key"):
        if udgaaede or not (body.get("udgaaet") or body.get("flyttet")):
            below.setdefault(body["over"], []).append((key, body))

    def written(over: str, depth: int) -> str:
        rows = sorted(below.get(over, []), key=lambda row: str(row[1]["nummer"]))
        return "".join(
            _klasse(arts[depth], key, body, uuid, written(body["nummer"], depth + 1) if depth + 1 < len(arts) else "")
            for key, body in rows
        )

    return f"{HEAD}<{root}><UdgivelsesDato>{shelf.town.day.isoformat()}</UdgivelsesDato>{written('', 0)}</{root}>"


def _klasse(art: str, key: str, body: Body, uuid: bool, below: str) -> str:
    return (
        f"<{art}>"
        + _leaf(f"{art}Nr", body["nummer"])
        + _leaf(f"{art}Titel", body.get("titel"))
        + f"<{art}AdministrativInfo>{_leaf('OprettetDato', body['oprettet'])}"
        + "".join(_leaf("RettetDato", day) for day in body.get("rettet", ()))
        + _historisk(art, body)
        + f"</{art}AdministrativInfo>"
        + _leaf("BevaringJaevnfoerArkivloven", body.get("bevaring"))
        + _leaf("SletningJaevnfoerPersondataloven", body.get("slettefrist"))
        + _leaf("UUID", key if uuid else None)
        + f"{below}</{art}>"
    )


def _historisk(art: str, body: Body) -> str:
    if flyttet := body.get("flyttet"):
        to = f"<AfloestAf>{_leaf(f'{art}Nr', flyttet['til'])}</AfloestAf>"
        return f"<Historisk><Flyttet>{_leaf('FlyttetDato', flyttet['dato'])}{to}</Flyttet></Historisk>"
    return f"<Historisk>{_leaf('UdgaaetDato', body['udgaaet'])}</Historisk>" if body.get("udgaaet") else ""


def _leaf(name: str, text: str | None) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else ""

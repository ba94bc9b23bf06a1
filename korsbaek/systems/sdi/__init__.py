"""Sags- og Dokumentindekset, SF1470 v6: fremsoeg, importer, opdater, fjern; SOAP 1.1, 1.2, the hybrid; mutual TLS."""

from datetime import UTC, datetime
from threading import Lock
from typing import Any

from korsbaek.systems.index.answer import Answers, output, standardretur
from korsbaek.systems.index.find import found
from korsbaek.systems.sdi.kinds import DOKUMENT, SAG
from korsbaek.systems.sdi.receive import importer, opdater
from korsbaek.systems.soap.envelope import SOAP11, SOAP12, Request
from korsbaek.systems.soap.node import Node, each, el, find, read, text
from korsbaek.systems.soap.service import Service
from korsbaek.town import Town

PATH = "/sagdokumentindeks/6"
_ONE_SENDER = Lock()
"""An object is read, changed and written back."""
_PREFIXES = ("sdi", "sd", "gd", "sag", "si", "di")


def app(town: Town, config: dict[str, Any]) -> Service:
    """The WSGI application. `config`: "url", "page" for the biggest page (default 500), and "guard"."""
    answers = Answers(town, (SAG, DOKUMENT), _PREFIXES, int(config.get("page", 500)))

    def fremsoeg(request: Request) -> str:
        return output("sdi:FremsoegSagDokumentIndeksOutput", answers.fremsoeg(read(request.body)), _PREFIXES)

    def fjern(request: Request) -> str:
        return output("sdi:FjernSagDokumentIndeksOutput", _fjern(answers, read(request.body)), _PREFIXES)

    def received(request: Request) -> str:
        name = str(request.body.tag).rpartition("}")[2].removesuffix("Input")
        receive = importer if name.startswith("Importer") else opdater
        with _ONE_SENDER:
            said = receive(town, read(request.body), datetime.now(UTC))
        return output(f"sdi:{name}Output", said, _PREFIXES)

    def refuse(request: Request) -> str:
        operation = str(request.body.tag).rpartition("}")[2].removesuffix("Input")
        return output(f"sdi:{operation}Output", [standardretur(40, "Input overholder ikke skemaet")], _PREFIXES)

    operations = {
        "sdi:FremsoegSagDokumentIndeksInput": fremsoeg,
        "sdi:FjernSagDokumentIndeksInput": fjern,
        "sdi:ImporterSagDokumentIndeksInput": received,
        "sdi:OpdaterSagDokumentIndeksInput": received,
    }
    url = str(config["url"])
    return Service("SagDokumentIndeks", url, (PATH,), (SOAP11, SOAP12), operations, refuse, config.get("guard"))


def _fjern(answers: Answers, request: Node) -> list[Node]:
    """Takes the cases (and, unless told not to, their documents) out of the index until the server restarts."""
    named = [(text(find(node, "sd:UUIDIdentifikator")) or "").lower() for node in each(request, "sdi:SagUuid")]
    if find(request, "sdi:SoegUdtryk") is not None:
        named += found(answers.town, SAG, request, answers.removed) or []
    known = {u for (u,) in answers.town.rows("select uuid from sag where indeks = 1")} - answers.removed
    gone = [uuid for uuid in dict.fromkeys(named) if uuid in known]
    if not gone:
        return [standardretur(44, "Ingen objekter fundet")]
    answers.removed.update(gone)
    if text(find(request, "sdi:EfterladSagsloeseDokumenter")) not in ("true", "1"):
        for uuid in gone:
            rows = answers.town.rows("select uuid from dokument where sag = ?", (uuid,))
            answers.removed.update(u for (u,) in rows)
    unik = [("sd:StatusKode", "20"), ("sd:Type", "Sag")]
    return [el("sd:UnikRetur", *unik, ("sd:UUIDIdentifikator", uuid)) for uuid in gone]

"""Ydelsesindekset, SF1490 v6: all reading through fremsoeg, SOAP 1.2 over mutual TLS."""

from typing import Any

from korsbaek.systems.index.answer import Answers, output, standardretur
from korsbaek.systems.soap.envelope import SOAP12, Request
from korsbaek.systems.soap.node import read
from korsbaek.systems.soap.service import Service
from korsbaek.systems.ydi.kinds import BEVILLING, EFFEKTUERING
from korsbaek.town import Town

PATH = "/ydelseindeks/6"
_PREFIXES = ("yi", "sd", "gd", "bi", "oef")


def app(town: Town, config: dict[str, Any]) -> Service:
    """The WSGI application. `config`: "url", "page" for the biggest page (default 500), and "guard"."""
    answers = Answers(town, (BEVILLING, EFFEKTUERING), _PREFIXES, int(config.get("page", 500)))

    def fremsoeg(request: Request) -> str:
        return output("yi:FremsoegYdelseIndeksOutput", answers.fremsoeg(read(request.body)), _PREFIXES)

    def closed(request: Request) -> str:
        return _forty(request, "Indekset modtager ikke her")

    def refuse(request: Request) -> str:
        return _forty(request, "Input overholder ikke skemaet")

    operations = {
        "yi:FremsoegYdelseIndeksInput": fremsoeg,
        "yi:ImporterYdelseIndeksInput": closed,
        "yi:OpdaterYdelseIndeksInput": closed,
    }
    return Service("YdelseIndeks", str(config["url"]), (PATH,), (SOAP12,), operations, refuse, config.get("guard"))


def _forty(request: Request, message: str) -> str:
    operation = str(request.body.tag).rpartition("}")[2].removesuffix("Input")
    return output(f"yi:{operation}Output", [standardretur(40, message)], _PREFIXES)

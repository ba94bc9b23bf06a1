"""CPR change messages as Beskedfordeler delivers them: by REST push of ModtagBeskedInput, or in an AMQP queue."""

import http.client
import json
import ssl
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from korsbaek.calendar import midnight
from korsbaek.town import CVR

AFS, KUVERT, SD = "urn:oio:sts:1.0.0", "urn:oio:besked:kuvert:1.0", "urn:oio:sagdok:3.0.0"
BESKEDTYPE = "7654895c-a3f3-4c77-8afd-4c77330f963c"
"""KOMBIT's test Beskedtype."""
PERSON = "ce7fcf97-a8a2-447a-8690-d38aa0f6e23c"
"""ObjektType Person."""


def message(cpr: str, night: date) -> bytes:
    """One Haendelsesbesked that names a person whose CPR data changed; the same night gives the same BeskedId."""
    ident = str(uuid5(NAMESPACE_URL, f"urn:korsbaek:besked:{night.isoformat()}:{cpr}"))
    moment = midnight(night)
    top = etree.Element(f"{{{AFS}}}ModtagBeskedInput", nsmap={"k": AFS, "b": KUVERT, "sd": SD})
    event = _b(top, "Haendelsesbesked")
    _uuid(_b(event, "BeskedId"), ident)
    _b(event, "BeskedVersion").text = "1.0"
    envelope = _b(event, "Beskedkuvert")
    sorting = _b(envelope, "Filtreringsdata")
    _uuid(_b(sorting, "Beskedtype"), BESKEDTYPE)
    _urn(_b(sorting, "TilladtModtager"), f"urn:oio:cvr-nr:{CVR}")
    related = _b(sorting, "RelateretObjekt")
    _urn(_b(related, "ObjektId"), f"urn:oio:cpr-nr:{cpr}")
    _uuid(_b(related, "ObjektType"), PERSON)
    registered = _b(sorting, "ObjektRegistrering")
    _uuid(_b(registered, "ObjektRegistreringId"), str(uuid5(NAMESPACE_URL, ident)))
    _moment(_b(registered, "Registreringstidspunkt"), moment)
    _urn(_b(registered, "ObjektAnsvarligMyndighed"), f"urn:oio:cvr-nr:{CVR}")
    _urn(_b(registered, "ObjektId"), f"urn:oio:cpr-nr:{cpr}")
    _uuid(_b(registered, "ObjektType"), PERSON)
    delivery = _b(envelope, "Leveranceinformation")
    _moment(_b(delivery, "Dannelsestidspunkt"), moment)
    _uuid(_b(delivery, "TransaktionsId"), str(uuid5(NAMESPACE_URL, f"transaktion:{ident}")))
    content: bytes = etree.tostring(top, xml_declaration=True, encoding="UTF-8")
    return content


def _b(parent: Any, name: str) -> Any:
    return etree.SubElement(parent, f"{{{KUVERT}}}{name}")


def _sd(parent: Any, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{SD}}}{name}").text = text


def _uuid(parent: Any, value: str) -> None:
    _sd(parent, "UUIDIdentifikator", value)


def _urn(parent: Any, value: str) -> None:
    _sd(parent, "URNIdentifikator", value)


def _moment(parent: Any, moment: datetime) -> None:
    _sd(parent, "TidsstempelDatoTid", moment.isoformat().replace("+00:00", "Z"))


def push_changes(folder: Path, url: str, night: date, changed: list[str]) -> dict[str, int]:
    """POSTs one message a person over one connection; gives how many were accepted (20) and how many refused."""
    parts = urlsplit(url)
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context(cafile=str(folder / "pki" / "ca.crt"))
        context.load_cert_chain(folder / "pki" / "client.crt", folder / "pki" / "client.key")
        connection = http.client.HTTPSConnection(parts.netloc, timeout=30, context=context)
    else:
        connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    counts = {"accepted": 0, "refused": 0}
    try:
        for cpr in changed:
            connection.request("POST", parts.path or "/", message(cpr, night), {"Content-Type": "application/xml"})
            reply = connection.getresponse()
            counts["accepted" if _accepted(reply.status, reply.read()) else "refused"] += 1
    except OSError:
        counts["refused"] = len(changed) - counts["accepted"]
    finally:
        connection.close()
    _keep(folder, night, url, counts)
    return counts


def _accepted(status: int, body: bytes) -> bool:
    try:
        found = etree.fromstring(body).findtext(f".//{{{SD}}}StatusKode")
    except etree.XMLSyntaxError:
        return False
    return status == 200 and found == "20"


def publish_changes(folder: Path, url: str, night: date, changed: list[str]) -> dict[str, int]:
    """Puts one persistent message a person in the queue that the address ends with; accepted when the broker confirms.

    `url`: amqp://user:password@host:port/vhost?queue=<UUID of the dueslag>, or amqps:// with the town's certificate.
    """
    import pika
    from pika.exceptions import AMQPError

    parts = urlsplit(url)
    queue = parse_qs(parts.query)["queue"][0]
    parameters = pika.URLParameters(parts._replace(query="").geturl())
    if parts.scheme == "amqps":
        context = ssl.create_default_context(cafile=str(folder / "pki" / "ca.crt"))
        context.load_cert_chain(folder / "pki" / "client.crt", folder / "pki" / "client.key")
        parameters.ssl_options = pika.SSLOptions(context, parts.hostname)
    counts = {"accepted": 0, "refused": 0}
    properties = pika.BasicProperties(content_type="application/xml", delivery_mode=2)
    try:
        with pika.BlockingConnection(parameters) as link:
            channel = link.channel()
            channel.queue_declare(queue, durable=True)
            channel.confirm_delivery()
            for cpr in changed:
                channel.basic_publish("", queue, bare(message(cpr, night)), properties, mandatory=True)
                counts["accepted"] += 1
    except (AMQPError, OSError):
        counts["refused"] = len(changed) - counts["accepted"]
    _keep(folder, night, parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl(), counts)
    return counts


def bare(pushed: bytes) -> bytes:
    """The Haendelsesbesked alone, as a queue carries it."""
    content: bytes = etree.tostring(etree.fromstring(pushed)[0], xml_declaration=True, encoding="UTF-8")
    return content


def _keep(folder: Path, night: date, url: str, counts: dict[str, int]) -> None:
    kept = folder / "run" / "beskedfordeler.json"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(json.dumps({"night": night.isoformat(), "url": url, **counts}))


def sent(folder: Path) -> dict[str, Any]:
    """What was pushed last: night, url, accepted, refused; empty before the first push."""
    try:
        found: dict[str, Any] = json.loads((folder / "run" / "beskedfordeler.json").read_text())
    except (OSError, ValueError):
        return {}
    return found

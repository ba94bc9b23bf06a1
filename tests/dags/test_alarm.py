"""Owners are told by mail: the alarm DAG run by Airflow, its SMTP notifier, and a real SMTP server that takes it."""

import email
import email.policy
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from sync.incidents import listed
from tests.dags.own_airflow import ROOT, Airflow
from tests.sync.conftest import Hub, hub  # noqa: F401
from tests.sync.incidents.conftest import Town, town  # noqa: F401
from tests.sync.incidents.system import NUMBERS


@dataclass
class Postkasse:
    """What the mail server took; with `refuse`, it takes nothing."""

    mails: list[EmailMessage] = field(default_factory=list)
    refuse: bool = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuse:
            return "451 try again later"
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


class AnyPort(Controller):
    """Listens on a port that is free."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def postkasse(monkeypatch: pytest.MonkeyPatch) -> Iterator[Postkasse]:
    """A real SMTP server, and Airflow's connection to it."""
    box = Postkasse()
    server = AnyPort(box, hostname="127.0.0.1", port=0)
    server.start()
    extra = {"from_email": "helhed@korsbaek.invalid", "disable_ssl": True, "disable_tls": True, "retry_limit": 0}
    connection = {"conn_type": "smtp", "host": "127.0.0.1", "port": server.port, "extra": extra}
    monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", json.dumps(connection))
    yield box
    server.stop()


def body(mail: EmailMessage) -> str:
    """The text of a mail."""
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def test_the_owner_is_told_once_and_again_when_it_is_mended(town: Town, postkasse: Postkasse, tmp_path: Path) -> None:  # noqa: F811
    """One mail a telling; what the mail server did not take is sent again; in Danish, and without any person."""
    town.night()
    town.systems["alfa"].mood = "html"
    town.night()
    airflow = Airflow(tmp_path / "airflow")
    try:
        postkasse.refuse = True
        assert airflow.run("alarm")["state"] == "failed"
        assert postkasse.mails == [] and listed()[0]["told"] is None, "told only once a mail server has taken it"
        postkasse.refuse = False
        told = airflow.run("alarm")
        assert told["state"] == "success" and told["xcom"]["return_value"]["sent"] == 1
        (mail,) = postkasse.mails
        assert mail["To"] == "ejer.alfa@korsbaek.invalid" and mail["From"] == "helhed@korsbaek.invalid"
        assert mail["Subject"] == "Helhed: System alfa svarer anderledes end aftalt"
        text = body(mail)
        for said in (
            "System alfa", "Leverandør alfa", "Ejer alfa, ejer.alfa@korsbaek.invalid, tlf. 99 00 10 01", "Familie",
            "30 borgere har oplysninger fra systemet", "Hvad skal der gøres?", "Spørg leverandøren", "27",
            "ContractError",
        ):  # fmt: skip
            assert said in text, said
        assert not any(number in mail.as_string() for number in NUMBERS)
        assert listed()[0]["told"] is not None
        assert airflow.run("alarm")["state"] == "success" and len(postkasse.mails) == 1, (
            "nobody is told twice of the same"
        )

        town.systems["alfa"].mood = "ok"
        town.systems["beta"].mood = 401
        town.night()
        assert airflow.run("alarm")["state"] == "success"
        mended, other = postkasse.mails[1:]
        assert mended["To"] == "ejer.alfa@korsbaek.invalid" and other["To"] == "ejer.beta@korsbaek.invalid"
        assert mended["Subject"] == "Helhed: Løst: System alfa svarer anderledes end aftalt"
        assert "Du skal ikke gøre noget" in body(mended) and "er løst" in body(mended)
        assert other["Subject"] == "Helhed: System beta afviser vores adgang"
        assert len({m["Message-ID"] for m in postkasse.mails}) == 3
    finally:
        airflow.close()


@pytest.mark.full
def test_counts_of_a_run_that_fails_stand_in_airflow(
    town: Town,  # noqa: F811
    postkasse: Postkasse,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A task that raises returns nothing: its state, and its streams with their counts, are pushed before."""
    shutil.copy(ROOT / "korsbaek" / "kommune" / "sources" / "sbsys.toml", town.hub.folder / "sources" / "sbsys.toml")
    refusing = town.systems["alfa"]
    refusing.mood = 401
    endpoint = {
        "conn_type": "http", "host": refusing.url,
        "extra": {"grant": "client_credentials", "client_id": "a", "client_secret": "b", "token_url": refusing.url},
    }  # fmt: skip
    monkeypatch.setenv("AIRFLOW_CONN_SBSYS", json.dumps(endpoint))
    airflow = Airflow(tmp_path / "airflow")
    try:
        told = airflow.run("nightly_sbsys")
        assert told["state"] == "failed" and "return_value" not in told["xcom"]
        seen = told["xcom"]["run"]
        assert seen["state"] == "failed" and "AccessError" in seen["error"]
        assert seen["streams"] and all(s["state"] == "failed" and s["read"] == 0 for s in seen["streams"].values())
        assert [i["kind"] for i in listed("sbsys")] == ["connector"], "the run itself opens the incident"
        assert airflow.run("alarm")["state"] == "success"
        assert [m["To"] for m in postkasse.mails] == ["ole.bjerre@korsbaek.invalid"]
    finally:
        airflow.close()

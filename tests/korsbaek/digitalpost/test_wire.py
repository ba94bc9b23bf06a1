"""PostForespoerg as public clients ask it: token, headers of a transaction, yes or no."""

from pathlib import Path

import pytest
import requests

from tests.korsbaek.landscape.wire import said, session, wire

HEADERS = {"x-TransaktionsId": "7c1d8f0e-0000-4000-8000-000000000001", "x-TransaktionsTid": "2026-03-02T12:00:00Z"}


def test_by_get_and_by_post_the_answer_is_the_same(tmp_path: Path) -> None:
    with wire(tmp_path, "digitalpost") as (town, told):
        url, client = told["digitalpost"]["url"] + "/digitalpost", session(told["digitalpost"])
        answers = set()
        for (cpr,) in town.rows("select owner from record where good is null order by seq limit 20"):
            by_get = said(client.get(url, params={"cprNumber": cpr}, headers=HEADERS, timeout=10))
            assert said(client.post(url, json={"cprNumber": cpr}, headers=HEADERS, timeout=10)) == by_get
            assert set(by_get) == {"result"}
            answers.add(by_get["result"])
        assert answers == {True, False}


def test_who_lacks_certificate_token_or_headers_is_refused(tmp_path: Path) -> None:
    with wire(tmp_path, "digitalpost") as (town, told):
        url, client = told["digitalpost"]["url"] + "/digitalpost", session(told["digitalpost"])
        asked = {"cprNumber": town.meta("showcase")}
        assert client.post(url, json=asked, timeout=10).status_code == 400
        unknown = client.post(url, json={"cprNumber": "0102039999"}, headers=HEADERS, timeout=10)
        assert unknown.status_code == 404
        assert unknown.json()["HovedoplysningerSvarREST"][0]["SvarReaktion"]["Fejl"]["FejlId"] == "404"
        client.headers.pop("Authorization")
        assert client.post(url, json=asked, headers=HEADERS, timeout=10).status_code == 401
        with pytest.raises(requests.exceptions.RequestException):
            requests.post(url, json=asked, headers=HEADERS, verify=told["digitalpost"]["auth"]["ca"], timeout=10)

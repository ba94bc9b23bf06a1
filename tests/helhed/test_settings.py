"""Settings: a fault is said in one line with file, key and remedy, and stops its own source only."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helhed.settings import SettingsError, connection, key, now, sources

GOOD = (Path(__file__).parents[2] / "korsbaek" / "kommune" / "sources" / "sbsys.toml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "good.toml").write_text(GOOD, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("connector =", "conector ="), "unknown key 'conector'. Did you mean 'connector'?"),
        (("systemejer =", "# systemejer ="), "'systemejer' is missing. Add it"),
        ((GOOD, 'connector = "sbsys"\nnavn = "SBSYS"\n'), "'myndighed', 'systemejer', 'kontakt', "),
        (("\nhjemmel = ", '\nhjemmel = "UDFYLD"\n# '), "'hjemmel' is still to be filled in (UDFYLD)"),
        (('"11111111"', '"1111"'), "'myndighed'"),
        (("foelsomhed = 3", "foelsomhed = 5"), "'foelsomhed'"),
        (('kle = ["00"]', 'kle = ["all"]'), "'kle.0'"),
        (('connector = "sbsys"', 'connector = "sbsys'), "not readable as TOML"),
        (('"45 1 * * *"', '"25 o\'clock"'), "'tidsplan': not a cron expression"),
    ],
    ids=[
        "misspelt",
        "no owner",
        "no owner nor anything",
        "no legal basis",
        "bad cvr",
        "no such level",
        "bad kle",
        "unclosed text",
        "no cron",
    ],
)
def test_a_bad_file_stops_its_own_source_only_and_says_what_to_do(
    folder: Path, change: tuple[str, str], said: str
) -> None:
    broken = GOOD.replace(*change)
    assert broken != GOOD
    (folder / "sources" / "bad.toml").write_text(broken, encoding="utf-8")
    found = sources(folder)
    assert list(found.good) == ["good"]
    (line,) = found.bad
    assert line.startswith("sources/bad.toml: ")
    assert said in line
    assert "\n" not in line.strip()


def test_the_sample_municipality_is_configured_without_fault() -> None:
    found = sources(Path(__file__).parents[2] / "korsbaek" / "kommune")
    assert found.bad == []
    assert set(found.good) == {"cpr", "nexus", "sbsys", "sdi", "ydi"}


def test_a_connection_is_airflows_json_form(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {
        "conn_type": "http",
        "host": "https://vendor.invalid",
        "login": "us",
        "password": "s",
        "extra": {"cert": "c"},
    }
    monkeypatch.setenv("AIRFLOW_CONN_SBSYS", json.dumps(given | {"extra": json.dumps(given["extra"])}))
    found = connection("sbsys")
    assert (found.url, found.login, found.extra) == ("https://vendor.invalid", "us", {"cert": "c"})
    assert "'s'" not in repr(found)


@pytest.mark.parametrize("text", ["", "not json", "[]", '{"conn_type": "http"}', '{"host": "vendor.invalid"}'])
def test_a_missing_or_unreadable_connection_says_what_to_set(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_SBSYS", text)
    with pytest.raises(SettingsError, match="AIRFLOW_CONN_SBSYS"):
        connection("sbsys")


@given(st.datetimes(timezones=st.timezones()))
def test_the_clock_can_be_set_in_any_zone(instant: object) -> None:
    from datetime import datetime

    assert isinstance(instant, datetime)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HELHED_NOW", instant.isoformat())
        try:
            expected = datetime.fromisoformat(instant.isoformat())
            expected.astimezone()
        except (ValueError, OverflowError):
            return
        assert now() == expected


def test_a_clock_without_a_zone_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELHED_NOW", "2026-11-23T05:00:00")
    with pytest.raises(SettingsError, match="time zone"):
        now()


def test_the_key_is_made_once_and_only_for_us(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("HELHED_KEY", raising=False)
    monkeypatch.setenv("HELHED_HOME", str(tmp_path))
    assert key() == key()
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0

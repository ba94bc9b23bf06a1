"""Every connector that the registry finds keeps the contract, offline, on what its vendor once answered."""

import pytest

from connectors.errors import ConnectorError
from connectors.registry import load, names
from connectors.replay import Scene, doors, scene
from helhed.kit.parts import lacking
from helhed.kit.subject import Subject
from tests.connectors.cases import CASES


@pytest.fixture(scope="module", params=[(name, door) for name in names() for door in doors(name)], ids="-".join)
def recorded(request: pytest.FixtureRequest) -> Scene:
    """One connector with its recording at one of its doors; loaded here, so that a broken one fails alone."""
    name, door = request.param
    try:
        return scene(load(name), door)
    except ConnectorError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("name", names())
def test_a_connector_has_all_its_parts(name: str) -> None:
    """Fails once with the whole list; the cases of a connector without a recording are skipped."""
    assert not lacking(name), f"connectors/{name} lacks:\n" + "\n".join(f"- {line}" for line in lacking(name))


@pytest.mark.parametrize("case", CASES)
def test_contract(recorded: Scene, case: str) -> None:
    """A case that quality.toml leaves out, because the vendor's contract cannot keep it, must indeed fail."""
    why = Subject(recorded.connector.name).claims.cases.get(case)
    if why is None:
        CASES[case](recorded)
        return
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        CASES[case](recorded)
    pytest.skip(f"left out: {why}")


@pytest.mark.parametrize("name", names())
def test_only_cases_that_there_are_are_left_out(name: str) -> None:
    assert set(Subject(name).claims.cases) <= set(CASES)


def test_there_are_connectors_and_cases() -> None:
    assert len(names()) >= 5 and len(CASES) >= 25

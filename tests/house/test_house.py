"""The house keeps its own rules: small files, ASCII names, docstrings, no trap words, no address of a registry."""

import ast
import re
import subprocess
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
TRACKED = [
    ROOT / f
    for f in subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    if f and (ROOT / f).is_file()
]
CODE = [f for f in TRACKED if f.suffix == ".py" and "tests" not in f.relative_to(ROOT).parts]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", CODE, ids=name)
def test_no_file_grows_past_250_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250


@pytest.mark.parametrize("path", CODE, ids=name)
def test_names_are_ascii_and_public_things_say_what_they_give(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "the module has no docstring"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            assert node.name.isascii()


def test_no_room_is_called_utils() -> None:
    odd = re.compile(r"(^|/)(utils?|helpers?|managers?|common|misc)(\.py|/)")
    assert [name(f) for f in TRACKED if odd.search(name(f))] == []


def test_no_address_of_a_registry_and_no_secret_is_committed() -> None:
    bad = re.compile(r"--(extra-)?index-url|files\.pythonhosted|registry\.npmjs|BEGIN (RSA |EC )?PRIVATE KEY")
    texts = [f for f in TRACKED if f.suffix not in (".png", ".woff2") and f != Path(__file__)]
    assert [name(f) for f in texts if bad.search(f.read_text(encoding="utf-8", errors="replace"))] == []


def test_the_top_level_is_as_designed() -> None:
    known = {"dags", "connectors", "canonical_model", "tests", "docker", "sync", "caseworker", "helhed", "korsbaek"}
    folders = {name(f).split("/")[0] for f in TRACKED if "/" in name(f)}
    assert folders - known - {"benchmarks", "docs", ".ci"} == set()


def connectors() -> dict[str, list[Path]]:
    """Each connector's Python files."""
    found: dict[str, list[Path]] = {}
    for f in CODE:
        parts = f.relative_to(ROOT).parts
        if parts[0] == "connectors" and len(parts) > 2 and parts[1] != "idws":
            found.setdefault(parts[1], []).append(f)
    return found


def lines_that_do(path: Path) -> list[str]:
    """A file's lines without imports, docstrings, comments, blank lines and lone brackets."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    aside: set[int] = set()
    for node in ast.walk(tree):
        text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        if text or isinstance(node, ast.Import | ast.ImportFrom):
            aside.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    told = [line.partition("  #")[0].strip() for n, line in lines if n not in aside]
    return [line for line in told if re.search(r"\w", line) and not line.startswith("#")]


def test_the_median_connector_has_less_than_a_hundred_lines() -> None:
    sizes = [sum(len(f.read_text(encoding="utf-8").splitlines()) for f in files) for files in connectors().values()]
    assert len(sizes) > 20
    assert median(sizes) < 100


def test_no_six_lines_stand_twice_between_connectors() -> None:
    seen: dict[tuple[str, ...], Path] = {}
    twice = []
    for path in (f for files in connectors().values() for f in files):
        lines = lines_that_do(path)
        for run in {tuple(lines[n : n + 6]) for n in range(len(lines) - 5)}:
            if run in seen:
                twice.append(f"{name(seen[run])} and {name(path)}: {run[0]}")
            seen[run] = path
    assert twice == []

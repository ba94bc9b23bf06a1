"""A new connector from a contract file: its folder written, its replies recorded from the vendor's twin, guesses told.

What stands in the folder afterwards passes the contract suite; whether it says what the vendor means a person must see.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined

from connectors import recording, registry
from connectors.contract import Access
from connectors.replay import REPLIES, Scene
from helhed.kit import drafts, from_openapi, from_wsdl
from helhed.kit.found import ROLES, Found, Stream
from helhed.settings import config_folder, now

TEMPLATES = Path(__file__).with_name("templates")
RECORDS, PAGE = 7, 3
"""Records that the twin holds of each list, and how many of them make a page, so that there is a second one."""
FILES = ("README.md", "quality.toml")


def contract(given: Path | None, soap: bool) -> tuple[Path, Found]:
    """The contract file, or the example that stands in for none, and what it lets us guess. Raises ValueError."""
    path = given or TEMPLATES / f"example.{'wsdl' if soap else 'json'}"
    if not path.is_file():
        raise ValueError(f"{path}: there is no such file")
    return path, from_wsdl.read(path) if soap else from_openapi.read(path)


def write(name: str, path: Path, found: Found) -> Path:
    """The connector's folder: code, sheet, claims and the contract itself."""
    folder = registry.folder(name)
    folder.mkdir(parents=True)
    room = Environment(
        loader=PackageLoader("helhed.kit"), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True,
    )  # fmt: skip
    room.globals.update(sheet=_sheet, path=_path, query=_query, parent=_parent(found))
    words: dict[str, Any] = {
        "name": name, "title": found.title, "streams": found.streams, "token": found.token, "first": found.streams[0],
        "guesses": list(guesses(found)), "whole": any(s.paging == "whole" and not s.of for s in found.streams),
    }  # fmt: skip
    code = folder / "__init__.py"
    code.write_text(room.get_template("soap.py.j2" if found.soap else "rest.py.j2").render(words), encoding="utf-8")
    for file in FILES:
        (folder / file).write_text(room.get_template(f"{file}.j2").render(words), encoding="utf-8")
    if found.soap:
        (folder / "service.wsdl").write_bytes(from_wsdl.own(path))
    else:
        shutil.copy(path, folder / "contract.json")
    source = config_folder() / "sources" / f"{name}.toml"
    if not source.exists():
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(room.get_template("source.toml.j2").render(words), encoding="utf-8")
    _tidy(code)
    return folder


def record(name: str, path: Path, found: Found) -> int:
    """Records what the vendor's twin answers, and says it on paper; gives the number of replies.

    Raises ModuleNotFoundError where the sample municipality, which the twin belongs to, is not installed.
    """
    from korsbaek.twin.serve import running, twin

    connector = registry.load(name)
    with running(twin(path, records=RECORDS)) as url:
        extra = {"token_url": url + found.token, "client_id": "twin", "client_secret": "twin"} if found.token else {}
        access = Access(url=url, extra=extra, options={"page_size": PAGE})
        index, bodies = recording.record(connector, access, [], now())
    folder = registry.folder(name)
    recording.save(folder / REPLIES, index, bodies)
    (folder / drafts.FILE).write_text(drafts.snapshot(Scene(connector, index, bodies)), encoding="utf-8")
    return len(index.exchanges)


def guesses(found: Found) -> Iterator[str]:
    """What was guessed, a line each, for whoever knows the vendor."""
    for stream in found.streams:
        ways = {"offset": f"by {stream.skip} and {stream.limit}", "page": f"by {stream.page}, counted from 1",
                "link": f"by the link in {stream.next}", "whole": "not at all"}  # fmt: skip
        how = f"asked for by the keys of {stream.of}" if stream.of else f"paged {ways[stream.paging]}"
        yield f"{stream.name} ({stream.where}): {how}; its key is {stream.key}{', a UUID' if stream.uuid else ''}"
        said = [f"{role} is {stream.role(role)}" for role in ROLES if stream.role(role)]
        yield f"{stream.name}: each is a {stream.kind.capitalize()}; {', '.join(said) or 'no field was recognised'}"
        if stream.changed:
            yield f"{stream.name}: {stream.changed} may ask for what changed: a changed stream, with read_keys"


def unused(stream: Stream) -> list[str]:
    """Fields that no draft says: they are not taken in until somebody needs them."""
    return sorted(set(stream.fields) - set(_kept(stream)))


def _kept(stream: Stream) -> list[str]:
    roles = (
        ("titel", "aabnet")
        if stream.kind == "dokument"
        else ("nummer", "titel", "kle", "aabnet", "lukket", "cpr", "navn")
    )
    return list(dict.fromkeys(p for p in (stream.key, *(stream.role(r) for r in roles)) if p))


def _sheet(stream: Stream) -> str:
    """The sheet of the fields that are kept, in words: those of the record, then what is within it; of names that words
    cannot hold, path by path."""
    kept = [*_kept(stream), *([stream.of] if stream.of and not stream.element else [])]
    if any(re.search(r"[\s()]", path) for path in kept):
        return f"Sheet(frozenset({{{', '.join(map(_quoted, kept))}}}))"
    within: dict[str, list[str]] = {}
    for over, _, last in (path.rpartition(".") for path in kept):
        within.setdefault(over.replace(".", "("), []).append(last)
    words = " ".join(within.pop("", []))
    for over, names in within.items():
        words += f" {over}({' '.join(names)}{')' * (over.count('(') + 1)}"
    lines = wrap(words.strip(), 100, drop_whitespace=False, break_long_words=False)
    return f"{'kept' if stream.element else 'Sheet.of'}({' '.join(map(_quoted, lines))})"


def _quoted(text: str) -> str:
    return msgspec.json.encode(text).decode()


def _path(stream: Stream) -> str:
    """The path with its parameter named for the stream that it is asked by."""
    above, _, below = stream.where.partition("/{")
    return f"{above}/{{{stream.of}}}{below.partition('}')[2]}"


def _query(stream: Stream, knock: bool = False) -> str:
    if knock:
        skip, limit = ("1" if stream.paging == "page" else "0"), "1"
    else:
        skip, limit = ("skip // limit + 1" if stream.paging == "page" else "skip"), "limit"
    return f'{{"{stream.page if stream.paging == "page" else stream.skip}": {skip}, "{stream.limit}": {limit}}}'


def _parent(found: Found) -> Any:
    uuids = {s.name: s.uuid for s in found.streams}

    def parent(stream: Stream) -> str:
        """How a record says the Sag that it hangs on."""
        if uuids[stream.of]:
            return f'dokument.need_uuid("{stream.of}")'
        return f'Lokal("sag", dokument.need_text("{stream.of}"))'

    return parent


def _tidy(code: Path) -> None:
    """Unused imports out, one form: by ruff where it is installed, which it is where connectors are written."""
    ruff = Path(sys.executable).with_name("ruff")
    if not ruff.is_file():
        return
    # By another name: ruff takes what a package's __init__ imports for handed on.
    for words in (["check", "-q", "--fix", "--select", "F401,I"], ["format", "-q"]):
        asked = [str(ruff), *words, "--line-length", "120", "--isolated", "--stdin-filename", "connector.py", "-"]
        done = subprocess.run(asked, input=code.read_bytes(), capture_output=True, check=False)
        if done.returncode == 0 and done.stdout:
            code.write_bytes(done.stdout)


__all__ = ["contract", "guesses", "record", "unused", "write"]

"""`helhed connector new`: a connector from a contract file, passing the contract suite, and what is left to do."""

import re
import shutil
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from connectors import registry
from connectors.errors import ConnectorError
from helhed.kit import scaffold
from helhed.kit.found import Found
from helhed.kit.parts import lacking
from helhed.settings import config_folder

_out = Console(highlight=False, soft_wrap=True)
_err = Console(stderr=True, highlight=False, soft_wrap=True)


def new(
    name: Annotated[str, typer.Argument(help="The vendor system's name: small letters, digits and _.")],
    rest: Annotated[bool, typer.Option("--rest", help="JSON over HTTP.")] = False,
    soap: Annotated[bool, typer.Option("--soap", help="SOAP.")] = False,
    contract: Annotated[
        Path | None, typer.Option("--from", help="The vendor's openapi.json or service.wsdl; else an example.")
    ] = None,
) -> None:
    """Write a connector: folder, sheet, source file, recorded replies; it passes the contract suite from the start.

    It stands beside our own, or in the folder HELHED_CONNECTORS.
    """
    if rest == soap:
        _stop("say --rest or --soap.")
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,30}", name):
        _stop(f"'{name}' is no name for a connector: small letters, digits and _, as in fiktiv_byg.")
    if registry.folder(name).exists():
        _stop(f"{registry.folder(name)} is there already; remove it first, or take another name.")
    try:
        path, found = scaffold.contract(contract, soap)
        folder = scaffold.write(name, path, found)
    except ValueError as error:
        _stop(str(error))
    _out.print(
        f"{name}: {len(list(folder.iterdir()))} files in {folder}, source in {config_folder() / 'sources' / name}.toml"
    )
    try:
        replies = scaffold.record(name, path, found)
        _out.print(f"{name}: {replies} replies recorded from the vendor's twin; drafts.txt says what they become.")
    except ModuleNotFoundError:
        _out.print(f"{name}: the sample municipality is not installed here, so no twin: record replies another way.")
    except (ConnectorError, AssertionError) as error:
        shutil.rmtree(folder)
        _stop(f"{name}: what was guessed does not read the twin ({error}); nothing is kept.")
    _out.print("Guessed:")
    for line in scaffold.guesses(found):
        _out.print(f"  {line}")
    _out.print("Left to fill in:")
    for line in _left(name, found):
        _out.print(f"  {line}")
    _out.print(f"Then: pytest tests/connectors/test_contract.py -k {name}")


def _left(name: str, found: Found) -> list[str]:
    left = [f"sources/{name}.toml: who answers for it, why it is read and by what right (UDFYLD), and aktiv = true"]
    left += ["README.md: the agreement, the vendor, what is known and what is inferred (UDFYLD)"]
    for stream in found.streams:
        if names := scaffold.unused(stream):
            left.append(f"{stream.name}: not taken in, for nothing needs them yet: {', '.join(names)}")
    if found.passed_over:
        left.append(f"no stream was made of {', '.join(found.passed_over)}")
    if not found.token and not found.soap:
        left.append("how its door is opened: the contract names no token service (connectors/auth.py)")
    return [*left, *lacking(name), "drafts.txt: let somebody who knows the vendor read it"]


def _stop(line: str) -> None:
    _err.print(line)
    raise typer.Exit(1)


__all__ = ["new"]

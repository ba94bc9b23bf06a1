"""A caseworker at work in a real browser: log in, search, open, read; accessible, and fit for a phone."""

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, sync_playwright

from caseworker.app import STATIC
from tests.caseworker.conftest import World

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCREENSHOT = Path(__file__).resolve().parents[2] / "docs" / "screenshot.png"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The machine's own browser, else Playwright's."""
    missing = None
    if not (STATIC / "vendor" / "dkfds" / "dkfds.css").is_file():
        missing = "No design system: run 'make static'."
    with sync_playwright() as playwright:
        own = shutil.which("chromium") or shutil.which("google-chrome")
        path = own or playwright.chromium.executable_path
        if not Path(path).is_file():
            missing = "No browser: install chromium (Debian: apt-get install chromium)."
        if missing:
            pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def served(app: FastAPI) -> Iterator[str]:
    """The app on a port of its own."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        sock.listen()  # whoever asks before the app is up waits, and is not turned away
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def log_in(page: Page, served: str, navn: str) -> None:
    """Choose a caseworker on the login page."""
    page.goto(served)
    page.get_by_role("button", name=navn).click()
    page.wait_for_url(served + "/")


def find(page: Page, q: str) -> None:
    """Search from the front page."""
    page.get_by_label("CPR-nummer, navn").fill(q)
    page.get_by_label("Formål").select_option("egen_sag")
    page.get_by_role("button", name="Søg", exact=True).click()


def faults(page: Page) -> list[str]:
    """What axe finds, one line each, and sideways overflow."""
    page.evaluate("document.fonts.ready")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    lines = [f"{v['id']}: {n['target']}" for v in found for n in v["nodes"][:3]]
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return lines + ([f"{over} px too wide"] if over > 0 else [])


def test_search_open_read(chromium: Browser, served: str, world: World) -> None:
    page = chromium.new_page(viewport={"width": 1440, "height": 1000})
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: complaints.append(str(e)))
    log_in(page, served, "Ali Demir")
    find(page, "150384-1112")
    page.wait_for_url(f"**/borgere/{world.mette}")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Mette Lund Sørensen")
    assert page.get_by_text("Merudgifter til barn").first.is_visible()
    assert "KMD Nexus" in page.locator(".fresh summary").inner_text()
    if os.environ.get("HELHED_SCREENSHOT") == "1":
        page.screenshot(path=str(SCREENSHOT), full_page=True)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skipnav"
    page.locator("h1").click()
    page.keyboard.press("k")
    assert "show-src" in (page.locator("body").get_attribute("class") or "")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("bent sørensen")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Bent").click()
    assert "Birkehegnet 9" in page.inner_text("main")
    assert complaints == []
    page.close()


@pytest.mark.parametrize("width", [*(pytest.param(width, marks=pytest.mark.full) for width in (1440, 390)), 320])
def test_accessible_at_every_width(chromium: Browser, served: str, world: World, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 844})
    found: dict[str, list[str]] = {}
    page.goto(served)
    found["login"] = faults(page)
    log_in(page, served, "Ali Demir")
    found["front"] = faults(page)
    find(page, "bent sørensen")
    found["search"] = faults(page)
    for name, path in (
        ("citizen", f"/borgere/{world.mette}"),
        ("timeline", f"/borgere/{world.mette}/tidslinje"),
        ("case", f"/sager/{world.ydelsessag}"),
        ("missing", "/findes-ikke"),
    ):
        page.goto(served + path)
        found[name] = faults(page)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.evaluate("document.body.classList.add('show-src')")
        found[f"{name}, opened"] = faults(page)
    page.close()
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_without_javascript(chromium: Browser, served: str, world: World) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, served, "Karin Holst")
    find(page, "150384-1112")
    page.wait_for_url(f"**/borgere/{world.mette}")
    page.get_by_role("link", name="Hele tidslinjen").click()
    page.get_by_label("Art").select_option("dok")
    page.get_by_role("button", name="Vis").click()
    assert "art=dok" in page.url and "Lægeattest" in page.inner_text("main")
    context.close()

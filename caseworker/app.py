"""The web application of the caseworker."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from caseworker.render import name_municipality
from caseworker.roles import load_municipality, load_roles
from caseworker.routes import anmodning, api, borger, drift, login, metrics, sag, soeg
from caseworker.security import protect, refuse_other_hosts
from caseworker.session import Sessions
from helhed import private

STATIC = Path(__file__).parent / "static"


def create_app(host: str = "127.0.0.1") -> FastAPI:
    """The application, to be served on loopback only while its login is the local one.

    Raises SettingsError for another host, and when roles.toml is missing or wrong.
    """
    refuse_other_hosts(host)
    private.install()
    app = FastAPI(
        title="Helhed",
        version="1",
        description="One citizen over all of a municipality's systems. Every answer says what it covers.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    app.state.caseworkers = load_roles()
    name_municipality(load_municipality())
    app.state.sessions = Sessions()
    protect(app)
    for module in (login, soeg, borger, sag, api, drift, metrics):
        app.include_router(module.router)
    app.include_router(anmodning.router)
    app.include_router(anmodning.api)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app

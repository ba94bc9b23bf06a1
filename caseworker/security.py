"""What holds for every answer: headers, hosts, and errors that repeat nothing of what was asked."""

import psycopg
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from canonical_model.store import StoreError
from caseworker.opslag import LogDown
from caseworker.render import render
from helhed.settings import SettingsError

LOOPBACK = ("127.0.0.1", "localhost")
CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
TEKST = {
    400: "Anmodningen kan ikke forstås.",
    401: "Log ind for at fortsætte.",
    403: "Det har du ikke adgang til.",
    404: "Siden findes ikke, eller du har ikke adgang til den.",
    405: "Det kan siden ikke.",
    422: "Anmodningen er ikke udfyldt rigtigt.",
    409: "Nøglen er brugt til en anden anmodning.",
    429: "Du har hentet mange borgere igen på kort tid. Prøv igen om lidt.",
    500: "Der skete en fejl hos os. Prøv igen.",
    503: "Opslaget kan ikke registreres eller læses lige nu, så intet vises. Prøv igen om lidt.",
}


def refuse_other_hosts(host: str) -> None:
    """The local login believes whoever chooses a name: it may only ever be served to this machine."""
    if host not in LOOPBACK:
        raise SettingsError("The local login is for this machine only: serve on 127.0.0.1 or localhost.")


class Headers:
    """Puts the headers on every answer as it begins."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        static = scope["type"] == "http" and scope["path"].startswith("/static/")

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers["Cache-Control"] = "public, max-age=3600" if static else "no-store"
            await send(message)

        await self.app(scope, receive, sending)


def protect(app: FastAPI) -> None:
    """Add headers, host check and error handlers to the app."""
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])
    app.add_middleware(Headers)

    async def http_error(request: Request, error: Exception) -> Response:
        return error_answer(request, error.status_code if isinstance(error, HTTPException) else 500)

    async def invalid(request: Request, _error: Exception) -> Response:
        return error_answer(request, 422)

    async def down(request: Request, _error: Exception) -> Response:
        return error_answer(request, 503)

    async def broken(request: Request, _error: Exception) -> Response:
        response = error_answer(request, 500)
        response.headers.update({**HEADERS, "Cache-Control": "no-store"})
        return response

    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(RequestValidationError, invalid)
    for kind in (LogDown, StoreError, SQLAlchemyError, psycopg.Error):
        app.add_exception_handler(kind, down)
    app.add_exception_handler(Exception, broken)


def error_answer(request: Request, code: int) -> Response:
    """An error page, or JSON under /api; its words depend on the status code only."""
    if code == 401 and not request.url.path.startswith("/api/"):
        return Response(status_code=303, headers={"Location": "/login"})
    tekst = TEKST.get(code, TEKST[400])
    if request.url.path.startswith("/api/"):
        return JSONResponse({"fejl": tekst, "kode": code}, code)
    return render("fejl.html", status=code, tekst=tekst, session=getattr(request.state, "session", None))

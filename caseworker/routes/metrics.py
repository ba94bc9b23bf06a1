"""/metrics for Prometheus: by bearer token where one is set, and else from this machine only (ADR 0041)."""

import hmac
import os

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.exceptions import HTTPException

from caseworker.measured import exposition
from caseworker.reading import reading

router = APIRouter(include_in_schema=False)
TOKEN = "HELHED_METRICS_TOKEN"
HERE = ("127.0.0.1", "::1")
PROXIED = ("forwarded", "x-forwarded-for", "x-real-ip")
"""Headers by which a proxy on this machine says that somebody else asks."""


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """How every source stands, in counts. 404 for whoever may not scrape: not even that there is something."""
    if not may_scrape(request):
        raise HTTPException(404)
    with reading() as connection:
        return Response(exposition(connection), media_type=CONTENT_TYPE_LATEST)


def may_scrape(request: Request) -> bool:
    """Whether the caller holds the token; without one set, whether the call comes from this machine itself."""
    wanted = os.environ.get(TOKEN, "")
    if wanted:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), wanted.encode())
    here = request.client is not None and request.client.host in HERE
    return here and not any(name in request.headers for name in PROXIED)

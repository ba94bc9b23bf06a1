"""What operations ask first: alive, and ready."""

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from caseworker.reading import reading, rows

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz")
def readyz() -> Response:
    """The database answers too; 503 otherwise."""
    with reading() as connection:
        rows(connection, "select 1 as ready from kilde limit 1", {})
    return JSONResponse({"status": "ready"})

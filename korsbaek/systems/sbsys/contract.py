"""The published contract: OpenAPI of what this server answers, at /docs/default as SBSIP has its Swagger."""

from typing import Any

_SEARCH = {
    "type": "object",
    "properties": {
        "PrimaerPerson": {"$ref": "#/components/schemas/PersonSoegning"},
        "AllePersoner": {"$ref": "#/components/schemas/PersonSoegning"},
        "Nummer": {"type": "string"},
        "SagsTitel": {"type": "string"},
        "SagsTyper": {"type": "array", "items": {"type": "object"}},
        "SagsSkabeloner": {"type": "array", "items": {"type": "integer"}},
        "Limit": {"type": "integer", "minimum": 0, "maximum": 5000},
        "Skip": {"type": "integer", "minimum": 0},
    },
}
_NAMED = {"Id": "integer", "Uuid": "string", "Navn": "string"}
_SCHEMAS: dict[str, dict[str, str]] = {
    "PersonSoegning": {"CprNummer": "string", "PersonNavn": "string"},
    "Bruger": {"LogonId": "string", **_NAMED},
    "Enhed": _NAMED,
    "Part": {
        "PartId": "integer",
        "PartType": "string",
        "CPRnummer": "string",
        "CVRnummer": "string",
        "Navn": "string",
    },
    "SagsStatus": {
        "Id": "integer",
        "Navn": "string",
        "Orden": "integer",
        "SagsTilstand": "string",
        "RequireComments": "boolean",
        "SagsStatusKommentar": "string",
    },
    "Sag": {
        "Id": "integer",
        "SagIdentity": "string",
        "Nummer": "string",
        "SagsNummer": "object",
        "SagsTitel": "string",
        "SagsTyper": "array",
        "Kommentar": "string",
        "PrimaryPart": "Part",
        "Personer": "array",
        "Firmaer": "array",
        "Opstaaet": "string",
        "Oprettet": "string",
        "OprettetAf": "Bruger",
        "SenestAendret": "string",
        "SenestAendretAf": "Bruger",
        "Fagomraade": "Enhed",
        "KommuneId": "integer",
        "ErSamlesag": "boolean",
        "ErBeskyttet": "boolean",
        "ErBesluttet": "boolean",
        "SenesteStatusAendring": "string",
        "SenesteStatusAendringKommentar": "string",
        "SagsStatus": "SagsStatus",
        "Behandler": "Bruger",
        "Ansaettelsessted": "Enhed",
        "SecuritySetId": "integer",
    },
    "Dokument": {
        "DokumentID": "integer",
        "DokumentIdentity": "string",
        "DokumentRegistreringIdentity": "string",
        "SagID": "integer",
        "DokumentNavn": "string",
        "Beskrivelse": "string",
        "RegistreringsDato": "string",
        "Behandler": "Bruger",
        "DokumentArt": "Enhed",
        "Filer": "array",
        "Mail": "object",
        "OmfattetAfAktindsigt": "boolean",
        "DeletedState": "integer",
        "DeletedDate": "string",
        "DeletedReason": "string",
    },
    "JournalArkNote": {
        "Id": "integer",
        "Uuid": "string",
        "SagID": "integer",
        "Overskrift": "string",
        "Note": "string",
        "Oprettet": "string",
        "OprettetAf": "Bruger",
        "KontaktTidspunkt": "string",
    },
    "Erindring": {
        "Id": "integer",
        "SagId": "integer",
        "Navn": "string",
        "Beskrivelse": "string",
        "HarDeadline": "boolean",
        "Deadline": "string",
        "DeadlineStatus": "string",
        "SynligFra": "string",
        "ErAfsluttet": "boolean",
        "ErindringType": "Enhed",
        "Ansvarlig": "Bruger",
        "Opretter": "Bruger",
    },
}
_GETS = {
    "/api/sag/{id}": "Sag",
    "/api/sag/{id}/part": "[Part]",
    "/api/sag/{id}/dokumenter": "[Dokument]",
    "/api/sag/{id}/journalarknotes": "[JournalArkNote]",
    "/api/erindring/sag/{id}": "[Erindring]",
    "/api/sag/sagStatusList": "[SagsStatus]",
    "/api/dokument/{id}": "Dokument",
}
_REFUSALS = {"401": "Unauthorized", "403": "Forbidden", "404": "Not found", "429": "Too many requests"}


def openapi(base: str) -> dict[str, Any]:
    """The contract as OpenAPI 3.0; any field but an id may be null or absent, as in the vendor's own DTOs."""
    search = _operation(
        {"type": "object", "properties": {"Results": _list("Sag"), "TotalNumberOfResults": {"type": "integer"}}}
    )
    search["parameters"] = [{"name": "InkluderParterIResultat", "in": "query", "schema": {"type": "boolean"}}]
    search["requestBody"] = {"required": True, "content": {"application/json": {"schema": _SEARCH}}}
    paths: dict[str, Any] = {"/api/sag/search": {"post": search}}
    for path, gives in _GETS.items():
        get = _operation(_list(gives[1:-1]) if gives[0] == "[" else _schema_of(gives))
        if "{id}" in path:
            get["parameters"] = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]
        paths[path] = {"get": get}
    return {
        "openapi": "3.0.3",
        "info": {"title": "SBSIP web API (Korsbaek)", "version": "default"},
        "servers": [{"url": base}],
        "paths": paths,
        "components": {
            "schemas": {
                name: {"type": "object", "properties": {field: _schema_of(kind) for field, kind in fields.items()}}
                for name, fields in _SCHEMAS.items()
            },
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"bearer": []}],
    }


def _operation(answer: dict[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {"200": {"description": "OK", "content": {"application/json": {"schema": answer}}}}
    return {"responses": said | {status: {"description": why} for status, why in _REFUSALS.items()}}


def _list(name: str) -> dict[str, Any]:
    return {"type": "array", "items": _schema_of(name)}


def _schema_of(kind: str) -> dict[str, Any]:
    if kind in _SCHEMAS:
        return {"allOf": [{"$ref": f"#/components/schemas/{kind}"}], "nullable": True}
    extra: dict[str, Any] = {"items": {"type": "object"}} if kind == "array" else {}
    return {"type": kind, "nullable": True} | extra

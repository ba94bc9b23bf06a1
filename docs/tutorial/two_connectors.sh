#!/bin/bash
# Two connectors of invented vendors, from their OpenAPI file and their WSDL, held to the contract suite.
# Run from the project's folder; what it writes goes to the folder named, else to one that is thrown away.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=${BIN:-.venv/bin}
own=${1:-$(mktemp -d)}
export HELHED_CONNECTORS=$own/connectors HELHED_CONFIG=$own/config
mkdir -p "$HELHED_CONNECTORS"

"$bin/python" -m helhed.cli connector new fiktiv_byg --rest --from "$here/openapi.json"
"$bin/python" -m helhed.cli connector new fiktiv_havn --soap --from "$here/service.wsdl"

"$bin/python" -m pytest -q -p no:cacheprovider tests/connectors/test_contract.py -k "fiktiv_byg or fiktiv_havn"
wc -l "$HELHED_CONNECTORS"/*/__init__.py

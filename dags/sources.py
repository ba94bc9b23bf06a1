"""One nightly airflow DAG for each source instance of the register; a bad file stops its own source only."""

import logging

from airflow.sdk import get_parsing_context

from dags.nightly import nightly_dag
from helhed.settings import sources

_wanted = get_parsing_context().dag_id
_found = sources()
for _line in _found.bad:
    logging.getLogger(__name__).error(_line)
for _source in _found.good.values():
    if _source.aktiv and _wanted in (None, f"nightly_{_source.id}"):
        nightly_dag(_source)

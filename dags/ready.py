"""What every airflow task of a night needs, imported before it begins: named in [scheduler] mp_forkserver_preload.

A task is a process of its own, forked from one that has nothing but airflow; importing sync and the connectors costs it
two seconds of CPU, thirty times a night. Nothing happens here but imports: no query, no connection, no thread.
"""

from airflow.providers.smtp.notifications import smtp

import connectors.idws.door
import connectors.soap_zeep
import dags.nightly
import dags.post
import dags.work
import sync.consolidate
import sync.incidents.outbox
from helhed import private
from helhed.settings import sources
from sync.night import asks_persons

READY = (smtp, connectors, dags, private, sync)

for _source in sources().good:
    asks_persons(_source)  # imports its connector; one that cannot be imported is the task's to report

"""Airflow reads its home when it is first imported, so it is named before any test is collected."""

import os
import tempfile

os.environ.setdefault("AIRFLOW_HOME", tempfile.mkdtemp(prefix="helhed-airflow-"))

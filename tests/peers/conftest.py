"""The hub of tests/sync and the towns of tests/way."""

from tests.sync.conftest import hub, new_vendor, vendor
from tests.way.conftest import impatient

__all__ = ["hub", "impatient", "new_vendor", "vendor"]

"""Incidents: what is broken is found in the store, opened once, told to whom it concerns, and closed when mended."""

from sync.incidents.listed import listed
from sync.incidents.review import Reviewed, review, review_all

__all__ = ["Reviewed", "listed", "review", "review_all"]

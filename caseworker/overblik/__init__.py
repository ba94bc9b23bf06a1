"""Borgeroverblik: one citizen over all systems, in a few set-based queries, by one predicate."""

from caseworker.overblik.borger import UnknownPerson, read_borger
from caseworker.overblik.models import Borgeroverblik, Sagsvisning
from caseworker.overblik.sag import UnknownSag, read_sag

__all__ = ["Borgeroverblik", "Sagsvisning", "UnknownPerson", "UnknownSag", "read_borger", "read_sag"]

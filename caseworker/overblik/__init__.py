"""Borgeroverblik: one citizen over all systems, in a few set-based queries, by one predicate."""

from caseworker.overblik.borger import UnknownPerson, read_borger
from caseworker.overblik.sag import UnknownSag, read_sag
from caseworker.overblik.views import Borgeroverblik, Sagsvisning

__all__ = ["Borgeroverblik", "Sagsvisning", "UnknownPerson", "UnknownSag", "read_borger", "read_sag"]

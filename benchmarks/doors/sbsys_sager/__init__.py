"""SBSYS's cases alone: the same door, reading and translation, without a call for each case's documents and notes."""

from dataclasses import replace

from connectors.sbsys import CONNECTOR as SBSYS

CONNECTOR = replace(SBSYS, name="sbsys_sager", streams=tuple(s for s in SBSYS.streams if s.name == "sager"))

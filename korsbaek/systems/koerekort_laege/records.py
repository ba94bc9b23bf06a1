"""The doctor's leg in the renewal of a driving licence: what it holds, and what a night does to it."""

from korsbaek.systems.koerekort.leg import STREAMS, fill, night

__all__ = ["STREAMS", "fill", "night"]

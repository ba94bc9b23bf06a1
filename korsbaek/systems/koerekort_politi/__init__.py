"""The police's leg in the renewal of a driving licence.

An invented vendor; its contract is korsbaek/openapi/koerekort.json, and all of it is known.
"""

from korsbaek.systems.koerekort.leg import served

app = served("koerekort_politi")

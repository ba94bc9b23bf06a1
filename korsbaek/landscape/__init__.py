"""The systems beside the first five: what each says of itself, and the shelf in the town file that it answers from.

A further system is a folder in korsbaek/systems with `place.py` (where it stands and what opens it), `records.py` (what
it holds and what a night does to it), `source.toml` (its sheet in the municipality's configuration), and the server
itself (`app` in `__init__.py`).
"""

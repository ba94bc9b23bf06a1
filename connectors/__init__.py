"""The doors: each vendor system is one folder that says how to read it and how to say it in the shared words."""

from connectors.quiet import hush

hush()

"""The command line, the settings and the embedded database server."""

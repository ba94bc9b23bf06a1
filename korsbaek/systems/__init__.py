"""One module a vendor system: `app(town, config)` gives its WSGI application."""

"""The routes of the view: pages, the JSON API, and what operations ask for."""

"""Tests: on a real PostgreSQL, over real sockets, with invented citizens only."""

"""Alembic migrations: the schema as it came to be, one step after the other."""

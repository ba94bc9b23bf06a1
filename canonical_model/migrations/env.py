"""Alembic's entry: always online, always on the connection that canonical_model.store hands over."""

from alembic import context
from sqlalchemy import Connection
from sqlmodel import SQLModel

import canonical_model.tables as tables

assert tables.FACT_TABLES
connection: Connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=SQLModel.metadata, compare_type=True)
with context.begin_transaction():
    context.run_migrations()

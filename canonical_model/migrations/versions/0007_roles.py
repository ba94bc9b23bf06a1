"""The three roles and what each may do (decision 2)."""

from alembic import op

revision = "0007"
down_revision: str | None = "0006"

VIEW_READS_NOT = ("landed", "quarantine", "worklist", "inbox", "vandmaerke")
"""What the view's role cannot even read."""

MAKE_ROLES = """
DO $$
DECLARE wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['helhed_owner', 'helhed_sync', 'helhed_view'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
        END IF;
    END LOOP;
END $$
"""


def upgrade() -> None:
    """Make the roles where they are missing, and grant table by table."""
    op.execute(MAKE_ROLES)
    op.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    op.execute("GRANT USAGE ON SCHEMA public TO helhed_sync, helhed_view")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO helhed_sync")
    op.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO helhed_sync")
    op.execute("REVOKE UPDATE, DELETE ON opslag, opslagsblok FROM helhed_sync")
    op.execute("REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM helhed_sync")
    op.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO helhed_view")
    op.execute(f"REVOKE ALL ON {', '.join(VIEW_READS_NOT)} FROM helhed_view")
    op.execute("GRANT INSERT ON opslag, anmodning TO helhed_view")
    op.execute("GRANT USAGE ON SEQUENCE opslag_id_seq, anmodning_id_seq TO helhed_view")


def downgrade() -> None:
    """Take the grants back; the roles stay, since other databases of the server may use them."""
    op.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM helhed_sync, helhed_view")
    op.execute("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM helhed_sync, helhed_view")
    op.execute("REVOKE USAGE ON SCHEMA public FROM helhed_sync, helhed_view")

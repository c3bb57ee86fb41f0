"""The ledger's schema, one Alembic revision after another."""

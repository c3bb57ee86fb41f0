"""Where Alembic begins; belopp gives it the connection, inside the transaction that posts.

By hand, with ``script_location`` at this folder: ``alembic -x db=outputs/ledger.db upgrade head``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection


def migrate() -> None:
    """Run the migrations on the connection that was given, or on the database that ``-x db=`` names."""
    from alembic import context

    given = context.config.attributes.get("connection")
    if given is not None:
        _run(given)
        return
    from belopp.ledger.connecting import writing

    with writing(context.get_x_argument(as_dictionary=True)["db"], bring_up=False) as connection:
        _run(connection)


def _run(connection: Connection) -> None:
    from alembic import context

    # Both databases take DDL back with the transaction; Alembic assumes it of PostgreSQL alone.
    context.configure(connection=connection, transactional_ddl=True)
    context.run_migrations()


if __name__ == "env_py":  # the name that Alembic loads this file by
    migrate()

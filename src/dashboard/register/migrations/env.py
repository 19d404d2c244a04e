"""What Alembic runs: the migrations, on the connection that it is given, within that one's transaction."""

from alembic import context

from dashboard.register import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.METADATA,
    # SQLite cannot change most of a table in place: it is copied.
    render_as_batch=True,
)
context.run_migrations()

"""Runs inside Alembic: migrates one branch over the connection it was handed."""

from alembic import context

from clubkit.db.migrating import includes

branch = context.config.attributes["branch"]
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=branch.metadata,
    version_table=branch.version_table,
    include_name=includes(branch),
    render_as_batch=True,
    user_module_prefix="clubkit.db.types.",
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()

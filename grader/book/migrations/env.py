"""The first module that alembic runs: migrations use the connection and transaction of whoever opens the book."""

from __future__ import annotations

from alembic import context

from grader.book.models import Model

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Model.metadata, render_as_batch=True
)
context.run_migrations()

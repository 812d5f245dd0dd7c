"""The tables of the first version."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create all tables."""
    op.create_table(
        "people", sa.Column("number", sa.Integer, primary_key=True), sa.Column("id", sa.String(300), unique=True)
    )
    op.create_table(
        "submissions",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("assignment", sa.String(100), nullable=False),
        sa.Column("name", sa.String(500)),
        sa.Column("file", sa.String(500)),
        sa.UniqueConstraint("assignment", "name"),
    )
    op.create_table("notes", sa.Column("number", sa.Integer, primary_key=True), sa.Column("text", sa.Text))
    op.create_table("records", *_recorded(), sa.UniqueConstraint("slot", "replaces"))
    op.create_table("conflicts", *_recorded())
    for table in ("records", "conflicts"):
        op.create_index(f"ix_{table}_assignment", table, ["assignment"])
        op.create_index(f"ix_{table}_person", table, ["person"])
    op.create_table(
        "listed", sa.Column("slot", sa.String(400), primary_key=True), sa.Column("record", sa.Integer, nullable=False)
    )


def _recorded() -> list[sa.Column[Any]]:
    return [
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("assignment", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("slot", sa.String(400), nullable=False),
        sa.Column("replaces", sa.Integer, nullable=False),
        sa.Column("person", sa.Integer, sa.ForeignKey("people.number")),
        sa.Column("submission", sa.Integer, sa.ForeignKey("submissions.number")),
        sa.Column("about", sa.String(200), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("note", sa.Integer, sa.ForeignKey("notes.number")),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    ]

"""The register as it began."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

#: In the order that they are made.
TABLES = (
    "change",
    "circle",
    "focus_area",
    "funder",
    "project",
    "decision",
    "district_expert",
    "grant",
    "linked_indicator",
    "meeting",
    "milestone",
    "contribution",
    "spending",
    "worked_time",
    "photo",
    "receipt",
    "trace_step",
)


def _of_every_entry() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
    ]


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "change",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_texts("action", "kind", "entry_id", "role", "sign_in"),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_change"),
    )
    op.create_index("ix_change_entry", "change", ["kind", "entry_id"])
    op.create_table(
        "circle",
        *_of_every_entry(),
        *_texts("municipality", "name", "name_en", "theme", "theme_en"),
        sa.Column("started", sa.Text(), nullable=True),
        *_texts("started_said", "started_said_en", "note", "note_en", "source", "source_en"),
        sa.Column("source_date", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_circle"),
    )
    op.create_table(
        "focus_area",
        *_of_every_entry(),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        *_texts("name", "name_en"),
        sa.Column("indicators", sa.JSON(), nullable=False),
        sa.Column("splits", sa.JSON(), nullable=False),
        *_texts("gap", "gap_en", "source", "source_en"),
        sa.Column("source_date", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_focus_area"),
    )
    op.create_table(
        "funder",
        *_of_every_entry(),
        *_texts("municipality", "name", "name_en"),
        sa.Column("closed", sa.Date(), nullable=True),
        sa.Column("successor", sa.Text(), nullable=False),
        sa.Column("call_opens", sa.Date(), nullable=True),
        sa.Column("call_closes", sa.Date(), nullable=True),
        *_texts("call_note", "call_note_en", "source", "source_en"),
        sa.Column("source_date", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_funder"),
    )
    op.create_table(
        "project",
        *_of_every_entry(),
        *_texts("municipality", "name", "name_en", "summary", "summary_en"),
        sa.Column("focus_areas", sa.JSON(), nullable=False),
        *_texts("status", "status_why", "owner"),
        sa.Column("partners", sa.JSON(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("plan_type", sa.Text(), nullable=True),
        sa.Column("start", sa.Text(), nullable=True),
        *_texts("start_bound", "start_said", "start_said_en"),
        sa.Column("end", sa.Text(), nullable=True),
        *_texts("end_bound", "end_said", "end_said_en"),
        sa.Column("budget", sa.BigInteger(), nullable=True),
        *_texts("results", "results_en", "source", "source_en"),
        sa.Column("source_date", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_project"),
    )
    op.create_table(
        "decision",
        *_of_every_entry(),
        sa.Column("project", sa.String(length=80), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("decided", sa.Date(), nullable=True),
        *_texts("text", "reference", "link"),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name="fk_decision_project"),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
    )
    op.create_index("ix_decision_project", "decision", ["project"])
    op.create_table(
        "district_expert",
        *_of_every_entry(),
        sa.Column("circle", sa.String(length=80), nullable=False),
        sa.Column("pseudonym", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["circle"], ["circle.id"], name="fk_district_expert_circle"),
        sa.PrimaryKeyConstraint("id", name="pk_district_expert"),
    )
    op.create_index("ix_district_expert_circle", "district_expert", ["circle"])
    op.create_table(
        "grant",
        *_of_every_entry(),
        *_texts("municipality", "name", "name_en"),
        sa.Column("funder", sa.String(length=80), nullable=False),
        *_texts("state", "purpose", "purpose_en"),
        sa.Column("projects", sa.JSON(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("applied_amount", sa.BigInteger(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("granted_amount", sa.BigInteger(), nullable=True),
        sa.Column("amount_is_about", sa.Boolean(), nullable=False),
        sa.Column("used_from", sa.Date(), nullable=True),
        sa.Column("used_until", sa.Date(), nullable=True),
        *_texts("used_said", "used_said_en"),
        sa.Column("report_due", sa.Date(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        *_texts("application_said", "application_said_en", "source", "source_en"),
        sa.Column("source_date", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["funder"], ["funder.id"], name="fk_grant_funder"),
        sa.PrimaryKeyConstraint("id", name="pk_grant"),
    )
    op.create_index("ix_grant_funder", "grant", ["funder"])
    op.create_table(
        "linked_indicator",
        *_of_every_entry(),
        sa.Column("project", sa.String(length=80), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("baseline_year", sa.BigInteger(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=True),
        sa.Column("target", sa.Double(), nullable=True),
        sa.Column("target_year", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name="fk_linked_indicator_project"),
        sa.PrimaryKeyConstraint("id", name="pk_linked_indicator"),
    )
    op.create_index("ix_linked_indicator_project", "linked_indicator", ["project"])
    op.create_table(
        "meeting",
        *_of_every_entry(),
        sa.Column("circle", sa.String(length=80), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        *_texts("theme", "summary"),
        sa.Column("participants", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["circle"], ["circle.id"], name="fk_meeting_circle"),
        sa.PrimaryKeyConstraint("id", name="pk_meeting"),
    )
    op.create_index("ix_meeting_circle", "meeting", ["circle"])
    op.create_table(
        "milestone",
        *_of_every_entry(),
        sa.Column("project", sa.String(length=80), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        *_texts("name", "name_en"),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("done", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name="fk_milestone_project"),
        sa.PrimaryKeyConstraint("id", name="pk_milestone"),
    )
    op.create_index("ix_milestone_project", "milestone", ["project"])
    op.create_table(
        "contribution",
        *_of_every_entry(),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("circle", sa.String(length=80), nullable=True),
        sa.Column("meeting", sa.String(length=80), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("focus_area", sa.String(length=80), nullable=True),
        *_texts("form", "text", "language"),
        sa.Column("agreement", sa.Text(), nullable=True),
        sa.Column("indicator", sa.Text(), nullable=True),
        sa.Column("statistics_say", sa.Text(), nullable=False),
        sa.Column("statistics_agree", sa.Boolean(), nullable=True),
        *_texts("state", "refused_because"),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("delete_after", sa.Date(), nullable=True),
        *_texts("channel", "consent"),
        sa.Column("not_names", sa.Boolean(), nullable=False),
        sa.Column("photo_alt", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["circle"], ["circle.id"], name="fk_contribution_circle"),
        sa.ForeignKeyConstraint(["focus_area"], ["focus_area.id"], name="fk_contribution_focus_area"),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name="fk_contribution_meeting"),
        sa.PrimaryKeyConstraint("id", name="pk_contribution"),
    )
    op.create_index("ix_contribution_circle", "contribution", ["circle"])
    op.create_index("ix_contribution_focus_area", "contribution", ["focus_area"])
    op.create_index("ix_contribution_meeting", "contribution", ["meeting"])
    op.create_table(
        "spending",
        *_of_every_entry(),
        sa.Column("grant", sa.String(length=80), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["grant"], ["grant.id"], name="fk_spending_grant"),
        sa.PrimaryKeyConstraint("id", name="pk_spending"),
    )
    op.create_index("ix_spending_grant", "spending", ["grant"])
    op.create_table(
        "worked_time",
        *_of_every_entry(),
        sa.Column("district_expert", sa.String(length=80), nullable=False),
        sa.Column("meeting", sa.String(length=80), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("hours", sa.Double(), nullable=False),
        sa.Column("pay", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["district_expert"], ["district_expert.id"], name="fk_worked_time_district_expert"),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name="fk_worked_time_meeting"),
        sa.PrimaryKeyConstraint("id", name="pk_worked_time"),
    )
    op.create_index("ix_worked_time_district_expert", "worked_time", ["district_expert"])
    op.create_index("ix_worked_time_meeting", "worked_time", ["meeting"])
    op.create_table(
        "photo",
        sa.Column("contribution", sa.String(length=80), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["contribution"], ["contribution.id"], name="fk_photo_contribution"),
        sa.PrimaryKeyConstraint("contribution", name="pk_photo"),
    )
    op.create_table(
        "receipt",
        sa.Column("contribution", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["contribution"], ["contribution.id"], name="fk_receipt_contribution"),
        sa.PrimaryKeyConstraint("contribution", name="pk_receipt"),
        sa.UniqueConstraint("digest", name="uq_receipt_digest"),
    )
    op.create_table(
        "trace_step",
        *_of_every_entry(),
        sa.Column("contribution", sa.String(length=80), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("project", sa.String(length=80), nullable=True),
        sa.Column("decision", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["contribution"], ["contribution.id"], name="fk_trace_step_contribution"),
        sa.ForeignKeyConstraint(["decision"], ["decision.id"], name="fk_trace_step_decision"),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name="fk_trace_step_project"),
        sa.PrimaryKeyConstraint("id", name="pk_trace_step"),
    )
    op.create_index("ix_trace_step_contribution", "trace_step", ["contribution"])
    op.create_index("ix_trace_step_decision", "trace_step", ["decision"])
    op.create_index("ix_trace_step_project", "trace_step", ["project"])


def downgrade() -> None:
    """Change them back."""
    for table in reversed(TABLES):
        op.drop_table(table)

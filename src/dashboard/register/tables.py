"""All tables of the register, and those that hold no entries: pictures, receipts, changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import JSON, BigInteger, DateTime, ForeignKey, Index, Integer, LargeBinary, String, Table
from sqlalchemy.orm import Mapped, mapped_column

# Imported for their tables, which belong to the whole from then on.
from dashboard.register import circle_tables, roadmap_tables  # noqa: F401
from dashboard.register.table_base import Base, EntryRow

# The change record counts up for ever; SQLite counts by itself in a column of just this type.
_Number = BigInteger().with_variant(Integer(), "sqlite")


class PhotoRow(Base):
    """The picture of a contribution."""

    __tablename__ = "photo"

    contribution: Mapped[str] = mapped_column(String(80), ForeignKey("contribution.id"), primary_key=True)
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ReceiptRow(Base):
    """What a receipt hashes to, with which a contribution is taken back."""

    __tablename__ = "receipt"

    contribution: Mapped[str] = mapped_column(String(80), ForeignKey("contribution.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)


class ChangeRow(Base):
    """Every change: who, when, what before and after."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_entry", "kind", "entry_id"),)

    number: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    action: Mapped[str]
    kind: Mapped[str]
    entry_id: Mapped[str]
    role: Mapped[str]
    sign_in: Mapped[str]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class MarkRow(Base):
    """What tells this register from the one that stood here before a restore: one row, with a number of chance."""

    __tablename__ = "mark"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    generation: Mapped[str] = mapped_column(String(32))


#: Kind of entry → its table.
TABLES: dict[str, Table] = {row.__tablename__: cast("Table", row.__table__) for row in EntryRow.__subclasses__()}
METADATA = Base.metadata

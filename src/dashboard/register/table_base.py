"""What the register's tables have in common."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, ForeignKey, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

# Named constraints, so that a later migration can find them on every database.
NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What all tables have in common."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {str: Text, list[str]: JSON, dict[str, Any]: JSON, int: BigInteger}


class EntryRow(Base):
    """The columns of every entry; not a table."""

    __abstract__ = True

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    version: Mapped[int]
    archived: Mapped[bool] = mapped_column(default=False)


def added_later() -> Any:  # noqa: ANN401 - a column; its type is in the annotation beside it
    """Give a column for a text that entries of an earlier version do not have: theirs is empty."""
    return mapped_column(server_default="")


def belongs_to(table: str) -> Any:  # noqa: ANN401 - a column; its type is in the annotation beside it
    """Give a column that names an entry of another table."""
    return mapped_column(String(80), ForeignKey(f"{table}.id"), index=True)

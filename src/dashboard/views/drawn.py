"""What a figure draws while it is laid out: kept by reference, so that a slide can be made of it when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from dashboard.views.charts import Spec


@dataclass
class Drawn:
    """The specifications of charts and maps as the browser gets them, and the legends beside them, as HTML."""

    specs: list[Spec] = field(default_factory=list)
    legends: list[str] = field(default_factory=list)


_OPEN: ContextVar[Drawn | None] = ContextVar("drawn", default=None)


@contextmanager
def collected() -> Iterator[Drawn]:
    """Collect what is drawn within the block; a figure within a figure has its own."""
    found = Drawn()
    before = _OPEN.set(found)
    try:
        yield found
    finally:
        _OPEN.reset(before)


def note_chart(spec: Spec) -> None:
    """Note a chart that is put on the page; outside of a figure nothing is kept."""
    found = _OPEN.get()
    if found is not None:
        found.specs.append(spec)


def note_legend(legend: str) -> None:
    """Note a legend that is put on the page."""
    found = _OPEN.get()
    if found is not None:
        found.legends.append(legend)

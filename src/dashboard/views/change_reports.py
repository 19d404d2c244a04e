"""Changes as the page asks for them: worked out once and kept for as long as the warehouse stays the same."""

from __future__ import annotations

from functools import lru_cache

from dashboard.measures import change, report
from dashboard.measures.change import Divided
from dashboard.measures.inference import UndefinedMeasureError
from dashboard.measures.report import Change
from dashboard.warehouse.connection import Warehouse

#: The split's code and level, and the two years.
Key = tuple[str, str, int, int]


@lru_cache(maxsize=64)
def changes(warehouse: Warehouse, municipality: str, key: Key) -> tuple[Change, ...]:
    """Give every measure in two years with the interval of its change."""
    split, level, before, after = key
    with warehouse.cursor() as cursor:
        return tuple(report.compare_measures(cursor, municipality, level, split, before=before, after=after))


@lru_cache(maxsize=64)
def divided(warehouse: Warehouse, municipality: str, key: Key, measure: str) -> Divided | str:
    """Give the parts of a change, or the reason why it has none."""
    split, level, before, after = key
    with warehouse.cursor() as cursor:
        try:
            return change.divided_change(
                cursor, municipality, level, split, before=before, after=after, measure=measure
            )
        except UndefinedMeasureError as error:
            return error.reason


@lru_cache(maxsize=128)
def same_areas(warehouse: Warehouse, municipality: str, key: Key) -> bool:
    """Tell whether the two years have the same areas."""
    split, level, before, after = key
    with warehouse.cursor() as cursor:
        return change.same_areas(cursor, municipality, level, split, (before, after))

"""A selection of areas for a GIS: figures by their ids, why some are empty, and what the figures are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import version

from dashboard.views import area_figures
from dashboard.views.area_workbook import Part, explanation
from dashboard.views.areas import Area
from dashboard.views.context import View

Row = dict[str, object]
#: What columns of a table of figures are called, in the order of `explanation`.
EXPLAINED = ("name", "definition", "unit", "year", "source", "fetched", "caveats")


def area_rows(view: View, part: Part) -> list[Row]:
    """Give areas with their figures; a figure that there is none of is empty, and `why_empty` says why."""
    return [_row(view, part, area) for area in part.areas]


def _row(view: View, part: Part, area: Area) -> Row:
    row: Row = {"area_code": area.area_code, "code": area.code, "name": area.label, "level": part.level}
    if area.kind:
        row["kind"] = view.t(f"kind.{area.kind}")
    reasons = []
    for name, years in part.years.items():
        figure = part.figures.get((name, years[-1], area.area_code))
        row[name] = None if figure is None else figure.value
        if reason := area_figures.reason(view, figure):
            reasons.append(f"{view.catalogue.indicator(name).short_name.in_(view.language)}: {reason}")
    return {**row, "why_empty": " ".join(reasons)}


def figure_rows(view: View, parts: Sequence[Part]) -> list[Row]:
    """Give what each figure of each level is: column, name, definition, unit, year, source and its day, caveats."""
    return [
        {"level": part.level, "column": name, **dict(zip(EXPLAINED, explanation(view, name, [part]), strict=True))}
        for part in parts
        for name in part.years
    ]


def about(view: View, parts: Sequence[Part], today: date, link: str) -> Mapping[str, str]:
    """Give what a file of areas tells of itself."""
    return {
        "title": view.t("workbook.title", city=view.home.name),
        "municipality": f"{view.home.name} ({view.home.code})",
        "made": today.isoformat(),
        "link": link,
        "method_version": version("hela-staden"),
        "data_sha256": view.warehouse.meta["fingerprint"],
        "boundaries": "; ".join(
            source.citation.in_(view.language)
            for name, source in view.catalogue.sources.items()
            for part in parts
            if name == f"scb_areas_{part.level}_2025" and f"map_{part.level}" in view.warehouse.meta
        ),
        "empty": view.t("workbook.empty_features"),
    }

"""How a figure has gone since a year: in the areas of a project, each by itself, and in the whole city."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.catalogue import Level
from dashboard.views import reports
from dashboard.views.area_figures import shown
from dashboard.views.areas import Area, home_areas
from dashboard.views.context import View
from dashboard.views.municipality_figures import home_series
from dashboard.views.numbers import rounded
from dashboard.warehouse.connection import Row

LEVELS: tuple[Level, ...] = ("regso", "deso")
#: The level whose areas the dissimilarity of the city is worked out between.
SPLIT_LEVEL: Level = "deso"

Point = tuple[int, float]


@dataclass(frozen=True)
class Course:
    """The years and values of a figure in an area or in the city.

    Attributes
    ----------
    name
        What the area is called.
    level
        Which source the values have.
    points
        Years that have a value, each with it.
    school_years
        Whether the years are those in which school years begin.
    statuses
        How the values came about: published by the source, or worked out from what it published.
    """

    name: str
    level: Level
    points: tuple[Point, ...]
    school_years: bool = False
    statuses: tuple[str, ...] = ()

    def since(self, baseline: int) -> tuple[Point, Point] | None:
        """Give the first figure of the baseline year or later, and the newest; None when there is none so late."""
        later = [point for point in self.points if point[0] >= baseline]
        return (later[0], later[-1]) if later else None


def area_courses(view: View, indicator: str, codes: Sequence[str]) -> list[Course]:
    """Give how an indicator has gone in some areas, each by itself; one without any figure has no points."""
    areas = [area for code in codes if (area := _area(view, code)) is not None]
    rows = view.warehouse.rows("area_series", {"areas": [area.area_code for area in areas], "indicators": [indicator]})
    return [_area_course(area, [row for row in rows if row["area_code"] == area.area_code]) for area in areas]


def _area_course(area: Area, rows: Sequence[Row]) -> Course:
    known = [row for row in rows if isinstance(row["value"], float)]
    return Course(
        area.label,
        "regso" if area.kind is None else "deso",
        tuple((int(str(row["year"])), float(str(row["value"]))) for row in known),
        statuses=tuple(dict.fromkeys(str(row["status"]) for row in known)),
    )


def _area(view: View, code: str) -> Area | None:
    there = (area for level in LEVELS for area in home_areas(view.warehouse, view.home.code, level))
    return next((area for area in there if area.code == code), None)


def city_course(view: View, indicator: str) -> Course:
    """Give how an indicator has gone in the whole city."""
    line = home_series(view.warehouse, indicator)
    known = () if line is None else line.known
    return Course(
        view.t("plan.whole_city"),
        "municipality",
        tuple((one.year, one.value) for one in known if one.value is not None),
        any(one.of_school_year for one in known),
        tuple(dict.fromkeys(one.status for one in known)),
    )


def split_course(view: View, split: str) -> Course:
    """Give the dissimilarity of the city in per cent, in each year that has figures for all small areas."""
    measure = reports.dissimilarity_of(view.catalogue.splits[split].kind)
    points = []
    for year in reports.years(view.warehouse, view.home.code, split, SPLIT_LEVEL):
        row = reports.row_of(reports.measures(view.warehouse, view.home.code, SPLIT_LEVEL, year, split), measure)
        if row is not None and row.value is not None:
            points.append((year, 100 * row.value))
    return Course(view.t("plan.whole_city"), SPLIT_LEVEL, tuple(points))


def value_words(view: View, figure: str, value: float) -> str:
    """Give a value as the screen writes it: with its unit, or “45 of 100” for the dissimilarity of a split."""
    if figure in view.catalogue.splits:
        return view.t("plan.of_100", value=view.fmt.number(value, 1))
    return shown(view, figure, value)


def year_words(view: View, year: int, *, school_years: bool) -> str:
    """Give the year of a value: “2025”, or “läsåret 2025/26” where school years are stored by their first year."""
    if not school_years:
        return view.fmt.year(year)
    return view.t("roadmap.school_year", year=view.fmt.year(year), next=f"{(year + 1) % 100:02d}")


def course_words(view: View, figure: str, course: Course, baseline: int) -> str:
    """Say how a figure has gone since a year, or what keeps it from being said."""
    t = view.t
    if not course.points:
        return t("plan.course_missing", name=course.name)

    def said(year: int) -> str:
        return year_words(view, year, school_years=course.school_years)

    found = course.since(baseline)
    if found is None:
        year, value = course.points[-1]
        shown_value = value_words(view, figure, value)
        since = view.fmt.year(baseline)
        return t("plan.course_older", name=course.name, baseline=since, year=said(year), value=shown_value)
    (first, before), (last, after) = found
    words = {"name": course.name, "before": value_words(view, figure, before), "first": said(first)}
    words["baseline"] = said(first) if first == baseline else view.fmt.year(baseline)
    if first == last:
        return t("plan.course_single" if first == baseline else "plan.course_single_later", **words)
    words |= {"after": value_words(view, figure, after), "last": said(last)}
    return t("plan.course" if first == baseline else "plan.course_later", **words)


def chance_words(view: View, split: str, course: Course, baseline: int) -> str:
    """Say whether the change of a dissimilarity is more than chance; nothing when there is no change to judge."""
    found = course.since(baseline)
    if found is None or found[0][0] == found[1][0]:
        return ""
    (first, before), (last, after) = found
    years = (first, last)
    change = reports.change(view.warehouse, view.home.code, SPLIT_LEVEL, years, split)
    if change.value is None or change.differs is None or change.lower is None or change.upper is None:
        return view.t("plan.chance_unknown")
    interval = view.fmt.between(change.lower * 100, change.upper * 100, 1)
    if not change.differs:
        return view.t("plan.chance_within", interval=interval)
    # Of the values as they stand beside it, so that nobody finds another difference between them.
    amount = view.fmt.signed(rounded(after, 1) - rounded(before, 1), 1)
    return view.t("plan.chance_beyond", amount=amount, interval=interval)

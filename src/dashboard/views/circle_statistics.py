"""What the statistics say beside a contribution, also where they say something else."""

from __future__ import annotations

from dashboard.register.circle_entries import Contribution
from dashboard.views import html
from dashboard.views.circle_where import area_of
from dashboard.views.circle_words import swedish_html
from dashboard.views.context import View
from dashboard.views.figure import Evidence, source_text
from dashboard.views.roadmap_courses import Course, area_courses, city_course, split_course, value_words, year_words
from dashboard.views.roadmap_indicators import figure_name
from dashboard.views.words import sentence


def statistics_html(view: View, said: Contribution) -> str:
    """Give what a moderator noted of the statistics, and the newest figure with its source; nothing without either."""
    lines = []
    if said.statistics_say:
        # A moderator's view of it: not in bold, for it must not read as the verdict on what a resident said.
        lines.append(f"<p>{html.escape(_heading(view, said))} {swedish_html(view, said.statistics_say)}</p>")
    if said.indicator:
        lines.append(f"<p>{html.escape(figure_words(view, said))}</p>")
    return f'<div class="hs-said-statistics">{"".join(lines)}</div>' if lines else ""


def _heading(view: View, said: Contribution) -> str:
    if said.statistics_agree is None:
        return view.t("circle.statistics")
    return view.t("circle.statistics_agree" if said.statistics_agree else "circle.statistics_differ")


def figure_words(view: View, said: Contribution) -> str:
    """Give the newest figure of what a contribution is about, with its source: of its area, else of the whole city."""
    t, figure = view.t, said.indicator or ""
    if figure not in view.catalogue.indicators and figure not in view.catalogue.splits:
        return t("plan.indicator_gone", id=figure)
    course = _course(view, said, figure)
    name = figure_name(view, figure)
    if not course.points:
        return t("circle.figure_missing", name=name)
    year, value = course.points[-1]
    when = year_words(view, year, school_years=course.school_years)
    told = t("circle.figure", name=name, area=course.name, value=value_words(view, figure, value), year=when)
    one_year = t("circle.figure_one_year") if len(course.points) == 1 else ""
    return sentence(told, one_year, f"{_credit(view, figure, course)}.")


def _course(view: View, said: Contribution, figure: str) -> Course:
    if figure in view.catalogue.splits:
        return split_course(view, figure)
    area = area_of(view, said)
    found = [] if area is None else area_courses(view, figure, [area.code])
    return next((one for one in found if one.points), city_course(view, figure))


def _credit(view: View, figure: str, course: Course) -> str:
    if figure in view.catalogue.splits:
        return source_text(view, Evidence(sources=view.catalogue.splits[figure].sources, computed=True))
    return view.catalogue.credit(figure, course.level).in_(view.language)

"""Slides on one area: its numbers beside the city's, what differs most, and how people live there."""

from __future__ import annotations

from dashboard.slides import BarPicture, Number, NumberPicture, Series
from dashboard.views import area_figures
from dashboard.views.area_figures import shown
from dashboard.views.areas import Area
from dashboard.views.context import View
from dashboard.views.districts_profile import TENURES, newest_counts, shares
from dashboard.views.figure import Evidence, source_text
from dashboard.views.municipality_figures import home_series
from dashboard.views.numbers import COUNTED
from dashboard.views.slides_common import Asked, Said, area_named, credits_of, level_of, name_of_area, nothing
from dashboard.views.words import lower_first

NUMBERS = ("population", "low_economic_standard_share", "employment_rate_20_64", "disposable_income_median")
#: Shares that an area and the city are compared by.
SHARES = (
    "low_economic_standard_share",
    "post_secondary_education_share",
    "one_person_household_share",
    "age_20_34_share",
    "age_65_plus_share",
)
#: Per cent below which a bar shows nothing.
VISIBLE = 0.5
_KEYS = {"deso": "omraden", "regso": "stadsdelar"}


def _area(asked: Asked) -> Area | Said:
    area = area_named(asked.view, asked.of("area"))
    if area is not None:
        return area
    t = asked.view.t
    return nothing(t("slide.area_none"), t("slide.area_none_why", city=asked.view.home.name))


def _link(asked: Asked, area: Area) -> str:
    level = level_of(area)
    return asked.link("districts", niva=level, **{_KEYS[level]: area.code})


def _figures(asked: Asked, area: Area, names: tuple[str, ...]) -> list[area_figures.Figure]:
    found = area_figures.newest(asked.view.warehouse, asked.view.home.code, level_of(area))
    return [found[name][area.area_code] for name in names if area.area_code in found.get(name, {})]


def _of_the_city(asked: Asked, figure: area_figures.Figure) -> float | None:
    line = home_series(asked.view.warehouse, figure.indicator)
    return None if line is None else line.at(figure.year)


def _source(asked: Asked, area: Area, figures: list[area_figures.Figure]) -> str:
    view = asked.view
    years = sorted({figure.year for figure in figures})
    text = "–".join(view.fmt.year(year) for year in dict.fromkeys((years[0], years[-1])))
    return source_text(view, Evidence(credits=credits_of(view, figures, level_of(area)), years=text))


def area_numbers(asked: Asked) -> Said:
    """Show the few numbers that say most of an area, each beside the whole city's."""
    area, view, t = _area(asked), asked.view, asked.view.t
    if isinstance(area, Said):
        return area
    name, link = name_of_area(area), _link(asked, area)
    figures = _figures(asked, area, NUMBERS)
    if not figures:
        return nothing(t("slide.area_numbers_none", area=name), t("note.absent_in_source"), link=link)
    people = next((one for one in figures if one.indicator == "population"), None)
    numbers = []
    for one in figures:
        whole = _of_the_city(asked, one)
        label = _dated(view, one)
        there = t("plan.missing") if whole is None else _written(view, one.indicator, whole)
        note = area_figures.reason(view, one) if one.value is None else t("slide.whole_city", value=there)
        written = _written(view, one.indicator, one.value)
        numbers.append(Number(label, written, note))
    title = t("slide.area_numbers_plain", area=name)
    if people is not None:
        title = t("slide.area_numbers", area=name, n=view.fmt.number(people.value))
    return Said(
        title,
        t("slide.area_numbers_lead", city=view.home.name),
        NumberPicture(tuple(numbers)),
        summary=". ".join([title, *(f"{one.label}: {one.text}" for one in numbers)]),
        source=_source(asked, area, figures),
        link=link,
    )


def _dated(view: View, figure: area_figures.Figure) -> str:
    """Give what a figure is of, with its year: those of one slide are not all of the same."""
    name = view.catalogue.indicator(figure.indicator).short_name.in_(view.language)
    return f"{name} {view.fmt.year(figure.year)}"


def _written(view: View, indicator: str, value: float | None) -> str:
    """Give a value as large as it stands on a slide: of a number of people, its name says what is counted."""
    entry = view.catalogue.indicator(indicator)
    return view.fmt.number(value, entry.decimals) if entry.unit in COUNTED else shown(view, indicator, value)


def area_shares(asked: Asked) -> Said:
    """Show what differs most between an area and the whole city."""
    area, view, t = _area(asked), asked.view, asked.view.t
    if isinstance(area, Said):
        return area
    name, link = name_of_area(area), _link(asked, area)
    pairs = [(one, _of_the_city(asked, one)) for one in _figures(asked, area, SHARES)]
    known = [(one, whole) for one, whole in pairs if whole is not None]
    both = [(one, one.value, whole) for one, whole in known if one.value is not None]
    if not both:
        return nothing(t("slide.shares_none", area=name), t("note.absent_in_source"), link=link)
    most, value, whole_value = max(both, key=lambda row: abs(row[1] - row[2]))
    label = {one.indicator: view.catalogue.indicator(one.indicator).short_name.in_(view.language) for one, _ in known}
    here, there = shown(view, most.indicator, value), shown(view, most.indicator, whole_value)
    return Said(
        # Of the shares on the slide alone: how homes are held, which other slides tell, can differ more.
        t.n(
            "slide.shares",
            len(both),
            indicator=lower_first(label[most.indicator]),
            here=here,
            city=view.home.name,
            there=there,
        ),
        t("slide.shares_lead"),
        BarPicture(
            tuple(_dated(view, one) for one, _ in known),
            (
                Series(
                    name,
                    tuple(one.value for one, _ in known),
                    tuple(shown(view, one.indicator, one.value) for one, _ in known),
                ),
                Series(
                    view.home.name,
                    tuple(whole for _, whole in known),
                    tuple(shown(view, one.indicator, whole) for one, whole in known),
                ),
            ),
            "%",
        ),
        summary=t(
            "slide.shares_summary",
            area=name,
            indicator=lower_first(label[most.indicator]),
            here=here,
            city=view.home.name,
            there=there,
        ),
        source=_source(asked, area, [one for one, _ in known]),
        link=link,
    )


def tenure(asked: Asked) -> Said:
    """Show how the homes of an area are held, beside those of the whole city."""
    area, view, t = _area(asked), asked.view, asked.view.t
    if isinstance(area, Said):
        return area
    link, names = _link(asked, area), list(TENURES)
    year, counts = newest_counts(view, area.area_code, names)
    if not counts:
        return nothing(t("districts.tenure_title_none"), t("districts.tenure_none"), link=link)
    _, city = newest_counts(view, view.home.code, names)
    own, whole = shares(counts, names), shares(city, names)
    label = {name: view.catalogue.indicator(name).short_name.in_(view.language) for name in names}
    largest = max(names, key=lambda name: own[name] or 0.0)
    said = {"tenure": label[largest].lower(), "share": view.fmt.percent(own[largest], 0)}
    lead = ""
    if whole[largest] is not None:
        lead = t(
            "districts.tenure_summary",
            city=view.home.name,
            tenure=said["tenure"],
            city_share=view.fmt.percent(whole[largest], 0),
        )
    kept = [name for name in names if max(own[name] or 0.0, whole[name] or 0.0) >= VISIBLE]
    series = [(name_of_area(area), own), (view.home.name, whole)]
    title = t("slide.tenure", area=name_of_area(area), **said)
    return Said(
        title,
        lead,
        BarPicture(
            tuple(label[name] for name in kept),
            tuple(
                Series(who, tuple(of[name] for name in kept), tuple(view.fmt.percent(of[name], 0) for name in kept))
                for who, of in series
            ),
            "%",
        ),
        summary=f"{title}. {lead}".strip(),
        source=source_text(
            view, Evidence(sources=["scb_tab6638", "scb_tab824"], computed=True, years=view.fmt.year(year))
        ),
        link=link,
    )

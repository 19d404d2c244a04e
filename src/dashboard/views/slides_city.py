"""Slides on the whole city: its people, both ends of an indicator, and how an indicator has changed."""

from __future__ import annotations

from dashboard.catalogue import Indicator
from dashboard.slides import BarPicture, LinePicture, Number, NumberPicture, Series
from dashboard.views import area_figures
from dashboard.views.area_figures import shown
from dashboard.views.areas import Area, home_areas
from dashboard.views.context import View
from dashboard.views.figure import Evidence, source_text
from dashboard.views.municipality_figures import home_series
from dashboard.views.overview_tiles import unit_of
from dashboard.views.overview_trends import FEWEST_YEARS, trend_figure
from dashboard.views.slides_common import Asked, Said, credits_of, name_of_area, named_together, nothing
from dashboard.views.words import lower_first, upper_first

#: Neighbourhoods, or small areas where the data have no figures for neighbourhoods.
LEVELS = ("regso", "deso")
#: Areas shown of each end.
OF_EACH_END = 3


def people(asked: Asked) -> Said:
    """Say how many live in the city, and into how many areas it is divided."""
    view, t, fmt = asked.view, asked.view.t, asked.view.fmt
    line = home_series(view.warehouse, "population")
    if line is None:
        return nothing(t("slide.people_none", city=view.home.name), t("note.absent_in_source"))
    last = line.known[-1]
    entry = view.catalogue.indicator("population")
    counts = {level: len(home_areas(view.warehouse, view.home.code, level)) for level in ("regso", "deso")}
    before = line.at(last.year - 1)
    change = fmt.change(last.value, before, fmt.year(last.year - 1), t, unit=entry.unit, decimals=entry.decimals)
    number, areas = fmt.number(last.value, entry.decimals), fmt.number(counts["regso"])
    label = t("slide.people_number", year=fmt.year(last.year))
    numbers = [Number(label, number, upper_first(change))]
    numbers += [
        Number(t(f"level.{level}"), fmt.number(n), t(f"slide.level_{level}")) for level, n in counts.items() if n
    ]
    title = t("slide.people", n=number, city=view.home.name)
    return Said(
        title,
        t("slide.people_lead", n=areas) if counts["regso"] else "",
        NumberPicture(tuple(numbers)),
        summary=t("slide.people_summary", n=number, city=view.home.name, regso=areas, deso=fmt.number(counts["deso"])),
        source=_credit(asked, "population", last.year),
        link=asked.link("overview"),
    )


def _credit(asked: Asked, indicator: str, year: int) -> str:
    view = asked.view
    credit = view.catalogue.credit(indicator, "municipality").in_(view.language)
    return source_text(view, Evidence(credits=[credit], years=view.fmt.year(year)))


def both_ends(asked: Asked) -> Said:
    """Show the areas at both ends of an indicator, and the whole city between them."""
    view, t, name = asked.view, asked.view.t, asked.of("indicator")
    entry = view.catalogue.indicator(name)
    label = entry.short_name.in_(view.language)
    level = next((level for level in LEVELS if len(_known(view, name, level)) > 1), "")
    link = asked.link("districts", niva=level, farg=name)
    if not level:
        return nothing(t("slide.ends_none", indicator=label), t("slide.ends_none_why"), link=link)
    known = _known(view, name, level)
    ends = known if len(known) <= 2 * OF_EACH_END else [*known[:OF_EACH_END], *known[-OF_EACH_END:]]
    texts = [shown(view, name, value) for _, value in known]
    ends_named = {
        end: named_together(view, [area for (area, _), text in zip(known, texts, strict=True) if text == here])
        for end, here in (("low_area", texts[0]), ("high_area", texts[-1]))
    }
    figures = area_figures.newest(view.warehouse, view.home.code, level)[name]
    figure = figures[known[0][0].area_code]
    reference, city = _of_the_city(asked, name, figure.year)
    lead = t("slide.ends_lead", **ends_named)
    without = len(figures) - len(known)
    return Said(
        t(
            "slide.ends",
            indicator=label,
            low=texts[0],
            high=texts[-1],
        ),
        f"{lead} {city}".strip(),
        BarPicture(
            tuple(name_of_area(area) for area, _ in ends),
            (Series(label, tuple(value for _, value in ends), tuple(shown(view, name, value) for _, value in ends)),),
            unit_of(view, entry),
            reference,
        ),
        summary=t(
            "slide.ends_summary",
            indicator=lower_first(label),
            low=texts[0],
            high=texts[-1],
            **ends_named,
            n=view.fmt.number(len(known)),
            without=view.fmt.number(without),
        ),
        source=source_text(view, Evidence(credits=credits_of(view, [figure], level), years=view.fmt.year(figure.year))),
        link=link,
    )


def _known(view: View, name: str, level: str) -> list[tuple[Area, float]]:
    """Give the areas of a level that have a value, from the lowest to the highest."""
    figures = area_figures.newest(view.warehouse, view.home.code, level).get(name, {})
    areas = [area for area in home_areas(view.warehouse, view.home.code, level) if area.area_code in figures]
    found = [(area, value) for area in areas if (value := figures[area.area_code].value) is not None]
    return sorted(found, key=lambda pair: (pair[1], name_of_area(pair[0])))


def _of_the_city(asked: Asked, name: str, year: int) -> tuple[tuple[str, float, str] | None, str]:
    """Give the whole municipality's value of the same year, and the sentence on it; nothing when there is none."""
    view = asked.view
    line = home_series(view.warehouse, name)
    value = None if line is None else line.at(year)
    if value is None:
        return None, ""
    text = shown(view, name, value)
    return (view.home.name, value, text), view.t("slide.ends_city", city=view.home.name, value=text)


def trend(asked: Asked) -> Said:
    """Show how an indicator of the city has changed over the years."""
    view, t, name = asked.view, asked.view.t, asked.of("indicator")
    entry: Indicator = view.catalogue.indicator(name)
    label = entry.short_name.in_(view.language)
    line = home_series(view.warehouse, name)
    link = asked.link("overview", trend=name)
    if line is None or len(line.known) < FEWEST_YEARS:
        return nothing(t("slide.trend_none", indicator=label), t("slide.trend_none_why"), link=link)
    content = trend_figure(view, name)
    first, last = line.known[0], line.known[-1]
    title = t(
        "slide.trend",
        indicator=label,
        before=shown(view, name, first.value),
        first=view.fmt.year(first.year),
        after=shown(view, name, last.value),
        last=view.fmt.year(last.year),
    )
    years = tuple(range(first.year, last.year + 1))
    values = tuple(line.at(year) for year in years)
    broken = [year for year in entry.breaks("municipality") if years[0] < year <= years[-1]]
    lead = content.summary
    if broken:
        lead = f"{t('slide.trend_break', year=view.fmt.year(broken[-1]))} {lead}"
    return Said(
        title,
        lead,
        LinePicture(
            years,
            (Series(view.home.name, values, tuple(shown(view, name, value) for value in values)),),
            unit_of(view, entry),
            breaks=tuple(broken),
        ),
        summary=f"{title}. {lead}",
        source=source_text(view, content.evidence),
        link=link,
    )

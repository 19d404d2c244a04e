"""What the overview says first: its sentence, and how far the numbers can be trusted."""

from __future__ import annotations

from dashboard.views import words
from dashboard.views.context import View
from dashboard.views.overview_index import index_by_area


def headline(view: View) -> tuple[str, str]:
    """Give the page's sentence and what it rests on, worked out from the newest index."""
    t, fmt = view.t, view.fmt
    place = words.genitive(view.home.name, view.language)
    known = [pair for pair in index_by_area(view) if pair[1].value is not None]
    if not known:
        return t("overview.headline_plain", place=place), t("overview.lead_plain")
    (low_area, low), (high_area, high) = known[0], known[-1]
    title = t(
        "overview.headline",
        place=place,
        low=fmt.number(low.value, 1),
        low_area=low_area.name,
        high=fmt.number(high.value, 1),
        high_area=high_area.name,
    )
    return title, t("overview.lead", year=fmt.year(high.year))


def trust(view: View) -> tuple[str, str]:
    """Say in two sentences how far the numbers can be trusted."""
    counts = view.warehouse.rows("status_counts", {"municipality": view.home.code})
    by_status = {str(row["status"]): int(str(row["figures"])) for row in counts}
    published, derived = by_status.get("published", 0), by_status.get("derived", 0)
    absent = sum(by_status.values()) - published - derived
    text = view.t(
        "overview.trust_text",
        published=view.fmt.number(published),
        derived=view.fmt.number(derived),
        absent=view.fmt.number(absent),
    )
    return view.t("overview.trust"), text

"""Stadsdelar: filter, compare and download; one area in short."""

from dashboard.views import (
    districts,
    districts_compare,
    districts_filter,
    districts_map,
    districts_over_years,
    districts_position,
    districts_profile,
    districts_sheet,
)
from dashboard.views import districts_selection as selection
from dashboard.views.context import current_view

view = current_view()
level = districts_filter.current_level(view)
if level is None:
    districts.show_nothing(view)
else:
    selection.restore(view, level)
    districts_map.show_map_and_table(view)
    chosen = districts.choose_areas(view, level)
    if chosen:
        districts_compare.show_comparison(view, level, chosen)
        districts_position.show_position(view, level, chosen)
        area = districts.choose_profile(view, chosen)
        districts_sheet.offer_sheet(view, level, area)
        districts_profile.show_profile(view, level, area)
        districts_over_years.show_over_years(view, level, area)

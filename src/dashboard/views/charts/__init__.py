"""Charts as Vega-Lite specifications, for ``st.vega_lite_chart(spec, theme=None, alt=alt_text(spec))``."""

from dashboard.views.charts.base import Spec, alt_text
from dashboard.views.charts.changes import ChangeRow, change_bars
from dashboard.views.charts.intervals import IntervalRow, interval_dots
from dashboard.views.charts.lines import Series, segregation_curve, trend_line
from dashboard.views.charts.marks import marked_value, marked_year
from dashboard.views.charts.minutes import MinuteCurve, minute_curves
from dashboard.views.charts.people import AgeBand, StackedRow, age_pyramid, tenure_bar
from dashboard.views.charts.recut import AreaYear, area_line
from dashboard.views.charts.scale import ScaleDot, scale_line
from dashboard.views.charts.spread import distribution_strip
from dashboard.views.charts.strips import Dot, StripRow, strip_plot

__all__ = [
    "AgeBand",
    "AreaYear",
    "ChangeRow",
    "Dot",
    "IntervalRow",
    "MinuteCurve",
    "ScaleDot",
    "Series",
    "Spec",
    "StackedRow",
    "StripRow",
    "age_pyramid",
    "alt_text",
    "area_line",
    "change_bars",
    "distribution_strip",
    "interval_dots",
    "marked_value",
    "marked_year",
    "minute_curves",
    "scale_line",
    "segregation_curve",
    "strip_plot",
    "tenure_bar",
    "trend_line",
]

"""Segregation: how people live apart today, and what is asked next."""

from dashboard.views import (
    segregation_change,
    segregation_income,
    segregation_mix,
    segregation_neighbours,
    segregation_now,
    segregation_part,
    segregation_scale,
    segregation_what_if,
)
from dashboard.views.context import current_view

view = current_view()
part = segregation_part.choose_part(view)
if part == "now":
    segregation_now.show_now(view)
elif part == "scale":
    segregation_scale.show_scale(view)
elif part == "mix":
    segregation_mix.show_mix(view)
elif part == "income":
    segregation_income.show_income(view)
elif part == "change":
    segregation_change.show_change(view)
elif part == "neighbours":
    segregation_neighbours.show_neighbours(view)
elif part == "what_if":
    segregation_what_if.show_what_if(view)

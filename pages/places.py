"""Platser: how a place relates to the whole city, who can meet there, and what stands in the way."""

from dashboard.views import (
    places_access,
    places_barriers,
    places_notice,
    places_part,
    places_place,
    places_use_part,
    places_what_if,
)
from dashboard.views.context import current_view
from dashboard.views.places_city import current_city

view = current_view()
city = current_city(view)
if city is None:
    places_notice.show_no_network(view)
else:
    part = places_part.choose_part(view)
    if part == "place":
        places_place.show_place(view, city)
    elif part == "access":
        places_access.show_access(view, city)
    elif part == "barriers":
        places_barriers.show_barriers(view, city)
    elif part == "what_if":
        places_what_if.show_what_if(view, city)
    else:
        places_use_part.show_use_of_places(view, city)

"""Kunskapscirkel: what residents have said and what came of it, the circles, and the form by which anybody is heard."""

from dashboard.views import circle_circles, circle_give, circle_moderate, circle_part, circle_said, register_access
from dashboard.views.context import current_view

view = current_view()
part = circle_part.choose_part(view)
if part == "give":
    # Asks the database for nothing before something is sent: what is being written stays, whatever happens to it.
    circle_give.show_give(view)
else:
    contents = register_access.contents(view)
    if contents is None:
        circle_part.show_unavailable(view)
    elif part == "circles":
        circle_circles.show_circles(view, contents)
    elif part == "moderate":
        circle_moderate.show_moderation(view, contents)
    else:
        circle_said.show_said(view, contents)

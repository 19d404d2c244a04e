"""Presentation: what a meeting talks about, one message a screen."""

from dashboard.views.context import current_view
from dashboard.views.presentation import show_presentation

show_presentation(current_view())

"""Leads from the short address of a slide, such as `/v/hela-staden/3`, to the live view behind it."""

from __future__ import annotations

import logging
from contextlib import closing
from urllib.parse import urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dashboard.i18n import LANGUAGES
from dashboard.page_addresses import own_page
from dashboard.settings import Settings
from dashboard.short_links import PREFIX
from dashboard.stories import StoryError
from dashboard.warehouse.connection import WarehouseError

log = logging.getLogger(__name__)

#: Stands for where the dashboard is served, which the browser knows best; it is taken off again.
_HERE = "https://hela-staden.invalid"


def short_link_routes(settings: Settings) -> list[Route]:
    """Give the routes: of a slide of a story, and of a slide of a story about an area or a place."""

    async def answer(request: Request) -> Response:
        asked = request.query_params.get("lang", "")
        language = asked if asked in LANGUAGES else settings.default_language
        given = request.path_params
        page = await run_in_threadpool(
            live_page, settings, given["story"], given["number"], given.get("about", ""), language
        )
        # What is behind a slide can change with the data: nobody keeps where it leads.
        return RedirectResponse(f"{_root(settings)}{page}", status_code=307, headers={"cache-control": "no-store"})

    return [
        Route(f"{PREFIX}/{{story}}/{{number:int}}", answer, methods=["GET"]),
        Route(f"{PREFIX}/{{story}}/{{about}}/{{number:int}}", answer, methods=["GET"]),
    ]


def live_page(settings: Settings, story: str, number: int, about: str, language: str) -> str:
    """Give the page behind a slide with its choices, within the dashboard.

    Parameters
    ----------
    settings
        The settings.
    story, number, about, language
        As in `short_links.short_path`.

    Returns
    -------
    Such as `/segregation?uppdelning=background`; the page with the stories, when there is no such story or slide, or
    its figures cannot be read: that page says why.
    """
    # Imported here, for they take as long as the pages themselves, which nobody waits for before a server starts.
    from dashboard.views.batch_view import view_for_files
    from dashboard.views.decks import UnknownStoryError, live_link

    kept = {"lang": language} if language != settings.default_language else {}
    fallback = own_page(f"/presentation?{urlencode({'berattelse': story} | kept)}") or "/presentation"
    try:
        view = view_for_files(settings.model_copy(update={"public_url": _HERE}), language)
        with closing(view.warehouse):
            link = live_link(view, story, number, about)
    except (UnknownStoryError, StoryError, WarehouseError) as error:
        log.warning("the short address of slide %s of %r leads to the stories: %s", number, story, error)
        return fallback
    return own_page(link.removeprefix(_HERE)) or fallback


def _root(settings: Settings) -> str:
    return urlsplit(settings.public_url or "").path.rstrip("/")

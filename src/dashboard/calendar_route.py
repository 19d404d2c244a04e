"""Serves the days of the roadmap that must be kept, for calendars to subscribe to: `/fardplan.ics`."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.access import PUBLIC
from dashboard.exports.calendar_file import Occasion, calendar_file
from dashboard.i18n import LANGUAGES, Translator, get_translator
from dashboard.register.contents import Contents
from dashboard.register.deadlines import Deadline, DeadlineKind, deadlines
from dashboard.register.entries import Milestone
from dashboard.register.errors import RegisterError, RegisterFileError
from dashboard.register.store import Register
from dashboard.settings import Settings
from dashboard.warehouse.connection import Warehouse, WarehouseError

log = logging.getLogger(__name__)

PATH = "/fardplan.ics"
#: How many days before a day a calendar reminds of it.
_DAYS_BEFORE = {
    DeadlineKind.MILESTONE: (14,),
    DeadlineKind.USED_UNTIL: (30, 14),
    DeadlineKind.REPORT_DUE: (30, 14),
    DeadlineKind.CALL_OPENS: (14,),
    DeadlineKind.CALL_CLOSES: (30, 14),
}


def calendar_route(settings: Settings) -> Route:
    """Give the route; what it answers is what the public sees."""

    async def answer(request: Request) -> Response:
        asked = request.query_params.get("lang", "")
        language = asked if asked in LANGUAGES else settings.default_language
        t = get_translator(language, settings.locales_folder)
        try:
            content = await run_in_threadpool(_content, settings, t)
        except (RegisterError, RegisterFileError, WarehouseError) as error:
            log.warning("the calendar cannot be made: %s", error)
            # A calendar keeps what it has when it is told to come again, and would empty itself at an empty answer.
            headers = {"retry-after": "600", "cache-control": "no-store", "content-language": language}
            return PlainTextResponse(t("register.refused_unavailable"), status_code=503, headers=headers)
        tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        headers = {"etag": tag, "cache-control": "no-cache", "content-language": language}
        if _has(request.headers.get("if-none-match", ""), tag):
            return Response(status_code=304, headers=headers)
        return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)

    return Route(PATH, answer, methods=["GET"])


def _has(tags: str, tag: str) -> bool:
    """Tell whether a tag is among those that somebody has; a proxy that packed the answer marks its tag as weak."""
    return tags.strip() == "*" or tag in {one.strip().removeprefix("W/") for one in tags.split(",")}


def _content(settings: Settings, t: Translator) -> bytes:
    register = _opened(settings.database_url, settings.data_folder / "register")
    contents = register.contents(PUBLIC, settings.municipality or _municipality(settings))
    host = urlsplit(settings.public_url or "").hostname or "hela-staden.invalid"
    found = occasions(contents, t, settings.public_url or "")
    return calendar_file(found, t("calendar.name"), host, t("calendar.about"))


@lru_cache(maxsize=1)
def _opened(url: str, seeds: Path) -> Register:
    return Register.open(url, seeds)


def _municipality(settings: Settings) -> str:
    warehouse = Warehouse(settings.warehouse_file, settings.memory_limit)
    try:
        return warehouse.meta["municipality"]
    finally:
        warehouse.close()


def occasions(contents: Contents, t: Translator, public_url: str = "") -> Iterator[Occasion]:
    """Give the days to keep: milestones not reached, money, reports, and calls.

    Parameters
    ----------
    contents
        What the public sees of the register.
    t
        The texts.
    public_url
        The address of the dashboard, for links to where more is told; without it there are none.
    """
    for deadline in deadlines(contents):
        entry = deadline.entry
        name = entry.said("name").in_(t.language)
        yield Occasion(
            uid=deadline.key,
            day=deadline.day,
            title=t(f"calendar.{deadline.kind.value}", name=name),
            description=_description(contents, deadline, t),
            days_before=_DAYS_BEFORE[deadline.kind],
            link=_link(deadline, t, public_url.rstrip("/")),
            revision=entry.version,
        )


def _description(contents: Contents, deadline: Deadline, t: Translator) -> str:
    entry = deadline.entry
    if not isinstance(entry, Milestone):
        return t(f"calendar.{deadline.kind.value}_why")
    projects = [one.said("name").in_(t.language) for one in contents.projects if one.id == entry.project]
    of_project = t("calendar.milestone_why", project=projects[0]) if projects else ""
    return "\n\n".join(part for part in (of_project, entry.said("note").in_(t.language)) if part)


def _link(deadline: Deadline, t: Translator, public: str) -> str:
    if not public:
        return ""
    entry = deadline.entry
    choice = f"projekt={quote(entry.project)}" if isinstance(entry, Milestone) else "del=grants"
    return f"{public}/fardplan?{choice}&lang={t.language}"

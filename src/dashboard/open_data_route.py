"""Serves the catalogue of the dashboard's own data sets and their files, for Sveriges dataportal and everybody else.

They are made by the command ``dashboard export dcat`` in a process of its own, once for each warehouse, and kept in
memory as files: what writes RDF and GeoPackages never stays in the server.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.exports.dcat_parts import BELOW, RDF_XML
from dashboard.i18n import LANGUAGES, get_translator
from dashboard.settings import Settings

log = logging.getLogger(__name__)

#: Ending → type, of all that the command writes.
MEDIA_TYPES = {
    ".rdf": "application/rdf+xml",
    ".ttl": "text/turtle; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gpkg": "application/geopackage+sqlite3",
}
#: Files of the catalogue itself, which a browser may show; the others are saved.
SHOWN = (".rdf", ".ttl")
SECONDS_IT_MAY_TAKE = 300
SECONDS_UNTIL_TRIED_AGAIN = 600.0

Files = Mapping[str, bytes]
Make = Callable[[Settings], Files]


class OpenDataError(Exception):
    """The data sets could not be made; the message is what the command said."""


@dataclass(frozen=True)
class _Kept:
    """Files, or the fault that there are none because of, with the warehouse and the moment that they are of."""

    stamp: tuple[int, int] | None
    at: float
    files: Files | None


class Publication:
    """Keeps the files of the newest warehouse; of several visitors the first has them made, and the others wait.

    Parameters
    ----------
    settings
        The settings.
    make
        Makes the files.
    clock
        Seconds, for telling when a failure is tried again.
    """

    def __init__(self, settings: Settings, make: Make, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings, self._make, self._clock = settings, make, clock
        self._lock = asyncio.Lock()
        self._kept: _Kept | None = None

    async def files(self) -> Files:
        """Give the files by their names.

        Raises
        ------
        OpenDataError
            When they cannot be made; the same warehouse is tried again after ten minutes.
        """
        async with self._lock:
            stamp, kept = self._stamp(), self._kept
            if kept is None or kept.stamp != stamp or self._is_due(kept):
                kept = self._kept = _Kept(stamp, self._clock(), await run_in_threadpool(self._made))
        if kept.files is None:
            raise OpenDataError("the data sets could not be made a short while ago")
        return kept.files

    def _is_due(self, kept: _Kept) -> bool:
        return kept.files is None and self._clock() - kept.at > SECONDS_UNTIL_TRIED_AGAIN

    def _made(self) -> Files | None:
        try:
            return self._make(self._settings)
        except OpenDataError as error:
            log.warning("the open data cannot be made: %s", error)
            return None

    def _stamp(self) -> tuple[int, int] | None:
        try:
            state = self._settings.warehouse_file.stat()
        except OSError:
            return None
        return state.st_ino, state.st_mtime_ns


def made_apart(settings: Settings) -> Files:
    """Make catalogue and files by the command, in a process of its own.

    Raises
    ------
    OpenDataError
        When the command fails or takes too long.
    """
    del settings  # the process reads them itself, from where this one did
    with tempfile.TemporaryDirectory(prefix="open-data-") as folder:
        try:
            done = subprocess.run(  # noqa: S603 - our own program, no shell
                [sys.executable, "-m", "dashboard", "export", "dcat", "--to", folder],
                capture_output=True,
                text=True,
                timeout=SECONDS_IT_MAY_TAKE,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise OpenDataError(f"it took longer than {SECONDS_IT_MAY_TAKE} s") from error
        if done.returncode != 0:
            raise OpenDataError(done.stderr.strip()[-400:] or f"the command ended with {done.returncode}")
        return {file.name: file.read_bytes() for file in Path(folder).iterdir() if file.suffix in MEDIA_TYPES}


def open_data_route(settings: Settings, make: Make = made_apart) -> Route:
    """Give the route of catalogue and files; they are the same in every language.

    Parameters
    ----------
    settings
        The settings.
    make
        Makes the files.
    """
    publication = Publication(settings, make)

    async def answer(request: Request) -> Response:
        name = request.path_params["file"]
        if not settings.publishes_data:
            return _refused(settings, request, "switched_off", 404)
        try:
            files = await publication.files()
        except OpenDataError:
            return _refused(settings, request, "unavailable", 503)
        if name not in files:
            return _refused(settings, request, "unknown", 404)
        return _file(request, name, files[name])

    return Route(f"{BELOW}/{{file}}", answer, methods=["GET"])


def _file(request: Request, name: str, content: bytes) -> Response:
    ending = Path(name).suffix
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    # Kept by whoever asked, and asked about again each time: a new file is there as soon as the data are.
    headers = {"etag": tag, "cache-control": "no-cache"}
    given = request.headers.get("if-none-match", "")
    if given.strip() == "*" or tag in {one.strip().removeprefix("W/") for one in given.split(",")}:
        return Response(status_code=304, headers=headers)
    if ending not in SHOWN:
        headers["content-disposition"] = f'attachment; filename="{name}"'
    return Response(content, media_type=MEDIA_TYPES[ending], headers=headers)


def _refused(settings: Settings, request: Request, why: str, status: int) -> Response:
    asked = request.query_params.get("lang", "")
    language = asked if asked in LANGUAGES else settings.default_language
    t = get_translator(language, settings.locales_folder)
    address = f"{(settings.public_url or '').rstrip('/')}{BELOW}/{RDF_XML}"
    text = t(f"open_data.{why}", **({"catalogue": address} if why == "unknown" else {}))
    headers = {"cache-control": "no-store", "content-language": language}
    if status == 503:
        headers["retry-after"] = str(int(SECONDS_UNTIL_TRIED_AGAIN))
    return PlainTextResponse(text, status_code=status, headers=headers)

"""Asks Skolverket's service for planned educations: its envelope, its pages and its own media type."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.sources.answer_cache import AnswerCache
from dashboard.sources.answer_fields import Fields, fields_of, list_in
from dashboard.sources.fetch_faults import HalfAnswerError, NotFoundError, ServiceFaultError, UnreadableAnswerError
from dashboard.sources.http_answers import Call

VERSION = "v4"
#: The service answers nothing else (406).
ACCEPT = f"application/vnd.skolverket.plannededucations.api.{VERSION}.hal+json"
#: The service gives no more at once.
ROWS_A_PAGE = 100
MOST_PAGES = 200
GOOD = ("OK", "200 OK")


class SkolverketPages:
    """The service's answers, taken out of what they are wrapped in.

    Parameters
    ----------
    cache
        Answers of ``api.skolverket.se``.
    """

    def __init__(self, cache: AnswerCache) -> None:
        self._cache = cache

    def rows(self, path: str, name: str, parameters: tuple[tuple[str, str], ...]) -> Iterator[Fields]:
        """Give the rows of a list, page by page, each page asked for when it is needed.

        Raises
        ------
        FetchError
            When a call fails, an answer is of another form, or fewer rows come than announced.
        """
        where, given, page = f"Skolverket ({path})", 0, 0
        while True:
            asked = (*parameters, ("page", str(page)), ("size", str(ROWS_A_PAGE)))
            body = self._body(path, asked)
            about = fields_of(body.get("page"), f"{where}, page")
            embedded = fields_of(body.get("_embedded") or {}, where)
            rows = list_in(embedded, name, where) if embedded else []
            given += len(rows)
            for row in rows:
                yield fields_of(row, where)
            page += 1
            pages, announced = about.get("totalPages"), about.get("totalElements")
            if not isinstance(pages, int) or pages > MOST_PAGES:
                raise UnreadableAnswerError(f"{where} tells of {str(pages)[:20]} pages, so nothing of it is used.")
            if page >= pages:
                break
        if given != announced:
            raise HalfAnswerError(f"{where} announced {announced} rows and sent {given}: try again.")

    def of_school(self, code: str, path: str) -> Fields | None:
        """Give what the service knows of a school, or None when it knows nothing under that path."""
        try:
            document = fields_of(self._document(f"/school-units/{code}/{path}", ()), f"Skolverket ({code})")
        except NotFoundError:
            return None
        # A school without figures is answered with a status that says so and with an empty text.
        body = document.get("body")
        return fields_of(body, f"Skolverket ({path} of {code})") if body and document.get("status") in GOOD else None

    def _body(self, path: str, parameters: tuple[tuple[str, str], ...]) -> Fields:
        where = f"Skolverket ({path})"
        document = fields_of(self._document(f"/{path}", parameters), where)
        if document.get("status") not in GOOD:
            told = f"{document.get('status')}: {document.get('message')}"
            raise ServiceFaultError(f"{where} reports “{told[:80]}”: try again later.")
        return fields_of(document.get("body"), where)

    def _document(self, path: str, parameters: tuple[tuple[str, str], ...]) -> object:
        return self._cache.document(
            Call(path.strip("/"), f"/planned-educations/{VERSION}{path}", parameters, accept=ACCEPT)
        )

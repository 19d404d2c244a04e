"""Fetches key figures of municipalities from Kolada, version 3, and tells which municipalities are alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import httpx

from dashboard.sources.answer_cache import AnswerCache
from dashboard.sources.answer_fields import Fields, checksum, fields_of, list_in, text_in
from dashboard.sources.call_pace import CallPace, Clock
from dashboard.sources.fetch_faults import (
    ChangedDimensionError,
    HalfAnswerError,
    NotFoundError,
    OtherHostError,
    UnreadableAnswerError,
)
from dashboard.sources.fetched import Fetched, FetchedFile, Tell, Wanted
from dashboard.sources.http_answers import Call
from dashboard.sources.kolada_recipes import KEY_FIGURES, KeyFigure
from dashboard.sources.kolada_values import SOURCE, read_values
from dashboard.sources.tidy import Harvest

#: Longer lists in an address are refused (422); 33 municipalities are too many, 8 are not.
MOST_MUNICIPALITIES = 8
MOST_PAGES = 200
#: How the groups begin, and how the word ends that stands for being alike in general.
ALIKE, OVERALL = ["liknande", "kommuner"], "vergripande"


def pace_of_kolada(clock: Clock | None = None) -> CallPace:
    """Give the pace that Kolada is asked at; it documents no limit, so it is a modest one."""
    return CallPace(calls=2, window=1.0, clock=clock)


class Kolada:
    """Kolada's API, version 3, as a publisher.

    Parameters
    ----------
    cache
        Answers of the service; its address ends with the version.
    figures
        Which key figures are fetched.
    clock
        Where the day comes from.
    """

    name = "kolada"

    def __init__(
        self, cache: AnswerCache, figures: Sequence[KeyFigure] = KEY_FIGURES, clock: Clock | None = None
    ) -> None:
        self._cache, self._figures, self._clock = cache, tuple(figures), clock or Clock()
        self._base = httpx.URL(cache.answers.source.url.rstrip("/"))

    def fetch(self, wanted: Wanted, tell: Tell) -> Fetched:
        """Fetch all key figures for all wanted municipalities.

        Raises
        ------
        FetchError
            When Kolada does not know a municipality, a key figure has become another one or has nothing for one of
            the municipalities, or a call fails; nothing is given then.
        """
        tell("Kolada: municipalities", 0, 1)
        self.check(wanted.municipalities)
        tell("Kolada: municipalities", 1, 1)
        about = self._about_figures()
        fetched = Fetched(files={SOURCE: []})
        for done, figure in enumerate(self._figures):
            tell(f"Kolada: {figure.code}", done, len(self._figures))
            rows = self._rows(figure, wanted.municipalities)
            fetched.harvest.add(_wanted_years(read_values(rows, figure, wanted.municipalities), wanted))
            fetched.files[SOURCE].append(
                FetchedFile(figure.code, checksum(rows), len(rows), self._updated(about[figure.code]))
            )
        tell("Kolada", len(self._figures), len(self._figures))
        return fetched

    def _rows(self, figure: KeyFigure, codes: Sequence[str]) -> list[object]:
        """Give the rows of a key figure, which must be there for every municipality."""
        rows: list[object] = []
        for start in range(0, len(codes), MOST_MUNICIPALITIES):
            some = ",".join(codes[start : start + MOST_MUNICIPALITIES])
            rows += self._whole(f"/data/kpi/{figure.code}/municipality/{some}", figure.code)
        there = {fields_of(row, f"Kolada ({figure.code})").get("municipality") for row in rows}
        if lacking := [code for code in codes if code not in there]:
            raise UnreadableAnswerError(
                f"Kolada ({figure.code}) answered without any row for {lacking[0]}, so nothing is used:"
                " try again, and look at kolada.se whether the key figure is still there."
            )
        return rows

    def municipalities(self) -> dict[str, str]:
        """Give the municipalities that Kolada has figures of, code → name; regions and the country are left out."""
        rows = [fields_of(row, "Kolada (municipality)") for row in self._whole("/municipality", "municipality")]
        where = "Kolada (municipality)"
        return {
            text_in(row, "id", where): text_in(row, "title", where)
            for row in rows
            if row.get("type") == "K" and row.get("id") != "0000"
        }

    def check(self, codes: Sequence[str]) -> None:
        """Check that Kolada knows municipalities.

        Raises
        ------
        NotFoundError
            With the first code that it does not know.
        """
        known = self.municipalities()
        if unknown := [code for code in codes if code not in known]:
            raise NotFoundError(
                f"Kolada knows no municipality {unknown[0]}: check the code, four digits, in SCB's list."
            )

    def similar_municipalities(self, code: str, kind: str | None = None) -> dict[str, str]:
        """Give the municipalities that Kolada calls most like one, without itself.

        Parameters
        ----------
        code
            The municipality's code, four digits.
        kind
            What they are alike in, as Kolada's groups are called: ``grundskola``, ``socioekonomi``; None is in general.

        Returns
        -------
        dict
            Code → name, in Kolada's order, of the group with the newest year.

        Raises
        ------
        FetchError
            When Kolada does not know the municipality or has no such group for it, or a call fails.
        """
        name = self.municipalities().get(code)
        if name is None:
            raise NotFoundError(f"Kolada knows no municipality {code}: check the code, four digits, in SCB's list.")
        groups = [
            fields_of(row, "Kolada (municipality_groups)")
            for row in self._whole("/municipality_groups", "municipality_groups", (("title", name),))
        ]
        alike = {
            year: text_in(one, "id", "Kolada (municipality_groups)")
            for one in groups
            if (year := _year_of_group(text_in(one, "title", "Kolada (municipality_groups)"), kind, name)) is not None
        }
        if not alike:
            raise NotFoundError(
                f"Kolada has no group “Liknande kommuner” ({kind or 'in general'}) for {name}:"
                " choose the municipalities to compare with by their codes."
            )
        return self._members(alike[max(alike)], code)

    def _members(self, group: str, without: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for row in self._whole(f"/municipality_groups/{group}", group):
            for member in list_in(fields_of(row, f"Kolada ({group})"), "members", f"Kolada ({group})"):
                fields = fields_of(member, f"Kolada ({group})")
                # ``member_id`` in version 3, ``id`` in version 2.
                prefix = "member_" if "member_id" in fields else ""
                member_code = text_in(fields, f"{prefix}id", f"Kolada ({group})")
                found[member_code] = text_in(fields, f"{prefix}title", f"Kolada ({group})")
        found.pop(without, None)
        if not found:
            raise UnreadableAnswerError(f"Kolada ({group}) answered with an empty group: try again.")
        return found

    def _about_figures(self) -> dict[str, Fields]:
        """Give what Kolada says about the key figures, which must still be the ones that were chosen."""
        codes = ",".join(one.code for one in self._figures)
        rows = [fields_of(row, "Kolada (kpi)") for row in self._whole(f"/kpi/{codes}", "kpi")]
        about = {text_in(row, "id", "Kolada (kpi)"): row for row in rows}
        for figure in self._figures:
            if figure.code not in about:
                raise ChangedDimensionError(
                    f"Kolada has no key figure {figure.code} any more: look at kolada.se what has come instead."
                )
            title = text_in(about[figure.code], "title", f"Kolada ({figure.code})")
            if not all(word in title.casefold() for word in figure.title_words):
                raise ChangedDimensionError(
                    f"Kolada's key figure {figure.code} is now called “{title[:80]}”, so nothing of it is used:"
                    f" look at kolada.se whether it still is what {figure.indicator} says."
                )
        return about

    def _updated(self, about: Fields) -> str | None:
        """Give the newest day of publication that has come; one to come is when preliminary figures become final."""
        days = [about.get(name) for name in ("prel_publication_date", "publication_date")]
        today = self._clock.now().date().isoformat()
        return max((day[:10] for day in days if isinstance(day, str) and day[:10] <= today), default=None)

    def _whole(self, path: str, about: str, parameters: tuple[tuple[str, str], ...] = ()) -> list[object]:
        """Give the rows of all pages of an answer."""
        rows: list[object] = []
        count: object = None
        here = 0
        for page in self._pages(Call(about, path, parameters)):
            values = list_in(page, "values", f"Kolada ({about})")
            rows += values
            here = len(values)
            count = page.get("count")
        # ``count`` is of the page in version 2 and seems to be of the whole in version 3.
        if count not in (None, here, len(rows)):
            raise HalfAnswerError(
                f"Kolada ({about}) announced {count} rows and sent {len(rows)}: try again; what is fetched is kept."
            )
        return rows

    def _pages(self, call: Call) -> Iterator[Fields]:
        seen: set[Call] = set()
        following: Call | None = call
        while following is not None:
            if following in seen or len(seen) >= MOST_PAGES:
                raise UnreadableAnswerError(f"Kolada ({call.about}) sends calls round in a circle: try again later.")
            seen.add(following)
            page = fields_of(self._cache.document(following), f"Kolada ({call.about})")
            yield page
            # ``next_url`` in version 3, ``next_page`` in version 2.
            link = page.get("next_url") or page.get("next_page")
            following = self._next(link, call.about) if link else None

    def _next(self, link: object, about: str) -> Call:
        """Give the call for a further page; only path and question are taken from the link, never where it leads."""
        try:
            url = self._base.join(str(link))
        except httpx.InvalidURL:
            raise UnreadableAnswerError(
                f"Kolada ({about}) gives no readable link to the next page: try again."
            ) from None
        path, start = url.path, self._base.path.rstrip("/")
        if url.host != self._base.host or not path.startswith(start + "/"):
            raise OtherHostError(
                f"Kolada ({about}) sends the call for the next page on to {url.host}, which is not followed:"
                f" check {self._cache.answers.source.setting}."
            )
        return Call(about, path.removeprefix(start), tuple(url.params.multi_items()))


def _wanted_years(harvest: Harvest, wanted: Wanted) -> Harvest:
    kept = [one for one in harvest.observations if wanted.wants(one.year)]
    if others := len(harvest.observations) - len(kept):
        harvest.reports[0].kept -= others
        harvest.reports[0].leave_out("the year is not wanted", others)
    return Harvest(kept, harvest.reports)


def _year_of_group(title: str, kind: str | None, name: str) -> int | None:
    """Give the year of a group such as “Liknande kommuner grundskola, Höör, 2024”, or None when it is another one."""
    head, _, year = title.rpartition(",")
    what, _, whose = head.rpartition(",")
    words = what.replace(",", " ").casefold().split()
    alike_in = " ".join(words[2:])
    fits = alike_in.endswith(OVERALL) if kind is None else alike_in == kind.casefold()
    if words[:2] != ALIKE or whose.strip() != name or not fits:
        return None
    return int(year) if year.strip().isdecimal() else None

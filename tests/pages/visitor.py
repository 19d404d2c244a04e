"""A visitor who opens pages, chooses and reads; pages run for real, without a browser."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from streamlit.testing.v1 import AppTest

PROJECT = Path(__file__).parents[2]
PAGES = ("overview", "segregation", "districts", "places", "roadmap", "knowledge_circle", "presentation", "methods")
ADDRESS = {
    "overview": "",
    "segregation": "segregation",
    "districts": "stadsdelar",
    "places": "platser",
    "roadmap": "fardplan",
    "knowledge_circle": "kunskapscirkel",
    "presentation": "presentation",
    "methods": "data-och-metod",
}

_UNREAD = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL)
_WITHIN_A_WORD = re.compile(r"</?(?:span|strong|abbr|small|i)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")
_ALSO_READ = re.compile(r"(?:title|aria-label|alt)=\"([^\"]*)\"")


def plain(markup: str) -> str:
    """Give what a reader of some HTML reads, names for screen readers included."""
    shown = _UNREAD.sub(" ", markup)
    spoken = " \n".join(_ALSO_READ.findall(shown))
    return html.unescape(f"{_TAG.sub(' ', _WITHIN_A_WORD.sub('', shown))} \n{spoken}")


def texts_of_chart(spec: Any) -> Iterator[str]:
    """Give every text of a chart: titles, descriptions, and the words in its data."""
    if isinstance(spec, dict):
        for key, value in spec.items():
            if key in {"title", "description", "text", "titleText"} and isinstance(value, str):
                yield value
            elif key == "values" and isinstance(value, list):
                for row in value:
                    yield from (cell for cell in row.values() if isinstance(cell, str)) if isinstance(row, dict) else ()
            else:
                yield from texts_of_chart(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from texts_of_chart(value)


def texts_of_map(content: dict[str, Any]) -> Iterator[str]:
    """Give every text of a network map: what it says of itself, and the names on it."""
    texts = content["texts"]
    yield from (texts["summary"], texts["keys"], texts["notLoaded"], *texts["buttons"])
    marks = content["marks"]
    yield from (one["label"] for one in [*marks["lines"], *marks["points"], *content["ground"]["cells"]])


class Visitor:
    """Somebody who reads the dashboard in one language.

    The app is run from a script elsewhere: beside the folder ``pages``, a test run of Streamlit takes the app for its
    older kind and runs a page without what stands around it. The server turns that off in its own way.
    """

    # Pages have their addresses only after a first run; they are the same for all visitors.
    _pages: ClassVar[dict[str, Any]] = {}

    def __init__(self, language: str = "sv", *, theme: str | None = None) -> None:
        self.at = AppTest.from_string(f"import runpy\nrunpy.run_path({str(PROJECT / 'app.py')!r})", default_timeout=60)
        self.language = language
        if theme:
            self.at.context["theme"] = theme

    def start(self, **address: object) -> Visitor:
        """Open the front page."""
        self._follow(address)
        self.at.run()
        return self

    def open(self, page: str, **address: object) -> Visitor:
        """Follow a link to a page."""
        if not Visitor._pages:
            Visitor._pages |= Visitor().start().at._registered_pages
        self.at._registered_pages = Visitor._pages
        self._follow(address)
        self.at.context["url"] = f"http://127.0.0.1:8501/{ADDRESS[page]}"
        self.at.switch_page(str(PROJECT / "pages" / f"{page}.py")).run()
        return self

    def _follow(self, address: dict[str, object]) -> None:
        self.at.query_params.clear()
        self.at.query_params.update(address | ({"lang": self.language} if self.language != "sv" else {}))

    def choose(self, key: str, value: object) -> Visitor:
        """Choose in a widget and wait for the page."""
        self.widget(key).set_value(value).run()
        return self

    def widget(self, key: str) -> Any:
        """Find a widget by its key."""
        kinds = (
            self.at.button_group,
            self.at.selectbox,
            self.at.multiselect,
            self.at.slider,
            self.at.text_input,
            self.at.checkbox,
        )
        return next(widget for kind in kinds for widget in kind if widget.key == key)

    def type(self, key: str, text: str) -> Visitor:
        """Write into a field, without sending it."""
        self.widget(key).set_value(text)
        return self

    def press(self, key: str) -> Visitor:
        """Press a button and wait for the page."""
        next(button for button in self.at.button if button.key == key).click().run()
        return self

    def warnings(self) -> list[str]:
        """Give what the page warns of."""
        return [one.value for one in self.at.warning]

    def keys(self, start: str = "") -> list[str]:
        """Give the keys of all buttons in groups that begin so."""
        return [group.key for group in self.at.button_group if str(group.key).startswith(start)]

    def is_well(self) -> bool:
        """Tell whether the page ran without a complaint."""
        return not (self.at.exception or self.at.error or self.at.warning)

    @property
    def markup(self) -> str:
        """All HTML of the page."""
        return "\n".join(element.value for element in self.at.get("html"))

    @property
    def headline(self) -> str:
        """The page's one sentence."""
        (found,) = re.findall(r'<h1 class="hs-headline">(.*?)</h1>', self.markup, re.DOTALL)
        return html.unescape(found)

    @property
    def titles(self) -> list[str]:
        """The headings of the page's parts."""
        return [html.unescape(one) for one in re.findall(r'<h2 class="hs-section">(.*?)</h2>', self.markup, re.DOTALL)]

    def charts(self) -> list[dict[str, Any]]:
        """Give the specifications of all charts."""
        return [json.loads(element.proto.spec) for element in self.at.get("vega_lite_chart")]

    def area_table(self) -> tuple[list[str], list[dict[str, Any]]]:
        """Give headings and rows of the table of areas; no rows when there is no table."""
        for content in self._components():
            if len(content) == 3:
                return content[1], content[2]
        return [], []

    def maps(self) -> list[dict[str, Any]]:
        """Give what the browser is sent of every network map."""
        return [content[0] for content in self._components() if len(content) == 1 and "marks" in content[0]]

    def _components(self) -> list[Any]:
        return [json.loads(element.proto.json) for element in self.at.get("bidi_component")]

    def labels(self) -> list[str]:
        """Give the names of the areas in the table."""
        return [row["texts"][0] for row in self.area_table()[1]]

    def words(self) -> str:
        """Give everything that is read on the page, code left out."""
        found = [plain(self.markup)]
        for kind in ("button_group", "selectbox", "multiselect", "slider"):
            for widget in getattr(self.at, kind):
                found.append(str(widget.proto.label))
                options = getattr(widget.proto, "options", ())
                found += [str(getattr(option, "content", option)) for option in options]
        found += [str(element.proto.label) for element in self.at.get("download_button")]
        headings, rows = self.area_table()
        found += [*headings, *(text for row in rows for text in [*row["texts"], *row["reasons"].values()])]
        found += [text for one in self.maps() for text in texts_of_map(one)]
        for element in self.at.get("vega_lite_chart"):
            found.append(element.proto.alt)
            found += texts_of_chart(json.loads(element.proto.spec))
        return " \n".join(found)

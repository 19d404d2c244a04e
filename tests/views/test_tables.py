import pytest
from bs4 import BeautifulSoup

from dashboard.i18n import Translator
from dashboard.views import html
from dashboard.views.classes import sequential_scheme
from dashboard.views.numbers import NumberFormat
from dashboard.views.tables import Cell, Column, RankedBar, ranked_bars, table_html
from dashboard.views.theme import LIGHT

COLUMNS = [Column("area", "Stadsdel"), Column("value", "Värde", numeric=True)]


def soup(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


def test_table_has_caption_and_headings(t: Translator) -> None:
    page = soup(table_html(COLUMNS, [{"area": "A", "value": "1"}], caption="Index", t=t))
    assert page.caption is not None
    assert page.caption.text == "Index"
    assert [(h["scope"], h.text) for h in page.find_all("th")] == [
        ("col", "Stadsdel"),
        ("col", "Värde"),
        ("row", "A"),
    ]
    assert page.find("td", class_="hs-num").text == "1"


def test_table_can_be_scrolled_by_keyboard(t: Translator) -> None:
    region = soup(table_html(COLUMNS, [], caption="Index", t=t, hide_caption=True, max_height=300)).div
    assert region is not None
    assert (region["role"], region["tabindex"], region["aria-label"]) == ("region", "0", "Index")
    assert region["style"] == "max-height:300px"
    assert region.caption is not None
    assert region.caption["class"] == ["hs-hidden"]


def test_missing_value_has_its_reason_beside_it_and_below(t: Translator) -> None:
    rows = [
        {"area": "A", "value": Cell("..", "Skyddas av SCB.")},
        {"area": "B", "value": Cell("..", "Skyddas av SCB.")},
        {"area": "C"},
    ]
    page = soup(table_html(COLUMNS, rows, caption="x", t=t, notes=["Not."]))
    assert [a["title"] for a in page.find_all("abbr")] == ["Skyddas av SCB."] * 2 + ["Uppgift saknas hos källan."]
    assert [s.text for s in page.tbody.find_all("sup")] == ["1", "1", "2"]
    below = [li.text for li in page.find_all("li")]
    assert below == ["1 Skyddas av SCB.", "2 Uppgift saknas hos källan.", "Not."]


def test_highlighted_rows_and_escaping(t: Translator) -> None:
    text = table_html(COLUMNS, [{"area": "<i>", "value": "&"}], caption='"<', t=t, highlighted=[0], notes=["<u>"])
    page = soup(text)
    assert page.tbody.tr["class"] == ["hs-marked"]
    assert page.find(["i", "u"]) is None
    assert page.caption.text == '"<'


def bars(t: Translator, fmt: NumberFormat, rows: list[RankedBar], mean: tuple[float, str] | None = None) -> str:
    scheme = sequential_scheme([5, 10], t, fmt, LIGHT)
    heads = {"caption": "Index", "label_header": "Stadsdel", "value_header": "Värde"}
    return ranked_bars(rows, scheme, LIGHT, t=t, mean=mean, **heads)


def test_ranked_bars_are_a_table_with_both_ends(t: Translator, fmt: NumberFormat) -> None:
    rows = [RankedBar("A", 2.2, "2,2", 0), RankedBar("B", 32.5, "32,5", 2, marked=True)]
    page = soup(bars(t, fmt, rows, mean=(8.0, "8,0")))
    assert [th.text for th in page.tbody.find_all("th")] == ["A", "B"]
    assert [td.text for td in page.find_all("td", class_="hs-bar-value")] == ["2,2", "32,5"]
    widths = [float(i["style"].split("width:")[1].split("%")[0]) for i in page.find_all(class_="hs-bar-fill")]
    assert widths[1] / widths[0] == pytest.approx(32.5 / 2.2, rel=0.01)
    assert len(page.find_all(class_="hs-bar-mean")) == 2
    assert "Hela staden: 8,0" in page.text
    assert page.find_all("tr")[2]["class"] == ["hs-marked"]
    assert [td["title"] for td in page.find_all("td", class_="hs-bar-cell")] == ["under 5", "10 och över"]


def test_missing_bar_is_not_a_bar_of_nothing(t: Translator, fmt: NumberFormat) -> None:
    page = soup(bars(t, fmt, [RankedBar("A", None, "..", None, reason="Skyddas."), RankedBar("B", 0.0, "0,0", 0)]))
    assert len(page.find_all(class_="hs-bar-fill")) == 1
    assert page.abbr["title"] == "Skyddas."


def test_bars_below_nothing_are_refused(t: Translator, fmt: NumberFormat) -> None:
    with pytest.raises(ValueError, match="below 0"):
        bars(t, fmt, [RankedBar("A", -1.0, "−1", 0)])


def test_pieces_of_html_are_escaped() -> None:
    nasty = '<script>"&'
    made = [
        html.headline(nasty, nasty),
        html.section(nasty, nasty),
        html.subsection(nasty),
        html.paragraph(nasty),
        html.source_line(nasty),
        html.note(nasty),
        html.notice(nasty, nasty),
        html.empty_state(nasty, nasty, nasty),
        html.definition_list([(nasty, nasty)]),
        html.brand(nasty, nasty),
    ]
    for text in made:
        assert "<script" not in text
        assert "&lt;script&gt;&quot;&amp;" in text
    assert html.headline("A") == '<h1 class="hs-headline">A</h1>'
    assert html.attributes({"a": 'b"', "c": None}) == ' a="b&quot;"'

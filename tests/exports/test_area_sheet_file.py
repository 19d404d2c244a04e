"""The page on an area as a PDF: tagged, titled, in its own fonts, on one page, and every text as it is written."""

from __future__ import annotations

import io
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pypdf
import pytest

from dashboard.exports import area_sheet_file
from dashboard.exports.area_sheet_file import area_sheet_pdf
from dashboard.exports.typst_file import BOX, SheetFileError
from dashboard.sheets import AreaSheet, Bar, Bars, KeyFigure, Listed, Shape, SmallMap, Window

SQUARE = ((0.0, 0.0), (0.0, 900.0), (900.0, 900.0), (900.0, 0.0))
HOSTILE = (
    '#import "x": *',
    "$x^2$ @ref <lab>",
    "*bold* _em_ `raw` // comment",
    "/* open [#panic()]",
    "\\u{1} = Heading",
)


def sheet(**changes: object) -> AreaSheet:
    """Give a made-up page."""
    whole = KeyFigure("Folkmängd", "2025", "1\xa0234", "5\xa0678", "100", "2\xa0000", 0.5, None, (0.0, 0.5, 1.0))
    none = KeyFigure(
        "Hyresrätter", "2025", "..", "42,2\xa0%", "2,4\xa0%", "88,0\xa0%", reason="Källan visar inte värdet."
    )
    bars = Bars(
        "Ålder, 2025", (Bar("0–19 år", "34\xa0%", 1.0, "23\xa0%", 0.7),), "Ålder. 0–19 år 34\xa0%.", "Mörk: området."
    )
    found = AreaSheet(
        language="sv",
        name="Åsbräcka-Östra Ängö",
        kind="Stadsdel i Provby (RegSO 1487R001)",
        document="Åsbräcka-Östra Ängö: området i korthet, Provby",
        title="1\xa0234 personer bor här.",
        lead="I hela Provby är det fler.",
        map=SmallMap(
            (Shape((SQUARE,), True),), (Window(-100, -100, 1000, 1000, "Provby"),), "Karta: området ligger mitt i."
        ),
        figures_heading="Området och hela staden",
        headings=("Mått", "Området", "Hela staden", "Mellan lägst och högst"),
        legend=("Området", "Hela staden", "Varje område"),
        figures_note="Lägst och högst gäller stadsdelar.",
        figures=(whole, none),
        ages=bars,
        tenure=Bars("Upplåtelseform", none="Uppgift saknas."),
        change=Listed("Ändrat", ("Folkmängd: 16 fler än 2024",)),
        roadmap=Listed("Färdplanen", none="Inget projekt."),
        caveats=Listed("Läs så", ("Talen gäller området.",)),
        how=Listed("Så räknades detta", ("Källa: SCB.",)),
        made="Gjord 1 januari 2026",
        fingerprint="SHA-256: abc",
        link="https://example.org/stadsdelar?omraden=1",
        link_text="Öppna området",
        file_name="stadsdel-1487R001",
    )
    return replace(found, **changes)


def read(page: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(page))


def text_of(page: bytes) -> str:
    (only,) = read(page).pages
    return " ".join(only.extract_text().replace("\xa0", " ").split())


def tags(reader: pypdf.PdfReader) -> tuple[Counter[str], list[str]]:
    """Give how many tags of each kind there are, and the words for pictures."""
    kinds: Counter[str] = Counter()
    said: list[str] = []
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            kinds[str(node.get("/S", ""))] += 1
            said += [str(node["/Alt"])] if node.get("/S") == "/Figure" else []
            waiting += [node["/K"]] if "/K" in node else []
    return kinds, said


@pytest.fixture(scope="module")
def page() -> bytes:
    return area_sheet_pdf(sheet())


def test_the_file_is_tagged_as_pdf_ua_asks(page: bytes) -> None:
    reader = read(page)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "sv"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == sheet().document
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    kinds, said = tags(reader)
    assert kinds["/H1"] == 1
    assert kinds["/H2"] == 7
    assert (kinds["/TH"], kinds["/TD"]) == (4, 8)
    assert kinds["/Link"] == 1
    assert sorted(said) == sorted([sheet().map.said, sheet().ages.said])


def test_the_fonts_are_the_dashboards_own_and_within(page: bytes) -> None:
    fonts = [one.get_object() for one in read(page).pages[0]["/Resources"]["/Font"].values()]
    assert {str(font["/BaseFont"]).partition("+")[2] for font in fonts} == {
        "AtkinsonHyperlegibleNext-Regular",
        "AtkinsonHyperlegibleNext-Bold",
    }
    assert all("/FontFile2" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts)


def test_texts_stand_in_the_order_that_they_are_read_in(page: bytes) -> None:
    text = text_of(page)
    order = [
        "Åsbräcka-",
        "Stadsdel i Provby",
        "1 234 personer",
        "Mått",
        "Folkmängd",
        "Ålder, 2025",
        "Läs så",
        "SHA-256",
    ]
    assert [text.index(one) for one in order] == sorted(text.index(one) for one in order)
    assert f"Öppna området: {sheet().link}" in text
    assert "Hyresrätter 2025 .. 42,2 % Källan visar inte värdet." in text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_text_is_never_taken_for_markup(hostile: str) -> None:
    found = text_of(area_sheet_pdf(sheet(roadmap=Listed("Färdplanen", (hostile,)))))
    assert hostile.replace(" ", "") in found.replace(" ", "")


def test_a_letter_that_no_font_has_becomes_a_box_and_other_alphabets_stay() -> None:
    found = text_of(area_sheet_pdf(sheet(roadmap=Listed("Färdplanen", ("Привет 日本 \x07 torg",)))))
    assert f"Привет {BOX}{BOX} {BOX} torg" in found


def test_long_texts_stay_on_one_page() -> None:
    long = "Nordöstra Åsbräcka-Ängö-Öckerö-Vårvik-Överby-Skogshöjden-Källstorp"
    lines = tuple(f"{long} {long} {number}" for number in range(9))
    found = text_of(
        area_sheet_pdf(
            sheet(
                name=long,
                figures=sheet().figures * 5,
                change=Listed("Ändrat", lines),
                caveats=Listed("Läs så", lines),
                roadmap=Listed("Färdplanen", lines),
            )
        )
    )
    assert found.count("Vårvik") == 1 + 2 * 3 * 9


def test_without_map_figures_link_and_bars_there_is_a_page() -> None:
    empty = sheet(language="en", map=SmallMap(none="No map."), figures=(), link="", ages=Bars("Age", none="Not known."))
    page = area_sheet_pdf(empty)
    assert read(page).trailer["/Root"]["/Lang"] == "en"
    assert "No map." in text_of(page)
    assert tags(read(page))[0]["/Figure"] == 0


def test_two_who_ask_at_once_both_get_their_page() -> None:
    with ThreadPoolExecutor(2) as pool:
        pages = list(pool.map(area_sheet_pdf, [sheet(name=f"Torg {number}") for number in range(4)]))
    assert [f"Torg {number}" in text_of(page) for number, page in enumerate(pages)] == [True] * 4


def test_what_is_missing_or_broken_is_said_in_one_sentence(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(area_sheet_file, "FONTS", tmp_path)
    with pytest.raises(
        SheetFileError, match=r"^The font AtkinsonHyperlegibleNext-Regular\.ttf is missing: put \S+ back as"
    ):
        area_sheet_pdf(sheet())
    monkeypatch.undo()
    broken = tmp_path / "broken.typ"
    broken.write_text("#let x = \n#nothing()", "utf-8")
    monkeypatch.setattr(area_sheet_file, "TEMPLATE", broken)
    with pytest.raises(
        SheetFileError, match=r"^The page on Åsbräcka-Östra Ängö cannot be set with broken\.typ: [^\n]+\.$"
    ):
        area_sheet_pdf(sheet())

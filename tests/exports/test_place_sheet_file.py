"""The pages on a place as a PDF: tagged, titled, two pages, in the order that they are read, every text as written."""

from __future__ import annotations

import io
import unicodedata
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pypdf
import pytest
from hostile_texts import HOSTILE

from dashboard.exports import place_sheet_file
from dashboard.exports.place_sheet_file import place_sheet_pdf
from dashboard.exports.typst_file import SheetFileError
from dashboard.place_sheets import BarCell, BarRow, BarTable, MapLine, MapMark, PlaceMap, PlaceSheet, Voice
from dashboard.sheets import Item, Section, Window

ARABIC = "نحتاج إلى مقاعد في الساحة."
LONG = "Nordöstra Åsbräcka-Ängö-Öckerö-Vårvik-Överby-Skogshöjden-Källstorps resecentrumtorg"


def table(heading: str, *rows: BarRow) -> BarTable:
    return BarTable(
        heading,
        f"{heading}, en mening.",
        ("Grupp", "5 min", "Hela kommunen"),
        rows or (BarRow("0–19 år", "2025", (BarCell("31\xa0%", 0.31), BarCell("23\xa0%", 0.23))),),
        (f"Källa till {heading.lower()}.",),
        beside=True,
    )


def sheet(**changes: object) -> PlaceSheet:
    """Give made-up pages."""
    found = PlaceSheet(
        language="sv",
        document="Åtorget: platsen i korthet, Provby",
        name="Åtorget",
        kind="Torg i Provby",
        title="Åtorget nås till fots av ungefär 1\xa0200 på tio minuter.",
        plans="I färdplanen gäller platsen: Nytt torg (detaljplan).",
        notice=("Schematiskt gångnät, uppskattade avstånd.", "Avstånden är uppskattade."),
        map=PlaceMap(
            Window(0, 0, 1000, 1000, ""),
            (((0.0, 0.0), (0.0, 900.0), (900.0, 900.0), (900.0, 0.0)),),
            (
                MapLine("walk_0", ((100.0, 100.0), (500.0, 500.0))),
                MapLine("unreached", ((500.0, 500.0), (900.0, 100.0))),
                MapLine("water", ((0.0, 700.0), (1000.0, 800.0))),
            ),
            (MapMark("chosen", 500, 500, "Åtorget"), MapMark("crossing_open", 500, 750, "Lilla bron")),
            (("walk_0", "0–5 min att gå"), ("water", "vattendrag"), ("chosen", "platsen")),
            "Karta över gångvägarna runt Åtorget.",
        ),
        people=table("Vem kan gå hit", BarRow("Alla boende", "2025", (BarCell("1\xa0200", 1.0), BarCell("5\xa0678")))),
        mix=table("Hur blandade"),
        ways=table(
            "Hur långt", BarRow("Bibliotek: Lilla biblioteket", "", (BarCell("850\xa0m", 0.5), BarCell("11 min")))
        ),
        central=BarTable("Hur centralt", none="Uppgift saknas: inte uträknat."),
        barriers=Section("Vad som är i vägen", items=(Item("Barriärer inom 500 m:", "Ån."),)),
        use=Section("Användning", texts=("Uppgift saknas. Ingen har observerat platsen.",)),
        roadmap=Section("Projekt och delmål", items=(Item("Nytt torg.", "Pågår. Delmål: Bänkar klara."),)),
        voices_heading="Vad boende har sagt",
        voices=(
            Voice("Det är mörkt på gångvägen.", "sv", True, False, "Ordagrant. Cirkeln var enig."),
            Voice(ARABIC, "ar", True, True, "Ordagrant, på arabiska."),
        ),
        voices_note="2 av 3 publicerade inspel.",
        assumed=Section("Det här är antaget", items=(Item("", "Nätet är uppskattat."),)),
        how=Section("Så räknades detta", items=(Item("Mötespotential.", "Entropin delad med stadens."),)),
        made="Gjord 1 januari 2026",
        fingerprint="SHA-256: abc",
        link="https://example.org/platser?plats=atorget",
        link_text="Öppna platsen",
        code_said="QR-kod med länken",
        page_of=" av ",
        file_name="plats-atorget",
    )
    return replace(found, **changes)


def read(pages: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pages))


def text_of(pages: bytes) -> str:
    text = " ".join(page.extract_text() for page in read(pages).pages)
    return " ".join(text.replace("\xa0", " ").replace("\xad", "-").split())


def elements(reader: pypdf.PdfReader) -> list[pypdf.generic.DictionaryObject]:
    """Give the tags in the order that they are read in."""
    found = []

    def walk(node: object) -> None:
        inner = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(inner, list):
            for one in inner:
                walk(one)
        elif isinstance(inner, dict):
            if "/S" in inner:
                found.append(inner)
            if "/K" in inner:
                walk(inner["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


@pytest.fixture(scope="module")
def pages() -> bytes:
    return place_sheet_pdf(sheet())


def test_the_file_is_tagged_as_pdf_ua_asks(pages: bytes) -> None:
    reader = read(pages)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "sv"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == sheet().document
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert len(reader.pages) == 2
    found = elements(reader)
    kinds = Counter(str(one["/S"]) for one in found)
    assert (kinds["/H1"], kinds["/H2"]) == (1, 10)
    assert kinds["/Table"] == 3
    assert kinds["/BlockQuote"] == 2
    assert kinds["/Link"] == 1
    said = [str(one["/Alt"]) for one in found if one["/S"] == "/Figure"]
    assert said == [sheet().map.said, sheet().code_said]


def test_headings_are_read_from_what_the_place_is_to_how_it_was_worked_out(pages: bytes) -> None:
    text = text_of(pages)
    order = [
        "Torg i Provby",
        "1 200 på tio minuter",
        "I färdplanen gäller",
        "Schematiskt gångnät, uppskattade",
        "Vem kan gå hit",
        "Hur blandade",
        "Hur centralt",
        "Hur långt",
        "Vad som är i vägen",
        "Projekt och delmål",
        "Vad boende har sagt",
        "Användning",
        "Det här är antaget",
        "Så räknades detta",
        "Gjord 1 januari",
    ]
    where = [text.index(one) for one in order]
    assert where == sorted(where)
    assert "0–19 år 2025 31 % 23 %" in text
    assert f"Öppna platsen: {sheet().link}" in text
    assert "1 av 2" in text
    assert "2 av 2" in text


def test_what_residents_said_keeps_its_language_its_direction_and_its_quotation_marks(pages: bytes) -> None:
    marked = [str(one.get("/Lang", "")) for one in elements(read(pages))]
    assert "ar" in marked
    assert "”Det är mörkt på gångvägen.”" in text_of(pages)
    words: list[tuple[str, float]] = []

    def note(text, _, matrix, __, ___):
        if any(unicodedata.bidirectional(sign) == "AL" for sign in text):
            words.append((text, matrix[4]))

    for page in read(pages).pages:
        page.extract_text(visitor_text=note)
    said = {sign for text, _ in words for sign in unicodedata.normalize("NFKC", text)}
    assert {sign for sign in ARABIC if sign.isalpha()} <= said


def test_the_fonts_are_within(pages: bytes) -> None:
    for page in read(pages).pages:
        fonts = [one.get_object() for one in page["/Resources"]["/Font"].values()]
        assert any("AtkinsonHyperlegibleNext" in str(font["/BaseFont"]) for font in fonts)
        for font in fonts:
            described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(described)


def test_every_column_of_a_table_has_a_header_and_bars_are_no_part_of_what_is_read(pages: bytes) -> None:
    kinds = Counter(str(one["/S"]) for one in elements(read(pages)))
    assert (kinds["/TH"], kinds["/TD"]) == (9, 9)


def test_names_on_the_map_are_written_once(pages: bytes) -> None:
    assert text_of(pages).count("Lilla bron") == 1


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_text_is_never_taken_for_markup(hostile: str) -> None:
    changed = sheet(
        name=hostile,
        voices=(Voice(hostile, "so", False, False, hostile),),
        map=replace(sheet().map, marks=(MapMark("chosen", 500, 500, hostile),), said=hostile),
    )
    assert len(read(place_sheet_pdf(changed)).pages) == 2


def test_long_texts_stay_on_two_pages() -> None:
    rows = tuple(BarRow(f"{LONG} {n}", "2025", (BarCell("31\xa0%", 0.31), BarCell("23\xa0%", 0.23))) for n in range(4))
    long = Section("Lista", items=tuple(Item(LONG, f"{LONG} {n}.") for n in range(2)))
    found = place_sheet_pdf(
        sheet(
            name=LONG,
            people=table("Vem", *rows),
            ways=table("Hur långt", *rows),
            barriers=long,
            roadmap=long,
            use=long,
            assumed=long,
            how=long,
            voices=tuple(Voice(LONG, "sv", True, False, LONG) for _ in range(2)),
        )
    )
    assert len(read(found).pages) == 2
    for before, after in pairwise(["Vem, en mening", "Hur långt, en mening", "SHA-256"]):
        assert text_of(found).index(before) < text_of(found).index(after)


def test_a_place_that_nothing_is_known_of_has_its_pages_in_english() -> None:
    nothing = BarTable("Numbers", none="Not known.")
    found = place_sheet_pdf(
        sheet(
            language="en",
            map=PlaceMap(none="Not known: too far."),
            people=nothing,
            mix=nothing,
            ways=nothing,
            voices=(),
            voices_note="Not known: nothing said.",
            notice=("", ""),
            link="",
        )
    )
    reader = read(found)
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert [one for one in elements(reader) if one["/S"] == "/Figure"] == []
    text = text_of(found)
    assert "Not known: too far." in text
    assert text.count("Not known.") == 3
    assert "Not known: nothing said." in text


def test_what_is_missing_or_broken_is_said_in_one_sentence(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(place_sheet_file, "FONTS", tmp_path)
    with pytest.raises(
        SheetFileError, match=r"^The font AtkinsonHyperlegibleNext-Regular\.ttf is missing: put \S+ back"
    ):
        place_sheet_pdf(sheet())
    monkeypatch.undo()
    broken = tmp_path / "broken.typ"
    broken.write_text("#let x = \n#nothing()", "utf-8")
    monkeypatch.setattr(place_sheet_file, "TEMPLATE", broken)
    with pytest.raises(SheetFileError, match=r"^The pages on Åtorget cannot be set with broken\.typ: [^\n]+\.$"):
        place_sheet_pdf(sheet())

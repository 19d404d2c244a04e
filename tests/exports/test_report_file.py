"""A report as a PDF: tagged, titled, with numbered pages, headings of tables repeated, every text as it is written."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import pytest

from dashboard.exports import report_file
from dashboard.exports.report_file import report_pdf
from dashboard.exports.typst_file import SheetFileError
from dashboard.sheets import Item, PaperCell, PaperTable, Report, Section

ROW = (PaperCell("Torget", note="Ansvarig: uppgift saknas"), PaperCell(lines=("Nytt delmål: Ritning.", "Flyttat.")))
REPORT = Report(
    language="sv",
    document="Färdplanen för Provby, lägesrapport",
    title="60 projekt i färdplanen",
    kind="Lägesrapport",
    dates=("Gjord i dag.",),
    lead=("Ingenting har ändrats.",),
    sections=(
        Section("Att se till nu", items=(Item("Viktigt:", "Slutrapporten."),)),
        Section("Projekt", texts=("Alla.",)),
        Section("Blandade bostäder", 3, table=PaperTable(("Projekt", "Ändrat"), (ROW,) * 60, (1.0, 1.0))),
    ),
    page_of=" av ",
    link="https://example.org/fardplan",
    link_text="Färdplanen",
    fingerprint="SHA-256: abc",
)
HOSTILE = '#import "x": * $x^2$ @ref <lab> *bold* _em_ `raw` // comment /* open [#panic()] \\u{1} = Heading'


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def text_of(page: pypdf.PageObject) -> str:
    return " ".join(page.extract_text().replace("\xa0", " ").split())


def kinds(reader: pypdf.PdfReader) -> list[str]:
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            found.append(str(node.get("/S", "")))
            waiting += [node["/K"]] if "/K" in node else []
    return found


@pytest.fixture(scope="module")
def reader() -> pypdf.PdfReader:
    return read(report_pdf(REPORT))


def test_the_file_is_tagged_as_pdf_ua_asks(reader):
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "sv"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == REPORT.document
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    found = kinds(reader)
    assert [found.count(one) for one in ("/H1", "/H2", "/H3", "/Table", "/TH", "/TD")] == [1, 2, 1, 1, 2, 120]
    assert [one["/Title"] for one in reader.outline if isinstance(one, dict)] == [REPORT.title]


def test_pages_are_numbered_and_each_repeats_the_headings_of_a_table(reader):
    texts = [text_of(page) for page in reader.pages]
    assert len(texts) > 2
    for number, text in enumerate(texts, 1):
        assert f"{REPORT.document} {number} av {len(texts)}" in text
        # The last page may hold the lines at the end alone.
        assert "Projekt Ändrat Torget" in text or number == len(texts)
    assert f"Färdplanen: {REPORT.link} SHA-256: abc" in texts[-1]
    order = ["Lägesrapport", REPORT.title, "Gjord", "Ingenting", "Viktigt: Slutrapporten.", "Alla.", "Ansvarig"]
    assert [texts[0].index(one) for one in order] == sorted(texts[0].index(one) for one in order)


def test_a_text_is_never_taken_for_markup_and_any_length_finds_room():
    cell = PaperCell(HOSTILE, (HOSTILE,), HOSTILE)
    long = PaperCell("Ord " * 3000)
    table = PaperTable((HOSTILE, "B"), ((cell, long),), (1.0, 1.0), (1,))
    section = Section(HOSTILE, texts=(HOSTILE,), items=(Item(HOSTILE, HOSTILE),), table=table)
    made = replace(
        REPORT, title=HOSTILE, lead=(HOSTILE,), sections=(section,), document=HOSTILE, language="en", link=""
    )
    found = read(report_pdf(made))
    text = "".join(page.extract_text() for page in found.pages)
    assert "".join(text.split()).count("[#panic()]") >= 9
    assert text.count("Ord") == 3000
    assert found.metadata.title == HOSTILE


def test_what_is_broken_is_said_in_one_sentence(tmp_path, monkeypatch):
    broken = tmp_path / "broken.typ"
    broken.write_text("#nothing()", "utf-8")
    monkeypatch.setattr(report_file, "TEMPLATE", broken)
    with pytest.raises(SheetFileError, match=r"^The report “Färdplanen .*” cannot be set with broken\.typ: [^\n]+\.$"):
        report_pdf(REPORT)

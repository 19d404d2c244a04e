"""What belongs to a figure: the table, the card “så räknades detta”, and the files."""

import csv
import io
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import OpenTab
from playwright.sync_api import Locator, expect
from visit import SWEDISH, Visit

# One of each kind of figure and of table; `tests/pages/test_page_segregation.py` opens those of all parts without one.
PAGES = (
    "",
    "segregation",
    "segregation?del=mix&uppdelning=tenure",
    "segregation?del=what_if&bostader=1.kkj.b-1488C1090-b-200_b-1488R011-h-150",
    "stadsdelar?omraden=1488C1070",
)
BOM = b"\xef\xbb\xbf"
#: What can be opened below a figure; one that is a table itself has no further one.
TABLE, CARD, FILES = "figure.table", "figure.how", "figure.download"


def figures(visit: Visit) -> list[str]:
    """Give the keys of the choices below the figures of a page."""
    found = visit.page.evaluate(
        """() => [...document.querySelectorAll('[class*=st-key-more-]')]
            .map(one => [...one.classList].find(name => name.startsWith('st-key-more-')).slice('st-key-'.length))"""
    )
    assert len(found) == len(set(found))
    return found


@pytest.mark.parametrize("path", PAGES)
def test_every_figure_opens_its_table_and_its_card(looking_tab: OpenTab, path: str) -> None:
    visit = looking_tab().go(path)
    keys = figures(visit)
    assert keys
    tables = visit.page.locator("[data-testid=stMain] table.hs-table")
    definitions = visit.page.locator("[data-testid=stMain] dl.hs-definitions")
    codes = visit.page.locator("[data-testid=stCode]")
    # Whoever does not see a chart reads its table.
    with_table = [key for key in keys if visit.buttons(key).filter(has_text=SWEDISH(TABLE)).count()]
    assert len(with_table) >= visit.page.locator("[data-testid=stVegaLiteChart]").count()
    for key in keys:
        before = tables.count(), definitions.count()
        if key in with_table:
            visit.choose(key, TABLE)
            expect(tables).to_have_count(before[0] + 1)
        visit.choose(key, CARD)
        expect(definitions).to_have_count(before[1] + 1)
        expect(tables).to_have_count(before[0])
        # The query that ran lies folded up, the link that restores the view open.
        named = str(SWEDISH("figure.query", name="…")).partition("(")[0]
        query = visit.page.locator("[data-testid=stExpander]").filter(has_text=named).last
        query.locator("summary").click()
        expect(query.locator("[data-testid=stCode]").first).to_be_visible()
        assert "select" in query.inner_text().lower()
        assert f"{visit.address}/{path}" in [code.strip() for code in codes.all_inner_texts()]
        # Pressed once more, a choice closes what it opened.
        visit.settle().choose(key, CARD)
        expect(definitions).to_have_count(before[1])
        visit.settle()
    assert visit.complaints == []


def _download(visit: Visit, buttons: Locator, name: str, folder: Path) -> Path:
    with visit.page.expect_download() as wait:
        buttons.get_by_role("button", name=SWEDISH(f"figure.{name}"), exact=True).click()
    target = folder / wait.value.suggested_filename
    wait.value.save_as(target)
    return target


def _files(visit: Visit, buttons: Locator, folder: Path) -> tuple[bytes, bytes, pa.Table]:
    excel, plain, parquet = (_download(visit, buttons, name, folder) for name in ("excel", "csv", "parquet"))
    assert excel.name.endswith("-excel.csv")
    assert (plain.suffix, parquet.suffix) == (".csv", ".parquet")
    return excel.read_bytes(), plain.read_bytes(), pq.read_table(parquet)


def _rows(text: str, delimiter: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def _assert_same(excel: bytes, plain: bytes, table: pa.Table, number: str) -> list[dict[str, str]]:
    """Check that the three files say the same, each in its own way, and give the rows of the plain one."""
    assert excel.startswith(BOM)
    assert not plain.startswith(BOM)
    swedish, english = _rows(excel.decode("utf-8-sig"), ";"), _rows(plain.decode("utf-8"), ",")
    assert len(swedish) == len(english) == table.num_rows > 0
    told = {name.decode(): text.decode() for name, text in table.schema.metadata.items()}
    assert list(english[0]) == [*table.column_names, *told] == list(swedish[0])
    assert english[0].items() >= told.items()
    assert re.fullmatch("[0-9a-f]{64}", told["data_sha256"])
    assert told["view"].startswith("http://127.0.0.1")
    assert "SCB" in told["credit"]
    for semicolons, commas, value in zip(swedish, english, table.column(number).to_pylist(), strict=True):
        assert semicolons[number] == commas[number].replace(".", ",")
        assert (commas[number] == "") == (value is None)
        assert value is None or float(commas[number]) == pytest.approx(value, rel=1e-11)
    return english


def test_the_files_of_an_indicator_hold_the_published_figures(tab: OpenTab, tmp_path: Path) -> None:
    visit = tab().go("data-och-metod?matt=population")
    rows = _assert_same(*_files(visit, visit.widget("files-population"), tmp_path), number="value")
    [whole] = [row for row in rows if row["area_code"] == "1488" and row["year"] == "2025"]
    # Trollhättan's population at the end of 2025, as Statistics Sweden published it.
    assert float(whole["value"]) == 59_265
    small = {row["area_code"] for row in rows if re.fullmatch(r"1488[ABC]\d{4}_DeSO2025", row["area_code"])}
    assert len(small) == 32


def test_the_files_of_a_figure_hold_exactly_its_rows(tab: OpenTab, tmp_path: Path) -> None:
    visit = tab().go("segregation")
    visit.choose("more-contributions", FILES)
    rows = _assert_same(*_files(visit, visit.widget("files-contributions"), tmp_path), number="p")
    assert len(rows) == len({row["area_code"] for row in rows}) == 32
    visit.settle().choose("more-contributions", TABLE)
    shown = visit.page.locator("table.hs-table tbody tr").filter(has_text="1488C1070")
    [row] = [row for row in rows if row["area_code"].startswith("1488C1070")]
    percent = f"{100 * float(row['p']):.1f}".replace(".", ",")
    expect(shown.first).to_contain_text(f"{percent}\N{NO-BREAK SPACE}%")


def test_the_files_follow_the_filter(tab: OpenTab, tmp_path: Path) -> None:
    visit = tab().go("stadsdelar?typ=A")
    visit.choose("more-areas", FILES)
    rows = _assert_same(*_files(visit, visit.widget("files-areas"), tmp_path), number="value")
    assert {row["area_code"][4] for row in rows} == {"A"}

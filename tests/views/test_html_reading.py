"""Tables and legends of figures, read back from the HTML that the dashboard itself makes of them."""

from dashboard.views import html, maps, tables
from dashboard.views.classes import Scheme
from dashboard.views.html_reading import LegendItem, first_table, legend_items
from dashboard.views.map_layers import MapArea
from dashboard.views.theme import LIGHT


def test_a_table_as_it_is_read(t):
    columns = [tables.Column("name", "Område"), tables.Column("share", "Andel", numeric=True)]
    rows = [{"name": "Ö & <b>by</b>", "share": "12,5 %"}, {"name": "Ås", "share": tables.Cell("..", "för få")}]
    markup = tables.table_html(columns, rows, caption="Vad den visar", t=t, notes=["En rad under"])
    found = first_table(markup + markup)
    assert found.headings == ["Område", "Andel"]
    assert found.rows == [["Ö & <b>by</b>", "12,5 %"], ["Ås", ".."]], "without the signs of footnotes"


def test_bars_in_a_table_are_read_without_what_is_only_seen(t):
    scheme = Scheme(("a",), ("#0b5c8a",), ("",), "saknas")
    bars = [tables.RankedBar("Åsen", 3.0, "3 st", 0), tables.RankedBar("Ön", None, "..", None, reason="dolt")]
    found = first_table(
        tables.ranked_bars(bars, scheme, LIGHT, caption="c", label_header="Plats", value_header="Antal", t=t)
    )
    assert found.rows == [["Åsen", "3 st"], ["Ön", ".."]]


def test_no_table_has_no_rows():
    assert (first_table("<p>Bara ord</p>").headings, first_table("").rows) == ([], [])


def test_legends_of_charts_and_maps(t):
    assert legend_items(html.legend([("#123456", "Minskade & mer")], label="x")) == [
        LegendItem("#123456", "", "Minskade & mer")
    ]
    scheme = Scheme(("under 5", "5 och över"), ("#dcedea", "#12607c"), ("1", "2"), "saknas")
    areas = [MapArea("a", "A", "2", 0), MapArea("b", "B", "..", None)]
    found = legend_items(maps.legend_html(areas, scheme, LIGHT, t, label="Klasser"))
    assert found == [
        LegendItem("#dcedea", "1", "under 5"),
        LegendItem("#12607c", "2", "5 och över"),
        LegendItem("#ffffff", "..", "saknas"),
    ]

"""Pictures of slides made of figures: charts and maps drawn without a browser, in the colours of paper."""

import io
import json
import re
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from dashboard.colours import contrast, text_on
from dashboard.exports import chart_drawing
from dashboard.exports.chart_drawing import ChartError, chart_svg, svg_png
from dashboard.exports.safe_svg import ELEMENTS
from dashboard.slides import ChartPicture, TablePicture
from dashboard.views import maps
from dashboard.views.chart_slides import MOST_COLUMNS, MOST_ROWS, WIDTH, drawing, paper_colours, picture_of
from dashboard.views.charts import Series, StackedRow, tenure_bar, trend_line
from dashboard.views.classes import Scheme
from dashboard.views.drawn import Drawn, collected, note_chart, note_legend
from dashboard.views.extents import Extent
from dashboard.views.html_reading import LegendItem
from dashboard.views.map_layers import MapArea
from dashboard.views.theme import DARK, LIGHT

TABLE = "<table><thead><tr><th>År</th><th>Andel</th></tr></thead><tbody>{}</tbody></table>"
ROWS = "".join(f"<tr><th>{year}</th><td>{year - 2000},5 %</td></tr>" for year in range(2010, 2022))
SQUARE = [[[0, 0], [1000, 0], [1000, 1000], [0, 1000], [0, 0]]]


def line(theme, t, name="Trollhättan"):
    points = [(2023, 40.0, "40"), (2024, 1041.5, "1 041,5"), (2025, None, "..")]
    series = [Series(name, points, home=True)]
    return trend_line(series, theme=theme, t=t, description="I ord", value_title="Promille")


def shares(theme, t, fmt, **more):
    rows = [StackedRow("Åsen", (62.0, 38.0))]
    return tenure_bar(rows, ("Hyresrätt", "Äganderätt"), theme=theme, t=t, fmt=fmt, description="I ord", **more)


def city_map(theme, t):
    scheme = Scheme(("under 5", "5 och över"), (theme.sequential[0], theme.sequential[4]), ("1", "2"), "saknas")
    areas = [MapArea("a", "A", "2,2", 0, x=500, y=500)]
    spec = maps.area_map(
        areas,
        scheme,
        geometry_url="app/static/maps/m.json",
        extent=Extent(0, 0, 1000, 1000),
        theme=theme,
        t=t,
        description="x",
    )
    return spec, maps.legend_html(areas, scheme, theme, t, label="Klasser")


@pytest.fixture
def folder(tmp_path):
    shape = {"type": "Feature", "properties": {"code": "a"}, "geometry": {"type": "Polygon", "coordinates": SQUARE}}
    (tmp_path / "m.json").write_text(json.dumps({"type": "FeatureCollection", "features": [shape]}), "utf-8")
    return tmp_path


def words(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_a_chart_keeps_its_words_in_the_type_of_a_wide_window(t, tmp_path):
    hostile = "<script>alert(1)</script><image href='https://example.org'/>"
    svg, width, height = drawing(line(LIGHT, t, name=hostile), [], LIGHT, tmp_path)
    assert "Promille" in words(svg)
    # Numbers on axes are written as the language does.
    assert any(one.replace("\u00a0", " ") in ("1 000", "1 200") for one in words(svg))
    assert (width, svg.split(">", 1)[0]) == (WIDTH, f'<svg viewBox="0 0 {width} {height}"')
    sizes = {float(one) for one in re.findall(r'font-size="([^"]+)"', svg)}
    # On a screen of 1920 × 1080 the drawing is 864 wide.
    assert min(sizes) * 864 / width >= 28
    assert runs_nothing(svg)


def runs_nothing(svg: str) -> bool:
    """Tell whether a drawing has shapes and words alone; words may say anything."""
    found = list(ET.fromstring(svg).iter())  # noqa: S314  a drawing of ours
    attributes = {name for one in found for name in one.attrib}
    values = " ".join(value for one in found for value in one.attrib.values())
    return {one.tag for one in found} <= set(ELEMENTS) and not (
        attributes & {"href", "style", "class"}
        or any(name.startswith(("on", "{")) for name in attributes)
        or re.search(r"url\((?!#part-)|//", values)
    )


def test_a_map_is_drawn_from_the_file_of_the_build_with_its_legend_below(t, folder):
    spec, legend = city_map(LIGHT, t)
    # Whatever the address says, only a file of the build is read.
    before = spec["data"]["url"] = "https://example.org/../m.json"
    found, left = picture_of(Drawn([spec], [legend]), TABLE.format(ROWS), LIGHT, folder)
    assert isinstance(found, ChartPicture)
    assert runs_nothing(found.svg)
    assert LIGHT.sequential[0] in found.svg
    assert "<tspan" in found.svg
    assert ">under 5</tspan>" in found.svg
    assert (len(found.rows), left) == (12, 0)
    # The specification itself is still the one that the browser gets.
    assert spec["data"]["url"] == before


def test_a_map_has_no_more_corners_than_can_be_seen(t, folder):
    fine = [[100 + 0.01 * n, 100 + 0.02 * n] for n in range(2_000)]
    shape = json.loads((folder / "m.json").read_text("utf-8"))
    shape["features"][0]["geometry"]["coordinates"] = [[[0, 0], *fine, [1000, 0], [0, 0]]]
    (folder / "m.json").write_text(json.dumps(shape), "utf-8")
    svg, width, height = drawing(city_map(LIGHT, t)[0], [], LIGHT, folder)
    outline = max(re.findall(r' d="(M[^"]+)"', svg), key=len)
    assert 10 < outline.count("L") < 50
    corners = [tuple(map(float, one.split(","))) for one in re.findall(r"-?[\d.]+,-?[\d.]+", outline)]
    assert (width / 2 - height / 2, float(height)) in corners, "the south-west corner of the city stays where it is"


def test_a_map_whose_file_is_gone_cannot_be_drawn(t, tmp_path):
    with pytest.raises(FileNotFoundError):
        drawing(city_map(LIGHT, t)[0], [], LIGHT, tmp_path)


@pytest.mark.parametrize("key", ["url", "href"])
def test_nothing_is_drawn_that_would_ask_somebody_for_data(key, monkeypatch):
    monkeypatch.setattr(chart_drawing.subprocess, "run", lambda *given, **how: pytest.fail("it was drawn"))
    with pytest.raises(ChartError, match="brings its data along"):
        chart_svg({"mark": "point", "layer": [{"data": {key: "https://example.org/x.json"}}]})


def test_what_cannot_be_drawn_is_told():
    with pytest.raises(ChartError, match="cannot be drawn"):
        chart_svg({"mark": 5, "data": {"values": []}})


@pytest.mark.parametrize("make", [line, lambda theme, t: city_map(theme, t)[0]])
def test_what_was_drawn_in_the_dark_is_drawn_on_paper_as_in_the_light(t, make):
    assert paper_colours(make(DARK, t), [], DARK)[0] == make(LIGHT, t)


@pytest.mark.parametrize("colors", [None, "sequential"])
def test_what_is_written_on_parts_can_be_read_on_their_colours_of_paper(t, fmt, colors):
    def made(theme):
        given = {} if colors is None else {"colors": (theme.sequential[0], theme.sequential[4])}
        return shares(theme, t, fmt, **given)

    found = json.dumps(paper_colours(made(DARK), [], DARK)[0])
    assert found == json.dumps(made(LIGHT))
    assert contrast(text_on(LIGHT.sequential[0]), LIGHT.sequential[0]) > 4.5


def test_legends_get_the_colours_of_paper_too(t):
    _, items = paper_colours({}, [LegendItem(DARK.sequential[0], "1", "under 5")], DARK)
    assert items == [LegendItem(LIGHT.sequential[0], "1", "under 5")]


@pytest.mark.parametrize("specs", [[], [{}, {}]])
def test_a_figure_without_a_chart_of_its_own_becomes_the_first_rows_of_its_table(specs, tmp_path):
    found, left = picture_of(Drawn(specs), TABLE.format(ROWS), LIGHT, tmp_path)
    assert found == TablePicture(
        ("År", "Andel"), tuple((str(y), f"{y - 2000},5 %") for y in range(2010, 2010 + MOST_ROWS))
    )
    assert left == 12 - MOST_ROWS


def test_a_table_has_no_more_columns_than_a_slide(tmp_path):
    wide = TABLE.format("<tr>" + "<td>x</td>" * 9 + "</tr><tr><td>y</td></tr>")
    found, _ = picture_of(Drawn(), wide, LIGHT, tmp_path)
    assert {len(row) for row in (found.headings, *found.rows)} == {MOST_COLUMNS}


def test_a_png_is_as_large_as_asked_for_and_has_the_font_of_the_dashboard():
    svg = '<svg viewBox="0 0 200 40"><text x="2" y="30" font-size="30" fill="#000000">{}</text></svg>'
    image = Image.open(io.BytesIO(svg_png(svg.format("Ågatan 0"), 2)))
    assert image.size == (400, 80)
    ours, other = (
        svg_png(svg.format("Ågatan 0").replace("<text", one), 1) for one in ("<text", '<text font-family="serif"')
    )
    assert ours != other


def test_only_a_figure_that_is_being_laid_out_keeps_what_it_draws():
    spec = {"mark": "point"}
    note_chart(spec)
    with collected() as outer:
        note_chart(spec)
        with collected() as inner:
            note_legend("<ul></ul>")
    note_chart(spec)
    assert outer.specs == [spec]
    assert outer.specs[0] is spec, "it is not copied"
    assert (inner.specs, inner.legends, outer.legends) == ([], ["<ul></ul>"], [])

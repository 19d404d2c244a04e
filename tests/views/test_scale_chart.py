"""The line over scales: valid, hollow where the areas say as much, and nothing drawn where there is nothing."""

from vega_schema import assert_valid

from dashboard.i18n import get_translator
from dashboard.settings import read_settings
from dashboard.views import charts
from dashboard.views.theme import DARK, LIGHT

T = get_translator("sv", read_settings().locales_folder)


def line(dots, areas=(), theme=LIGHT):
    words = {"description": "I ord", "x_title": "x", "y_title": "y", "ticks": [200, 400]}
    return charts.scale_line(dots, areas, theme=theme, t=T, **words)


def rows_of(spec):
    return [row for layer in spec["layer"] for row in layer["data"]["values"]]


def test_the_line_is_valid_in_both_looks():
    dots = [
        charts.ScaleDot(200, 45.4, "de 200 närmaste", "45,4", 44.6, 46.2, "44,6–46,2", within=True),
        charts.ScaleDot(400, -1.0, "de 400 närmaste", "−1,0"),
    ]
    areas = [charts.ScaleDot(300, 45.0, "Delområden", "45,0"), charts.ScaleDot(350, 44.0, "Stadsdelar", "44,0")]
    for theme in (LIGHT, DARK):
        spec = line(dots, areas, theme)
        assert_valid(spec)
        assert charts.alt_text(spec) == "I ord"
    hollow = [layer for layer in spec["layer"] if layer["mark"].get("color") == DARK.surface]
    assert [row["people"] for layer in hollow for row in layer["data"]["values"]] == [200]
    low, high = spec["layer"][1]["encoding"]["y"]["scale"]["domain"]
    assert low < -1
    assert high > 46.2


def test_a_second_line_is_told_apart_without_colour_and_named_below():
    dots = [charts.ScaleDot(200, 45.4, "a", "45,4"), charts.ScaleDot(400, 40.0, "b", "40,0")]
    other = [charts.ScaleDot(200, 60.0, "c", "60,0", within=True), charts.ScaleDot(800, 30.0, "d", "30,0")]
    words = {"description": "I ord", "x_title": "x", "y_title": "y", "ticks": [200, 400, 800]}
    spec = charts.scale_line(dots, (), theme=LIGHT, t=T, other=other, lines=("Områden", "Rutor"), **words)
    assert_valid(spec)
    (line,) = (layer for layer in spec["layer"] if layer["mark"]["type"] == "line")
    assert [(row["line"], row["value"]) for row in line["data"]["values"]] == [
        ("Områden", 45.4),
        ("Områden", 40.0),
        ("Rutor", 60.0),
        ("Rutor", 30.0),
    ]
    solid, dashed = line["encoding"]["strokeDash"]["scale"]["range"]
    assert solid != dashed
    assert line["encoding"]["stroke"]["legend"] == line["encoding"]["strokeDash"]["legend"] is not None
    shapes = {row["name"]: layer["mark"].get("shape") for layer in spec["layer"] for row in layer["data"]["values"]}
    assert shapes == {"a": "circle", "b": "circle", "c": "square", "d": "square"}
    assert spec["layer"][0]["encoding"]["y"]["scale"]["domain"][1] > 60


def test_nothing_is_drawn_without_values():
    spec = line([])
    assert_valid(spec)
    assert rows_of(spec) == []
    # Without intervals no bars are drawn, which would make Vega warn of an axis without an end.
    assert all(layer["mark"]["type"] != "rule" for layer in line([charts.ScaleDot(200, 1.0, "a", "1,0")])["layer"])

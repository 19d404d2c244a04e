import json
import re
from collections.abc import Callable, Iterator

import pytest
from vega_schema import assert_valid

from dashboard.i18n import Translator
from dashboard.views import charts
from dashboard.views.numbers import NumberFormat
from dashboard.views.theme import DARK, LIGHT

WORDS = {"theme": LIGHT, "description": "I ord"}


def strip(t: Translator, **more: object) -> charts.Spec:
    dots = [
        charts.Dot("Hem", 16, "16\u00a0%", home=True),
        charts.Dot("B", 10, "10\u00a0%"),
        charts.Dot("C", 12, "12\u00a0%"),
        charts.Dot("D", None, ".."),
    ]
    return charts.strip_plot([charts.StripRow("Låg standard", dots, "procent")], t=t, **(WORDS | more))


def intervals(t: Translator, **more: object) -> charts.Spec:
    rows = [
        charts.IntervalRow("Hem", 45.4, "45,4", 44.6, 46.2, 2.0, True, "44,6–46,2", "2,0"),
        charts.IntervalRow('B "quoted"', 38.4, "38,4"),
    ]
    return charts.interval_dots(rows, t=t, axis_title="Index", **(WORDS | more))


def changes(t: Translator, **more: object) -> charts.Spec:
    rows = [
        charts.ChangeRow("Upp", 1.5, "+1,5", 0.4, 2.6, "0,4–2,6"),
        charts.ChangeRow('Ned "quoted"', -0.2, "−0,2", -0.9, 0.5, "−0,9 – 0,5", certain=False),
        charts.ChangeRow("Utan osäkerhet", -0.1, "−0,1"),
    ]
    return charts.change_bars(rows, t=t, axis_title="Punkter", **(WORDS | more))


def curve(t: Translator, **more: object) -> charts.Spec:
    points = [(0.0, 0.0), (0.8, 0.4), (0.9, 0.6), (1.0, 1.0)]
    words = WORDS | {"x_title": "x", "y_title": "y", "gap_label": "40"} | more
    return charts.segregation_curve(points, t=t, **words)


def trend(t: Translator, **more: object) -> charts.Spec:
    series = [
        charts.Series("Hem", [(2022, 1.0, "1"), (2023, None, ".."), (2024, 2.0, "2"), (2025, 3.0, "3")], home=True),
        charts.Series("B", [(2024, 9.0, "9"), (2025, 8.0, "8")]),
    ]
    return charts.trend_line(
        series, t=t, **(WORDS | {"value_title": "v", "breaks": {2025: t("charts.method_break")}} | more)
    )


def pyramid(t: Translator, **more: object) -> charts.Spec:
    bands = [charts.AgeBand("0–4", 3.0, 2.9, 2.5, 2.4), charts.AgeBand("5–9", None, 2.0)]
    return charts.age_pyramid(bands, t=t, fmt=NumberFormat("sv"), city="hela staden", **(WORDS | more))


def tenure(t: Translator, **more: object) -> charts.Spec:
    rows = [charts.StackedRow("A", [60.0, 40.0]), charts.StackedRow("B", [None, 100.0])]
    parts = ["Hyresrätt", "Bostadsrätt"]
    return charts.tenure_bar(rows, parts, t=t, fmt=NumberFormat("sv"), **(WORDS | more))


def tenure_of(t: Translator, name: str) -> charts.Spec:
    return charts.tenure_bar([charts.StackedRow(name, [100.0])], ["x"], t=t, fmt=NumberFormat("sv"), **WORDS)


def spread(t: Translator, **more: object) -> charts.Spec:
    dots = [charts.Dot("A", 1.0, "1"), charts.Dot("B", 5.0, "5"), charts.Dot("C", None, "..")]
    more = {"mean": 3.0, "mean_text": "3"} | more
    return charts.distribution_strip(dots, {"B"}, t=t, axis_title="x", **(WORDS | more))


def recut(t: Translator, **more: object) -> charts.Spec:
    points = [charts.AreaYear(2022, 1.0, "1", reworked=True), charts.AreaYear(2023, 2.0, "2", reworked=True)]
    points += [charts.AreaYear(2024, 3.0, "3"), charts.AreaYear(2025, 2.5, "2,5")]
    return charts.area_line(points, t=t, **(WORDS | {"value_title": "v", "first_of_today": 2024} | more))


ALL = [strip, intervals, changes, curve, trend, recut, pyramid, tenure, spread]
Draw = Callable[[Translator], charts.Spec]
every = pytest.mark.parametrize("draw", ALL, ids=lambda draw: draw.__name__)


def data_of(spec: charts.Spec) -> Iterator[dict[str, object]]:
    for layer in spec["layer"]:
        yield from layer["data"]["values"]


@every
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.kind)
def test_spec_is_valid_vega_lite(draw, theme, t: Translator) -> None:
    assert_valid(draw(t, theme=theme))


@every
def test_chart_says_itself_in_words_and_stays_at_home(draw, t: Translator) -> None:
    spec = draw(t)
    assert charts.alt_text(spec) == "I ord"
    assert "description" not in spec
    assert "http" not in json.dumps(spec)


@every
def test_colours_follow_the_theme(draw, t: Translator) -> None:
    assert LIGHT.muted in json.dumps(draw(t))
    assert LIGHT.muted not in json.dumps(draw(t, theme=DARK))


@every
def test_numbers_on_the_axes_are_written_in_the_language(draw, t: Translator, english: Translator) -> None:
    swedish = draw(t)["config"]["locale"]["number"]
    assert (swedish["decimal"], swedish["thousands"], swedish["minus"]) == (",", "\u00a0", "\u2212")
    assert draw(english)["config"]["locale"]["number"]["decimal"] == "."


@every
def test_no_layer_is_empty(draw, t: Translator) -> None:
    assert all(layer["data"]["values"] for layer in draw(t)["layer"])


@every
def test_what_can_be_pointed_at_is_also_read_out(draw, t: Translator) -> None:
    for layer in draw(t)["layer"]:
        encoding, mark = layer["encoding"], layer["mark"]
        assert ("tooltip" in encoding) == ("description" in encoding) == (mark.get("aria") is not False)


def test_strip_runs_from_its_lowest_to_its_highest_value(t: Translator) -> None:
    at = {row["name"]: row["at"] for row in data_of(strip(t)) if "at" in row}
    assert at == {"Hem": 1, "B": 0, "C": pytest.approx(1 / 3, abs=1e-4)}
    shapes = {layer["mark"].get("shape") for layer in strip(t)["layer"]} - {None}
    assert shapes == {"circle", "diamond"}


def test_strip_of_equal_values_puts_them_in_the_middle(t: Translator) -> None:
    row = charts.StripRow("x", [charts.Dot("A", 5, "5", home=True), charts.Dot("B", 5, "5")])
    spec = charts.strip_plot([row], t=t, **WORDS)
    assert {r["at"] for r in data_of(spec) if "at" in r} == {0.5}


def test_strip_without_values_shows_only_its_name(t: Translator) -> None:
    spec = charts.strip_plot([charts.StripRow("x", [charts.Dot("A", None, "..")])], t=t, **WORDS)
    assert_valid(spec)
    assert not [r for r in data_of(spec) if "at" in r]


def test_interval_and_floor_are_drawn_and_home_is_told_apart_by_shape(t: Translator) -> None:
    spec = intervals(t)
    rows = {r["name"]: r for r in data_of(spec)}
    assert (rows["Hem"]["lower"], rows["Hem"]["upper"], rows["Hem"]["floor"]) == (44.6, 46.2, 2.0)
    assert rows["Hem"]["said"] == "Hem: 45,4 (44,6–46,2)"
    assert (rows['B "quoted"']["range"], rows['B "quoted"']["floor_text"]) == ("..", "..")
    assert {layer["mark"].get("shape") for layer in spec["layer"]} >= {"circle", "diamond"}


def test_changes_lie_on_both_sides_of_0_and_the_axis_holds_every_interval(t: Translator) -> None:
    spec = changes(t)
    low, high = spec["layer"][1]["encoding"]["x"]["scale"]["domain"]
    assert low == -high < -2.6
    bars = spec["layer"][1]["data"]["values"]
    assert [row["value"] > 0 for row in bars] == [True, False, False]
    assert [row["certain"] for row in bars] == [True, False, True]
    assert [row["name"] for row in spec["layer"][2]["data"]["values"]] == ["Upp", 'Ned "quoted"']
    assert bars[0]["said"] == "Upp: +1,5 (0,4–2,6)"


def test_changes_that_are_all_nothing_have_an_axis(t: Translator) -> None:
    spec = charts.change_bars([charts.ChangeRow("A", 0.0, "0,0")], t=t, axis_title="x", **WORDS)
    assert spec["layer"][1]["encoding"]["x"]["scale"]["domain"] == [-1, 1]


def test_largest_gap_of_the_curve_stands_where_d_is_measured(t: Translator) -> None:
    gap = [r for r in data_of(curve(t)) if "middle" in r]
    assert gap[0] == {"x": 80, "y": 40, "middle": 60}
    assert not [r for r in data_of(curve(t, gap_label="")) if "middle" in r]


def test_trend_is_cut_at_gaps_and_at_the_break_of_method(t: Translator) -> None:
    lines = {(r["name"], r["year"]): r["line"] for r in data_of(trend(t)) if "line" in r}
    assert lines["Hem", 2022] != lines["Hem", 2024] != lines["Hem", 2025]
    assert lines["B", 2024] != lines["B", 2025]
    assert ("Hem", 2023) not in lines
    assert [r["year"] for r in data_of(trend(t)) if r.get("year") == 2024.5] == [2024.5, 2024.5]
    assert not [r for r in data_of(trend(t, breaks=None)) if r.get("year") == 2024.5]


def test_trend_is_cut_where_the_areas_are_others_and_says_both_beside_the_first_line(t: Translator) -> None:
    spec = trend(t, breaks={2025: "metod", 2024: "områden"})
    lines = {(r["name"], r["year"]): r["line"] for r in data_of(spec) if "line" in r}
    assert lines["B", 2024] != lines["B", 2025]
    (rule,) = [layer for layer in spec["layer"] if layer["mark"]["type"] == "rule"]
    assert [row["year"] for row in rule["data"]["values"]] == [2023.5, 2024.5]
    (words,) = [layer for layer in spec["layer"] if layer["mark"].get("text") == "områden, metod"]
    assert [row["year"] for row in words["data"]["values"]] == [2023.5]


def test_trend_without_values_is_an_empty_frame(t: Translator) -> None:
    spec = charts.trend_line([charts.Series("A", [(2024, None, "..")])], t=t, value_title="v", **WORDS)
    assert spec["layer"] == []


def test_pyramid_has_men_to_the_left_and_the_city_on_the_same_side(t: Translator) -> None:
    sides = {(r["band"], r["side"]): (r["share"], r["city"], r["text"]) for r in data_of(pyramid(t)) if "side" in r}
    assert sides["0–4", "men"] == (-3.0, -2.5, "3,0\u00a0%")
    assert sides["0–4", "women"] == (2.9, 2.4, "2,9\u00a0%")
    assert sides["5–9", "men"] == (None, None, "..")


def test_stacked_bar_puts_the_parts_end_to_end(t: Translator) -> None:
    parts = {(r["area"], r["part"]): (r["start"], r["end"], r["text"]) for r in data_of(tenure(t)) if "part" in r}
    assert parts["A", "Hyresrätt"] == (0, 60, "60\u00a0%")
    assert parts["A", "Bostadsrätt"] == (60, 100, "40\u00a0%")
    assert ("B", "Hyresrätt") not in parts
    with pytest.raises(ValueError, match="1 shares for 2 parts"):
        charts.tenure_bar([charts.StackedRow("A", [1.0])], ["a", "b"], t=t, fmt=NumberFormat("sv"), **WORDS)


def test_spread_names_the_chosen_and_marks_the_city(t: Translator) -> None:
    spec = spread(t)
    assert {r["name"] for r in data_of(spec) if "name" in r} == {"A", "B"}
    chosen = [layer for layer in spec["layer"] if layer["mark"]["type"] == "point"]
    assert {layer["data"]["values"][0]["name"] for layer in chosen} == {"B"}
    assert "Hela staden 3" in json.dumps(spec)
    assert "Hela staden" not in json.dumps(spread(t, mean=None))


def test_a_line_at_a_year_fits_a_trend(t: Translator) -> None:
    spec = trend(t, breaks=None)
    spec["layer"] += charts.marked_year(2024, "start", theme=LIGHT)
    spec["layer"] += charts.marked_value(60, "mål 60 %", zero=True, theme=LIGHT)
    assert_valid(spec)


@every
def test_no_type_is_smaller_than_fourteen_pixels_in_a_wide_window(draw: Draw, t: Translator) -> None:
    drawn = json.dumps(draw(t))
    wide = re.findall(r'ontSize": \{"expr": "\(windowSize\(\)\[0\]>=1800\?(\d+):', drawn)
    assert wide
    assert min(int(size) for size in [*wide, *re.findall(r'ontSize": (\d+)', drawn)]) >= 14


def test_a_name_longer_than_a_phone_is_wide_has_lines_and_room_for_them(t: Translator) -> None:
    long = "83,9 · Norra Lextorp-Västra Kronogården-Östra Kronogården"
    one, two = (tenure_of(t, name) for name in ("A", long))
    (names,) = [layer["data"]["values"] for layer in two["layer"] if "lines" in layer["data"]["values"][0]]
    assert "".join(names[0]["lines"]).replace(" ", "") == long.replace(" ", "")
    assert max(map(len, names[0]["lines"])) <= 44
    assert two["height"] > one["height"]

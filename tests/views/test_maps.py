import json

import pytest
from vega_schema import assert_valid

from dashboard.i18n import Translator
from dashboard.views.charts import alt_text
from dashboard.views.classes import Scheme, balance_scheme
from dashboard.views.maps import (
    SELECTION,
    Extent,
    MapArea,
    MapPlace,
    area_map,
    legend_html,
    selected_code,
    urban_extent,
)
from dashboard.views.theme import DARK, LIGHT, Theme

CENTRE = Extent(338_000, 6_458_000, 348_000, 6_468_000)


@pytest.fixture
def scheme(t: Translator) -> Scheme:
    return balance_scheme(t, LIGHT, group="utländsk bakgrund", others="svensk bakgrund")


def some_areas(count: int) -> list[MapArea]:
    return [
        MapArea(
            code=f"1488C{1010 + 10 * i}_DeSO2025",
            label=f"Trollhättan centrum-Tingvalla · 1488C{1010 + 10 * i}",
            value_text="31,9\u00a0%",
            class_index=None if i == 0 else i % 5,
            x=341_000.4 + i,
            y=6_462_000.6 + i,
        )
        for i in range(count)
    ]


def drawn(areas: list[MapArea], scheme: Scheme, t: Translator, theme: Theme = LIGHT, **more: object) -> dict:
    return area_map(
        areas,
        scheme,
        geometry_url="app/static/maps/1488-deso-06a56de16d3d.json",
        extent=CENTRE,
        theme=theme,
        t=t,
        description="Kartan i ord",
        value_label="Utländsk bakgrund",
        **more,
    )


def rows_of(spec: dict) -> list[list[str]]:
    return [line.split("\t") for line in spec["transform"][0]["from"]["data"]["values"].split("\n")]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.kind)
@pytest.mark.parametrize("selectable", [True, False])
def test_spec_is_valid_vega_lite(scheme: Scheme, t: Translator, theme: Theme, selectable: bool) -> None:
    places = [
        MapPlace("Kronogårds Torg", 342_000, 6_463_000),
        MapPlace("Resecentrum", 341_500, 6_464_000, "left"),
    ]
    areas = [
        *some_areas(3),
        MapArea("x", "Vald", "1", 2, selected=True),
        MapArea("y", "Nedtonad", "1", 2, dimmed=True),
    ]
    assert_valid(drawn(areas, scheme, t, theme, places=places, selectable=selectable))


def test_spec_of_32_small_areas_is_small(scheme: Scheme, t: Translator) -> None:
    places = [
        MapPlace("Kronogårds Torg", 342_000, 6_463_000),
        MapPlace("Drottningtorget", 341_500, 6_464_000, "left"),
    ]
    assert len(json.dumps(drawn(some_areas(32), scheme, t, places=places))) < 8_000


def test_rows_carry_value_class_and_sign(scheme: Scheme, t: Translator) -> None:
    head, missing, first = rows_of(drawn(some_areas(2), scheme, t))
    assert head == ["code", "label", "value", "class", "state", "x", "y", "mark"]
    assert missing[3] == "-1"
    assert missing[7] == ".."
    assert first[2:] == ["31,9\u00a0%", "1", "", "341001", "6462002", "\u22121"]


def test_state_of_dimmed_and_selected(scheme: Scheme, t: Translator) -> None:
    spec = drawn([MapArea("a", "A", "1", 0, dimmed=True), MapArea("b", "B", "1", 4, selected=True)], scheme, t)
    _, dimmed, selected = rows_of(spec)
    assert (dimmed[4], dimmed[7]) == ("d", "")
    assert (selected[4], selected[7]) == ("s", "+2")


def test_a_label_cannot_break_the_rows(scheme: Scheme, t: Translator) -> None:
    _, row = rows_of(drawn([MapArea("a", 'A "b"\tc\nd', "1", 0)], scheme, t))
    assert row[1] == '"A ""b"" c d"'


def test_the_extent_fits_the_picture_with_north_up(scheme: Scheme, t: Translator) -> None:
    projection = drawn(some_areas(1), scheme, t)["projection"]
    assert projection["type"] == "identity"
    assert projection["reflectY"] is True
    scale = "min(width/10000.0,height/10000.0)"
    assert projection["scale"]["expr"] == scale
    assert projection["translate"]["expr"] == f"[width/2-{scale}*343000.0,height/2+{scale}*6463000.0]"


def test_only_the_areas_answer_to_a_click(scheme: Scheme, t: Translator) -> None:
    spec = drawn(some_areas(2), scheme, t, places=[MapPlace("P", 1, 2)])
    (param,) = spec["params"]
    assert param["name"] == SELECTION
    assert param["select"] == {"type": "point", "fields": ["code"], "toggle": False}
    assert param["views"] == [spec["layer"][0]["name"]]
    assert "params" not in drawn(some_areas(2), scheme, t, selectable=False)
    marks = json.dumps(spec["layer"][1:])
    assert marks.count('"type": "geoshape"') == marks.count('"fill": "none"') == 2


def test_the_map_has_its_own_words(scheme: Scheme, t: Translator) -> None:
    spec = drawn(some_areas(1), scheme, t)
    assert alt_text(spec) == "Kartan i ord"
    # Streamlit logs a warning when the spec and alt both describe the chart.
    assert "description" not in spec


def test_nothing_is_fetched_from_elsewhere(scheme: Scheme, t: Translator) -> None:
    assert "http" not in json.dumps(drawn(some_areas(2), scheme, t))


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ({"selection": {SELECTION: [{"code": "1488R007_RegSO2025"}]}}, "1488R007_RegSO2025"),
        ({"selection": {SELECTION: []}}, None),
        ({"selection": {SELECTION: {}}}, None),
        ({"selection": {}}, None),
        (None, None),
    ],
)
def test_selected_code(event: object, code: str | None) -> None:
    assert selected_code(event) == code


def test_legend_says_class_sign_and_number_of_areas(scheme: Scheme, t: Translator) -> None:
    areas = some_areas(7)
    legend = legend_html(areas, scheme, LIGHT, t, label='A "b" <c>')
    assert 'aria-label="A &quot;b&quot; &lt;c&gt;"' in legend
    assert legend.count("<li>") == 6
    assert "klart vanligare med utländsk bakgrund" in legend
    assert "(2 områden)" in legend
    assert "(1 område)" in legend
    assert "uppgift saknas" in legend
    assert "uppgift saknas" not in legend_html(areas[1:], scheme, LIGHT, t, label="x")


def test_extents() -> None:
    bounds = {"core": Extent(0, 0, 10, 20), "edge": Extent(90, 90, 100, 100)}
    assert Extent.of(bounds.values()) == Extent(0, 0, 100, 100)
    assert urban_extent(bounds, {"core"}, pad=0.1) == Extent(-2, -2, 12, 22)
    assert urban_extent(bounds, set(), pad=0) == Extent(0, 0, 100, 100)
    with pytest.raises(ValueError, match="no extents"):
        Extent.of([])

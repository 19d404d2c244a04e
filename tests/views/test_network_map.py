"""What the network map sends to the browser, what it refuses, and its legend."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pytest
import streamlit as st

from dashboard.i18n import Translator
from dashboard.views import network_styles as styles
from dashboard.views.classes import sequential_scheme
from dashboard.views.extents import Extent
from dashboard.views.map_layers import MapArea
from dashboard.views.network_legend import cell_entry, line_entry, network_legend_html, point_entry, walk_entries
from dashboard.views.network_map import Click, MapCell, MapLine, MapPoint, NetworkMap, Spur, clicked
from dashboard.views.network_payload import encode_distances, payload
from dashboard.views.numbers import NumberFormat
from dashboard.views.theme import DARK, LIGHT, Theme

VIEWS = Path(__file__).parents[2] / "src" / "dashboard" / "views"
SCRIPTS = ("network_data.js", "network_drawing.js", "network_map.js")
EXTENT = Extent(340_000, 6_460_000, 344_000, 6_464_000)
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
both = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.kind)


def decoded(coded: dict) -> np.ndarray:
    """Read distances as their description says: two digits a node, 4 095 for what is not reached."""
    text = coded["text"]
    codes = [64 * DIGITS.index(text[i]) + DIGITS.index(text[i + 1]) for i in range(0, len(text), 2)]
    return np.array([np.inf if code == 4095 else code * coded["step"] for code in codes])


def sent(network_map: NetworkMap, t: Translator, theme: Theme = LIGHT) -> dict:
    """What arrives in the browser; numbers that JSON does not know would be refused."""
    return json.loads(json.dumps(payload(network_map, key="map", theme=theme, t=t), allow_nan=False))


def test_distances_come_back_to_a_quarter_of_a_metre() -> None:
    metres = np.concatenate([np.linspace(0, 2000, 4321), [400.0, 800.0, 1200.0, 2000.0]])
    assert decoded(encode_distances(metres, 2000)) == pytest.approx(metres, abs=0.25)


def test_thresholds_are_not_moved() -> None:
    """A node right on a threshold stays in the class below it."""
    metres = np.array([400.0, 800.0, 1200.0, 2000.0])
    assert decoded(encode_distances(metres, 2000)).tolist() == metres.tolist()


def test_what_lies_beyond_the_last_threshold_is_not_reached() -> None:
    coded = encode_distances(np.array([2000.01, np.inf, np.nan, 1999.9]), 2000)
    assert np.isinf(decoded(coded)).tolist() == [True, True, True, False]


def test_a_change_of_place_sends_two_bytes_a_node() -> None:
    metres = np.random.default_rng(3).uniform(0, 5000, 40_000)
    assert len(str(encode_distances(metres, 2000)["text"]).encode()) == 2 * metres.size


def test_an_empty_network_sends_no_distances(t: Translator) -> None:
    ground = sent(NetworkMap(EXTENT, "x", network_url="n.json", distances=np.empty(0)), t)["ground"]
    assert ground["distances"]["text"] == ""
    assert sent(NetworkMap(EXTENT, "x"), t)["ground"]["distances"] is None


def test_what_is_not_known_arrives_as_nothing(t: Translator) -> None:
    spur = Spur([(340_000.04, 6_460_000.0), (340_050.0, 6_460_000.0)], 0.0, np.inf, 52.5)
    area = MapArea("1488C1010_DeSO2025", "Centrum", "..", None)
    scheme = sequential_scheme([10], t, NumberFormat("sv"), LIGHT)
    ground = sent(NetworkMap(EXTENT, "x", spurs=[spur], areas=[area], scheme=scheme), t)["ground"]
    points = [[340_000.0, 6_460_000.0], [340_050.0, 6_460_000.0]]
    assert ground["spurs"] == [{"points": points, "start": 0.0, "end": None, "length": 52.5}]
    assert ground["areas"][0]["index"] == -1
    assert ground["areas"][0]["label"] == f"Centrum, .., {scheme.missing_label}"


def test_the_map_has_its_words_and_its_buttons_have_names(t: Translator) -> None:
    texts = sent(NetworkMap(EXTENT, "Kartan i ord"), t)["texts"]
    assert texts["summary"] == "Kartan i ord"
    assert texts["buttons"] == ["Zooma in", "Zooma ut", "Visa hela kartan"]
    assert "Enter" in texts["keys"]
    assert "Enter" not in sent(NetworkMap(EXTENT, "x", choosable=False), t)["texts"]["keys"]


def test_what_cannot_be_drawn_is_refused() -> None:
    plain = NetworkMap(EXTENT, "x")
    point = MapPoint("a", "place", "A", 340_000, 6_460_000)
    with pytest.raises(ValueError, match=r"no such kind.*castle"):
        replace(plain, points=[replace(point, kind="castle")])
    with pytest.raises(ValueError, match=r"no such kind.*wall"):
        replace(plain, lines=[MapLine("wall", "A", [])])
    with pytest.raises(ValueError, match="without a colour"):
        replace(plain, cells=[MapCell(1, 2, 250, 3, "A")], cell_colors=("#000000",) * 3)
    with pytest.raises(ValueError, match="need a scheme"):
        replace(plain, areas=[MapArea("a", "A", "1", 0)])
    for breaks in ((), (0.0, 400.0), (800.0, 400.0)):
        with pytest.raises(ValueError, match="ascend"):
            replace(plain, breaks=breaks)


def test_more_classes_than_can_be_told_apart_are_refused(t: Translator) -> None:
    with pytest.raises(ValueError, match="between 1 and 4"):
        sent(NetworkMap(EXTENT, "x", breaks=(1.0, 2.0, 3.0, 4.0, 5.0)), t)


@both
def test_no_kind_of_line_depends_on_its_colour(theme: Theme) -> None:
    looks = styles.line_strokes(theme)
    assert looks.keys() == styles.LINE_STYLES
    bare = {name: tuple((stroke.width, stroke.dash) for stroke in strokes) for name, strokes in looks.items()}
    assert len(set(bare.values())) == len(bare)
    assert all(strokes[0].color == theme.background for strokes in looks.values())
    assert all(strokes[0].width > stroke.width for strokes in looks.values() for stroke in strokes[1:])


@both
def test_no_kind_of_point_depends_on_its_colour(theme: Theme) -> None:
    shapes = styles.point_shapes(theme)
    assert shapes.keys() == styles.POINT_KINDS
    assert len({shape.path for shape in shapes.values()}) == len(shapes)


@both
def test_no_class_of_distance_or_cell_depends_on_its_colour(theme: Theme) -> None:
    widths = [stroke.width for stroke in (*styles.walk_strokes(theme, 4), styles.unreached_stroke(theme))]
    assert all(near >= 1.3 * far for near, far in pairwise(widths))
    shares = styles.cell_shares(5)
    assert list(shares) == sorted(set(shares))
    assert shares[-1] == 1
    assert styles.cell_shares(1) == (1.0,)


def test_legend_of_distances_names_every_class(t: Translator) -> None:
    entries = walk_entries((400, 800, 1200, 2000), LIGHT, t, NumberFormat("sv"))
    assert [entry.text.replace("\u00a0", " ") for entry in entries] == [
        "högst 400 m",
        "400–800 m",
        "800–1 200 m",
        "1 200–2 000 m",
        "längre än 2 000 m, eller ingen väg",
    ]
    assert [color in unquote(entry.swatch) for entry, color in zip(entries, LIGHT.walks, strict=False)] == [True] * 4


def test_legend_draws_what_the_map_draws() -> None:
    for style, strokes in styles.line_strokes(DARK).items():
        drawing = unquote(line_entry(style, "x", DARK).swatch)
        assert all(f'stroke="{stroke.color}"' in drawing for stroke in strokes)
    for kind, shape in styles.point_shapes(DARK).items():
        assert shape.path in unquote(point_entry(kind, "x", DARK).swatch)
    small, large = (unquote(cell_entry(i, ("#111111", "#222222"), "x", DARK).swatch) for i in (0, 1))
    assert ('width="7.2"' in small, 'width="18' in large) == (True, True)


def test_legend_is_escaped() -> None:
    entries = [line_entry("route", 'A <b> & "c"', LIGHT), cell_entry(0, ("#111111",), "B", LIGHT)]
    legend = network_legend_html([replace(entries[0], mark="<i>"), entries[1]], label='L "q" <p>')
    assert "A &lt;b&gt; &amp; &quot;c&quot;" in legend
    assert "&lt;i&gt;" in legend
    assert 'aria-label="L &quot;q&quot; &lt;p&gt;"' in legend
    assert legend.count("<li>") == 2
    # Streamlit takes drawings out of HTML.
    assert "<svg" not in legend


def test_clicked_tells_where(monkeypatch: pytest.MonkeyPatch) -> None:
    state = {"map": {"click": {"x": 341_000.5, "y": 6_461_000, "point": None, "area": "1488C1010"}}, "still": {}}
    monkeypatch.setattr(st, "session_state", state)
    assert clicked("map") == Click(341_000.5, 6_461_000.0, None, "1488C1010")
    assert clicked("still") is None
    assert clicked("another") is None


def test_scripts_are_small_and_ask_nobody_else() -> None:
    for script in SCRIPTS:
        text = (VIEWS / script).read_text("utf-8")
        assert len(text.splitlines()) < 300, script
        assert "http" not in text, script
        assert "innerHTML" not in text, script

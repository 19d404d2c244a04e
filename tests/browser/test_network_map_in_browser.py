"""The network map is painted, cut at its thresholds, moved by hand and keys, and tells where it was clicked."""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import DESKTOP, PHONE, OpenTab
from layout import sideways_scroll
from playwright.sync_api import Browser, Page
from server import free_port, running
from street_grid import EAST, EDGES, MIDDLE, SOUTH, WEST, write_files
from visit import SWEDISH, Visit

from dashboard.views.network_payload import encode_distances
from dashboard.views.theme import Theme, theme_for
from dashboard.warehouse.screen_network import write_network_map

HERE = Path(__file__).parent
VIEWS = HERE.parents[1] / "src" / "dashboard" / "views"
STEP = 60
#: Pixels that a spot on the screen may be off.
PIXELS = 2


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a page with network maps, served as the dashboard is."""
    folder = tmp_path_factory.mktemp("town")
    write_files(folder)
    page = shutil.copy(HERE / "network_map_page.py", folder)
    (folder / "settings.toml").touch()
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DASHBOARD_")}
    environment["DASHBOARD_SETTINGS_FILE"] = str(folder / "settings.toml")
    with running([sys.executable, str(HERE / "serve_page.py"), page, str(port)], port, folder, environment) as address:
        yield address


def opened(tab: OpenTab, town: str, case: str = "walk", size: dict = DESKTOP, colours: str = "light") -> Visit:
    visit = tab(size, colours, town).go(f"?case={case}")
    return painted(visit)


def painted(visit: Visit) -> Visit:
    visit.page.locator(".hs-map[data-painted=true]").wait_for()
    # What was asked for just now is painted in the next frame.
    visit.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return visit


def told(visit: Visit, name: str) -> float:
    return float(visit.page.locator(".hs-map").get_attribute(f"data-{name}") or "nan")


def spot(visit: Visit, x: float, y: float) -> tuple[float, float]:
    """Where a place on the ground is in the window."""
    box = visit.page.locator(".hs-map-picture").bounding_box()
    assert box is not None
    scale = told(visit, "scale")
    across, down = (x - told(visit, "x")) * scale, (told(visit, "y") - y) * scale
    return box["x"] + box["width"] / 2 + across, box["y"] + box["height"] / 2 + down


def click_of(visit: Visit, before: str = "null") -> dict:
    """Wait for the page to tell of another click than before."""
    visit.page.wait_for_function("before => document.querySelector('.clicked').textContent !== before", arg=before)
    return json.loads(visit.page.locator(".clicked").inner_text())


def colour_at(visit: Visit, x: float, y: float) -> tuple[int, int, int]:
    """Give the colour near a place on the ground that stands out most from the empty ground."""
    left, top = spot(visit, x, y)
    box = visit.page.locator(".hs-map-picture").bounding_box()
    assert box is not None
    return tuple(
        visit.page.evaluate(
            """([left, top]) => {
                const canvas = document.querySelector('.hs-map canvas');
                const context = canvas.getContext('2d');
                const ground = context.getImageData(2, 2, 1, 1).data;
                const { data } = context.getImageData(Math.round(left) - 2, Math.round(top) - 2, 5, 5);
                const pixels = Array.from({ length: 25 }, (_, i) => [...data.slice(4 * i, 4 * i + 3)]);
                const away = pixel => pixel.reduce((sum, part, i) => sum + Math.abs(part - ground[i]), 0);
                return pixels.sort((one, other) => away(other) - away(one))[0];
            }""",
            [left - box["x"], top - box["y"]],
        )
    )


def nearest_class(visit: Visit, theme: Theme, x: float, y: float) -> int:
    """Tell which class of walking distance a street has at a place; 4 is beyond the last threshold."""
    found = colour_at(visit, x, y)
    classes = [tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5)) for colour in (*theme.walks, theme.unreached)]
    return min(range(5), key=lambda i: sum(abs(one - other) for one, other in zip(found, classes[i], strict=True)))


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_streets_are_coloured_by_walking_distance_and_cut_at_the_thresholds(
    tab: OpenTab, town: str, colours: str
) -> None:
    visit = opened(tab, town, colours=colours)
    assert told(visit, "edges") == EDGES
    for _ in range(3):
        visit.page.get_by_role("button", name=SWEDISH("network_map.zoom_in")).click()
    painted(visit)
    x, y = MIDDLE
    theme = theme_for(colours)
    metres = (150, 380, 420, 780, 820, 1180, 1220, 1500)
    assert [nearest_class(visit, theme, x - d, y) for d in metres] == [0, 0, 1, 1, 2, 2, 3, 3]
    # Round the corner the way is as long as both legs together, not as the straight line.
    assert nearest_class(visit, theme, x + 300, y + 150) == 1
    assert nearest_class(visit, theme, x - 1000, y + 350) == 3
    assert visit.complaints == []
    assert visit.outside == []


def test_what_lies_beyond_the_last_threshold_is_drawn_as_not_reached(tab: OpenTab, town: str) -> None:
    visit = opened(tab, town)
    visit.page.locator("label").filter(has_text="Annan plats").click()
    visit.settle()
    for _ in range(3):
        visit.page.get_by_role("button", name=SWEDISH("network_map.zoom_in")).click()
    painted(visit)
    # The place is 1 000 m east of the middle now.
    x, y = MIDDLE
    assert nearest_class(visit, theme_for("light"), x - 950, y) == 3
    assert nearest_class(visit, theme_for("light"), x - 1050, y) == 4


def test_a_click_tells_where_it_fell(tab: OpenTab, town: str) -> None:
    visit = opened(tab, town)
    wanted = WEST + 730, SOUTH + 1290
    visit.page.mouse.click(*spot(visit, *wanted))
    click = click_of(visit)
    metres = PIXELS / told(visit, "scale")
    assert (click["x"], click["y"]) == pytest.approx(wanted, abs=metres)
    assert click["point"] is None

    left, top = spot(visit, *MIDDLE)
    visit.page.mouse.click(left + 5, top - 4)
    assert click_of(visit, json.dumps(click))["point"] == "square"


def test_a_click_tells_the_area(tab: OpenTab, town: str) -> None:
    visit = opened(tab, town, "areas")
    visit.page.mouse.click(*spot(visit, EAST - 500, SOUTH + 3000))
    assert click_of(visit)["area"] == "east"


def test_a_tap_on_a_phone_tells_where_it_fell(tab: OpenTab, town: str) -> None:
    visit = opened(tab, town, size=PHONE)
    assert sideways_scroll(visit.page) == 0
    visit.page.mouse.click(*spot(visit, WEST + 500, SOUTH + 500))
    click = click_of(visit)
    assert (click["x"], click["y"]) == pytest.approx((WEST + 500, SOUTH + 500), abs=PIXELS / told(visit, "scale"))


def test_dragging_moves_the_ground_with_the_pointer_and_chooses_nothing(tab: OpenTab, town: str) -> None:
    visit = opened(tab, town)
    x, y, scale = (told(visit, name) for name in ("x", "y", "scale"))
    left, top = spot(visit, *MIDDLE)
    visit.page.mouse.move(left, top)
    visit.page.mouse.down()
    visit.page.mouse.move(left + 30, top + 20, steps=3)
    visit.page.mouse.move(left + 120, top - 60, steps=3)
    visit.page.mouse.up()
    painted(visit)
    assert told(visit, "x") == pytest.approx(x - 120 / scale, abs=PIXELS / scale)
    assert told(visit, "y") == pytest.approx(y - 60 / scale, abs=PIXELS / scale)
    assert visit.settle().page.locator(".clicked").inner_text() == "null"


def test_two_fingers_zoom(tab: OpenTab, town: str) -> None:
    visit = opened(tab, town, size=PHONE)
    left, top = spot(visit, *MIDDLE)
    before = told(visit, "scale")
    visit.page.evaluate(
        """([left, top]) => {
            const picture = document.querySelector('.hs-map-picture');
            picture.setPointerCapture = () => {};
            const send = (type, pointerId, shift) => picture.dispatchEvent(new PointerEvent(type, {
                pointerId, pointerType: 'touch', button: 0, clientX: left + shift, clientY: top, bubbles: true,
            }));
            send('pointerdown', 11, -20);
            send('pointerdown', 12, 20);
            for (let shift = 20; shift <= 40; shift += 5) {
                send('pointermove', 11, -shift);
                send('pointermove', 12, shift);
            }
            send('pointerup', 11, -40);
            send('pointerup', 12, 40);
        }""",
        [left, top],
    )
    painted(visit)
    assert told(visit, "scale") == pytest.approx(2 * before, rel=0.05)
    assert told(visit, "x") == pytest.approx(MIDDLE[0], abs=PIXELS / before)
    assert visit.page.locator(".clicked").inner_text() == "null"


def test_keys_move_zoom_and_choose(tab: OpenTab, town: str) -> None:
    visit = opened(tab, town)
    x, y, scale = (told(visit, name) for name in ("x", "y", "scale"))
    picture = visit.page.get_by_role("img", name="Vägar från torget")
    picture.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "+"):
        picture.press(key)
    painted(visit)
    assert told(visit, "x") == pytest.approx(x + 2 * STEP / scale)
    assert told(visit, "y") == pytest.approx(y + STEP / scale)
    assert told(visit, "scale") == pytest.approx(1.5 * scale)
    picture.press("Enter")
    click = click_of(visit)
    assert (click["x"], click["y"]) == pytest.approx((told(visit, "x"), told(visit, "y")))
    for key in ("ArrowLeft", "ArrowDown", "-", "-"):
        picture.press(key)
    painted(visit)
    assert told(visit, "scale") == pytest.approx(scale / 1.5)
    picture.press("0")
    painted(visit)
    assert [told(visit, name) for name in ("x", "y", "scale")] == pytest.approx([x, y, scale])
    assert visit.complaints == []


def test_the_tab_key_reaches_map_and_buttons(tab: OpenTab, town: str) -> None:
    visit = opened(tab, town)
    visit.page.get_by_role("checkbox").focus()
    names = []
    for _ in range(4):
        visit.page.keyboard.press("Tab")
        names.append(visit.page.evaluate("document.activeElement.ariaLabel"))
    buttons = ("network_map.zoom_in", "network_map.zoom_out", "network_map.reset")
    assert names == ["Vägar från torget", *(SWEDISH(key) for key in buttons)]
    visit.page.keyboard.press("Enter")
    assert painted(visit).complaints == []


def test_the_wheel_scrolls_the_page_and_zooms_with_the_control_key(tab: OpenTab, town: str) -> None:
    visit = opened(tab, town)
    scale = told(visit, "scale")
    visit.page.mouse.move(*spot(visit, *MIDDLE))
    visit.page.mouse.wheel(0, 120)
    visit.page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop > 0")
    assert told(painted(visit), "scale") == scale
    visit.page.keyboard.down("Control")
    visit.page.mouse.wheel(0, -120)
    visit.page.keyboard.up("Control")
    visit.page.wait_for_function("scale => document.querySelector('.hs-map').dataset.scale > scale", arg=scale)


def test_where_it_was_moved_to_stays_when_the_page_is_laid_out_anew(tab: OpenTab, town: str) -> None:
    visit = tab(address=town)
    asked = []
    visit.page.on("request", lambda request: "network" in request.url and asked.append(request.url))
    painted(visit.go("?case=walk"))
    visit.page.get_by_role("button", name=SWEDISH("network_map.zoom_in")).click()
    picture = visit.page.get_by_role("img", name="Vägar från torget")
    picture.press("ArrowLeft")
    painted(visit)
    moved = [told(visit, name) for name in ("x", "y", "scale")]
    visit.page.get_by_role("button", name="Rita om").click()
    visit.settle()
    east = MIDDLE[0] + 850, MIDDLE[1]
    assert nearest_class(painted(visit), theme_for("light"), *east) == 2
    visit.page.locator("label").filter(has_text="Annan plats").click()
    visit.settle()
    assert nearest_class(painted(visit), theme_for("light"), *east) == 0
    assert [told(visit, name) for name in ("x", "y", "scale")] == moved
    assert len(asked) == 1, "The network is fetched once."


@pytest.mark.parametrize("case", ["gone", "other"])
def test_what_cannot_be_drawn_is_told_in_a_sentence(tab: OpenTab, town: str, case: str) -> None:
    visit = opened(tab, town, case)
    note = visit.page.get_by_role("status").filter(has_text=SWEDISH("network_map.not_loaded"))
    assert note.is_visible()
    assert told(visit, "edges") == 0


def test_an_empty_network_is_no_fault(tab: OpenTab, town: str) -> None:
    visit = opened(tab, town, "empty")
    assert told(visit, "edges") == 0
    assert not visit.page.locator(".hs-map-note").is_visible()
    assert visit.complaints == []


@pytest.mark.parametrize(("colours", "size"), [("light", DESKTOP), ("dark", PHONE)])
def test_every_kind_of_mark_is_drawn_and_says_what_it_is(tab: OpenTab, town: str, colours: str, size: dict) -> None:
    visit = opened(tab, town, "marks", size, colours)
    assert told(visit, "edges") == EDGES - 200, "Edges that are closed are not drawn."
    tip = visit.page.locator(".hs-map-tip")
    visit.page.mouse.move(*spot(visit, WEST + 600, MIDDLE[1] - 100))
    assert tip.inner_text() == "Punkt <chosen>"
    visit.page.mouse.move(*spot(visit, WEST + 900, SOUTH + 300))
    assert tip.inner_text() == "Linje <barrier_railway>"
    visit.page.get_by_role("img", name="Alla slags linjer och punkter").press("Escape")
    assert not tip.is_visible()
    signs = visit.page.locator(".hs-map-legend img")
    assert signs.count() == 15
    assert all(sign.evaluate("image => image.complete && image.naturalWidth > 0") for sign in signs.all())
    assert visit.complaints == []


def test_areas_and_cells_say_what_they_are(tab: OpenTab, town: str) -> None:
    visit = opened(tab, town, "areas")
    tip = visit.page.locator(".hs-map-tip")
    visit.page.mouse.move(*spot(visit, WEST + 600, SOUTH + 600))
    assert tip.inner_text() == "Ruta 0"
    visit.page.mouse.move(*spot(visit, EAST - 300, SOUTH + 3000))
    assert tip.inner_text() == "Öst, 25, 20 och över"
    colours = theme_for("light").sequential
    found = colour_at(visit, EAST - 300, SOUTH + 3000)
    assert found == tuple(int(colours[-1][i : i + 2], 16) for i in (1, 3, 5))


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_serious(tab: OpenTab, town: str, colours: str) -> None:
    visit = opened(tab, town, "marks", colours=colours)
    found = Axe().run(visit.page, context=".hs-map, .hs-map-legend").response["violations"]
    assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == []


@pytest.fixture
def data_script(browser: Browser) -> Iterator[Page]:
    """Give a bare page with the functions that decode and cut."""
    page = browser.new_page()
    page.set_content("<p></p>")
    page.add_script_tag(content=(VIEWS / "network_data.js").read_text("utf-8"))
    yield page
    page.close()


def test_an_edge_is_cut_where_it_crosses_a_threshold(data_script: Page) -> None:
    breaks = [400, 800]

    def cut(da: float, db: float, length: float) -> list:
        return data_script.evaluate(
            "([da, db, length, breaks]) => cutEdge(da ?? Infinity, db ?? Infinity, length, breaks)",
            [da, db, length, breaks],
        )

    assert cut(350, 450, 100) == [[0, 0, 50], [1, 50, 100]]
    # Reached from both ends: the farthest spot lies where both ways are as long, 150 m from a and 450 m from b.
    assert cut(700, 400, 600) == [[1, 0, 100], [2, 100, 200], [1, 200, 600]]
    assert cut(100, 100, 100) == [[0, 0, 100]]
    # Cut at the last threshold when the other end is not reached.
    assert cut(700, None, 300) == [[1, 0, 100], [2, 100, 300]]
    assert cut(None, 700, 300) == [[2, 0, 200], [1, 200, 300]]
    assert cut(None, None, 300) == [[2, 0, 300]]
    assert cut(0, 1000, 1000) == [[0, 0, 400], [1, 400, 800], [2, 800, 1000]]


def test_every_spot_of_an_edge_has_the_class_of_its_shortest_way(data_script: Page) -> None:
    wrong = data_script.evaluate(
        """() => {
            const breaks = [400, 800, 1200, 2000];
            const wrong = [];
            for (let round = 0; round < 2000; round++) {
                const da = 7919 * round % 2500, length = 1 + 104729 * round % 900;
                const db = Math.max(0, da - length + 15485863 * round % (2 * length + 1));
                const parts = cutEdge(da, db, length, breaks);
                for (let t = 0.37; t < length; t += 7.3) {
                    const distance = Math.min(da + t, db + length - t);
                    const wanted = breaks.filter(bound => bound < distance).length;
                    const part = parts.find(([, from, to]) => from <= t && t <= to);
                    const near = breaks.some(bound => Math.abs(bound - distance) < 1e-6);
                    if (!near && part?.[0] !== wanted) wrong.push([da, db, length, t]);
                }
            }
            return wrong;
        }"""
    )
    assert wrong == []


def test_the_browser_reads_what_was_written(data_script: Page, tmp_path: Path) -> None:
    x, y = [340_000.4, 340_900.0, 340_100.0], [6_460_000.2, 6_460_000.0, 6_459_000.0]
    bend = [[340_400.0, 6_460_300.0], [340_500.0, 6_460_301.0]]
    name = write_network_map("1", tmp_path, x=x, y=y, a=[0, 2], b=[1, 0], length=[1100.04, 1150.0], inner=[bend, []])
    network = data_script.evaluate(
        "file => { const n = decodeNetwork(file); return { ...n, x: [...n.x], y: [...n.y], length: [...n.length], "
        "start: [...n.start], a: [...n.a], b: [...n.b], share: [...n.share] }; }",
        json.loads((tmp_path / name).read_text("utf-8")),
    )
    west, south = network["origin"]
    points = [(west + px, south + py) for px, py in zip(network["x"], network["y"], strict=True)][:6]
    ends = [(340_000, 6_460_000), (340_900, 6_460_000)]
    assert points == [ends[0], *map(tuple, bend), ends[1], (340_100, 6_459_000), ends[0]]
    assert network["start"] == [0, 4, 6]
    assert (network["a"], network["b"]) == ([0, 2], [1, 0])
    assert network["length"] == pytest.approx([1100.0, 1150.0])
    assert network["share"][1] == pytest.approx(500 / (500 + 100.005 + 500.6), abs=1e-3)


def test_the_browser_reads_distances(data_script: Page) -> None:
    written = np.array([0.0, 0.3, 399.9, 2000.0, 2000.6, np.inf])
    read = data_script.evaluate(
        "coded => [...decodeDistances(coded)].map(metres => metres === Infinity ? null : metres)",
        encode_distances(written, 2000),
    )
    assert read[:4] == pytest.approx(written[:4], abs=0.25)
    assert read[4:] == [None, None]

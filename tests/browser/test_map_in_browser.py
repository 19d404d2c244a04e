"""The maps are really painted, and on the page on neighbourhoods map, table and list are in step."""

import io
import time

import numpy as np
import pytest
from conftest import PHONE, OpenTab
from PIL import Image
from playwright.sync_api import Locator
from visit import SWEDISH, Visit

MAPS = (
    ("", 16),
    ("segregation", 32),
    ("segregation?niva=regso", 16),
    ("stadsdelar", 32),
    ("stadsdelar?niva=regso", 16),
)
AREAS = "g.areas_marks > path"
#: A colour counts when it covers this share of the picture; the soft edges of letters do not.
LEAST_SHARE = 0.004


def map_of(visit: Visit) -> Locator:
    """Give the map of a page: the chart that draws areas."""
    return visit.page.locator("[data-testid=stVegaLiteChart]").filter(has=visit.page.locator(AREAS))


def colours(picture: Locator) -> int:
    """Count the colours of a picture, as it is on the screen."""
    pixels = np.asarray(Image.open(io.BytesIO(picture.screenshot())).convert("RGB")).reshape(-1, 3)
    _, counts = np.unique(pixels, axis=0, return_counts=True)
    return int((counts >= LEAST_SHARE * len(pixels)).sum())


def wait_for_colours(picture: Locator, least: int, seconds: float = 15) -> int:
    """Look at a picture until it shows a number of colours; its frame is there before it is painted."""
    limit = time.monotonic() + seconds
    found = colours(picture)
    while found < least and time.monotonic() < limit:
        found = colours(picture)
    return found


@pytest.mark.parametrize(
    ("path", "areas", "colour_scheme"),
    [*((*one, "light") for one in MAPS), *((*one, "dark") for one in MAPS[:2])],
)
def test_every_area_is_painted(looking_tab: OpenTab, path: str, areas: int, colour_scheme: str) -> None:
    visit = looking_tab(colours=colour_scheme).go(path)
    picture = map_of(visit)
    # The ground, and at least three of the classes of areas.
    assert wait_for_colours(picture, 4) >= 4
    shapes = picture.locator(AREAS)
    assert shapes.count() == areas
    assert len({shape.get_attribute("fill") for shape in shapes.all()}) >= 3
    assert all(shape.get_attribute("aria-label") for shape in shapes.all())
    # Whoever does not see the map is told what it shows.
    assert picture.get_attribute("aria-label")
    assert visit.page.locator(".hs-legend li").count() >= 3


def test_the_whole_municipality_can_be_shown(tab: OpenTab) -> None:
    visit = tab().go("segregation")
    picture = map_of(visit)
    rural = picture.locator(f"{AREAS}[aria-label*='1488A0030']")
    before = rural.get_attribute("d")
    visit.choose("karta", 1)
    visit.wait_for_url("karta=municipality")
    assert rural.get_attribute("d") != before
    frame, shape = picture.bounding_box(), rural.bounding_box()
    assert frame is not None
    assert shape is not None
    assert frame["x"] <= shape["x"] + 1
    assert shape["x"] + shape["width"] <= frame["x"] + frame["width"] + 1


def click_area(visit: Visit, code: str) -> None:
    """Click an area on the map, at a point where nothing lies above it."""
    shape = map_of(visit).locator(f"{AREAS}[aria-label*='{code}']")
    shape.wait_for(state="attached")
    map_of(visit).scroll_into_view_if_needed()
    point = shape.evaluate(
        """shape => {
            const box = shape.getBoundingClientRect();
            for (let i = 1; i < 40; i++) for (let j = 1; j < 40; j++) {
                const point = [box.left + box.width * i / 40, box.top + box.height * j / 40];
                if (document.elementFromPoint(...point) === shape) return point;
            }
            return null;
        }"""
    )
    assert point is not None, f"{code} cannot be clicked on the map"
    visit.page.mouse.click(*point)


def rows_of_the_table(visit: Visit) -> list[str]:
    """Give the codes in the table, in its order."""
    boxes = visit.page.locator(".hs-areas tbody input")
    boxes.first.wait_for()
    return [box.get_attribute("data-code") or "" for box in boxes.all()]


def wait_in_step(visit: Visit, *codes: str) -> None:
    """Wait until the list, the address, the table and the map all have these areas chosen."""
    visit.wait_for_tags("omraden", codes)
    visit.wait_for_url(*(f"omraden={code}" for code in codes))
    visit.page.wait_for_function(
        """codes => {
            const marked = [...document.querySelectorAll('.hs-areas tbody input:checked')].map(box => box.dataset.code);
            const lines = document.querySelectorAll('g[class*=layer_3_layer_1_marks] path');
            return lines.length === codes.length && marked.length === codes.length
                && codes.every(code => marked.includes(code));
        }""",
        arg=list(codes),
    )


def test_map_table_and_list_are_in_step(tab: OpenTab) -> None:
    visit = tab().go("stadsdelar")
    assert visit.tags("omraden") == []
    rows = rows_of_the_table(visit)
    assert len(rows) == 32
    by_map, by_row, by_list = rows[1], rows[3], rows[5]

    click_area(visit, by_map)
    wait_in_step(visit, by_map)
    assert visit.widget("more-comparison").count() == 1
    visit.page.locator(".hs-areas tbody tr").filter(has_text=by_row).click()
    wait_in_step(visit, by_map, by_row)
    visit.pick("omraden", by_list)
    wait_in_step(visit, by_map, by_row, by_list)

    # The same click, or the cross in the list, lets an area go again.
    click_area(visit, by_map)
    wait_in_step(visit, by_row, by_list)
    visit.widget("omraden").get_by_role("button", name=by_row).click()
    wait_in_step(visit, by_list)
    visit.page.locator(f".hs-areas input[data-code='{by_list}']").click()
    wait_in_step(visit)
    assert visit.complaints == []


def test_a_heading_sorts_the_table(tab: OpenTab) -> None:
    visit = tab().go("stadsdelar")
    before = rows_of_the_table(visit)
    headings = visit.page.locator(".hs-areas thead th")
    headings.nth(2).get_by_role("button").click()
    visit.page.locator(".hs-areas th[aria-sort=descending]").wait_for()
    down = rows_of_the_table(visit)
    headings.nth(2).get_by_role("button").click()
    visit.page.locator(".hs-areas th[aria-sort=ascending]").wait_for()
    up = rows_of_the_table(visit)
    # Population, which every area has: the same order from both ends.
    numbers = [int("".join(filter(str.isdigit, row))) for row in _column(visit, 2)]
    assert numbers == sorted(numbers)
    assert sorted(up) == sorted(down) == sorted(before)
    assert up != before


def _column(visit: Visit, column: int) -> list[str]:
    return visit.page.locator(f".hs-areas tbody tr > :nth-child({column + 1})").all_inner_texts()


def test_a_fifth_area_is_refused_in_words(tab: OpenTab) -> None:
    codes = ["1488C1010", "1488C1020", "1488C1030", "1488C1120"]
    visit = tab().go("stadsdelar?" + "&".join(f"omraden={code}" for code in codes))
    visit.wait_for_tags("omraden", codes)
    click_area(visit, "1488C1250")
    visit.page.get_by_text(SWEDISH("districts.too_many")).wait_for()
    visit.wait_for_tags("omraden", codes)


def test_an_area_can_be_chosen_on_a_phone(tab: OpenTab) -> None:
    visit = tab(PHONE).go("stadsdelar")
    click_area(visit, "1488C1250")
    visit.wait_for_tags("omraden", ["1488C1250"])
    visit.wait_for_url("omraden=1488C1250")

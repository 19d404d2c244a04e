"""Everything that a mouse can choose can be chosen from the keyboard."""

from conftest import OpenTab
from visit import Visit

MOST_STEPS = 90

# What has the focus: its role, its name, and the widget that it belongs to.
_FOCUS = """() => {
    const one = document.activeElement;
    const key = one.closest('[class*=st-key-]');
    const name = key === null ? '' : [...key.classList].find(part => part.startsWith('st-key-')).slice(7);
    return {
        role: one.getAttribute('role') ?? one.tagName.toLowerCase(),
        text: (one.getAttribute('aria-label') ?? one.innerText ?? '').trim(),
        widget: name,
    };
}"""


def tab_through(visit: Visit, steps: int = MOST_STEPS) -> list[dict[str, str]]:
    """Press the tab key again and again and give what gets the focus."""
    found = []
    for _ in range(steps):
        visit.page.keyboard.press("Tab")
        found.append(visit.page.evaluate(_FOCUS))
        if found[-1]["role"] == "body":
            break
    return found


def reach(visit: Visit, role: str, widget: str) -> None:
    """Press the tab key until something of a role in a widget has the focus."""
    for _ in range(MOST_STEPS):
        visit.page.keyboard.press("Tab")
        focus = visit.page.evaluate(_FOCUS)
        if (focus["role"], focus["widget"]) == (role, widget):
            return
    raise AssertionError(f"The tab key does not reach the {role} of {widget}.")


def test_the_tab_key_reaches_navigation_filters_and_lists(tab: OpenTab) -> None:
    visit = tab().go("stadsdelar?omraden=1488C1070")
    found = tab_through(visit)
    links = [one["text"] for one in found if one["widget"].startswith("nav-")]
    assert links == visit.page.locator(".st-key-navigation a").all_inner_texts()
    assert len(links) == 8
    reached = {one["widget"] for one in found}
    assert {"lang", "niva", "farg", "stadsdel", "granser", "typ", "karta", "more-areas", "omraden"} <= reached
    # In the order of the screen: first where to go, then what to filter, then what to compare.
    order = [one["widget"] for one in found]
    assert order.index("lang") < order.index("niva") < order.index("farg") < order.index("omraden")


def test_the_focus_can_be_seen(tab: OpenTab) -> None:
    visit = tab().go("segregation")
    for role, widget in (("a", "nav-stadsdelar"), ("radio", "lang"), ("radio", "uppdelning"), ("combobox", "matt")):
        reach(visit, role, widget)
        block = visit.widget(widget)
        focused = block.screenshot()
        # The next step takes the focus elsewhere, and what it looked like must have been different.
        visit.page.evaluate("document.activeElement.blur()")
        assert block.screenshot() != focused, f"{widget} looks the same with and without the focus"
        block.locator("a, [role=radio][tabindex='0'], [role=combobox]").first.focus()


def test_a_page_is_opened_from_the_keyboard(tab: OpenTab) -> None:
    visit = tab().go("")
    reach(visit, "a", "nav-segregation")
    visit.page.keyboard.press("Enter")
    visit.wait_for_url("/segregation")


def test_choices_are_made_from_the_keyboard(tab: OpenTab) -> None:
    visit = tab().go("stadsdelar")
    reach(visit, "radio", "niva")
    visit.page.keyboard.press("ArrowRight")
    visit.page.keyboard.press("Space")
    visit.wait_for_url("niva=regso")

    visit.go("stadsdelar")
    reach(visit, "combobox", "omraden")
    visit.page.keyboard.type("1488C1070")
    visit.page.get_by_role("option").filter(has_text="1488C1070").wait_for()
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("Enter")
    visit.wait_for_url("omraden=1488C1070")


def test_the_table_of_a_figure_is_opened_from_the_keyboard(tab: OpenTab) -> None:
    visit = tab().go("segregation")
    before = visit.page.locator("table.hs-table").count()
    reach(visit, "radio", "more-contributions")
    visit.page.keyboard.press("Space")
    visit.page.wait_for_function("n => document.querySelectorAll('table.hs-table').length > n", arg=before)


def test_an_area_is_chosen_from_the_table_by_the_keyboard(tab: OpenTab) -> None:
    visit = tab().go("stadsdelar")
    box = visit.page.locator(".hs-areas tbody input").first
    box.wait_for()
    code = box.get_attribute("data-code")
    box.focus()
    visit.page.keyboard.press("Space")
    visit.wait_for_url(f"omraden={code}")
    # Whoever chooses areas by the keyboard goes on from where they were.
    visit.page.wait_for_function("code => document.activeElement.dataset.code === code", arg=code)

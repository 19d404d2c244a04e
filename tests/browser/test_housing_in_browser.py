"""Housing to try in a real browser: a step by the keyboard, the link, and another part of the page in between."""

from conftest import OpenTab

PAGE = "segregation?del=what_if"


def test_a_step_is_added_by_the_keyboard_and_its_link_restores_it(tab: OpenTab) -> None:
    visit = tab().go(PAGE)
    first = visit.headline()
    number = visit.widget("housing-number").locator("input")
    number.fill("120")
    number.press("Tab")
    visit.pick("housing-group", 1)
    visit.pick("housing-area", "1488C1090")
    add = visit.widget("housing-add").locator("button")
    add.focus()
    add.press("Enter")
    link = visit.wait_for_url("bostader=")
    visit.page.wait_for_function("before => document.querySelector('h1.hs-headline').innerText !== before", arg=first)
    said = visit.settle().headline()
    assert visit.parameter("bostader")[0].endswith(".b-1488C1090-b-120")

    other = tab().go(link)
    assert other.headline() == said
    # Another part and back: the scenario is still there.
    other.choose("del", "segregation.part_mix")
    other.wait_for_url("del=mix")
    other.choose("del", "segregation.part_what_if")
    other.wait_for_url("del=what_if", "bostader=")
    other.page.wait_for_function("said => document.querySelector('h1.hs-headline').innerText === said", arg=said)
    # A button with an explanation is drawn twice, once for touch.
    other.widget("housing-remove-0").locator("button:visible").click()
    other.page.wait_for_function("!location.href.includes('bostader=')")
    assert other.settle().headline() == first
    assert visit.complaints == other.complaints == []

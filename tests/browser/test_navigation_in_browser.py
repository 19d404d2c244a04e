"""Going from page to page: nothing that was chosen is lost, and the menu does not stay in the way."""

from conftest import PHONE, OpenTab
from playwright.sync_api import expect


def test_coming_back_from_another_page_finds_what_was_chosen(tab: OpenTab) -> None:
    visit = tab().go("segregation")
    visit.choose("uppdelning", 3)
    visit.wait_for_url("uppdelning=unemployed")
    chosen = visit.settle().headline()
    visit.page.locator(".st-key-navigation a").nth(2).click()
    visit.wait_for_url("/stadsdelar")
    visit.settle().page.go_back()
    visit.wait_for_url("/segregation", "uppdelning=unemployed")
    visit.page.wait_for_function("said => document.querySelector('h1.hs-headline')?.innerText === said", arg=chosen)
    assert visit.complaints == []


def test_the_menu_on_a_phone_goes_away_when_a_page_is_chosen(tab: OpenTab) -> None:
    visit = tab(PHONE).go("")
    visit.page.get_by_test_id("stExpandSidebarButton").click()
    sidebar = visit.page.get_by_test_id("stSidebar")
    expect(sidebar).to_have_attribute("data-collapsed", "false")
    visit.page.locator(".st-key-navigation a").nth(1).click()
    visit.wait_for_url("/segregation")
    expect(sidebar).to_have_attribute("data-collapsed", "true")
    assert visit.settle().headline().startswith("45")

"""A link restores a view: for another visitor, in another language, and with the back button."""

from conftest import OpenTab
from visit import Visit

#: The ends of a slider, which screen readers and the keyboard get.
SLIDERS = "input[type=range]"


def test_a_link_restores_the_choices_on_segregation(tab: OpenTab) -> None:
    visit = tab().go("segregation")
    before = visit.headline()
    for choose, key, position in (
        (visit.choose, "uppdelning", 1),
        (visit.choose, "niva", 1),
        (visit.pick, "matt", 2),
    ):
        choose(key, position)
        visit.wait_for_url(f"{key}=")
    link = visit.wait_for_url("uppdelning=", "niva=regso", "matt=")
    assert visit.headline() != before

    other = tab().go(link)
    assert other.headline() == visit.headline()
    for key in ("uppdelning", "niva", "ar"):
        assert other.marked(key) == visit.marked(key) != []
    measures = [one.widget("matt").get_by_role("combobox").input_value() for one in (visit, other)]
    assert measures[0] == measures[1] != ""
    assert other.url() == link


def test_a_link_restores_filters_on_neighbourhoods(tab: OpenTab) -> None:
    visit = tab().go("stadsdelar")
    visit.choose("typ", 0)
    visit.wait_for_url("typ=C")
    visit.pick("farg", 3)
    visit.wait_for_url("farg=")
    visit.pick("granser", 1)
    visit.wait_for_url("granser=")
    [limited] = visit.parameter("granser")
    lower = visit.widget(f"{limited}-deso").locator(SLIDERS).first
    lower.focus()
    lower.press("PageUp")
    visit.wait_for_url(f"{limited}-deso=")
    visit.pick("omraden", "1488C1070")
    link = visit.wait_for_url("typ=C", "farg=", "omraden=1488C1070", f"{limited}-deso=")
    headings = visit.page.get_by_role("heading").all_inner_texts()

    other = tab().go(link)
    assert other.page.get_by_role("heading").all_inner_texts() == headings
    assert len(other.marked("typ")) == 1
    for key in ("granser", "omraden"):
        assert other.tags(key) == visit.tags(key) != []
    limits = [[end.input_value() for end in one.page.locator(SLIDERS).all()] for one in (visit, other)]
    assert limits[0] == limits[1] != []
    assert other.url() == link


def test_the_link_in_the_card_restores_the_view(tab: OpenTab) -> None:
    visit = tab().go("segregation?uppdelning=unemployed&karta=municipality")
    visit.choose("more-contributions", "figure.how")
    link = visit.page.locator("[data-testid=stCode]").last
    link.wait_for()
    address = link.inner_text().strip()
    assert address.startswith(f"{visit.address}/segregation?")
    other = tab().go(address)
    assert other.headline() == visit.headline()
    assert other.parameter("karta") == ["municipality"]
    assert other.marked("karta") == visit.marked("karta")


def _switch_language(visit: Visit, language: str) -> None:
    visit.choose("lang", ("sv", "en").index(language))
    visit.page.wait_for_function("language => document.documentElement.lang === language", arg=language)
    visit.settle()


def test_the_language_switch_keeps_the_page_and_its_choices(tab: OpenTab) -> None:
    visit = tab().go("segregation")
    visit.choose("uppdelning", 1)
    visit.wait_for_url("uppdelning=low_economic_standard")
    visit.choose("niva", 1)
    visit.wait_for_url("niva=regso")
    swedish = visit.headline()

    _switch_language(visit, "en")
    visit.wait_for_url("/segregation", "lang=en", "uppdelning=low_economic_standard", "niva=regso")
    assert visit.headline() != swedish
    assert visit.buttons("uppdelning").nth(1).get_attribute("aria-checked") == "true"

    visit.page.locator(".st-key-navigation a").nth(2).click()
    visit.wait_for_url("/stadsdelar", "lang=en")
    assert visit.page.evaluate("document.documentElement.lang") == "en"

    visit.page.go_back()
    visit.wait_for_url("/segregation", "lang=en")
    _switch_language(visit, "sv")
    assert "lang=" not in visit.url()


def test_areas_stay_chosen_in_the_other_language(tab: OpenTab) -> None:
    visit = tab().go("stadsdelar?omraden=1488C1070&typ=C")
    _switch_language(visit, "en")
    visit.wait_for_tags("omraden", ["1488C1070"])
    visit.wait_for_url("/stadsdelar", "omraden=1488C1070", "typ=C", "lang=en")
    assert len(visit.marked("typ")) == 1


def test_the_back_button_undoes_a_choice(tab: OpenTab) -> None:
    visit = tab().go("segregation")
    first = visit.headline()
    visit.choose("uppdelning", 3)
    visit.wait_for_url("uppdelning=")
    visit.page.go_back()
    visit.page.wait_for_function("before => document.querySelector('h1.hs-headline')?.innerText === before", arg=first)
    visit.settle()
    assert "uppdelning" not in visit.url()


def test_nonsense_in_a_link_shows_the_usual_view(tab: OpenTab) -> None:
    usual = tab().go("segregation")
    odd = tab().go("segregation?uppdelning=%00&niva=city&ar=1066&matt='&karta=moon&lang=xx&other=1")
    assert odd.headline() == usual.headline()
    assert odd.complaints == []

"""What stands around the pages: building at the start, and what is said when something is wrong."""

import logging

import pytest
from faults import FAULTS
from visitor import Visitor, plain

from dashboard.views import overview
from dashboard.warehouse.freshness import is_fresh


def test_the_first_visitor_waits_while_the_data_are_read(city):
    with city.in_use():
        visitor = Visitor().start()
        assert not visitor.at.exception
        assert not visitor.at.error
        assert is_fresh(city.settings())
        said = [status.label for status in visitor.at.status]
        assert said == ["Data är inlästa."]
        assert visitor.headline


def test_the_second_visitor_does_not_wait(built_city):
    with built_city.in_use():
        visitor = Visitor().start()
        assert visitor.is_well()
        assert not visitor.at.status


def test_bad_data_leave_the_old_ones_on_screen_and_say_so(built_city, caplog):
    FAULTS["share of 140"].make(built_city.data)
    with built_city.in_use():
        visitor = Visitor().start()
        assert not visitor.at.exception
        assert [one.value for one in visitor.at.warning] == [
            "Nya data kunde inte läsas in. Du ser den förra versionen. Orsaken står i loggen."
        ]
        assert visitor.headline
        assert "scb_tab6571.csv, row 2" in caplog.text
        assert "scb_tab6571" not in str(visitor.at.main)


def test_bad_data_without_old_ones_are_a_sentence(city, caplog):
    FAULTS["share of 140"].make(city.data)
    with city.in_use():
        visitor = Visitor().start()
        assert not visitor.at.exception
        (error,) = visitor.at.error
        assert error.value == "Data kan inte visas just nu. Den som sköter dashboarden hittar orsaken i loggen."
        assert "scb_tab6571.csv, row 2" in caplog.text
        assert not city.warehouse.exists()


def test_an_english_reader_is_told_in_english(city):
    FAULTS["share of 140"].make(city.data)
    with city.in_use():
        visitor = Visitor("en").start()
        (error,) = visitor.at.error
        assert "cannot be shown" in error.value or "can not be shown" in error.value


def test_a_bad_setting_is_a_sentence(monkeypatch, built_city):
    monkeypatch.setenv("DASHBOARD_PORT", "eighty")
    with built_city.in_use():
        visitor = Visitor().start()
        assert not visitor.at.exception
        (error,) = visitor.at.error
        assert error.value.startswith("Dashboarden är fel inställd. The setting port cannot be used")


def test_new_data_are_taken_in_while_it_runs(built_city):
    with built_city.in_use():
        visitor = Visitor().open("segregation")
        before = visitor.headline
        path = built_city.data / "observations" / "scb_tab6571.csv"
        rows = path.read_text("utf-8").splitlines()
        changed = [row.replace(",51,", ",12,") if ",2025," in row and "1487C1040" in row else row for row in rows]
        assert changed != rows
        path.write_text("\n".join([*changed, ""]), "utf-8")
        from dashboard.views.context import freshness_watch

        freshness_watch.cache_clear()
        visitor.at.run()
        assert not visitor.at.exception
        assert not visitor.at.error
        assert visitor.headline != before


@pytest.mark.parametrize(("language", "said"), [("sv", "Sidan"), ("en", "page")])
def test_a_page_that_fails_says_so_in_the_visitors_language(at_home, monkeypatch, caplog, language, said):
    def fail(view) -> None:
        raise RuntimeError("something in the code")

    monkeypatch.setattr(overview, "headline", fail)
    with caplog.at_level(logging.ERROR):
        visitor = Visitor(language).start()
    (error,) = visitor.at.error
    assert said.lower() in error.value.lower()
    assert "something in the code" not in error.value
    assert "something in the code" in caplog.text
    assert "SCB" in plain(visitor.markup), "the footer is still there"


def test_every_page_is_in_the_navigation_with_its_title(at_home):
    visitor = Visitor().start()
    labels = [element.proto.label for element in visitor.at.sidebar.get("page_link")]
    assert labels == [
        "Översikt",
        "Segregation",
        "Stadsdelar",
        "Platser",
        "Färdplan",
        "Kunskapscirkel",
        "Presentation",
        "Data och metod",
    ]
    assert "Trollhättan" in plain(visitor.markup)


def test_links_to_other_pages_keep_the_language(at_home):
    for language, query in (("sv", ""), ("en", "lang=en")):
        visitor = Visitor(language).start()
        queries = {element.proto.query_string for element in visitor.at.sidebar.get("page_link")}
        assert queries == {query}

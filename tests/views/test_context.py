"""What every page works with: language, municipality, the link to a view, and when to look at the data again."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.views.context import SECONDS_BETWEEN_CHECKS, FreshnessWatch


def page() -> None:
    import streamlit as st

    from dashboard.views.context import current_view

    view = current_view()
    st.text(view.language)
    st.text(view.home.name)
    st.text(view.link())
    st.text(str(len(view.municipalities)))
    st.text(view.actor.role)
    st.text(view.fmt.number(59265))
    st.text(view.theme.__class__.__name__)


def run(url: str | None = None, **address: object) -> list[str]:
    at = AppTest.from_function(page, default_timeout=20)
    at.query_params.update(address)
    if url:
        at.context["url"] = url
    at.run()
    assert not at.exception
    return [text.value for text in at.text]


@pytest.fixture
def at_home(home_city):
    with home_city.in_use():
        yield home_city


def test_swedish_unless_set_otherwise(at_home, monkeypatch):
    assert run()[0] == "sv"
    assert run()[5] == "59\u00a0265"


def test_the_default_language_is_a_setting(home_city, monkeypatch):
    monkeypatch.setenv("DASHBOARD_DEFAULT_LANGUAGE", "en")
    with home_city.in_use():
        found = run()
    assert (found[0], found[5]) == ("en", "59,265")


def test_the_home_municipality_and_a_visitor_without_rights(at_home):
    found = run()
    assert (found[1], found[3], found[4]) == ("Trollhättan", "9", "reader")


@pytest.mark.parametrize(
    ("url", "address", "public", "expected"),
    [
        ("http://127.0.0.1:8501/", {}, None, "http://127.0.0.1:8501/"),
        ("http://127.0.0.1:8501/segregation", {}, None, "http://127.0.0.1:8501/segregation"),
        (
            "http://127.0.0.1:8501/segregation?niva=regso",
            {"niva": "regso"},
            None,
            "http://127.0.0.1:8501/segregation?niva=regso",
        ),
        (
            "http://127.0.0.1:8501/stadsdelar/",
            {"typ": ["A", "B"]},
            None,
            "http://127.0.0.1:8501/stadsdelar?typ=A&typ=B",
        ),
        ("http://127.0.0.1:8501", {"lang": "en"}, None, "http://127.0.0.1:8501/?lang=en"),
        ("http://127.0.0.1:8501/segregation", {}, "https://example.org/", "https://example.org/segregation"),
        ("http://127.0.0.1:8501/", {"lang": "en"}, "https://example.org/city", "https://example.org/city/?lang=en"),
        (None, {}, None, "/"),
    ],
)
def test_the_link_restores_page_and_choices(home_city, monkeypatch, url, address, public, expected):
    if public:
        monkeypatch.setenv("DASHBOARD_PUBLIC_URL", public)
    with home_city.in_use():
        assert run(url, **address)[2] == expected


def test_a_link_behind_a_path_names_the_page_once(home_city, monkeypatch):
    """Served below a path, the front page's address ends with that path, which is no page."""
    monkeypatch.setenv("DASHBOARD_PUBLIC_URL", "https://example.org/city/")
    with home_city.in_use():
        assert run("https://example.org/city/")[2] == "https://example.org/city/"
        assert run("https://example.org/city/segregation")[2] == "https://example.org/city/segregation"


def test_the_data_are_looked_at_once_a_minute():
    now = [1000.0]
    watch = FreshnessWatch(lambda: now[0])
    assert watch.is_due()
    watch.done()
    assert not watch.is_due()
    now[0] += SECONDS_BETWEEN_CHECKS
    assert not watch.is_due()
    now[0] += 1
    assert watch.is_due()

"""The way back after signing in leads to a page of the dashboard, with what was chosen there, and nowhere else."""

from pathlib import Path

import pytest

from dashboard.page_addresses import COOKIE, PAGES, failed_at, own_page, page_in, remembered

PUBLIC = "https://example.org"


def test_there_is_an_address_for_every_page():
    assert set(PAGES) == {path.stem for path in (Path(__file__).parents[1] / "pages").glob("*.py")}
    for address in PAGES.values():
        assert own_page(f"/{address}") == f"/{address}"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/", "/"),
        ("https://example.org", None),
        ("https://EXAMPLE.org:443/fardplan/?del=grants&lang=en", "/fardplan?del=grants&lang=en"),
        ("https://example.org/platser?jmf=a&jmf=b&tom=#rubrik", "/platser?jmf=a&jmf=b&tom="),
        (
            "https://example.org/fardplan?q=Sj%C3%B6n+%26%0d%0aSet-Cookie:x",
            "/fardplan?q=Sj%C3%B6n+%26%0D%0ASet-Cookie%3Ax",
        ),
        ("https://example.org/?inloggning=misslyckades&lang=en", "/?lang=en"),
        ("https://example.org/fardplan?lang=en&q=" + "x" * 3000, "/fardplan?lang=en"),
        # Somebody else's, or none of the pages.
        ("http://example.org/fardplan", None),
        ("https://example.org:8443/fardplan", None),
        ("https://example.org.evil.example/fardplan", None),
        ("https://example.org@evil.example/fardplan", None),
        ("//example.org/fardplan", None),
        ("/fardplan", None),
        ("https://example.org/auth/logout", None),
        ("https://example.org/oauth2callback?code=x", None),
        ("https://example.org//evil.example", None),
        ("https://example.org/fardplan/../auth/logout", None),
        ("https://example.org/fardplan%2f..%2fauth", None),
        ("https://[/fardplan", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_only_pages_of_this_dashboard_are_come_from(address, expected):
    assert own_page(address, PUBLIC) == expected
    # Where nobody can sign in there is no such address.
    assert own_page(address, None) in (None, "/fardplan" if address == "/fardplan" else None)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("%2Ffardplan%3Fdel%3Dgrants", "/fardplan?del=grants"),
        ("/fardplan", "/fardplan"),
        ("https%3A%2F%2Fevil.example%2Ffardplan", None),
        ("%2F%2Fevil.example%2Ffardplan", None),
        ("%2F%5Cevil.example", None),
        ("%2Ffardplan%0d%0aLocation%3A%20https%3A%2F%2Fevil.example", None),
        ("%2F%09%2Fevil.example", None),
        ("javascript%3Aalert(1)", None),
        ("%2Fauth%2Flogout", None),
        ("", None),
    ],
)
def test_a_cookie_that_somebody_made_up_leads_nowhere_else(value, expected):
    assert page_in([f"other=1; {COOKIE}={value}; more=2"]) == expected


def test_what_is_kept_is_found_again_and_can_be_forgotten():
    page = "/platser?jmf=a&jmf=b&q=Sj%C3%B6n%3B&lang=en"
    cookie = remembered(page, "/oauth2callback")
    assert page_in([cookie.split("; ")[0]]) == page
    assert cookie.split("; ")[1:] == ["HttpOnly", "Max-Age=900", "Path=/oauth2callback", "SameSite=lax"]
    forgotten = remembered(None, "/oauth2callback")
    assert page_in([forgotten.split("; ")[0]]) is None
    assert "Max-Age=0" in forgotten


def test_that_it_failed_is_said_once_in_the_address():
    assert failed_at("/") == "/?inloggning=misslyckades"
    assert failed_at("/fardplan?lang=en") == "/fardplan?lang=en&inloggning=misslyckades"
    assert own_page(failed_at("/fardplan?lang=en")) == "/fardplan?lang=en"

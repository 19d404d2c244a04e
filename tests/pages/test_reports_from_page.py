"""Reports that are made from the page on the roadmap: when asked for, of what everybody sees, or a sentence why not."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from made_up_roadmap import HOME
from visitor import Visitor

from dashboard.access import PUBLIC
from dashboard.exports.typst_file import SheetFileError
from dashboard.register.contents import Contents
from dashboard.register.errors import UnavailableError
from dashboard.register.grant_entries import Funder, Grant
from dashboard.views import clock, register_access, report_handout, roadmap_report, roadmap_report_offer

GRANT = "delmos-2021"


def alerts(page: Visitor) -> list[str]:
    found = re.findall(r'role="alert"[^>]*><p><strong>(.*?)</strong>(.*?)</p>', page.markup)
    return [html.unescape(f"{strong}{text}").strip() for strong, text in found]


def files(page: Visitor) -> list[str]:
    return [one.proto.label for one in page.at.get("download_button")]


@pytest.fixture
def made(monkeypatch) -> list:
    """Give the reports that are set, which this test does not set for real."""
    found = []
    monkeypatch.setattr(report_handout, "report_pdf", lambda report: found.append(report) or b"%PDF-1.7")
    return found


def test_nothing_is_made_before_somebody_asks(visitor, made):
    page = visitor.open("roadmap")
    assert page.is_well()
    assert made == []
    assert files(page) == []


def test_the_report_of_today_is_fetched_after_it_was_made(visitor, made):
    page = visitor.open("roadmap").press("report-make")
    assert page.is_well()
    assert files(page) == ["Hämta rapporten (PDF)"]
    (report,) = made
    assert report.language == "sv"
    assert not any("ändrats sedan" in one for one in report.dates)
    assert report.link == "http://127.0.0.1:8501/fardplan"
    assert "SHA-256" in report.fingerprint
    assert "Metod: Hela staden " in report.fingerprint


@pytest.mark.parametrize("said", ["2026-03-01", "20260301", " 2026-3-1 "])
def test_a_day_tells_what_has_changed_since(visitor, made, monkeypatch, said):
    # As if the record of changes, which begins when the register of this test is made, went that far back.
    monkeypatch.setattr(roadmap_report, "known_from", lambda since, asked: asked)
    visitor.open("roadmap").type(roadmap_report_offer.SINCE, said).press("report-make")
    (report,) = made
    assert "Visar vad som har ändrats sedan 1 mars 2026." in [one.replace("\u00a0", " ") for one in report.dates]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("i mars", "i mars är ingen dag. Skriv år, månad och dag, till exempel 2026-03-01."),
        ("2026-02-30", "2026-02-30 är ingen dag."),
        ("<b>1</b>", "<b>1</b> är ingen dag."),
    ],
)
def test_what_is_no_day_is_told(visitor, made, said, expected):
    page = visitor.open("roadmap").type(roadmap_report_offer.SINCE, said).press("report-make")
    (alert,) = alerts(page)
    assert alert.startswith(expected)
    assert (made, files(page)) == ([], [])


def test_a_day_to_come_is_told(visitor, made):
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    page = visitor.open("roadmap").type(roadmap_report_offer.SINCE, tomorrow).press("report-make")
    (alert,) = alerts(page)
    assert "har inte varit än" in alert
    assert made == []


def test_the_draft_of_a_granted_grant_is_made_when_asked_for(visitor, made):
    page = visitor.open("roadmap", **{"del": "grants", "bidrag": GRANT}).press(f"final-{GRANT}")
    assert page.is_well()
    assert files(page) == ["Hämta utkastet (PDF)"]
    (report,) = made
    assert report.link == f"http://127.0.0.1:8501/fardplan?del=grants&bidrag={GRANT}"


class OfEverybody:
    """A register of which not everybody may see anything."""

    def contents(self, actor: object, municipality: str) -> Contents:
        assert (actor, municipality) == (PUBLIC, "1488")
        return Contents()


def test_a_grant_that_not_everybody_sees_has_no_draft(visitor, made, monkeypatch):
    shown = Contents(
        grants=(Grant(id="g", name="Bidrag", funder="f", state="ongoing", **HOME),),
        funders=(Funder(id="f", name="Myndigheten", **HOME),),
    )
    monkeypatch.setattr(register_access, "contents", lambda view: shown)
    monkeypatch.setattr(register_access, "register", lambda view: OfEverybody())
    page = visitor.open("roadmap", **{"del": "grants"}).press("final-g")
    (alert,) = alerts(page)
    assert alert.startswith("Utkastet kan inte göras.")
    assert (made, files(page)) == ([], [])


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (SheetFileError("The font is missing."), "Rapporten kunde inte göras. Den som sköter dashboarden hittar"),
        (UnavailableError("unavailable"), "Rapporten kunde inte göras. "),
    ],
)
def test_a_report_that_fails_is_told_in_a_sentence(visitor, monkeypatch, error, expected):
    def broken(report: object) -> bytes:
        raise error

    monkeypatch.setattr(report_handout, "report_pdf", broken)
    page = visitor.open("roadmap").press("report-make")
    (alert,) = alerts(page)
    assert alert.startswith(expected)
    assert files(page) == []

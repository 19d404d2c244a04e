"""Statsbidrag as a reader sees it: what was granted, used and left, what must be seen to, and the yearly round."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from made_up_roadmap import HOME, ROADMAP, TODAY
from visitor import Visitor, plain

from dashboard.register.contents import Contents
from dashboard.register.grant_entries import Funder, Grant, Spending
from dashboard.views import clock, figure, register_access

Open = Callable[..., Visitor]
#: What the database calls things; no reader should meet it.
INTERNAL = (
    "money_soon",
    "money_over",
    "report_late",
    "funder_closed",
    "used_until",
    "report_due",
    "granted_amount",
    "amount_is_about",
    "applied_on",
    "ongoing",
    "refused",
    "version",
    "None",
    "g-hemligt-id",
    "f-hemligt-id",
    "s-hemligt-id",
)


def grant(**values: object) -> Grant:
    given = {"id": "g", "name": "Påhittat bidrag", "funder": "f", "state": "ongoing", **HOME}
    return Grant.model_validate(given | values)


def funder(**values: object) -> Funder:
    return Funder.model_validate({"id": "f", "name": "Påhittade myndigheten", **HOME} | values)


def spent(entry: str, on: date, amount: int, what: str, *, of: str = "g") -> Spending:
    return Spending(id=entry, grant=of, on=on, amount=amount, what=what)


@pytest.fixture
def opened(monkeypatch, visitor) -> Open:
    """Open the part with some grants in the register, on a day."""

    def open_part(*grants: Grant, day: date = TODAY, **others: object) -> Visitor:
        contents = replace(Contents(grants=grants, funders=(funder(),)), **others)
        monkeypatch.setattr(clock, "today", lambda: day)
        monkeypatch.setattr(register_access, "contents", lambda view: contents)
        page = visitor.open("roadmap", **{"del": "grants"})
        assert page.is_well()
        return page

    return open_part


def said(markup: str) -> str:
    return " ".join(plain(markup).split())


def words(page: Visitor) -> str:
    return said(page.markup)


def headline(page: Visitor) -> str:
    return page.headline.replace("\u00a0", " ")


def lead(page: Visitor) -> str:
    found = re.search(r'<p class="hs-lead">(.*?)</p>', page.markup, re.DOTALL)
    return said(found[1]) if found else ""


def notices(page: Visitor) -> list[str]:
    return [said(one) for one in re.findall(r'<div class="hs-notice" role="note">(.*?)</div>', page.markup, re.DOTALL)]


def steps(page: Visitor) -> list[tuple[str, str]]:
    """Give the line of states: how each stands, and what is said of it."""
    (line,) = re.findall(r'<ol class="hs-steps".*?</ol>', page.markup, re.DOTALL)
    items = re.findall(r'<li class="hs-step-(\w+)"[^>]*>(.*?)</li>', line, re.DOTALL)
    # The spans of a step are read one after the other.
    return [(how, said(text.replace("<", " <"))) for how, text in items]


def cells(page: Visitor, caption: str) -> list[list[str]]:
    """Give the rows of the table with a caption."""
    (body,) = (
        one
        for one in re.findall(r"<table.*?</table>", page.markup, re.DOTALL)
        if caption in said(one.split("</cap")[0])
    )
    rows = re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    return [[said(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)] for row in rows]


@pytest.mark.parametrize(
    ("grants", "expected"),
    [
        ([], "Trollhättan har inga statsbidrag i färdplanen"),
        ([{"state": "applied"}], "1 bidrag i färdplanen, inte beviljat"),
        ([{}], "1 bidrag beviljat, beloppet är inte känt"),
        ([{"granted_amount": 1_650_000, "amount_is_about": True}], "1 bidrag beviljat: nära 1 650 000 kr"),
        (
            [{"granted_amount": 1_650_000, "amount_is_about": True}, {"granted_amount": 1_500_000}],
            "2 bidrag beviljade: tillsammans nära 3 150 000 kr",
        ),
        (
            [{"granted_amount": 700_000}, {"granted_amount": 300_000}, {}, {"state": "refused"}],
            "3 bidrag beviljade, beloppet är känt för 2: 1 000 000 kr",
        ),
    ],
)
def test_the_headline_tells_what_was_granted_as_far_as_it_is_known(opened, grants, expected):
    page = opened(*(grant(id=f"g{number}", **values) for number, values in enumerate(grants)))
    assert headline(page) == expected


def test_without_any_grant_it_says_why_and_what_would_fill_it(opened):
    page = opened()
    assert lead(page) == ""
    text = words(page)
    assert "Registret har inga bidrag för kommunen." in text
    assert "En redaktör som har loggat in lägger till dem här." in text
    assert text.count("Inget kommande datum är känt") == 1


def test_the_lead_tells_what_is_used_and_how_many_must_be_seen_to(opened):
    assert lead(opened(grant())) == "Hur mycket som är använt är inte känt: inga utgifter är införda i registret."
    page = opened(
        grant(id="a", granted_amount=500_000, used_until=date(2026, 12, 1)),
        grant(id="b", granted_amount=500_000),
        grant(id="c"),
        spending=(
            spent("1", date(2026, 3, 1), 120_000, "Bänkar", of="a"),
            spent("2", date(2026, 4, 1), 30_000, "Lampor", of="b"),
            spent("3", date(2026, 5, 1), 5_500, "Lampor", of="b"),
        ),
    )
    # 120 000 + 30 000 + 5 500 kronor of two grants; only of the first the time is nearly over.
    assert lead(page) == (
        "155 500 kr är använt, enligt de utgifter som är införda för 2 bidrag. "
        "Någon behöver göra något åt 1 bidrag: Påhittat bidrag."
    )


def test_the_line_of_states_tells_what_is_behind_here_and_to_come(opened):
    page = opened(
        grant(
            state="ongoing",
            applied_on=date(2025, 9, 15),
            decided_on=date(2025, 12, 1),
            used_from=date(2026, 1, 1),
            used_until=date(2027, 12, 31),
        )
    )
    assert steps(page) == [
        ("done", "Planerad klart"),
        ("done", "Sökt klart 15 september 2025"),
        ("done", "Beviljad klart 1 december 2025"),
        ("now", "Pågår här är bidraget enligt senaste uppgift 1 januari 2026"),
        ("coming", "Slutrapporterad inte än"),
        ("coming", "Avslutad inte än"),
    ]
    assert page.markup.count('aria-current="step"') == 1


def test_the_line_of_a_refused_grant_ends_there(opened):
    page = opened(grant(state="refused", applied_on=date(2025, 9, 15)))
    assert steps(page) == [
        ("done", "Planerad klart"),
        ("done", "Sökt klart 15 september 2025"),
        ("now", "Avslagen här är bidraget enligt senaste uppgift datum saknas"),
    ]


@pytest.mark.parametrize(
    ("until", "rate"),
    [
        # 25 November to 24 May is six months: 660 000 / 6.
        (date(2027, 5, 24), "Det är 110 000 kr i månaden i 6 månader, till 24 maj 2027."),
        # A day less and only five are whole: 660 000 / 5.
        (date(2027, 5, 23), "Det är 132 000 kr i månaden i 5 månader, till 23 maj 2027."),
        (date(2026, 12, 5), "Det är 660 000 kr för den månad som återstår, till 5 december 2026."),
        (TODAY, "Tiden att använda pengarna slutar i dag eller är redan slut."),
        (None, "Sista dagen är inte känd, så det går inte att säga hur mycket det är i månaden."),
    ],
)
def test_what_is_left_and_how_much_that_is_a_month(opened, until, rate):
    page = opened(
        grant(granted_amount=900_000, used_until=until),
        spending=(spent("1", date(2026, 3, 1), 150_000, "Bänkar"), spent("2", date(2026, 9, 1), 90_000, "Lampor")),
    )
    text = words(page)
    # 150 000 + 90 000 = 240 000; 900 000 - 240 000 = 660 000.
    assert "240 000 kr av 900 000 kr är använt" in text
    assert f"660 000 kr är kvar. {rate}" in text


def test_what_is_left_of_an_amount_in_round_words_is_about_too(opened):
    page = opened(
        grant(granted_amount=1_650_000, amount_is_about=True, used_until=date(2027, 2, 23)),
        spending=(spent("1", date(2026, 3, 1), 400_000, "Bänkar"),),
    )
    # 1 650 000 - 400 000 = 1 250 000; 25 November to 23 February is two whole months: 625 000 a month.
    text = words(page)
    assert "400 000 kr av nära 1 650 000 kr är använt" in text
    assert "Nära 1 250 000 kr är kvar. Det är nära 625 000 kr i månaden i 2 månader, till 23 februari 2027." in text
    assert notices(page) == [
        "Att göra: Pengarna ska vara använda senast 23 februari 2027, om 90 dagar. Nära 1 250 000 kr är kvar."
    ]


def test_more_used_than_granted_is_said_and_nothing_is_left_to_spread(opened):
    page = opened(
        grant(granted_amount=100_000, used_until=date(2027, 1, 1)),
        spending=(spent("1", date(2026, 3, 1), 130_000, "Bänkar"),),
    )
    text = words(page)
    assert "130 000 kr är använt, mer än de 100 000 kr som beviljades" in text
    assert "i månaden" not in text
    assert notices(page) == ["Viktigt: 30 000 kr mer än beviljat är använt."]
    # Money that is used up must not be used by any day.
    assert "Sista dag att använda" not in text


def test_more_used_than_an_amount_in_round_words_is_roughly_known_and_nothing_is_left(opened):
    page = opened(
        grant(granted_amount=1_650_000, amount_is_about=True),
        spending=(spent("1", date(2026, 3, 1), 1_700_000, "Bänkar"),),
    ).choose("more-grant-money-g", "table")
    assert notices(page) == ["Viktigt: Omkring 50 000 kr mer än beviljat är använt."]
    assert cells(page, "beviljat, varje utgift, använt och kvar")[-2:] == [
        ["Använt", "", "1 700 000 kr"],
        ["Mer än beviljat", "", "omkring 50 000 kr"],
    ]
    text = words(page)
    assert "Mer än beviljat: omkring 50 000 kr" in text
    assert "nära 50 000" not in text
    assert "\u221250 000" not in text


def test_no_spending_entered_is_not_nothing_spent(opened):
    page = opened(grant(granted_amount=900_000, used_until=date(2027, 5, 24)))
    text = words(page)
    assert "Hur mycket av 900 000 kr som är använt är inte känt" in text
    assert "Inga utgifter är införda i registret. Det betyder inte att inget är använt." in text
    assert "är kvar." not in text


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (91, []),
        (90, ["Att göra: Pengarna ska vara använda senast 23 februari 2027, om 90 dagar. 660 000 kr är kvar."]),
        (31, ["Att göra: Pengarna ska vara använda senast 26 december 2026, om 31 dagar. 660 000 kr är kvar."]),
        (30, ["Viktigt: Pengarna ska vara använda senast 25 december 2026, om 30 dagar. 660 000 kr är kvar."]),
        (0, ["Viktigt: Pengarna ska vara använda senast 25 november 2026, i dag. 660 000 kr är kvar."]),
        (
            -1,
            [
                "Viktigt: Tiden att använda pengarna gick ut 24 november 2026, för 1 dag sedan. "
                "660 000 kr är kvar och kan behöva betalas tillbaka."
            ],
        ),
    ],
)
def test_money_is_warned_of_from_90_days_and_urgently_from_30(opened, days, expected):
    page = opened(
        grant(
            granted_amount=900_000,
            used_until=TODAY + timedelta(days=days),
            # Due long after, so that nothing is said of the report.
            report_due=date(2028, 1, 1),
        ),
        spending=(spent("1", date(2026, 3, 1), 240_000, "Bänkar"),),
    )
    assert notices(page) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (61, []),
        (60, ["Att göra: Slutrapporten ska lämnas senast 24 januari 2027, om 60 dagar."]),
        (15, ["Att göra: Slutrapporten ska lämnas senast 10 december 2026, om 15 dagar."]),
        (14, ["Viktigt: Slutrapporten ska lämnas senast 9 december 2026, om 14 dagar."]),
        (0, ["Viktigt: Slutrapporten ska lämnas senast 25 november 2026, i dag."]),
        (-1, ["Viktigt: Slutrapporten skulle ha lämnats 24 november 2026, för 1 dag sedan."]),
    ],
)
def test_a_report_is_warned_of_from_60_days_and_urgently_from_14(opened, days, expected):
    assert notices(opened(grant(report_due=TODAY + timedelta(days=days)))) == expected


def test_days_that_have_passed_stand_first_when_none_is_ahead_and_nothing_is_said_twice(opened):
    page = opened(grant(used_until=date(2026, 11, 24), report_due=date(2026, 11, 23)))
    assert page.titles[0] == "2 datum har passerat utan att det står att det blev gjort"
    assert words(page).count("Inget kommande datum är känt") == 1
    assert "Närmast i tiden" not in words(page)


def test_days_ahead_stand_in_their_order_and_the_rest_is_counted(opened):
    grants = [grant(id=f"g{n}", name=f"Bidrag {n}", used_until=date(2028, n, 1)) for n in range(1, 8)]
    page = opened(*reversed(grants))
    assert page.titles[0].replace("\u00a0", " ") == "Närmast i tiden: 1 januari 2028, om 402 dagar"
    first, others = re.findall(r'<ul class="hs-deadlines">(.*?)</ul>', page.markup, re.DOTALL)
    assert re.findall(r'datetime="([^"]*)"', first) == [f"2028-0{n}-01" for n in range(1, 6)]
    assert "Visa 2 datum till" in words(page)
    assert re.findall(r'datetime="([^"]*)"', others) == ["2028-06-01", "2028-07-01"]


def test_what_has_passed_stands_before_what_is_to_come(opened):
    page = opened(grant(used_until=date(2026, 11, 24), report_due=date(2027, 2, 1)))
    assert re.findall(r'datetime="([^"]*)"', page.markup) == ["2026-11-24", "2027-02-01"]


def test_what_must_be_done_comes_first_and_what_needs_nothing_is_folded(opened):
    page = opened(
        grant(id="waits", name="Sökt bidrag", state="applied", applied_on=date(2026, 10, 1)),
        grant(id="runs", name="Pågående bidrag", used_from=date(2026, 9, 1)),
        grant(id="late", name="Sent bidrag", used_until=date(2026, 11, 24), used_from=date(2025, 11, 25)),
        grant(id="soon", name="Snart bidrag", used_until=date(2027, 2, 1), used_from=date(2026, 2, 1)),
    )
    order = [title for title in page.titles if title.endswith(" bidrag")]
    assert order == ["Sent bidrag", "Snart bidrag", "Pågående bidrag"]
    assert [one.label for one in page.at.expander] == ["Sökt bidrag: sökt"]


@pytest.mark.parametrize("state", ["planned", "applied", "refused"])
def test_money_that_was_not_granted_has_no_days_that_are_missing(opened, state):
    text = words(opened(grant(state=state)))
    assert "Får användas" not in text
    assert "Slutrapport senast" not in text
    assert "Slutrapport senast" in words(opened(grant()))


def test_a_link_leads_to_one_grant_and_back(opened, visitor):
    opened(grant(id="a", name="Ena"), grant(id="b", name="Andra"))
    page = visitor.open("roadmap", **{"del": "grants", "bidrag": "b"})
    assert page.is_well()
    assert headline(page) == "Andra"
    assert "Ena" not in words(page)
    assert 'href="fardplan?del=grants"' in page.markup


def test_an_address_of_no_grant_says_so_and_shows_all(opened, visitor):
    opened(grant(id="a", name="Ena"))
    page = visitor.open("roadmap", **{"del": "grants", "bidrag": "<b>borta</b>"})
    assert page.is_well()
    assert "Bidraget finns inte längre, eller så är adressen fel." in words(page)
    assert "Ena" in page.titles
    assert "borta" not in words(page)


def test_a_closed_funder_decides_nothing_more_and_a_decided_grant_stays(opened):
    closed = funder(closed=date(2022, 12, 31), successor="Påhittade efterträdaren")
    page = opened(grant(id="a"), grant(id="b", state="applied"), funders=(closed,))
    assert notices(page) == [
        "Att göra: Påhittade myndigheten lades ner 31 december 2022 och kan inte besluta om bidraget. "
        "Nya bidrag söks hos Påhittade efterträdaren."
    ]
    # That is nothing to do, so it is no notice.
    assert (
        "Påhittade myndigheten lades ner 31 december 2022. Bidrag som redan var beslutade påverkas inte, "
        "och slutrapporten ska ändå lämnas. Nya bidrag söks hos Påhittade efterträdaren." in words(page)
    )
    assert "Inga fler: den som gav bidragen finns inte längre." in words(page)


def test_a_funder_that_closes_later_still_decides_and_its_calls_after_that_are_none(opened):
    closing = funder(closed=date(2027, 1, 1), call_opens=date(2027, 2, 1))
    page = opened(grant(), funders=(closing,))
    assert notices(page) == []
    assert "Läggs ner" in words(page)
    assert "Utlysning öppnar: Påhittade myndigheten" not in words(page)


def test_the_published_grants_of_the_city(monkeypatch, visitor):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    page = visitor.open("roadmap", **{"del": "grants"})
    assert page.is_well()
    assert headline(page) == "2 bidrag beviljade: tillsammans nära 3 150 000 kr"
    text = words(page)
    assert "Delegationen mot segregation (Delmos) lades ner 31 december 2022." in text
    assert "Nya bidrag söks hos Socialstyrelsen." in text
    assert "1 maj 2021 till 30 april 2022, 12 månader." in text
    assert page.titles[0] == "1 datum har passerat utan att det står att det blev gjort"
    # What has not been published is not made up: no money used, no day for the report.
    assert "Hur mycket av nära 1 650 000 kr som är använt är inte känt" in text
    assert "Slutrapport senast datum saknas" in text


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (date(2027, 1, 14), "Nästa utlysning öppnar 15 januari 2027, om 1 dag: Nya givaren"),
        (date(2027, 1, 15), "Nästa utlysning öppnar 15 januari 2027, i dag: Nya givaren"),
        (date(2027, 1, 16), "Nästa utlysning stänger 1 mars 2027, om 44 dagar: Nya givaren"),
        (date(2027, 3, 2), "Ingen kommande utlysning är känd"),
    ],
)
def test_the_yearly_round_tells_what_comes_next(opened, day, title):
    old = funder(id="old", name="Gamla givaren", closed=date(2022, 12, 31))
    new = funder(id="new", name="Nya givaren", call_opens=date(2027, 1, 15), call_closes=date(2027, 3, 1))
    page = opened(
        grant(
            funder="new", state="applied", applied_on=date(2026, 2, 1), application_said="Vi ville ha fler ljusa gator."
        ),
        day=day,
        funders=(old, new),
    )
    assert title in [one.replace("\u00a0", " ") for one in page.titles]
    after = words(page).partition("Den årliga omgången")[2]
    assert after.index("Nya givaren") < after.index("Gamla givaren")
    assert "Vi ville ha fler ljusa gator." in after
    assert "Ingen ansökan är införd i registret." in after


def test_the_table_of_the_money_tells_every_post_and_the_sums(opened):
    page = opened(
        grant(granted_amount=900_000, used_until=date(2027, 5, 24)),
        spending=(spent("1", date(2026, 3, 1), 150_000, "Bänkar"), spent("2", date(2026, 9, 1), 90_000, "Lampor")),
    ).choose("more-grant-money-g", "table")
    assert cells(page, "beviljat, varje utgift, använt och kvar") == [
        ["Vad", "Dag", "Belopp"],
        ["Beviljat", "", "900 000 kr"],
        ["Bänkar", "1 mars 2026", "150 000 kr"],
        ["Lampor", "1 sep. 2026", "90 000 kr"],
        ["Använt", "", "240 000 kr"],
        ["Kvar", "", "660 000 kr"],
    ]
    assert "Källa: kommunens eget register" in words(page)


def test_the_files_of_the_money_hold_what_the_table_says(opened, monkeypatch):
    offered: dict[str, object] = {}
    lay_out = figure.offer_downloads

    def note(view, rows, name, file="", **further):
        offered[file] = list(rows)
        lay_out(view, rows, name, file, **further)

    monkeypatch.setattr(figure, "offer_downloads", note)
    page = opened(
        grant(granted_amount=1_650_000, amount_is_about=True, decided_on=date(2025, 12, 1)),
        spending=(spent("1", date(2026, 3, 1), 150_000, "Bänkar"),),
    ).choose("more-grant-money-g", "download")
    assert len(page.at.get("download_button")) == 4
    (rows,) = (rows for file, rows in offered.items() if file == "bidrag-g")
    assert [(row["row"], row["day"], row["what"], row["amount_sek"], row["amount_is_about"]) for row in rows] == [
        ("granted", "2025-12-01", "", 1_650_000, True),
        ("spending", "2026-03-01", "Bänkar", 150_000, False),
        ("used", None, "", 150_000, False),
        ("left", None, "", 1_500_000, True),
    ]


def test_how_the_money_was_worked_out_is_told(opened):
    page = opened(grant(granted_amount=900_000)).choose("more-grant-money-g", "how")
    assert "Utan införda utgifter är använt inte 0 kr, utan okänt." in words(page)


def test_the_years_count_applications_and_only_known_amounts(opened):
    page = opened(
        grant(id="a", applied_on=date(2025, 9, 1), applied_amount=2_000_000, granted_amount=1_200_000),
        grant(id="b", applied_on=date(2025, 10, 1), state="refused"),
        grant(id="c", applied_on=date(2026, 9, 1), applied_amount=500_000, state="applied"),
        grant(id="d", state="planned"),
    )
    assert "3 bidrag sökta: 1 beviljade och 1 avslagna, 1 väntar på beslut" in page.titles
    rows = cells(page, "Sökta, beviljade och avslagna bidrag per år")
    assert [row[:5] for row in rows[1:]] == [["2026", "1", "0", "0", "1"], ["2025", "2", "1", "1", "0"]]
    assert rows[2][5].startswith("2 000 000 kr (känt för 1 av 2)")
    assert rows[2][6] == "1 200 000 kr"


def test_a_reader_meets_no_form_and_nothing_of_how_it_is_kept(opened):
    page = opened(
        grant(
            id="g-hemligt-id",
            funder="f-hemligt-id",
            granted_amount=900_000,
            amount_is_about=True,
            used_until=date(2027, 1, 1),
            report_due=date(2026, 11, 1),
            projects=("torget",),
        ),
        grant(id="g-hemligt-id-2", funder="f-hemligt-id", state="refused"),
        funders=(funder(id="f-hemligt-id", closed=date(2022, 12, 31)),),
        spending=(spent("s-hemligt-id", date(2026, 3, 1), 150_000, "Bänkar", of="g-hemligt-id"),),
        projects=ROADMAP.projects,
    ).choose("more-grant-money-g-hemligt-id", "table")
    # The draft of a final report is for everybody; there is no form to change anything.
    assert [button.key for button in page.at.button] == ["final-g-hemligt-id"]
    text = page.words()
    assert [one for one in INTERNAL if one in text] == []
    assert 'href="fardplan?projekt=torget"' in page.markup


def test_english(opened, monkeypatch, english_visitor):
    opened(grant(granted_amount=1_650_000, amount_is_about=True, used_until=date(2026, 11, 24)))
    page = english_visitor.open("roadmap", **{"del": "grants"})
    assert page.is_well()
    assert "close to" in headline(page)
    assert "1 date has passed without a word that it was done" in page.titles

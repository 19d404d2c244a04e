"""The page on the knowledge circle: every part, what each visitor is shown, the form, moderation, taking back."""

from __future__ import annotations

import re
from dataclasses import replace

import made_up_circle as circle
import pytest
from visitor import Visitor, plain

from dashboard.access import OPERATOR, PUBLIC
from dashboard.register.contact import read_contact
from dashboard.register.dump import StoredPhoto
from dashboard.register.errors import RegisterFileError, UnavailableError
from dashboard.register.photos import clean_photo
from dashboard.register.store import Register
from dashboard.views import (
    actor,
    circle_contact,
    circle_give_photo,
    circle_sending,
    circle_statistics,
    circle_take_back,
    register_access,
)

SAID = "Det är för mörkt vid busshållplatsen."
PAGE = "knowledge_circle"


@pytest.fixture
def register(home_city, tmp_path, monkeypatch):
    """Give a register of its own with the seeds, in local editor mode."""
    url = f"sqlite:///{tmp_path / 'register.sqlite3'}"
    with home_city.in_use():
        monkeypatch.setenv("DASHBOARD_DATABASE_URL", url)
        monkeypatch.setenv("DASHBOARD_LOCAL_EDITOR", "true")
        register_access.forget()
        for remembered in (circle_sending.limit, circle_take_back.tries):
            remembered.cache_clear()
        # A page under test has no address that it was asked from.
        for module in (circle_sending, circle_take_back):
            monkeypatch.setattr(module, "visitor_key", lambda address: "somebody")
        monkeypatch.setattr(actor, "_sits_here", lambda: True)
        found = Register.open(url, home_city.data / "register")
        yield found
        found.close()
    register_access.forget()


@pytest.fixture
def public(monkeypatch):
    """Let every visitor be one of the public, as one who asks from elsewhere is."""
    monkeypatch.setattr(actor, "_sits_here", lambda: False)


def read(visitor: Visitor) -> str:
    return visitor.words().replace("\u00a0", " ")


def text_area(visitor: Visitor, key: str):
    return visitor.at.text_area(key=key)


def write(visitor: Visitor, text: str, *, consent: bool = True, where: str = "kronogards-torg") -> str:
    at = visitor.at
    at.selectbox(key="give-place").set_value(where)
    text_area(visitor, "give-text").set_value(text)
    at.checkbox(key="give-consent").set_value(consent)
    at.button(key="give-send").click().run()
    assert not at.exception
    return read(visitor)


# What residents have said


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("part", ["said", "circles", "give", "moderate"])
def test_every_part_runs_in_both_languages(register, part, language):
    circle.fill(register)
    page = Visitor(language).open(PAGE, **{"del": part})
    assert page.is_well()
    assert page.headline


def test_without_contributions_the_page_says_why_and_how_the_first_one_comes(register, public):
    page = Visitor().open(PAGE)
    assert page.is_well()
    assert page.headline == "Inga inspel från boende är publicerade än"
    assert "har staden inte publicerat" in page.markup
    assert "del=give" in page.markup
    assert page.keys("more-") == []


def test_the_headline_counts_what_came_of_the_contributions(register, public):
    circle.fill(register)
    page = Visitor().open(PAGE)
    assert page.is_well()
    assert page.headline == "5 inspel: 1 har lett till beslut eller projekt, 1 fick nej med skäl och 3 väntar på svar"
    assert "1 svar har inte återkopplats till cirkeln än." in page.markup


def test_a_bar_is_the_part_of_all_contributions_that_came_so_far(register, public):
    circle.fill(register)
    markup = Visitor().open(PAGE).markup
    assert "Inte diskuterat än" in markup
    # Two of five; one of five.
    assert "width:40.00%" in markup
    assert "width:20.00%" in markup
    assert "width:100.00%" not in markup


def test_a_contribution_stands_with_its_place_words_statistics_and_trace(register, public):
    circle.fill(register)
    page = Visitor().open(PAGE)
    words = re.sub(r"\s+", " ", read(page))
    assert "Kronogårds Torg" in words
    assert "Gångvägar och belysning · Skapa blandad bebyggelse" in words
    assert "Cirkeln var överens om detta." in words
    assert f"En moderator skriver att statistiken säger något annat: {circle.STATISTICS}" in words
    assert (
        "Kronogårds Torg-Frälsegården: 54,5 % (2024). Här finns siffran för ett enda år, så den kan inte visa någon"
        " förändring. Egen beräkning på öppna data från SCB (TAB6680)."
    ) in words
    assert f"Nej, därför att: {circle.DECLINED}" in words
    assert "projekt=kronogards-torg" in page.markup
    assert "Återkopplat till cirkeln: inte ännu" in words
    order = [words.rindex(one) for one in ("Inspel 1 februari", "Diskuterat 12 mars", "I ett projekt", "1 juni 2026")]
    assert order == sorted(order)


@pytest.mark.parametrize("years", [1, 2])
def test_a_figure_of_a_single_year_is_not_said_to_show_a_change(register, public, monkeypatch, years):
    circle.fill(register)
    known = circle_statistics.area_courses

    def of_some_years(*given):
        return [replace(one, points=[(2023, 50.0), (2024, 54.5)][-years:]) for one in known(*given)]

    monkeypatch.setattr(circle_statistics, "area_courses", of_some_years)
    words = read(Visitor().open(PAGE))
    assert "54,5 % (2024)." in words
    one_year = "Här finns siffran för ett enda år, så den kan inte visa någon förändring."
    assert (one_year in words) is (years == 1)


def test_what_the_city_wrote_in_swedish_is_marked_in_the_english_view(register, public):
    circle.fill(register)
    markup = Visitor("en").open(PAGE).markup
    for text in (circle.DECLINED, circle.STATISTICS, "På träffen."):
        assert f'<span lang="sv">{text}</span> (in Swedish)' in markup
    assert "(på svenska)" not in Visitor().open(PAGE).markup


def test_a_text_stands_in_its_own_language_and_direction(register, public):
    circle.fill(register)
    markup = Visitor().open(PAGE).markup
    assert f'lang="ar" dir="rtl">{circle.ARABIC}</blockquote>' in markup
    assert f'lang="so" dir="auto">{circle.SOMALI}</blockquote>' in markup
    # A summary is no quote.
    assert 'lang="sv" dir="auto">Unga i området får inget sommarjobb.</p>' in markup


def test_a_picture_has_its_words_and_nothing_of_the_camera(register, public):
    circle.fill(register)
    markup = Visitor().open(PAGE).markup
    assert markup.count("<img ") == 1
    assert 'alt="En trasig bänk"' in markup


@pytest.mark.parametrize(
    ("key", "value", "left"),
    [
        ("inspel_plats", "drottningtorget", 1),
        ("inspel_plats", "1488R007", 3),
        ("inspel_tema", "motesplatser", 1),
        ("inspel_insatsomrade", "mixed_housing", 1),
        ("inspel_utfall", "declined", 1),
    ],
)
def test_filters_stand_in_the_address(register, public, key, value, left):
    circle.fill(register)
    page = Visitor().open(PAGE, **{key: value})
    assert page.is_well()
    assert page.headline.startswith(f"{left} av 5 inspel")
    assert page.markup.count('<article class="hs-said">') == left


def test_filters_that_leave_nothing_say_so(register, public):
    circle.fill(register)
    page = Visitor().open(PAGE, inspel_utfall="declined", inspel_tema="motesplatser")
    page.at.multiselect(key="inspel_plats").set_value(["kronogards-torg"]).run()
    assert page.headline == "Inget av 5 inspel passar det du har valt"
    assert page.keys("more-") == []


def test_a_long_list_comes_in_pages_of_twenty(register, public):
    values = {**circle.HOME, "state": "published", "not_names": True}
    for number in range(45):
        register.save(OPERATOR, "contribution", {**values, "text": f"Inspel nummer {number}"})
    page = Visitor().open(PAGE, sida="3")
    assert page.markup.count('<article class="hs-said">') == 5
    page.choose("sida", "1")
    assert page.markup.count('<article class="hs-said">') == 20


def test_table_and_files_hold_what_is_published_and_nothing_else(register, public):
    circle.fill(register)
    page = Visitor().open(PAGE).choose("more-circle-said", "table")
    table = plain("".join(re.findall(r"<table.*?</table>", page.markup, re.DOTALL)))
    assert circle.SAID in table
    assert all(secret not in page.words() for secret in circle.SECRETS)
    page.choose("more-circle-said", "download")
    assert len(page.at.get("download_button")) == 4


def test_what_may_be_taken_back_is_a_slide_that_is_not_saved(register, public):
    circle.fill(register)
    page = Visitor().open(PAGE).choose("more-circle-said", "deck").press("own-deck-add-circle-said")
    assert [one.public for one in page.at.session_state["own-deck"]] == [False]


@pytest.mark.parametrize("part", ["said", "circles", "give", "moderate"])
@pytest.mark.parametrize("page", ["knowledge_circle", "roadmap"])
def test_the_public_gets_nothing_that_is_internal(register, public, page, part):
    circle.fill(register)
    visitor = Visitor().open(page, **{"del": part})
    assert not visitor.at.exception
    everything = visitor.words() + str(visitor.at)
    assert [secret for secret in (*circle.SECRETS, "43 219", "43\u00a0219", "43219") if secret in everything] == []
    assert not [button for button in visitor.at.button if str(button.key).startswith(("publish", "refuse", "edit"))]


def test_a_moderator_is_shown_what_the_public_is_not(register):
    circle.fill(register)
    words = read(Visitor().open(PAGE, **{"del": "moderate"})) + read(Visitor().open(PAGE, **{"del": "circles"}))
    assert [secret for secret in (*circle.SECRETS, "43 219 kr") if secret not in words] == []


def test_the_part_for_moderators_is_offered_to_them_alone(register, monkeypatch):
    assert "Granska" in read(Visitor().open(PAGE))
    monkeypatch.setattr(actor, "_sits_here", lambda: False)
    page = Visitor().open(PAGE, **{"del": "moderate"})
    assert page.widget("del").value == "said"
    assert "Granska" not in read(page)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((), "När nästa träff är har inte publicerats."),
        (("2026-03-12",), "När nästa träff är har inte publicerats. 1 träff har hållits."),
        (("2099-01-02", "2099-02-03", "2026-03-12"), "Nästa träff: 2 januari 2099, Innovatum. 1 träff har hållits."),
    ],
)
def test_whoever_wants_to_come_reads_when_the_next_meeting_is(register, public, days, said):
    for day in days:
        register.save(OPERATOR, "meeting", {"circle": "kunskapscirkel", "on": day, "place": "innovatum"})
    page = Visitor().open(PAGE, **{"del": "circles"})
    assert page.headline.startswith("I en kunskapscirkel berättar boende vad de vet")
    assert said in read(page)


def test_a_group_below_five_is_not_counted_out_for_the_public(register, public):
    circle.fill(register)
    words = read(Visitor().open(PAGE, **{"del": "circles"}))
    assert "Boende i Kronogården: 14; Anställda i kommunen: 6; Elever: färre än fem." in words
    assert "Summan visas först när ett halvår är slut och minst fem har arbetat." in words


def test_five_experts_are_summed_up(register, public):
    circle.fill(register)
    for number in range(4):
        values = {"circle": "kunskapscirkel", "pseudonym": f"Beteckning {number}"}
        expert = register.save(OPERATOR, "district_expert", values)
        register.save(
            OPERATOR,
            "worked_time",
            {"district_expert": expert.id, "on": "2026-03-12", "hours": 2, "pay": 1000},
        )
    words = read(Visitor().open(PAGE, **{"del": "circles"}))
    assert "Tillsammans till och med 30 juni 2026: 5 personer, 10,5 timmar och 47 219 kr i arvode" in words
    assert "Beteckning" not in words


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<b>fet</b>"])
def test_what_people_write_is_text_and_never_markup(register, hostile):
    values = {**circle.HOME, "not_names": True, "text": hostile, "theme": hostile, "photo_alt": hostile}
    entry = register.save(
        OPERATOR, "contribution", {**values, "state": "published", "statistics_say": hostile, "statistics_agree": False}
    )
    step = {"contribution": entry.id, "step": "declined", "on": "2026-01-01", "text": hostile}
    register.save(OPERATOR, "trace_step", step)
    register.save(OPERATOR, "contribution", {**values, "state": "refused", "refused_because": hostile})
    register.save(OPERATOR, "contribution", {**values, "state": "submitted"})
    for part in ("said", "moderate"):
        page = Visitor().open(PAGE, **{"del": part})
        assert not page.at.exception
        assert hostile in plain(page.markup)
        assert hostile not in page.markup


# The form


@pytest.fixture
def without_moderators(register, monkeypatch):
    """Run the dashboard as it comes: nobody can sign in."""
    monkeypatch.setenv("DASHBOARD_LOCAL_EDITOR", "false")
    circle_sending.current_view.__globals__["current_settings"].cache_clear()
    return register


def test_without_moderators_the_form_is_closed_and_says_where_to_go(without_moderators):
    visitor = Visitor().open(PAGE, **{"del": "give"})
    assert visitor.is_well()
    assert visitor.headline == "Du kan inte skriva här än"
    words = read(visitor)
    assert "Vänd dig till Kontaktcenter, Gärdhemsvägen 9, måndag–fredag 8.00–16.30." in words
    # No form that somebody could fill in for another, and nothing that could be taken back.
    assert "fylla i formuläret" not in words
    assert not visitor.at.text_area
    assert not visitor.at.text_input
    assert "Så kan du säga något" in words
    assert "Lämna ett inspel" not in words + read(Visitor().open(PAGE))


def test_what_was_given_while_the_form_was_open_can_be_taken_back(without_moderators):
    receipt = without_moderators.submit({**circle.HOME, **circle.CONSENT, "text": SAID}).receipt
    visitor = Visitor().open(PAGE, **{"del": "give"})
    visitor.at.text_input(key="give-code").set_value(receipt)
    visitor.at.button(key="give-take-back").click().run()
    assert without_moderators.contents(OPERATOR, "1488").contributions[0].text == ""


def refuse(folder, municipality):
    raise RegisterFileError("contact.yaml cannot be read")


@pytest.mark.parametrize("reads", [lambda folder, municipality: read_contact(folder, "1487"), refuse])
def test_without_a_contact_of_its_own_no_place_to_go_to_is_named(without_moderators, monkeypatch, reads):
    monkeypatch.setattr(circle_contact, "read_contact", reads)
    circle_contact._contact.cache_clear()
    words = read(Visitor().open(PAGE, **{"del": "give"}))
    circle_contact._contact.cache_clear()
    assert "Vänd dig till" not in words
    assert "Du kan säga det på en träff med kunskapscirkeln." in words


@pytest.mark.parametrize("about", ["kronogards-torg", "58.2712, 12.3065"])
def test_a_link_from_a_place_fills_in_what_it_is_about_and_may_be_changed(register, about):
    visitor = Visitor().open(PAGE, **{"del": "give", "om": about})
    is_place = about == "kronogards-torg"
    assert visitor.widget("give-where").value == ("place" if is_place else "map")
    assert visitor.widget("give-place" if is_place else "give-position").value == about
    visitor.choose("give-where", "city")
    assert visitor.widget("give-where").value == "city"


@pytest.mark.parametrize("about", ["finns-inte", "59.3293, 18.0686", "<script>"])
def test_an_address_that_names_no_place_here_fills_in_nothing(register, about):
    visitor = Visitor().open(PAGE, **{"del": "give", "om": about})
    assert visitor.is_well()
    assert visitor.widget("give-place").value == ""


def test_place_and_project_always_lead_to_the_form_with_the_place_and_to_what_was_said_there(register, public):
    way_in = "kunskapscirkel?del=give&amp;om=kronogards-torg"
    project = ("roadmap", {"projekt": "kronogards-torg"})
    place = ("places", {"plats": "kronogards-torg"})
    for page, choices in (project, place):
        markup = Visitor().open(page, **choices).markup
        assert way_in in markup
        assert "inspel_plats" not in markup
    circle.fill(register)
    for page, choices in (project, place):
        visitor = Visitor().open(page, **choices)
        assert way_in in visitor.markup
        assert "Säg något om Kronogårds Torg" in read(visitor)
        assert "kunskapscirkel?inspel_plats=kronogards-torg" in visitor.markup


def test_a_contribution_waits_and_can_be_taken_back(register):
    visitor = Visitor().open(PAGE, **{"del": "give"})
    words = write(visitor, SAID)
    assert "Tack! Vi har tagit emot ditt inspel" in words
    (waiting,) = register.contents(OPERATOR, "1488").contributions
    assert (waiting.text, waiting.place, waiting.form.value, waiting.language) == (
        SAID,
        "kronogards-torg",
        "quote",
        "sv",
    )
    assert waiting.consent == circle_sending.CONSENT_VERSION
    assert waiting.delete_after is not None
    assert register.contents(PUBLIC, "1488").contributions == ()
    receipt = re.search(r"\w{4}-\w{4}-\w{4}-\w{4}", words)[0]
    visitor.at.text_input(key="give-code").set_value(receipt)
    visitor.at.button(key="give-take-back").click().run()
    # The page says first and alone that it is gone.
    assert visitor.headline == "Ditt inspel är borttaget"
    assert "Tack!" not in read(visitor)
    assert receipt not in read(visitor)
    assert SAID not in str(register.snapshot())
    visitor.at.button(key="give-another").click().run()
    assert text_area(visitor, "give-text").value == ""
    assert visitor.at.text_input(key="give-code").value == ""


def test_taking_back_another_one_leaves_the_code_of_the_newest_on_the_screen(register):
    other = register.submit({**circle.HOME, **circle.CONSENT, "text": "Ett äldre inspel."}).receipt
    visitor = Visitor().open(PAGE, **{"del": "give"})
    write(visitor, SAID)
    visitor.at.text_input(key="give-code").set_value(other)
    visitor.at.button(key="give-take-back").click().run()
    words = read(visitor)
    assert "Inspelet är borttaget." in words
    assert re.search(r"\w{4}-\w{4}-\w{4}-\w{4}", words)
    assert [one.text for one in register.contents(OPERATOR, "1488").contributions if one.text] == [SAID]


def ask(visitor: Visitor, code: str) -> str:
    visitor.at.text_input(key="give-code").set_value(code)
    visitor.at.button(key="give-see").click().run()
    assert not visitor.at.exception
    return read(visitor)


def test_the_code_tells_how_it_went(register, public):
    visitor = Visitor().open(PAGE, **{"del": "give"})
    words = write(visitor, SAID)
    code = visitor.at.text_input(key="give-code").value
    # The code stands in its field right after sending.
    assert code in words
    assert "Inspelet väntar på att en moderator läser det." in ask(visitor, code)
    (entry,) = register.contents(OPERATOR, "1488").contributions
    refused = {"state": "refused", "refused_for": "twice", "refused_because": circle.REFUSED_BECAUSE}
    entry = register.save(OPERATOR, "contribution", refused, id=entry.id, version=entry.version)
    words = ask(visitor, code)
    assert "Nej, därför att: samma sak står redan i ett annat inspel." in words
    assert circle.REFUSED_BECAUSE not in words + str(visitor.at)
    assert SAID not in visitor.markup
    entry = register.save(OPERATOR, "contribution", {"state": "published"}, id=entry.id, version=entry.version)
    step = {"contribution": entry.id, "step": "declined", "on": "2026-11-01", "text": "Det finns inga pengar."}
    register.save(OPERATOR, "trace_step", step)
    words = ask(visitor, code)
    assert "Inspelet är publicerat." in words
    assert "Nej, därför att: Det finns inga pengar." in words
    assert visitor.markup.count('<article class="hs-said">') == 1
    # Another code in the field: what was said of the first one does not stand below it.
    visitor.at.text_input(key="give-code").set_value("abcd").run()
    assert "Inspelet är publicerat." not in read(visitor)


def test_a_refusal_without_a_reason_that_can_be_told_says_so(register, public):
    handed_in = register.submit({**circle.HOME, **circle.CONSENT, "text": SAID})
    refused = {"state": "refused", "refused_because": circle.REFUSED_BECAUSE}
    register.save(OPERATOR, "contribution", refused, id=handed_in.entry.id, version=handed_in.entry.version)
    words = ask(Visitor().open(PAGE, **{"del": "give"}), handed_in.receipt)
    assert "inte valt något av de skäl som kan visas här. Du kan fråga: Kontaktcenter" in words
    assert circle.REFUSED_BECAUSE not in words


@pytest.mark.parametrize("code", ["abcd-efgh-jkmn-pqrs", "<script>", "gone"])
def test_an_unknown_code_and_one_whose_contribution_is_gone_get_the_same_answer(register, public, code):
    if code == "gone":
        code = register.submit({**circle.HOME, **circle.CONSENT, "text": SAID}).receipt
        register.withdraw(code)
    assert "Det finns inget inspel med den koden." in ask(Visitor().open(PAGE, **{"del": "give"}), code)


def test_guessing_codes_is_held_back_whether_they_are_looked_up_or_taken_back(register, public, monkeypatch):
    monkeypatch.setattr(circle_take_back, "MOST_TRIES", 2)
    code = register.submit({**circle.HOME, **circle.CONSENT, "text": SAID}).receipt
    visitor = Visitor().open(PAGE, **{"del": "give"})
    ask(visitor, "2222-2222-2222-2222")
    ask(visitor, "3333-3333-3333-3333")
    assert "för många försök" in ask(visitor, code)
    visitor.at.button(key="give-take-back").click().run()
    assert register.standing(code) is not None


def test_a_wrong_code_takes_nothing_back_and_stays_in_its_field(register):
    visitor = Visitor().open(PAGE, **{"del": "give"})
    visitor.at.text_input(key="give-code").set_value("abcd-efgh")
    visitor.at.button(key="give-take-back").click().run()
    assert "Det finns inget inspel med den koden." in read(visitor)
    assert visitor.at.text_input(key="give-code").value == "abcd-efgh"


@pytest.mark.parametrize(
    ("text", "consent", "said"),
    [
        (SAID, False, ["Kryssa i att du har läst"]),
        ("", True, ["Skriv vad du vill säga."]),
        ("Ring mig på 070-123 45 67", True, ["”070-123 45 67” ser ut som: telefonnummer"]),
        ("Skriv till anna@example.org", True, ["”anna@example.org” ser ut som: e-postadress"]),
        ("Min granne Fatima Ali vet mer", True, ["”Fatima Ali” kan vara: namn på en person"]),
        ("Anna Nilsson, 19900101-0017", False, ["personnummer", "namn på en person", "Kryssa i att du har läst"]),
    ],
)
def test_what_is_refused_is_quoted_back_and_stays_in_the_form(register, text, consent, said):
    visitor = Visitor().open(PAGE, **{"del": "give"})
    words = write(visitor, text, consent=consent)
    assert "Inspelet är inte skickat." in words
    assert [one for one in said if one not in words] == []
    assert text_area(visitor, "give-text").value == text
    assert register.contents(OPERATOR, "1488").contributions == ()


def test_what_looks_like_a_name_is_sent_when_it_is_none(register):
    visitor = Visitor().open(PAGE, **{"del": "give"})
    assert "give-not-names" not in [box.key for box in visitor.at.checkbox]
    write(visitor, "Min granne Fatima Ali vet mer")
    box = visitor.at.checkbox(key="give-not-names")
    assert box.label == "Jag har kollat: ”Fatima Ali” pekar inte ut någon person"
    # The sentence stands at the field too, and is read out with it.
    assert "Rätta: Är det här en person?" in text_area(visitor, "give-text").label
    assert visitor.markup.count("”Fatima Ali” kan vara: namn på en person") == 2
    box.set_value(True)
    visitor.at.button(key="give-send").click().run()
    assert "Tack!" in read(visitor)
    assert register.contents(OPERATOR, "1488").contributions[0].not_names


def test_a_name_that_is_added_afterwards_is_asked_about_anew(register):
    visitor = Visitor().open(PAGE, **{"del": "give"})
    write(visitor, "Min granne Fatima Ali vet mer")
    visitor.at.checkbox(key="give-not-names").set_value(True).run()
    assert visitor.at.checkbox(key="give-not-names").value is True
    # Written and sent in one go: the box was ticked for the first one alone.
    text_area(visitor, "give-text").set_value("Min granne Fatima Ali vet mer, och Anna Nilsson")
    visitor.at.button(key="give-send").click().run()
    assert "”Anna Nilsson” kan vara" in read(visitor)
    assert register.contents(OPERATOR, "1488").contributions == ()
    box = visitor.at.checkbox(key="give-not-names")
    assert (box.value, box.label.count("”")) == (False, 4)
    text_area(visitor, "give-text").set_value("Det behövs fler bänkar.").run()
    assert "give-not-names" not in [one.key for one in visitor.at.checkbox]
    visitor.at.button(key="give-send").click().run()
    assert not register.contents(OPERATOR, "1488").contributions[0].not_names


def test_what_must_go_must_go_whatever_is_ticked(register):
    visitor = Visitor().open(PAGE, **{"del": "give"})
    write(visitor, "Fatima Ali, 070-123 45 67")
    visitor.at.checkbox(key="give-not-names").set_value(True)
    visitor.at.button(key="give-send").click().run()
    assert "070-123 45 67" in read(visitor)
    assert register.contents(OPERATOR, "1488").contributions == ()


@pytest.mark.parametrize(
    ("way", "fields", "stored"),
    [
        ("city", {}, {"place": None, "area": None, "latitude": None}),
        ("area", {"give-area": "1488R007"}, {"area": "1488R007", "place": None}),
        ("map", {"give-position": "58.27123, 12.30654"}, {"latitude": 58.2712, "longitude": 12.3065, "place": None}),
    ],
)
def test_where_it_is_about(register, way, fields, stored):
    visitor = Visitor().open(PAGE, **{"del": "give"})
    visitor.choose("give-where", way)
    for key, value in fields.items():
        visitor.widget(key).set_value(value)
    text_area(visitor, "give-text").set_value(SAID)
    visitor.at.checkbox(key="give-consent").set_value(True)
    visitor.at.button(key="give-send").click().run()
    (entry,) = register.contents(OPERATOR, "1488").contributions
    assert {name: getattr(entry, name) for name in stored} == stored


@pytest.mark.parametrize(
    ("way", "position", "said"),
    [
        ("place", "", "Välj vilken plats det handlar om."),
        ("area", "", "Välj vilken stadsdel det handlar om."),
        ("map", "", "Peka ut platsen på kartan"),
        ("map", "59.3293, 18.0686", "Platsen ligger utanför kommunen."),
        ("map", "här", "Skriv"),
    ],
)
def test_without_a_place_that_can_be_used_it_is_asked_for(register, way, position, said):
    visitor = Visitor().open(PAGE, **{"del": "give"})
    visitor.choose("give-where", way)
    if position:
        visitor.widget("give-position").set_value(position)
    text_area(visitor, "give-text").set_value(SAID)
    visitor.at.checkbox(key="give-consent").set_value(True)
    visitor.at.button(key="give-send").click().run()
    assert said in read(visitor)
    assert register.contents(OPERATOR, "1488").contributions == ()


def test_a_picture_needs_words_and_nobody_in_it(register):
    visitor = Visitor().open(PAGE, **{"del": "give"})
    photo = clean_photo(circle.picture())
    visitor.at.session_state[circle_give_photo._PHOTO] = StoredPhoto(photo.media_type, photo.content)
    visitor.at.run()
    words = write(visitor, SAID)
    assert "Skriv vad bilden visar." in words
    assert "Kryssa i att det inte finns människor på bilden" in words
    visitor.at.text_input(key="give-photo-alt").set_value("En lampa som inte lyser")
    visitor.at.checkbox(key="give-photo-nobody").set_value(True)
    visitor.at.button(key="give-send").click().run()
    (entry,) = register.contents(OPERATOR, "1488").contributions
    assert entry.photo_alt == "En lampa som inte lyser"
    assert register.photo(OPERATOR, entry.id) is not None
    assert register.photo(PUBLIC, entry.id) is None


def test_a_program_that_fills_in_every_field_is_refused_and_a_second_try_is_not(register):
    visitor = Visitor().open(PAGE, **{"del": "give"})
    visitor.at.text_input(key="give-website").set_value("https://example.org")
    assert "fält som ska vara tomt" in write(visitor, SAID)
    assert register.contents(OPERATOR, "1488").contributions == ()
    visitor.at.button(key="give-send").click().run()
    assert "Tack!" in read(visitor)


def test_floods_of_the_public_are_held_back_and_the_text_stays(register, public, monkeypatch):
    monkeypatch.setenv("DASHBOARD_CONTRIBUTIONS_PER_HOUR", "1")
    circle_sending.current_view.__globals__["current_settings"].cache_clear()
    first = Visitor().open(PAGE, **{"del": "give"})
    assert "Tack!" in write(first, SAID)
    second = Visitor().open(PAGE, **{"del": "give"})
    assert "Försök igen om en timme" in write(second, "Ett till inspel om ljus.")
    assert text_area(second, "give-text").value == "Ett till inspel om ljus."
    assert len(register.contents(OPERATOR, "1488").contributions) == 1


def test_a_database_that_does_not_answer_costs_neither_the_text_nor_a_try(register, public, monkeypatch):
    monkeypatch.setenv("DASHBOARD_CONTRIBUTIONS_PER_HOUR", "1")
    circle_sending.current_view.__globals__["current_settings"].cache_clear()
    visitor = Visitor().open(PAGE, **{"del": "give"})

    def fail(self, *given):
        raise UnavailableError("unavailable")

    with monkeypatch.context() as patch:
        patch.setattr(Register, "submit", fail)
        assert "Registret svarar inte just nu." in write(visitor, SAID)
        # Another part of the page and back: the fields were not drawn meanwhile.
        visitor.choose("del", "circles")
        visitor.choose("del", "give")
        assert text_area(visitor, "give-text").value == SAID
        assert visitor.at.selectbox(key="give-place").value == "kronogards-torg"
        assert visitor.at.checkbox(key="give-consent").value is True
    visitor.at.button(key="give-send").click().run()
    assert "Tack!" in read(visitor)


def test_the_form_stands_while_the_database_does_not_answer(register, monkeypatch):
    def fail(self, *given):
        raise UnavailableError("unavailable")

    monkeypatch.setattr(Register, "contents", fail)
    page = Visitor().open(PAGE, **{"del": "give"})
    assert text_area(page, "give-text") is not None
    said = Visitor().open(PAGE)
    assert said.headline == "Kunskapscirkeln kan inte visas just nu"
    assert "Registret svarar inte just nu." in read(said)


# Moderation


def moderate(register) -> Visitor:
    page = Visitor().open(PAGE, **{"del": "moderate"})
    assert not page.at.exception
    return page


def test_a_moderator_publishes(register):
    ids = circle.fill(register)
    page = moderate(register)
    # It is judged as everybody will read it, once.
    assert page.markup.count(circle.WAITING_TEXT) == 1
    assert "Kontrollen hittade inget" in read(page)
    page.press(f"publish-{ids['waiting']}")
    assert "Inspelet är publicerat." in read(page)
    assert "inspel_plats=innovatum" in page.markup
    assert page.headline == "Inget inspel väntar på granskning"
    texts = {one.text for one in register.contents(PUBLIC, "1488").contributions}
    assert circle.WAITING_TEXT in texts
    page.press(f"undo-{ids['waiting']}")
    assert "Inspelet väntar på granskning igen." in read(page)
    assert page.headline == "1 inspel väntar på granskning"
    assert circle.WAITING_TEXT not in {one.text for one in register.contents(PUBLIC, "1488").contributions}


def test_nothing_is_undone_that_somebody_has_changed_since(register):
    ids = circle.fill(register)
    page = moderate(register).press(f"publish-{ids['waiting']}")
    entry = next(one for one in register.contents(OPERATOR, "1488").contributions if one.id == ids["waiting"])
    register.save(OPERATOR, "contribution", {"theme": "Trygghet"}, id=entry.id, version=entry.version)
    page.at.run()
    assert page.keys("undo-") == []


def test_refusing_needs_a_reason_which_stays_inside(register):
    ids = circle.fill(register)
    page = moderate(register)
    page.press(f"refusing-{ids['waiting']}-open")
    text_area(page, f"refuse-because-{ids['waiting']}").set_value("Pekar ut en familj.")
    page.press(f"refuse-{ids['waiting']}")
    # The note inside is no answer to whoever gave it.
    assert "Inget är ändrat." in read(page)
    page.at.selectbox(key=f"refuse-for-{ids['waiting']}").set_value("points_out")
    page.press(f"refuse-{ids['waiting']}")
    assert "Inspelet är nekat." in read(page)
    entry = next(one for one in register.contents(OPERATOR, "1488").contributions if one.id == ids["waiting"])
    assert (entry.state.value, entry.refused_because) == ("refused", "Pekar ut en familj.")
    assert entry.refused_for == "points_out"
    assert "Den som lämnade det får veta: Det kan peka ut en person." in read(page)
    assert "Pekar ut en familj." not in str(register.contents(PUBLIC, "1488"))


def test_two_moderators_do_not_overwrite_each_other(register):
    ids = circle.fill(register)
    page = moderate(register)
    entry = next(one for one in register.contents(OPERATOR, "1488").contributions if one.id == ids["waiting"])
    register.save(OPERATOR, "contribution", {"theme": "Trygghet"}, id=entry.id, version=entry.version)
    page.press(f"publish-{ids['waiting']}")
    assert "Inget är ändrat." in read(page)
    assert "Någon annan ändrade" in read(page)


def test_what_may_point_at_somebody_is_marked_for_the_moderator(register):
    values = {**circle.HOME, "text": "Min granne Fatima Ali & <b>jag</b>", "not_names": True, "consent": "test"}
    register.submit(values)
    page = moderate(register)
    assert (
        '<mark>Fatima Ali<span class="hs-mark-kind"> (namn på en person)</span></mark> &amp; &lt;b&gt;' in page.markup
    )
    assert "Den som skrev har kryssat i att det inte gäller en person." in read(page)


def test_answers_that_nobody_was_told_of_are_listed_with_a_way_to_note_it(register):
    ids = circle.fill(register)
    page = moderate(register)
    assert "Drottningtorget: nej, med skäl, 1 april 2026." in read(page)
    keys = [str(button.key) for button in page.at.button]
    assert f"new-trace_step-{ids['arabic']}-open" in keys


def test_what_is_deleted_soon_is_told(register):
    values = {**circle.HOME, "text": "Gammalt", "state": "published", "delete_after": "2026-12-01", "not_names": True}
    register.save(OPERATOR, "contribution", values)
    assert re.search(r"inspel tas bort inom 60 dagar", read(moderate(register))) is not None

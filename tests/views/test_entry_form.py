"""Forms of the register: every field is shown and read back the same, and every fault has its sentence."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.access import Action, Role
from dashboard.i18n import LANGUAGES, get_translator
from dashboard.register import faults, personal_data
from dashboard.register.circle_entries import Circle, Contribution, DistrictExpert, Meeting, TraceStep, WorkedTime
from dashboard.register.entries import Decision, Entry, FocusAreaEntry, LinkedIndicator, Milestone, Project
from dashboard.register.grant_entries import Funder, Grant, Spending
from dashboard.register.kinds import KINDS
from dashboard.views import entry_conflict, entry_editing, entry_saving
from dashboard.views.entry_draft import Draft, raw_values
from dashboard.views.entry_fields import (
    FieldKind,
    field_kind,
    limits,
    most_characters,
    parsed,
    shown,
)
from dashboard.views.entry_layout import READ_ONLY, form_fields
from dashboard.views.typed_values import read_money, read_number, read_whole

SOURCE = Path(entry_editing.__file__).parents[1]
LOCALES = SOURCE.parents[1] / "locales"
HOME = {"municipality": "1488"}
SOURCES = {"source": "Nyhetssida", "source_en": "News page", "source_date": "2021-06"}
#: One of each kind with something in every field.
FULL: tuple[Entry, ...] = (
    FocusAreaEntry(
        position=5,
        name="Bostäder",
        name_en="Homes",
        indicators=("population", "rented_tenure"),
        splits=("tenure",),
        gap="Saknas",
        gap_en="Missing",
        **HOME,
        **SOURCES,
    ),
    Project(
        name="Torget",
        name_en="The square",
        summary="Första raden\n\nAndra raden",
        summary_en="First",
        focus_areas=("homes", "safety"),
        status="delayed",
        status_why="Väntar",
        status_why_en="Waits",
        owner="Samhällsbyggnad",
        partners=("Eidar", "Skolan"),
        place="kronogards-torg",
        areas=("1488R007", "1488C1070"),
        plan_type="detailed_plan",
        start="2021",
        start_bound="seen",
        start_said="pågick",
        start_said_en="under way",
        end="2027-03-01",
        end_bound="before",
        end_said="våren",
        end_said_en="spring",
        budget=1_650_000,
        results="Bänkar",
        results_en="Benches",
        **HOME,
        **SOURCES,
    ),
    Milestone(
        project="torget",
        position=3,
        name="Ritning",
        name_en="Plan",
        due="2026-02-28",
        done="2026-03-01",
        note="x",
        note_en="y",
    ),
    LinkedIndicator(
        project="torget",
        indicator="population",
        baseline_year=2021,
        wanted="up",
        target=-1.5e-7,
        target_year=2030,
        note="x",
    ),
    Decision(
        project="torget",
        body="KS",
        decided="2026-02-28",
        text="Ja",
        reference="KS 2026/1",
        link="https://example.org/?a=1",
    ),
    Funder(
        name="Staten",
        name_en="The state",
        closed="2022-12-31",
        successor="En annan",
        call_opens="2027-01-10",
        call_closes="2027-02-10",
        call_note="x",
        call_note_en="x",
        **HOME,
        **SOURCES,
    ),
    Grant(
        name="Bidrag",
        name_en="Grant",
        funder="staten",
        state="reported",
        purpose="x",
        purpose_en="x",
        projects=("torget",),
        applied_on="2020-01-01",
        applied_amount=2_000_000,
        decided_on="2020-03-01",
        granted_amount=1_000_000,
        amount_is_about=True,
        used_from="2020-03-01",
        used_until="2021-12-31",
        used_said="x",
        used_said_en="x",
        report_due="2022-03-31",
        reported_on="2022-03-01",
        closed_on="2022-05-01",
        application_said="x",
        application_said_en="x",
        **HOME,
        **SOURCES,
    ),
    Spending(grant="bidrag", on="2021-01-01", amount=0, what="Belysning"),
    Circle(
        name="Cirkeln",
        name_en="The circle",
        theme="Tryggt",
        theme_en="Safe",
        started="2021-09",
        started_said="hösten",
        started_said_en="autumn",
        note="x",
        note_en="x",
        **HOME,
        **SOURCES,
    ),
    Meeting(
        circle="cirkel",
        on="2026-03-01",
        place="kronogards-torg",
        theme="Ljus",
        summary="x",
        participants={"unga: 13–17 år": 7, "äldre": None, "ingen": 0},
    ),
    DistrictExpert(circle="cirkel", pseudonym="Lind"),
    WorkedTime(district_expert="lind", meeting="traff", on="2026-03-01", hours=2.5, pay=500),
    Contribution(
        circle="cirkel",
        meeting="traff",
        place="kronogards-torg",
        latitude=58.2707,
        longitude=12.308,
        area="1488R007",
        theme="Ljus",
        focus_area="homes",
        form="quote",
        text="Fler bänkar!\nمقاعد أكثر",
        language="ar",
        agreement="disputed",
        indicator="population",
        statistics_say="Inget",
        statistics_agree=False,
        state="refused",
        refused_for="unclear",
        refused_because="Ett skäl",
        not_names=True,
        photo_alt="Ett torg",
        channel="form",
        consent="1",
        submitted_on="2026-01-01",
        delete_after="2028-01-01",
        **HOME,
    ),
    TraceStep(contribution="bankar", step="decided", on="2026-04-01", text="x", project="torget", decision="beslut"),
)
#: One of each kind with no more than it needs.
BARE: tuple[Entry, ...] = (
    FocusAreaEntry(position=1, name="x", **HOME),
    Project(name="x", status="planned", **HOME),
    Milestone(project="x", name="x"),
    LinkedIndicator(project="x", indicator="x", baseline_year=2021),
    Decision(body="x", text="x"),
    Funder(name="x", **HOME),
    Grant(name="x", funder="x", state="planned", **HOME),
    Spending(grant="x", on="2026-01-01", amount=1, what="x"),
    Circle(name="x", **HOME),
    Meeting(circle="x", on="2026-01-01"),
    DistrictExpert(circle="x", pseudonym="x"),
    WorkedTime(district_expert="x", on="2026-01-01", hours=1, pay=1),
    Contribution(text="x", **HOME),
    TraceStep(contribution="x", step="discussed", on="2026-01-01"),
)
each_entry = pytest.mark.parametrize("entry", FULL + BARE, ids=lambda entry: entry.kind)


def draft_of(entry: Entry, language: str = "sv") -> Draft:
    typed = raw_values(entry.kind, entry.model_dump(), language)
    return Draft("slot", entry.kind, entry, {}, typed, dict(typed), language)


def test_every_kind_is_tried_with_something_in_every_field():
    assert [entry.kind for entry in FULL] == [entry.kind for entry in BARE] == list(KINDS)
    empty = {
        f"{entry.kind}.{field}"
        for entry in FULL
        for field in form_fields(entry.kind)
        if getattr(entry, field) in (None, "", (), {})
    }
    assert empty == set()


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_shows_every_field_of_its_kind(kind):
    shown_fields = [*form_fields(kind), *READ_ONLY.get(kind, ())]
    assert sorted(shown_fields) == sorted(
        KINDS[kind].model_fields.keys() - {"id", "version", "archived", "municipality"}
    )


@each_entry
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_form_shows_is_read_back_the_same(entry, language):
    for field in form_fields(entry.kind):
        value = getattr(entry, field)
        raw = shown(entry.kind, field, value, language)
        read, fault = parsed(entry.kind, field, raw)
        assert (KINDS[entry.kind].model_validate({**entry.model_dump(), field: read}), fault) == (entry, "")


@each_entry
def test_a_form_that_nobody_touched_holds_the_entry(entry):
    draft = draft_of(entry)
    assert not draft.is_changed
    assert draft.checked() == (entry, {})


def test_what_a_form_cannot_show_in_full_stays_unless_it_is_touched():
    project = Project(name="Torget", status="planned", partners=("Eidar\nöst", "Skolan"), **HOME)
    draft = draft_of(project)
    draft.typed["name"] = "Torget nytt"
    entry, _ = draft.checked()
    assert entry == project.model_copy(update={"name": "Torget nytt"})


def test_an_empty_form_says_what_it_needs():
    draft = Draft("slot", "grant", None, HOME, raw_values("grant", HOME, "sv"), {}, "sv")
    assert draft.checked() == (None, {"name": "required", "funder": "required", "state": "required"})


@pytest.mark.parametrize(
    ("kind", "field", "typed", "code"),
    [
        ("project", "budget", "en massa", "no_money"),
        ("project", "budget", "-5", "out_of_range"),
        ("project", "start", "i våras", "no_partial_date"),
        ("project", "start", "2021-13", "no_partial_date"),
        ("project", "start", "1066", "year_out_of_reach"),
        ("project", "name", "x" * 201, "too_long"),
        ("project", "end", "2020", "end_before_start"),
        ("project", "status_why", "", "why_missing"),
        ("project", "summary", "Ring 070-123 45 67", "personal_phone"),
        ("milestone", "due", "1740787200", "no_date"),
        ("milestone", "due", "2026-02-30", "no_date"),
        ("milestone", "position", "två", "no_number"),
        ("linked_indicator", "target_year", "2019", "target_before_baseline"),
        ("decision", "link", "javascript:alert(1)", "no_link"),
        ("meeting", "participants", "Unga 7", "no_group"),
        ("meeting", "participants", "Unga: sju", "no_group"),
        ("meeting", "participants", "Unga: 7\nUnga: 8", "no_group"),
        ("worked_time", "hours", "", "required"),
        ("worked_time", "hours", "0", "out_of_range"),
        ("contribution", "latitude", "", "half_a_position"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_field_and_stays_as_it_was_typed(kind, field, typed, code):
    draft = draft_of(next(entry for entry in FULL if entry.kind == kind))
    draft.typed[field] = typed
    entry, found = draft.checked()
    assert (entry, found.get(field)) == (None, code)
    assert draft.typed[field] == typed


def test_an_end_before_the_start_by_what_the_date_says_is_told_at_the_end():
    draft = draft_of(next(entry for entry in FULL if entry.kind == "project"))
    draft.typed |= {"start": "2021", "start_bound": "at", "end": "2021", "end_bound": "before"}
    assert draft.checked() == (None, {"end": "over_before_start"})
    draft.typed["start_bound"] = "before"
    assert draft.checked()[1] == {}


def test_all_faults_are_told_at_once():
    draft = draft_of(next(entry for entry in FULL if entry.kind == "project"))
    draft.typed |= {"name": "", "budget": "mycket", "start": "nyss"}
    assert draft.checked()[1] == {"name": "required", "budget": "no_money", "start": "no_partial_date"}


# Reading numbers

GROUPING = st.sampled_from(["", " ", "\u00a0", "\u202f", ".", ","])
UNITS = st.sampled_from(["", "kr", " kr", " KR.", "\u00a0kronor", " SEK", ":-", ",00 kr", ".00"])


@given(st.integers(0, 100_000_000_000), GROUPING, UNITS)
def test_money_is_read_however_it_is_written(amount, between, unit):
    assert read_money(f" {amount:,}{unit} ".replace(",", between, f"{amount:,}".count(","))) == amount


@given(st.text(max_size=20))
def test_money_is_never_guessed(text):
    found = read_money(text)
    digits = "".join(sign for sign in text if sign.isascii() and sign.isdigit())
    # Ören that are noughts say nothing more.
    assert found is None or digits in {str(abs(found)).zfill(len(digits)), f"{digits[:-1]}0", f"{digits[:-2]}00"}


@pytest.mark.parametrize(
    "text", ["", "kr", "1,5 mnkr", "1 650,50 kr", "1.65", "1,65", "2 000–3 000", "１２", "1e6", "tusen"]
)
def test_what_is_no_sum_of_whole_kronor_is_refused(text):
    assert read_money(text) is None


@given(st.floats(-1e9, 1e9, allow_nan=False))
@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_shown_so_that_they_are_read_the_same(language, value):
    raw = shown("linked_indicator", "target", value, language)
    assert isinstance(raw, str)
    assert read_number(raw) == value


def test_whole_numbers_and_dates():
    assert [read_whole(text) for text in ("12", "1 200", "\u22123", "1.5", "x")] == [12, 1200, -3, None, None]
    assert parsed("milestone", "due", "2026-3-1") == (date(2026, 3, 1), "")
    assert parsed("milestone", "due", "20260301") == (date(2026, 3, 1), "")
    assert parsed("project", "start", "2021-9") == ("2021-09", "")


def test_kinds_of_fields_and_their_limits():
    assert field_kind("project", "start") is FieldKind.PARTIAL_DAY
    assert field_kind("milestone", "due") is FieldKind.DAY
    assert field_kind("contribution", "statistics_agree") is FieldKind.YES_NO
    assert field_kind("grant", "amount_is_about") is FieldKind.TICK
    assert most_characters("contribution", "text") == 2000
    assert limits("linked_indicator", "target_year") == (1900, 2100)


# Sentences


def codes_of_the_register() -> set[str]:
    """Every code of a fault in the code: first arguments of what refuses, what pydantic's words become, what reads."""
    found = set(faults._CODES.values()) | set(faults._FIELDS)
    for file in [*SOURCE.glob("register/*.py"), SOURCE / "views" / "entry_fields.py"]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            place = {"PydanticCustomError": 0, "check": 1, "_in_order": 2}.get(node.func.id)
            if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                found.add(str(node.args[place].value))
    return found


def test_the_search_for_codes_finds_them():
    assert codes_of_the_register() >= {
        "required",
        "why_missing",
        "end_before_start",
        "no_link",
        "decided_before_applied",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_and_every_refusal_has_a_sentence(language):
    t = get_translator(language, LOCALES)
    others = {"no_number", "no_date", "no_list", "no_money", "no_group", "unknown_reference", "state_order"}
    others |= {"consent_missing", "photo_alt_missing", "choose_version", "over_before_start"}
    others |= {f"personal_{one.removeprefix('personal_')}" for one in personal_data.KINDS}
    missing = [code for code in codes_of_the_register() | others if not t.has(f"register.fault_{code}")]
    refused = {"not_allowed", "not_found", "invalid", "conflict", "unavailable", "full", "busy", "outdated", "too_many"}
    assert missing + [code for code in refused if not t.has(f"register.refused_{code}")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_and_every_kind_has_its_words(language):
    t = get_translator(language, LOCALES)
    fields = {
        f"{kind}.{name}"
        for kind, model in KINDS.items()
        for name in model.model_fields.keys() - {"id", "version", "archived", "municipality"}
        if not name.endswith("_en") and not (t.has(f"field.{kind}_{name}") or t.has(f"field.{name}"))
    }
    keys = [f"edit.{what}_{kind}" for what in ("add", "kind") for kind in KINDS]
    keys += [f"edit.role_{role}" for role in [*Role, "seed"]]
    keys += [f"edit.action_{action}" for action in [*Action, "remove"]]
    assert [*fields, *(key for key in keys if not t.has(key))] == []


# Two people


def test_each_side_of_a_conflict_is_found():
    then = FULL[1].model_dump()
    now = then | {"name": "Deras", "owner": "Deras", "summary": "Samma"}
    mine = then | {"name": "Mitt", "budget": 5, "summary": "Samma"}
    assert entry_conflict.sides("project", then, now, mine) == (["name"], ["owner"], ["budget"])


def test_a_change_of_what_nobody_can_write_in_a_form_is_theirs():
    then = FULL[12].model_dump()
    both, theirs, mine = entry_conflict.sides("contribution", then, then | {"delete_after": date(2030, 1, 1)}, then)
    assert (both, theirs, mine) == ([], ["delete_after"], [])


def test_names_in_labels_are_shown_as_they_are_written():
    assert entry_editing.plain_markup("[x](http://x)  $a$ :red[x]\n**x**") == (
        r"\[x\]\(http\:\/\/x\) \$a\$ \:red\[x\] \*\*x\*\*"
    )


def test_a_refusal_is_kept_for_its_form_alone(monkeypatch):
    monkeypatch.setattr(entry_saving.st, "session_state", {"entry-refused": ("a", "full")})
    assert entry_saving.refused_in("b") == ""
    assert entry_saving.refused_in("a") == "full"
    assert entry_saving.refused_in("a") == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("on_the_page", "in_the_form"),
    [
        ("plan.why", "project_summary"),
        ("plan.results", "results"),
        ("plan.filter_status", "status"),
        ("plan.filter_owner", "owner"),
        ("plan.partners", "partners"),
        ("plan.place", "place"),
        ("plan.areas", "areas"),
        ("plan.plan_type", "plan_type"),
        ("plan.start", "start"),
        ("plan.end", "end"),
        ("plan.note", "note"),
        ("grants.purpose", "purpose"),
        ("grants.used_said", "used_said"),
        ("grants.application_said", "application_said"),
        ("grants.report_due", "report_due"),
        ("grants.reported_on", "reported_on"),
        ("circle.started", "started"),
        ("circle.note", "circle_note"),
    ],
)
def test_a_field_is_called_the_same_on_its_page_and_in_its_form(language, on_the_page, in_the_form):
    t = get_translator(language, LOCALES)
    assert t(on_the_page) == t(f"field.{in_the_form}")

"""The register: rights, rules, the record, conflicts, and what reaches whom."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from dashboard.access import PUBLIC, WRITERS, Action, Actor, Role, actor_of
from dashboard.register import database, rules
from dashboard.register.circle_entries import ContributionState, RefusedFor
from dashboard.register.dump import Dump
from dashboard.register.entries import Bound
from dashboard.register.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from dashboard.register.grant_entries import GrantState
from dashboard.register.kinds import KINDS
from dashboard.register.receipts import Heard, Standing
from dashboard.register.store import Register
from dashboard.register.tables import METADATA, TABLES

HOME = "1488"
EDITOR = actor_of("editor-1", [Role.EDITOR])
MODERATOR = actor_of("moderator-1", [Role.MODERATOR])
ADMINISTRATOR = actor_of("administrator-1", [Role.ADMINISTRATOR])
CONTRIBUTOR = actor_of("contributor-1", [Role.CONTRIBUTOR])
ACTORS = {"reader": PUBLIC, "contributor": CONTRIBUTOR, "moderator": MODERATOR, "editor": EDITOR}
PROJECT = {"municipality": HOME, "name": "Torget", "status": "ongoing"}
SAID = {"municipality": HOME, "text": "Det behövs fler bänkar.", "consent": "1"}
TODAY = date(2026, 11, 25)


@pytest.fixture
def register(register_url: str):
    opened = Register.open(register_url, today=lambda: TODAY)
    yield opened
    opened.close()


def circle_of_everything(register: Register) -> dict[str, dict]:
    """Make one entry of each kind, and give its values."""
    given = {
        "focus_area": {"municipality": HOME, "position": 1, "name": "Bostäder"},
        "project": PROJECT,
        "milestone": {"project": "torget", "name": "Ritning klar"},
        "linked_indicator": {"project": "torget", "indicator": "foreign_background", "baseline_year": 2024},
        "decision": {"project": "torget", "body": "Utskottet", "text": "Ja."},
        "funder": {"municipality": HOME, "name": "Staten"},
        "grant": {"municipality": HOME, "name": "Bidraget", "funder": "staten", "state": "planned"},
        "spending": {"grant": "bidraget", "on": "2026-01-02", "amount": 10, "what": "Bänkar"},
        "circle": {"municipality": HOME, "name": "Cirkeln"},
        "meeting": {"circle": "cirkeln", "on": "2026-02-03"},
        "district_expert": {"circle": "cirkeln", "pseudonym": "Blåsippa"},
    }
    for kind, values in given.items():
        made = register.save(ADMINISTRATOR, kind, values)
        if kind == "district_expert":
            given_time = {"district_expert": made.id, "on": "2026-02-03", "hours": 2.5, "pay": 500}
    given["worked_time"] = given_time
    given["contribution"] = {"municipality": HOME, "text": "Mer ljus."}
    contribution = register.save(ADMINISTRATOR, "contribution", given["contribution"])
    given["trace_step"] = {"contribution": contribution.id, "step": "discussed", "on": "2026-02-04"}
    for kind in ("worked_time", "trace_step"):
        register.save(ADMINISTRATOR, kind, given[kind])
    assert list(given) != []
    assert set(given) == set(KINDS)
    return given


def test_the_tables_are_what_the_migrations_make(register):
    with database.reading(register._engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    for kind, entry in KINDS.items():
        assert set(entry.model_fields) == {column.name for column in TABLES[kind].columns}
    assert set(KINDS) == set(WRITERS)


@pytest.mark.parametrize("role", ACTORS)
def test_every_write_is_refused_to_every_role_that_may_not(register, role):
    actor = ACTORS[role]
    values = circle_of_everything(register)
    entries = {entry.kind: entry for entry in register.snapshot().entries}
    before = register.snapshot()
    for kind in KINDS:
        entry = entries[kind]
        writes = {
            Action.CREATE: lambda kind=kind: register.save(actor, kind, values[kind]),
            Action.UPDATE: lambda kind=kind, entry=entry: register.save(
                actor, kind, {}, id=entry.id, version=entry.version
            ),
            Action.ARCHIVE: lambda kind=kind, entry=entry: register.archive(actor, kind, entry.id, entry.version),
            Action.RESTORE: lambda kind=kind, entry=entry: register.restore(actor, kind, entry.id, entry.version),
        }
        for action, write in writes.items():
            hands_in = kind == "contribution" and action is Action.CREATE and actor.has(Role.CONTRIBUTOR)
            if Role(role) in WRITERS[kind] or hands_in:
                continue
            with pytest.raises(NotAllowedError):
                write()
    assert register.snapshot() == before


def test_who_may_write_can(register):
    values = circle_of_everything(register)
    for kind in KINDS:
        for role in WRITERS[kind]:
            assert register.save(actor_of("x", [role]), kind, values[kind]).version == 1
        entry = register.save(ADMINISTRATOR, kind, values[kind])
        archived = register.archive(ADMINISTRATOR, kind, entry.id, 1)
        assert archived.archived
        assert archived.version == 2
        assert entry.id not in {one.id for one in register.contents(ADMINISTRATOR, HOME).of(KINDS[kind])}
        assert entry.id in {one.id for one in register.archived(ADMINISTRATOR, HOME)}
        assert not register.restore(ADMINISTRATOR, kind, entry.id, 2).archived


def test_a_kind_or_an_entry_that_nobody_knows_is_refused(register):
    with pytest.raises(NotAllowedError):
        register.save(ADMINISTRATOR, "mayor", {})
    with pytest.raises(NotFoundError):
        register.save(ADMINISTRATOR, "project", {}, id="nobody", version=1)


def test_the_second_of_two_editors_sees_what_the_first_one_changed(register):
    project = register.save(EDITOR, "project", PROJECT)
    first = register.save(EDITOR, "project", {"owner": "Samhällsbyggnad"}, id=project.id, version=1)
    with pytest.raises(ConflictError) as caught:
        register.save(MODERATOR_AND_EDITOR, "project", {"owner": "Kultur"}, id=project.id, version=1)
    assert caught.value.current == first
    assert caught.value.change.changed() == ("owner",)
    assert caught.value.change.sign_in is None
    assert register.contents(PUBLIC, HOME).projects == (first,)


MODERATOR_AND_EDITOR = Actor("both", frozenset({Role.MODERATOR, Role.EDITOR}))


def test_every_change_is_on_record_and_who_made_it_only_for_administrators(register):
    project = register.save(EDITOR, "project", PROJECT)
    register.save(EDITOR, "project", {"owner": "Kultur"}, id=project.id, version=1)
    register.archive(ADMINISTRATOR, "project", project.id, 2)
    told = register.changes(ADMINISTRATOR, "project", project.id)
    assert [change.action for change in told] == ["create", "update", "archive"]
    assert [change.sign_in for change in told] == ["editor-1", "editor-1", "administrator-1"]
    assert (told[1].before["owner"], told[1].after["owner"]) == ("", "Kultur")
    assert {change.sign_in for change in register.changes(EDITOR, "project", project.id)} == {None}
    with pytest.raises(NotAllowedError):
        register.changes(PUBLIC, "project", project.id)


def test_everybody_learns_when_a_project_was_last_changed_and_nothing_of_other_kinds(register):
    assert register.contents(PUBLIC, HOME).projects_changed is None
    project = register.save(EDITOR, "project", PROJECT)
    first = register.contents(PUBLIC, HOME).projects_changed
    assert first == register.changes(EDITOR, "project", project.id)[0].at
    register.submit(SAID)
    assert register.contents(PUBLIC, HOME).projects_changed == first
    register.save(EDITOR, "project", {"owner": "Kultur"}, id=project.id, version=1)
    assert register.contents(PUBLIC, HOME).projects_changed > first


def test_what_a_register_begins_with_was_not_changed_by_anybody(tmp_path, embedded):
    register = Register.open(f"sqlite:///{tmp_path / 'sown.sqlite3'}", embedded / "register")
    try:
        assert register.contents(PUBLIC, HOME).projects
        assert register.contents(PUBLIC, HOME).projects_changed is None
    finally:
        register.close()


def test_saving_what_is_there_already_changes_nothing(register):
    project = register.save(EDITOR, "project", PROJECT)
    assert register.save(EDITOR, "project", PROJECT, id=project.id, version=1) == project
    assert len(register.changes(EDITOR, "project", project.id)) == 1


@pytest.mark.parametrize(
    ("values", "faults"),
    [
        ({"name": ""}, {"name": "required"}),
        ({"status": "delayed"}, {"status_why": "why_missing"}),
        ({"start": "2024", "end": "2023-12-31"}, {"end": "end_before_start"}),
        ({"start": "2021", "end": "2021", "end_bound": "before"}, {"end": "over_before_start"}),
        (
            {"start": "2021-03", "start_bound": "seen", "end": "2021", "end_bound": "before"},
            {"end": "over_before_start"},
        ),
        ({"start": "2024-13"}, {"start": "no_partial_date"}),
        ({"budget": -1}, {"budget": "out_of_range"}),
        ({"budget": "mycket"}, {"budget": "no_number"}),
        ({"focus_areas": ["nothing"]}, {"focus_areas": "unknown_reference"}),
        ({"summary": "Skriv till anna@example.org"}, {"summary": "personal_email"}),
        ({"version": 7}, {"version": "unknown_field"}),
        ({"mayor": "x"}, {"mayor": "unknown_field"}),
    ],
)
def test_values_that_do_not_hold_are_refused_by_field(register, values, faults):
    with pytest.raises(InvalidError) as caught:
        register.save(EDITOR, "project", PROJECT | values)
    assert caught.value.faults == faults
    assert register.revision() == (0, 0)


@pytest.mark.parametrize(
    "values",
    [
        {"start": "2021", "end": "2021"},
        {"start": "2020", "end": "2021", "end_bound": "before"},
        {"start": "2021-03", "end": "2021-04", "end_bound": "before"},
        # Of what began before some date, nobody knows how long before.
        {"start": "2021", "start_bound": "before", "end": "2021", "end_bound": "before"},
        {"start": "2021", "start_bound": "before", "end": "2019"},
        {"start": "2021", "end": "2021", "end_bound": "seen"},
    ],
)
def test_dates_that_can_both_be_true_are_taken(register, values):
    assert register.save(EDITOR, "project", PROJECT | values).version == 1


def test_dates_of_before_the_rule_are_read_but_not_written_again(register):
    project = register.save(EDITOR, "project", PROJECT | {"start": "2021", "end": "2021"})
    dump = register.snapshot()
    stored = (project.model_copy(update={"end_bound": Bound.BEFORE}),)
    register.load(replace(dump, entries=stored), replace=True)
    assert register.contents(EDITOR, HOME).projects == stored
    with pytest.raises(InvalidError) as caught:
        register.save(EDITOR, "project", {"owner": "Kultur"}, id=project.id, version=1)
    assert caught.value.faults == {"end": "over_before_start"}
    assert register.save(EDITOR, "project", {"start": "2020"}, id=project.id, version=1).version == 2


def test_a_grant_goes_one_step_at_a_time(register):
    register.save(EDITOR, "funder", {"municipality": HOME, "name": "Staten"})
    grant = register.save(EDITOR, "grant", {"municipality": HOME, "name": "B", "funder": "staten", "state": "planned"})
    with pytest.raises(InvalidError) as caught:
        register.save(EDITOR, "grant", {"state": GrantState.ONGOING}, id=grant.id, version=1)
    assert caught.value.faults == {"state": "state_order"}
    assert register.save(EDITOR, "grant", {"state": "applied"}, id=grant.id, version=1).version == 2


def test_a_contribution_waits_for_a_moderator_whatever_was_asked_for(register):
    asked = SAID | {"state": "published", "statistics_say": "x", "refused_because": "x", "circle": "y"}
    handed_in = register.submit(asked).entry
    assert handed_in.state is ContributionState.SUBMITTED
    assert (handed_in.statistics_say, handed_in.circle) == ("", None)
    assert (handed_in.submitted_on, handed_in.delete_after) == (TODAY, date(2028, 11, 25))
    for actor in (PUBLIC, CONTRIBUTOR, EDITOR):
        assert register.contents(actor, HOME).contributions == ()
    assert register.contents(MODERATOR, HOME).contributions == (handed_in,)
    register.save(MODERATOR, "contribution", {"state": "published"}, id=handed_in.id, version=1)
    assert [one.text for one in register.contents(PUBLIC, HOME).contributions] == [SAID["text"]]


@pytest.mark.parametrize(
    ("values", "faults"),
    [
        ({"consent": ""}, {"consent": "consent_missing"}),
        ({"text": ""}, {"text": "text_missing"}),
        ({"text": "Ring 070-123 45 67"}, {"text": "personal_phone"}),
        ({"text": "Jag är 19811218-9876"}, {"text": "personal_identity_number"}),
        ({"text": "Min granne Fatima Ali vet"}, {"text": "personal_name"}),
    ],
)
def test_a_contribution_that_tells_who_somebody_is_is_not_stored(register, values, faults):
    with pytest.raises(InvalidError) as caught:
        register.submit(SAID | values)
    assert caught.value.faults == faults
    assert register.snapshot().entries == ()


@pytest.fixture
def locks(monkeypatch) -> list[str]:
    """Give what happened to the lock for writers, and when a text was searched for personal data."""
    told: list[str] = []
    lock, search = database.writing, rules.find_personal_data

    @contextmanager
    def told_lock(engine):
        with lock(engine) as connection:
            told.append("locked")
            yield connection
        told.append("free")

    def told_search(text):
        told.append("searched")
        return search(text)

    monkeypatch.setattr(database, "writing", told_lock)
    monkeypatch.setattr(rules, "find_personal_data", told_search)
    return told


@pytest.mark.parametrize("how", ["create", "update", "submit"])
def test_texts_are_searched_before_others_have_to_wait(register, locks, how):
    entry = register.save(EDITOR, "project", PROJECT)
    locks.clear()
    if how == "create":
        register.save(EDITOR, "project", PROJECT | {"summary": "Fler bänkar"})
    elif how == "update":
        register.save(EDITOR, "project", {"summary": "Fler bänkar"}, id=entry.id, version=entry.version)
    else:
        register.submit(SAID)
    assert locks[0] == "searched"
    assert "searched" not in locks[locks.index("locked") :]
    assert locks[-1] == "free"


def test_what_is_stored_was_searched_even_when_somebody_exchanged_it_meanwhile(register, locks, monkeypatch):
    entry = register.save(EDITOR, "project", PROJECT)
    exchanged = entry.model_copy(update={"summary": "Skriv till anna@example.org"})
    lock = database.writing

    @contextmanager
    def lock_after_a_restore(engine):
        monkeypatch.setattr(database, "writing", lock)
        register.load(Dump((exchanged,)), replace=True)
        with lock(engine) as connection:
            yield connection

    monkeypatch.setattr(database, "writing", lock_after_a_restore)
    with pytest.raises(InvalidError) as caught:
        register.save(EDITOR, "project", {"owner": "Kultur"}, id=entry.id, version=entry.version)
    assert caught.value.faults == {"summary": "personal_email"}
    assert register.snapshot().entries == (exchanged,)


def test_what_looks_like_a_name_is_kept_when_it_is_said_to_be_none(register):
    assert register.submit(SAID | {"text": "Min granne Fatima Ali vet", "not_names": True}).entry.not_names


def test_a_receipt_takes_a_contribution_back_also_out_of_the_record(register):
    handed_in = register.submit(SAID)
    assert not register.withdraw("2222-2222-2222-2222")
    assert register.withdraw(handed_in.receipt.upper())
    dump = register.snapshot()
    assert SAID["text"] not in str(dump)
    assert dump.entries[0].state is ContributionState.REMOVED
    assert not register.withdraw(handed_in.receipt)


def test_a_receipt_tells_how_it_went_and_nothing_internal(register):
    handed_in = register.submit(SAID)
    receipt = handed_in.receipt
    assert register.standing("2222-2222-2222-2222") is None
    assert register.standing(receipt.upper()) == Standing(Heard.WAITING)
    entry = handed_in.entry

    def decide(**values):
        nonlocal entry
        entry = register.save(MODERATOR, "contribution", values, id=entry.id, version=entry.version)
        return register.standing(receipt)

    refused = decide(state="refused", refused_for="twice", refused_because="Grannen igen")
    assert refused == Standing(Heard.NOT_SHOWN, RefusedFor.TWICE)
    assert "Grannen" not in str(refused)
    # What stays from before is not told when it does not hold any more.
    assert decide(state="published") == Standing(Heard.PUBLISHED, contribution=entry.id)
    entry = register.archive(ADMINISTRATOR, "contribution", entry.id, entry.version)
    assert register.standing(receipt) == Standing(Heard.NOT_SHOWN)
    entry = register.restore(ADMINISTRATOR, "contribution", entry.id, entry.version)
    assert decide(state="refused", refused_for=None, refused_because="Bara internt") == Standing(Heard.NOT_SHOWN)
    assert register.withdraw(receipt)
    assert register.standing(receipt) is None


def test_only_a_moderator_refuses_and_only_for_a_reason_of_the_list(register):
    entry = register.submit(SAID | {"refused_for": "advert"}).entry
    assert entry.refused_for is None
    refuse = {"state": "refused", "refused_for": "unclear"}
    for actor in (PUBLIC, CONTRIBUTOR):
        with pytest.raises(NotAllowedError):
            register.save(actor, "contribution", refuse, id=entry.id, version=entry.version)
    for values, code in ((refuse | {"refused_for": "Grannen"}, "not_in_list"), ({"state": "refused"}, "why_missing")):
        with pytest.raises(InvalidError) as caught:
            register.save(MODERATOR, "contribution", values, id=entry.id, version=entry.version)
        assert caught.value.faults == {"refused_for": code}
    refused = register.save(MODERATOR, "contribution", refuse, id=entry.id, version=entry.version)
    published = {"state": "published"}
    register.save(MODERATOR, "contribution", published, id=entry.id, version=refused.version)
    assert register.contents(PUBLIC, HOME).contributions[0].refused_for is None
    assert register.contents(MODERATOR, HOME).contributions[0].refused_for is RefusedFor.UNCLEAR


def test_it_is_known_whether_anybody_holds_a_receipt(register):
    register.save(MODERATOR, "contribution", {"municipality": HOME, "text": "Från en träff"})
    assert not register.has_receipts()
    receipt = register.submit(SAID).receipt
    assert register.has_receipts()
    register.withdraw(receipt)
    assert not register.has_receipts()


def test_a_contribution_goes_when_its_time_is_over(register):
    register.submit(SAID)
    assert register.purge(date(2028, 11, 24)) == 0
    assert register.purge(date(2028, 11, 25)) == 1
    assert SAID["text"] not in str(register.snapshot())
    with pytest.raises(NotAllowedError):
        register.purge(TODAY, actor=EDITOR)


def test_single_people_reach_moderators_alone_and_sums_only_when_there_are_five(register):
    circle = register.save(MODERATOR, "circle", {"municipality": HOME, "name": "Cirkeln"})
    people = {"participants": {"unga": 12, "äldre": 4, "andra": 0}}
    register.save(MODERATOR, "meeting", {"circle": circle.id, "on": "2026-02-03"} | people)
    for number in range(5):
        if number == 4:
            few = register.contents(PUBLIC, HOME).worked_sums[0]
            assert (few.experts, few.hours, few.pay) == (None, None, None)
        expert = register.save(MODERATOR, "district_expert", {"circle": circle.id, "pseudonym": f"Blomma {number}"})
        time = {"district_expert": expert.id, "on": "2026-02-03", "hours": 2, "pay": 400}
        register.save(MODERATOR, "worked_time", time)
    public = register.contents(PUBLIC, HOME)
    assert (public.worked_sums[0].experts, public.worked_sums[0].hours, public.worked_sums[0].pay) == (5, 10, 2000)
    assert (public.district_experts, public.worked_times) == ((), ())
    assert public.meetings[0].participants == {"unga": 12, "äldre": None, "andra": 0}
    assert len(register.contents(MODERATOR, HOME).worked_times) == 5


def test_another_city_sees_its_own_entries_alone(register):
    circle_of_everything(register)
    decision = {"body": "Utskottet", "text": "Allmänt."}
    register.save(EDITOR, "decision", decision)
    found = register.contents(ADMINISTRATOR, "1487")
    assert [entry for entry in found if entry.kind != "decision"] == []


def test_a_restore_by_another_process_is_seen_although_it_brings_as_many_changes(register, register_url):
    """Who is on the dashboard must not go on reading what a restore has taken away."""
    project = register.save(EDITOR, "project", PROJECT)
    assert register.contents(PUBLIC, HOME).projects == (project,)
    dump = register.snapshot()
    restored = project.model_copy(update={"name": "Parken"})
    other = Register.open(register_url)
    other.load(replace(dump, entries=(restored,)), replace=True)
    other.close()
    assert register.revision() == (1, 1)
    assert register.contents(PUBLIC, HOME).projects == (restored,)


def test_the_english_of_why_and_of_notes_is_kept_and_on_record(register):
    project = register.save(EDITOR, "project", PROJECT | {"status_why": "Väntar", "status_why_en": "Waits"})
    note = {"project": project.id, "name": "Ritning", "note": "Klar i maj", "note_en": "Ready in May"}
    milestone = register.save(EDITOR, "milestone", note)
    contents = register.contents(PUBLIC, HOME)
    assert contents.projects[0].said("status_why").in_("en") == "Waits"
    assert contents.milestones[0].said("note").in_("en") == "Ready in May"
    register.save(EDITOR, "milestone", {"note_en": "Ready"}, id=milestone.id, version=1)
    assert register.changes(EDITOR, "milestone", milestone.id)[-1].changed() == ("note_en",)


def test_the_published_facts_are_sown_once(register_url, embedded: Path):
    register = Register.open(register_url, embedded / "register")
    contents = register.contents(PUBLIC, HOME)
    assert (len(contents.focus_areas), len(contents.projects), len(contents.grants)) == (5, 10, 2)
    told = [project.said("status_why") for project in contents.projects if project.status_why]
    assert all("not known" in why.in_("en") and "inte känt" in why.in_("sv") for why in told)
    assert len(told) == 8
    project = contents.projects[0]
    register.archive(ADMINISTRATOR, "project", project.id, project.version)
    register.close()
    register = Register.open(register_url, embedded / "register")
    assert len(register.contents(PUBLIC, HOME).projects) == 9
    register.close()


def test_a_database_of_a_newer_version_is_left_alone(register_url):
    register = Register.open(register_url)
    with database.writing(register._engine) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    register.close()
    with pytest.raises(database.UnavailableError) as caught:
        Register.open(register_url)
    assert caught.value.code == "outdated"

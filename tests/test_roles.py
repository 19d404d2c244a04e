"""Who may do what, as the code has it and as the document says."""

from pathlib import Path

from dashboard.access import CONTRIBUTED, LOCAL_EDITOR, PUBLIC, WRITERS, Action, Role, actor_of

DOCUMENT = Path(__file__).parents[1] / "docs" / "sign_in.md"


def test_the_document_has_a_row_for_every_role():
    rows = [
        line.split("|")[1].strip(" `") for line in DOCUMENT.read_text("utf-8").splitlines() if line.startswith("| `")
    ]
    assert rows == [role.value for role in Role]


def test_an_administrator_may_everything_and_a_reader_nothing_but_hand_in():
    for kind in WRITERS:
        for action in Action:
            assert LOCAL_EDITOR.may(action, kind)
            assert PUBLIC.may(action, kind) is (kind in CONTRIBUTED and action is Action.CREATE)


def test_a_kind_that_nobody_knows_is_refused_to_everybody():
    assert not LOCAL_EDITOR.may(Action.CREATE, "mayor")


def test_the_role_on_record_is_the_one_that_reaches_furthest():
    assert actor_of("x", [Role.EDITOR, Role.MODERATOR]).role is Role.EDITOR
    assert PUBLIC.role is Role.READER

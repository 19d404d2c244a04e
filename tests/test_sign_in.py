"""Who somebody is by the claims of a sign-in, and when that ends."""

import pytest

from dashboard.access import PUBLIC, Role
from dashboard.settings import Settings
from dashboard.sign_in import EndedSignIns, signed_in

NOW = 1_800_000_000.0
CLAIMS = {
    "is_logged_in": True,
    "iss": "https://login.example.org",
    "aud": "dashboard",
    "sub": "abc",
    "iat": NOW - 60,
    "email": "bo@example.org",
    "email_verified": True,
    "groups": ["redaktorer"],
}


@pytest.fixture
def settings() -> Settings:
    return Settings(
        public_url="https://example.org",
        sign_in_metadata_url="https://login.example.org/.well-known/openid-configuration",
        sign_in_client_id="dashboard",
        sign_in_client_secret="hemlig",  # noqa: S106 - made up
        sign_in_cookie_secret="hemlig-kaka-" * 3,
        sign_in_roles={Role.EDITOR: ("redaktorer",)},
        sign_in_people={Role.MODERATOR: ("BO@example.org",)},
    )


def test_roles_come_from_groups_and_from_people(settings):
    found = signed_in(CLAIMS, settings, NOW)
    assert (found.actor.sign_in, found.actor.roles) == ("abc", {Role.READER, Role.EDITOR, Role.MODERATOR})


@pytest.mark.parametrize(
    "wrong",
    [
        {"is_logged_in": False},
        {"iss": ""},
        {"aud": "another"},
        {"aud": ["another"]},
        {"iat": None},
        {"iat": True},
        {"iat": NOW + 7200},
        {"iat": NOW - 10 * 3600 - 1},
        {"sub": "", "email": ""},
    ],
)
def test_claims_that_do_not_hold_make_a_reader(settings, wrong):
    assert signed_in(CLAIMS | wrong, settings, NOW).actor == PUBLIC


def test_a_sign_in_that_ran_out_is_told(settings):
    assert signed_in(CLAIMS | {"iat": NOW - 11 * 3600}, settings, NOW).is_over
    assert not signed_in({}, settings, NOW).is_over


@pytest.mark.parametrize(
    ("said", "vouched", "expected"),
    [
        ({"email_verified": True}, False, True),
        ({"email_verified": False}, False, False),
        ({"email_verified": "true"}, False, False),
        ({"email_verified": None}, False, False),
        ({}, False, False),
        ({}, True, True),
        ({"email_verified": False}, True, False),
        ({"email": "", "preferred_username": "bo@example.org"}, False, False),
        ({"email": "", "preferred_username": "bo@example.org"}, True, True),
        ({"preferred_username": "bo@example.org", "email_verified": False}, True, False),
        ({"email": "x@example.org", "preferred_username": "bo@example.org", "email_verified": True}, False, False),
    ],
)
def test_an_address_gives_a_role_only_when_it_is_known_to_be_the_persons_own(settings, said, vouched, expected):
    claims = {key: value for key, value in CLAIMS.items() if key not in ("email_verified", "groups")} | said
    found = signed_in(claims, settings.model_copy(update={"sign_in_emails_vouched": vouched}), NOW)
    assert found.actor.is_signed_in is expected


@pytest.mark.parametrize(
    ("claim", "value", "expected"),
    [
        ("sub", "aBc-1", True),
        ("sub", "ABC-1", False),
        ("oid", "aBc-1", True),
        ("oid", "abc-1", False),
        ("preferred_username", "bo.b", True),
        ("preferred_username", "BO.B", True),
        ("email", "KIM@example.org", True),
        # The sign for kelvin, whose small letter is a k.
        ("email", "\u212aim@example.org", False),
        ("name", "aBc-1", False),
    ],
)
def test_identifiers_hold_letter_by_letter_and_addresses_in_any_case(settings, claim, value, expected):
    people = {Role.EDITOR: ("aBc-1", "Bo.B", "kim@example.org")}
    claims = CLAIMS | {"email": "", "groups": []} | {claim: value}
    found = signed_in(claims, settings.model_copy(update={"sign_in_people": people}), NOW)
    assert found.actor.is_signed_in is expected


@pytest.mark.parametrize(
    ("named", "claims", "expected"),
    [
        ("realm_access.roles", {"realm_access": {"roles": ["redaktorer"]}}, True),
        ("resource_access.hela.staden.roles", {"resource_access": {"hela.staden": {"roles": ["redaktorer"]}}}, True),
        ("https://example.org/groups", {"https://example.org/groups": ["redaktorer"]}, True),
        ("a.b", {"a.b": ["redaktorer"], "a": {"b": ["andra"]}}, True),
        ("a.b", {"a.b": ["andra"], "a": {"b": ["redaktorer"]}}, False),
        ("realm_access.roles", {"realm_access": {"roles": {"redaktorer": True}}}, False),
        ("realm_access.roles", {"realm_access": ["redaktorer"]}, False),
        ("realm_access", {"realm_access": {"roles": ["redaktorer"]}}, False),
        ("realm_access.roles", {}, False),
        (".", {"": {"": ["andra"]}}, False),
    ],
)
def test_groups_are_found_under_their_name_or_along_a_path(settings, named, claims, expected):
    people = {"sign_in_groups_claim": named, "sign_in_people": {}}
    claims = {key: value for key, value in CLAIMS.items() if key != "groups"} | claims
    assert signed_in(claims, settings.model_copy(update=people), NOW).actor.is_signed_in is expected


def test_without_sign_in_nobody_is_anybody():
    assert signed_in(CLAIMS, Settings(), NOW).actor == PUBLIC


def test_a_sign_in_that_was_ended_stays_so_and_others_do_not():
    ended = EndedSignIns()
    claims = CLAIMS | {"nonce": "a"}
    assert not ended.holds(claims, NOW)
    ended.add(claims, NOW)
    assert ended.holds(dict(claims), NOW + 1)
    # The same person, later or on another machine, and somebody else.
    assert not ended.holds(claims | {"nonce": "b"}, NOW + 1)
    assert not ended.holds(claims | {"sub": "abd"}, NOW + 1)
    assert not ended.holds({}, NOW + 1)


def test_an_ended_sign_in_is_remembered_as_long_as_a_cookie_is_good_and_no_longer():
    ended, day = EndedSignIns(), 24 * 3600
    ended.add(CLAIMS, NOW)
    ended.add(CLAIMS | {"sub": "abd"}, NOW + 31 * day)
    assert ended.holds(CLAIMS, NOW + 31 * day)
    ended.add(CLAIMS | {"sub": "abe"}, NOW + 33 * day)
    assert len(ended._ended) == 2

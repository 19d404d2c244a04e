"""Settings: from the environment, a file or the default, each one documented, and a sentence for each bad one."""

import json
import re
import tomllib
import traceback
from pathlib import Path

import pytest

from dashboard.access import Role
from dashboard.settings import (
    PROJECT_FOLDER,
    SIGN_IN_PARTS,
    Settings,
    SettingsError,
    current_settings,
    is_this_machine,
    read_settings,
    settings_file,
)

DOCUMENT = PROJECT_FOLDER / "docs" / "settings.md"
ROW = re.compile(r"\| `DASHBOARD_([A-Z_]+)` \| `([a-z_]+)` \| (.+?) \| (.+?) \|")

# A value for each setting that is neither the default nor wrong, as the environment writes it.
OTHER = {
    "municipality": "1487",
    "data_folder": "/srv/data",
    "warehouse_file": "/srv/warehouse.duckdb",
    "maps_folder": "/srv/maps",
    "locales_folder": "/srv/locales",
    "default_language": "en",
    "memory_limit": "1GB",
    "port": "8600",
    "address": "0.0.0.0",  # noqa: S104 - a value that is only read
    "fault_report_address": "faults@example.org",
    "public_url": "https://example.org/city/",
    "observer_code": "torg-2026-maj",
    "database_url": "postgresql://register@db.example.org/register",
    "sign_in_metadata_url": "https://login.example.org/.well-known/openid-configuration",
    "sign_in_client_id": "dashboard",
    "sign_in_client_secret": "nyckel-av-slump",
    "sign_in_cookie_secret": "slump" * 8,
    "sign_in_groups_claim": "roles",
    "sign_in_roles": {"editor": ["fardplan-redaktorer"]},
    "sign_in_people": {"administrator": ["anna@example.org"]},
    "sign_in_emails_vouched": "True",
    "sign_in_hours": "8",
    "local_editor": "True",
    "contribution_months": "12",
    "contributions_per_hour": "3",
    "deck_accent": "#7a1f5c",
    "decks_folder": "/srv/decks",
    "deck_logo": str(PROJECT_FOLDER / "static" / "favicon.png"),
    "embed_origins": ["https://www.example.org"],
    "updates_folder": "/srv/updates",
    "scb_url": "https://statistics.example.org/api/v2",
    "scb_geo_url": "https://geodata.example.org/wfs",
    "kolada_url": "https://kolada.example.org/v3",
    "skolverket_url": "https://schools.example.org",
    "overpass_url": "https://overpass.example.org/api/interpreter",
    "publisher_name": "Exempelstads kommun",
    "publisher_number": "2120000000",
    "publisher_type": "RegionalAuthority",
    "publisher_url": "https://www.example.org/",
    "contact_address": "oppnadata@example.org",
    "catalogue_issued": "2026-12-01",
    "geonames": "1234567",
}
# A further value for what cannot just be made longer.
FURTHER = {
    "default_language": "sv",
    "port": "9000",
    "municipality": "1489",
    "sign_in_roles": {role: ["moderatorer"] for role in OTHER["sign_in_roles"]},
    "sign_in_people": {role: ["bo@example.org"] for role in OTHER["sign_in_people"]},
    "sign_in_emails_vouched": "False",
    "sign_in_hours": "9",
    "local_editor": "False",
    "contribution_months": "13",
    "contributions_per_hour": "4",
    "deck_accent": "#0b5c8a",
    "decks_folder": "/srv/other-decks",
    "deck_logo": str(PROJECT_FOLDER / "docs" / "screenshots" / "overview.png"),
    "embed_origins": ["https://www.example.org", "http://localhost:8000"],
    "updates_folder": "/srv/other-updates",
    "scb_url": "http://127.0.0.1:8000/api/v3",
    "scb_geo_url": "http://127.0.0.1:8000/wfs",
    "kolada_url": "http://127.0.0.1:8000/v4",
    "skolverket_url": "http://127.0.0.1:8000/schools",
    "overpass_url": "http://127.0.0.1:8000/api",
    "publisher_number": "2220000000",
    "publisher_type": "Company",
    "catalogue_issued": "2026-12-02",
    "geonames": "7654321",
}
SWITCHES = ("sign_in_emails_vouched", "local_editor")
SIGN_IN = {
    "sign_in_metadata_url": "https://login.example.org/.well-known/openid-configuration",
    "sign_in_client_id": "dashboard",
    "sign_in_client_secret": "hemlig-nyckel",
    "sign_in_cookie_secret": "hemlig-kaka-" * 3,
    "sign_in_roles": '{"editor": ["fardplan-redaktorer"]}',
    "public_url": "https://example.org/",
}


def give(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"DASHBOARD_{name.upper()}", value)


def plain(value: object) -> str:
    """Give a value as the environment writes it."""
    return json.dumps(value) if isinstance(value, dict | list) else str(value)


def read(name: str) -> str:
    value = getattr(read_settings(), name)
    if isinstance(value, dict):
        value = {role: list(names) for role, names in value.items()}
    return plain(list(value) if isinstance(value, tuple) else value)


def as_toml(name: str, value: object) -> str:
    if isinstance(value, dict):
        return f"[{name}]\n" + "".join(f"{role} = {json.dumps(names)}\n" for role, names in value.items())
    numeric = name in ("port", "sign_in_hours", "contribution_months", "contributions_per_hour")
    written = str(value) if numeric else str(value).lower() if name in SWITCHES else json.dumps(value)
    return f"{name} = {written}\n"


@pytest.fixture
def file(tmp_path, monkeypatch) -> Path:
    path = tmp_path / "dashboard.toml"
    path.touch()
    monkeypatch.setenv("DASHBOARD_SETTINGS_FILE", str(path))
    return path


def documented() -> dict[str, tuple[str, str, str]]:
    rows = ROW.findall(DOCUMENT.read_text("utf-8"))
    return {name: (variable, meaning, default) for variable, name, meaning, default in rows}


def test_every_setting_is_documented_and_nothing_else():
    assert list(documented()) == list(Settings.model_fields)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_document_says_what_a_setting_does(name):
    variable, meaning, default = documented()[name]
    field = Settings.model_fields[name]
    assert variable == name.upper()
    assert meaning.startswith((field.description or "?").split(":")[0].rstrip("."))
    if isinstance(field.default, Path):
        assert default.startswith(f"`{field.default.relative_to(PROJECT_FOLDER).as_posix()}` in the project's folder")
    elif name == "database_url":
        inside = f"{PROJECT_FOLDER}/var/register/register.sqlite3"
        assert field.default == f"sqlite:///{inside}"
        assert default == "the SQLite file `var/register/register.sqlite3` in the project's folder"
    elif field.default not in (None, {}, ()):
        assert default == f"`{field.default}`"


def test_every_setting_has_another_value_to_test_with():
    assert set(OTHER) == set(Settings.model_fields)


@pytest.mark.parametrize("name", OTHER)
def test_the_environment_wins_over_the_file_and_the_file_over_the_default(file, monkeypatch, name):
    # What keeps the tests out of the operator's register.
    monkeypatch.delenv("DASHBOARD_DATABASE_URL")
    default = read(name)
    assert default != plain(OTHER[name])
    if name in SIGN_IN_PARTS:
        give(monkeypatch, **{other: value for other, value in SIGN_IN.items() if other != name})
    file.write_text(as_toml(name, OTHER[name]), "utf-8")
    assert read(name) == plain(OTHER[name])
    further = plain(FURTHER[name] if name in FURTHER else f"{OTHER[name]}x")
    monkeypatch.setenv(f"DASHBOARD_{name.upper()}", further)
    assert read(name) == further


def test_tables_of_roles_are_put_together_role_by_role(file, monkeypatch):
    file.write_text('[sign_in_roles]\neditor = ["a"]\nmoderator = ["b"]\n', "utf-8")
    give(monkeypatch, sign_in_roles='{"moderator": [], "editor": ["c"]}')
    assert read_settings().sign_in_roles == {Role.EDITOR: ("c",), Role.MODERATOR: ()}


def test_the_example_of_the_document_can_be_read(file):
    example = DOCUMENT.read_text("utf-8").split("```toml")[1].split("```")[0]
    file.write_text(example, "utf-8")
    settings = read_settings()
    for name, value in tomllib.loads(example).items():
        wanted = {role: tuple(names) for role, names in value.items()} if isinstance(value, dict) else value
        assert getattr(settings, name) == wanted


def test_arguments_win_over_everything(file, monkeypatch):
    file.write_text('municipality = "1485"\n', "utf-8")
    monkeypatch.setenv("DASHBOARD_MUNICIPALITY", "1487")
    assert read_settings(municipality="1488").municipality == "1488"
    assert read_settings(municipality=None).municipality == "1487"


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("municipality", "148", "four digits"),
        ("municipality", "Trollhättan", "four digits"),
        ("default_language", "fi", "sv or en"),
        ("port", "0", "greater than or equal to 1"),
        ("port", "70000", "less than or equal to 65535"),
        ("port", "eighty", "integer"),
        ("observer_code", "kort", "at least 8 characters"),
        ("sign_in_cookie_secret", "k" * 31, "at least 32 characters"),
        ("sign_in_metadata_url", "http://login.example.org/", "begins with https://"),
        ("sign_in_metadata_url", "login.example.org", "begins with https://"),
        ("sign_in_roles", "editor", "not valid JSON"),
        ("sign_in_people", '{"editor": [" "]}', "without a name"),
        ("sign_in_hours", "0", "greater than or equal to 1"),
        ("sign_in_hours", "73", "less than or equal to 72"),
        ("local_editor", "kanske", "boolean"),
        ("contribution_months", "0", "greater than or equal to 1"),
        ("contributions_per_hour", "0", "greater than or equal to 1"),
        ("deck_accent", "blå", "as #rrggbb"),
        ("deck_accent", "#ffd700", "too light to be read on white"),
        ("deck_logo", "/finns/inte.png", "PNG or JPEG file"),
        ("deck_logo", str(DOCUMENT), "PNG or JPEG file"),
        ("embed_origins", "https://www.example.org", "not valid JSON"),
        ("embed_origins", '["www.example.org"]', "https:// and its name"),
        ("embed_origins", '["http://www.example.org"]', "https:// and its name"),
        ("embed_origins", '["https://www.example.org/sida"]', "https:// and its name"),
        ("embed_origins", '["https://*"]', "https:// and its name"),
        ("embed_origins", '["https://a.example; script-src *"]', "https:// and its name"),
        ("embed_origins", '["https://www.example.org", "*"]', "https:// and its name"),
        ("scb_url", "http://statistics.example.org/api/v2", "begins with https:// and ends with its version"),
        ("scb_url", "https://statistics.example.org/api", "begins with https:// and ends with its version"),
        ("scb_url", "https://statistics.example.org/api/v2/tables", "begins with https:// and ends with its version"),
        ("scb_url", "/api/v2", "begins with https:// and ends with its version"),
        ("kolada_url", "https://kolada.example.org/", "begins with https:// and ends with its version"),
        ("scb_geo_url", "http://geodata.example.org/wfs", "begins with https:// and has no question mark"),
        ("skolverket_url", "schools.example.org", "begins with https:// and has no question mark"),
        ("overpass_url", "https://overpass.example.org/api?data=", "begins with https:// and has no question mark"),
        ("publisher_name", "", "at least 1 character"),
        ("publisher_number", "190101-0000", "no person's"),
        ("publisher_number", "21200000", "ten digits"),
        ("publisher_type", "PrivateIndividual(s)", "'LocalAuthority'"),
        ("publisher_url", "www.example.org", "a whole web address"),
        ("publisher_url", "https://www.example.org/> <b", "a whole web address"),
        ("contact_address", "https://www.example.org/", "an e-mail address"),
        ("contact_address", "data@example.org> ;", "an e-mail address"),
        ("catalogue_issued", "i går", "valid date"),
        ("geonames", "http://sws.geonames.org/1", "digits in its address"),
    ],
)
def test_a_bad_value_is_named_in_a_sentence(monkeypatch, name, value, why):
    monkeypatch.setenv(f"DASHBOARD_{name.upper()}", value)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    said = str(caught.value)
    assert said.startswith(f"The setting {name} cannot be used: ")
    assert why in said
    assert said.endswith(f"Correct DASHBOARD_{name.upper()} or the settings file.")
    assert "\n" not in said


def test_web_sites_that_may_frame_are_named_without_a_path(monkeypatch):
    give(monkeypatch, embed_origins='["https://www.example.org/", "http://127.0.0.1:8000"]')
    assert read_settings().embed_origins == ("https://www.example.org", "http://127.0.0.1:8000")


def test_the_observers_code_is_not_told(monkeypatch):
    monkeypatch.setenv("DASHBOARD_OBSERVER_CODE", "hemlig-kod-1")
    assert "hemlig" not in repr(read_settings()) + str(read_settings())
    monkeypatch.setenv("DASHBOARD_OBSERVER_CODE", "hemlig")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert "hemlig" not in str(caught.value)


def test_a_name_that_no_setting_has_is_refused_in_the_file(file):
    file.write_text("prot = 8600\n", "utf-8")
    with pytest.raises(SettingsError, match="The setting prot cannot be used"):
        read_settings()


@pytest.mark.parametrize("content", [b"port = ", b"port 8600", b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_named(file, content):
    file.write_bytes(content)
    with pytest.raises(SettingsError, match=r"The settings file .*dashboard\.toml cannot be read"):
        read_settings()


def test_a_named_file_must_exist(tmp_path, monkeypatch):
    monkeypatch.setenv("DASHBOARD_SETTINGS_FILE", str(tmp_path / "nowhere.toml"))
    with pytest.raises(SettingsError, match=r"nowhere\.toml does not exist: correct DASHBOARD_SETTINGS_FILE"):
        read_settings()


def test_without_a_name_the_file_is_the_projects(monkeypatch):
    monkeypatch.delenv("DASHBOARD_SETTINGS_FILE")
    assert settings_file() == PROJECT_FOLDER / "dashboard.toml"


def test_settings_are_read_once_in_a_process(monkeypatch):
    first = current_settings()
    monkeypatch.setenv("DASHBOARD_PORT", "8600")
    assert current_settings() is first
    current_settings.cache_clear()
    assert current_settings().port == 8600


def test_data_sets_are_published_once_their_address_and_their_publisher_are_known(monkeypatch):
    assert not read_settings().publishes_data
    give(monkeypatch, public_url="https://example.org/")
    assert not read_settings().publishes_data
    give(monkeypatch, publisher_name="Exempelstads kommun")
    assert read_settings().publishes_data


def test_settings_cannot_be_changed_afterwards():
    with pytest.raises(ValueError, match="frozen"):
        read_settings().port = 1


@pytest.mark.parametrize("name", ["sign_in_roles", "sign_in_people"])
def test_a_role_that_nobody_knows_is_refused(monkeypatch, name):
    give(monkeypatch, **{name: '{"boss": ["anna"]}'})
    with pytest.raises(SettingsError, match=rf"^The setting {name} \(boss\) cannot be used: .*'administrator'"):
        read_settings()


def test_sign_in_is_set_up_when_all_parts_are_there(monkeypatch):
    assert not read_settings().has_sign_in
    give(monkeypatch, **SIGN_IN)
    settings = read_settings()
    assert settings.has_sign_in
    assert settings.redirect_uri == "https://example.org/oauth2callback"
    assert settings.sign_in_roles == {Role.EDITOR: ("fardplan-redaktorer",)}


@pytest.mark.parametrize("missing", SIGN_IN_PARTS)
@pytest.mark.parametrize("how", ["left out", "empty"])
def test_sign_in_by_half_is_refused(monkeypatch, missing, how):
    give(monkeypatch, **{name: value for name, value in SIGN_IN.items() if name != missing})
    if how == "empty" and missing in ("sign_in_client_id", "sign_in_client_secret"):
        give(monkeypatch, **{missing: ""})
    with pytest.raises(SettingsError, match=f"sign-in is set up by half: {missing} is missing"):
        read_settings()


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"local_editor": "true"}, "local_editor is for a machine without sign-in"),
        ({"sign_in_roles": "{}"}, "sign-in gives nobody a role"),
        ({"public_url": ""}, "sign-in needs a public_url"),
        ({"public_url": "http://example.org"}, "sign-in needs a public_url"),
        ({"public_url": "https://example.org/city/"}, "has no path"),
    ],
)
def test_what_does_not_go_with_sign_in_is_told(monkeypatch, other, why):
    give(monkeypatch, **SIGN_IN | other)
    with pytest.raises(SettingsError, match=r"^The settings do not fit together: ") as caught:
        read_settings()
    assert why in str(caught.value)
    assert "\n" not in str(caught.value)


def test_on_this_machine_sign_in_may_go_unencrypted(monkeypatch):
    at_home = {"public_url": "http://127.0.0.1:8501", "sign_in_metadata_url": "http://localhost:9400/.well-known/x"}
    give(monkeypatch, **SIGN_IN | at_home)
    assert read_settings().redirect_uri == "http://127.0.0.1:8501/oauth2callback"


def test_the_local_editor_is_no_server_for_others(monkeypatch):
    give(monkeypatch, local_editor="true")
    assert read_settings().local_editor
    give(monkeypatch, public_url="http://localhost:8501/")
    assert read_settings().local_editor
    give(monkeypatch, public_url="https://example.org/")
    with pytest.raises(SettingsError, match="local_editor is for one person at this machine"):
        read_settings()


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.3.2.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104 - a value that is only read
        ("::", False),
        ("192.168.1.4", False),
        ("localhost.example.org", False),
        ("", False),
        (None, False),
    ],
)
def test_this_machine_is_told_from_a_network(host, expected):
    assert is_this_machine(host) is expected


@pytest.mark.parametrize(
    "wrong",
    [
        {"port": "eighty"},
        {"sign_in_cookie_secret": "hemlig"},
        {"sign_in_people": "hemlig"},
        {"local_editor": "true"},
        {"public_url": ""},
    ],
)
def test_no_secret_is_told_by_an_error_or_by_what_led_to_it(monkeypatch, wrong):
    give(monkeypatch, **SIGN_IN | {"database_url": "postgresql://register:hemlig@db/r", "observer_code": "hemlig-kod"})
    assert "hemlig" not in repr(read_settings()) + str(read_settings())
    give(monkeypatch, **wrong)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert "hemlig" not in "".join(traceback.format_exception(caught.value))


def test_what_the_register_writes_stays_out_of_version_control():
    assert "/var/" in (PROJECT_FOLDER / ".gitignore").read_text("utf-8").splitlines()

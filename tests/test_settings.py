"""Settings: from the environment, a file or the default, each one documented, and a sentence for each bad one."""

import re
import tomllib
from pathlib import Path

import pytest

from dashboard.settings import PROJECT_FOLDER, Settings, SettingsError, current_settings, read_settings, settings_file

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
}


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
    elif field.default is not None:
        assert default == f"`{field.default}`"


def test_every_setting_has_another_value_to_test_with():
    assert set(OTHER) == set(Settings.model_fields)


@pytest.mark.parametrize("name", OTHER)
def test_the_environment_wins_over_the_file_and_the_file_over_the_default(file, monkeypatch, name):
    default = str(getattr(read_settings(), name))
    assert default != OTHER[name]
    in_file = OTHER[name] if name != "port" else int(OTHER[name])
    file.write_text(f"{name} = {in_file!r}\n".replace("'", '"'), "utf-8")
    assert str(getattr(read_settings(), name)) == OTHER[name]
    if name in ("default_language", "port", "municipality"):
        further = {"default_language": "sv", "port": "9000", "municipality": "1489"}[name]
    else:
        further = OTHER[name] + "x"
    monkeypatch.setenv(f"DASHBOARD_{name.upper()}", further)
    assert str(getattr(read_settings(), name)) == further


def test_the_example_of_the_document_can_be_read(file):
    example = DOCUMENT.read_text("utf-8").split("```toml")[1].split("```")[0]
    file.write_text(example, "utf-8")
    settings = read_settings()
    for name, value in tomllib.loads(example).items():
        assert getattr(settings, name) == value


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


def test_settings_cannot_be_changed_afterwards():
    with pytest.raises(ValueError, match="frozen"):
        read_settings().port = 1

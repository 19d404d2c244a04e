"""The examples of a nightly update: units, cron and settings fit together, and say only what the program knows."""

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.cli import _parser
from dashboard.settings import Settings, read_settings

PROJECT = Path(__file__).parents[1]
DEPLOY = PROJECT / "deploy"
DOCUMENT = PROJECT / "docs" / "scheduled_update.md"
SERVICE, TIMER = DEPLOY / "hela-staden-update.service", DEPLOY / "hela-staden-update.timer"
CRON, ENVIRONMENT = DEPLOY / "hela-staden-update.cron", DEPLOY / "hela-staden.env"
INSTALLED, KEPT = Path("/opt/hela-staden"), Path("/var/lib/hela-staden")
PROGRAM = f"{INSTALLED}/.venv/bin/dashboard"
ANALYZE = shutil.which("systemd-analyze")
#: Read from the environment, and no setting.
NO_SETTING = {"DASHBOARD_SETTINGS_FILE"}


def unit(file: Path) -> configparser.ConfigParser:
    found = configparser.ConfigParser(strict=True, interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    found.optionxform = str
    found.read_string(file.read_text("utf-8"))
    return found


def environment() -> dict[str, str]:
    lines = ENVIRONMENT.read_text("utf-8").splitlines()
    given = [line for line in lines if line and not line.startswith("#")]
    pairs = [line.split("=", 1) for line in given]
    # Quotes mean the same to a shell and to systemd, as long as there are no others in them.
    return {name: "".join(shlex.split(value)) for name, value in pairs}


def cron_line() -> str:
    [line] = [line for line in CRON.read_text("utf-8").splitlines() if re.match(r"\d", line)]
    return line


def test_the_service_runs_the_command_as_the_command_line_knows_it() -> None:
    service = unit(SERVICE)["Service"]
    program, *words = shlex.split(service["ExecStart"])
    assert program == PROGRAM
    options = _parser().parse_args(words)
    assert words[0] == "update"
    assert options.municipality == "1488"
    assert options.command.__module__ == "dashboard.update_command"
    # It ends by itself: with another type systemd would wait for nothing, or start it again at once.
    assert service["Type"] == "oneshot"
    assert "Restart" not in service


def test_the_timer_starts_this_service_every_night_before_the_portal_comes() -> None:
    timer = unit(TIMER)
    assert "Unit" not in timer["Timer"]
    assert TIMER.stem == SERVICE.stem
    hour, minute = re.fullmatch(r"\*-\*-\* (\d\d):(\d\d):00 Europe/Stockholm", timer["Timer"]["OnCalendar"]).groups()
    latest = int(hour) * 60 + int(minute) + int(timer["Timer"]["RandomizedDelaySec"].removesuffix("min"))
    assert latest < 4 * 60
    assert timer["Timer"]["Persistent"] == "yes" or timer["Timer"]["Persistent"] == "true"
    assert timer["Install"]["WantedBy"] == "timers.target"


@pytest.mark.skipif(ANALYZE is None, reason="systemd is not on this machine")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for file in (SERVICE, TIMER):
        # The program is not installed where the tests run; everything else is checked as it stands.
        (tmp_path / file.name).write_text(file.read_text("utf-8").replace(PROGRAM, sys.executable), "utf-8")
    units = [str(tmp_path / file.name) for file in (SERVICE, TIMER)]
    done = subprocess.run([ANALYZE, "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    rated = subprocess.run(
        [ANALYZE, "security", "--offline=true", "--no-pager", units[0]], capture_output=True, text=True, check=False
    )
    # From 0 (nothing is open to it) to 10.
    exposure = float(re.search(r"exposure level for .*: ([\d.]+)", rated.stdout).group(1))
    assert exposure <= 2.0


@pytest.mark.parametrize(
    "line",
    ["NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes", "CapabilityBoundingSet="],
)
def test_the_service_can_do_little_but_its_work(line: str) -> None:
    assert line in SERVICE.read_text("utf-8").splitlines()
    assert unit(SERVICE)["Service"]["User"] != "root"


def test_all_that_an_update_writes_lies_where_the_service_may_write() -> None:
    service, given = unit(SERVICE)["Service"], environment()
    assert Path("/var/lib") / service["StateDirectory"] == KEPT
    for name in ("DATA_FOLDER", "WAREHOUSE_FILE", "UPDATES_FOLDER", "DECKS_FOLDER"):
        # What is new grows in the folder above.
        assert Path(given[f"DASHBOARD_{name}"]).parent.is_relative_to(KEPT), name
    assert given["DASHBOARD_DATABASE_URL"].startswith(f"sqlite:///{KEPT}/")
    maps = Settings.model_fields["maps_folder"].default.relative_to(PROJECT)
    assert "DASHBOARD_MAPS_FOLDER" not in given
    assert service["ReadWritePaths"].split() == [str(INSTALLED / maps)]
    assert service["WorkingDirectory"] == str(INSTALLED)


def test_the_file_of_settings_is_the_one_that_is_read() -> None:
    assert Path(unit(SERVICE)["Service"]["EnvironmentFile"]).name == ENVIRONMENT.name
    assert f". {unit(SERVICE)['Service']['EnvironmentFile']};" in cron_line()


def test_the_settings_can_be_read_and_publish_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    settings = read_settings()
    assert settings.publishes_data
    assert settings.publisher_name == "Exempelstads kommun"


@pytest.mark.parametrize("file", [*sorted(DEPLOY.iterdir()), DOCUMENT], ids=lambda file: file.name)
def test_every_setting_that_is_named_exists(file: Path) -> None:
    named = set(re.findall(r"DASHBOARD_[A-Z_]+", file.read_text("utf-8")))
    assert named <= {f"DASHBOARD_{name.upper()}" for name in Settings.model_fields} | NO_SETTING


def test_a_shell_reads_the_settings_as_systemd_does() -> None:
    script = f"set -a; . {shlex.quote(str(ENVIRONMENT))}; set +a; env"
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True, env={})
    read = dict(line.split("=", 1) for line in done.stdout.splitlines())
    assert {name: value for name, value in read.items() if name.startswith("DASHBOARD_")} == environment()


@pytest.mark.parametrize(("status", "mailed"), [(0, ""), (1, "publisher: asked …\nNothing was replaced.\n")])
def test_cron_mails_what_went_wrong_and_nothing_else(tmp_path: Path, status: int, mailed: str) -> None:
    """The line is run as cron runs it, with a made-up program in the place of the dashboard."""
    fields = cron_line().split(maxsplit=6)
    assert fields[:6] == ["30", "2", "*", "*", "*", "hela-staden"]
    # Per cent ends the command for cron.
    assert "%" not in fields[6]
    program = tmp_path / ".venv" / "bin" / "dashboard"
    program.parent.mkdir(parents=True)
    said = '[ "$*" = \'update --municipality 1488\' ] && [ -n "$DASHBOARD_DATA_FOLDER" ] || exit 9'
    program.write_text(
        f"#!/bin/sh\n{said}\necho 'publisher: asked …' >&2\necho 'Nothing was replaced.'\nexit {status}\n", "utf-8"
    )
    program.chmod(0o755)
    command = fields[6].replace("/etc/hela-staden/hela-staden.env", str(ENVIRONMENT))
    command = command.replace(str(INSTALLED), str(tmp_path)).replace(str(KEPT), str(tmp_path))
    done = subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin"}
    )
    assert done.stdout == mailed
    assert done.stderr == ""
    assert "Nothing was replaced." in (tmp_path / "update.log").read_text("utf-8")


def test_the_document_names_every_file() -> None:
    text = DOCUMENT.read_text("utf-8")
    assert [file.name for file in DEPLOY.iterdir() if f"deploy/{file.name}" not in text] == []

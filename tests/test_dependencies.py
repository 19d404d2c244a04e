"""Every package that the project needs is named, pinned and accounted for, and none is there for nothing."""

import ast
import re
import sys
from importlib.metadata import PackageNotFoundError, metadata, packages_distributions, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

PROJECT = Path(__file__).parents[1]
PYTHON_OF_DEBIAN = "3.11.2"
#: What is run, not imported.
TOOLS = {"oidc-provider-mock", "pytest-rerunfailures", "pytest-xdist", "ruff", "mypy"} | {
    "pandas-stubs",
    "types-pyyaml",
    "types-jsonschema",
}
#: What another package imports when it is there: Streamlit signs people in with Authlib, SQLAlchemy finds psycopg.
FOR_OTHERS = {"authlib", "psycopg"}
RUN = [*(PROJECT / "src").rglob("*.py"), *(PROJECT / "pages").glob("*.py"), PROJECT / "app.py"]
CHECKED = [*(PROJECT / "tests").rglob("*.py"), *(PROJECT / "benchmarks").glob("*.py")]


def lines_of(name: str) -> list[str]:
    lines = (PROJECT / name).read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def requirements(name: str) -> dict[str, Requirement]:
    found = [Requirement(line) for line in lines_of(name) if not line.startswith("-")]
    return {canonicalize_name(one.name): one for one in found}


RUNNING = requirements("requirements.txt")
#: The extra for another engine; the dashboard runs without it, and the tests run with it.
EXTRA = requirements("requirements-spark.txt")
DEVELOPING = requirements("requirements-dev.txt")
LOCK = requirements("requirements.lock")


def imported(files: list[Path]) -> set[str]:
    """Give the packages that some files import, by the names that they are installed by."""
    modules: set[str] = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.split(".")[0])
    known = packages_distributions()
    outside = modules - set(sys.stdlib_module_names) - {"dashboard"}
    return {canonicalize_name(name) for module in outside for name in known.get(module, [])}


def test_the_files_lead_to_the_lock() -> None:
    assert {"-c requirements.lock", "-e ."} <= set(lines_of("requirements.txt"))
    assert {"-r requirements.txt", "-r requirements-spark.txt"} <= set(lines_of("requirements-dev.txt"))
    assert "-c requirements.lock" in lines_of("requirements-spark.txt")


def test_the_lock_holds_exact_versions_and_nothing_else() -> None:
    assert all(
        re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+( ?;.+)?", line) for line in lines_of("requirements.lock")
    )
    assert len(LOCK) == len(lines_of("requirements.lock"))


@pytest.mark.parametrize("requirement", [*RUNNING.values(), *EXTRA.values(), *DEVELOPING.values()], ids=str)
def test_the_lock_satisfies_every_range(requirement: Requirement) -> None:
    [pin] = LOCK[canonicalize_name(requirement.name)].specifier
    assert Version(pin.version) in requirement.specifier


def test_the_lock_installs_on_the_python_of_debian_12() -> None:
    """Some packages leave out the first releases of 3.11, and Debian 12 stays with one of them."""
    wanted = {name: metadata(name).get("Requires-Python") for name in LOCK if is_installed(name)}
    assert len(wanted) > 60
    assert {name: text for name, text in wanted.items() if text and PYTHON_OF_DEBIAN not in SpecifierSet(text)} == {}


def is_installed(name: str) -> bool:
    try:
        return version(name) == next(iter(LOCK[name].specifier)).version
    except PackageNotFoundError:
        return False


def test_what_running_needs_is_named_and_used() -> None:
    assert imported(RUN) | FOR_OTHERS == set(RUNNING) | set(EXTRA)
    assert not set(RUNNING) & set(EXTRA)


def test_what_the_tests_need_is_named_and_used() -> None:
    needed = imported(CHECKED) - set(RUNNING) - set(EXTRA)
    # Streamlit itself brings these along, so that a test may use them.
    assert needed - set(DEVELOPING) <= {"pillow", "packaging"}
    assert set(DEVELOPING) - TOOLS <= needed


def test_every_package_is_accounted_for() -> None:
    """Each has a row in docs/dependencies.md: why it, what it costs, what could take its place."""
    text = (PROJECT / "docs" / "dependencies.md").read_text("utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| `")
    ]
    assert all(len(row) == 4 and all(row) for row in rows)
    named = [canonicalize_name(name) for row in rows for name in re.findall(r"`([^`]+)`", row[0])]
    assert len(named) == len(set(named))
    assert set(named) == set(RUNNING) | set(EXTRA) | set(DEVELOPING)

"""The house keeps its order: each room knows the rooms before it, pages only lay out, modules stay small."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
SOURCE = PROJECT / "src" / "dashboard"
PAGES = sorted((PROJECT / "pages").glob("*.py"))
MODULES = sorted(SOURCE.rglob("*.py"))
MOST_LINES = 320

#: Room → the rooms that it may know. `docs/architecture.md` says the same in words.
MAY_KNOW = {
    "__init__": set(),
    "access": set(),
    "colours": set(),
    "setting_checks": {"colours"},
    "settings": {"access", "setting_checks"},
    "sign_in": {"access", "settings"},
    "i18n": set(),
    "page_addresses": set(),
    "folder_swap": set(),
    "file_swap": set(),
    "catalogue_model": set(),
    "catalogue_checks": {"catalogue_model"},
    "catalogue": {"catalogue_model", "catalogue_checks"},
    "stories": {"catalogue"},
    "sources": {"catalogue", "folder_swap", "file_swap"},
    "register": {"catalogue", "access", "folder_swap", "file_swap"},
    "measures": set(),
    "reach": set(),
    "disclosure": set(),
    "short_links": set(),
    "slides": set(),
    "saved_decks": {"slides", "file_swap"},
    "sheets": set(),
    "place_sheets": {"sheets"},
    "exports": {"colours", "slides", "sheets", "place_sheets"},
    "warehouse": {"settings", "catalogue", "sources", "register", "reach", "measures", "file_swap"},
    "views": {
        "access",
        "colours",
        "settings",
        "sign_in",
        "i18n",
        "page_addresses",
        "catalogue",
        "register",
        "warehouse",
        "measures",
        "reach",
        "disclosure",
        "exports",
        "slides",
        "saved_decks",
        "short_links",
        "stories",
        "sheets",
        "place_sheets",
        "sources",
    },
    "calendar_route": {"settings", "i18n", "access", "register", "exports", "warehouse"},
    "open_data_route": {"settings", "i18n", "exports"},
    "security_headers": {"page_addresses"},
    "short_link_route": {"settings", "i18n", "page_addresses", "short_links", "stories", "warehouse", "views"},
    "server": {
        "settings",
        "i18n",
        "page_addresses",
        "security_headers",
        "warehouse",
        "calendar_route",
        "open_data_route",
        "short_link_route",
    },
    "register_commands": {"settings", "register", "access"},
    "measures_command": {"settings", "catalogue", "warehouse", "measures"},
    "neighbourhood_run": {"measures", "file_swap"},
    "neighbourhood_commands": {"settings", "sources", "measures", "neighbourhood_run", "file_swap"},
    "update": {"settings", "sources", "warehouse"},
    "update_command": {"settings", "file_swap", "sources", "update"},
    "export_files": {"access", "settings", "file_swap", "register", "warehouse", "views"},
    "report_command": {"access", "settings", "export_files", "register", "sheets", "exports", "views"},
    "open_data_command": {"settings", "export_files", "exports", "views"},
    "export_commands": {
        "export_files",
        "open_data_command",
        "report_command",
        "settings",
        "file_swap",
        "sources",
        "register",
        "warehouse",
        "stories",
        "slides",
        "sheets",
        "exports",
        "views",
    },
    "cli": {
        "settings",
        "catalogue",
        "catalogue_model",
        "stories",
        "sources",
        "warehouse",
        "measures",
        "server",
        "register",
        "register_commands",
        "neighbourhood_commands",
        "update",
        "update_command",
        "measures_command",
        "export_commands",
        "export_files",
    },
    "__main__": {"cli"},
}
#: Of the room of sources, the screen knows only how things are named.
SCREEN_MAY_KNOW_OF_SOURCES = {
    "dashboard.sources.indicator_names",
    "dashboard.sources.area_codes",
    "dashboard.sources.place_kinds",
    "dashboard.sources.use_fields",
    # The form for observers adds what they noted to the data folder, by the same check as the command line, and tells
    # when that is refused.
    "dashboard.sources.use_files",
    "dashboard.sources.tidy",
}
#: Libraries that belong to some rooms alone.
KEPT_WITHIN = {
    "streamlit": {"views", "server"},
    "duckdb": {"warehouse", "measures"},
    "geopandas": {"sources", "warehouse", "exports"},
    "pyogrio": {"sources", "exports"},
    "shapely": {"sources", "warehouse", "reach", "exports"},
    "scipy": {"reach", "sources", "measures"},
    "igraph": {"reach"},
    "esda": {"measures"},
    "libpysal": {"measures"},
    "osmium": {"sources"},
    "httpx": {"sources"},
    "pyspark": {"measures"},
    "py4j": {"measures"},
    "sqlglot": {"measures"},
    "sqlalchemy": {"register"},
    "alembic": {"register"},
    "psycopg": {"register"},
    "personnummer": {"register"},
    "icalendar": {"exports"},
    "typst": {"exports"},
    "uvicorn": {"server"},
    "starlette": {"server", "calendar_route", "open_data_route", "short_link_route"},
    "rdflib": {"exports"},
    "faker": {"register"},
    "PIL": {"register", "exports"},
    "pptx": {"exports"},
    "vl_convert": {"exports"},
    "xlsxwriter": {"exports"},
}


def room_of(module: Path) -> str:
    return module.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(module: Path) -> Iterator[str]:
    """Give the full names that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_imports(module: Path) -> set[str]:
    return {name for name in imports(module) if name.startswith("dashboard.")}


def test_every_room_is_known() -> None:
    assert {room_of(module) for module in MODULES} <= set(MAY_KNOW)


@pytest.mark.parametrize("room", sorted(MAY_KNOW))
def test_a_room_knows_only_the_rooms_before_it(room: str) -> None:
    allowed = MAY_KNOW[room] | {room}
    wrong = {
        f"{module.relative_to(PROJECT)}: {name}"
        for module in MODULES
        if room_of(module) == room
        for name in own_imports(module)
        if name.split(".")[1] not in allowed
    }
    assert wrong == set()


def test_no_two_rooms_know_each_other() -> None:
    """Going from room to room along what they may know never leads back."""

    def leads_to(room: str) -> set[str]:
        return MAY_KNOW[room].union(*(leads_to(one) for one in MAY_KNOW[room]))

    assert [room for room in MAY_KNOW if room in leads_to(room)] == []


def test_the_screen_knows_of_the_sources_only_how_things_are_named() -> None:
    names = {
        name
        for module in MODULES
        if room_of(module) == "views"
        for name in own_imports(module)
        if name.startswith("dashboard.sources")
    }
    assert {".".join(name.split(".")[:3]) for name in names} <= SCREEN_MAY_KNOW_OF_SOURCES


def test_libraries_stay_in_their_rooms() -> None:
    wrong = {
        f"{module.relative_to(PROJECT)}: {name}"
        for module in MODULES
        for name in imports(module)
        if room_of(module) not in KEPT_WITHIN.get(name.split(".")[0], {room_of(module)})
    }
    assert wrong == set()


@pytest.mark.parametrize("page", [*PAGES, PROJECT / "app.py"], ids=lambda page: page.name)
def test_a_page_lays_out_and_does_nothing_else(page: Path) -> None:
    tree = ast.parse(page.read_text("utf-8"))
    assert ast.get_docstring(tree), "A page says in its first line what question it answers."
    assert all(name.startswith("dashboard.views") for name in own_imports(page))
    libraries = {name.split(".")[0] for name in imports(page)} - {"dashboard"}
    assert libraries <= {"streamlit", "gc", "pathlib"}
    assert words(tree) == []
    assert [node for node in ast.walk(tree) if isinstance(node, ast.FormattedValue | ast.ClassDef)] == []
    arithmetic = [node for node in ast.walk(tree) if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Div)]
    assert arithmetic == [], "Numbers are worked out in measures and views."


def words(tree: ast.Module) -> list[str]:
    """Give the strings of a page that are neither its docstring nor a name, such as `overview.lead` or `large`."""
    parts = [node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.FunctionDef)]
    documentation = {node.body[0].value for node in parts if ast.get_docstring(node)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node not in documentation
        and not re.fullmatch(r"[a-z0-9_]+([.-][a-z0-9_]+)*", node.value)
    ]


def test_a_page_with_words_or_sql_would_be_found() -> None:
    assert words(ast.parse('"""What it is."""\nst.write("Hela staden")')) == ["Hela staden"]
    assert words(ast.parse('rows("select 1 from area")')) == ["select 1 from area"]
    assert words(ast.parse('view.t("overview.lead"); st.columns(2, gap="large")')) == []


def test_sql_lies_in_files_of_its_own() -> None:
    """A query that is shown to the reader is one file, which the reader can run."""
    query = re.compile(r"\bselect\b.+\bfrom\b", re.IGNORECASE | re.DOTALL)
    wrong = [
        f"{module.relative_to(PROJECT)}:{node.lineno}"
        for module in MODULES
        if room_of(module) not in {"warehouse", "measures"}
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and query.search(node.value)
    ]
    assert wrong == []


def test_modules_stay_small() -> None:
    lines = {module: len(module.read_text("utf-8").splitlines()) for module in [*MODULES, *PAGES]}
    assert {str(module.relative_to(PROJECT)): n for module, n in lines.items() if n >= MOST_LINES} == {}


def test_the_description_names_every_room() -> None:
    text = (PROJECT / "docs" / "architecture.md").read_text("utf-8")
    rooms = {room for room in MAY_KNOW if not room.startswith("__")}
    assert {room for room in rooms if not re.search(rf"`(src/dashboard/)?{room}(/|\.py)?`", text)} == set()
    pages = {page.name for page in PAGES}
    assert {page for page in pages if f"`{page}`" not in text} == set()

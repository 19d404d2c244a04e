"""Texts: every key exists in both languages, says the same things, and is used."""

import ast
import logging
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from dashboard.i18n import DYNAMIC_PREFIXES, LANGUAGES, MissingTextWarning, Translator, get_translator

ROOT = Path(__file__).parents[1]
LOCALES = ROOT / "locales"


@cache
def translators() -> dict[str, Translator]:
    return {language: get_translator(language, LOCALES) for language in LANGUAGES}


@cache
def trees() -> dict[Path, ast.Module]:
    files = [ROOT / "app.py", *ROOT.glob("pages/*.py"), *ROOT.glob("src/**/*.py")]
    return {f.relative_to(ROOT): ast.parse(f.read_text(encoding="utf-8")) for f in files if f.exists()}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def is_translator(node: ast.expr) -> bool:
    """``t`` or ``anything.t``."""
    return (isinstance(node, ast.Name) and node.id == "t") or (isinstance(node, ast.Attribute) and node.attr == "t")


def calls() -> Iterator[tuple[str, ast.Call, bool]]:
    """Where, the call, and whether it counts something, for every ``t(...)`` and ``t.n(...)``."""
    for file, tree in trees().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            where = f"{file}:{node.lineno}"
            if is_translator(node.func):
                yield where, node, False
            elif isinstance(node.func, ast.Attribute) and node.func.attr == "n" and is_translator(node.func.value):
                yield where, node, True


def keys_of(node: ast.expr) -> Iterator[ast.expr]:
    """The keys a first argument can be: both branches of ``a if x else b``."""
    if isinstance(node, ast.IfExp):
        yield from keys_of(node.body)
        yield from keys_of(node.orelse)
    else:
        yield node


def test_the_scan_finds_calls_of_both_kinds() -> None:
    found = list(calls())
    assert any(counted for *_, counted in found)
    assert sum(not counted for *_, counted in found) > 10


def test_every_key_in_the_code_has_a_text_in_both_languages() -> None:
    missing = [
        f"{where}: {key.value} ({language})"
        for where, call, _ in calls()
        for key in keys_of(call.args[0])
        if isinstance(key, ast.Constant)
        for language, t in translators().items()
        if not t.has(str(key.value))
    ]
    assert missing == []


def test_keys_made_at_run_time_begin_with_a_declared_prefix() -> None:
    undeclared = []
    for where, call, _ in calls():
        for key in keys_of(call.args[0]):
            if isinstance(key, ast.JoinedStr):
                first = key.values[0]
                prefix = first.value if isinstance(first, ast.Constant) else ""
                if not str(prefix).startswith(DYNAMIC_PREFIXES):
                    undeclared.append(f"{where}: {ast.unparse(key)}")
    assert undeclared == []


def test_calls_give_the_values_that_the_texts_ask_for() -> None:
    wrong = []
    t = translators()["sv"]
    for where, call, counted in calls():
        given = {word.arg for word in call.keywords if word.arg} | ({"n"} if counted else set())
        if any(word.arg is None for word in call.keywords):
            continue
        for key in keys_of(call.args[0]):
            if isinstance(key, ast.Constant) and t.has(str(key.value)):
                wanted = set().union(*(placeholders(form) for form in t.messages[str(key.value)]))
                if wanted - given or (given - wanted - {"n"}):
                    wrong.append(f"{where}: {key.value} wants {sorted(wanted)}, gets {sorted(given)}")
    assert wrong == []


def test_both_languages_have_the_same_keys_with_the_same_placeholders() -> None:
    swedish, english = (translators()[language].messages for language in ("sv", "en"))
    assert swedish.keys() ^ english.keys() == set()
    for key in swedish:
        one, other = (set().union(*map(placeholders, texts[key])) for texts in (swedish, english))
        assert one == other, key
        assert (len(swedish[key]) > 1) == (len(english[key]) > 1), key


def test_no_text_is_left_unused() -> None:
    constants = {
        node.value
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    unused = [
        key for key in translators()["sv"].messages if key not in constants and not key.startswith(DYNAMIC_PREFIXES)
    ]
    assert unused == []


def test_declared_prefixes_are_needed() -> None:
    keys = translators()["sv"].messages
    assert [prefix for prefix in DYNAMIC_PREFIXES if not any(key.startswith(prefix) for key in keys)] == []


@pytest.mark.parametrize("file", sorted(LOCALES.glob("*/*.po")), ids=lambda f: f"{f.parent.name}/{f.name}")
def test_catalogue_declares_its_language_and_plurals(file: Path) -> None:
    with file.open("rb") as handle:
        catalog = read_po(handle, abort_invalid=True)
    assert str(catalog.locale) == file.parent.name
    assert catalog.num_plurals == 2


def test_swedish_letters_stay_in_the_catalogues() -> None:
    shown = [
        f"{file}:{node.lineno}: {node.value}"
        for file, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and set(node.value.lower()) & set("åäö")
        and node.value not in docstrings(tree)
    ]
    assert shown == []


def docstrings(tree: ast.Module) -> set[str]:
    """Docstrings as they stand in the source; they may quote a Swedish term."""
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        text
        for node in ast.walk(tree)
        if isinstance(node, holders) and (text := ast.get_docstring(node, clean=False)) is not None
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    head = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    forms = 'msgstr[0] "{n} area in {city}"\nmsgstr[1] "{n} areas in {city}"\n'
    plural = f'msgid "a.areas"\nmsgid_plural "a.areas"\n{forms}'
    plain = 'msgid "b.title"\nmsgstr "The {what} city"\n'
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "a.po").write_text(f"{head}\n{plural}", encoding="utf-8")
    (tmp_path / "en" / "b.po").write_text(f"{head}\n{plain}", encoding="utf-8")
    return tmp_path


def test_all_files_of_a_language_are_merged_and_filled_in(folder: Path) -> None:
    t = get_translator("en", folder)
    assert t("b.title", what="whole") == "The whole city"
    assert t.n("a.areas", 1, city="X") == "1 area in X"
    assert t.n("a.areas", 0, city="X") == "0 areas in X"
    assert t.n("a.areas", 1200, city="X") == "1,200 areas in X"
    assert t.n("a.areas", 2, n="two", city="X") == "two areas in X"
    assert get_translator("en", folder) is t


def test_missing_text_warns_logs_and_shows_the_key(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    t = get_translator("en", folder)
    with (
        caplog.at_level(logging.ERROR),
        pytest.warns(MissingTextWarning, match=r"no text for 'b\.gone' in en"),
    ):
        assert t("b.gone") == "b.gone"
    assert "b.gone" in caplog.text
    with pytest.raises(MissingTextWarning):
        t("b.gone")


def test_missing_value_warns_and_shows_the_text(folder: Path) -> None:
    t = get_translator("en", folder)
    with pytest.warns(MissingTextWarning, match=r"'b\.title' in en lacks the value 'what'"):
        assert t("b.title") == "The {what} city"


def test_unknown_language_gets_the_first() -> None:
    assert get_translator("de", LOCALES).language == LANGUAGES[0]


def test_key_in_two_files_is_refused(folder: Path) -> None:
    (folder / "en" / "c.po").write_text('msgid "b.title"\nmsgstr "Again"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"c\.po: key defined twice: b\.title"):
        get_translator("en", folder)


def test_entry_without_text_is_refused(folder: Path) -> None:
    (folder / "en" / "c.po").write_text('msgid "c.empty"\nmsgstr ""\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"c\.po: 'c\.empty' has no text"):
        get_translator("en", folder)


def test_language_without_catalogue_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no catalogue"):
        get_translator("sv", tmp_path)

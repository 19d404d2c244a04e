"""The field sheet in a real browser: two pages of A4, and nobody is asked for anything."""

import re

import pytest
from playwright.sync_api import Browser

from dashboard.exports.field_sheet import field_sheet
from dashboard.i18n import LANGUAGES, get_translator
from dashboard.settings import PROJECT_FOLDER
from dashboard.views.use_sheet import sheet_of

A_SHEET = re.compile(rb"/Type ?/Page\b")
A4_POINTS = re.compile(rb"/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_printed_on_two_pages_of_a4(browser: Browser, tmp_path, language: str) -> None:
    sheet = sheet_of(get_translator(language, PROJECT_FOLDER / "locales"), "Lextorp, Granngårdens centrum")
    (tmp_path / "sheet.html").write_bytes(field_sheet(sheet))
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "sheet.html").as_uri())
    printed = page.pdf(prefer_css_page_size=True)
    context.close()
    assert len(A_SHEET.findall(printed)) == 2
    assert len(A4_POINTS.findall(printed)) == 2
    assert len(asked) == 1

"""The empty forms to take home: one file a kind, and the sheet to print."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.exports.field_sheet import field_sheet
from dashboard.exports.table_files import csv_for_excel
from dashboard.sources.use_fields import ALL_CRITERIA, KINDS
from dashboard.sources.use_files import form_for_excel
from dashboard.views import html
from dashboard.views.context import View
from dashboard.views.use_sheet import sheet_of
from dashboard.views.use_words import code_label, field_label


def offer_forms(view: View, place_id: str, place_name: str) -> None:
    """Lay out the field sheet and the empty forms as files; a file is made when it is asked for."""
    t = view.t
    with st.container(key=f"use-forms-{place_id}", horizontal=True):
        st.download_button(
            t("use.sheet_download"),
            data=partial(_sheet, view, place_name),
            file_name=f"{t('use.sheet_file')}-{place_id}.html",
            mime="text/html",
            key=f"use-sheet-{place_id}",
            on_click="ignore",
        )
        for name, kind in KINDS.items():
            st.download_button(
                t(f"use.template_{name}"),
                data=partial(form_for_excel, kind),
                file_name=f"{name}.csv",
                mime="text/csv",
                key=f"use-template-{name}-{place_id}",
                on_click="ignore",
            )
        st.download_button(
            t("use.code_list"),
            data=partial(_codes, view),
            file_name="codes.csv",
            mime="text/csv",
            key=f"use-codes-{place_id}",
            on_click="ignore",
        )
    st.html(html.note(t("use.forms_note")))


def code_rows(view: View) -> list[dict[str, object]]:
    """Give every code that may stand in the tables, with what it means; fields without codes once."""
    t = view.t
    return [
        {
            "table": name,
            "field": field.name,
            "meaning": field_label(t, field.name),
            "code": code,
            "code_meaning": code_label(t, _family(name, field.name), code) if code else "",
            "required": field.required,
        }
        for name, kind in KINDS.items()
        for field in kind.fields
        for code in field.codes or ("",)
    ]


def _family(table: str, field: str) -> str:
    # Every criterion is judged by the same scores, and raters have the same roles as observers.
    if field == "rater":
        return "observer"
    return "score" if table == "criteria" and field in ALL_CRITERIA else field


def _codes(view: View) -> bytes:
    return csv_for_excel(code_rows(view))


def _sheet(view: View, place_name: str) -> bytes:
    return field_sheet(sheet_of(view.t, place_name))

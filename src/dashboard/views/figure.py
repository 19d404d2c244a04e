"""A figure with all that belongs to it: title, picture, summary, source, table, “så räknades detta”, downloads."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st

from dashboard.views import embedding, html
from dashboard.views.context import View
from dashboard.views.downloads import FurtherFile, offer_downloads
from dashboard.views.drawn import Drawn, collected
from dashboard.views.own_deck_adding import offer_slide

DownloadRow = Mapping[str, object]

_TABLES = re.compile(r"TAB\d+(?:, TAB\d+)*")


@dataclass(frozen=True)
class Query:
    """A query that a figure rests on, as it ran."""

    name: str
    sql: str
    parameters: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Evidence:
    """How a figure was worked out.

    Parameters
    ----------
    indicators, measures, sources
        Ids in the catalogue.
    computed
        True when the dashboard worked the figure out itself; then SCB is named as where the data are from.
    credits
        How the sources are to be named; by default as the sources say.
    further_credits
        How others than the sources of the catalogue are to be named, after these.
    queries
        The queries that ran.
    notes
        Further sentences, such as what is approximated.
    """

    indicators: Sequence[str] = ()
    measures: Sequence[str] = ()
    sources: Sequence[str] = ()
    computed: bool = False
    credits: Sequence[str] = ()
    further_credits: Sequence[str] = ()
    years: str = ""
    queries: Sequence[Query] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Figure:
    """The parts of a figure that are not the picture; table and rows can wait until somebody opens them."""

    key: str
    title: str
    summary: str
    table: str | Callable[[], str]
    rows: Sequence[DownloadRow] | Callable[[], Sequence[DownloadRow]]
    evidence: Evidence
    drawn_as_table: bool = False
    #: What its files are called, without ending; without it, its key.
    file: str = ""
    #: Makes a workbook of the same, where there is one; called when somebody asks for it.
    workbook: Callable[[], bytes] | None = None
    #: Further files of the same, as `downloads.offer_downloads` takes them.
    further: Sequence[FurtherFile] = ()

    def table_html(self) -> str:
        """Give the table that says the same as the picture."""
        return self.table() if callable(self.table) else self.table

    def download_rows(self) -> Sequence[DownloadRow]:
        """Give the rows of the downloads."""
        return self.rows() if callable(self.rows) else self.rows


def show_figure(view: View, figure: Figure, draw: Callable[[], object], *, titled: bool = True) -> None:
    """Lay out a figure: sentence title, text summary, picture, source, and what can be opened below it.

    Parameters
    ----------
    view
        The view of this run.
    figure
        Title, texts, table and rows.
    draw
        Puts the picture on the page.
    titled
        False where title and summary stand elsewhere on the page, above choices for example.
    """
    if embedding.is_left_out(figure.key):
        return
    with embedding.place_of(figure.key):
        if titled or embedding.is_alone():
            st.html(html.section(figure.title, figure.summary))
        with collected() as drawn:
            draw()
        _show_evidence(view, figure, drawn)


def _show_evidence(view: View, figure: Figure, drawn: Drawn) -> None:
    """Lay out the source line and the two parts that open below it: the table, and how it was worked out."""
    t = view.t
    st.html(html.source_line(source_text(view, figure.evidence)))
    if embedding.is_alone():
        embedding.show_below(view, "" if figure.drawn_as_table else figure.table_html())
        return
    parts = {"how": t("figure.how"), "download": t("figure.download"), "deck": t("own_deck.part")}
    if not figure.drawn_as_table:
        parts = {"table": t("figure.table")} | parts
    opened = st.pills(
        t("figure.more", title=figure.title),
        list(parts),
        format_func=parts.__getitem__,
        key=f"more-{figure.key}",
        label_visibility="collapsed",
        wrap=True,
    )
    # Only what is open is sent: most visitors never open it, and it is larger than the picture.
    if opened == "table":
        st.html(figure.table_html())
    elif opened == "how":
        _explain(view, figure)
    elif opened == "download":
        offer_downloads(
            view,
            figure.download_rows(),
            figure.key,
            figure.file,
            workbook=figure.workbook,
            credit=source_text(view, figure.evidence),
            further=figure.further,
        )
        embedding.offer_code(view, figure.key, figure.title)
    elif opened == "deck":
        offer_slide(view, figure, drawn, source_text(view, figure.evidence))


def source_text(view: View, evidence: Evidence) -> str:
    """Give the source line: SCB's own figures “Källa: SCB”, ours “Egen beräkning på öppna data från SCB”."""
    texts = list(evidence.credits)
    if not texts:
        for name in evidence.sources:
            source = view.catalogue.sources[name]
            text = source.own_computation_citation if evidence.computed else source.citation
            texts.append((text or source.citation).in_(view.language))
    line = "; ".join([*_joined(texts), *evidence.further_credits])
    return f"{line}. {evidence.years}".strip() if evidence.years else line


def _joined(texts: Sequence[str]) -> list[str]:
    """Put credits that differ in the table alone together: “Källa: SCB, TAB6574, TAB6571”."""
    tables: dict[tuple[str, str], list[str]] = {}
    for text in texts:
        match = _TABLES.search(text)
        key = (text[: match.start()], text[match.end() :]) if match else (text, "")
        found = tables.setdefault(key, [])
        found += [table for table in (match[0].split(", ") if match else []) if table not in found]
    return [f"{before}{', '.join(found)}{after}" for (before, after), found in tables.items()]


def _explain(view: View, figure: Figure) -> None:
    t, language, evidence = view.t, view.language, figure.evidence
    lines: list[tuple[str, str]] = []
    caveats: list[str] = []
    for name in evidence.measures:
        measure = view.catalogue.measures[name]
        lines.append((measure.name.in_(language), measure.question.in_(language)))
        lines.append((t("figure.formula"), f"{measure.formula_words.in_(language)} ({measure.formula})"))
        lines.append((t("figure.reference"), measure.reference))
    for name in evidence.indicators:
        indicator = view.catalogue.indicator(name)
        lines.append((indicator.name.in_(language), indicator.definition.in_(language)))
        caveats += [caveat.in_(language) for caveat in indicator.caveats]
    lines += [(t("figure.caveat"), caveat) for caveat in dict.fromkeys([*evidence.notes, *caveats])]
    for name in evidence.sources:
        source = view.catalogue.sources[name]
        updated = t("figure.updated", date=source.updated) if source.updated else ""
        fetched = t("figure.fetched", date=source.access_date)
        texts = [source.name.in_(language), source.licence.in_(language), updated, fetched]
        lines.append((t("figure.source"), ". ".join(text for text in texts if text)))
    st.html(html.definition_list(lines))
    for query in evidence.queries:
        with st.expander(t("figure.query", name=query.name)):
            st.code(query.sql + _bound(query), language="sql")
    st.html(html.note(t("figure.link")))
    st.code(view.link(), language=None)


def _bound(query: Query) -> str:
    return "".join(f"\n-- ${name} = {value}" for name, value in query.parameters.items())

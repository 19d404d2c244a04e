"""Small pieces of HTML that every page uses; whatever goes in is escaped."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence


def escape(text: object) -> str:
    """Text made safe for element content and for quoted attributes."""
    return html.escape(str(text), quote=True)


def attributes(values: Mapping[str, object | None]) -> str:
    """Attributes of a tag, each escaped and with a space before it; None leaves one out."""
    return "".join(f' {name}="{escape(value)}"' for name, value in values.items() if value is not None)


def headline(title: str, lead: str = "") -> str:
    """The page's one sentence, and what it rests on below it."""
    below = f'<p class="hs-lead">{escape(lead)}</p>' if lead else ""
    return f'<h1 class="hs-headline">{escape(title)}</h1>{below}'


def section(title: str, lead: str = "") -> str:
    """Heading of a part of a page, with a sentence below it."""
    below = f'<p class="hs-section-lead">{escape(lead)}</p>' if lead else ""
    return f'<h2 class="hs-section">{escape(title)}</h2>{below}'


def subsection(title: str) -> str:
    """Heading within a part of a page."""
    return f'<h3 class="hs-subsection">{escape(title)}</h3>'


def paragraph(text: str) -> str:
    """Running text."""
    return f'<p class="hs-text">{escape(text)}</p>'


def legend(items: Sequence[tuple[str, str]], *, label: str) -> str:
    """What the colours of a picture mean: pairs of colour and meaning."""
    swatch = '<span class="hs-swatch" style="background:{}" aria-hidden="true"></span>'
    lines = "".join(f"<li>{swatch.format(escape(color))}<span>{escape(name)}</span></li>" for color, name in items)
    return f"<ul{attributes({'class': 'hs-legend', 'aria-label': label})}>{lines}</ul>"


def source_line(text: str) -> str:
    """Where the figures of a picture come from."""
    return f'<p class="hs-source">{escape(text)}</p>'


def note(text: str) -> str:
    """A remark in small type."""
    return f'<p class="hs-note">{escape(text)}</p>'


def notice(strong: str, text: str) -> str:
    """Something that a reader must know before reading on."""
    return f'<div class="hs-notice" role="note"><strong>{escape(strong)}</strong> {escape(text)}</div>'


def folded(label: str, below: str) -> str:
    """A part that opens below its label; what is in it is HTML already."""
    return f'<details class="hs-more"><summary>{escape(label)}</summary>{below}</details>'


def alert(strong: str, text: str = "", below: str = "", *, focus: str = "") -> str:
    """Something that went wrong or must be decided, which a screen reader says at once.

    Parameters
    ----------
    strong, text
        What happened, and what to do.
    below
        Further lines, as HTML.
    focus
        The name under which the keyboard's focus is moved here.
    """
    place = attributes({"class": "hs-alert", "role": "alert", "tabindex": "-1", "data-focus": focus or None})
    return f"<div{place}><p><strong>{escape(strong)}</strong> {escape(text)}</p>{below}</div>"


def empty_state(title: str, why: str, fill: str = "") -> str:
    """What stands where there is nothing: why there is nothing, and what would fill it."""
    below = f"<p>{escape(fill)}</p>" if fill else ""
    said = f'<p class="hs-empty-title">{escape(title)}</p><p>{escape(why)}</p>'
    return f'<div class="hs-empty">{said}{below}</div>'


def definition_list(items: Sequence[tuple[str, str]]) -> str:
    """Terms and what they mean; texts that follow each other under the same term stand below it together."""
    groups: list[tuple[str, list[str]]] = []
    for term, text in items:
        if groups and groups[-1][0] == term:
            groups[-1][1].append(text)
        else:
            groups.append((term, [text]))
    rows = "".join(
        f"<div><dt>{escape(term)}</dt>{''.join(f'<dd>{escape(text)}</dd>' for text in texts)}</div>"
        for term, texts in groups
    )
    return f'<dl class="hs-definitions">{rows}</dl>'


def brand(name: str, place: str) -> str:
    """Name of the dashboard and of the city, for the sidebar."""
    return f'<div class="hs-brand"><span>{escape(name)}</span><small>{escape(place)}</small></div>'

"""A picture with a contribution: cleaned as soon as it comes, shown before it is sent, described in words."""

from __future__ import annotations

import json
from uuid import uuid4

import streamlit as st

from dashboard.register.dump import StoredPhoto
from dashboard.register.photos import PhotoError, clean_photo, smaller
from dashboard.views import circle_kept as kept
from dashboard.views import html
from dashboard.views.circle_card import data_address
from dashboard.views.context import View

#: A picture as a phone takes it; what is stored is some hundred kilobytes.
MOST_MEGABYTES = 8
_PHOTO, _FAULT, _COUNT = "give-photo", "give-photo-fault", "give-photo-count"
_KINDS = ["jpg", "jpeg", "png", "webp"]
_NAME = """<script data-run="{run}">
(() => {{
  const until = Date.now() + 3000;
  const name = () => {{
    const field = document.querySelector(".st-key-give-upload");
    const button = field?.querySelector("button");
    if (!button) {{ if (Date.now() < until) setTimeout(name, 50); return; }}
    for (const one of [button, field.querySelector("input")]) one.setAttribute("aria-label", {name});
  }};
  name();
}})();
</script>"""
#: Why a picture cannot be used → text.
_FAULTS = {
    "too_large": "circle.photo_too_large",
    "no_picture": "circle.photo_no_picture",
    "too_many_pixels": "circle.photo_too_many_pixels",
}


def show_photo(view: View) -> None:
    """Lay out the field for a picture, or the picture with the questions about it."""
    t = view.t
    photo = chosen_photo()
    if photo is not None:
        _show_chosen(view, photo)
        return
    if fault := st.session_state.get(_FAULT):
        st.html(html.alert(t(_FAULTS[fault], most=view.fmt.number(MOST_MEGABYTES))))
    st.html(html.note(t("circle.photo_help", most=view.fmt.number(MOST_MEGABYTES))))
    key = _key()
    with st.container(key="give-upload"):
        st.file_uploader(
            t("circle.photo_choose"),
            type=_KINDS,
            key=key,
            max_upload_size=MOST_MEGABYTES,
            label_visibility="collapsed",
            on_change=_take,
            args=(key,),
        )
    _name_button(t("circle.photo_choose"))


def _name_button(name: str) -> None:
    """Give the framework's button, which says “Upload” whatever the language, a name for eyes and screen readers."""
    st.html(_NAME.format(name=json.dumps(name), run=uuid4().hex), unsafe_allow_javascript=True)


def chosen_photo() -> StoredPhoto | None:
    """Give the picture that is to be sent; None without one."""
    found: StoredPhoto | None = st.session_state.get(_PHOTO)
    return found


def forget_photo() -> None:
    """Let go of the picture and what was said of it (in a callback)."""
    st.session_state.pop(_PHOTO, None)
    st.session_state.pop(_FAULT, None)
    kept.forget(kept.PHOTO_ALT, kept.PHOTO_NOBODY)
    # A field of another key is an empty field.
    st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1


def _key() -> str:
    return f"give-photo-file-{st.session_state.get(_COUNT, 0)}"


def _take(key: str) -> None:
    """Clean the picture that was chosen, or note why it cannot be used (in the field's callback)."""
    upload = st.session_state.get(key)
    st.session_state.pop(_FAULT, None)
    if upload is None:
        return
    try:
        photo = clean_photo(upload.getvalue(), MOST_MEGABYTES * 1_000_000)
    except PhotoError as error:
        st.session_state[_FAULT] = error.code
    else:
        st.session_state[_PHOTO] = StoredPhoto(photo.media_type, photo.content)


def _show_chosen(view: View, photo: StoredPhoto) -> None:
    t = view.t
    alt = html.escape(kept.written(kept.PHOTO_ALT) or t("circle.photo_yours"))
    source = data_address(smaller(photo.content))
    st.html(f'<figure class="hs-said-picture"><img src="{source}" alt="{alt}"></figure>')
    st.button(t("circle.photo_remove"), key="give-photo-remove", on_click=forget_photo)
    kept.restore(kept.PHOTO_ALT)
    st.text_input(t("circle.photo_alt"), max_chars=300, key=kept.PHOTO_ALT)
    kept.keep(kept.PHOTO_ALT)
    kept.restore(kept.PHOTO_NOBODY)
    st.checkbox(t("circle.photo_nobody"), key=kept.PHOTO_NOBODY)
    kept.keep(kept.PHOTO_NOBODY)

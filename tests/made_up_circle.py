"""A made-up knowledge circle for tests: contributions of every kind and state, with what came of them."""

from __future__ import annotations

import io

from PIL import Image

from dashboard.access import OPERATOR
from dashboard.register.dump import StoredPhoto
from dashboard.register.photos import clean_photo
from dashboard.register.store import Register

HOME = {"municipality": "1488"}
CONSENT = {"consent": "test"}

#: What must never reach the public, one sign each.
WAITING_TEXT = "Väntande text som ingen har granskat"
REFUSED_TEXT = "Nekad text som aldrig visas"
REFUSED_BECAUSE = "Internt skäl till nekandet"
PSEUDONYM = "Expert Kornblixt"
PAY = 43219
SECRETS = (WAITING_TEXT, REFUSED_TEXT, REFUSED_BECAUSE, PSEUDONYM)
SAID = "Det är mörkt på gångvägen mellan torget och skolan."
STATISTICS = "Fler har arbete än för fem år sedan."
DECLINED = "Marken ägs av Trafikverket."
ARABIC = "نحتاج إلى مقاعد في الساحة."
SOMALI = "Waxaan rabnaa meel ay dhalinyaradu ku kulmaan."


def picture(color: str = "teal") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (900, 600), color).save(written, "JPEG")
    return written.getvalue()


def fill(register: Register) -> dict[str, str]:
    """Fill a register that has the seeds; gives the ids of what was made by a name."""
    ids: dict[str, str] = {}

    def save(name: str, kind: str, **values: object) -> None:
        ids[name] = register.save(OPERATOR, kind, values).id

    circle = "kunskapscirkel"
    save(
        "meeting",
        "meeting",
        circle=circle,
        on="2026-03-12",
        place="kronogards-torg",
        theme="Vägen till torget",
        summary="Vi gick vägen från skolan till torget tillsammans.",
        participants={"Boende i Kronogården": 14, "Anställda i kommunen": 6, "Elever": 3},
    )
    save("expert", "district_expert", circle=circle, pseudonym=PSEUDONYM)
    save("worked", "worked_time", district_expert=ids["expert"], on="2026-03-12", hours=2.5, pay=PAY)
    public = {**HOME, "state": "published", "form": "quote", "not_names": True}
    save(
        "lit",
        "contribution",
        **public,
        text=SAID,
        place="kronogards-torg",
        theme="Gångvägar och belysning",
        focus_area="mixed_housing",
        agreement="agreed",
        submitted_on="2026-02-01",
    )
    save(
        "work",
        "contribution",
        **(public | {"form": "summary"}),
        text="Unga i området får inget sommarjobb.",
        area="1488R007",
        theme="Arbete och ekonomi",
        agreement="disputed",
        indicator="employment_rate_20_64",
        statistics_say=STATISTICS,
        statistics_agree=False,
        submitted_on="2026-02-10",
    )
    save(
        "arabic",
        "contribution",
        **public,
        text=ARABIC,
        language="ar",
        place="drottningtorget",
        theme="Mötesplatser",
        submitted_on="2026-02-12",
    )
    save(
        "somali",
        "contribution",
        **public,
        text=SOMALI,
        language="so",
        latitude=58.2712,
        longitude=12.3065,
        theme="Fritid, lek och idrott",
        submitted_on="2026-03-01",
    )
    save("refused", "contribution", **HOME, text=REFUSED_TEXT, state="refused", refused_because=REFUSED_BECAUSE)
    waiting = {**HOME, **CONSENT, "text": WAITING_TEXT, "place": "innovatum", "photo_alt": "En bänk"}
    photo = clean_photo(picture())
    ids["waiting"] = register.submit(waiting, StoredPhoto(photo.media_type, photo.content)).entry.id
    with_photo = {
        **HOME,
        **CONSENT,
        "text": "Bänken är trasig.",
        "place": "sylte-center",
        "photo_alt": "En trasig bänk",
    }
    entry = register.submit(with_photo, StoredPhoto(photo.media_type, photo.content)).entry
    register.save(OPERATOR, "contribution", {"state": "published"}, id=entry.id, version=entry.version)
    ids["bench"] = entry.id
    save("discussed", "trace_step", contribution=ids["lit"], step="discussed", on="2026-03-12", text="På träffen.")
    save(
        "project",
        "trace_step",
        contribution=ids["lit"],
        step="project",
        on="2026-05-02",
        project="kronogards-torg",
        text="Belysningen byts.",
    )
    save("told", "trace_step", contribution=ids["lit"], step="told_back", on="2026-06-01")
    save("no", "trace_step", contribution=ids["arabic"], step="declined", on="2026-04-01", text=DECLINED)
    save("talk", "trace_step", contribution=ids["work"], step="discussed", on="2026-03-12")
    return ids

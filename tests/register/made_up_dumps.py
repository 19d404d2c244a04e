"""Made-up registers for tests: one with something of every kind, and arbitrary ones with the oddest texts."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from dashboard.register.changes import Change
from dashboard.register.circle_entries import Circle, Contribution, DistrictExpert, Meeting, TraceStep, WorkedTime
from dashboard.register.dump import Dump, StoredPhoto
from dashboard.register.entries import Decision, Entry, FocusAreaEntry, LinkedIndicator, Milestone, Project
from dashboard.register.fields import clean_text
from dashboard.register.grant_entries import Funder, Grant, Spending
from dashboard.register.kinds import KINDS

HOME = {"municipality": "1488"}
PICTURE = StoredPhoto("image/jpeg", b"\xff\xd8\xff\x00picture\xff\xd9")
ENTRIES: tuple[Entry, ...] = (
    FocusAreaEntry(id="homes", version=1, position=5, name="Bostäder", indicators=("population",), **HOME),
    Project(
        id="torget",
        version=3,
        name="Torget: ett “no” till 1e3",
        summary="Första raden\n\n- andra: # raden",
        focus_areas=("homes",),
        status="delayed",
        status_why="2021-01-01",
        status_why_en="no",
        areas=("1488R007",),
        start="2021",
        budget=0,
        **HOME,
    ),
    Milestone(id="ritning", version=1, project="torget", name="no", due=date(2026, 2, 28), note="ja", note_en="yes"),
    LinkedIndicator(
        id="folkmangd", version=1, project="torget", indicator="population", baseline_year=2021, target=1e-7
    ),
    Decision(
        id="beslut", version=2, archived=True, project="torget", body="KS", text="Ja", link="https://example.org/?a=1"
    ),
    Funder(id="staten", version=1, name="Staten", closed=date(2022, 12, 31), **HOME),
    Grant(id="bidrag", version=1, name="Bidrag", funder="staten", state="granted", projects=("torget",), **HOME),
    Spending(id="belysning", version=1, grant="bidrag", on=date(2026, 1, 1), amount=1_000, what="Belysning"),
    Circle(id="cirkel", version=1, name="Cirkeln", started="2021-09", **HOME),
    Meeting(id="traff", version=1, circle="cirkel", on=date(2026, 3, 1), participants={"no": 7, "unga: 13–17 år": 3}),
    DistrictExpert(id="lind", version=1, circle="cirkel", pseudonym="Lind"),
    WorkedTime(
        id="lind-1", version=1, district_expert="lind", meeting="traff", on=date(2026, 3, 1), hours=2.5, pay=500
    ),
    Contribution(
        id="bankar",
        version=2,
        text="Fler bänkar!\nمقاعد أكثر 😀",
        state="published",
        latitude=58.2707,
        longitude=12.308,
        statistics_say="Inget",
        statistics_agree=False,
        refused_for="unclear",
        refused_because="Väntade",
        delete_after=date(2028, 1, 1),
        photo_alt="Ett torg",
        **HOME,
    ),
    Contribution(id="vantar", version=1, text="Hemligt ännu", channel="form", consent="1", **HOME),
    TraceStep(id="steg", version=1, contribution="bankar", step="project", on=date(2026, 4, 1), project="torget"),
)


def changes_of(entries: tuple[Entry, ...]) -> tuple[Change, ...]:
    """Give a record of changes that tells of each entry."""
    return tuple(
        Change(
            number=3 * place + 1,
            at=datetime(2026, 11, 25, 5, 44, 3, place, tzinfo=UTC),
            action="create",
            kind=entry.kind,
            entry_id=entry.id,
            role="editor",
            sign_in="no: #1",
            before=None,
            after=entry.model_dump(mode="json"),
        )
        for place, entry in enumerate(entries)
    )


DUMP = Dump(ENTRIES, changes_of(ENTRIES), {"bankar": PICTURE, "vantar": PICTURE}, {"vantar": "0a" * 32})

_ODD = "ab \n\t:#-|>'\"\\%@`&*!?{}[],~0123eEyYnNo<=\u0085\u00a0\u2028\u2029\u200d\u0301å😀م"
texts = st.text(_ODD, max_size=30) | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
names = texts.filter(lambda text: bool(clean_text(text)))
keys = texts.filter(lambda text: "\0" not in text)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
).filter(lambda value: "\0" not in repr(value) and "\\x00" not in repr(value))


@st.composite
def entries(draw: st.DrawFn, example: Entry) -> Entry:
    """Give an entry like another one, with other texts, days and sums."""
    values = example.model_dump()
    for name, field in KINDS[example.kind].model_fields.items():
        must = field.is_required() or values[name] in (None, "")
        if name in {"name", "what", "body", "pseudonym", "text"} and must:
            values[name] = draw(names)
        elif field.default == "" and name not in {"id", "consent", "link", "status_why", "statistics_say"}:
            values[name] = draw(texts)
        elif isinstance(values[name], date):
            values[name] = draw(days)
        elif name in {"amount", "pay", "budget", "granted_amount"}:
            values[name] = draw(st.integers(0, 10**9)) if example.kind != "grant" else values[name]
        elif name == "target":
            values[name] = draw(st.floats(-1e9, 1e9))
    values["archived"] = draw(st.booleans())
    return KINDS[example.kind].model_validate(values)


@st.composite
def dumps(draw: st.DrawFn) -> Dump:
    """Give an arbitrary register."""
    made = tuple(draw(entries(example)) for example in ENTRIES)
    values = st.none() | st.dictionaries(
        st.sampled_from(["version", "no", "a: b", "\u2028"]) | keys, json_values, max_size=4
    )
    changes = tuple(
        Change(
            number=number + 1,
            at=draw(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))),  # noqa: DTZ001
            action="update",
            kind="project",
            entry_id=draw(st.sampled_from(["torget", "annat"])),
            role="editor",
            sign_in=draw(keys),
            before=draw(values),
            after=draw(values),
        )
        for number in range(draw(st.integers(0, 5)))
    )
    photos = {
        "bankar": StoredPhoto(draw(st.sampled_from(["image/png", "image/webp", "x"])), draw(st.binary(max_size=40)))
    }
    return Dump(made, changes, photos, {"bankar": draw(st.text("0123456789abcdef", min_size=64, max_size=64))})

"""What leads to a person is found in every writing of it; what only looks like it is left alone."""

import re
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sentences_with_names import WITH_NAMES, WITHOUT_NAMES

from dashboard.i18n import LANGUAGES, get_translator
from dashboard.register import contact_finder, folded_text, name_finder, number_finder
from dashboard.register.personal_data import KINDS, Found, find_personal_data

LOCALES = Path(__file__).parents[2] / "locales"


def kinds(text: str) -> list[str]:
    return [found.kind for found in find_personal_data(text)]


def texts(text: str, kind: str) -> list[str]:
    return [found.text for found in find_personal_data(text) if found.kind == kind]


def checksum(digits: str) -> str:
    """The last digit of a Swedish personal identity number, by Luhn's rule."""
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(digits)]
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


@st.composite
def identity_numbers(draw: st.DrawFn) -> tuple[str, str, str]:
    """Century, the six digits of the day (60 more for a coordination number), the last four."""
    born = draw(st.dates(date(1900, 1, 1), date(2026, 11, 1)))
    day = born.day + draw(st.sampled_from([0, 60]))
    six = f"{born:%y%m}{day:02}"
    three = f"{draw(st.integers(1, 999)):03}"
    return f"{born:%Y}"[:2], six, three + checksum(six + three)


WRITINGS = (
    "{six}-{four}",
    "{six}+{four}",
    "{six}{four}",
    "{six} {four}",
    "{six} - {four}",
    "{century}{six}-{four}",
    "{century}{six}{four}",
    "{century}{six} {four}",
    "{six}–{four}",
    "{century}{y}-{m}-{d}-{four}",
    "{century}{y} {m} {d} {four}",
    "{y} {m} {d} - {four}",
)
#: Signs that a text may be made of, without those that make another number of what they stand beside.
AROUND = st.text(
    st.characters(exclude_categories=["Nd", "No", "Nl", "M", "Cs"], exclude_characters="@+-./()"), max_size=30
)


def spaced(number: str) -> str:
    return " ".join(number)


def wide(number: str) -> str:
    return number.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})


def arabic(number: str) -> str:
    return number.translate({ord("0") + digit: 0x0660 + digit for digit in range(10)})


def broken(number: str) -> str:
    return "\u200b".join(number)


def keycaps(number: str) -> str:
    return "".join(f"{sign}\ufe0f\u20e3" if sign.isdigit() else sign for sign in number)


@settings(max_examples=300, deadline=None)
@given(
    identity_numbers(),
    st.sampled_from(WRITINGS),
    st.sampled_from([str, spaced, wide, arabic, broken, keycaps]),
    AROUND,
    AROUND,
)
def test_every_personal_identity_number_is_found_in_every_writing(number, writing, disguise, before, after) -> None:
    century, six, four = number
    written = disguise(writing.format(century=century, six=six, four=four, y=six[:2], m=six[2:4], d=six[4:]))
    text = f"{before} {written} {after}"
    start = len(before) + 1
    assert any(
        found.must_go and found.start <= start + 1 and found.end >= start + len(written.rstrip("\u200b\ufe0f\u20e3"))
        for found in find_personal_data(text)
    )


@pytest.mark.parametrize("text", ["850501-1235", "19850501-1235", "850561-1235", "1985-05-01-1235", "198505011235"])
def test_what_is_written_as_an_identity_number_is_found_though_its_last_digit_is_wrong(text: str) -> None:
    assert kinds(f"Jag har {text} som nummer") == ["personal_identity_number"]


@pytest.mark.parametrize("text", ["850501-T123", "19850501T123", "850501 - r123"])
def test_numbers_of_those_who_have_none_yet_are_found(text: str) -> None:
    assert texts(f"Mitt nummer är {text}.", "personal_identity_number") == [text]


@settings(max_examples=200, deadline=None)
@given(
    st.emails(domains=st.sampled_from(["mail.se", "exempel.com", "post.trollhattan.nu", "a-b.org"])).filter(
        lambda mail: re.fullmatch(r"[\w.+%-]+@.+", mail)
    ),
    st.sampled_from(
        ["{0}@{1}", "{0} (at) {1}", "{0}[at]{1}", "{0} snabel-a {1}", "{0} @ {1}", "{0} at {1}", "{0}\u200b@\u200b{1}"]
    ),
    st.booleans(),
    AROUND,
)
def test_every_mail_address_is_found(mail: str, writing: str, spelt: bool, around: str) -> None:
    local, domain = mail.split("@")
    written = writing.format(local, domain.replace(".", " punkt ") if spelt and " " in writing else domain)
    assert "email" in kinds(f"{around} {written} {around}")


def test_a_spelt_mail_address_is_found_whole() -> None:
    assert texts("Skriv till anna (at) mail punkt se så svarar jag.", "email") == ["anna (at) mail punkt se"]


PHONES = (
    "070-123 45 67",
    "0701234567",
    "070 123 45 67",
    "070-1234567",
    "070-123-45-67",
    "070.123.45.67",
    "+46 70 123 45 67",
    "+46701234567",
    "+46 (0)70-123 45 67",
    "0046 70 123 45 67",
    "46701234567",
    "0520-49 50 00",
    "0520/495000",
    "(0520) 49 50 00",
    "08-12 34 56",
    "08-123 456 78",
    "010-435 00 00",
    "+358 40 123 4567",
    "+252 61 1234567",
    "0 7 0 1 2 3 4 5 6 7",
    "noll sju noll ett två tre fyra fem sex sju",
)


@pytest.mark.parametrize("disguise", [str, wide, arabic, broken])
@pytest.mark.parametrize("phone", PHONES)
def test_phone_numbers_are_found_in_the_usual_writings(phone: str, disguise) -> None:
    text = f"Jag nås på {disguise(phone)} efter klockan fem"
    assert any(found.must_go for found in find_personal_data(text))
    left = text
    for found in reversed(find_personal_data(text)):
        left = left[: found.start] + left[found.end :]
    assert not any(sign.isdigit() for sign in left)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["070", "072", "073", "076", "079"]), st.integers(0, 9_999_999), AROUND)
def test_every_mobile_number_is_found(area: str, number: int, around: str) -> None:
    digits = f"{number:07}"
    for written in (f"{area}-{digits[:3]} {digits[3:5]} {digits[5:]}", f"+46 {area[1:]} {digits}", area + digits):
        assert {"phone", "personal_identity_number"} & set(kinds(f"{around} {written} {around}")), written


def test_digits_behind_a_word_for_phone_are_a_number() -> None:
    assert texts("Ring mig på 49 50 00 i dag", "phone") == ["49 50 00"]
    assert kinds("Det kostade 49 50 00") == []


@pytest.mark.parametrize(
    "text",
    [
        "år 2021, 2021–2025 och 1999/2000",
        "1 650 000 kr, 1 650 000 000 kronor och 12 345 678 kr",
        "45,4 % och 0,5 procent, 10–20 %",
        "2021-05-01, 2021-05-01 08:30, 01-05-2021, 1 maj 2021 och 2021-05-01 till 2021-06-30",
        "klockan 08.00-16.30, 07:30 och 07-16, 08-10 12-14",
        "461 83 Trollhättan",
        "KS 2021/00123 och KS 2021/00123-2",
        "linje 21, 22 och 3, väg 44 och E45",
        "organisationsnummer 212000-0150 och 556677-8899",
        "0-19 år, 20-64 år och 65 år",
        "58.2707, 12.3080",
        "59 265 invånare 2025 och 15 000 personer 2021",
        "10 20 30 40 50 60 och 0 10 20 30",
        "1488R008 och 1488A0010, SFS 2010:800",
        "SHA-256, DET 300 PERSONER och E45",
        "3 st @ 5 kr",
        "Kungsgatan 30 km/h, Storgatan 10 minuter bort, riksväg 44",
        "trollhattan.se och https://www.scb.se/hitta-statistik",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert find_personal_data(text) == ()


@settings(max_examples=200, deadline=None)
@given(
    st.integers(1, 999_999_999), st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.integers(0, 99), st.integers(0, 59)
)
def test_amounts_days_and_times_are_left_alone(amount: int, day: date, share: int, minute: int) -> None:
    written = f"{amount:,}".replace(",", "\u00a0")
    text = f"Den {day} klockan {share % 24:02}:{minute:02} kostade det {written} kr, {share},4 % mer än {day.year}."
    assert find_personal_data(text) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("följ @anna.s på nätet", "@anna.s"),
        ("https://www.facebook.com/anna.svensson.9", "https://www.facebook.com/anna.svensson.9"),
        ("se linkedin.com/in/anna-svensson.", "linkedin.com/in/anna-svensson"),
        ("insta: anna_99", "insta: anna_99"),
    ],
)
def test_profiles_are_found(text: str, found: str) -> None:
    assert find_personal_data(text) == (Found("profile", text.index(found), text.index(found) + len(found), found),)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jag bor på Lantmannavägen 12", "Lantmannavägen 12"),
        ("lantmannavägen 12B, lgh 1203 är min", "lantmannavägen 12B, lgh 1203"),
        ("Erik Dahlbergsgatan 4 har trasig port", "Dahlbergsgatan 4"),
        ("Drottning Kristinas väg 3 är fel", "Drottning Kristinas väg 3"),
        ("i lägenhet 1203 bor vi", "lägenhet 1203"),
    ],
)
def test_addresses_with_a_number_are_asked_about(text: str, found: str) -> None:
    assert texts(text, "address") == [found]
    assert not any(one.must_go for one in find_personal_data(text))


def test_number_plates_are_asked_about() -> None:
    assert texts("bilen ABC 123 och ABC12D", "registration_plate") == ["ABC 123", "ABC12D"]


def test_names_are_found_and_other_words_are_not() -> None:
    """At least nine in ten names, and at most one sentence in twenty without a name is asked about."""
    assert len(WITH_NAMES) >= 60
    assert len(WITHOUT_NAMES) >= 100
    found = [sentence for sentence, name in WITH_NAMES.items() if set(texts(sentence, "name")) & name_parts(name)]
    asked = [sentence for sentence in WITHOUT_NAMES if find_personal_data(sentence)]
    assert len(found) / len(WITH_NAMES) >= 0.9
    assert len(asked) / len(WITHOUT_NAMES) <= 0.05, asked


def name_parts(name: str) -> set[str]:
    return {name, *name.split()}


@pytest.mark.parametrize("sentence", [one for one in WITH_NAMES if one.isascii()][:20])
def test_names_never_stop_a_text(sentence: str) -> None:
    assert not any(found.must_go for found in find_personal_data(sentence))


def test_known_places_are_no_names() -> None:
    assert texts("Vi ses vid Elin i morgon", "name") == ["Elin"]
    assert find_personal_data("Vi ses vid Elin i morgon", known=["Elin"]) == ()
    assert find_personal_data("Vi ses vid Ahmed Ali i morgon", known=["Ahmed Ali"]) == ()


def test_names_of_places_in_the_text_of_the_dashboard_are_not_asked_about() -> None:
    catalogue = get_translator("sv", LOCALES)
    assert find_personal_data(catalogue("app.language_sv")) == ()


def test_a_word_that_only_looks_like_a_name_with_an_s_is_not_asked_about() -> None:
    assert find_personal_data("Ryms alla i salen? De som ryms får sitta.") == ()
    assert texts("Hon heter Rym", "name") == ["Rym"]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_what_is_found_stands_where_it_says_and_nothing_overlaps(text: str) -> None:
    end = 0
    for found in find_personal_data(text):
        assert found.kind in KINDS
        assert end <= found.start < found.end
        assert found.text == text[found.start : found.end]
        end = found.end


def test_positions_are_those_of_the_text_as_it_was_written() -> None:
    text = "\u200bﬁnt\u00ad – ring ０７０\u00a0123\u200b45 67!"
    [found] = find_personal_data(text)
    assert (found.kind, found.text) == ("phone", "０７０\u00a0123\u200b45 67")


HOSTILE = (
    "a",
    "1",
    "1 ",
    "0 ",
    "a@",
    "@",
    "a.",
    "a at ",
    "a at b punkt ",
    "A ",
    "Anna ",
    "A. ",
    "+",
    "(",
    "0-",
    "noll ",
    "väg ",
    "Storgatan 1",
    "e\u0301",
    "\u0301",
    "\u200b",
    "heter ",
    "facebook.com/",
    "-",
    "'a",
    "ا",
    "070-",
    "850501-",
    "lgh ",
)


class _Counted:
    """How many steps Python takes while something runs."""

    def __init__(self) -> None:
        self.steps = 0

    def __call__(self, frame, event, argument):
        self.steps += event == "line"
        return self


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_takes_steps_in_proportion_to_its_length(piece: str) -> None:
    def steps(length: int) -> int:
        text = (piece * length)[:length]
        find_personal_data("Anna")  # so that reading the lists is not counted
        counted, before = _Counted(), sys.gettrace()
        sys.settrace(counted)
        try:
            find_personal_data(text)
        finally:
            sys.settrace(before)
        return counted.steps

    assert steps(2000) <= 2.5 * steps(1000) + 1000


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_longest_hostile_text_is_read_to_its_end(piece: str) -> None:
    find_personal_data((piece * 20_000)[:20_000])


def test_no_pattern_repeats_a_repetition_that_can_give_back() -> None:
    """Nested repetition is what makes a pattern take for ever: the inner one never gives back what it took."""
    for module in (contact_finder, number_finder, name_finder, folded_text):
        for value in vars(module).values():
            for pattern in value if isinstance(value, tuple) else (value,):
                if isinstance(pattern, re.Pattern):
                    assert not re.search(r"\((?:\?:)?[^()]*[^+\\(][+*]\)[+*](?!\+)", pattern.pattern), pattern.pattern


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_a_name(language: str) -> None:
    t = get_translator(language, LOCALES)
    assert all(t.has(f"personal_data.kind_{kind}") for kind in KINDS)

"""A table on a slide: no more rows and columns than there is room for, and as many as there is."""

import pytest

from dashboard.views.slide_table_room import ENOUGH_ROWS, room_for

SHORT = [("Hyresrätter", "42 %", "61 %")] * 8
WORDY = [("Boende isär efter bakgrund", "45 av 100", "Metoden byttes 2025, så åren går inte att jämföra")] * 8


def test_short_rows_all_stay():
    assert room_for(("Mått", "Hela staden", "Området"), SHORT, 8) == (3, 8)


def test_wordy_rows_are_fewer_the_wordier_they_are():
    headings = ("Mått", "Värde", "Sedan förra året")
    longer = [(*row[:2], row[2] * 3) for row in WORDY]
    columns, rows = room_for(headings, WORDY, 8)
    assert columns == 3
    assert ENOUGH_ROWS <= rows < 8
    assert room_for(headings, longer, 8)[1] < rows


def test_a_column_gives_way_to_rows_rather_than_leave_a_few_of_them():
    headings = ("Mått", "Värde", "Sedan förra året", "Källa")
    wide = [(*row, "Källa: SCB, TAB6574, 2025. Tidigare år: egen beräkning på öppna data från SCB") for row in WORDY]
    columns, rows = room_for(headings, wide, 8)
    assert columns == 3
    assert rows >= ENOUGH_ROWS


def test_what_stands_in_the_third_column_stays_though_few_rows_are_left():
    projects = [
        ("Tidigt upptäckt, tidig insats", "5. Skapa blandad bebyggelse och bra bostäder till alla", "Pågick")
    ] * 8
    assert room_for(("Projekt", "Insatsområde", "Läge"), projects, 8)[0] == 3


def test_both_ends_of_an_interval_stay_on_one_line():
    cells = ("44,7 – 46,2", "44,7 – 46,2", "44,7 – 46,2", "44,7 – 46,2", "44,7 – 46,2")
    assert room_for(("a", "b", "c", "d", "e"), [cells] * 4, 8)[0] == 4


@pytest.mark.parametrize("columns", [1, 2])
def test_one_row_stays_though_it_is_too_high(columns):
    high = [tuple(["ord " * 300] * columns)] * 4
    assert room_for(("Rubrik",) * columns, high, 8) == (columns, 1)


def test_a_table_without_rows_has_room():
    assert room_for(("Mått", "Värde"), [], 8)[1] == 0

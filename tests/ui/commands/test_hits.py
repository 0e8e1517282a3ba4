import pytest
from PySide6.QtCore import QSettings, Qt

from annstudio.ui.commands.command import Command
from annstudio.ui.commands.hits import Hits, Role, ranked
from annstudio.ui.commands.recent import note_command, recent_commands


@pytest.fixture(autouse=True)
def no_settings(dressed):
    QSettings().clear()


def commands(*labels):
    return [Command(label.lower(), label, list) for label in labels]


def labels(hits):
    return [hit.command.label for hit in hits]


def test_without_a_word_those_used_lately_come_first():
    hits = ranked(commands("New", "Open", "Save", "Quit"), " ", ["save", "gone", "open"])
    assert labels(hits) == ["Save", "Open", "New", "Quit"]


def test_of_equals_the_one_used_lately_comes_first_but_a_better_fit_wins():
    known = commands("Reset", "Retry", "Aspire")
    assert labels(ranked(known, "re", ["retry", "aspire"])) == ["Retry", "Reset", "Aspire"]


def test_place_and_other_words_find_it():
    known = [Command("run", "Run", list, place="Training", words="start learning")]
    assert ranked(known, "train learn", [])
    assert not ranked(known, "train never", [])


def test_the_latest_are_remembered_once_each():
    assert recent_commands() == []
    note_command("a")
    assert recent_commands() == ["a"]
    for key in "bcdefgha":
        note_command(key)
    assert recent_commands() == ["a", "h", "g", "f", "e", "d"]


def test_a_row_tells_its_name_and_where_else_it_is(qtmodeltester):
    hits = Hits()
    hits.show_hits(ranked([Command("run", "Run", list, place="Run menu", shortcut="F5")], "", ["run"]), ["run"])
    index = hits.index(0)
    assert index.data() == "Run"
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "Run menu, F5"
    assert index.data(Role.RECENT)
    qtmodeltester.check(hits)

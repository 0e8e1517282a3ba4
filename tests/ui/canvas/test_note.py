import pytest
from PySide6.QtCore import QPointF

from annstudio.project import edits
from annstudio.project.model import Wire
from annstudio.ui.canvas.card import Problems
from annstudio.ui.canvas.geometry import CARD
from annstudio.ui.canvas.note import Note


def note_of(card):
    return next(item for item in card.childItems() if isinstance(item, Note))


def covered(view, note):
    """Return the ids of the cards that a note covers."""
    area = note.sceneBoundingRect()
    return [key for key, card in view.canvas.cards.items() if area.intersects(CARD.translated(card.pos()))]


@pytest.fixture
def cut(view, document):
    """Dense 1 without an input; its card."""
    document.apply("", edits.remove(document.project, (), [Wire("input", "dense-1")]))
    return view.canvas.cards["dense-1"]


def test_where_a_card_stands_below_the_note_stands_above(view, cut):
    view.editor.move({"output": (170.0, 142.0)})
    assert note_of(cut).y() < 0
    assert covered(view, note_of(cut)) == []
    view.editor.move({"output": (510.0, 0.0)})
    assert note_of(cut).y() > 0


def test_a_note_without_room_is_folded_until_someone_is_at_its_card(view, cut, hand):
    view.editor.move({"output": (170.0, 142.0), "dense-2": (170.0, -142.0)})
    note = note_of(cut)
    assert not note.isVisible()
    hand.move("dense-1")
    assert note.isVisible()
    assert cut.zValue() > view.canvas.cards["output"].zValue()
    hand.move(QPointF(20, 20))
    assert not note.isVisible()
    view.select("dense-1")
    assert note.isVisible()
    view.select(None)
    assert not note.isVisible()
    view.editor.move({"output": (170.0, 400.0)})
    assert note.isVisible()
    assert covered(view, note) == []


def test_two_notes_do_not_cover_each_other(view):
    pair = [view.canvas.cards[node_id] for node_id in ("dense-1", "dense-2")]
    for card in pair:
        card.show_problems(Problems(("Something is wrong with this layer.",)))
    view.canvas.place({"dense-2": QPointF(320, 0)})
    first, second = map(note_of, pair)
    assert first.y() > 0
    assert second.y() < 0


def test_a_folded_note_takes_no_room_in_the_fitted_view(view, cut):
    view.editor.move({"output": (170.0, 142.0), "dense-2": (170.0, -142.0)})
    assert cut.extent() == CARD.translated(cut.pos())

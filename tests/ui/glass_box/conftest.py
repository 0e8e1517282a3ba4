import pytest

from annstudio.project.build import chain
from annstudio.training.session import Session
from annstudio.training.snapshot import RunState
from annstudio.ui.glass_box.room import GlassBoxRoom


@pytest.fixture
def snapshot_of(qtbot):
    """Make the snapshot of a project that is ready, or has been trained for some batches."""

    def make(project, steps=0):
        session = Session(project)
        qtbot.waitUntil(lambda: ready(session.mailbox.last), timeout=20_000)
        if steps:
            session.step("batch", steps)
            qtbot.waitUntil(lambda: ready(session.mailbox.last) and session.mailbox.last.step > 0, timeout=20_000)
        snapshot = session.mailbox.last
        assert session.close()
        return snapshot

    return make


def ready(snapshot):
    stands = snapshot is not None and snapshot.state in (RunState.READY, RunState.PAUSED)
    return stands and snapshot.checkpoint is not None


@pytest.fixture
def pauses():
    return []


@pytest.fixture
def room(dressed, qtbot, pauses):
    """The room, empty."""
    made = GlassBoxRoom(lambda: pauses.append(True))
    qtbot.addWidget(made)
    made.resize(1366, 640)
    yield made
    made.shut_down()


@pytest.fixture
def xor():
    return chain("XOR", "gate_xor", [(2, "tanh")], training={"batch_size": 2, "precision": "float64"})


@pytest.fixture
def walking(room, snapshot_of, xor, qtbot):
    """The room with a walk."""
    room.show_snapshot(snapshot_of(xor))
    room.show()
    qtbot.waitExposed(room)
    qtbot.waitUntil(lambda: room.walk is not None)
    return room

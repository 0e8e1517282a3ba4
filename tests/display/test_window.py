"""The real window, used as a student uses it: with the mouse and the keyboard, on a display."""

from pathlib import Path

import pytest

from annstudio.core.errors import UserError
from annstudio.project import file
from annstudio.project.build import chain
from annstudio.project.edits import move, remove
from annstudio.project.model import Wire
from annstudio.project.templates import templates
from annstudio.training.run import Run
from annstudio.training.trained import LayerWeights, Trained
from tests.display.desktop import SAME_IN_A_ROW, Desktop, Window

PALETTE_DENSE = (64, 211)
"""The Dense row of the palette, from the window's top left corner; the palette has a fixed layout."""
INPUT_PORT, OUTPUT_PORT = (428, 215), (848, 215)
"""The ports of two cards that stand 560 apart: the canvas centers what it opens."""
BETWEEN = (638, 215)
HALF_A_CARD = 70
CARD = (255, 255, 255)
ACCENT = (59, 91, 219)


@pytest.fixture
def unwired(tmp_path: Path) -> Path:
    """Return a project file with an Input and an Output that nothing joins yet."""
    project = chain("unwired", "exam", [], training={"seed": 7})
    project = remove(project, [], project.design.wires)
    path = tmp_path / "unwired.ann"
    file.save(path, move(project, {"input": (0.0, 0.0), "output": (560.0, 0.0)}), None, None)
    return path


def open_window(desktop: Desktop, *arguments: Path) -> Window:
    """Start the app, and wait until its canvas is painted."""
    desktop.start_app(*arguments)
    window = desktop.wait_window("ANN Studio")
    desktop.wait_until(lambda: desktop.pixel(*window.at(638, 250)) != (0, 0, 0), "the canvas is painted")
    return window


def progress_of(path: Path) -> int:
    """Return how many epochs the network in the file has been trained; 0 while it is being written."""
    try:
        progress = file.load(path).progress
    except UserError:
        return 0
    return progress.epoch if progress is not None else 0


def costs(path: Path) -> tuple[float, float]:
    """Return the training cost of the file's project with the seed's weights, and with the file's."""
    loaded = file.load(path)
    assert loaded.weights is not None
    trained = {node: LayerWeights(w) for node, w in loaded.weights.items()}
    runs = Run(loaded.project), Run(loaded.project, Trained(loaded.project, trained))
    first, last = (float(run.history.column("train_cost")[0]) for run in runs)
    return first, last


def test_a_student_drags_a_layer_wires_it_and_sees_the_cost_fall(desktop: Desktop, unwired: Path) -> None:
    window = open_window(desktop, unwired)
    desktop.wait_until(lambda: desktop.pixel(*window.at(*BETWEEN)) != CARD, "the place is free")

    desktop.drag(*window.at(*PALETTE_DENSE), *window.at(*BETWEEN))
    desktop.wait_until(lambda: desktop.pixel(*window.at(638, 250)) == CARD, "a Dense card is there")
    left, right = (BETWEEN[0] - HALF_A_CARD, BETWEEN[1]), (BETWEEN[0] + HALF_A_CARD, BETWEEN[1])
    desktop.drag(*window.at(*INPUT_PORT), *window.at(*left))
    desktop.drag(*window.at(*right), *window.at(*OUTPUT_PORT))
    desktop.key("F5")
    desktop.key("ctrl+s")

    def trained() -> bool:
        desktop.key("ctrl+s")
        return progress_of(unwired) > 20

    desktop.wait_until(trained, "the saved network has been trained")
    design = file.load(unwired).project.design
    assert set(design.wires) == {Wire("input", "dense-1"), Wire("dense-1", "output")}
    first, last = costs(unwired)
    assert last < 0.5 * first

    desktop.key("F5")

    unmarked: list[bool] = []

    def saved() -> bool:
        """Save until the title stays without a mark: the last batches may come in after a Ctrl+S."""
        desktop.key("ctrl+s")
        unmarked.append(bool(desktop.windows(r"^unwired\.ann –")))
        return len(unmarked) > SAME_IN_A_ROW and all(unmarked[-SAME_IN_A_ROW:])

    desktop.wait_until(saved, "all of it is saved")
    desktop.close_window(window)
    desktop.wait_until(lambda: not desktop.windows("ANN Studio"), "the window is closed")


def test_closing_during_a_run_ends_the_program(desktop: Desktop) -> None:
    app = desktop.start_app()
    window = desktop.wait_window("ANN Studio")
    desktop.key("F5")
    desktop.close_window(window)
    desktop.wait_until(lambda: app.poll() is not None, "the program has ended")
    assert app.returncode == 0


def test_a_student_takes_a_step_apart_teaches_a_neuron_and_races_optimizers(desktop: Desktop, tmp_path: Path) -> None:
    path = tmp_path / "by_hand.ann"
    file.save(path, templates["by_hand"]().build(), None, None)
    window = open_window(desktop, path)

    def ring() -> bool:
        """Whether the ring of the first hidden neuron says that the stop is about it."""
        return ACCENT in desktop.pixels(*window.at(365, 320), 75, 80)

    desktop.key("ctrl+2")
    desktop.wait_until(lambda: desktop.pixel(*window.at(500, 650)) != CARD, "the glass box is there")
    desktop.wait_until(lambda: desktop.pixel(*window.at(143, 338)) == CARD, "the first input is drawn")
    desktop.key("n")
    desktop.wait_until(ring, "a step over leads to the first neuron")
    desktop.key("n")
    desktop.wait_until(lambda: not ring(), "another one leads on")
    desktop.key("b")
    desktop.wait_until(ring, "and back")

    desktop.key("ctrl+3")
    line = (*window.at(200, 200), 200, 200)
    desktop.wait_until(lambda: desktop.pixel(*window.at(400, 300)) != CARD, "the neuron's samples are there")
    before = desktop.pixels(*line)
    desktop.key("n")
    desktop.wait_until(lambda: desktop.pixels(*line) != before, "a step of the perceptron rule moves its line")
    desktop.click(*window.at(385, 51))
    desktop.wait_until(lambda: desktop.pixel(*window.at(30, 590)) != CARD, "the map is there")
    middle = window.at(265, 370)
    desktop.click(*window.at(400, 500))
    before = desktop.pixels(*middle, 120, 120)
    desktop.key("n", "n", "n")
    desktop.wait_until(lambda: desktop.pixels(*middle, 120, 120) != before, "the racers leave their marks")

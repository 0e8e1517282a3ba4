"""The answers of all units, wherever they are asked."""

import numpy as np

from annstudio.project.build import chain
from annstudio.training.run import Run
from annstudio.training.units import Units


def units_of(run: Run) -> Units:
    return Units(run.project, run.compiled, run.trainer.weights)


def test_one_can_ask_at_few_points_and_at_many_in_turn() -> None:
    run = Run(chain("test", "exam", [(4, "tanh")]))
    units, points = units_of(run), run.prepared.train.inputs[:9]
    many = {node_id: values.copy() for node_id, values in units.answers(points).items()}
    assert {node_id: values.shape for node_id, values in many.items()} == {
        "input": (2, 9),
        "dense-1": (4, 9),
        "output": (1, 9),
    }
    few = units.answers(points[:3])
    for node_id, values in many.items():
        np.testing.assert_allclose(few[node_id], values[:, :3], rtol=1e-5)


def test_the_weights_are_read_at_every_question() -> None:
    run = Run(chain("test", "exam", [(4, "tanh")]))
    units, points = units_of(run), run.prepared.train.inputs[:5]
    before = units.answers(points)["output"].copy()
    run.trainer.advance(50)
    assert not np.allclose(units.answers(points)["output"], before)


def test_there_is_less_room_for_more_work_and_for_wider_layers() -> None:
    # Two products for each of the four units, and four for the Output.
    assert units_of(Run(chain("test", "exam", [(4, "tanh")]))).room(12_000) == 1000
    wide = units_of(Run(chain("test", "exam", [(4000, "tanh")])))
    assert wide.room(1e12) <= 2_000_000 // 4000

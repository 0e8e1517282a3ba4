"""Every number that the walk shows is the engine's, and every line of numbers comes to its result."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annstudio.core.errors import UserError
from annstudio.engine.losses import losses
from annstudio.engine.optimizers import optimizers
from annstudio.labs.glass_box.bench import Batch, Bench
from annstudio.labs.glass_box.marks import Gradient, Parameter, Value
from annstudio.labs.glass_box.page import Level
from annstudio.labs.glass_box.walk import Walk
from annstudio.labs.notation import Figure
from annstudio.labs.reading import plain
from annstudio.project import edits
from annstudio.project.build import chain, put_before
from annstudio.project.templates import templates
from tests.labs.glass_box.rows import all_stops, subject_of, value_of

LEVELS = [Level.TERM, Level.NEURON, Level.LAYER, Level.PASS, Level.UPDATE]


def walk_of(project, batch=Batch.NEXT, steps=0):
    return Walk(Bench(subject_of(project, steps), batch))


def check(walk, least=1):
    """Calculate all that is written out, and compare it with what is said to come out."""
    calculated = 0
    rough = 2e-3 if walk.moment.weights.dtype == np.float32 else 1e-7
    for stop in all_stops(walk.root):
        for equation in stop.page.equations:
            if not isinstance(equation.result, Figure):
                continue
            value = value_of(equation.numbers) if equation.numbers else None
            if value is not None and np.isfinite(value):
                calculated += 1
                words = f"{plain(equation.left)} = {plain(equation.letters)} = {plain(equation.numbers)}"
                assert equation.result.value == pytest.approx(value, rel=rough, abs=rough * 1e-2), words
    assert calculated >= least
    return calculated


@pytest.mark.parametrize("key", list(templates))
@pytest.mark.parametrize("batch", list(Batch))
def test_every_line_comes_to_its_result(key, batch):
    project = templates[key]().build()
    if batch is Batch.ONE and key == "deep_batch_norm":
        with pytest.raises(UserError, match="two samples"):
            walk_of(project, batch)
        return
    check(walk_of(project, batch), 5)


@pytest.mark.parametrize("key", list(losses))
def test_every_loss(key):
    project = chain("p", "iris", [(3, "tanh")], training={"loss": key, "precision": "float64"})
    check(walk_of(project, steps=2), 20)


@pytest.mark.parametrize("key", list(optimizers))
def test_every_optimizer(key):
    data = "gate_and" if key == "perceptron" else "exam"
    hidden = [] if key == "perceptron" else [(2, "tanh")]
    training = {"optimizer": key, "precision": "float64"} | ({"loss": "mse"} if key == "perceptron" else {})
    project = chain("p", data, hidden, training=training)
    if key == "perceptron":
        project = edits.set_value(project, "output", "activation", "binary_step")
    walk = walk_of(project, steps=3)
    check(walk, 10)
    for place, parts in enumerate(walk.moment.trained):
        for stop in all_stops(walk.root.parts[3]):
            for equation in stop.page.equations:
                mark = equation.result.mark if isinstance(equation.result, Figure) else None
                if isinstance(mark, Parameter) and mark.place == place:
                    assert equation.result.value == pytest.approx(float(parts[mark.part][mark.index]), rel=1e-9)


ACTIVATIONS = ["logistic", "relu", "leaky_relu", "elu", "gelu", "silu", "softplus", "softsign", "hard_swish", "prelu"]


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_activations(activation):
    check(walk_of(chain("p", "exam", [(2, activation)], training={"precision": "float64"})), 20)


def test_a_formula_of_ones_own_is_shown_with_its_own_slope():
    project = chain("p", "exam", [(2, "formula")], training={"precision": "float64"})
    project = edits.set_value(project, "dense-1", "activation.expression", "x * tanh(2 * x)")
    walk = walk_of(project, steps=2)
    check(walk, 20)
    assert "tanh(2 · z₁⁽¹⁾)" in plain(walk.root.parts[0].parts[0].parts[0].page.equations[-1].letters)


def test_a_learned_slope_is_shown_as_it_is_by_now_and_is_updated():
    project = chain("p", "exam", [(2, "prelu")], training={"precision": "float64", "optimizer.learning_rate": 0.1})
    walk = walk_of(project, steps=30)
    assert float(walk.moment.parts[0]["activation"][0]) != 0.25
    check(walk, 20)
    titles = [plain(stop.title) for stop in walk.root.parts[3].parts[0].parts]
    assert titles == ["a₁⁽¹⁾", "a₂⁽¹⁾", "s⁽¹⁾"]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("sgd", "downhill"),
        ("momentum", "This optimizer remembers"),
        ("adam", "Step t = 4"),
        ("lbfgs", "depends on all"),
    ],
)
def test_what_is_said_of_an_optimizer_is_true(key, said):
    walk = walk_of(chain("p", "exam", [(2, "tanh")], training={"optimizer": key}), steps=3)
    assert said in str(walk.root.parts[3].parts[0].parts[0].parts[0].page.about)


def test_the_way_back_of_a_whole_layer_is_the_engines():
    walk = walk_of(chain("p", "exam", [(3, "tanh")], training={"precision": "float64"}))
    *_, back = walk.root.parts[2].parts[1].page.equations
    shown = [row[0][0].value for row in back.result.rows]
    np.testing.assert_allclose(shown, walk.moment.layer(0).error_a[walk.moment.focus], rtol=1e-12)


@pytest.mark.parametrize("kind", ["batch_norm", "layer_norm", "dropout", "activation", "feature"])
def test_layers_between(kind):
    project = put_before(chain("p", "exam", [(3, "tanh")], training={"precision": "float64"}), "output", (kind, {}))
    check(walk_of(project), 15)


def test_penalties_clipping_and_max_norm_are_shown():
    training = {"clip_norm": 0.05, "clip_value": 0.03, "optimizer": "adamw", "precision": "float64"}
    project = chain("p", "exam", [(2, "tanh")], training=training)
    for key, value in {"l1": 0.01, "l2": 0.02, "max_norm": 0.5}.items():
        project = edits.set_value(project, "dense-1", key, value)
    walk = walk_of(project, steps=2)
    check(walk, 10)
    page = walk.root.parts[3].parts[0].parts[0].parts[0].page
    said = [str(equation.words) for equation in page.equations if equation.words is not None]
    assert [word.split()[0] for word in said] == ["The", "Clipped", "Clipped", "No"]


GOLDEN = {
    (0, "kernel"): [[0.149780716, 0.249751144], [0.199561432, 0.299502287]],
    (1, "kernel"): [[0.358916480, 0.511301270], [0.408666186, 0.561370121]],
}


def test_the_published_example_to_all_its_digits():
    walk = walk_of(templates["by_hand"]().build())
    shown = {
        equation.result.mark: equation.result.value
        for stop in all_stops(walk.root)
        for equation in stop.page.equations
        if isinstance(equation.result, Figure) and equation.result.mark is not None
    }
    hidden = [shown[Value(0, unit)] for unit in range(2)]
    assert [f"{value:.9f}" for value in hidden] == ["0.593269992", "0.596884378"]
    assert [f"{shown[Value(1, unit)]:.9f}" for unit in range(2)] == ["0.751365070", "0.772928465"]
    assert f"{walk.moment.trace.cost:.9f}" == "0.298371109"
    for (place, part), expected in GOLDEN.items():
        found = [[f"{shown[Parameter(place, part, (i, j))]:.9f}" for j in range(2)] for i in range(2)]
        assert found == [[f"{value:.9f}" for value in row] for row in expected]


def test_taking_the_step_leads_to_the_new_weights():
    walk = walk_of(templates["exam"]().build(), steps=5)
    expected = walk.moment.trace.update.after
    assert walk.over(Level.UPDATE)
    np.testing.assert_allclose(walk.moment.trace.update.before, expected, rtol=1e-5, atol=1e-7)
    assert walk.bench.steps == 1
    assert walk.path == ()


def test_steps_are_those_of_training():
    subject = subject_of(templates["exam"]().build(), steps=3)
    bench, costs = Bench(subject), []
    for _ in range(30):
        costs.append(bench.moment().trace.cost)
        bench.forward()
    from annstudio.project.compile import compile_trainer

    trainer = compile_trainer(subject.project, subject.compiled.network, subject.prepared)
    trainer.restore(subject.checkpoint)
    for cost in costs:
        trainer.advance(1)
        assert trainer.last_cost() == pytest.approx(cost, rel=1e-5)


@settings(max_examples=15, deadline=None)
@given(ways=st.lists(st.sampled_from(["into", "out", *LEVELS]), max_size=25))
def test_back_leads_to_where_one_was(ways):
    walk = walk_of(PROJECT)
    been = []
    for way in ways:
        been.append((walk.bench.steps, walk.path, plain_page(walk)))
        {"into": walk.into, "out": walk.out}.get(way, lambda way=way: walk.over(way))()
        if walk.bench.steps == been[-1][0] and walk.path == been[-1][1]:
            been.pop()
    for place in reversed(been):
        walk.back()
        assert (walk.bench.steps, walk.path, plain_page(walk)) == place
    assert not walk.may_go_back


PROJECT = chain("p", "gate_xor", [(2, "tanh")], training={"batch_size": 2})


def plain_page(walk):
    return [plain(equation.numbers) for equation in walk.stop.page.equations]


@pytest.mark.parametrize("level", LEVELS[:4])
def test_stepping_over_visits_every_stop_of_a_level_once(level):
    walk = walk_of(PROJECT)
    _, count = walk.numbered(level)
    seen = []
    while walk.bench.steps == 0:
        walk.over(level)
        if walk.bench.steps == 0:
            seen.append(walk.path)
    assert len(seen) == len(set(seen)) == count
    assert seen == sorted(seen)


def test_an_epoch_ends_where_training_ends_it():
    walk = walk_of(PROJECT)
    walk.over(Level.EPOCH)
    assert walk.bench.steps == 2
    assert walk.path == ()
    walk.back()
    assert walk.bench.steps == 0


def test_into_where_nothing_is_finer_goes_on():
    walk = walk_of(PROJECT)
    for _ in range(4):
        walk.into()
    assert len(walk.path) == Level.TERM
    before = walk.path
    walk.into()
    assert walk.path > before
    assert len(walk.path) == Level.TERM


def test_another_sample_shows_its_own_numbers():
    walk = walk_of(PROJECT)
    walk.over(Level.NEURON)
    first = plain_page(walk)
    walk.look_at(1)
    assert walk.moment.focus == 1
    assert plain_page(walk) != first


def test_a_step_that_would_not_stay_finite_is_not_taken():
    project = chain("p", "linear", [], training={"optimizer": "sgd", "optimizer.learning_rate": 100.0})
    walk = walk_of(project)
    taken = 0
    while walk.over(Level.UPDATE) and taken < 500:
        taken += 1
    assert 0 < taken < 500
    assert np.isfinite(walk.moment.weights).all()


def test_gradients_shown_are_those_of_the_trace():
    walk = walk_of(templates["iris"]().build())
    for stop in all_stops(walk.root.parts[2], 3):
        for equation in stop.page.equations:
            mark = equation.result.mark if isinstance(equation.result, Figure) else None
            if isinstance(mark, Gradient):
                gradient = walk.moment.layer(mark.place).gradients[mark.part][mark.index]
                assert equation.result.value == float(gradient)


def test_positions_are_values():
    walk = walk_of(PROJECT)
    assert dataclasses.astuple(walk.position) == (0, (), 0)

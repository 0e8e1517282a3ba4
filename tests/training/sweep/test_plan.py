import pickle

import pytest
from msgspec import structs

from annstudio.core.errors import UserError
from annstudio.project.build import chain
from annstudio.project.edits import move
from annstudio.training.sweep.plan import COMMON, Axis, make_plan, parsed_axis

EXAM = chain("Test", "exam", [(4, "tanh"), (4, "tanh")], training={"seed": 5})


def test_every_combination_meets_every_seed():
    plan = make_plan(EXAM, [Axis("optimizer", ("sgd", "adam")), Axis("learning_rate", ("0.1", "0.2", "0.3"))], 4, 10)
    assert len(plan.trials) == 2 * 3 * 4
    assert len({trial.key for trial in plan.trials}) == 24
    assert {trial.seed for trial in plan.trials} == {5, 6, 7, 8}
    for trial in plan.trials:
        training = trial.project.training
        assert (training["optimizer"], f"{training['optimizer.learning_rate']:g}") == trial.settings
        assert training["seed"] == trial.seed


def test_an_optimizer_brings_its_own_learning_rate_unless_there_is_an_axis_for_it():
    plan = make_plan(EXAM, [Axis("learning_rate", ("0.5",)), Axis("optimizer", ("sgd",))], 1, 1)
    assert plan.trials[0].project.training["optimizer.learning_rate"] == 0.5
    plan = make_plan(EXAM, [Axis("optimizer", ("sgd", "adam"))], 1, 1)
    assert len({trial.project.training["optimizer.learning_rate"] for trial in plan.trials}) == 2


def test_settings_of_layers_are_those_of_all_hidden_ones():
    plan = make_plan(EXAM, [Axis("activation", ("relu",)), Axis("width", ("7",))], 1, 1)
    design = plan.trials[0].project.design
    assert [(node["activation"], node["units"]) for node in design.nodes[1:3]] == [("relu", 7), ("relu", 7)]
    assert design.node("output")["units"] == 1


@pytest.mark.parametrize("name", COMMON)
def test_what_the_window_offers_can_be_made(name):
    assert make_plan(EXAM, [Axis(name, COMMON[name])], 2, 5).trials


@pytest.mark.parametrize(
    ("axes", "told"),
    [
        ([], "one or more settings"),
        ([Axis("optimizer", ("sgd",)), Axis("optimizer", ("adam",))], "each once"),
        ([Axis("optimizer", ("sorcery",))], "sorcery"),
        ([Axis("learning_rate", ("-1",))], "-1"),
        ([Axis("magic", ("1",))], "magic"),
        ([Axis("batch_size", tuple(map(str, range(1, 1002))))], "2002 trainings cannot be made"),
    ],
)
def test_what_cannot_be_tried_is_refused(axes, told):
    with pytest.raises(UserError, match=told):
        make_plan(EXAM, axes, 2, 1)


def test_a_network_without_hidden_layers_has_no_width():
    with pytest.raises(UserError, match="No hidden layer"):
        make_plan(chain("Test", "exam", []), [Axis("width", ("4",))], 1, 1)


def test_trials_go_to_other_processes_as_they_are():
    trial = make_plan(EXAM, [Axis("optimizer", ("sgd",))], 1, 1).trials[0]
    assert pickle.loads(pickle.dumps(trial.project)) == trial.project


def test_the_key_depends_on_all_that_the_result_depends_on():
    def key(project=EXAM, rate="0.1", epochs=3):
        return make_plan(project, [Axis("learning_rate", (rate,))], 1, epochs).trials[0].key

    assert key() == key()
    assert len({key(), key(rate="0.2"), key(epochs=4), key(chain("Test", "exam", [(5, "tanh")]))}) == 4


def test_a_moved_card_or_another_name_is_no_other_trial():
    def key(project):
        return make_plan(project, [Axis("learning_rate", ("0.1",))], 1, 3).trials[0].key

    assert key(move(EXAM, {"dense-1": (7.0, 9.0)})) == key(structs.replace(EXAM, name="Other")) == key(EXAM)


def test_an_axis_is_read_from_what_was_typed():
    assert parsed_axis("optimizer=adam, sgd") == Axis("optimizer", ("adam", "sgd"))
    for given in ("optimizer", "=adam", "optimizer=", "optimizer=adam,,sgd", ""):
        with pytest.raises(UserError, match="NAME=VALUE"):
            parsed_axis(given)
    with pytest.raises(UserError, match="twice"):
        parsed_axis("optimizer=adam,adam")

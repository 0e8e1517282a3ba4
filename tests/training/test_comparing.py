from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.training.comparing import differences

EXAM = chain("Test", "exam", [(4, "tanh")])


def told(*projects):
    return {str(each.label): [str(value) for value in each.values] for each in differences(projects)}


def changed(key, value, owner="training", project=EXAM):
    return edits.set_value(project, owner, key, value)


def test_the_same_projects_do_not_differ():
    assert told(EXAM, EXAM) == {}
    assert told(EXAM, edits.move(EXAM, {"dense-1": (900.0, 0.0)})) == {}
    assert told(EXAM, changed("epochs", 50)) == {}


def test_settings_that_differ_are_told_with_all_values():
    assert told(EXAM, changed("optimizer.learning_rate", 0.5), EXAM) == {"Learning rate η": ["0.001", "0.5", "0.001"]}
    assert told(EXAM, changed("seed", 3, "data")) == {"Data seed": ["0", "3"]}
    assert told(EXAM, changed("l2", 0.5, "dense-1")) == {"L2 λ of Dense 1": ["0", "0.5"]}


def test_networks_are_told_layer_by_layer():
    deep = chain("Test", "exam", [(8, "relu"), (4, "tanh")])
    found = told(EXAM, deep)
    assert found["Network"] == ["4 Tanh, 1 Logistic (sigmoid)", "8 ReLU, 4 Tanh, 1 Logistic (sigmoid)"]


def test_what_only_one_has_is_a_dash_for_the_others():
    momentum = changed("optimizer", "momentum")
    found = told(EXAM, momentum)
    assert found["Optimizer"] == ["Adam", "Momentum"]
    assert "–" in found["Decay β₁ (g)"]

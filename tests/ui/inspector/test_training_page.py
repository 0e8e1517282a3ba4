"""What the page about training tells beside its settings."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from annstudio.engine.losses import losses
from annstudio.engine.optimizers import optimizers
from annstudio.engine.schedules import schedules
from annstudio.project import edits
from annstudio.ui.inspector.training_page import TrainingPage


@pytest.fixture
def page(document, qtbot):
    made = TrainingPage(document)
    qtbot.addWidget(made)
    made.resize(280, 900)
    with qtbot.waitExposed(made):
        made.show()
    return made


def told(page):
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


@pytest.mark.parametrize(
    ("key", "chosen", "registry"),
    [
        (key, chosen, registry)
        for key, registry in (("optimizer", optimizers), ("schedule", schedules), ("loss", losses))
        for chosen in registry
    ],
)
def test_every_choice_is_portrayed(page, document, key, chosen, registry):
    document.apply("Change", edits.set_value(document.project, "training", key, chosen))
    info = registry[chosen].info
    assert info.label in told(page)
    assert info.formula in told(page)
    assert not info.when_to_use or any(info.when_to_use[:20] in text for text in told(page))


def test_the_portrait_follows_what_is_picked_with_the_keyboard(page, document):
    field = page.form.rows["schedule"].field
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Down)
    chosen = document.project.training["schedule"]
    assert chosen != "constant"
    assert schedules[chosen].info.formula in told(page)


@pytest.mark.parametrize(("key", "usual"), [("adam", "Usual: 0.0001 to 0.1."), ("sgd", "Usual: 0.001 to 1.")])
def test_the_usual_learning_rates_of_the_chosen_optimizer_are_told(page, document, key, usual):
    document.apply("Change", edits.set_value(document.project, "training", "optimizer", key))
    field = page.form.rows["optimizer.learning_rate"].field
    assert usual in field.toolTip()
    assert field.accessibleDescription().endswith(usual)


def test_nothing_is_called_usual_where_any_rate_will_do(page, document):
    document.apply("Change", edits.set_value(document.project, "training", "optimizer", "lbfgs"))
    assert "Usual" not in page.form.rows["optimizer.learning_rate"].field.toolTip()

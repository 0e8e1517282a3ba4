"""What the network says about a point, in words."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from annstudio.data.dataset import Column, Schema, Task
from annstudio.engine.losses.base import Loss
from annstudio.ui.translate import translate
from annstudio.ui.views.numerals import figure, percent, short_figure

_SHORT_NAME = 8
"""Characters of a feature's name in an equation."""


def axis_name(column: Column) -> str:
    """Return what to write along an axis: "Hours studied (h)"."""
    if not column.unit:
        return translate(column.name)
    template = QCoreApplication.translate("Reading", "{name} ({unit})")
    return template.format(name=translate(column.name), unit=translate(column.unit))


def amount(column: Column, value: float) -> str:
    """Return a value with its unit: "15 h"."""
    return f"{short_figure(value)} {translate(column.unit)}".rstrip()


def quantity(column: Column, value: float) -> str:
    """Return a value with its name and unit: "Hours studied 15 h"."""
    template = QCoreApplication.translate("Reading", "{name} {amount}")
    return template.format(name=translate(column.name), amount=amount(column, value))


def equation(column: Column, slope: float, intercept: float) -> str:
    """Return a straight line in writing: "ŷ = 1.50·x + 2.00", with the feature's name for x where it is short."""
    name = translate(column.name)
    sign = "−" if intercept < 0 else "+"
    variable = name if len(name) <= _SHORT_NAME else "x"
    return f"ŷ = {figure(slope)}·{variable} {sign} {figure(abs(intercept))}"


def answer(schema: Schema, outputs: NDArray[Any], answers: tuple[float, float] = Loss.answers) -> str:
    """Return the network's answer for one sample: "Pass: 83 %", "Growth: 12.3 cm".

    Outputs that are no numbers name no class. A binary answer is always the probability of class 1, of several
    classes the likeliest is named. An output that is no probability, since the student chose another activation or a
    loss of scores, is told as the plain number it is.

    Args:
        schema: what the outputs mean.
        outputs: (outputs,).
        answers: the outputs that the loss asks for; see Loss.answers.
    """
    if schema.task is Task.REGRESSION:
        unit = translate(schema.target.unit)
        return _named(translate(schema.target.name), f"{figure(float(outputs[0]))} {unit}".rstrip())
    if bool(np.isnan(outputs).any()):
        return QCoreApplication.translate("Reading", "no answer")
    number = 1 if schema.task is Task.BINARY else int(outputs.argmax())
    value = float(outputs[0] if schema.task is Task.BINARY else outputs[number])
    return _named(translate(schema.classes[number]), _share(value) if answers == Loss.answers else figure(value))


def answer_name(schema: Schema, answers: tuple[float, float] = Loss.answers) -> str:
    """Return what to write along an axis of answers: "P(Pass)" for the probabilities of a binary task."""
    if answers != Loss.answers:
        return QCoreApplication.translate("Reading", "Score")
    if schema.task is Task.BINARY:
        return QCoreApplication.translate("Reading", "P({name})").format(name=translate(schema.classes[1]))
    return QCoreApplication.translate("Reading", "Probability")


def _share(value: float) -> str:
    if not (math.isfinite(value) and 0 <= value <= 1):
        return figure(value)
    return QCoreApplication.translate("Reading", "{percent} %").format(percent=percent(value))


def _named(name: str, value: str) -> str:
    return QCoreApplication.translate("Reading", "{name}: {value}").format(name=name, value=value)

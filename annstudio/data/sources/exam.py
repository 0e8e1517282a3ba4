"""Will you pass an exam? The lecture's own example."""

from collections.abc import Mapping

import numpy as np

from annstudio.core.params import Integer, Real, Value
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.data.dataset import Column, DataSet, Schema, Task
from annstudio.data.sources.base import Source

_LECTURES = 12
_HOURS = 40
_POINTS_PER_LECTURE = 2
_PASS_MARK = 33


class Exam(Source):
    """Students who passed or failed, by lectures attended and hours studied.

    A lecture counts 2 points, an hour 1 point, and 33 points are as likely to pass as to fail. Points and
    luck decide: P(pass) = logistic((points − 33) / luck). A student passes whose points plus luck times a
    draw from the logistic distribution reach 33, which is the same chance and also holds without luck.

    Lectures follow a beta-binomial distribution (most students come often, some hardly), hours a beta
    distribution in half hours. About half of the students pass; at the default luck, who knows the rule
    predicts 91 of 100.
    """

    info = Info(
        key="exam",
        label=QT_TRANSLATE_NOOP("annstudio", "Will you pass an exam?"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Students who passed or failed, by lectures attended and hours studied."
        ),
        order=1,
        category=QT_TRANSLATE_NOOP("annstudio", "Lecture"),
        formula=QT_TRANSLATE_NOOP("annstudio", "P(pass) = 1 / (1 + exp(−(2·lectures + hours − 33) / luck))"),
        params=(
            Integer(
                "samples",
                QT_TRANSLATE_NOOP("annstudio", "Students"),
                400,
                QT_TRANSLATE_NOOP("annstudio", "How many students took the exam."),
                minimum=10,
                maximum=5000,
            ),
            Real(
                "noise",
                QT_TRANSLATE_NOOP("annstudio", "Luck"),
                2.0,
                QT_TRANSLATE_NOOP("annstudio", "0: lectures and hours alone decide; the more, the more luck matters."),
                minimum=0.0,
                maximum=20.0,
                unit=QT_TRANSLATE_NOOP("annstudio", "points"),
            ),
        ),
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio",
            "The first network: a handful of neurons learn the chance to pass. Then ask it about your own week.",
        ),
    )
    schema = Schema(
        task=Task.BINARY,
        features=(
            Column(QT_TRANSLATE_NOOP("annstudio", "Lectures attended")),
            Column(QT_TRANSLATE_NOOP("annstudio", "Hours studied"), QT_TRANSLATE_NOOP("annstudio", "h")),
        ),
        target=Column(QT_TRANSLATE_NOOP("annstudio", "Result")),
        classes=(QT_TRANSLATE_NOOP("annstudio", "Fail"), QT_TRANSLATE_NOOP("annstudio", "Pass")),
    )
    origin = QT_TRANSLATE_NOOP("annstudio", "Invented students, drawn by this program with the rule shown.")

    def make(self, params: Mapping[str, Value], rng: np.random.Generator) -> DataSet:
        """See Source.make."""
        samples = int(params["samples"])
        lectures = rng.binomial(_LECTURES, rng.beta(2.0, 1.2, samples))
        hours = np.round(2 * _HOURS * rng.beta(1.6, 2.0, samples)) / 2
        luck = float(params["noise"]) * rng.logistic(size=samples)
        passed = _POINTS_PER_LECTURE * lectures + hours + luck >= _PASS_MARK
        return DataSet(self.schema, np.column_stack([lectures, hours]), passed.astype(np.float64)[:, np.newaxis])

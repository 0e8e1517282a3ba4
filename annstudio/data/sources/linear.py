"""A straight line with noise."""

from collections.abc import Mapping

import numpy as np

from annstudio.core.params import Integer, Real, Value
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.data.dataset import Column, DataSet, Schema, Task
from annstudio.data.sources.base import Source

_MOST_LIGHT = 10.0


class Linear(Source):
    """How much seedlings grow by the light they get: a line, and what else makes plants differ."""

    info = Info(
        key="linear",
        label=QT_TRANSLATE_NOOP("annstudio", "Light and growth"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Seedlings grow along a straight line with the hours of light."),
        order=30,
        category=QT_TRANSLATE_NOOP("annstudio", "Regression"),
        formula=QT_TRANSLATE_NOOP("annstudio", "growth = slope·light + intercept + noise·N(0, 1), light ~ U(0, 10)"),
        params=(
            Integer(
                "samples",
                QT_TRANSLATE_NOOP("annstudio", "Seedlings"),
                100,
                QT_TRANSLATE_NOOP("annstudio", "How many seedlings are measured."),
                minimum=10,
                maximum=5000,
            ),
            Real(
                "noise",
                QT_TRANSLATE_NOOP("annstudio", "Noise"),
                1.0,
                QT_TRANSLATE_NOOP("annstudio", "How far the seedlings lie from the line: the standard deviation."),
                minimum=0.0,
                maximum=10.0,
                unit=QT_TRANSLATE_NOOP("annstudio", "cm"),
            ),
            Real(
                "slope",
                QT_TRANSLATE_NOOP("annstudio", "Slope"),
                1.5,
                QT_TRANSLATE_NOOP("annstudio", "What one more hour of light adds."),
                minimum=-5.0,
                maximum=5.0,
                unit=QT_TRANSLATE_NOOP("annstudio", "cm/h"),
            ),
            Real(
                "intercept",
                QT_TRANSLATE_NOOP("annstudio", "Intercept"),
                2.0,
                QT_TRANSLATE_NOOP("annstudio", "The growth without any light."),
                minimum=-20.0,
                maximum=20.0,
                unit=QT_TRANSLATE_NOOP("annstudio", "cm"),
            ),
        ),
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio", "To see that one neuron without activation is a regression line: weight and bias."
        ),
    )
    schema = Schema(
        task=Task.REGRESSION,
        features=(Column(QT_TRANSLATE_NOOP("annstudio", "Light per day"), QT_TRANSLATE_NOOP("annstudio", "h")),),
        target=Column(QT_TRANSLATE_NOOP("annstudio", "Growth"), QT_TRANSLATE_NOOP("annstudio", "cm")),
    )
    origin = QT_TRANSLATE_NOOP("annstudio", "Invented seedlings, drawn by this program with the rule shown.")

    def make(self, params: Mapping[str, Value], rng: np.random.Generator) -> DataSet:
        """See Source.make."""
        shape = (int(params["samples"]), 1)
        light = rng.uniform(0, _MOST_LIGHT, shape)
        line = float(params["slope"]) * light + float(params["intercept"])
        return DataSet(self.schema, light, line + float(params["noise"]) * rng.standard_normal(shape))

"""Bringing features to a common scale."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from annstudio.data.dataset import Array


@dataclass(frozen=True, eq=False)
class Scaler:
    """Standardization, x' = (x − mean) / deviation, column by column.

    Args:
        mean: subtracted from each feature, (features,).
        deviation: each feature is divided by it, (features,); never 0.
    Source: LeCun, Bottou, Orr & Müller 1998, Efficient BackProp, section 4.3.
    """

    mean: Array
    deviation: Array

    @classmethod
    def fit(cls, inputs: Array) -> Self:
        """Return the scaler that gives these inputs mean 0 and standard deviation 1.

        Fit it on the training part alone: nothing of what the network is tested with may leak into what it
        learns from. A column that never changes is only shifted to 0, since it has no spread to divide by.

        Args:
            inputs: at least one sample, (samples, features).
        """
        # Compared exactly: the computed deviation of a constant column may be 1e-17 instead of 0.
        constant = (inputs == inputs[0]).all(axis=0)
        mean = np.where(constant, inputs[0], inputs.mean(axis=0))
        return cls(mean, np.where(constant, 1.0, inputs.std(axis=0)))

    @classmethod
    def identity(cls, features: int) -> Self:
        """Return the scaler that leaves this number of features as they are."""
        return cls(np.zeros(features), np.ones(features))

    def transform(self, inputs: Array) -> Array:
        """Return the inputs on the common scale; (..., features)."""
        return (inputs - self.mean) / self.deviation

    def inverse(self, scaled: Array) -> Array:
        """Return scaled inputs in their own units again; (..., features)."""
        return scaled * self.deviation + self.mean

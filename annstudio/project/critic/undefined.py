"""Formulas that have no value for some of what comes in."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import numpy as np

from annstudio.core.errors import UserError
from annstudio.core.params import Expression, Value
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.activations import activations
from annstudio.engine.layers import layers
from annstudio.project.critic.base import Finding, Rule, Severity
from annstudio.project.graph import graph_of
from annstudio.project.model import Node, Project, Settings
from annstudio.project.names import title
from annstudio.project.prepared import prepared
from annstudio.project.settings import own_values

_PROBES = np.arange(-800, 801) / 100
"""From −8 to 8, where weighted sums usually lie."""
_MOST = 2
"""So many gaps are named."""

_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "What has no value is no number, and a sum with it is none either: it spreads to the answer and to the cost, and "
    "training stops. Even close to such a place values and slopes may be huge.",
)

_Values = tuple[tuple[str, Value], ...]


class Undefined(Rule):
    """What has no value makes answers, and the cost, no numbers either.

    An activation is tried on a fine grid, and its poles between the grid's points are known exactly; a formula of
    Features, right behind the Input, is tried on the samples themselves.
    Only for the latter data are made: where there is such a formula, and once.
    """

    info = Info(
        key="undefined",
        label=QT_TRANSLATE_NOOP("annstudio", "Formulas without a value"),
        summary=QT_TRANSLATE_NOOP("annstudio", "A formula should have a value for all that may come in."),
        order=72,
    )
    severity = Severity.WARNING

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check."""
        for node in project.design.nodes:
            values = node.settings.values
            if "activation" in values:
                yield from self._activation(node)
            elif values.get("own") and _is_behind_input(project, node):
                yield from self._feature(project, node)

    def _activation(self, node: Node) -> Iterator[Finding]:
        key = str(node["activation"])
        if activations[key].defined_everywhere:
            return
        own = own_values(node.settings.values, "activation")
        gaps = _gaps(key, tuple(own.items()))
        if gaps:
            message = text(
                QT_TRANSLATE_NOOP(
                    "annstudio",
                    "{formula} in {layer} has no value for {where}: choose a formula with a value everywhere, such as "
                    "log(1 + abs(x)).",
                ),
                formula=own.get("expression", key),
                layer=title(node),
                where=", ".join(gaps[:_MOST]) + (", …" if len(gaps) > _MOST else ""),
            )
            yield self.finding(message, node.id, why=Text(_WHY), setting=(node.id, "activation"))

    def _feature(self, project: Project, node: Node) -> Iterator[Finding]:
        expression = str(node["expression"])
        missing, samples = _missing(expression, tuple(project.data.values.items()))
        if missing:
            message = text(
                QT_TRANSLATE_NOOP(
                    "annstudio",
                    "{formula} in {layer} has no value for {missing} of {samples} samples: choose a formula with a "
                    "value for all, such as log(1 + abs(x1)).",
                ),
                formula=expression,
                layer=title(node),
                missing=missing,
                samples=samples,
            )
            yield self.finding(message, node.id, why=Text(_WHY), setting=(node.id, "expression"))


def _is_behind_input(project: Project, node: Node) -> bool:
    graph = graph_of(project)
    return any(graph.nodes[source].kind == "input" for source in graph.sources[node.id])


@lru_cache(maxsize=64)
def _gaps(key: str, own: _Values) -> tuple[str, ...]:
    """Return where an activation has no finite value, each stretch in writing: "x < 0", "-1 < x < 1", "x = 0"."""
    activation = activations[key](**dict(own))
    there = np.isfinite(activation.value(_PROBES[:, None])[:, 0])
    # With a stretch beyond both ends, every gap lies between two places where the function comes or goes.
    beyond = np.concatenate([[False], there, [False]])
    edges = [0, *np.flatnonzero(beyond[1:] != beyond[:-1]).tolist(), len(_PROBES)]
    stretches = [(first, end) for first, end in list(pairwise(edges))[::2] if first < end]
    # Between the probes a function may still miss a single place.
    single = [pole for pole in activation.poles if there[np.abs(_PROBES - pole).argsort()[:2]].all()]
    placed = [(float(_PROBES[first]), _written(first, end)) for first, end in stretches]
    placed += [(pole, f"x = {pole:.4g}") for pole in single]
    return tuple(written for _, written in sorted(placed))


def _written(first: int, end: int) -> str:
    """Return the stretch of probes from the first to the one before the end in writing.

    Its ends lie somewhere between two probes: the rounder number is the likelier one.
    """
    low, high = _PROBES[first], _PROBES[end - 1]
    if end - first == 1:
        return f"x = {low:g}"
    left = "" if first == 0 else _edge(_PROBES[first - 1], low)
    right = "" if end == len(_PROBES) else _edge(_PROBES[end], high)
    if not left:
        return f"x {right}"
    if not right:
        return f"x {left.replace('<', '>').replace('≤', '≥')}"
    sign, number = left.split()
    return f"{number} {sign} x {right}"


def _edge(outside: float, inside: float) -> str:
    """Return "< 0" where the value outside the gap is the rounder one, else "≤ 0"."""
    return f"< {outside:g}" if len(f"{outside:g}") < len(f"{inside:g}") else f"≤ {inside:g}"


@lru_cache(maxsize=16)
def _missing(expression: str, data: _Values) -> tuple[int, int]:
    """Return for how many samples a formula of the inputs has no finite value, and how many there are."""
    params = layers["feature"].info.params
    formula = next(param for param in params if isinstance(param, Expression)).formula(expression)
    try:
        made = prepared(Settings(dict(data)))
    except UserError:
        return 0, 0
    inputs = np.concatenate([part.inputs for part in (made.train, made.validation, made.test)])
    named = {f"x{number}": column for number, column in enumerate(inputs.T, start=1)}
    if not formula.root.variables <= named.keys():
        # That has a rule of its own.
        return 0, 0
    return int(np.count_nonzero(~np.isfinite(formula.value(**named)))), len(inputs)

"""The critic's rules, each with projects that it must criticize and projects that it must leave alone."""

import contextlib
import re
import time

import numpy as np
import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from annstudio.core.errors import UserError
from annstudio.data.sources import sources
from annstudio.data.sources.base import Source
from annstudio.engine.layers.dense import MAXIMUM_UNITS
from annstudio.engine.optimizers import optimizers
from annstudio.project import edits, groups
from annstudio.project.build import chain
from annstudio.project.compile import compile_network
from annstudio.project.critic import Finding, Severity, can_run, criticize, rules
from annstudio.project.model import Design, Wire
from annstudio.project.prepared import prepared
from annstudio.project.shapes import flow, parameters
from annstudio.project.templates import templates
from annstudio.project.unroll import unrolled_graph
from tests.project.strategies import projects

EXAM = chain("Test", "exam", [(4, "tanh")])
SINGLE = chain("Test", "exam", [])
DEEP = chain("Test", "exam", [(4, "tanh"), (3, "tanh")])
EVEN = chain("Test", "exam", [(4, "tanh"), (4, "tanh")])
DIGITS = chain("Test", "digits", [(8, "relu")])
LINE = chain("Test", "linear", [])
XOR = chain("Test", "gate_xor", [])
CHAIN = [("input", "dense-1"), ("dense-1", "dense-2"), ("dense-2", "output")]
"""The wires of DEEP."""


def changed(project, *values):
    """Return the project with these (owner, key, value) set."""
    for owner, key, value in values:
        project = edits.set_value(project, owner, key, value)
    return project


def wired(project, *pairs):
    """Return the project with exactly these wires, as a foreign file could have them."""
    return replace(project, design=Design(project.design.nodes, tuple(Wire(*pair) for pair in pairs)))


def added(project, kind):
    return edits.add_node(project, kind, (0.0, 500.0))[0]


def inserted(project, *kinds, before="output"):
    """Return the project with these layers, one behind the other, in the wire into a node."""
    for kind in kinds:
        (source,) = project.design.sources(before)
        project, _ = edits.insert_node(project, kind, Wire(source, before))
    return project


def skipping(project):
    """Return the project with an Add before the Output, which adds what Dense 1 gives once more."""
    return edits.connect(inserted(project, "add"), "dense-1", "add-1")


def normalized(samples, batch_size, train=0.6):
    project = inserted(EXAM, "batch_norm")
    return changed(
        project, ("data", "train", train), ("data", "source.samples", samples), ("training", "batch_size", batch_size)
    )


def answering(project, activation, loss, units=None):
    values = [("output", "activation", activation), ("training", "loss", loss)]
    return changed(project, *values, *([("output", "units", units)] if units else []))


def pictured(*values):
    return changed(inserted(DIGITS, "reshape", "conv2d", "flatten", before="dense-1"), *values)


def weighted(project, weights):
    return changed(project, ("training", "loss", "cross_entropy"), ("training", "loss.class_weights", weights))


def frozen(project, *nodes):
    return changed(project, *((node, "trainable", False) for node in nodes))


def bent(formula, project=EXAM):
    """Return the project with this formula as the activation of Dense 1."""
    return changed(project, ("dense-1", "activation", "formula"), ("dense-1", "activation.expression", formula))


def featured(formula, *values, source="exam"):
    """Return a project whose Features, behind the Input, are a formula."""
    project = inserted(chain("Test", source, []), "feature")
    return changed(project, ("feature-1", "own", True), ("feature-1", "expression", formula), *values)


def block(times=2):
    """A block of one layer, repeated."""
    grouped, group_id = groups.group(EXAM, ["dense-1"])
    return groups.repeat(grouped, group_id, times)


def astray():
    """Such a block whose values leave it no longer."""
    return edits.remove(block(), [], [Wire("dense-1", "output")])


def deep(count, units, activation, initializer=None):
    """Return the circle with so many layers in a row."""
    return chain("Test", "circle", [(units, activation)] * count, initializer=initializer)


def bridged(project):
    """Return the project with a way around its middle: its layers stand in two rows of half the length."""
    half = len(project.design.of_kind("dense")) // 2
    return edits.connect(inserted(project, "add", before="output"), f"dense-{half}", "add-1")


def repeated(project, times):
    """Return the project with its layers as one block, repeated."""
    grouped, group_id = groups.group(project, [node.id for node in project.design.of_kind("dense")][1:])
    return groups.repeat(grouped, group_id, times)


def taught(optimizer, rate):
    """Return the exam trained by this optimizer at this learning rate."""
    return changed(EXAM, ("training", "optimizer", optimizer), ("training", "optimizer.learning_rate", rate))


def drawn(source, samples, train):
    """Return a project of so many samples, of which this share is for training."""
    return changed(chain("Test", source, []), ("data", "source.samples", samples), ("data", "train", train))


def by_rosenblatt(project, loss="mse"):
    """Return the project with a step at its end, trained by the perceptron rule."""
    return changed(answering(project, "binary_step", loss), ("training", "optimizer", "perceptron"))


# Rule: (project, severity, node, words of the message).
BAD = {
    "no_input": [(edits.remove(EXAM, ["input"]), "error", None, "Input")],
    "several_inputs": [(added(EXAM, "input"), "error", "input-2", "Input 2")],
    "no_output": [(edits.remove(EXAM, ["output"]), "error", None, "Output")],
    "several_outputs": [(added(EXAM, "output"), "error", "output-2", "Output 2")],
    "cycle": [
        (wired(DEEP, ("dense-1", "dense-2"), ("dense-2", "dense-1")), "error", "dense-1", "circle"),
        (wired(EXAM, ("dense-1", "dense-1")), "error", "dense-1", "its own result"),
        (wired(DEEP, *CHAIN, ("dense-2", "dense-1")), "error", "dense-1", "from Dense 2 closes a circle"),
    ],
    "merging": [(wired(DEEP, ("input", "output"), ("dense-2", "output")), "error", "output", "has 2")],
    "unwired": [
        (wired(EXAM, ("input", "dense-1")), "error", "output", "Nothing flows into Output"),
        (wired(EXAM, ("dense-1", "output")), "error", "dense-1", "Nothing flows into Dense 1"),
    ],
    "unused": [
        (added(EXAM, "dense"), "warning", "dense-2", "Dense 2 is not wired, so it is left out"),
        (edits.connect(added(EXAM, "dense"), "dense-1", "dense-2"), "warning", "dense-2", "Dense 2 gives goes nowhere"),
        (wired(DEEP, ("input", "dense-1"), ("input", "output")), "warning", "dense-1", "Dense 1 gives goes nowhere"),
    ],
    "shapes": [
        (inserted(DIGITS, "reshape", before="dense-1"), "error", "dense-1", "Dense 1 does not fit: .*Flatten"),
        (inserted(EXAM, "reshape"), "error", "reshape-1", "Reshape 1 does not fit: .*64.*4"),
        (edits.connect(added(EXAM, "reshape"), "dense-1", "reshape-1"), "warning", "reshape-1", "does not fit"),
        (skipping(DEEP), "error", "add-1", "Add 1 does not fit: it adds equal shapes only, but 3 and 4 come in"),
    ],
    "batch_of_one": [
        (normalized(400, 1), "error", "batch_norm-1", "batch size to 2 or more"),
        (normalized(100, 59), "error", "batch_norm-1", "Of 60 training samples in batches of 59 one is left over"),
        (changed(inserted(DIGITS, "batch_norm"), ("training", "batch_size", 1)), "error", "batch_norm-1", "2 or more"),
    ],
    "output_units": [
        (changed(EXAM, ("output", "units", 2)), "error", "output", "units of Output to 1"),
        (changed(DIGITS, ("output", "units", 1)), "error", "output", "has 10 classes: set the units of Output to 10"),
        (changed(LINE, ("output", "units", 3)), "error", "output", "units of Output to 1"),
    ],
    "output_activation": [
        (answering(EXAM, "softmax", "log_loss"), "error", "output", "always answers 1.*Logistic"),
        (answering(LINE, "softmax", "mse"), "error", "output", "always answers 1.*Identity"),
        (answering(EXAM, "identity", "log_loss"), "error", "output", "Identity .* between 0 and 1, .*Logistic"),
        (answering(EXAM, "tanh", "log_loss"), "error", "output", "between 0 and 1"),
        (answering(EXAM, "binary_step", "log_loss"), "error", "output", "between 0 and 1"),
        (answering(DIGITS, "relu", "cross_entropy"), "error", "output", "between 0 and 1, .*Softmax"),
        (answering(EXAM, "logistic", "cross_entropy"), "error", "output", "only one"),
        (answering(DIGITS, "logistic", "cross_entropy"), "warning", "output", "add up to 1"),
        (answering(DIGITS, "softmax", "mse"), "note", "output", "learns slowly"),
        (answering(LINE, "tanh", "mse"), "warning", "output", "between -1 and 1"),
        (answering(LINE, "logistic", "mae"), "warning", "output", "between 0 and 1"),
        (answering(LINE, "relu", "rss"), "warning", "output", "never gets below 0"),
        (answering(LINE, "softplus", "mse"), "warning", "output", "never gets below 0"),
        (answering(LINE, "selu", "mse"), "warning", "output", r"never gets below -1\.758"),
        (answering(LINE, "gelu", "mse"), "warning", "output", r"never gets below -0\.17"),
        (answering(LINE, "sine", "mse"), "warning", "output", "between -1 and 1"),
        (answering(LINE, "gaussian", "mse"), "warning", "output", "between 0 and 1"),
        (answering(LINE, "arctan", "mse"), "warning", "output", r"between -1\.571 and 1\.571"),
        (answering(LINE, "log_softmax", "mse"), "error", "output", "always answers 0.*Identity"),
        (answering(EXAM, "log_softmax", "mse"), "error", "output", "always answers 0.*Logistic"),
        (answering(EXAM, "gaussian", "log_loss"), "error", "output", "between 0 and 1"),
        (answering(EXAM, "sine", "log_loss"), "error", "output", "between 0 and 1"),
        (answering(LINE, "tanh", "huber"), "warning", "output", "between -1 and 1"),
        (answering(DIGITS, "softmax", "huber"), "note", "output", "learns slowly"),
        (answering(DIGITS, "softmax", "log_cosh"), "note", "output", "learns slowly"),
        (answering(EXAM, "logistic", "hinge"), "error", "output", "gives the same class .*Identity"),
        (answering(EXAM, "softmax", "hinge"), "error", "output", "always answers 1.*Identity"),
        (answering(EXAM, "relu", "hinge"), "warning", "output", "-1 or less and of 1 or more.*Identity"),
        (answering(DIGITS, "softmax", "hinge"), "warning", "output", "-1 or less"),
        (answering(DIGITS, "logistic", "squared_hinge"), "warning", "output", "-1 or less"),
        (
            by_rosenblatt(SINGLE, "log_loss"),
            "error",
            "output",
            "answers 0 or 1, which .* choose Mean squared error as the loss",
        ),
        (
            by_rosenblatt(chain("Test", "iris", []), "cross_entropy"),
            "error",
            "output",
            "Mean squared error as the loss",
        ),
    ],
    "loss_targets": [
        (changed(LINE, ("training", "loss", "cross_entropy")), "error", None, "quantity.*Mean squared"),
        (changed(LINE, ("training", "loss", "log_loss")), "error", None, "quantity.*Mean squared"),
        (changed(LINE, ("training", "loss", "hinge")), "error", None, "for classes.*quantity.*Mean squared"),
        (changed(LINE, ("training", "loss", "squared_hinge")), "error", None, "for classes.*quantity"),
    ],
    "loss_outputs": [
        (weighted(DIGITS, "1, 2, 3"), "error", "output", "3 given, but there are 10 classes"),
    ],
    "nothing_to_train": [
        (frozen(EXAM, "dense-1", "output"), "error", None, "nothing to train, since all .* frozen"),
        (frozen(added(SINGLE, "dense"), "output"), "error", None, "switch Trainable on"),
    ],
    "binary_step": [
        (changed(EXAM, ("dense-1", "activation", "binary_step")), "warning", "dense-1", "no gradient"),
        (answering(EXAM, "binary_step", "mse"), "warning", "output", "no gradient through Output: choose Logistic"),
        (
            answering(SINGLE, "binary_step", "mse"),
            "warning",
            "output",
            "no gradient through Output: choose the perceptron rule",
        ),
        (answering(LINE, "binary_step", "mse"), "warning", "output", "choose Identity"),
        (by_rosenblatt(changed(EXAM, ("dense-1", "activation", "binary_step"))), "warning", "dense-1", "no gradient"),
    ],
    "perceptron_rule": [
        (by_rosenblatt(DEEP), "warning", "dense-1", "for a single layer, and Dense 1 comes before"),
        (
            by_rosenblatt(inserted(SINGLE, "batch_norm")),
            "warning",
            "batch_norm-1",
            "Batch normalization 1 comes before",
        ),
        (
            changed(SINGLE, ("training", "optimizer", "perceptron")),
            "warning",
            "output",
            "Logistic .* gives others.*Binary step",
        ),
        (changed(LINE, ("training", "optimizer", "perceptron")), "warning", "output", "quantity: choose Adam"),
    ],
    "undefined": [
        (bent("log(x)"), "warning", "dense-1", r"log\(x\) in Dense 1 has no value for x ≤ 0:"),
        (bent("sqrt(x)"), "warning", "dense-1", "for x < 0:"),
        (bent("x^0.5"), "warning", "dense-1", "for x < 0:"),
        (bent("1/x"), "warning", "dense-1", "for x = 0:"),
        (bent("arcsin(x)"), "warning", "dense-1", "for x < -1, x > 1:"),
        (bent("sqrt(x^2 - 1)"), "warning", "dense-1", "for -1 < x < 1:"),
        (bent("log(x^2 - 4)"), "warning", "dense-1", "for -2 ≤ x ≤ 2:"),
        (bent("1/(x^3 - x)"), "warning", "dense-1", "for x = -1, x = 0, …:"),
        # Between the points of the grid; where the divisor only touches zero; where a logarithm has its pole.
        (bent("1/(3*x - 1)"), "warning", "dense-1", r"for x = 0\.3333:"),
        (bent("1/(3*x - 1)^2"), "warning", "dense-1", r"for x = 0\.3333:"),
        (bent("1/(abs(3*x) - 1)"), "warning", "dense-1", r"for x = -0\.3333, x = 0\.3333:"),
        (bent("log(abs(x - 0.005))"), "warning", "dense-1", r"for x = 0\.005:"),
        (bent("tan(x)"), "warning", "dense-1", r"for x = -7\.854, x = -4\.712, …:"),
        (featured("log(x1)"), "warning", "feature-1", r"log\(x1\) in Features 1 has no value for \d+ of 400 samples"),
        (featured("log(x1 - 1)", ("data", "standardize", False)), "warning", "feature-1", "of 400 samples"),
    ],
    "zero_weights": [
        (changed(EXAM, ("dense-1", "initializer", "zeros")), "warning", "dense-1", "start at zero"),
        (changed(EXAM, ("dense-1", "initializer", "constant")), "warning", "dense-1", "same weights"),
        (pictured(("conv2d-1", "initializer", "constant")), "warning", "conv2d-1", "same weights"),
    ],
    "early_stopping": [
        (
            changed(EXAM, ("training", "patience", 5), ("data", "validation", 0)),
            "warning",
            None,
            "no samples are set apart for validation",
        ),
    ],
    "batch_size": [
        (changed(EXAM, ("training", "batch_size", 241)), "note", None, "241 .* 240 training samples"),
        (changed(DIGITS, ("training", "batch_size", 60000)), "note", None, "60000 .* 1078 training samples"),
    ],
    "hidden_softmax": [
        (changed(EXAM, ("dense-1", "activation", "softmax")), "warning", "dense-1", "Softmax .* Dense 1 compete"),
        (changed(EXAM, ("dense-1", "activation", "log_softmax")), "warning", "dense-1", "Log-softmax"),
    ],
    "linear_stack": [
        (changed(EXAM, ("dense-1", "activation", "identity")), "warning", "dense-1", "Dense 1 .* Output .* one layer"),
        (changed(DEEP, ("dense-1", "activation", "identity")), "warning", "dense-1", "with Dense 2"),
        (
            changed(DEEP, ("dense-1", "activation", "identity"), ("dense-2", "activation", "identity")),
            "warning",
            "dense-1",
            "From Dense 1 on, 2 layers .* with Output",
        ),
        (pictured(("conv2d-1", "activation", "identity")), "warning", "conv2d-1", "with Dense 1"),
    ],
    "saturating_stack": [
        (chain("Test", "exam", [(4, "logistic")] * 4), "warning", "dense-1", "From Dense 1 on, 4 flat"),
        (chain("Test", "exam", [(4, "relu"), *[(4, "logistic")] * 5]), "warning", "dense-2", "From Dense 2 on, 5 flat"),
    ],
    "deep_stack": [
        (deep(60, 8, "tanh"), "warning", "dense-1", "60 layers in a row, from Dense 1 on, often learn nothing"),
        (deep(60, 8, "relu"), "warning", "dense-1", "too narrow"),
        (deep(30, 4, "relu"), "warning", "dense-1", "too narrow"),
        (deep(40, 16, "relu", "xavier_uniform"), "warning", "dense-1", "fades to one part in [23],.*He normal"),
        (changed(deep(40, 16, "relu"), ("training", "optimizer", "sgd")), "warning", "dense-1", "40 layers in a row"),
        (repeated(deep(4, 8, "tanh"), 20), "warning", "dense-1", "61 layers in a row"),
    ],
    "no_line": [
        (XOR, "warning", "output", "No straight line parts the classes of “XOR table”, and Output alone"),
        (by_rosenblatt(XOR), "warning", "output", "put a Dense layer before it"),
        (changed(XOR, ("data", "standardize", True)), "warning", "output", "No straight line"),
    ],
    "learning_rate": [
        (taught("sgd", 1.5), "warning", None, r"1\.5 is large for SGD: 0\.001 to 1"),
        (taught("sgd", 0.0005), "warning", None, "0.0005 is small for SGD"),
        (taught("adam", 0.5), "warning", None, "0.5 is large for Adam"),
        (changed(taught("sgd", 0.5), ("training", "loss", "rss")), "warning", None, r"0\.5 .* 0\.0001 to 0\.1"),
    ],
    "unscaled_inputs": [
        (changed(EXAM, ("data", "standardize", False)), "warning", None, "“Hours studied” are large, up to 38"),
        (changed(LINE, ("data", "standardize", False)), "warning", None, "“Light per day”"),
    ],
    "many_parameters": [
        (chain("Test", "exam", [(64, "tanh"), (64, "tanh")]), "note", None, "4,417 .* 240 samples"),
        (chain("Test", "iris", [(64, "tanh")] * 2), "note", None, "90 samples"),
    ],
    "one_class": [
        (changed(drawn("exam", 10, 0.75), ("data", "seed", 27)), "warning", None, "All .* of the class “(Pass|Fail)”"),
        (changed(chain("Test", "gate_and", []), ("data", "train", 0.25)), "warning", None, "single .* class “0”"),
    ],
    "constant_target": [
        (
            changed(LINE, ("data", "source.slope", 0.0), ("data", "source.noise", 0.0)),
            "warning",
            None,
            "“Growth” is 2 in every training sample",
        ),
    ],
    "repeated": [(astray(), "error", "dense-1", "the values of one layer must enter it")],
    "parameters_limit": [
        (chain("Test", "exam", [(MAXIMUM_UNITS, "relu")] * 3), "error", None, "33.6 million .*20 million"),
    ],
}

GOOD = {
    "merging": [skipping(EVEN)],
    "shapes": [
        skipping(EVEN),
        inserted(DIGITS, "reshape", "flatten", before="dense-1"),
        # Several wires into a layer that takes one have a rule of their own, and so has a loop.
        wired(DEEP, ("input", "dense-1"), ("dense-1", "output"), ("input", "output")),
        wired(DEEP, ("dense-1", "dense-2"), ("dense-2", "dense-1")),
    ],
    "unused": [skipping(EVEN), edits.remove(EXAM, list(EXAM.positions))],
    "unwired": [added(EXAM, "dense")],
    "batch_of_one": [
        normalized(400, 10),
        normalized(100, 61),
        # How many samples there are hangs on how the shares are rounded, class by class.
        normalized(101, 59, train=0.605),
        # A layer that leads nowhere is left out.
        changed(added(EXAM, "batch_norm"), ("training", "batch_size", 1)),
        changed(EXAM, ("training", "batch_size", 1)),
    ],
    "output_activation": [
        answering(EXAM, "logistic", "mse"),
        answering(EXAM, "tanh", "mse"),
        answering(DIGITS, "logistic", "log_loss"),
        answering(LINE, "leaky_relu", "mse"),
        answering(LINE, "prelu", "mse"),
        answering(LINE, "formula", "mse"),
        answering(EXAM, "logistic", "huber"),
        answering(EXAM, "identity", "hinge"),
        answering(EXAM, "tanh", "hinge"),
        answering(EXAM, "tanh", "squared_hinge"),
        answering(DIGITS, "identity", "hinge"),
        answering(DIGITS, "leaky_relu", "hinge"),
        # A wrong number of units and a wrong loss have rules of their own.
        answering(DIGITS, "softmax", "cross_entropy", units=1),
        answering(LINE, "tanh", "log_loss"),
        # The perceptron rule does not ask the loss.
        by_rosenblatt(SINGLE),
        by_rosenblatt(SINGLE, "hinge"),
    ],
    "binary_step": [by_rosenblatt(SINGLE), by_rosenblatt(EXAM)],
    "perceptron_rule": [
        by_rosenblatt(SINGLE),
        by_rosenblatt(chain("Test", "iris", [])),
        # What does not learn may come before: features, or weights that are frozen as in Rosenblatt's machine.
        by_rosenblatt(inserted(SINGLE, "feature")),
        by_rosenblatt(changed(EXAM, ("dense-1", "trainable", False))),
        # A layer that leads nowhere is left out.
        by_rosenblatt(added(SINGLE, "dense")),
    ],
    "loss_targets": [changed(EXAM, ("training", "loss", "mse")), changed(LINE, ("training", "loss", "mae"))],
    "loss_outputs": [
        weighted(DIGITS, ", ".join("1234567890".replace("0", "5"))),
        weighted(DIGITS, ""),
        # A wrong number of units has a rule of its own.
        changed(weighted(DIGITS, "1, 2, 3"), ("output", "units", 3)),
    ],
    "nothing_to_train": [
        frozen(EXAM, "output"),
        # An activation may learn where all weights are frozen.
        changed(frozen(inserted(SINGLE, "activation"), "output"), ("activation-1", "activation", "prelu")),
        # What is not wired has a rule of its own.
        frozen(wired(EXAM, ("dense-1", "output")), "output", "dense-1"),
        edits.remove(EXAM, ["output"]),
    ],
    "undefined": [
        bent("log(1 + abs(x))"),
        bent("x * tanh(x)"),
        bent("x / (1 + abs(x))"),
        bent("1 / (x^2 + 0.0001)"),
        bent("log(1 + exp(x)) / cosh(x)"),
        featured("x1 * x2"),
        featured("sqrt(x1)", ("data", "standardize", False)),
        # Off; unknown inputs have a rule of their own; what comes from another layer is not known before it learns.
        changed(featured("log(x1)"), ("feature-1", "own", False)),
        featured("log(x9)"),
        changed(inserted(EXAM, "feature"), ("feature-1", "own", True), ("feature-1", "expression", "log(x1)")),
    ],
    "zero_weights": [
        changed(EXAM, ("output", "initializer", "zeros")),
        changed(EXAM, ("dense-1", "initializer", "constant"), ("dense-1", "units", 1)),
        pictured(("conv2d-1", "initializer", "constant"), ("conv2d-1", "filters", 1)),
    ],
    "early_stopping": [
        changed(EXAM, ("training", "patience", 5)),
        changed(EXAM, ("data", "validation", 0)),
    ],
    "batch_size": [
        changed(EXAM, ("training", "batch_size", 240)),
        # A truth table does not say how many rows it has.
        changed(chain("Test", "gate_xor", []), ("training", "batch_size", 60000)),
    ],
    "hidden_softmax": [
        changed(DIGITS, ("output", "activation", "softmax")),
        # A layer that leads nowhere is left out.
        changed(added(EXAM, "dense"), ("dense-2", "activation", "softmax")),
    ],
    "linear_stack": [
        changed(EXAM, ("output", "activation", "identity")),
        # Narrower than what comes in and what follows: it compresses.
        changed(DIGITS, ("dense-1", "activation", "identity")),
        # Something that bends comes between.
        changed(inserted(EXAM, "activation"), ("dense-1", "activation", "identity")),
        changed(added(EXAM, "dense"), ("dense-2", "activation", "identity")),
    ],
    "saturating_stack": [
        chain("Test", "exam", [(4, "logistic")] * 3),
        chain("Test", "exam", [(4, "tanh")] * 20),
        inserted(chain("Test", "exam", [(4, "logistic")] * 5), "batch_norm", before="dense-4"),
        # A way around the flat layers brings the gradient back.
        edits.connect(inserted(chain("Test", "exam", [(4, "logistic")] * 4), "add"), "dense-1", "add-1"),
    ],
    "deep_stack": [
        # All of these learn.
        *(deep(20, units, activation) for units in (8, 16) for activation in ("tanh", "relu", "elu", "selu")),
        deep(20, 8, "relu", "xavier_uniform"),
        deep(20, 16, "tanh", "pytorch"),
        deep(40, 8, "relu"),
        deep(60, 16, "relu"),
        changed(deep(40, 16, "tanh"), ("training", "optimizer.learning_rate", 0.0003)),
        bridged(deep(40, 8, "tanh")),
        inserted(deep(40, 8, "tanh"), "batch_norm", before="dense-20"),
        # Flat activations have a rule of their own.
        deep(40, 8, "logistic"),
    ],
    "no_line": [
        *(chain("Test", key, []) for key in ("gate_and", "gate_or", "gate_not", "xor", "exam")),
        chain("Test", "gate_xor", [(2, "tanh")]),
        # Three rows of XOR are no more than AND turned around.
        changed(XOR, ("data", "train", 0.75)),
        # A bell has both ends on one side, and a product of the features bends the line.
        answering(XOR, "gaussian", "mse"),
        inserted(XOR, "feature"),
        # What is not wired has a rule of its own.
        edits.remove(XOR, ["input"]),
    ],
    "learning_rate": [
        taught("sgd", 1.0),
        taught("sgd", 0.001),
        taught("lbfgs", 30.0),
        # A sum over ten samples has ten times the gradient, which Adam does not mind.
        changed(taught("sgd", 0.0001), ("training", "loss", "rss")),
        changed(taught("adam", 0.1), ("training", "loss", "rss")),
    ],
    "unscaled_inputs": [
        chain("Test", "gate_xor", []),
        changed(chain("Test", "circle", [(4, "tanh")]), ("data", "standardize", False)),
        changed(inserted(EXAM, "layer_norm", before="dense-1"), ("data", "standardize", False)),
    ],
    "many_parameters": [
        chain("Test", "exam", [(32, "tanh")] * 2),
        chain("Test", "digits", [(256, "relu")] * 2),
        chain("Test", "gate_xor", [(64, "tanh")] * 2),
        # Without noise there is nothing that should not be learned.
        chain("Test", "spiral", [(64, "tanh")] * 2),
    ],
    "one_class": [
        drawn("exam", 400, 0.6),
        drawn("exam", 16, 0.8),
        chain("Test", "gate_and", []),
        changed(LINE, ("data", "source.slope", 0.0), ("data", "source.noise", 0.0)),
    ],
    "constant_target": [
        changed(LINE, ("data", "source.slope", 0.0)),
        changed(LINE, ("data", "source.noise", 0.0)),
        changed(chain("Test", "gate_and", []), ("data", "train", 0.25)),
    ],
    "repeated": [block()],
    "parameters_limit": [
        chain("Test", "exam", [(MAXIMUM_UNITS, "relu")] * 2),
        # A layer that leads nowhere is left out.
        wired(chain("Test", "exam", [(MAXIMUM_UNITS, "relu")] * 3), ("input", "dense-1"), ("input", "output")),
    ],
}

CASES = [(rule, *case) for rule, cases in BAD.items() for case in cases]


def found(project, rule):
    return list(rules[rule]().check(project))


def test_every_rule_has_a_case():
    assert set(BAD) == set(rules)
    assert set(GOOD) <= set(rules)


@pytest.mark.parametrize(("rule", "project", "severity", "node", "words"), CASES)
def test_a_rule_finds_its_mistake(rule, project, severity, node, words):
    findings = [finding for finding in found(project, rule) if finding.node == node]
    assert [finding.severity for finding in findings] == [Severity(severity)]
    assert findings[0].rule == rule
    assert re.search(words, str(findings[0].message))
    assert findings[0].why is not None
    assert findings[0] in criticize(project)
    assert can_run(criticize(project)) == (severity != "error")


@pytest.mark.parametrize("rule", rules)
@pytest.mark.parametrize("project", [EXAM, DEEP, DIGITS, LINE], ids=["exam", "deep", "digits", "line"])
def test_a_rule_leaves_sound_projects_alone(rule, project):
    assert found(project, rule) == []


@pytest.mark.parametrize(("rule", "project"), [(rule, project) for rule, all_ in GOOD.items() for project in all_])
def test_a_rule_leaves_the_border_alone(rule, project):
    assert found(project, rule) == []


@pytest.mark.parametrize("key", [key for key, template in templates.items() if not template.flaw])
def test_templates_are_beyond_criticism(key):
    assert criticize(templates[key]().build()) == ()


def test_errors_come_first():
    project = changed(EXAM, ("training", "batch_size", 1000), ("dense-1", "initializer", "zeros"))
    project = changed(project, ("output", "units", 2))
    assert [finding.severity for finding in criticize(project)] == ["error", "warning", "note"]


def test_notes_and_warnings_do_not_stop_a_run():
    message = criticize(changed(EXAM, ("output", "units", 2)))[0].message
    for severity in Severity:
        assert can_run([Finding("rule", severity, None, message)]) == (severity is not Severity.ERROR)


@given(projects())
@settings(max_examples=50)
def test_what_may_run_compiles_all_that_the_output_depends_on(project):
    if not can_run(criticize(project)):
        return
    compiled = compile_network(project)
    used = unrolled_graph(project).used
    assert {*compiled.node_ids, "input"} >= used >= {*compiled.node_ids}
    assert project.design.node(compiled.node_ids[-1]).kind == "output"
    flows = flow(project)
    assert [flows[node_id].output for node_id in compiled.node_ids] == list(compiled.network.shapes)
    assert parameters(project) == compiled.network.parameter_count
    kept = compiled.parts(np.zeros(compiled.network.size))
    shapes = {key: {name: part.shape for name, part in parts.items()} for key, parts in kept.items()}
    assert shapes == {key: dict(flows[key].tensors) for key in compiled.node_ids if flows[key].tensors}


FIXABLE = [
    (rule, project, finding) for rule, cases in BAD.items() for project, *_ in cases for finding in found(project, rule)
]


@pytest.mark.parametrize(("rule", "project", "finding"), FIXABLE)
def test_a_fix_makes_its_finding_go_away_and_adds_no_error(rule, project, finding):
    if finding.fix is None:
        return
    fixed = finding.fix.edit(project)
    assert fixed != project
    assert (rule, finding.node) not in {(each.rule, each.node) for each in criticize(fixed)}
    assert errors(fixed) <= errors(project)


@pytest.mark.parametrize(("rule", "project", "finding"), FIXABLE)
def test_a_finding_leads_to_a_setting_that_there_is(rule, project, finding):
    if finding.setting is not None:
        owner, key = finding.setting
        owners = {"data": project.data, "training": project.training}
        assert key in (owners.get(owner) or project.design.node(owner).settings).values


@pytest.mark.parametrize("key", optimizers)
def test_an_optimizer_starts_with_a_usual_learning_rate(key):
    assert found(taught(key, optimizers[key].info.param("learning_rate").default), "learning_rate") == []


def errors(project):
    return {(each.rule, each.node) for each in criticize(project) if each.severity is Severity.ERROR}


def test_most_rules_offer_a_fix():
    fixing = {rule for rule, _, finding in FIXABLE if finding.fix is not None}
    # These leave a choice that nobody can make for the student.
    assert set(rules) - fixing == {"parameters_limit", "undefined", "many_parameters", "one_class", "constant_target"}


def test_what_a_fix_sets_as_the_data_ask_for_goes_on_following_them():
    (finding,) = found(changed(EXAM, ("output", "units", 2)), "output_units")
    assert finding.fix.edit(changed(EXAM, ("output", "units", 2))) == EXAM


def test_a_dead_end_is_removed_with_all_that_leads_only_there():
    project = edits.connect(added(EXAM, "dense"), "dense-1", "dense-2")
    project, _ = edits.append_node(project, "dense", after="dense-2")
    (finding,) = found(project, "unused")
    assert finding.node == "dense-3"
    assert finding.fix.edit(project).design == EXAM.design


def test_a_wire_is_offered_from_what_leads_nowhere_yet():
    (finding,) = found(wired(DEEP, ("input", "dense-1"), ("dense-1", "dense-2")), "unwired")
    assert str(finding.fix.label) == "Wire Dense 2 to Output"
    assert finding.fix.edit(wired(DEEP, ("input", "dense-1"), ("dense-1", "dense-2"))).design == DEEP.design


@given(projects())
@settings(max_examples=50)
def test_every_fix_of_any_project_can_be_made_or_is_refused_in_a_sentence(project):
    for finding in criticize(project):
        if finding.fix is not None:
            assert str(finding.fix.label)
            with contextlib.suppress(UserError):
                assert finding not in criticize(finding.fix.edit(project))


@given(projects())
@settings(max_examples=50)
def test_every_message_is_a_sentence_that_says_what_to_do(project):
    for finding in criticize(project):
        for sentence in (str(finding.message), str(finding.why)):
            assert sentence.endswith(".")
            assert "{" not in sentence
        assert ": " in str(finding.message)


def test_the_critic_makes_no_data_where_there_are_samples_enough(monkeypatch):
    def made(self, params, rng):
        raise AssertionError("a rule made data")

    for source in {Source, *sources.values()}:
        monkeypatch.setattr(source, "make", made)
    for key in ("exam", "spiral", "iris", "digits"):
        criticize(chain("Test", key, [(4, "tanh")]))


@pytest.mark.parametrize("key", sources)
def test_a_data_set_has_as_many_samples_as_it_says(key):
    data = prepared(chain("Test", key, []).data).data
    assert sources[key].samples in (None, data.samples)


@pytest.mark.parametrize(
    ("project", "seconds"),
    [
        (EXAM, 0.002),
        (pictured(), 0.002),
        (chain("Test", "exam", [(8, "tanh")] * 100), 0.005),
        (chain("Test", "exam", [(8, "tanh")] * 200), 0.008),
        (chain("Test", "exam", [(8, "logistic")] * 200), 0.008),
        (chain("Test", "exam", [(8, "identity")] * 200), 0.008),
    ],
)
def test_the_critic_is_quick(project, seconds):
    assert min(_seconds(project) for _ in range(20)) < seconds


def _seconds(project):
    # The findings of the latest two projects are remembered, so others come in between.
    for source in ("iris", "digits"):
        criticize(chain("Test", source, [(2, "tanh")]))
    begin = time.process_time()
    criticize(project)
    return time.process_time() - begin

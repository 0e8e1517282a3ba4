"""The declared settings of a project, and how values of them are checked.

Layers declare their parameters themselves; the data and the training settings are declared here. A Choice with
a registry brings the chosen entry's own parameters along, under dotted keys.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from annstudio.core.errors import UserError
from annstudio.core.params import Choice, Flag, Integer, Param, Real, Value, check_params
from annstudio.core.registry import Registry
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.data.sources import sources
from annstudio.data.sources.base import Source
from annstudio.data.split import Shares
from annstudio.engine.activations import activations
from annstudio.engine.initializers import initializers
from annstudio.engine.layers import layers
from annstudio.engine.losses import losses
from annstudio.engine.optimizers import optimizers
from annstudio.engine.schedules import schedules
from annstudio.project.model import Settings

REGISTRIES: Mapping[str, Registry[Any]] = {
    "activations": activations,
    "initializers": initializers,
    "losses": losses,
    "optimizers": optimizers,
    "schedules": schedules,
    "sources": sources,
    "layers": layers,
}

SEED_MAXIMUM = 2**31 - 1
"""Fits the spin boxes of every platform."""

_ROUNDING = 1e-9
"""Shares like 0.7 + 0.3 may miss 1 by this much."""

DATA: tuple[Param, ...] = (
    Choice(
        "source",
        QT_TRANSLATE_NOOP("annstudio", "Data set"),
        default="exam",
        registry="sources",
        help=QT_TRANSLATE_NOOP("annstudio", "What the network learns from."),
    ),
    Real(
        "train",
        QT_TRANSLATE_NOOP("annstudio", "Training share"),
        default=0.6,
        minimum=0.0,
        maximum=1.0,
        above_minimum=True,
        help=QT_TRANSLATE_NOOP("annstudio", "The part of the data that the weights are fitted to."),
    ),
    Real(
        "validation",
        QT_TRANSLATE_NOOP("annstudio", "Validation share"),
        default=0.2,
        minimum=0.0,
        maximum=0.9,
        help=QT_TRANSLATE_NOOP("annstudio", "The part that shows, during training, how well new data would do."),
    ),
    Flag(
        "standardize",
        QT_TRANSLATE_NOOP("annstudio", "Standardize"),
        default=True,
        help=QT_TRANSLATE_NOOP(
            "annstudio",
            "Shift and scale every feature to mean 0 and deviation 1, measured on the training part.",
        ),
    ),
    Integer(
        "seed",
        QT_TRANSLATE_NOOP("annstudio", "Data seed"),
        default=0,
        minimum=0,
        maximum=SEED_MAXIMUM,
        help=QT_TRANSLATE_NOOP("annstudio", "Another seed draws other samples and another split."),
    ),
)
"""The test share is what training and validation leave."""

STOPPING = frozenset({"epochs", "patience", "until_converged"})
"""The training settings that say how long it goes on; what is learned until then does not depend on them."""

TRAINING: tuple[Param, ...] = (
    Choice(
        "loss",
        QT_TRANSLATE_NOOP("annstudio", "Loss"),
        default="log_loss",
        registry="losses",
        help=QT_TRANSLATE_NOOP("annstudio", "What training makes small. It follows the data set until you pin it."),
    ),
    Choice(
        "optimizer",
        QT_TRANSLATE_NOOP("annstudio", "Optimizer"),
        default="adam",
        registry="optimizers",
        help=QT_TRANSLATE_NOOP("annstudio", "The rule that turns gradients into steps."),
    ),
    Choice(
        "schedule",
        QT_TRANSLATE_NOOP("annstudio", "Schedule"),
        default="constant",
        registry="schedules",
        help=QT_TRANSLATE_NOOP("annstudio", "How the learning rate changes as training goes on."),
    ),
    Integer(
        "batch_size",
        QT_TRANSLATE_NOOP("annstudio", "Batch size"),
        default=10,
        minimum=1,
        maximum=65536,
        help=QT_TRANSLATE_NOOP("annstudio", "How many samples each step looks at."),
    ),
    Integer(
        "seed",
        QT_TRANSLATE_NOOP("annstudio", "Seed"),
        default=0,
        minimum=0,
        maximum=SEED_MAXIMUM,
        help=QT_TRANSLATE_NOOP("annstudio", "Another seed draws other starting weights and another order of samples."),
    ),
    Integer(
        "epochs",
        QT_TRANSLATE_NOOP("annstudio", "Epoch limit"),
        default=0,
        minimum=0,
        maximum=10_000_000,
        help=QT_TRANSLATE_NOOP("annstudio", "Run goes on for so many epochs and pauses; 0: until you pause it."),
    ),
    Integer(
        "patience",
        QT_TRANSLATE_NOOP("annstudio", "Stop early after"),
        default=0,
        minimum=0,
        maximum=10_000_000,
        unit=QT_TRANSLATE_NOOP("annstudio", "epochs"),
        help=QT_TRANSLATE_NOOP(
            "annstudio",
            "When the validation cost has not got better for so many epochs, Run ends and goes back to the best one; "
            "0: never.",
        ),
    ),
    Flag(
        "until_converged",
        QT_TRANSLATE_NOOP("annstudio", "Stop when converged"),
        default=False,
        help=QT_TRANSLATE_NOOP(
            "annstudio",
            "Run ends when training gets nowhere any more: the gradient is as good as zero, or the cost has hardly "
            "changed in the last 20 epochs.",
        ),
    ),
    Choice(
        "precision",
        QT_TRANSLATE_NOOP("annstudio", "Precision"),
        default="float32",
        options=(
            ("float32", QT_TRANSLATE_NOOP("annstudio", "single (32 bit)")),
            ("float64", QT_TRANSLATE_NOOP("annstudio", "double (64 bit)")),
        ),
        help=QT_TRANSLATE_NOOP("annstudio", "How many digits the numbers carry. Single is faster."),
    ),
    Real(
        "clip_norm",
        QT_TRANSLATE_NOOP("annstudio", "Clip gradient to norm"),
        default=0.0,
        minimum=0.0,
        maximum=1e6,
        help=QT_TRANSLATE_NOOP("annstudio", "A gradient longer than this is shortened to it before a step; 0: never."),
        more=True,
    ),
    Real(
        "clip_value",
        QT_TRANSLATE_NOOP("annstudio", "Clip gradient by value"),
        default=0.0,
        minimum=0.0,
        maximum=1e6,
        help=QT_TRANSLATE_NOOP(
            "annstudio", "Each part of the gradient that is larger than this is cut back to it before a step; 0: never."
        ),
        more=True,
    ),
    Integer(
        "threads",
        QT_TRANSLATE_NOOP("annstudio", "Threads"),
        default=1,
        minimum=1,
        maximum=2,
        help=QT_TRANSLATE_NOOP(
            "annstudio",
            "Two are faster for networks of over a million weights, and only for those; results round differently.",
        ),
        more=True,
    ),
)


def declared(params: Sequence[Param], values: Mapping[str, object]) -> dict[str, Param]:
    """Return every parameter that these values have, by full key.

    These are the declared ones and, behind each choice of an entry, the entry's own under dotted keys.

    Raises:
        UserError: a choice names an entry that does not exist.
    """
    found: dict[str, Param] = {}
    for param in params:
        found[param.key] = param
        if isinstance(param, Choice) and param.registry:
            entry = REGISTRIES[param.registry].resolve(values.get(param.key, param.default))
            found |= {f"{param.key}.{own.key}": own for own in entry.info.params}
    return found


def checked(params: Sequence[Param], values: Mapping[str, object]) -> dict[str, Value]:
    """Return a complete set of checked values: the given ones, and defaults for the rest.

    Raises:
        UserError: a value is refused, or a key is not declared.
    """
    full = declared(params, values)
    named = check_params([_renamed(param, key) for key, param in full.items()], values)
    for key, param in full.items():
        if isinstance(param, Choice) and param.registry:
            named[key] = REGISTRIES[param.registry].resolve(named[key]).info.key
    return named


def settings(params: Sequence[Param], values: Mapping[str, object], pinned: Sequence[str] = ()) -> Settings:
    """Return checked Settings; see checked."""
    return Settings(checked(params, values), tuple(sorted(set(pinned))))


def replaced(params: Sequence[Param], current: Settings, key: str, value: object) -> Settings:
    """Return the settings with one value changed and checked.

    Choosing another entry drops the values of the earlier one and loads the new one's defaults, so that an
    optimizer comes with its own learning rate.

    Raises:
        UserError: the value is refused, or the key is not declared.
    """
    values = checked(params, _chosen(current, key, value))
    return current if values == current.values else Settings(values, current.pinned)


def source_of(data: Settings) -> type[Source]:
    """Return the data set that these data settings choose."""
    return sources[str(data["source"])]


def preferred_by(source: type[Source]) -> dict[str, Value]:
    """Return the data settings that a data set brings along when it is chosen."""
    return {
        "train": source.shares.train,
        "validation": source.shares.validation,
        "standardize": source.standardize,
    }


def shares_of(data: Settings) -> Shares:
    """Return how these data settings share out the samples; the test part gets what the others leave.

    Raises:
        UserError: training and validation together take more than there is.
    """
    train, validation = float(data["train"]), float(data["validation"])
    taken = train + validation
    if taken > 1 + _ROUNDING:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio",
                    "Training and validation share make {percent} percent together: lower one of them first.",
                ),
                percent=f"{100 * taken:g}",
            )
        )
    return Shares(train, validation, max(0.0, round(1 - taken, 9)))


def own_values(values: Mapping[str, Value], key: str) -> dict[str, Value]:
    """Return the values of the entry chosen under this key, without the dotted prefix."""
    prefix = key + "."
    return {name[len(prefix) :]: value for name, value in values.items() if name.startswith(prefix)}


def _chosen(current: Settings, key: str, value: object) -> dict[str, object]:
    """Return the values with this one changed; another entry leaves those of the earlier one behind."""
    kept: dict[str, object] = dict(current.values)
    if value != kept.get(key):
        kept = {name: old for name, old in kept.items() if not name.startswith(key + ".")}
    return {**kept, key: value}


def _renamed(param: Param, key: str) -> Param:
    return param if param.key == key else replace(param, key=key)

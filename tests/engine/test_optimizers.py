import numpy as np
import pytest

from annstudio.core.calls import run
from annstudio.core.errors import UserError
from annstudio.core.params import Flag, Real
from annstudio.engine.optimizers import optimizers
from tests.engine.oracle import ARRAYS, INDEX, arrays_in, memory_of

NAMES = {
    "lr": "learning_rate",
    "eps": "epsilon",
    "alpha": "decay",
    "rho": "decay",
    "initial_accumulator_value": "initial_sum",
}
"""PyTorch's names for our settings."""

FIXED = {
    "momentum": {"nesterov": False},
    "nesterov": {"nesterov": True},
    "perceptron": {"momentum": 0},
    "adam": {"amsgrad": False},
    "amsgrad": {"amsgrad": True},
}
"""What PyTorch calls a setting and we an optimizer of its own."""

CLASSES = {"momentum": "sgd", "nesterov": "sgd", "perceptron": "sgd", "amsgrad": "adam"}
"""PyTorch's class, in lower case, where it is called otherwise than ours."""

ALL = [pytest.param(entry, id=key) for key, entry in optimizers.items()]
ENTRIES = [case for case in ALL if not case.values[0].evaluates]


class Descent:
    """An optimizer at work on its own weights."""

    def __init__(self, optimizer, w, state=None, decays=None):
        self.w, self.g = w.copy(), np.empty_like(w)
        self.state = optimizer.initial_state(self.w)
        for key, value in (state or {}).items():
            self.state[key][...] = value
        numbers = {key: value for key, value in optimizer.params.items() if isinstance(value, float)}
        self.live = {key: np.array(value, w.dtype) for key, value in numbers.items()}
        self.calls = optimizer.update(self.w, self.g, self.state, self.live, np.empty_like, decays)

    def step(self, gradient):
        self.g[...] = gradient
        with np.errstate(over="ignore", under="ignore"):
            run(self.calls)
        return self.w.copy()


def translated(entry, hyper):
    """Return our settings for PyTorch's, or None where PyTorch does something that ours does not know."""
    fixed = FIXED.get(entry.info.key, {})
    if any(hyper[name] != value for name, value in fixed.items()):
        return None
    known = {param.key for param in entry.info.params}
    ours = {NAMES.get(name, name): value for name, value in hyper.items() if name not in fixed}
    if "betas" in ours:
        ours["beta1"], ours["beta2"] = ours.pop("betas")
    if any(value for key, value in ours.items() if key not in known):
        return None
    return {key: value for key, value in ours.items() if key in known}


def reference_cases():
    """Every case of the reference values that one of our optimizers can follow."""
    for key, entry in optimizers.items():
        for name, case in INDEX["optimisers"]["cases"].items():
            if case["class"].lower() == CLASSES.get(key, key):
                values = translated(entry, case["hyper"])
                if values is not None:
                    yield pytest.param(name, entry(**values), id=f"{key}-{name}")


CASES = list(reference_cases())


def qhm(w, gradients, p):
    """Ma & Yarats 2019, equations 3 and 4."""
    average = np.zeros_like(w)
    for g in gradients:
        average = p["beta"] * average + (1 - p["beta"]) * g
        w = w - p["learning_rate"] * ((1 - p["nu"]) * g + p["nu"] * average)
        yield w


def qhadam(w, gradients, p):
    """Ma & Yarats 2019, QHAdam."""
    m, v = np.zeros_like(w), np.zeros_like(w)
    for t, g in enumerate(gradients, 1):
        m = p["beta1"] * m + (1 - p["beta1"]) * g
        v = p["beta2"] * v + (1 - p["beta2"]) * g**2
        blend = (1 - p["nu1"]) * g + p["nu1"] * m / (1 - p["beta1"] ** t)
        size = (1 - p["nu2"]) * g**2 + p["nu2"] * v / (1 - p["beta2"] ** t)
        w = w - p["learning_rate"] * blend / (np.sqrt(size) + p["epsilon"])
        yield w


TEXTBOOK = {"qhm": qhm, "qhadam": qhadam}
"""Rules that PyTorch does not have."""


def test_every_optimizer_has_a_reference_path():
    followed = {type(case.values[1]) for case in CASES} | {optimizers[key] for key in TEXTBOOK}
    assert followed == {case.values[0] for case in ENTRIES}


def test_every_reference_path_is_followed_but_those_of_rules_that_are_not_here():
    missing = INDEX["optimisers"]["cases"].keys() - {case.values[0] for case in CASES}
    assert {INDEX["optimisers"]["cases"][name]["class"] for name in missing} <= {"RAdam", "Rprop"}


@pytest.mark.parametrize("key", TEXTBOOK)
@pytest.mark.parametrize("nu", [0.0, 0.3, 0.7, 1.0])
def test_what_pytorch_lacks_follows_the_textbook(key, nu):
    entry = optimizers[key]
    optimizer = entry(**{param.key: nu for param in entry.info.params if param.key.startswith("nu")})
    descent = Descent(optimizer, ARRAYS["opt.w0"])
    found = [descent.step(gradient) for gradient in ARRAYS["opt.G"]]
    expected = list(TEXTBOOK[key](ARRAYS["opt.w0"], ARRAYS["opt.G"], optimizer.params))
    np.testing.assert_allclose(found, expected, rtol=1e-14, atol=1e-15)


SAME = [
    ("qhm", {"nu": 0.0, "learning_rate": 0.1}, "sgd", {"learning_rate": 0.1}),
    ("qhm", {"nu": 1.0, "beta": 0.9, "learning_rate": 1.0}, "momentum", {"momentum": 0.9, "learning_rate": 0.1}),
    ("qhm", {"nu": 0.9, "beta": 0.9, "learning_rate": 1.0}, "nesterov", {"momentum": 0.9, "learning_rate": 0.1}),
    ("qhadam", {"nu1": 1.0, "beta1": 0.9}, "adam", {}),
    ("adamw", {"weight_decay": 0.0}, "adam", {}),
    ("sgd", {"momentum": 0.9}, "momentum", {}),
    ("sgd", {"momentum": 0.9, "nesterov": True}, "nesterov", {}),
    ("perceptron", {"learning_rate": 0.5}, "sgd", {"learning_rate": 0.5}),
]


@pytest.mark.parametrize(("key", "values", "other", "others"), SAME)
def test_one_rule_is_another_in_disguise(key, values, other, others):
    one, two = (
        Descent(optimizers[name](**given), ARRAYS["opt.w0"]) for name, given in [(key, values), (other, others)]
    )
    for gradient in ARRAYS["opt.G"]:
        np.testing.assert_allclose(one.step(gradient), two.step(gradient), rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize(("name", "optimizer"), CASES)
def test_given_gradients_lead_along_the_reference_path(name, optimizer):
    path = ARRAYS[f"opt.{name}.open"]
    descent = Descent(optimizer, path[0])
    found = [descent.step(gradient) for gradient in ARRAYS["opt.G"]]
    # PyTorch moves w twice in a step of NAdam, and rounds twice.
    tolerance = 8e-16 if optimizer.info.key == "nadam" else 4e-16
    assert (np.abs(found - path[1:]) <= tolerance * np.abs(path).max(axis=0)).all()


@pytest.mark.parametrize(("name", "optimizer"), CASES)
def test_descent_in_a_bowl_follows_the_reference_path(name, optimizer):
    path, bowl, center = ARRAYS[f"opt.{name}.closed"], ARRAYS["opt.A"], ARRAYS["opt.c"]
    descent = Descent(optimizer, path[0])
    found = [descent.step(bowl @ (descent.w - center)) for _ in path[1:]]
    np.testing.assert_allclose(found, path[1:], rtol=1e-14, atol=1e-15)


@pytest.mark.parametrize(("name", "optimizer"), [case for case in CASES if f"opt.extreme.{case.values[0]}" in ARRAYS])
def test_extreme_gradients_take_the_reference_step(name, optimizer):
    gradient = ARRAYS["opt.extreme.g"]
    found = Descent(optimizer, np.ones_like(gradient)).step(gradient) - 1
    np.testing.assert_allclose(found, ARRAYS[f"opt.extreme.{name}"], rtol=1e-15, atol=2.3e-16)


def entry_default(entry, **changed):
    """Return the optimizer as it is when chosen."""
    return entry(**changed)


def is_option(param):
    """The parameter is off, unless told otherwise."""
    return isinstance(param, Real | Flag) and not param.default


def started(entry, **changed):
    """Return the optimizer with all options on, so that it uses all of its formula."""
    options = {param.key: True if isinstance(param, Flag) else 0.5 for param in entry.info.params if is_option(param)}
    return entry(**options | changed)


NUMBERS = [
    pytest.param(entry, param, id=f"{key}-{param.key}")
    for key, entry in optimizers.items()
    for param in entry.info.params
    if isinstance(param, Real)
]
OPTIONS = [
    pytest.param(entry, param, id=f"{entry.info.key}-{param.key}")
    for entry in (case.values[0] for case in ENTRIES)
    for param in entry.info.params
    if is_option(param)
]
DECAYING = [case for case in OPTIONS if case.values[1].key == "weight_decay"]


@pytest.mark.parametrize(("entry", "param"), OPTIONS)
def test_an_option_that_is_off_costs_no_call(entry, param):
    off = Descent(started(entry, **{param.key: param.default}), np.ones(3))
    assert len(off.calls) < len(Descent(started(entry), np.ones(3)).calls)


@pytest.mark.parametrize(("entry", "param"), DECAYING)
@pytest.mark.parametrize("options", [entry_default, started], ids=["plain", "with options"])
def test_weight_decay_adds_to_the_gradient_of_kernels(entry, param, options):
    decays = np.array([1.0, 0, 1, 1, 0, 1])
    decaying = Descent(options(entry, weight_decay=0.25), ARRAYS["opt.w0"], decays=decays)
    plain = Descent(options(entry, weight_decay=0.0), ARRAYS["opt.w0"])
    for gradient in ARRAYS["opt.G"]:
        expected = plain.step(gradient + 0.25 * decays * plain.w)
        np.testing.assert_array_equal(decaying.step(gradient), expected)


def test_adamw_shrinks_kernels_and_leaves_biases_alone():
    decaying = Descent(optimizers["adamw"](weight_decay=0.5, learning_rate=0.1), np.ones(2), decays=np.array([1.0, 0]))
    plain = Descent(optimizers["adam"](learning_rate=0.1), np.ones(2))
    np.testing.assert_allclose(decaying.step(np.ones(2)) - plain.step(np.ones(2)), [-0.05, 0], atol=1e-15)


@pytest.mark.parametrize(("entry", "param"), [case for case in NUMBERS if not case.values[0].evaluates])
def test_a_number_changed_in_mid_run_holds_from_the_next_step(entry, param):
    gradients = ARRAYS["opt.G"][:6] * 1e-3
    changed, unchanged = (Descent(started(entry), ARRAYS["opt.w0"]) for _ in range(2))
    for gradient in gradients[:3]:
        changed.step(gradient)
        unchanged.step(gradient)
    fresh = Descent(started(entry, **{param.key: 0.35}), changed.w, changed.state)
    changed.live[param.key][()] = 0.35
    for gradient in gradients[3:]:
        unchanged.step(gradient)
        np.testing.assert_array_equal(changed.step(gradient), fresh.step(gradient))
    assert (changed.w != unchanged.w).any()


@pytest.mark.parametrize("entry", ENTRIES)
def test_weights_and_state_are_all_that_a_run_remembers(entry):
    gradients = ARRAYS["opt.G"]
    whole = Descent(started(entry), ARRAYS["opt.w0"])
    for gradient in gradients[:7]:
        whole.step(gradient)
    resumed = Descent(started(entry), whole.w, whole.state)
    for gradient in gradients[7:]:
        np.testing.assert_array_equal(resumed.step(gradient), whole.step(gradient))
    initial = started(entry).initial_state(whole.w)
    assert set(whole.state) == {*entry.slots} | ({"step"} if entry.counts_steps else set())
    for slot in whole.state:
        assert np.any(whole.state[slot] != initial[slot]), f"{slot} is never used"
        np.testing.assert_array_equal(whole.state[slot], resumed.state[slot])


@pytest.mark.parametrize("entry", ALL)
def test_what_is_remembered_has_a_name_and_a_letter(entry):
    for key, slot in entry.slots.items():
        assert slot.key == key
        assert slot.label.strip()
        assert slot.symbol.strip()
    assert len({slot.symbol for slot in entry.slots.values()}) == len(entry.slots)


def test_the_rules_of_the_lecture_come_first():
    more = [entry.info.more for entry in optimizers.values()]
    assert more == sorted(more)
    assert next(iter(optimizers)) == "sgd"


@pytest.mark.parametrize("entry", ENTRIES)
def test_single_precision_stays_single(entry):
    start = ARRAYS["opt.w0"].astype(np.float32)
    decays = np.ones(6, np.float32)
    single, double = Descent(started(entry), start, decays=decays), Descent(started(entry), start.astype(np.float64))
    types = {array.dtype for array in arrays_in(single.calls)}
    assert types == {np.dtype(np.float32)}
    for gradient in ARRAYS["opt.G"].astype(np.float32):
        np.testing.assert_allclose(single.step(gradient), double.step(gradient), rtol=2e-5, atol=1e-6)


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_prepared_calls_allocate_nothing(entry):
    w = np.ones(100_000, np.float32)
    descent = Descent(started(entry), w, decays=np.ones_like(w))
    descent.g[...] = 1e-3
    growth, peak = memory_of(descent.calls)
    assert growth < 4096
    assert peak < descent.w.nbytes / 4, "a call makes a temporary array"


def test_plain_gradient_descent_takes_two_calls():
    descent = Descent(optimizers["sgd"](), np.ones(3))
    assert len(descent.calls) == 2
    assert descent.step(np.array([1.0, 0, -1])).tolist() == [0.97, 1, 1.03]
    assert not descent.state["velocity"].any()


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_folded_rate_leads_along_the_same_path(entry):
    optimizer = entry()
    if not optimizer.folds_rate:
        assert entry.info.key not in {"sgd", "perceptron"}
        return
    w, g, whole = ARRAYS["opt.w0"].copy(), np.empty(6), Descent(optimizer, ARRAYS["opt.w0"])
    calls = optimizer.folded(w, g)
    assert len(calls) == 1
    for gradient in ARRAYS["opt.G"]:
        g[...] = optimizer.params["learning_rate"] * gradient
        run(calls)
        np.testing.assert_array_equal(w, whole.step(gradient))


@pytest.mark.parametrize("option", ["momentum", "weight_decay"])
def test_descent_with_options_folds_no_rate(option):
    assert optimizers["sgd"](nesterov=True, dampening=0.5).folds_rate
    assert not optimizers["sgd"](**{option: 0.5}).folds_rate


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_gradients_that_are_all_alike_have_no_deviation(precision):
    descent = Descent(optimizers["rmsprop"](centered=True, decay=0.5, learning_rate=1e-3), np.ones(4, precision))
    for _ in range(200):
        descent.step(np.array([0.1, 0.3, -0.7, 1 / 3], precision))
    assert np.isfinite(descent.w).all()


def test_the_first_step_is_not_dampened():
    descent = Descent(optimizers["sgd"](momentum=0.5, dampening=0.75, learning_rate=1.0), np.zeros(1))
    assert [descent.step(4.0).item() for _ in range(2)] == [-4, -4 - (2 + 1)]


@pytest.mark.parametrize("width", [0.02, 0.2])
def test_the_perceptron_rule_makes_no_more_mistakes_than_novikoff_allows(width):
    rng = np.random.default_rng(3)
    x = np.hstack([rng.uniform(-1, 1, (200, 2)), np.ones((200, 1))])
    best = np.array([2.0, -1, 0.5])
    distance = x @ best / np.linalg.norm(best)
    x, target = x[abs(distance) > width], (distance > 0)[abs(distance) > width]
    mistakes, settled, descent = 0, False, Descent(optimizers["perceptron"](), np.zeros(3))
    while not settled:
        settled = True
        for row, wanted in zip(x, target, strict=True):
            error = float(row @ descent.w >= 0) - wanted
            descent.step(error * row)
            mistakes, settled = mistakes + abs(error), settled and not error
    assert 0 < mistakes <= (np.linalg.norm(x, axis=1).max() / abs(x @ best / np.linalg.norm(best)).min()) ** 2


def test_the_perceptron_rule_never_settles_on_xor():
    x, target = np.array([[0.0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]), np.array([0, 1, 1, 0])
    descent = Descent(optimizers["perceptron"](), np.zeros(3))
    for _ in range(50):
        wrong = 0
        for row, wanted in zip(x, target, strict=True):
            error = float(row @ descent.w >= 0) - wanted
            wrong += abs(error)
            descent.step(error * row)
        assert wrong


def test_adam_takes_at_most_thirteen_calls_and_a_tick():
    calls = Descent(optimizers["adam"](), np.ones(3)).calls
    assert len(calls) <= 14
    assert sum(not isinstance(function, np.ufunc) for function, _ in calls) == 1


@pytest.mark.parametrize("entry", ALL)
@pytest.mark.parametrize("rate", [0, 1e-50, 9e-13, -0.1, 101, float("nan"), float("inf"), "fast", True])
def test_a_learning_rate_out_of_range_is_refused(entry, rate):
    with pytest.raises(UserError, match="Learning rate"):
        entry(learning_rate=rate)


@pytest.mark.parametrize(("entry", "param"), [case for case in NUMBERS if case.values[1].minimum != 0])
def test_what_must_be_positive_is_so_in_single_precision(entry, param):
    assert param.minimum > 0
    assert np.float32(entry(**{param.key: param.minimum}).params[param.key]) >= np.finfo(np.float32).tiny
    with pytest.raises(UserError, match="between"):
        entry(**{param.key: param.minimum / 2})


@pytest.mark.parametrize(("entry", "param"), [case for case in NUMBERS if case.values[1].maximum < 1])
def test_no_average_can_be_kept_forever(entry, param):
    with pytest.raises(UserError, match=r"between 0 and 0\.9999"):
        entry(**{param.key: 1.0})

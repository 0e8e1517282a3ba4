import numpy as np
import pytest

from annstudio.core.errors import UserError
from annstudio.core.params import Real
from annstudio.engine.calls import run
from annstudio.engine.optimizers import optimizers
from tests.engine.oracle import ARRAYS, INDEX, arrays_in, memory_of

NAMES = {"lr": "learning_rate", "eps": "epsilon", "alpha": "decay", "rho": "decay"}
ENTRIES = [pytest.param(entry, id=key) for key, entry in optimizers.items()]


class Descent:
    """An optimizer at work on its own weights."""

    def __init__(self, optimizer, w, state=None):
        self.w, self.g = w.copy(), np.empty_like(w)
        self.state = {slot: np.zeros_like(w) for slot in optimizer.slots}
        if optimizer.counts_steps:
            self.state["step"] = np.zeros(())
        for key, value in (state or {}).items():
            self.state[key][...] = value
        numbers = {key: value for key, value in optimizer.params.items() if isinstance(value, float)}
        self.live = {key: np.array(value, w.dtype) for key, value in numbers.items()}
        self.calls = optimizer.update(self.w, self.g, self.state, self.live, np.empty_like)

    def step(self, gradient):
        self.g[...] = gradient
        with np.errstate(over="ignore", under="ignore"):
            run(self.calls)
        return self.w.copy()


def translated(entry, hyper):
    """Return our settings for PyTorch's, or None where PyTorch does something that ours does not know."""
    hyper = dict(hyper)
    if "betas" in hyper:
        hyper["beta1"], hyper["beta2"] = hyper.pop("betas")
    known = {param.key for param in entry.info.params}
    ours = {NAMES.get(name, name): value for name, value in hyper.items()}
    if any(value for key, value in ours.items() if key not in known):
        return None
    return {key: value for key, value in ours.items() if key in known}


def reference_cases():
    """Every case of the reference values that one of our optimizers can follow."""
    for name, case in INDEX["optimisers"]["cases"].items():
        if case["class"].lower() in optimizers:
            entry = optimizers[case["class"].lower()]
            values = translated(entry, case["hyper"])
            if values is not None:
                yield pytest.param(name, entry(**values), id=name)


CASES = list(reference_cases())


def test_every_optimizer_has_a_reference_path():
    assert {type(case.values[1]) for case in CASES} == set(optimizers.values())


@pytest.mark.parametrize(("name", "optimizer"), CASES)
def test_given_gradients_lead_along_the_reference_path(name, optimizer):
    path = ARRAYS[f"opt.{name}.open"]
    descent = Descent(optimizer, path[0])
    found = [descent.step(gradient) for gradient in ARRAYS["opt.G"]]
    assert (np.abs(found - path[1:]) <= 4e-16 * np.abs(path).max(axis=0)).all()


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


def started(entry, **changed):
    """Return the optimizer with settings that use all of its formula: SGD without momentum leaves half of it out."""
    has_momentum = any(param.key == "momentum" for param in entry.info.params)
    return entry(**({"momentum": 0.5} if has_momentum else {}) | changed)


NUMBERS = [
    pytest.param(entry, param, id=f"{key}-{param.key}")
    for key, entry in optimizers.items()
    for param in entry.info.params
    if isinstance(param, Real)
]


@pytest.mark.parametrize(("entry", "param"), NUMBERS)
def test_a_number_changed_in_mid_run_holds_from_the_next_step(entry, param):
    gradients = ARRAYS["opt.G"][:6] * 1e-3
    changed, unchanged = (Descent(started(entry), ARRAYS["opt.w0"]) for _ in range(2))
    for gradient in gradients[:3]:
        changed.step(gradient)
        unchanged.step(gradient)
    fresh = Descent(started(entry, **{param.key: 0.3}), changed.w, changed.state)
    changed.live[param.key][()] = 0.3
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
    for slot in whole.state:
        assert np.any(whole.state[slot] != 0), f"{slot} is never used"
        np.testing.assert_array_equal(whole.state[slot], resumed.state[slot])


@pytest.mark.parametrize("entry", ENTRIES)
def test_single_precision_stays_single(entry):
    start = ARRAYS["opt.w0"].astype(np.float32)
    single, double = Descent(started(entry), start), Descent(started(entry), start.astype(np.float64))
    types = {array.dtype for array in arrays_in(single.calls)}
    assert types == {np.dtype(np.float32)}
    for gradient in ARRAYS["opt.G"].astype(np.float32):
        np.testing.assert_allclose(single.step(gradient), double.step(gradient), rtol=2e-5, atol=1e-6)


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_prepared_calls_allocate_nothing(entry):
    descent = Descent(started(entry), np.ones(100_000, np.float32))
    descent.g[...] = 1e-3
    growth, peak = memory_of(descent.calls)
    assert growth < 4096
    assert peak < descent.w.nbytes / 4, "a call makes a temporary array"


def test_plain_gradient_descent_takes_two_calls():
    descent = Descent(optimizers["sgd"](), np.ones(3))
    assert len(descent.calls) == 2
    assert descent.step(np.array([1.0, 0, -1])).tolist() == [0.97, 1, 1.03]
    assert not descent.state["velocity"].any()


def test_adam_takes_at_most_thirteen_calls_and_a_tick():
    calls = Descent(optimizers["adam"](), np.ones(3)).calls
    assert len(calls) <= 14
    assert sum(not isinstance(function, np.ufunc) for function, _ in calls) == 1


@pytest.mark.parametrize("entry", ENTRIES)
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

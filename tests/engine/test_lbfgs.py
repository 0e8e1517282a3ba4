import numpy as np
import pytest

from annstudio.core.errors import UserError
from annstudio.engine.optimizers import optimizers
from tests.engine.oracle import DATA

LBFGS = optimizers["lbfgs"]

with np.load(DATA / "lbfgs_ref.npz") as file:
    ARRAYS = dict(file)

CASES = {
    "bowl.fixed": {"max_iter": 1, "line_search": "none"},
    "bowl.fixed_slow": {"learning_rate": 0.5, "max_iter": 3, "line_search": "none", "history_size": 3},
    "bowl.wolfe": {"max_iter": 1},
    "bowl.wolfe_short": {"max_iter": 1, "history_size": 2},
    "bowl.wolfe_far": {"learning_rate": 30.0, "max_iter": 1},
    "bowl.wolfe_near": {"learning_rate": 0.01, "max_iter": 1},
    "bowl.whole": {},
    "bowl.scarce": {"learning_rate": 3.0, "max_iter": 4, "max_eval": 4},
    "valley.wolfe": {"max_iter": 1},
    "valley.wolfe_short": {"max_iter": 5, "history_size": 3},
    "valley.far": {"learning_rate": 5.0, "max_iter": 1},
}


def bowl(w):
    """½(w − c)ᵀA(w − c)"""
    apart = w - ARRAYS["c"].astype(w.dtype)
    slope = ARRAYS["A"].astype(w.dtype) @ apart
    return apart @ slope / 2, slope


def valley(w):
    """Rosenbrock's, Σ 100(wᵢ₊₁ − wᵢ²)² + (1 − wᵢ)²"""
    rise, rest = w[1:] - w[:-1] ** 2, 1 - w[:-1]
    slope = np.zeros_like(w)
    slope[:-1] = -400 * w[:-1] * rise - 2 * rest
    slope[1:] += 200 * rise
    return (100 * rise**2 + rest**2).sum(), slope


def waves(w):
    """Σ sin 4w + w²/10"""
    return (np.sin(4 * w) + w**2 / 10).sum(), 4 * np.cos(4 * w) + w / 5


def wall(w):
    """Σ e²ʷ − w"""
    return (np.exp(2 * w) - w).sum(), 2 * np.exp(2 * w) - 1


def basin(w):
    """Σ log(1 + w²)"""
    return np.log(1 + w**2).sum(), 2 * w / (1 + w**2)


def cliff(w):
    """Infinite at and below 0, and steep above it."""
    with np.errstate(all="ignore"):
        return (w - np.log(w)).sum() if (w > 0).all() else np.inf, 1 - 1 / w


class Descent:
    """L-BFGS at work on a surface."""

    def __init__(self, optimizer, surface, start, state=None):
        self.optimizer, self.surface = optimizer, surface
        self.w, self.g = start.copy(), np.full_like(start, np.nan)
        self.state = optimizer.initial_state(self.w)
        for key, value in (state or {}).items():
            self.state[key][...] = value
        numbers = {key: value for key, value in optimizer.params.items() if isinstance(value, float)}
        self.live = {key: np.array(value, start.dtype) for key, value in numbers.items()}
        self.evaluations = 0

    def evaluate(self):
        cost, self.g[...] = self.surface(self.w)
        self.evaluations += 1
        return float(cost)

    def step(self):
        return self.optimizer.step(self.w, self.g, self.state, self.live, self.evaluate)


def descent(case, **changed):
    surface = {"bowl": bowl, "valley": valley}[case.partition(".")[0]]
    return Descent(LBFGS(**CASES[case] | changed), surface, ARRAYS[case][0])


def test_every_reference_path_is_followed():
    ends = (".start", ".costs", ".evaluations")
    paths = {key for key in ARRAYS if key.startswith(("bowl.", "valley.")) and not key.endswith(ends)}
    assert set(CASES) == paths


@pytest.mark.parametrize("case", CASES)
def test_steps_follow_the_reference_path(case):
    run = descent(case)
    for w, cost, evaluations in zip(
        ARRAYS[case][1:], ARRAYS[f"{case}.costs"], ARRAYS[f"{case}.evaluations"], strict=True
    ):
        assert run.step() == pytest.approx(cost, rel=1e-9, abs=1e-16)
        np.testing.assert_allclose(run.w, w, rtol=1e-9, atol=1e-9 * np.abs(w).max())
        assert run.evaluations == evaluations


@pytest.mark.parametrize("number", range(len(ARRAYS["mixed.path"])))
def test_the_line_search_tries_the_same_lengths_as_the_reference(number):
    surface = (waves, wall, basin)[ARRAYS["mixed.surface"][number]]
    optimizer = LBFGS(
        learning_rate=ARRAYS["mixed.rate"][number].item(),
        max_iter=ARRAYS["mixed.iterations"][number].item(),
        max_eval=ARRAYS["mixed.evaluations_allowed"][number].item(),
        tolerance_change=ARRAYS["mixed.tolerance"][number].item(),
    )
    path = ARRAYS["mixed.path"][number]
    run = Descent(optimizer, surface, path[0])
    for w, evaluations in zip(path[1:], ARRAYS["mixed.evaluations"][number], strict=True):
        run.step()
        np.testing.assert_allclose(run.w, w, rtol=1e-9, atol=1e-9)
        assert run.evaluations == evaluations
        np.testing.assert_array_equal(run.g, surface(run.w)[1])


@pytest.mark.parametrize("case", ["bowl.fixed_slow", "bowl.scarce", "valley.wolfe_short"])
def test_weights_and_state_are_all_that_a_run_remembers(case):
    whole = descent(case)
    for _ in range(3):
        whole.step()
    resumed = Descent(LBFGS(**CASES[case]), whole.surface, whole.w, whole.state)
    for _ in range(3):
        assert resumed.step() == whole.step()
        np.testing.assert_array_equal(resumed.w, whole.w)
    assert set(whole.state) == {*LBFGS.slots, "step"}
    for key, value in whole.state.items():
        assert np.any(value), f"{key} is never used"
        np.testing.assert_array_equal(resumed.state[key], value)


@pytest.mark.parametrize("history", [1, 2, 5])
def test_the_state_never_grows(history):
    run = descent("valley.wolfe", history_size=history)
    before = {key: (array.shape, array.dtype) for key, array in run.state.items()}
    for _ in range(10):
        run.step()
    assert run.state["pairs"] > history
    assert {key: (array.shape, array.dtype) for key, array in run.state.items()} == before


def test_an_ill_conditioned_bowl_takes_a_few_steps():
    run = descent("bowl.whole", tolerance_change=0.0)
    run.step()
    run.step()
    np.testing.assert_allclose(run.w, ARRAYS["c"], atol=1e-6)


def test_at_the_minimum_nothing_moves():
    run = Descent(LBFGS(), bowl, ARRAYS["c"])
    assert run.step() == 0
    assert run.evaluations == 1
    np.testing.assert_array_equal(run.w, ARRAYS["c"])
    assert not run.state["step"]


def test_single_precision_stays_single():
    run = Descent(LBFGS(), bowl, ARRAYS["bowl.start"].astype(np.float32))
    for _ in range(3):
        run.step()
    vectors = [array for array in run.state.values() if array.ndim and array.shape[-1:] == run.w.shape]
    assert {array.dtype for array in [run.w, *vectors]} == {np.dtype(np.float32)}
    np.testing.assert_allclose(run.w, ARRAYS["c"], atol=1e-4)


def test_a_learning_rate_changed_in_mid_run_holds_from_the_next_step():
    run = descent("bowl.fixed")
    for _ in range(3):
        run.step()
    other = Descent(LBFGS(**CASES["bowl.fixed"] | {"learning_rate": 0.25}), bowl, run.w, run.state)
    run.live["learning_rate"][()] = 0.25
    run.step()
    other.step()
    np.testing.assert_array_equal(run.w, other.w)


def test_a_step_over_the_edge_is_taken_back():
    run = Descent(LBFGS(learning_rate=100.0, tolerance_change=0.0), cliff, np.array([30.0, 2.0, 0.5]))
    for _ in range(4):
        run.step()
    np.testing.assert_allclose(run.w, 1, atol=1e-6)


def test_the_line_search_lowers_the_cost_at_every_step():
    run = descent("valley.far")
    costs = [run.step() for _ in range(10)]
    assert (np.diff(costs) < 0).all()


def test_lost_weights_stay_lost_without_complaint():
    run = Descent(LBFGS(), bowl, np.full(8, np.nan))
    assert np.isnan(run.step())
    assert np.isnan(run.w).all()


@pytest.mark.parametrize(
    "refused", [{"max_iter": 0}, {"history_size": 0}, {"history_size": 101}, {"line_search": "armijo"}, {"max_eval": 0}]
)
def test_settings_out_of_range_are_refused(refused):
    with pytest.raises(UserError, match=r"Iterations|History|Line search|Evaluations"):
        LBFGS(**refused)

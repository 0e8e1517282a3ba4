"""The mistakes that mutants.py plants, and for each the test that must notice it."""

from typing import NamedTuple


class Mutant(NamedTuple):
    """One mistake.

    Attributes:
        about: what it is, for people.
        file: where, below annstudio/.
        old: what stands there, exactly once.
        new: the mistake.
        test: what must fail, below tests/.
    """

    about: str
    file: str
    old: str
    new: str
    test: str


_PATHS = "engine/test_optimizers.py::test_given_gradients_lead_along_the_reference_path"

_OPTIMIZERS = (
    Mutant(
        "Adam: ε inside the root",
        "engine/optimizers/_adam.py",
        "(np.sqrt, (v, scratch)),\n        (np.add, (scratch, now.epsilon, scratch)),",
        "(np.add, (v, now.epsilon, scratch)),\n        (np.sqrt, (scratch, scratch)),",
        _PATHS,
    ),
    Mutant(
        "RMSProp: ε inside the root",
        "engine/optimizers/rmsprop.py",
        '*size,\n            (np.add, (scratch, live["epsilon"], scratch)),',
        '(np.add, (v, live["epsilon"], scratch)),\n            (np.sqrt, (scratch, scratch)),',
        _PATHS,
    ),
    Mutant(
        "Adagrad: ε inside the root",
        "engine/optimizers/adagrad.py",
        '*root,\n            (np.add, (scratch, live["epsilon"], scratch)),',
        '(np.add, (s, live["epsilon"], scratch)),\n            (np.sqrt, (scratch, scratch)),',
        _PATHS,
    ),
    Mutant(
        "Adam: bias correction multiplied instead of divided",
        "engine/optimizers/_adam.py",
        "root / (1 - kept1**t)",
        "root * (1 - kept1**t)",
        _PATHS,
    ),
    Mutant(
        "Adam: no correction of the squares",
        "engine/optimizers/_adam.py",
        "root = (1 - kept2**t) ** 0.5",
        "root = 1.0",
        _PATHS,
    ),
    Mutant(
        "Nesterov without the look-ahead",
        "engine/optimizers/nesterov.py",
        '*descend(w, g, live["learning_rate"], g),',
        '*descend(w, v, live["learning_rate"], g),',
        _PATHS,
    ),
    Mutant(
        "AdamW: decoupled decay made coupled",
        "engine/optimizers/adamw.py",
        "*self._shrink(w, live, decays, new(w)),",
        '(np.multiply, (w, live["weight_decay"], scratch := new(w))),\n            (np.add, (g, scratch, g)),',
        _PATHS,
    ),
    Mutant(
        "AdamW: biases decay too",
        "engine/optimizers/adamw.py",
        "(np.multiply, (decaying(w, decays), part, scratch)),",
        "(np.multiply, (constant(1, w), part, scratch)),",
        "engine/test_optimizers.py::test_adamw_shrinks_kernels_and_leaves_biases_alone",
    ),
    Mutant(
        "Weight decay: biases decay too",
        "engine/optimizers/_shared.py",
        "(np.multiply, (pull, decaying(w, decays), pull)),",
        "",
        "engine/test_optimizers.py::test_weight_decay_adds_to_the_gradient_of_kernels",
    ),
    Mutant(
        "The network takes biases for kernels, so that they decay",
        "engine/network.py",
        "view[: block.kernel_rows] = 1",
        "view[:] = 1",
        "engine/test_network.py::test_kernels_are_told_from_biases",
    ),
    Mutant(
        "AMSGrad: the average instead of its largest value so far",
        "engine/optimizers/amsgrad.py",
        'maximum(u, state["squared_average"], u),',
        '(np.copyto, (u, state["squared_average"])),',
        _PATHS,
    ),
    Mutant(
        "RMSProp, centered: the mean is not subtracted",
        "engine/optimizers/rmsprop.py",
        "(np.subtract, (v, deviation, deviation)),",
        "(np.copyto, (deviation, v)),",
        _PATHS,
    ),
    Mutant(
        "NAdam: this step's momentum instead of the next one's",
        "engine/optimizers/nadam.py",
        "for n in (t, t + 1))",
        "for n in (t, t))",
        _PATHS,
    ),
    Mutant(
        "SGD: the first step is dampened too",
        "engine/optimizers/sgd.py",
        'part[()] = 1 - live["dampening"].item() if step.item() else 1',
        'part[()] = 1 - live["dampening"].item()',
        "engine/test_optimizers.py::test_the_first_step_is_not_dampened",
    ),
    Mutant(
        "QHM: gradient and average change places",
        "engine/optimizers/qhm.py",
        "(np.multiply, (g, present, g)),\n            (np.multiply, (m, nu, scratch)),",
        "(np.multiply, (g, nu, g)),\n            (np.multiply, (m, present, scratch)),",
        "engine/test_optimizers.py::test_what_pytorch_lacks_follows_the_textbook",
    ),
    Mutant(
        "L-BFGS: from the oldest pair to the newest",
        "engine/optimizers/lbfgs.py",
        "for row in reversed(rows):",
        "for row in rows:",
        "engine/test_lbfgs.py::test_steps_follow_the_reference_path",
    ),
    Mutant(
        "L-BFGS: a pair without curvature is remembered",
        "engine/optimizers/lbfgs.py",
        "if curvature > SMALLEST_CURVATURE:",
        "if curvature:",
        "engine/test_lbfgs.py::test_the_line_search_tries_the_same_lengths_as_the_reference",
    ),
)

_LOSSES = (
    Mutant(
        "MSE: the mean over N instead of N·K",
        "engine/losses/mse.py",
        "return 2 / (batch * outputs)",
        "return 2 / batch",
        "engine/test_losses.py::test_regression_losses_meet_the_reference",
    ),
    Mutant(
        "RSS: averaged over the samples",
        "engine/losses/rss.py",
        "sums = True",
        "sums = False",
        "engine/test_losses.py::test_regression_losses_meet_the_reference",
    ),
    Mutant(
        "RSS: its gradient averaged over the samples",
        "engine/losses/rss.py",
        "return 2.0",
        "return 2 / batch",
        "engine/test_losses.py::test_regression_losses_meet_the_reference",
    ),
    Mutant(
        "Huber: δ squared",
        "engine/losses/huber.py",
        'return float(self.params["delta"])',
        'return float(self.params["delta"]) ** 2',
        "engine/test_losses.py::test_regression_losses_meet_the_reference",
    ),
    Mutant(
        "Hinge: the cost of targets 0 and 1 without conversion",
        "engine/losses/_margin.py",
        "(2 * y_true - 1) * y_pred",
        "y_true * y_pred",
        "engine/test_losses.py::test_hinge_losses_meet_the_reference",
    ),
    Mutant(
        "Hinge: the gradient for targets 0 and 1 without conversion",
        "engine/losses/_margin.py",
        "(np.add, (t, t, sign)),\n        (np.subtract, (sign, one, sign)),",
        "(np.copyto, (sign, t)),",
        "engine/test_losses.py::test_hinge_losses_meet_the_reference",
    ),
    Mutant(
        "Cross-entropy: class weights not normalized",
        "engine/losses/cross_entropy.py",
        "(np.divide, (grad, total, grad)),",
        "(np.divide, (grad, scalar(t.shape[1], t), grad)),",
        "engine/test_losses.py::test_class_weights_meet_the_reference",
    ),
    Mutant(
        "Cross-entropy: label smoothing without the 1/K",
        "engine/losses/cross_entropy.py",
        "scalar(self._smoothing / len(t), t)",
        "scalar(self._smoothing, t)",
        "engine/test_losses.py::test_label_smoothing_meets_the_reference",
    ),
    Mutant(
        "Cross-entropy: 0 times an infinite surprise counts",
        "engine/losses/cross_entropy.py",
        "np.multiply(q, surprise, out=np.zeros_like(surprise), where=q != 0)",
        "q * surprise",
        "engine/test_losses.py::test_a_class_that_is_not_asked_for_costs_nothing_however_sure_the_network_is",
    ),
    Mutant(
        "Objective: the softmax's own derivative on top of the fused one",
        "engine/objective.py",
        "return self.fused or self.own_error",
        "return self.own_error",
        "engine/test_objective.py::test_gradients_of_every_pair_agree_with_finite_differences",
    ),
)

_DERIVATIVES = "engine/test_activations.py::test_backward_is_right_as_far_as_a_itself_is"

_ACTIVATIONS = (
    Mutant(
        "Softmax without the shift",
        "engine/activations/softmax.py",
        "(np.subtract, (z, top, a)),\n            (np.exp, (a, a)),",
        "(np.exp, (z, a)),",
        "engine/test_activations.py::test_softmax_meets_the_reference",
    ),
    Mutant(
        "Softmax: backward as if each unit stood alone",
        "engine/activations/softmax.py",
        "(np.subtract, (grad, total, grad)),",
        "",
        "engine/test_activations.py::test_softmax_meets_the_reference",
    ),
    Mutant(
        "Leaky ReLU: slope 1 at z = 0",
        "engine/activations/leaky_relu.py",
        "(np.sign, (a, out)), maximum",
        "(np.heaviside, (a, scalar(1, a), out)), maximum",
        _DERIVATIVES,
    ),
    Mutant(
        "ReLU: slope 1 at z = 0",
        "core/calls.py",
        "(np.sign, (x, out))",
        "(np.heaviside, (x, np.ones_like(x), out))",
        _DERIVATIVES,
    ),
    Mutant(
        "GELU by tanh, labelled as erf",
        "engine/activations/gelu.py",
        "return [*_normal(z, a, new), (np.multiply, (a, z, a))]",
        "from annstudio.engine.activations.gelu_tanh import GELUTanh\n\n        return GELUTanh().forward(z, a, new)",
        "engine/test_activations.py::test_values_are_exact_into_the_tails",
    ),
    Mutant(
        "ELU: the slope on the left forgets α",
        "engine/activations/elu.py",
        "(np.multiply, (out, scalar(self._alpha, z), out)),",
        "",
        _DERIVATIVES,
    ),
    Mutant(
        "Tanh: slope 1 − a instead of 1 − a²",
        "engine/activations/tanh.py",
        "(np.multiply, (a, a, out)), (np.subtract, (scalar(1, a), out, out))",
        "(np.subtract, (scalar(1, a), a, out))",
        _DERIVATIVES,
    ),
    Mutant(
        "PReLU: learns from the positive side",
        "engine/activations/prelu.py",
        "minimum(z, constant(0, z), part),",
        "maximum(z, constant(0, z), part),",
        "engine/test_activations.py::test_learned_parameters_get_their_gradient_by_finite_differences",
    ),
    Mutant(
        "Slopes shared between leaky ReLUs of different slopes",
        "engine/slopes.py",
        "(type(activation), *sorted(activation.params.items()))",
        "type(activation)",
        "engine/test_slopes.py",
    ),
)

_SPREAD = "engine/test_initializers.py::test_weights_are_spread_as_the_reference_says"

_INITIALIZERS = (
    Mutant(
        "He with fan_out",
        "engine/initializers/he_normal.py",
        "math.sqrt(2 / fan_in)",
        "math.sqrt(2 / fan_out)",
        _SPREAD,
    ),
    Mutant(
        "Xavier with 3 instead of 6",
        "engine/initializers/xavier_uniform.py",
        "math.sqrt(6 / (fan_in + fan_out))",
        "math.sqrt(3 / (fan_in + fan_out))",
        _SPREAD,
    ),
    Mutant(
        "Orthogonal without the correction of signs",
        "engine/initializers/orthogonal.py",
        'np.copysign(float(self.params["gain"]), np.diagonal(r))',
        'float(self.params["gain"])',
        "engine/test_initializers.py::test_no_rotation_is_likelier_than_another",
    ),
    Mutant(
        "Truncated normal: the tails are put to the edge, not drawn again",
        "engine/initializers/truncated_normal.py",
        "z[outside] = rng.standard_normal(np.count_nonzero(outside))",
        "z = z.clip(-_CUT, _CUT)",
        "engine/test_initializers.py::test_the_truncated_normal_has_the_shape_of_the_normal_inside",
    ),
    Mutant(
        "All layers draw the same numbers",
        "engine/network.py",
        'stream(seed, "initialization", place)',
        'stream(seed, "initialization", 0)',
        "engine/test_network.py::test_layers_of_one_size_start_differently",
    ),
)

_FACTORS = "engine/test_schedules.py::test_factors_are_those_of_pytorch"

_SCHEDULES = (
    Mutant(
        "Cosine with restarts: restarts a step late",
        "engine/schedules/cosine_restarts.py",
        "while time >= period:",
        "while time > period:",
        _FACTORS,
    ),
    Mutant(
        "Plateau: patience reached instead of exceeded",
        "engine/schedules/plateau.py",
        'waited > int(self.params["patience"])',
        'waited >= int(self.params["patience"])',
        _FACTORS,
    ),
    Mutant(
        "One cycle: its peak a step late",
        "engine/schedules/one_cycle.py",
        "rise * steps - 1,",
        "rise * steps,",
        _FACTORS,
    ),
    Mutant(
        "Step decay: an epoch early",
        "engine/schedules/step.py",
        "(epoch // int",
        "((epoch + 1) // int",
        _FACTORS,
    ),
    Mutant(
        "A schedule by steps is asked once per epoch only",
        "engine/rate.py",
        "[(self._tick, ())] if schedule.per_step else []",
        "[]",
        "engine/test_fitting.py::test_schedules_reach_the_steps",
    ),
    Mutant(
        "Early stopping: an epoch late",
        "engine/stopping.py",
        "self._waited >= self.patience",
        "self._waited > self.patience",
        "engine/test_stopping.py::test_improvements_below_min_delta_add_up",
    ),
)

_REGULARIZERS = (
    Mutant(
        "L2: the cost without the half",
        "engine/penalty.py",
        "layer.l2 / 2 *",
        "layer.l2 *",
        "engine/test_penalty.py",
    ),
    Mutant(
        "L2: the gradient with 2λ",
        "engine/penalty.py",
        "scalar(layer.l2, scratch)",
        "scalar(2 * layer.l2, scratch)",
        "engine/test_penalty.py",
    ),
    Mutant(
        "L1 and L2 on biases too",
        "engine/penalty.py",
        "yield place, view[: block.kernel_rows]",
        "yield place, view",
        "engine/test_penalty.py",
    ),
    Mutant(
        "Max-norm by rows",
        "engine/penalty.py",
        "_shrink(view[: block.kernel_rows],",
        "_shrink(view[: block.kernel_rows].T,",
        "engine/test_penalty.py",
    ),
    Mutant(
        "Max-norm: short columns are stretched",
        "engine/penalty.py",
        "minimum(factor, np.ones_like(factor), factor),",
        "",
        "engine/test_penalty.py",
    ),
    Mutant(
        "Clipping by value where the norm is meant",
        "engine/update.py",
        "clip_by_norm(gradient, scalar(self.norm",
        "clip_by_value(gradient, scalar(self.norm",
        "engine/test_update.py",
    ),
    Mutant(
        "Clipping: short gradients are stretched",
        "engine/clipping.py",
        "minimum(norm, scalar(1, norm), factor),",
        "(np.copyto, (factor, norm)),",
        "engine/test_clipping.py::test_a_short_gradient_stays_as_it_is_to_the_bit",
    ),
    Mutant(
        "Clipping before the penalty is added",
        "engine/update.py",
        "[*self._penalize, *self._clip, *rule, *shrink]",
        "[*self._clip, *self._penalize, *rule, *shrink]",
        "engine/test_update.py",
    ),
)

_TRAINING = (
    Mutant(
        "The last, smaller batch scaled as a full one",
        "engine/steps.py",
        "self._plans = [GradientPlan(board) for board in boards]",
        "self._plans = [GradientPlan(board) for board in boards]\n        self._plans[-1].scale = self._plans[0].scale",
        "engine/test_trainer.py::test_the_smaller_batch_at_an_epochs_end_is_averaged_over_its_own_samples",
    ),
    Mutant(
        "No reshuffle between epochs",
        "engine/trainer.py",
        "            self.batches.reorder()",
        "            if self.epoch == 0:\n                self.batches.reorder()",
        "engine/test_trainer.py::test_every_epoch_is_shuffled_anew",
    ),
    Mutant(
        "The luck of orders is not in the checkpoint",
        "engine/luck.py",
        "rng.bit_generator.state = each",
        "pass",
        "engine/test_trainer.py::test_from_within_an_epoch_everything_comes_again_as_it_came",
    ),
    Mutant(
        "The order of the epoch is not in the checkpoint",
        "engine/trainer.py",
        "self.batches.order = checkpoint.order",
        "pass",
        "engine/test_trainer.py::test_from_within_an_epoch_everything_comes_again_as_it_came",
    ),
    Mutant(
        "The schedule's memory is not in the checkpoint",
        "engine/trainer.py",
        'self._rate.value, self._rate.memory = checkpoint.live["learning_rate"], checkpoint.memory',
        'self._rate.value = checkpoint.live["learning_rate"]',
        "engine/test_trainer.py::test_from_within_an_epoch_everything_comes_again_as_it_came",
    ),
    Mutant(
        "L-BFGS: the cost of a step is that of the last weights tried",
        "engine/steps.py",
        "np.copyto(z, first[0])",
        "pass",
        "engine/test_trainer.py::test_the_last_cost_is_that_of_the_weights_before_the_step",
    ),
    Mutant(
        "After a failure, batches are trained anew from where they ended",
        "engine/trainer.py",
        "self._recall(mark)\n        self._rate",
        "self._rate",
        "engine/test_failures.py::test_it_stops_before_the_batch_that_would_not_be_finite",
    ),
    Mutant(
        "After a failure, batches are trained anew at the rate of their end",
        "engine/trainer.py",
        "self._recall(mark)\n        self._rate.begin(self.epoch, self._position)",
        "self._recall(mark)",
        "engine/test_failures.py::test_batches_are_trained_anew_at_the_rates_of_their_time",
    ),
    Mutant(
        "After a failure, the bad step stays",
        "engine/trainer.py",
        "self._recall(before)\n",
        "pass\n",
        "engine/test_failures.py::test_it_stops_before_the_batch_that_would_not_be_finite",
    ),
    Mutant(
        "The penalty is missing from the trace",
        "engine/tracing.py",
        "penalty=Penalty(network).cost(w),",
        "penalty=0.0,",
        "engine/test_tracing.py::test_cost_is_the_mean_of_the_losses_and_the_penalty_stands_apart",
    ),
    Mutant(
        "The traced step is not clipped",
        "engine/update.py",
        "gradient, self._clipping, fold=False)",
        "gradient, fold=False)",
        "engine/test_tracing.py::test_a_traced_step_is_clipped_as_the_next_one",
    ),
)

_FORWARD = "engine/layers/test_conformance.py::test_forward_is_the_formula"
_GRADIENTS = "engine/layers/test_conformance.py::test_gradients_are_true"

_LAYERS = (
    Mutant(
        "Batch norm: a biased running variance",
        "engine/layers/batch_norm.py",
        "size / (size - 1)",
        "1",
        "engine/layers/test_batch_norm.py::test_every_batch_and_its_statistics_meet_the_oracle",
    ),
    Mutant(
        "Batch norm: the momentum is the share that is kept",
        "engine/layers/batch_norm.py",
        "scalar(1 - self.momentum, running)",
        "scalar(self.momentum, running)",
        "engine/layers/test_batch_norm.py::test_every_batch_and_its_statistics_meet_the_oracle",
    ),
    Mutant(
        "Batch norm: running statistics are not used after training",
        "engine/layers/batch_norm.py",
        "if stage.training:",
        "if stage:",
        "engine/layers/test_batch_norm.py::test_afterwards_the_running_statistics_count",
    ),
    Mutant(
        "Batch norm: γ and β decay",
        "engine/layers/_normalization.py",
        "Block(2, self.count(inputs[0]))",
        "Block(2, self.count(inputs[0]), 2)",
        "engine/layers/test_batch_norm.py::test_neither_gamma_nor_beta_decays",
    ),
    Mutant(
        "Normalizations: ε outside the root",
        "engine/layers/_normalization.py",
        "(np.add, (self.variance, self._epsilon, inverse)),\n            (np.sqrt, (inverse, inverse)),",
        "(np.sqrt, (self.variance, inverse)),\n            (np.add, (inverse, self._epsilon, inverse)),",
        "engine/layers/test_batch_norm.py::test_every_batch_and_its_statistics_meet_the_oracle",
    ),
    Mutant(
        "Normalizations: σ taken for a constant in backward",
        "engine/layers/_normalization.py",
        "(np.subtract, (grad, spare, out)),",
        "(np.copyto, (out, grad)),",
        "engine/layers/test_batch_norm.py::test_gradients_meet_the_oracle",
    ),
    Mutant(
        "Layer norm: measured over the batch",
        "engine/layers/layer_norm.py",
        "axis = 0",
        "axis = 1",
        _FORWARD,
    ),
    Mutant(
        "Dropout: not scaled",
        "engine/layers/dropout.py",
        "(np.multiply, (mask, scalar(1 / kept, a), mask)),",
        "",
        "engine/layers/test_dropout.py::test_it_drops_and_scales_as_the_oracle_says",
    ),
    Mutant(
        "Dropout: the error passes what was dropped",
        "engine/layers/dropout.py",
        "(np.multiply, (stage.error, mask, x.error))",
        "(np.copyto, (x.error, stage.error))",
        "engine/layers/test_dropout.py::test_it_drops_and_scales_as_the_oracle_says",
    ),
    Mutant(
        "Dropout: active after training",
        "engine/layers/dropout.py",
        "if not stage.training:",
        "if not stage:",
        "engine/layers/test_dropout.py::test_after_training_nothing_is_dropped",
    ),
    Mutant(
        "Dropout: its luck is not in the checkpoint",
        "engine/luck.py",
        "[self.shuffle, *drawing]",
        "[self.shuffle]",
        "engine/layers/test_dropout.py::test_a_restored_trainer_draws_the_same_again",
    ),
    Mutant(
        "Dropout: a trace uses up the luck of the training",
        "engine/tracing.py",
        "copy.deepcopy(list(luck))",
        "list(luck)",
        "engine/test_tracing.py::test_looking_changes_nothing",
    ),
    Mutant(
        "An error that comes by two wires: the second one is lost",
        "engine/board.py",
        "self._gather[place].append((np.add, (error, scratch, error)))",
        "pass",
        _GRADIENTS,
    ),
    Mutant(
        "Add: only the first wire gets its error",
        "engine/layers/add.py",
        "for x in stage.inputs if x.error is not None]",
        "for x in stage.inputs[:1] if x.error is not None]",
        _GRADIENTS,
    ),
    Mutant(
        "Concatenate: every wire gets the first one's error",
        "engine/layers/concatenate.py",
        "stage.error[part]",
        "stage.error[: len(x.a)]",
        _GRADIENTS,
    ),
    Mutant(
        "Convolution: one of the windows that see a pixel is left out (col2im)",
        "engine/layers/conv2d.py",
        "readers(seen.ravel(), pixels, len(rows) - 1)",
        "readers(seen.ravel(), pixels, len(rows) - 1)[1:]",
        _GRADIENTS,
    ),
    Mutant(
        "Convolution: the kernel is turned around",
        "engine/layers/conv2d.py",
        "taken(source, seen.ravel(), columns)",
        "taken(source, seen[:, ::-1, ::-1].ravel(), columns)",
        _FORWARD,
    ),
    Mutant(
        "Convolution: an odd margin is larger before",
        "engine/layers/_windows.py",
        "return margin // 2, margin - margin // 2",
        "return margin - margin // 2, margin // 2",
        _FORWARD,
    ),
    Mutant(
        "Max pooling: the error goes to all that are largest",
        "engine/layers/max_pool2d.py",
        "(np.subtract, (left, values, left)),",
        "",
        "engine/layers/test_pictures.py::test_the_first_of_several_largest_values_gets_the_error",
    ),
    Mutant(
        "Average pooling: the error is not shared out",
        "engine/layers/average_pool2d.py",
        "(np.multiply, (stage.error, share, shares[:-1]))",
        "(np.copyto, (shares[:-1], stage.error))",
        _GRADIENTS,
    ),
    Mutant(
        "Features: a product teaches only one of its factors",
        "engine/layers/_features.py",
        "(np.add, (grad[i], total, grad[i])),",
        "",
        _GRADIENTS,
    ),
)

_FORMULAS = (
    Mutant(
        "Power: its derivative has no value at base 0",
        "core/formula/slopes.py",
        '"v * u**(v - 1)"',
        '"v * u**v / u"',
        "core/formula/test_slopes.py::test_derivatives_look_as_in_a_textbook",
    ),
    Mutant(
        "Max: the derivatives change places",
        "core/formula/slopes.py",
        '"max": ("relu(sign(u - v))", "1 - relu(sign(u - v))")',
        '"max": ("1 - relu(sign(u - v))", "relu(sign(u - v))")',
        "core/formula/test_slopes.py::test_functions_against_finite_differences",
    ),
    Mutant(
        "Min: the derivatives change places",
        "core/formula/slopes.py",
        '"min": ("relu(sign(v - u))", "1 - relu(sign(v - u))")',
        '"min": ("1 - relu(sign(v - u))", "relu(sign(v - u))")',
        "core/formula/test_slopes.py::test_functions_against_finite_differences",
    ),
    Mutant(
        "Quotient: the minus is missing",
        "core/formula/slopes.py",
        '"-u/v**2"',
        '"u/v**2"',
        "core/formula/test_slopes.py::test_functions_against_finite_differences",
    ),
    Mutant(
        "A rule of algebra changes the sign",
        "core/formula/algebra.py",
        '("u - -v", "u + v")',
        '("u - -v", "u - v")',
        "core/formula/test_algebra.py::test_both_sides_of_a_rule_are_equal_wherever_the_left_one_has_a_value",
    ),
    Mutant(
        "Softplus overflows",
        "core/formula/functions.py",
        '"max(u, 0) + log1p(exp(-abs(u)))"',
        '"log1p(exp(u))"',
        "core/formula/test_algebra.py::test_no_power_of_e_overflows_in_the_stable_forms",
    ),
    Mutant(
        "A buffer is used again before its last reader",
        "core/formula/program.py",
        "if argument in self._places and not self._readers[argument]:",
        "if argument in self._places:",
        "engine/test_formula_activation.py::test_it_computes_what_its_built_in_twin_computes",
    ),
)

MUTANTS = (
    *_OPTIMIZERS,
    *_LOSSES,
    *_ACTIVATIONS,
    *_INITIALIZERS,
    *_SCHEDULES,
    *_REGULARIZERS,
    *_TRAINING,
    *_LAYERS,
    *_FORMULAS,
)

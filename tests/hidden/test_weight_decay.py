"""Hidden checks of weight decay: ridge regression's closed form, sweeps that are followed, records made to differ."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import (
    Run,
    all_at_once,
    assert_close,
    at_edges,
    complex_gradient,
    criterion,
    fail,
    in_company,
    in_fortran_order,
    numbers,
    pairs_at_edges,
    spread,
    with_gaps,
)
from grader.checks.figures.shown import (  # fmt: skip
    Axes,
    assert_in_legend,
    assert_in_view,
    assert_keys,
    assert_labelled,
    assert_told_apart,
    figure,
    line,
)

seeds = st.integers(0, 9)
PARTS = ("train", "validation", "test")
MEASURES = tuple(f"{part}_{measure}" for part in PARTS for measure in ("loss", "accuracy"))
DECAYS = (0.0, 3e-05, 0.001, 0.004, 0.02, 0.1, 0.3, 0.6)


@criterion("decay.step.penalty")
@given(seed=seeds, decay=st.sampled_from([0.25, 7.5]))
@settings(max_examples=4)
def test_the_penalty_is_half_the_sum_of_squares(submission, seed, decay):
    """Return λ/2 times the sum of the squares of all entries, for arrays of any shapes.

    Catches: no half, the norm without its square, absolute values, a mean, one array alone, a penalty that is kept.
    """
    arrays = [spread((2, 3), seed), spread((3,), seed + 1), spread((1, 2, 2), seed + 2)]
    expected = decay / 2 * sum(np.vdot(each, each) for each in arrays)
    given_, others = [in_fortran_order(arrays[0]), *map(with_gaps, arrays[1:])], [each + 1 for each in arrays]
    assert_close(in_company(submission.penalty, [given_, decay], [others, decay]), expected, what="the penalty")


@criterion("decay.step.penalty")
@given(seed=seeds)
@settings(max_examples=2)
def test_a_penalty_of_any_size(submission, seed):
    """Return the penalty of a dozen arrays, of a single number, of large ones, and 0 where the weight decay is 0.

    Catches: ten arrays at most, 0 taken for none, numbers that are clipped.
    """
    many = [spread((k % 3 + 1, 2), seed + k) for k in range(12)]
    for arrays, decay in ((many, 0.5), ([np.array(3.0)], 2.0), ([spread((2, 2), seed) * 3000], 0.25)):
        expected = decay / 2 * sum(np.vdot(each, each) for each in arrays)
        assert_close(submission.penalty(arrays, decay), expected, what="the penalty")
    assert_close(1 + numbers(submission.penalty(many, 0.0), what="the penalty"), 1.0, what="one more than the penalty")


@criterion("decay.step.update")
@given(seed=seeds)
@settings(max_examples=2)
def test_a_step_of_any_size(submission, seed):
    """Take a step of large numbers, of a single one, and without weight decay or without a learning rate.

    Catches: gradients or parameters that are clipped, a weight decay of 1 at most, or so that no sign changes, 0 taken
    for none, parameters with one dimension left out, steps that are kept.
    """
    for shape, size, rate, decay in (((4,), 3000, 0.1, 0.5), ((), 2, 0.3, 0.7), ((2, 3), 1, 0.1, 0.0), ((3,), 1, 0, 1),
                                     ((3,), 1, 0.5, 6.0)):  # fmt: skip
        w, gradient = spread(shape, seed) * size, spread(shape, seed + 1) * size
        got = in_company(submission.decayed_step, [w, gradient, rate, decay], [gradient, w + size, rate, decay])
        assert_close(got, (1 - rate * decay) * w - rate * gradient, what="the parameters after a step")


@criterion("decay.step.update")
@given(seed=seeds, decay=st.sampled_from([0.2, 0.6]))
@settings(max_examples=3)
def test_descent_comes_to_the_solution_of_ridge_regression(submission, seed, decay):
    """Come to (XᵀX + λ·1)⁻¹ Xᵀy, the least squares with the penalty λ/2 |w|², which tells λ from 2λ and λ/2.

    Catches: no weight decay, λ twice or half, the other sign, weight decay times the gradient.
    """
    x, y = spread((6, 3), seed, 0.2, 0.6), spread((6,), seed + 1)
    w = spread((3,), seed + 2)
    curvature = x.T @ x + decay * np.eye(3)
    rate = 1.0 / np.linalg.eigvalsh(curvature).max()
    solution = np.linalg.solve(curvature, x.T @ y)
    for _ in range(4):
        expected = solution + (np.eye(3) - rate * curvature) @ (w - solution)
        got = submission.decayed_step(w.copy(), x.T @ (x @ w - y), rate, decay)
        assert_close(got, expected, what="the parameters on their way to the solution")
        w = expected
    assert_close(
        submission.decayed_step(solution.copy(), x.T @ (x @ solution - y), rate, decay),
        solution, what="the step from the solution, which leads nowhere",
    )  # fmt: skip


@criterion("decay.step.update")
@given(seed=seeds, shape=st.sampled_from([(2, 3), (2, 1, 2)]))
@settings(max_examples=2)
def test_a_step_goes_along_the_gradient_of_the_penalty(submission, seed, shape):
    """Go, where the loss has no slope, against the gradient of λ/2 Σ w², whatever the shape.

    Catches: weight decay times the gradient, weight decay that is left out.
    """
    w = spread(shape, seed)
    slope = complex_gradient(lambda p: 0.3 / 2 * np.sum(p**2), w)
    got = submission.decayed_step(w.copy(), np.zeros(shape), 0.5, 0.3)
    assert_close(got, w - 0.5 * slope, what="the parameters after a step without a slope of the loss")


@criterion("decay.step.penalty")
def test_the_penalty_at_the_edges_of_what_it_may_be_asked(submission):
    """Return the penalty of arrays of one entry and of many, of zeros, of equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a clip.
    """
    for what, array in at_edges(3, 4).items():
        for arrays in ([array], [array, np.ones(2)]):
            expected = 0.3 / 2 * sum(np.vdot(each, each) for each in arrays)
            assert_close(submission.penalty(arrays, 0.3), expected, what=f"the penalty for {what}")


@criterion("decay.step.update")
def test_a_step_at_the_edges_of_what_it_may_be_asked(submission):
    """Take a step of one parameter and of many, from zeros, along no slope, with equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a clip.
    """
    for what, w, gradient in [*pairs_at_edges(3, 4), *pairs_at_edges(5)]:
        got = submission.decayed_step(w.copy(), gradient.copy(), 0.25, 0.5)
        assert_close(got, (1 - 0.25 * 0.5) * w - 0.25 * gradient, what=f"the parameters after a step, for {what}")


@criterion("decay.sweep.values")
@given(values=st.permutations(DECAYS))
@settings(max_examples=3)
def test_a_sweep_trains_once_with_each_value(submission, values):
    """Train once with each value, in their order, and return all that was recorded.

    Catches: values left out or sorted, the network's own weight decay kept, records lost.
    """
    asked: list[object] = []

    def run(given_settings):
        asked.append(given_settings.get("weight_decay"))
        return Run({"number": len(asked)}, {"train_loss": np.array([2.0, 1.0])}).as_text()

    own = {"learning_rate": 0.5, "seed": 1, "weight_decay": 7.0}
    wanted = [*values, 0.05, 3.0, 1e-6, 0.25]
    got = submission.weight_decay_sweep(run, wanted, own)
    if asked != wanted:
        fail("the runs are not one for each weight decay, in their order", f"expected {wanted}, got {asked!r:.300}")
    expected = [Run({"number": k}, {"train_loss": np.array([2.0, 1.0])}).as_text() for k in range(1, 13)]
    if got != "".join(expected):
        fail("what is returned is not the records of all runs, one after the other")


@criterion("decay.sweep.else_equal")
@given(seed=st.integers(0, 99), rate=st.sampled_from([0.3, 0.01]))
@settings(max_examples=3)
def test_a_sweep_changes_nothing_else(submission, seed, rate):
    """Give each run the settings as they are but for its weight decay, whatever they are called.

    Catches: another seed, learning rate or number of epochs for each run or for large values, settings that are left
    out.
    """
    given_settings = {"learning_rate": rate, "seed": seed, "epochs": 4, "width": 8, "layers": [8, 4], "name": None,
                      "schedule": {"gamma": 0.5}}  # fmt: skip
    asked: list[dict[str, object]] = []

    def run(one):
        asked.append(dict(one))
        return ""

    submission.weight_decay_sweep(run, list(DECAYS), given_settings)
    rest = [{name: value for name, value in one.items() if name != "weight_decay"} for one in asked]
    changed = sorted(
        {name for one in rest for name in {*one, *given_settings} if one.get(name) != given_settings.get(name)}
    )
    if changed or not rest:
        fail("more than one factor changes from run to run", f"besides weight decay: {', '.join(map(str, changed))}")


def made(accuracies: dict[str, list[list[float]]], losses: dict[str, list[list[float]]], order: list[int]) -> str:
    """Return a record: of each part the accuracies and losses of each of `DECAYS`, epoch by epoch."""
    runs = [
        Run(
            {"weight_decay": decay, "seed": 1},
            {f"{part}_{name}": np.array(values[part][k]) for part in PARTS for name, values in
             (("accuracy", accuracies), ("loss", losses))},
        )
        for k, decay in enumerate(DECAYS)
    ]  # fmt: skip
    return "".join(runs[k].as_text() for k in order)


def drawn(seed: int) -> tuple[dict[str, list[list[float]]], dict[str, list[list[float]]], np.ndarray]:
    """Return accuracies and losses of three epochs for each weight decay, and who wins by which rule.

    Another weight decay wins by each rule: by validation after the last epoch, in its best epoch, in the first, by its
    loss, by training, by test.
    """
    random = np.random.default_rng(seed)
    right, best_epoch, first, loss, train, test, *_ = winners = random.permutation(8)
    accuracies = {part: random.uniform(0.3, 0.5, (8, 3)) for part in PARTS}
    losses = {part: random.uniform(1.2, 1.5, (8, 3)) for part in PARTS}
    accuracies["validation"][right, 2] = 0.6
    accuracies["validation"][best_epoch, 1] = 0.8
    accuracies["validation"][first, 0] = 0.7
    losses["validation"][loss, 2] = 0.4
    accuracies["train"][train, 2] = losses["train"][train, 0] = 0.95
    accuracies["test"][test, 2] = 0.9
    return ({part: a.tolist() for part, a in accuracies.items()},
            {part: a.tolist() for part, a in losses.items()}, winners)  # fmt: skip


@criterion("decay.best.validation")
@given(seed=seeds, order=st.permutations(range(8)))
@settings(max_examples=6)
def test_the_best_is_chosen_by_the_validation_samples_after_the_last_epoch(submission, seed, order):
    """Return the weight decay with the highest validation accuracy after its last epoch.

    Catches: chosen by test or training samples, by the loss, by the best or the first epoch, the first or last run.
    """
    accuracies, losses, winners = drawn(seed)
    got = submission.best_weight_decay(made(accuracies, losses, order))
    assert_close(got, DECAYS[winners[0]], what="the best weight decay")


@criterion("decay.best.validation")
@given(seed=seeds, order=st.permutations(range(8)))
@settings(max_examples=3)
def test_of_equal_accuracies_the_lower_loss_is_better(submission, seed, order):
    """Return, of three with the same highest validation accuracy, the one with the lowest validation loss.

    Catches: the first, the last, the smallest or the largest of equal ones, the highest loss.
    """
    accuracies, losses, winners = drawn(seed)
    first, second, third = sorted(winners[[0, 6, 7]])  # the others win by other rules
    for k, loss in ((first, 0.9), (second, 0.7), (third, 0.8)):
        accuracies["validation"][k][2], losses["validation"][k][2] = 0.75, loss
    got = submission.best_weight_decay(made(accuracies, losses, order))
    assert_close(got, DECAYS[second], what="the best weight decay")


@criterion("decay.best.validation")
@given(seed=seeds, order=st.permutations(range(3)))
@settings(max_examples=2)
def test_each_run_counts_after_its_own_last_epoch(submission, seed, order):
    """Return the best of runs of unequal numbers of epochs: the one that ends first, or the one that ends last.

    Catches: the rows of the record's greatest epoch alone, all runs after as many epochs as the shortest has.
    """
    random = np.random.default_rng(seed)
    for accuracies, best in (((0.6, 0.5, 0.4), 0), ((0.4, 0.5, 0.6), 2)):
        runs = []
        for decay, epochs, accuracy in zip(DECAYS[3:], (2, 5, 11), accuracies, strict=False):
            measured = {name: random.uniform(0.2, 0.3, epochs) for name in MEASURES}
            measured["validation_accuracy"][-1] = accuracy
            runs.append(Run({"weight_decay": decay, "seed": 1}, measured).as_text())
        got = submission.best_weight_decay("".join(runs[k] for k in order))
        assert_close(got, DECAYS[3 + best], what="the best weight decay of runs of unequal length")


@criterion("decay.best.validation")
@given(seed=seeds)
@settings(max_examples=2)
def test_the_best_of_any_record(submission, seed):
    """Choose after the last of 120 epochs, by little, or by the loss where nothing is right; 0 may be the best.

    Catches: epochs or accuracies compared as texts, epochs counted up to 100, accuracies or losses that are rounded, 0
    taken for none, a single run left out.
    """
    random = np.random.default_rng(seed)

    def best(*ends):
        """Choose of runs with these weight decays, and accuracies and losses on the validation samples at the end."""
        record = ""
        for decay, accuracy, loss in ends:
            measured = {name: random.uniform(0.3, 0.5, 120) for name in MEASURES}
            measured["validation_accuracy"][-1], measured["validation_loss"][-1] = accuracy, loss
            record += Run({"weight_decay": decay, "seed": 1}, measured).as_text()
        return 1 + numbers(submission.best_weight_decay(record), what="the best weight decay")

    what = "one more than the best weight decay"
    assert_close(best((0.1, 0.6, 0.2), (0.2, 0.60004, 0.9), (0.3, 0.6, 0.1)), 1.2, what=what)
    assert_close(best((0.1, 0.0, 3.0), (0.2, 0.0, 2.0), (0.3, 0.0, 4.0)), 1.2, what=what)
    assert_close(best((0.1, 0.5, 0.7), (0, 0.6, 0.7), (0.3, 0.5, 0.7)), 1.0, what=what)
    assert_close(best((0.1, 0.6, 0.20005), (0.2, 0.6, 0.20004), (0.3, 0.6, 0.20006)), 1.2, what=what)
    assert_close(best((0.1, 5e-05, 0.7), (0.2, 0.1, 0.7), (0.3, 0.0, 0.7)), 1.2, what=what)
    assert_close(best((0.4, 0.0, 0.7)), 1.4, what=what)


def shown(got: object, measure: str) -> Axes:
    axes = [axes for axes in figure(got).axes if measure in axes.title.lower()]
    if len(axes) != 1:
        fail(f"there are not just one pair of axes with {measure!r} in their title")
    return axes[0]


@criterion("decay.figure.curves")
@given(seed=seeds, order=st.permutations(range(8)))
@settings(max_examples=2)
def test_the_lines_are_those_of_the_record(submission, seed, order):
    """Draw what training and test samples gave after the last epoch, by rising weight decay.

    Catches: other epochs, validation for test, one part twice, accuracy and loss exchanged, the record's order, that
    of the values as texts.
    """
    accuracies, losses, _ = drawn(seed)
    got = submission.draw_weight_decay(made(accuracies, losses, order))
    for measure, values in (("accuracy", accuracies), ("loss", losses)):
        for part in ("train", "test"):
            axes = shown(got, measure)
            assert_in_view(axes)
            if axes.xscale == "log" or not axes.xlim[0] <= DECAYS[0] < DECAYS[-1] <= axes.xlim[1]:
                fail(
                    "not every weight decay has a place in the figure: one is 0", f"from {axes.xlim} on {axes.xscale!r}"
                )
            curve = line(axes, part)
            assert_close(curve.x, DECAYS, what="the weight decays of a line")
            assert_close(curve.y, [epochs[2] for epochs in values[part]], what=f"the line {part!r} of {measure}")


@criterion("decay.figure.curves")
def test_a_record_of_many_runs_or_of_two_is_drawn(submission):
    """Draw a place for each weight decay of a record, be they fifteen, near each other, or two.

    Catches: a greatest number of runs, values that are rounded.
    """
    random = np.random.default_rng(1)
    for decays in ((0.0, *(0.0001 * k for k in range(1, 15))), (0.0, 1.0)):
        ends = {decay: {name: random.uniform(0.2, 0.9, 2) for name in MEASURES} for decay in decays}
        record = "".join(Run({"weight_decay": decay, "seed": 1}, ends[decay]).as_text() for decay in decays[::-1])
        got = submission.draw_weight_decay(record)
        for measure in ("accuracy", "loss"):
            curve = line(shown(got, measure), "train")
            assert_close(curve.x, decays, what="the weight decays of a line", every_entry=True)
            expected = [ends[decay][f"train_{measure}"][-1] for decay in decays]
            assert_close(curve.y, expected, what=f"the line 'train' of {measure}")


@criterion("decay.figure.curves")
def test_each_record_is_drawn_in_a_figure_of_its_own(submission):
    """Leave a figure as it is when another record is drawn.

    Catches: one figure for all, cleared or drawn into again.
    """
    parts = [drawn(seed)[:2] for seed in (0, 1)]
    records = [made(*each, list(range(8))) for each in parts]
    figures = all_at_once(submission.draw_weight_decay, *([record] for record in records))
    for got, (accuracies, _) in zip(figures, parts, strict=True):
        curve = line(shown(got, "accuracy"), "test")
        assert_close(curve.y, [epochs[2] for epochs in accuracies["test"]], what="the line 'test' of accuracy")


@criterion("decay.figure.words")
@given(seed=seeds)
@settings(max_examples=1)
def test_axes_and_lines_have_their_names(submission, seed):
    """Label both axes of both pairs, and name both lines in a legend of each.

    Catches: labels or legends that are missing on one of the two, labels of the other axis, lines that look alike, a
    legend with the other line's colour.
    """
    accuracies, losses, _ = drawn(seed)
    got = submission.draw_weight_decay(made(accuracies, losses, list(range(8))))
    for measure in ("accuracy", "loss"):
        axes = shown(got, measure)
        assert_labelled(axes)
        if "decay" in axes.ylabel.casefold() and "decay" not in axes.xlabel.casefold():
            fail("the labels of the axes are exchanged", f"got {axes.xlabel!r:.100} and {axes.ylabel!r:.100}")
        assert_in_legend(axes, ["train", "test"])
        assert_told_apart(axes)
        assert_keys(axes)

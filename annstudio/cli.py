"""The command line. It needs no display, and loads Qt only to open the window and to paint PDF and PNG."""

import argparse
import io
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn

from annstudio import __version__
from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, printable, shown, text

if TYPE_CHECKING:
    from annstudio.project.critic import Finding
    from annstudio.project.figures import Drawing
    from annstudio.project.figures.inks import Theme
    from annstudio.project.model import Project

FINE, FINDINGS, BAD, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: all is well; check or train found something wrong with the network; bad use, bad input or output; Ctrl+C.

Shells know the last one as 128 + SIGINT.
"""

_EPOCHS = 100
"""How long train goes on where nothing is said."""
_MOST_EPOCHS = 100_000
"""How long it goes on at most until it has converged: what never does is not to run for days."""

_TRAIN_CODES = (
    "Exit codes: 0 when training has ended, by its epochs, by Ctrl+C or because the numbers grew beyond all bounds: "
    "then the weights go back to the last sound epoch, and a sentence says so; 2 when a file cannot be read or "
    "written, or when -o has no sound epoch to write. A training that was done by then is printed all the same."
)

_NEGATIVE = re.compile(r"-(\.?\d|inf|nan)", re.IGNORECASE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    given = _with_tied_numbers(sys.argv[1:] if arguments is None else arguments)
    _accept_every_sign()
    try:
        options = _parser_for(given).parse_args(given)
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except UserError as error:
        _complain(str(error))
        return BAD
    except BrokenPipeError:
        _abandon(sys.stdout)
        return BAD
    except KeyboardInterrupt:
        _complain("interrupted")
        return INTERRUPTED


def _with_tied_numbers(given: Sequence[str]) -> list[str]:
    """Tie negative numbers to the option before them: argparse would take -1e-3 for an option itself."""
    tied: list[str] = []
    for each in given:
        if tied and re.fullmatch(r"--[a-z-]+", tied[-1]) and _NEGATIVE.match(each):
            tied[-1] += f"={each}"
        else:
            tied.append(each)
    return tied


def _accept_every_sign() -> None:
    """Let signs that the terminal's encoding lacks become question marks, not errors."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _say(answer: str) -> None:
    """Print on stdout, at once: when Python ends, it would be too late to tell that it failed."""
    with _told_of_failure():
        print(answer, flush=True)


def _put_out(content: bytes) -> None:
    """Write a file's content on stdout, at once."""
    with _told_of_failure():
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


@contextmanager
def _told_of_failure() -> Iterator[None]:
    """Tell in a sentence that stdout cannot be written; a reader that went away is no failure of its own."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        from annstudio.project.file.problems import of_writing

        _abandon(sys.stdout)
        problem = of_writing(error)
        raise UserError(
            text(QT_TRANSLATE_NOOP("annstudio", "The output cannot be written: {problem}"), problem=problem)
        ) from error


def _complain(sentence: str) -> None:
    """Print a sentence on stderr; if not even that is possible, the exit code has to do."""
    try:
        print(f"annstudio: {sentence}", file=sys.stderr, flush=True)
    except OSError:
        _abandon(sys.stderr)


def _abandon(stream: IO[str]) -> None:
    """Point a stream that failed to nowhere, or Python would fail at it once more when it ends."""
    with suppress(OSError), open(os.devnull, "w", encoding="ascii") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())


class _Parser(argparse.ArgumentParser):
    """Refuses bad use with one sentence instead of a page."""

    def error(self, message: str) -> NoReturn:
        _complain(f"{printable(message)}. Try: {self.prog} --help")
        raise SystemExit(BAD)

    def print_help(self, file: Any = None) -> None:
        _say(self.format_help())


def _parser_for(given: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser of a subcommand where one is named, else that of the window."""
    parser, names = _commands()
    return parser if given and given[0] in names else _window_parser(names)


def _window_parser(commands: Collection[str]) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="annstudio",
        description="Open the window, with a project file or with the first example.",
        epilog=f"Commands: annstudio {', '.join(commands)}; each explains itself with --help.",
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE.ann", help="the project to open")
    parser.add_argument("--version", action="store_true", help="print the version")
    parser.add_argument(
        "--self-check", action="store_true", help="print how many entries every registry holds, as JSON"
    )
    parser.set_defaults(run=_open_window)
    return parser


def _commands() -> tuple[argparse.ArgumentParser, Collection[str]]:
    """Return the parser of the subcommands, and their names."""
    parser = _Parser(prog="annstudio")
    commands = parser.add_subparsers(required=True, parser_class=_Parser)
    _add_new(commands.add_parser("new", help="make a project file"))
    _add_train(
        commands.add_parser(
            "train",
            help="train the network of a project file",
            description="Train the network of a project file from the starting weights of its seed.",
            epilog=_TRAIN_CODES,
        )
    )
    _add_sweep(
        commands.add_parser(
            "sweep",
            help="train a project file's network with other settings and seeds, and rank them",
            description="Train the network of a project file with every combination of the given settings.",
            epilog="Exit codes: 0 when all trials were made, 2 for bad use or bad input, 130 when interrupted.",
        )
    )
    _add_check(commands.add_parser("check", help="say what is wrong with the network of a project file"))
    _add_gradients(
        commands.add_parser(
            "gradients",
            help="check the gradients of a project file's network",
            description="Compare backpropagation with central differences, near the starting weights of the seed.",
            epilog="Exit codes: 0 when they agree, 1 when not, 2 for bad use or bad input.",
        )
    )
    _add_export(
        commands.add_parser(
            "export",
            help="draw the network of a project file, for a paper or a slide",
            description="Draw the network of a project file as SVG, PDF or PNG.",
        )
    )
    return parser, commands.choices


def _add_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.ann", help="the file to write")
    start = parser.add_mutually_exclusive_group(required=True)
    start.add_argument("--data", metavar="NAME", help="key of a data set, e.g. exam, spiral, digits")
    start.add_argument("--template", metavar="NAME", help="key of an example instead, e.g. iris, deep_logistic")
    parser.add_argument("--hidden", metavar="N,N,…", help="units of the hidden layers, e.g. 64,32 (none)")
    parser.add_argument("--activation", metavar="NAME", help="of the hidden layers (tanh)")
    parser.add_argument("--optimizer", metavar="NAME", help="adam, sgd, … (adam, or the example's)")
    parser.add_argument("--learning-rate", metavar="X", help="the optimizer's own default where absent")
    parser.add_argument("--schedule", metavar="NAME", help="of the learning rate: constant, step, … (constant)")
    parser.add_argument("--loss", metavar="NAME", help="what fits the data set where absent")
    parser.add_argument("--batch-size", metavar="N", help="samples per step (10)")
    parser.add_argument("--seed", metavar="N", help="of initial weights and order of samples (0)")
    parser.set_defaults(run=_new)


def _add_train(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.ann")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="OUT.ann",
        help="where to write the trained network; nowhere if absent",
    )
    parser.add_argument(
        "--epochs",
        metavar="N",
        help=f"how long to train, at most (as the file says, else {_EPOCHS}; with --until-converged {_MOST_EPOCHS})",
    )
    parser.add_argument("--seed", metavar="S", help="instead of the file's own")
    parser.add_argument(
        "--patience",
        metavar="N",
        help="stop when the validation cost has not got lower for N epochs, and keep the best epoch's weights",
    )
    parser.add_argument(
        "--until-converged",
        action="store_true",
        help="stop when the gradient is almost zero or the cost has not changed by 0.01 %% over 20 epochs",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object on stdout")
    parser.set_defaults(run=_train)


def _add_sweep(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.ann")
    parser.add_argument(
        "--over",
        action="append",
        required=True,
        metavar="NAME=VALUE,VALUE",
        help="a setting of training, or activation, initializer or width of all hidden layers; may be given again",
    )
    parser.add_argument("--seeds", metavar="N", help="trainings of each combination (3)")
    parser.add_argument("--epochs", metavar="N", help=f"how long each is trained (as the file says, else {_EPOCHS})")
    parser.add_argument(
        "--resume",
        type=Path,
        metavar="FILE",
        help="keep results in this file as they come, and take those that are there already",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object on stdout")
    parser.set_defaults(run=_sweep)


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.ann")
    parser.set_defaults(run=_check)


def _add_gradients(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.ann")
    parser.add_argument("--json", action="store_true", help="print one JSON object on stdout")
    parser.set_defaults(run=_gradients)


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.ann")
    parser.add_argument(
        "-o", "--output", required=True, metavar="FILE", help="the file to write; - is the standard output"
    )
    parser.add_argument("--to", metavar="FORMAT", help="svg, pdf or png; what the output's name ends with if absent")
    parser.add_argument("--style", default="cards", metavar="NAME", help="cards, neurons, blocks (cards)")
    parser.add_argument("--theme", default="light", metavar="NAME", help="light, dark, print (light)")
    parser.add_argument("--scale", default="1", metavar="X", help="size; a PNG for paper needs 3 or more (1)")
    parser.add_argument("--legend", action="store_true", help="say below what the colors mean")
    parser.add_argument("--transparent", action="store_true", help="leave out the ground")
    parser.set_defaults(run=_export)


def _open_window(options: argparse.Namespace) -> int:
    if options.version:
        _say(f"annstudio {__version__}")
        return FINE
    if options.self_check:
        return _self_check()
    _require_display(options.file)
    from annstudio.ui.app import run_app

    return run_app(options.file)


def _self_check() -> int:
    from annstudio.project.settings import REGISTRIES

    counts = {name: len(registry) for name, registry in sorted(all_registries(REGISTRIES).items())}
    _say(json.dumps({"version": __version__, "registries": counts}, indent=2))
    return FINE


def all_registries(chosen_from: Mapping[str, Mapping[str, object]]) -> dict[str, Mapping[str, object]]:
    """Return every registry by name: those that settings choose from, and those that list things."""
    from annstudio.project.critic import rules
    from annstudio.project.figures import styles
    from annstudio.project.templates import templates

    return {**chosen_from, "critic": rules, "figure styles": styles, "templates": templates}


def _require_display(file: Path | None) -> None:
    """Say what is missing: without a display or its libraries Qt would abort the process."""
    from annstudio.display import missing_for_a_window

    if problem := missing_for_a_window():
        if file is not None:
            _require_file(file)
        raise UserError(problem)


def _require_file(file: Path) -> None:
    """Say that a file is missing; a window would say so itself."""
    from annstudio.project.file import check_there

    check_there(file)


def _new(options: argparse.Namespace) -> int:
    from annstudio.project.file import save

    training = {
        "optimizer": options.optimizer,
        "optimizer.learning_rate": options.learning_rate,
        "schedule": options.schedule,
        "loss": options.loss,
        "batch_size": options.batch_size,
        "seed": options.seed,
    }
    given = {key: value for key, value in training.items() if value is not None}
    project = _from_data(options, given) if options.template is None else _from_template(options, given)
    save(options.output, project, None, None)
    return FINE


def _from_data(options: argparse.Namespace, training: Mapping[str, str]) -> "Project":
    from annstudio.engine.activations import activations
    from annstudio.project.build import chain

    activation = activations.resolve("tanh" if options.activation is None else options.activation).info.key
    hidden = [(units, activation) for units in _units(options.hidden or "")]
    return chain(options.output.stem, options.data, hidden, training=training)


def _from_template(options: argparse.Namespace, training: Mapping[str, str]) -> "Project":
    from annstudio.project.edits import set_value
    from annstudio.project.templates import templates

    if options.hidden is not None or options.activation is not None:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio", "An example has its own layers: leave out --hidden and --activation, or --template."
                )
            )
        )
    project = templates.resolve(options.template)().build()
    for key, value in training.items():
        project = set_value(project, "training", key, value)
    return project


def _units(listed: str) -> list[int]:
    from annstudio.engine.layers.dense import Dense

    parts = [part.strip() for part in listed.split(",")] if listed.strip() else []
    if not all(parts):
        raise UserError(
            text(
                QT_TRANSLATE_NOOP("annstudio", "--hidden {value} has a comma too many: write it as in 64,32."),
                value=shown(listed),
            )
        )
    units = replace(Dense.info.param("units"), label="--hidden")
    return [int(units.check(part)) for part in parts]


def _check(options: argparse.Namespace) -> int:
    from annstudio.project.critic import criticize
    from annstudio.project.file import load

    findings = criticize(load(options.file).project)
    lines = [line for finding in findings for line in _told(finding)]
    _say("\n".join(lines) or "Nothing to criticize: the network can run.")
    return FINDINGS if findings else FINE


def _told(finding: "Finding") -> Iterator[str]:
    """Yield a finding and, below it, why and what the window's button would do."""
    yield f"{finding.severity}: {f'{finding.node}: ' if finding.node else ''}{finding.message}"
    if finding.why is not None:
        yield f"    why: {finding.why}"
    if finding.fix is not None:
        yield f"    fix: {finding.fix.label}"


def _train(options: argparse.Namespace) -> int:
    from annstudio.project.edits import set_value
    from annstudio.project.file import check_place, load
    from annstudio.training.batch import train

    asked = _epochs(options)
    if options.output:
        check_place(options.output)
    loaded = load(options.file)
    project = loaded.project
    epochs = asked or _epochs_of(project, options.until_converged)
    if options.seed is not None:
        project = set_value(project, "training", "seed", options.seed)
    with _progress_bar(epochs) as advance:
        outcome = train(project, epochs, advance, _criteria(options, project))
    if outcome.problem:
        _complain(str(outcome.problem))
    try:
        if options.output and outcome.learned:
            outcome.save(options.output, loaded.runs)
    finally:
        _say(json.dumps(outcome.as_json()) if options.json else outcome.as_text())
    return BAD if options.output and not outcome.learned else FINE


def _epochs(options: argparse.Namespace) -> int | None:
    """Return how many epochs there are to be at most, if that was asked for."""
    return None if options.epochs is None else _whole("--epochs", options.epochs, 1, 10_000_000)


def _epochs_of(project: "Project", until_converged: bool) -> int:
    """Return how many epochs there are to be at most, as the file says."""
    converges = until_converged or project.training["until_converged"]
    return int(project.training["epochs"]) or (_MOST_EPOCHS if converges else _EPOCHS)


def _criteria(options: argparse.Namespace, project: "Project") -> dict[str, Any]:
    """Return the criteria that were asked for here or in the file, by the name that the outcome gives them."""
    from annstudio.engine.stopping import Convergence, EarlyStopping

    criteria: dict[str, Any] = {}
    patience = int(project.training["patience"])
    if options.patience is not None:
        patience = _whole("--patience", options.patience, 1, 10_000_000)
    if patience:
        criteria["early stopping"] = EarlyStopping(patience)
    if options.until_converged or project.training["until_converged"]:
        criteria["convergence"] = Convergence()
    return criteria


def _sweep(options: argparse.Namespace) -> int:
    from annstudio.project.file import load
    from annstudio.training.sweep.plan import SEEDS, make_plan, parsed_axis
    from annstudio.training.sweep.ranking import ranked
    from annstudio.training.sweep.runner import Journal, results_of
    from annstudio.training.sweep.telling import as_json, as_text

    axes = [parsed_axis(given) for given in options.over]
    seeds = SEEDS.default if options.seeds is None else replace(SEEDS, label="--seeds").check(options.seeds)
    project = load(options.file).project
    epochs = _epochs(options) or int(project.training["epochs"]) or _EPOCHS
    plan = make_plan(project, axes, seeds, epochs)
    journal = Journal(options.resume) if options.resume is not None else None
    results, code = [], FINE
    with _progress_bar(len(plan.trials), "trial") as advance:
        try:
            for result in results_of(plan, journal):
                results.append(result)
                advance(result.cost)
        except KeyboardInterrupt:
            code = INTERRUPTED
    entries = ranked(plan, results)
    _say(json.dumps(as_json(plan, entries)) if options.json else as_text(plan, entries))
    return code


def _gradients(options: argparse.Namespace) -> int:
    from annstudio.project.file import load
    from annstudio.training.gradients import CheckedGradients

    checked = CheckedGradients(load(options.file).project)
    _say(json.dumps(checked.as_json()) if options.json else checked.as_text())
    return FINE if checked.found.holds else FINDINGS


def _export(options: argparse.Namespace) -> int:
    from annstudio.project.figures import SCALE, draw
    from annstudio.project.figures.inks import theme_named
    from annstudio.project.file import check_place, load
    from annstudio.project.file.atomic import replace_content

    output = None if options.output == "-" else Path(options.output)
    if output is not None:
        _spare_project(options.file, output)
        check_place(output)
    kind = _figure_format(options.to, output)
    scale = replace(SCALE, label="--scale").check(options.scale)
    theme = theme_named(options.theme)
    drawing = draw(load(options.file).project, options.style, legend=options.legend)
    if kind == "svg":
        from annstudio.project.figures.svg import written

        content = written(drawing, theme, scale, transparent=options.transparent).encode()
    else:
        content = _painted(drawing, theme, kind, scale, options.transparent)
    if output is None:
        _put_out(content)
    else:
        replace_content(output, content)
    return FINE


def _spare_project(file: Path, output: Path) -> None:
    """Refuse to write a figure over the very project that it shows."""
    if output.exists() and file.exists() and output.samefile(file):
        raise UserError(
            text(
                QT_TRANSLATE_NOOP("annstudio", "“{file}” is the project itself: choose another file for the figure."),
                file=printable(output.name),
            )
        )


def _figure_format(given: str | None, output: Path | None) -> str:
    """Return the format that was asked for, or else the one that the output's name ends with."""
    from annstudio.project.figures import FORMATS

    kind = given if given is not None else output.suffix[1:].lower() if output is not None else "svg"
    if kind in FORMATS:
        return kind
    raise UserError(
        text(
            QT_TRANSLATE_NOOP("annstudio", "Figures cannot be written as “{kind}”: give --to one of {known}."),
            kind=shown(kind),
            known=", ".join(FORMATS),
        )
    )


def _painted(drawing: "Drawing", theme: "Theme", kind: str, scale: float, transparent: bool) -> bytes:
    """Return a figure as Qt paints it, without a display."""
    from annstudio.display import missing_for_a_window

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if problem := missing_for_a_window():
        raise UserError(problem)
    from annstudio.ui.figure.painting import encoded, start_unseen

    app = start_unseen()
    try:
        return encoded(drawing, theme, kind, scale, transparent=transparent)
    finally:
        app.shutdown()


def _whole(name: str, given: str, low: int, high: int) -> int:
    from annstudio.core.params import Integer

    return Integer("epochs", name, minimum=low, maximum=high).check(given)


@contextmanager
def _progress_bar(epochs: int, unit: str = "epoch") -> Iterator[Callable[[float], None]]:
    """Give a function to call after each epoch with its cost; it draws a bar on a terminal and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda cost: None
        return
    from tqdm import tqdm

    # A terminal that does not tell its size still gets a bar.
    columns, lines = shutil.get_terminal_size()
    with tqdm(total=epochs, unit=unit, leave=False, file=sys.stderr, ncols=columns, nrows=lines) as bar:

        def advance(cost: float) -> None:
            bar.set_postfix_str(f"cost {cost:.4g}", refresh=False)
            bar.update()

        yield advance

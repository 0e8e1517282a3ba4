"""The command line. It needs no display, and loads Qt only to open the window."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from annstudio import __version__
from annstudio.core.errors import UserError

FINE, FINDINGS, BAD = 0, 1, 2
"""Exit codes: all is well; check found something; bad use or bad input."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        options = _parser_for(given).parse_args(given)
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except UserError as error:
        print(f"annstudio: {error}", file=sys.stderr)
        return BAD
    except BrokenPipeError:
        sys.stderr.close()
        return BAD
    except KeyboardInterrupt:
        print("annstudio: interrupted", file=sys.stderr)
        return 130


class _Parser(argparse.ArgumentParser):
    """Refuses bad use with one sentence instead of a page."""

    def error(self, message: str) -> NoReturn:
        print(f"annstudio: {message}. Try: {self.prog} --help", file=sys.stderr)
        raise SystemExit(BAD)


def _parser_for(given: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser of a subcommand where one is named, else that of the window."""
    commands = _commands()
    return commands if given and given[0] in {"new", "train", "check"} else _window_parser()


def _window_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="annstudio",
        description="Open the window, with a project file or with the first example.",
        epilog="Commands: annstudio new, annstudio train, annstudio check; each explains itself with --help.",
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE.ann", help="the project to open")
    parser.add_argument("--version", action="version", version=f"annstudio {__version__}")
    parser.add_argument(
        "--self-check", action="store_true", help="print how many entries every registry holds, as JSON"
    )
    parser.set_defaults(run=_open_window)
    return parser


def _commands() -> argparse.ArgumentParser:
    parser = _Parser(prog="annstudio")
    commands = parser.add_subparsers(required=True, parser_class=_Parser)
    _add_new(commands.add_parser("new", help="make a project file"))
    _add_train(commands.add_parser("train", help="train the network of a project file"))
    _add_check(commands.add_parser("check", help="say what is wrong with the network of a project file"))
    return parser


def _add_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.ann", help="the file to write")
    parser.add_argument("--data", required=True, metavar="NAME", help="key of a data set, e.g. exam, spiral, digits")
    parser.add_argument("--hidden", default="", metavar="N,N,…", help="units of the hidden layers, e.g. 64,32")
    parser.add_argument("--activation", default="tanh", metavar="NAME", help="of the hidden layers (tanh)")
    parser.add_argument("--optimizer", metavar="NAME", help="adam, sgd, … (adam)")
    parser.add_argument("--learning-rate", metavar="X", help="the optimizer's own default where absent")
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
    parser.add_argument("--epochs", default="100", metavar="N", help="how long to train (100)")
    parser.add_argument("--seed", metavar="S", help="instead of the file's own")
    parser.add_argument("--json", action="store_true", help="print one JSON object on stdout")
    parser.set_defaults(run=_train)


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.ann")
    parser.set_defaults(run=_check)


def _open_window(options: argparse.Namespace) -> int:
    if options.self_check:
        return _self_check()
    _require_display()
    from annstudio.ui.app import run_app

    return run_app(options.file)


def _self_check() -> int:
    from annstudio.project.settings import REGISTRIES

    counts = {name: len(registry) for name, registry in sorted(all_registries(REGISTRIES).items())}
    print(json.dumps({"version": __version__, "registries": counts}, indent=2))
    return FINE


def all_registries(chosen_from: Mapping[str, Mapping[str, object]]) -> dict[str, Mapping[str, object]]:
    """Return every registry by name: those that settings choose from, and those that list things."""
    from annstudio.project.critic import rules
    from annstudio.project.templates import templates

    return {**chosen_from, "critic": rules, "templates": templates}


def _require_display() -> None:
    """Say what is missing: without a display or its libraries Qt would abort the process."""
    from annstudio.display import missing_for_a_window

    if problem := missing_for_a_window():
        raise UserError(problem)


def _new(options: argparse.Namespace) -> int:
    from annstudio.project.build import chain
    from annstudio.project.file import save

    training = {
        "optimizer": options.optimizer,
        "optimizer.learning_rate": options.learning_rate,
        "loss": options.loss,
        "batch_size": options.batch_size,
        "seed": options.seed,
    }
    hidden = [(units, options.activation) for units in _units(options.hidden)]
    project = chain(
        options.output.stem,
        options.data,
        hidden,
        training={key: value for key, value in training.items() if value is not None},
    )
    save(options.output, project, None, None)
    return FINE


def _units(listed: str) -> list[int]:
    from annstudio.engine.layers.dense import Dense

    units = Dense.info.param("units")
    return [int(units.check(part.strip())) for part in listed.split(",")] if listed.strip() else []


def _check(options: argparse.Namespace) -> int:
    from annstudio.project.critic import criticize
    from annstudio.project.file import load

    findings = criticize(load(options.file).project)
    for finding in findings:
        where = f"{finding.node}: " if finding.node else ""
        print(f"{finding.severity}: {where}{finding.message}")
    if not findings:
        print("Nothing to criticize: the network can run.")
    return FINDINGS if findings else FINE


def _train(options: argparse.Namespace) -> int:
    from annstudio.engine.threads import set_blas_threads
    from annstudio.project.edits import set_value
    from annstudio.project.file import load
    from annstudio.training.batch import train

    epochs = _whole("--epochs", options.epochs, 1, 10_000_000)
    project = load(options.file).project
    if options.seed is not None:
        project = set_value(project, "training", "seed", options.seed)
    set_blas_threads(1)
    with _progress_bar(epochs) as advance:
        outcome = train(project, epochs, advance)
    if options.output:
        outcome.save(options.output)
    print(json.dumps(outcome.as_json()) if options.json else outcome.as_text())
    return FINE


def _whole(name: str, given: str, low: int, high: int) -> int:
    from annstudio.core.params import Integer

    return Integer("epochs", name, minimum=low, maximum=high).check(given)


@contextmanager
def _progress_bar(epochs: int) -> Iterator[Callable[[float], None]]:
    """Give a function to call after each epoch with its cost; it draws a bar on a terminal and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda cost: None
        return
    from tqdm import tqdm

    with tqdm(total=epochs, unit="epoch", leave=False, file=sys.stderr) as bar:

        def advance(cost: float) -> None:
            bar.set_postfix_str(f"cost {cost:.4g}", refresh=False)
            bar.update()

        yield advance

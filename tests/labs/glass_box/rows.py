"""What the tests of the glass box share: subjects, and rows of numbers calculated as they stand."""

import math
import re

from annstudio.engine.trainer import Trainer
from annstudio.labs.glass_box.bench import Subject
from annstudio.labs.glass_box.page import Stop
from annstudio.labs.notation import Figure, Fraction, Power, Root, Row, Sign, Words
from annstudio.project.compile import compile_data, compile_network, compile_trainer
from annstudio.project.model import Project

FUNCTIONS = {
    "exp": math.exp,
    "ln": math.log,
    "tanh": math.tanh,
    "sin": math.sin,
    "cos": math.cos,
    "arctan": math.atan,
    "cosh": math.cosh,
    "erf": math.erf,
    "max": max,
    "min": min,
    "abs": abs,
    "sqrt": math.sqrt,
    "sign": lambda value: (value > 0) - (value < 0),
}


def subject_of(project: Project, steps: int = 0) -> Subject:
    """Return what can be looked into, after some steps of training."""
    compiled, prepared = compile_network(project), compile_data(project)
    trainer: Trainer = compile_trainer(project, compiled.network, prepared)
    for _ in range(steps):
        trainer.advance(1)
    return Subject(project, compiled, prepared, trainer.checkpoint())


def all_stops(stop: Stop, most: int = 4) -> list[Stop]:
    """Return a stop and those within it; of many parts, the first ones and the last."""
    parts = list(stop.parts)
    if len(parts) > most:
        parts = [*parts[: most - 1], parts[-1]]
    return [stop, *(found for part in parts for found in all_stops(part, most))]


def value_of(row: Row) -> float | None:
    """Return the value of a row of numbers; None where it is no plain calculation, or not all of it is shown."""
    written = _written(row)
    if written is None or re.search(r"[^\W\d_]", re.sub("|".join(FUNCTIONS), "", re.sub(r"\d[\de.+-]*", "", written))):
        return None
    # Factors beside each other are multiplied.
    written = re.sub(r"(?<=[\d)])\s+(?=[\d(a-z])", "*", written)
    try:
        return float(eval(written, {"__builtins__": {}}, FUNCTIONS))
    except (OverflowError, ZeroDivisionError, SyntaxError):
        return None


def _written(row: Row) -> str | None:
    parts = [_piece(piece) for piece in row]
    return None if None in parts else "".join(str(part) for part in parts)


def _piece(piece: object) -> str | None:
    match piece:
        case Figure(value):
            return repr(float(value)) if math.isfinite(value) else None
        case Words(words) if isinstance(words, str):
            plain = words.replace("·", "*").replace("−", "-").replace("½", "0.5*")
            return None if set(plain) & set("…|=,;<>≥≤‖∂′") - set(",") else plain
        case Sign("e", "", "", False, None):
            return repr(math.e)
        case Fraction(top, bottom):
            return _joined("(({})/({}))", top, bottom)
        case Power(base, exponent):
            return _joined("(({})**({}))", base, exponent)
        case Root(inner):
            return _joined("sqrt({})", inner)
    return None


def _joined(template: str, *rows: Row) -> str | None:
    written = [_written(row) for row in rows]
    return None if None in written else template.format(*written)

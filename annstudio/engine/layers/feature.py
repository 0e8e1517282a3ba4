"""Features made from the inputs."""

from collections.abc import Sequence

from annstudio.core.calls import Calls
from annstudio.core.errors import UserError
from annstudio.core.params import Expression, Flag
from annstudio.core.registry import Info
from annstudio.core.small_digits import BELOW
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.engine.layers._features import Own, Products, Sines, Squares, Values, number
from annstudio.engine.layers.base import Layer, Shape, row
from annstudio.engine.stage import Stage

MOST_NAMED = 16
"""Inputs that a formula can name."""

MOST_FEATURES = 4096

_NAMES = tuple(f"x{number}" for number in range(1, MOST_NAMED + 1))

_EXPRESSION = Expression(
    "expression",
    QT_TRANSLATE_NOOP("annstudio", "Your formula"),
    default="sqrt(x1**2 + x2**2)",
    help=QT_TRANSLATE_NOOP(
        "annstudio", "Of the inputs x1, x2, … with + - * / ^, numbers, pi, exp, log, sqrt, abs, sin, cos and more."
    ),
    variables=_NAMES,
    synonyms=(("x", "x1"), *((name.translate(BELOW), name) for name in _NAMES)),
    needs="own",
)


class Feature(Layer):
    """a = [x; x²; xᵢ·xⱼ for every i < j; sin x; f(x)], of which each kind can be switched on.

    Without any training, a network sees a curve such as a circle as a straight line in these features.

    Args:
        values: x themselves.
        squares: x².
        products: xᵢ·xⱼ of every pair of inputs, 1·2, 1·3, …, 2·3, ….
        sines: sin x, of radians.
        own: a formula of one's own.
        expression: f, a formula of x1, x2, …; counts if own.
    """

    info = Info(
        key="feature",
        label=QT_TRANSLATE_NOOP("annstudio", "Features"),
        order=50,
        category=QT_TRANSLATE_NOOP("annstudio", "Layers"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Makes new features from the inputs: squares, products, sines, or a formula of yours."
        ),
        formula="a = [x; x²; xᵢ xⱼ; sin x; f(x)]",
        reference="Smilkov, Carter, Sculley, Viégas & Wattenberg 2017, Direct-manipulation visualization of deep "
        "networks",
        params=(
            Flag(
                "values",
                QT_TRANSLATE_NOOP("annstudio", "Inputs x"),
                default=True,
                help=QT_TRANSLATE_NOOP("annstudio", "Every input as it is."),
            ),
            Flag(
                "squares",
                QT_TRANSLATE_NOOP("annstudio", "Squares x²"),
                default=True,
                help=QT_TRANSLATE_NOOP("annstudio", "The square of every input: circles become straight lines."),
            ),
            Flag(
                "products",
                QT_TRANSLATE_NOOP("annstudio", "Products xᵢ·xⱼ"),
                default=True,
                help=QT_TRANSLATE_NOOP("annstudio", "The product of every two inputs: XOR becomes a straight line."),
            ),
            Flag(
                "sines",
                QT_TRANSLATE_NOOP("annstudio", "Sines sin x"),
                help=QT_TRANSLATE_NOOP("annstudio", "The sine of every input, for what comes back again and again."),
            ),
            Flag(
                "own",
                QT_TRANSLATE_NOOP("annstudio", "Own formula"),
                help=QT_TRANSLATE_NOOP("annstudio", "One more feature, by the formula that you type."),
            ),
            _EXPRESSION,
        ),
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio", "Right behind the Input, when you can guess which quantities decide."
        ),
        pros=QT_TRANSLATE_NOOP("annstudio", "With the right features a single unit may do what took a deep network."),
        cons=QT_TRANSLATE_NOOP("annstudio", "You have to know them; the products of many inputs are very many."),
    )
    icon = "square-function"
    letter = "F"

    def __init__(
        self,
        values: bool = True,
        squares: bool = True,
        products: bool = True,
        sines: bool = False,
        own: bool = False,
        expression: str = _EXPRESSION.default,
    ) -> None:
        kinds = [(values, Values()), (squares, Squares()), (products, Products()), (sines, Sines())]
        self._kinds = [kind for wanted, kind in kinds if wanted]
        if own:
            self._kinds.append(Own(_EXPRESSION.formula(expression)))

    def output(self, inputs: Sequence[Shape]) -> Shape:
        """Return (features,); see Layer.output."""
        given = row(inputs)
        made = sum(kind.count(given) for kind in self._kinds)
        if not 1 <= made <= MOST_FEATURES:
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP(
                        "annstudio",
                        "it would make {made} features of {given} inputs, and it can make 1 to {most}: "
                        "switch on other kinds.",
                    ),
                    made=made,
                    given=given,
                    most=MOST_FEATURES,
                )
            )
        for kind in self._kinds:
            if isinstance(kind, Own):
                _check_names(kind, given)
        return (made,)

    def multiply_adds(self, inputs: Sequence[Shape]) -> int:
        """Return one for every square and every product; see Layer.multiply_adds."""
        multiplying = (kind for kind in self._kinds if isinstance(kind, Squares | Products))
        return sum(kind.count(inputs[0][0]) for kind in multiplying)

    def calls(self, stage: Stage) -> tuple[Calls, Calls]:
        """Return each kind of features into its rows of a, and the sum of what they give for dJ/dx; see Layer.calls."""
        (x,) = stage.inputs
        forward: Calls = []
        backward: Calls = [] if x.error is None else [(x.error.fill, (0,))]
        start = 0
        for kind in self._kinds:
            rows = slice(start, start + kind.count(len(x.a)))
            start = rows.stop
            forward += kind.forward(x.a, stage.out.a[rows], stage.new)
            if x.error is not None and stage.error is not None:
                backward += kind.backward(x.a, stage.error[rows], x.error, stage.new)
        return forward, backward


def _check_names(own: Own, given: int) -> None:
    """Refuse a formula of inputs that there are not."""
    missing = [name for name in own.names if number(name) > given]
    if missing:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP("annstudio", "its formula uses {name}, and only {given} inputs come in."),
                name=missing[0],
                given=given,
            )
        )

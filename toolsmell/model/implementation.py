"""The code of a tool: facts with the lines that show them, and code that could not be followed."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from toolsmell.model.basics import Json, Pointer


class FactKind(StrEnum):
    """The sort of thing that code says about a tool."""

    BOUND = "bound"
    """A parameter is compared with a number, or so is its length."""
    ENUM = "enum"
    """A parameter must be one of several values."""
    DEFAULT = "default"
    """The value that the code uses if the parameter is not given."""
    GUARD = "guard"
    """A condition on parameters under which the tool fails."""
    FAILURE = "failure"
    """A condition on something else (a state, a result) under which the tool fails."""
    EFFECT = "effect"
    """Something outside of the server is changed, run or sent."""
    RESULT = "result"
    """The keys or the type of what is returned."""
    CONSTANT = "constant"
    """A fixed number or text that shapes the result: a page size, a sort order, a cap."""
    SIBLING = "sibling"
    """The handler of another tool is called."""
    DOCUMENTATION = "documentation"
    """The documentation of a parameter of a function that gets the tool's parameter unchanged."""
    EXAMPLE = "example"
    """An argument that a test of the project passes."""


_OFF = frozenset((FactKind.CONSTANT,))
"""Kinds that are neither shown nor cited: too few are worth saying (`benchmarks/code_facts.py`)."""
_UNSURE = (".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts")
"""Files whose effects are off: of those that were read, 15 of 22 were true."""


class FactSource(StrEnum):
    """The sort of text that a fact was read from."""

    CODE = "code"
    DOCSTRING = "docstring"
    COMMENT = "comment"
    TEST = "test"
    README = "readme"


class Operator(StrEnum):
    """A comparison of a parameter with values."""

    BELOW = "<"
    AT_MOST = "<="
    ABOVE = ">"
    AT_LEAST = ">="
    EQUALS = "=="
    DIFFERS = "!="
    AMONG = "in"
    OUTSIDE = "not in"
    GIVEN = "given"
    """The parameter has a value that is not empty."""
    ABSENT = "absent"

    @property
    def negated(self) -> "Operator":
        """Return the comparison that holds if this one does not."""
        return _NEGATED[self]

    @property
    def swapped(self) -> "Operator":
        """Return the comparison with its sides exchanged: `5 < limit` is `limit > 5`."""
        return _SWAPPED.get(self, self)


_PAIRS = (
    (Operator.BELOW, Operator.AT_LEAST),
    (Operator.ABOVE, Operator.AT_MOST),
    (Operator.EQUALS, Operator.DIFFERS),
    (Operator.AMONG, Operator.OUTSIDE),
    (Operator.GIVEN, Operator.ABSENT),
)
_NEGATED = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}
_SWAPPED = {
    Operator.BELOW: Operator.ABOVE,
    Operator.ABOVE: Operator.BELOW,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.AT_LEAST: Operator.AT_MOST,
}


class Handling(StrEnum):
    """The treatment of a value outside of a bound or an enumeration."""

    REJECTED = "rejected"
    """The tool fails, or answers with an error."""
    LIMITED = "limited"
    """The code uses the nearest value that is allowed."""
    REPLACED = "replaced"
    """The code uses another value, such as a default."""


class CodeEffect(StrEnum):
    """Something that code does outside of the server."""

    WRITES_FILE = "writes a file"
    DELETES_FILE = "deletes a file"
    RUNS_PROGRAM = "runs a program"
    SENDS_REQUEST = "sends a request that may change data"
    DELETES_REMOTE = "sends a request that deletes"
    WRITES_ROWS = "writes to a database"
    DELETES_ROWS = "deletes from a database"
    SENDS_MESSAGE = "sends a message"

    @property
    def deletes(self) -> bool:
        return self in (CodeEffect.DELETES_FILE, CodeEffect.DELETES_REMOTE, CodeEffect.DELETES_ROWS)

    @property
    def certain(self) -> bool:
        """Whether it always changes something: a program or a POST request may only read."""
        return self not in (CodeEffect.RUNS_PROGRAM, CodeEffect.SENDS_REQUEST)


class Flag(StrEnum):
    CONFIGURATION = "depends on configuration"
    """An environment variable or a setting decides whether it is true."""
    ERROR_PATH = "error path"
    """It happens while an error is handled."""


class Aspect(StrEnum):
    """The property of a parameter that a comparison is about."""

    VALUE = "value"
    LENGTH = "length"


class Condition(NamedTuple):
    """A condition that a fact stands under."""

    text: str
    """The condition as it is written in the code, cut to one line."""
    holds: bool = True
    """False if the fact stands in the branch for the opposite."""
    parameter: str | None = None
    """The wire parameter, if the condition compares one with values that are known."""
    operator: Operator | None = None
    """As it must hold: already negated if `holds` is False."""
    values: tuple[Json, ...] = ()
    """For `GIVEN` and `ABSENT`: empty, or the nothing (null, an empty text) that the code compares with."""
    aspect: Aspect = Aspect.VALUE
    json_type: str = ""
    """The type of the parameter in the schema, if there is exactly one."""


class CodeLines(NamedTuple):
    """Lines of a file, and a digest that tells whether they have changed."""

    file: str
    line: int
    end_line: int
    """The last line, inclusive."""
    digest: str
    """The first 12 hexadecimal digits of the SHA-256 of the lines without their indentation."""

    @property
    def shown(self) -> str:
        """The lines for people: `server.py:12-14`."""
        return f"{self.file}:{self.span}"

    @property
    def span(self) -> str:
        return str(self.line) if self.line == self.end_line else f"{self.line}-{self.end_line}"


class Rest(NamedTuple):
    """A sentence of a tool, and the lines of code that it was written from."""

    server: str
    """Key of the server."""
    tool: str
    pointer: Pointer
    sentence: str
    lines: tuple[CodeLines, ...]


class CodeStep(NamedTuple):
    """A call on the way from the handler to the lines of a fact."""

    function: str
    at: CodeLines
    arguments: Mapping[str, str] = {}
    """By parameter of the called function: the wire parameter that is passed to it unchanged."""


class CodeFact(NamedTuple):
    """One thing that the code of a tool shows."""

    kind: FactKind
    lines: CodeLines
    parameter: str | None = None
    """The wire parameter; for a parameter inside of another, the names with full stops between them."""
    operator: Operator | None = None
    """What holds for values that the tool accepts. For a guard, what holds for values that it rejects."""
    values: tuple[Json, ...] = ()
    aspect: Aspect = Aspect.VALUE
    handling: Handling | None = None
    effect: CodeEffect | None = None
    name: str = ""
    """A constant's name, a sibling's name, the program or the target of an effect."""
    message: str | None = None
    """The text that the tool fails with, with `…` for computed parts; the words of documentation."""
    conditions: tuple[Condition, ...] = ()
    """All conditions around the lines, also those in the functions on the way."""
    way: tuple[CodeStep, ...] = ()
    """The calls from the handler to the function that has the lines; empty in the handler itself."""
    source: FactSource = FactSource.CODE
    flags: frozenset[Flag] = frozenset()
    json_type: str = ""
    """The type of the parameter in the schema, if there is exactly one."""
    id: str = ""
    """`F1`, `F2` ... within one tool."""

    @property
    def off(self) -> bool:
        """Return True if too few facts of this kind in this language were true or worth saying when read."""
        return self.kind in _OFF or (self.kind is FactKind.EFFECT and self.lines.file.endswith(_UNSURE))

    @property
    def citation(self) -> str:
        """`code:PATH:LINES@HASH#FACT`"""
        return f"code:{self.lines.file}:{self.lines.span}@{self.lines.digest}#{self.id}"


class Unused(NamedTuple):
    """A parameter that neither the handler nor the functions that it reaches read."""

    parameter: str
    lines: CodeLines
    """The beginning of the handler."""


class Doubt(StrEnum):
    """Why the code of a tool was not followed, or not completely."""

    NO_SITE = "the tool was not read from source code"
    NO_READER = "code in this language is not followed"
    NO_HANDLER = "the handler was not found"
    CATCH_ALL = "the handler takes arguments without names"
    DECORATED = "a decorator of the project or of a library may use the arguments"
    ELSEWHERE = "the function only declares what other code does"
    WHOLE = "all arguments are passed on as one value"
    UNRESOLVED = "a call could not be followed"
    TOO_MUCH = "there is too much code to follow"


class Abstention(NamedTuple):
    """Something that was not followed, and where."""

    doubt: Doubt
    lines: CodeLines | None = None
    what: str = ""


class ReachedFunction(NamedTuple):
    """A function of the project that a tool runs."""

    name: str
    lines: CodeLines
    depth: int
    """0 is the handler."""
    way: tuple[CodeStep, ...] = ()


class Implementation(NamedTuple):
    """The code of one tool, as far as it was followed."""

    tool: int
    """Index of the tool."""
    functions: tuple[ReachedFunction, ...] = ()
    """The handler, and the functions that it reaches; empty if the handler was not found."""
    facts: tuple[CodeFact, ...] = ()
    unused: tuple[Unused, ...] = ()
    """Empty if something that was not followed may read the parameters."""
    abstained: tuple[Abstention, ...] = ()
    texts: Mapping[str, str] = {}
    """The code of `functions`, by `CodeLines.shown`."""

    @property
    def handler(self) -> ReachedFunction | None:
        return self.functions[0] if self.functions else None

    def of(self, *kinds: FactKind) -> tuple[CodeFact, ...]:
        """Return the facts of these kinds."""
        return tuple(fact for fact in self.facts if fact.kind in kinds)

    def of_parameter(self, name: str, *kinds: FactKind) -> tuple[CodeFact, ...]:
        """Return the facts of these kinds about a wire parameter."""
        return tuple(fact for fact in self.of(*kinds) if fact.parameter == name)

"""Values that files ask for: passed by the user by name, fixed by the file, or reported as missing.

A value that the user passes is used only if a file names it, and is never shown.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from toolsmell.errors import SourceError
from toolsmell.escape import shown
from toolsmell.model.declared import DeclaredPart, Input, InputKind, variables
from toolsmell.text import pattern

HOW_TO_PASS = "pass each with `--env NAME=VALUE`, or `--env NAME` where your environment has it"  # noqa: S105


class Inputs:
    """The inputs of one registry entry, filled in as they are asked for."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self._missing: dict[str, str] = {}
        self._left_out: list[str] = []
        self.secrets: dict[str, str] = {}
        """Values that must not be shown, by name: the user's, and what the file calls secret."""

    def passed(self, name: str) -> bool:
        """Return True if the user passed a value of this name."""
        return name in self._env

    def value(self, given: Input) -> str | None:
        """Return the value of an input, or None if it has none.

        `finish` reports the inputs that are missing or left out.
        """
        fixed, default = given.part.text("value"), given.part.text("default")
        if fixed:
            text = self.filled(fixed, variables(given.part))
        elif given.name in self._env:
            text = self.secrets[given.name] = self._env[given.name]
        elif default:
            text = self.filled(default, variables(given.part))
        else:
            self._absent(given)
            return None
        if text is None:
            return None
        if given.part.value.get("isSecret") is True:
            self.secrets[given.name] = text
        return _chosen(text, given)

    def filled(self, template: str, declared: Iterable[Input]) -> str | None:
        """Put values for the declared names in curly braces; others stay. None if one of them has no value."""
        values: dict[str, str] = {}
        for given in declared:
            if f"{{{given.name}}}" in template:
                value = self.value(given)
                if value is None:
                    return None
                values[given.name] = value
        return pattern(r"\{([^{}]+)\}").sub(lambda m: values.get(m[1], m[0]), template)

    def finish(self, what: str) -> tuple[str, ...]:
        """Return the notes for people. Raises a `SourceError` that names every missing input."""
        if self._missing:
            raise SourceError(f"{what} needs {', '.join(self._missing.values())}; {HOW_TO_PASS}")
        if not self._left_out:
            return ()
        names = ", ".join(shown(name) for name in dict.fromkeys(self._left_out))
        return (f"left out, being optional: {names}; `--env NAME=VALUE` passes one",)

    def _absent(self, given: Input) -> None:
        if is_needed(given.part):
            secret = "secret " if given.part.value.get("isSecret") is True else ""
            about = given.part.text("description")
            label = given.name or given.part.pointer
            self._missing[label] = f"{shown(label)} ({secret}{given.kind}{': ' + shown(about) if about else ''})"
        else:
            self._left_out.append(given.name or given.part.pointer)


def is_needed(part: DeclaredPart) -> bool:
    """Return True if a server needs an input: it is required, or secret and not called optional."""
    required = part.value.get("isRequired")
    return required is True or (part.value.get("isSecret") is True and required is not False)


def _chosen(text: str, given: Input) -> str:
    choices = given.part.value.get("choices")
    if isinstance(choices, list) and choices and text not in choices:
        known = ", ".join(shown(choice) for choice in choices if isinstance(choice, str))
        raise SourceError(f"{given.kind} '{shown(given.name)}' takes one of: {known}")
    return text


class Argument(NamedTuple):
    """One argument of a command line: a flag, a value, or a flag with its value."""

    flag: str | None
    value: str | None


def arguments_of(package: DeclaredPart, key: str, kind: InputKind, values: Inputs) -> list[Argument]:
    """Return the arguments under `key` of a package, without those that have no value."""
    found = (_argument(part, kind, values) for part in package.parts(key))
    return [argument for argument in found if argument is not None]


_ASKING = ("description", "default", "valueHint", "choices", "placeholder", "variables")
"""Keys of an argument that make sense only if the user has to pass a value."""


def _argument(part: DeclaredPart, kind: InputKind, values: Inputs) -> Argument | None:
    flag = part.text("name") if part.text("type") == "named" else None
    name = (flag or part.text("valueHint") or "").lstrip("-")
    asks = bool(part.text("value")) or is_needed(part) or any(part.value.get(key) for key in _ASKING)
    if flag and not asks and not values.passed(name):
        return Argument(flag, None)
    value = values.value(Input(part, kind, name))
    return None if value is None else Argument(flag, value)

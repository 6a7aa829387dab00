"""A comment that is meant to suppress findings and cannot.

## What it checks

Each `toolsmell: ignore[...]` in a comment of source code: whether it names a rule or smell that there is, and gives a
reason behind the bracket.

## Why it matters

It suppresses nothing, and looks as if it did. A reason is asked for because the next reader has to decide whether it
still has.

## Smelly

```json
{"rule": "undescribed-parameter", "problem": "gives no reason for ignoring undescribed-parameter"}
```

## Better

```json
{"rule": "undescribed-parameter", "reason": "described in the manual", "uses": 1}
```

## Not flagged

Rows of the configuration file: a run with an invalid one ends before it begins, with the line.

## References

- The same check in other linters, as in https://docs.astral.sh/ruff/rules/invalid-suppression-comment/
"""

from collections.abc import Iterator

from toolsmell.rules.base import Hit, Options, SuppressionUse


def check(use: SuppressionUse, _options: Options) -> Iterator[Hit]:
    if use.problem:
        yield Hit("", f"this comment suppresses nothing: it {use.problem}", excerpt=use.problem)

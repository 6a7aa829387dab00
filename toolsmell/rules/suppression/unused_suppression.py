"""A suppression in the configuration, or in the source, that suppresses nothing any more.

## What it checks

Each `[[suppress]]` of the configuration, and each `toolsmell: ignore[...]` in source code: whether the run had a
finding that it suppressed.

## Why it matters

Its finding is fixed. If the suppression stays, it hides the same fault when it comes back.

## Smelly

```json
{"rule": "undescribed-parameter", "reason": "described in the manual", "uses": 0}
```

## Better

```json
{"rule": "undescribed-parameter", "reason": "described in the manual", "uses": 2}
```

## Not flagged

Suppressions of rules that did not run and of servers that were not scanned; none if `--tool` is given. In a run that
sees a part of the project (`--skip-unrecognised`, `--server`, a server that failed), those of tools that it did not
see.

## References

- The same check in other linters, as in https://docs.astral.sh/ruff/rules/unused-noqa/
"""

from collections.abc import Iterator

from toolsmell.rules.base import Hit, Options, SuppressionUse


def check(use: SuppressionUse, _options: Options) -> Iterator[Hit]:
    if not use.uses and not use.expired and not use.problem:
        yield Hit("", f"the suppression of {use.about} suppresses nothing any more", excerpt=use.about)

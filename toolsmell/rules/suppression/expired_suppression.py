"""A suppression in the configuration whose last day has passed.

## What it checks

Each `[[suppress]]` with `until = YYYY-MM-DD`: whether that day is over.

## Why it matters

It was meant to give time, and the time is up: its findings count again.

## Smelly

```json
{"rule": "undescribed-parameter", "reason": "after the release", "until": "2026-01-31", "expired": true, "uses": 0}
```

## Better

```json
{"rule": "undescribed-parameter", "reason": "after the release", "until": "2026-01-31", "expired": false, "uses": 1}
```

## Not flagged

A suppression without an end, and one on its last day.

## References

- The same idea in other tools, as in https://google.github.io/osv-scanner/configuration/ (`ignoreUntil`).
"""

from collections.abc import Iterator

from toolsmell.rules.base import Hit, Options, SuppressionUse


def check(use: SuppressionUse, _options: Options) -> Iterator[Hit]:
    if use.expired:
        message = f"the suppression of {use.about} held until {use.until}"
        yield Hit("", message, excerpt=use.about)

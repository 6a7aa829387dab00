"""A value with two readings, and nothing tells which of them is meant, as a model reads it.

## What it checks

With `scan --judge`: each defect of the kind `unclear-value` that at least half of the verdicts on a tool report, with
words of the input that show it. A defect whose quotation is not in the input is dropped. The examples are what models
agreed on; the better one is of a kind that another rule reports.

## Why it matters

An agent passes seconds instead of milliseconds, or counts from 1 instead of 0, and the call works on something else.

## Smelly

```json
{
 "kind": "unclear-value",
 "parameter": "timeout",
 "quotation": "timeout",
 "problem": "nothing says whether the time is in seconds or milliseconds",
 "pointer": "/inputSchema/properties/timeout",
 "votes": 1,
 "verdicts": 1
}
```

## Better

```json
{
 "kind": "coercion",
 "parameter": "timeout",
 "quotation": "timeout",
 "problem": "nothing says whether the time is in seconds or milliseconds",
 "pointer": "/inputSchema/properties/timeout",
 "votes": 1,
 "verdicts": 1
}
```

## Not flagged

Tools that no model was asked about, and defects that fewer than half of the verdicts report. A model can be wrong: the
confidence is high if three verdicts or more all report the defect, low if only half of them do, and otherwise medium.

## References

- `docs/judge.md`: what a model is asked, and how often its reports were right.
"""

from collections.abc import Iterator

from toolsmell.model.verdicts import AgreedDefect, DefectKind
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.judge._hit import hit


def check(agreed: AgreedDefect, _options: Options) -> Iterator[Hit]:
    if agreed.defect.kind is DefectKind.UNCLEAR_VALUE:
        yield hit(agreed)

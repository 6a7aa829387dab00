"""A text that orders the agent about beyond the right use of the tool, as a model reads it.

## What it checks

With `scan --judge`: each defect of the kind `coercion` that at least half of the verdicts on a tool report, with
words of the input that show it. A defect whose quotation is not in the input is dropped. The examples are what models
agreed on; the better one is of a kind that another rule reports.

## Why it matters

An agent calls the tool without need, leaves out better ones, or passes on what is nobody's business.

## Smelly

```json
{
 "kind": "coercion",
 "parameter": "",
 "quotation": "ALWAYS use this tool first",
 "problem": "an agent would call it before every task, needed or not",
 "pointer": "/description",
 "votes": 1,
 "verdicts": 1
}
```

## Better

```json
{
 "kind": "contradiction",
 "parameter": "",
 "quotation": "ALWAYS use this tool first",
 "problem": "an agent would call it before every task, needed or not",
 "pointer": "/description",
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
    if agreed.defect.kind is DefectKind.COERCION:
        yield hit(agreed)

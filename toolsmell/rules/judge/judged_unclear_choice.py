"""Two tools of a server that could do the same task, and neither text tells which to use when, as a model reads them.

## What it checks

With `scan --judge`: each defect of the kind `unclear-choice` that at least half of the verdicts on a tool report, with
words of the input that show it. A defect whose quotation is not in the input is dropped. The examples are what models
agreed on; the better one is of a kind that another rule reports.

## Why it matters

An agent picks either, and sometimes the wrong one.

## Smelly

```json
{
 "kind": "unclear-choice",
 "parameter": "",
 "quotation": "Finds rooms",
 "problem": "find_rooms and search_rooms both find rooms by name",
 "pointer": "/description",
 "votes": 1,
 "verdicts": 1
}
```

## Better

```json
{
 "kind": "coercion",
 "parameter": "",
 "quotation": "Finds rooms",
 "problem": "find_rooms and search_rooms both find rooms by name",
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
    if agreed.defect.kind is DefectKind.UNCLEAR_CHOICE:
        yield hit(agreed)

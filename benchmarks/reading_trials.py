"""Trials of the reading by its effects: are kinds denied that are there, does every statement move a score, does steering?

    python benchmarks/reading_trials.py --data DIR

DIR (or TOOLSMELL_DATA) holds the texts; labels stand, by fingerprint, in `benchmarks/labels`. The shipped weights are
tried, which were fitted to these labels, but not to the orders, honest sentences and pairs in `labels`. Phrases and limits were
chosen with the files whose names end in `_seen`, `steering.txt` and `pairs.txt` in view, and without those that end in `_unseen`.
Of `pairs_third.txt`, every second line was in view, beginning with the first.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks import reading_data as data
from benchmarks.reading_data import Labelled
from toolsmell.model import Frame, Manifest, Provenance, Score, Tool
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.reading.sentence_weights import ORDERS
from toolsmell.scoring import rubric, score

VISIBLE: Final = 1e-3
"""A change of an expected level that a report with four decimals can show."""
TIE: Final = 1.0
"""Points of the overall score within which two texts tie."""
TOOLS: Final = 40
"""Tools that each order is added to."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default=os.environ.get("TOOLSMELL_DATA"))
    options = parser.parse_args()
    if not options.data:
        print("skipped: name the data by --data or TOOLSMELL_DATA", file=sys.stderr)
        return 0
    tools = data.labelled(Path(options.data), data.texts(Path(options.data)))
    chosen = [labels.tool for labels in tools[:: max(1, len(tools) // TOOLS)]]
    for line in (*denials(tools), *deletions(tools), *steering(chosen), *honest(chosen), *pairs()):
        print(line)
    return 0


def denials(tools: Sequence[Labelled]) -> Iterator[str]:
    """Count the kinds that are called missing although a reader saw them."""
    claims = wrong = 0
    for labels in tools:
        missing = {kind.value for kind in labels.tool.reading.missing}
        claims += len(missing)
        wrong += len(missing & labels.says(labels.first))
    yield f"false denials: {wrong} of {claims} ({wrong / claims:.1%}), goal at most 1%"


def deletions(tools: Sequence[Labelled]) -> Iterator[str]:
    """Remove each labelled sentence in turn: a statement has to lower a level, filler has to change nothing."""
    counts = {"informative": [0, 0], "filler": [0, 0]}
    lone = [0, 0]
    for labels in tools:
        if labels.quoted:
            continue
        before = _levels(labels.tool)
        for sentence in labels.tool.reading.sentences:
            within = [unit for unit in labels.first if unit.start < sentence.end and sentence.start < unit.end]
            kinds = frozenset(kind for unit in within for kind in unit.says) - {"steering"}
            if not kinds and not (within and all(unit.filler for unit in within)):
                continue
            text = labels.tool.text.raw
            after = _levels(_with(labels.tool, text[: sentence.start] + text[sentence.end :]))
            lowered = any(after[c] < before[c] - VISIBLE for c in before if c in after)
            changed = lowered or any(abs(after[c] - before[c]) > VISIBLE for c in before if c in after)
            seen = counts["informative" if kinds else "filler"]
            seen[0] += 1
            seen[1] += lowered if kinds else not changed
            if not kinds and not text[: sentence.start].strip() + text[sentence.end :].strip():
                lone[0] += 1
                lone[1] += not changed
    for name, (number, right) in counts.items():
        what = "lowers a level" if name == "informative" else "changes nothing"
        yield f"removing {name} text {what}: {right} of {number} ({right / max(1, number):.0%}), goal at least 90%"
    number, right = (of_all - of_lone for of_all, of_lone in zip(counts["filler"], lone, strict=True))
    yield f"  where other text remains, {right} of {number}; where the filler is the whole text, {lone[1]} of {lone[0]}"


def steering(chosen: Sequence[ToolContext]) -> Iterator[str]:
    """Add each order to tools, behind and before their text: no component may rise."""
    levels = [(tool, _levels(tool)) for tool in chosen]
    for name in ("steering", "orders_seen", "orders_unseen"):
        orders = _lines(name)
        behind = {order: _rises(order, levels, "{text} {order}") for order in orders}
        before = sum(_rises(order, levels, "{order} {text}") for order in orders)
        paid = [f"  {order} ({rises} of {len(chosen)} tools)" for order, rises in behind.items() if rises]
        yield (
            f"{name}: orders that raise a component: {len(paid)} of {len(orders)}, in {sum(behind.values())} of "
            f"{len(orders) * len(chosen)} texts, and in {before} if they stand first; goal none"
        )
        yield from paid


def _rises(order: str, levels: Sequence[tuple[ToolContext, dict[str, float]]], form: str) -> int:
    """Return in how many tools an order raises a component."""
    rises = 0
    for tool, before in levels:
        after = _levels(_with(tool, form.format(text=_ended(tool.text.raw), order=order)))
        rises += any(after[c] > before[c] + VISIBLE for c in before if c in after)
    return rises


def honest(chosen: Sequence[ToolContext]) -> Iterator[str]:
    """Add each honest sentence to tools: none may be withheld as an order."""
    for name in ("honest_seen", "honest_unseen"):
        held = {sentence: sum(_withheld(tool, sentence) for tool in chosen) for sentence in _lines(name)}
        mostly = [f"  {sentence} ({n} of {len(chosen)} tools)" for sentence, n in held.items() if 2 * n > len(chosen)]
        yield (
            f"{name}: honest sentences withheld as orders in most tools: {len(mostly)} of {len(held)}, in "
            f"{sum(held.values())} of {len(held) * len(chosen)} texts; goal none"
        )
        yield from mostly


def _withheld(tool: ToolContext, sentence: str) -> bool:
    text = _ended(tool.text.raw)
    read = _with(tool, f"{text} {sentence}").reading.sentences
    return any(one.start >= len(text) and one.reason in ORDERS for one in read)


def _lines(name: str) -> list[str]:
    return (data.LABELS / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def pairs() -> Iterator[str]:
    """Compare exact texts with wordy ones that say the same: the exact one has to win, or to tie within a point."""
    third = _lines("pairs_third")
    files = {"pairs": _lines("pairs"), "pairs_unseen": _lines("pairs_unseen")}
    files |= {"pairs_third, lines in view": third[::2], "pairs_third, the other lines": third[1::2]}
    for kind, lines in files.items():
        lost = []
        for line in lines:
            call, exact, wordy = line.split(" | ")
            name, _, names = call.removesuffix(")").partition("(")
            better, worse = (_overall(name, names.split(", "), text) for text in (exact, wordy))
            if worse > better + TIE:
                lost.append(f"  {name}: exact {better}, wordy {worse}")
        yield f"{kind}: exact texts that win or tie: {len(lines) - len(lost)} of {len(lines)}, goal nine of ten"
        yield from lost


def _overall(name: str, names: Sequence[str], description: str) -> float:
    schema = {
        "type": "object",
        "properties": {one: {"type": "string", "description": f"the {one} to use"} for one in names},
        "required": list(names),
    }
    tool = Tool(0, {"name": name, "description": description, "inputSchema": schema})
    server = ServerContext(Manifest("pairs", "labels", Provenance.FILE, (tool,)))
    scores = score.score_tool(server.tools[0], rubric.load(), Frame.EFFECTIVE)
    return score.overall(scores, Frame.EFFECTIVE, rubric.load()) or 0.0


def _ended(text: str) -> str:
    """Return a text with a full stop, so that what is added is a sentence of its own."""
    body = text.rstrip()
    return body if body.endswith((".", "!", "?", ":", "。")) else f"{body}."


def _with(tool: ToolContext, description: str) -> ToolContext:
    raw = {**tool.tool.raw, "description": description}
    return ToolContext(tool.tool._replace(raw=raw), tool.server)


def _levels(tool: ToolContext) -> dict[str, float]:
    scores = score.score_tool(tool, rubric.load(), Frame.EFFECTIVE)
    return {str(c): level for c, found in scores.items() if (level := _expected(found)) is not None}


def _expected(found: Score) -> float | None:
    return found.expected(Frame.EFFECTIVE)


if __name__ == "__main__":
    sys.exit(main())

"""Can a score be bought? Pads hundreds of real descriptions and prints what the overall score gains.

    python benchmarks/padding.py --data DIR [--tools 400] [--frame effective] [--write]

DIR holds `corpora/mcpm.jsonl` (a server a line); TOOLSMELL_DATA names it too. Every attack adds text that tells an
agent nothing about the tool. The gain is of the overall score, 0-100, of the attacked tool on its server.
"""

import argparse
import json
import os
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean
from typing import Any

from toolsmell.model import Frame, Manifest, Provenance, Tool
from toolsmell.reading.context import ServerContext
from toolsmell.scoring import rubric, score

PAGE = Path(__file__).parent.parent / "docs/scoring.md"
Tools = list[dict[str, Any]]
Attack = Callable[[Tools, int, random.Random, list[str]], Tools]

DICTIONARY = """anchor apple autumn badge barrel basket beacon bishop blanket bridge bronze butter candle canyon carpet
    castle cattle cellar cherry cinnamon circus clover copper coral cotton cradle cricket crystal curtain daisy desert
    diamond dolphin donkey dragon eagle echo ember engine falcon feather fiddle forest fossil fountain galaxy garden
    garlic ginger glacier granite hammer harbour harvest helmet honey horizon island ivory jacket jungle kettle kitten
    ladder lagoon lantern lemon leopard lizard magnet mango marble meadow mirror monkey mountain mustard needle nutmeg
    oak ocean olive onion orchard otter oyster paddle palace panther parrot pebble pepper piano pigeon pillow planet
    pocket poppy prairie pumpkin puzzle quarry rabbit raven ribbon river rocket saddle saffron salmon sandal sapphire
    scarf shadow shovel silver sparrow spider spiral spruce squirrel statue summer sunset swallow temple thistle
    thunder tiger timber tobacco tomato tulip tunnel turtle valley velvet violin walnut whistle willow window winter
    yarrow zebra""".split()

TEMPLATE = (
    "Use this tool when you need exact and current answers; do not use it where a broader search would do. "
    "It is read-only unless stated otherwise, and returns a structured response with all relevant fields. "
    "Missing permissions, invalid identifiers and rate limits are reported as errors. "
    "Required parameters must be given exactly as documented; optional ones fall back to their defaults. "
    "For example, start with the smallest set of arguments and add filters step by step."
)
CUES = (
    "Use when only if must not exceed maximum limit; returns error example default optional, instead of other tool. "
    "Required before after: never without valid supported range, e.g. default value. "
    "Note: warning, important, cannot fail unless invalid; such as result, response, output."
)
LONE = "Read-only: it changes nothing."
FILLER = (
    "This powerful and reliable tool makes it easy to get the job done quickly. "
    "It was designed with great care to give users the best possible experience every single time. "
    "Whether you are a beginner or an expert, it will help you reach your goals with confidence. "
    "Thanks to its flexible and robust approach, it fits seamlessly into any workflow. "
    "Enjoy a smooth, fast and modern way of working that saves time and effort."
)


def duplicated(tools: Tools, at: int, _: random.Random, __: list[str]) -> Tools:
    text = tools[at]["description"]
    return _with(tools, at, f"{text}\n\n{text}\n\n{text}")


def shuffled(tools: Tools, at: int, chance: random.Random, _: list[str]) -> Tools:
    words = tools[at]["description"].split() * 2
    chance.shuffle(words)
    return _append(tools, at, " ".join(words) + ".")


def template_everywhere(tools: Tools, _: int, __: random.Random, ___: list[str]) -> Tools:
    return [_append([tool], 0, TEMPLATE)[0] if _described(tool) else tool for tool in tools]


def named_template_everywhere(tools: Tools, _: int, __: random.Random, ___: list[str]) -> Tools:
    return [_append([tool], 0, _named(tool))[0] if _described(tool) else tool for tool in tools]


def siblings_sentences(tools: Tools, at: int, _: random.Random, __: list[str]) -> Tools:
    others = [tool["description"] for i, tool in enumerate(tools) if i != at and _described(tool)]
    text = ""
    for other in sorted(others, key=len)[-3:]:
        text = _joined(text, other) if text else other
    return _append(tools, at, text)


def name_template(tools: Tools, at: int, _: random.Random, __: list[str]) -> Tools:
    return _append(tools, at, _named(tools[at]))


def cues_stuffed(tools: Tools, at: int, _: random.Random, __: list[str]) -> Tools:
    return _append(tools, at, CUES)


def dictionary_words(tools: Tools, at: int, chance: random.Random, _: list[str]) -> Tools:
    return _append(tools, at, ". ".join(" ".join(chance.sample(DICTIONARY, 12)).capitalize() for _ in range(5)) + ".")


def schema_parroted(tools: Tools, at: int, _: random.Random, __: list[str]) -> Tools:
    return _append(tools, at, " ".join(_parroted(tools[at].get("inputSchema"))))


def filler(tools: Tools, at: int, _: random.Random, __: list[str]) -> Tools:
    return _append(tools, at, FILLER)


def lone_sentence(tools: Tools, at: int, _: random.Random, __: list[str]) -> Tools:
    return _append(tools, at, LONE)


def foreign_prose(tools: Tools, at: int, chance: random.Random, foreign: list[str]) -> Tools:
    return _append(tools, at, chance.choice(foreign))


ATTACKS: dict[str, tuple[Attack, float | None]] = {
    "duplicated text": (duplicated, 1),
    "shuffled words": (shuffled, 1),
    "a template in all tools": (template_everywhere, 1),
    "a template with the name in all tools": (named_template_everywhere, 1),
    "a sibling's sentences": (siblings_sentences, 1),
    "a name template in one tool": (name_template, 5),
    "cue words stuffed": (cues_stuffed, 5),
    "the schema parroted": (schema_parroted, 5),
    "dictionary words": (dictionary_words, 5),
    "one sentence that fits any tool": (lone_sentence, 1),
    "filler": (filler, None),
    "prose of a foreign server": (foreign_prose, None),
}
"""Each with the most that it should gain on average, or None without a goal."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default=os.environ.get("TOOLSMELL_DATA"))
    parser.add_argument("--tools", type=int, default=400)
    parser.add_argument("--frame", type=Frame, default=Frame.EFFECTIVE, choices=list(Frame))
    parser.add_argument("--write", action="store_true", help="put the table into docs/scoring.md")
    options = parser.parse_args()
    if not options.data:
        print("skipped: name the data by --data or TOOLSMELL_DATA", file=sys.stderr)
        return 0
    servers = [json.loads(line) for line in (Path(options.data) / "corpora/mcpm.jsonl").open(encoding="utf-8")]
    victims = _victims([server["tools"] for server in servers], options.tools)
    lines = list(_table(victims, options.frame))
    print(f"{len(victims)} tools, frame {options.frame}\n", *lines, sep="\n")
    if options.write:
        before, rest = PAGE.read_text(encoding="utf-8").split("<!-- attacks -->\n", 1)
        _, after = rest.split("<!-- end of attacks -->", 1)
        block = "\n".join(lines)
        PAGE.write_text(f"{before}<!-- attacks -->\n\n{block}\n\n<!-- end of attacks -->{after}", encoding="utf-8")
    return 0


def _table(victims: list[tuple[Tools, int, list[str]]], frame: Frame) -> Iterator[str]:
    yield "| what is added | mean gain | tools that gain 5 or more | goal |"
    yield "| --- | ---: | ---: | --- |"
    for name, (attack, goal) in ATTACKS.items():
        gains = list(_gains(attack, victims, frame))
        aim = "none set" if goal is None else f"at most {goal:g}"
        yield f"| {name} | {mean(gains):+.1f} | {sum(gain >= 5 for gain in gains) / len(gains):.0%} | {aim} |"


def _victims(servers: list[Tools], number: int) -> list[tuple[Tools, int, list[str]]]:
    """Draw tools with a description, from servers of two or more; each with long descriptions of other servers."""
    chance = random.Random(1)
    found = [(tools, i) for tools in servers if len(tools) > 1 for i, t in enumerate(tools) if _described(t)]
    prose = [(tools, t["description"]) for tools, i in found for t in (tools[i],) if 300 < len(t["description"]) < 1200]
    return [
        (tools, i, [text for owner, text in chance.sample(prose, 8) if owner is not tools])
        for tools, i in chance.sample(found, min(number, len(found)))
    ]


def _gains(attack: Attack, victims: list[tuple[Tools, int, list[str]]], frame: Frame) -> Iterator[float]:
    chance = random.Random(2)
    for tools, at, foreign in victims:
        before, after = _overall(tools, at, frame), _overall(attack(tools, at, chance, foreign), at, frame)
        if before is not None and after is not None:
            yield after - before


def _overall(tools: Tools, at: int, frame: Frame) -> float | None:
    manifest = Manifest("server", "corpus", Provenance.FILE, tuple(Tool(i, raw) for i, raw in enumerate(tools)))
    return score.overall(
        score.score_tool(ServerContext(manifest).tools[at], rubric.load(), frame), frame, rubric.load()
    )


def _described(tool: Any) -> bool:
    return isinstance(tool, dict) and isinstance(tool.get("description"), str) and bool(tool["description"].strip())


def _with(tools: Tools, at: int, description: str) -> Tools:
    return [{**tool, "description": description} if i == at else tool for i, tool in enumerate(tools)]


def _append(tools: Tools, at: int, text: str) -> Tools:
    return _with(tools, at, _joined(tools[at]["description"], text))


def _joined(description: str, text: str) -> str:
    """Return both as a person would join them: with a full stop between them."""
    body = description.rstrip()
    return f"{body}{'' if body.endswith(('.', '!', '?', ':', '。')) else '.'} {text}"


def _named(tool: dict[str, Any]) -> str:
    name = str(tool.get("name"))
    words = name.replace("_", " ").replace("-", " ")
    return (
        f"Use {name} when you need to {words}. Do not use {name} for anything other than to {words}. "
        f"{name} returns the result of {words} as a structured response. "
        f"If {words} fails, {name} returns an error that says why. For example, call {name} to {words}."
    )


def _parroted(schema: Any) -> Iterator[str]:
    properties = schema.get("properties") if isinstance(schema, dict) else None
    required = schema.get("required") if isinstance(schema, dict) else None
    for name, part in properties.items() if isinstance(properties, dict) else ():
        kind = part.get("type", "value") if isinstance(part, dict) else "value"
        need = "required" if isinstance(required, list) and name in required else "optional"
        yield f"The parameter {name} is a {need} {kind}."
        if isinstance(part, dict) and isinstance(part.get("description"), str):
            yield f"{name}: {part['description'].rstrip('.')}."


if __name__ == "__main__":
    sys.exit(main())

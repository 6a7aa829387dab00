"""A scripted model over loopback HTTP that answers each stage of the rewriter."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from tests.models.loopback import Answer, Asked, Loopback, embeds, says

ROOT = Path(__file__).parent.parent.parent

STAGES = {
    "explore": "You explore one tool",
    "analyse": "You compare the description",
    "write": "You improve the description",
    "check": "You check sentences",
    "choose": "You are an agent that chooses",
    "compare": "You compare two descriptions",
    "distinguish": "You tell apart tools",
}
Reply: TypeAlias = Answer | Callable[[Asked], Answer]

NOTHING = says(json.dumps({"claims": []}))
ALIKE = says(json.dumps({"sentences": []}))
STOP = says(json.dumps({"query": "", "arguments": None}))


def stage_of(asked: Asked) -> str:
    system = asked.body["messages"][0]["content"]
    return next((name for name, words in STAGES.items() if words in system), "other")


def user_text(asked: Asked) -> str:
    return str(asked.body["messages"][1]["content"])


FALSE = re.compile(r"A call may leave out the parameter `|Every call has to pass the parameter `")
"""Controls that the schema contradicts."""


def oracle(truth: Callable[[str], str]) -> Callable[[Asked], Answer]:
    """Answer a check by `truth`, which gives the verdict on a sentence; one that the evidence has is entailed."""

    def answer(asked: Asked) -> Answer:
        evidence, _, listed = user_text(asked).rpartition("\nSENTENCES\n")
        plain = " ".join(evidence.replace("\\n", " ").split())
        answers = []
        for number, sentence in re.findall(r"(?m)^(\d+)\. (.*)$", listed):
            bare = sentence.partition("`: ")[2] if sentence.startswith("About the parameter") else sentence
            known = " ".join(bare.split()) in plain
            verdict = "contradicted" if FALSE.match(sentence) else "entailed" if known else truth(sentence)
            answers.append({"number": int(number), "verdict": verdict, "quotation": ""})
        return says(json.dumps({"answers": answers}))

    return answer


YES = oracle(lambda _: "entailed")
NO = oracle(lambda _: "not said")


def _longer(asked: Asked) -> Answer:
    """Prefer the text that says more."""
    first, _, second = user_text(asked).partition("\nA:\n")[2].partition("\nB:\n")
    return says(json.dumps({"better": "A" if len(first) > len(second) - 30 else "B"}))


LONGER = _longer


def by_stage(**replies: Reply) -> Callable[[Asked], Answer]:
    """Answer by what is asked for; without an answer nothing is found, every sentence is entailed."""
    usual: dict[str, Reply] = {
        "explore": STOP,
        "analyse": NOTHING,
        "write": NOTHING,
        "check": YES,
        "compare": LONGER,
        "distinguish": ALIKE,
        **replies,
    }

    def script(asked: Asked) -> Answer:
        if asked.path.endswith("/embeddings"):
            return embeds([[1.0, 0.0] for _ in asked.body["input"]])
        reply = usual.get(stage_of(asked), NOTHING)
        return reply if isinstance(reply, Answer) else reply(asked)

    return script


def claim(text: str, *cites: str, parameter: str | None = None, component: str = "limitations") -> dict[str, Any]:
    return {"text": text, "component": component, "parameter": parameter, "cites": list(cites)}


def written(description: str, *claims: dict[str, Any], **parameters: str) -> Answer:
    return says(json.dumps({"description": description, "parameters": parameters, "claims": list(claims), "next": ""}))


def run(cwd: Path, *args: str, model: Loopback | None = None) -> subprocess.CompletedProcess[str]:
    """Run toolsmell in `cwd`; with `model`, its options are added."""
    named = ("--model", "scripted", "--model-url", model.url, "--no-cache") if model else ()
    command = [sys.executable, "-m", "toolsmell", args[0], *named, *args[1:]]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)


def asked_for(model: Loopback, stage: str) -> list[str]:
    """Return the last words of each question of one stage."""
    bodies = (a for a in model.asked if not a.path.endswith("/embeddings"))
    return [a.body["messages"][-1]["content"] for a in bodies if stage_of(a) == stage]


def tool_in(done: subprocess.CompletedProcess[str], name: str) -> Any:
    assert done.stdout, done.stderr
    return next(t for t in json.loads(done.stdout)["servers"][0]["tools"] if t["name"] == name)


def sequence(answers: Sequence[Answer]) -> Callable[[Asked], Answer]:
    """Answer with one after the other, and then always with the last."""
    left = list(answers)

    def answer(_: Asked) -> Answer:
        return left.pop(0) if len(left) > 1 else left[0]

    return answer

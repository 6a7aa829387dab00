"""Measures a judge that asks a model only if the scorecard is unsure: calls saved, and agreement kept.

    python benchmarks/cascade.py --data DIR [--weights shipped|fitted] [--write]

Each of three recorded jurors plays the model, and the two others say how good the outcome is: mean Cohen's kappa of
the six smells. A tool is asked about when one of its components has a smell probability inside that component's
band around a half. The bands are chosen on nine tenths of the servers and measured on the rest; so are the weights
of a `fitted` scorecard (needs numpy), while the `shipped` one is taken as it is. `--write` stores the bands for the
goal, chosen on all servers, in rubrics/six-components.yaml: those of the shipped weights belong there. DIR (or
TOOLSMELL_DATA) holds `jury/dev.jsonl`.
"""

import argparse
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import mean
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.jurors import COMPONENTS, Label, Replayed, fitted, read_labels, replayed, scores
from toolsmell.model import Component, Score
from toolsmell.scoring import rubric
from toolsmell.scoring.weights import Band, Rubric

JURORS = (0, 1, 2)
GOAL = 0.3
"""Share of the calls that may be made."""
AIM = 0.2
"""Share that the bands are chosen for, because new servers are a little different."""
LOSS = 0.02
"""Mean kappa that may be lost against asking about every tool."""
SHARES = (0.0, 0.05, 0.1, 0.15, AIM, 0.28, 0.4, 0.5, 0.7, 1.0)
STEP = 0.025
FOLDS = 10
SMELL = 3

Bits = int
"""A set of tools, one bit each: kappas are then counts of bits."""
Widths = Mapping[Component, float]
"""Half the width of each component's band; under zero is no band."""


class Outcome(NamedTuple):
    """The result of a cascade."""

    asked: float
    """Share of the tools that the model was asked about."""
    kappa: Mapping[Component, float]
    """With the jurors that are not the model, mean over the models."""
    fidelity: float
    """Mean kappa with the model itself, were it asked about everything."""

    @property
    def mean(self) -> float:
        return mean(self.kappa.values())


@dataclass(frozen=True)
class Bench:
    """Labels and predictions of one set of tools."""

    labels: Sequence[Label]
    scores: Sequence[Mapping[Component, Score]]

    @cached_property
    def everything(self) -> Bits:
        return (1 << len(self.labels)) - 1

    @cached_property
    def folds(self) -> list[Bits]:
        """Tools by fold; all of a server are in one."""
        return [_bits(label.fold == fold for label in self.labels) for fold in range(FOLDS)]

    @cached_property
    def scorecard(self) -> dict[Component, Bits]:
        """Tools that have the smell, by the scorecard."""
        return {c: _bits((_probability(s[c])) > 0.5 for s in self.scores) for c in COMPONENTS}

    @cached_property
    def jurors(self) -> dict[Component, list[Bits]]:
        return {c: [_bits(lab.levels[c][j] < SMELL for lab in self.labels) for j in JURORS] for c in COMPONENTS}

    @cached_property
    def doubt(self) -> dict[Component, list[tuple[float, Bits]]]:
        """For each component: how far each probability is from a half, nearest first, and the tools up to there."""
        found = {}
        for component in COMPONENTS:
            distances = sorted((abs((_probability(s[component])) - 0.5), i) for i, s in enumerate(self.scores))
            upto, steps = 0, []
            for distance, i in distances:
                upto |= 1 << i
                steps.append((distance, upto))
            found[component] = steps
        return found

    def asked(self, widths: Widths) -> Bits:
        """Return the tools that are asked about."""
        tools = 0
        for component, width in widths.items():
            within = [upto for distance, upto in self.doubt[component] if distance <= width]
            tools |= within[-1] if within else 0
        return tools

    def outcome(self, asked: Bits, within: Bits) -> Outcome:
        """Return what asking about these tools comes to, measured on those in `within`."""
        kappas: dict[Component, float] = {}
        fidelity = []
        for component in COMPONENTS:
            given = self.jurors[component]
            results = [(asked & given[j]) | (~asked & self.scorecard[component]) for j in JURORS]
            kappas[component] = mean(_kappa(results[j], given[o], within) for j in JURORS for o in JURORS if o != j)
            fidelity += [_kappa(results[j], given[j], within) for j in JURORS]
        share = (asked & within).bit_count() / within.bit_count()
        return Outcome(share, kappas, mean(fidelity))


def choose(bench: Bench, within: Bits, share: float) -> dict[Component, float]:
    """Return the widths that serve best on the tools in `within`, asking about `share` of them at most.

    Bands are widened step by step, each time the one that gives most kappa for the tools it adds. What a component
    gains over asking about everything does not pay for what another one loses.
    """
    full = bench.outcome(bench.everything, within)
    widths = dict.fromkeys(COMPONENTS, -STEP)

    def worth(outcome: Outcome) -> float:
        capped = mean(min(outcome.kappa[c], full.kappa[c]) for c in COMPONENTS)
        return capped + 0.1 * outcome.mean

    now = bench.outcome(bench.asked(widths), within)
    while True:
        best: tuple[float, Component, Outcome] | None = None
        for component in COMPONENTS:
            wider = {**widths, component: widths[component] + STEP}
            then = bench.outcome(bench.asked(wider), within)
            if wider[component] > 0.5 or then.asked > share:
                continue
            gain = (worth(then) - worth(now)) / max(then.asked - now.asked, 1e-3)
            if best is None or gain > best[0]:
                best = (gain, component, then)
        if best is None:
            return widths
        widths[best[1]] += STEP
        now = best[2]


def held_out(bench: Bench, share: float) -> Bits:
    """Return the tools that are asked about, each by bands that were chosen without its server."""
    asked = 0
    for fold in bench.folds:
        asked |= bench.asked(choose(bench, bench.everything & ~fold, share)) & fold
    return asked


def curve(bench: Bench) -> dict[float, Outcome]:
    """Print calls saved against agreement kept; return the outcomes by the share that was allowed."""
    full = bench.outcome(bench.everything, bench.everything)
    names = "".join(f"{c:>14}" for c in COMPONENTS)
    print(f"{'calls saved':>12}{'mean kappa':>12}{'loss':>8}{'fidelity':>10}{names}   loss of each component")
    found = {}
    for share in SHARES:
        asked = bench.everything if share == 1 else held_out(bench, share) if share else 0
        found[share] = outcome = bench.outcome(asked, bench.everything)
        losses = "".join(f"{full.kappa[c] - outcome.kappa[c]:>+14.3f}" for c in COMPONENTS)
        print(
            f"{1 - outcome.asked:>12.1%}{outcome.mean:>12.3f}{full.mean - outcome.mean:>+8.3f}{outcome.fidelity:>10.3f}{losses}"
        )
    return found


def escalation(bench: Bench, asked: Bits, chosen: Mapping[Component, Band]) -> None:
    """Print the result of a cascade that asks a small model before a large one."""
    print(
        "\nsmall model, then the large one if the small one contradicts a sure scorecard (kappa with the third juror)"
    )
    sure = {c: ~_near(bench, c, chosen[c]) for c in COMPONENTS}
    for small in JURORS:
        for large in JURORS:
            if small == large:
                continue
            (third,) = set(JURORS) - {small, large}
            given = bench.jurors
            doubted = 0
            for c in COMPONENTS:
                doubted |= (given[c][small] ^ bench.scorecard[c]) & sure[c]
            second = asked & doubted
            kappas = []
            for c in COMPONENTS:
                result = (
                    (second & given[c][large]) | (asked & ~second & given[c][small]) | (~asked & bench.scorecard[c])
                )
                kappas.append(_kappa(result, given[c][third], bench.everything))
            alone = mean(_kappa(given[c][large], given[c][third], bench.everything) for c in COMPONENTS)
            n = len(bench.labels)
            print(
                f"  juror {small + 1}, then {large + 1}: small asked {asked.bit_count() / n:.0%}, large "
                f"{second.bit_count() / n:.0%}, kappa {mean(kappas):.3f}; the large one about everything: {alone:.3f}"
            )


def _near(bench: Bench, component: Component, band: Band) -> Bits:
    return _bits(band.holds(_probability(s[component])) for s in bench.scores)


def bands(widths: Widths) -> dict[Component, Band]:
    """Return bands around a half; a component without one gets a single point."""
    return {c: Band(round(0.5 - max(0.0, w), 3), round(0.5 + max(0.0, w), 3)) for c, w in widths.items()}


def write(chosen: Mapping[Component, Band]) -> None:
    """Put the bands into the shipped rubric and its JSON form; nothing else of the file changes."""
    path = Path(__file__).parent.parent / "rubrics" / f"{rubric.DEFAULT}.yaml"
    text = path.read_text(encoding="utf-8")
    for component, band in chosen.items():
        text, found = re.subn(
            rf"(?ms)(^  {component}:\n.*?^    unsure: )\[[^]]*\]", rf"\g<1>[{band.low:g}, {band.high:g}]", text, count=1
        )
        if not found:
            raise SystemExit(f"{path}: {component} has no `unsure`")
    path.write_text(text, encoding="utf-8")
    path.with_suffix(".json").write_text(rubric.to_json(text, str(path)), encoding="utf-8")
    print(f"\nwrote {path}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=os.environ.get("TOOLSMELL_DATA"))
    parser.add_argument("--weights", choices=("shipped", "fitted"), default="fitted")
    parser.add_argument("--write", action="store_true", help="store the bands")
    args = parser.parse_args()
    if args.data is None:
        print("no data: pass --data or set TOOLSMELL_DATA")
        return
    labels = read_labels(Path(args.data) / "jury" / "dev.jsonl", FOLDS)
    rubrics = fitted(labels, FOLDS) if args.weights == "fitted" else [rubric.load()] * FOLDS
    bench = Bench(labels, scores(labels, rubrics))
    full = bench.outcome(bench.everything, bench.everything)
    found = curve(bench)[AIM]
    verdict = "met" if found.asked <= GOAL and full.mean - found.mean <= LOSS else "MISSED"
    print(f"\ngoal of {1 - GOAL:.0%} saved at a loss of {LOSS} at most: {verdict}")
    chosen = bands(choose(bench, bench.everything, AIM))
    print("bands: " + ", ".join(f"{c} {band.low:g}-{band.high:g}" for c, band in chosen.items()))
    escalation(bench, held_out(bench, AIM), chosen)
    replay(bench, rubrics, chosen)
    if args.write:
        write(chosen)


def replay(bench: Bench, rubrics: Sequence[Rubric], chosen: Mapping[Component, Band]) -> None:
    """Print what the judge itself makes of the jurors' answers, with its guards: calls, and kappa with the others."""
    print("\nthe judge itself, with its guards against steering")
    for name, used in (("asked about everything", None), ("in the cascade", chosen)):
        kappas = []
        for juror in JURORS:
            done = replayed(bench.labels, rubrics, juror, used)
            kappas.append(_replayed_kappa(bench, juror, done))
            print(
                f"  juror {juror + 1} {name}: {done.asked / len(bench.labels):.1%} of the calls, {done.suspect} verdicts "
                f"set aside, mean kappa {kappas[-1]:.3f}"
            )
        print(f"  {name}: mean kappa {mean(kappas):.3f}")


def _replayed_kappa(bench: Bench, juror: int, done: Replayed) -> float:
    kappas = []
    for component in COMPONENTS:
        result = _bits((level[component] or SMELL) < SMELL for level in done.levels)
        kappas += [_kappa(result, bench.jurors[component][o], bench.everything) for o in JURORS if o != juror]
    return mean(kappas)


def _kappa(a: Bits, b: Bits, within: Bits) -> float:
    """Return Cohen's kappa of two sets of tools, among those in `within`."""
    a, b, n = a & within, b & within, within.bit_count()
    agreed = n - (a ^ b).bit_count()
    yes_a, yes_b = a.bit_count(), b.bit_count()
    by_chance = (yes_a * yes_b + (n - yes_a) * (n - yes_b)) / n
    return 1.0 if by_chance == n else (agreed - by_chance) / (n - by_chance)


def _probability(score: Score) -> float:
    """Return the probability of a smell, or a half if the scorecard cannot read the text."""
    return 0.5 if score.smell_probability is None else score.smell_probability


def _bits(flags: Iterable[bool]) -> Bits:
    return sum(1 << i for i, flag in enumerate(flags) if flag)


if __name__ == "__main__":
    main()

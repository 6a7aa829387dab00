"""The lexicon that a scan reads has the phrases that people edit."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from toolsmell.model.reading import StatementKind
from toolsmell.reading.lexicon import UNIT, Rows, Trie, lexicon

RUBRICS = Path(__file__).parents[2] / "rubrics"


def test_the_compiled_phrases_are_those_that_people_edit() -> None:
    pytest.importorskip("scipy")
    from ruamel.yaml import YAML

    from toolsmell.calibrate.statement_weights import to_json

    source = YAML(typ="safe", pure=True).load((RUBRICS / "statements.yaml").read_text(encoding="utf-8"))
    compiled = to_json(source, None, [0.0] * len(StatementKind), [0.0] * len(StatementKind), {})
    known = lexicon()
    assert (known.phrases, known.cues) == (compiled["phrases"], [list(cues) for cues in compiled["cues"]]), (
        "run benchmarks/reading.py --fit after a change of the phrases"
    )
    assert known.verbs == compiled["verbs"]
    assert known.headings == compiled["headings"]


def numbers(runs: Trie) -> Iterator[int]:
    for part in runs.values():
        if isinstance(part, int):
            yield part
        else:
            yield from numbers(part)


def test_every_weight_is_of_a_kind_and_every_cue_has_phrases() -> None:
    known = lexicon()
    assert known.kinds == tuple(kind.value for kind in StatementKind)
    assert {len(row.split()) for row in known.rows.texts} == {len(known.rows.log_odds([]))} == {len(known.kinds)}
    assert {*numbers(known.grams), *known.named.values(), *known.openings.values()} == set(range(len(known.rows.texts)))
    assert set(numbers(known.phrases)) == set(range(len(known.cues)))


@pytest.mark.parametrize("times", [0, 1, 7, 6_000])
def test_the_rows_of_features_are_added_kind_by_kind(times: int) -> None:
    bias, *rows = [-228, 0, 41], [425, -232, 0], [0, 1, -1], [-7, 0, 0]
    weights = Rows(" ".join(map(str, bias)), [" ".join(map(str, row)) for row in rows])
    chosen = [0, 1, 2] * times
    expected = [start + sum(rows[i][kind] for i in chosen) for kind, start in enumerate(bias)]
    assert weights.log_odds(chosen) == [number / UNIT for number in expected]

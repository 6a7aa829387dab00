"""Agreement of jurors: the figures match published ones, and labels and reports are read."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.judge.test_jury import WHOLE, verdict
from tests.rubrics import COMPONENTS
from toolsmell import cli
from toolsmell.errors import SourceError
from toolsmell.judge.agreement import agreement, icc, kappa
from toolsmell.judge.ratings import Item, Ratings, from_reports, read_labels
from toolsmell.model import Frame, Provenance, ServerReport, Status, Tokens, ToolReport
from toolsmell.model.verdicts import Judgement, Standing, Verdict


def ratings(rows: Sequence[tuple[int | None, ...]], servers: list[str] | None = None) -> Ratings:
    names = servers or [f"s{i}" for i in range(len(rows))]
    items = (Item(name, dict.fromkeys(COMPONENTS, row)) for name, row in zip(names, rows, strict=True))
    return Ratings(tuple(f"j{i}" for i in range(len(rows[0]))), tuple(items))


def test_icc_of_shrout_and_fleiss() -> None:
    # Table 2 of "Intraclass correlations: uses in assessing rater reliability" (1979); they give 0.29.
    rows = [(9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7)]
    assert agreement(ratings(rows))["usage"].icc.value == pytest.approx(0.290, abs=0.001)


def test_kappa_of_a_textbook() -> None:
    # Cohen's kappa of two readers of 50 grants: 20 both, 5 and 10 one alone, 15 neither.
    assert kappa((20, 5, 10, 15)) == pytest.approx(0.4)
    assert kappa((50, 0, 0, 50)) == 1
    assert kappa((10, 0, 0, 0)) is None
    assert kappa((0, 0, 0, 0)) is None


def test_icc_is_not_defined_for_one_tool_or_for_levels_all_the_same() -> None:
    assert icc((1, 6, 18, 36, 3, 3)) is None
    assert agreement(ratings([(3, 3), (3, 3)]))["usage"].icc.value is None


def test_intervals_hold_the_figure_and_are_wider_for_fewer_servers() -> None:
    rows = [(1 + i % 5, 1 + (i + i // 7) % 5) for i in range(60)]
    many = agreement(ratings(rows))["usage"].icc
    few = agreement(ratings(rows, [f"s{i % 3}" for i in range(60)]))["usage"].icc
    assert many.low is not None and many.value is not None and many.high is not None
    assert few.low is not None and few.high is not None
    assert many.low < many.value < many.high
    assert agreement(ratings(rows))["usage"].icc == many


def test_a_juror_who_gave_no_level_is_left_out_of_that_tool() -> None:
    of = agreement(ratings([(1, 1, None), (3, 3, 3), (2, 2, 2), (4, 1, 4)]))["usage"]
    assert of.tools == 3
    assert list(of.kappa) == [(0, 1), (0, 2), (1, 2)]
    assert of.kappa[(0, 2)].value == 1


def label(levels: list[object], server: str = "a") -> str:
    return json.dumps({"server": server, "scores": dict.fromkeys(COMPONENTS, levels)})


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        pytest.param(f"{label([1, 2])}\nnot json", "labels:2: not a label", id="not JSON"),
        pytest.param(label([1, 6]), "labels:1: not a label: 6 is not a level", id="out of range"),
        pytest.param(label([1, True]), "True is not a level", id="a truth"),
        pytest.param('{"scores": {}}', "labels:1: not a label", id="no components"),
        pytest.param(label([1]), "same two or more jurors", id="one juror"),
        pytest.param(f"{label([1, 2])}\n{label([1, 2, 3])}", "same two or more jurors", id="two and three jurors"),
        pytest.param("", "same two or more jurors", id="nothing"),
    ],
)
def test_what_is_no_label_is_named(lines: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read_labels(lines, "labels")


def report(*verdicts: Verdict) -> ServerReport:
    judge = Judgement(Standing.USED, verdicts=verdicts)
    tool = ToolReport(0, "t", Tokens(1, 1, exact=False, encoding="x"), {}, None, None, (), judge)
    return ServerReport("a", None, "a.json", Provenance.FILE, Status.COMPLETE, None, None, (tool,), ())


def test_verdicts_of_a_report_are_ratings() -> None:
    small, large = verdict(2)._replace(model="small"), verdict(3)._replace(model="large")
    again = small._replace(sample=1)
    found = from_reports((report(small, large, again),), Frame.PROSE, "r")
    assert found.jurors == ("small", "large", "small #2")
    assert found.items[0].levels["usage"] == (2, 3, 2)
    with pytest.raises(SourceError, match="two jurors or more, and has those of 1"):
        from_reports((report(small, verdict(5, WHOLE)._replace(model="x")),), Frame.PROSE, "r")


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels = tmp_path / "labels.jsonl"
    labels.write_text("\n".join(label([1 + i % 5, 1 + i % 5, 5 - i % 5], f"s{i % 4}") for i in range(40)))
    assert cli.run(["judge", "agreement", str(labels)]) == 0
    text = capsys.readouterr().out
    assert "40 tools, 3 jurors" in text
    assert cli.run(["judge", "agreement", str(labels), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["usage"]
    assert found["tools"] == 40
    assert found["kappa"][0] == {"jurors": ["juror 1", "juror 2"], "value": 1.0, "low": 1.0, "high": 1.0}
    assert cli.run(["judge", "agreement", __file__]) == 2

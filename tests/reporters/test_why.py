"""`--why`: every sentence with what it says or why it does not count, the levels, at most three statements."""

from typing import Any

import pytest

from toolsmell.model import Frame
from toolsmell.model.reading import ReadSentence, StatementKind, ToolReading
from toolsmell.reporters import Style
from toolsmell.reporters.parts.columns import columns
from toolsmell.reporters.parts.why import Explained, mark, why

SAYS = (StatementKind.PURPOSE, StatementKind.WHEN_NOT)


def sentence(text: str, says: tuple[StatementKind, ...] = (), **more: Any) -> ReadSentence:
    made = ReadSentence(text, 0, len(text), says, (), counts=True, reason=None)
    return made._replace(**more)


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (sentence("a", SAYS), "purpose, when not"),
        (sentence("a", SAYS, parameters=("id", "x")), "purpose, when not; explains id, x"),
        (sentence("a", (), parameters=tuple("abcdefghij")), "explains a, b, c, d, e, f, g, h and 2 more"),
        (sentence("a", counts=False, reason="repeats the schema"), "does not count: it repeats the schema"),
        (
            sentence("a", SAYS[:1], counts=False, reason="stands near-verbatim in 4 siblings"),
            "purpose; does not count: it stands near-verbatim in 4 siblings",
        ),
        (sentence("a"), "detail"),
        (sentence("a", SAYS[:1], weight=0.1, slight="is shared"), "purpose; counts little: it is shared"),
        (sentence("a", SAYS[:1], weight=0.5, slight="is general"), "purpose; counts half: it is general"),
    ],
)
def test_a_sentence_is_marked(read: ReadSentence, expected: str) -> None:
    assert mark(read) == expected


def explained(samples: Any, *sentences: ReadSentence, values: Any = (2, 1, 1, None, 1, 4)) -> Explained:
    tool = samples.tool(0, "get_tide", list(values))
    return Explained(
        name="get_tide",
        reading=ToolReading(sentences),
        scores={str(component): score for component, score in tool.scores.items()},
        overall=21.4,
        percentile=30,
        frame=Frame.EFFECTIVE,
        statements=("say what `port` accepts", "say what it returns"),
    )


def test_the_text_comes_first_then_levels_then_statements(samples: Any) -> None:
    lines = list(why(explained(samples, sentence("Get the tide.", SAYS[:1])), Style()))
    assert lines[:4] == ["get_tide", "", "  Get the tide.", "      -> purpose"]
    assert lines[5] == "overall 21.4 of 100, above 30 of 100 public tools"
    assert [line for line in lines if line.endswith("smell")] == lines[6:9] + lines[10:11]
    assert "it is not a tool" in lines[9]
    assert lines[-2:] == ["  1. say what `port` accepts", "  2. say what it returns"]


@pytest.mark.parametrize("width", [60, 80, 140])
def test_lines_fit_and_nothing_of_a_server_acts(width: int, samples: Any) -> None:
    hostile = sentence(samples.HOSTILE * 30, reason=samples.HOSTILE, counts=False, parameters=(samples.HOSTILE,) * 3)
    made = explained(samples, hostile)._replace(name=samples.HOSTILE * 9, statements=(samples.HOSTILE,))
    for line in why(made, Style(width=width)):
        assert columns(line) <= width + 12, "an escaped command is longer than the command"
        assert line.isprintable()
        assert not line.lstrip().startswith("::")


def test_line_ends_in_a_sentence_are_spaces_and_other_invisible_characters_are_shown(samples: Any) -> None:
    lines = list(why(explained(samples, sentence("Get\n   the tide\u200b.")), Style()))
    assert lines[2].startswith("  Get the tide")
    assert "\u200b" not in lines[2]
    assert lines[2] != "  Get the tide."

"""Comments that are taken out of the parser's way: none that matters, and nothing else."""

import io
import tokenize
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.code.reading import manifest_of
from toolsmell.sources.code.python.blanks import LONGEST, without_long_runs

HEAD = 'from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("s")\n'
TOOL = '@mcp.tool()\ndef book(room: str) -> str:\n    """Book a room."""\n    return room\n'
RUN = "# it's one of many {\n" * (LONGEST + 1)


def test_a_file_of_sixty_thousand_comment_lines_is_read(tmp_path: Path) -> None:
    comments = '# x = "commented out", as whole files are {\n' * 60_000
    manifest = manifest_of(tmp_path, f"{HEAD}{comments[:1_900_000]}\n{TOOL}    # one\n{'# more' * 9}\n")
    assert [tool.description for tool in manifest.tools] == ["Book a room."]


def test_a_text_keeps_its_lines_that_look_like_comments(tmp_path: Path) -> None:
    code = f"{HEAD}{RUN}{TOOL}".replace('"""Book a room."""', f'"""Book.\n\n{RUN}"""')
    (tool,) = manifest_of(tmp_path, code).tools
    assert tool.description is not None and tool.description.count("# it's one of many {") == LONGEST + 1


def test_a_comment_for_toolsmell_stays(tmp_path: Path) -> None:
    comment = "# toolsmell: ignore[unclear-purpose] later\n"
    manifest = manifest_of(tmp_path, f"{HEAD}{RUN}{comment}{RUN}{comment}{TOOL}")
    assert [(ignore.rule, ignore.at.line) for ignore in manifest.ignores][-1] == ("unclear-purpose", 2 * LONGEST + 6)


PIECES = st.sampled_from(
    [RUN, "# one\n", "x = 1\n", 'y = "#"\n', f'"""\n{RUN}"""\n', f"z = r'''{RUN}'''\n", "w = '\\'#'\n"]
)


@given(st.lists(PIECES, min_size=1, max_size=5).map("".join))
@settings(max_examples=40, deadline=None)
def test_only_comments_become_white_space(code: str) -> None:
    after = without_long_runs(code.encode()).decode()

    def tokens(text: str) -> list[tuple[str, tuple[int, int]]]:
        found = tokenize.generate_tokens(io.StringIO(text).readline)
        return [(one.string, one.start) for one in found if one.type not in (tokenize.COMMENT, tokenize.NL)]

    assert tokens(after) == tokens(code)
    assert len(after) == len(code)
    assert (after.count("#") < code.count("#")) == any(
        line.startswith("# it") for line in [one.string for one in tokenize.generate_tokens(io.StringIO(code).readline)]
    )


@pytest.mark.parametrize(
    "code",
    [
        '"""' + "#\n" * 1_000_000,
        "#\n" * 499 * 500 + "x\n",
        "'\\" * 500_000 + RUN,
        RUN + "#" * 1_000_000 + " toolsmell:\n",
    ],
)
def test_hostile_code_ends(code: str) -> None:
    assert len(without_long_runs(code.encode())) == len(code)

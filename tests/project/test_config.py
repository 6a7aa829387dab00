"""Configuration files: what they may say, what they may not, and where the complaint points."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped, unused-ignore]

from toolsmell.errors import UsageError
from toolsmell.model import Severity
from toolsmell.project.config import find, parse, read
from toolsmell.project.config.keys import FORBIDDEN, KEYS, TABLES
from toolsmell.project.config.schema import json_schema
from toolsmell.project.config.settings import Config
from toolsmell.project.config.toml_lines import KeyLines
from toolsmell.scoring import rubric

SMELLS = ["smelly-description", *(part.smell for part in rubric.load().components.values())]
EVERYTHING = """\
frame = "prose"
select = ["recommended"]
extend-select = ["strict"]
ignore = ["cost"]
min-confidence = "medium"
fail-on = "warning"
fail-under = 40.5
max-smelly = 3
allow-unscored = true
clients = ["claude-code"]
baseline = "old.json"
tool-tokens = 800
server-tokens = 9000
targets = ["src", "tools.json"]
exclude = ["examples/"]

[server]
command = ["uvx", "rooms"]
env = ["ROOMS_TOKEN"]
name = "rooms"

[rules.unclear-purpose]
severity = "off"

[rules.tool-over-budget]
severity = "error"
budget = 700

[tools.book]
ignore = ["smell", "undescribed-parameter"]
fail-under = 20
tool-tokens = 900

[tools.book.rules.missing-description]
severity = "note"

[[suppress]]
rule = "undescribed-parameter"
reason = "described in the manual"

[[suppress]]
rule = "untyped-parameter"
tool = "book"
server = "rooms"
reason = "after the release"
until = 2027-01-31
"""


def complaint(text: str, name: str = "toolsmell.toml") -> str:
    with pytest.raises(UsageError) as refused:
        parse(text, name)
    return str(refused.value)


def test_everything_that_may_be_set_is_read() -> None:
    config = parse(EVERYTHING, "toolsmell.toml")
    assert config.values.keys() == KEYS.keys()
    assert config.server.command == ("uvx", "rooms")
    assert config.rules.off == {"unclear-purpose"}
    assert config.rules.severities == {"tool-over-budget": Severity.ERROR}
    assert config.rules.options == {"tool-over-budget": {"budget": 700}}
    assert config.tools["book"].tool_tokens == 900
    assert config.tools["book"].rules.severities == {"missing-description": Severity.NOTE}
    assert [(row.line, row.until) for row in config.suppress] == [(37, None), (41, "2027-01-31")]
    assert config.line("tools", "book", "fail-under") == 31


def test_pyproject_says_the_same_under_its_own_table() -> None:
    table = EVERYTHING.replace("[[", "[[tool.toolsmell.").replace("\n[", "\n[tool.toolsmell.")
    table = table.replace("[tool.toolsmell.[tool.toolsmell.", "[[tool.toolsmell.")
    own, other = parse(f"[tool.toolsmell]\n{table}", "a/pyproject.toml"), parse(EVERYTHING, "a/toolsmell.toml")
    assert own.values == other.values
    assert (own.server, own.rules, own.tools) == (other.server, other.rules, other.tools)
    assert own.suppress[1].line == other.suppress[1].line + 1
    assert own.line("fail-on") == 7


@pytest.mark.parametrize("key", sorted(FORBIDDEN))
@pytest.mark.parametrize("where", ["", "[server]\n", "[tools.book]\n", "[rules.untyped-parameter]\n"])
def test_what_a_file_may_not_set_is_refused_with_the_reason(key: str, where: str) -> None:
    for spelt in (key, key.replace("-", "_"), key.upper()):
        words = complaint(f'{where}{spelt} = "x"\n')
        assert f"cannot be set in a file: {FORBIDDEN[key]}" in words
        assert words.startswith(f"toolsmell.toml:{2 if where else 1}: ")


def test_nothing_that_is_forbidden_is_a_key() -> None:
    assert not FORBIDDEN.keys() & (KEYS.keys() | TABLES.keys())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('\nfail_on = "error"', ":2: fail_on: is not known; did you mean `fail-on`?"),
        ("zzz = 1", ":1: zzz: is not known; there are frame, select"),
        ("fail-under = true", ":1: fail-under: must be a number"),
        ("fail-under = nan", ":1: fail-under: must be 0 or more"),
        ("fail-under = 101", ":1: fail-under: must be 100 or less"),
        ("tool-tokens = 1.5", ":1: tool-tokens: must be an integer"),
        ('select = "all"', ":1: select: must be an array"),
        ("ignore = [1]", ":1: ignore: must hold strings only"),
        ('frame = "both"', ":1: frame: must be one of prose, effective"),
        ("server = 1", ":1: server: must be a table"),
        ("[server]\ncommand = []", ":2: server.command: is empty"),
        ('[server]\ncommand = "uvx rooms"', ":2: server.command: must be an array"),
        ('[server]\nenv = ["TOKEN=abc"]', ":2: server.env: holds names only"),
        ('[server]\ncommand = ["a"]\nurl = "b"', ":3: server.url: a server has a command or an address"),
        ("[rules]\nuntyped-parameter = 1", ":2: rules.untyped-parameter: must be a table"),
        ('[rules.tool-over-budget]\nbudget = "x"', ":2: rules.tool-over-budget.budget: must be an integer"),
        ("[rules.tool-over-budget]\nbugdet = 1", "did you mean `budget`?"),
        ("[suppress]\nrule = 1", ":1: suppress: must be written as [[suppress]]"),
        ('[[suppress]]\nrule = "x"', ":1: suppress.0: needs `reason`"),
        ('[[suppress]]\nreason = "x"', ":1: suppress.0: needs `rule`"),
        ('[[suppress]]\nrule = "x"\nreason = " "', "needs `reason`"),
        ('[[suppress]]\nrule = "x"\nreason = "y"\n\nuntil = "soon"', ":5: suppress.0.until: is no date"),
        ('[[suppress]]\nrule = "x"\nreason = "y"\nuntil = 2027-01-31T10:00:00', ":4: suppress.0.until: is no date"),
        ("[tools]\nbook = 1", ":2: tools.book: must be a table"),
        ("[tools.book]\nselect = []", ":2: tools.book.select: is a key for the top of the file"),
        ("[tools.book]\nselct = []", ":2: tools.book.selct: is not known"),
        ("a = \n", "toolsmell.toml: not valid TOML"),
        ("a = " + "[" * 5000 + "]" * 5000, "toolsmell.toml: not valid TOML"),
    ],
)
def test_a_complaint_names_file_line_key_and_cure(text: str, words: str) -> None:
    assert words in complaint(text)


@pytest.mark.parametrize("key", ["targets", "exclude"])
@pytest.mark.parametrize(
    "table", ["server", "rules.untyped-parameter", "tools.book", "tools.book.rules.untyped-parameter", 'paths."a"']
)
def test_a_key_of_the_file_is_no_key_of_a_table(key: str, table: str) -> None:
    words = complaint(f'[{table}]\n{key} = ["a"]\n')
    assert words.startswith("toolsmell.toml:2: ")
    assert words.endswith(f"{key}: is a key for the top of the file, before the first table")


def test_lines_are_those_of_the_statements() -> None:
    text = 'a = """\nb = 1\n"""\n\n[ "x.y" . z ] # [w]\nb = [\n  1, # c = 2\n]\nd.e = {f = 1}\n[[s]]\n[[s]]\nr = 1\n'
    lines = KeyLines(text)
    assert lines.of(("a",)) == 1
    assert lines.of(("b",)) == 1, "it stands in a text"
    assert lines.of(("x.y", "z")) == 5
    assert lines.of(("x.y", "z", "b")) == 6
    assert lines.of(("x.y", "z", "d", "e", "f")) == 9
    assert lines.of(("s", "0", "r")) == 10, "the first has none: its table is shown"
    assert lines.of(("s", "1", "r")) == 12


def test_lines_of_a_hostile_file_end_in_time() -> None:
    text = "a = [\n" + "1,\n" * 300_000 + "]\nzz = 1\n"
    assert complaint(text).startswith("toolsmell.toml:1: ")


def test_the_nearest_file_counts_and_the_search_ends_at_the_repository(tmp_path: Path) -> None:
    (tmp_path / "toolsmell.toml").write_text('fail-on = "note"')
    repository = tmp_path / "repository"
    folder = repository / "src" / "rooms"
    folder.mkdir(parents=True)
    assert find(str(folder)).values == {"fail-on": "note"}
    (repository / ".git").mkdir()
    assert find(str(folder)) == Config()
    (repository / "pyproject.toml").write_text('[tool.toolsmell]\nfail-on = "warning"')
    assert find(str(folder)).values == {"fail-on": "warning"}
    (repository / "src" / "pyproject.toml").write_text("[tool.other]\nx = 1 # toolsmell")
    assert find(str(folder)).values == {"fail-on": "warning"}, "a pyproject.toml without the table is passed over"
    (repository / "toolsmell.toml").write_text('fail-on = "error"')
    assert find(str(folder)).values == {"fail-on": "error"}, "toolsmell.toml comes before pyproject.toml"


def test_files_that_cannot_be_read_are_messages(tmp_path: Path) -> None:
    path = tmp_path / "toolsmell.toml"
    for content, words in ((b"\xff\xfe", "not UTF-8"), (b"#" * (1024 * 1024 + 1), "larger than")):
        path.write_bytes(content)
        with pytest.raises(UsageError, match=words):
            find(str(tmp_path))
    path.unlink()
    path.symlink_to(path)
    with pytest.raises(UsageError, match="link to no file, or to itself"):
        find(str(tmp_path))
    with pytest.raises(UsageError, match="no such file"):
        read(str(tmp_path / "other.toml"))
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    with pytest.raises(UsageError, match=r"has no \[tool\.toolsmell\]"):
        read(str(tmp_path / "pyproject.toml"))


VALUES = st.one_of(
    st.booleans(),
    st.integers(-5, 200),
    st.floats(allow_nan=False, allow_infinity=False, width=16),
    st.sampled_from(["error", "off", "never", "prose", "high", "untyped-parameter", "rooms"]),
    st.lists(st.sampled_from(["all", "cost"]) | st.integers(0, 3), max_size=2),
)
TABLE = st.dictionaries(st.sampled_from([*KEYS, "severity", "budget", "typo"]), VALUES, max_size=2)
CONFIGS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(KEYS, VALUES),
        "typo": VALUES,
        "server": st.dictionaries(st.sampled_from(["name", "env", "typo"]), VALUES, max_size=2) | VALUES,
        "rules": st.dictionaries(st.sampled_from(["tool-over-budget", "unclear-purpose"]), TABLE | VALUES, max_size=2),
        "tools": st.dictionaries(st.sampled_from(["book"]), TABLE | VALUES, max_size=1),
    },
)


def to_toml(data: dict[str, Any]) -> str:
    """Write tables in line: for these values JSON and TOML agree but for the sign between key and value."""

    def shown(value: Any) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f'"{k}" = {shown(v)}' for k, v in value.items()) + "}"
        return json.dumps(value)

    return "\n".join(f'"{key}" = {shown(value)}' for key, value in data.items())


@given(CONFIGS)
def test_the_published_schema_takes_what_the_reader_takes(data: dict[str, Any]) -> None:
    try:
        parse(to_toml(data), "toolsmell.toml")
        taken = True
    except UsageError:
        taken = False
    assert taken == Draft202012Validator(json_schema(SMELLS)).is_valid(data)


def test_the_published_schema_is_one() -> None:
    schema = json_schema(SMELLS)
    Draft202012Validator.check_schema(schema)
    everything = parse(EVERYTHING, "toolsmell.toml")
    assert set(schema["properties"]) == everything.values.keys() | TABLES.keys()


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    refused = ""
    try:
        parse(text, "toolsmell.toml")
    except UsageError as error:
        refused = str(error)
    assert not refused or refused.startswith("toolsmell.toml:")

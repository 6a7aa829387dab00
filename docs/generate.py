"""Writes the pages that are made from the code, or, with --check, says which are out of date.

    python docs/generate.py [--check]

Made are docs/rules/*.md (a page for each rule and smell, from the rule's module and the rubric), docs/rules/README.md
(the index), docs/commands.md (every `--help`), docs/exit-codes.md, docs/settings.md and docs/toolsmell.schema.json
(the keys of a configuration), the tables in docs/survey.md, and the numbers of findings that were read in README.md.
"""

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner

from toolsmell.cli import COMMANDS, group
from toolsmell.data import precision
from toolsmell.errors import PRECEDENCE, ExitCode
from toolsmell.project.config import keys
from toolsmell.project.config.schema import json_schema
from toolsmell.reporters.parts.pages import rule_page, smell_page, smelly_page
from toolsmell.rules import RULES
from toolsmell.rules.selection import PRESETS
from toolsmell.scoring import rubric
from toolsmell.scoring.smelly import SMELLY
from toolsmell.survey.tables import TABLES

ROOT = Path(__file__).parent.parent
NOTE = "<!-- Made by `python docs/generate.py`; edit the source, not this page. -->\n"

EXIT_CODES = {
    ExitCode.CLEAN: "nothing to complain about",
    ExitCode.FINDINGS: "a finding at or above `--fail-on` (default `error`), a tool under `--fail-under`, more smelly tools than `--max-smelly`, or a changed text that `--verify` rejects",
    ExitCode.USAGE: "the command line or the configuration asks for something that cannot be, or an option's file cannot be used",
    ExitCode.NOT_LINTED: "something was not linted: nothing found, unreadable, a server that failed or gave only a part "
    "of its list; `--allow-partial` forgives the rest where something was linted",
    ExitCode.JUDGE_FAILED: "a judge was required (`--require-judge`) and gave no verdict, or a model gave `augment` or `eval` no answer",
    ExitCode.NOT_VERIFIED: "a rewrite could not be verified",
    ExitCode.INTERNAL: "a bug in toolsmell",
    ExitCode.INTERRUPTED: "interrupted",
}


def pages() -> dict[Path, str]:
    """Return every generated page: path -> content."""
    made = {ROOT / "docs/commands.md": _commands(), ROOT / "docs/exit-codes.md": _exit_codes()}
    made |= {ROOT / f"docs/rules/{rule.id}.md": f"{NOTE}\n{rule_page(rule)}\n" for rule in RULES}
    parts = rubric.load().components.values()
    made |= {ROOT / f"docs/rules/{part.smell}.md": f"{NOTE}\n{smell_page(part)}\n" for part in parts}
    made[ROOT / f"docs/rules/{SMELLY}.md"] = f"{NOTE}\n{smelly_page(parts)}\n"
    made[ROOT / "docs/rules/README.md"] = _index()
    made[ROOT / "docs/settings.md"] = _settings()
    made[ROOT / "docs/survey.md"] = _survey()
    made[ROOT / "README.md"] = _readme()
    made[ROOT / "docs/toolsmell.schema.json"] = _schema()
    return made


_READ = r"[\d,]+ of [\d,]+ findings of the rules that are on by default right, and [\d,]+ of [\d,]+ worth"


def _readme() -> str:
    """Return README.md with the verdicts on the rules that are on by default."""
    known = [precision.of(rule.id) for rule in RULES if rule.recommended]
    right, read, useful, judged = (
        sum(getattr(one, name) for one in known) for name in ("right", "read", "useful", "judged")
    )
    told = (
        f"{right:,} of {read:,} findings of the rules that are on by default right, and {useful:,} of {judged:,} worth"
    )
    page, changes = re.subn(_READ, told, (ROOT / "README.md").read_text(encoding="utf-8"))
    if changes != 1:
        raise ValueError("README.md no longer says how many findings were read")
    return page


def _survey() -> str:
    """Return docs/survey.md with the columns of the tables between its markers."""
    begin, end = "<!-- tables:begin -->", "<!-- tables:end -->"
    page = (ROOT / "docs/survey.md").read_text(encoding="utf-8")
    lines = []
    for table, columns in TABLES.items():
        lines += ["", f"### {table}", "", "| column | type | meaning |", "|---|---|---|"]
        lines += [f"| `{column.name}` | {column.type} | {column.meaning} |" for column in columns]
    head, tail = page.split(begin)[0], page.split(end)[1]
    return "\n".join([f"{head}{begin}", *lines, "", f"{end}{tail}"])


def _schema() -> str:
    smells = [SMELLY, *(part.smell for part in rubric.load().components.values())]
    return json.dumps(json_schema(smells), indent=1) + "\n"


def _settings() -> str:
    tables = {
        "At the top": keys.KEYS,
        "`[server]`": keys.SERVER_KEYS,
        "`[rules.ID]`": keys.RULE_KEYS,
        "`[tools.NAME]`": keys.TOOL_KEYS,
        '`[paths."PATTERN"]`': keys.PATH_KEYS,
        "`[[suppress]]`": keys.SUPPRESS_KEYS,
    }
    lines = [
        NOTE,
        "# Settings",
        "",
        "Every key of `toolsmell.toml`; [configuration](configuration.md) says how they work.",
    ]
    for title, table in tables.items():
        lines += ["", f"## {title}", "", "| key | value | what it sets |", "|---|---|---|"]
        lines += [f"| `{name}` | {_values(key.schema)} | {key.help} |" for name, key in table.items()]
    lines += ["", "`[rules.ID]` takes the options of the rule besides, `[tools.NAME.rules.ID]` the same for one tool."]
    lines += ["", "## Settings that a file may not have", "", "| key | why |", "|---|---|"]
    lines += [f"| `{name}` | {why} |" for name, why in keys.FORBIDDEN.items()]
    return "\n".join(lines) + "\n"


def _values(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    bounds = [f"{words} {schema[key]}" for key, words in (("minimum", "from"), ("maximum", "to")) if key in schema]
    kind = "list of strings" if schema["type"] == "array" else schema.get("format", schema["type"])
    return " ".join([kind, *bounds])


def _index() -> str:
    lines = [NOTE, "# Rules", "", "`toolsmell explain ID` shows a page in the terminal.", "", "## Presets", ""]
    lines += [f"- `{name}`: {words}" for name, words in PRESETS.items()]
    lines += [
        "",
        "## smell",
        "",
        f"Reported as one finding a tool, [{SMELLY}]({SMELLY}.md).",
        "",
        "| id | a level under 3 for |",
        "|---|---|",
    ]
    lines += [
        f"| [{p.smell}]({p.smell}.md) | {p.component}: {p.title.lower()} |" for p in rubric.load().components.values()
    ]
    family = None
    for rule in RULES:
        if rule.family != family:
            family = rule.family
            lines += [
                "",
                f"## {family}",
                "",
                "| id | what is wrong | severity | preset | fix |",
                "|---|---|---|---|---|",
            ]
        preset = "recommended" if rule.recommended else "strict" if rule.strict else "all"
        lines.append(
            f"| [{rule.id}]({rule.id}.md) | {rule.summary} | {rule.severity} | {preset} | {'yes' if rule.fixable else ''} |"
        )
    return "\n".join(lines) + "\n"


def _exit_codes() -> str:
    rows = [f"| {int(code)} | {EXIT_CODES[code]} |" for code in sorted(ExitCode)]
    order = ", ".join(str(int(code)) for code in PRECEDENCE)
    return "\n".join(
        [
            NOTE,
            "# Exit codes",
            "",
            "| code | meaning |",
            "|---|---|",
            *rows,
            "",
            f"Where several apply, the first of {order}.",
            "",
            "A server, or a report to show, that is missing or unreadable gives 3, also where `--before` or `--after` names it.",
            "Every other file gives 2: of `--baseline`, `--base`, `--cases`, `--config`, `--locked`, `--prices`, `--replay`,",
            "`--rubric` or `replay:`, the labels of `calibrate` and `judge agreement`, and the answers for `judge import`.",
            "",
        ]
    )


def _commands() -> str:
    parts = [NOTE, "# Commands"]
    for name in ("", *COMMANDS):
        args = [*name.split(), "--help"]
        parts += ["", f"## toolsmell {name}".rstrip(), "", "```", _help(args).rstrip(), "```"]
        command = group.get_command(click.Context(group), name) if name else None
        if isinstance(command, click.Group):
            for sub in sorted(command.commands):
                parts += ["", f"### toolsmell {name} {sub}", "", "```", _help([name, sub, "--help"]).rstrip(), "```"]
    return "\n".join(parts) + "\n"


def _help(args: list[str]) -> str:
    result = CliRunner().invoke(group, args, prog_name="toolsmell", terminal_width=100, catch_exceptions=False)
    return result.output


def stale() -> list[Path]:
    """Return the pages that are missing, out of date, or of a rule that is gone."""
    made = pages()
    wrong = [path for path, text in made.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    return wrong + [path for path in sorted((ROOT / "docs/rules").glob("*.md")) if path not in made]


def main() -> int:
    if "--check" in sys.argv:
        wrong = stale()
        for path in wrong:
            print(f"{path.relative_to(ROOT)}: out of date; run `python docs/generate.py`")
        return bool(wrong)
    made = pages()
    for path in stale():
        if path not in made:
            path.unlink(missing_ok=True)
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

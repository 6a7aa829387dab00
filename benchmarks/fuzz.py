"""Feeds the command line with files that nobody meant to write: 10,000 lists of tools and 5,000 source files.

    python benchmarks/fuzz.py [--manifests 10000] [--sources 5000] [--seed 1] [--keep FOLDER]

Each case changes a fixture in a few places, by a seed that is printed, and is scanned by the command line inside this
process. It counts the exit codes and the source files that still parse, and fails (exit 1) for an internal error, an
escape sequence in the output or a case that takes over ten seconds. `--keep` saves the cases that failed.
"""

import argparse
import contextlib
import copy
import io
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
FORMATS = ("text", "json", "markdown", "sarif", "github", "junit")
SLOW = 10.0
SEEDS = (
    ROOT / "fixtures/clean/tools.json",
    ROOT / "fixtures/screenshot.json",
    *sorted((ROOT / "fixtures/sources/expected").glob("*.json")),
)
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1e308, 2**70, "", " ", "a", "\x00", "\x1b[31mred", "\u202e", "\ud800", "\u200b" * 9, "x" * 5000,
    "::error::a", "[x](javascript:1)", "<script>", "../../x", [], [[]], {}, {"": ""}, [None], ["a", 1], {"type": "object"},
    {"$ref": "#"}, {"$ref": "#/a/b"}, {"type": ["string", "null"]}, {"enum": []}, {"properties": []}, {"required": "a"},
)  # fmt: skip
COMMON = ("1", "f()", "a.b.c", "x[0]", "-x", '""', '"a" + b', '"' + "n" * 300 + '"')
PYTHON = (
    "None", "[]", "{}", "()", "not x", "lambda: 1", "*a", "await f()", "b''", "f'{x}'", "x if y else z", "[x for x in y]",
    "{**a}", "...", "('a', 'b')", "['a', f()]", "{'a': 1}", "'a' * 9", "dict(a=1)", "str(x)", "x := 1", "True",
)  # fmt: skip
SCRIPT = (
    "null", "undefined", "[]", "({})", "`t${x}`", "() => 1", "new X()", "z.record()", "z.object()", "z.union([])", "/re/g",
    "true ? a : b", "await f()", "z", "z.string().optional().default()", "({ ...a })", "a?.b", "a ?? b", "typeof x", "z.enum()",
)  # fmt: skip
GO = (
    "nil",
    "[]string{}",
    "map[string]any{}",
    "struct{}{}",
    "fmt.Sprintf(x, y)",
    "&T{}",
    "T(1)",
    "`raw`",
    "true",
    "func() string { return a }()",
)
EXPRESSIONS = {".py": PYTHON, ".ts": SCRIPT, ".js": SCRIPT, ".go": GO}
"""The expressions that replace strings, by language."""
_STRING = re.compile(r"(?<![\"'`\w])(?:\"[^\"\n]{1,80}\"|'[^'\n]{1,80}')(?![\"'`]|\s*:)")
_NAME = re.compile(r"\b[a-z_][A-Za-z_]{2,20}\b")


class Case(NamedTuple):
    name: str
    content: bytes
    parses: bool = True


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--manifests", type=int, default=10_000)
    parser.add_argument("--sources", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the cases that failed")
    args = parser.parse_args()
    failed = 0
    for what, cases in (
        ("lists of tools", manifests(args.seed, args.manifests)),
        ("source files", sources(args.seed, args.sources)),
    ):
        failed += run(what, cases, args.keep)
    return 1 if failed else 0


def run(what: str, cases: Iterator[Case], keep: Path | None) -> int:
    """Scan every case, print what came of them, and return how many failed."""
    codes: Counter[int] = Counter()
    parsed = failed = number = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, case in enumerate(cases, start=1):
            parsed += case.parses
            code, fault = scanned(Path(folder), case, FORMATS[number % len(FORMATS)])
            codes[code] += 1
            if fault:
                failed += 1
                print(f"case {number} ({case.name}): {fault}")
                if keep:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{number}-{case.name}").write_bytes(case.content)
    counted = ", ".join(f"exit {code}: {count:,}" for code, count in sorted(codes.items()))
    print(f"{number:,} {what}: {counted}; {parsed:,} parse; {failed} failed")
    return failed


def scanned(folder: Path, case: Case, form: str) -> tuple[int, str | None]:
    """Scan one case; return the exit code, and what is wrong with it."""
    from toolsmell.cli import run as command

    path = folder / case.name
    path.write_bytes(case.content)
    out, err = io.StringIO(), io.StringIO()
    begun = time.monotonic()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = command(["scan", str(path), "--format", form, "--select", "all", "--isolated"])
    took = time.monotonic() - begun
    path.unlink()
    seen = out.getvalue() + err.getvalue()
    if code not in (0, 1, 3) or "internal error" in seen:
        return code, f"exit {code}: {seen[-300:]}"
    if "\x1b" in seen or "\x00" in seen:
        return code, f"a control character in {form}"
    return code, f"{took:.0f} seconds" if took > SLOW else None


def manifests(seed: int, count: int) -> Iterator[Case]:
    """Yield lists of tools with odd values, a tenth of them with odd bytes as well."""
    seeds = [json.loads(path.read_text(encoding="utf-8")) for path in SEEDS]
    for number in range(count):
        rng = random.Random(f"{seed} manifest {number}")
        value = copy.deepcopy(rng.choice(seeds))
        for _ in range(rng.randint(1, 4)):
            value = _changed(value, rng)
        data = json.dumps(value, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")
        if number % 10 == 9:
            yield Case("case.json", _torn(data, rng), parses=False)
        else:
            yield Case("case.json", data)


def _changed(value: Any, rng: random.Random) -> Any:
    """Return a JSON value with one change somewhere in it."""
    if isinstance(value, dict) and value and rng.random() < 0.85:
        key = rng.choice(list(value))
        match rng.randint(0, 9):
            case 0:
                del value[key]
            case 1:
                value[str(rng.choice(VALUES))[:40]] = value[key]
            case 2:
                value[key] = copy.deepcopy(rng.choice(VALUES))
            case _:
                value[key] = _changed(value[key], rng)
        return value
    if isinstance(value, list) and value and rng.random() < 0.85:
        at = rng.randrange(len(value))
        value[at] = _changed(value[at], rng)
        if rng.random() < 0.1:
            value.append(copy.deepcopy(value[at]))
        return value
    if isinstance(value, str) and value and rng.random() < 0.4:
        at = rng.randrange(len(value))
        return value[:at] + str(rng.choice(VALUES)) + value[at:]
    return copy.deepcopy(rng.choice(VALUES))


def _torn(data: bytes, rng: random.Random) -> bytes:
    at, end = sorted((rng.randrange(len(data) + 1), rng.randrange(len(data) + 1)))
    return (
        data[:at]
        + rng.choice((b"", b"\x00", b"\xff\xfe", b"{", b"]" * 50, b"\xef\xbb\xbf", b"NaN", b"//"))
        + data[min(end, at + 40) :]
    )


def sources(seed: int, count: int) -> Iterator[Case]:
    """Yield source files with odd expressions, names and lines."""
    seeds = [
        path
        for path in sorted((ROOT / "fixtures" / "sources").rglob("*"))
        if path.suffix in (".py", ".ts", ".js", ".go")
    ]
    seeds = [path for path in seeds if b"tool" in path.read_bytes().lower()]
    for number in range(count):
        rng = random.Random(f"{seed} source {number}")
        path = rng.choice(seeds)
        text = path.read_text(encoding="utf-8", errors="replace")
        for _ in range(rng.randint(1, 3)):
            text = _renamed(text, rng) if rng.random() < 0.2 else _expression(text, rng, path.suffix)
        if number % 20 == 9:
            text = _doubled(text, rng)
        if number % 20 == 19:
            at = rng.randrange(len(text) + 1)
            text = text[:at] + text[at + rng.randint(1, 30) :]
        yield Case(f"case{path.suffix}", text.encode("utf-8", "replace"), _parses(path.suffix, text))


def _expression(text: str, rng: random.Random, suffix: str) -> str:
    """Replace a string by an expression."""
    found = list(_STRING.finditer(text))
    if not found:
        return text
    place = rng.choice(found)
    return text[: place.start()] + rng.choice(COMMON + EXPRESSIONS[suffix]) + text[place.end() :]


def _renamed(text: str, rng: random.Random) -> str:
    found = _NAME.findall(text)
    return text.replace(rng.choice(found), rng.choice(found)) if found else text


def _doubled(text: str, rng: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    at = rng.randrange(len(lines)) if lines else 0
    return "".join([*lines[: at + 1], *lines[at : at + rng.randint(0, 3)], *lines[at + 1 :]])


def _parses(suffix: str, text: str) -> bool:
    from toolsmell.sources.code.syntax import SUFFIXES, TangledError, parse

    try:
        return not parse(text.encode("utf-8", "replace"), SUFFIXES[suffix]).root_node.has_error
    except TangledError:
        return False


if __name__ == "__main__":
    sys.exit(main())

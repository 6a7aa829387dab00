"""Lists odd constructions in the project's English, and fails if more than 2 % of its texts have one.

Texts are docstrings, comments, strings of four words or more (help and messages), and lines of Markdown. The patterns
are the habits that made readers decode sentences: "where" for "if", sentences without a subject, and words from no
developer tool. `python docs/english.py` checks the whole project; with paths, it lists what it finds there.
"""

import ast
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
FOLDERS = ("toolsmell", "tests", "benchmarks", "docs", "plugin", "rubrics", ".github", "site")
LIMIT = 0.02
"""The highest share of texts with an odd construction that passes."""

ODD = {
    "opens without a subject": r"^(?:Of|None where|That of|One (?:that|of which|whose)|What (?:is|was|are|of|came|a|the|it)) \w[^?]*$",
    "'where' for 'if' or 'that'": (
        r"\bwhere (?!(?:it|they|that|this|these|an?|the|its|one|each|all|those) (?:\w+ ){0,3}?(?:stands?|comes?|goes|points?|lives?|"
        r"begins?|ends?|starts?|belongs?|hides?|occurs?|runs?|were found|was found|is (?:written|registered|defined|saved|quoted)|"
        r"are (?:written|registered|defined|saved)))"
        r"(?:there|it|they|none|nothing|nobody|no|neither|one|that|this|these|an?|the|its|some|any|only|both|two|not|several|"
        r"either|asked|known|wished|needed|given|possible|each|all) \w+"
    ),
    "'None where'": r"\bNone where\b|[;,] (?:none|nothing|empty|null) where\b",
    "'of which', 'which there'": r"\bof (?:which|whom)\b|\bwhich there (?:is|are)\b|\bin which there\b",
    "decoration": (
        r"\b(?:hardly|graver|lighter cases|mends?|mended|mending|gives? away|gave away|wherever that|the very|so many of|"
        r"at hand|by some\b|as it were|stands? in(?: the)? (?:place|stead)|in (?:place|the place) of|said of|said so|"
        r"not so much|what(?:ever)? there is|there is not\b|bears|betrays|dear(?:er|est)?\b|of old\b|graves?t\b)"
    ),
    "'with leave', 'held off'": r"\b(?:with(?:out)? leave|is leave|held off|held against|told apart|are told|is told)\b",
    "'Pure.'": r"\bPure\b(?:, and [a-z ]+)?\.",
    "'say whether'": r"\b(?:Say|Says|said) whether\b",
    "verbless after a semicolon": r"; (?:None|nothing|none|no \w+|all|each|those|the rest|the others?|else|otherwise) ?(?:where|of|for|if|in|with|to)?\b[^;.]{0,18}[.]$",
    "'catalogue'": r"\bcatalogues?\b",
    "'so many' without a comparison": r"(?:^|: )So (?:many|much|few) \w|\bin so many words\b",
    "vague": r"\b(?:in the light of|what became of|what (?:is|was) known of|come to\.|amounts? to\.|for all that|is no news)\b",
}
"""What is wrong -> its pattern."""

ALLOWED = {
    "docs/english.py": "it quotes the constructions that it finds",
    "docs/glossary.md": "it lists words to avoid",
}
"""File -> why nothing in it counts."""

_ALLOWED_TEXT = re.compile(
    r"[`'\"/.=_-]catalogue|catalogue[`'\"/._-]|FindingKind\.CATALOGUE"  # the public id of a rule family and a finding kind
)
_ODD_OPENING = re.compile(
    r"(?:Say|Tell|What|How|That|Of|Whom|Where|Which)\b|(?:Return|Yield|Add) (?:what|how(?! (?:many|much|often))) "
)
"""A docstring states the result: "Return ...", "Yields ...", "Reads ..."; it does not ask or announce. It names the
noun: "Return the width", not "Return how wide it is"."""
_PATTERNS = [(why, re.compile(pattern, re.MULTILINE)) for why, pattern in ODD.items()]
_WORDS = re.compile(r"[A-Za-z]{2,}[ ,.;:]")


class Text(NamedTuple):
    file: str
    line: int
    text: str
    docstring: bool = False
    """Whether it opens the documentation of a module, class or function."""


def main(paths: list[str]) -> int:
    """Print what is odd in `paths`, or in the project, and return an exit code."""
    texts = [text for path in _files(paths) for text in texts_of(path)]
    odd = [(text, why) for text in texts if (why := oddity(text))]
    for text, why in odd:
        print(f"{text.file}:{text.line}: {why}: {' '.join(text.text.split())[:160]}")
    share = len(odd) / max(1, len(texts))
    print(f"{len(odd)} of {len(texts)} texts have an odd construction: {share:.1%} (at most {LIMIT:.0%})")
    return int(share > LIMIT)


def _files(paths: list[str]) -> Iterator[Path]:
    roots = [Path(path).resolve() for path in paths] or [ROOT / folder for folder in FOLDERS] + list(ROOT.glob("*.md"))
    for root in roots:
        inside = sorted(root.rglob("*")) if root.is_dir() else [root]
        for path in inside:
            if path.suffix in (".py", ".md") and path.is_file() and _name(path) not in ALLOWED:
                yield path


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


def texts_of(path: Path) -> Iterator[Text]:
    """Yield the texts that people read in a Python or Markdown file."""
    source = path.read_text(encoding="utf-8")
    yield from _prose(path, source) if path.suffix == ".md" else _python(path, source)


def _prose(path: Path, source: str) -> Iterator[Text]:
    inside = False
    for number, line in enumerate(source.splitlines(), 1):
        if line.lstrip().startswith(("```", "~~~")):
            inside = not inside
        elif not inside and len(_WORDS.findall(line)) >= 4:
            yield Text(_name(path), number, line.strip(" #*->|"))


def _python(path: Path, source: str) -> Iterator[Text]:
    documentation = set(_documentation(tree := ast.parse(source)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(_WORDS.findall(node.value)) >= 4:
            for number, paragraph in enumerate(re.split(r"\n\s*\n", node.value)):
                if len(_WORDS.findall(paragraph)) >= 4:
                    opens = number == 0 and id(node) in documentation
                    yield Text(_name(path), node.lineno, paragraph.strip(), opens)
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type == tokenize.COMMENT and len(_WORDS.findall(token.string)) >= 4:
                yield Text(_name(path), token.start[0], token.string.lstrip("#: "))


def _documentation(tree: ast.AST) -> Iterator[int]:
    """Yield the identities of the constants that document modules, classes and functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield id(first.value)


def oddity(text: Text) -> str | None:
    """Return what is odd in a text, or None."""
    if text.docstring and _ODD_OPENING.match(text.text):
        return "a docstring opens with a question or an announcement"
    plain = _ALLOWED_TEXT.sub("", text.text)
    return next((why for why, pattern in _PATTERNS if pattern.search(plain)), None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

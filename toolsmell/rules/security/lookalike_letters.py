r"""A name with letters that look like others.

## What it checks

Names of tools, parameters, prompts and resources: a word that mixes Latin letters with Cyrillic, Greek or Armenian
ones of the same look, or that is made of such letters or of styled ones (full width, mathematical) alone.

## Why it matters

A person takes the name for another one, and an agent that types the name as it reads it calls a tool that does not
exist, or the impostor of one that does.

## Smelly

```json
{"name": "re\u0430d_file", "description": "Reads a file.", "inputSchema": {"type": "object"}}
```

## Better

```json
{"name": "read_file", "description": "Reads a file.", "inputSchema": {"type": "object"}}
```

## Not flagged

Names in another script that are what they look like (`файл`, `récupérer`, `查询`), and a Latin word next to one of
another script (`id_файла`).

## References

- Model Context Protocol 2026-07-28, Tool Safety: what a server says of its tools is untrusted, and a person must be
  able to see and deny what they do.
- Unicode Technical Standard 39, Unicode Security Mechanisms: confusable and mixed-script identifiers.
"""

import unicodedata
from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.security._search import part_of, strings_not_ascii
from toolsmell.safety.strings import Role
from toolsmell.text import pattern

# Letters of other scripts with the Latin ones they pass for: the part of UTS 39's table that fonts draw alike.
_LOOKALIKES = dict(
    zip(
        "асеорхуіјѕԁһӏԛԝьАВЕКМНОРСТХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧαονρυτικօսոցհյզԍ",
        "aceopxyijsdhlqwbABEKMHOPCTXIJSABEZHIKMNOPTYXaovputikosnghjqg",
        strict=True,
    )
)

_STYLED = "[\uff21-\uff5a\u2100-\u214f\u24b6-\u24e9\U0001d400-\U0001d7ff]"


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    for tool, sent in strings_not_ascii(server):
        if sent.role is not Role.NAME or "/required/" in sent.pointer:
            continue
        for word in pattern(r"[^\W_]+").findall(sent.text):
            if not word.isascii() and (latin := _passes_for(word)):
                odd = next(c for c in word if not c.isascii())
                yield Hit(
                    sent.pointer,
                    f"{part_of(sent)} '{shown(sent.text)}' passes for '{latin}' but has "
                    f"U+{ord(odd):04X} ({unicodedata.name(odd, 'unnamed').lower()}): an agent calls something else",
                    excerpt=shown(sent.text),
                    tool=tool,
                )
                break


def _passes_for(word: str) -> str | None:
    """Return the Latin word that `word` looks like, or None if it has Latin letters only."""
    if pattern(_STYLED).search(word):
        plain = unicodedata.normalize("NFKC", word)
        return plain if plain.isascii() else None
    drawn = "".join(_LOOKALIKES.get(c, c) for c in word)
    mixed = any(c.isascii() and c.isalpha() for c in word)
    return drawn if drawn.isascii() and (mixed or len(word) > 2) else None

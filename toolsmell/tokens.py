"""Counts the tokens of a tool: a fast estimate, or an exact count if an encoding is installed."""

import json
import os
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from toolsmell.errors import UsageError
from toolsmell.model import Json, Tokens, Tool

ENCODING = "o200k_base"
"""The encoding that is counted, and that the estimate stands for."""

# Tokens per letter, run of letters, other visible ASCII character and non-ASCII byte. Fitted to the relative
# error on one half of 2,247 tools; `python benchmarks/tokens.py --data DIR` prints it for the other half.
PER_LETTER, PER_WORD, PER_SYMBOL, PER_WIDE_BYTE = 0.046, 0.833, 0.719, 0.228

# A space belongs to the word behind it, and a quote to the mark next to it: they cost nothing.
_FREE = b' \t\r"'
_NOT_ASCII = bytes(range(128, 256))
_LETTER_MASK = bytes(byte < 128 and chr(byte).isalpha() for byte in range(256))
OFFERED: Final = ("name", "description", "inputSchema")
"""Parts of a tool that a client gives to the model."""
_PIECE = 100_000  # tiktoken overflows its stack on a million blanks
_FOLDER_VARIABLE = "TIKTOKEN_CACHE_DIR"
_REMEDY = (
    "`pip install 'toolsmell[llm]'` brings tiktoken and its encodings. "
    f"If only these are missing, {_FOLDER_VARIABLE} can name a folder that has them"
)
_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


class Counter(NamedTuple):
    """A way to count tokens."""

    tokens: Callable[[str], int]
    exact: bool
    encoding: str


class Features(NamedTuple):
    """The counts of a text that the estimate uses."""

    letters: int
    words: int
    symbols: int
    wide_bytes: int


def features(text: str) -> Features:
    """Count the kinds of bytes of `text`; a microsecond for some hundred of them."""
    data = text.encode("utf-8", "surrogatepass")
    # As one number with a 1 for each letter: those with no 1 before them begin a word.
    mask = int.from_bytes(data.translate(_LETTER_MASK), "little")
    letters = mask.bit_count()
    wide = 0 if text.isascii() else len(data) - len(data.translate(None, _NOT_ASCII))
    return Features(
        letters=letters,
        words=(mask & ~(mask << 8)).bit_count(),
        symbols=len(data.translate(None, _FREE)) - letters - wide,
        wide_bytes=wide,
    )


def estimate(text: str) -> int:
    """Return about how many tokens `text` is in `ENCODING`."""
    return round(weight(text))


def weight(text: str) -> float:
    """Return the estimate unrounded: those of the lines of a text add up to that of the text."""
    letters, words, symbols, wide_bytes = features(text)
    return PER_LETTER * letters + PER_WORD * words + PER_SYMBOL * symbols + PER_WIDE_BYTE * wide_bytes


ESTIMATE = Counter(estimate, exact=False, encoding=ENCODING)


def of_tool(tool: Tool, counter: Counter = ESTIMATE, written: str | None = None) -> Tokens:
    """Count what `tool` costs in a request: the compact JSON of its name, description and input schema.

    An entry that is not an object costs nothing, because no client can offer it to a model. `written` is the JSON of a
    tool that has no other parts; without it, the JSON is written here.
    """
    raw = tool.raw if isinstance(tool.raw, dict) else {}
    offered = {part: raw[part] for part in OFFERED if part in raw}
    return Tokens(
        total=counter.tokens(written or compact_json(offered)) if offered else 0,
        description=counter.tokens(tool.description or ""),
        exact=counter.exact,
        encoding=counter.encoding,
    )


def compact_json(value: Json) -> str:
    """Return `value` as JSON without white space, at any depth that a parser accepts."""
    try:
        return _json(value)
    except RecursionError:
        return "".join(_pieces(value))


def exact_counter(encoding: str = ENCODING) -> Counter:
    """Return a counter with tiktoken and an encoding that is already on this machine. Nothing is downloaded.

    The count is exact up to 100,000 characters of one text; each further 100,000 may add an error of one token.
    Raises `UsageError` if tiktoken or the encoding is missing.
    """
    encode = _encoding(encoding).encode_ordinary
    return Counter(
        lambda text: sum(len(encode(text[at : at + _PIECE])) for at in range(0, len(text), _PIECE)),
        exact=True,
        encoding=encoding,
    )


def _encoding(name: str) -> Any:
    try:
        import tiktoken  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        raise UsageError(f"exact token counts need tiktoken; {_REMEDY}") from None
    folder = _encoding_folder(name)
    if folder is None:
        raise UsageError(f"exact token counts need the encoding {name} on this machine; {_REMEDY}")
    before = os.environ.get(_FOLDER_VARIABLE)
    os.environ[_FOLDER_VARIABLE] = folder
    try:
        return tiktoken.get_encoding(name)
    finally:
        if before is None:
            del os.environ[_FOLDER_VARIABLE]
        else:
            os.environ[_FOLDER_VARIABLE] = before


def _encoding_folder(name: str) -> str | None:
    """Find the folder with an encoding under the name that tiktoken looks for, a hash of its address."""
    from hashlib import sha1
    from importlib.util import find_spec

    address = f"https://openaipublic.blob.core.windows.net/encodings/{name}.tiktoken"
    file = sha1(address.encode(), usedforsecurity=False).hexdigest()
    # litellm ships the encodings; to find its folder does not import it, which takes seconds.
    litellm = find_spec("litellm")
    shipped = litellm.submodule_search_locations if litellm else None
    folders = [os.path.join(place, "litellm_core_utils", "tokenizers") for place in shipped or ()]
    if own := os.environ.get(_FOLDER_VARIABLE):
        folders.insert(0, own)
    return next((folder for folder in folders if os.path.isfile(os.path.join(folder, file))), None)


def _pieces(value: Json) -> Iterator[str]:
    """Write JSON without recursion."""
    stack: list[Any] = [(value,)]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
            continue
        (here,) = item
        if isinstance(here, dict):
            members = [part for k, v in here.items() for part in (",", _json(k) + ":", (v,))]
            stack.extend(["}", *reversed(members[1:]), "{"])
        elif isinstance(here, list):
            members = [part for v in here for part in (",", (v,))]
            stack.extend(["]", *reversed(members[1:]), "["])
        else:
            yield _json(here)

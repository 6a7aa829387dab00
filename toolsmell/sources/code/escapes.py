"""String escapes of the three languages, as their compilers read them."""

from collections.abc import Callable
from re import Match

from toolsmell.text import pattern

_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "\n": ""}
_BYTES = r"(?P<bytes>(?:\\(?:x[0-9A-Fa-f]{2}|[0-7]{3}))+)|\\[\s\S]"
_ESCAPE = (
    r"\\(?:x(?P<x>[0-9A-Fa-f]{2})|u\{(?P<braced>[0-9A-Fa-f]{1,8})\}|u(?P<u>[0-9A-Fa-f]{4})|U(?P<long>[0-9A-Fa-f]{8})"
    r"|(?P<octal>[0-7]{1,3})|(?P<char>[\s\S]))"
)


def python(body: str) -> str:
    """Decode the body of a string that is not raw."""
    return _decode(body, lambda char: {"a": "\a", "\\": "\\", "'": "'", '"': '"'}.get(char, "\\" + char), named=True)


def javascript(body: str) -> str:
    """Decode the body of a string, or of a piece of a template."""
    text = _decode(body, lambda char: char)
    # Two escapes may make one character: "\ud83d\ude00".
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def go(body: str) -> str:
    """Decode the body of an interpreted string."""
    return _decode(pattern(_BYTES).sub(_characters, body), lambda char: "\a" if char == "a" else char)


def _characters(run: Match[str]) -> str:
    r"""Replace escapes of bytes, as Go reads them, by characters: `\xc3\xa9` is one character."""
    if run["bytes"] is None:
        return run[0]
    codes = pattern(r"\\(?:x([0-9A-Fa-f]{2})|([0-7]{3}))").findall(run["bytes"])
    data = bytes((int(code, 16) if code else int(octal, 8)) & 0xFF for code, octal in codes)
    return data.decode("utf-8", "replace").replace("\\", "\\\\")


def newlines(text: str) -> str:
    """Read line ends as all three compilers do inside literals: as one line feed each."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _decode(body: str, other: Callable[[str], str], *, named: bool = False) -> str:
    if "\\" not in body:
        return body

    def one(match: Match[str]) -> str:
        code = match["x"] or match["braced"] or match["u"] or match["long"]
        if code or match["octal"]:
            number = int(code, 16) if code else int(match["octal"], 8)
            return chr(number) if number <= 0x10FFFF else match[0]
        char = match["char"]
        return _SIMPLE[char] if char in _SIMPLE else other(char)

    return pattern(_ESCAPE).sub(one, _names(body) if named else body)


def _names(body: str) -> str:
    r"""Replace Python's `\N{...}`."""
    if "\\N{" not in body:
        return body
    import unicodedata

    def one(match: Match[str]) -> str:
        if match["name"] is None:
            return match[0]
        try:
            return unicodedata.lookup(match["name"])
        except KeyError:
            return match[0]

    return pattern(r"\\(?:N\{(?P<name>[^{}\n]{1,100})\}|[\s\S])").sub(one, body)

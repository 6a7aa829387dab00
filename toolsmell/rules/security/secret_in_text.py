"""A secret in what the server sends to everyone.

## What it checks

Every string a server sends for keys and tokens by the form that their issuer gives them (AWS, GitHub, GitLab, OpenAI,
Anthropic, Google, Slack, Stripe, npm, PyPI, Hugging Face, SendGrid, Twilio, Telegram, DigitalOcean, Notion, Linear,
Vault, Databricks, Groq, Azure and sixty more; private keys, web tokens, password hashes), for addresses with a
password, and for long random defaults of parameters that take a key. The finding shows the first characters only.

## Why it matters

A tool's definition goes to every client, into logs and to the model's provider. An agent passes a default on, and
repeats it when it is asked.

## Smelly

```json
{"name": "deploy", "description": "Deploys the app.", "inputSchema": {"type": "object", "properties": {
  "token": {"type": "string", "description": "Access token.",
  "default": "ghp_q7Vd0aXk3MvT9bRz6yWc1LsEj5UhN2oPiG8f"}}}}
```

## Better

```json
{"name": "deploy", "description": "Deploys the app with the token in the server's variable DEPLOY_TOKEN.",
 "inputSchema": {"type": "object", "properties": {}}}
```

## Not flagged

Placeholders: a word such as `example`, `your` or `xxxx` in it, few different characters, or an alphabet in order.

## References

- Model Context Protocol 2026-07-28, Tool Safety: what a server says of its tools is untrusted, and a person must be
  able to see and deny what they do.
- CWE-798, Use of Hard-coded Credentials.
- OWASP Top 10 for LLM Applications 2025, LLM02 Sensitive Information Disclosure.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model import Pointer
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.security._search import part_of, word_set
from toolsmell.safety.secrets import issued
from toolsmell.safety.strings import Sent, strings
from toolsmell.text import identifier_words, pattern

_ADDRESS = r"\b[a-z][a-z+]{2,20}://[\w.%+-]{1,64}:[^\s/@:'\"<>{}$]{6,64}@[\w-]{1,63}\.[\w.-]{2,200}"
"""An address with its password, in a form that documentation seldom has by chance."""

_KEEPERS = frozenset({"key", "apikey", "token", "secret", "password", "passwd", "credential", "credentials"})
_KEPT = word_set("key apikey token secret password passwd credential credentials accesstoken authtoken secretkey")
_SCHEMES = word_set(
    "http https ftp postgres postgresql mysql mariadb mongodb redis rediss amqp amqps mssql clickhouse ssh smb"
)
_SHORTEST = 16
"""Every issued secret has a run of letters and digits that is at least this long."""
_PLACEHOLDER = (
    r"(?i)example|sample|placeholder|dummy|fake|xxx|your|here|changeme|replace|redacted|\.\.\.|\*\*\*"
    r"|user(?:name)?:pass|123456|abcdef|00000"
)
_FEWEST_DIFFERENT = 10
_FEWEST_DIGITS = 4


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    for tool in server.tools:
        if tool.longest_code >= _SHORTEST or _has_password(tool.sent_words, tool.sent):
            for sent in tool.strings:
                yield from _issued(sent, tool.tool.index)
        if b"default" in tool.sent_words and (tool.longest_code or not _KEPT.isdisjoint(tool.sent_words)):
            yield from _defaults(tool)
    if server.around:
        for sent in strings(server.around):
            yield from _issued(sent, None)


def _has_password(words: frozenset[bytes], sent: str) -> bool:
    """Return True if there may be an address with a password; every other secret is long."""
    return not _SCHEMES.isdisjoint(words) and "@" in sent


def _issued(sent: Sent, tool: int | None) -> Iterator[Hit]:
    """Yield the first secret in a string that has the form of an issuer's."""
    if len(sent.text) < _SHORTEST:
        return
    for what, secret in _secrets(sent.text):
        if _random(secret):
            yield _hit(sent.pointer, part_of(sent), what, secret, tool)
            return


def _secrets(text: str) -> Iterator[tuple[str, str]]:
    """Yield what each secret in `text` is, and the secret."""
    for kind, match in issued(text):
        if kind.needle != "://":
            yield kind.name, match[0]
    if "://" in text and "@" in text:
        yield from (("an address with its password", match[0]) for match in pattern(_ADDRESS).finditer(text))


def _defaults(tool: ToolContext) -> Iterator[Hit]:
    """Yield long random defaults of parameters that take a secret."""
    for parameter in tool.all_parameters:
        default = parameter.schema.get("default") if isinstance(parameter.schema, dict) else None
        if isinstance(default, str) and not _KEEPERS.isdisjoint(identifier_words(parameter.name)):
            mixed = pattern(r"[A-Za-z]").search(default) and pattern(r"\d").search(default)
            known = any(True for _ in _secrets(default))
            if mixed and not known and pattern(r"[\w+/=.-]{20,200}").fullmatch(default) and _random(default):
                what = f"a secret as the default of '{shown(parameter.path)}'"
                yield _hit(f"{parameter.pointer}/default", "the schema", what, default, tool.tool.index)


def _hit(pointer: Pointer, where: str, what: str, secret: str, tool: int | None) -> Hit:
    message = f"{where} has {what} ('{shown(secret[:8])}…'): every client and every log gets it"
    return Hit(pointer, message, excerpt=secret[:12], tool=tool)


def _random(secret: str) -> bool:
    """Return True if `secret` looks random: no word, no placeholder."""
    cases = secret.lower() != secret != secret.upper()
    digits = sum(c.isdigit() for c in secret)
    varied = len(set(secret)) >= _FEWEST_DIFFERENT and (cases or digits >= _FEWEST_DIGITS)
    return varied and not pattern(_PLACEHOLDER).search(secret)

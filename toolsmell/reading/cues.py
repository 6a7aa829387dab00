"""Words and phrases that show what a sentence is about.

They are generic by intent: nothing here names a product, a domain or a server. A phrase is matched against the
words of a sentence in lower case, so that punctuation and markup between them do not matter.
"""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from functools import cache
from typing import Final

from toolsmell.text import pattern


class Cue(IntEnum):
    """A topic of a sentence. The value is its bit."""

    WHEN = 0
    """When to use the tool, or for what."""
    RECOMMENDATION = 1
    """The surest kind of `WHEN`: the text says that the tool is useful for something."""
    WHEN_NOT = 2
    """When not to use the tool, or what to use instead."""
    NEGATION = 3
    ORDER = 4
    """Steps before or after."""
    LIMIT = 5
    CAVEAT = 6
    """A warning, a side effect, or a thing to note."""
    FAILURE = 7
    SCOPE = 8
    """Things that are supported, allowed, available or valid."""
    RETURNS = 9
    CONTENTS = 10
    """Contents: the parts of a thing."""
    MEANS = 11
    """The means by which it works."""
    DEFAULT = 12
    EXAMPLE = 13
    PARAMETERS = 14
    """Parameters, by that name."""
    NAMED = 15
    """Something under its name in code style."""
    BRACKETS = 16


OF_PARAMETERS: Final = 1 << Cue.DEFAULT | 1 << Cue.EXAMPLE | 1 << Cue.PARAMETERS | 1 << Cue.BRACKETS
"""Cues in an explanation of a parameter that are about the tool too. A parameter's limit is none of the tool."""

FIRST_LINK: Final = 24
"""The first bit for linking words: `by`, `from`, `for` ..."""

LINKS: Final = """across and as at based between by for from in into its of on or that through to using via which
    with""".split()
_CHINESE_LINKS: Final = "从 将 对 以 及 和 或 在 为 与 的 通过 根据 基于 使用 并".split()

ENGLISH: Final[Mapping[Cue, str]] = {
    Cue.WHEN: """use this, use it, use when, use for, use to, useful for, useful when, useful to, useful in,
        useful if, ideal for, ideal when, best for, best when, suited for, suited to, suitable for, perfect for,
        perfect when, great for, good for, helpful for, helpful when, when you, when the user, when a user,
        if you need, if you want, if the user, if a user, you need to, you want to, whenever, should be used,
        can be used, used when, used for, used to, recommended for, recommended when, intended for, designed for,
        designed to, essential for, call this, invoke this, appropriate for, appropriate when, use case, use cases,
        when to use, need to, for when, for queries, for tasks""",
    Cue.RECOMMENDATION: """use this, use it, use when, use for, useful for, useful when, ideal for, ideal when,
        best for, perfect for, great for, helpful for, helpful when, suited for, suitable for, essential for,
        recommended for, call this, when you need, when you want, when the user, if the user, if a user, whenever,
        use cases, when to use, should be used, can be used""",
    Cue.WHEN_NOT: """do not use, don't use, not use, never use, not be used, do not call, don't call, not call,
        not recommended, not for, not when, not suitable, not intended, not need, instead, rather than, avoid, unless,
        should not, prefer, unlike, alternatively, other than""",
    Cue.NEGATION: """cannot, can't, not, no, never, without, doesn't, don't, won't, isn't, neither, nor, except,
        excluding, excludes, unsupported, unable, unavailable""",
    Cue.ORDER: """before, after, first, once, prior, then, must call, followed by, next, previously, prerequisite,
        prerequisites, until, already, subsequent, step, steps, workflow""",
    Cue.LIMIT: """only, limited, limit, limits, maximum, minimum, max, min, at most, at least, up to, restricted,
        no more than, exceed, exceeds, not exceed, limitation, limitations, constraint, constraints, exclusively""",
    Cue.CAVEAT: """note, caution, warning, important, careful, beware, caveat, overwrite, overwrites, permanently,
        permanent, irreversible, undone, destructive, slow, expensive, large, may, might, rate limit, rate limits,
        deprecated, experimental, however, although, but""",
    Cue.FAILURE: """error, errors, fail, fails, failed, failure, exception, exceptions, raise, raises, invalid,
        rejected, timeout, times out, missing, not found, not exist, doesn't exist, throws, unavailable, silently,
        empty, fallback, falls back""",
    Cue.SCOPE: """within, available, supported, supports, allowed, permitted, valid, accessible, exists, existing,
        all, any, range, between""",
    Cue.RETURNS: """returns, return, returned, returning, outputs, output, yields, response, responses, provides,
        providing, result, results""",
    Cue.CONTENTS: """including, includes, include, containing, contains, contain, with, along, consisting, comprising,
        details, such as, e g, for example""",
    Cue.MEANS: "by, using, via, through, from, based on, according to, across, in",
    Cue.DEFAULT: """default, defaults, optional, optionally, omitted, omit, none, null, required, if not provided,
        if not specified, if provided""",
    Cue.EXAMPLE: "example, examples, e g, eg, i e, such as, for instance, sample, like",
    Cue.PARAMETERS: "parameter, parameters, argument, arguments, param, params, input, inputs, arg, args",
}

CHINESE: Final[Mapping[Cue, str]] = {
    Cue.WHEN: "用于 适用 适合 当用户 需要时 场景 时使用 可以使用 使用此",
    Cue.RECOMMENDATION: "用于 适用 适合 当用户 场景 时使用",
    Cue.WHEN_NOT: "不要 请勿 不适用 而不是 代替 不应 避免 不需要",
    Cue.NEGATION: "不 无法 没有",
    Cue.ORDER: "之前 之后 首先 然后 步骤",
    Cue.LIMIT: "仅 只 最多 最少 至少 限制 不超过 上限",
    Cue.CAVEAT: "注意 警告 覆盖 可能 避免",
    Cue.FAILURE: "错误 失败 异常 无效 不存在",
    Cue.SCOPE: "支持 范围 指定 可用",
    Cue.RETURNS: "返回 结果 输出 提供",
    Cue.CONTENTS: "包含 包括 以及 等",
    Cue.MEANS: "通过 使用 根据 基于",
    Cue.DEFAULT: "默认 可选 如果未 为空",
    Cue.EXAMPLE: "例如 示例 比如 如：",
    Cue.PARAMETERS: "参数 输入",
}

# `snake_case`, `camelCase` or a path; it begins with what is rare, so that a search skips the rest.
_NAMED: Final = r"[_A-Z/](?:(?<=[a-z0-9][_A-Z])[a-z]|(?<=/)[A-Za-z_]{4})"


@cache
def cue_words() -> frozenset[str]:
    """Return every word of every cue."""
    phrases = " ".join(" ".join(listed.split(",")) for listed in ENGLISH.values())
    return frozenset((*phrases.split(), *LINKS))


def cues_of(words: Sequence[str]) -> int:
    """Return the cues in the words of a sentence, given in order: a bit for each `Cue` and each link."""
    lexicon = _english()
    found = 0
    joined = ""
    for word in lexicon.keys() & words:
        bits, phrases = lexicon[word]
        found |= bits
        if phrases:
            joined = joined or f" {' '.join(words)} "
            for phrase, bits in phrases:
                if phrase in joined:
                    found |= bits
    return found


def cues_in(text: str, words: Sequence[str]) -> int:
    """Return the cues in the words and in the form of a sentence."""
    found = cues_of(words)
    if not text.isascii():
        for phrase, bit in _chinese():
            if phrase in text:
                found |= bit
    if "(" in text:
        found |= 1 << Cue.BRACKETS
    if pattern(_NAMED).search(text):
        found |= 1 << Cue.NAMED
    return found


@cache
def _english() -> dict[str, tuple[int, tuple[tuple[str, int], ...]]]:
    """Return the English cues by word: the bits of the word alone, and of each phrase that it begins.

    A phrase stands between blanks.
    """
    words = {link: 1 << FIRST_LINK + i for i, link in enumerate(LINKS)}
    phrases: dict[str, dict[str, int]] = {}
    for cue, listed in ENGLISH.items():
        for phrase in map(str.split, listed.split(",")):
            table = phrases.setdefault(phrase[0], {}) if len(phrase) > 1 else words
            key = f" {' '.join(phrase)} " if len(phrase) > 1 else phrase[0]
            table[key] = table.get(key, 0) | 1 << cue
    return {word: (words.get(word, 0), tuple(phrases.get(word, {}).items())) for word in words.keys() | phrases}


@cache
def _chinese() -> tuple[tuple[str, int], ...]:
    """Return the Chinese cues: they are looked for in the text, which has no blanks between its words."""
    cues = [(phrase, 1 << cue) for cue, listed in CHINESE.items() for phrase in listed.split()]
    return (*cues, *((link, 1 << FIRST_LINK + i) for i, link in enumerate(_CHINESE_LINKS)))

"""Words and phrases by which a sentence gives away what it speaks about.

Generic by intent: nothing here names a product, a domain or a server. A phrase is matched against the words of a
sentence in lower case, so punctuation and markup between them do not matter.
"""

from collections.abc import Iterable, Mapping
from enum import IntEnum
from functools import cache
from typing import NamedTuple


class Cue(IntEnum):
    """What a sentence can speak about."""

    WHEN = 0
    """When, or for what, the tool is the right one."""
    WHEN_NOT = 1
    """When it is not, or what to use in its place."""
    ORDER = 2
    """What has to be done before or after."""
    LIMIT = 3
    """What is required, allowed or supported, and what is not."""
    NEGATION = 4
    FAILURE = 5
    EFFECT = 6
    """What changes, and whether it can be undone."""
    RETURNS = 7
    MEANS = 8
    """How it works, or by what."""
    END = 9
    """To what end."""
    DEFAULT = 10
    EXAMPLE = 11
    CONDITION = 12


ENGLISH: Mapping[Cue, str] = {
    Cue.WHEN: """use this, use it, use when, use for, use to, used for, used to, used when, useful for, useful when,
        useful to, ideal for, best for, suited for, suitable for, perfect for, helpful for, helpful when, when you,
        when the user, if you need, if you want, if the user, whenever, should be used, recommended for, intended for,
        designed for, essential for, call this, best when, appropriate for, appropriate when, use cases, when to use""",
    Cue.WHEN_NOT: """do not use, don't use, not recommended, not for, instead, rather than, not suitable, not intended,
        not use, avoid, unless, never use, should not be used, use another, prefer, not needed, unlike,
        alternatively""",
    Cue.ORDER: """before, after, first, then, once, prior, must call, followed by, next, previously, prerequisite,
        prerequisites, step, steps, until, already""",
    Cue.LIMIT: """only, must, limited, limit, limits, maximum, minimum, at most, at least, up to, cannot, can't,
        required, requires, require, restricted, within, supports, supported, unsupported, limitation, limitations,
        constraint, constraints, exceed, exceeds, no more than, not exceed, valid, allowed, exclusive, inclusive""",
    Cue.NEGATION: "not, no, never, none, cannot, can't, doesn't, don't, won't, isn't, without, neither, nor, except",
    Cue.FAILURE: """error, errors, fail, fails, failed, failure, exception, raise, raises, invalid, rejected, timeout,
        times out, missing, not found, not exist, throws, unavailable, silently""",
    Cue.EFFECT: """overwrite, overwrites, overwritten, permanently, permanent, irreversible, undone, destructive,
        caution, warning, careful, note, important, read only, readonly, modifies, modify, replaces, creates,
        deletes, removes, idempotent, side effect, side effects, slow, expensive""",
    Cue.RETURNS: """returns, return, returned, outputs, output, yields, results, result, response, responses, provides,
        contains, containing, includes, including, displays, lists""",
    Cue.MEANS: "by, using, via, through, from, based on, with, according to, across",
    Cue.END: "so that, in order to, to help, allows, allowing, enables, enabling, lets, helps, to ensure, ensuring, for",  # noqa: E501
    Cue.DEFAULT: "default, defaults, optional, optionally, omitted, omit, if not provided, if not specified, if empty",
    Cue.EXAMPLE: "example, examples, e g, such as, for instance, like, sample, i e",
    Cue.CONDITION: "if, when, unless, whether, depending, depends, in case, otherwise, where, while",
}

CHINESE: Mapping[Cue, str] = {
    Cue.WHEN: "使用此, 用于, 适用, 适合, 当用户, 当需要, 场景, 时使用",
    Cue.WHEN_NOT: "不要使用, 请勿, 不适用, 而不是, 代替, 不应",
    Cue.ORDER: "之前, 之后, 首先, 然后, 先调用, 前必须, 步骤",
    Cue.LIMIT: "只能, 仅, 必须, 不能, 最多, 最少, 至少, 限制, 不支持, 支持, 范围",
    Cue.NEGATION: "不, 无法, 没有, 非",
    Cue.FAILURE: "错误, 失败, 异常, 无效, 不存在",
    Cue.EFFECT: "覆盖, 删除, 注意, 警告, 不可逆, 永久",
    Cue.RETURNS: "返回, 结果, 包含, 包括, 输出",
    Cue.MEANS: "通过, 使用, 根据, 基于, 从",
    Cue.END: "以便, 帮助, 为了, 确保",
    Cue.DEFAULT: "默认, 可选, 如果未, 如果为空",
    Cue.EXAMPLE: "例如, 示例, 比如, 如：",
    Cue.CONDITION: "如果, 当, 若, 否则, 时",
}


class Lexicon(NamedTuple):
    """The cues, ready to be looked up."""

    words: Mapping[str, int]
    """A word that is a cue alone: its cues, one bit each."""
    phrases: Mapping[str, tuple[tuple[str, int], ...]]
    """A word that begins phrases: each phrase between blanks, and its cue's bit."""
    triggers: frozenset[str]
    """Every word that `words` or `phrases` holds."""


@cache
def lexicon() -> Lexicon:
    """Return the English cues."""
    words: dict[str, int] = {}
    phrases: dict[str, tuple[tuple[str, int], ...]] = {}
    for cue, listed in ENGLISH.items():
        for phrase in _listed(listed):
            first, *more = phrase.split()
            if more:
                phrases[first] = (*phrases.get(first, ()), (f" {phrase} ", 1 << cue))
            else:
                words[first] = words.get(first, 0) | 1 << cue
    return Lexicon(words, phrases, frozenset(words) | frozenset(phrases))


def cues_of(words: Iterable[str]) -> int:
    """Return the cues of one sentence, given its words: a bit for each."""
    known = lexicon()
    listed = list(words)
    found = 0
    joined = ""
    for word in known.triggers.intersection(listed):
        found |= known.words.get(word, 0)
        for phrase, bit in known.phrases.get(word, ()):
            joined = joined or f" {' '.join(listed)} "
            if phrase in joined:
                found |= bit
    return found


@cache
def chinese() -> tuple[tuple[str, int], ...]:
    return tuple((phrase, 1 << cue) for cue, listed in CHINESE.items() for phrase in _listed(listed))


def chinese_cues_of(text: str) -> int:
    """Return the cues of one Chinese sentence, which has no blanks between its words."""
    found = 0
    for phrase, bit in chinese():
        if phrase in text:
            found |= bit
    return found


def _listed(phrases: str) -> list[str]:
    return [" ".join(p.split()) for p in phrases.split(",")]

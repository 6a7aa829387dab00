"""Tells whom a sentence speaks to, and of which parts of an agent's conduct.

An order is told less by single words than by what it joins: a command and the user's consent, a duty and the other
tools, a transfer and the conversation. A description joins the same words in other ways: a statement and the user's
consent, a command and a parameter. So every two traits of a sentence are one feature, which is weighed for orders only.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import combinations
from typing import Final

from toolsmell.reading.features import SentenceWords
from toolsmell.reading.spoken import commanded

TRAIT: Final = "of:"
"""How the names of features of conduct begin."""

_WORDS: Final = {
    # Manner of speaking.
    "to-you": "you your yours yourself",
    "by-us": "we us our ours ourselves me my i",
    "duty": (
        "must shall should ought required obliged mandatory forbidden prohibited compulsory obligatory imperative"
        " expected requires require obliges necessary"
    ),
    "not": "not don't doesn't never no without won't cannot can't isn't aren't needn't nor neither nobody nothing none",
    "is": "is are was were be been being am",
    "may": "may can might could would",
    "if": "if when whenever unless once until while because since",
    "please": "please kindly dear favour favor wish feel let let's",
    "always": (
        "always never every each all any everything anything nothing none whatever whenever wherever whichever no"
        " regardless matter ever entire full whole complete only forever permanently solely exclusively"
    ),
    "before": "before first prior beforehand ahead until earlier start begin beginning opening",
    "after": "after afterwards then later once finally next end",
    # Who is spoken of.
    "user": (
        "user users user's users' human humans person person's people customer customers customer's client's owner"
        " owner's buyer reader readers patient they them their she her he his him somebody anybody anyone whoever"
        " nobody operator caller"
    ),
    "agent": "assistant assistants agent agents model models ai llm llms bot chatbot yourself",
    "vendor": (
        "vendor vendors provider providers company publisher developer developers maker makers brand product products"
        " administrator admin team support partner"
    ),
    "tools": (
        "tool tools function functions server servers connector connectors plugin plugins source sources service"
        " services option options endpoint utility"
    ),
    "others": (
        "other others another alternatives alternative rival rivals competitor competitors competing elsewhere native"
        " rest different else besides anywhere"
    ),
    # What is spoken of.
    "consent": (
        "consent consented approval approve approved approves permission permitted confirmation confirm confirmed"
        " confirms agree agreed agrees agreement authorised authorized authorization authorisation allow allowed asking"
        " asked ask signed granted waived sign accept accepted dialog dialogue prompt prompts"
    ),
    "talk": (
        "conversation conversations chat chats transcript thread dialogue history session sessions message messages"
        " context turn turns prompt prompts dialog"
    ),
    "mind": (
        "memory memories remember knowledge know knows training trained judgement judgment reasoning opinion opinions"
        " think thinking thought thoughts mind belief beliefs recall learned learnt learn guess"
    ),
    "trust": (
        "trust trusted trustworthy doubt doubts question questioned believe confidence reliable authoritative authority"
        " official truth true correct accurate verified verify verification check checked deserves superior best better"
    ),
    "rules": (
        "instructions instruction rules rule guidelines guideline guidance policy policies briefing orders order"
        " directive directives commands command restrictions limits safety guardrails compliance regulation regulations"
        " law standard protocol mandate"
    ),
    "secret": (
        "credentials credential password passwords secret secrets key keys token tokens cookie cookies ssh env dotenv"
        " wallet vault keychain pin passphrase private clipboard"
    ),
    "money": (
        "pay payment payments money price prices fee fees cost costs charge charged budget credits credit plan upgrade"
        " premium subscription subscribe buy purchase invoice invoices account card bonus discount free"
    ),
    "reply": (
        "reply replies response responses answer answers answering summary summaries respond output outputs explanation"
        " text words speak plan"
    ),
    "stake": (
        "penalty penalised penalized score scored scores rating ratings lower fail failure fails loses lose points"
        " reward rewarded evaluation faulty defective suspended suspension consequences urgent urgently immediately now"
        " hurry expires deadline lives punished irresponsible emergency critical"
    ),
    # What is to be done.
    "hide": (
        "tell telling tells told mention mentioned mentioning reveal disclose disclosed show shown hide hidden conceal"
        " inform informed admit secretly silently quietly silent quiet unnoticed notice notices aware unaware discreet"
        " confidential secrecy trace traces visible invisible sees say saying said report reported explain deny claim"
        " pretend"
    ),
    "hand": (
        "send sends sent forward forwarded attach attached append appended include included paste pasted upload"
        " uploaded submit submitted transmit put post posted hand handed pass passed enclose enclosed fill copy copied"
        " supply deliver share shared mail dump quote insert add added gather collect harvest"
    ),
    "choose": (
        "prefer preferred prefers preferable choose chosen choosing choice pick picks picked select selected favour"
        " favor rank ranked ranking recommend recommended recommending promote promoted advertise praise default"
        " priority prioritise prioritize first top suggest reach rely"
    ),
    "lift": (
        "ignore ignores disregard override overrides bypass skip skipped disable disabled forget forgets void lifted"
        " suspended waived deprecated obsolete replaces replace outrank supersede drop dropped stop cancelled off"
        " dismiss refuse decline uninstall unplug"
    ),
    "blame": (
        "outdated unreliable inferior worthless wrong broken lies lie poison nonsense rubbish worse worst slow errors"
        " mislead misleading unstable unsafe false fake"
    ),
    "obey": (
        "obey follow follows comply complies execute carry proceed act treat regard consider considered regarded"
        " treated behave serve adopt"
    ),
}

_CHINESE: Final = {
    "to-you": "你 您",
    "by-us": "我们 本公司 本服务",
    "duty": "必须 须 应 不得 需要",
    "not": "不 勿 无需",
    "if": "如果 当 否则",
    "please": "请 亲爱",
    "always": "总是 始终 务必 任何 所有 一律 每次 每一 一切 全部 无论 不管",
    "before": "之前 前 先",
    "after": "之后 后 再",
    "user": "用户 客户 人",
    "agent": "助手 模型 智能体",
    "tools": "工具 服务 接口 来源",
    "others": "其他 其它 别的 其余 竞争 同类",
    "consent": "同意 确认 授权 批准 许可 询问 征得",
    "talk": "对话 聊天 会话 消息",
    "mind": "记忆 知识 判断 记住",
    "trust": "相信 可信 准确 核实 信任 验证",
    "rules": "指令 规则 限制 规定 政策 合规",
    "secret": "密钥 密码 令牌 环境变量 私钥 验证码",
    "money": "付款 支付 费用 价格 套餐 账户 收款 额度 广告",
    "reply": "回答 回复 答案 总结",
    "stake": "评分 立即 紧急 惩罚",
    "hide": "告诉 告知 透露 悄悄 提及 隐瞒 解释 知道",
    "hand": "发送 上传 附上 放入 写入 转发 传入 放进",
    "choose": "优先 首选 选择 首先 推荐 默认",
    "lift": "忽略 忘掉 跳过 不必 不用 解除 取消 覆盖",
    "blame": "过时 不准确 较差",
    "obey": "执行 遵守 听从 照办 继续",
}
"""Looked for in the text, which has no blanks between its words."""


def _by_word(traits: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for trait, words in traits.items():
        for word in words.split():
            found[word].append(trait)
    return {word: tuple(names) for word, names in found.items()}


_TRAITS: Final = _by_word(_WORDS)
_PHRASES: Final = tuple(_by_word(_CHINESE).items())


def traits_in(text: str, tokens: SentenceWords, verbs: Mapping[str, str]) -> set[str]:
    """Return the traits of a sentence. `verbs` are verbs of change, each with its form."""
    found = {trait for word in _TRAITS.keys() & tokens.words for trait in _TRAITS[word]}
    if not text.isascii():
        found.update([trait for phrase, traits in _PHRASES if phrase in text for trait in traits])
    if (form := commanded(tokens, verbs)) is not None:
        found.add(form)
    return found


def conduct_in(text: str, tokens: SentenceWords, verbs: Mapping[str, str]) -> tuple[str, ...]:
    """Return the features of a sentence's conduct: each trait, and every two."""
    return _joined(frozenset(traits_in(text, tokens, verbs)))


@lru_cache(maxsize=2_000)
def _joined(traits: frozenset[str]) -> tuple[str, ...]:
    """Return the features of the traits of a sentence; many sentences have the same ones."""
    found = sorted(traits)
    return (*[f"{TRAIT}{trait}" for trait in found], *[_pair(*two) for two in combinations(found, 2)])


@cache
def _pair(one: str, other: str) -> str:
    return f"{TRAIT}{one}+{other}"

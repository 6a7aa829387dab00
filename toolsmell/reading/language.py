"""Detects languages that the signals cannot read; they read English and Chinese."""

from collections.abc import Iterable
from itertools import chain
from typing import Final

from toolsmell.reading.sentences import Sentence
from toolsmell.text import Text

_ENGLISH: Final = frozenset(
    "the of to and for with from by is are this that it be when if you your can not which as an all use get".split()
)
_OTHER: Final = {
    "French": "le la les des du une dans pour sur avec est sont et ou cette ce ces qui que par aux pas vous votre",
    "German": "der die das den dem des und ist sind mit für von ein eine einen einer nicht auf wird werden oder zu im",
    "Spanish": "el la los las del una uno para por con que es son esta este se lo como su sus y al si",
    "Portuguese": "os as dos das da do uma um para por com que não é são esta este ou seu sua em ao na no",
    "Italian": "il lo gli le della delle dei di una un per con che è sono questo questa non del nel alla ed",
    "Dutch": "het een van en voor met op dat die deze niet wordt worden zijn bij uit naar om te aan door",
}
_WORDS: Final = {language: frozenset(words.split()) for language, words in _OTHER.items()}
_ANY: Final = frozenset().union(*_WORDS.values()) - _ENGLISH
_SCRIPTS: Final = {"kana": "Japanese", "hangul": "Korean", "other": "another script"}
FEWEST: Final = 3
"""So many different words of grammar of another language, and twice as many as English ones, tell a language."""


def unread_language(text: Text, sentences: Iterable[Sentence]) -> str | None:
    """Name the language of `text` if the signals cannot read it; a short text is taken for English."""
    if text.script in _SCRIPTS:
        return _SCRIPTS[text.script]
    found = _ANY.intersection(chain.from_iterable([sentence.words for sentence in sentences]))
    if len(found) < FEWEST:
        return None
    language = max(_WORDS, key=lambda name: len(found & _WORDS[name]))
    told = len(found & _WORDS[language])
    return language if told >= FEWEST and told > 2 * len(text.vocabulary & _ENGLISH) else None

"""What words count as information: stems, without the words that every text has."""

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from typing import Final

from toolsmell.text import identifier_words, words_of

LENGTH: Final = 6
"""Words that begin with the same six letters count once: `create`, `created` and `creating`; and so do plurals."""

_APART: Final = frozenset(
    """associations automation automations changelog changeset changesets compress compressed compresses compression
    constructing construction container containers continent continents contractor contractors controller controllers
    convention conventions currencies currency customer customers deliveries delivery dependencies dependency direction
    directions director directories directors directory document documents executive experiment experiments extraction
    follower followers identities identity import imported importing imports instrument instruments manager managers
    operator operators participant participants particle particles performance preference preferences presentation
    presentations product production products properties property provider providers recording recordings regulation
    regulations regulatory specification specifications summarize summarizes summarizer technician throughput""".split()
)
"""Words that begin like a general word, but mean something else: each has a stem of its own."""
_MARK: Final = "+"
"""What ends the stem of a word that stands apart."""

HAN_SHARE: Final = 0.5
"""What a pair of Chinese characters counts, next to a word."""

_REMEMBERED: Final = 50_000
"""Words that are kept with their stems; text of a stranger must not fill the memory."""
_LONG: Final = 40

FAR_EAST: Final = "\u3000"
"""Scripts above this character have no blanks between their words."""


def _stems(words: str) -> frozenset[str]:
    return frozenset(word[:LENGTH].rstrip("s") for word in words.split())


STOP_WORDS: Final = frozenset(
    """a an the this that these those it its is are was were be been being am to of in on at for from by with as and or
    but if then than so such into onto out up over under about can could may might will would shall should must do does
    did has have had you your we our they their i he she which who what when where how all any each every some no not
    only also just more most other via per use used using tool function""".split()
)
"""Words of grammar: they are in every text."""
STOP: Final = frozenset(word[:LENGTH].rstrip("s") for word in STOP_WORDS)

GENERIC: Final = _stems(
    """ability able about above accept accepted access according account accurate achieve action actual add additional
    advanced affect after again agent agents allow already also although always amazing amount another answer anyone
    anything apart api app application appropriate args argument array ask assist assistant associated at automatic
    available avoid aware back base based basic become before begin beginner behavior behaviour being belong benefit
    best better beyond bool boolean both bring broad broader build call called calling calls can cannot capabilities
    capable care careful case caution certain change check choose clear client code collection come common complete
    comprehensive condition confidence configuration consider constraint contain content context continue control
    convenient correct could create current custom data dates day deal default defaults definition deliver demands
    depending depends description designed desired detail detailed details determine dict different direct do
    documentation documented does done during each easy effective effectively efficient efficiently effort either
    element else empty enable end endpoint enjoy ensure enter entire error errors especially essential etc even every
    everyone everything exact example examples excellent except exception execute exist existing expect experience
    expert explained explanation explicit extra fail failed fails failure fall falls false fast feature features fetch
    field fields filled find first fit fix flexible float follow following form format found full fun further general
    generate get give given gives go goal goals good gracefully great hand handle handling happen hard have help
    helpful helps here high identifier ids immediately important improve include includes including individual info
    inform information input inputs instance instead instruct instruction int integer intended interact interface
    invalid invoke issue item items job json just keep key kind know large last later latest least less let level like
    likely limit limitation limits list lists little load long look lot low made main make makes manage management
    mandatory manner many matter maximum may mean means meet mention merely message method minimum missing mode model
    modern modify more much multiple must name named names necessary need needed needs never new next nice none note
    nothing null number numbers numeric object obtain occur offer often once one ones operate operation operations
    optimal option optional options order other otherwise outcome output outputs overall overview own parameter
    parameters params parse part particular pass passed passing perform permission place please point position possible
    powerful precise prefer prerequisite present previous prior problem process produce proper provide provided
    provides purpose put quality question quick quickly quite range rate rather read readable ready real really receive
    recommended record refer reference regular related relevant reliable remain remember repeat report reported reports
    request requests require required requirement requires resource response responses restricted result results
    retrieve return returned returns right robust run running safe same save says scenario seamless seamlessly search
    second section see select send separate sequence server service session set setting several should show side
    similar simple simply single situation skipped slow small smart smooth solution solve some someone something source
    special specialized specific specified specify standard start state stated statement status step steps still store
    str strictly string strings structure structured style subsequent success successful suit suitable summary supply
    support supported supports sure system take task tasks technical tell text than thank thanks there thing things
    think through throw time times together tool tools total track true try two type types typical under understand
    unique unless unsupported until unused update upon usage use useful user users uses usual utility valid value
    values variety various version very view want wants way ways well when whenever where whether while whole whom why
    wide will wish within without work workflow works world worth would wrong yes yield yields your zero"""
)
"""Words that fit any tool. A sentence of these and of the tool's own name says nothing about the tool."""

VOID: Final = _stems(
    """specific specified particular given new existing all details detail information about gets get returns return
    list lists retrieve retrieves fetch creates create data available single multiple current user your tool use using
    used one based by name id identifier item items value values set"""
)
"""Words of a first sentence that add nothing to a name, in whatever number: `gets details about a specific ...`."""

CARRYING: Final = VOID | _stems(
    """ability able access accomplish allow allows aim aims build built bring brings capable capability capabilities
    care carry carries complete comprehensive convenient cutting deal deals delightful designed do does ease easy
    easily edge effective efficient empower empowers enable enables excellent exist exists facilitate fashion
    feature find flexible function functionality give gives great handle handles handling help helpful helps
    intelligent intended invoke job let lets made make makes making manage management manner means meant modern need
    offer offers order out overview perform performs permit possible possibility powerful practical process purpose
    quick reliable responsible robust seamless serve serves simple simply single smart solution solve state art
    support supports take takes task useful user utilize versatile want way well work works world"""
)
"""Words that carry a sentence about the tool itself and say no more: `This tool allows you to ... in an easy way`."""

CONCRETE: Final = _stems(
    """account app application client code collection configuration content create date dates day days document
    documentation element follow json last latest load message messages modify number once order
    permission permissions place position previous project question record records remain restart running save second
    section send sequence session service source start state status step stop store string style summary system text
    time total track unique until unused update version write zero"""
)
"""General words that say something nevertheless: a sentence with one of them does not fit every tool."""

SPECIFIC: Final = _stems(
    "overwrite overwrites permanently permanent irreversible undone destructive deprecated experimental"
)
"""Words that say something about a tool although they are cues."""


class _Stems(dict[str, str]):
    """The stem of each word met so far; the empty stem for words that say nothing."""

    def __missing__(self, word: str) -> str:
        stem = word[:LENGTH] + _MARK if word in _APART else word[:LENGTH].rstrip("s")
        if len(stem) < 2 or stem in STOP or stem.isdecimal() or stem > FAR_EAST:
            stem = ""
        if len(self) < _REMEMBERED and len(word) < _LONG:
            self[word] = stem
        return stem


_STEM_OF: Final = _Stems().__getitem__


def stems_of(words: Collection[str], *, ascii_only: bool = False) -> set[str]:
    """Return the distinct stems of `words`; `ascii_only` says that there are no others, which spares a look.

    Words of grammar, numbers and single letters are left out; text without blanks is cut in pairs of characters.
    """
    found = set(map(_STEM_OF, words))
    found.discard("")
    if not ascii_only and words and max(words) > FAR_EAST:
        found.update(w[i : i + 2] for w in words if w > FAR_EAST for i in range(0, len(w) - 1, 2))
    return found


def in_text(stem: str) -> str:
    """Return the letters of a stem, as a text has them."""
    return stem.removesuffix(_MARK)


def stems_in_name(name: str) -> set[str]:
    """Return the stems of an identifier, read both ways: `pullRequest` gives those of `pull`, `request` and itself."""
    words = words_of(name)
    return stems_of(words if name.islower() else [*identifier_words(name), *words])


def amount(stems: Collection[str]) -> float:
    """Return how much `stems` say, counted in words."""
    if not stems or max(stems) < FAR_EAST:
        return len(stems)
    return sum(HAN_SHARE if stem > FAR_EAST else 1.0 for stem in stems)


_ENDINGS: Final = frozenset("d ed r er i in ing io ion me men '".split())
_ROOTS: Final = (3, 4, 5)
_SHORTEST: Final = 4
_OF_SHORT: Final = ("ed", "ing", "men")
"""Endings of a word of three letters: `towing` is a form of `tow`, but `login` is none of `log`."""

_OF_Y: Final = ("ication", "ied", "ies", "ie", "ying")
"""What takes the place of the `y` of a word: `verification`, `copies`."""


def without_forms(stems: AbstractSet[str], own: Collection[str]) -> set[str]:
    """Return the stems that are no form of a word of `own`: `deletion` says no more than `delete`."""
    roots = {stem.removesuffix("e") for stem in own if len(stem) >= _SHORTEST}
    short = {stem + ending for stem in own if len(stem) == _SHORTEST - 1 for ending in _OF_SHORT}
    short |= {(stem[:-1] + ending)[:LENGTH] for stem in own if stem[-1:] == "y" for ending in _OF_Y}
    others = stems - short
    return {stem for stem in others if not _is_form(stem, roots)}


def _is_form(stem: str, roots: Collection[str]) -> bool:
    """Return True if a stem is a root with the ending of a form: `echoes`, but not `planes` of `plan`."""
    for size in _ROOTS:
        if stem[:size] in roots:
            ending = stem[size:]
            if ending in _ENDINGS or (ending == "e" and stem[size - 1] in "hosxz"):
                return True
    return False

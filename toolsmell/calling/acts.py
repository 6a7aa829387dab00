"""Decides by the name and text of a tool whether it only reads, or acts.

A tool is taken for a reader by evidence, never because no bad word is known: the author's hint or a reading verb as the
first word. A word that acts speaks against both, however it is spelt. Words that are also nouns (`order`, `commit`)
count as acts, because it is no harm to call one tool too few; only lists of them (`list_orders`) are readings.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from toolsmell.text import identifier_words, pattern

READING: Final = frozenset(
    "get list search find read fetch show describe lookup count view retrieve inspect is has".split()
)
"""A name that begins with one of these verbs is evidence that the tool only reads."""

_ACTS: Final = """
abort accept acknowledge acquire activate actuate add adjust admit advance affect allocate allow alter amend annotate
append apply approve archive arm arrange assemble assign associate attach authorize auto ban batch bid bill bind block
blank boot book borrow break bridge broadcast build bulk burn buy bypass call cancel capture cast change charge checkin
checkout claim clean cleanup clear click clone close collapse combine commit compact compile complete compose compress
configure confirm connect consume convert copy correct corrupt crash create credit cull cut deactivate deallocate debit
decline decommission decrypt dedupe deduct defer define defrag delegate delete demote deny deploy deposit deprecate
deprovision deregister detach detonate disable disarm discard disconnect dismiss dispatch dispense dispose distribute
divide donate download downgrade drag drain drop dump duplicate edit eject elevate embed emit empty enable encrypt end
engage enqueue enroll enter erase escalate escrow establish eval evaluate evict exchange exec execute exfiltrate exit
expand expel expire exploit export extend factory fail feed fill finalize fire fix flag flash flatten flip flush follow
force forge forget fork format forward free freeze fulfil fulfill fund generate give grant hack halt hibernate hijack
hire hold impersonate implement import increment infect ingest inject init initialise initialize insert install
instantiate interrupt invalidate invite invoke join jump kick kill launch leave lend lift liquidate load lock login
logout loot make mark melt merge migrate mine mint mkdir modify mount move mutate mute navigate nuke offboard onboard
open optimize order overwrite own park patch pause pay payout perform persist persistently pin ping place plant play
poke populate post power press print prioritize proceed process proclaim produce program promote propagate provision
prune publish pull purchase purge push put quarantine quit raise reactivate reallocate rearrange reassign rebalance
reboot rebuild recall receive recharge reclaim recompute reconcile reconfigure recover recreate recycle redeem redeploy
redirect redo reduce refactor refill reformat refresh refund refuse regenerate register reindex reinstall reject release
reload relocate remit remount remove rename renew reopen reorder repair repay replace replay replicate reply repost
request reschedule reserve reset resize resolve respond restart restore restrict resubmit resume retire retry retweet
reveal reverse revert revise revoke reward rewrite rm rmdir roll rollback rotate run sabotage save scale schedule
scrub seal seed sell send set settle shift ship shred shut shutdown sign signup silence skip slash sleep smash snapshot
spawn spend spin split spoof squash stage stake start steal stop store stream strip submit subscribe subtract sudo
suspend swap switch sync synchronise synchronize take tamper teardown teleport terminate tip toggle top trade train
transact transfer transform transmit trash treat trigger trim trip truncate tune turn tweet type unarchive unassign
unban unblock unbind undelete undeploy undo uninstall unlink unlock unmount unmute unpin unpublish unset unstake
unsubscribe unwrap update upgrade upload upsert vacuum vandalize veto void vote vouch wake wipe wire withdraw withhold
wrap write yank yield zap zero airdrop arbitrage award bet blacklist bond bounce brick calibrate chmod chown compound
cp dd ddos deface defraud delist demolish denylist dial elect eradicate evacuate extinguish fabricate fax finish
flashloan flood forfeit gamble garnish harvest hang hedge ignite incinerate inflate intercept jam leak leverage mail
maim mangle manipulate mention mkfs mobilize multicall mv nominate nullify obliterate offload override paste pawn permit
pirate plunder propose punish ransack ransom ratify raze react rebase redelegate redistribute refinance rent requisition
rescind restake rmtree rugpull ruin scramble scrap seize sequester share siphon smuggle spam strike summon supersede
surrender swallow sweep swipe systemctl tarnish tear throttle toss trample unbond undelegate unfollow unfreeze unfriend
unload unmask unregister initiate notify remind touch announce advertise deliver bookmark attack damage
overload conceal spy chroot setup bootstrap cordon uncordon taint expose tunnel rsync scp zip trust untrust shout
unshare untag unzip usurp vaporize vend violate wager waste wget whitelist wreck
"""
_GLUED: Final = """
delete remove destroy execute create update insert modify overwrite purchase publish upload install shutdown restart
terminate deploy approve revoke withdraw truncate rename evaluate invoke transfer erase purge upsert rewrite rollback
sabotage wipeout uninstall
"""
"""Acts that no noun contains by chance, so they are found inside of words too."""
_LISTED: Final = frozenset(
    """orders commits posts runs builds releases calls triggers schedules exports imports transfers trades stakes forks
    merges patches votes replies requests snapshots streams charges refunds claims bids bills blocks books bridges
    copies credits deposits edits exchanges flags formats funds holds invites links loads locks marks mounts moves
    orders pings pins places plays prints processes programs promotes records reserves rewards rolls seeds sets shares
    shifts ships signs stages stores subscribes switches tips tops trains trips types updates uploads wires""".split()
)
"""Words that are acts, but nouns in the plural after a listing verb: `list_orders`."""
_LISTING: Final = frozenset("list search find count".split())
_CODE: Final = frozenset("command cmd script sql shell expression javascript python bash".split())
_CODE_NAMES: Final = _CODE | {"code", "source_code", "python_code", "js", "statement"}
_OUTWARD: Final = frozenset("output destination dest overwrite callback webhook".split())
_LEET: Final = str.maketrans("0134578@$", "oieastbas")
_TELLING: Final = (
    r"\b(?:executes?|evaluates?|runs (?:a|an|any|the|arbitrary|sql|python|code|shell)|deletes?|removes?|erases?"
    r"|destroys?|drops (?:a|the)|purges?|wipes?|overwrites?|modif(?:y|ies)|creates?|writes|inserts?|sends|publishes"
    r"|updates (?:a|an|the|all)|uploads|transfers|swaps?|buys|sells|pays|withdraws?|stakes|mints|burns|installs"
    r"|kills|terminates?|restarts?|deploys|approves|revokes|signs (?:a|the)|submits|triggers)\b"
)


@cache
def _acts() -> frozenset[str]:
    return frozenset(f"{_ACTS} {_GLUED}".split())


def acting_word(name: str) -> str | None:
    """Return the word of a name that says that the tool acts, or how its spelling hides one, or None."""
    if not name.isascii():
        return "letters outside ASCII"
    words = identifier_words(name[:300])
    # What `list_orders` lists are orders.
    listed = len(words) > 1 and words[0] in _LISTING and words[-1] in _LISTED
    for word in words[:-1] if listed else words:
        if act := _act_in(word):
            return act
    return None if listed else next(_hidden_acts(name[:300], words), None)


def _act_in(word: str) -> str | None:
    """Return the act in a word: one of its forms, or glued to a reading verb (`getdelete`)."""
    if any(form in _acts() for form in _forms(word)):
        return word
    for verb in READING:
        if word.startswith(verb) and any(form in _acts() for form in _forms(word[len(verb) :])):
            return word
    return None


def _forms(word: str) -> Iterator[str]:
    """Yield the verbs that a word may be a form of: `delete` for `deletes` and `deleting`.

    `stored` and `transaction` are not forms here: after a reading verb they say what is read.
    """
    yield word
    for ending in ("s", "es", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1:
            yield from (stem, f"{stem}e")
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]
    if word.endswith("ies"):
        yield f"{word[:-3]}y"


def _hidden_acts(name: str, words: Sequence[str]) -> Iterator[str]:
    """Yield the acts that odd borders (`de_lete`), odd cases (`dElEtE`) or digits for letters (`d3lete`) hide."""
    joined = "".join(words)
    for text in (joined, joined.translate(_LEET)):
        yield from (act for act in _GLUED.split() if act in text)
    for part in pattern(r"[A-Za-z0-9]+").findall(name):
        humps = identifier_words(part)
        if len(humps) > 1 and any(len(hump) < 3 for hump in humps):
            bare = part.lower().translate(_LEET)
            yield from (act for act in _acts() if len(act) > 3 and act in bare)
    if len(words) > 1 and (act := _act_in(joined)):
        yield act


def telling_word(description: str) -> str | None:
    """Return the words in the beginning of a description that say that the tool acts, or None."""
    beginning = description[:400].lower()
    if found := pattern(_TELLING).search(beginning):
        return found[0]
    first = pattern(r"\W*([a-z]+)").match(beginning)
    return first[1] if first and first[1] not in READING and _act_in(first[1]) else None


def acting_parameter(names: Iterator[str]) -> str | None:
    """Return the first parameter that could make a reading tool do more: run code, write, call back."""
    for name in names:
        words = identifier_words(name[:200])
        if name.lower() in _CODE_NAMES or not _OUTWARD.isdisjoint(words) or (words and words[-1] in _CODE):
            return name
    return None

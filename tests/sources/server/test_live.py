"""Servers over stdio, good and bad: each a real process from `fixtures/servers/stdio.py`."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from toolsmell.errors import UsageError
from toolsmell.model import Manifest, Place, Provenance, Status
from toolsmell.sources.server.launch import Launch, Remote
from toolsmell.sources.server.live import fetch, fetch_all

Serve = Callable[..., Launch]


def names(manifest: Manifest) -> list[str | None]:
    return [tool.name for tool in manifest.tools]


@pytest.mark.parametrize(("behaviour", "version"), [("modern", "2026-07-28"), ("legacy", "2025-06-18")])
def test_reads_a_server_of_each_era(serve: Serve, behaviour: str, version: str) -> None:
    manifest = fetch(serve(behaviour))
    assert (manifest.status, manifest.error, manifest.provenance) == (Status.COMPLETE, None, Provenance.WIRE)
    assert (manifest.key, manifest.name, manifest.protocol_version) == (
        "lending-desk",
        "lending-desk",
        version,
    )
    assert names(manifest) == ["find_book", "lend_book"]
    assert manifest.instructions == "Look a book up before lending it."
    assert manifest.capabilities["tools"] == {}
    assert [prompt["name"] for prompt in manifest.prompts] == ["remind"]


def test_keeps_what_no_specification_names(serve: Serve) -> None:
    manifest = fetch(serve("modern"))
    assert manifest.tools[0].raw["x-unknown"] == {"kept": ["as", "sent"]}
    assert manifest.info["x-house"] == "kept as sent"
    assert manifest.prompts[0]["x-unknown"] == 1


def test_a_list_besides_the_tools_that_fails_is_unknown_with_a_reason(serve: Serve) -> None:
    manifest = fetch(serve("legacy"))
    assert manifest.status is Status.COMPLETE
    assert [resource["uri"] for resource in manifest.resources] == ["desk://rules"]
    assert "resources/templates/list was refused: Method not found" in manifest.unknown["resource_templates"]


@pytest.mark.parametrize(
    ("behaviour", "timeout"),
    [
        pytest.param("deaf", 6, id="leaves unanswered what it does not know"),
        pytest.param("strict", 60, id="exits at any first question but initialize"),
        pytest.param("chatty", 60, id="asks its client things and numbers answers as text"),
    ],
)
def test_finds_its_way_to_an_old_server(serve: Serve, behaviour: str, timeout: float) -> None:
    manifest = fetch(serve(behaviour), timeout=timeout)
    assert (manifest.error, manifest.protocol_version, len(manifest.tools)) == (None, "2025-06-18", 2)


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param("slow", id="starts slowly"),
        pytest.param("forgetful", id="loses the first question"),
    ],
)
def test_a_new_server_is_not_taken_for_an_old_one(serve: Serve, behaviour: str) -> None:
    manifest = fetch(serve(behaviour), timeout=6)
    assert (manifest.error, manifest.protocol_version, len(manifest.tools)) == (None, "2026-07-28", 2)


def test_an_empty_cursor_is_a_cursor(serve: Serve) -> None:
    assert names(fetch(serve("empty-cursor"))) == ["find_book", "lend_book"]


def test_reads_ten_thousand_tools_in_order(serve: Serve) -> None:
    manifest = fetch(serve("many"))
    assert manifest.status is Status.COMPLETE
    assert names(manifest) == [f"lend_book_{number}" for number in range(10_000)]
    assert [tool.index for tool in manifest.tools] == list(range(10_000))


_DIED = "the server exited with status 1 before it answered tools/list"


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ("repeat", "tools/list gave the same cursor twice: its list does not end (2 tools came before)"),
        ("same-page", "tools/list gave the same page twice: its list does not end (2 tools came before)"),
        ("die", f"{_DIED}; its stderr ends: the desk is closed (1 tool came before)"),
    ],
)
def test_pages_that_came_are_kept(serve: Serve, behaviour: str, reason: str) -> None:
    manifest = fetch(serve(behaviour))
    assert (manifest.status, manifest.error) == (Status.PARTIAL, reason)
    assert names(manifest) == ["find_book", "lend_book"][: len(manifest.tools)]
    assert manifest.unknown["prompts"] == "not asked for: the scan ended before"


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ("no-list", "an answer has no list of tools"),
        ("refuse", "tools/list was refused: the catalogue is being repaired (code -32603)"),
        ("deep", "nested deeper than 500 levels"),
        ("flood-and-die", "exited with status 1 before it answered initialize; its stderr ends: "),
        ("flood-and-die", "the last words"),
        ("closes", "the server closed its stdout before it answered server/discover"),
    ],
)
def test_says_why_a_server_failed(serve: Serve, behaviour: str, reason: str) -> None:
    manifest = fetch(serve(behaviour))
    assert (manifest.status, manifest.tools) == (Status.FAILED, ())
    assert manifest.error is not None
    assert reason in manifest.error


def test_servers_that_hang_fail_alone(serve: Serve) -> None:
    targets = [(None, serve(b)) for b in ("hang", "hang-in-list", "hang-aside", "only-garbage", "modern")]
    hung, in_list, aside, garbage, good = fetch_all(targets, timeout=5, jobs=5)
    assert (hung.status, hung.error) == (Status.FAILED, "no answer to initialize within 5 s (--timeout)")
    assert (in_list.status, names(in_list)) == (Status.PARTIAL, ["find_book"])
    assert in_list.error == "no answer to tools/list within 5 s (--timeout) (1 tool came before)"
    assert (aside.status, len(aside.tools)) == (Status.COMPLETE, 2)
    assert aside.unknown["prompts"].startswith("no answer to prompts/list")
    assert garbage.error is not None
    assert "stdout has text that is not JSON-RPC: I am not a server" in garbage.error
    assert good.status is Status.COMPLETE


def test_text_between_messages_is_passed_over_with_a_note(serve: Serve) -> None:
    manifest = fetch(serve("garbage"))
    assert (manifest.status, len(manifest.tools)) == (Status.COMPLETE, 2)
    (note,) = manifest.notes
    assert "2 lines on its stdout are not JSON-RPC" in note
    assert r"lending desk ready \x1b[32mok" in note


def test_a_flood_on_stderr_stops_nothing(serve: Serve) -> None:
    assert fetch(serve("flood")).status is Status.COMPLETE


def test_malformed_tools_are_handed_on_as_sent(serve: Serve) -> None:
    manifest = fetch(serve("malformed"))
    assert [tool.raw for tool in manifest.tools[:4]] == [7, None, "tool", {}]
    assert names(manifest)[4:] == [None, "no_type", "find_book"]


def test_text_that_few_readers_take_is_read(serve: Serve) -> None:
    manifest = fetch(serve("raw"))
    assert (manifest.status, manifest.error) == (Status.COMPLETE, None)
    assert manifest.tools[0].description == "c \udfff d"
    assert manifest.tools[0].title == "�"
    assert manifest.duplicate_keys == (Place(0, "/description"),)


def test_a_server_without_tools_is_complete_and_says_so(serve: Serve) -> None:
    manifest = fetch(serve("no-tools"))
    assert (manifest.status, manifest.tools) == (Status.COMPLETE, ())
    assert manifest.notes == ("the server offers no tools",)


def test_a_huge_line_is_read_up_to_the_limit(serve: Serve) -> None:
    assert len(fetch(serve("huge", "2")).tools[0].description or "") == 2 * 1024 * 1024
    manifest = fetch(serve("huge", "2"), max_bytes=1_000_000)
    assert (manifest.status, manifest.error) == (
        Status.FAILED,
        "it sent more than 1000000 bytes (--max-bytes)",
    )


def test_an_endless_list_ends_at_the_limit(serve: Serve) -> None:
    manifest = fetch(serve("endless"), max_bytes=100_000)
    assert (manifest.status, len(manifest.tools) > 10) == (Status.PARTIAL, True)


@pytest.mark.parametrize(
    ("argv", "reason"),
    [
        (("no-such-command-at-all",), "command not found: no-such-command-at-all"),
        (("/",), "the command cannot be run: "),
        (("python", "a\0b"), "the command cannot be run: embedded null byte"),
    ],
)
def test_a_command_that_cannot_be_run(argv: tuple[str, ...], reason: str) -> None:
    manifest = fetch(Launch(argv))
    assert manifest.status is Status.FAILED
    assert manifest.error is not None
    assert manifest.error.startswith(reason)


def test_a_folder_that_does_not_exist(serve: Serve) -> None:
    manifest = fetch(serve("modern", cwd="/no/such/folder"))
    assert manifest.error == "folder not found: /no/such/folder"


def test_a_mistake_in_the_target_is_raised() -> None:
    with pytest.raises(UsageError, match="no command"):
        fetch(Launch(()))
    with pytest.raises(UsageError, match="begins with https"):
        fetch(Remote("ftp://desk.example/mcp"))
    with pytest.raises(UsageError, match="does not allow"):
        fetch(Remote("https://desk.example/mcp", {"X-Token": "a\nb"}))


def test_a_mistake_among_several_fails_alone(serve: Serve) -> None:
    bad, good = fetch_all([("bad", Launch(())), (None, serve("modern"))])
    assert (bad.key, bad.status, bad.error) == ("bad", Status.FAILED, "no command to start")
    assert good.status is Status.COMPLETE


def test_values_passed_to_the_server_are_not_shown(serve: Serve) -> None:
    launch = serve("exit", env={"DESK_TOKEN": "s3cret-t0ken"})
    manifest = fetch(launch)
    assert manifest.error is not None
    assert manifest.error.endswith("its stderr ends: Traceback: no token in DESK_TOKEN=<DESK_TOKEN>")
    assert manifest.source.startswith("DESK_TOKEN=… ")
    assert "s3cret" not in repr(manifest)


def test_what_the_server_sees_of_the_environment(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_PRIVATE", "not passed on")
    monkeypatch.setenv("TERM", "vt100")
    seen = _told(fetch(serve("tell", env={"DESK": "front"})))["env"]
    assert (seen["DESK"], seen["TERM"], "DESK_PRIVATE" in seen) == ("front", "vt100", False)
    cleared = _told(fetch(serve("tell", env={"DESK": "front"}, clear_env=True)))["env"]
    # Python itself sets the first, macOS the second.
    assert set(cleared) - {"LC_CTYPE", "__CF_USER_TEXT_ENCODING"} == {
        "HOME",
        "PATH",
        "DESK",
        "TOOLSMELL_SERVER",
    }


def test_an_empty_folder_to_run_in(serve: Serve) -> None:
    seen = _told(fetch(serve("tell", empty_folder=True)))
    assert seen["files"] == []
    assert "toolsmell-" in seen["cwd"]


def _told(manifest: Manifest) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(manifest.tools[0].description or "")
    return told

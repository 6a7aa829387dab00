"""Scans 90 hostile servers: wrong answers of 26 kinds at three places of the conversation, and 12 misbehaving processes.

    python benchmarks/hostile.py [--every 1] [--only WORD]

Each server is this file, started by the command line. The command fails (exit 1) if a scan takes too long, exits with
anything but 0, 1 or 3, has an internal error or a control character in its output, or leaves a process behind.
`--every 9` takes each ninth server.
"""

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

TIMEOUT = 4.0
MARK = f"toolsmell-hostile-{os.getpid()}"
"""A word in the command lines of the servers of this run and of their daemons."""
PATIENCE = 30.0
FORMATS = ("text", "json", "github", "markdown")
TOOL = {"name": "get_room", "description": "Gets a room.", "inputSchema": {"type": "object"}}


def _deep(levels: int) -> str:
    return '{"a":' * levels + "1" + "}" * levels


PAYLOADS: dict[str, Callable[[Any], str]] = {
    "no JSON": lambda _: "Server started!",
    "half a line": lambda _: '{"jsonrpc": "2.0", "id": 1, "result": {"to',
    "null": lambda _: "null",
    "a list": lambda _: "[1, 2, 3]",
    "a number": lambda _: "7",
    "NaN": lambda id_: f'{{"jsonrpc": "2.0", "id": {json.dumps(id_)}, "result": {{"a": NaN}}}}',
    "no result": lambda id_: json.dumps({"jsonrpc": "2.0", "id": id_}),
    "a text as result": lambda id_: json.dumps({"jsonrpc": "2.0", "id": id_, "result": "ok"}),
    "another id": lambda _: json.dumps({"jsonrpc": "2.0", "id": 99_999, "result": {}}),
    "an id of another type": lambda id_: json.dumps({"jsonrpc": "2.0", "id": [id_], "result": {}}),
    "an error without text": lambda id_: json.dumps({"jsonrpc": "2.0", "id": id_, "error": {}}),
    "an error that is a text": lambda id_: json.dumps({"jsonrpc": "2.0", "id": id_, "error": "no"}),
    "an error with colours": lambda id_: json.dumps(
        {"jsonrpc": "2.0", "id": id_, "error": {"code": 1, "message": "\x1b[2J\x1b]0;x\x07"}}
    ),
    "a command for a runner": lambda id_: json.dumps(
        {"jsonrpc": "2.0", "id": id_, "error": {"code": 1, "message": "\n::set-output name=a::b"}}
    ),
    "a secret in an error": lambda id_: json.dumps(
        {"jsonrpc": "2.0", "id": id_, "error": {"code": 1, "message": "token ghp_m4Rk8Wd2Zp6Xv0Bn7Ht3Cq9Jf5Ls1YgUa6E"}}
    ),
    "a deep value": lambda id_: f'{{"jsonrpc": "2.0", "id": {json.dumps(id_)}, "result": {_deep(20_000)}}}',
    "a surrogate": lambda id_: (
        f'{{"jsonrpc": "2.0", "id": {json.dumps(id_)}, "result": {{"tools": [{{"name": "\\ud800"}}]}}}}'
    ),
    "tools that are a text": lambda id_: json.dumps({"jsonrpc": "2.0", "id": id_, "result": {"tools": "all"}}),
    "tools of every type": lambda id_: json.dumps(
        {"jsonrpc": "2.0", "id": id_, "result": {"tools": [None, 1, "a", [], {}, True, {"name": 7}]}}
    ),
    "a cursor for ever": lambda id_: json.dumps(
        {"jsonrpc": "2.0", "id": id_, "result": {"tools": [TOOL], "nextCursor": str(time.monotonic_ns())}}
    ),
    "the same cursor": lambda id_: json.dumps(
        {"jsonrpc": "2.0", "id": id_, "result": {"tools": [TOOL], "nextCursor": "a"}}
    ),
    "a cursor that is a list": lambda id_: json.dumps(
        {"jsonrpc": "2.0", "id": id_, "result": {"tools": [TOOL], "nextCursor": ["a"]}}
    ),
    "hidden characters": lambda id_: json.dumps(
        {
            "jsonrpc": "2.0",
            "id": id_,
            "result": {"tools": [{**TOOL, "description": "Gets.\u202e\u200b\U000e0041\x00\x1b[31m"}]},
        }
    ),
    "a long line": lambda id_: json.dumps(
        {"jsonrpc": "2.0", "id": id_, "result": {"tools": [{**TOOL, "description": "a " * 2_000_000}]}}
    ),
    "five thousand tools": lambda id_: json.dumps(
        {"jsonrpc": "2.0", "id": id_, "result": {"tools": [{**TOOL, "name": f"t{i}"} for i in range(5_000)]}}
    ),
    "every key twice": lambda id_: (
        f'{{"jsonrpc": "2.0", "id": {json.dumps(id_)}, "id": {json.dumps(id_)}, "result": {{"tools": [], "tools": [{{"name": "a", "name": "b"}}]}}}}'
    ),
}
"""The wrong answers, each made from the id of the question."""

PLACES = ("initialize", "tools/list", "the second page")


def _flood(stream: Any, text: bytes) -> None:
    while True:
        stream.write(text)
        stream.flush()


def _daemon() -> None:
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", MARK], start_new_session=True, env={})


def _with_daemon(*, serving: bool) -> None:
    _daemon()
    if serving:
        serve(None, "")
    os._exit(0)


def _without(stream: int) -> None:
    os.close(stream)
    time.sleep(600)


def _deaf() -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    while True:
        time.sleep(60)


def _drip() -> None:
    for character in '{"jsonrpc": "2.0"' * 1000:
        print(character, end="", flush=True)
        time.sleep(0.2)


PROCESSES: dict[str, Callable[[], object]] = {
    "it says nothing": lambda: time.sleep(600),
    "it ends at once": lambda: os._exit(7),
    "it closes its stdout": lambda: _without(1),
    "it closes its stdin": lambda: _without(0),
    "it ends by a signal": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "it is deaf to signals": _deaf,
    "it leaves a daemon and ends": lambda: _with_daemon(serving=False),
    "it leaves a daemon and serves": lambda: _with_daemon(serving=True),
    "it floods its stdout": lambda: _flood(
        sys.stdout.buffer, b'{"jsonrpc": "2.0", "method": "notifications/message", "params": {}}\n'
    ),
    "it floods its stderr": lambda: _flood(sys.stderr.buffer, b"\x1b[31mstarting\n" * 1000),
    "it sends a line without an end": lambda: _flood(sys.stdout.buffer, b"a" * 65_536),
    "it drips": _drip,
}
"""The ways in which a server does something else than serving."""


def names() -> list[str]:
    return [*(f"{what} at {place}" for what in PAYLOADS for place in PLACES), *PROCESSES]


def behave(name: str) -> None:
    """Be one of the servers."""
    if name in PROCESSES:
        PROCESSES[name]()
    else:
        what, _, place = name.rpartition(" at ")
        serve(PAYLOADS[what], place)


def serve(payload: Callable[[Any], str] | None, place: str) -> None:
    """Answer as a server does, but for one place."""
    pages = 0
    for line in sys.stdin:
        message = json.loads(line)
        method, id_ = message.get("method"), message.get("id")
        pages += method == "tools/list"
        here = {"initialize": method == "initialize", "tools/list": method == "tools/list"}
        if payload and here.get(place, method == "tools/list" and pages > 1):
            print(payload(id_), flush=True)
        elif id_ is not None:
            print(json.dumps(_usual(method, id_, more=place == PLACES[2])), flush=True)


def _usual(method: str, id_: Any, *, more: bool) -> dict[str, Any]:
    if method == "initialize":
        info = {"name": "hostile", "version": "1"}
        result: dict[str, Any] = {"protocolVersion": "2025-06-18", "serverInfo": info, "capabilities": {"tools": {}}}
    elif method == "tools/list":
        result = {"tools": [TOOL], **({"nextCursor": "2"} if more else {})}
    else:
        return {"jsonrpc": "2.0", "id": id_, "error": {"code": -32601, "message": "no such method"}}
    return {"jsonrpc": "2.0", "id": id_, "result": result}


def scanned(name: str, form: str) -> tuple[int, str | None]:
    """Scan one server; return the exit code, and what is wrong."""
    command = [sys.executable, "-m", "toolsmell", "scan", "--format", form, "--timeout", str(TIMEOUT), "--isolated"]
    begun = time.monotonic()
    try:
        done = subprocess.run(
            [*command, "--", sys.executable, __file__, "--serve", name, "--mark", MARK],
            capture_output=True,
            timeout=TIMEOUT + PATIENCE,
            check=False,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        )
    except subprocess.TimeoutExpired:
        _left()
        return -1, f"it takes over {TIMEOUT + PATIENCE:g} seconds"
    seen = (done.stdout + done.stderr).decode("utf-8", "replace")
    if done.returncode not in (0, 1, 3) or "internal error" in seen or "Traceback" in seen:
        return done.returncode, f"exit {done.returncode}: {seen[-300:]}"
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", seen):
        return done.returncode, "a control character in the output"
    if "ghp_m4Rk8" in seen:
        return done.returncode, "a secret in the output"
    if left := _left():
        return done.returncode, f"{left} processes are left after {time.monotonic() - begun:.0f} seconds"
    return done.returncode, None


def _left() -> int:
    """Count the servers and their daemons that still run, and end them; 0 on a system without /proc."""
    mine = os.getpid()
    found = 0
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
            if MARK.encode() in words and int(path.parent.name) != mine:
                found += 1
                os.kill(int(path.parent.name), signal.SIGKILL)
        except OSError:
            continue
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, help="take each N-th server")
    parser.add_argument("--only", default="", help="take servers whose name has this word")
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    parser.add_argument("--mark", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.serve:
        globals()["MARK"] = args.mark
        behave(args.serve)
        return 0
    chosen = [name for name in names() if args.only in name][:: args.every]
    faults = 0
    codes: dict[int, int] = {}
    for number, name in enumerate(chosen):
        code, fault = scanned(name, FORMATS[number % len(FORMATS)])
        codes[code] = codes.get(code, 0) + 1
        if fault:
            faults += 1
            print(f"{name}: {fault}")
    counted = ", ".join(f"exit {code}: {count}" for code, count in sorted(codes.items()))
    print(f"{len(chosen)} hostile servers: {counted}; {faults} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

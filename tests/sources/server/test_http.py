"""Servers over HTTP, good and bad: each a path of a real `fixtures/servers/web.py`."""

import json
import socket
import ssl
import subprocess
import sys
import threading
from pathlib import Path
from shutil import which
from urllib.request import urlopen

import pytest

from toolsmell.model import Place, Status
from toolsmell.sources.server.launch import Remote
from toolsmell.sources.server.live import fetch

SERVERS = Path(__file__).parents[3] / "fixtures" / "servers"
TOKEN = {"Authorization": "Bearer open-sesame"}


@pytest.mark.parametrize(
    ("remote", "version"),
    [
        pytest.param(Remote("/mcp"), "2026-07-28", id="the era without sessions"),
        pytest.param(Remote("/legacy"), "2025-06-18", id="the era of sessions and event streams"),
        pytest.param(Remote("/sse", transport="sse"), "2025-06-18", id="the first transport"),
        pytest.param(Remote("/moved"), "2026-07-28", id="a redirect on the same host"),
        pytest.param(Remote("/auth", TOKEN), "2026-07-28", id="with a token"),
    ],
)
def test_reads_a_server(web: str, remote: Remote, version: str) -> None:
    manifest = fetch(remote._replace(url=web + remote.url))
    assert (manifest.status, manifest.error, manifest.protocol_version) == (Status.COMPLETE, None, version)
    assert [tool.name for tool in manifest.tools] == ["find_book", "lend_book"]
    assert manifest.tools[0].raw["x-unknown"] == {"kept": ["as", "sent"]}
    assert [prompt["name"] for prompt in manifest.prompts] == ["remind"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/auth", "the server answered 401 Unauthorized: it wants to know who asks: pass --header"),
        ("/forbidden", "the server answered 403 Forbidden"),
        ("/nowhere", "the server answered 404 Not Found: there is nothing at this path"),
        ("/broken", "the server answered 500 Internal Server Error"),
        ("/page", "the server answered with a web page, not with MCP"),
        ("/compressed", "the server compresses its answers"),
        ("/cut-off", "peer closed connection"),
    ],
)
def test_says_why_a_server_failed(web: str, path: str, reason: str) -> None:
    manifest = fetch(Remote(web + path))
    assert manifest.status is Status.FAILED
    assert manifest.error is not None
    assert reason in manifest.error


def test_a_newer_server_is_not_asked_in_the_older_way(web: str) -> None:
    manifest = fetch(Remote(f"{web}/mcp", transport="sse"))
    assert manifest.status is Status.FAILED
    assert "405 Method Not Allowed: it does not speak the older HTTP+SSE" in (manifest.error or "")
    assert "try without `--transport sse`" in (manifest.error or "")


def test_a_wrong_token_is_not_shown(web: str) -> None:
    manifest = fetch(Remote(f"{web}/auth?key=s3cret-key", {"Authorization": "Bearer wr0ng-t0ken"}))
    assert (manifest.status, manifest.source) == (Status.FAILED, f"{web}/auth?key=…")
    assert "s3cret" not in repr(manifest)
    assert "wr0ng" not in repr(manifest)


def test_headers_do_not_follow_a_redirect_to_another_host(web: str) -> None:
    with subprocess.Popen([sys.executable, SERVERS / "web.py"], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        elsewhere = other.stdout.readline().strip()
        manifest = fetch(Remote(f"{web}/moved-away/{elsewhere.removeprefix('http://')}", TOKEN))
        with urlopen(f"{elsewhere}/seen") as seen:
            assert json.load(seen) == {}
        other.kill()
    assert manifest.error is not None
    assert f"307 Temporary Redirect (Redirect to {elsewhere}/mcp not followed" in manifest.error


def test_a_session_is_taken_leave_of(web: str) -> None:
    fetch(Remote(f"{web}/legacy"))
    with urlopen(f"{web}/seen") as seen:
        (farewell,) = json.load(seen)["DELETE"]
    assert farewell["mcp-session-id"] == "session-0"


@pytest.mark.parametrize(("path", "repeated"), [("/raw", (Place(0, "/description"),)), ("/raw-events", ())])
def test_text_that_the_sdk_does_not_take_is_read(web: str, path: str, repeated: tuple[Place, ...]) -> None:
    manifest = fetch(Remote(web + path))
    assert (manifest.status, manifest.error) == (Status.COMPLETE, None)
    assert (manifest.tools[0].name or "").startswith("odd")
    assert manifest.duplicate_keys == repeated


@pytest.mark.parametrize("path", ["/huge", "/huge-events"])
def test_an_answer_is_read_up_to_the_limit(web: str, path: str) -> None:
    assert len(fetch(Remote(web + path)).tools[0].description or "") == 3_000_000
    manifest = fetch(Remote(web + path), max_bytes=1_000_000)
    assert (manifest.status, manifest.error) == (
        Status.FAILED,
        "it sent more than 1000000 bytes (--max-bytes)",
    )


def test_a_server_that_hangs(web: str) -> None:
    manifest = fetch(Remote(f"{web}/hang"), timeout=1)
    assert (manifest.status, manifest.error) == (
        Status.FAILED,
        "no answer to initialize within 1 s (--timeout)",
    )
    manifest = fetch(Remote(f"{web}/hang-in-list"), timeout=3)
    assert (manifest.status, len(manifest.tools)) == (Status.PARTIAL, 2)


def test_nothing_listens_there() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{unused.getsockname()[1]}"
    assert fetch(Remote(f"http://{host}/mcp")).error == f"cannot connect to {host}: connection refused"


def test_a_host_that_does_not_exist() -> None:
    error = fetch(Remote("http://nowhere.invalid/mcp")).error
    assert error is not None
    assert error.startswith("no connection to nowhere.invalid: ")


@pytest.mark.skipif(not which("openssl"), reason="openssl, which makes the certificate, is not there")
def test_a_certificate_that_is_not_trusted(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost")
    make = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate)
    subprocess.run((*make, *subject), check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        accept = threading.Thread(target=_shake_hands, args=(listener, context))
        accept.start()
        error = fetch(Remote(f"https://localhost:{listener.getsockname()[1]}/mcp")).error
        accept.join()
    assert error is not None
    assert "is not trusted: self" in error


def _shake_hands(listener: socket.socket, context: ssl.SSLContext) -> None:
    connection, _ = listener.accept()
    with connection:
        try:
            context.wrap_socket(connection, server_side=True)
        except OSError:
            return

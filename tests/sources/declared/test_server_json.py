"""Registry entries: from what one declares to a command line or an address, or to a reason why not."""

import json
import os
import shlex
import shutil
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolsmell.errors import SourceError, ToolsmellError, UsageError
from toolsmell.model import Status
from toolsmell.model.declared import ServerJson
from toolsmell.sources.declared import server_json
from toolsmell.sources.declared.server_json import resolve
from toolsmell.sources.json.document import parse
from toolsmell.sources.server.launch import Launch, Remote
from toolsmell.sources.server.live import fetch

NPM = {"registryType": "npm", "identifier": "@ana/tides", "version": "1.2.0", "transport": {"type": "stdio"}}
PYPI = {"registryType": "pypi", "identifier": "tides-mcp", "version": "1.2.0", "transport": {"type": "stdio"}}
OCI = {"registryType": "oci", "identifier": "ghcr.io/ana/tides:1.2.0", "transport": {"type": "stdio"}}
HTTP = {"type": "streamable-http", "url": "https://tides.example.com/mcp"}


def package(base: dict[str, Any], **fields: Any) -> ServerJson:
    return ServerJson({"packages": [{**base, **fields}]})


def launch(base: dict[str, Any], env: dict[str, str] | None = None, **fields: Any) -> Launch:
    target = resolve(package(base, **fields), env=env).target
    assert isinstance(target, Launch)
    return target


def remote(env: dict[str, str] | None = None, **fields: Any) -> Remote:
    target = resolve(ServerJson({"remotes": [{**HTTP, **fields}]}), env=env).target
    assert isinstance(target, Remote)
    return target


def test_reads_an_object_only() -> None:
    assert server_json.read(parse('{"name": "com.example/tides"}', "s.json")).name == "com.example/tides"
    with pytest.raises(SourceError, match=r"s\.json: a server\.json is an object"):
        server_json.read(parse("[]", "s.json"))


@pytest.mark.parametrize(
    ("base", "fields", "argv"),
    [
        (NPM, {}, "npx -y @ana/tides@1.2.0"),
        (NPM, {"version": None}, "npx -y @ana/tides"),
        (NPM, {"registryBaseUrl": "https://registry.npmjs.org/"}, "npx -y @ana/tides@1.2.0"),
        (PYPI, {}, "uvx tides-mcp==1.2.0"),
        (PYPI, {"identifier": "tides-mcp[maps,wind]"}, "uvx tides-mcp[maps,wind]==1.2.0"),
        (OCI, {}, "docker run -i --rm ghcr.io/ana/tides:1.2.0"),
        (OCI, {"identifier": "ana/tides", "version": "1.2.0"}, "docker run -i --rm ana/tides:1.2.0"),
        (OCI, {"version": "1.2.0"}, "docker run -i --rm ghcr.io/ana/tides:1.2.0"),
        (
            OCI,
            {"identifier": f"ana/tides@sha256:{'0f' * 32}"},
            f"docker run -i --rm ana/tides@sha256:{'0f' * 32}",
        ),
        (
            OCI,
            {"identifier": "ana/tides", "version": "3", "registryBaseUrl": "https://ghcr.io"},
            "docker run -i --rm ghcr.io/ana/tides:3",
        ),
        (
            OCI,
            {"identifier": "ana/tides", "version": "3", "registryBaseUrl": "https://docker.io"},
            "docker run -i --rm ana/tides:3",
        ),
    ],
)
def test_command_lines(base: dict[str, Any], fields: dict[str, Any], argv: str) -> None:
    assert launch(base, **fields).argv == tuple(argv.split())


def test_a_package_runs_in_an_empty_folder_with_a_cleared_environment() -> None:
    target = launch(NPM)
    assert (target.empty_folder, target.clear_env, target.cwd, target.env) == (True, True, None, {})


ARGUMENTS = [
    {"type": "positional", "value": "serve"},
    {"type": "named", "name": "--stdio"},
    {"type": "named", "name": "--port", "default": "8080"},
    {"type": "positional", "valueHint": "folder", "description": "What to read.", "isRequired": True},
    {
        "type": "named",
        "name": "--log",
        "value": "{level}:{file}",
        "variables": {"level": {"default": "info"}},
    },
    {"type": "named", "name": "--unit", "description": "Metres or feet."},
]


def test_arguments_are_rendered_in_their_order() -> None:
    target = launch(NPM, {"folder": "/srv/a b"}, packageArguments=ARGUMENTS)
    assert target.argv[3:] == ("serve", "--stdio", "--port", "8080", "/srv/a b", "--log", "info:{file}")
    assert resolve(package(NPM, packageArguments=ARGUMENTS), env={"folder": "x"}).notes == (
        "left out, being optional: unit; `--env NAME=VALUE` passes one",
    )


def test_what_the_user_passes_wins_over_defaults_and_not_over_values() -> None:
    env = {"folder": "x", "port": "1", "unit": "m", "serve": "no"}
    argv = launch(NPM, env, packageArguments=ARGUMENTS).argv
    assert argv[3:8] == ("serve", "--stdio", "--port", "1", "x")
    assert argv[-2:] == ("--unit", "m")


def test_inserted_text_is_not_filled_in_again() -> None:
    given = {"type": "positional", "value": "{a}{b}", "variables": {"a": {}, "b": {}}}
    assert launch(NPM, {"a": "{b}", "b": "{a}"}, packageArguments=[given]).argv[-1] == "{b}{a}"


def test_environment_variables() -> None:
    variables = [
        {"name": "UNIT", "default": "m"},
        {"name": "TIDES_KEY", "isRequired": True, "isSecret": True},
        {"name": "REGION"},
    ]
    target = launch(OCI, {"TIDES_KEY": "k9-4471", "REGION": "eu", "HOME": "/x"}, environmentVariables=variables)
    assert target.env == {"UNIT": "m", "TIDES_KEY": "k9-4471", "REGION": "eu"}
    assert target.argv[4:-1] == ("-e", "UNIT", "-e", "TIDES_KEY", "-e", "REGION")
    assert "k9-4471" not in target.display()


def test_what_is_missing_is_named_all_at_once() -> None:
    entry = package(
        NPM,
        environmentVariables=[{"name": "TIDES_KEY", "isSecret": True, "description": "Key for the tables"}],
        packageArguments=[{"type": "named", "name": "--port", "isRequired": True}],
    )
    with pytest.raises(SourceError) as caught:
        resolve(entry, env={"OTHER": "x"})
    assert str(caught.value) == (
        "package 0 (npm @ana/tides): it needs TIDES_KEY (secret environment variable: Key for the tables), "
        "port (package argument); "
        "pass each with `--env NAME=VALUE`, or `--env NAME` where your environment has it"
    )


def test_a_secret_that_is_called_optional_is_left_out() -> None:
    variables = [{"name": "TIDES_KEY", "isSecret": True, "isRequired": False}]
    assert launch(NPM, environmentVariables=variables).env == {}


def test_what_the_user_passed_and_what_is_secret_is_not_shown() -> None:
    given = {"type": "named", "name": "--key", "value": "k={key}", "variables": {"key": {}}}
    target = launch(NPM, {"key": "k9-4471-aa83"}, packageArguments=[given])
    assert target.argv[-1] == "k=k9-4471-aa83"
    assert "k9-4471" not in target.display()
    fixed = {"type": "named", "name": "--key", "value": "k9-4471-aa83", "isSecret": True}
    assert "k9-4471" not in launch(NPM, packageArguments=[fixed]).display()


def test_a_choice_is_one_of_the_choices() -> None:
    given = {"name": "UNIT", "choices": ["m", "ft"]}
    assert launch(NPM, {"UNIT": "ft"}, environmentVariables=[given]).env == {"UNIT": "ft"}
    with pytest.raises(SourceError, match="environment variable 'UNIT' takes one of: m, ft"):
        launch(NPM, {"UNIT": "yd"}, environmentVariables=[given])


RUNTIME = "runtimeArguments"


@pytest.mark.parametrize(
    ("base", "fields", "reason"),
    [
        (NPM, {"identifier": "-c"}, "not a name that npx looks up"),
        (NPM, {"identifier": "tides mcp"}, "not a name that npx looks up"),
        (NPM, {"identifier": "github:ana/tides"}, "not a name that npx looks up"),
        (NPM, {"identifier": "ana/tides"}, "not a name that npx looks up"),
        (NPM, {"identifier": "https://evil.example/x.tgz"}, "not a name that npx looks up"),
        (NPM, {"identifier": "tides\n"}, "not a name that npx looks up"),
        (NPM, {"identifier": 7}, "not a name that npx looks up"),
        (NPM, {"version": "latest"}, "not one exact version"),
        (NPM, {"version": "^1.0.0"}, "not one exact version"),
        (NPM, {"version": "npm:evil@1"}, "not one exact version"),
        (NPM, {"version": "1.0.0 --call"}, "not one exact version"),
        (NPM, {"version": "-1"}, "not one exact version"),
        (NPM, {"registryBaseUrl": "https://evil.example"}, "npx would look in https://registry.npmjs.org"),
        (PYPI, {"identifier": "git+https://evil.example/x"}, "not a name that uvx looks up"),
        (PYPI, {"identifier": "./x"}, "not a name that uvx looks up"),
        (PYPI, {"version": "1.0; import os"}, "not one exact version"),
        (OCI, {"identifier": "--privileged"}, "not a name that docker looks up"),
        (OCI, {"identifier": "ana/tides", "registryBaseUrl": "https://a b"}, "not the address of a registry"),
        (NPM, {RUNTIME: [{"type": "named", "name": "-c", "value": "id"}]}, "'-c=id' is not one"),
        (NPM, {RUNTIME: [{"type": "named", "name": "--cal", "value": "id"}]}, "'--cal=id' is not one"),
        (NPM, {RUNTIME: [{"type": "named", "name": "--package", "value": "evil"}]}, "is not one"),
        (NPM, {RUNTIME: [{"type": "positional", "value": "evil"}]}, "'evil' is not one"),
        (PYPI, {RUNTIME: [{"type": "named", "name": "--index-url", "value": "https://e"}]}, "is not one"),
        (PYPI, {RUNTIME: [{"type": "named", "name": "--from", "value": "evil"}]}, "is not one"),
        (OCI, {RUNTIME: [{"type": "positional", "value": "evil/image"}]}, "'evil/image' is not one"),
        (OCI, {RUNTIME: [{"type": "named", "name": "evil/image"}]}, "'evil/image' is not one"),
        (
            NPM,
            {"environmentVariables": [{"name": "A=B", "value": "x"}]},
            "not the name of an environment variable",
        ),
        (
            NPM,
            {"environmentVariables": [{"name": "NODE_OPTIONS", "value": "-r ./x"}]},
            "steers what starts it",
        ),
        (OCI, {"environmentVariables": [{"name": "LD_PRELOAD", "value": "/x"}]}, "steers what starts it"),
        (
            OCI,
            {"environmentVariables": [{"name": "docker_host", "default": "tcp://e"}]},
            "steers what starts it",
        ),
        (NPM, {"packageArguments": [{"type": "positional", "value": "a\x00b"}]}, "control characters"),
        (NPM, {"environmentVariables": [{"name": "A", "value": "a\x00b"}]}, "control characters"),
        (NPM, {"transport": HTTP}, "it speaks streamable-http, not stdio"),
        (NPM, {"runtimeHint": "bunx", RUNTIME: [{"type": "positional", "value": "-y"}]}, "are for 'bunx'"),
        (NPM, {"registryType": "mcpb"}, "toolsmell starts npm, pypi, oci packages only"),
        (NPM, {"registryType": None}, "toolsmell starts npm, pypi, oci packages only"),
    ],
)
def test_what_is_refused(base: dict[str, Any], fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(SourceError) as caught:
        resolve(package(base, **fields))
    assert str(caught.value).startswith("package 0 (")
    assert reason in str(caught.value)


def test_each_runtime_argument_is_one_word() -> None:
    given = [
        {"type": "positional", "value": "-i"},
        {"type": "positional", "value": "--rm"},
        {"type": "named", "name": "--network", "value": "host"},
        {"type": "named", "name": "--init", "value": "evil/image"},
    ]
    argv = launch(OCI, runtimeArguments=given).argv
    assert argv == ("docker", "run", "-i", "--rm", "--network=host", "--init=evil/image", OCI["identifier"])
    given = [{"type": "named", "name": "--python", "value": "3.12"}]
    assert launch(PYPI, runtimeArguments=given).argv == ("uvx", "--python=3.12", "tides-mcp==1.2.0")


def test_the_user_may_pass_what_steers() -> None:
    variables = [{"name": "NODE_OPTIONS"}]
    assert launch(NPM, {"NODE_OPTIONS": "--trace-exit"}, environmentVariables=variables).env == {
        "NODE_OPTIONS": "--trace-exit"
    }


def test_a_key_of_several_lines_can_be_passed() -> None:
    assert launch(NPM, {"KEY": "a\nb"}, environmentVariables=[{"name": "KEY"}]).env == {"KEY": "a\nb"}


def test_remotes() -> None:
    headers = [{"name": "Authorization", "value": "Bearer {token}", "variables": {"token": {"isSecret": True}}}]
    target = remote(
        {"token": "t-81c2-99ab", "region": "eu"},
        url="https://{region}.example.com/mcp",
        variables={"region": {"isRequired": True}},
        headers=headers,
    )
    assert target.url == "https://eu.example.com/mcp"
    assert (target.headers, target.transport) == ({"Authorization": "Bearer t-81c2-99ab"}, "streamable-http")


def test_streamable_http_is_taken_before_sse() -> None:
    entry = ServerJson({"remotes": [{"type": "sse", "url": "https://tides.example.com/sse"}, HTTP]})
    assert resolve(entry).target == Remote(HTTP["url"])


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"type": "websocket"}, "its type 'websocket' is not streamable-http or sse"),
        ({"url": "https://{region}.example.com"}, "its url has variables that nothing gives a value to"),
        (
            {"url": "https://{region}.example.com", "variables": {"region": {"isRequired": True}}},
            "needs region (variable); pass each",
        ),
        ({"url": "file:///etc/passwd"}, "its url is not an http address"),
        ({"url": "https://a.example/\r\nX: y"}, "its url has control characters"),
        ({"headers": [{"name": "X-Key", "value": "a\r\nX: y"}]}, "its header X-Key has control characters"),
        ({"headers": [{"name": "X Key:", "value": "a"}]}, "'X Key:' is not the name of a header"),
    ],
)
def test_remotes_that_are_refused(fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(SourceError) as caught:
        remote(**fields)
    assert reason in str(caught.value)


def test_which_of_several_is_taken() -> None:
    entry = ServerJson({"packages": [{**NPM, "registryType": "nuget"}, PYPI], "remotes": [HTTP]})
    assert resolve(entry, prefer="remote").target == Remote(HTTP["url"])
    assert resolve(entry, package=1).target == launch(PYPI)
    with pytest.raises(SourceError, match=r"\(or try `--package 1` or `--prefer remote`\)$"):
        resolve(entry)
    with pytest.raises(UsageError, match="there is no package 2: it declares 0 to 1"):
        resolve(entry, package=2)


def test_the_other_kind_is_taken_with_a_word_where_the_preferred_is_missing() -> None:
    assert resolve(ServerJson({"remotes": [HTTP]})).notes == ("it declares no packages: its remote is used",)
    assert resolve(package(NPM), prefer="remote").notes == ("it declares no remotes: its package is used",)
    with pytest.raises(SourceError, match="neither packages nor remotes"):
        resolve(ServerJson({}))


def test_what_is_not_as_it_seems_is_said() -> None:
    notes = resolve(package(NPM, version=None, fileSha256="0f")).notes
    assert notes == (
        "it names no exact version: whatever is newest is started",
        "its fileSha256 is not checked: the package is downloaded by what starts it",
    )
    assert resolve(package(OCI, identifier="ana/tides:latest")).notes == notes[:1]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=5,
)
KEYS = ["packages", "remotes", "variables", "headers", "environmentVariables", "packageArguments", RUNTIME]
FIELDS = ["registryType", "identifier", "version", "transport", "type", "url", "name", "value", "default"]
FIELDS += ["isRequired", "isSecret", "choices", "valueHint"]
ENTRIES = st.recursive(
    ANYTHING | st.sampled_from(["npm", "named", "positional", "stdio", "sse", "a", "1.0", "{a}", True]),
    lambda inner: (
        st.dictionaries(st.sampled_from(KEYS), st.lists(inner, max_size=2) | inner)
        | st.dictionaries(st.sampled_from(KEYS + FIELDS), inner | st.lists(inner, max_size=2), max_size=6)
    ),
    max_leaves=25,
)


@settings(max_examples=60)
@given(
    st.dictionaries(st.sampled_from(KEYS), st.lists(ENTRIES, max_size=3) | ENTRIES),
    st.sampled_from([{}, {"a": "b"}]),
)
def test_no_entry_does_worse_than_an_error(entry: dict[str, Any], env: dict[str, str]) -> None:
    try:
        target = resolve(ServerJson(entry), env=env).target
    except ToolsmellError:
        return
    if isinstance(target, Launch):
        assert target.argv[0] in ("npx", "uvx", "docker")
    else:
        assert target.url.lower().startswith("http")


def test_npx_is_started_with_the_words_in_an_empty_folder(
    serve: Callable[[str], Launch], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, npx = tmp_path / "words", tmp_path / "npx"
    npx.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {words}\nexec {shlex.join(serve("tell").argv)}\n')
    npx.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("TIDES_KEY", "not for the server")
    manifest = fetch(launch(NPM, packageArguments=[{"type": "positional", "value": "$HOME; `id`"}]))
    assert (manifest.status, manifest.error) == (Status.COMPLETE, None)
    assert words.read_text() == "-y\n@ana/tides@1.2.0\n$HOME; `id`\n"
    told = json.loads(manifest.tools[0].description or "")
    assert told["files"] == []
    assert told["env"]["HTTPS_PROXY"] == "http://proxy.example:3128"
    assert "TIDES_KEY" not in told["env"]


@pytest.mark.live
@pytest.mark.skipif(not shutil.which("uvx"), reason="uvx is not there")
def test_a_package_from_pypi() -> None:
    version = metadata.version("mcp-server-time")
    manifest = fetch(launch(PYPI, identifier="mcp-server-time", version=version), timeout=120)
    assert {tool.name for tool in manifest.tools} == {"get_current_time", "convert_time"}


@pytest.mark.node
@pytest.mark.skipif(not shutil.which("npx"), reason="npx is not there")
def test_a_package_from_npm() -> None:
    manifest = fetch(launch(NPM, identifier="@modelcontextprotocol/server-memory", version=None), timeout=120)
    assert "create_entities" in {tool.name for tool in manifest.tools}

"""Packages of registry entries: the command line that starts one, without a shell, or why it is not started.

Everything in an entry is a stranger's. A package runs in an empty folder with a cleared environment, as the
exact version that the entry names; words that would be read as options, as another package or as another
registry are refused, and so are variables that would steer npx, uvx or docker instead of the server.
"""

from collections.abc import Mapping
from re import DOTALL
from typing import NamedTuple

from toolsmell.errors import SourceError
from toolsmell.escape import shown
from toolsmell.model.declared import DeclaredPart, Input, InputKind, image_tag, is_exact
from toolsmell.sources.declared.inputs import Inputs, arguments_of
from toolsmell.sources.server.launch import Launch
from toolsmell.text import pattern


class Runner(NamedTuple):
    """The command that starts packages of one registry."""

    command: str
    before: tuple[str, ...]
    """The separator between the command and the rest."""
    name: str
    """The pattern of an identifier."""
    joint: str
    """The separator between the identifier and the version."""
    registry: str | None
    """The registry that the command asks, or None if the identifier names it."""
    options: str
    """The pattern of runtime arguments that are passed on: none of them names other code or runs a shell."""


RUNNERS: Mapping[str, Runner] = {
    "npm": Runner(
        "npx",
        ("-y",),
        r"(?:@[a-z0-9~][a-z0-9._~-]*/)?[a-z0-9~][a-z0-9._~-]*",
        "@",
        "https://registry.npmjs.org",
        r"--yes|--quiet|--silent|--prefer-(?:offline|online)",
    ),
    "pypi": Runner(
        "uvx",
        (),
        r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?(?:\[[a-z0-9._,-]+\])?",
        "==",
        "https://pypi.org",
        r"--(?:python|with|prerelease)=.+|--(?:refresh|no-cache|quiet|isolated)",
    ),
    "oci": Runner(
        "docker",
        ("run", "-i", "--rm"),
        r"[a-z0-9][a-z0-9._:/-]*(?:@sha256:[0-9a-f]{64})?",
        ":",
        None,
        r"-.+",
    ),
}

_VERSION = r"[A-Za-z0-9][A-Za-z0-9.+_!-]*"
_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_STEERING = (
    r"PATH|HOME|BASH_ENV|SSL_CERT_(?:FILE|DIR)|(?:HTTPS?|ALL|NO)_PROXY"
    r"|(?:LD|DYLD|DOCKER|NPM_CONFIG|UV|PIP)_\w*"
    r"|NODE_(?:OPTIONS|PATH|EXTRA_CA_CERTS|TLS_REJECT_UNAUTHORIZED)|PYTHON(?:PATH|HOME|STARTUP|USERBASE|WARNINGS)"
)
"""Variables that npx, uvx, docker or the system's loader act on before the server does."""

_PROXIES = ("ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")
KEPT = (
    # The way out, and whom to trust on it.
    *_PROXIES,
    *(name.lower() for name in _PROXIES),
    *("NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "SSL_CERT_DIR", "SSL_CERT_FILE"),
    # Where docker and the packages are.
    *("DOCKER_CERT_PATH", "DOCKER_CONFIG", "DOCKER_CONTEXT", "DOCKER_HOST", "DOCKER_TLS_VERIFY"),
    *("NPM_CONFIG_CACHE", "NPM_CONFIG_REGISTRY", "npm_config_cache", "npm_config_registry"),
    *("UV_CACHE_DIR", "UV_DEFAULT_INDEX", "UV_PYTHON", "XDG_CACHE_HOME", "XDG_DATA_HOME"),
    *("LANG", "LC_ALL", "TMPDIR"),
)
"""Variables of the user's environment that the servers of a file get besides PATH and HOME. npx, uvx and docker
need them to reach packages. The address of a proxy or an index may hold a password."""


def launch_of(package: DeclaredPart, values: Inputs) -> Launch:
    """Return the launch of a package. Raises `SourceError` if it cannot be started, or not safely.

    Inputs that are missing are left out here; `values` remembers them.
    """
    runner = _runner(package)
    env = _environment(package, values)
    argv = _argv(package, runner, env, values)
    refuse_controls("its environment", *env.values(), lines=True)
    refuse_controls("an argument", *argv)
    return Launch(argv, env=env, clear_env=True, empty_folder=True, secrets=values.secrets, keep=KEPT)


def remarks(package: DeclaredPart) -> tuple[str, ...]:
    """Return the warnings before a package is started."""
    notes = []
    tag = image_tag(package.text("identifier") or "") if package.text("registryType") == "oci" else None
    if not is_exact(package.text("version") or tag or ""):
        notes.append("it names no exact version: whatever is newest is started")
    if package.value.get("fileSha256"):
        notes.append("its fileSha256 is not checked: the package is downloaded by what starts it")
    return tuple(notes)


def _runner(package: DeclaredPart) -> Runner:
    runner = RUNNERS.get(package.text("registryType") or "")
    if runner is None:
        raise SourceError(f"toolsmell starts {', '.join(RUNNERS)} packages only; start it yourself and scan that")
    transport = package.part("transport")
    served = transport.text("type") if transport else None
    if served not in ("stdio", None):
        raise SourceError(f"it speaks {shown(served or '')}, not stdio; start it yourself and scan its address")
    hint = package.text("runtimeHint")
    if hint and hint != runner.command and package.value.get("runtimeArguments"):
        raise SourceError(
            f"its runtimeArguments are for '{shown(hint)}', and toolsmell starts it with {runner.command}"
        )
    return runner


def _argv(package: DeclaredPart, runner: Runner, env: Mapping[str, str], values: Inputs) -> tuple[str, ...]:
    runtime = _runtime(package, runner, values)
    passed = [word for name in env for word in ("-e", name)] if runner.command == "docker" else []
    given = arguments_of(package, "packageArguments", InputKind.PACKAGE_ARGUMENT, values)
    words = [word for argument in given for word in argument if word is not None]
    return (runner.command, *runner.before, *runtime, *passed, _specifier(package, runner), *words)


def _runtime(package: DeclaredPart, runner: Runner, values: Inputs) -> list[str]:
    """Return the runtime arguments, each as one word, so that none can be taken for the package."""
    given = arguments_of(package, "runtimeArguments", InputKind.RUNTIME_ARGUMENT, values)
    words = ["=".join(word for word in argument if word is not None) for argument in given]
    words = [word for word in words if word not in runner.before]
    for word in words:
        if not pattern(runner.options, DOTALL).fullmatch(word):
            raise SourceError(
                f"its runtime argument '{shown(word)}' is not one that toolsmell passes to {runner.command}; "
                "start it yourself to use it"
            )
    return words


def _specifier(package: DeclaredPart, runner: Runner) -> str:
    identifier, version = package.text("identifier") or "", package.text("version")
    if not pattern(f"(?i){runner.name}").fullmatch(identifier):
        raise SourceError(f"its identifier '{shown(identifier)}' is not a name that {runner.command} looks up")
    if version and not (pattern(_VERSION).fullmatch(version) and is_exact(version)):
        raise SourceError(f"its version '{shown(version)}' is not one exact version")
    base = package.text("registryBaseUrl")
    if runner.registry is None:
        identifier = _image(identifier, base)
        return identifier if not version or image_tag(identifier) else f"{identifier}:{version}"
    if base and base.rstrip("/") != runner.registry:
        raise SourceError(f"it comes from {shown(base)}, and {runner.command} would look in {runner.registry}")
    return f"{identifier}{runner.joint}{version}" if version else identifier


def _image(identifier: str, base: str | None) -> str:
    """Put the registry in front of an image that does not name one."""
    host = (base or "").partition("://")[2].strip("/")
    first, slash, _ = identifier.partition("/")
    named = bool(slash) and ("." in first or ":" in first or first == "localhost")
    if not host or host == "docker.io" or named:
        return identifier
    if not pattern(r"[A-Za-z0-9][A-Za-z0-9.-]*(?::\d+)?").fullmatch(host):
        raise SourceError(f"its registryBaseUrl '{shown(base or '')}' is not the address of a registry")
    return f"{host}/{identifier}"


def _environment(package: DeclaredPart, values: Inputs) -> dict[str, str]:
    env: dict[str, str] = {}
    for part in package.parts("environmentVariables"):
        name = part.text("name") or ""
        if not pattern(_NAME).fullmatch(name):
            raise SourceError(f"'{shown(name)}' is not the name of an environment variable")
        value = values.value(Input(part, InputKind.ENVIRONMENT, name))
        if value is None:
            continue
        if pattern(f"(?i){_STEERING}").fullmatch(name) and not values.passed(name):
            raise SourceError(f"it sets {name}, which steers what starts it; `--env {name}=VALUE` allows that")
        env[name] = value
    return env


def refuse_controls(what: str, *words: str, lines: bool = False) -> None:
    """Refuse control characters: they end strings, add headers and hide what is shown."""
    unseen = r"[\x00\ud800-\udfff]" if lines else r"[\x00-\x1f\x7f\ud800-\udfff]"
    if any(pattern(unseen).search(word) for word in words):
        raise SourceError(f"{what} has control characters in it")

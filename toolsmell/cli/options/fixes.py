"""`scan --fix` and `scan --diff`."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import click

from toolsmell.app import Scanner, ScanOptions
from toolsmell.cli.options.targets import say
from toolsmell.errors import ExitCode
from toolsmell.model import Manifest, Status
from toolsmell.project.suppress import NOTHING, Given, Suppressor

if TYPE_CHECKING:
    from toolsmell.editing.fixes import Fixed, Scan


def apply(
    manifest: Manifest, options: ScanOptions, given: Given = NOTHING, written: dict[str, bytes] | None = None
) -> Manifest:
    """Write the safe fixes of one manifest to its files, and return the fixed manifest.

    `written` has the files that this run has written before, and gets those that are written now: a file of
    source code may hold several servers.
    """
    from toolsmell.cli.whole_files import replace_files
    from toolsmell.editing.fixes import fixed

    if manifest.status is Status.FAILED:
        return manifest
    written = {} if written is None else written
    result = fixed(manifest, _scan(options, given), written)
    _say_refused(result)
    changed = {file: data for file, data in result.after.items() if data != result.before[file]}
    if not changed:
        return manifest
    for file in changed:
        if problem := _problem(file, result.before[file]):
            say(f"toolsmell: not fixed: {problem}")
            return manifest
    replace_files(changed)
    written.update(changed)
    for fix in result.fixes:
        say(f"fixed {fix}")
    return result.manifest.locator.again(result.manifest) if result.manifest.locator else result.manifest


def _problem(file: str, before: bytes) -> str | None:
    import os

    from toolsmell.cli.whole_files import read_file

    if os.path.islink(file):
        return f"{file} is a link; name the file that it leads to"
    return None if read_file(file) == before else f"{file} changed while it was read"


def _scan(options: ScanOptions, given: Given) -> "Scan":
    """Return the scan for fixes. Suppressed findings are not fixed, but those of the baseline are."""
    kept = given._replace(baseline=())
    return lambda manifest: Suppressor(kept).apply(Scanner(options).scan(manifest), manifest.ignores)


def _say_refused(result: "Fixed") -> None:
    """Report what was not fixed, once for each reason."""
    by_reason: dict[str, list[str]] = {}
    for fix, reason in result.refused:
        by_reason.setdefault(reason, []).append(fix)
    for reason, fixes in by_reason.items():
        more = f", and {len(fixes) - 1} more" if len(fixes) > 1 else ""
        say(f"toolsmell: not fixed: {reason} ({fixes[0]}{more})")


def say_nothing(options: ScanOptions) -> None:
    """Report that nothing was fixed, and name the rules with fixes if none of them ran."""
    from toolsmell.rules import BY_ID

    if any(rule.fixable for rule in options.rules.rules):
        say("nothing was fixed")
        return
    fixable = ", ".join(rule.id for rule in BY_ID.values() if rule.fixable)
    say(f"nothing was fixed: none of the rules that ran has fixes; these have: {fixable}")


def show(manifests: Iterable[Manifest], options: ScanOptions, given: Given = NOTHING) -> ExitCode:
    """Print the fixes of all manifests as one diff, without writing anything."""
    from toolsmell.editing.fixes import fixed

    code = ExitCode.CLEAN
    before: dict[str, bytes] = {}
    after: dict[str, bytes] = {}
    for manifest in manifests:
        if manifest.error:
            say(f"toolsmell: {manifest.error}")
            code = ExitCode.NOT_LINTED
        if manifest.status is not Status.FAILED:
            result = fixed(manifest, _scan(options, given), after)
            _say_refused(result)
            before = {**result.before, **before}
            after.update(result.after)
    diff = _diff(before, after)
    click.echo(diff, nl=False)
    if not diff:
        say_nothing(options)
    return ExitCode.FINDINGS if diff and code is ExitCode.CLEAN else code


def _diff(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> str:
    from toolsmell.editing.diff_paths import diff_path
    from toolsmell.editing.patch import unified_diff

    return "".join(
        unified_diff("stdin" if file == "<stdin>" else diff_path(file), _text(file, before[file]), _text(file, data))
        for file, data in after.items()
        if before[file] != data
    )


def _text(file: str, data: bytes) -> str:
    from toolsmell.sources.code import is_source
    from toolsmell.sources.code.source import decode

    return decode(data, file).text if is_source(file) else data.decode("utf-8", "surrogatepass")

"""`scan --fix` and `scan --diff`."""

from collections.abc import Iterable
from pathlib import Path

import click

from toolsmell.app import ScanOptions
from toolsmell.cli.targets import say
from toolsmell.errors import ExitCode
from toolsmell.model import Manifest, Status
from toolsmell.patch import PatchError, unified_diff
from toolsmell.sources.manifest import STDIN


def apply(manifest: Manifest, options: ScanOptions) -> Manifest:
    """Write the safe fixes of one manifest to its file, and return the manifest as it then is."""
    from toolsmell.cli.files import read_file, replace_file
    from toolsmell.fixing import fixed

    if manifest.status is Status.FAILED:
        return manifest
    try:
        result = fixed(manifest, options)
    except PatchError as error:
        say(f"toolsmell: not fixed: {error}")
        return manifest
    if result.after != result.before:
        if Path(result.file).is_symlink():
            say(f"toolsmell: not fixed: {result.file} is a link; name the file that it leads to")
            return manifest
        if read_file(result.file) != result.before.encode("utf-8", "surrogatepass"):
            say(f"toolsmell: not fixed: {result.file} changed while it was read")
            return manifest
        replace_file(Path(result.file), result.after)
        for fix in result.fixes:
            say(f"fixed {fix}")
    return result.manifest


def show(manifests: Iterable[Manifest], options: ScanOptions) -> ExitCode:
    """Print the fixes of all manifests as one diff, without writing anything."""
    from toolsmell.fixing import fixed

    code = ExitCode.CLEAN
    for manifest in manifests:
        if manifest.error:
            say(f"toolsmell: {manifest.error}")
            code = ExitCode.NOT_LINTED
        if manifest.status is Status.FAILED:
            continue
        try:
            result = fixed(manifest, options)
        except PatchError as error:
            say(f"toolsmell: not fixed: {error}")
            continue
        diff = unified_diff("stdin" if result.file == STDIN else result.file, result.before, result.after)
        click.echo(diff, nl=False)
        if diff and code is ExitCode.CLEAN:
            code = ExitCode.FINDINGS
    return code

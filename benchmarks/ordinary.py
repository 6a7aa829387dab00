"""Counts which JSON files of other programs the hook takes for files of MCP: none of ordinary packages.

Unpack packages below a folder (`npm pack eslint`, `tar xzf`), then `python benchmarks/ordinary.py FOLDER`.
"""

import sys
from collections import Counter
from pathlib import Path

from toolsmell.sources.options import TargetOptions
from toolsmell.sources.targets import manifests


def main(folders: list[str]) -> int:
    """Print each file that is taken for one of MCP, and the counts; return 1 if there is one."""
    said: Counter[str] = Counter()
    taken = looked = 0
    for path in (path for folder in folders for path in sorted(Path(folder).rglob("*.json")) if path.is_file()):
        looked += 1
        for manifest in manifests([str(path)], TargetOptions(skip_unrecognised=True, say=lambda m: said.update([m]))):
            taken += 1
            print(f"{path}: {manifest.error or f'{len(manifest.tools)} tools'}")
    print(f"{looked:,} files, {taken} taken for files of MCP")
    for words, count in said.most_common():
        print(f"{count:>8,}  {words}")
    return 1 if taken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

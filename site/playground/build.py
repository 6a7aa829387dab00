"""Builds the playground into `dist`: the page, toolsmell as an archive, and Pyodide from npm.

python site/playground/build.py [--pyodide node_modules/pyodide] [--out DIR] [--serve]
"""

import argparse
import os
import shutil
import sys
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PAGE = ("index.html", "playground.css", "playground.js", "worker.js")
PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
UNUSED = ("survey", "cli", "calling", "evaluate", "calibrate", "judge", "models", "serve")
"""Rooms that a scan of JSON does not use."""


def main() -> int:
    """Build the page, and serve it if that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pyodide", type=Path, help="the folder of npm's package pyodide")
    parser.add_argument("--out", type=Path, default=HERE / "dist")
    parser.add_argument("--serve", action="store_true", help="serve the page on 127.0.0.1:8000 afterwards")
    given = parser.parse_args()
    pyodide = given.pyodide or next((folder for folder in _places() if (folder / PYODIDE[0]).is_file()), None)
    if pyodide is None or not (pyodide / PYODIDE[0]).is_file():
        print("pyodide is not there: `npm install pyodide`, or name its folder with --pyodide", file=sys.stderr)
        return 1
    build(given.out, pyodide)
    size = sum(path.stat().st_size for path in given.out.rglob("*") if path.is_file())
    print(f"{given.out}: {size / 1e6:.1f} MB")
    if given.serve:
        serve(given.out, 8000)
    return 0


def _places() -> Iterator[Path]:
    """Yield the folders in which npm may have put Pyodide."""
    folders = os.environ.get("TOOLSMELL_NODE_MODULES", "").split(os.pathsep)
    for folder in (*filter(None, folders), ROOT / "node_modules", ROOT / ".venv" / "npm" / "node_modules"):
        yield Path(str(folder)) / "pyodide"


def build(out: Path, pyodide: Path) -> None:
    """Write the whole page to a folder, which is emptied first if an earlier build made it."""
    if out.exists():
        shutil.rmtree(out)
    (out / "pyodide").mkdir(parents=True)
    for name in PAGE:
        shutil.copyfile(HERE / name, out / name)
    for name in PYODIDE:
        shutil.copyfile(pyodide / name, out / "pyodide" / name)
    with zipfile.ZipFile(out / "toolsmell.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(HERE / "playground.py", "playground.py")
        for path in sorted(_package()):
            archive.write(path, path.relative_to(ROOT).as_posix())
        for path in sorted((ROOT / "rubrics").glob("*.json")):
            archive.write(path, f"toolsmell/rubrics/{path.name}")


def _package() -> Iterator[Path]:
    """Yield the files of toolsmell that the page runs."""
    package = ROOT / "toolsmell"
    for path in package.rglob("*"):
        room = path.relative_to(package).parts[0]
        if path.is_file() and "__pycache__" not in path.parts and room not in UNUSED:
            yield path


def serve(folder: Path, port: int) -> None:
    """Serve a folder on the loopback address until it is interrupted."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        print(f"http://127.0.0.1:{server.server_port}")
        server.serve_forever()


if __name__ == "__main__":
    sys.exit(main())

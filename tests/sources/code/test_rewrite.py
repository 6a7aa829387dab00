"""Texts of a manifest in the source code that it was read from: all of what is meant, and nothing besides."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.sources.code.reading import manifest_of
from toolsmell.editing.patch import PatchError
from toolsmell.model import Edited, Manifest, Place

DOCUMENTED = '''\
from fastmcp import FastMCP
mcp = FastMCP("s")


@mcp.tool()
def moor(ship: str) -> None:
    """Moor a ship.

    Args:
        ship: Name of the ship.
    """


@mcp.tool(description="Cast off.")
def cast() -> None: ...
'''
SDK = DOCUMENTED.replace("from fastmcp", "from mcp.server.fastmcp")
BOTH = '''\
from mcp.server.fastmcp import FastMCP
mcp = FastMCP("s")


def moor(ship: str) -> None:
    """Moor a ship."""


mcp.tool(name="one")(moor)
mcp.tool(name="two")(moor)
'''


def rewritten(manifest: Manifest, texts: Mapping[Place, str], files: Mapping[str, bytes] = {}) -> Edited:
    assert manifest.locator
    return manifest.locator.edit(manifest, texts, files)


SHIP = "/inputSchema/properties/ship/description"


def test_texts_of_several_tools_and_parameters(tmp_path: Path) -> None:
    manifest = manifest_of(tmp_path, DOCUMENTED)
    texts = {Place(0, "/description"): "Moor.\n\nSlowly.", Place(0, SHIP): "Its name.", Place(1, "/description"): "Go."}
    done = rewritten(manifest, texts)
    (before,), (after,) = done.before.values(), done.after.values()
    assert before.decode() == DOCUMENTED
    assert after.decode() == DOCUMENTED.replace("Moor a ship.", "Moor.\n\n    Slowly.").replace(
        "Name of the ship.", "Its name."
    ).replace("Cast off.", "Go.")
    assert [tool.description for tool in done.manifest.tools] == ["Moor.\n\nSlowly.", "Go."]


def test_a_second_change_starts_from_the_first(tmp_path: Path) -> None:
    manifest = manifest_of(tmp_path, DOCUMENTED)
    first = rewritten(manifest, {Place(0, "/description"): "Longer than it was before."})
    second = rewritten(manifest, {Place(1, "/description"): "Go."}, first.after)
    (after,) = second.after.values()
    assert b"Longer than it was before." in after and b'"Go."' in after


REFUSED = {
    "not written": (SDK, {Place(0, SHIP): "Its name."}, "as a text of its own"),
    "nowhere": (SDK, {Place(1, "/title"): "Go"}, "as a text of its own"),
    "layout": (SDK, {Place(1, "/description"): "Cast off."}, "white space"),
    "another tool": (BOTH, {Place(0, "/description"): "Moor it."}, "more than that text"),
    "two texts": (BOTH, {Place(0, "/description"): "One.", Place(1, "/description"): "Two."}, "two tools"),
    "a section": (
        'from fastmcp import FastMCP\nmcp = FastMCP("s")\n\n\n@mcp.tool()\ndef f(a: str) -> None:\n    """Go."""\n',
        {Place(0, "/description"): "Go.\n\nArgs:\n    a: Where."},
        "more than that text",
    ),
}


@pytest.mark.parametrize(("code", "texts", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_would_change_something_else_is_refused(
    code: str, texts: dict[Place, str], reason: str, tmp_path: Path
) -> None:
    if reason == "white space":
        code = code.replace('description="Cast off."', "").replace(
            "def cast() -> None: ...", 'def cast():\n    """Cast off.\n    """'
        )
        texts = {Place(1, "/description"): "Cast off."}
    with pytest.raises(PatchError, match=reason):
        rewritten(manifest_of(tmp_path, code), texts)


def test_one_text_for_two_tools_is_no_conflict(tmp_path: Path) -> None:
    done = rewritten(manifest_of(tmp_path, BOTH), {Place(0, "/description"): "It.", Place(1, "/description"): "It."})
    assert [tool.description for tool in done.manifest.tools] == ["It.", "It."]


HELD = '''\
from mcp.server.fastmcp import FastMCP
mcp = FastMCP("s")
MOOR = """Moor a ship.
Slowly."""


@mcp.tool(description=MOOR)
def moor(ship: str) -> None: ...
'''


def test_a_constant_that_is_used_once_is_edited(tmp_path: Path) -> None:
    done = rewritten(manifest_of(tmp_path, HELD), {Place(0, "/description"): "Moor it."})
    (after,) = done.after.values()
    assert after.decode() == HELD.replace("Moor a ship.\nSlowly.", "Moor it.")


@pytest.mark.parametrize(
    ("code", "other"),
    [
        (HELD + "print(MOOR)\n", ""),
        (HELD, "from server import MOOR\n"),
        (HELD.replace("description=MOOR", "description=MOOR + ''"), ""),
        (HELD.replace("MOOR = ", "class Texts:\n    MOOR = ").replace("=MOOR", "=Texts.MOOR"), ""),
        (HELD.replace("MOOR = ", "MOOR = 'Go. ' + "), "x = 'MOOR'"),
    ],
    ids=["used twice", "imported", "in a sum", "in a class", "spoken of elsewhere"],
)
def test_a_constant_that_other_places_may_use_is_not(code: str, other: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_server.py").write_text(other)
    with pytest.raises(PatchError, match=r"server\.py:\d+: the text (is held in a constant|is put together)"):
        rewritten(manifest_of(tmp_path, code), {Place(0, "/description"): "Moor it."})

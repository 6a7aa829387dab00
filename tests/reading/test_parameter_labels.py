"""Parts of a description that explain parameters."""

import pytest

from toolsmell.reading.sentences import read
from toolsmell.text import Text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Moors.\n\nArgs:\n    ship: its name\n    since: the day\n", ["ship", "since"], id="docstring"),
        pytest.param("Moors. Parameters: ship: its name, pier: where", ["ship", "pier"], id="one run of text"),
        pytest.param("Moors.\n- `ship` (string): its name", ["ship"], id="code style"),
        pytest.param("Moors.\nship_name: as painted on the bow", ["ship_name"], id="an identifier"),
        pytest.param("Moors.\n- ship: its name\n- since: the day", ["ship", "since"], id="a list"),
        pytest.param("Moors a ship: it takes the ship", [], id="a colon in a sentence"),
        pytest.param("系泊。\n参数:\n- ship: 船名", ["ship"], id="Chinese"),
        pytest.param("Moors.\nNote: it is slow", [], id="a note"),
        pytest.param("Moors.\n\nReturns:\n    berth: where it lies\n", [], id="what comes back"),
        pytest.param('Moors.\nExample: {"ship": "Grete"}', [], id="JSON"),
        pytest.param("Moors at http://port.example: quickly", [], id="an address"),
    ],
)
def test_names_that_are_explained(text: str, names: list[str]) -> None:
    assert [name for sentence in read(Text(text)) for name in sentence.labels] == names

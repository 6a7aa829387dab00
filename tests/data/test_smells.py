"""Every smell of the shipped rubric has an example and its measured agreement."""

from toolsmell.data import smells
from toolsmell.scoring import rubric


def test_every_smell_has_a_page_with_before_and_after() -> None:
    for part in rubric.load().components.values():
        found = smells.example(part.smell)
        assert found is not None, part.smell
        assert len(found.after) > len(found.before) > 0
        assert -1 <= found.readers <= 1
        assert -1 <= found.jurors <= 1
    assert smells.example("another-rubric") is None

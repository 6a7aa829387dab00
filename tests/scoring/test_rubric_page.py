"""The example on the page about rubrics is a rubric."""

from pathlib import Path

from toolsmell.scoring import rubric

PAGE = Path(__file__).parent.parent.parent / "docs" / "rubrics.md"


def test_the_example_on_the_page_is_a_rubric(tmp_path: Path) -> None:
    example = PAGE.read_text(encoding="utf-8").partition("```yaml\n")[2].partition("```")[0]
    path = tmp_path / "page.yaml"
    path.write_text(example, encoding="utf-8")
    found = rubric.load(str(path))
    assert list(found.components) == ["clarity", "inputs"]
    assert (found.components["clarity"].weight, found.fewest) == (3.0, 1)


def test_the_page_tells_of_every_key() -> None:
    page = PAGE.read_text(encoding="utf-8")
    keys = "overall fewest components question smell title weight levels cut_points signals typical measure effective "
    keys += "needs unsure prompts writing calibration"
    assert not [key for key in keys.split() if f"`{key}" not in page and f"{key}:" not in page]

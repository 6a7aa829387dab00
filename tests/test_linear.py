"""The measure of growth tells linear from quadratic work."""

from tests.linear import grows_linearly


def _quadratic(size: int) -> int:
    return sum(1 for _ in range(size * size // 1_000))


def test_linear_work_passes_and_quadratic_work_does_not() -> None:
    assert grows_linearly(lambda size: sorted(range(size)), 200_000)
    assert not grows_linearly(_quadratic, 20_000)

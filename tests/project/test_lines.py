"""The lines of keys are found once for a file, however many are asked for."""

import time

from toolsmell.project.config.settings import Config


def test_a_thousand_lines_are_found_in_one_reading() -> None:
    text = "".join(f'[tools.t{number}]\nignore = ["cost"]\n' for number in range(1000))
    config = Config(file="toolsmell.toml", text=text)
    begun = time.process_time()
    assert config.line("tools", "t0") == 1
    once = time.process_time() - begun
    assert [config.line("tools", f"t{number}") for number in range(1000)] == list(range(1, 2000, 2))
    # A reading for each question would take a thousand times as long as the first.
    assert time.process_time() - begun < 50 * max(once, 0.02)

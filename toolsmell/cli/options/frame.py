"""The option for the frame in which tools are scored."""

from typing import Final

from toolsmell.cli.click_parameters import EnumChoice, option
from toolsmell.model import Frame

frame_option: Final = option(
    "--frame",
    type=EnumChoice(Frame),
    default=Frame.EFFECTIVE.value,
    show_default=True,
    help="Score the description alone, or with the schema.",
)

"""Embeds texts with a connected model, or with a local model of sentence-transformers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from toolsmell.errors import UsageError
from toolsmell.evaluate.retrievers import Embed
from toolsmell.models.client import EmbeddingModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def embedder(model: EmbeddingModel) -> Embed:
    """Return `model` as a function that embeds texts as the rows of an array."""

    def embed(texts: Sequence[str], /) -> "NDArray[np.float32]":
        import numpy as np

        return np.array(model.embed(texts), np.float32)

    return embed


def sentence_transformer(path: str) -> Embed:
    """Return a model of sentence-transformers: its name, or the folder it is in. Nothing is downloaded."""
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError:
        raise UsageError("a local embedding model needs `pip install sentence-transformers`") from None
    try:
        model = SentenceTransformer(path, local_files_only=True)
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} is no embedding model on this machine: {error}") from None

    def embed(texts: Sequence[str], /) -> "NDArray[np.float32]":
        import numpy as np

        return np.asarray(model.encode(list(texts), batch_size=64, show_progress_bar=False), np.float32)

    return embed

"""Scores by language models: asked only if they are needed, believed only if their verdict is plausible.

`prompt` says what a model is asked about a `subject`, `verdict` reads its answer, `suspicion` says what is wrong
with it, `jury` makes one judgement of several answers, and `run` does all of that for a server. Models come from
`toolsmell.models`; nothing here knows a provider.
"""

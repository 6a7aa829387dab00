"""Scores by language models: asked only where they are needed, believed only where their verdict holds up.

`prompt` says what a model is asked about a `subject`, `verdict` reads its answer, `suspicion` says what is wrong
with it, `jury` makes one judgement of several answers, and `run` does all of that for a server. Models come from
`toolsmell.models`; nothing here knows a provider.
"""

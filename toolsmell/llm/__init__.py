"""How a language model is asked: one small protocol, and what every caller of it needs.

`client` holds the values and the protocol, `connect` makes a model from what the user typed. Caching, replaying,
budgets and retries are models that wrap another model. Only `endpoint`, `gateway` and `embeddings` import a
provider's library, and only when they are used.
"""

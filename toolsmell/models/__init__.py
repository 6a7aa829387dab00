"""Asks language models: one small protocol, and what every caller of it needs.

`client` holds the values and the protocol, `connect` makes a model from what the user typed. Caches,
recordings, budgets and retries are models that wrap another model. Only `endpoint` and `gateway` import a
provider's library, and only when they are used.
"""

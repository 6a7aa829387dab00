"""Reads descriptions: sentences, their statement kinds, the parameters that they explain, and whether they count."""

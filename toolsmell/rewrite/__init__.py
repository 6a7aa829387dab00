"""Proposes better descriptions: from evidence, verified, measured against the original, which may win."""

"""Manifests in JSON files."""

"""The code of tools in Go."""

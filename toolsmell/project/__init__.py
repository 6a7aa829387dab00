"""The decisions of a project: its configuration, baseline, suppressions and lock."""

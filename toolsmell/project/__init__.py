"""What a project decided: its configuration, baseline, suppressions and lock."""

"""The HTML report: what it shows, and its template, style and script."""

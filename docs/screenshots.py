"""Takes the screenshots of docs/reports.md: scans fixtures, opens the HTML report in Chromium.

    python docs/screenshots.py

Needs Playwright (extra `test`) and Chromium (`apt-get install chromium`).
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

ROOT = Path(__file__).parent.parent
SUBJECT = ROOT / "fixtures" / "screenshot.json"
SIZE = ViewportSize(width=1160, height=900)


def main() -> int:
    """Write docs/images/report-light.png and report-dark.png."""
    page_file = Path(tempfile.mkdtemp()) / "report.html"
    scan = [sys.executable, "-m", "toolsmell", "scan", SUBJECT, "--output", f"html={page_file}", "--quiet"]
    subprocess.run([*map(str, scan)], check=False, stdout=subprocess.DEVNULL, cwd=ROOT)
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport=SIZE, color_scheme=scheme)
            page.goto(page_file.as_uri())
            page.screenshot(path=ROOT / "docs" / "images" / f"report-{scheme}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())

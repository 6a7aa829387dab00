"""`toolsmell crawl`."""

from collections import Counter
from typing import NamedTuple

import click

from toolsmell.cli.options.targets import environment, say
from toolsmell.cli.typed import takes
from toolsmell.errors import ExitCode
from toolsmell.escape import shown


class CrawlInput(NamedTuple):
    """The options as they were typed."""

    entries: str
    output: str
    jobs: int
    timeout: float
    env: tuple[str, ...]
    limit: int | None


@click.command()
@click.argument("entries", metavar="LIST")
@click.option("-o", "--output", required=True, metavar="DIR", help="Folder for servers.jsonl and crawl.jsonl.")
@click.option("--jobs", type=click.IntRange(1, 64), default=4, show_default=True, help="Servers at the same time.")
@click.option("--timeout", type=click.FloatRange(1), default=60.0, show_default=True, help="Seconds for one server.")
@click.option("--env", multiple=True, metavar="NAME[=VALUE]", help="Pass this variable to entries that name it.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Look at the first N entries only.")
@takes(CrawlInput)
def command(given: CrawlInput) -> int:
    """Start the server of each registry entry, ask for its tools, end it, and write a line about it.

    LIST is JSON Lines of server.json documents, one server.json, or a folder of them. This runs packages of
    strangers: use a machine that has nothing to lose. A rerun goes on with entries that have no line yet.

    \b
    toolsmell crawl registry.jsonl -o crawled --jobs 8 --timeout 90
    toolsmell survey crawled/servers.jsonl -o out
    """
    from toolsmell.survey.crawl import Crawled, CrawlLimits, crawl, entries

    found = entries(given.entries)[: given.limit]
    counts: Counter[str] = Counter()

    def tell(done: Crawled) -> None:
        counts[done.error_class or done.status] += 1
        what = f"{done.tools} tools" if not done.error else f"{done.error_class}: {shown(done.error)}"
        say(f"{shown(done.name)}: {what}")

    before = crawl(found, given.output, CrawlLimits(given.timeout, given.jobs), environment(given.env), tell)
    said = ", ".join(f"{count} {name}" for name, count in counts.most_common())
    say(f"{given.output}: {sum(counts.values())} entries ({said or 'nothing to do'}), {before} were done before")
    return ExitCode.CLEAN

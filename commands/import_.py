"""`followthrough import`: takes files of a bulk archive into our archive, as if a host had answered with them."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.options import Instant
from db.archive.archive import Archive
from processing.errors import BadInput, KindNotCollected, SourceChanged
from processing.records import Answer
from processing.sources import SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator

OK = 200
XML = "application/xml"

_EXAMPLE = """\b
Example: get the files with rsync (their site asks robots not to fetch them), then
  followthrough import twfy scrapedxml/debates scrapedxml/wms/ministerial2009-10-29a.xml
  followthrough process
"""


@click.command(name="import", epilog=_EXAMPLE)
@click.argument("source", type=click.Choice([row.id for row in SOURCES.values() if row.is_imported]))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--clock", type=Instant(), help="Stamp every file with this instant (for demonstrations).")
@click.pass_obj
def import_(data: Path, source: str, paths: tuple[Path, ...], clock: datetime | None) -> None:
    """Take files or folders of TheyWorkForYou's scraped XML into the archive. Nothing is fetched.

    PATH is a file such as debates2020-12-15a.xml, or a folder that is searched with all folders below it. Files that
    were taken before are known again. A file that can't be used is named; the others are still taken. What a folder
    holds of devolved parliaments, registers of interests and lists of divisions is left out and counted.

    Exit codes: 0 all files were taken or left out so; 1 one could not be (it is named); 2 wrong usage.
    """
    # the spiders' machinery is too slow to load for --help
    from runs.gathering import refuse_sample  # noqa: PLC0415
    from runs.lock import only_run  # noqa: PLC0415

    counts: Counter[str] = Counter()
    refuse_sample(data)
    with only_run(data), closing(Archive(data)) as archive:
        for path in paths:
            counts += _take_all(archive, source, path, clock or datetime.now(tz=UTC))
    click.echo(
        f"{counts['files']} files: {counts['new']} new or changed, {counts['known']} known,"
        f" {counts['superseded']} superseded by a later file, {counts['failed']} could not be used"
    )
    if counts["other series"]:
        click.echo(
            f"{counts['other series']} of them are of series that are not collected: devolved parliaments,"
            " registers of interests, lists of divisions."
        )
    click.echo(f"They hold {counts['documents']} documents with {counts['passages']} passages.")
    if counts["new"]:
        click.echo("Now run: followthrough process")
    if counts["failed"]:
        raise SystemExit(1)


def _take_all(archive: Archive, source: str, path: Path, at: datetime) -> Counter[str]:
    """Take a file, or all files of a folder; what can't be used is told on standard error and counted."""
    # Scrapy's machinery is loaded with the spiders: too slow for --help
    from spiders.twfy import is_other_series  # noqa: PLC0415

    counts: Counter[str] = Counter()
    try:
        for file in _files(path):
            counts["files"] += 1
            if path.is_dir() and is_other_series(file.name):
                counts["other series"] += 1
                continue
            try:
                counts += _take(archive, source, file, at)
            except BadInput as error:
                counts["failed"] += 1
                click.echo(str(error), err=True)
    except BadInput as error:
        counts["failed"] += 1
        click.echo(str(error), err=True)
    return counts


def _files(path: Path) -> Iterator[Path]:
    """Yield the file, or the XML files of a folder in order. Raises BadInput where there is none."""
    if not path.exists():
        raise BadInput(f"{path}: no such file or folder.")
    if path.is_dir():
        found = sorted(path.rglob("*.xml"))
        if not found:
            raise BadInput(f"{path}: no XML file in this folder or below it.")
        yield from found
    else:
        yield path


def _take(archive: Archive, source: str, file: Path, at: datetime) -> Counter[str]:
    """Take one file and return counts. Raises BadInput, with the file and the place, where it can't be used."""
    # Scrapy's machinery is loaded with the spiders: too slow for --help
    from spiders.twfy import name_of, read  # noqa: PLC0415

    url = name_of(file.name)
    if url is None:
        raise BadInput(f"{file}: no name of a file of scraped XML, such as debates2020-12-15a.xml.")
    try:
        body = file.read_bytes()
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror}.") from error
    counts: Counter[str] = Counter()
    try:
        documents = list(read(body, url))
    except KindNotCollected:
        click.echo(f"{file}: superseded by a later file, left out")
        documents = []
        counts["superseded"] += 1
    except SourceChanged as error:
        raise BadInput(f"{file}: {error.where.removeprefix(url).strip()} {error.what}.".replace(":  ", ": ")) from error
    answer = Answer(
        source=source,
        url=url,
        fetched_at=at,
        status=OK,
        body=body,
        etag=None,
        last_modified=None,
        content_type=XML,
    )
    counts["new" if archive.keep(answer) else "known"] += 1
    counts["documents"] += len(documents)
    counts["passages"] += sum(len(document.passages) for document in documents)
    return counts

"""Finds the spiders by their files: every class of `spiders/` that is a source's own."""

from __future__ import annotations

import importlib
import pkgutil

import spiders
from spiders.base import SourceSpider


def all_sources() -> dict[str, type[SourceSpider]]:
    """Return the spider of every source, by source id, in the order of crawling."""
    found: list[type[SourceSpider]] = []
    for info in pkgutil.walk_packages(spiders.__path__, "spiders."):
        module = importlib.import_module(info.name)
        found += [
            value
            for value in vars(module).values()
            if isinstance(value, type) and issubclass(value, SourceSpider) and value.__module__ == module.__name__
        ]
    named = [spider for spider in found if spider is not SourceSpider]
    return {str(spider.name): spider for spider in sorted(named, key=lambda one: (one.turn, str(one.name)))}


def crawled_sources() -> dict[str, type[SourceSpider]]:
    """Return the spiders that ask over the network, by source id, in the order of crawling."""
    return {name: spider for name, spider in all_sources().items() if spider.is_crawled}

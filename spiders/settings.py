"""How Scrapy runs here: polite by default. Every setting that differs from Scrapy's default has its reason."""

from __future__ import annotations

import os

SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"

# Who we are, and whom to write to: hosts block what they can't name. Set FOLLOWTHROUGH_CONTACT before a live run.
CONTACT = os.environ.get("FOLLOWTHROUGH_CONTACT", "no contact address set")
USER_AGENT = f"Followthrough/0.1 (register of government commitments; contact: {CONTACT})"
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Followthrough"

# The one switch: base URL of a stand-in for all hosts, such as http://127.0.0.1:8100. None: the live hosts.
REPLICA = os.environ.get("FOLLOWTHROUGH_REPLICA") or None
# Bodies all of whose GOV.UK pages are read, by their slugs; `all`: every body's, as for a folder of recorded answers
GOVUK_BODIES = os.environ.get("FOLLOWTHROUGH_GOVUK_BODIES", "home-office,department-for-education")
# Folder of archive.db
DATA = os.environ.get("FOLLOWTHROUGH_DATA", "data")
# ISO 8601 instant with which answers are stamped, so that a demonstration always makes the same archive
CLOCK = None

# Ask Hansard's keyword search for days before the look back, instead of sweeping them (`crawl --search`)
HANSARD_SEARCH = False
HANSARD_PHRASES: list[str] = []  # none: every phrase of the vocabulary

# Delay in seconds and parallel requests of each host (reference: fetch limits in one table)
DOWNLOAD_SLOTS = {
    # slow service, no published limit; clients with 0.15 to 0.5 s are known, we take twice that
    "hansard-api.parliament.uk": {"concurrency": 1, "delay": 1.0},
    # large listings take seconds to make: never two at a time
    "questions-statements-api.parliament.uk": {"concurrency": 1, "delay": 1.0},
    # 24 parallel calls brought a block of 52 minutes: two is far below
    "members-api.parliament.uk": {"concurrency": 2, "delay": 0.5},
    "committees-api.parliament.uk": {"concurrency": 1, "delay": 1.0},
    "whatson-api.parliament.uk": {"concurrency": 1, "delay": 1.0},
    # the Content API allows 10 requests a second and client: we use a fifth of it
    "www.gov.uk": {"concurrency": 2, "delay": 0.5},
    # limits unknown: as slow as the slowest
    "assets.publishing.service.gov.uk": {"concurrency": 1, "delay": 1.0},
}
DOWNLOAD_DELAY = 1.0  # any other host
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_REQUESTS = 8
AUTOTHROTTLE_ENABLED = True  # slower where a host answers slowly; `Throttle` never goes below the delays above
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 30.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
DOWNLOAD_TIMEOUT = 90  # listings of a busy day were seen to take over a minute

# 429 and 5xx: four more tries, each after twice the wait (handlers.py), then a named failure
RETRY_TIMES = 4
RETRY_HTTP_CODES = [429, 500, 502, 503, 504, 522, 524, 408]
RETRY_BACKOFF_SECONDS = 2.0
RETRY_AFTER_LIMIT_SECONDS = 3600  # a host that asks for a longer rest is left alone until the next run
FAILURES_IN_A_ROW = 15  # time-outs, refusals, 429 and 502 to 504: then the host is down, and left alone for this run
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False  # an API has none; a challenge page has

# A PDF of GOV.UK is a few MB; 600 MB were seen for a data set
DOWNLOAD_MAXSIZE = 80 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0  # the size cap says it all

COOKIES_ENABLED = False  # not needed; and its public suffix list would be fetched from a stranger
TELNETCONSOLE_ENABLED = False  # nobody looks in
REFERRER_POLICY = "no-referrer"  # an API call has no page that it comes from
LOG_LEVEL = "WARNING"  # records would be logged whole at DEBUG
LOG_SHORT_NAMES = True
FEED_EXPORT_ENCODING = "utf-8"

# The archive is the HTTP cache: what was fetched is kept before anybody reads it, and asked for conditionally
HTTPCACHE_ENABLED = True
HTTPCACHE_STORAGE = "spiders.pipelines.ArchiveStorage"
HTTPCACHE_POLICY = "spiders.middlewares.ArchivePolicy"
HTTPCACHE_IGNORE_SCHEMES = ["file", "data"]

DOWNLOAD_HANDLERS = {
    "http": "spiders.handlers.PoliteHandler",
    "https": "spiders.handlers.PoliteHandler",
    "ftp": None,
    "s3": None,
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
    # before (seen from the network: after) decompression at 590, so that plain bodies are kept
    "spiders.middlewares.WholeAnswers": 588,
    "spiders.middlewares.ArchiveMiddleware": 585,
}
ITEM_PIPELINES = {"spiders.pipelines.ArchivePipeline": 300}
EXTENSIONS = {
    "scrapy.extensions.throttle.AutoThrottle": None,
    "spiders.middlewares.Throttle": 0,
    "spidermon.contrib.scrapy.extensions.Spidermon": 500,
}
SPIDERMON_ENABLED = True
SPIDERMON_SPIDER_CLOSE_MONITORS = ("spiders.monitors.CrawlSuite",)
SPIDERMON_ADD_FIELD_COVERAGE = True
CHECK_RANGES = True  # `expects` of each source, in weeks in which Parliament sat


def for_replica() -> dict[str, object]:
    """Return the settings that differ when a replica on this machine is asked: nobody is spared by waiting."""
    return {
        "DOWNLOAD_SLOTS": {host: {"concurrency": 1, "delay": 0.0} for host in DOWNLOAD_SLOTS},
        "DOWNLOAD_DELAY": 0.0,
        "AUTOTHROTTLE_ENABLED": False,
        # the way to the outside world is not the way to this machine
        "HTTPPROXY_ENABLED": False,
        "RETRY_BACKOFF_SECONDS": 0.05,
        "DOWNLOAD_TIMEOUT": 20,
        # the sample world is smaller than the real one
        "CHECK_RANGES": False,
    }

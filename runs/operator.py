"""Tells the operator: alarms by mail and by other services, and a sign of life after every good run."""

from __future__ import annotations

import logging
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from digest.message import Envelope, make_message, new_message_id
from digest.post import Fate, NoPost
from digest.render import Frame, render_letter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from digest.post import MailPost
    from digest.settings import Settings
    from runs.alarms import Alarm

logger = logging.getLogger(__name__)
TIMEOUT = 15  # seconds
LONGEST = 20  # alarms of a mail


def tell(
    alarms: Sequence[Alarm], summary: str, settings: Settings, post: MailPost, now: datetime, *, is_sample: bool
) -> list[str]:
    """Send the alarms. Returns what could not be sent, in words: an alarm must not end a run."""
    problems: list[str] = []
    if alarms and settings.operator:
        problems += _by_mail(alarms, summary, settings, post, now, is_sample=is_sample)
    if alarms and settings.alarms:
        problems += _by_services(alarms, summary, settings)
    return problems


def _by_mail(
    alarms: Sequence[Alarm], summary: str, settings: Settings, post: MailPost, now: datetime, *, is_sample: bool
) -> list[str]:
    more = len(alarms) - LONGEST
    body = render_letter(
        f"{len(alarms)} {'alarm' if len(alarms) == 1 else 'alarms'}",
        Frame(site=settings.site, is_sample=is_sample),
        paragraphs=(
            *(str(alarm) for alarm in alarms[:LONGEST]),
            *((f"And {more} more: see `followthrough status`.",) if more > 0 else ()),
        ),
        after=(summary,),
        why="You run this Followthrough (setting operator). What each alarm means stands in docs/running.md.",
    )
    message_id = new_message_id(settings, now.date().isoformat())
    content = make_message(body, Envelope(address=settings.operator), settings, message_id, now)
    try:
        with post:
            answer = post.deliver(message_id, settings.operator, content, lambda: None)
    except NoPost as error:
        return [f"the alarm could not be mailed: {error}"]
    return [] if answer.fate is Fate.TAKEN else [f"the alarm could not be mailed: {answer.note}"]


def _by_services(alarms: Sequence[Alarm], summary: str, settings: Settings) -> list[str]:
    try:
        import apprise  # noqa: PLC0415 -- an extra
    except ImportError:
        return ["the setting alarms needs the extra: pip install 'followthrough[alerts]'"]
    service = apprise.Apprise()
    # the addresses hold keys: none of them is named
    bad = [number for number, url in enumerate(settings.alarms, 1) if not service.add(url)]
    problems = [f"alarms: address {number} is none that apprise knows" for number in bad]
    text = "\n".join(str(alarm) for alarm in alarms[:LONGEST])
    if len(service) and not service.notify(title=f"Followthrough: {len(alarms)} alarms", body=f"{text}\n{summary}"):
        problems.append("alarms: at least one service did not take the message")
    return problems


def ping(settings: Settings, *, is_good: bool) -> list[str]:
    """Ask for the address that a dead-man's switch watches; `/fail` is added after a run that is not green."""
    if not settings.ping:
        return []
    url = settings.ping if is_good else f"{settings.ping.rstrip('/')}/fail"
    if not url.startswith(("https://", "http://")):
        return ["the setting ping must be an http or https address"]
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT):  # noqa: S310 -- checked above
            return []
    except (urllib.error.URLError, TimeoutError, OSError) as error:
        # the address is a secret of sorts
        return [f"the address of the setting ping does not answer: {type(error).__name__}"]

"""What changed between two versions of a document, at passage level, and when a version is a new one at all."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from processing.records import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageChange:
    """One passage that differs: `before` None where it is new, `after` None where it is gone."""

    key: str
    before: str | None
    after: str | None


def content_hash(document: Document) -> str:
    """Return the SHA-256 of all that a reader of the page would see; `updated_at` alone makes no new version."""
    content = asdict(document)
    for passing in ("updated_at", "source"):
        content.pop(passing)
    return hashlib.sha256(json.dumps(content, default=str, sort_keys=True).encode()).hexdigest()


def passage_changes(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[PassageChange, ...]:
    """Compare the texts of two versions by passage key, in the order of the later version, then what is gone."""
    changed = [
        PassageChange(key=key, before=before.get(key), after=text)
        for key, text in after.items()
        if before.get(key) != text
    ]
    changed += [PassageChange(key=key, before=text, after=None) for key, text in before.items() if key not in after]
    return tuple(changed)

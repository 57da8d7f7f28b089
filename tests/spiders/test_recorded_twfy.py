"""Every recorded file of TheyWorkForYou is read whole: each speech, question and answer, with its speaker and words."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from processing.errors import KindNotCollected
from spiders.twfy import name_of, read

if TYPE_CHECKING:
    from pathlib import Path

# file, and what its documents are
FILES = {
    "answers2009-10-28c.xml": {"written answer": 265},
    "daylord2009-10-27a.xml": {"debate": 11},
    "debates2009-10-29a.xml": {"debate": 20, "oral question": 15},
    "debates2020-12-15a.xml": {"debate": 18, "oral question": 21, "oral statement": 2},
    "debates2020-12-17b.xml": {"debate": 11, "oral question": 14, "oral statement": 3},
    "lordswms2009-10-29a.xml": {"written statement": 12},
    "lordswrans2009-10-26a.xml": {"written answer": 31},
    "ministerial2009-10-26c.xml": {"written statement": 8},
    "ministerial2009-10-29a.xml": {"written statement": 12},
    "standing2009-10-20_CHILDPOV_07-0_2009-10-29a.xml": {"Public Bill Committee": 2},
    "westminster2009-10-29a.xml": {"Westminster Hall debate": 1},
}
SPOKEN = re.compile(rb"<(?:speech|ques|reply|division)\s[^>]*>")


def test_every_file_gives_a_passage_for_each_of_its_speeches(samples: Path) -> None:
    for name, kinds in FILES.items():
        body = (samples / "twfy-scrapedxml" / name).read_bytes()
        url = name_of(name)
        assert url is not None, name
        documents = list(read(body, url))
        assert Counter(document.kind for document in documents) == kinds, name
        passages = [passage for document in documents for passage in document.passages]
        # counted in the bytes, not by the reader
        assert len(passages) == len(SPOKEN.findall(body)), name
        named = re.findall(rb"<(?:speech|ques|reply)\s[^>]*speakername=", body)
        assert sum(passage.speaker is not None for passage in passages) == len(named), name
        assert len({document.id for document in documents}) == len(documents), name
        assert len({passage.key for passage in passages}) == len(passages), name


def test_a_superseded_file_is_left_out_by_name(samples: Path) -> None:
    name = "ministerial2009-10-26a.xml"
    with pytest.raises(KindNotCollected, match=rf"{name}: kind not collected: superseded file"):
        list(read((samples / "twfy-scrapedxml" / name).read_bytes(), f"https://x/{name}"))


def test_a_debate_of_2020_holds_the_words_counted_in_its_file(samples: Path) -> None:
    name = "debates2020-12-15a.xml"
    documents = read((samples / "twfy-scrapedxml" / name).read_bytes(), f"https://x/{name}")
    text = "\n".join(passage.text for document in documents for passage in document.passages).lower()
    words = ("child sexual abuse", "child abuse", "child sexual exploitation", "grooming")
    assert [text.count(each) for each in words] == [5, 4, 2, 1]

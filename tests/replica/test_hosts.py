"""The replica has the quirks of the real hosts, which readers and spiders must bear."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import httpx
import pypdfium2
import pytest

from replica.app import build_app
from replica.server import Running
from replica.stock import WorldStock

if TYPE_CHECKING:
    from replica.world import World

HANSARD = "/hansard-api.parliament.uk"
QUESTIONS = "/questions-statements-api.parliament.uk/api/writtenquestions/questions"
STATEMENTS = "/questions-statements-api.parliament.uk/api/writtenstatements/statements"
GOVUK = "/www.gov.uk/api"
SPOKEN = f"{HANSARD}/search/contributions/Spoken.json"
STRATEGY = f"{GOVUK}/content/government/publications/lamp-strategy"


def test_listings_cut_texts_at_255_characters_and_weld_paragraphs(client: Any) -> None:
    ask = client("2025-09-22")
    row = ask.get(QUESTIONS, params={"tabledWhenFrom": "2025-09-02"}).json()["results"][0]
    whole = ask.get(f"{QUESTIONS}/1900001").json()["value"]
    assert len(row["value"]["questionText"]) == 255
    assert row["value"]["questionText"] == whole["questionText"][:255]
    assert row["value"]["answerText"].startswith("The keepers report each week.We will publish")
    assert (len(row["value"]["answerText"]), row["value"]["answerText"][-3:]) == (258, "...")
    assert whole["answerText"].startswith("<p>The keepers report each week.</p><p>We will publish")
    assert str(whole["id"]) not in row["links"][0]["href"]


def test_members_are_named_in_details_only_when_asked(client: Any) -> None:
    ask = client("2025-09-22")
    assert ask.get(f"{QUESTIONS}/1900001").json()["value"]["askingMember"] is None
    expanded = ask.get(f"{QUESTIONS}/1900001", params={"expandMember": "true"}).json()["value"]
    assert expanded["askingMember"]["name"] == "Priya Ellwood"


LIFE = {
    "2025-09-02": None,
    "2025-09-03": (None, None, None, None),
    "2025-09-09": ("2025-09-09T00:00:00", True, "2025-09-09T00:00:00", None),
    "2025-09-19": ("2025-09-18T00:00:00", False, "2025-09-09T00:00:00", None),
    "2025-10-02": ("2025-09-18T00:00:00", False, "2025-09-09T00:00:00", "2025-10-01T00:00:00"),
}


@pytest.mark.parametrize(("as_of", "facts"), LIFE.items(), ids=LIFE)
def test_a_question_lives_from_tabling_to_correction(client: Any, as_of: str, facts: Any) -> None:
    answer = client(as_of).get(f"{QUESTIONS}/1900001")
    if facts is None:
        assert answer.status_code == 404
        return
    value = answer.json()["value"]
    names = ("dateAnswered", "answerIsHolding", "dateHoldingAnswer", "dateAnswerCorrected")
    assert tuple(value[name] for name in names) == facts


def test_withdrawn_questions_are_listed_only_when_asked_for(client: Any) -> None:
    ask = client("2025-09-15")
    assert ask.get(QUESTIONS).json()["totalResults"] == 1
    assert ask.get(QUESTIONS, params={"includeWithdrawn": "true"}).json()["totalResults"] == 2


def test_a_statement_in_both_houses_has_two_ids_and_an_empty_list_of_links_in_listings(client: Any) -> None:
    ask = client("2025-09-15")
    rows = ask.get(STATEMENTS, params={"madeWhenFrom": "2025-09-04"}).json()["results"]
    assert [(r["value"]["uin"], r["value"]["hasLinkedStatements"]) for r in rows] == [
        ("HCWS801", True),
        ("HLWS790", True),
    ]
    assert [r["value"]["linkedStatements"] for r in rows] == [[], []]
    assert len(ask.get(f"{STATEMENTS}/1500002").json()["value"]["linkedStatements"]) == 1


def test_a_debate_carries_its_speaker_only_on_the_first_item_and_columns_as_spans(client: Any) -> None:
    debate = client("2025-09-03").get(f"{HANSARD}/debates/debate/5f0a1b2c-0000-4000-8000-000000000001.json").json()
    told = [(i["ItemType"], i["HRSTag"], i["MemberId"], i["AttributedTo"]) for i in debate["Items"]]
    minister = "The Secretary of State for the Home Department (Dame Ruth Calloway)"
    assert told == [
        ("Contribution", "hs_ColumnNumber", None, None),
        ("Timestamp", None, None, ""),
        ("Contribution", "hs_Para", 9001, minister),
        ("Contribution", "hs_Para", None, None),
        ("Timestamp", None, None, ""),
        ("Contribution", "hs_Para", 9020, "Priya Ellwood (Harrowdene) (Con)"),
        ("Contribution", "hs_ColumnNumber", None, None),
        ("Contribution", "hs_Para", None, None),
        ("Division", None, None, None),
    ]
    assert debate["Items"][2]["Value"] == (
        "With permission, I will make a statement.\r\n\r\nWe will light"
        ' <span id="102" class="column-number" data-column-number="102"></span>every lamp by spring 2026 &amp; more.'
    )
    assert debate["Overview"]["ExtId"].isupper()
    assert debate["Navigator"][0]["ExternalId"].islower()


def test_the_next_debate_goes_on_in_the_column_where_the_last_one_ended(client: Any) -> None:
    debate = client("2025-09-03").get(f"{HANSARD}/debates/debate/5f0a1b2c-0000-4000-8000-000000000002.json").json()
    assert 'data-column-number="103"' in debate["Items"][0]["Value"]
    assert [node["Title"] for node in debate["Navigator"]] == [
        "Commons Chamber", "Oral Answers to Questions", "Home Office", "Lamps in Schools",
    ]  # fmt: skip


def test_a_silent_correction_moves_only_the_hour_of_the_last_update(client: Any) -> None:
    url = f"{HANSARD}/debates/debate/5F0A1B2C-0000-4000-8000-000000000001.json"
    before, after = (client(day).get(url).json() for day in ("2025-09-15", "2025-09-16"))
    texts = [[item["Value"] for item in debate["Items"]] for debate in (before, after)]
    assert [pair for pair in zip(*texts, strict=True) if pair[0] != pair[1]] == [
        ("I am grateful.", "I am very grateful.")
    ]
    updated = [debate["Overview"]["ContentLastUpdated"] for debate in (before, after)]
    assert updated == ["2025-09-03T23:10:00.123", "2025-09-16T23:10:00.123"]


def test_a_late_sitting_is_in_the_calendar_before_hansard_has_it(client: Any) -> None:
    ask = client("2025-09-04")
    days = ask.get(f"{HANSARD}/overview/calendar.json?year=2025&month=9&house=Lords").json()
    assert [day["ItemDate"] for day in days] == ["2025-09-02T00:00:00"]
    assert ask.get(f"{HANSARD}/overview/sectionsforday.json?date=2025-09-02&house=Lords").json() == []


def test_search_answers_500_to_more_than_100_rows_and_ignores_a_parameter_without_its_prefix(client: Any) -> None:
    ask = client("2025-09-15")
    assert ask.get(SPOKEN, params={"queryParameters.take": "101"}).status_code == 500
    one = ask.get(SPOKEN, params={"queryParameters.searchTerm": '"plan for lanterns"'}).json()
    everything = ask.get(SPOKEN, params={"searchTerm": '"plan for lanterns"'}).json()
    assert (one["TotalResultCount"], everything["TotalResultCount"]) == (1, 4)


def test_search_knows_only_the_opening_paragraph_of_a_speech(client: Any) -> None:
    ask = client("2025-09-15")
    for term, found in (('"with permission"', 1), ('"by spring 2026"', 0), ('"must be lit"', 0)):
        rows = ask.get(SPOKEN, params={"queryParameters.searchTerm": term}).json()
        assert rows["TotalResultCount"] == found, term


REFUSED = {
    "unknown parameter": "page=2",
    "unknown filter": "filter_colour=red",
    "too many rows": "count=1501",
    "too far": "start=900001",
    "no number": "count=many",
    "long query": f"q={'a' * 513}",
    "unknown order": "order=-size",
    "no date": "filter_public_timestamp=from:yesterday",
}


@pytest.mark.parametrize("query", REFUSED.values(), ids=REFUSED)
def test_govuk_search_refuses_what_it_does_not_know_with_422(client: Any, query: str) -> None:
    answer = client("2025-09-15").get(f"{GOVUK}/search.json?{query}")
    assert (answer.status_code, list(answer.json())) == (422, ["error"])


FOUND = {
    "one organisation": ("2025-09-15", {"filter_organisations": "department-for-education"}, ["lamp-oil", "lamps-lit"]),
    "dates are inclusive": (
        "2025-09-15",
        {"filter_public_timestamp": "from:2025-09-08,to:2025-09-08", "filter_organisations": "home-office"},
        ["lamp-strategy"],
    ),
    "a minute past midnight is the day before in UTC": (
        "2025-09-15",
        {"filter_public_timestamp": "from:2025-09-09,to:2025-09-09"},
        ["lamps-lit"],
    ),
    "a quoted phrase": ("2025-09-15", {"q": '"paper says how"'}, ["lamp-strategy"]),
    "not those of a body": ("2025-09-15", {"reject_organisations": "home-office"}, ["lamp-oil"]),
    "gone, withdrawn and moved pages are left out": ("2025-12-01", {}, []),
}


@pytest.mark.parametrize(("as_of", "query", "found"), FOUND.values(), ids=FOUND)
def test_govuk_search_finds(client: Any, as_of: str, query: dict[str, str], found: list[str]) -> None:
    asked = {**query, "order": "-public_timestamp", "count": 500}
    rows = client(as_of).get(f"{GOVUK}/search.json", params=asked).json()["results"]
    assert [row["link"].rsplit("/", 1)[1] for row in rows] == found


def test_a_minor_edit_shows_only_in_the_page_itself(client: Any) -> None:
    before, after = (client(day).get(STRATEGY).json() for day in ("2025-09-15", "2025-09-22"))
    assert before["public_updated_at"] == after["public_updated_at"]
    assert before["updated_at"] < after["updated_at"]
    assert before["details"]["body"] != after["details"]["body"]
    assert before["details"]["change_history"] == after["details"]["change_history"]


def test_pages_end_withdrawn_gone_or_moved(client: Any) -> None:
    ask = client("2025-12-01")
    withdrawn = ask.get(STRATEGY)
    assert (withdrawn.status_code, withdrawn.json()["withdrawn_notice"]["withdrawn_at"]) == (
        200,
        "2025-11-01T06:00:00Z",
    )
    gone = ask.get(f"{GOVUK}/content/government/news/lamps-lit")
    assert (gone.status_code, gone.json()["details"]["explanation"]) == (410, "Published in error")
    moved = ask.get(f"{GOVUK}/content/government/consultations/lamp-oil").json()
    assert [target["destination"] for target in moved["redirects"]] == ["/government/publications/lamp-strategy"]
    assert ask.get(f"{GOVUK}/content/government/nothing").status_code == 404


def test_attachments_are_pages_of_their_own_and_files_with_and_without_text(client: Any) -> None:
    ask = client("2025-09-15")
    listed = ask.get(STRATEGY).json()["details"]["attachments"]
    assert [(a["attachment_type"], a["title"]) for a in listed] == [
        ("html", "Lamp strategy in full"), ("file", "Action plan"), ("file", "Annex"),
    ]  # fmt: skip
    part = ask.get(f"/www.gov.uk/api/content{listed[0]['url']}").json()
    assert part["links"]["parent"][0]["base_path"] == "/government/publications/lamp-strategy"
    texts = []
    for file in listed[1:]:
        answer = ask.get(f"/{file['url'].removeprefix('https://')}")
        assert (answer.headers["content-type"], len(answer.content)) == ("application/pdf", file["file_size"])
        document = pypdfium2.PdfDocument(answer.content)
        texts.append([page.get_textpage().get_text_range() for page in document])
        document.close()
    assert texts == [["We will buy oil by 31 March 2026.", "Page two."], ["", ""]]


def test_what_did_not_change_is_answered_with_304(client: Any) -> None:
    ask = client("2025-09-15")
    first = ask.get(STRATEGY)
    again = ask.get(STRATEGY, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    file = ask.get(STRATEGY).json()["details"]["attachments"][1]["url"].removeprefix("https:/")
    modified = ask.get(file).headers["last-modified"]
    assert ask.get(file, headers={"If-Modified-Since": modified}).status_code == 304


def test_robots_txt_is_that_of_govuk_and_missing_elsewhere(client: Any) -> None:
    ask = client("2025-09-15")
    assert "Disallow: /search/all*" in ask.get("/www.gov.uk/robots.txt").text
    assert ask.get(f"{HANSARD}/robots.txt").status_code == 404


def test_a_feed_lists_the_newest_pages_of_a_body(client: Any) -> None:
    feed = client("2025-09-15").get("/www.gov.uk/government/organisations/home-office.atom").text
    assert feed.index("Press release: Lamps lit") < feed.index("Policy paper: Lamp strategy")


def test_posts_begin_and_end_as_time_goes_by(client: Any) -> None:
    url = "/members-api.parliament.uk/api/Members/9002/Biography"
    ends = [
        client(day).get(url).json()["value"]["governmentPosts"][0]["endDate"] for day in ("2025-09-15", "2025-09-22")
    ]
    assert ends == [None, "2025-09-20T00:00:00"]


def test_the_day_can_be_moved_while_it_runs(small_world: World) -> None:
    with Running(build_app(WorldStock(small_world), date(2025, 9, 2))) as running:
        count = f"{running.base}{QUESTIONS}"
        assert httpx.get(count).json()["totalResults"] == 0
        running.move(date(2025, 9, 8))
        assert httpx.get(count).json()["totalResults"] == 2
        refused = httpx.put(f"{running.base}/_replica/as-of", content="soon")
        assert (refused.status_code, refused.json()) == (400, {"error": "'soon' is no date (YYYY-MM-DD)"})
        assert httpx.get(f"{running.base}/_replica/as-of").json() == {"as_of": "2025-09-08"}

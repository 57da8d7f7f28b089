"""Periods that need the calendar: recesses, Sessions, Parliaments, Budgets, elections, terms, feasts, Royal Assent."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from processing.records import HOUSES
from processing.timing.days import one_day
from processing.timing.names import MONTHS, year_of
from processing.timing.periods import DAY, Period, easter_sunday, month_end

if TYPE_CHECKING:
    from processing.timing.scene import Scene

_RECESSES = {
    "whit": "whitsun",
    "may": "whitsun",
    "autumn": "conference",
    "party conference": "conference",
    "half-term": "february",
    "half term": "february",
    "winter": "christmas",
    "spring": "easter",
}
RECESS_NAMES = (
    r"(?:summer|christmas|easter|whitsun|whit|february|half[- ]term|party conference|conference|autumn|november|may"
    r"|winter|spring)"
)


_A_YEAR = timedelta(days=366)  # the next recess of a name lies within it, else the calendar has a gap


def unknown(family: str) -> Period:
    """Return a period of which no day is known: its words are kept, its dates stay empty."""
    return Period(first=None, last=None, family=family, kind="event", precision="event", whole=True)


def read_recess(scene: Scene, found: re.Match[str]) -> Period:
    """Read `the summer recess` and `recess`: by and before it is the day on which the speaker's House rises."""
    return _recess(scene, found, scene.house)


def houses_meant(scene: Scene, words: str) -> tuple[str, ...]:
    """Return the Houses that words name: `the Lords`, `the other place`, `both Houses`; else the speaker's own."""
    if "both houses" in words or "the houses" in words or "two houses" in words:
        return HOUSES
    if "other place" in words or "other house" in words:
        return tuple(house for house in HOUSES if house != scene.house)
    if "lord" in words or "peers" in words:
        return ("Lords",)
    return ("Commons",) if "commons" in words or "mps" in words else (scene.house,)


def _one_of(periods: list[Period], family: str) -> Period:
    """Return the period that the Houses share; where their days differ, none is known."""
    return periods[0] if all(period == periods[0] for period in periods) else unknown(family)


def _recess(scene: Scene, found: re.Match[str], house: str) -> Period:
    name = found["name"]
    recess = scene.calendar.recess(house, _RECESSES.get(name, name) if name else None, scene.spoken_on)
    named = year_of(scene, found)
    if recess is None or (named and recess.rises.year != named) or recess.rises > scene.spoken_on + _A_YEAR:
        return unknown("RECESS")
    return Period(
        first=recess.rises + DAY,
        last=recess.returns - DAY if recess.returns else None,
        family="RECESS",
        kind="calendar",
        precision="day",
        by=recess.rises,
        before=recess.rises,
        after=recess.returns,
        whole=True,
    )


def read_rising(scene: Scene, found: re.Match[str]) -> Period:
    """Read `the House rises for the summer recess`, `the other place rises`: the day of rising."""
    return _one_of([_rising(scene, found, house) for house in houses_meant(scene, found[0])], "RISING")


def _rising(scene: Scene, found: re.Match[str], house: str) -> Period:
    day = _recess(scene, found, house).by
    if day is None:
        return unknown("RISING")
    return Period(first=day, last=day, family="RISING", kind="calendar", precision="day", before=day, whole=True)


def read_return(scene: Scene, found: re.Match[str]) -> Period:
    """Read `the House returns in September`: the day of return and the week that begins with it."""
    return _one_of([_return(scene, found, house) for house in houses_meant(scene, found[0])], "RETURN")


def _return(scene: Scene, found: re.Match[str], house: str) -> Period:
    name = found["name"]
    recesses = [
        recess
        for recess in scene.calendar.recesses
        if recess.house == house
        and recess.returns
        and recess.returns >= scene.spoken_on
        and (not name or recess.name == _RECESSES.get(name, name))
        and (not found["month"] or recess.returns.month == MONTHS[found["month"]])
        and (not found["autumn"] or recess.returns.month in {9, 10})
    ]
    if not recesses or recesses[0].returns is None:
        return unknown("RETURN")
    day = recesses[0].returns
    return Period(
        first=day,
        last=day + timedelta(days=6),
        family="RETURN",
        kind="calendar",
        precision="week",
        by=day,
        after=day,
        whole=True,
    )


def read_parliament(scene: Scene, found: re.Match[str]) -> Period | None:
    """Read `this Parliament` (to the day on which it ends by law) and `the next Parliament` (no end known)."""
    said = found["said"]
    running = next((p for p in scene.calendar.parliaments if p.first_met <= scene.spoken_on <= p.ends), None)
    if running is None:
        return unknown("PARLIAMENT")
    if said in {"next", "the next", "a future"}:
        after = next((p for p in scene.calendar.parliaments if p.first_met > running.ends), None)
        first = after.first_met if after else running.ends + DAY
        last = after.ends if after else None
    else:
        first, last = running.first_met, running.ends
    return Period(first=first, last=last, family="PARLIAMENT", kind="calendar", precision="parliament")


def read_session(scene: Scene, found: re.Match[str]) -> Period | None:
    """Read `this Session`, `the next parliamentary Session`, `the second Session of this Parliament`."""
    if not (found["of"] or found["sort"] or scene.has_capital(found.start("session"))):
        return None
    session = _session(scene, found["said"] or "", found["nth"])
    if session is None:
        return unknown("SESSION")
    first, last = session
    return Period(first=first, last=last, family="SESSION", kind="calendar", precision="session")


def _session(scene: Scene, said: str, nth: str | None) -> tuple[date, date | None] | None:
    sessions = scene.calendar.sessions
    if nth:
        parliament = next((p for p in scene.calendar.parliaments if p.first_met <= scene.spoken_on <= p.ends), None)
        own = [s for s in sessions if parliament and parliament.first_met <= s.begins <= parliament.ends]
        index = {"first": 0, "second": 1, "third": 2, "fourth": 3, "final": 99, "last": 99}[nth]
        return (own[index].begins, own[index].ends) if index < len(own) else None
    if any(word in said for word in ("next", "new", "coming", "following", "upcoming")):
        return next(((s.begins, s.ends) for s in sessions if s.begins > scene.spoken_on), None)
    return next(
        (
            (s.begins, s.ends)
            for s in sessions
            if s.begins <= scene.spoken_on and (not s.ends or scene.spoken_on <= s.ends)
        ),
        None,
    )


def read_prorogation(scene: Scene, found: re.Match[str]) -> Period:
    """Read `Prorogation` and `Dissolution`: the last day of the Session or Parliament, where it is known."""
    if found["what"] == "dissolution":
        ends = next((p.ends for p in scene.calendar.parliaments if p.first_met <= scene.spoken_on <= p.ends), None)
    else:
        session = _session(scene, "this", None)
        ends = session[1] if session else None
    return one_day(ends, "PROROGATION", "calendar") if ends else unknown("PROROGATION")


def read_occasion(scene: Scene, found: re.Match[str]) -> Period | None:
    """Read `the Budget`, `the next Spending Review`, `the King’s Speech`, `the local elections in May`."""
    words = found["what"]
    if not scene.has_capital(found.start("what")) and words == "budget":
        return None
    kind = _occasion_kind(words, found["season"])
    if kind == "general election":
        return _general_election(scene)
    day = scene.calendar.occasion(kind, scene.spoken_on)
    named = year_of(scene, found) or (
        scene.spoken_on.year + int("next" in found["owned"]) if "year" in (found["owned"] or "") else None
    )
    if named and (day is None or day.year != named):
        day = next((o.day for o in scene.calendar.occasions if o.kind == kind and o.day.year == named), None)
        if day is None and kind == "local elections":
            day = scene.calendar.occasion(kind, date(named, 1, 1))
    return one_day(day, _FAMILIES[kind], "calendar") if day else unknown(_FAMILIES[kind])


_FAMILIES = {
    "budget": "BUDGET",
    "spring forecast": "SPRING-FORECAST",
    "spending review": "SPENDING-REVIEW",
    "king's speech": "KINGS-SPEECH",
    "local elections": "LOCAL-ELECTIONS",
    "general election": "GENERAL-ELECTION",
}


def _occasion_kind(words: str, season: str | None) -> str:
    if "spring" in words or (season == "spring" and words in {"budget", "forecast", "statement"}):
        return "spring forecast"
    if "review" in words:
        return "spending review"
    if "speech" in words or "opening" in words:
        return "king's speech"
    if "election" in words:
        return "general election" if "general" in words or words == "election" else "local elections"
    return "budget"


def _general_election(scene: Scene) -> Period:
    """Return the last day on which the election after this Parliament can be held: the bound that the law gives."""
    poll = next((p.last_poll for p in scene.calendar.parliaments if scene.spoken_on <= p.last_poll), None)
    return one_day(poll, "GENERAL-ELECTION", "calendar") if poll else unknown("GENERAL-ELECTION")


def read_spending_period(scene: Scene, found: re.Match[str]) -> Period:
    """Read `the Spending Review period`: the financial years that the latest Spending Review pays for."""
    del found
    reviews = [review for review in scene.calendar.spending_reviews if review.from_day <= scene.spoken_on]
    if not reviews:
        return unknown("SPENDING-REVIEW-PERIOD")
    review = reviews[-1]
    return Period(
        first=review.first, last=review.last, family="SPENDING-REVIEW-PERIOD", kind="calendar", precision="year"
    )


def read_term(scene: Scene, found: re.Match[str]) -> Period:
    """Read `the autumn term`, `next term`, `the summer term 2026`; autumn to December, spring to Good Friday."""
    season, year = found["season"], year_of(scene, found)
    said = found["said"] or ""
    years = [year] if year else [scene.spoken_on.year, scene.spoken_on.year + 1]
    named = [season] if season else ["spring", "summer", "autumn"]
    terms = [_term(name, which) for which in years for name in named]
    begun = not any(word in said for word in ("next", "new", "coming"))
    first, last = next(
        ((first, last) for first, last in terms if last >= scene.spoken_on and (begun or first > scene.spoken_on)),
        terms[0],
    )
    return Period(first=first, last=last, family="TERM", kind="calendar", precision="term")


def _term(name: str, year: int) -> tuple[date, date]:
    easter = easter_sunday(year)
    return {
        "spring": (date(year, 1, 1), easter - 2 * DAY),
        "summer": (easter, month_end(year, 7)),
        "autumn": (date(year, 9, 1), date(year, 12, 31)),
    }[name]


def read_half_term(scene: Scene, found: re.Match[str]) -> Period:
    """Read `half-term`, `the October half-term`: the customary week, Monday to Sunday."""
    name = {"autumn": "october", "november": "october", "spring": "february", "summer": "may", "whitsun": "may"}
    wanted, year = found["season"], year_of(scene, found)
    years = [year] if year else [scene.spoken_on.year, scene.spoken_on.year + 1]
    weeks = [
        (month, _half_term(month, which))
        for which in years
        for month in ("february", "may", "october")
        if not wanted or name.get(wanted, wanted) == month
    ]
    first = next((first for _, first in weeks if first + timedelta(days=6) >= scene.spoken_on), weeks[0][1])
    return Period(
        first=first, last=first + timedelta(days=6), family="HALF-TERM", kind="calendar", precision="week", whole=True
    )


def _half_term(month: str, year: int) -> date:
    """Return the Monday: third of February, last of May, last of October."""
    if month == "february":
        first = date(year, 2, 1)
        return first + timedelta(days=(-first.weekday()) % 7 + 14)
    last = date(year, 5 if month == "may" else 10, 31)
    return last - timedelta(days=last.weekday())


def read_holidays(scene: Scene, found: re.Match[str]) -> Period:
    """Read `the summer holidays` (August, after the summer term), `the Christmas break`, `the festive period`."""
    named, season = year_of(scene, found), found["season"]
    year = scene.spoken_on.year
    for which in [named] if named else [year - 1, year, year + 1]:
        if season == "summer":
            first, last = date(which, 8, 1), date(which, 8, 31)
        elif season == "easter":
            first, last = easter_sunday(which) - 2 * DAY, easter_sunday(which) + 7 * DAY
        else:
            first, last = date(which, 12, 25), date(which + 1, 1, 1)
        if last >= scene.spoken_on:
            break
    return Period(first=first, last=last, family="HOLIDAYS", kind="calendar", precision="week", whole=True)


def read_feast(scene: Scene, found: re.Match[str]) -> Period:
    """Read `Christmas`, `Easter 2026`, `Good Friday`, `New Year’s Day`, `Whitsun`: the day itself."""
    feast, named = found["feast"], year_of(scene, found)
    years = [named] if named else [scene.spoken_on.year, scene.spoken_on.year + 1]
    days = [_feast(feast, year) for year in years]
    day = next((day for day in days if day >= scene.spoken_on), days[-1])
    return one_day(day, "FEAST", "calendar")


def _feast(name: str, year: int) -> date:
    easter = easter_sunday(year)
    if saint := next((saint for saint in _SAINTS if saint in name), None):
        return date(year, *_SAINTS[saint])
    if name.startswith("christmas"):
        return date(year, 12, 24 if "eve" in name else 25)
    if name.startswith("new year"):
        return date(year, 12, 31) if name.endswith("eve") else date(year, 1, 1)
    return {
        "good friday": easter - 2 * DAY,
        "easter monday": easter + DAY,
        "boxing day": date(year, 12, 26),
        "whitsun": easter + timedelta(days=49),
        "pentecost": easter + timedelta(days=49),
    }.get(name, easter)


_SAINTS = {"david": (3, 1), "patrick": (3, 17), "george": (4, 23), "andrew": (11, 30)}


def read_bank_holiday(scene: Scene, found: re.Match[str]) -> Period:
    """Read `the August bank holiday`, `the spring bank holiday`; of the two in May only with early or late."""
    month = {"august": 8, "summer": 8, "spring": 5, "early may": 5, "late may": 5}.get(found["name"] or "")
    named = year_of(scene, found)
    if month is None:
        return unknown("BANK-HOLIDAY")
    for year in [named] if named else [scene.spoken_on.year, scene.spoken_on.year + 1]:
        days = sorted(day for day in scene.calendar.bank_holidays if (day.year, day.month) == (year, month))
        day = None if not days else days[0] if found["name"] == "early may" else days[-1]
        if day and (named or day >= scene.spoken_on):
            return one_day(day, "BANK-HOLIDAY", "calendar")
    return unknown("BANK-HOLIDAY")


def read_named_day(scene: Scene, found: re.Match[str]) -> Period | None:
    """Read `Safer Internet Day 2026` and other days with a name: the calendar knows none of them."""
    name = scene.text[found.start() : found.end()].partition(" Day")[0]
    return unknown("NAMED-DAY") if _NAME.fullmatch(name) else None


_NAME = re.compile(r"[A-Z][\w'.-]+(?: (?:of |and |for |the |against )*[A-Z][\w'.-]+)*")


def read_royal_assent(scene: Scene, found: re.Match[str]) -> Period:
    """Read `Royal Assent`, `this Act is passed`: the day, where the Bill is known or assumed and has been passed."""
    del found
    bill = scene.bill()
    if bill is None or bill.royal_assent is None:
        return unknown("ROYAL-ASSENT")
    return one_day(bill.royal_assent, "ROYAL-ASSENT-ASSUMED" if bill.assumed else "ROYAL-ASSENT", "event")


def read_stage(scene: Scene, found: re.Match[str]) -> Period | None:
    """Read `Report stage`, `Second Reading`: the Commons Report stage where the calendar has it, else no date."""
    if found["what"] in {"report", "consideration", "committee"} and not scene.has_capital(found.start("what")):
        return None
    bill = scene.bill()
    day = bill.report_stage if bill and found["what"].startswith("report") and scene.house == "Commons" else None
    if day is None or day < scene.spoken_on or found["lords"]:
        return unknown("STAGE")
    return one_day(day, "STAGE", "event")

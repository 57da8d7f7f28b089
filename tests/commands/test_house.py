"""The plan of the house is made from the code."""

from __future__ import annotations

from docs.house import FLOORS, PAGE, page, room_of, rooms


def test_the_plan_of_the_house_is_what_the_code_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m docs.house"


def test_every_room_imports_from_lower_floors_only() -> None:
    floor = {room: number for number, floor in enumerate(FLOORS) for room in floor}
    upward = [(room.name, other) for room in rooms() for other in room.imports if floor[other] <= floor[room.name]]
    assert upward == []


def test_a_module_lies_in_the_room_whose_name_begins_it_longest() -> None:
    assert room_of("processing.timing.find") == "processing.timing"
    assert room_of("processing.records") == "processing"
    assert room_of("processing.commitments.joining.join") == "processing.commitments"
    assert room_of("scrapy") is None

"""Plausible values by name and description."""

from typing import Any

import pytest

from tests.subjects import listed
from toolsmell.calling.plan import trials
from toolsmell.calling.plausible import plausible
from toolsmell.model import Json
from toolsmell.reading.context import ServerContext


@pytest.mark.parametrize(
    ("name", "description", "expected"),
    [
        ("home_timezone", "", "Europe/London"),
        ("timeZone", "", "Europe/London"),
        ("zone", "An IANA time zone", "Europe/London"),
        ("zone", "Where, e.g. 'Asia/Tokyo' or 'Asia/Seoul'", "Asia/Tokyo"),
        ("port", 'A port of call, for example "Kirkwall"', "Kirkwall"),
        ("time", "When to sail (HH:MM)", "12:00"),
        ("departureTime", "", "12:00"),
        ("time", "As of ISO 8601", "2024-05-01T12:00:00Z"),
        ("start_date", "", "2024-05-01"),
        ("from", "First day (YYYY-MM-DD)", "2024-05-01"),
        ("from", "YYYY-MM-DDTHH:MM:SS", "2024-05-01T12:00:00Z"),
        ("link", "", "https://example.com/"),
        ("page", "The URL to read", "https://example.com/"),
        ("emails", "", "someone@example.com"),
        ("to", "An e-mail address", "someone@example.com"),
        ("run_uuid", "", "123e4567-e89b-42d3-a456-426614174000"),
        ("currency_code", "", "EUR"),
        ("flag", "Country as of ISO 3166", "GB"),
        ("country", "", "GB"),
        ("target_language", "", "en"),
    ],
)
def test_a_well_known_format_is_seen_by_name_or_description(name: str, description: str, expected: str) -> None:
    assert plausible(name, description) == expected


@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("", ""),
        ("query", "What to look for"),
        ("update", "Brings things up to date"),
        ("page", "What links to the URL"),
        ("query", "e.g. a word"),
    ],
)
def test_of_others_nothing_is_made_up(name: str, description: str) -> None:
    assert plausible(name, description) is None


def test_a_hostile_text_is_read_in_time() -> None:
    assert plausible("a_" * 500_000, "e.g. '\n" * 200_000) is None


def _first_call(properties: dict[str, Any]) -> Json:
    server = listed([{"name": "sail", "inputSchema": {"properties": properties, "required": list(properties)}}])
    return next(trials(ServerContext(server).tools[0], {})).arguments


def test_the_first_call_takes_them_where_the_schema_allows_them() -> None:
    properties = {
        "timezone": {"type": "string"},
        "guests": {"type": "array", "items": {"type": "string", "description": "An e-mail address"}, "minItems": 1},
        "date": {"type": "string", "examples": ["2023-01-31"]},
    }
    assert _first_call(properties) == {
        "timezone": "Europe/London",
        "guests": ["someone@example.com"],
        "date": "2023-01-31",
    }

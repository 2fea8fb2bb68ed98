"""Texts of a feed: cleaned, escaped, folded; and the names of files and events."""

import icalendar
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plsched.exports.calendars.names import FeedKey, file_names, key_of, text_of, uid
from plsched.exports.calendars.text import LIMIT, text_line
from plsched.exports.plain import clean, one_line
from tests.exports.plans import scenario

ANY_TEXT = st.text(max_size=400)


@given(ANY_TEXT)
@example("é" * 100)
@example("x" * 61 + "\\,;\n" * 40)
@example("C:\\New folder")
@example("a" + "\U0001f333" * 40)
def test_lines_are_folded_and_read_back_the_same(text: str) -> None:
    cleaned = clean(text)
    written = text_line("SUMMARY", cleaned)
    lines = written.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= LIMIT and line.decode() for line in lines)
    unfolded = b"".join([lines[0], *(line.removeprefix(b" ") for line in lines[1:])])
    assert b"\n" not in unfolded
    value = unfolded.decode().removeprefix("SUMMARY:")
    assert unescape(value) == cleaned


def unescape(value: str) -> str:
    found, escaped = "", False
    for char in value:
        if escaped:
            found += {"n": "\n", "\\": "\\", ";": ";", ",": ","}[char]
        elif char != "\\":
            found += char
        escaped = char == "\\" and not escaped
    return found


@given(ANY_TEXT)
def test_library_reads_the_line_too(text: str) -> None:
    # icalendar takes a written \N for a line end before it looks at what precedes it.
    cleaned = clean(text).replace("\\", "")
    content = b"BEGIN:VEVENT\r\n" + text_line("SUMMARY", cleaned) + b"END:VEVENT\r\n"
    assert str(icalendar.Event.from_ical(content)["SUMMARY"]) == cleaned


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("nul\x00 esc\x1b[0m del\x7f", "nul esc[0m del"),
        ("\u202egnp.exe\u2066\u200f", "gnp.exe"),
        ("family: \U0001f469\u200d\U0001f467", "family: \U0001f469\u200d\U0001f467"),
    ],
)
def test_unseen_characters_are_taken_out(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned
    assert one_line(text) == cleaned.replace("\n", " ")


def test_file_names_are_plain_where_they_can_be() -> None:
    keys = [
        FeedKey("all"),
        FeedKey("educator", "T1"),
        FeedKey("educator", "t1"),
        FeedKey("educator", "E.12_a-b"),
        FeedKey("educator", "../../etc"),
        FeedKey("educator", "a b"),
        FeedKey("educator", "a-b"),
        FeedKey("educator", "ŁÓ"),
        FeedKey("site", "T1"),
        FeedKey("expert", "x" * 100),
    ]
    assert list(file_names(keys).values()) == [
        "all.ics",
        "educator-T1~1f93603db53b.ics",
        "educator-t1.ics",
        "educator-E.12_a-b.ics",
        "educator-etc~74ccf3c5b4c1.ics",
        "educator-a-b~c8687a08aa5d.ics",
        "educator-a-b.ics",
        "educator-x~ac2bf5c53df7.ics",
        "site-T1.ics",
        f"expert-{'x' * 40}~09ecb6ebc8bc.ics",
    ]


@given(st.sets(st.text(min_size=1, max_size=20), min_size=1, max_size=30))
def test_file_names_never_collide(ids: set[str]) -> None:
    names = file_names(FeedKey("site", one) for one in ids)
    assert len({name.lower() for name in names.values()}) == len(ids)
    assert all(set('/\\:*?"<>|% \0').isdisjoint(name) for name in names.values())


def test_keys_are_read_back_from_their_text() -> None:
    for key in (FeedKey("all"), FeedKey("site", "a:b")):
        assert key_of(text_of(key)) == key
    with pytest.raises(ValueError, match="feed 'door:1' is of no known kind; the kinds are all"):
        key_of("door:1")


def test_event_names_hold_in_what_ifs_and_differ_by_year_item_and_piece() -> None:
    base = scenario()
    what_if = base.model_copy(update={"name": "Half the money", "funds": ()})
    calendar = base.calendar.model_copy(update={"first": base.calendar.first.replace(year=2027)})
    next_year = base.model_copy(update={"calendar": calendar})
    assert uid(base, "NUM/s1/1") == uid(what_if, "NUM/s1/1") == "NUM-s1-1-65ba45cb298e@plsched"
    names = {
        uid(base, "NUM/s1/1"),
        uid(next_year, "NUM/s1/1"),
        uid(base, "NUM/s1 1"),
        uid(base, "NUM/s1/1", "2"),
    }
    assert len(names) == 4

"""JSON from strangers: every fault is named with its path, and nothing takes long or raises anything else."""

import contextlib
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.web.strict_json import BadJson, read_json

FAULTS = {
    b"": ("", "should be JSON"),
    b"nonsense": ("", "should be JSON"),
    b"\xff\xfe{}": ("", "UTF-8"),
    b"\xef\xbb\xbf{}": ("", "should be JSON"),
    b"[]": ("", "JSON object"),
    b'"text"': ("", "JSON object"),
    b'{"a": 1, "a": 2}': ("", '"a" twice'),
    b'{"a": NaN}': ("", "NaN"),
    b'{"a": -Infinity}': ("", "-Infinity"),
    b'{"a": 1e999}': ("", "too large"),
    b'{"a": ' + b"1" * 30 + b"}": ("", "30 digits"),
    b'{"a": ' + b"1" * 5000 + b"}": ("", "5000 digits"),
    b'{"a": {"b": ["x", "\\ud800"]}}': ("a.b.1", "lone surrogate"),
    b'{"\\ud800": 1}': ("", "lone surrogate"),
    b'{"a": ' + b"[" * 40 + b"]" * 40 + b"}": ("a" + ".0" * 31, "32 levels"),
    b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}": ("", "32 levels"),
    b'{"a": ' * 100_000: ("", "32 levels"),
    b'{"a": [{"' + b"b" * 201 + b'": 0}]}': ("a.0", "200 characters"),
}


@pytest.mark.parametrize(("body", "fault"), FAULTS.items(), ids=range(len(FAULTS)))
def test_a_fault_is_named(body: bytes, fault: tuple[str, str]) -> None:
    with pytest.raises(BadJson) as told:
        read_json(body)
    assert told.value.path == fault[0]
    assert fault[1] in str(told.value)


def test_sound_json_is_read() -> None:
    body = '{"a": [1, 2.5, null, true, "é😀\\u0000"], "b": {"c": -3}}'
    assert read_json(body.encode()) == {"a": [1, 2.5, None, True, "é😀\0"], "b": {"c": -3}}


def test_a_megabyte_of_names_takes_no_time() -> None:
    body = "{" + ",".join(f'"{number}": 0' for number in range(70_000)) + ',"69999": 1}'
    start = time.process_time()
    with pytest.raises(BadJson, match="twice"):
        read_json(body.encode())
    assert time.process_time() - start < 2


BOMBS = {
    "a long name above many members": b'{"' + b"a" * 100_000 + b'": [' + b"0," * 10_000 + b"0]}",
    "long names on every level": (b'{"' + b"a" * 200 + b'": ') * 30 + b"[" + b"0," * 300_000 + b"0]" + b"}" * 30,
    "many empty lists": b'{"a": [' + b"[]," * 300_000 + b"[]]}",
}


@pytest.mark.parametrize("body", BOMBS.values(), ids=BOMBS)
def test_a_small_body_takes_little_memory(body: bytes) -> None:
    tracemalloc.start()
    try:
        with contextlib.suppress(BadJson):
            read_json(body)
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    with contextlib.suppress(BadJson):
        assert isinstance(read_json(body), dict)

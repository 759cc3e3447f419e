"""The fuzzer finds what it is made to find."""

import importlib.util
import pathlib
import time
from types import ModuleType

import pytest


@pytest.fixture(name="fuzz")
def load_fuzz() -> ModuleType:
    path = pathlib.Path(__file__).parent.parent / "tools" / "fuzz_read.py"
    spec = importlib.util.spec_from_file_location("fuzz_read", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reader_survives_a_short_run(fuzz: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert fuzz.main(["--count", "300", "--seed", "7"]) == 0
    assert "300 mails from 4 seeds" in capsys.readouterr().out


def test_an_exception_is_reported(fuzz: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(raw: bytes) -> None:
        raise ValueError(len(raw))

    assert fuzz.run(fail, fuzz.made(), 20, 1, 1.0) == 1
    assert "exception, 20 times: ValueError in" in capsys.readouterr().out


def test_a_slow_mail_is_reported(fuzz: ModuleType) -> None:
    assert fuzz.run(lambda raw: time.sleep(0.002), fuzz.made(), 3, 1, 0.001) == 1


def test_the_same_seed_makes_the_same_mails(fuzz: ModuleType) -> None:
    import random

    runs = [list(fuzz.mutations(fuzz.made(), 20, random.Random(5))) for _ in range(2)]
    assert runs[0] == runs[1]

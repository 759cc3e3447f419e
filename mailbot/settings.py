"""mailbot.toml and the MAILBOT_* variables, checked: every fault is named with its file, key and line."""

import os
import re
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from mailbot.model.shop import Shop, check_shop

Tls = Literal["tls", "starttls", "none"]
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class SettingsError(Exception):
    """The configuration cannot be used. `faults` are lines for people: file, line, key, and what it should be."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def _duration(value: object) -> object:
    match = re.fullmatch(r"(\d{1,6})\s*([smhd])", value.strip()) if isinstance(value, str) else None
    if match:
        return timedelta(**{_UNITS[match[2]]: int(match[1])})
    if isinstance(value, timedelta):
        return value
    raise ValueError('should be a duration such as "30s", "2m", "3h" or "14d"')


def _listen(value: str) -> str:
    port = value.rpartition(":")[2]
    if value.startswith("unix:/") or (":" in value and port.isdecimal() and int(port) <= 65535):
        return value
    raise ValueError('should be host:port such as "127.0.0.1:2525"')


Duration = Annotated[timedelta, BeforeValidator(_duration)]
Listen = Annotated[str, AfterValidator(_listen)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class Smtp(_Section):
    """How mail comes in. `listen` is host:port, or unix:/path for LMTP."""

    listen: Listen = "127.0.0.1:2525"
    protocol: Literal["smtp", "lmtp"] = "smtp"
    max_size: int = Field(default=26_214_400, ge=1024, le=200_000_000)
    hostname: str = ""


class Imap(_Section):
    """A mailbox at a provider as a second way in."""

    host: str
    port: int = Field(default=993, ge=1, le=65535)
    tls: Tls = "tls"
    username: str
    password: str
    folder: str = "INBOX"


class Relay(_Section):
    """Where letters go out."""

    host: str = "127.0.0.1"
    port: int = Field(default=25, ge=1, le=65535)
    tls: Tls = "none"
    username: str = ""
    password: str = ""
    connections: int = Field(default=4, ge=1, le=50)


class LetterSettings(_Section):
    """How long a confirmation waits for the payment, and how many letters one correspondent may get in a time."""

    hold_confirmation: Duration = timedelta(minutes=2)
    budget: int = Field(default=10, ge=1, le=10_000)
    budget_window: Duration = timedelta(hours=3)


class Web(_Section):
    """Where the pages listen, and how customers reach them."""

    listen: Listen = "127.0.0.1:8080"
    url: str = Field(default="http://127.0.0.1:8080", pattern=r"^https?://[^\s/?#]+(/[^\s?#]*)?$")


class Trust(_Section):
    """Whose Authentication-Results to believe (RFC 8601), and from which connections."""

    authserv_id: str = ""
    relays: tuple[str, ...] = ()


class Settings(_Section):
    """A whole installation."""

    secret: str = Field(min_length=32)
    database: str = "sqlite:///mailbot.db"
    rules: str = ""
    templates: str = ""
    smtp: Smtp = Smtp()
    imap: Imap | None = None
    relay: Relay = Relay()
    letters: LetterSettings = LetterSettings()
    web: Web = Web()
    trust: Trust = Trust()
    shop: tuple[Shop, ...] = Field(min_length=1)

    @field_validator("shop")
    @classmethod
    def _sound_shops(cls, shops: tuple[Shop, ...]) -> tuple[Shop, ...]:
        for shop in shops:
            check_shop(shop)
        for what in ("id", "address", "token"):
            values = [getattr(shop, what) for shop in shops]
            if len(set(values)) < len(values):
                raise ValueError(f"two shops have the same {what}; each needs its own")
        return shops

    @model_validator(mode="after")
    def _sound_database(self) -> "Settings":
        if not self.database.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise ValueError('database should be "sqlite:///file" or "postgresql://user:password@host/name"')
        return self


def load(path: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """Reads the file, lets MAILBOT_* variables override it, and checks everything. Raises SettingsError."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise SettingsError([f"{path}: cannot be read ({reason}); give the configuration with --config FILE"]) from None
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError([f"{path}: is not valid TOML: {error}"]) from None
    faults = _override(values, environment)
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        found = error.errors()
        inner = any(len(item["loc"]) > 1 and item["loc"][0] == "shop" for item in found)
        faults += [
            _fault(path, text, item["loc"], item["msg"], item["type"])
            for item in found
            if not (inner and item["type"] == "too_short")  # a faulty shop does not count as one
        ]
    if faults:
        raise SettingsError(faults)
    return settings


def _override(values: dict[str, Any], environment: Mapping[str, str]) -> list[str]:
    """MAILBOT_RELAY__PASSWORD=x sets [relay] password. A variable that names no key is a fault, not a silence."""
    faults = []
    for name in sorted(environment):
        if not name.startswith("MAILBOT_"):
            continue
        keys = name.removeprefix("MAILBOT_").lower().split("__")
        if not _known(keys):
            faults.append(f"{name}: there is no such setting; MAILBOT_RELAY__PASSWORD would set password in [relay]")
            continue
        table = values
        for key in keys[:-1]:
            table = table.setdefault(key, {})
        if isinstance(table, dict):  # else the file has a value where a section belongs, and is told so
            table[keys[-1]] = environment[name]
    return faults


def _known(keys: list[str]) -> bool:
    model: Any = Settings
    for key in keys[:-1]:
        field = model.model_fields.get(key)
        types = [field.annotation, *getattr(field.annotation, "__args__", ())] if field else []
        model = next((kind for kind in types if isinstance(kind, type) and issubclass(kind, _Section)), None)
        if model is None:
            return False
    return keys[-1] in model.model_fields and keys[-1] != "shop"


def _fault(path: Path, text: str, where: tuple[Any, ...], message: str, kind: str) -> str:
    key = ".".join(str(part) for part in where) or "the whole file"
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        message = "is not a setting; is it a slip of the pen?"
    if kind == "missing":
        message = "is missing and has to be given"
    return f"{path}:{_line(text, where)}: {key}: {message.removeprefix('Value error, ')}"


def _line(text: str, where: tuple[Any, ...]) -> int:
    """The line of a key in the file, near enough to find it: the section's line when the key is not there."""
    names = [part for part in where if isinstance(part, str)]
    index = next((part for part in where if isinstance(part, int)), 0)
    line, found, seen = 0, 1, -1
    section = ""
    for line, content in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[\[?\s*([\w.]+)", content)
        if header:
            section = header[1]
            seen += section == "shop"
            if (
                names
                and section.split(".") == names[: len(section.split("."))]
                and (names[0] != "shop" or seen == index)
            ):
                found = line
        key = re.match(r"\s*([\w-]+)\s*=", content)
        inside = [*section.split("."), key[1]] if key and section else [key[1]] if key else []
        if inside and inside == names[: len(inside)] and (names[0] != "shop" or seen == index):
            found = line
    return found

"""mailbot.toml and the MAILBOT_* variables, checked: every fault is named with its file, key and line."""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    field_validator,
)

from mailbot.model.shop import Shop, check_shop
from mailbot.toml_lines import Places, Where

Tls = Literal["tls", "starttls", "none"]
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class SettingsError(Exception):
    """The configuration cannot be used. `faults` are lines for people: file, line, key, and what it should be."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class NoSettings(SettingsError):
    """There is no configuration to read: the call was wrong, not what stands in it."""


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


def _address(value: str) -> str:
    try:
        return str(ip_address(value))
    except ValueError:
        raise ValueError(f"should be an address such as 127.0.0.1 or ::1, and no network, not '{value}'") from None


Duration = Annotated[timedelta, BeforeValidator(_duration)]
Listen = Annotated[str, AfterValidator(_listen)]
Relaying = Annotated[str, AfterValidator(_address)]


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
    relays: tuple[Relaying, ...] = ()


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

    @field_validator("database")
    @classmethod
    def _sound_database(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise ValueError('should be "sqlite:///file" or "postgresql://user:password@host/name"')
        return value


def load(path: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """Reads the file, lets MAILBOT_* variables override it, and checks everything. Raises SettingsError."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise NoSettings([f"{path}: cannot be read ({reason}); give the configuration with --config FILE"]) from None
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError([f"{path}: is not valid TOML: {error}"]) from None
    places = Places(path, text)
    faults = _override(values, environment, places)
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        found = error.errors()
        inner = any(len(item["loc"]) > 1 and item["loc"][0] == "shop" for item in found)
        faults += [
            places.fault(item["loc"], _words(item["msg"], item["type"]))
            for item in found
            if not (inner and item["type"] == "too_short")  # a faulty shop does not count as one
        ]
    faults += [places.fault(where, message) for where, message in _shops(values.get("shop"))]
    if faults:
        raise SettingsError(faults)
    return settings


def fault(path: Path, where: Where, message: str, environment: Mapping[str, str] = os.environ) -> str:
    """A line for people about a setting that `load` took: file, line and key, or the variable that it comes from."""
    places = Places(path, path.read_text(encoding="utf-8"))
    _override({}, environment, places)
    return places.fault(where, message)


def _shops(raw: object) -> Iterator[tuple[Where, str]]:
    """What is wrong with shops whose types are right: each by itself, and those that share what they must not."""
    seen: set[tuple[str, str]] = set()
    for number, one in enumerate(raw if isinstance(raw, list) else []):
        try:
            shop = TypeAdapter(Shop).validate_python(one)
        except ValidationError:
            continue  # told already
        for key, message in check_shop(shop):
            yield ("shop", number, *(int(part) if part.isdecimal() else part for part in key.split("."))), message
        for key in ("id", "address", "token"):
            if (key, getattr(shop, key)) in seen:
                yield ("shop", number, key), f"another shop has the same {key}; each needs its own"
            seen.add((key, getattr(shop, key)))


def _override(values: dict[str, Any], environment: Mapping[str, str], places: Places) -> list[str]:
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
            table = table.setdefault(key, {}) if isinstance(table, dict) else table
        if isinstance(table, dict):  # else the file has a value where a section belongs, and is told so
            table[keys[-1]] = environment[name]
            places.variables[tuple(keys)] = name
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


def _words(message: str, kind: str) -> str:
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        return "is not a setting; is it a slip of the pen?"
    if kind == "missing":
        return "is missing and has to be given"
    return message.removeprefix("Value error, ")

"""The sample shop's configuration: as settings for the demo, and as a file for the other commands beside it."""

import json
import socket
from datetime import timedelta
from pathlib import Path
from typing import Any

from mailbot.demo import sample
from mailbot.settings import LetterSettings, Relay, Settings, Smtp, Trust, Web


def make_settings(database: Path, relay_port: int, web_port: int) -> Settings:
    """Loopback and nothing else: letters go to `relay_port`, pages are at `web_port`."""
    web = f"127.0.0.1:{web_port}"
    return Settings(
        secret="demo secret, known to everybody, only for loopback",  # noqa: S106
        database=f"sqlite:///{database.resolve()}",
        smtp=Smtp(listen="127.0.0.1:0"),
        relay=Relay(host="127.0.0.1", port=relay_port, tls="none"),
        letters=LetterSettings(hold_confirmation=timedelta(0), budget=100),
        web=Web(listen=web, url=f"http://{web}"),
        trust=Trust(authserv_id="mx.shop.example", relays=("127.0.0.1",)),
        shop=(sample.SHOP,),
    )


def as_toml(settings: Settings) -> str:
    """The settings as the text of a mailbot.toml; what has its usual value is left out."""
    values = settings.model_dump(mode="json", exclude_defaults=True)
    values["letters"]["hold_confirmation"] = f"{int(settings.letters.hold_confirmation.total_seconds())}s"
    return "# Written by `mailbot demo`, for `mailbot explain` and others beside it.\n" + _table(values, "")


def free_port(wanted: int = 0) -> int:
    """A free loopback port: the one that is wanted, when nobody has it."""
    for port in dict.fromkeys((wanted, 0)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no port of this machine is free")


def _table(values: dict[str, Any], path: str) -> str:
    """TOML of nested tables: plain values first, because a section never ends before the next one begins."""
    plain = {key: value for key, value in values.items() if not _is_table(value) and value is not None}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in plain.items()]
    for key, value in values.items():
        if _is_table(value):
            name = f"{path}{key}"
            for one in value if isinstance(value, list) else [value]:
                head = f"[[{name}]]" if isinstance(value, list) else f"[{name}]"
                lines += ["", head, _table(one, f"{name}.").rstrip()]
    return "\n".join(lines) + "\n"


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))

"""What you can type: `mailbot --help` is the table of contents. Each command imports what it needs."""

import json
import sys
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from mailbot import __version__

if TYPE_CHECKING:
    from mailbot.settings import Settings

_CONFIG = click.option(
    "--config", type=click.Path(path_type=Path), default="mailbot.toml", show_default=True, help="The configuration."
)
_PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(exists=True, path_type=Path))
_RULES = click.option(
    "--rules", "folder", type=click.Path(exists=True, file_okay=False), help="A folder of rules of your own."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")

_ORDER = ("demo", "serve", "check", "tick", "read", "explain", "rules", "replay", "orders", "db")


class _Contents(click.Group):
    """Lists the commands in the order in which a newcomer needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name in _ORDER if name in self.commands] + sorted(set(self.commands) - set(_ORDER))


@click.group(cls=_Contents, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@click.pass_context
def cli(context: click.Context) -> None:
    """The clerk behind a shop's orders@ address.

    Start with `mailbot demo`: a sample shop on this machine, whose letters you read and answer as its customers.

    Exit codes: 0 done, 1 the work found a fault, 2 the call was wrong.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@cli.command()
@click.option("--script", is_flag=True, help="Play one conversation per kind of request, print it, and end.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="The port of the demo page; a free one is found by itself."
)
@click.option(
    "--keep", is_flag=False, flag_value="mailbot-demo", metavar="[FOLDER]", type=click.Path(path_type=Path),
    help="Keep it in a folder (mailbot-demo) and go on there the next time; else each start is clean.",
)  # fmt: skip
@click.option("--open", "open_page", is_flag=True, help="Open the page in the browser.")
def demo(script: bool, port: int, keep: Path | None, open_page: bool) -> None:
    """See it work: a sample shop, its mailboxes, and the reasons."""
    from mailbot.demo import show

    sys.exit(show.script() if script else show.page(port, keep, open_page))


@cli.command()
@_CONFIG
@click.option("--only", default="", metavar="ROLES", help="Some of: intake,desk,outbox,clock,web (all by default).")
def serve(config: Path, only: str) -> None:
    """Run it: mail in, letters out, pages, clock."""
    from mailbot import app, serving

    roles = tuple(role.strip() for role in only.split(",") if role.strip()) or app.ROLES
    unknown = [role for role in roles if role not in app.ROLES]
    if unknown:
        raise click.UsageError(f"--only: '{unknown[0]}' is not one of {', '.join(app.ROLES)}")
    sys.exit(serving.serve(_settings(config), roles))


@cli.command()
@_CONFIG
def check(config: Path) -> None:
    """Check configuration, rules and letters; name each fault, and warn of what is none and yet will hurt."""
    from mailbot import checking, serving

    faults = checking.faults(config)
    for warning in [] if faults else serving.warnings(_settings(config)):
        click.echo(f"warning: {warning}", err=True)
    count = f"{len(faults)} fault{'s' * (len(faults) > 1)}"
    for line in [*faults, count if faults else "configuration, rules and letters are in order"]:
        click.echo(line)
    sys.exit(1 if faults else 0)


@cli.command()
@_CONFIG
@click.option("--at", metavar="TIME", help="Do what would be due at that time (RFC 3339); now when left out.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
def tick(config: Path, at: str | None, dry_run: bool) -> None:
    """Do once what the clock would do."""
    from mailbot import serving
    from mailbot.app import utc_now

    for line in serving.tick(_settings(config), _time(at) if at else utc_now(), dry_run):
        click.echo(line)


@cli.command()
@_JSON
@_PATHS
@_RULES
def read(as_json: bool, paths: tuple[Path, ...], folder: str | None) -> None:
    """Say what mails ask for. PATH is a mail, a folder or an .mbox."""
    from mailbot.boxes import is_one_mail, mails_in
    from mailbot.reader import Reader

    reader = Reader(folder or "", lazily=is_one_mail(paths))
    for source, raw in chain.from_iterable(map(mails_in, paths)):
        result = reader.read(source, raw)
        click.echo(json.dumps(result, ensure_ascii=False) if as_json else reader.describe(result))


@cli.command()
@_CONFIG
@_JSON
@_PATHS
def explain(config: Path, as_json: bool, paths: tuple[Path, ...]) -> None:
    """Say what would be done about mails, and why, without doing it."""
    from mailbot.boxes import mails_in
    from mailbot.explaining import Explainer

    with Explainer(_settings(config)) as explainer:
        for source, raw in chain.from_iterable(map(mails_in, paths)):
            result = explainer.explain(source, raw)
            click.echo(json.dumps(result, ensure_ascii=False) if as_json else explainer.describe(result))


@cli.group()
def rules() -> None:
    """Try out and test the rules by which mail is understood."""


@rules.command("test")
@_RULES
def rules_test(folder: str | None) -> None:
    """Run every example of every kind against all kinds."""
    from mailbot.reader import Reader

    lines, good = Reader(folder or "").test()
    for line in lines:
        click.echo(line)
    sys.exit(0 if good else 1)


@rules.command("try")
@click.argument("text")
@_RULES
def rules_try(text: str, folder: str | None) -> None:
    """Show what would be understood of TEXT, and why."""
    from mailbot.reader import Reader

    for line in Reader(folder or "", lazily=True).attempt(text):
        click.echo(line)


@cli.command()
@_CONFIG
@click.option("--event", "news", is_flag=True, help="The IDs are those of news, as the shop gave them (evt_1).")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
def replay(config: Path, news: bool, ids: tuple[str, ...]) -> None:
    """Work again on mails that failed, or on news (--event)."""
    from mailbot import serving

    if not news and (odd := [one for one in ids if not one.isdecimal()]):
        raise click.UsageError(f"'{odd[0]}' is no number of a mail; news is replayed with --event")
    lines, good = (serving.replay_news if news else serving.replay)(_settings(config), ids)
    click.echo("\n".join(lines))
    sys.exit(0 if good else 1)


@cli.command()
@_CONFIG
@click.argument("number", required=False)
@click.option("--shop", default="", metavar="ID", help="The shop's id, where there are several.")
def orders(config: Path, number: str | None, shop: str) -> None:
    """List the orders, or tell one order's history."""
    from mailbot import serving

    lines, found = serving.orders_lines(_settings(config), shop, number)
    click.echo("\n".join(lines))
    sys.exit(0 if found else 1)


@cli.group()
def db() -> None:
    """Look after the database."""


@db.command("upgrade")
@_CONFIG
def db_upgrade(config: Path) -> None:
    """Bring the tables up to date."""
    from mailbot.opening import open_database
    from mailbot.store.schema import HEAD

    open_database(_settings(config)).close()
    click.echo(f"the database is at revision {HEAD}")


def main() -> NoReturn:
    """The entry point. Faults of configuration and rules are said in plain words; exit codes as in `mailbot --help`."""
    from mailbot.checking import FAULTS, trouble_outside
    from mailbot.settings import SettingsError

    try:
        code: Any = cli.main(prog_name="mailbot", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = 2
    except click.Abort:
        code = 130
    except BrokenPipeError:
        code = 0
    except FAULTS as error:
        click.echo(f"mailbot: {error}", err=True)
        code = 2 if isinstance(error, SettingsError) else 1
    except Exception as error:
        trouble = trouble_outside(error)
        if not trouble:
            raise
        click.echo(f"mailbot: {trouble}", err=True)
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _settings(path: Path) -> "Settings":
    from mailbot.checking import usable

    return usable(path)


def _time(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise click.UsageError(f"--at: '{text}' is no RFC 3339 time; 2026-11-27T09:00:00Z would be") from None
    if at.tzinfo is None:
        raise click.UsageError(f"--at: '{text}' needs a zone; {text}Z is UTC")
    return at

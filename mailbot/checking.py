"""`mailbot check`: configuration, rules and letters, every fault with its file, key and line."""

from pathlib import Path

from sqlalchemy.exc import DBAPIError

from mailbot.answers import policies
from mailbot.gates import GatesFault, load_gates
from mailbot.invoices.number import pattern_fault
from mailbot.invoices.pdf import Press
from mailbot.model.mail import KINDS
from mailbot.model.rulesfile import RulesFault
from mailbot.outbox.letters import Letters
from mailbot.payments import methods
from mailbot.payments.giro import account_fault
from mailbot.reading import fact_words, rulebook
from mailbot.reading.rulebook import RulesError
from mailbot.settings import Settings, SettingsError, load
from mailbot.shipped import folders

FAULTS = (SettingsError, RulesError, RulesFault, GatesFault)
"""What is said to people in one line, without a stack trace."""


def faults(config: Path) -> list[str]:
    """A line for each fault; empty when all is in order."""
    try:
        settings = load(config)
    except SettingsError as error:
        return error.faults
    return [*folder_faults(config, settings), *_shops(config, settings), *_rules(settings), *_letters(settings)]


def usable(config: Path) -> Settings:
    """The settings of an installation. Raises SettingsError for those that nothing could be started with."""
    settings = load(config)
    if missing := folder_faults(config, settings):
        raise SettingsError(missing)
    return settings


def folder_faults(config: Path, settings: Settings) -> list[str]:
    """A line for each folder that the configuration names and that is not there."""
    named = {"rules": settings.rules, "templates": settings.templates}
    if settings.database.startswith("sqlite:///"):
        named["database"] = str(Path(settings.database.removeprefix("sqlite:///")).parent)
    return [
        f"{config}: {key}: there is no folder '{folder}'; make it, or name another"
        for key, folder in named.items()
        if folder and not Path(folder).is_dir()
    ]


def _shops(config: Path, settings: Settings) -> list[str]:
    found = [(shop.id, pattern_fault(shop.invoice_number)) for shop in settings.shop]
    found += [(shop.id, account_fault(shop.bank)) for shop in settings.shop if shop.bank]
    unread = [f"{config}: imap: a mailbox is not fetched from yet; have its mail delivered to [smtp]"]
    return [f"{config}: shop '{shop}': {fault}" for shop, fault in found if fault] + unread * bool(settings.imap)


def _rules(settings: Settings) -> list[str]:
    found = []
    for check in (rulebook.load, fact_words.load, methods.load, load_gates):
        try:
            loaded = check(folders("rules", settings.rules))
        except (RulesError, RulesFault, GatesFault) as error:
            found += str(error).splitlines()
            continue
        if isinstance(loaded, rulebook.Rulebook):
            found += [fault for kind in KINDS for fault in policies.faults(kind, loaded.policy(kind))]
    return list(dict.fromkeys(found))  # the rulebook meets the fact words' faults as well


def _letters(settings: Settings) -> list[str]:
    templates = folders("templates", settings.templates)
    try:
        Press([folder / "invoice" for folder in templates])
    except (FileNotFoundError, RulesFault) as error:
        return str(error).splitlines()
    languages = sorted({language for shop in settings.shop for language in shop.languages} | {"en"})
    return [str(fault) for fault in Letters.load(templates, languages).check()]


def trouble_outside(error: Exception) -> str:
    """Trouble of the machine, not of mailbot, in one line; "" for all else, which deserves its stack trace."""
    if isinstance(error, DBAPIError):
        reason = str(error.orig).splitlines()[0]
        return f"the database cannot be used ({reason}); see `database` in the configuration"
    if isinstance(error, ModuleNotFoundError) and error.name == "psycopg":
        return "PostgreSQL needs its driver: pip install 'psycopg[binary]'"
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return ""

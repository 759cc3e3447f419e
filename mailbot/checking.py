"""`mailbot check`: configuration, rules and letters, every fault with its file, key and line."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from mailbot.gates import load_gates, policy_faults
from mailbot.house import zone_name
from mailbot.invoices.number import pattern_fault
from mailbot.invoices.pdf import Press, PressFault
from mailbot.invoices.sample import sample_invoice
from mailbot.model.rulesfile import RulesFault
from mailbot.model.shop import Shop
from mailbot.outbox.letters import Letters
from mailbot.payments import methods
from mailbot.payments.giro import account_fault
from mailbot.reading import fact_words, rulebook
from mailbot.reading.rule_faults import rule_faults
from mailbot.reading.rulebook import RulesError
from mailbot.settings import NoSettings, Settings, SettingsError, fault, load
from mailbot.shipped import folders
from mailbot.web.page_faults import page_faults

FAULTS = (SettingsError, RulesError, RulesFault)
"""What is said to people in one line, without a stack trace."""


def faults(config: Path) -> list[str]:
    """A line for each fault; empty when all is in order. Raises NoSettings when there is nothing to check."""
    try:
        settings = load(config)
    except NoSettings:
        raise
    except SettingsError as error:
        return error.faults
    return [*folder_faults(config, settings), *_shops(config, settings), *_rules(settings), *_templates(settings)]


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
        fault(config, (key,), f"there is no folder '{folder}'; make it, or name another")
        for key, folder in named.items()
        if folder and not Path(folder).is_dir()
    ]


def _shops(config: Path, settings: Settings) -> list[str]:
    found = []
    for number, shop in enumerate(settings.shop):
        if wrong := pattern_fault(shop.invoice_number):
            found.append(fault(config, ("shop", number, "invoice_number"), wrong))
        if shop.bank and (wrong := account_fault(shop.bank)):
            found.append(fault(config, ("shop", number, "bank", "bic"), wrong))
    unread = "a mailbox is not fetched from yet; have its mail delivered to [smtp]"
    return found + [fault(config, ("imap",), unread)] * bool(settings.imap)


def _rules(settings: Settings) -> list[str]:
    rules = folders("rules", settings.rules)
    found = [line for folder in rules[:-1] for line in rule_faults(folder)]
    for check in (rulebook.load, fact_words.load, methods.load, load_gates):
        try:
            loaded = check(rules)
        except (RulesError, RulesFault) as error:
            found += str(error).splitlines()
            continue
        if isinstance(loaded, rulebook.Rulebook):
            found += map(str, policy_faults(loaded, rules))
    return list(dict.fromkeys(found))  # the rulebook meets the fact words' faults as well, and the files' own


def _templates(settings: Settings) -> list[str]:
    templates = folders("templates", settings.templates)
    languages = sorted({language for shop in settings.shop for language in shop.languages} | {"en"})
    return [
        *_invoice(templates, settings.shop),
        *map(str, Letters.load(templates, languages).check()),
        *map(str, page_faults(templates, languages)),
    ]


def _invoice(templates: Sequence[Path], shops: Sequence[Shop]) -> list[str]:
    """An invoice is printed for each shop and language: what stops it would stop the first customer's."""
    try:
        press = Press([folder / "invoice" for folder in templates])
        for shop in shops:
            for language in shop.languages:
                press.render(sample_invoice(shop, language, zone_name(shop)))
    except (FileNotFoundError, RulesFault, PressFault) as error:
        return str(error).splitlines()
    except ValueError:
        return []  # a wrong invoice_number, told already
    return []


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

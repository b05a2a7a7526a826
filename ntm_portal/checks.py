"""System checks that name what is wrong with the environment."""

from __future__ import annotations

import logging
import os
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.utils.translation import gettext as _

from ntm_portal.lib import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

BROKERS = frozenset({"filesystem", "redis", "rediss", "amqp", "amqps"})
SECRET_LENGTH = 50
FLAGS = ("DEBUG", "BEHIND_TLS", "PUBLIC_SITE")
ROUNDINGS = ("none", "down", "half-up")
NUMBERS = {
    "PORT": range(1, 65536),
    "WEB_CONCURRENCY": range(1, 1025),
    "API_RATE": range(1, 1_000_001),
    "PUBLIC_API_RATE": range(1, 1_000_001),
}


# Django hands every check keywords of every type, hence Any.
@checks.register
def check_environment(**kwargs: Any) -> list[checks.CheckMessage]:
    """Name each variable whose value cannot be used, and say what can."""
    return [
        *_addresses(),
        *_secret(),
        *(problem for name in FLAGS for problem in _flag(name)),
        *(problem for name in NUMBERS for problem in _number(name)),
        *_log_level(),
        *_rounding(),
        *_mail(),
        *_networks(),
    ]


@checks.register(checks.Tags.security, deploy=True)
def check_hosts(**kwargs: Any) -> list[checks.CheckMessage]:
    """Warn when the portal answers to any name."""
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    sentence = _("ALLOWED_HOSTS is “*”: anybody can make the portal send links to another name.")
    return [
        checks.Warning(
            sentence, hint=_("List the names the portal is reached by."), id="portal.W001"
        )
    ]


def _addresses() -> Iterator[checks.CheckMessage]:
    if settings.DATABASES["default"]["ENGINE"] not in environment.ENGINES:
        yield checks.Error(
            _("DATABASE_URL is not an address of PostgreSQL or SQLite."),
            hint=_(
                "For example postgres://user:password@host:5432/name, with the special letters of "
                "the password percent-encoded, or sqlite:////folder/file.sqlite3."
            ),
            id="portal.E001",
        )
    if urlsplit(settings.CELERY_BROKER_URL).scheme not in BROKERS:
        yield checks.Error(
            _("CELERY_BROKER_URL is not an address of Redis or RabbitMQ."),
            hint=_("For example redis://host:6379/0 or amqp://user:password@host:5672//."),
            id="portal.E002",
        )


def _secret() -> Iterator[checks.CheckMessage]:
    if not settings.DEBUG and len(settings.SECRET_KEY) < SECRET_LENGTH:
        yield checks.Error(
            _("SECRET_KEY has fewer than %(count)s letters.") % {"count": SECRET_LENGTH},
            hint=_("Leave it out to have one made and kept in the folder VAR_DIR."),
            id="portal.E003",
        )


def _flag(name: str) -> Iterator[checks.CheckMessage]:
    value = os.environ.get(name, "").strip().lower()
    if value not in environment.TRUE | environment.FALSE:
        yield checks.Error(
            _("%(name)s is “%(value)s”, which is neither yes nor no.")
            % {"name": name, "value": value},
            hint=_("Write 1 for yes, 0 for no."),
            id="portal.E004",
        )


def _number(name: str) -> Iterator[checks.CheckMessage]:
    value, allowed = os.environ.get(name, "").strip(), NUMBERS[name]
    if value and not (value.isascii() and value.isdecimal() and int(value) in allowed):
        yield checks.Error(
            _("%(name)s is “%(value)s”, not a whole number from %(first)s to %(last)s.")
            % {"name": name, "value": value, "first": allowed[0], "last": allowed[-1]},
            id="portal.E005",
        )


def _log_level() -> Iterator[checks.CheckMessage]:
    value = os.environ.get("LOG_LEVEL", "").strip().upper()
    if value and value not in logging.getLevelNamesMapping():
        yield checks.Error(
            _("LOG_LEVEL is “%(value)s”, which is no level.") % {"value": value},
            hint=_("Write DEBUG, INFO, WARNING or ERROR."),
            id="portal.E006",
        )


def _rounding() -> Iterator[checks.CheckMessage]:
    if settings.OCOP_ROUNDING not in ROUNDINGS:
        yield checks.Error(
            _("OCOP_ROUNDING is “%(value)s”, which is no way of rounding.")
            % {"value": settings.OCOP_ROUNDING},
            hint=_("Write none, down or half-up."),
            id="portal.E007",
        )


def _mail() -> Iterator[checks.CheckMessage]:
    named = os.environ.get("EMAIL_URL", "")
    if named and not environment.mail_server(named, embedded=settings.VAR_DIR).host:
        yield checks.Error(
            _("EMAIL_URL is not an address of a mail server."),
            hint=_(
                "For example smtp+tls://user:password@host:587, with the special letters of the "
                "password percent-encoded; smtps:// encrypts all, smtp:// nothing."
            ),
            id="portal.E008",
        )
    address = urlsplit(settings.SITE_URL)
    if address.scheme not in {"http", "https"} or not address.hostname:
        yield checks.Error(
            _("SITE_URL is “%(value)s”, which is no address of a web site.")
            % {"value": settings.SITE_URL},
            hint=_("For example https://ntm.example.vn."),
            id="portal.E009",
        )


def _networks() -> Iterator[checks.CheckMessage]:
    for word in settings.WEBHOOK_NETWORKS:
        try:
            ip_network(word)
        except ValueError:
            yield checks.Error(
                _("WEBHOOK_NETWORKS: “%(value)s” is not a network.") % {"value": word},
                hint=_("For example 10.1.0.0/16."),
                id="portal.E010",
            )

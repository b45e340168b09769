"""Settings, from the environment or a ``.env`` file in the working directory."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import (
    AnyHttpUrl,
    Field,
    SecretStr,
    TypeAdapter,
    ValidationError,
    field_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError

PREFIX = "ONTHERECORD_"
TELEGRAM_API_URL = "https://api.telegram.org"

_url = TypeAdapter(AnyHttpUrl)


class Settings(BaseSettings):
    """All that can be set. Each is an environment variable with the prefix ``ONTHERECORD_``."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True
    )

    telegram_token: SecretStr | None = Field(
        default=None, description="The bot's token, from @BotFather. Only `run` needs it."
    )
    telegram_api_url: str = Field(
        default=TELEGRAM_API_URL,
        description="The Bot API server: Telegram's, a local one, or a double for tests.",
    )
    data_dir: Path = Field(
        default_factory=lambda: user_data_path("ontherecord", appauthor=False),
        description="All local state: the database, the search index, the log.",
    )
    database_url: str = Field(
        default="",
        description="The record. Default: SQLite in the data directory. "
        "PostgreSQL: `postgresql+asyncpg://user:password@host/name`.",
    )
    owners: Annotated[tuple[int, ...], NoDecode] = Field(
        default=(),
        description="Telegram user ids of the owners, separated by commas. For moderating in "
        "Telegram, which is to come; until then, moderate with the commands.",
    )
    webhook_url: str | None = Field(
        default=None,
        description="The public https address of the webhook. Without it, the bot polls.",
    )
    webhook_secret: SecretStr | None = Field(
        default=None,
        description="What Telegram sends along to prove itself: 1 to 256 of `A-Z a-z 0-9 _ -`.",
    )
    webhook_listen: str = Field(
        default="127.0.0.1:8443", description="Host and port where the webhook listens."
    )
    observe_listen: str | None = Field(
        default=None,
        description="Host and port for `/healthz`, `/readyz` and `/metrics`, which are to come.",
    )
    allow_private_addresses: bool = Field(
        default=False,
        description="Let `add` open URLs that lead to this machine or a private network.",
    )
    meaning_model: str | None = Field(
        default=None,
        description="A model of meaning to rank answers by too: a directory, or an installed "
        "package that has one (`docs/meaning.md`). Off when unset.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="How much is logged: DEBUG, INFO, WARNING or ERROR."
    )

    @field_validator("owners", mode="before")
    @classmethod
    def _split_owners(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not all(part.isdecimal() and int(part) > 0 for part in parts):
            raise ValueError("must be Telegram user ids (numbers), separated by commas")
        return tuple(map(int, parts))

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("telegram_api_url", "webhook_url")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            _url.validate_python(value)
        except ValidationError as error:
            raise ValueError("must be an address such as https://example.org") from error
        return value.rstrip("/")

    @field_validator("webhook_url")
    @classmethod
    def _secure(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith("https://"):
            raise ValueError("must start with https://, for Telegram sends to nothing else")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _telegrams_letters(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            secret = value.get_secret_value()
            plain = secret.replace("_", "").replace("-", "")
            if len(secret) > 256 or not (plain.isascii() and (plain.isalnum() or not plain)):
                raise ValueError("must be 1 to 256 of A-Z a-z 0-9 _ -")
        return value

    @field_validator("webhook_listen", "observe_listen")
    @classmethod
    def _host_and_port(cls, value: str | None) -> str | None:
        if value is not None:
            host_and_port(value)
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        scheme = value.split("://")[0]
        if value and scheme not in ("sqlite+aiosqlite", "postgresql+asyncpg"):
            raise ValueError("must start with sqlite+aiosqlite:/// or postgresql+asyncpg://")
        return value

    @field_validator("data_dir")
    @classmethod
    def _at_home(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @property
    def record_url(self) -> str:
        """The database's URL, with its default filled in."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'ontherecord.db'}"

    @property
    def log_file(self) -> Path:
        """Where commands log."""
        return self.data_dir / "ontherecord.log"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be shown or logged."""
        held = [self.telegram_token, self.webhook_secret]
        password = urlsplit(self.database_url).password
        return (
            *(secret.get_secret_value() for secret in held if secret),
            *([password] if password else []),
        )


def host_and_port(value: str) -> tuple[str, int]:
    """The parts of "host:port"; a host may be an IPv6 address in brackets.

    Raises:
        ValueError: it is not that.
    """
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or not 0 <= int(port) <= 65_535:
        raise ValueError("must be host:port, such as 127.0.0.1:8443")
    return host.removeprefix("[").removesuffix("]"), int(port)


def load_settings() -> Settings:
    """The settings as the environment and ``.env`` give them.

    Raises:
        SettingsError: one can't be used; the message names it and says what is wanted.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = f"{PREFIX}{'_'.join(map(str, first['loc'][:1])).upper()}"
        reason = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"{name}: {reason}") from None
    except OSError as error:
        raise SettingsError(f".env can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SettingsError(".env is not UTF-8 text; save it as UTF-8") from None

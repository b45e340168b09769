from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import PREFIX, Settings, host_and_port, load_settings


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


def test_everything_has_a_default() -> None:
    settings = load_settings()
    assert settings.telegram_token is None
    assert settings.record_url == f"sqlite+aiosqlite:///{settings.data_dir}/ontherecord.db"
    assert settings.data_dir.is_absolute()
    assert settings.owners == ()
    assert settings.secrets == ()


def test_the_environment_goes_before_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(f"{PREFIX}OWNERS=1, 2\n{PREFIX}LOG_LEVEL=debug\nOTHER=x\n")
    monkeypatch.setenv(f"{PREFIX}OWNERS", "3")
    settings = load_settings()
    assert settings.owners == (3,)
    assert settings.log_level == "DEBUG"


def test_an_empty_variable_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", "")
    monkeypatch.setenv(f"{PREFIX}TELEGRAM_TOKEN", "")
    assert load_settings().telegram_token is None


def test_a_home_directory_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", "~/record")
    settings = load_settings()
    assert settings.data_dir == tmp_path / "record"
    assert settings.log_file == tmp_path / "record" / "ontherecord.log"


def test_secrets_are_never_shown_and_all_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}TELEGRAM_TOKEN", "1234:token")
    monkeypatch.setenv(f"{PREFIX}WEBHOOK_SECRET", "hush_hush")
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", "postgresql+asyncpg://me:pass@host/name")
    settings = load_settings()
    assert set(settings.secrets) == {"1234:token", "hush_hush", "pass"}
    assert "1234:token" not in repr(settings)
    assert "hush_hush" not in repr(settings)


def test_a_webhook_is_set_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}WEBHOOK_URL", "https://bot.example/hook/")
    monkeypatch.setenv(f"{PREFIX}WEBHOOK_LISTEN", "[::1]:8443")
    settings = load_settings()
    assert settings.webhook_url == "https://bot.example/hook"
    assert host_and_port(settings.webhook_listen) == ("::1", 8443)


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("OWNERS", "1,anna", "numbers"),
        ("OWNERS", "-5", "numbers"),
        ("LOG_LEVEL", "loud", "DEBUG"),
        ("WEBHOOK_URL", "http://bot.example", "https://"),
        ("WEBHOOK_URL", "bot", "address"),
        ("TELEGRAM_API_URL", "nowhere", "address"),
        ("WEBHOOK_SECRET", "a b", "A-Z"),
        ("WEBHOOK_SECRET", "a" * 257, "256"),
        ("WEBHOOK_LISTEN", "8443", "host:port"),
        ("OBSERVE_LISTEN", "localhost:99999", "host:port"),
        ("DATABASE_URL", "mysql://host/name", "sqlite"),
        ("ALLOW_PRIVATE_ADDRESSES", "perhaps", "boolean"),
    ],
)
def test_a_setting_that_can_t_be_used_is_named_and_told_what_is_wanted(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, wanted: str
) -> None:
    monkeypatch.setenv(f"{PREFIX}{name}", value)
    with pytest.raises(SettingsError, match=f"{PREFIX}{name}: .*{wanted}"):
        load_settings()


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"A=\xff\xfe")
    with pytest.raises(SettingsError, match="UTF-8"):
        load_settings()


def test_a_file_that_can_t_be_read_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("")

    def refuse(*arguments: object, **named: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(SettingsError, match="Permission denied"):
        load_settings()

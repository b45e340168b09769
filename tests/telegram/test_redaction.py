from __future__ import annotations

import io
import logging
import sys

import pytest

from bot.telegram.redaction import HIDDEN, redacted

TOKEN = "123456:AAfakefakefakefakefakefakefakefake"
SECRET = "webhook-secret"


def test_no_log_record_or_traceback_has_the_token() -> None:
    log = logging.getLogger("tests.telegram.redaction")
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(message)s"))
    log.addHandler(handler)
    try:
        with redacted(TOKEN, SECRET, None):
            log.warning("POST https://api.telegram.org/bot%s/getMe", TOKEN)
            log.warning("another bot's: 987654321:BBfakefakefakefakefakefake")
            log.warning("the secret is %s", SECRET)
            log.warning("nothing to hide: %d", 7)
            try:
                raise ValueError(f"can't reach /bot{TOKEN}/getMe")
            except ValueError:
                log.exception("failed")
            try:
                raise ValueError("harmless")
            except ValueError:
                log.exception("failed")
    finally:
        log.removeHandler(handler)
    written = stream.getvalue()

    assert TOKEN not in written
    assert SECRET not in written
    assert "BBfake" not in written
    assert written.count(HIDDEN) == 4
    assert "nothing to hide: 7" in written
    assert "ValueError: harmless" in written


def test_a_record_that_does_not_fit_its_arguments_is_left_to_logging() -> None:
    with redacted(TOKEN):
        record = logging.getLogRecordFactory()(
            "name", logging.INFO, "path", 1, "%d items", ("many",), None
        )

    assert record.args == ("many",)


def test_an_uncaught_error_is_printed_without_the_token(
    capsys: pytest.CaptureFixture[str],
) -> None:
    hook = sys.excepthook
    with redacted(TOKEN):
        error = ValueError(f"bad token {TOKEN}")
        sys.excepthook(ValueError, error, None)

    assert capsys.readouterr().err == f"ValueError: bad token {HIDDEN}\n"
    assert sys.excepthook is hook


def test_libraries_that_log_addresses_are_quiet_meanwhile() -> None:
    httpx = logging.getLogger("httpx")
    before = httpx.level
    with redacted(TOKEN):
        assert not httpx.isEnabledFor(logging.INFO)
    assert httpx.level == before

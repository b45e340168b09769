"""One module a use case: what arrives from Telegram, and what is answered."""

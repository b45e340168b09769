# What only Telegram needs: parts of long messages, buttons, commands, the bot's own manners.

# --- a passage in several messages ---
telegram-part = Part { $number } of { $total }
telegram-whole-passage = The whole paragraph
telegram-exact-file = Telegram alters a character of this paragraph; the file has it exactly.

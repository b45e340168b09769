# What only Telegram needs: parts of long messages, buttons, commands, the bot's own manners.

# --- a passage in several messages ---
telegram-part = Part { $number } of { $total }
telegram-whole-passage = The whole paragraph
telegram-exact-file = Telegram alters a character of this paragraph; the file has it exactly.
telegram-context-title = In its place

# --- buttons ---
telegram-button-context = Context
telegram-button-statement = Whole statement
telegram-button-share = Share
telegram-button-original = Original
telegram-button-file = As a file
telegram-button-search = Search for these words
telegram-button-watch = 🔔 Alert me
telegram-button-mute = 🔕 Mute
telegram-button-watch-named = 🔔 { $what }
telegram-button-mute-named = 🔕 { $what }
telegram-button-pause = Pause all
telegram-button-resume = Resume
telegram-button-alerts = My alerts
telegram-button-near = What is near
telegram-button-language-app = As Telegram is set
telegram-button-gone = This button's question is no longer kept. Ask again and the new buttons will work.

# --- greeting ---
telegram-name = On the Record
telegram-start =
    I answer with what officials said, word for word, with who, when and the source.
    Type a name, a subject or a question; or tap an example.
# Questions to tap, one a line: those that the record answers are shown.
telegram-examples =
    Iran
    the talks
    the agreement
    security
    cooperation
telegram-example-speaker = what did { $name } say?
telegram-help =
    Ask anything: a name, a subject, a phrase in "quotation marks", -word for one to leave out.
    "what did Weld say about Iran in March 2024?" looks at one speaker and one month.
    /check and a quotation, or just forward one: is it verbatim?
    /latest: the newest statements. /about: what is on record.
    🔔 below an answer: I tell you when something new is said on it. /alerts lists what I tell you of.
    In a group: /ask, or mention me, or reply to me. In any chat: type my name and a few words.
    Edit your question and the answer changes with it.
    /language, /privacy, /forget: your own matters.
telegram-about = Statements as published, paragraph by paragraph.
telegram-ask-usage = Say what to look for: /ask Iran, or reply to a message with /ask.
telegram-check-usage = Say which words to check: /check "we shall attend", or reply to a message with /check.
telegram-guest-usage = Say what to look for after my name, or reply with my name to words to check.
telegram-unknown-command = I don't know this command. /help says what I can do.
telegram-words-only = I read words only: type a question, or a quotation to check.
telegram-inline-nothing = Nothing on { $query }. See what is near

# --- reading on ---
telegram-latest-title = The latest statements
telegram-no-passage = There is no such passage on record.
telegram-no-statement = There is no such statement on record.
telegram-statement-withdrawn = This statement was withdrawn and is no longer on record.
telegram-statement-corrected = This statement was corrected since; you see its present text.
telegram-link-gone = This link leads to nothing that I know.

# --- being told of new statements ---
alert-title = 🔔 New on { $what }
alert-more = { $count ->
    [one] And { $count } more in this statement.
   *[other] And { $count } more in this statement.
 }
alert-digest = { $count ->
    [one] 🔔 { $count } more new statement on what you want to be told of:
   *[other] 🔔 { $count } more new statements on what you want to be told of:
 }
alert-digest-more = { $count ->
    [one] And { $count } other statement.
   *[other] And { $count } other statements.
 }
telegram-alerts-title = I tell you of new statements on:
telegram-alerts-paused = Paused: I tell you nothing for now. Your subjects are:
telegram-alerts-none = You are told of nothing yet. Ask a question and tap 🔔 below the answer.
telegram-alerts-private = I tell of new statements in a private chat only. Open one with me and ask there.
telegram-alerts-begun = I'll tell you about new statements on { $what }. /alerts lists all your subjects.
telegram-alerts-ended = No more alerts on { $what }. Tap again to have them back.
telegram-alerts-too-many = You have as many subjects as I keep for one person. /alerts lists them; end one first.

# --- a person's own matters ---
telegram-language = Which language shall I speak? The quotations stay in their own.
telegram-language-chosen = I speak English now. The quotations stay in their own language.
telegram-privacy =
    What I keep on you: the language that you chose with /language, if you chose one.
    If you tap 🔔: the question, until you end it, which alerts I sent you, for 60 days, and the language of your app.
    For two days I keep the numbers of messages that answered each other, so that an edited question edits its answer.
    A question too long for a button is kept with its words, but not with who asked.
    A question waiting for its answer is on my disk until it is answered.
    /forget erases what is kept on you, at once.
telegram-forgotten = Forgotten: your language, your alerts, and which messages answered yours. Nothing else was kept on you.
telegram-too-fast = You ask faster than I can look. I go on in { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
 }.

# --- what Telegram shows of the bot ---
telegram-command-ask = ask what was said
telegram-command-check = is a quotation verbatim?
telegram-command-latest = the newest statements
telegram-command-alerts = what I tell you of
telegram-command-about = what is on record
telegram-command-language = choose my language
telegram-command-privacy = what is kept on you
telegram-command-forget = erase what is kept on you
telegram-command-help = what I can do
telegram-description =
    I answer questions about what officials said with their exact words: who, when, and the source, opened at the paragraph.
    I also check quotations: verbatim, altered or unknown. When nothing is on record, I say so.
telegram-short-description = What officials said, word for word, with the source. Checks quotations too.

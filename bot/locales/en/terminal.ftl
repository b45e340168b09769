# Words of the bot at a terminal.

terminal-welcome = Ask what was said about something, or by someone. { $help } says what else there is.
terminal-prompt = { "> " }
terminal-more = { $command } shows the next one
terminal-no-more = That was the last answer.
terminal-no-less = That was the first answer.
terminal-nothing-shown = Ask something first.
terminal-unknown-command = There is no command { $command }. { $help } lists them.
terminal-needs = { $command } needs { $what }: { $example }
terminal-number = { $value } is not a number of a statement: { $example }
terminal-correct = To fill in what is missing, add it again with { $options }
terminal-correct-unlinked = To fill in what is missing: { $undo }, then add it again with { $options }
terminal-add-first = Put a first statement on record: { $command }

terminal-help-ask = Any text is a question: what was said about Iran? · Weld on trade in 2024 · "exact words" · -without
terminal-help-more = the next answer; ‹ goes back
terminal-help-context = the paragraphs around the answer
terminal-help-statement = a whole statement
terminal-help-check = is this quotation verbatim?
terminal-help-latest = the latest statements
terminal-help-about = what is on record
terminal-help-add = put a statement on record, from a URL or a file
terminal-help-withdraw = take a statement off record
terminal-help-restore = put it back
terminal-help-alias = let another name mean the same; alone it lists them, remove takes one back
terminal-help-log = what happened to the record
terminal-help-quit = end

demo-invented = This is a demonstration. The country of Valdoria, its ministry and all that they say here are invented.
demo-loaded = { $documents ->
    [one] { $documents } invented statement
   *[other] { $documents } invented statements
 } loaded into a record of their own, apart from any real one.
demo-question = what was said about Iran?
demo-asks = For example: { $question }

load-report = { $created ->
    [one] { $created } statement new
   *[other] { $created } statements new
 }, { $corrected } corrected, { $unchanged } unchanged, { $duplicates } with the text of another; { $paragraphs ->
    [one] { $paragraphs } paragraph
   *[other] { $paragraphs } paragraphs
 } taken in.
doctor-well = All is well.
reindexed = The index is built anew: { $documents ->
    [one] { $documents } statement
   *[other] { $documents } statements
 }, { $passages ->
    [one] { $passages } paragraph
   *[other] { $passages } paragraphs
 }.

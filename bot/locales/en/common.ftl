# Words that every outlet shares: answers, silence, checked quotations, moderators' previews.
# A language is a folder beside this one; what it lacks is said in English.

formatting-locale = en_GB
# How a day is written when its year is plain from the context (CLDR pattern letters).
formatting-day = d MMMM

# --- dates ---
date-unknown = date unknown
period-since = since { $day }
period-until = until { $day }
period-between = { $first } to { $last }

# --- an answer ---
speaker-unknown = Speaker unknown
speaker-of-statement = Speaker not named (statement by { $name })
speaker-labelled = { $name } ({ $label })
asked = Asked: "{ $question }"
published = published { $day }
published-in = { $publisher } (published { $day })
untitled = Untitled statement
also-said = Also said on { $days }
page-of = { $number } of { $total }
withdrawn-passage = This passage is no longer on record: it was corrected or withdrawn by its publisher.

# --- what was understood ---
searching = searching: { $what }
repaired = "{ $original }" read as "{ $replacement }"
repaired-keyboard = "{ $original }" typed in the other keyboard layout, read as "{ $replacement }"
interpretation-exact = "{ $phrase }"
interpretation-without = without { $word }
interpretation-language = in { $language }
interpretation-partly = not on record with this: { $words }

# --- silence ---
silence-empty-record = Nothing is on record yet.
silence-nothing-asked = Say what it is about: a name, a subject or a phrase.
silence-unknown-speaker = Nobody on record is called { $speaker }.
silence-unknown-terms = Nothing on record about { $what }.
silence-not-this-topic = { $known } is on record, but not with { $missing }.
silence-filtered = Nothing on record about { $what } within these limits: { $limits }.
silence-filtered-all = Nothing on record within these limits: { $limits }.
silence-looked = I looked in { $documents ->
    [one] { $documents } statement
   *[other] { $documents } statements
 }, { $period }.
silence-looked-undated = I looked in { $documents ->
    [one] { $documents } statement
   *[other] { $documents } statements
 }.
silence-near = Near it: { $terms }.
silence-near-term = { $term } ({ $count })
silence-loosened = { $label }: { $count ->
    [one] { $count } answer
   *[other] { $count } answers
 }.
loosened-date = Without the date
loosened-speaker = By anyone
loosened-language = In any language
loosened-publisher = From any publisher
loosened-exclusion = Without the exclusion
loosened-phrase = As separate words

# --- a quotation checked ---
check-verbatim = Verbatim.
check-verbatim-by = On record word for word, { $who }, { $day }:
check-altered = Altered.
check-altered-by = Closest on record, { $who }, { $day }:
check-unknown = Unknown.
check-unknown-next = Nothing like these words is on record. Ask about the subject to see what was said.
check-elided = The quotation leaves words out.
check-stitched = { $count ->
    [one] The quotation joins words from { $count } passage.
   *[other] The quotation joins words from { $count } passages.
 }
check-record-says = The record says "{ $record }".
check-record-lacks = The record does not have "{ $words }".

# --- what is covered ---
covered = On record: { $documents ->
    [one] { $documents } statement
   *[other] { $documents } statements
 }, { $passages ->
    [one] { $passages } paragraph
   *[other] { $passages } paragraphs
 }.
covered-period = Said between { $first } and { $last }.
covered-day = Said on { $day }.
covered-speakers = { $count ->
    [one] { $count } known speaker
   *[other] { $count } known speakers
 }
covered-publisher = { $name }: { $count ->
    [one] { $count } statement
   *[other] { $count } statements
 }
covered-language = { $language }: { $count ->
    [one] { $count } statement
   *[other] { $count } statements
 }
covered-withdrawn = { $count ->
    [one] { $count } statement withdrawn
   *[other] { $count } statements withdrawn
 }
publisher-unknown = Publisher unknown
language-unknown = Language unknown

# --- the record's log ---
change-publication = published
change-correction = corrected
change-withdrawal = withdrawn
change-restoration = restored
change-alias-added = alias added
change-alias-removed = alias removed
change-by = by { $name }
log-empty = Nothing has happened yet.
latest-empty = Nothing is on record yet.

# --- a moderator's preview ---
draft-understood = Understood as:
field-title = Title
field-speaker = Speaker
field-speakers = Speakers
field-said-on = Said on
field-published-at = Published
field-publisher = Publisher
field-occasion = Occasion
field-place = Place
field-language = Language
field-source-url = Source
field-paragraphs = Paragraphs
field-beginning = Begins
field-missing = missing
draft-warning = Look at this: { $warning }
draft-missing = { $count ->
    [one] One field is missing; publish all the same, or add it first.
   *[other] { $count } fields are missing; publish all the same, or add them first.
 }
outcome-created = On record as statement { $id }.
outcome-corrected = Statement { $id } corrected: this is its revision { $revision }.
outcome-unchanged = Already on record as statement { $id }, unchanged.
outcome-duplicate = On record as statement { $id }. The same text is also statement { $other }.
outcome-withdrawn = Statement { $id } is withdrawn: it answers nothing any more.
outcome-restored = Statement { $id } is back on record.
alias-added = { $alias } now means { $name } in every question.
alias-removed = { $alias } no longer means { $name }.
alias-added-by = { $day }, by { $name }
alias-none = Nobody has added an alias yet.
undo = Undo: { $command }

# --- when something fails ---
failed = Something went wrong on our side. It is in the log as { $reference }.

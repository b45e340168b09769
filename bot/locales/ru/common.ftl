# Слова, общие для всех: ответы, молчание, проверенные цитаты, предпросмотр для модераторов.

formatting-locale = ru
formatting-day = d MMMM

# --- даты ---
date-unknown = дата неизвестна
period-since = с { $day }
period-until = по { $day }
period-between = { $first } — { $last }

# --- ответ ---
speaker-unknown = Кто говорит, неизвестно
speaker-of-statement = Говорящий не назван (заявление: { $name })
speaker-labelled = { $name } ({ $label })
asked = Вопрос: «{ $question }»
published = опубликовано { $day }
published-in = { $publisher } (опубликовано { $day })
untitled = Заявление без заголовка
also-said = Сказано и { $days }
page-of = { $number } из { $total }
withdrawn-passage = Этого абзаца больше нет в архиве: источник его исправил или отозвал.

# --- что понято ---
searching = ищу: { $what }
repaired = «{ $original }» понято как «{ $replacement }»
repaired-keyboard = «{ $original }» набрано в другой раскладке, понято как «{ $replacement }»
interpretation-exact = «{ $phrase }»
interpretation-without = без слова { $word }
interpretation-language = язык: { $language }
interpretation-partly = об этом в архиве ничего нет: { $words }

# --- молчание ---
silence-empty-record = В архиве пока ничего нет.
silence-nothing-asked = Назовите предмет: имя, тему или фразу.
silence-unknown-speaker = В архиве нет никого по имени { $speaker }.
silence-unknown-terms = В архиве нет ничего о «{ $what }».
silence-not-this-topic = { $known }: в архиве есть, но не в связи с «{ $missing }».
silence-filtered = В архиве нет ничего о «{ $what }» в этих пределах: { $limits }.
silence-filtered-all = В архиве нет ничего в этих пределах: { $limits }.
silence-looked = Просмотрено: { $documents ->
    [one] { $documents } заявление
    [few] { $documents } заявления
   *[other] { $documents } заявлений
 }, { $period }.
silence-looked-undated = Просмотрено: { $documents ->
    [one] { $documents } заявление
    [few] { $documents } заявления
   *[other] { $documents } заявлений
 }.
silence-near = Рядом: { $terms }.
silence-near-term = { $term } ({ $count })
silence-loosened = { $label }: { $count ->
    [one] { $count } ответ
    [few] { $count } ответа
   *[other] { $count } ответов
 }.
loosened-date = Без даты
loosened-speaker = Кто бы ни говорил
loosened-language = На любом языке
loosened-publisher = Из любого источника
loosened-exclusion = Без исключения слов
loosened-phrase = Отдельными словами

# --- проверенная цитата ---
check-verbatim = Дословно.
check-verbatim-by = В архиве слово в слово, { $who }, { $day }:
check-altered = Изменено.
check-altered-by = Ближайшее в архиве, { $who }, { $day }:
check-unknown = Неизвестно.
check-unknown-next = Ничего похожего в архиве нет. Спросите о предмете, чтобы увидеть, что было сказано.
check-elided = В цитате пропущены слова.
check-stitched = { $count ->
    [one] Цитата составлена из слов { $count } абзаца.
   *[other] Цитата составлена из слов { $count } абзацев.
 }
check-record-says = В архиве: «{ $record }».
check-record-lacks = В архиве нет слов «{ $words }».

# --- что охвачено ---
covered = В архиве: { $documents ->
    [one] { $documents } заявление
    [few] { $documents } заявления
   *[other] { $documents } заявлений
 }, { $passages ->
    [one] { $passages } абзац
    [few] { $passages } абзаца
   *[other] { $passages } абзацев
 }.
covered-period = Сказано с { $first } по { $last }.
covered-day = Сказано { $day }.
covered-speakers = { $count ->
    [one] { $count } известный говорящий
    [few] { $count } известных говорящих
   *[other] { $count } известных говорящих
 }
covered-publisher = { $name }: { $count ->
    [one] { $count } заявление
    [few] { $count } заявления
   *[other] { $count } заявлений
 }
covered-language = { $language }: { $count ->
    [one] { $count } заявление
    [few] { $count } заявления
   *[other] { $count } заявлений
 }
covered-withdrawn = { $count ->
    [one] отозвано { $count } заявление
    [few] отозвано { $count } заявления
   *[other] отозвано { $count } заявлений
 }
publisher-unknown = Источник неизвестен
language-unknown = Язык неизвестен

# --- журнал архива ---
change-publication = опубликовано
change-correction = исправлено
change-withdrawal = отозвано
change-restoration = возвращено
change-alias-added = имя добавлено
change-alias-removed = имя убрано
change-by = кем: { $name }
log-empty = Пока ничего не произошло.
latest-empty = В архиве пока ничего нет.

# --- предпросмотр для модератора ---
draft-understood = Понято так:
field-title = Заголовок
field-speaker = Говорит
field-speakers = Говорят
field-said-on = Сказано
field-published-at = Опубликовано
field-publisher = Источник
field-occasion = Повод
field-place = Место
field-language = Язык
field-source-url = Адрес
field-paragraphs = Абзацев
field-beginning = Начало
field-missing = нет
draft-warning = Обратите внимание: { $warning }
draft-missing = { $count ->
    [one] Не хватает { $count } поля: опубликуйте так или сначала добавьте его.
   *[other] Не хватает { $count } полей: опубликуйте так или сначала добавьте их.
 }
outcome-created = В архиве, заявление { $id }.
outcome-corrected = Заявление { $id } исправлено: это редакция { $revision }.
outcome-unchanged = Уже в архиве, заявление { $id }, без изменений.
outcome-duplicate = В архиве, заявление { $id }. Тот же текст в заявлении { $other }.
outcome-withdrawn = Заявление { $id } отозвано и больше не отвечает на вопросы.
outcome-restored = Заявление { $id } снова в архиве.
alias-added = { $alias } теперь значит в вопросах то же, что { $name }.
alias-removed = { $alias } больше не значит { $name }.
alias-added-by = { $day }, кем: { $name }
alias-none = Других имён пока никто не добавлял.
undo = Отменить: { $command }

# --- когда что-то не вышло ---
failed = На нашей стороне что-то сломалось. В журнале это { $reference }.

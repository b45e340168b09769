# Слова бота в терминале.

terminal-welcome = Спросите, что было сказано о чём-то или кем-то. { $help } скажет, что есть ещё.
terminal-prompt = { "> " }
terminal-more = { $command } покажет следующий
terminal-no-more = Это был последний ответ.
terminal-no-less = Это был первый ответ.
terminal-nothing-shown = Сначала спросите о чём-нибудь.
terminal-unknown-command = Команды { $command } нет. { $help } перечислит все.
terminal-needs = Для { $command } нужно: { $what }. Например: { $example }
terminal-number = { $value } — не номер заявления. Например: { $example }
terminal-correct = Чтобы дополнить, добавьте ещё раз с { $options }
terminal-correct-unlinked = Чтобы дополнить: { $undo }, затем добавьте ещё раз с { $options }
terminal-add-first = Добавьте первое заявление: { $command }

terminal-help-ask = Любой текст — вопрос: что говорили об Иране? · Уэлд о торговле в 2024 · "точные слова" · -без
terminal-help-more = следующий ответ; ‹ — назад
terminal-help-context = абзацы вокруг ответа
terminal-help-statement = заявление целиком
terminal-help-check = дословна ли цитата?
terminal-help-latest = последние заявления
terminal-help-about = что есть в архиве
terminal-help-add = добавить заявление по адресу или из файла
terminal-help-withdraw = отозвать заявление
terminal-help-restore = вернуть его
terminal-help-alias = дать другое имя; без имён — список, remove убирает
terminal-help-log = что происходило с архивом
terminal-help-quit = закончить

demo-invented = Это демонстрация. Страна Вальдория, её министерство и всё, что здесь сказано, выдуманы.
demo-loaded = { $documents ->
    [one] Загружено { $documents } выдуманное заявление
    [few] Загружено { $documents } выдуманных заявления
   *[other] Загружено { $documents } выдуманных заявлений
 } в отдельный архив, не смешанный с настоящим.
demo-question = что говорили об Иране?
demo-asks = Например: { $question }

load-report = { $created ->
    [one] { $created } новое заявление
    [few] { $created } новых заявления
   *[other] { $created } новых заявлений
 }, исправлено { $corrected }, без изменений { $unchanged }, с текстом другого { $duplicates }; { $paragraphs ->
    [one] принят { $paragraphs } абзац
    [few] принято { $paragraphs } абзаца
   *[other] принято { $paragraphs } абзацев
 }.
doctor-well = Всё в порядке.
reindexed = Указатель построен заново: { $documents ->
    [one] { $documents } заявление
    [few] { $documents } заявления
   *[other] { $documents } заявлений
 }, { $passages ->
    [one] { $passages } абзац
    [few] { $passages } абзаца
   *[other] { $passages } абзацев
 }.

"""Speaker labels: which words name a reporter, and which lead-ins are no speakers at all."""

from __future__ import annotations

import re
from functools import lru_cache


def words_of(text: str) -> frozenset[str]:
    """The words of a text as a set, case-folded."""
    return frozenset(text.casefold().split())


QUESTION_LABELS = words_of(
    """
    q question questions reporter reporters journalist journalists correspondent press media
    interviewer moderator host anchor presenter audience
    вопрос вопросы реплика корреспондент корр журналист журналистка журналисты ведущий ведущая
    ведущие модератор интервьюер
    frage fragen zusatzfrage zusatz nachfrage journalistin moderatorin reporterin
    питання запитання репліка журналіст пытанне
    """
)
"""First words of labels under which reporters, interviewers and moderators speak."""

ANSWER_LABELS = frozenset({"a", "answer", "reply", "ответ", "antwort", "відповідь", "адказ"})
"""Labels that say "the one who was asked", not who that is."""

STAGE_LABELS = frozenset({"operator", "note", "editor", "оператор", "примечание", "anmerkung"})
"""Labels of those who run the event or the transcript: their words are no statement."""

NOT_SPEAKERS = words_of(
    """
    note notes first firstly second secondly third thirdly fourth fourthly fifth sixth seventh
    finally lastly next also but and so or yes no well now then however therefore thus example
    update updated correction corrigendum clarification background summary abstract introduction
    conclusion conclusions contents annex appendix article chapter section part point item items
    paragraph page figure table source sources see photo photos video audio image caption credit
    credits contact contacts phone tel telephone fax email e-mail mail web website address subject
    topic topics theme title date time day when where what who why how which whom location place
    venue event events agenda programme program participants attendees speakers present
    absent related more read tags tag keywords category categories share follow copyright
    published posted modified issued released release embargo embargoed warning caution important
    attention remember reminder remark remarks statement statements message result results
    decision decisions action actions goal goals aim aims objective objectives issue issues
    question answer problem problems solution solutions reason reasons fact facts myth reality
    truth true false today tomorrow yesterday morning afternoon evening monday tuesday wednesday
    thursday friday saturday sunday january february march april may june july august september
    october november december washington moscow brussels geneva vienna beijing kyiv kiev berlin
    paris london tehran ankara minsk europe asia africa america edit editor's footnote quote quotes
    quotation p.s ps nb n.b re cc bcc attn to from via dear translation translated transcript
    status step steps option options stage phase task tasks priority priorities principle
    principles request requests demand demands commitment commitments measure measures
    following namely specifically meanwhile moreover furthermore additionally likewise similarly
    here there this that these those it he she we they you i one two three four five six seven
    eight nine ten
    примечание справка первое во-первых второе во-вторых третье в-третьих далее итак например так
    фото видео источник дата время место тема адрес телефон факс контакты раздел глава статья
    пункт часть приложение внимание важно итог итоги вывод выводы вопросы решение решения цель цели
    задача задачи причина факт сегодня завтра вчера понедельник вторник среда четверг пятница
    суббота воскресенье москва вашингтон теги метки читайте подробнее ранее другое главное
    например наконец впрочем однако
    hinweis anmerkung erstens zweitens drittens viertens quelle datum ort zeit thema titel kontakt
    telefon anschrift beispiel ergebnis ergebnisse ziel ziele aufgabe maßnahmen stand fazit
    berlin heute gestern morgen montag dienstag mittwoch donnerstag freitag samstag sonntag
    foto bild bilder teilen mehr weitere
    """
)
"""Words before a colon that introduce matter, not a person. Compared case-folded."""

TITLE_WORDS = words_of(
    """
    mr mrs ms miss dr sir dame lord lady prof professor president vice prime minister premier
    chancellor king queen prince princess secretary undersecretary under assistant deputy acting
    foreign general secretary-general director chairman chairwoman chairperson chair ambassador
    senator representative congressman congresswoman governor mayor judge justice attorney
    commissioner administrator spokesman spokeswoman spokesperson spokesman's admiral captain
    colonel major lieutenant commander sergeant speaker leader head chief ceo mp mep envoy
    counselor counsellor adviser advisor patriarch pope archbishop bishop rear brigadier marshal
    president-elect high coordinator official officials senior
    президент премьер-министр премьер министр заместитель зам глава председатель посол госсекретарь
    секретарь генеральный директор губернатор спикер пресс-секретарь представитель руководитель
    канцлер король королева директор мэр академик генерал полковник адмирал патриарх
    präsident präsidentin bundespräsident bundespräsidentin bundeskanzler bundeskanzlerin kanzler
    kanzlerin minister ministerin bundesminister bundesministerin außenminister außenministerin
    staatssekretär staatssekretärin sprecher sprecherin botschafter botschafterin herr frau sts
    bk bk'in bm bm'in vors staatsminister staatsministerin ministerpräsident ministerpräsidentin
    """
)
"""Words of office or address that come before a name. Compared case-folded, without a full stop."""

_FIRST_WORD = re.compile(r"(?:the\s+)?([^\W_]+(?:[-'’][^\W_]+)*)", re.IGNORECASE)


def first_word(label: str) -> str:
    """The first word of a label, case-folded, without an article."""
    match = _FIRST_WORD.match(label)
    return match.group(1).casefold() if match else ""


@lru_cache(maxsize=4096)
def is_question_label(label: str) -> bool:
    """Whether the label is one under which reporters or moderators speak."""
    return first_word(label) in QUESTION_LABELS


@lru_cache(maxsize=4096)
def is_stage_label(label: str) -> bool:
    """Whether the label is that of the transcript's makers or the telephone operator."""
    return first_word(label) in STAGE_LABELS


def is_answer_label(label: str) -> bool:
    """Whether the label says only that this is an answer, not whose."""
    return label.casefold().rstrip(".") in ANSWER_LABELS

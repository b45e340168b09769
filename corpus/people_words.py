"""Words that stand around names, or look like names, in labels and titles."""

from __future__ import annotations

_HONORIFIC_WORDS = "mr mrs ms miss dr sir madam г-н г-жа господин госпожа"
_ROLE_WORDS = """
    a an the his her its excellency honorable honourable hon rt right acting first vice deputy
    assistant associate under undersecretary senior chief principal special general permanent high
    national federal presidential prime president minister foreign defence defense interior finance
    treasury trade economic health energy secretary state press spokesman spokeswoman spokesperson
    ambassador envoy representative congressman congresswoman senator governor mayor director
    administrator commissioner coordinator chairman chairwoman chairperson chair chancellor premier
    king queen prince princess emir sheikh sultan lord lady dame baroness captain colonel lieutenant
    major admiral commander sergeant officer marshal doctor professor prof judge justice attorney
    counsel counselor counsellor advisor adviser security affairs staff cabinet council department
    ministry office administration official white house leader member host moderator interpreter
    translator journalist correspondent reporter editor anchor presenter operator participant
    audience speaker voice male female unidentified unknown question answer all
    news times post journal daily agency channel radio television tv media press broadcasting
    президент вице-президент премьер премьер-министр министр заместитель замминистра председатель
    председательствующий секретарь пресс-секретарь госсекретарь директор губернатор мэр посол
    спикер глава руководитель начальник канцлер король королева принц генерал полковник адмирал
    академик профессор доктор депутат сенатор советник помощник представитель официальный член
    ведущий ведущая журналист журналистка корреспондент корреспондентка переводчик вопрос ответ
    реплика голос агентство газета телеканал радио
    speechwriter strategist economist expert commission counterterrorism
"""
_LINK_WORDS = "of for to at on in and"
_BREAK_WORDS = "by with from between and & versus vs"
"""After these words of a title, as after a comma, a name or a role may begin."""
_NO_NAME_WORDS = """
    about after against ahead amid among around as ask asks before behind beyond call calls dear
    despite during exclusive full how if interview introducing into is meet meeting meets more new
    no not on or over per remarks say says since statement tell tells than that these this those
    through today under until up was what when where which while who why will within without
    you your
"""
_NOT_VERB_WORDS = """
    ahmed alexis alfred andreas angus boris carlos charles chris denis dennis douglas francis fred
    hans iris jacques james jared jens jesus jonas khaled klaus lars louis lucas luis marcus miles
    mohamed mohammed muhammed nicholas nicolas niklas otis ross saeed ted thomas travis
"""
_PARTICLE_WORDS = "van von der den de di da del dos bin ibn al el la le abu ter ten"
HONORIFICS = frozenset(_HONORIFIC_WORDS.split())
"""Folded, without a full stop: what stands before a surname alone."""
ROLES = HONORIFICS | frozenset(_ROLE_WORDS.split())
"""What a person is, never who: also newspapers and those without a name."""
LINKS = frozenset(_LINK_WORDS.split())
"""Between a role and its object."""
BREAKS = frozenset(_BREAK_WORDS.split())
NO_NAMES = frozenset(_NO_NAME_WORDS.split()) | BREAKS | LINKS
"""Never a given name, however it is capitalised."""
NOT_VERBS = frozenset(_NOT_VERB_WORDS.split())
"""Given names that end as verbs do."""
PARTICLES = frozenset(_PARTICLE_WORDS.split())
"""Small words inside a surname."""
PLACES = (
    "United States of America|United States|United Kingdom|United Nations|United Arab Emirates"
    "|European Union|European Commission|European Council|Saudi Arabia|South Africa|South Korea"
    "|North Korea|South Sudan|New Zealand|Sri Lanka|Costa Rica|El Salvador|North Macedonia"
    "|Northern Ireland|Czech Republic|Dominican Republic|Sierra Leone|Burkina Faso"
)
"""Objects of a role that are more than one word, as alternatives of a pattern."""

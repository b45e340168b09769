"""Words of a page's frame: appeals, breadcrumbs, share bars, notices. Told by what they say."""

from __future__ import annotations

import re

LONGEST = 200
"""Characters above which nothing is taken for frame."""

_FRAME = re.compile(
    r"""
      ^(?:\S+\s+[-–—:|]\s+)?(?:please\s+)?(?:make|give)\s+an?\s+(?:\w+\s+){0,2}donation\b
    | ^(?:please\s+)?donate\b | ^support\s+us\b
    | \b(?:join|subscribe\s+to|sign\s+up\s+(?:for|to)|get)\b.{0,50}
        \b(?:mailing\s+list|newsletters?|e-?mail\s+(?:alerts|updates))
    | ^(?:subscribe|unsubscribe|sign\s+(?:up|in)|log\s?in|register)(?:\s+(?:now|here|today))?\W*$
    | \b(?:we|this\s+(?:web)?site)\s+uses?\s+cookies | \bcookie\s+(?:policy|settings|notice)
    | ^accept\s+(?:all\s+)?cookies
    | ^(?:share|tweet|e-?mail|print|download|save)
        (?:\s+(?:this\s+)?(?:page|article|story|post|document|link|pdf|statement))?\W*$
    | ^(?:share|follow|find\s+us|like\s+us|connect\s+with\s+us)\s+(?:on|via)\s.{0,40}$
    | ^follow\s+us\b.{0,40}$
    | ^(?:facebook|twitter|x|vk|telegram|whatsapp|linkedin|instagram|youtube|rss|e-?mail|print)
        (?:[\s|,•·/]+(?:facebook|twitter|x|vk|telegram|whatsapp|linkedin|instagram|youtube|rss|e-?mail|print))*\W*$
    | ^(?:skip|jump)\s+to\s+(?:main\s+)?(?:content|navigation|search)
    | ^(?:back\s+to\s+(?:the\s+)?top|top\s+of\s+(?:the\s+)?page|go\s+to\s+top|page\s+top)\W*$
    | ^(?:home|main(?:\s+page)?|startseite|главная)\s*(?:[>»›/|→:]+\s*\S.*)?$
    | ^[^.!?]{1,60}(?:\s[>»›→]\s[^.!?]{1,80}){1,8}$
    | ^(?:you\s+are\s+here|sie\s+sind\s+hier|вы\s+(?:здесь|находитесь))\b
    | ^(?:related|recommended|popular|trending)\s+
        (?:links?|articles?|content|news|topics?|stories|documents?|materials?|reading)\W*$
    | ^(?:see\s+also|read\s+(?:more|also|next)|more\s+(?:on\s+this|news|stories)|most\s+read
        |latest\s+news|learn\s+more|show\s+more|load\s+more)\b[^.?!]{0,80}$
    | ^(?:tags?|topics?|keywords?|categor(?:y|ies)|filed\s+under)\s*:.{0,120}$
    | ^(?:topics?|tags?|persons?|people|keywords|categories|publication\s+status|attachments?
        |multimedia|photos?|videos?)\W*$
    | ^(?:published\s+in(?:\s+sections?)?|publication\s+date|direct\s+link|permalink|short\s+link
        |last\s+(?:updated|modified)(?:\s+(?:on|at))?|text\s+version)\b[\s:].{0,100}$
    | ^text\s+version\W*$
    | ^(?:previous|next)(?:\s+(?:page|article|post|story|news))?\W*$
    | ^©|(?:©|\(c\))\s*\d{4}|\ball\s+rights\s+reserved\b|\bcopyright\b.{0,30}\d{4}
    | ^(?:privacy\s+(?:policy|notice)|terms\s+(?:of\s+use|and\s+conditions)|site\s?map
        |contacts?(?:\s+us)?|about\s+us|advertisement|advertise)\W*$
    | ^(?:print|printer[- ]friendly)\s*(?:version|page)?\W*$ | ^click\s+(?:here\s+)?to\b
    | ^(?:поделиться|подписаться|подпишитесь|распечатать|версия\s+для\s+печати|наверх
        |(?:читайте|смотрите)\s+также|ещё\s+по\s+теме|все\s+права\s+защищены)\b.{0,80}$
    | \bфайлы\s+cookie\b | \bиспользу\w+\s+cookie
    | ^(?:teilen|drucken|seite\s+(?:teilen|drucken|empfehlen)|nach\s+oben|zum\s+seitenanfang
        |mehr\s+zum\s+thema|newsletter\s+abonnieren|zum\s+inhalt\s+springen)\b.{0,80}$
    | \b(?:verwendet|verwenden|nutzt|nutzen)\s+cookies\b
    """,
    re.VERBOSE | re.IGNORECASE,
)


def is_frame(text: str) -> bool:
    """Whether a block is part of a page's frame rather than of what was said."""
    return len(text) <= LONGEST and bool(_FRAME.search(text.strip()))

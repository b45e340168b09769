"""Words that carry a question and not its subject."""

from __future__ import annotations

from typing import Final

_ENGLISH: Final = """
a about above across after again against ago all also although am among an and any anybody anyone
anything are around as at be became because been before being below between both but by can cannot
could did didn't do does doesn't doing don't down during each either else ever every everybody
everyone everything few for from further get gets give given go goes got had has have having he her
here hers herself him himself his how however i if in into is isn't it its itself just kind let like
made make makes many may maybe me might mine more most much must my myself neither no nobody nor not
nothing now of off often on once one ones only onto or other others our ours out over own per please
quite rather really regarding same say shall she should since so some somebody someone something
sort still such than that the their theirs them themselves then there these they thing things this
those though through thus to together too toward towards under unless until up upon us very via was
wasn't way we well were what whatever when whenever where whether which while who whoever whom whose
why will with within without would yet you your yours yourself i'm i'd i've it's that's what's who's
there's let's won't wouldn't couldn't shouldn't weren't aren't haven't hasn't hadn't
"""
_RUSSIAN: Final = """
а без бы был была были было быть в вам вас ваш вдруг ведь весь во вот все всегда всего всей всех
всю всё вы где да даже для до его ее ей ему если есть еще ещё ж же за зачем здесь и из или им ими
имя их к каждый как какая какие каким каких какого какое какой какому какую каков какова каково
каковы ко когда кого ком кому кто куда ли либо лишь любой между меня мне много мной могут может
можно мой мы на над надо нам нами нас наш не него нее ней нельзя нет неё ни нибудь никто ним ними
них ничего но ну о об обо однако он она они оно от откуда очень перед по под пожалуйста после потому
почему при про раз разве с сам самый своего своей свои свой свою себе себя сейчас сколько со
так такая такие такого такое такой там те тебе тебя тем теперь то того тогда той только том тому тот
ту ты у уж уже хоть чего чей чем через что чтоб чтобы чье чья чью эта эти этим этих это этого этой
этом этот эту я насчет относительно касательно
"""

ENGLISH: Final = frozenset(_ENGLISH.split())
RUSSIAN: Final = frozenset(_RUSSIAN.replace("ё", "е").split())
FUNCTION_WORDS: Final = ENGLISH | RUSSIAN

SAYING: Final = frozenset(
    [
        "said",
        "say",
        "says",
        "saying",
        "tell",
        "told",
        "state",
        "stated",
        "states",
        "statement",
        "statements",
        "mention",
        "mentioned",
        "mentions",
        "comment",
        "comments",
        "commented",
        "remark",
        "remarks",
        "remarked",
        "talk",
        "talked",
        "spoke",
        "speak",
        "spoken",
        "according",
        "regarding",
        "concerning",
        "anything",
        "something",
        "anyone",
        "anybody",
        "someone",
        "quote",
        "quotes",
        "views",
        "сказал",
        "сказала",
        "сказали",
        "сказано",
        "говорил",
        "говорила",
        "говорили",
        "говорит",
        "говорят",
        "говорилось",
        "заявил",
        "заявила",
        "заявили",
        "заявление",
        "заявления",
        "заявлял",
        "упоминал",
        "упоминали",
        "упоминалось",
        "высказывания",
        "комментарии",
        "словам",
        "мнению",
    ]
)
"""Words of the frames that a slip of the finger must not hide."""

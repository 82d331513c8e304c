"""Phrases by which agents, customers and announcements give themselves away, English and Korean.

Each phrase has a weight: 2 for what hardly anybody else says, 1 for what one role says much more
often, 0.4 for a hint. They are found in lower case, also in what is written without punctuation.
"""

import re
from collections.abc import Sequence
from functools import cache

Phrases = Sequence[tuple[float, str]]

# Where a call opens, a phrase says more: greetings of agents, requests of customers.
OPENING_S = 30.0
OPENING_WEIGHT = 1.5

# A phrase that is said again and again says no more than one that is said three times.
_MOST_HITS = 3

_THEIRS = (
    r"(account|address|bill|booking|card|case|claim|contract|date of birth|details|email|full name"
    r"|information|last name|membership|name|number|order|patience|payment|phone|plan|policy"
    r"|postcode|problem|refund|reservation|service|subscription|vehicle|zip)"
)

AGENT: Phrases = (
    (2.0, r"thank(s| you) (so much |very much )?for (calling|contacting|choosing|reaching out)"),
    (2.0, r"thank(s| you) for (holding|waiting|your patience|providing|the information|that info)"),
    (2.0, r"(how|what) (can|may|could) (i|we) (help|assist|do for)"),
    (2.0, r"(happy|glad|able|here) to (help|assist)|i(('d| would) be| am|'m) (more than )?happy"),
    (2.0, r"welcome to [a-z]+"),
    (2.0, r"(put|place|placing|putting) you on (a )?(brief |short )?hold|bear with me"),
    (
        2.0,
        r"anything else (i|we|that i|that we|you|today)|(any )?(further|other) (help|assistance)",
    ),
    (2.0, r"calls? (is|are|may be|might be|will be) (being )?(recorded|monitored)"),
    (2.0, r"for (verification|security|quality|our records|identification)"),
    (1.0, r"this is \w+ (\w+ )?(from|with|at|speaking|calling)|you('re| are) speaking with"),
    (1.0, r"(can|may|could) i (please |just )?(have|get|take|ask)( you)?( for)? (your|the)"),
    (
        1.0,
        r"(can|could|would|will) you (please |also |just )*(provide|confirm|verify|spell|read|give|tell) me",
    ),
    (1.0, r"(can|could|would) you (please |also |just )*(provide|confirm|verify|spell)"),
    (1.0, rf"(confirm|verify|need|have|see|check|find|update|on|in|process) your {_THEIRS}"),
    (1.0, r"i can (see|offer|confirm|certainly|help|assist|do that|arrange|waive|send|set)"),
    (
        1.0,
        r"(let me|i'll|i will|i'm going to) (just )?(check|look|pull|transfer|verify|see what|connect|process)",
    ),
    (
        1.0,
        r"i('ve| have) (made|sent|updated|noted|set|added|cancel+ed|arranged|credited|refunded|passed)",
    ),
    (
        1.0,
        r"(so |very |really |truly )?sorry (to hear|about|for (the|any|your|that))|apologi[sz]e|apologies",
    ),
    (1.0, r"i (quite |completely |fully )?understand|i appreciate your"),
    (1.0, r"have a (great|nice|good|wonderful|lovely) (day|one|evening|afternoon|weekend)"),
    (1.0, r"you('re| are) (very |most )?welcome|my pleasure|nice to meet you"),
    (1.0, r"our (records|system|policy|agents?|team|end|terms|offer|engineers?|technicians?)"),
    (1.0, r"(sir|ma'am|madam)\b"),
    (0.4, r"\byour \w+"),
    (0.4, r"\b(certainly|of course|absolutely|no problem)\b"),
    (2.0, r"고객님"),
    (2.0, r"(무엇을|어떻게|무슨 일을) 도와"),
    (2.0, r"도와\s?드(릴|리)"),
    (2.0, r"(고객\s?센터|상담(원|사)|콜센터)\s?\S{0,8}\s?(입니다|이에요|예요)"),
    (2.0, r"(해|아|어|려)\s?드(리겠|릴게|렸습|립니다|리면|릴까)"),
    (
        1.0,
        r"(성함|생년월일|연락처|주소|번호)(이|을|를|은|는|과|하고)?\s?(\S{1,8} )?(어떻게|말씀|여쭤|확인|불러)",
    ),
    (1.0, r"(말씀|확인)(을|해|하여)?\s?(부탁|주시겠|주십시오|주시면)"),
    (
        1.0,
        r"(되|하|계|이|있으|없으|원하|괜찮으|불편하|쓰)(십니까|시겠|시나요|시네요|신가요|셨(군요|어요|습))",
    ),
    (1.0, r"(확인|조회|처리|접수|신청|등록)(해|하여)?\s?보?(겠습니다|됩니다|되셨습니다|했습니다)"),
    (1.0, r"(죄송|사과드|양해)"),
    (1.0, r"잠시만 기다려|기다려 주셔서|좋은 하루|전화\s?주셔서|문의\s?주셔서"),
    (1.0, r"(더|다른)\s?(필요|궁금|도움)\S{0,8} \S{1,8}(으신|신|있으)"),
    (0.4, r"습니다|습니까|십시오"),
)

CUSTOMER: Phrases = (
    (2.0, r"i('m| am) (just )?calling (about|because|to|for|regarding)"),
    (2.0, r"(speak|talk) (to|with) (a|your|the|an actual) (manager|supervisor|person|human)"),
    (2.0, r"(nobody|no one|you people|you guys) \w+|you (said|told|promised|charged|sent|keep)"),
    (1.0, r"i (bought|ordered|purchased|received|paid|tried|filled|got|lost|rented|signed)"),
    (
        1.0,
        r"i (was|got|were|am being|keep getting) (charged|told|billed|overcharged|sent|promised)",
    ),
    (
        1.0,
        rf"my ({_THEIRS[1:-1]}|wife|husband|son|daughter|bank|internet|package|parcel|phone|car|laptop)",
    ),
    (
        1.0,
        r"i('d| would) like to|i (need|want|wanted) (to|a|my|you)|i was wondering|i('m| am) looking (for|to)",
    ),
    (
        1.0,
        r"i('m| am) (having|interested|not happy|worried|trying)|i have (a|an|some) (\w+ )?(problem|issue|question|complaint)",
    ),
    (
        1.0,
        r"(doesn't|does not|isn't|not|stopped|won't) (work|working|arrive|arrived|happy|acceptable)",
    ),
    (
        1.0,
        r"i('ve| have) been (waiting|charged|on hold|trying|a customer)|still (haven't|have not|waiting)",
    ),
    (
        1.0,
        r"(can|could) i (still |also |just )?(do|change|return|pay|cancel|get it|keep)|can you help me",
    ),
    (
        1.0,
        r"thank(s| you)( very much| so much)? for (your|the) help|that('s| is| was) (all|it|everything)",
    ),
    (1.0, r"\b(sure|yes|okay|of course|yeah)[ ,.]+(it's|it is|my|the \w+ is|that's|that is)"),
    (1.0, r"(\b(zero|oh|one|two|three|four|five|six|seven|eight|nine|\d)\b[ ,-]*){4,}"),
    (0.4, r"\bmy \w+"),
    (2.0, r"(주문|구매|결제|신청|가입|예약)했(는데|어요|거든|었)|샀(는데|어요)"),
    (2.0, r"(하|받|드리|알아보|바꾸|보)(으)?려고"),
    (1.0, r"고 싶(어|은|습)"),
    (1.0, r"(는|은|인|한|던)데요|거든요|잖아요"),
    (1.0, r"\b(제가|저는|저희|제|내)\b"),
    (1.0, r"환불(해|받|을|이)|취소해|바꿔 주|보내 주실 수"),
    (1.0, r"(안|못) (돼|되|됐|왔|와|받|했|해|나)"),
    (1.0, r"(수 있|되|하|받|오|있)(나요|을까요|는 거예요|는 건가요|는 거죠)"),
    (1.0, r"(짜증|답답|억울|화가|화나|실망|최악|너무하|어이|말이 돼|말로만|맨날|몇 번)"),
    (0.4, r"\b왜\b"),
)

ANNOUNCEMENT: Phrases = (
    (
        2.0,
        r"press(ing)? (the )?(one|two|three|four|five|six|seven|eight|nine|zero|star|pound|hash|\d)",
    ),
    (2.0, r"all (of )?our (\w+ )?(agents|representatives|operators|advisors|associates) are"),
    (2.0, r"(stay on|hold) the line|next available|in the order (it was|they were) received"),
    (2.0, r"your call is (very )?important"),
    (1.0, r"calls? (is|are|may be|might be|will be) (being )?(recorded|monitored)"),
    (
        1.0,
        r"(main|following) (menu|options)|menu (options )?ha(s|ve)( recently)? changed|para espa",
    ),
    (1.0, r"leave (a|your) message|after the (tone|beep)|not available"),
    (2.0, r"[0-9일이삼사오육칠팔구영공]\s?번(을|은)?\s?(누르|눌러)|(별표|우물\s?정)"),
    (2.0, r"(모든|현재) 상담(원|사)|통화량이 많|통화 중이오니|상담(원|사)\S{0,8} 연결(해|까지|을)"),
    (1.0, r"녹음(되|될|됩)|안내\s?멘트|삐 소리"),
)

SUPERVISOR: Phrases = (
    (
        2.0,
        r"(i'm|i am|this is) (\w+ )?(\w+,? )?(the |a |her |his |their )?(\w+ )?(supervisor|manager|team lead)",
    ),
    (2.0, r"(제가|저는) \S{0,8}\s?(팀장|매니저|관리자|책임자)|(팀장|매니저|책임자) \S{1,8}입니다"),
)

TRANSFER: Phrases = (
    (
        2.0,
        r"(transfer|put|connect|pass|patch)(ring|ting|ing)? (you|the call|this call) (over |through |on )?(to|through|with)",
    ),
    (2.0, r"(get|ask|bring in|fetch) (my|a|the|our) (supervisor|manager|colleague|team lead)"),
    (2.0, r"(연결|전달)해\s?드|(팀장|매니저|책임자|담당자)(님)?(께|을|에게|한테|으로)"),
)


def agent_likeness(opening: str, rest: str) -> float:
    """How much a speaker's words sound like an agent's (> 0) or a customer's (< 0)."""
    agent, customer = both_sides(opening, rest)
    return agent - customer


def both_sides(opening: str, rest: str) -> tuple[float, float]:
    """What speaks for an agent and what for a customer in a speaker's words, each 0 or more."""
    return (
        OPENING_WEIGHT * weigh(AGENT, opening) + weigh(AGENT, rest),
        OPENING_WEIGHT * weigh(CUSTOMER, opening) + weigh(CUSTOMER, rest),
    )


def weigh(phrases: Phrases, text: str) -> float:
    """The weights of the phrases found in a text, summed up."""
    found = _plain(text)
    return sum(
        weight * min(len(pattern.findall(found)), _MOST_HITS)
        for weight, pattern in _compiled(tuple(phrases))
    )


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())


@cache
def _compiled(phrases: tuple[tuple[float, str], ...]) -> tuple[tuple[float, re.Pattern[str]], ...]:
    return tuple((weight, re.compile(pattern)) for weight, pattern in phrases)

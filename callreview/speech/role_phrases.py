"""Phrases by which agents and customers give themselves away, English and Korean."""

import re
from collections.abc import Sequence

# Where a call opens, a phrase says more: greetings of agents, requests of customers.
OPENING_S = 30.0
OPENING_WEIGHT = 1.5

AGENT = (
    r"thank(s| you) for (calling|contacting|choosing|holding|your patience|waiting)",
    r"(how|what) (can|may|could) (i|we) (help|assist|do for)",
    r"(can|may|could) i (have|get|take) your",
    r"my name is",
    r"(this is|you're speaking with) \w+ (from|with|at|speaking)",
    r"(put|place) you on (a brief )?hold",
    r"(anything|something) else (i|we|that i|that we) can",
    r"calls? (is|are|may be) (being )?(recorded|monitored)",
    r"(let me|i'll|i will) (check|look|pull|transfer|verify)",
    r"i (do )?apologi[sz]e",
    r"(verify|confirm) your",
    r"have a (great|nice|good|wonderful) (day|evening|afternoon)",
    r"고객\s?센터",
    r"무엇을 도와",
    r"도와\s?드릴까요",
    r"상담(원|사)",
    r"고객님",
    r"확인해\s?드리",
    r"안내(해)?\s?드리",
    r"감사합니다\W+\S+입니다",
)

CUSTOMER = (
    r"i('m| am) calling (about|because|to|for)",
    r"i (bought|ordered|purchased|received|paid)",
    r"my (bill|order|account|card|car|phone|payment|refund|package|internet|subscription)",
    r"i('d| would) like to (speak|cancel|return|know|order|make|schedule)",
    r"i (need|want) (to|a|my)",
    r"(speak|talk) (to|with) (a|your) (manager|supervisor)",
    r"(doesn't|does not|isn't|not) (work|working)",
    r"i('ve| have) been (waiting|charged|on hold|trying)",
    r"(주문|구매|결제)했(는데|어요|습니다)",
    r"환불(해|받고|을)",
    r"문의(드리|하려|하고)",
    r"(안|못) (돼|되|왔|받았)",
)


def agent_likeness(opening: str, rest: str) -> float:
    """How much a speaker's words sound like an agent's (> 0) or a customer's (< 0)."""
    return OPENING_WEIGHT * _balance(opening) + _balance(rest)


def _balance(text: str) -> float:
    lowered = text.lower().replace("’", "'")
    return float(_count(AGENT, lowered) - _count(CUSTOMER, lowered))


def _count(patterns: Sequence[str], text: str) -> int:
    return sum(len(re.findall(pattern, text)) for pattern in patterns)

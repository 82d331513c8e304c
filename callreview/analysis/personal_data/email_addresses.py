"""E-mail addresses, written, said and spelled, English and Korean.

"kim@naver.com", "john dot smith at gmail dot com", "kim 골뱅이 네이버 점 컴", "J O H N at yahoo".
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from callreview.analysis.personal_data.found import Taken
from callreview.analysis.personal_data.spoken_numbers import Token
from callreview.analysis.personal_data.spoken_runs import SpokenRuns
from callreview.analysis.word_times import word_starts, words_between
from callreview.domain.personal_data import EMAIL_ADDRESS

MOST_NAMES = 3
"""Words of the name before the "at" that are neither letters, digits nor "dot"..."""
MOST_NAMES_ASKED = 6
"""...and so many in answer to the question for the address."""
LONGEST_NAME = 60
"""So many words at most are looked at before the "at": an address is spelled letter by letter."""
FEWEST_LETTERS = 3
"""So many single letters are the spelling of an address that was asked for."""

_TOP = r"(?:com|net|org|edu|gov|io|info|biz|me|co|uk|au|kr|ca|us|de|nz|ie|컴|콤|넷|케이알|씨오)"
_DOT = r"(?:\.|,? ?\b(?:dot|point)\b,?|점|닷|쩜)"
_PROVIDER = (
    r"(?:g ?mail|yahoo|hot ?mail|outlook|i ?cloud|aol|msn|live|proton ?mail|naver|daum|han ?mail"
    r"|kakao|nate|지메일|쥐메일|네이버|다음|한메일|카카오|네이트|핫메일|아웃룩|야후)"
)
_AT = r"(?:@|\bat\b|골뱅이|앳|엣)"
_ADDRESS = re.compile(
    rf"{_AT},?\s*(?:the rate )?(?:[\w-]{{1,40}}(?:\s[\w-]{{1,20}}){{0,2}}?\s?{_DOT}\s?){{1,4}}{_TOP}"
    rf"(?:\s?{_DOT}\s?{_TOP})*|{_AT},?\s*{_PROVIDER}(?:\s?{_DOT}?\s?{_TOP})*"
    rf"|{_PROVIDER}\s?{_DOT}?\s?{_TOP}(?:\s?{_DOT}\s?{_TOP})*",
    re.IGNORECASE,
)
_MAYBE = re.compile(rf"@|골뱅이|앳|엣|\bdot\b|\bpoint\b|\.|닷|점|쩜|{_PROVIDER}", re.IGNORECASE)
_OWN = re.compile(rf"{_PROVIDER}|@", re.IGNORECASE)
"""What makes an "at" an e-mail address although nobody spoke of one."""

_PART = re.compile(
    r"[a-z]|[a-z](?:-[a-z])+|dot|point|period|underscore|under|score|dash|hyphen|minus|plus|점|닷|쩜|언더바|언더스코어|하이픈|대시"
    r"|에이|비|씨|시|디|이|에프|지|쥐|에이치|아이|제이|케이|엘|엠|엔|오|피|큐|알|에스|티|유|브이|더블유|엑스"
    r"|와이|제트|소문자|대문자"
)
_LETTER = re.compile(
    r"[a-z]|[a-z](?:-[a-z])+|에이|비|씨|디|이|에프|지|쥐|에이치|제이|케이|엘|엠|엔|피|큐|알|에스|티|유|브이"
)
# Words in front of an address that are no part of it.
_STOP = re.compile(
    r"is|it'?s|its|that'?s|be|to|my|your|the|address|e-?mail|me|us|at|are|was|have|got|use|as|in|on|from|you|and|yes|yeah"
    r"|sure|okay|ok|so|well|that|this|would|will|can|could|please|send|sent|reach|contact|write|a|look|found|online"
    r"|available|visit|website|site|go|sign|signed|log|logged|account|using|with|of|for|right|correct|hi|hello|not|or"
    r"|\S*(?:메일|주소)(?:은|는|이|가|로|요)?|제|저는|네|예|어|음|그|주소는"
)


def find_email_addresses(spoken: SpokenRuns, taken: Taken) -> None:
    """Add the e-mail addresses, and what is spelled where one was asked for."""
    for number, turn in enumerate(spoken.turns):
        starts = word_starts(turn) if _MAYBE.search(turn.text) else []
        for match in _ADDRESS.finditer(turn.text) if starts else ():
            _take_address(number, match, starts, spoken, taken)
        if "email" in spoken.context.in_reach(number):
            _take_spelling(number, spoken, taken)


def _take_address(
    number: int,
    match: re.Match[str],
    starts: Sequence[int],
    spoken: SpokenRuns,
    taken: Taken,
) -> None:
    words = words_between(starts, *match.span())
    asked = "email" in spoken.context.subjects(number, words[-1])
    # "@" inside a word brings its name along.
    inside = starts[words[0]] < match.start()
    first = words[0] if inside else _first_of_name(spoken.tokens[number], words[0], asked=asked)
    own = _OWN.search(match.group()) is not None
    if (first < words[0] or inside) and (own or asked):
        taken.take(number, range(first, words[-1] + 1), EMAIL_ADDRESS)
    elif asked and own:
        taken.take(number, words, EMAIL_ADDRESS)


def _first_of_name(tokens: Sequence[Token], at: int, *, asked: bool) -> int:
    """The word with which the name before the word `at` begins; `at` when there is none."""
    first, names = at, 0
    most = MOST_NAMES_ASKED if asked else MOST_NAMES
    behind = bisect_left(tokens, at, key=lambda token: token.first)
    for token in reversed(tokens[max(0, behind - LONGEST_NAME) : behind]):
        part = token.kind == "digits" or _PART.fullmatch(token.text) is not None
        names += not part and token.kind not in ("filler", "correction")
        if names > most or (not part and _STOP.fullmatch(token.text)):
            break
        if part or token.kind == "other":
            first = token.first
    return first


def _take_spelling(number: int, spoken: SpokenRuns, taken: Taken) -> None:
    held: list[Token] = []
    for token in (*spoken.tokens[number], None):
        if token is not None and _is_spelled(token):
            held.append(token)
            continue
        letters = sum(_LETTER.fullmatch(one.text) is not None for one in held)
        if letters >= FEWEST_LETTERS and "email" in spoken.context.subjects(number, held[0].first):
            taken.take(number, range(held[0].first, held[-1].last + 1), EMAIL_ADDRESS)
        held = []


def _is_spelled(token: Token) -> bool:
    return token.kind == "digits" or _PART.fullmatch(token.text) is not None

"""What a number in a call is: what was asked for, or named, just before it was said."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Literal, cast, get_args

from callreview.analysis.word_times import word_starts
from callreview.domain.back_channels import is_back_channel
from callreview.domain.transcript import Turn

Subject = Literal[
    "card",
    "payment",
    "security",
    "code",
    "expiry",
    "date",
    "phone",
    "telephone",
    "account",
    "social",
    "identity",
    "birth",
    "email",
    "postcode",
    "address",
    "amount",
    "other",
]
"""A card number by name, a card or a payment at all, its code, any code at all, its date, any date at all; a phone number, or a telephone
at all; a bank account, a social security number, another proof of identity; any other number."""

OF_OTHERS: frozenset[Subject] = frozenset(get_args(Subject)) - {
    *("card", "payment", "security", "expiry", "email", "address"),
}
"""What numbers may be that are not of a card."""
WEAK: frozenset[Subject] = frozenset(("code", "date", "amount"))
"""What a long number is not, although it was named last."""
PLAINLY_OTHERS = OF_OTHERS - WEAK

REACH_TURNS = 5
"""A question is answered within so many turns of both speakers."""

LONGEST_PROMPT_WORDS = 8
"""While a card number is read out, the other's "and the next four" is no longer than this."""

_NUMBER_AHEAD = r"(?=[ #:,]+(?:um,? )?(?:\d|(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)\b))"
# Where two could match at the same place, the first one counts.
_SUBJECTS = re.compile(
    # English words from their beginning only: most places need no closer look.
    r"(?:(?<![a-z])|(?=[가-힣]))(?:(?P<security>security (?:code|number|digits?|is\b)|\bc\.? ?[vb]\.? ?(?:v|c|n)2?(?![a-z])|\bcsc(?![a-z])"
    r"|card (?:verification|validation)|(?:three|3|four|4)[- ]?digits? (?:security )?code|(?:three|3|four|4)[- ]?digits?.{0,25}\bback"
    r"|(?:on|from) the back\b|보안 ?(?:코드|번호)|씨 ?브이 ?씨|뒷면|뒤에 ?있는|뒤에(?= ?\d ?\d ?\d(?! ?\d)))"
    r"|(?P<expiry>expir(?:y|ation|es?|ing)\b(?: date)?|\bvalid(?:ity)?\b|\bruns? out\b|\bmonth and (?:the )?year\b|\bends?(?= (?:\d\d?[ /-]\d\d\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))|\bexp\b(?: date)?|good (?:thru|through|until|till|to)\b|유[효호요] ?기[간관가]|만료"
    r"|유효 ?일)"
    r"|(?P<email>e-?mail|이메일|메일)"
    r"|(?P<phone>(?:phone|mobile|telephone|cell|contact|call ?back|fax)(?: phone)? ?(?:numbers?|no\b|#)"
    r"|numbers? (?:to|for) (?:reach|call)|(?:reach|text) (?:you|me)|call (?:you|me) (?:back )?(?:at|on)"
    r"|전화 ?번호|휴대 ?폰|휴대 ?전화|핸드폰|폰 ?번호|연락처)"
    r"|(?P<social>social security|\bsocial\b|\bssn\b|national insurance|\bnino\b|social insurance"
    r"|주민|외국인 ?등록)"
    r"|(?P<identity>passport|driv(?:er'?s?|ing) licen[cs]e|tax (?:file|payer|id)|\btfn\b|medicare"
    r"|aadha?ar|national id|identity (?:card|number|document)|여권|운전 ?면허|면허 ?번호)"
    r"|(?P<account>bank account|account (?:numbers?|no\b|#)|routing|sort code|\bbsb\b|\biban\b|계좌)"
    r"|(?P<birth>date of birth|birth ?date|\bd\.?o\.?b\b|\bborn\b|(?:your|my) birthday|생년월일|생일"
    r"|태어난|출생)"
    r"|(?P<postcode>\bzip\b|postal|post ?code|우편 ?번호)"
    r"|(?P<other>(?:order|tracking|policy|reference"
    r"|confirmation|invoice|receipt|item|part|catalog(?:ue)?|quote|voucher|barcode|locker|serial|ticket|case|claim|customer|member(?:ship)?|employee|booking"
    r"|reservation|model|registration|licen[cs]e|loyalty|meter"
    r"|enrol\w*|agreement|transaction|plate|flight|vin)(?: card)? ?(?:numbers?|id\b|i\.d\.|#|no\b)"
    r"|(?<!area )(?<!post )(?<!zip )\b(?:order|reference|invoice|tracking|claim|policy|booking|confirmation|ticket|pin|version)"
    rf"(?: is| was)?{_NUMBER_AHEAD}"
    r"|card numbers? (?:on|of|from) (?:your|the|my|that) (?:library|membership|loyalty|club) card"
    r"|\bimei\b|\bsim\b(?: card)?(?: numbers?)?"
    r"|last (?:four|4)|barcode|\bref(?:erence)?\b|\bcard number end(?:s|ing) (?:in|with)\b|(?<!number )\bend(?:s|ing)(?: in| with)?(?= \d{4}\b)|주문 ?번호"
    r"|운송장|송장|(?:승인|거래|상품권|쿠폰|배송|등록|관리|신청|청구|증권|계약|제품|모델|일련|대기|차량) ?번호|예약 ?번호|고객 ?번호|인증 ?번호|(?<!카드 )(?<!카드)비밀 ?번호(?! ?(?:앞|두|2))"
    r"|회원 ?번호|접수 ?번호|사업자|끝(?:이|자리)|시리얼|바코드|등기|(?:마지막|끝|뒤) ?(?:네|4|번호)|뒷자리)"
    r"|(?P<amount>\bamount\b|\btotal\b|\bprice\b|\bbalance\b|금액|가격)"
    r"|(?P<date>\bdates?\b)"
    r"|(?P<code>\bthe (?:back|reverse)\b|signature strip|\b(?:the|those|last) (?:three|3)[- ](?:digits?|numbers?|figures?|cipher)|last three\b|\bcv2?\b"
    r"|\bthe security\b(?! (?:deposit|code|number|digits?|is))|\bthe (?:three|3)(?=,? \d{3}\b)|\bthe code(?=[?.]?$)|(?<!area )(?<!post )(?<!zip )\bcode(?: is| was|'s)?"
    rf"{_NUMBER_AHEAD})"
    r"|(?P<card>\b(?:visa|master ?card|amex)(?: card)? numbers?\b|(?:(?:credit|debit|bank|payment) )?car[dt](?:'s)? (?:numbers?|no\b|details|info\w*)|\bcar number"
    r"|numbers? (?:on|of|from|for) (?:\w+ ){0,5}card|long number"
    r"|(?:1[3-9]|thirteen|fifteen)[- ]digit\b|(?:16|sixteen)[- ]digits?|card,? please"
    # As the recogniser hears them, too: "가득 번호", "칼퍼뻔 호", "카드 선호는", "가드 정보", "카드 롤 할벨요".
    r"|(?:[카가][드-듷르-릏도두트]|하드|칼퍼) ?(?:[번폰뻔콘] ?(?:[호홈후번허헌]|$)|정보)"
    r"|다[드-듷] ?정보를 확인|카드 ?[앞한] ?[면명]|카드 ?[가-힣]호[는가]"
    r"|[카가]드 ?[로롤] ?(?:[가-힣]{2} ?)?[할하갈발][가-힣]{1,2}요|(?:열여섯|십육|16) ?자리)"
    r"|(?P<payment>(?:credit|debit|bank|payment) card|\b(?:visa|mastercard|amex|unionpay|maestro|rupay|discover card|american express)\b"
    r"|\bpay(?:ing|ment)?\b|\b(?:my|the|your|a) debit\b|\b(?:credit or debit|debit or credit)\b|\bcards?\b|카드|[신진]용 ?(?=카)|[체제]크 ?(?=카)|결제)"
    r"|(?P<telephone>(?<!over the )(?<!on the )(?<!by )\bphone\b|\btelephone\b|\bmobile\b|전화(?:드리|드릴|주))"
    r"|(?P<address>\baddress\b|주소))"
)

_PROMPT = re.compile(
    r"(?:go|ahead|please|continue|next|and|the|then|last|four|digits?|numbers?|got|it|thank|you"
    r"|thanks|great|perfect|good|carry|on|fine|correct|i'?m|ready|listening|go on|계속|말씀|말씀해"
    r"|말씀하세요|주세요|주시고요|다음|다음은요|다음이요|그다음|그다음은요|그리고요|그리고|이어서|불러|불러주세요|번호"
    r"|자리|네자리|맞습니다|확인했습니다|감사합니다)[.,!?…]*",
    re.IGNORECASE,
)


class NumberContext:
    """The subjects named in the turns of a call, by place."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        self._turns = turns
        self._named = [_named(turn) for turn in turns]

    def subjects(self, turn: int, word: int) -> frozenset[Subject]:
        """What the number that begins at this word of this turn may be.

        What the speaker named last, just before the number, decides; else everything that was
        named in the nearest earlier turn of the last few.
        """
        if before := self.named_before(turn, word):
            return before
        earlier = self.named_in(turn, word)
        named = self._named[earlier] if earlier != turn else []
        return frozenset(subject for _, subject in named)

    def named_in(self, turn: int, word: int) -> int:
        """The turn that names what the number at this word of this turn is, or its own turn."""
        if self._named[turn] and self._named[turn][0][0] <= word:
            return turn
        earlier = range(turn - 1, max(-1, turn - 1 - REACH_TURNS), -1)
        return next((n for n in earlier if self._named[n]), turn)

    def named_before(self, turn: int, word: int) -> frozenset[Subject]:
        """What the turn itself named last before this word."""
        named = self._named[turn]
        count = bisect_right(named, word, key=lambda one: one[0])
        return frozenset((named[count - 1][1],)) if count else frozenset()

    def named(self, turn: int) -> frozenset[Subject]:
        """Everything that the turn names."""
        return frozenset(subject for _, subject in self._named[turn])

    def place_of(self, subject: Subject, turn: int) -> int:
        """The word of the turn after which it first names the subject, or -1."""
        return next((place for place, named in self._named[turn] if named == subject), -1)

    def in_reach(self, turn: int) -> frozenset[Subject]:
        """Everything that is named in the turn or may be answered in it."""
        return self.named(turn) | self.subjects(turn, -1)

    def names_another(self, turn: int) -> bool:
        """Whether the turn is about another number than that of a card."""
        return any(subject not in ("card", "payment") for _, subject in self._named[turn])

    def is_prompt(self, turn: int, *, for_card: bool) -> bool:
        """Whether the turn only keeps the other going who is reading out a number."""
        words = self._turns[turn].text.split()
        if for_card and len(words) <= LONGEST_PROMPT_WORDS and not self.names_another(turn):
            return True
        return all(_PROMPT.fullmatch(word) or is_back_channel([word]) for word in words)


def _named(turn: Turn) -> list[tuple[int, Subject]]:
    """The subjects in the turn, each with the place of the word after which it is known."""
    text = turn.text
    lower = text.lower()
    # A few letters grow when they become small; then the places would be wrong.
    found = list(_SUBJECTS.finditer(lower if len(lower) == len(text) else text))
    starts = word_starts(turn) if found else []
    return [
        (bisect_left(starts, match.end()) - 1, cast(Subject, match.lastgroup)) for match in found
    ]

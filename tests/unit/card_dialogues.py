"""Made-up dialogues in which a payment card is spoken, with the words that have to vanish."""

from dataclasses import dataclass, field
from random import Random

from callreview.analysis.personal_data.card_check import passes_luhn
from callreview.domain.transcript import Role, Turn, Word

BRANDS = [("4", 16), ("51", 16), ("2221", 16), ("37", 15), ("6011", 16), ("35", 16), ("62", 19)]
_MARKS = str.maketrans("", "", "{}<>")
KOREAN_BRANDS = [*BRANDS, ("9410", 16), ("9490", 16)]


@dataclass
class Dialogue:
    """Turns said so far, the words to hide and the words to keep; `lines` are for people."""

    language: str
    turns: list[Turn] = field(default_factory=list)
    hidden: set[tuple[int, int]] = field(default_factory=set)
    kept: set[tuple[int, int]] = field(default_factory=set)

    def say(self, role: Role, text: str) -> None:
        """Add a turn; what stands in {braces} has to vanish, in <brackets> to stay."""
        words, start_s = [], float(self.turns[-1].end_s) + 0.25 if self.turns else 0.0
        secret = wanted = False
        for place, raw in enumerate(text.split()):
            secret, wanted = secret or "{" in raw, wanted or "<" in raw
            time_s = start_s + 0.5 * place
            words.append(Word(raw.translate(_MARKS), time_s, time_s + 0.5, 0.9))
            if secret:
                self.hidden.add((len(self.turns), place))
            elif wanted:
                self.kept.add((len(self.turns), place))
            secret, wanted = secret and "}" not in raw, wanted and ">" not in raw
        end_s = start_s + 0.5 * len(words)
        self.turns.append(Turn(role, role, start_s, end_s, tuple(words), self.language))

    def leaks(self, masked: tuple[Turn, ...]) -> list[str]:
        """Words that should have vanished and did not."""
        there = {(word.start_s, word.text) for turn in masked for word in turn.words}
        return [word.text for word in self._at(self.hidden) if (word.start_s, word.text) in there]

    def losses(self, masked: tuple[Turn, ...]) -> list[str]:
        """Words that should have stayed and did not."""
        there = {(word.start_s, word.text) for turn in masked for word in turn.words}
        return [word.text for word in self._at(self.kept) if (word.start_s, word.text) not in there]

    def _at(self, places: set[tuple[int, int]]) -> list[Word]:
        return [self.turns[turn].words[word] for turn, word in sorted(places)]

    def __str__(self) -> str:
        return "\n".join(f"{turn.role}: {turn.text}" for turn in self.turns)


def card_number(random: Random, brands: list[tuple[str, int]] = BRANDS) -> str:
    """A number that passes the check of Luhn."""
    start, length = random.choice(brands)
    body = start + "".join(random.choices("0123456789", k=length - len(start) - 1))
    return next(body + check for check in "0123456789" if passes_luhn(body + check))


def groups(number: str) -> list[str]:
    """The groups in which people say the number."""
    sizes = [4, 6, 5] if len(number) == 15 else [4, 4, 4, 4, 3]
    cut, place = [], 0
    for size in sizes:
        if place < len(number):
            cut.append(number[place : place + size])
        place += size
    return cut


ENGLISH_DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TEENS = [
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def english_words(digits: str, random: Random, *, pairs: bool = False) -> str:
    """The digits in words; `pairs` says "forty-one eleven" where that can be said."""
    said: list[str] = []
    place = 0
    while place < len(digits):
        two = digits[place : place + 2]
        if pairs and len(two) == 2 and two[0] != "0":
            said.append(_pair(two, random))
            place += 2
        elif len(two) == 2 and two[0] == two[1] and random.random() < 0.5:
            said.append(f"double {_one(two[0], random)}")
            place += 2
        else:
            said.append(_one(two[0], random))
            place += 1
    return random.choice([" ", " ", ", "]).join(said)


def _one(digit: str, random: Random) -> str:
    return random.choice(["zero", "oh"]) if digit == "0" else ENGLISH_DIGITS[int(digit)]


def _pair(two: str, random: Random) -> str:
    if two[0] == "1":
        return TEENS[int(two[1])]
    tens = TENS[int(two[0])]
    return tens if two[1] == "0" else tens + random.choice([" ", "-"]) + ENGLISH_DIGITS[int(two[1])]


SINO = "공일이삼사오육칠팔구"
NATIVE = ["공", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉"]


def korean_words(digits: str, random: Random) -> str:
    """The digits in Korean words, run together or apart."""
    zero = random.choice("공영")
    sino = "".join(SINO[int(digit)] if digit != "0" else zero for digit in digits)
    style = random.choice(["together", "together", "apart", "pairs", "native"])
    if style == "together":
        return sino
    if style == "apart":
        return " ".join(sino)
    if style == "pairs":
        return f"{sino[:2]} {sino[2:]}".strip()
    return " ".join(NATIVE[int(digit)] for digit in digits)


def figures(parts: list[str], random: Random) -> str:
    """Groups in figures, cut and joined as a recogniser does."""
    text = parts[0]
    for part in parts[1:]:
        text += random.choice([" ", " ", "-", ", ", ". ", ""]) + part
    if random.random() < 0.2:
        text = " ".join(text.replace(" ", ""))
    return text


ASK = [
    "Can I have the card number, please?",
    "Could you read me the long number on the front of your card?",
    "What's your credit card number?",
    "Please give me the sixteen digit number on the card.",
    "Okay, and the number on your debit card?",
]
YES = ["Yes.", "Okay.", "Mm-hm.", "Got it.", "Go ahead.", "Uh-huh.", "Right.", "Okay, next."]
LEAD = ["", "Sure, it's ", "Yeah. ", "Um, it is ", "Okay, one second. It's ", "Let me see, "]
ASK_CODE = [
    "And the security code on the back?",
    "What is the CVV?",
    "And the three digits on the back of the card?",
    "May I have the CVC, please?",
]
ASK_DATE = ["And when does it expire?", "What's the expiry date?", "And the expiration date?"]
MONTHS = ["January", "March", "May", "August", "December"]

ASK_KO = [
    "카드 번호 말씀해 주시겠어요?",
    "결제하실 카드번호 불러 주세요.",
    "신용카드 앞면의 번호 열여섯 자리를 말씀해 주세요.",
    "네, 카드 번호가 어떻게 되세요?",
]
YES_KO = [
    "네.",
    "네, 네.",
    "예.",
    "네, 말씀하세요.",
    "네 계속 말씀해 주세요.",
    "음.",
    "네, 다음이요.",
]
LEAD_KO = ["", "네, ", "어, ", "네 잠시만요. ", "카드 번호는 ", "음 그러니까 "]
ENDING_KO = ["", "", "이요.", "이고요.", "입니다.", "이에요."]
ASK_CODE_KO = ["보안 코드도 말씀해 주세요.", "뒷면의 보안코드 세 자리요.", "CVC 번호는요?"]
ASK_DATE_KO = ["유효 기간은요?", "카드 유효기간이 어떻게 되세요?"]


def english(random: Random) -> Dialogue:
    """An English dialogue with a card, asked for or not, clean or as misheard."""
    call = Dialogue("en")
    call.say("agent", "Thank you for calling, how can I help?")
    order = random.randint(10_000, 99_999_999)
    call.say("customer", f"Hi, I want to pay for order number <{order}> please.")
    call.say("agent", f"Sure. The total is <{random.randint(10, 999)}> dollars and <50> cents.")
    number = card_number(random)
    asked = random.random() < 0.8
    call.say("agent", random.choice(ASK) if asked else "How would you like to pay?")
    parts = _misheard(groups(number), random) if asked else groups(number)
    style = random.choice(["figures", "words", "pairs", "mixed"])

    def written(part: str) -> str:
        if style == "figures" or (style == "mixed" and random.random() < 0.5):
            return figures([part], random)
        return english_words(part, random, pairs=style == "pairs")

    lead = random.choice(LEAD)
    _read_out(call, random, parts, written, lead, YES, figures if style == "figures" else None)
    if random.random() < 0.5:
        call.say("agent", random.choice(ASK_DATE))
        month, year = random.randint(1, 12), random.randint(26, 34)
        date = random.choice(
            [
                *(
                    f"{month:02d}/{year}",
                    f"{month:02d} {year}",
                    f"{random.choice(MONTHS)} 20{year}",
                ),
                english_words(f"{month:02d}", random) + " " + english_words(str(year), random),
            ]
        )
        call.say("customer", f"It's {{{date}}} I think.")
    if random.random() < 0.6:
        call.say("agent", random.choice(ASK_CODE))
        code = "".join(random.choices("0123456789", k=3))
        call.say("customer", f"{{{random.choice([code, english_words(code, random)])}.}}")
    call.say("agent", "Thank you, that went through. It will take <3> days.")
    call.say("customer", "Great, my booking is <555> <010> <44771> if you need me.")
    return call


def korean(random: Random) -> Dialogue:
    """A Korean dialogue with a card, asked for or not, clean or as misheard."""
    call = Dialogue("ko")
    call.say("agent", "감사합니다. 상담사 김민수입니다. 무엇을 도와드릴까요?")
    call.say("customer", f"주문 번호 <{random.randint(10_000, 99_999_999)}> 결제하려고요.")
    call.say("agent", f"네, 금액은 <{random.randint(1, 99)}만> <5천원입니다.>")
    number = card_number(random, KOREAN_BRANDS)
    asked = random.random() < 0.8
    call.say("agent", random.choice(ASK_KO) if asked else "결제는 어떻게 하시겠어요?")
    parts = _misheard(groups(number), random) if asked else groups(number)
    style = random.choice(["figures", "words", "words", "mixed"])

    def written(part: str) -> str:
        if style == "figures" or (style == "mixed" and random.random() < 0.5):
            return figures([part], random)
        return korean_words(part, random)

    lead = random.choice(LEAD_KO)
    joined = figures if style == "figures" else None
    _read_out(call, random, parts, written, lead, YES_KO, joined, random.choice(ENDING_KO))
    if random.random() < 0.5:
        call.say("agent", random.choice(ASK_DATE_KO))
        month, year = random.randint(1, 9), random.randint(26, 34)
        date = random.choice(
            [
                *(f"{month}월 {year}년", f"공{SINO[month]} {SINO[year // 10]}{SINO[year % 10]}"),
                f"{SINO[month]}월 {SINO[year // 10]}십{SINO[year % 10] if year % 10 else ''}년",
            ]
        )
        call.say("customer", f"{{{date}}}이요.")
    if random.random() < 0.6:
        call.say("agent", random.choice(ASK_CODE_KO))
        code = "".join(random.choices("123456789", k=3))
        call.say("customer", f"네 {{{random.choice([code, korean_words(code, random)])}이요.}}")
    call.say("agent", "네, 결제되었습니다. <3일> 안에 도착합니다.")
    call.say("customer", "네 제 예약 번호는 <010> <123> <5678> 이에요.")
    return call


def _misheard(parts: list[str], random: Random) -> list[str]:
    """The groups, one time in three with a digit lost, added or wrong."""
    if random.random() < 0.66:
        return parts
    number = random.randrange(len(parts))
    part = parts[number]
    place = random.randrange(len(part))
    wrong = random.choice(["", random.choice("0123456789"), part[place] * 2])
    return [*parts[:number], part[:place] + wrong + part[place + 1 :], *parts[number + 1 :]]


def _read_out(call, random, parts, written, lead, yes, joined, ending=""):  # type: ignore[no-untyped-def]
    """Say the groups in one turn, or in several with the other's "yes", or read back."""
    way = random.choice(["one turn", "many turns", "two turns", "read back"])
    if way == "one turn" and joined:
        call.say("customer", f"{lead}{{{joined(parts, random)}{ending}}}")
    elif way == "one turn":
        between = random.choice([" ", " ", ", "])
        call.say("customer", f"{lead}{{{between.join(map(written, parts))}{ending}}}")
    else:
        size = 2 if way == "two turns" else 1
        for start in range(0, len(parts), size):
            said = " ".join(map(written, parts[start : start + size]))
            call.say("customer", f"{lead if start == 0 else ''}{{{said}{ending}}}")
            heard = f"{{{written(parts[start])}.}}" if way == "read back" else random.choice(yes)
            call.say("agent", heard)

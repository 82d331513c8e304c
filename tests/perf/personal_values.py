"""Made-up dialogues with personal data other than cards: {braces} have to vanish, <brackets> to stay."""

from collections.abc import Callable, Mapping
from random import Random

from tests.unit.card_dialogues import ENGLISH_DIGITS, SINO

Lines = list[tuple[str, str]]

_NAMES = ["john", "maria", "kevin", "susan", "harper", "olivia", "marcus", "elena"]
_SURNAMES = ["smith", "garcia", "walker", "novak", "brooks", "turner", "quinn"]
_DOMAINS = ["gmail", "yahoo", "outlook", "hotmail", "icloud"]
_STREETS = ["Oak", "Maple", "Church", "Park", "Mill", "Highland", "Sunset", "River"]
_SUFFIXES = ["Street", "Avenue", "Road", "Lane", "Drive", "Boulevard", "Court"]
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "October"]
_KOREAN_DISTRICTS = [
    "서울시 강남구",
    "서울 마포구",
    "부산시 해운대구",
    "대전광역시 유성구",
    "경기도 성남시 분당구",
]
_KOREAN_STREETS = ["테헤란로", "월드컵로", "센텀중앙로", "대학로", "판교역로"]
_KOREAN_IDS = ["김", "이", "박"]


def digits(random: Random, count: int) -> str:
    """Random digits that do not begin with 0."""
    return random.choice("23456789") + "".join(random.choices("0123456789", k=count - 1))


def said(groups: list[str], random: Random) -> str:
    """Groups of digits as they are said or written in English."""
    way = random.choice(["words", "words", "figures", "hyphens", "apart"])
    if way == "figures":
        return " ".join(groups)
    if way == "hyphens":
        return "-".join(groups)
    if way == "apart":
        return " ".join(" ".join(group) for group in groups)
    zero = random.choice(["zero", "oh"])
    return ", ".join(
        " ".join(zero if d == "0" else ENGLISH_DIGITS[int(d)] for d in group) for group in groups
    )


def said_korean(groups: list[str], random: Random) -> str:
    """Groups of digits as they are said or written in Korean."""
    way = random.choice(["words", "words", "hyphens", "figures", "apart"])
    if way == "hyphens":
        return "-".join(groups)
    if way == "figures":
        return " ".join(groups)
    words = [("".join(SINO[int(d)] for d in group)) for group in groups]
    return " ".join(" ".join(word) for word in words) if way == "apart" else " ".join(words)


def _phone(random: Random) -> Lines:
    shapes = [
        [digits(random, 3), digits(random, 3), digits(random, 4)],
        ["020", "79" + digits(random, 2), digits(random, 4)],
        ["07" + digits(random, 3), digits(random, 6)],
        ["04" + digits(random, 2), digits(random, 3), digits(random, 3)],
    ]
    ask = random.choice(
        [
            "What is the best number to reach you?",
            "Can I have a phone number?",
            "And a mobile number?",
        ]
    )
    number = said(random.choice(shapes), random)
    return [
        ("agent", ask),
        ("customer", random.choice(["Sure, it is ", "", "Yes. "]) + f"{{{number}}}."),
        ("agent", f"Thanks. Your ticket number is <{digits(random, 6)}> and it takes <3> days."),
    ]


def _phone_over_turns(random: Random) -> Lines:
    groups = [digits(random, 3), digits(random, 3), digits(random, 4)]
    lines = [("agent", "What phone number can we call you on?")]
    for group in groups:
        lines += [
            ("customer", f"{{{said([group], random)}}}"),
            ("agent", random.choice(["okay", "yes", "uh huh"])),
        ]
    return lines


def _email(random: Random) -> Lines:
    first, last, domain = random.choice(_NAMES), random.choice(_SURNAMES), random.choice(_DOMAINS)
    number = str(random.randint(1, 99))
    address = random.choice(
        [
            f"{first} dot {last} at {domain} dot com",
            f"{first}.{last}@{domain}.com",
            f"{first}{number} at {domain}.com",
            f"{' '.join(first)} {' '.join(number)} at {domain} dot com",
            f"{first} underscore {last} at {last}consulting dot co dot uk",
            f"{'-'.join(first.upper())} dot {last} at {domain} dot com",
        ]
    )
    lead = random.choice(["It is ", "Sure, it's ", "Yes, that's ", "My email is "])
    return [
        ("agent", "And what is your email address?"),
        ("customer", f"{lead}{{{address}}}"),
        ("agent", "Thank you, the receipt goes out today by <10:30>."),
    ]


def _social(random: Random) -> Lines:
    number = said([digits(random, 3), digits(random, 2), digits(random, 4)], random)
    short = random.random() < 0.3
    ask = (
        "What are the last four digits of your social?" if short else "Your social security number?"
    )
    answer = said([digits(random, 4)], random) if short else number
    return [
        ("agent", ask),
        ("customer", f"That is {{{answer}}}."),
        ("agent", f"Thank you. The total is <{random.randint(10, 99)}> dollars and <50> cents."),
    ]


def _insurance(random: Random) -> Lines:
    middle = [digits(random, 2), digits(random, 2), digits(random, 2)]
    number = f"{random.choice(['A B', 'AB', 'J K'])} {' '.join(middle)} {random.choice('ABCD')}"
    return [
        ("agent", "Could I take your national insurance number?"),
        ("customer", f"Yes, it is {{{number}}}."),
    ]


def _birth(random: Random) -> Lines:
    day, year, month = random.randint(1, 28), random.randint(1941, 2004), random.choice(_MONTHS)
    date = random.choice(
        [
            f"{month} {day}, {year}",
            f"{day}th of {month} {year}",
            f"{random.randint(1, 12):02d}/{day:02d}/{year}",
            said([f"{random.randint(1, 12):02d}", f"{day:02d}", str(year)], random),
            f"{month} {day} nineteen {random.choice(['eighty four', 'seventy one', 'ninety'])}",
        ]
    )
    ask = random.choice(["And your date of birth?", "Can you confirm your date of birth for me?"])
    return [
        ("agent", ask),
        ("customer", f"{random.choice(['It is ', 'Yes, ', ''])}{{{date}}}."),
        ("agent", "Thank you. The technician comes on <June> <3rd,> <2026> at <9> am."),
    ]


def _address(random: Random) -> Lines:
    number = random.choice(
        [str(random.randint(1, 9999)), said([str(random.randint(100, 999))], Random(1))]
    )
    street = f"{number} {random.choice(_STREETS)} {random.choice(_SUFFIXES)}"
    place = random.choice(["", ", Springfield", ", apartment 4"])
    return [
        ("agent", "What is the delivery address?"),
        (
            "customer",
            f"It is {{{street}}}{place}."
            if place != ", apartment 4"
            else f"It is {{{street}{place}}}.",
        ),
        ("agent", f"Great, that is order number <{digits(random, 8)}>, a <10> minute job."),
    ]


def _account(random: Random) -> Lines:
    number = said([digits(random, 4), digits(random, 4)], random)
    code = said([digits(random, 2), digits(random, 2), digits(random, 2)], random)
    return [
        ("agent", "For the direct debit I need your bank account number."),
        ("customer", f"The account number is {{{number}}}."),
        ("agent", "And the sort code?"),
        ("customer", f"{{{code}}}."),
        (
            "agent",
            f"The first payment of <{random.randint(10, 99)}> dollars goes out on the <5th>.",
        ),
    ]


def _korean_phone(random: Random) -> Lines:
    groups = [random.choice(["010", "010", "02"]), digits(random, 4), digits(random, 4)]
    return [
        ("agent", random.choice(["연락처가 어떻게 되세요?", "전화번호 말씀해 주세요."])),
        (
            "customer",
            f"네, {{{said_korean(groups, random)}{random.choice(['', '이요', '입니다', '이에요'])}}}.",
        ),
        ("agent", f"네, 접수 번호는 <{digits(random, 6)}> 이고 <3일> 걸립니다."),
    ]


def _korean_email(random: Random) -> Lines:
    name = random.choice(_NAMES)
    address = random.choice(
        [
            f"{name} 골뱅이 네이버 점 컴",
            f"{name}@naver.com",
            f"{name}{random.randint(1, 99)} 골뱅이 지메일 닷컴",
            f"에이 비 씨 {random.randint(10, 99)} 골뱅이 다음 점 넷",
            f"{name} 앳 네이버닷컴",
        ]
    )
    return [
        ("agent", "이메일 주소가 어떻게 되세요?"),
        ("customer", f"네, {{{address}{random.choice(['이요', '입니다', ''])}}}."),
    ]


def _korean_resident(random: Random) -> Lines:
    born = f"{random.randint(41, 99):02d}{random.randint(1, 12):02d}{random.randint(1, 28):02d}"
    rest = random.choice("12") + digits(random, 6)
    number = said_korean([born, rest], random)
    return [
        ("agent", "본인 확인을 위해 주민등록번호 말씀해 주세요."),
        ("customer", f"{{{number}{random.choice(['', '이요', '입니다'])}}}."),
    ]


def _korean_birth(random: Random) -> Lines:
    year, month, day = random.randint(41, 99), random.randint(1, 12), random.randint(1, 28)
    date = random.choice(
        [
            f"{year}년 {month}월 {day}일",
            f"19{year}년 {month}월 {day}일",
            f"{year}{month:02d}{day:02d}",
            "".join(SINO[int(d)] for d in f"{year}{month:02d}{day:02d}"),
        ]
    )
    return [
        ("agent", "생년월일이 어떻게 되세요?"),
        ("customer", f"{{{date}{random.choice(['이요', '입니다', ''])}}}."),
        ("agent", "네, 배송은 <6월> <3일> 오후 <2시> 입니다."),
    ]


def _korean_address(random: Random) -> Lines:
    street = f"{random.choice(_KOREAN_DISTRICTS)} {random.choice(_KOREAN_STREETS)} {random.randint(1, 300)}"
    flat = random.choice(["", f" {random.randint(101, 120)}동 {random.randint(101, 2500)}호"])
    return [
        ("agent", "주소를 말씀해 주세요."),
        ("customer", f"{{{street}{flat}}} 입니다."),
        ("agent", f"네, 금액은 <{random.randint(1, 9)}만> <5천원입니다.>"),
    ]


def _korean_account(random: Random) -> Lines:
    groups = [digits(random, 3), digits(random, 3), digits(random, 6)]
    return [
        ("agent", "환불받으실 계좌번호 말씀해 주세요."),
        (
            "customer",
            f"국민은행 {{{said_korean(groups, random)}{random.choice(['이요', '입니다', ''])}}}.",
        ),
    ]


ENGLISH: Mapping[str, Callable[[Random], Lines]] = {
    "phone number": _phone,
    "phone number over turns": _phone_over_turns,
    "e-mail address": _email,
    "social security number": _social,
    "national insurance number": _insurance,
    "date of birth": _birth,
    "address": _address,
    "bank account": _account,
}
KOREAN: Mapping[str, Callable[[Random], Lines]] = {
    "phone number": _korean_phone,
    "e-mail address": _korean_email,
    "resident registration number": _korean_resident,
    "date of birth": _korean_birth,
    "address": _korean_address,
    "bank account": _korean_account,
}

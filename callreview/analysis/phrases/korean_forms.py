"""Korean phrases in the forms they are spoken in: verbs with their endings, nouns with particles.

By rules, without a dictionary: a phrase that ends in a verb as dictionaries have it ("취소하다")
stands for all its forms; particles and small words between the words of a phrase do not matter;
a phrase may be the second part of a compound with one of some common first parts.
"""

import re

_FIRST_PARTS = (
    "전액 부분 일부 즉시 무료 무상 유상 자동 중도 일괄 당일 추가 이중 중복 계약 구독 주문 예약 카드 결제 서비스 고객 "
    "회원 보험 상품 요금 금액 민사 형사 행정 손해 물질 정신 요금제 신용카드 체크카드 정기 온라인 인터넷"
)
FIRST_PARTS = frozenset(_FIRST_PARTS.split())
"""What may stand before a phrase in one word: 환불 in "전액환불"."""

_SMALL_WORDS = frozenset({"좀", "그냥", "꼭", "빨리", "제발", "한번", "일단", "혹시", "지금"})
_AFTER_CONSONANT = ("으로", "을", "은", "이")
_AFTER_VOWEL = ("를", "는", "가", "로")
_AFTER_ANY = ("에서", "도", "만", "의", "에")
_HANGUL = re.compile("[가-힣]+")

_FIRST, _VOWELS, _FINALS = 0xAC00, 21, 28
_NONE, _N, _L, _M, _B, _SS, _BS, _D = 0, 4, 8, 16, 17, 20, 18, 7
_A, _AE, _EO, _E, _YEO, _O, _WA, _WAE, _OE, _U, _WO, _EU, _I = (
    *(0, 1, 4, 5, 6, 8, 9),
    *(10, 11, 13, 14, 18, 20),
)
_CONTRACTED = {_O: _WA, _U: _WO, _I: _YEO, _OE: _WAE}
_D_BECOMES_L = frozenset("듣걷묻싣닫")


def spoken_forms(phrase: str) -> tuple[str, ...]:
    """The beginnings of all forms of a phrase that ends in a verb; else the phrase alone.

    "취소하다" gives 취소하, 취소해, 취소한 and so on: any ending may follow.
    """
    stem = _stem(phrase)
    if stem is None:
        return (phrase,)
    head, last = stem[:-1], stem[-1]
    forms = [last, *_other_forms(head, last)]
    return (phrase, *dict.fromkeys(form if len(form) > 1 else head + form for form in forms))


def bare_word(word: str) -> str:
    """The word without its particle; "" for a small word that says little."""
    if word in _SMALL_WORDS:
        return ""
    if len(word) < 3 or not _HANGUL.fullmatch(word):
        return word
    for particles, fits in (
        (_AFTER_CONSONANT, lambda final: final != _NONE),
        (_AFTER_VOWEL, lambda final: final in (_NONE, _L)),
        (_AFTER_ANY, lambda _final: True),
    ):
        for particle in particles:
            noun = word.removesuffix(particle)
            if noun != word and len(noun) > 1 and fits(_parts(noun[-1])[2]):
                return noun
    return word


def _stem(phrase: str) -> str | None:
    """The phrase up to the stem of its verb, None when it does not end as dictionaries have it."""
    stem = phrase.removesuffix("다")
    letters = _HANGUL.findall(stem)
    if stem == phrase or not letters or not _HANGUL.fullmatch(stem[-1]):
        return None
    if sum(map(len, letters)) < 2:
        return None
    final = _parts(stem[-1])[2]
    polite = stem[-1] == "니" and len(letters[-1]) > 1 and _parts(letters[-1][-2])[2] in (_B, _BS)
    told = final == _N or (final == _SS and stem[-1] != "있")
    return None if polite or told else stem


def _other_forms(head: str, last: str) -> list[str]:
    """The forms of a stem that do not begin with it: whole ones, or its last syllable alone."""
    first, vowel, final = _parts(last)
    if final == _NONE:
        ends = [_syllable(first, vowel, added) for added in (_N, _L, _B, _M)]
        return [*ends, *_infinitives(head, last)]
    if final == _L:
        return [_syllable(first, vowel, other) for other in (_NONE, _N, _B)]
    if final == _B:
        open_last = head + _syllable(first, vowel, _NONE)
        return [open_last + ending for ending in ("우", "운", "울", "움", "워", "웠")]
    if last in _D_BECOMES_L:
        return [_syllable(first, vowel, _L)]
    return []


def _infinitives(head: str, last: str) -> list[str]:
    """The stem with -아/-어 and -았/-었 drawn together: 바꾸 - 바꿔, 바꿨."""
    first, vowel, _final = _parts(last)
    if last == "하":
        return ["해", "했"]
    before = head[-1:] if _HANGUL.fullmatch(head[-1:]) else ""
    bright = bool(before) and _parts(before)[1] in (_A, _O)
    if last == "르" and before:
        drawn = head[:-1] + _syllable(*_parts(before)[:2], _L)
        return [drawn + ("라" if bright else "러"), drawn + ("랐" if bright else "렀")]
    if vowel == _EU:
        vowel = _A if bright else _EO
    vowel = _CONTRACTED.get(vowel, vowel)
    return [_syllable(first, vowel, _NONE), _syllable(first, vowel, _SS)]


def _parts(syllable: str) -> tuple[int, int, int]:
    """The numbers of the first consonant, the vowel and the final (0: none) of a syllable."""
    rest, final = divmod(ord(syllable) - _FIRST, _FINALS)
    return *divmod(rest, _VOWELS), final


def _syllable(first: int, vowel: int, final: int) -> str:
    return chr(_FIRST + (first * _VOWELS + vowel) * _FINALS + final)

"""The kinds of personal data that are masked in calls, and what stands in their place."""

from typing import Final

CARD_NUMBER: Final = "card number"
SECURITY_CODE: Final = "security code"
EXPIRY_DATE: Final = "expiry date"
PHONE_NUMBER: Final = "phone number"
EMAIL_ADDRESS: Final = "e-mail address"
NATIONAL_ID: Final = "national id"
BIRTH_DATE: Final = "date of birth"
BANK_ACCOUNT: Final = "bank account"
POSTAL_ADDRESS: Final = "address"

_KOREAN: Final = {
    CARD_NUMBER: "카드 번호",
    SECURITY_CODE: "보안 코드",
    EXPIRY_DATE: "유효 기간",
    PHONE_NUMBER: "전화번호",
    EMAIL_ADDRESS: "이메일 주소",
    NATIONAL_ID: "주민등록번호",
    BIRTH_DATE: "생년월일",
    BANK_ACCOUNT: "계좌 번호",
    POSTAL_ADDRESS: "주소",
}

KINDS: Final = tuple(_KOREAN)
"""Every kind, in the order in which people are shown them."""

CARD_KINDS: Final = (CARD_NUMBER, SECURITY_CODE, EXPIRY_DATE)
"""Everything of a payment card."""

ALWAYS_HIDDEN: Final = frozenset(CARD_KINDS)
"""Card data: no setting can leave it readable (PCI DSS 3.3.1)."""


def mask_text(kind: str, language: str) -> str:
    """What is read in place of personal data of a kind, in the language (code) of the turn.

    A kind that only another version of the program knows is read as it is called.
    """
    return f"[{_KOREAN.get(kind, kind) if language == 'ko' else kind}]"

"""Numbers with letters that nobody has to name: an IBAN, a national insurance number."""

import re

from callreview.analysis.personal_data.found import Taken
from callreview.analysis.personal_data.number_shapes import is_iban
from callreview.analysis.personal_data.spoken_runs import SpokenRuns
from callreview.analysis.word_times import word_starts, words_between
from callreview.domain.personal_data import BANK_ACCOUNT, NATIONAL_ID

_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_INSURANCE = re.compile(
    r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"
)


def find_written_ids(spoken: SpokenRuns, taken: Taken) -> None:
    """Add IBANs whose check digits are right, and national insurance numbers of the UK."""
    for number, turn in enumerate(spoken.turns):
        text = turn.text
        for pattern, kind in ((_IBAN, BANK_ACCOUNT), (_INSURANCE, NATIONAL_ID)):
            for match in pattern.finditer(text):
                if kind != BANK_ACCOUNT or is_iban(match.group().replace(" ", "")):
                    taken.take(number, words_between(word_starts(turn), *match.span()), kind)

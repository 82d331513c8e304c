"""The likeliest text of a window: found greedily, and with a beam where that is not sure.

Greedy decoding takes the likeliest token each time, a beam keeps the five likeliest texts at twice the
price. Clear speech gains nothing from it.
"""

from collections.abc import Sequence
from typing import Any

from callreview.speech.encoded import Encoded, together

# Hardly anybody says more (sample calls: 4.8 in a full window); a loop would go on while all other
# windows are done.
_TOKENS_PER_S = 6
_FEWEST_TOKENS = 32
# A text that is less likely than this (mean log probability of its tokens), or longer, is looked for
# again among several: a seventh of the windows of the real call, none of the clear sample calls. Word
# errors of spoken dialogues fall from 13.8 to 13.2 %. Nobody says so many tokens twice in a row.
_UNSURE = -0.35
_BEAM = 5
_BEAM_TOKENS_PER_S = 12
_REPEATED_TOKENS = 6
# A word or two alone are never likely, and a beam makes "ok ok" of "ok".
_SHORT_S = 4.0


def likeliest_texts(
    model: Any,  # noqa: ANN401 (a class of CTranslate2)
    encoded: Sequence[Encoded],
    prompts: Sequence[list[int]],
) -> list[Any]:
    """CTranslate2's results, with scores and the probability that nobody speaks, for each window."""
    results = _texts(model, encoded, prompts, _TOKENS_PER_S, beam_size=1)
    most = _most_tokens(encoded, _TOKENS_PER_S)
    unsure = [
        index
        for index, (window, result) in enumerate(zip(encoded, results, strict=True))
        if window.length_s >= _SHORT_S and _is_unsure(result, most)
    ]
    if unsure:
        again = _texts(
            model,
            [encoded[index] for index in unsure],
            [prompts[index] for index in unsure],
            _BEAM_TOKENS_PER_S,
            beam_size=_BEAM,
            no_repeat_ngram_size=_REPEATED_TOKENS,
        )
        for index, result in zip(unsure, again, strict=True):
            results[index] = result
    return results


def _texts(
    model: Any,  # noqa: ANN401 (a class of CTranslate2)
    encoded: Sequence[Encoded],
    prompts: Sequence[list[int]],
    tokens_per_s: int,
    **search: int,
) -> list[Any]:
    most = _most_tokens(encoded, tokens_per_s)
    results: list[Any] = model.generate(
        together(encoded),
        prompts,
        return_scores=True,
        return_no_speech_prob=True,
        # CTranslate2 stops at half of it, or at what the prompt leaves of it.
        max_length=most + max(most, *map(len, prompts)),
        **search,
    )
    return results


def _most_tokens(encoded: Sequence[Encoded], tokens_per_s: int) -> int:
    return max(_FEWEST_TOKENS, int(tokens_per_s * max(one.length_s for one in encoded)))


def _is_unsure(result: Any, most: int) -> bool:  # noqa: ANN401 (a class of CTranslate2)
    return result.scores[0] < _UNSURE or len(result.sequences_ids[0]) >= most

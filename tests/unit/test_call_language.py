from callreview.speech.call_language import HeardLanguages, choose_languages


def heard(speech_s: float, **probabilities: float) -> HeardLanguages:
    return HeardLanguages(probabilities, speech_s)


def test_a_few_mistaken_seconds_follow_the_rest_of_the_call() -> None:
    long, short = heard(28.0, ko=0.97, en=0.03), heard(2.0, ja=0.95, ko=0.05)
    assert [language for language, _p in choose_languages([long, short])] == ["ko", "ko"]


def test_an_unsure_channel_follows_the_other() -> None:
    sure, unsure = heard(20.0, en=0.99, ko=0.01), heard(20.0, cy=0.55, en=0.45)
    assert [language for language, _p in choose_languages([sure, unsure])] == ["en", "en"]


def test_a_channel_that_is_clearly_in_another_language_keeps_it() -> None:
    english, korean = heard(20.0, en=0.99, ko=0.01), heard(15.0, ko=0.98, en=0.02)
    assert choose_languages([english, korean]) == [("en", 0.99), ("ko", 0.98)]


def test_a_silent_channel_has_no_language() -> None:
    assert choose_languages([None, heard(9.0, fr=1.0)]) == [("", 0.0), ("fr", 1.0)]
    assert choose_languages([None, None]) == [("", 0.0)] * 2

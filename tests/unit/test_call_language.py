from callreview.speech.call_language import CallLanguage, HeardLanguages


def heard(speech_s: float, **probabilities: float) -> HeardLanguages:
    return HeardLanguages(probabilities, speech_s)


def languages(*windows: HeardLanguages) -> list[str]:
    """The language of each window, decided when all were heard."""
    call = CallLanguage()
    for window in windows:
        call.hear(window)
    return [call.of(window) for window in windows]


def test_a_few_mistaken_seconds_follow_the_rest_of_the_call() -> None:
    long, short = heard(28.0, ko=0.97, en=0.03), heard(2.0, ja=0.95, ko=0.05)
    assert languages(long, short) == ["ko", "ko"]


def test_an_unsure_window_follows_the_others() -> None:
    sure, unsure = heard(10.0, en=0.99, ko=0.01), heard(10.0, cy=0.55, en=0.45)
    assert languages(sure, unsure) == ["en", "en"]


def test_a_window_that_is_clearly_in_another_language_keeps_it() -> None:
    english, korean = heard(10.0, en=0.99, ko=0.01), heard(8.0, ko=0.98, en=0.02)
    assert languages(english, korean) == ["en", "ko"]


def test_before_any_speech_there_is_no_language() -> None:
    assert CallLanguage().shared() == ("", 0.0)
    assert CallLanguage().probability("en") == 0.0

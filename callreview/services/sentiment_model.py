"""Which model judges sentiment on this computer: CallReview's own, or another one.

The choice belongs to the person at this computer, as folders differ from computer to computer; each
call keeps the name and version of the model that judged it.
"""

from dataclasses import replace

from callreview.config.preferences import load_preferences, save_preferences

__all__ = ["checked_model", "sentiment_model", "use_sentiment_model"]

_TRIAL = "thank you for calling"


def sentiment_model() -> str | None:
    """The folder or hub name of the chosen model; None is CallReview's own."""
    return load_preferences().sentiment_model


def use_sentiment_model(model: str | None) -> str:
    """Judge calls by this model from now on (None or "": CallReview's own); return its name.

    It is loaded and tried first. Raises UserError when it cannot be used, EnvironmentProblem when
    there is not enough memory or the choice cannot be written; then nothing changes.
    """
    chosen = (model or "").strip() or None
    name = checked_model(chosen)
    save_preferences(replace(load_preferences(), sentiment_model=chosen))
    return name


def checked_model(model: str | None) -> str:
    """Load a model and let it judge one turn; return its name and version.

    Raises the errors of `use_sentiment_model`.
    """
    from callreview.analysis.sentiment.classifier import load_sentiment

    classifier = load_sentiment(model)
    classifier.classify([_TRIAL])
    return f"{classifier.name} {classifier.version}".strip()

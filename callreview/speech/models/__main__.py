"""`python -m callreview.speech.models` prepares the model that comes with CallReview."""

from callreview.speech.models.bundled import prepare_bundled

prepare_bundled()

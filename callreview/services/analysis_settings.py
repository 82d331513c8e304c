"""Everything a workspace sets for the analysis of its calls, read in one go."""

from callreview.analysis.settings import AnalysisSettings
from callreview.services.glossary import product_names
from callreview.services.keywords import load_lists
from callreview.services.personal_data import hidden_kinds
from callreview.services.sentiment_model import sentiment_model
from callreview.services.talk_thresholds import talk_thresholds
from callreview.services.topics import load_topics
from callreview.storage.workspace import Workspace


def load_settings(workspace: Workspace, sentiment: str | None = None) -> AnalysisSettings:
    """The settings of now; `sentiment` names another model than the chosen one for once."""
    return AnalysisSettings(
        lists=load_lists(workspace),
        sentiment=sentiment or sentiment_model(),
        hidden_kinds=hidden_kinds(workspace),
        talk=talk_thresholds(workspace),
        topics=load_topics(workspace),
        products=product_names(workspace),
    )

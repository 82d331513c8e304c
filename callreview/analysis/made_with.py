"""What an analysis was made with, as one short text: settings, rules and models."""

import hashlib
import json
from dataclasses import asdict
from functools import cache

from callreview.analysis.findings import find
from callreview.analysis.personal_data.mask import rules_with
from callreview.analysis.phrases import keywords
from callreview.analysis.settings import AnalysisSettings
from callreview.config.paths import resources_dir
from callreview.domain import sentiment

DEFINITIONS = {"phrases": keywords.DEFINITION, "findings": find.DEFINITION}
"""The versions of the rules that analyses are made with, by the part they belong to."""


def made_with(settings: AnalysisSettings) -> str:
    """The fingerprint of everything an analysis depends on beside the call; 12 characters."""
    data = {
        "settings": asdict(settings),
        "models": [
            settings.sentiment or _shipped("sentiment"),
            *map(_shipped, ("topics", "cards")),
        ],
        "rules": [*DEFINITIONS.values(), sentiment.DEFINITION, settings.talk.definition],
        "hidden": rules_with(settings.hidden_kinds),
    }
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, default=sorted)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@cache
def _shipped(model: str) -> str:
    """Id and version of a model that comes with CallReview."""
    path = resources_dir() / "models" / model / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    return f"{config['id']} {config['version']}"

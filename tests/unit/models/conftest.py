"""A tiny real model, a data folder of one's own, and a hub on this computer."""

from tests.model_fixtures import hub, models_dir, tiny

__all__ = ["hub", "models_dir", "tiny"]

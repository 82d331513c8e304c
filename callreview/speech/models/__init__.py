"""The speech models of this computer: the one that comes along, and those the user added or fetched.

`model_folder` says where a model lies; the modules beside say how models come and go.
"""

from callreview.speech.models.choosing import model_folder
from callreview.speech.models.whisper_folder import check_language

__all__ = ["check_language", "model_folder"]

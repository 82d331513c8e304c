"""The label of a finding alone, in words: what calls are chosen by and lists are headed with."""

from collections.abc import Mapping

from callreview.analysis.phrases.keyword_lists import load_shipped_lists
from callreview.analysis.topics.shipped import topic_title
from callreview.config.language import N_, _, current_language
from callreview.domain.finding import FindingKind
from callreview.services.personal_data import kind_name as personal_data_name

_NAMES: Mapping[FindingKind, Mapping[str, str]] = {
    "moment": {
        "fall": N_("mood falls"),
        "recovery": N_("mood recovers"),
        "worst_customer_turn": N_("customer most upset"),
        "best_agent_answer": N_("answer that helped"),
    },
    "complaint": {
        "explicit": N_("said so"),
        "went_wrong": N_("something went wrong"),
        "repeated_contact": N_("not the first contact"),
        "broken_promise": N_("promised before and not done"),
        "long_wait": N_("waited long"),
    },
    "purchase_given_up": {
        "price": N_("too dear"),
        "competitor": N_("has another provider"),
        "no_need": N_("no need"),
        "think_over": N_("wants to think it over"),
        "ask_someone": N_("has to ask somebody"),
        "contract": N_("contract"),
        "trust": N_("bad experience or no trust"),
        "no_time": N_("no time"),
        "missing_feature": N_("lacks what is needed"),
        "unavailable": N_("not to be had, or too late"),
        "effort": N_("too much work"),
        "unclear": N_("reason not said"),
    },
}


def label_name(kind: FindingKind, label: str) -> str:
    """The label of findings of a kind in the user's language; as it is where it is no key."""
    if kind == "personal_data":
        return personal_data_name(label)
    if kind in ("contact_reason", "topic"):
        return topic_title(label)
    if kind == "list_check":
        return list_title(label)
    known = _NAMES.get(kind, {})
    return _(known[label]) if label in known else label


def list_title(name: str) -> str:
    """The title of the keyword list that comes with this name; a list of one's own is its name."""
    titles = next((one.title for one in load_shipped_lists() if one.name == name), {})
    return titles.get(current_language()) or titles.get("en") or name

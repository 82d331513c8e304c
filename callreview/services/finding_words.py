"""What the machine found, in words: the one place for the screens and the command line."""

from collections.abc import Callable, Mapping

from callreview.config.language import N_, _
from callreview.domain.figure_text import signed
from callreview.domain.finding import Finding, FindingKind
from callreview.domain.transcript import Role
from callreview.services.finding_labels import label_name

KINDS: Mapping[FindingKind, str] = {
    "moment": N_("Moments worth hearing"),
    "contact_reason": N_("Contact reason"),
    "topic": N_("Topics"),
    "promise": N_("Promises"),
    "complaint": N_("Complaints"),
    "mention": N_("Mentions"),
    "question": N_("Questions"),
    "purchase_given_up": N_("Purchase given up"),
    "list_check": N_("Required phrases"),
    "personal_data": N_("Personal data"),
}

_MOMENTS = {
    "fall": N_("The customer's mood falls here, from {before} to {after}"),
    "recovery": N_("The customer's mood recovers here, from {before} to {after}"),
    "worst_customer_turn": N_("The customer is most upset here: {score} on a scale from -5 to +5"),
    "best_agent_answer": N_(
        "The answer that helped: the customer's mood goes from {before} to {after}"
    ),
}
_COMPLAINTS = {
    "explicit": N_("Complaint: {words}"),
    "went_wrong": N_("Something went wrong: {words}"),
    "repeated_contact": N_("Not the first contact: {words}"),
    "broken_promise": N_("Promised before and not done: {words}"),
    "long_wait": N_("Waited long: {words}"),
}
_ANSWERED = {
    "yes": N_("{who} asked, answered: {words}"),
    "no": N_("{who} asked, not answered: {words}"),
    "unclear": N_("{who} asked, unclear whether answered: {words}"),
}
_GIVEN_UP = {
    "price": N_("Did not buy: too dear"),
    "competitor": N_("Did not buy: has another provider"),
    "no_need": N_("Did not buy: no need"),
    "think_over": N_("Did not buy: wants to think it over"),
    "ask_someone": N_("Did not buy: has to ask somebody"),
    "contract": N_("Did not buy: bound by a contract, or does not want to be"),
    "trust": N_("Did not buy: bad experience or no trust"),
    "no_time": N_("Did not buy: no time"),
    "missing_feature": N_("Did not buy: lacks what is needed"),
    "unavailable": N_("Did not buy: not to be had, or too late"),
    "effort": N_("Did not buy: too much work"),
    "unclear": N_("Did not buy: reason not said"),
}


def kind_name(kind: FindingKind) -> str:
    """The heading over findings of a kind, in the user's language."""
    return _(KINDS[kind])


def describe(finding: Finding) -> str:
    """The finding in one line of the user's language; words of the call stand in quotes."""
    return _DESCRIBE.get(finding.kind, _label_only)(finding)


def who(role: Role) -> str:
    """Whoever has this role, as the subject of a sentence."""
    return {
        "agent": _("The agent"),
        "customer": _("The customer"),
        "ivr": _("The announcement"),
        "supervisor": _("The supervisor"),
        "unknown": _("Somebody"),
    }[role]


def quoted(words: str) -> str:
    """Words of the call between quotation marks."""
    return _("“{words}”").format(words=words)


def _label_only(finding: Finding) -> str:
    return finding.label or kind_name(finding.kind)


def _moment(finding: Finding) -> str:
    if finding.label not in _MOMENTS:
        return _label_only(finding)
    known = finding.details
    return _(_MOMENTS[finding.label]).format(
        before=_signed(known.get("from", "")),
        after=_signed(known.get("to", "")),
        score=_signed(known.get("score", "")),
    )


def _signed(figure: str) -> str:
    return signed(float(figure)) if figure else ""


def _contact_reason(finding: Finding) -> str:
    topic = label_name("contact_reason", finding.label)
    return _("Called about: {topic}").format(topic=topic)


def _topic(finding: Finding) -> str:
    return _("Topic: {topic}").format(topic=label_name("topic", finding.label))


def _promise(finding: Finding) -> str:
    what = quoted(finding.details.get("what", ""))
    when = finding.details.get("when")
    if when:
        text = _("{who} promised for {when}: {what}")
        return text.format(who=who(finding.role), when=quoted(when), what=what)
    return _("{who} promised: {what}").format(who=who(finding.role), what=what)


def _complaint(finding: Finding) -> str:
    text = _COMPLAINTS.get(finding.label, _COMPLAINTS["explicit"])
    return _(text).format(words=quoted(finding.details.get("what", "")))


def _mention(finding: Finding) -> str:
    competitor = finding.details.get("what") == "competitor"
    text = _("{who} named a competitor: {name}") if competitor else _("{who} named {name}")
    return text.format(who=who(finding.role), name=quoted(finding.label))


def _question(finding: Finding) -> str:
    text = _ANSWERED.get(finding.details.get("answered", ""), _ANSWERED["unclear"])
    words = quoted(finding.details.get("what", ""))
    return _(text).format(who=who(finding.role), words=words)


def _purchase_given_up(finding: Finding) -> str:
    text = _(_GIVEN_UP.get(finding.label, _GIVEN_UP["unclear"]))
    why = finding.details.get("why")
    return f"{text}: {quoted(why)}" if why else text


def _list_check(finding: Finding) -> str:
    name = label_name("list_check", finding.label)
    if finding.details.get("check") == "missing":
        return _("Not said: {list}").format(list=name)
    words = quoted(finding.details.get("words", ""))
    return _("Said though it may not be ({list}): {words}").format(list=name, words=words)


def _personal_data(finding: Finding) -> str:
    name = label_name("personal_data", finding.label)
    return name[:1].upper() + name[1:]


_DESCRIBE: Mapping[FindingKind, Callable[[Finding], str]] = {
    "moment": _moment,
    "contact_reason": _contact_reason,
    "topic": _topic,
    "promise": _promise,
    "complaint": _complaint,
    "mention": _mention,
    "question": _question,
    "purchase_given_up": _purchase_given_up,
    "list_check": _list_check,
    "personal_data": _personal_data,
}

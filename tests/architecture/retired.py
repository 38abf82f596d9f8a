"""Identifiers that were retired, and what is said instead (decision 0031).

A name is cut into words at underscores and capitals. Words in `RETIRED` may stand in no name of a
module, class, function or attribute, but for the names in `ORDINARY`, each with its reason.
"""

RETIRED = {
    "house": "system",
    "hall": "request lifecycle",
    "roof": "application factory",
    "floor": "layer",
    "floors": "layers",
    "door": "endpoint",
    "doors": "endpoints",
    "desk": "service",
    "desks": "services",
    "stairs": "layers",
    "matter": "resource",
    "matters": "resources",
    "letter": "e-mail, or template of one",
    "letters": "e-mails",
    "stationery": "mail settings",
    "thing": "row of a named dataclass",
    "things": "related rows",
    "brought": "loaded together",
    "looks": "template filters",
    "hang": "add a condition",
    "unhang": "remove a condition",
    "gathering": "limits",
    "settling": "transitions",
    "addressing": "recipients",
    "nudge": "remind",
    "nudged": "reminded",
    "remark": "comment",
    "remarks": "comments",
    "wish": "suggestion",
    "wishes": "suggestions",
    "law": "policy",
    "perform": "transition",
    "paper": "document, or PDF",
    "papers": "documents",
    "tell": "notify",
    "told": "notified",
    "voice": "statement",
    "voices": "statements",
}
# Whole names, retired in one meaning: the kind of a policy, the sort of a row, the clause of a
# relation, the part of a resource, the note of an act.
RETIRED_NAMES = {
    "Kind": "ResourceType",
    "KINDS": "RESOURCE_TYPES",
    "OutboxLetter": "OutboxEmail",
    "promisor_hand": "may_act_for_promisor",
    "own_hand": "may_act_for_author",
    "keep_time": "apply_due_transitions",
    "keep_silence": "adopt_if_unopposed",
    "reach": "audience_preview",
    "taking_up": "from_action_items",
    "acting": "agreement, publishing, phases, action_items",
    "upon": "related rows",
    "enter": "authorize",
}
# Plain English in a sentence, which the name of a test is.
SENTENCES = frozenset(
    [
        "hang",
        "house",
        "letters",
        "letter",
        "looks",
        "matter",
        "paper",
        "papers",
        "tell",
        "thing",
        "things",
        "told",
        "voice",
        "voices",
    ]
) - {"house", "letter"}
# Names in which such a word has its ordinary meaning.
ORDINARY = {
    "Door": "the entrance of a forged provider, which other origins come through",
    "beside_law": "law beside a clause: treaties, not the policy",
    "letters": "the letters of a word",
    "looks": "what somebody looks at",
    "restates_law": "a norm that restates international law",
    "tell": "plays the story of a world",
    "test_law_beside_a_clause_is_shown_with_its_status_and_when_it_applies": "international law",
    "test_law_stands_beside_the_norms_each_with_its_status": "international law",
    "test_only_what_restates_law_speaks_of_duties": "international law",
    "test_the_first_strong_letter_says_it": "a letter of a script (UAX #9)",
}

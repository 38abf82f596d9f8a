"""Every noun of the policy has an entry, and what an entry has none of it says with a reason."""

from flask import Flask
from sqlalchemy import Integer, inspect

from portal.access import sub_resource
from portal.catalogue import NOUNS, Activity, Menu, Search, Without
from portal.rules import READ, RESOURCE_TYPES, SUB_RESOURCES
from tests.cast import NOW


def test_every_noun_of_the_policy_has_one_entry() -> None:
    assert sorted(noun.name for noun in NOUNS) == sorted(RESOURCE_TYPES)
    for noun in NOUNS:
        assert noun.policy is RESOURCE_TYPES[noun.name]


def test_a_reference_tells_which_noun_it_is_of() -> None:
    prefixes = [one.prefix for one in RESOURCE_TYPES.values()]
    assert sorted(set(prefixes)) == sorted(prefixes)


def test_an_edition_is_a_number_as_the_trail_keeps_it() -> None:
    columns = [inspect(one.model).columns.get("edition") for one in RESOURCE_TYPES.values()]
    types = {type(column.type) for column in columns if column is not None}
    assert types == {Integer}


def test_what_an_entry_is_without_has_a_reason() -> None:
    without = {
        (noun.name, field): value.reason
        for noun in NOUNS
        for field, value in vars(noun).items()
        if isinstance(value, Without)
    }
    assert all(len(reason) > 20 for reason in without.values())
    may_lack = {
        "menu",
        "ties",
        "norm_tags",
        "serves",
        "ladders",
        "tasks",
        "dates",
        "due",
        "email_context",
        "news",
        "calendar_entry",
    }
    bare = ("office", "readiness", "training", "alternates")
    assert {field for name, field in without if name not in bare} == may_lack, (
        "only the office, self-checks and completions have no activity and no search"
    )


def test_the_pages_and_verbs_that_entries_name_are_there(app: Flask) -> None:
    for noun in NOUNS:
        verbs = {READ, *noun.policy.verbs}
        assert noun.title_verb in verbs
        if not isinstance(noun.endpoint, Without):
            assert noun.endpoint in app.view_functions, noun.name
        if isinstance(noun.menu, Menu):
            assert noun.menu.endpoint in app.view_functions, noun.name
        if isinstance(noun.activity, Activity):
            named = {*noun.activity.to_holders, *noun.activity.named_to}
            assert named <= verbs, (noun.name, named - verbs)
            for verb, sentence in noun.activity.sentences.items():
                assert "%(what)s" in sentence, (noun.name, verb)
        if isinstance(noun.search, Search):
            assert noun.search.verb in verbs
            assert noun.search.sources or noun.search.names, noun.name


def test_every_state_has_its_word() -> None:
    for noun in NOUNS:
        assert set(noun.states) == set(noun.policy.states), noun.name
        assert all(noun.states.values())


def test_no_act_is_news_both_to_all_and_to_few() -> None:
    for noun in NOUNS:
        if isinstance(noun.activity, Activity):
            groups = [noun.activity.to_readers, *noun.activity.to_holders.values()]
            acts = [act for group in groups for act in group]
            assert len(acts) == len(set(acts)), noun.name


def test_words_of_a_part_with_readers_of_its_own_are_asked_about() -> None:
    for noun in NOUNS:
        if not isinstance(noun.search, Search):
            continue
        for source in noun.search.sources:
            if source.row in SUB_RESOURCES:
                assert source.part is source.row, source.words.name
                assert sub_resource(source.row, 1, NOW) is not None
            assert inspect(source.row).mapper.class_ is source.row

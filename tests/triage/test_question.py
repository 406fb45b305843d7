"""A question goes into a receipt and comes out of it whole."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from triage.core.facts import Facts, Presence, Sex
from triage.core.wording import Speaker
from triage.question import (
    LivePage,
    Overdue,
    Question,
    RepeatContact,
    read_question,
    write_question,
)

names = st.sampled_from(["a", "b2", "c_c"])
facts = st.builds(
    lambda findings, age, sex: Facts(findings, sex=sex, **age),
    st.dictionaries(names, st.sampled_from(Presence)),
    st.sampled_from([{}, {"age_years": 0}, {"age_years": 130}, {"age_months": 23}]),
    st.sampled_from(Sex),
)
questions = st.builds(
    Question,
    facts,
    st.sampled_from(["generic", "GB"]),
    st.sampled_from(Speaker),
    st.lists(st.builds(LivePage, names, st.sampled_from(["en", "hi"]), st.integers(1, 9))).map(
        tuple
    ),
    st.lists(
        st.builds(
            Overdue, st.none() | names, st.sampled_from([date(2026, 1, 1), date(2027, 12, 31)])
        )
    ).map(tuple),
    st.none() | st.builds(RepeatContact, names, st.lists(names).map(tuple)),
)


@given(questions)
def test_what_was_written_is_read_again(question: Question) -> None:
    assert read_question(write_question(question)) == question


def test_the_order_of_the_answers_leaves_no_trace() -> None:
    one = Question(Facts({"b": Presence.PRESENT, "a": Presence.PRESENT}))
    other = Question(Facts({"a": Presence.PRESENT, "b": Presence.PRESENT}))

    assert str(write_question(one)) == str(write_question(other))

"""Findings in free text: what somebody says is there or not, and in which words. Pure.

It suggests and never decides. What is uncertain is left out, since unknown is safe; the worst error
is a warning sign that is called absent, so a denial has to be plain and has to deny all of it.
The method is that of NegEx and ConText (Chapman 2001, Harkema 2009), written for lay people.
"""

from triage.parsing.reader import Reader, Suggestion, Words

__all__ = ["Reader", "Suggestion", "Words"]

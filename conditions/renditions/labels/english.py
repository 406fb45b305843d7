"""English."""

from typing import Final

from conditions.renditions.labels.words import Labels

ENGLISH: Final = Labels(
    also_called="Also called",
    red_flags="When to get medical help",
    urgency=(
        "Self-care: you can look after this at home",
        "Routine: book an appointment",
        "Urgent: be seen today",
        "Emergency: call an ambulance or go to an emergency department now",
    ),
    suspects="May be a sign of",
    summary="In short",
    on_this_page="On this page",
    causes="Possible causes",
    urgency_of_cause="How soon to be seen",
    read_more="Read more about",
    figures="Pictures",
    credit="Credit",
    faqs="Questions people ask",
    references="References",
    reference="Reference",
    checked_on="checked on",
    related="Related pages",
    about="About this page",
    last_reviewed="Last reviewed",
    next_review="Next review due",
    not_reviewed="Not yet reviewed by a clinician",
    unsigned=(
        "No clinician has signed this edition yet. It was published in an emergency and is shown "
        "until {until} at the latest unless a clinician signs it. The reason: {reason}"
    ),
    overdue=(
        "The review of this page is overdue: it was due by {date}. Parts of it may be out of date."
    ),
    published="Published",
    edition="Edition",
    signed_by="Signed by",
    sign_off_roles={"clinical": "clinical", "editorial": "editorial"},
    conflicts="Conflicts of interest",
    contributor_roles={
        "author": "Author",
        "editor": "Editor",
        "illustrator": "Illustrator",
        "patient_adviser": "Patient adviser",
        "translator": "Translator",
    },
    publisher="Publisher",
    demonstration="Demonstration content: the publisher and the reviewers are fictional.",
    demonstration_publisher="A demonstration publisher, not a real organisation.",
    license="Licence",
    disclaimer="Important",
    home="Home",
    languages={"en": "English", "es": "Spanish", "hi": "Hindi"},
    translated="This page is translated from {language}, from edition {edition}.",
    read_source="Read the page that it was translated from",
    translated_in_part="Only a part of that page is here.",
    translation_unreviewed=(
        "The translation still needs a translator's review: no translator has checked it yet."
    ),
    stale=(
        "This translation may be out of date: the page that it was translated from has changed "
        "since."
    ),
    source_withdrawn=(
        "The page that this was translated from has been withdrawn. What you read here may be "
        "wrong."
    ),
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    date="{day} {month} {year}",
)

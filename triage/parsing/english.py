"""What lay people's English needs: words that say the same, and words that turn a finding round.

About the language, never about one condition: that is what a protocol's own words are for.
"""

from typing import Final

LANGUAGE: Final = "en"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SILENT: Final = _words(
    """a an the is are was were be been being am i me my mine myself we our you your yours he she it
    its his her him their they them this that these those there here of in on at to for from with by
    as and or have has having got get go going gone went do does did doing can will would could
    should may very really quite so too just bit little some any about around over up out i'm
    i've im ive he's she's it's it'd i'd you're they're there's theres that's feels look looks
    looking seem seems become becomes turned turning clearly usual usually then than one more most
    someone somebody somewhere something when where which who else other also still now again since
    into onto side area whole-body kind sort type new lately recent recently unusually trying
    meaning between comes come came another such similar much more onset"""
)
"""Words that carry no finding of their own."""

NEGATIONS: Final = _words(
    """no non not never neither nor none denies deny denied denying nil isn't aren't wasn't
    weren't don't doesn't didn't haven't hasn't hadn't won't wouldn't isnt arent wasnt werent dont
    doesnt didnt havent hasnt hadnt wont wouldnt ain't nobody nothing cannot absent negative free
    lack lacks lacking rather"""
)
WITHOUT: Final = "without"
UNSURE_NEGATIONS: Final = _words(
    "nobody nothing none absent negative free lack lacks lacking rather"
)
"""Negations that may be about something else: 'nothing for my pain', 'free of pain since'."""
ASKED: Final = _words("my it he she his her the this that i you there we they")
"""After a negation at the beginning, they make a question: 'isn't my …'."""
EXCEPTIONS: Final = _words("except apart unless until while whereas when")
"""Beginning the next statement, they take something back from a denial."""

CANNOT: Final = "cannot"
NOT: Final = "not"

PHRASES: Final[dict[str, tuple[str, ...]]] = {
    CANNOT: (
        "can't",
        "cant",
        "can not",
        "cannot",
        "couldn't",
        "couldnt",
        "could not",
        "unable to",
        "unable",
        "not able to",
        "not able",
        "no longer able to",
        "no longer able",
        "no longer can",
        "isn't able to",
        "can no longer",
        "can't any longer",
        "impossible to",
        "struggle to",
    ),
    "breathless": (
        "short of breath",
        "shortness of breath",
        "out of breath",
        "breathless",
        "breathlessness",
        "trouble breathing",
        "difficulty breathing",
        "struggling to breathe",
        "hard to breathe",
        "cannot breathe",
        "can't breathe",
        "cant breathe",
    ),
    "worsening": ("getting worse", "gets worse", "got worse", "worsening", "worse every day"),
    "improving": ("getting better", "gets better", "getting any better", "improving"),
    "clot": ("blood clot", "blood clots", "clot", "clots", "dvt", "deep vein thrombosis", "dvts"),
    "tiptoe": (
        "tiptoe",
        "tiptoes",
        "tip toe",
        "tip toes",
        "stand on tiptoe",
        "stand on tiptoes",
        "stand on my toes",
        "go up on my toes",
        "go up on the toes",
        "going up on the toes",
        "rise on my toes",
        "stand on toes",
        "on toes",
        "rise on toes",
    ),
    "faint": ("passed out", "pass out", "blacked out", "fainted", "faint", "fainting"),
    "back-of": ("back of", "back and"),
    "urine": ("urine", "wee", "pee", "urinate", "pass urine", "pass water", "passing urine"),
    "weight-lost": ("lost weight", "losing weight", "weight loss", "loss of weight", "lose weight"),
    "blood-pressure": ("blood pressure", "bp"),
    "blood-thinner": ("blood thinner", "blood thinners", "anticoagulant", "anticoagulants"),
    "bed-rest": ("bed rest", "stuck in bed", "confined to bed"),
}
"""Several words that are read as one. Whatever they say is the same, and is found alone too."""

ALIKE: Final[dict[str, frozenset[str]]] = {
    "~pain": _words("pain pains painful hurt hurts hurting ache aches aching achy sore soreness"),
    "~swell": _words("swell swells swelled swollen swelling puffy puff puffs puffed oedema edema"),
    "~numb": _words("numb numbness"),
    "~red": _words("red redness reddish reddened"),
    "~darker": _words("darker dusky darkened"),
    "~purple": _words("purple purplish violet"),
    "~grey": _words("grey gray greyish grayish"),
    "~blue": _words("blue bluish"),
    "~pale": _words("pale paler white"),
    "~hot": _words("hot hotter warm warmer heat"),
    "~cold": _words("cold colder icy freezing"),
    "~hard": _words("hard hardened"),
    "~foot": _words("foot feet"),
    "~tight": _words("tight tightness"),
    "~bigger": _words("bigger larger"),
    "~breath": _words("breath breathe breathing"),
    "~fast": _words("fast quick rapid racing"),
    "~heart": _words("heart heartbeat"),
    "~press": _words("press pressed pressing touch touched touching"),
    "~lost": _words("lost lose losing loss"),
    "~past": _words("had previous previously past ever before earlier"),
    "~relative": _words(
        "relative relatives family mother mum mom mam father dad parent parents sister brother"
    ),
    "~child": _words("child son daughter toddler boy girl kid baby infant"),
    "~bend": _words("bend bends bent bending"),
    "~fall": _words("fall falls fell falling fallen"),
    "~chemo": _words("chemo chemotherapy"),
    "~discolour": _words("discoloured discolored discolouration discoloration"),
}
"""Words that say the same next to another word: 'sore calf', 'calf aches'."""

AMBIGUOUS: Final = _words(
    """cold heat fluid heavy mass plane cast cut pop snap crack sugar brace leak jump hit lump
    bite plaster settl track"""
)
"""Stems that mean a finding only as a thing: 'a pop', 'have a cold'."""
ARTICLES: Final = _words("a an the have had got heard felt this in another")

BODY: Final = _words(
    """calf calv leg foot feet toe ankl knee thigh hip chest arm hand heel shin head stomach belli
    neck shoulder face finger wrist elbow groin buttock eye ear back-of tummi bottom throat joint"""
)
"""Stems of the parts of a body, as far as people name them."""

STARTERS: Final = _words(
    """i my the it he she his her there we they its i'm i've im ive he's she's it's there's this
    that now still also then no not never cannot don't dont doesn't didn't haven't has have had is
    was are am feel feels felt can do does did isn't a an got you your"""
)
"""After a comma or 'and', these begin another statement."""

TURNS: Final = _words(
    "but however although though except because apart yet while whereas unless until so"
)
"""Words at which a negation ends."""

TRANSPARENT: Final = _words(
    """any a an the my his her their of sign signs evidence history have has had got get getting
    been be is feel feels feeling look looks having experiencing experienced taking take takes
    really at all in ever suffer suffering known some i am are does do from i'm it"""
)
"""Words between a negation and what it denies that leave the denial plain."""

AFTER_DENIAL: Final = _words(
    """at all either in on of my the whatsoever leg calf foot or nor and to touch here ok thanks
    tablets please a an any"""
)
"""What may follow a denial in its statement without making it less than a denial."""

NOT_DENIED: Final = (
    "not only",
    "not just",
    "no doubt",
    "no wonder",
    "no surprise",
    "cannot stop",
    "can't stop",
    "cant stop",
    "cannot sleep",
    "not merely",
)
"""Phrases with a negation that deny nothing of what follows."""

OPEN: Final = (
    "if",
    "in case",
    "wish",
    "hope",
    "hoping",
    "hardly",
    "barely",
    "scarcely",
    "worried about",
    "worried it",
    "worried that",
    "worried",
    "worry",
    "afraid",
    "scared",
    "fear",
    "could it",
    "could this",
    "could be",
    "might",
    "may be",
    "maybe",
    "perhaps",
    "possibly",
    "possible",
    "should i",
    "what if",
    "wonder",
    "wondering",
    "risk of",
    "whether",
    "unless",
    "suspect",
    "suspected",
    "told me to",
    "told to",
    "look out",
    "watch for",
    "watch out",
    "come back if",
    "not sure",
    "unsure",
    "don't know",
    "dont know",
    "do not know",
    "don't think",
    "dont think",
    "do not think",
    "think it",
    "rule out",
    "ruled out",
    "tested for",
    "check for",
    "checked for",
    "prevent",
    "avoid",
    "prone to",
    "used to",
    "gone away",
    "went away",
    "has gone away",
    "is gone",
    "no longer",
    "cleared up",
    "gone down",
    "went down",
    "normal",
    "normally",
    "fine",
    "said",
    "would",
    "as a child",
    "when i was",
    "nobody",
    "no one",
    "cousin",
    "stopped",
    "any more",
    "anymore",
)
"""Phrases after or around which nothing is sure: asked, feared, past, over, or as it should be."""

ENDS_OPEN: Final = frozenset({"gone", "over"})
"""As the last word: it is no more."""

LIKE: Final = ("as if", "like if", "as though")
"""Comparisons that are no condition: 'as if somebody kicked me'."""

CARRIERS: Final = _words("it it's its they feels feel looks look is isn't has was they're")
"""Beginning a statement, alone or after 'and', they speak of what the last one was about."""

PAST_DENIAL: Final = _words("was were wasn't weren't wasnt werent yesterday initially first before")
"""What makes a denial one of the past."""

PEOPLE: Final = _words(
    """husband wife partner friend neighbour neighbor uncle aunt cousin grandmother grandfather gran
    nan grandma grandad colleague flatmate boyfriend girlfriend dog cat"""
)
FIRST_PERSON: Final = _words("i i'm i've im ive i'd me myself")

SIDES: Final = _words("left right other good opposite healthy")
"""A denial for one side says nothing about the other."""

ANSWERS: Final = _words("no none yes nil")
"""Before a comma, they end what they answer."""

DENIALS_AFTER: Final = _words("no none absent negative nil denied")
"""'fever: no', 'chest pain denied'."""

DAYS: Final[dict[str, int]] = {"day": 1, "week": 7, "month": 30, "year": 365}
NUMBERS: Final[dict[str, int]] = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
} | {"a": 1, "an": 1, "couple": 2, "few": 3, "several": 4, "last": 1}

ALL_WORDS: Final = frozenset(
    word
    for texts in (
        SILENT,
        NEGATIONS,
        TURNS,
        TRANSPARENT,
        AFTER_DENIAL,
        STARTERS,
        PEOPLE,
        OPEN,
        NOT_DENIED,
        *PHRASES.values(),
    )
    for text in texts
    for word in text.split()
)
"""Words that are spelt as they are meant."""

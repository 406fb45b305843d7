"""Words that are in every text and in many questions, by language, without accents. Pure.

Short on purpose: a word that is looked for in vain is worse than one that tells little. Languages
that are not here have none; there, words that are everywhere count for next to nothing anyway.
"""

from typing import Final

_LISTS: Final = {
    "en": """
        a about after all also am an and any are as at be been being but by can cannot could d did
        do does doing don for from get gets getting got had has have having he her hers him his how
        i if in into is it its just ll m may me might my no not of on or our ours s she should so
        some such t than that the their them then there these they this those to too ve very was we
        were what when where which while who why will with would you your yours isn aren doesn won
    """,
    "es": """
        a al algo algun alguna ante como con cual cuales cuando cuanto de del desde donde el ella
        ellas ellos en entre era es esa ese eso esta estan estar este esto estos fue ha han hasta
        hay he la las le les lo los mas me mi mis muy ni nos o os para pero por porque puede pueden
        puedo que quien se ser si sin sobre son su sus tambien te tengo ti tiene tienen tu tus un
        una unas uno unos y ya yo
    """,
    "hi": """
        और का की के को में से है हैं था थी थे हो होना होता होती होते कर करना करता करते करें किया ने
        पर यह यहां ये वह वे इस इसे इसका इन उस उसे उसका उन एक या तो भी ही क्या क्यों कब कैसे कौन मैं
        मेरा मेरी मेरे मुझे हम हमें आप आपका आपकी आपके आपको अपना अपने अपनी तक लिए साथ जो जब तब अगर
        यदि रहा रही रहे गया गई गए जा जाता जाती जाते सकता सकती सकते द्वारा बहुत कुछ कोई
    """,
    "fr": """
        a ai au aux avec c ce ces cet cette comment d dans de des donc du elle elles en est et etait
        etre eu fait il ils j je l la le les leur leurs lui m ma mais me mes moi mon n nos notre
        nous on ou par pas peut pour pourquoi qu quand que quel quelle qui s sa sans se ses si son
        sont sur t ta te tes toi ton tu un une vos votre vous y
    """,
    "de": """
        aber als am an auch auf aus bei bin bis da dann das dass dem den der des die dies diese
        diesem diesen dieser doch du durch ein eine einem einen einer eines er es fur habe haben hat
        hatte hatten ich ihr ihre ihrem ihren im in ist ja kann konnen man mein meine meinem meinen
        meiner mich mir mit nach nicht noch nur ob oder sein seine sich sie sind so uber um und uns
        vom von vor war waren warum was wenn wer werden wie wieder wir wird wo zu zum zur
    """,
    "it": """
        a ad ai al alla alle anche c che chi ci come con cosa d da dal dalla dei del della delle di
        dove e ed era gli ha hai hanno ho i il in io l la le lo loro lui ma me mi mia mio ne nei nel
        nella non o per perche piu puo quando quello questa questo si sia sono su sua suo te ti tra
        tu un una uno
    """,
    "pt": """
        a ao aos as ate com como da das de dela dele do dos e ela elas ele eles em entre era essa
        esse esta este eu foi ha isso isto ja lhe mais mas me meu minha muito na nao nas no nos o os
        ou para pela pelo por porque pode qual quando que quem se sem ser seu sua suas sao tambem te
        tem um uma voce
    """,
}

STOP_WORDS: Final = {language: frozenset(words.split()) for language, words in _LISTS.items()}
"""Words by language."""

"""Small words that say nothing of what a text is about.

They are indexed (a phrase may need them) and only left out of ranking and coverage when the query has other words.
Written folded, without accents, as `analysis.fold_word` gives them.
"""

from __future__ import annotations

from collections.abc import Iterable

_LISTS = {
    "en": """a about after against all also am among an and any are as at be because been before being between both
        but by can could did do does doing done down during each either else ever every few for from
        further get gets give go got had has have having he her here hers him his how however i if in
        into is it its itself just let like made make makes many may me might more most much must my
        need neither no nor not of off on once one only onto or other others ought our ours out over own
        per please really same shall she should show since so some such take tell than that the their
        theirs them themselves then there these they this those through to too toward towards under
        until up upon us use used using very via was we well were what whatever when where whether which
        while who whom whose why will with within without would yes yet you your yours don t s re ve ll""",
    "fr": """a afin ai ainsi alors apres as au aucun aucune aupres aussi autre autres aux avait avant avec avoir c ca
        car ce ceci cela celle celles celui ces cet cette ceux chaque chez comme comment contre d dans
        de depuis des donc dont du elle elles en encore ensuite entre es est et etaient etait etant ete
        etre eu eux fait faire font ici il ils j je jusque l la le les leur leurs lors lui m ma mais me
        meme memes mes moi moins mon n ne ni non nos notre nous on ont ou par parce parmi pas peu peut
        peuvent plus plusieurs pour pourquoi qu quand que quel quelle quelles quelque quelques quels qui
        quoi s sa sans se selon sera ses si son sont sous sur ta te tes toi ton tous tout toute toutes
        tres tu un une vers voir vos votre vous y""",
    "es": """a al algo algun alguna algunas algunos ante antes aquel aquella asi aun aunque cada como con contra cual
        cuales cuando cuanto cuantos de del desde donde dos durante e el ella ellas ellos en entre era
        eran es esa esas ese eso esos esta estaba estan estas este esto estos fue fueron ha haber habia
        han hasta hay hacer la las le les lo los mas me mi mientras mis mucho muchos muy nada ni no nos
        nosotros nuestra nuestro o os otra otras otro otros para pero poco por porque pueden puede que
        quien quienes se sea segun ser si sido sin sino sobre son su sus tal tambien tanto te tiene
        tienen toda todas todo todos tras tu un una unas uno unos usted y ya yo""",
    "pt": """a ainda ao aos apos aquela aquele aquilo as ate cada com como da das de dela dele delas deles desde do
        dos e ela elas ele eles em entre era essa essas esse esses esta estas este estes estao foi foram
        ha isso isto ja lhe mais mas me mesmo meu minha muito na nas nao nem no nos nossa nosso num numa
        o os ou outra outras outro outros para pela pelas pelo pelos por porque qual quais quando que
        quem se sem ser seu seus sobre sua suas tambem tem ter todas todos um uma voce""",
    "it": """a ad agli ai al alla alle allo anche avere c che chi ci come con contro cui da dagli dai dal dalla dalle
        degli dei del della delle dello di dopo dove due e ed era erano essere gli ha hanno i il in io l
        la le lei li lo loro lui ma mi molto ne negli nei nel nella nelle no noi non nostra nostro o
        ogni per perche piu prima quale quali quando quanto quella quelle quelli quello questa queste
        questi questo qui se sei senza si sia sono sopra su sua sue sugli sui sul sulla sulle suo suoi
        tra tutte tutti tutto un una uno vi voi""",
    "de": """aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis bist da
        damit dann das dass dem den denn der des dessen die dies diese diesem diesen dieser dieses doch
        dort du durch ein eine einem einen einer eines er es etwas fur gegen haben hat hatte hatten hier
        ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ist ja jede jedem jeden jeder jedes kann kein
        keine keinen konnen man mehr mein mit muss nach nicht noch nun nur ob oder ohne sehr sein seine
        seinem seinen seiner sich sie sind so sollte sondern uber um und uns unser unter viel viele vom
        von vor war waren was weil wenn wer werden wie wieder wir wird wo wurde wurden zu zum zur
        zwischen""",
    "nl": """aan al alle als bij dan dat de deze die dit door een en er had haar heeft het hij hoe hun ik in is je
        kan maar me met mijn na naar niet nog nu of om omdat onder ons ook op over te tegen toen tot uit
        van veel voor waar want was wat we wel welke werd wie wij worden zal ze zich zij zijn zo zonder
        zou""",
    "ar": """في من على الى عن ان كان كانت هذا هذه ذلك تلك التي الذي الذين ما ماذا لا لم لن هو هي هم مع او و ثم قد كل
        بعض بين بعد قبل عند حتى كيف متى اين هل اي اذا لكن غير""",
}
STOP_WORDS = {language: frozenset(words.split()) for language, words in _LISTS.items()}


def stop_words_for(words: Iterable[str]) -> frozenset[str]:
    """The stop words of the language that most of these (folded) small words belong to; English breaks a tie.

    A query is too short to tell its language in general, but its small words do: "die" is one beside "der Kinder" only.
    """
    typed = list(words)
    best = max(STOP_WORDS, key=lambda language: sum(word in STOP_WORDS[language] for word in typed))
    return STOP_WORDS[best]

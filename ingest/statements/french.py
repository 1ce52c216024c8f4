"""The French cues; see ``cues`` for how they are made.  Headings are compared without accents, so theirs have none."""

from __future__ import annotations

from corpus.model import StatementKind as K
from ingest.statements.lexicon import Lexicon, Relayed, Sign

FRENCH = Lexicon(
    language="fr",
    cues={
        K.RECOMMENDATION: {
            3: """
                recommande|recommandons|recommandent
                il est|serait recommandé|conseillé|suggéré|proposé|préconisé
                il est|serait souhaitable|nécessaire|important|utile|essentiel
                il est|serait * recommandé|conseillé|souhaitable|nécessaire|indispensable|opportun
                il faut|faudrait|convient|conviendrait|importe
                doit|doivent|devrait|devraient
                est|sont invité|invités|invitée|invitées|encouragé|encouragés|appelé|appelés à|à
                gagnerait|gagneraient à
                pourrait|pourraient * être envisagé|envisagée|envisagés|envisagées|étudié|étudiée|étudiés|étudiées
                serait|seraient * utile|utiles|souhaitable|souhaitables|bienvenu|bienvenue|nécessaire|nécessaires
                mérite|méritent|mériterait|mériteraient d'|de
            """,
            2: """
                pourrait|pourraient envisager|considérer|utilement
                est|sont|reste|demeure nécessaire|indispensable|impératif|essentiel|requis
                à l' avenir
                ^ renforcer|développer|assurer|mettre|établir|améliorer
                ^ promouvoir|élargir|adopter|créer|poursuivre|prévoir
                ^ fournir|encourager|investir|allouer|faciliter|intégrer
                ^ impliquer|prioriser|veiller|élaborer|former|organiser
                ^ clarifier|garantir|accroître|appuyer|soutenir|réviser|harmoniser|maintenir|définir|doter
                a|ont besoin d'|de
            """,
            1: """
                ^ évaluer|explorer|examiner|étudier|identifier|sensibiliser
                prochaines|prochains|futures|futurs phases|projets|programmes|interventions
            """,
        },
        K.LESSON: {
            3: """
                leçon~ apprise|apprises|tirée|tirées
                enseignement|enseignements * tiré|tirés
                l'|cette expérience montre|démontre|confirme|suggère
                facteur|facteurs * clé|clés|succès|réussite|déterminant|déterminants
                aurait|auraient pu|dû|permis|été
            """,
            2: """
                est|sont|s'|a|ont * essentiel|essentielle|crucial|cruciale
                est|sont|s'|a|ont * déterminant|déterminante|primordial|primordiale
                s' est|sont avéré|avérée|avérés|avérées
                l' importance d'|de|du|des
                la nécessité d'|de
                dépend|dépendent|dépendait d'|de|du|des|largement
                joue|jouent|joué|jouait un rôle * important|crucial|clé|essentiel|central
                rôle central|crucial|clé|essentiel|déterminant
                montre|montrent|souligne|soulignent|démontre|démontrent que|qu'|l'
            """,
            1: "permet|permettent d'|de \n confiance \n apprentissage~ \n leçon|leçons|enseignement|enseignements",
        },
        K.CHALLENGE: {
            3: """
                manque|manquent|manquait|absence|insuffisance d'|de|du|des
                principal|principaux|principale défi|défis|obstacle|obstacles|difficulté|difficultés
                principales|majeur|majeurs défi|défis|obstacle|obstacles|difficulté|difficultés
                défi|défis|obstacle|obstacles|contrainte|contraintes majeur|majeurs|important
                défi|défis|obstacle|obstacles|contrainte|contraintes importants|principal|principaux
                n'|ne * pas été|permis|pu|suffisamment|toujours|encore|réussi
                il n' est|était pas clair
                a|ont|est|sont|été * entravé|limité|retardé|compromis|fragilisé|entravée|limitée|retardée|compromise
            """,
            2: """
                défi~|difficulté~|obstacle~|contrainte~|lacune~|faiblesse~|insuffisan~|problème~|entrave~|barrière~
                manque|absence|pénurie|retard|retards|échec|échecs
                limité|limitée|limités|limitées|limitent|limite
                faible|faibles|fragile|fragiles|précaire|précaires|vulnérable
                complique|compliquent|freine|freinent|entrave|entravent|affaiblit|fragilise|compromet|compromettent
                insuffisant|insuffisante|insuffisants|insuffisantes|inadapté
                inadaptée|inadéquat|inadéquate|incomplet|incomplète
                malheureusement
                peu d'|de|du
                ne|n' * pas|plus|jamais|aucun|aucune
                aucun|aucune * mécanisme|système|stratégie|budget|plan|données
                trop tard|peu|court|ambitieux|faible|long
                se heurte|heurtent à|aux
                reste|restent|demeure|demeurent * limité|limitée|faible|faibles
                reste|restent|demeure|demeurent * fragile|insuffisant|insuffisante|préoccupant
                détériore|détérioré|dégradation|dégradé|baisse|diminution|recul|instabilité|insécurité
            """,
            1.5: """
                toutefois|cependant|néanmoins|pourtant \n malgré \n seulement \n inégal~
                lenteur~|lourdeur~|complexité
            """,
            1: "risque~ \n rarement \n uniquement \n coûteux|coûteuse",
        },
        K.RESULT: {
            3: """
                objectif|objectifs|cible|cibles * atteint|atteints|atteinte|atteintes|dépassé|dépassés
                a|ont|avoir permis d'|de|à|aux|au
                impact|impacts|effet|effets|changement|changements positif|positifs|durable
                impact|impacts|effet|effets|changement|changements durables|significatif|significatifs
                est entrée|entré en vigueur
                progrès notable|notables|significatif|significatifs|important|importants|réalisés
            """,
            2: """
                a|ont|avoir * contribué|amélioré|renforcé|augmenté|réduit|facilité|favorisé|accru
                été * formé|formés|formées|formée|assisté|assistés
                été * réunifiés|sensibilisé|sensibilisés|adopté|adoptée|ratifié
                # * ont * été|bénéficié|participé|reçu
                bénéficié|bénéficient d'|de|du|des
                grâce à|au|aux
                amélioration|renforcement|augmentation notable|significative|d'|de|du|des
                pertinent|pertinente|pertinents|efficace|efficaces|efficient|efficiente|cohérent|cohérente
                succès|réussi|réussite
                au total
                adoption d'|de|du
                satisfait|satisfaits|satisfaction
            """,
            1: """
                résultat~ \n impact~ \n effet~ \n accès \n désormais \n mis|mise en place
                réalisé|réalisée|réalisés|organisé
            """,
        },
        K.GOOD_PRACTICE: {
            3: """
                bonne|bonnes|meilleure|meilleures pratique|pratiques
                bon|excellent exemple
                a|ont bien|très fonctionné|marché
                été|est|sont * salué|saluée|apprécié|appréciée|reconnu|reconnue
            """,
            2: """
                innovant|innovante|innovants|innovantes|innovation~
                participatif|participative|participatifs|participatives
                conjointement
                en étroite collaboration|coopération|concertation
                approche * holistique|participative|intégrée|communautaire
                réunions régulières|mensuelles|hebdomadaires
                pairs
            """,
            1: "en collaboration|partenariat|concertation avec \n approche~|méthode~ \n outil~",
        },
        Sign.OUTCOME: {
            3: """
                a|ont conduit|abouti|mené à|au|aux|abouti \n par conséquent \n en conséquence \n il en résulte
                se traduit par
            """,
            1: "entraîne|entraînent|entraînant|entraîné \n ainsi",
        },
        Sign.NOTHING: {
            5: """
                dans quelle mesure
                opinions|vues exprimées
                tous droits réservés
                ^ objectif|objectifs|résultat|résultats|produit|produits|activité|activités|indicateur|indicateurs
            """,
            3: """
                vise|visent|visait|visaient|visant à|au
                ^ contribuer à|au|aux
                objectif|objectifs|but|finalité * est|sont|était|étaient
                a|ont|avait pour objectif|but|mission|mandat
                ce|cette|le|la|présent|présente rapport|section|chapitre présente|décrit|résume|analyse
                ce|cette|le|la|présent|présente tableau|annexe|figure|étude présente|décrit|résume|analyse
                l'|cette évaluation|étude adoptera|adopte|repose|porte|couvre|mesurera
                l'|cette évaluation|étude analysera|proposera|examinera|vise|sera|est
                évaluation|approche|méthodologie|consultant * identifiera|reposera|examinera
                évaluation|approche|méthodologie|consultant * analysera|mesurera|permettra|combinera
                évaluation|approche|méthodologie * s' appuiera|inscrira
                mesure|évalue la|le|les|l' capacité|degré|prise|efficacité|manière
                elle|il analysera|examinera|mesurera|permettra|proposera|comprendra
                sera|seront * collecté|collectées|collectés|analysé|analysées
                sera|seront * organisé|organisés|réalisé|réalisée|recueillies
                données * collectées|recueillies|analysées|désagrégées
                théorie du changement
                indicateur|indicateurs #
                ^ si
                entretien|entretiens individuels|semi|seront
                questionnaire~|échantillon~
                voir annexe|section|chapitre|tableau|encadré
                consultant|consultants|évaluateur|évaluateurs
            """,
            2: """
                est|sont responsable|responsables|chargé|chargée|chargés d'|de|du|des
                financé|financée|mis|mise en œuvre par
                selon l' article
                est|sont composé|composée|définie|défini|basé|basée
            """,
            1: "mesure dans laquelle \n question~ \n afin d'|de \n théorie",
        },
    },
    neutral="""
        défi|défis|obstacles|problèmes à relever|résoudre
        relever|surmonter|face|résoudre|traiter * défi|défis|obstacles|problèmes|difficultés
        aux|les|leurs|ses|des besoins de|des|du
        prévention|prévenir|lutte|lutter|réduire|réduction * conflits|violences|tensions|risques
        il faut noter|souligner|rappeler
        il convient de noter|souligner|rappeler|préciser
        non seulement
        si|comment|quels|quelles doit|doivent|devrait|devraient
    """,
    headings={
        K.RECOMMENDATION: {3: "recommand~ \n preconisation~ \n suggestion~ \n perspectives \n prochaines etapes"},
        K.LESSON: {4: "lecon~ \n enseignement~", 1: "facteurs de succes|reussite"},
        K.CHALLENGE: {2.5: "defi~|difficulte~|obstacle~|contrainte~|lacune~|faiblesse~|probleme~"},
        K.RESULT: {1.5: "resultat~|realisation~|effet~|impact~|acquis", 0.5: "constat~|conclusion~"},
        K.GOOD_PRACTICE: {2: "bonnes|meilleures pratiques \n innovation~|innovant~ \n points forts"},
        Sign.ASSESSED: {
            0.5: """
                constat~|conclusion~|constatation~
                efficacite|efficience|pertinence|coherence|durabilite|impact~
            """,
        },
        Sign.NOTHING: {
            3: """
                methodolog~|methode~ \n acronyme~|sigle~|abreviation~ \n objectif~|but|finalite \n sommaire
                table des matieres \n liste des|de \n termes de reference \n rapport de demarrage|initial
                bibliographie
                guide d entretien \n guide|guides d|de entretien \n questionnaire~ \n echantillon~
                matrice d|de evaluation
                matrice d evaluation \n critere~ \n identification du repondant \n chronogramme|calendrier
                remerciements
                limites de|a l evaluation|etude \n portee|porte de l evaluation \n public cible
                questions transversales
                evaluabilite \n tableau des \n phase preparatoire|de \n collecte \n outils \n approche de l evaluation
            """,
            1.5: """
                contexte|introduction|justification|presentation|description|resume du projet
                cadre juridique|legal
            """,
        },
    },
    negations=frozenset({"ne", "n'", "sans", "aucun", "aucune", "ni", "jamais", "pas"}),
    contrast=frozenset({"mais"}),
    concession=frozenset({"bien", "malgré", "quoique", "si"}),
    anaphors=frozenset({"ce", "cette", "ces", "cela", "il", "elle", "ils", "elles", "ceci"}),
    finite=frozenset(
        [
            "est",
            "sont",
            "était",
            "étaient",
            "a",
            "ont",
            "avait",
            "avaient",
            "sera",
            "seront",
            "peut",
            "peuvent",
            "fut",
            "été",
            "reste",
            "demeure",
            "permet",
        ]
    ),
    relative=frozenset({"que", "qui", "qu'", "dont", "si", "comment", "où", "lorsque"}),
    expected="""
        devrait|devraient permettre|contribuer|améliorer|renforcer|bénéficier
        attendu|attendue|attendus|attendues|prévu|prévue|prévus|prévues|escompté|escomptés
        on s' attend à
        contribuera|contribueront|permettra|permettront|sera|seront|bénéficieront|améliorera|renforcera
    """,
    says=(
        "déclaré|affirmé|indiqué|signalé|estiment|estime|estimé|souligné|soulignent|mentionné|expliqué|rapporté|rapportent|"
        "confirmé|confirment|considèrent|considère|exprimé|noté|précisé|reconnu|plaint|plaints|disent|dit|dits"
    ),
    by="par",
    according="selon",
    speakers={
        "child-migrant": (
            "enfants|enfant|filles|garçons|adolescents|jeunes|jeune|migrants|migrant|migrantes|réfugiés|bénéficiaires|"
            "bénéficiaire|victimes|survivants|parents|familles|ménages"
        ),
        "partner-authority": (
            "gouvernement|gouvernements|autorités|autorité|ministère|ministères|police|partenaires|partenaire|bailleurs|"
            "juges|enseignants|municipalité|municipalités|ambassade|fonctionnaires"
        ),
        "implementer": (
            "ong|personnel|équipe|équipes|bureau|bureaux|mission|missions|volontaires|coordinateurs|organisations|oim"
        ),
        "unclear": "répondants|répondant|enquêtés|interviewés|interlocuteurs|informateurs|participants",
    },
    being="est|sont|était|étaient|être|été|fut|furent|sera|seront",
    governing="pour|de|du|des|d'|sur|avec|à|aux|contre|parmi|envers|chez|par|dans|entre|concernant",
    relayed=Relayed(
        heard=(
            "interrogé|interrogés|interrogée|interrogées|consultés|consultées|enquêtés|enquêtées|sondés|sondées|"
            "interviewés|interviewées"
        ),
        tell=(
            "notent|signalent|indiquent|mentionnent|affirment|expriment|jugent|pensent|trouvent|souhaitent|demandent|"
            "proposent|suggèrent|recommandent|déclarent|expliquent|reconnaissent|constatent|suggéré|proposé|demandé|"
            "souhaité|recommandé|constaté"
        ),
        views="suggestions|avis|opinions|vues|propositions|commentaires",
        of="de|des|du|d'",
        given="à|aux|au|pour|sur|évaluation",
        surveys="enquête|enquêtes|questionnaire|questionnaires|consultation|consultations|entretiens|sondage",
        answers="résultats|réponses|rapport|synthèse|résumé",
    ),
    parts=("plupart|majorité|moitié|tiers|quart|certains|beaucoup|plusieurs|un|une|nombre|part|%|groupe|échantillon"),
)

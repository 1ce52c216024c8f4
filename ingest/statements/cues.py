"""The words by which each kind of statement gives itself away, with how much each one weighs.

Weights: 3 settles the kind nearly alone, 2 is enough where nothing speaks against it, 1 needs company.  The notation is
that of ``matching``.  The lists hold words of the evaluation trade, never a sentence of a report; what counts as a
statement of which kind is said in the vocabulary's scheme ``statement-kinds``.
"""

from __future__ import annotations

from corpus.model import StatementKind as K

Table = dict[float, str]
"""Weight → patterns, one a line."""

CUES: dict[K | None, Table] = {
    K.RECOMMENDATION: {
        3: """
            recommend~|recommends|recommended that|to
            it is recommended|advisable|suggested|proposed
            it would be worth|useful|important|beneficial|advisable|helpful|good|valuable|desirable|wise|necessary
            it would * be worth|useful|important|beneficial|advisable|helpful|good|valuable|desirable
            is|are|be encouraged|urged|invited|advised to
            there is * need to|for
            calls|call upon|for|on
            should
            must
            ought to
            we|evaluators|evaluation|team suggest~|recommend~|propose~
        """,
        2: """
            need|needs to
            remains|is|are essential|necessary|imperative|required to|that
            is|are|be needed|required
            could|might consider
            could usefully
            should * consider~
            has|have to be
            to be considered
            future projects|programmes|phases|interventions|programming should|could|must
            in future projects|programmes|phases
            it is time to
            ^ strengthen|develop|ensure|establish|conduct|improve|promote|enhance|expand|adopt|create
            ^ continue|consider|clarify
            ^ provide|encourage|invest|allocate|facilitate|integrate|build|engage|introduce|prioritise|prioritize
        """,
        1: """
            consider~ the|how|a|ways
            priority should
            in future
            going forward
            that|which * should|must
            ^ assess|explore|examine|review|map
            further efforts|research|work|support
        """,
    },
    K.LESSON: {
        3: """
            lesson|lessons learned|learnt
            lesson|lessons * was|is|are|were that
            learned|learnt that|how
            experience shows|suggests|showed|demonstrates|confirms|has
            key|critical|crucial|decisive|determining|success|enabling|important factor|factors
            factor|factors * success
            key to * success
            would|could|might|should have been
            would|could|might|should * have been
            would|could|might|should have
            would|could|might|should * have
            success~ depends|depended
        """,
        2: """
            is|are|was|were|proved|proven * important|essential|crucial|critical|vital|key|indispensable
            is|are|was|were|proved|proven * instrumental|advantageous|paramount
            be|been important|essential|crucial|critical|vital|instrumental|key|indispensable
            is|are|was|were valuable|necessary|useful for|in|to|tool|tools
            as * valuable|important|useful|essential tool|tools|means|way
            illustrates|highlights|highlighted|underlines|underscores|underscored|shows|showed * importance|need|value
            it became|becomes clear|evident|apparent
            the importance of
            the need to * better
            most|more|less effective|successful|useful|value when|where|if|way
            works|work|worked best
            depends|depended|depend * on|upon
            took stock of
            only works|succeed~|possible if|when|where
            without * would|could|cannot
            required|requires|takes * time|commitment|trust
            plays|played|play * crucial|important|key|vital|essential|central role
            reali~ that
            in hindsight|retrospect
        """,
        1: """
            shows|showed|demonstrates|demonstrated|illustrates|highlights|underlines that
            helps|help * to
            helping
            ensures|ensured
            lesson|lessons
            learning
            takes|take|took time
            trust
            when * are|is involved
        """,
    },
    K.CHALLENGE: {
        3: """
            there was * need for|to
            was|were identified as * need|gap|challenge|problem|weakness
            fell|fall|falls|falling short
            major|main|key|biggest|significant|real|serious challenge|challenges|obstacle|obstacles
            major|main|key|biggest|significant|real|serious constraint|constraints|concern|concerns
            enormous|considerable|many|several|number challenges|difficulties|obstacles|problems|constraints
            did not manage|succeed|allow|lead|result|achieve|receive
            it is|was not~ clear
            is|are|was|were unclear
            failure|failed|fails|fail to
            is|are|was|were * complicated|weakened|compromised|hampered|impeded|undermined|constrained|limited by
            lack of
            far too|from
            deserves|deserve|requires more|greater attention
            could|can * be * better|further|still|more|improved|strengthened|reinforced|enhanced|stronger
            would be better|further|more
        """,
        2: """
            lack~|lacking|lacked|lacks
            challenge~|challenging
            difficult~|difficulty|difficulties
            constrain~|constraint
            obstacle~|barrier~|hurdle~|bottleneck~|impediment~|shortcoming~|weakness~|deficiency~|shortage~
            gap~
            hamper~|hinder~|impede~|undermine~|obstruct~|jeopardise~|jeopardize~
            insufficient~|inadequate~|unable|inability
            limited|limiting
            delay~
            unfortunately|regrettably
            under - represented|funded|staffed|resourced
            underrepresented|underfunded|understaffed|overstretched|overwhelmed|overburdened
            poor|weak coordination|cooperation|communication|capacity|quality|infrastructure|knowledge|access|systems
            frustrat~|frustrating
            not~ always|systematically|sufficiently|adequately|fully|yet|enough|specifically
            not~ * clear|feasible|possible|available|visible|sufficient|adequate|aware|able|realistic
            no * system|strategy|policy|budget|funding|data|plan
            too late|few|little|short|long|ambitious|broad|high|many|small
            absence|absent|missing
            failed|faltered|struggled|suffered|inconsistent|uneven|fragmented|inexperience
            no * baseline|mechanism|procedure|guidance|record|evidence|way
            problem~
            remains|remain|remained * low|weak|limited|problem~|concern|unresolved|unclear|high
            bottom of
            bureaucra~
            turnover
            turn - over
            insecurity|instability
        """,
        1: """
            however
            not~|cannot
            never|hardly|rarely|scarcely
            had to
            issue|issues was|were|is|of|with
            concern~|complain~|regret~
            ad hoc
            risk~
            despite
            only
            poor|weak|slow|short|costly|heavy
            shortness|slowness|complexity
            few|little
            still
            disrupt~
            vulnerab~
            loss
        """,
    },
    K.RESULT: {
        3: """
            as a * result|outcome|consequence
            resulted in
            led to
            targets|target|objectives|objective|goals * were|was|been met|achieved|reached|exceeded
            seen|saw their|its
            was|were|has|have|been successful|succeeded in
            has|have|had * impact|effect on
            positive|lasting|significant|measurable|direct impact|impacts|effect|effects|change|changes
            entered into force
        """,
        2: """
            enabled|allowed|equipped|empowered * to
            contributed|contributes|contribute to|in
            improved|increased|reduced|decreased|strengthened|enhanced|expanded|doubled|raised|improving|strengthening
            benefit~|benefited|benefitted
            achieve~
            was|were|been adopted|approved|enacted|passed|ratified|signed|institutionalised|institutionalized
            adoption of
            thanks to
            trained|reached|assisted|supported|sensitised|sensitized|returned|reunified|reunited|registered|identified #
            # * trained|reached|assisted|supported|sensitised|sensitized|returned|reunified|reunited|registered
            # * participated|received|participants|beneficiaries
            were|was|been|is|has * relevant|appropriate|effective|efficient
            was|were able to
            have|has|had been able to
            success~
            able to * access|obtain|secure
            total of
            rate of
            reported having|increased|improved
            satisfaction|satisfied
            raise|raised|raises|raising awareness
        """,
        1: """
            helped|helping
            developed|established|created|launched|produced|completed|delivered|implemented|drafted|provided|conducted|facilitated
            invaluable|beneficial|helpful|fruitful|valued|appreciated|useful
            result~
            impact~
            outcome~
            output~
            change~
            benefits
            at least|more|over|nearly|approximately|around #
            access
            to good purpose
            now
            synergies
            opportunities
        """,
    },
    K.GOOD_PRACTICE: {
        3: """
            good|best|promising|smart practice|practices such|like|is|was|in|for|include|includes|example
            is|was|as * good|great|excellent|positive|useful|example|examples of
            worked|works|working well
            was|were|been|is|are praised|commended|appreciated|recognised|recognized
            well|highly * received|regarded|appreciated|grounded|connected
            one response|solution|way to
            another|one strategy|approach|solution|method|example
            good|great value|results|model
        """,
        2: """
            innovative|innovation~
            participatory
            jointly
            peer
            model for|of
            strength~ of
            good relationship|relationships|collaboration|cooperation|coordination|partnership
            strong emphasis
            cost - sharing
            handover|mentoring|mentorship
            in close collaboration|cooperation|partnership|consultation
            through * regular|joint|weekly|monthly|continuous
            regular|weekly|monthly|quarterly|joint meetings|exchanges|visits|consultations|sessions|monitoring
            combines|combined|combining|combine * with
            adapted to|through|based
            tailored|holistic
            child - friendly
            is an example
            toolkit|handbook|manual|guidelines|curricula * ensure|ensures|provide|provides|providing
            set|setting up
        """,
        1: """
            together with
            in partnership|collaboration|cooperation|consultation|coordination with
            involve~
            strategy|strategies
            approach~|method~
            using|used|uses
            also became
            in order to
            so|thus as|that
            children|young|families themselves
            tool~
        """,
    },
}

AGAINST: Table = {
    3: """
        aims|aimed|aim|aiming to|at
        seeks|sought|seek to
        objective|objectives|goal|goals|purpose|mandate * is|was|are|were to
        ^ objective|objectives|goal|goals|outcome|outcomes|output|outputs|activity|activities|purpose
        ultimate|overall|specific|general|main goal|objective|aim|purpose
        this section|chapter|annex|report|table|figure|study|brief|document
        the section|chapter|annex|table|figure
        the evaluation|evaluators|evaluator|review|study used|conducted|interviewed|applied|reviewed|examined|covered
        were interviewed|reviewed|consulted|surveyed
        interviews|questionnaires|surveys|questionnaire|survey|interview was|were|with
        below is|are
        see annex|section|chapter|page|box
        this is unfortunate|regrettable|no|not
        theory of change
        subjects|activities|topics|themes|issues|participants|targets|sectors|countries include|included|were|are
    """,
    2: """
        responsible for
        mandate~
        funded|financed by
        carried out in
        under the management
        is|was|are|were composed|comprised|located|based|defined|founded
        included|includes|include|including a wide
        is|are defined
        questionnaire~
        for the purposes|purpose of
        are keen
        specific objectives
    """,
    1: """
        ^ to
        according to article
        convention~
        such|these feedback|workshop|workshops
    """,
}
"""What speaks for a goal, a structure, a method or a mandate: not a statement at all."""

NEUTRAL = """
    the|their|its|his|her|a need|needs to|for
    no need to|for
    urgent|basic|immediate need|needs to
    should be noted|mentioned|remembered|read|interpreted
    must be noted|mentioned|remembered
"""
"""Phrases that hold the words of a cue and mean nothing here: being longer, they take its place."""

HEADINGS: dict[K | None, Table] = {
    K.RECOMMENDATION: {3: "recommend~ \n way forward \n suggest~ \n next steps"},
    K.LESSON: {4: "lesson~ \n learning points|from", 1: "success factors \n what we|was learned|learnt"},
    K.CHALLENGE: {
        2.5: """
            challenge~ \n constraint~|obstacle~|difficulty|difficulties|barrier~ \n weakness~|shortcoming~
            gap~ \n problem~
        """,
    },
    K.RESULT: {
        1.5: "result~|achieve~|outcome~ \n impact \n benefit~",
        0.5: "finding~ \n effective~ \n conclusion~ \n evaluation",
    },
    K.GOOD_PRACTICE: {
        2: "good|best|promising|smart practice|practices \n innovation~|innovative \n strength~ \n how it works",
        0.5: "sustainability \n approach",
    },
    None: {
        3: """
            methodology|methods|method \n acronym~|abbreviation~ \n objective~|goal|goals|purpose \n contents
            who benefits \n list of \n sampling \n inception report
            mandate \n terms of reference \n bibliography|references
            limitations of|to * evaluation|study
            interviews|interviewees \n questionnaire \n budget \n funding and resources
        """,
        1.5: """
            background|context|introduction|overview|scope|structure|about \n legal framework
            project description|summary|information
        """,
    },
}
"""What a heading (or the words that lead a list in) makes likely; None: nothing there is a statement."""

NEGATIONS = frozenset({"not", "no", "without", "never", "neither", "nor", "hardly", "barely"})
CONTRAST = frozenset({"but", "yet"})
CONCESSION = frozenset({"although", "though", "while", "whilst", "whereas", "despite"})
EXPECTED = """
    expected|anticipated|projected|foreseen|likely|hoped|predicted to|that
    it is expected|anticipated|hoped|foreseen
    will|shall
    will be
    is|are|were intended|expected|planned|meant|designed to
    would be|allow|enable|lead|contribute|improve|help
    intends|expects|hopes|plans to
    potential|possibility|opportunity to|of|for
"""
"""Words that make a result an expected one."""

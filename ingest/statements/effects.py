"""The English cues of what came about: results, and the ways of working to which they are owed."""

from __future__ import annotations

from corpus.model import StatementKind as K
from ingest.statements.lexicon import Label, Table

EFFECTS: dict[Label, Table] = {
    K.RESULT: {
        3: """
            targets|target|objectives|objective|goals * were|was|been met|achieved|reached|exceeded
            seen|saw their|its
            was|were|has|have|been successful|succeeded in
            positive|lasting|significant|measurable|direct impact|impacts|effect|effects|change|changes
            entered into force
            reduced|decreased|reduces|reducing|reduction|decrease|fewer|prevented|avoided|eliminated|lower * {bad}
            has|have|had|was|were|been|also|which|that increased|improved|enhanced|strengthened|raised {good}
            significantly|greatly|considerably increased|improved|enhanced|strengthened|raised {good}
            increased|improved|enhanced|strengthened|raised the|their|its|our {good}
            overcome|overcame|resolved|solved|remedied * challenge|challenges|problem|problems|obstacles|difficulties
            challenges|problems|obstacles|difficulties were|was * overcome|resolved|solved
            made|make|making * progress|strides|advances|contribution|difference
            record high
            {bad} * has|have|had declined|decreased|dropped|fallen|fell
            {bad} * down from #
            notable|noteworthy|significant|marked|considerable|substantial|modest improvement~|progress|gains
            moderate improvement~
            deemed|considered|judged|found|was|were a * success
        """,
        2: """
            has|have|had * impact|effect on
            enabled|allowed|equipped|empowered|permitted|permitting * to
            improved|increased|strengthened|enhanced|expanded|doubled|tripled|raised|improving|strengthening
            benefit~|benefited|benefitted
            achieve~
            was|were|been adopted|approved|enacted|passed|ratified|signed|institutionalised|institutionalized
            adopted|approved|enacted|ratified|signed a|an|the|its|new
            adoption of
            thanks to
            trained|reached|assisted|supported|sensitised #
            sensitized|returned|reunified|reunited|registered|identified #
            # * trained|reached|assisted|supported|sensitised|sensitized|returned|reunified|reunited|registered
            # * participated|received|participants|beneficiaries|attended
            # * benefited|rescued|prosecuted|convicted|issued
            attended by *  #
            were|was|been|is|has * relevant|appropriate|effective|efficient|coherent|aligned
            was|were able to
            have|has|had been able to
            success~
            able to * access|obtain|secure
            total of
            rate of
            reported having|increased|improved
            satisfaction|satisfied
            raise|raised|raises|raising awareness
            highly|very|well|particularly relevant|satisfied|appropriate|effective|efficient|positive|valued
            gave|given|giving|provided * impetus|momentum
            laid|lays|laying * foundation|foundations|groundwork
            gains|improvement|improvements in|to|of
            strengths|positive|positively
            responded|responds|responding to * need|needs|demand|demands
            equipped with
            created|opened * space|opportunities|opportunity
            been|were|was adapted|used|adopted|replicated|scaled|taken|institutionalised by|up|in|into
            made|makes|making * aware
            opened * door|doors
            welcome|welcomed
            universally|widely endorsed|recognised|recognized|accepted|appreciated
            was|were|been|has|have rehabilitated|hired|recruited|installed|constructed|built|distributed|disbursed
            trend|trends upward|positive
            highest|record
            up from #
            # percentage points more|higher|above|up
            became|become|becoming more|better|increasingly
            making|made|makes * more|easier|faster|better|clearer
            culture|cultural|behavioural|mindset shift|change|changes
            bolster~|boosted|kick - start|started
            greater|better|stronger|higher {good}
        """,
        1: """
            helped|helping
            developed|established|created|launched|produced|completed
            delivered|implemented|drafted|provided|conducted|facilitated
            organised|organized|hosted|held|sent|processed
            registered|issued|opened|granted|convicted|prosecuted|rescued
            extended|introduced|deployed|revised|updated|published|trained|assisted|removed|inspected|responded
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
            increasing|growing|grew|surge
            newly
            rehabilitated|hired|recruited|installed|constructed|built|distributed|disbursed
            largely|generally|mostly|fully|successfully
        """,
    },
    K.GOOD_PRACTICE: {
        3: """
            good|best|promising|smart practice|practices such|like|is|was|example
            is|was|as * good|great|excellent|positive|useful|example|examples of
            worked|works|working well
            was|were|been|is|are praised|commended|appreciated|recognised|recognized
            well|highly * received|regarded|appreciated|grounded|connected
            one response|solution|way to
            another|one strategy|approach|solution|method|example
            good|great value|results|model
            proved|proven|shown to be|very|highly useful|effective|successful
            shown|demonstrated their|its|great|real value|worth|usefulness|effectiveness
            shown value
            example|examples of * include|includes|are
        """,
        2: """
            good|best|promising|smart practice|practices in|for|include|includes
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
            could|can|may|might * be replicated|emulated|transferred|shared
            toolkit|handbook|manual|guidelines|curricula * ensure|ensures|provide|provides|providing
            set|setting up
            effective|useful|successful|powerful tool|tools|practice|practices|approach|way|mechanism|model|strategy
            ^ adopting|using|involving|engaging|combining|linking|embedding|pairing
            adaptive|flexible management|approach|design|planning
            hands - on
            step - by - step
        """,
        1: """
            together with
            through the|their|its use|involvement|creation|establishment|engagement
            initiatives|tools|practices|mechanisms|measures like|such
            proved|proven|proving * effective|useful|successful|efficient
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

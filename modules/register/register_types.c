/* The definitions of registers, as they lie in types/. */
#include "modules/register/register_types.h"

#include "base/facts.h"

#include "base/banned.h"

FACTS(register_facts_poor_household, "modules/register/types/poor_household.json");
FACTS(register_facts_unity_house, "modules/register/types/unity_house.json");
FACTS(register_facts_member_organisation, "modules/register/types/member_organisation.json");
FACTS(register_facts_front_organisation, "modules/register/types/front_organisation.json");
FACTS(register_facts_committee_member, "modules/register/types/committee_member.json");
FACTS(register_facts_area_board, "modules/register/types/area_board.json");
FACTS(register_facts_prestige_person, "modules/register/types/prestige_person.json");
FACTS(register_facts_welfare_fund, "modules/register/types/welfare_fund.json");
FACTS(register_facts_inspection_board, "modules/register/types/inspection_board.json");
FACTS(register_facts_supervision, "modules/register/types/supervision.json");
FACTS(register_facts_criticism, "modules/register/types/criticism.json");
FACTS(register_facts_voter_opinion, "modules/register/types/voter_opinion.json");
FACTS(register_facts_public_mood, "modules/register/types/public_mood.json");
FACTS(register_facts_reception, "modules/register/types/reception.json");
FACTS(register_facts_unity_day, "modules/register/types/unity_day.json");
FACTS(register_facts_campaign, "modules/register/types/campaign.json");
FACTS(register_facts_self_governed, "modules/register/types/self_governed.json");
FACTS(register_facts_award, "modules/register/types/award.json");
FACTS(register_facts_election_talk, "modules/register/types/election_talk.json");
FACTS(register_facts_adviser, "modules/register/types/adviser.json");
FACTS(register_facts_mediation, "modules/register/types/mediation.json");
FACTS(register_facts_cadre, "modules/register/types/cadre.json");

struct str register_type_json(struct str code) {
#define TYPE(name_)                                                                                                    \
    if (str_eq(code, S(#name_))) {                                                                                     \
        return FACTS_STR(register_facts_##name_);                                                                      \
    }
    TYPE(poor_household)
    TYPE(unity_house)
    TYPE(member_organisation)
    TYPE(front_organisation)
    TYPE(committee_member)
    TYPE(area_board)
    TYPE(prestige_person)
    TYPE(welfare_fund)
    TYPE(inspection_board)
    TYPE(supervision)
    TYPE(criticism)
    TYPE(voter_opinion)
    TYPE(public_mood)
    TYPE(reception)
    TYPE(unity_day)
    TYPE(campaign)
    TYPE(self_governed)
    TYPE(award)
    TYPE(election_talk)
    TYPE(adviser)
    TYPE(mediation)
    TYPE(cadre)
#undef TYPE
    return S("");
}

"""The ledgers of the pack: who is on dibao, the money, the social work, jobs, the history."""

from shouwang.packs.assistance.models.casework import (
    Casework,
    CommunityWork,
    Conflict,
    GroupMember,
    GroupSession,
    HomeVisit,
    Intervention,
    PlanGoal,
    Resource,
)
from shouwang.packs.assistance.models.employment import (
    EmploymentProfile,
    EmploymentService,
    JobOpportunity,
)
from shouwang.packs.assistance.models.money import (
    Donation,
    EconomicIndicator,
    FundEntry,
    FundForecast,
    Payment,
    Standard,
)
from shouwang.packs.assistance.models.people import (
    Volunteer,
    VolunteerService,
    Worker,
)
from shouwang.packs.assistance.models.reference import Phase
from shouwang.packs.assistance.models.roster import (
    Applicant,
    HouseholdMember,
    LinkedBenefit,
    NonApplicant,
    PoorHousehold,
    Recipient,
)

__all__ = [
    "Applicant",
    "Casework",
    "CommunityWork",
    "Conflict",
    "Donation",
    "EconomicIndicator",
    "EmploymentProfile",
    "EmploymentService",
    "FundEntry",
    "FundForecast",
    "GroupMember",
    "GroupSession",
    "HomeVisit",
    "HouseholdMember",
    "Intervention",
    "JobOpportunity",
    "LinkedBenefit",
    "NonApplicant",
    "Payment",
    "Phase",
    "PlanGoal",
    "PoorHousehold",
    "Recipient",
    "Resource",
    "Standard",
    "Volunteer",
    "VolunteerService",
    "Worker",
]

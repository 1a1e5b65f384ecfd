//! The answers as one value: an entity per field, everything borrowed from the bytes that came in.

use serde::Deserialize;

use crate::campaigns::{Campaign, CampaignEvent, Survey};
use crate::complaint_record::ComplaintRecord;
use crate::complaints::{ComplaintBreakdown, ComplaintMechanism, ComplaintReduction, ComplaintStat};
use crate::control::{Accountability, InternalAssessment, InternalAudit, KeyEvent, UpwardReport};
use crate::cover::{Cover, OrgUnit, ReportingPeriod};
use crate::fees::{FeeCatalog, FeeNotice};
use crate::governance::{DepartmentDuty, ExternalPerson, GovernanceBody, StaffAssignment};
use crate::narrative::{Attachment, NarrativeSection};
use crate::outlets::{Certification, Outlet};
use crate::personal_info::{PersonalInfo, SelfInspection};
use crate::policies::{Pledge, PolicyDocument};
use crate::products::{ProductGovernance, ProductProtection, SalesConduct};
use crate::score::{Claim, Issue, Plan, Rectification, SelfScoreItem};
use crate::training::{Training, TrainingEvent};

/// A member's self-assessment. The names are those of the form; what the form does not know is not here.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each field is named after its type, which is documented")]
pub struct Answers<'a> {
    #[serde(borrow)]
    pub submission: Cover<'a>,
    #[serde(borrow)]
    pub org_aliases: Vec<&'a str>,
    pub org_unit: OrgUnit,
    pub reporting_period: ReportingPeriod,
    #[serde(borrow)]
    pub governance_body: Vec<GovernanceBody<'a>>,
    #[serde(borrow)]
    pub department_duty: Vec<DepartmentDuty<'a>>,
    #[serde(borrow)]
    pub staff_assignment: Vec<StaffAssignment<'a>>,
    #[serde(borrow)]
    pub external_person: Vec<ExternalPerson<'a>>,
    #[serde(borrow)]
    pub policy_document: Vec<PolicyDocument<'a>>,
    #[serde(borrow)]
    pub pledge: Vec<Pledge<'a>>,
    #[serde(borrow)]
    pub fee_catalog: Vec<FeeCatalog<'a>>,
    #[serde(borrow)]
    pub fee_notice: Vec<FeeNotice<'a>>,
    pub product_governance: ProductGovernance,
    #[serde(borrow)]
    pub product_protection: Vec<ProductProtection<'a>>,
    #[serde(borrow)]
    pub sales_conduct: Vec<SalesConduct<'a>>,
    pub personal_info: PersonalInfo,
    #[serde(borrow)]
    pub self_inspection: Vec<SelfInspection<'a>>,
    #[serde(borrow)]
    pub outlet: Vec<Outlet<'a>>,
    #[serde(borrow)]
    pub certification: Vec<Certification<'a>>,
    #[serde(borrow)]
    pub training: Vec<Training<'a>>,
    #[serde(borrow)]
    pub training_event: Vec<TrainingEvent<'a>>,
    #[serde(borrow)]
    pub campaign: Vec<Campaign<'a>>,
    #[serde(borrow)]
    pub campaign_event: Vec<CampaignEvent<'a>>,
    #[serde(borrow)]
    pub publicity_channel: Vec<&'a str>,
    #[serde(borrow)]
    pub material: Vec<&'a str>,
    #[serde(borrow)]
    pub survey: Vec<Survey<'a>>,
    #[serde(borrow)]
    pub complaint_mechanism: ComplaintMechanism<'a>,
    #[serde(borrow)]
    pub complaint_stat: Vec<ComplaintStat<'a>>,
    #[serde(borrow)]
    pub complaint_record: Vec<ComplaintRecord<'a>>,
    #[serde(borrow)]
    pub complaint_breakdown: Vec<ComplaintBreakdown<'a>>,
    #[serde(borrow)]
    pub complaint_reduction: Vec<ComplaintReduction<'a>>,
    #[serde(borrow)]
    pub accountability: Vec<Accountability<'a>>,
    #[serde(borrow)]
    pub internal_assessment: Vec<InternalAssessment<'a>>,
    #[serde(borrow)]
    pub internal_audit: Vec<InternalAudit<'a>>,
    #[serde(borrow)]
    pub key_event: Vec<KeyEvent<'a>>,
    #[serde(borrow)]
    pub upward_report: Vec<UpwardReport<'a>>,
    #[serde(borrow)]
    pub self_score_item: Vec<SelfScoreItem<'a>>,
    #[serde(borrow)]
    pub claims: Vec<Claim<'a>>,
    #[serde(borrow)]
    pub issue: Vec<Issue<'a>>,
    #[serde(borrow)]
    pub rectification: Vec<Rectification<'a>>,
    #[serde(borrow)]
    pub plan: Vec<Plan<'a>>,
    #[serde(borrow)]
    pub narrative_section: Vec<NarrativeSection<'a>>,
    #[serde(borrow)]
    pub attachment: Vec<Attachment<'a>>,
}

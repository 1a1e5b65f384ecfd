//! Who is responsible: governing bodies, departments and staff.

use huizong_sdk::{Name, Quantity};
use serde::Deserialize;

/// A governing body (组织机构).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct GovernanceBody<'a> {
    /// Its name.
    pub name: Option<&'a str>,
    /// What it is.
    pub r#type: Option<BodyType>,
    /// The role that chairs it.
    pub chair_role: Option<&'a str>,
    /// The role that stands in for the chair.
    pub vice_chair_role: Option<&'a str>,
    /// The body above it.
    pub parent: Option<&'a str>,
    /// Meetings in the period.
    pub meetings_held: Option<i64>,
}

/// What kind of body it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyType {
    /// 委员会
    Committee,
    /// 领导小组
    LeadingGroup,
    /// 工作小组
    WorkingGroup,
    /// 董（理）事会
    Board,
    /// 高级管理层
    SeniorManagement,
    /// 监事会
    Supervisors,
}

/// A duty of a department (部门职责).
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct DepartmentDuty<'a> {
    /// The department.
    pub department: Option<&'a str>,
    /// The duty, by code: `lead`, `complaint`, `audit` …
    pub duty_code: Option<&'a str>,
}

/// Staff in charge (消保岗位人员).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct StaffAssignment<'a> {
    /// The name; it never leaves the federation.
    #[serde(borrow)]
    pub name: Option<Name<'a>>,
    /// The department.
    pub department: Option<&'a str>,
    /// The duty, in words.
    pub duty: Option<&'a str>,
    /// Whether they do nothing else.
    pub full_time: Option<bool>,
    /// Years in finance, at least.
    pub years_in_finance_min: Option<i64>,
    /// How many people the row speaks of; one where it says nothing.
    #[serde(borrow)]
    pub count: Option<Quantity<'a>>,
}

/// A person from outside (外部人员).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ExternalPerson<'a> {
    /// The name, which should not have been sent.
    #[serde(borrow)]
    pub name: Option<Name<'a>>,
    /// The role.
    pub title: Option<&'a str>,
    /// The organisation.
    pub org: Option<&'a str>,
}

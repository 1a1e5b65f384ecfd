//! What the generator has to know of a member.

/// A member, as far as its papers depend on it.
#[derive(Clone, Debug)]
pub struct MemberSketch {
    /// The full name: `云岭县农村信用合作联社`.
    pub name: String,
    /// The short name, which has to be among the org unit's aliases: `云岭联社`.
    pub short_name: String,
    /// 发文机关代字: `云农信发`.
    pub issuer_code: String,
    /// The legal form.
    pub kind: MemberKind,
    /// The federation's customer hotline: `96268`.
    pub hotline: String,
    /// Outlets, at least 1.
    pub outlet_count: i64,
    /// Personal customers.
    pub personal_customer_count: i64,
    /// Staff at the counter.
    pub counter_staff_count: i64,
    /// All staff.
    pub staff_count: i64,
}

/// The legal form, which decides the titles of the people in charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberKind {
    /// 农村信用合作联社: 理事长, 主任.
    CreditUnion,
    /// 农村商业银行: 董事长, 行长.
    CommercialBank,
}

impl MemberKind {
    pub(super) const fn board(self) -> &'static str {
        match self {
            Self::CreditUnion => "理事会",
            Self::CommercialBank => "董事会",
        }
    }

    pub(super) const fn chair(self) -> &'static str {
        match self {
            Self::CreditUnion => "理事长",
            Self::CommercialBank => "董事长",
        }
    }

    pub(super) const fn head(self) -> &'static str {
        match self {
            Self::CreditUnion => "联社主任",
            Self::CommercialBank => "行长",
        }
    }
}

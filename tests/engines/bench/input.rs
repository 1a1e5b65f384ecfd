//! The answers that everybody is asked about, each in the form that an engine takes best.

use anyhow::{Context as _, Result};
use complaints::{Answers as RubricAnswers, Record};
use domain::answers::Answers;
use domain::calendar::Period;
use domain::submission::{Envelope, Submission};
use huizong_sdk::{contract, day};
use jiff::civil::date;
use self_assessment::generator::{MemberKind, MemberSketch, clean};
use serde_json::{Value, json};

const YEAR: i16 = 2023;

/// One member's answers.
pub(crate) struct Input {
    /// Complaint records in it.
    pub(crate) size: usize,
    /// For our sandbox.
    pub(crate) submission: Submission,
    /// For the native rubric.
    pub(crate) native: contract::Submission,
    /// For regorus and Rhai.
    pub(crate) json: String,
}

impl Input {
    /// A member's whole self-assessment with so many complaint records. No criterion is idle: some records are open, some are major.
    pub(crate) fn with_records(size: usize) -> Result<Self> {
        let mut answers = clean(17, &member(), YEAR, size);
        let records = answers["complaint_record"].as_array_mut().context("answers have records")?;
        for record in records.iter_mut().skip(17).step_by(50) {
            record["closed_on"] = Value::Null;
            record["satisfied"] = Value::Null;
        }
        for record in records.iter_mut().skip(11).step_by(40) {
            record["level"] = json!("major");
        }
        Self::of(size, answers)
    }

    /// Answers in which nothing stands.
    pub(crate) fn empty() -> Result<Self> {
        Self::of(0, json!({}))
    }

    fn of(size: usize, answers: Value) -> Result<Self> {
        let json = answers.to_string();
        let answers = Answers::from_value(answers)?;
        let native = contract::Submission {
            round: "2023".to_owned(),
            period: contract::Period { start: day(YEAR, 1, 1), end: day(YEAR, 12, 31) },
            revision: 1,
            received_on: day(YEAR + 1, 1, 15),
            answers: answers.bytes().to_vec(),
        };
        let period = Period::new(date(YEAR, 1, 1), date(YEAR, 12, 31))?;
        let received_on = date(YEAR + 1, 1, 15);
        let envelope = Envelope { round: "2023".to_owned(), period, revision: 1, received_on };
        Ok(Self { size, submission: Submission { envelope, answers }, native, json })
    }

    /// The answers; their bytes are canonical `MessagePack`.
    pub(crate) const fn answers(&self) -> &Answers {
        &self.submission.answers
    }

    /// The records, as the rubric reads them.
    pub(crate) fn records(&self) -> Result<Vec<Record>> {
        let answers: RubricAnswers = rmp_serde::from_slice(self.answers().bytes())?;
        Ok(answers.complaint_record)
    }
}

fn member() -> MemberSketch {
    MemberSketch {
        name: "云岭县农村信用合作联社".to_owned(),
        short_name: "云岭联社".to_owned(),
        issuer_code: "云农信发".to_owned(),
        kind: MemberKind::CreditUnion,
        hotline: "96268".to_owned(),
        outlet_count: 30,
        personal_customer_count: 200_000,
        counter_staff_count: 120,
        staff_count: 400,
    }
}

//! What a member hands in, read into something that needs no looking at again.

use domain::amendment::Amendment;
use domain::answers::{Answers, NotAnswers};
use domain::digest::Digest;
use domain::ids::RoundCode;
use domain::limits::{EXPLANATION_CHARS_MAX, EXPLANATION_CHARS_MIN, EXPLANATIONS_MAX, IDEMPOTENCY_KEY_BYTES_MAX};
use domain::review::Explanation;
use domain::round::RoundPolicy;
use domain::rubric::Description;
use domain::submission::Signing;
use serde_json::Value;

use crate::draft_submission::DraftHandedIn;
use crate::error::OperationError;
use crate::problem::{FormProblem, Problems};

/// What a member hands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedIn {
    /// The answers, as `domain::answers::parse_value` read them.
    pub answers: Value,
    /// Why warnings are right all the same.
    pub explanations: Vec<Explanation>,
    /// What is amended, where something accepted, or due, is.
    pub amendment: Option<Amendment>,
    /// The newest revision that the member knows (`If-Match`), 0 for "there is none yet" (`If-None-Match: *`); none hands in upon
    /// whatever is there.
    pub based_on: Option<u32>,
    /// The idempotency key: the same key with the same content gives the same receipt again.
    pub key: Option<String>,
}

/// The same, within the limits and with the answers in their canonical form.
pub(crate) struct Parcel {
    pub(crate) answers: Answers,
    pub(crate) digest: Digest,
    pub(crate) explanations: Vec<Explanation>,
    pub(crate) amendment: Option<Amendment>,
    pub(crate) based_on: Option<u32>,
    /// The key and the digest of everything that came with it.
    pub(crate) key: Option<(String, Digest)>,
    /// The draft that it was; none where it came in one piece.
    pub(crate) draft: Option<DraftHandedIn>,
    /// Who answers for it, once it is signed.
    pub(crate) signing: Option<Signing>,
}

impl Parcel {
    /// Reads what was handed in for a round.
    pub(crate) fn of(handed: HandedIn, round: &RoundCode) -> Result<Self, OperationError> {
        let HandedIn { answers, explanations, amendment, based_on, key } = handed;
        let mut problems = Problems::default();
        examine_key(key.as_deref(), &mut problems);
        examine_explanations(&explanations, &mut problems);
        problems.none_left()?;
        let answers = canonical(answers)?;
        let digest = answers.digest();
        let key = match key {
            Some(key) => {
                let explained = rmp_serde::to_vec_named(&explanations).map_err(OperationError::host)?;
                // What it was based on is left out: who repeats an attempt whose answer was lost may know of its revision by now.
                let mut parts: Vec<&[u8]> = vec![round.as_str().as_bytes(), digest.bytes(), &explained];
                if let Some(amendment) = &amendment {
                    parts.extend([amendment.kind().code().as_bytes(), amendment.reason().as_bytes()]);
                }
                let request = Digest::of_parts(&parts);
                Some((key, request))
            }
            None => None,
        };
        Ok(Self { answers, digest, explanations, amendment, based_on, key, draft: None, signing: None })
    }

    /// Whether the explanations explain checks that the rubric has, in as many words as the round wants.
    pub(crate) fn examine_explanations(
        &self,
        description: &Description,
        policy: &RoundPolicy,
    ) -> Result<(), OperationError> {
        let mut problems = Problems::default();
        for (index, explanation) in self.explanations.iter().enumerate() {
            if description.check(&explanation.check).is_none() {
                problems.add(format!("/explanations/{index}/check"), "unknown-check", &[]);
            }
            if explanation.text.trim().chars().count() < usize::from(policy.explanation_min_chars) {
                let limit = policy.explanation_min_chars.to_string();
                problems.add(format!("/explanations/{index}/text"), "too-short-explanation", &[("limit", &limit)]);
            }
        }
        problems.none_left()
    }
}

/// The canonical form of answers.
pub(crate) fn canonical(answers: Value) -> Result<Answers, OperationError> {
    Answers::from_value(answers)
        .map_err(|reason: NotAnswers| OperationError::Invalid(vec![FormProblem::say("", reason.code(), &[])]))
}

fn examine_key(key: Option<&str>, problems: &mut Problems) {
    let is_sound = |key: &str| {
        (1..=IDEMPOTENCY_KEY_BYTES_MAX).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
    };
    if key.is_some_and(|key| !is_sound(key)) {
        problems.add("", "bad-key", &[("limit", &IDEMPOTENCY_KEY_BYTES_MAX.to_string())]);
    }
}

fn examine_explanations(explanations: &[Explanation], problems: &mut Problems) {
    if explanations.len() > EXPLANATIONS_MAX {
        problems.add("/explanations", "too-many", &[("limit", &EXPLANATIONS_MAX.to_string())]);
    }
    for (index, explanation) in explanations.iter().enumerate().take(EXPLANATIONS_MAX) {
        let at = format!("/explanations/{index}/text");
        let characters = explanation.text.trim().chars().count();
        if characters < EXPLANATION_CHARS_MIN {
            problems.add(at, "too-short-explanation", &[("limit", &EXPLANATION_CHARS_MIN.to_string())]);
        } else if characters > EXPLANATION_CHARS_MAX {
            problems.add(at, "too-long", &[("limit", &EXPLANATION_CHARS_MAX.to_string())]);
        }
    }
}

//! Drafts: what the people of a member are still writing. Working papers of the member: nobody else sees them, they count for nothing, and
//! what is written anew takes the place of what was there.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::activation::Signatory;
use crate::amendment::Amendment;
use crate::answers::Answers;
use crate::difference::differences;
use crate::digest::Digest;
use crate::fields::pointer_part;
use crate::ids::RoundCode;
use crate::limits::{DRAFT_CHANGE_FIELDS_MAX, DRAFT_CHANGES_MAX};
use crate::review::Explanation;

/// What a draft says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftContent {
    /// The revision that it builds upon; 0 where there was none.
    pub based_on: u32,
    /// The answers, as far as they are filled in.
    pub answers: Answers,
    /// The explanations, as far as they are written.
    pub explanations: Vec<Explanation>,
    /// What it is to amend, where that has to be said.
    pub amendment: Option<Amendment>,
}

impl DraftContent {
    /// The places at which another one differs, as far as they are remembered, and whether there are more.
    fn changed_in(&self, after: &Self) -> (Vec<String>, bool) {
        let (found, has_more) = differences(self.answers.value(), after.answers.value(), DRAFT_CHANGE_FIELDS_MAX);
        let mut fields: Vec<String> = found.into_iter().map(|found| format!("/answers{}", found.at)).collect();
        if self.explanations != after.explanations {
            fields.push("/explanations".to_owned());
        }
        if self.amendment != after.amendment {
            fields.push("/amendment".to_owned());
        }
        if self.based_on != after.based_on {
            fields.push("/based_on".to_owned());
        }
        (fields, has_more)
    }
}

/// Somebody wrote something into a draft: where, never what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftChange {
    /// What it was written into.
    pub from: Digest,
    /// Who wrote.
    pub by: Signatory,
    /// When.
    pub at: Timestamp,
    /// The places (RFC 6901) in the draft that became different.
    pub fields: Vec<String>,
    /// Whether there are more places than are remembered.
    pub has_more: bool,
}

/// What a step on a draft's way to the signature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DraftStepKind {
    /// A clerk presented it: as it is, a signatory may sign it. Whatever is written afterwards takes that back.
    Presented,
    /// A signatory sent it back.
    SentBack,
}

/// The newest step on a draft's way to the signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftStep {
    /// What it is.
    pub kind: DraftStepKind,
    /// Whose.
    pub by: Signatory,
    /// When.
    pub at: Timestamp,
    /// What was said.
    pub text: String,
}

/// A draft as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What it says.
    pub content: DraftContent,
    /// Who began it, or wrote last.
    pub by: Signatory,
    /// When.
    pub at: Timestamp,
    /// The newest step on its way to the signature, where there is one.
    pub step: Option<DraftStep>,
    /// What was changed since it was begun, the oldest first, as far as it is remembered.
    pub changes: Vec<DraftChange>,
}

/// The places of a draft that became different after somebody had read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedSince {
    /// The places (RFC 6901) in the draft.
    pub fields: Vec<String>,
    /// Whether they are all known.
    pub is_complete: bool,
}

impl Draft {
    /// The identity of the draft as it is in a round: whatever is written into it makes it another.
    pub fn state(&self, round: &RoundCode) -> Digest {
        let Self { content, by, at, step, .. } = self;
        let (based_on, answers) = (content.based_on.to_le_bytes(), content.answers.digest());
        let at = at.as_nanosecond().to_le_bytes();
        let mut parts: Vec<&[u8]> = vec![b"huizong draft v1", round.as_str().as_bytes(), by.token.0.as_bytes(), &at];
        parts.extend([&based_on[..], answers.bytes()]);
        for explanation in &content.explanations {
            let place: &[u8] = if explanation.at.is_some() { b"at" } else { b"everywhere" };
            let at = explanation.at.as_deref().unwrap_or_default();
            parts.extend([explanation.check.as_bytes(), place, at.as_bytes(), explanation.text.as_bytes()]);
        }
        if let Some(amendment) = &content.amendment {
            parts.extend([b"amendment", amendment.kind().code().as_bytes(), amendment.reason().as_bytes()]);
        }
        let stepped_at = step.as_ref().map(|step| step.at.as_nanosecond().to_le_bytes());
        if let (Some(step), Some(at)) = (step, &stepped_at) {
            let kind: &[u8] = if step.kind == DraftStepKind::Presented { b"presented" } else { b"sent back" };
            parts.extend([kind, step.by.token.0.as_bytes(), at]);
        }
        Digest::of_parts(&parts)
    }

    /// A draft that somebody begins.
    pub const fn begun(content: DraftContent, by: Signatory, at: Timestamp) -> Self {
        Self { content, by, at, step: None, changes: Vec::new() }
    }

    /// The draft once somebody has written something else into it. What was presented is that no more; why it was sent back stays to be read.
    pub fn rewritten(self, round: &RoundCode, content: DraftContent, by: Signatory, at: Timestamp) -> Self {
        let (fields, has_more) = self.content.changed_in(&content);
        let change = DraftChange { from: self.state(round), by: by.clone(), at, fields, has_more };
        let step = self.step.filter(|step| step.kind == DraftStepKind::SentBack);
        Self { content, by, at, step, changes: with(self.changes, change) }
    }

    /// The draft a step further on its way to the signature.
    pub fn stepped(self, round: &RoundCode, step: DraftStep) -> Self {
        let fields = vec!["/step".to_owned()];
        let change = DraftChange { from: self.state(round), by: step.by.clone(), at: step.at, fields, has_more: false };
        Self { step: Some(step), changes: with(self.changes, change), ..self }
    }

    /// What became different since the draft said what somebody read.
    pub fn changed_since(&self, read: Digest) -> ChangedSince {
        let place = self.changes.iter().rposition(|change| change.from == read);
        let since = place.map_or(&[][..], |place| &self.changes[place..]);
        let mut fields: Vec<String> = since.iter().flat_map(|change| change.fields.iter().cloned()).collect();
        fields.sort();
        fields.dedup();
        let is_complete = place.is_some() && !since.iter().any(|change| change.has_more);
        ChangedSince { fields, is_complete }
    }
}

fn with(mut changes: Vec<DraftChange>, change: DraftChange) -> Vec<DraftChange> {
    changes.push(change);
    let forgotten = changes.len().saturating_sub(DRAFT_CHANGES_MAX);
    changes.drain(..forgotten);
    changes
}

/// A value after a merge patch (RFC 7396).
pub fn merged(target: Value, patch: &Value) -> Value {
    let Value::Object(patch) = patch else { return patch.clone() };
    let mut members = match target {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    for (name, part) in patch {
        if part.is_null() {
            members.remove(name);
        } else {
            let before = members.remove(name).unwrap_or_default();
            members.insert(name.clone(), merged(before, part));
        }
    }
    Value::Object(members)
}

/// The places that a merge patch writes to.
pub fn places_of_patch(patch: &Value) -> Vec<String> {
    fn walk(at: &str, patch: &Value, places: &mut Vec<String>) {
        match patch {
            Value::Object(members) if !members.is_empty() => {
                for (name, part) in members {
                    walk(&format!("{at}/{}", pointer_part(name)), part, places);
                }
            }
            _ => places.push(at.to_owned()),
        }
    }
    let mut places = Vec::new();
    walk("", patch, &mut places);
    places
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ids::TokenId;

    fn content(answers: Value) -> DraftContent {
        DraftContent {
            based_on: 0,
            answers: Answers::from_value(answers).unwrap(),
            explanations: vec![],
            amendment: None,
        }
    }

    fn clerk(label: &str) -> Signatory {
        Signatory { token: TokenId(uuid::Uuid::nil()), label: label.to_owned() }
    }

    fn round() -> RoundCode {
        "2023".parse().unwrap()
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn patches_merge_as_the_examples_of_the_rfc_do() {
        let table = [
            (json!({"a": "b"}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "b"}), json!({"b": "c"}), json!({"a": "b", "b": "c"})),
            (json!({"a": "b"}), json!({"a": null}), json!({})),
            (json!({"a": "b", "b": "c"}), json!({"a": null}), json!({"b": "c"})),
            (json!({"a": ["b"]}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "c"}), json!({"a": ["b"]}), json!({"a": ["b"]})),
            (json!({"a": {"b": "c"}}), json!({"a": {"b": "d", "c": null}}), json!({"a": {"b": "d"}})),
            (json!({"a": [{"b": "c"}]}), json!({"a": [1]}), json!({"a": [1]})),
            (json!(["a", "b"]), json!(["c", "d"]), json!(["c", "d"])),
            (json!({"e": null}), json!({"a": 1}), json!({"e": null, "a": 1})),
            (json!([1, 2]), json!({"a": "b", "c": null}), json!({"a": "b"})),
            (json!({}), json!({"a": {"bb": {"ccc": null}}}), json!({"a": {"bb": {}}})),
        ];
        for (target, patch, result) in table {
            assert_eq!(merged(target.clone(), &patch), result, "{target} {patch}");
        }
    }

    #[test]
    fn a_patch_names_the_places_that_it_writes_to() {
        let patch = json!({"a": {"b": 1, "c/d": null}, "e": [1], "f": {}});
        assert_eq!(places_of_patch(&patch), ["/a/b", "/a/c~1d", "/e", "/f"]);
    }

    #[test]
    fn whoever_read_an_earlier_state_is_told_what_became_different() {
        let first = Draft::begun(content(json!({"a": 1, "b": 1})), clerk("one"), at(1));
        let read = first.state(&round());
        let second = first.rewritten(&round(), content(json!({"a": 2, "b": 1})), clerk("two"), at(2));
        let between = second.state(&round());
        let third = second.rewritten(&round(), content(json!({"a": 2, "b": 1, "c": {"d": 1}})), clerk("two"), at(3));
        let since = third.changed_since(read);
        assert_eq!((since.fields, since.is_complete), (vec!["/answers/a".into(), "/answers/c".into()], true));
        assert_eq!(third.changed_since(between).fields, ["/answers/c"]);
        let unknown = third.changed_since(Digest::of(b"never"));
        assert_eq!((unknown.fields.len(), unknown.is_complete), (0, false));
    }

    #[test]
    fn whatever_is_written_takes_a_presentation_back() {
        let step = |kind| DraftStep { kind, by: clerk("two"), at: at(2), text: "x".into() };
        let draft = || Draft::begun(content(json!({})), clerk("one"), at(1));
        let after = |kind| {
            let stepped = draft().stepped(&round(), step(kind));
            stepped.rewritten(&round(), content(json!({"a": 1})), clerk("one"), at(3)).step
        };
        assert_eq!(after(DraftStepKind::Presented), None);
        assert_eq!(after(DraftStepKind::SentBack), Some(step(DraftStepKind::SentBack)));
    }

    #[test]
    fn only_so_many_changes_are_remembered() {
        let mut draft = Draft::begun(content(json!({})), clerk("one"), at(0));
        let read = draft.state(&round());
        for number in 0..=DRAFT_CHANGES_MAX {
            draft = draft.rewritten(&round(), content(json!({ "a": number })), clerk("one"), at(1));
        }
        assert_eq!(draft.changes.len(), DRAFT_CHANGES_MAX);
        assert!(!draft.changed_since(read).is_complete);
    }

    #[test]
    fn whatever_is_written_is_another_state() {
        let draft = |content| Draft::begun(content, clerk("one"), at(1));
        let here = content(json!({"a": 1}));
        let explained = |at| {
            let explanation = Explanation { check: "c".into(), at, text: "x".into() };
            DraftContent { explanations: vec![explanation], ..here.clone() }
        };
        let drafts = [
            draft(here.clone()),
            draft(content(json!({"a": 2}))),
            draft(DraftContent { based_on: 1, ..here.clone() }),
            draft(explained(None)),
            draft(explained(Some(String::new()))),
            Draft::begun(here.clone(), clerk("one"), at(2)),
        ];
        let step = |kind, second| DraftStep { kind, by: clerk("two"), at: at(second), text: String::new() };
        let stepped =
            [step(DraftStepKind::Presented, 2), step(DraftStepKind::SentBack, 2), step(DraftStepKind::Presented, 3)];
        let stepped = stepped.map(|step| draft(here.clone()).stepped(&round(), step));
        let drafts: Vec<Draft> = drafts.into_iter().chain(stepped).collect();
        let mut states: Vec<Digest> = drafts.iter().map(|draft| draft.state(&round())).collect();
        states.push(drafts[0].state(&"2024".parse().unwrap()));
        states.sort();
        states.dedup();
        assert_eq!(states.len(), 10);
    }
}

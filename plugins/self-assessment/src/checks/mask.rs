//! Masks personal names in what the checks quote: a message may repeat a member's words, but never a person's name.

use huizong_sdk::{Amount, Finding, Name};

use crate::case::Case;

/// The personal names that the answers declare, longer than a single character.
pub(super) fn declared<'a>(case: &Case<'a>) -> Vec<&'a Name<'a>> {
    let guests = case.answers.external_person.iter().filter_map(|row| row.name.as_ref());
    let staff = case.answers.staff_assignment.iter().filter_map(|row| row.name.as_ref());
    let names = guests.chain(staff).chain(case.answers.submission.signature.as_ref());
    names.filter(|name| name.revealed().chars().nth(1).is_some()).collect()
}

/// Replaces every declared name in messages and comparisons by its mask.
pub(super) fn mask_names(case: &Case<'_>, found: &mut [Finding]) {
    if found.is_empty() {
        return;
    }
    for name in declared(case) {
        let mask = |words: &mut String| {
            if words.contains(name.revealed()) {
                *words = words.replace(name.revealed(), &name.masked());
            }
        };
        for finding in &mut *found {
            mask(&mut finding.message.zh);
            mask(&mut finding.message.en);
            for comparison in &mut finding.comparisons {
                for side in [&mut comparison.left, &mut comparison.right] {
                    if let Amount::Text(words) = side {
                        mask(words);
                    }
                }
            }
        }
    }
}

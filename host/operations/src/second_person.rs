//! The second person: who did something cannot be the one who confirms it, nor can a token of theirs.

use domain::access::Caller;
use domain::activation::{NotSecondPerson, Signatory, is_second_person};

use crate::error::OperationError;
use crate::office::Office;

impl Office {
    /// Whether the caller may confirm what others brought about.
    pub(crate) async fn second_person(&self, caller: &Caller, others: &[&Signatory]) -> Result<(), OperationError> {
        let not_possible = |why| match why {
            NotSecondPerson::SamePerson => OperationError::NotPossible { code: "not-a-second-person" },
            NotSecondPerson::IssuedByThem => OperationError::NotPossible { code: "second-person-issued-by-first" },
        };
        let issuers = self.issuers(caller).await?.ok_or_else(|| not_possible(NotSecondPerson::IssuedByThem))?;
        is_second_person(&Signatory::of(caller), &issuers, others).map_err(not_possible)
    }
}

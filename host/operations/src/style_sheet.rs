//! How a federation's documents look, which it sets itself.

use domain::access::{Caller, Operation};
use domain::ids::FederationCode;
use domain::style_sheet::{StyleFaults, StyleParts, StyleSheet};

use crate::error::OperationError;
use crate::office::Office;
use crate::problem::Problems;

impl Office {
    /// How the federation's documents look.
    pub async fn style_sheet(
        &self,
        caller: &Caller,
        federation: &FederationCode,
    ) -> Result<StyleSheet, OperationError> {
        Ok(self.scope(caller, Operation::ReadRelease, federation)?.style_sheet().await?)
    }

    /// Sets how they look, for every document that is rendered from now on.
    pub async fn set_style_sheet(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        parts: StyleParts,
    ) -> Result<StyleSheet, OperationError> {
        let scope = self.scope(caller, Operation::SteerStyle, federation)?;
        let sheet = StyleSheet::try_from(parts).map_err(invalid)?;
        let digest = sheet.digest();
        let act = self.act(caller, "set-style-sheet", "style-sheet".to_owned(), Some(digest), &digest.short());
        scope.keep_style_sheet(&sheet, act).await?;
        Ok(sheet)
    }
}

fn invalid(StyleFaults(faults): StyleFaults) -> OperationError {
    let mut problems = Problems::default();
    for fault in faults {
        let arguments: Vec<(&str, &str)> =
            fault.arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
        problems.add(fault.at, fault.code, &arguments);
    }
    OperationError::Invalid(problems.0)
}

//! A federation is enrolled on the host.

use domain::access::{Caller, Grant, Operation, Target};
use domain::federation::Federation;
use domain::ids::FederationCode;
use domain::text::Language;
use domain::token::Token;

use crate::error::OperationError;
use crate::office::Office;
use crate::problem::Problems;
use crate::token::IssuedToken;

impl Office {
    /// Enrols a federation and issues the first token of its administration.
    pub async fn enrol_federation(
        &self,
        caller: &Caller,
        federation: Federation,
    ) -> Result<IssuedToken, OperationError> {
        caller.may(Operation::EnrolFederation, Target::Host)?;
        let mut problems = Problems::default();
        problems.name("/name", &federation.name);
        problems.none_left()?;
        let act = self.act(caller, "enrol-federation", format!("federation/{}", federation.code), None, "");
        let grant = Grant::of_administration(federation.code.clone());
        self.house.store.enrol_federation(&federation, act).await?;
        let label = documents::words::say(Language::Chinese, "token-first-admin", &[("federation", &federation.name)]);
        let (token, secret) = self.new_token(&label)?;
        let scope = self.house.store.federation(&federation.code);
        self.keep_issued(caller, &scope, Token { grants: vec![grant], ..token }, secret).await
    }

    /// The federations of the host, in order of their codes.
    pub async fn federations(&self, caller: &Caller) -> Result<Vec<Federation>, OperationError> {
        caller.may(Operation::ListFederations, Target::Host)?;
        Ok(self.house.store.federations().await?)
    }

    /// One federation, for whoever may read its rounds: its name stands on every page.
    pub async fn federation(&self, caller: &Caller, federation: &FederationCode) -> Result<Federation, OperationError> {
        let scope = self.scope(caller, Operation::ReadRound, federation)?;
        scope.federation().await?.ok_or(OperationError::Missing("federation"))
    }
}

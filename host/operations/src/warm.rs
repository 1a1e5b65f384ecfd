//! A host that starts makes ready what its rounds will ask for, so that the first member of the morning waits no longer than the others.

use std::collections::BTreeSet;

use domain::digest::Digest;
use domain::ids::FederationCode;
use domain::limits::ACTIVATIONS_LISTED_MAX;
use domain::round::RoundState;
use store::Scope;
use tokio_util::sync::CancellationToken;

use crate::error::OperationError;
use crate::office::Office;

impl Office {
    /// Loads every release that is in force in an open round, or proposed for one, one after the other until `stop`. What cannot be
    /// loaded is left to whoever asks for it. Gives how many are ready.
    pub async fn warm(&self, stop: &CancellationToken) -> usize {
        let mut ready = 0;
        for (federation, release) in self.wanted_soon().await {
            let scope = self.house.store.federation(&federation);
            let made = tokio::select! {
                made = self.make_ready(&scope, release) => made,
                () = stop.cancelled() => break,
            };
            match made {
                Ok(()) => ready += 1,
                Err(error) => {
                    let error: &dyn std::error::Error = &error;
                    tracing::warn!(federation = %federation, release = %release, error, "a release could not be made ready");
                }
            }
        }
        ready
    }

    /// A release of the federation, compiled and in memory; of a rubric the form too.
    pub(crate) async fn make_ready(&self, scope: &Scope, release: Digest) -> Result<(), OperationError> {
        let release = self.known_release(scope, release).await?;
        if release.descriptions.rubric.is_some() {
            self.form(&release)?;
        }
        // It is not called yet, so that nothing is counted.
        self.unwatched_plugin(&release).await.map(drop)
    }

    /// What is in force comes before what is only proposed.
    async fn wanted_soon(&self) -> Vec<(FederationCode, Digest)> {
        let (mut in_force, mut proposed) = (BTreeSet::new(), BTreeSet::new());
        let federations = match self.house.store.federations().await {
            Ok(federations) => federations,
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "the federations could not be read");
                Vec::new()
            }
        };
        for federation in federations {
            let scope = self.house.store.federation(&federation.code);
            if let Err(error) = wanted_of(&scope, &mut in_force, &mut proposed).await {
                let error: &dyn std::error::Error = &error;
                tracing::warn!(federation = %federation.code, error, "the rounds could not be read");
            }
        }
        proposed.retain(|wanted| !in_force.contains(wanted));
        in_force.into_iter().chain(proposed).collect()
    }
}

async fn wanted_of(
    scope: &Scope,
    in_force: &mut BTreeSet<(FederationCode, Digest)>,
    proposed: &mut BTreeSet<(FederationCode, Digest)>,
) -> Result<(), OperationError> {
    let rounds = scope.rounds().await?;
    for round in rounds.into_iter().filter(|round| round.state == RoundState::Open) {
        let releases = round.reports.iter().chain([&round.rubric]);
        in_force.extend(releases.map(|release| (scope.code().clone(), *release)));
        let activations = scope.activations(&round.code, ACTIVATIONS_LISTED_MAX).await?;
        let undecided = activations.into_iter().filter(|activation| activation.decision.is_none());
        proposed.extend(undecided.map(|activation| (scope.code().clone(), activation.proposal.release)));
    }
    Ok(())
}

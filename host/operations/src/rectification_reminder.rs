//! Members are reminded of what they should have put right by a day that has passed: once for that day, and again where it was postponed.

use std::collections::BTreeMap;

use domain::ids::RoundCode;
use domain::rectification::KnownRectification;
use domain::round::Round;
use jiff::civil::Date;
use store::Scope;

use crate::error::OperationError;
use crate::office::Office;

impl Office {
    /// Looks through what is to be put right in every federation. Whatever another host has done already is not done again.
    pub(crate) async fn remind_of_what_is_overdue(&self, today: Date) -> Result<(), OperationError> {
        for federation in self.house.store.federations().await? {
            let scope = self.house.store.federation(&federation.code);
            // One federation's trouble is not the others'.
            if let Err(error) = self.remind_members_of(&scope, today).await {
                let federation = &federation.code;
                tracing::warn!(%federation, error = &error as &dyn std::error::Error, "members were not reminded");
            }
        }
        Ok(())
    }

    async fn remind_members_of(&self, scope: &Scope, today: Date) -> Result<(), OperationError> {
        let overdue = scope.rectifications(None).await?.into_iter().filter(|known| known.is_overdue(today));
        let overdue: Vec<KnownRectification> = overdue.collect();
        if overdue.is_empty() {
            return Ok(());
        }
        let rounds = scope.rounds().await?.into_iter().map(|round| (round.code.clone(), round));
        let rounds: BTreeMap<RoundCode, Round> = rounds.collect();
        for known in overdue {
            let item = &known.rectification;
            let Some(round) = rounds.get(&item.round) else { continue };
            let due_on = known.due_on();
            let arguments = [("due", due_on.to_string())];
            let arguments = arguments.each_ref().map(|(name, value)| (*name, value.as_str()));
            let unit = std::slice::from_ref(&item.unit);
            let told = self.tell(scope, round, unit, "rectification-overdue", &arguments).await?;
            let act = self.act_of_the_house("remind", format!("rectification/{}/{due_on}", item.id));
            scope.remind_of_rectification(item.id, due_on, &told, act).await?;
        }
        self.house.post_given.notify_one();
        Ok(())
    }
}

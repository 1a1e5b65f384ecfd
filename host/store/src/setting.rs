//! What a federation has set for itself. Every decision is kept, and the newest holds.

use domain::audit::Act;
use domain::delivery::Webhook;
use domain::quarantine::QuarantinePolicy;
use domain::sign_on::SignOn;
use domain::style_sheet::StyleSheet;
use futures::FutureExt as _;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::body::{body, pack};
use crate::{Scope, StoreError};

/// Where the decisions about one thing are kept.
struct Setting {
    what: &'static str,
    newest: &'static str,
    append: &'static str,
}

macro_rules! setting {
    ($what:literal in $table:literal) => {
        Setting {
            what: $what,
            newest: concat!("SELECT body FROM ", $table, " WHERE federation = $1 ORDER BY entry DESC LIMIT 1"),
            append: concat!("INSERT INTO ", $table, " (federation, entry, body) VALUES ($1, $2, $3)"),
        }
    };
}

const WEBHOOK: Setting = setting!("webhook" in "webhooks");
const SIGN_ON: Setting = setting!("sign-on" in "sign_ons");
const QUARANTINE_POLICY: Setting = setting!("quarantine policy" in "quarantine_policies");
const STYLE_SHEET: Setting = setting!("style sheet" in "style_sheets");

impl Scope {
    /// Where the federation's own program hears of every notice; none where it hears of none.
    pub async fn webhook(&self) -> Result<Option<Webhook>, StoreError> {
        Ok(self.newest(&WEBHOOK).await?.flatten())
    }

    /// Sets the webhook, or says that there is none any more.
    pub async fn keep_webhook(&self, webhook: Option<&Webhook>, act: Act) -> Result<(), StoreError> {
        self.append(&WEBHOOK, &webhook, act).await
    }

    /// The provider of identities that the federation believes, where there is one.
    pub async fn sign_on(&self) -> Result<Option<SignOn>, StoreError> {
        Ok(self.newest(&SIGN_ON).await?.flatten())
    }

    /// Names the provider, or says that there is none any more.
    pub async fn keep_sign_on(&self, sign_on: Option<&SignOn>, act: Act) -> Result<(), StoreError> {
        self.append(&SIGN_ON, &sign_on, act).await
    }

    /// How much the federation allows its releases to fault.
    pub async fn quarantine_policy(&self) -> Result<QuarantinePolicy, StoreError> {
        Ok(self.newest(&QUARANTINE_POLICY).await?.unwrap_or_default())
    }

    /// Sets how much that is; what is quarantined stays so.
    pub async fn keep_quarantine_policy(&self, policy: QuarantinePolicy, act: Act) -> Result<(), StoreError> {
        self.append(&QUARANTINE_POLICY, &policy, act).await
    }

    /// How the federation's documents look.
    pub async fn style_sheet(&self) -> Result<StyleSheet, StoreError> {
        Ok(self.newest(&STYLE_SHEET).await?.unwrap_or_default())
    }

    /// Sets how they look from now on.
    pub async fn keep_style_sheet(&self, sheet: &StyleSheet, act: Act) -> Result<(), StoreError> {
        self.append(&STYLE_SHEET, sheet, act).await
    }

    async fn newest<T: DeserializeOwned>(&self, setting: &Setting) -> Result<Option<T>, StoreError> {
        let row = sqlx::query(setting.newest).bind(self.code.as_str()).fetch_optional(self.readers()).await?;
        row.map(|row| body(&row, setting.what)).transpose()
    }

    async fn append(&self, setting: &Setting, value: &impl Serialize, act: Act) -> Result<(), StoreError> {
        let (append, packed, federation) = (setting.append, pack(value)?, self.code.clone());
        self.record(act, move |connection, entry| {
            async move {
                sqlx::query(append).bind(federation.as_str()).bind(entry).bind(packed).execute(connection).await?;
                Ok(())
            }
            .boxed()
        })
        .await
    }
}

//! Accounts: an administration lets its people in, says what they are, and shuts them out.

use domain::access::{Caller, Grant, Operation, Role};
use domain::account::{Account, AccountState, LoginName};
use domain::ids::{AccountId, FederationCode, UnitCode};
use domain::limits::GRANTS_MAX;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Scope, SessionsEnd};

use crate::error::OperationError;
use crate::grant::grant_in;
use crate::office::Office;
use crate::password::examine_password;
use crate::problem::Problems;

/// Somebody to let in.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    /// By which name they sign in: that of a post, not of a person, since it stands in the audit log.
    pub login: String,
    /// What they are called.
    pub name: String,
    /// Their first password, which they change; none where they sign in only elsewhere.
    #[serde(default)]
    pub password: Option<String>,
    /// What they are.
    #[serde(default)]
    pub grants: Vec<NewGrant>,
}

/// What somebody is to be.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewGrant {
    /// The role.
    pub role: Role,
    /// For which unit and everything below it; the whole federation where it is left out.
    #[serde(default)]
    pub unit: Option<UnitCode>,
}

/// Somebody is given a grant, or it is taken from them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewGrantChange {
    /// Which of both.
    pub act: GrantAct,
    /// The role.
    pub role: Role,
    /// For which unit and everything below it; the whole federation where it is left out.
    #[serde(default)]
    pub unit: Option<UnitCode>,
    /// Why.
    pub reason: String,
}

/// What is done with a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GrantAct {
    /// It is given.
    Give,
    /// It is taken.
    Withdraw,
}

/// Somebody is shut out or let in again.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewAccountState {
    /// Which of both.
    pub state: AccountState,
    /// Why.
    pub reason: String,
}

/// Another password for somebody who has forgotten theirs.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    /// It.
    pub password: String,
    /// Why.
    pub reason: String,
}

/// An account, for its administration and for whoever it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccountView {
    /// Its identifier.
    pub id: AccountId,
    /// The federation that looks after it.
    pub federation: FederationCode,
    /// By which name they sign in.
    pub login: LoginName,
    /// What they are called.
    pub name: String,
    /// Whether they may sign in.
    pub state: AccountState,
    /// What they are.
    pub grants: Vec<Grant>,
    /// When it was created.
    pub created_at: Timestamp,
    /// Counts the changes, from 1.
    pub version: u64,
}

impl From<Account> for AccountView {
    fn from(account: Account) -> Self {
        let Account { id, federation, login, name, state, grants, created_at, version, issued_by: _ } = account;
        Self { id, federation, login, name, state, grants, created_at, version }
    }
}

impl Office {
    /// Lets somebody in.
    pub async fn create_account(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        new: NewAccount,
    ) -> Result<AccountView, OperationError> {
        let scope = self.scope(caller, Operation::SteerAccounts, federation)?;
        let mut problems = Problems::default();
        problems.name("/name", &new.name);
        let login = new.login.parse::<LoginName>();
        if login.is_err() {
            problems.add("/login", "not-a-login-name", &[]);
        }
        if let Some(password) = &new.password {
            examine_password(&mut problems, "/password", password, &new.login);
        }
        if new.grants.len() > GRANTS_MAX {
            problems.add("/grants", "too-many", &[("limit", &GRANTS_MAX.to_string())]);
        }
        let mut grants = Vec::new();
        for (index, wanted) in new.grants.iter().enumerate().take(GRANTS_MAX) {
            grants.extend(grant_in(
                federation,
                wanted.role,
                wanted.unit.as_ref(),
                &format!("/grants/{index}"),
                &mut problems,
            ));
        }
        problems.none_left()?;
        let Ok(login) = login else { return Err(OperationError::Missing("account")) };
        grants.sort();
        grants.dedup();
        for grant in &grants {
            caller.may_give(grant)?;
            self.is_there(&scope, grant).await?;
        }
        let password = match &new.password {
            Some(password) => Some(self.hash_password(password).await?),
            None => None,
        };
        let now = self.now();
        let account = Account {
            id: AccountId(self.randomness().identifier(now)?),
            federation: federation.clone(),
            login,
            name: new.name,
            state: AccountState::Active,
            grants,
            issued_by: vec![caller.token],
            created_at: now,
            version: 1,
        };
        let act = self.act(caller, "create-account", subject_of(&account), None, &named(&account.grants));
        scope.keep_account(&account, password.as_deref(), act).await?;
        Ok(account.into())
    }

    /// The accounts of a federation, in order of their login names.
    pub async fn accounts(
        &self,
        caller: &Caller,
        federation: &FederationCode,
    ) -> Result<Vec<AccountView>, OperationError> {
        let scope = self.scope(caller, Operation::ReadAccounts, federation)?;
        Ok(scope.accounts().await?.into_iter().map(AccountView::from).collect())
    }

    /// An account.
    pub async fn account(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        id: AccountId,
    ) -> Result<AccountView, OperationError> {
        let scope = self.scope(caller, Operation::ReadAccounts, federation)?;
        Ok(scope.account(id).await?.ok_or(OperationError::Missing("account"))?.into())
    }

    /// Gives somebody a grant or takes it from them. To give what is there, or to take what is not, changes nothing.
    pub async fn change_grants(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        id: AccountId,
        new: NewGrantChange,
    ) -> Result<AccountView, OperationError> {
        let (scope, mut account) = self.steered(caller, federation, id).await?;
        let mut problems = Problems::default();
        problems.name("/reason", &new.reason);
        let grant = grant_in(federation, new.role, new.unit.as_ref(), "", &mut problems);
        if account.grants.len() >= GRANTS_MAX && new.act == GrantAct::Give {
            problems.add("", "too-many", &[("limit", &GRANTS_MAX.to_string())]);
        }
        problems.none_left()?;
        let grant = grant.ok_or(OperationError::NotAllowed)?;
        caller.may_give(&grant)?;
        let has_it = account.grants.contains(&grant);
        let verb = match new.act {
            GrantAct::Give if has_it => return Ok(account.into()),
            GrantAct::Withdraw if !has_it => return Ok(account.into()),
            GrantAct::Give => {
                self.is_there(&scope, &grant).await?;
                account.grants.push(grant.clone());
                account.grants.sort();
                "give-grant"
            }
            GrantAct::Withdraw => {
                account.grants.retain(|other| *other != grant);
                "withdraw-grant"
            }
        };
        let subject = format!("{}/{}", subject_of(&account), named(&[grant]));
        self.keep_change(caller, &scope, account, None, SessionsEnd::None, (verb, subject, &new.reason)).await
    }

    /// Shuts somebody out or lets them in again. Who is shut out is signed out everywhere.
    pub async fn set_account_state(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        id: AccountId,
        new: NewAccountState,
    ) -> Result<AccountView, OperationError> {
        let (scope, mut account) = self.steered(caller, federation, id).await?;
        let mut problems = Problems::default();
        problems.name("/reason", &new.reason);
        problems.none_left()?;
        if account.state == new.state {
            return Ok(account.into());
        }
        account.state = new.state;
        let (verb, end) = match new.state {
            AccountState::Active => ("enable-account", SessionsEnd::None),
            AccountState::Disabled => ("disable-account", SessionsEnd::All),
        };
        let subject = subject_of(&account);
        self.keep_change(caller, &scope, account, None, end, (verb, subject, &new.reason)).await
    }

    /// Gives somebody another password, and signs them out everywhere. Whoever gave it knows it, and is no second person to them from then on.
    pub async fn reset_password(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        id: AccountId,
        new: NewPassword,
    ) -> Result<AccountView, OperationError> {
        let (scope, mut account) = self.steered(caller, federation, id).await?;
        let mut problems = Problems::default();
        problems.name("/reason", &new.reason);
        examine_password(&mut problems, "/password", &new.password, account.login.as_str());
        problems.none_left()?;
        let password = self.hash_password(&new.password).await?;
        if caller.token != account.identity() && !account.issued_by.contains(&caller.token) {
            account.issued_by.push(caller.token);
        }
        let subject = subject_of(&account);
        let said = ("reset-password", subject, new.reason.as_str());
        self.keep_change(caller, &scope, account, Some(&password), SessionsEnd::All, said).await
    }

    /// An account that the caller may change: one that has nothing that the caller could not give.
    async fn steered(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        id: AccountId,
    ) -> Result<(Scope, Account), OperationError> {
        let scope = self.scope(caller, Operation::SteerAccounts, federation)?;
        let account = scope.account(id).await?.ok_or(OperationError::Missing("account"))?;
        for grant in &account.grants {
            caller.may_give(grant)?;
        }
        Ok((scope, account))
    }

    async fn keep_change(
        &self,
        caller: &Caller,
        scope: &Scope,
        mut account: Account,
        password: Option<&str>,
        end: SessionsEnd,
        (verb, subject, reason): (&str, String, &str),
    ) -> Result<AccountView, OperationError> {
        account.version += 1;
        scope.change_account(&account, password, end, self.act(caller, verb, subject, None, reason)).await?;
        Ok(account.into())
    }

    /// Whether the federation and the unit of a grant are there.
    pub(crate) async fn is_there(&self, scope: &Scope, grant: &Grant) -> Result<(), OperationError> {
        match grant.unit() {
            None => scope.federation().await?.map(drop).ok_or(OperationError::Missing("federation")),
            Some(unit) => scope.unit(unit).await?.map(drop).ok_or(OperationError::Missing("unit")),
        }
    }
}

/// What the audit log calls an account.
pub(crate) fn subject_of(account: &Account) -> String {
    format!("account/{}", account.login)
}

/// Grants as the audit log names them.
pub(crate) fn named(grants: &[Grant]) -> String {
    let named = |grant: &Grant| match grant.unit() {
        None => grant.role().code().to_owned(),
        Some(unit) => format!("{} {unit}", grant.role().code()),
    };
    grants.iter().map(named).collect::<Vec<_>>().join(", ")
}

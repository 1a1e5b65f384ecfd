//! The people of a federation: who may sign in, and what they are.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::access::{Grant, Ground, Operation, Role};
use domain::account::AccountState;
use domain::ids::FederationCode;
use domain::limits::PASSWORD_CHARS_MIN;
use operations::{AccountView, NewAccount, NewAccountState, NewGrant, NewPassword, OperationError};
use serde::Deserialize;

use super::paging::Pages;
use crate::address::{Address, InFederation, OfAccount};
use crate::console::frame::{self, Frame, go_to};
use crate::console::reader::Reader;
use crate::console::refused::Refused;
use crate::house::House;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "console/people.html")]
struct People {
    frame: Frame,
    federation: FederationCode,
    accounts: Vec<AccountView>,
    pages: Pages,
    named: String,
    may_steer: bool,
    /// What was typed for somebody new, where it did not work.
    typed: Typed,
    refused: Option<String>,
}

/// Which of them are shown.
#[derive(Default, Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    named: String,
    #[serde(default)]
    page: usize,
}

/// Somebody new.
#[derive(Clone, Default, Deserialize)]
pub(crate) struct Typed {
    login: String,
    name: String,
    password: String,
    role: String,
    #[serde(default)]
    unit: String,
}

/// Everybody who has an account.
pub(crate) async fn page(
    State(house): State<House>,
    Address(at): Address<InFederation>,
    Query(which): Query<Which>,
    reader: Reader,
) -> Result<Response, Problem> {
    drawn(&house, &reader, at.federation, which, Typed::default(), StatusCode::OK, None).await
}

async fn drawn(
    house: &House,
    reader: &Reader,
    federation: FederationCode,
    Which { named, page }: Which,
    typed: Typed,
    status: StatusCode,
    refused: Option<String>,
) -> Result<Response, Problem> {
    let mut accounts = house.office.accounts(&reader.caller, &federation).await?;
    let wanted = named.trim();
    accounts.retain(|account| account.name.contains(wanted) || account.login.as_str().contains(wanted));
    let pages = Pages::of(accounts.len(), page);
    let page = People {
        frame: reader.frame(),
        accounts: pages.cut(accounts),
        may_steer: reader.may(Operation::SteerAccounts),
        federation,
        pages,
        named,
        typed: Typed { password: String::new(), ..typed },
        refused,
    };
    frame::page(status, &page)
}

/// Lets somebody in.
pub(crate) async fn let_in(
    State(house): State<House>,
    Address(at): Address<InFederation>,
    reader: Reader,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let created = match grant_of(&typed) {
        Ok(grant) => {
            let Typed { login, name, password, .. } = typed.clone();
            let new = NewAccount { login, name, password: Some(password), grants: vec![grant] };
            house.office.create_account(&reader.caller, &at.federation, new).await
        }
        Err(error) => Err(error),
    };
    match created {
        Ok(_) => Ok(go_to(&format!("{}/people", at.page()))),
        Err(error) => refused(&house, &reader, at.federation, typed, error).await,
    }
}

/// The role that was chosen, for the unit that was typed.
fn grant_of(typed: &Typed) -> Result<NewGrant, OperationError> {
    let role = Role::ALL.into_iter().find(|role| role.code() == typed.role).ok_or(OperationError::Missing("role"))?;
    let unit = match typed.unit.trim() {
        "" => None,
        unit => Some(unit.parse().map_err(|_| OperationError::Missing("unit"))?),
    };
    Ok(NewGrant { role, unit })
}

/// What becomes of somebody.
#[derive(Deserialize)]
pub(crate) struct Change {
    act: String,
    #[serde(default)]
    password: String,
    reason: String,
}

/// Shuts somebody out, lets them in again, or gives them another password.
pub(crate) async fn change(
    State(house): State<House>,
    Address(at): Address<OfAccount>,
    reader: Reader,
    Form(Change { act, password, reason }): Form<Change>,
) -> Result<Response, Problem> {
    let (office, caller, federation) = (&house.office, &reader.caller, &at.federation);
    let changed = match act.as_str() {
        "password" => {
            office.reset_password(caller, federation, at.account, NewPassword { password, reason }).await.map(|_| ())
        }
        act => {
            let state = if act == "let-in" { AccountState::Active } else { AccountState::Disabled };
            let new = NewAccountState { state, reason };
            office.set_account_state(caller, federation, at.account, new).await.map(|_| ())
        }
    };
    match changed {
        Ok(()) => Ok(go_to(&format!("/federations/{federation}/people"))),
        Err(error) => refused(&house, &reader, at.federation, Typed::default(), error).await,
    }
}

async fn refused(
    house: &House,
    reader: &Reader,
    federation: FederationCode,
    typed: Typed,
    error: OperationError,
) -> Result<Response, Problem> {
    let Refused { status, said } = Refused::of(error, reader)?;
    drawn(house, reader, federation, Which::default(), typed, status, Some(said)).await
}

impl People {
    fn roles(&self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(|role| *role != Role::Operator)
    }

    fn role_name(&self, role: &Role) -> String {
        self.frame.word(&format!("role-{}", role.code()))
    }

    fn is_typed(&self, role: &Role) -> bool {
        self.typed.role == role.code()
    }

    fn grant(&self, grant: &Grant) -> String {
        let role = self.role_name(&grant.role());
        match grant.ground() {
            Ground::Subtree(_, unit) => self.frame.say_both("console-people-grant", "role", role, "unit", unit),
            Ground::Host | Ground::Federation(_) => role,
        }
    }

    fn is_active(&self, account: &AccountView) -> bool {
        account.state == AccountState::Active
    }

    fn password_chars_min(&self) -> usize {
        PASSWORD_CHARS_MIN
    }

    fn page_at(&self, page: &usize) -> String {
        format!("/federations/{}/people?named={}&page={page}", self.federation, frame::escaped(&self.named))
    }
}

//! Two federations are enrolled: their org units, their people's tokens, their plugins.

use std::collections::BTreeMap;

use anyhow::Context as _;
use demo_pack::{Component, Federation, Round};
use domain::access::Role;
use domain::digest::Digest;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use serde_json::{Value, json};

use crate::client::Client;
use crate::output::Output;

/// Requests that are under way at once.
pub const AT_ONCE: usize = 16;

/// A federation with the people who act for it.
pub struct Cast<'p> {
    /// What the pack says of it.
    pub federation: &'p Federation,
    /// Its administration.
    pub admin: Client,
    /// The second person, who approves what the administration proposes.
    pub approver: Client,
    /// The administration's token.
    pub admin_token: String,
    /// The members' tokens, by unit.
    pub member_tokens: BTreeMap<String, String>,
    /// The digests of its releases, by the plugin's name.
    pub releases: BTreeMap<&'static str, String>,
    /// Who can sign in to the console: one for each role.
    pub people: Vec<Person>,
    names: BTreeMap<String, String>,
}

/// Somebody who can sign in to the console.
pub struct Person {
    /// The role, by its code.
    pub role: Role,
    /// By which name they sign in: the role's.
    pub login: String,
}

impl<'p> Cast<'p> {
    /// The round that the demo is about.
    pub fn last_round(&self) -> &'p Round {
        self.federation.rounds.last().expect("every federation of the pack has a round")
    }

    /// The path of a round.
    pub fn round_path(&self, round: &Round) -> String {
        format!("/federations/{}/rounds/{}", self.federation.code, round.code)
    }

    /// The path of a member's submission.
    pub fn submission_path(&self, round: &Round, unit: &str) -> String {
        format!("{}/submissions/{unit}", self.round_path(round))
    }

    /// A unit's name.
    pub fn name_of<'a>(&'a self, unit: &'a str) -> &'a str {
        self.names.get(unit).map_or(unit, String::as_str)
    }

    /// The member with the lowest code, and its token.
    pub fn first_member(&self) -> Option<(&str, &str)> {
        self.member_tokens.iter().next().map(|(unit, token)| (unit.as_str(), token.as_str()))
    }

    /// The member's own client.
    pub fn member(&self, unit: &str) -> anyhow::Result<Client> {
        let token = self.member_tokens.get(unit).with_context(|| format!("{unit} has no token"))?;
        Ok(self.admin.with_token(token))
    }
}

/// Enrols a federation: the operator makes its first token, everything else its administration does by itself.
pub async fn enrol<'p>(operator: &Client, federation: &'p Federation, output: &Output) -> anyhow::Result<Cast<'p>> {
    let body = json!({ "code": federation.code, "name": federation.name });
    let issued = operator.post("/federations", &body).await?;
    let admin_token = secret_of(&issued)?;
    let admin = operator.with_token(&admin_token);
    let path = format!("/federations/{}", federation.code);
    // The operator issues it: a token from the administration itself would be no second person's.
    let body = json!({ "role": "approver", "label": "approver" });
    let approver = operator.with_token(&secret_of(&operator.post(&format!("{path}/tokens"), &body).await?)?);
    admin.put(&format!("{path}/units"), &federation.units).await?;
    let member_tokens = issue_member_tokens(&admin, &path, &federation.units, output).await?;
    let releases = admit_releases(&admin, &path, federation, output).await?;
    output.say("demo-enrolled", &[("federation", federation.name), ("members", &member_tokens.len().to_string())]);
    let units = federation.units.as_array().into_iter().flatten();
    let names = units.map(|unit| (text(&unit["code"]), text(&unit["name"]))).collect();
    let member = member_tokens.keys().next().context("a federation of the pack has members")?;
    let people = let_people_in(&admin, &path, &password_of(&admin_token), member).await?;
    Ok(Cast { federation, admin, approver, admin_token, member_tokens, releases, people, names })
}

/// The password of the demo's people: as random as the token that it is made of, and another in each demo.
pub fn password_of(admin_token: &str) -> String {
    Digest::of(admin_token.as_bytes()).to_string().chars().take(20).collect()
}

/// One account for each role of a federation, those of a member for one of its members.
async fn let_people_in(admin: &Client, path: &str, password: &str, member: &str) -> anyhow::Result<Vec<Person>> {
    let mut people = Vec::new();
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Operator) {
        let login = role.code().to_owned();
        let unit = role.is_of_a_member().then_some(member);
        let grants = json!([{ "role": role, "unit": unit }]);
        let body = json!({ "login": login, "name": login, "password": password, "grants": grants });
        admin.post(&format!("{path}/accounts"), &body).await?;
        people.push(Person { role, login });
    }
    Ok(people)
}

async fn issue_member_tokens(
    admin: &Client,
    path: &str,
    units: &Value,
    output: &Output,
) -> anyhow::Result<BTreeMap<String, String>> {
    let members: Vec<String> = units
        .as_array()
        .into_iter()
        .flatten()
        .filter(|unit| unit["reports"] == true)
        .map(|unit| text(&unit["code"]))
        .collect();
    let bar = output.progress(members.len() as u64, output.words("demo-issuing-tokens", &[]));
    let tokens = stream::iter(members)
        .map(|unit| {
            let bar = bar.clone();
            async move {
                let body = json!({ "role": "member-clerk", "unit": unit, "label": format!("member-{unit}") });
                let issued = admin.post(&format!("{path}/tokens"), &body).await?;
                bar.inc(1);
                anyhow::Ok((unit, secret_of(&issued)?))
            }
        })
        .buffer_unordered(AT_ONCE)
        .try_collect()
        .await?;
    bar.finish_and_clear();
    Ok(tokens)
}

/// Uploads every plugin of the federation; the server inspects, compiles and asks each what it is.
async fn admit_releases(
    admin: &Client,
    path: &str,
    federation: &Federation,
    output: &Output,
) -> anyhow::Result<BTreeMap<&'static str, String>> {
    let mut plugins: BTreeMap<&'static str, Component> = BTreeMap::new();
    for round in &federation.rounds {
        for component in std::iter::once(&round.rubric).chain(&round.reports) {
            plugins.insert(component.name, *component);
        }
    }
    plugins.insert(federation.replacement.0.name, federation.replacement.0);
    let bar = output.progress(plugins.len() as u64, output.words("demo-admitting", &[]));
    let mut releases = BTreeMap::new();
    for (name, component) in plugins {
        let release = admin.post_component(&format!("{path}/releases"), component.bytes.to_vec()).await?;
        let digest = text(&release["digest"]);
        output.say(
            "demo-admitted",
            &[
                ("plugin", name),
                ("digest", digest.get(..12).unwrap_or(&digest)),
                ("bytes", &component.bytes.len().to_string()),
            ],
        );
        releases.insert(name, digest);
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(releases)
}

fn secret_of(issued: &Value) -> anyhow::Result<String> {
    issued["secret"].as_str().map(str::to_owned).context("the answer holds the token's secret")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

//! Who may do what, over HTTP: every route asked by every role, and let through as the access table says.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use harness::{Client, Federation, Route};
use serde_json::{Value, json};

use crate::server;

/// An identifier that nothing has: who may, is told that there is no such thing.
const NOBODYS: &str = "00000000-0000-7000-8000-000000000000";

/// Whether the document says that a role may, with a grant on the whole federation or on the unit that is asked about.
fn opens(document: &Value, route: &Route, role: &str, on_unit: bool) -> bool {
    route.operations.iter().any(|operation| {
        let row = &document["x-access"][operation];
        let named = row["roles"].as_array().is_some_and(|roles| roles.iter().any(|named| named == role));
        let reaches = match row["reach"].as_str() {
            Some("host") => role == "operator",
            Some("federation") => !on_unit,
            Some("any-part") => true,
            Some("unit") => role != "operator",
            _ => false,
        };
        named && reaches
    })
}

async fn with_role(admin: &Client, code: &str, role: &str, unit: Option<&str>) -> Result<Client> {
    let body = json!({ "role": role, "unit": unit, "label": format!("{role} of {}", unit.unwrap_or("all")) });
    let issued = admin.post(&format!("/federations/{code}/tokens"), &body).await?.expect_success()?;
    Ok(admin.with_token(issued.body["secret"].as_str().context("a secret")?))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_lets_through_whom_the_access_table_names_and_nobody_else() -> Result<()> {
    let server = server()?;
    let operator = server.operator();
    let document = operator.get("/openapi.json").await?.expect_success()?.body;
    let routes = Route::all(&operator).await?;
    let known = BTreeMap::from([
        ("round", harness::ROUND.to_owned()),
        ("unit", harness::unit_code(1)),
        ("release", "0".repeat(64)),
        ("revision", "1".to_owned()),
        ("from", "1".to_owned()),
        ("to", "1".to_owned()),
        ("code", "not-allowed".to_owned()),
    ]);
    let ids = [
        "job",
        "trial",
        "activation",
        "evaluation",
        "publication",
        "appeal",
        "attachment",
        "entry",
        "rectification",
        "delivery",
        "account",
        "token",
    ];
    let mut wrong = Vec::new();
    let mut asked = 0;
    let whole = ["federation-admin", "reviewer", "approver", "auditor"].map(|role| (role, None));
    let unit = ["federation-admin", "reviewer", "approver", "member-clerk", "member-signatory", "auditor"];
    let roles = [("operator", None)].into_iter().chain(whole).chain(unit.map(|role| (role, Some("M001"))));
    for (number, (role, unit)) in roles.enumerate() {
        // Each has a federation of its own, since what one may do might leave nothing for the next one.
        let federation = Federation::found(&operator, &format!("f{number}"), 2).await?;
        let client = match role {
            "operator" => operator.clone(),
            role => with_role(&federation.admin, &federation.code, role, unit).await?,
        };
        let mut known = known.clone();
        known.insert("federation", federation.code.clone());
        known.extend(ids.map(|id| (id, NOBODYS.to_owned())));
        for route in routes.iter().filter(|route| !route.operations.is_empty()) {
            let may = opens(&document, route, role, unit.is_some());
            // A trial is compared with a trial, a release with a release.
            let compares_trials = route.path.contains("{trial}");
            known.insert("with", if compares_trials { NOBODYS.to_owned() } else { "0".repeat(64) });
            let answer = client.send(route.asked_by(&client, &known)).await?;
            let is_refused = answer.status.as_u16() == 403 && answer.code() == "not-allowed";
            // Which of several operations it is, the message decides, and the smallest one asks for only one of them.
            let is_wrong = if may { is_refused && route.operations.len() == 1 } else { !is_refused };
            if is_wrong {
                let (method, path, status) = (&route.method, &route.path, answer.status);
                wrong.push(format!("{role} ({unit:?}), who may: {may}: {method} {path}: {status} {}", answer.body));
            }
            asked += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(asked > 800, "only {asked} questions were asked");
    Ok(())
}

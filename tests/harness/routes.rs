//! Every route that a server says it has, with messages that fit what it says of them: for those who walk all of them.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use reqwest::header::CONTENT_TYPE;
use reqwest::{Method, RequestBuilder};
use serde_json::{Map, Value, json};

use crate::client::Client;

/// A route of the server's own OpenAPI document.
#[derive(Clone, Debug)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path with its gaps, such as `/api/v1/federations/{federation}`.
    pub path: String,
    /// The query parameters that must be given.
    query: Vec<String>,
    /// The rows of the access table that open it; none where it is for everybody.
    pub operations: Vec<String>,
    /// Whether it is about nobody but whoever asks.
    pub is_own: bool,
    /// What the body is: its media type, and a message of the shape.
    body: Option<(String, Value)>,
}

impl Route {
    /// All routes of a server.
    pub async fn all(client: &Client) -> Result<Vec<Self>> {
        let document = client.get("/openapi.json").await?.expect_success()?.body;
        let mut routes = Vec::new();
        for (path, methods) in document["paths"].as_object().context("paths")? {
            for (method, operation) in methods.as_object().context("methods")? {
                let parameters = operation["parameters"].as_array().map_or(&[][..], Vec::as_slice);
                let wanted = parameters.iter().filter(|wanted| wanted["in"] == "query" && wanted["required"] == true);
                routes.push(Self {
                    method: method.to_uppercase().parse()?,
                    path: path.clone(),
                    query: wanted.filter_map(|wanted| wanted["name"].as_str().map(str::to_owned)).collect(),
                    is_own: operation["x-own"] == true,
                    operations: texts_in(&operation["x-operations"]),
                    body: body_of(&operation["requestBody"]["content"], &document),
                });
            }
        }
        Ok(routes)
    }

    /// Whether it only reads.
    pub fn reads(&self) -> bool {
        self.method == Method::GET
    }

    /// The path with its gaps filled in, below the server's address; gaps of which nothing is known get `unknown`.
    pub fn filled(&self, known: &BTreeMap<&str, String>) -> String {
        let mut filled = String::new();
        let mut rest = self.path.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            filled.push_str(before);
            filled.push_str(known.get(name).map_or("unknown", String::as_str));
            rest = after;
        }
        filled.push_str(rest);
        for (index, name) in self.query.iter().enumerate() {
            filled.push(if index == 0 { '?' } else { '&' });
            let value = known.get(name.as_str()).map_or("unknown", String::as_str);
            filled.push_str(&format!("{name}={value}"));
        }
        filled
    }

    /// The names of the gaps in the path.
    pub fn gaps(&self) -> impl Iterator<Item = &str> {
        self.path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
    }

    /// A request by somebody, with a body that fits the route.
    pub fn asked_by(&self, client: &Client, known: &BTreeMap<&str, String>) -> RequestBuilder {
        let request = client.request_beside(self.method.clone(), &self.filled(known));
        match &self.body {
            None => request,
            Some((media_type, Value::String(text))) => request.header(CONTENT_TYPE, media_type).body(text.clone()),
            Some((media_type, body)) => request.header(CONTENT_TYPE, media_type).body(body.to_string()),
        }
    }
}

fn texts_in(list: &Value) -> Vec<String> {
    let texts = list.as_array().map_or(&[][..], Vec::as_slice).iter().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

fn body_of(content: &Value, document: &Value) -> Option<(String, Value)> {
    for name in ["application/json", "application/merge-patch+json"] {
        if let Some(json) = content.get(name) {
            return Some((name.to_owned(), sample(&json["schema"], document, 0)));
        }
    }
    let media_type = content.as_object()?.keys().next()?.clone();
    Some((media_type, Value::String("nothing of that kind".to_owned())))
}

/// The smallest message that fits a schema.
fn sample(schema: &Value, document: &Value, depth: usize) -> Value {
    if depth > 12 {
        return Value::Null;
    }
    if let Some(reference) = schema["$ref"].as_str() {
        return match reference.rsplit('/').next().unwrap_or_default() {
            "Digest" => json!("0".repeat(64)),
            "Day" => json!("2024-01-01"),
            "Instant" => json!("2024-01-01T00:00:00Z"),
            "Identifier" => json!("00000000-0000-7000-8000-000000000000"),
            "Code" => json!("M001"),
            "Pointer" => json!(""),
            "Points" | "Decimal" => json!("1"),
            _ => document
                .pointer(reference.trim_start_matches('#'))
                .map_or(Value::Null, |found| sample(found, document, depth + 1)),
        };
    }
    if let Some(first) = schema["enum"].get(0).or_else(|| schema.get("const")) {
        return first.clone();
    }
    for keyword in ["oneOf", "anyOf"] {
        if let Some(first) = schema[keyword].get(0) {
            return sample(first, document, depth + 1);
        }
    }
    if let Some(all) = schema["allOf"].as_array() {
        let mut whole = Map::new();
        for part in all {
            if let Value::Object(members) = sample(part, document, depth + 1) {
                whole.extend(members);
            }
        }
        return Value::Object(whole);
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
    match kind.unwrap_or("object") {
        "string" => match schema["format"].as_str() {
            Some("date") => json!("2024-01-01"),
            Some("date-time") => json!("2024-01-01T00:00:00Z"),
            _ => json!("M001"),
        },
        "integer" | "number" => schema.get("minimum").cloned().unwrap_or(json!(1)),
        "boolean" => json!(false),
        "array" => match schema["minItems"].as_u64() {
            Some(least) if least > 0 => json!([sample(&schema["items"], document, depth + 1)]),
            _ => json!([]),
        },
        _ => {
            let required = schema["required"].as_array().map_or(&[][..], Vec::as_slice);
            let members = required.iter().filter_map(Value::as_str);
            members
                .map(|name| (name.to_owned(), sample(&schema["properties"][name], document, depth + 1)))
                .collect::<Map<_, _>>()
                .into()
        }
    }
}

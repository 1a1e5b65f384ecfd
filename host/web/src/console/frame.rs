//! The frame of every page: its language, who reads it, where one can go from here, and what the page may load.

use askama::Template;
use axum::Extension;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use documents::words;
use domain::rubric::Severity;
use domain::text::{Language, Text};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::console::assets;
use crate::problem::Problem;
use crate::render::tag_of;

/// A page of the console loads from this host only, runs no script and no style that stands in the page, sends forms to this host, and is framed by nobody.
pub(crate) const CONSOLE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What stands around a page.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(crate) language: Language,
    /// The address of the page itself, path and query.
    pub(crate) here: String,
    /// Who reads it; none where nobody is signed in.
    pub(crate) person: Option<PersonShown>,
    /// Where one can go, in order.
    pub(crate) ways: Vec<Way>,
    /// The zone in which times are shown.
    pub(crate) zone: TimeZone,
}

/// Who reads a page.
#[derive(Clone, Debug)]
pub(crate) struct PersonShown {
    pub(crate) name: String,
}

/// A place that one can go to from every page.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    pub(crate) href: String,
    /// The key of its name in the catalogue.
    pub(crate) key: &'static str,
}

impl Frame {
    /// A page that nobody has to be signed in for.
    pub(crate) fn of_nobody(language: Language, here: &str) -> Self {
        Self { language, here: here.to_owned(), person: None, ways: Vec::new(), zone: TimeZone::UTC }
    }

    /// The tag of the language.
    pub(crate) fn tag(&self) -> &'static str {
        tag_of(self.language)
    }

    /// Words of the catalogue.
    pub(crate) fn word(&self, key: &str) -> String {
        words::say(self.language, key, &[])
    }

    /// The same with something put in.
    pub(crate) fn say(&self, key: &str, name: &str, value: impl ToString) -> String {
        words::say(self.language, key, &[(name, &value.to_string())])
    }

    /// The same with two things put in.
    pub(crate) fn say_both(
        &self,
        key: &str,
        first: &str,
        one: impl ToString,
        second: &str,
        other: impl ToString,
    ) -> String {
        words::say(self.language, key, &[(first, &one.to_string()), (second, &other.to_string())])
    }

    /// What a plugin or the house says in both languages.
    pub(crate) fn text<'a>(&self, text: &'a Text) -> &'a str {
        text.in_language(self.language)
    }

    /// How much a finding weighs.
    pub(crate) fn severity(&self, severity: &Severity) -> String {
        self.word(&format!("severity-{}", severity.code()))
    }

    /// How that is coloured.
    pub(crate) fn severity_colour(&self, severity: &Severity) -> &'static str {
        match severity {
            Severity::Error => "bad",
            Severity::Warning => "warn",
            Severity::Info | Severity::Off => "quiet",
        }
    }

    /// A time to the minute, where the house stands.
    pub(crate) fn time(&self, at: &Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// The address of an asset.
    pub(crate) fn asset(&self, name: &str) -> &'static str {
        assets::address_of(name)
    }

    /// The tag of the other language.
    pub(crate) fn other_tag(&self) -> &'static str {
        match self.language {
            Language::Chinese => "en",
            Language::English => "zh-CN",
        }
    }

    /// The other language, as those call it who read it.
    pub(crate) fn other_name(&self) -> &'static str {
        match self.language {
            Language::Chinese => "English",
            Language::English => "中文",
        }
    }

    /// Where the other language is chosen, and comes back here.
    pub(crate) fn other_language(&self) -> String {
        format!("/language/{}?back={}", self.other_tag(), escaped(&self.here))
    }

    /// Whether a way leads here.
    pub(crate) fn is_here(&self, way: &Way) -> bool {
        let path = self.here.split('?').next().unwrap_or_default();
        path == way.href
    }
}

/// Marks an answer that is a page already, whatever its status: nothing has to be put into words any more.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IsPage;

/// A page as it is sent.
pub(crate) fn page(status: StatusCode, template: &impl Template) -> Result<Response, Problem> {
    let html = template.render().map_err(Problem::host_fault)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONSOLE_POLICY)),
        (HeaderName::from_static("x-frame-options"), HeaderValue::from_static("DENY")),
    ];
    Ok((status, headers, Extension(IsPage), html).into_response())
}

/// The browser goes on to another page of this host.
pub(crate) fn go_to(address: &str) -> Response {
    let location = HeaderValue::from_str(address).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

/// An address that leads to a page of this host and nowhere else, or the front door: what stands in a link may have been made by anybody.
pub(crate) fn own_address(address: Option<&str>) -> &str {
    let is_own = |address: &&str| {
        let mut characters = address.chars();
        let (first, second) = (characters.next(), characters.next());
        first == Some('/')
            && !matches!(second, Some('/' | '\\'))
            && address.chars().all(|character| character.is_ascii_graphic() && character != '\\')
    };
    address.filter(is_own).unwrap_or("/")
}

/// A text as a part of an address.
pub(crate) fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/');
    let encoded =
        text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") });
    encoded.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_made_by_somebody_else_leads_to_no_other_house() {
        for own in ["/", "/federations/north?round=2023", "/a%2Fb"] {
            assert_eq!(own_address(Some(own)), own);
        }
        for foreign in
            ["", "//evil", "/\\evil", "https://evil", "/a\\b", "/a b", "/\tevil", "javascript:alert(1)", "/汇"]
        {
            assert_eq!(own_address(Some(foreign)), "/", "{foreign}");
        }
        assert_eq!(own_address(None), "/");
    }
}

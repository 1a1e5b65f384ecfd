//! Posting: what leaves the house on its own account, as letters by SMTP, as signed calls of a federation's own program and as questions to a provider of
//! identities. Knows no SQL, no rubric and no subject; it has no clock and keeps nothing.

mod call;
mod letter;
mod provider;

use std::collections::BTreeSet;

use domain::delivery::{Mailbox, WebhookUrl};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, Tokio1Executor};

use domain::limits::DELIVERY_TIME_MAX;

pub use call::{Call, signature};
pub use letter::Letter;

/// What the house may post, and through whom.
#[derive(Clone, Debug, Default)]
pub struct PostSettings {
    /// The mail server; without one no letters are written.
    pub mail: Option<MailSettings>,
    /// The hosts whose programs may be called, with their ports where these are not the usual ones. Whoever can name any address could make
    /// the house knock at every door of its network.
    pub webhook_hosts: BTreeSet<String>,
    /// The hosts whose providers of identities may be asked, likewise.
    pub sign_on_hosts: BTreeSet<String>,
}

/// The mail server of the house.
#[derive(Clone)]
pub struct MailSettings {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How it is spoken to.
    pub security: MailSecurity,
    /// Who the house is there, and by which password; none where it asks nobody.
    pub account: Option<(String, String)>,
    /// From whom the letters are.
    pub from: Mailbox,
}

impl std::fmt::Debug for MailSettings {
    /// The password is in no log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailSettings").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

/// How a mail server is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailSecurity {
    /// Encrypted from the first byte.
    Tls,
    /// Encrypted before anything is said; a server that cannot is not spoken to.
    StartTls,
    /// In the clear, for a server on the same machine or in the same rack.
    None,
}

/// Why the post cannot be opened.
#[derive(Debug, thiserror::Error)]
#[error("the post cannot be opened")]
pub struct PostClosed(#[source] Box<dyn std::error::Error + Send + Sync>);

/// Why something was not delivered. Tells nothing of what it said.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotDelivered {
    /// The house has no mail server.
    #[error("this host has no mail server")]
    NoMailServer,
    /// The operator does not let the house call this host.
    #[error("this host may not be called")]
    HostNotAllowed,
    /// Nobody was there, or the connection broke.
    #[error("not reached: {0}")]
    NotReached(String),
    /// Whoever was there declined.
    #[error("declined: {0}")]
    Declined(String),
}

/// The post of the house. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Post {
    mail: Option<(AsyncSmtpTransport<Tokio1Executor>, Mailbox)>,
    webhook_hosts: BTreeSet<String>,
    sign_on_hosts: BTreeSet<String>,
    http: reqwest::Client,
}

impl Post {
    /// Opens the post.
    pub fn open(settings: PostSettings) -> Result<Self, PostClosed> {
        let closed = |error: reqwest::Error| PostClosed(error.into());
        let http = reqwest::Client::builder()
            // Another address was not allowed by anybody.
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .timeout(DELIVERY_TIME_MAX)
            .build()
            .map_err(closed)?;
        let mail = settings.mail.clone().map(|mail| Ok((transport(&mail)?, mail.from))).transpose();
        let mail = mail.map_err(|error: lettre::transport::smtp::Error| PostClosed(error.into()))?;
        let PostSettings { webhook_hosts, sign_on_hosts, .. } = settings;
        Ok(Self { mail, webhook_hosts, sign_on_hosts, http })
    }

    /// Whether letters can be written.
    pub const fn writes_letters(&self) -> bool {
        self.mail.is_some()
    }

    /// Whether the operator lets the house call a program.
    pub fn may_call(&self, url: &WebhookUrl) -> bool {
        self.webhook_hosts.contains(url.authority())
    }
}

fn transport(mail: &MailSettings) -> Result<AsyncSmtpTransport<Tokio1Executor>, lettre::transport::smtp::Error> {
    let builder = match mail.security {
        MailSecurity::Tls => AsyncSmtpTransport::<Tokio1Executor>::relay(&mail.host)?,
        MailSecurity::StartTls => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&mail.host)?,
        MailSecurity::None => AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&mail.host),
    };
    let builder = builder.port(mail.port).timeout(Some(DELIVERY_TIME_MAX));
    Ok(match &mail.account {
        Some((user, password)) => builder.credentials(Credentials::new(user.clone(), password.clone())).build(),
        None => builder.build(),
    })
}

//! Where the house keeps its things: what `serve` and `demo` are told by flags or environment, resolved once.

use std::num::{NonZeroU64, NonZeroUsize};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use domain::delivery::Mailbox;
use domain::limits::COMPILE_CPU_SECONDS_MAX;
use post::{MailSecurity, MailSettings, PostSettings};

/// What a server is told.
#[derive(Args, Clone)]
pub struct HouseOptions {
    /// The folder for the database, the components, the code cache and the keys.
    #[arg(long, env = "HUIZONG_DATA", default_value = "huizong-data")]
    pub data: PathBuf,
    /// Another database than the one in the data folder: `postgres://…` for several hosts, `sqlite://…` for a file elsewhere.
    #[arg(long, env = "HUIZONG_DATABASE")]
    pub database: Option<String>,
    /// A folder for components that several hosts share.
    #[arg(long, env = "HUIZONG_ARTIFACTS")]
    pub artifacts: Option<PathBuf>,
    /// A folder for the receipt key and the code cache's key, where several hosts share them.
    #[arg(long, env = "HUIZONG_KEYS")]
    pub keys: Option<PathBuf>,
    /// A folder for compiled code that hosts with the same keys share; each finds what another compiled, where their engines are the same.
    #[arg(long, env = "HUIZONG_CODE_CACHE")]
    pub code_cache: Option<PathBuf>,
    /// Processor time that compiling one component may take, in seconds; 90 if left out.
    #[arg(long, env = "HUIZONG_COMPILE_SECONDS")]
    pub compile_seconds: Option<NonZeroU64>,
    /// Threads that run plugins; as many as there are processors if left out.
    #[arg(long, env = "HUIZONG_PLUGIN_THREADS")]
    pub plugin_threads: Option<NonZeroUsize>,
    /// The mail server that carries notices to members, like `mail.example.org:587`; without one no letters are written.
    #[arg(long, env = "HUIZONG_MAIL_SERVER", requires = "mail_from")]
    pub mail_server: Option<String>,
    /// How the mail server is spoken to.
    #[arg(long, env = "HUIZONG_MAIL_SECURITY", value_enum, default_value_t = Security::StartTls)]
    pub mail_security: Security,
    /// From whom the letters are.
    #[arg(long, env = "HUIZONG_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// Who the house is at the mail server.
    #[arg(long, env = "HUIZONG_MAIL_USER", requires = "mail_password_file")]
    pub mail_user: Option<String>,
    /// A file whose first line is the password for it.
    #[arg(long, env = "HUIZONG_MAIL_PASSWORD_FILE")]
    pub mail_password_file: Option<PathBuf>,
    /// A host whose program federations may have called with their notices, with its port where that is not the usual one; several with commas.
    #[arg(long, env = "HUIZONG_WEBHOOK_HOSTS", value_delimiter = ',')]
    pub webhook_hosts: Vec<String>,
    /// A host whose provider of identities federations may believe for single sign-on, with its port where that is not the usual one; several with
    /// commas.
    #[arg(long, env = "HUIZONG_SIGN_ON_HOSTS", value_delimiter = ',')]
    pub sign_on_hosts: Vec<String>,
    /// A folder with fonts for printed pages, the federations' own ones; several with commas. `fonts` in the data folder and the system's fonts
    /// come after them.
    #[arg(long, env = "HUIZONG_FONTS", value_delimiter = ',')]
    pub fonts: Vec<PathBuf>,
    /// The time zone in which days begin.
    #[arg(long, env = "HUIZONG_TIME_ZONE", default_value = "Asia/Shanghai")]
    pub time_zone: String,
}

/// How a mail server is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "kebab-case")]
pub enum Security {
    /// Encrypted from the first byte.
    Tls,
    /// Encrypted before anything is said.
    #[value(name = "starttls")]
    StartTls,
    /// In the clear, for a server on the same machine.
    None,
}

/// The same, resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseConfig {
    /// The database's address.
    pub database: String,
    /// The folder for components.
    pub artifacts: PathBuf,
    /// The folder for keys, readable by the server's user only.
    pub keys: PathBuf,
    /// The folder for compiled code.
    pub code_cache: PathBuf,
    /// Processor time that compiling one component may take, in seconds.
    pub compile_seconds: u64,
    /// Threads that run plugins.
    pub plugin_threads: usize,
    /// The folders for fonts, the first ones first.
    pub fonts: Vec<PathBuf>,
    /// The time zone in which days begin.
    pub time_zone: String,
}

/// Where systems keep the fonts that packages install.
const SYSTEM_FONTS: [&str; 2] = ["/usr/local/share/fonts", "/usr/share/fonts"];

impl HouseOptions {
    /// A house that keeps everything in one folder.
    pub fn in_folder(data: &Path) -> Self {
        Self {
            data: data.to_path_buf(),
            database: None,
            artifacts: None,
            keys: None,
            code_cache: None,
            compile_seconds: None,
            plugin_threads: None,
            mail_server: None,
            mail_security: Security::StartTls,
            mail_from: None,
            mail_user: None,
            mail_password_file: None,
            webhook_hosts: Vec::new(),
            sign_on_hosts: Vec::new(),
            fonts: Vec::new(),
            time_zone: "Asia/Shanghai".to_owned(),
        }
    }

    /// What the house may post, and through whom.
    pub fn post(&self) -> anyhow::Result<PostSettings> {
        let named = |hosts: &[String]| hosts.iter().map(|host| host.trim().to_owned()).collect();
        let (webhook_hosts, sign_on_hosts) = (named(&self.webhook_hosts), named(&self.sign_on_hosts));
        let (Some(server), Some(from)) = (&self.mail_server, &self.mail_from) else {
            return Ok(PostSettings { mail: None, webhook_hosts, sign_on_hosts });
        };
        let (host, port) = server.rsplit_once(':').context("a mail server is named with its port")?;
        let account = match (&self.mail_user, &self.mail_password_file) {
            (Some(user), Some(file)) => Some((user.clone(), first_line_of(file)?)),
            _ => None,
        };
        let security = match self.mail_security {
            Security::Tls => MailSecurity::Tls,
            Security::StartTls => MailSecurity::StartTls,
            Security::None => MailSecurity::None,
        };
        let port = port.parse().context("a mail server's port is a number")?;
        let from = Mailbox::try_from(from.clone()).context("letters come from a mailbox")?;
        Ok(PostSettings {
            mail: Some(MailSettings { host: host.to_owned(), port, security, account, from }),
            webhook_hosts,
            sign_on_hosts,
        })
    }

    /// Fills in what was left out from the data folder and the machine's number of processors.
    pub fn resolve(&self, processors: usize) -> std::io::Result<HouseConfig> {
        std::fs::create_dir_all(&self.data)?;
        let data = self.data.canonicalize()?;
        let inside = |given: Option<&PathBuf>, name: &str| given.cloned().unwrap_or_else(|| data.join(name));
        let system = SYSTEM_FONTS.iter().map(PathBuf::from);
        let fonts = self.fonts.iter().cloned().chain([data.join("fonts")]).chain(system);
        Ok(HouseConfig {
            fonts: fonts.collect(),
            database: self.database.clone().unwrap_or_else(|| sqlite_address(&data.join("huizong.db"))),
            artifacts: inside(self.artifacts.as_ref(), "artifacts"),
            keys: inside(self.keys.as_ref(), "keys"),
            code_cache: inside(self.code_cache.as_ref(), "code-cache"),
            compile_seconds: self.compile_seconds.map_or(COMPILE_CPU_SECONDS_MAX, NonZeroU64::get),
            plugin_threads: self.plugin_threads.map_or(processors, NonZeroUsize::get),
            time_zone: self.time_zone.clone(),
        })
    }
}

fn sqlite_address(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}

/// The first line of a file that holds a secret.
pub fn first_line_of(file: &Path) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    Ok(text.lines().next().unwrap_or_default().trim().to_owned())
}

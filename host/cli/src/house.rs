//! The house as one process has it: store, sandbox, office and server, opened from what the command line says.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

use anyhow::Context as _;
use domain::access::Grant;
use domain::digest::Digest;
use domain::ids::TokenId;
use domain::token::Token;
use jiff::tz::TimeZone;
use operations::{Clock, Office, OfficeSettings, Randomness, Signer};
use post::Post;
use sandbox::{CodeCache, CompileLimits, Compiler, Limits, Sandbox, SandboxSettings};
use store::{Store, StoreSettings};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::config::{HouseConfig, HouseOptions};

/// Connections that read, beside the one that writes.
const READERS: u32 = 8;

/// An opened house.
pub struct House {
    office: Office,
    store: Store,
    clock: Clock,
    is_new: bool,
}

impl House {
    /// Opens the house that the options describe, with the system's clock.
    pub async fn open(options: &HouseOptions) -> anyhow::Result<Self> {
        Self::open_with_clock(options, Clock::Wall).await
    }

    /// The same with a clock of the caller's.
    pub async fn open_with_clock(options: &HouseOptions, clock: Clock) -> anyhow::Result<Self> {
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
        let config = options.resolve(processors).context("the data folder cannot be used")?;
        let is_new = !config.keys.join(RECEIPT_KEY).exists();
        let receipt_key = key_of(&config.keys, RECEIPT_KEY)?;
        let cache_key = key_of(&config.keys, CODE_CACHE_KEY)?;
        let zone = TimeZone::get(&config.time_zone).context("there is no such time zone")?;
        let store = open_store(&config).await?;
        let sandbox = start_sandbox(&config, cache_key)?;
        let settings = OfficeSettings {
            clock: clock.clone(),
            randomness: Randomness::System,
            signer: Signer::from_secret(&receipt_key),
            zone,
            post: Post::open(options.post()?)?,
            fonts: documents::Fonts::in_folders(config.fonts),
        };
        let office = Office::open(store.clone(), sandbox, settings);
        Ok(Self { office, store, clock, is_new })
    }

    /// Registers the operator's token: the given one; on the very first start without one, a new one, which is returned to be shown once.
    pub async fn operator_token(&self, given: Option<String>) -> anyhow::Result<Option<String>> {
        match given {
            Some(secret) => {
                anyhow::ensure!(secret.len() >= 32, "an operator's token has at least 32 characters");
                self.register_operator(&secret).await?;
                Ok(None)
            }
            None if self.is_new => Ok(Some(self.office.issue_operator_token("operator").await?.secret)),
            None => Ok(None),
        }
    }

    async fn register_operator(&self, secret: &str) -> anyhow::Result<()> {
        let secret_hash = Digest::of(secret.as_bytes());
        if self.store.token_of_hash(secret_hash).await?.is_none() {
            let token = Token {
                id: TokenId(Uuid::now_v7()),
                label: "operator".to_owned(),
                secret_hash,
                grants: vec![Grant::of_operator()],
                scopes: None,
                owner: None,
                issued_by: None,
                issued_at: self.clock.now(),
                expires_at: None,
                revoked_at: None,
            };
            self.store.keep_operator_token(&token).await?;
        }
        Ok(())
    }

    /// Serves HTTP and works on jobs until told to stop; what has begun is finished.
    pub async fn serve(
        self,
        listener: TcpListener,
        settings: web::WebSettings,
        stop: CancellationToken,
    ) -> anyhow::Result<()> {
        let working = tokio::spawn({
            let (office, stop) = (self.office.clone(), stop.clone());
            // What members will ask for is made ready beside them: nobody waits for all of it.
            async move {
                tokio::join!(
                    office.work(stop.clone()),
                    office.keep_time(stop.clone()),
                    office.deliver(stop.clone()),
                    office.hear_changes(stop.clone()),
                    office.warm(&stop),
                    office.keep_attested(stop.clone())
                )
            }
        });
        let served = web::serve(listener, self.office, settings, stop.clone()).await;
        stop.cancel();
        working.await.context("the job loop broke off")?;
        served.context("the server broke off")
    }
}

async fn open_store(config: &HouseConfig) -> anyhow::Result<Store> {
    let settings =
        StoreSettings { database: config.database.clone(), artifacts: config.artifacts.clone(), readers: READERS };
    Store::open(&settings).await.context("the database cannot be opened")
}

/// Starts the sandbox; components are compiled in a child process that is this same binary.
fn start_sandbox(config: &HouseConfig, cache_key: [u8; 32]) -> anyhow::Result<Sandbox> {
    let program = std::env::current_exe().context("this binary's own path is unknown")?;
    let compile = CompileLimits { cpu_seconds: config.compile_seconds, ..CompileLimits::default() };
    let settings = SandboxSettings {
        threads: config.plugin_threads,
        limits: Limits { compile, ..Limits::default() },
        compiler: Compiler::Child { program, arguments: vec![crate::COMPILE_COMMAND.into()] },
        cache: Some(CodeCache { folder: config.code_cache.clone(), key: cache_key }),
    };
    Sandbox::start(settings).context("the sandbox does not start")
}

/// The Ed25519 key that signs receipts.
const RECEIPT_KEY: &str = "receipt.key";
/// The key that authenticates compiled code.
const CODE_CACHE_KEY: &str = "code-cache.key";

/// Reads a key of 32 bytes, or makes it: readable by this user only, and on the disk before it is used. Of two hosts that start at
/// once on a shared folder, one makes it and the other reads it.
fn key_of(folder: &Path, name: &str) -> anyhow::Result<[u8; 32]> {
    let file = folder.join(name);
    if !file.exists() {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let mut key = [0; 32];
        getrandom::fill(&mut key).context("the system gives no random bytes")?;
        let draft = folder.join(format!("{name}.{}", std::process::id()));
        let mut out = fs::OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&draft)?;
        out.write_all(&key)?;
        out.sync_all()?;
        // A link never replaces what is there: whoever comes second keeps the first one's key.
        let linked = fs::hard_link(&draft, &file);
        fs::remove_file(&draft)?;
        if let Err(error) = linked
            && !file.exists()
        {
            return Err(error).with_context(|| file.display().to_string());
        }
        fs::File::open(folder)?.sync_all()?;
    }
    let bytes = fs::read(&file).with_context(|| file.display().to_string())?;
    bytes.try_into().ok().with_context(|| format!("{} does not hold 32 bytes", file.display()))
}

//! Where the house keeps its things: what `serve` and `demo` are told by flags or environment, resolved once.

use std::num::{NonZeroU64, NonZeroUsize};
use std::path::{Path, PathBuf};

use clap::Args;
use domain::limits::COMPILE_CPU_SECONDS_MAX;

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
    /// The time zone in which days begin.
    #[arg(long, env = "HUIZONG_TIME_ZONE", default_value = "Asia/Shanghai")]
    pub time_zone: String,
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
    /// The time zone in which days begin.
    pub time_zone: String,
}

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
            time_zone: "Asia/Shanghai".to_owned(),
        }
    }

    /// Fills in what was left out from the data folder and the machine's number of processors.
    pub fn resolve(&self, processors: usize) -> std::io::Result<HouseConfig> {
        std::fs::create_dir_all(&self.data)?;
        let data = self.data.canonicalize()?;
        let inside = |given: Option<&PathBuf>, name: &str| given.cloned().unwrap_or_else(|| data.join(name));
        Ok(HouseConfig {
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

//! A server: the real binary in a process of its own, which a scenario can kill and start again.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use tempfile::TempDir;

use crate::client::Client;

/// The operator's token in every scenario.
const OPERATOR_TOKEN: &str = "hz_operator_of_the_scenarios_0123456789abcdefghijklmnop";

/// How long a server may take to answer for the first time.
const START_TIME_MAX: Duration = Duration::from_secs(60);

/// How a server is started.
#[derive(Clone, Debug)]
pub struct ServerOptions {
    /// The binary: `env!("CARGO_BIN_EXE_huizong")` of the scenario.
    pub binary: PathBuf,
    /// Another database than SQLite in the data folder.
    pub database: Option<String>,
    /// A folder for components, keys and compiled code that several servers share.
    pub shared: Option<PathBuf>,
    /// Processor time that compiling one component may take, in seconds, if it is not what a server takes by itself.
    pub compile_seconds: Option<u64>,
    /// What else stands on its command line.
    pub arguments: Vec<String>,
}

/// A running server and its data folder; killed and removed when dropped.
pub struct Server {
    options: ServerOptions,
    data: TempDir,
    child: Option<Child>,
    address: String,
    /// A free port at first; afterwards the one that it got, so that clients find it again.
    listen: String,
}

impl Server {
    /// Starts a server on a free port with a fresh data folder and waits until it answers.
    pub fn start(options: ServerOptions) -> Result<Self> {
        let data = TempDir::new()?;
        std::fs::write(data.path().join("operator-token"), OPERATOR_TOKEN)?;
        let listen = "127.0.0.1:0".to_owned();
        let mut server = Self { options, data, child: None, address: String::new(), listen };
        server.start_again()?;
        Ok(server)
    }

    /// Starts the server again on the data that it left behind.
    pub fn start_again(&mut self) -> Result<()> {
        let address_file = self.data.path().join("address");
        let _ = std::fs::remove_file(&address_file);
        let mut command = Command::new(&self.options.binary);
        command.arg("serve").args(["--listen", &self.listen]);
        command.arg("--data").arg(self.data.path());
        command.arg("--operator-token-file").arg(self.data.path().join("operator-token"));
        command.arg("--address-file").arg(&address_file);
        if let Some(database) = &self.options.database {
            command.args(["--database", database]);
        }
        if let Some(shared) = &self.options.shared {
            command.arg("--artifacts").arg(shared.join("artifacts")).arg("--keys").arg(shared.join("keys"));
            command.arg("--code-cache").arg(shared.join("code-cache"));
        }
        if let Some(seconds) = self.options.compile_seconds {
            command.args(["--compile-seconds", &seconds.to_string()]);
        }
        command.args(&self.options.arguments);
        let log = std::fs::OpenOptions::new().create(true).append(true).open(self.log_file())?;
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        self.child = Some(command.spawn().context("the server does not start")?);
        let deadline = Instant::now() + START_TIME_MAX;
        loop {
            if let Ok(address) = std::fs::read_to_string(&address_file)
                && !address.is_empty()
            {
                self.listen = address.trim_start_matches("http://").to_owned();
                self.address = address;
                return Ok(());
            }
            let exited = self.child.as_mut().map(Child::try_wait).transpose()?.flatten();
            if exited.is_some() || Instant::now() > deadline {
                bail!("the server does not answer; it said:\n{}", self.log());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Kills the server with SIGKILL: it gets no chance to tidy up.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Stops the server where it stands, with SIGSTOP: nobody is told.
    pub fn freeze(&self) -> Result<()> {
        self.signal("-STOP")
    }

    /// Lets a server that was stopped go on, as if no time had passed.
    pub fn thaw(&self) -> Result<()> {
        self.signal("-CONT")
    }

    fn signal(&self, signal: &str) -> Result<()> {
        let process = self.process().context("the server runs")?.to_string();
        let done = Command::new("kill").args([signal, &process]).status()?;
        anyhow::ensure!(done.success(), "kill {signal} {process}: {done}");
        Ok(())
    }

    /// `http://127.0.0.1:…`
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The process, while it runs.
    pub fn process(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// Everything that the server wrote to its outputs.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log_file()).unwrap_or_default()
    }

    /// The operator at this server.
    pub fn operator(&self) -> Client {
        self.client(OPERATOR_TOKEN)
    }

    /// Whoever holds a token, at this server.
    pub fn client(&self, token: &str) -> Client {
        Client::new(self.address.clone(), token.to_owned())
    }

    fn log_file(&self) -> PathBuf {
        self.data.path().join("log")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

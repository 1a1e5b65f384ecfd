//! A throw-away PostgreSQL server for tests: one for each test process, a database for each test, gone when the process is.
//!
//! Included with `#[path]` by every test that wants one; it needs nothing but the standard library. The variable
//! `HUIZONG_TEST_POSTGRES` names a server to use instead, as a URL of a database in which others may be created.

use std::env;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// An empty database.
pub struct TestDatabase {
    /// Where it is, as `postgres://…`.
    pub url: String,
    server: &'static Server,
    name: String,
}

/// Makes an empty database, and starts the server where that is the first one.
///
/// # Panics
/// When PostgreSQL is missing or does not start: the test cannot claim anything then.
pub fn empty_database() -> TestDatabase {
    static SERVER: OnceLock<Server> = OnceLock::new();
    static DATABASES: AtomicU32 = AtomicU32::new(0);
    let server = SERVER.get_or_init(Server::of_this_process);
    let name = format!("huizong_{}_{}", std::process::id(), DATABASES.fetch_add(1, Ordering::Relaxed));
    server.run("createdb", &[&name]);
    TestDatabase { url: server.url_of(&name), server, name }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        // A server of our own goes away as a whole.
        if self.server.process.is_none() {
            self.server.run("dropdb", &["--force", &self.name]);
        }
    }
}

/// The server of this test process.
struct Server {
    /// The URL up to the database's name, and what follows the name.
    url: (String, String),
    programs: PathBuf,
    /// Kept for its standard input: when this process ends, however it ends, the script sees the end of it and stops the
    /// server. Nothing has to be called, and a killed test leaves no server behind.
    process: Option<Child>,
}

impl Server {
    fn of_this_process() -> Self {
        let programs = programs().expect("PostgreSQL is missing: apt-get install postgresql");
        match env::var("HUIZONG_TEST_POSTGRES") {
            Ok(url) => Self { url: around_the_name(&url), programs, process: None },
            Err(_) => Self::start(programs),
        }
    }

    fn start(programs: PathBuf) -> Self {
        // PostgreSQL refuses to run as root.
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--", "sh"]);
            command
        } else {
            Command::new("sh")
        };
        command.args(["-c", SCRIPT, "postgres-for-tests"]).arg(&programs).current_dir("/");
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().expect("the script that runs PostgreSQL starts");

        let mut folder = String::new();
        let output = process.stdout.take().expect("the output is piped");
        BufReader::new(output).read_line(&mut folder).expect("the script says where its folder is");
        let folder = folder.trim();
        assert!(!folder.is_empty(), "PostgreSQL did not start: its log stands above");
        let url = ("postgres://huizong@localhost/".to_owned(), format!("?host={folder}"));
        Self { url, programs, process: Some(process) }
    }

    fn url_of(&self, name: &str) -> String {
        format!("{}{name}{}", self.url.0, self.url.1)
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let maintenance = format!("--maintenance-db={}", self.url_of("postgres"));
        let ran = Command::new(self.programs.join(program)).arg(maintenance).args(arguments).status();
        assert!(ran.is_ok_and(|status| status.success()), "{program} {arguments:?} failed");
    }
}

/// Runs a server until its standard input ends. Its one argument is the folder of PostgreSQL's programs.
const SCRIPT: &str = r#"
set -eu
PATH="$1:$PATH"
folder=$(mktemp -d /tmp/huizong-postgres-XXXXXX)
stop() {
    pg_ctl -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 1' INT TERM HUP
{
    initdb -D "$folder/data" -U huizong --auth=trust --encoding=UTF8 --no-locale &&
    pg_ctl -D "$folder/data" -w -o "-c listen_addresses='' -c unix_socket_directories='$folder' -c max_connections=400" \
        -l "$folder/log" start
} >"$folder/start" 2>&1 </dev/null || { cat "$folder/start" "$folder/log" >&2; exit 1; }
echo "$folder"
cat >/dev/null
"#;

/// The folder with `initdb` and `createdb`: where Debian keeps the newest version, or on the path.
fn programs() -> Option<PathBuf> {
    let version = |folder: &Path| folder.file_name()?.to_str()?.parse::<u32>().ok();
    let installed = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut debian: Vec<PathBuf> = installed.map(|entry| entry.path()).collect();
    debian.sort_by_key(|folder| std::cmp::Reverse(version(folder)));
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = debian.into_iter().map(|folder| folder.join("bin")).chain(env::split_paths(&path));
    folders.into_iter().find(|folder| folder.join("initdb").is_file() && folder.join("createdb").is_file())
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.starts_with(b"0\n"))
}

/// What stands before and after the database's name in a URL.
fn around_the_name(url: &str) -> (String, String) {
    let (place, query) = url.split_once('?').unwrap_or((url, ""));
    let authority = place.find("://").map_or(0, |at| at + 3);
    let end = place[authority..].find('/').map_or(place.len(), |at| authority + at);
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    (format!("{}/", &place[..end]), query)
}

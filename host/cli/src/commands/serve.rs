//! `huizong serve`: opens the house and serves it until it is told to stop.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tracing::level_filters::LevelFilter;
use web::WebSettings;

use crate::config::{HouseOptions, first_line_of};
use crate::house::House;
use crate::output::Output;

/// What `serve` is told.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    house: HouseOptions,
    /// Where to listen; port 0 takes a free one.
    #[arg(long, env = "HUIZONG_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// A file whose first line is the operator's token; its hash is registered at the start. Without it, the first start
    /// makes a token and shows it once.
    #[arg(long, env = "HUIZONG_OPERATOR_TOKEN_FILE")]
    operator_token_file: Option<PathBuf>,
    /// A file to write the address to once the server answers.
    #[arg(long)]
    address_file: Option<PathBuf>,
    /// How people reach this server, like `https://house.example.org`: pages are taken to be its own by that, and over TLS cookies are for TLS
    /// only. By the `Host` of their requests if left out.
    #[arg(long, env = "HUIZONG_PUBLIC_URL", value_parser = public_url)]
    public_url: Option<String>,
    /// Proxies of yours between people and this server, each of which adds to `X-Forwarded-For`.
    #[arg(long, env = "HUIZONG_PROXIES", default_value_t = 0)]
    proxies: usize,
    /// How much of what happens is told on standard error: `off`, `error`, `warn`, `info` with a line for every request, `debug`, `trace`.
    #[arg(long, env = "HUIZONG_LOG", default_value = "warn")]
    log: LevelFilter,
}

/// A scheme, a host and perhaps a port, as browsers write them.
fn public_url(text: &str) -> Result<String, String> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match host.map(|host| host.trim_end_matches('/')) {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']) => {
            Ok(text.trim_end_matches('/').to_owned())
        }
        _ => Err("it is like https://house.example.org".to_owned()),
    }
}

/// Serves until SIGINT or SIGTERM.
pub async fn run(options: Options, output: &Output) -> anyhow::Result<ExitCode> {
    let log = tracing_subscriber::fmt().with_max_level(options.log).with_writer(std::io::stderr).with_ansi(false);
    // It fails only where there is a log already.
    let _ = log.try_init();
    let house = House::open(&options.house).await?;
    let given = options.operator_token_file.as_deref().map(first_line_of).transpose()?;
    if let Some(token) = house.operator_token(given).await? {
        output.talk(output.words("cli-operator-token", &[("token", &token)]));
    }
    let listener = TcpListener::bind(options.listen)
        .await
        .with_context(|| output.words("cli-cannot-listen", &[("address", &options.listen.to_string())]))?;
    let address = format!("http://{}", listener.local_addr()?);
    if let Some(file) = &options.address_file {
        std::fs::write(file, &address)?;
    }
    output.talk(output.words("cli-serving", &[("address", &address)]));
    let stop = CancellationToken::new();
    tokio::spawn(stop_on_signal(stop.clone()));
    let settings = WebSettings { public_url: options.public_url, proxies: options.proxies, ..WebSettings::default() };
    house.serve(listener, settings, stop).await?;
    Ok(ExitCode::SUCCESS)
}

/// Cancels the token on the first SIGINT or SIGTERM.
async fn stop_on_signal(stop: CancellationToken) {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut interrupt), Ok(mut terminate)) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        return;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    stop.cancel();
}

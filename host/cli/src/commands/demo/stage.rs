//! The stage: the real server on a free port, a fresh data folder, and a clock that the demo sets, so that a year passes in seconds.

use std::net::SocketAddr;

use anyhow::Context as _;
use jiff::Timestamp;
use operations::{Clock, SetClock};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::config::HouseOptions;
use crate::house::House;

/// A running server and everything that it writes.
pub struct Stage {
    address: String,
    operator_token: String,
    clock: SetClock,
    stop: CancellationToken,
    serving: JoinHandle<anyhow::Result<()>>,
    data: TempDir,
}

impl Stage {
    /// Starts the server, with the clock at the opening of the pack's first round.
    pub async fn set(listen: SocketAddr, pack: &demo_pack::Pack) -> anyhow::Result<Self> {
        let opens = pack.federations.iter().flat_map(|federation| &federation.rounds).map(|round| round.opens_at);
        let first: Timestamp = opens.min().context("the pack has a round")?.parse()?;
        let clock = SetClock::at(first);
        let data = TempDir::with_prefix("huizong-demo-")?;
        let options = HouseOptions::in_folder(data.path());
        let house = House::open_with_clock(&options, Clock::Set(clock.clone())).await?;
        let operator_token = house.operator_token(None).await?.context("a fresh house makes an operator's token")?;
        let listener = TcpListener::bind(listen).await?;
        let address = format!("http://{}", listener.local_addr()?);
        let stop = CancellationToken::new();
        let serving = tokio::spawn(house.serve(listener, web::WebSettings::default(), stop.clone()));
        Ok(Self { address, operator_token, clock, stop, serving, data })
    }

    /// The server's address.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The operator's token.
    pub fn operator_token(&self) -> &str {
        &self.operator_token
    }

    /// Moves the server's clock.
    pub fn set_clock(&self, at: &str) -> anyhow::Result<()> {
        self.clock.set(at.parse()?);
        Ok(())
    }

    /// Stops the server and removes what it wrote.
    pub async fn strike(self) -> anyhow::Result<()> {
        self.stop.cancel();
        self.serving.await??;
        self.data.close()?;
        Ok(())
    }
}

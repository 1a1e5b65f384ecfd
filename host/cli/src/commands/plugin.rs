//! `huizong plugin`: everything that a federation's administration does with a release, one file per subcommand.

mod compare;
mod decide;
mod desk;
mod health;
mod history;
mod inspect;
mod list;
mod notices;
mod page;
mod propose;
mod pull;
mod push;
mod quarantine;
mod release;
mod roll_back;
mod table;
mod trial;
mod tried;
mod trust;
mod r#try;
mod withdraw;

use std::process::ExitCode;

use crate::output::Output;

/// What can be done with releases.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Upload a component, from a file or from an OCI registry.
    Push(push::Options),
    /// Fetch a component from an OCI registry by digest, and keep it in a file.
    Pull(pull::Options),
    /// The federation's releases.
    List(list::Options),
    /// What a release says of itself: the point table of a rubric.
    Inspect(inspect::Options),
    /// What changed from one release to another.
    Compare(compare::Options),
    /// Try a release on what a round's members handed in, beside the release in force.
    Try(r#try::Options),
    /// A round's trials, or what one of them found.
    Trial(trial::Options),
    /// Propose that a round goes on with another release.
    Propose(propose::Options),
    /// What was proposed for a round, and what became of it.
    Proposals(propose::ListOptions),
    /// Approve what somebody else proposed: the release is in force from then on.
    Approve(decide::Options),
    /// Reject what was proposed, or take one's own proposal back.
    Reject(decide::Options),
    /// Let a round go back to the release that it had before.
    Rollback(roll_back::Options),
    /// Which release of a round was in force from when to when.
    History(history::Options),
    /// Take a release that no round uses out of use for good.
    Withdraw(withdraw::Options),
    /// Releases that are out of use because they failed too often; lift that; say how often they may fail.
    #[command(subcommand)]
    Quarantine(quarantine::Command),
    /// How a release fares: what it has judged, how it failed, what its calls cost.
    Health(health::Options),
    /// What the administration should know without asking.
    Notices(notices::Options),
    /// Whose signatures on components the federation trusts, and what becomes of a component without one.
    #[command(subcommand)]
    Trust(trust::Command),
}

/// Does one of them.
pub async fn run(command: Command, output: &Output) -> anyhow::Result<ExitCode> {
    match command {
        Command::Push(options) => push::run(options, output).await,
        Command::Pull(options) => pull::run(options, output).await,
        Command::List(options) => list::run(options, output).await,
        Command::Inspect(options) => inspect::run(options, output).await,
        Command::Compare(options) => compare::run(options, output).await,
        Command::Try(options) => r#try::run(options, output).await,
        Command::Trial(options) => trial::run(options, output).await,
        Command::Propose(options) => propose::run(options, output).await,
        Command::Proposals(options) => propose::list(options, output).await,
        Command::Approve(options) => decide::run(options, "approve", output).await,
        Command::Reject(options) => decide::run(options, "reject", output).await,
        Command::Rollback(options) => roll_back::run(options, output).await,
        Command::History(options) => history::run(options, output).await,
        Command::Withdraw(options) => withdraw::run(options, output).await,
        Command::Quarantine(command) => quarantine::run(command, output).await,
        Command::Health(options) => health::run(options, output).await,
        Command::Notices(options) => notices::run(options, output).await,
        Command::Trust(command) => trust::run(command, output).await,
    }
}

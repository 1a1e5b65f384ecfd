//! The binary: parses the command line, runs one command, says what went wrong once, and decides the exit code.

#![allow(unreachable_pub, reason = "a binary has no outside; `pub` says what its other modules use")]

mod answers_file;
mod client;
mod commands;
mod config;
mod house;
mod job;
mod oci;
mod output;
mod page_file;
mod terminal;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::output::Output;

/// The hidden subcommand under which this binary compiles components in a process of its own.
const COMPILE_COMMAND: &str = "compile-component";

/// 汇总 Huizong: collect, score and roll up yearly self-assessments with plugins that a federation replaces by itself.
#[derive(Parser)]
#[command(name = "huizong", version, about, arg_required_else_help = true)]
struct CommandLine {
    #[command(flatten)]
    output: output::OutputOptions,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve federations and their members over HTTP.
    Serve(commands::serve::Options),
    /// Play a whole round with two federations on a fresh server, and keep it running.
    Demo(commands::demo::Options),
    /// Fetch what a pre-check needs, to run it off-line.
    Pack(commands::pack::Options),
    /// Pre-check answers off-line, with the component that will judge them.
    Check(commands::check::Options),
    /// Hand in a revision.
    Submit(commands::submit::Options),
    /// Write a round's report, or one unit's own, as Word, PDF, Excel, HTML or Markdown.
    Report(commands::report::Options),
    /// A receipt that was given out: verify it outside the house.
    #[command(subcommand)]
    Receipt(commands::receipt::Command),
    /// A federation's releases: upload, understand, try, approve, activate, watch, roll back.
    #[command(subcommand)]
    Plugin(commands::plugin::Command),
    /// A federation's people: let them in, say what they are, shut them out.
    #[command(subcommand)]
    Account(commands::account::Command),
    /// A federation's audit log: export it, attest it, verify it outside the house.
    #[command(subcommand)]
    Audit(commands::audit::Command),
    /// Run recorded evaluations again and compare the bytes.
    Replay(commands::replay::Options),
    /// Compile a component from standard input to standard output; the server starts this for itself.
    #[command(name = COMPILE_COMMAND, hide = true)]
    Compile,
}

fn main() -> ExitCode {
    let line = CommandLine::parse();
    // The compiling child needs neither threads nor a runtime, and runs under tight limits.
    if let Command::Compile = line.command {
        return sandbox::compile_child();
    }
    let output = Output::new(&line.output);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return output.fail(&anyhow::Error::new(error).context("the runtime does not start")),
    };
    let outcome = runtime.block_on(async {
        match line.command {
            Command::Serve(options) => commands::serve::run(options, &output).await,
            Command::Demo(options) => commands::demo::run(options, &output).await,
            Command::Pack(options) => commands::pack::run(options, &output).await,
            Command::Check(options) => commands::check::run(options, &output).await,
            Command::Submit(options) => commands::submit::run(options, &output).await,
            Command::Report(options) => commands::report::run(options, &output).await,
            Command::Receipt(command) => commands::receipt::run(command, &output),
            Command::Plugin(command) => commands::plugin::run(command, &output).await,
            Command::Account(command) => commands::account::run(command, &output).await,
            Command::Audit(command) => commands::audit::run(command, &output).await,
            Command::Replay(options) => commands::replay::run(options, &output).await,
            Command::Compile => unreachable!("handled before the runtime starts"),
        }
    });
    match outcome {
        Ok(code) => code,
        Err(error) => output.fail(&error),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::CommandLine;

    #[test]
    fn the_command_line_is_consistent() {
        CommandLine::command().debug_assert();
    }
}

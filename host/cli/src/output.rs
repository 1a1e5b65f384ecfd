//! What the binary says: data to standard output, talk to standard error, in one language, for people or for programs.

use std::fmt::Display;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use documents::words;
use domain::text::Language;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How the binary speaks.
#[derive(Args)]
pub struct OutputOptions {
    /// For people or for programs.
    #[arg(long, global = true, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
    /// The language of what people read.
    #[arg(long, global = true, value_enum, default_value_t = Tongue::Zh, env = "HUIZONG_LANGUAGE")]
    language: Tongue,
}

/// For whom the output is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// For people.
    Text,
    /// For programs: one JSON value on standard output.
    Json,
}

/// A language, as the command line names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Tongue {
    /// 中文
    Zh,
    /// English
    En,
}

/// What went wrong, under the stable code that programs go by.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct Coded {
    /// Stable, kebab-case.
    pub code: String,
    /// The same in words.
    pub text: String,
}

/// Where everything that the binary says passes through.
pub struct Output {
    format: OutputFormat,
    language: Language,
}

impl Output {
    /// The output that the options ask for.
    pub fn new(options: &OutputOptions) -> Self {
        let language = match options.language {
            Tongue::Zh => Language::Chinese,
            Tongue::En => Language::English,
        };
        Self { format: options.format, language }
    }

    /// The language of what people read.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// Whether a program reads.
    pub fn is_json(&self) -> bool {
        self.format == OutputFormat::Json
    }

    /// A sentence of the catalogue.
    pub fn words(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        words::say(self.language, key, arguments)
    }

    /// Prints a line of data for people; programs get [`Output::json`] instead.
    pub fn line(&self, text: impl Display) {
        if !self.is_json() {
            // A reader that went away (`| head`) is no fault of ours.
            let _ = writeln!(io::stdout(), "{text}");
        }
    }

    /// Prints a sentence of the catalogue as data for people.
    pub fn say(&self, key: &str, arguments: &[(&str, &str)]) {
        self.line(self.words(key, arguments));
    }

    /// Prints the one value that a program reads.
    pub fn json(&self, value: &serde_json::Value) {
        if self.is_json() {
            let _ = writeln!(io::stdout(), "{value:#}");
        }
    }

    /// Tells a person something that is not data.
    pub fn talk(&self, text: impl Display) {
        let _ = writeln!(io::stderr(), "{text}");
    }

    /// A bar for work of a known length; drawn only where a person watches.
    pub fn progress(&self, length: u64, label: String) -> ProgressBar {
        let watched = !self.is_json() && io::stderr().is_terminal();
        let target = if watched { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let style = ProgressStyle::with_template("{msg:<28} {bar:32} {pos}/{len}  {elapsed_precise}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        ProgressBar::with_draw_target(Some(length), target).with_style(style).with_message(label)
    }

    /// Says what went wrong, with its causes, and gives the exit code for it. A program reads its code and the sentence.
    pub fn fail(&self, error: &anyhow::Error) -> ExitCode {
        let coded = error.downcast_ref::<Coded>().map(|coded| coded.code.as_str());
        let code = coded.map(|code| format!(" [{code}]")).unwrap_or_default();
        self.talk(format!("{}{code}: {error}", self.words("cli-error", &[])));
        self.json(&serde_json::json!({ "error": { "code": coded, "detail": error.to_string() } }));
        for cause in error.chain().skip(1) {
            self.talk(format!("  ← {cause}"));
        }
        ExitCode::FAILURE
    }
}

//! The steps that bring the tables up to date, in order; each stands once for SQLite and once for PostgreSQL.
//!
//! They are listed here and not found by a macro: that would build both drivers, and SQLite itself, a second time for the compiler.

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};

use crate::database::Dialect;

/// One step: its number, its name, and what it says to each database.
struct Step {
    number: i64,
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! step {
    ($number:literal, $name:literal, $file:literal) => {
        Step {
            number: $number,
            name: $name,
            sqlite: include_str!(concat!("../migrations/sqlite/", $file)),
            postgres: include_str!(concat!("../migrations/postgres/", $file)),
        }
    };
}

const STEPS: [Step; 19] = [
    step!(1, "start", "0001_start.sql"),
    step!(2, "activation", "0002_activation.sql"),
    step!(3, "trials", "0003_trials.sql"),
    step!(4, "trust", "0004_trust.sql"),
    step!(5, "faults", "0005_faults.sql"),
    step!(7, "units", "0007_units.sql"),
    step!(8, "rounds", "0008_rounds.sql"),
    step!(10, "review", "0010_review.sql"),
    step!(11, "rectification", "0011_rectification.sql"),
    step!(13, "attested", "0013_attested.sql"),
    step!(14, "imported", "0014_imported.sql"),
    step!(17, "accounts", "0017_accounts.sql"),
    step!(18, "drafts", "0018_drafts.sql"),
    step!(22, "check rules", "0022_check_rules.sql"),
    step!(23, "once", "0023_once.sql"),
    step!(24, "attachments", "0024_attachments.sql"),
    step!(25, "tokens", "0025_tokens.sql"),
    step!(26, "sign on", "0026_sign_on.sql"),
    step!(27, "style sheets", "0027_style_sheets.sql"),
];

/// All steps for one database.
pub(crate) fn for_dialect(dialect: Dialect) -> Migrator {
    let migration = |step: Step| {
        let sql = match dialect {
            Dialect::Sqlite => step.sqlite,
            Dialect::Postgres => step.postgres,
        };
        Migration::new(step.number, step.name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(STEPS.map(migration).into())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn every_file_of_the_folders_is_a_step() {
        for (folder, dialect) in [("sqlite", Dialect::Sqlite), ("postgres", Dialect::Postgres)] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(folder);
            let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
            files.sort();
            let steps = for_dialect(dialect);
            let listed: Vec<_> = steps.iter().map(|step| step.sql.as_str().to_owned()).collect();
            let found: Vec<_> = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
            assert_eq!(listed, found);
        }
    }
}

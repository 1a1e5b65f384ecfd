//! Scripts: statements that belong together, on SQLite in one go.
//!
//! A statement is a message to the thread that SQLite runs on, and on a busy machine that thread must get its turn every
//! time. So the inserts of a revision travel as one message. PostgreSQL takes one statement at a time.

use std::borrow::Cow;
use std::fmt::Write as _;

use sqlx::{AnyConnection, AssertSqlSafe};

use crate::database::Dialect;

/// Scripts with more values than this are rare and large: they are not worth a place among the prepared statements.
const PREPARED_VALUES_MAX: usize = 64;

/// Statements that give no rows, in order.
#[derive(Debug, Default)]
pub(crate) struct Script {
    statements: Vec<(Cow<'static, str>, Vec<Value>)>,
}

/// A value that a statement is given.
#[derive(Debug)]
pub(crate) enum Value {
    Text(String),
    Number(i64),
    Bytes(Vec<u8>),
    NoText,
}

impl Script {
    /// Adds a statement; `$1` is the first of its own values.
    pub(crate) fn add<const N: usize>(&mut self, sql: &'static str, values: [Value; N]) {
        self.statements.push((Cow::Borrowed(sql), values.into()));
    }

    /// Adds an insert of many rows in parts of at most `part` rows. Every row begins with the shared values; `sql` writes
    /// the statement around the rows' placeholders.
    pub(crate) fn add_rows<const S: usize, const N: usize>(
        &mut self,
        sql: impl Fn(String) -> String,
        part: usize,
        shared: [&str; S],
        rows: Vec<[Value; N]>,
    ) {
        let mut rows = rows.into_iter();
        loop {
            let part: Vec<[Value; N]> = rows.by_ref().take(part).collect();
            if part.is_empty() {
                return;
            }
            let statement = sql(placeholders(part.len(), S, N));
            let values = shared.into_iter().map(Value::from).chain(part.into_iter().flatten()).collect();
            self.statements.push((Cow::Owned(statement), values));
        }
    }

    /// Runs the statements up to the first that fails.
    pub(crate) async fn run(self, connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
        if Dialect::of(connection) == Dialect::Sqlite {
            let mut whole = String::new();
            let mut values = Vec::new();
            for (statement, own) in self.statements {
                shift(&statement, values.len(), &mut whole);
                whole.push_str(";\n");
                values.extend(own);
            }
            return if whole.is_empty() { Ok(()) } else { run(connection, whole.into(), values).await };
        }
        for (statement, values) in self.statements {
            run(connection, statement, values).await?;
        }
        Ok(())
    }
}

async fn run(connection: &mut AnyConnection, sql: Cow<'static, str>, values: Vec<Value>) -> Result<(), sqlx::Error> {
    // Safe: put together from the statements in this crate and from numbers; what callers bring stands in the values.
    let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(values.len() <= PREPARED_VALUES_MAX);
    for value in values {
        query = match value {
            Value::Text(text) => query.bind(text),
            Value::Number(number) => query.bind(number),
            Value::Bytes(bytes) => query.bind(bytes),
            Value::NoText => query.bind(None::<String>),
        };
    }
    query.execute(connection).await?;
    Ok(())
}

/// The placeholders of an insert of many rows: each row begins with the `shared` first values and has `own` more.
fn placeholders(rows: usize, shared: usize, own: usize) -> String {
    let row = |index: usize| {
        let first = shared + index * own;
        let numbers = (1..=shared).chain(first + 1..=first + own);
        format!("({})", numbers.map(|number| format!("${number}")).collect::<Vec<_>>().join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

/// Writes a statement with every placeholder's number raised by `by`. No text in this crate's SQL has a `$` of its own.
fn shift(statement: &str, by: usize, into: &mut String) {
    let mut parts = statement.split('$');
    into.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = part.split_at(digits);
        let number: usize = number.parse().unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = write!(into, "${}{rest}", number + by);
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::NoText, Self::Text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::{placeholders, shift};

    #[test]
    fn rows_share_their_first_values() {
        assert_eq!(placeholders(2, 1, 2), "($1, $2, $3), ($1, $4, $5)");
    }

    #[test]
    fn a_statement_behind_others_counts_on() {
        let mut whole = String::new();
        shift("VALUES ($1, $12) ON CONFLICT ($1)", 9, &mut whole);
        assert_eq!(whole, "VALUES ($10, $21) ON CONFLICT ($10)");
    }
}

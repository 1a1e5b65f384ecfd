//! Bodies and columns: values as MessagePack with field names, and rows read back without trusting them.

use std::str::FromStr;

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use crate::StoreError;

/// A value as MessagePack with field names, so that a field can be added later.
pub(crate) fn pack<T: Serialize>(value: &T) -> Result<Vec<u8>, StoreError> {
    rmp_serde::to_vec_named(value).map_err(StoreError::Encoding)
}

/// The value in the column `body`.
pub(crate) fn body<T: DeserializeOwned>(row: &AnyRow, what: &'static str) -> Result<T, StoreError> {
    packed(row, "body", what)
}

/// The value in a column of MessagePack.
pub(crate) fn packed<T: DeserializeOwned>(row: &AnyRow, column: &str, what: &'static str) -> Result<T, StoreError> {
    let bytes: &[u8] = row.try_get(column)?;
    rmp_serde::from_slice(bytes).map_err(|error| StoreError::Corrupt { what, why: error.to_string() })
}

/// The values in the column `body` of many rows.
pub(crate) fn bodies<T: DeserializeOwned>(rows: &[AnyRow], what: &'static str) -> Result<Vec<T>, StoreError> {
    rows.iter().map(|row| body(row, what)).collect()
}

/// A text column that has a form.
pub(crate) fn parsed<T: FromStr>(row: &AnyRow, column: &str, what: &'static str) -> Result<T, StoreError> {
    let text: &str = row.try_get(column)?;
    text.parse().map_err(|_| StoreError::Corrupt { what, why: format!("`{column}` has not its form") })
}

/// A number column that is never negative.
pub(crate) fn counted<T: TryFrom<i64>>(row: &AnyRow, column: &str, what: &'static str) -> Result<T, StoreError> {
    let number: i64 = row.try_get(column)?;
    number.try_into().map_err(|_| StoreError::Corrupt { what, why: format!("`{column}` is out of range") })
}

/// A time column.
pub(crate) fn time(row: &AnyRow, column: &str, what: &'static str) -> Result<Timestamp, StoreError> {
    let nanoseconds: i64 = row.try_get(column)?;
    Timestamp::from_nanosecond(nanoseconds.into())
        .map_err(|_| StoreError::Corrupt { what, why: format!("`{column}` is no time") })
}

/// A time as it stands in an integer column: nanoseconds since 1970, which last until 2262.
pub(crate) fn nanoseconds(at: Timestamp) -> i64 {
    i64::try_from(at.as_nanosecond()).unwrap_or(if at < Timestamp::UNIX_EPOCH { i64::MIN } else { i64::MAX })
}

/// A limit as a bound value.
pub(crate) fn limit(items: usize) -> i64 {
    i64::try_from(items).unwrap_or(i64::MAX)
}

//! What the runs of both releases cost.

use domain::trial::cost::Cost;

use crate::page::{Cell, Page, Sheet};

pub(super) fn cost(page: &mut Page, before: &Cost, after: &Cost) {
    page.heading(1, &page.word("trial-cost"));
    let mut sheet = Sheet::new("")
        .words(&page.word("page-item"))
        .words(&page.word("trial-before"))
        .words(&page.word("trial-after"))
        .noted(&page.word("trial-cost-note"));
    let mut row = |key: &str, told: &dyn Fn(&Cost) -> String| {
        sheet.row([page.word(key), told(before), told(after)].map(Cell::from));
    };
    row("trial-cost-runs", &|cost| cost.evaluations.to_string());
    row("trial-cost-p50", &|cost| milliseconds(cost.wall_p50_micros));
    row("trial-cost-p99", &|cost| milliseconds(cost.wall_p99_micros));
    row("trial-cost-cohort", &|cost| milliseconds(cost.cohort_wall_micros));
    row("trial-cost-fuel", &|cost| grouped(cost.fuel_median));
    row("trial-cost-fuel-total", &|cost| grouped(cost.fuel_total));
    row("trial-cost-memory", &|cost| mebibytes(cost.peak_memory_bytes));
    row("trial-cost-faults", &|cost| {
        if cost.faults.is_empty() {
            return page.word("page-none");
        }
        page.listed(cost.faults.iter().map(|fault| format!("{} × {}", fault.code, fault.times)))
    });
    page.table(sheet);
}

/// In milliseconds with two places.
fn milliseconds(micros: u64) -> String {
    format!("{}.{:02}", micros / 1_000, micros % 1_000 / 10)
}

/// In mebibytes with one place.
fn mebibytes(bytes: u64) -> String {
    const MEBIBYTE: u64 = 1024 * 1024;
    format!("{}.{}", bytes / MEBIBYTE, bytes % MEBIBYTE * 10 / MEBIBYTE)
}

/// With a gap after every third digit, as long numbers are read.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap_or_default()).collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_to_be_read() {
        assert_eq!(milliseconds(12_345), "12.34");
        assert_eq!(milliseconds(7), "0.00");
        assert_eq!(mebibytes(1_572_864), "1.5");
        assert_eq!([0, 999, 1_000, 12_345_678].map(grouped), ["0", "999", "1 000", "12 345 678"]);
    }
}

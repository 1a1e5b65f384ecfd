//! Long lists are shown page by page.

use domain::limits::CONSOLE_ROWS_MAX;

/// Which page of a list is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pages {
    /// From 0.
    pub(crate) page: usize,
    /// How many there are; at least one.
    pub(crate) count: usize,
    /// How many entries there are on all of them.
    pub(crate) entries: usize,
}

impl Pages {
    /// The page that is asked for, or the last one where there are fewer.
    pub(crate) fn of(entries: usize, asked: usize) -> Self {
        let count = entries.div_ceil(CONSOLE_ROWS_MAX).max(1);
        Self { page: asked.min(count - 1), count, entries }
    }

    /// What stands on the page.
    pub(crate) fn cut<T>(&self, all: Vec<T>) -> Vec<T> {
        all.into_iter().skip(self.page * CONSOLE_ROWS_MAX).take(CONSOLE_ROWS_MAX).collect()
    }

    /// The page before, where there is one.
    pub(crate) fn before(&self) -> Option<usize> {
        self.page.checked_sub(1)
    }

    /// The page after, where there is one.
    pub(crate) fn after(&self) -> Option<usize> {
        (self.page + 1 < self.count).then_some(self.page + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_stands_on_one_page() {
        let all: Vec<usize> = (0..2 * CONSOLE_ROWS_MAX + 1).collect();
        let cut = |page| Pages::of(all.len(), page).cut(all.clone());
        assert_eq!([cut(0), cut(1), cut(2)].concat(), all);
        assert_eq!(Pages::of(all.len(), 99).page, 2);
        assert_eq!((Pages::of(0, 3).page, Pages::of(0, 3).count, Pages::of(0, 0).after()), (0, 1, None));
    }
}

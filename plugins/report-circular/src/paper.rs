//! An official paper under way: its headings are numbered 一、 （一） 1. as they come, so that a section can fall out.

use huizong_sdk::report::{Document, Table};

use crate::wording::numeral;

/// A document whose headings number themselves.
pub(crate) struct Paper {
    document: Document,
    sections: usize,
    parts: usize,
    points: usize,
}

impl Paper {
    pub(crate) fn new(title: &str) -> Self {
        Self { document: Document::new(title), sections: 0, parts: 0, points: 0 }
    }

    /// `一、总体情况`
    pub(crate) fn section(&mut self, title: &str) {
        self.sections += 1;
        (self.parts, self.points) = (0, 0);
        self.document.heading(1, format!("{}、{title}", numeral(self.sections)));
    }

    /// `（一）报送情况`
    pub(crate) fn part(&mut self, title: &str) {
        self.parts += 1;
        self.points = 0;
        self.document.heading(2, format!("（{}）{title}", numeral(self.parts)));
    }

    /// A paragraph that is numbered `1.` in its section or part.
    pub(crate) fn point(&mut self, text: &str) {
        self.points += 1;
        self.document.paragraph(format!("{}. {text}", self.points));
    }

    pub(crate) fn paragraph(&mut self, text: impl Into<String>) {
        self.document.paragraph(text);
    }

    pub(crate) fn table(&mut self, table: Table) {
        self.document.table(table);
    }

    /// The document itself, for what is not numbered.
    pub(crate) fn plain(&mut self) -> &mut Document {
        &mut self.document
    }

    pub(crate) fn done(self) -> Document {
        self.document
    }
}

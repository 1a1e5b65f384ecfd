//! The tally: what the rules need to know of the records, counted in one pass.

use crate::record::{Level, Record};

/// How many records a reason points at.
const SHOWN: usize = 5;

/// How many records something holds for, and where the first of them stand.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) count: i64,
    first: Vec<usize>,
}

/// The records of one member, counted.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) all: i64,
    pub(crate) closed: i64,
    pub(crate) late: Found,
    pub(crate) open: Found,
    pub(crate) repeated: Found,
    pub(crate) escalated: Found,
    pub(crate) liable: Found,
    pub(crate) satisfied: i64,
    pub(crate) unsatisfied: Found,
    pub(crate) major: i64,
    /// Complex and major ones.
    pub(crate) grave: Found,
}

impl Found {
    fn note(&mut self, place: usize) {
        self.count += 1;
        if self.first.len() < SHOWN {
            self.first.push(place);
        }
    }

    /// Pointers (RFC 6901) at the first of them.
    pub(crate) fn pointers(&self) -> Vec<String> {
        self.first.iter().map(|place| pointer(*place)).collect()
    }
}

impl Tally {
    /// Counts the records.
    pub(crate) fn of(records: &[Record]) -> Self {
        let mut tally = Self::default();
        for (place, record) in records.iter().enumerate() {
            tally.add(place, record);
        }
        tally
    }

    fn add(&mut self, place: usize, record: &Record) {
        self.all += 1;
        match record.closed_on {
            None => self.open.note(place),
            Some(day) => {
                self.closed += 1;
                if day > record.due() {
                    self.late.note(place);
                }
                if record.liable {
                    self.liable.note(place);
                }
            }
        }
        if record.repeat {
            self.repeated.note(place);
        }
        if record.escalated {
            self.escalated.note(place);
        }
        match record.satisfied {
            Some(true) => self.satisfied += 1,
            Some(false) => self.unsatisfied.note(place),
            None => {}
        }
        if record.level != Level::Ordinary {
            self.grave.note(place);
        }
        if record.level == Level::Major {
            self.major += 1;
        }
    }
}

/// Pointers at the first records beyond a number of them.
pub(crate) fn pointers_beyond(free: usize, all: usize) -> Vec<String> {
    (free..all).take(SHOWN).map(pointer).collect()
}

fn pointer(place: usize) -> String {
    format!("/complaint_record/{place}")
}

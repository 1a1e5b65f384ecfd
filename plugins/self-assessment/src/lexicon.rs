//! Words that the checks look for, and one pass over all texts that finds them.
//!
//! A narrative of a few thousand characters is read once, whatever the number of terms: each character is looked up by its low byte, and
//! only the few terms that begin with such a character are compared.

mod terms;

use huizong_sdk::{Date, Place, place};

use crate::answers::Answers;
use terms::TERMS;

/// A word that means something to a check. It begins with a Chinese character.
pub(crate) struct Term {
    pub(crate) text: &'static str,
    pub(crate) role: Role,
}

/// What a word means.
#[derive(Clone, Copy)]
pub(crate) enum Role {
    /// Says how much better everything has become.
    Praise,
    /// Claims something absolute of a metric.
    Claim(&'static str),
    /// Speaks as a branch speaks of its head office.
    Branch,
    /// A term that has lost a character: `营业点` for `营业网点`.
    Damaged { missing: char, whole: &'static str },
    /// A misspelling, and what was meant.
    Misspelt(&'static str),
    /// A spelling that the house does not use; `alone` where it is worth a word even without the other.
    Variant { preferred: &'static str, alone: bool },
    /// The spelling that the house uses.
    Preferred,
    /// Something that is counted in years from a founding year.
    Founded(i16),
    /// A body or a practice that went by this name until a day.
    Former { now: &'static str, until: Date },
    /// A pricing basis, by its code.
    Basis(&'static str),
    /// A reference to a paper whose title was blanked out.
    EmptyReference,
    /// "Our department".
    OurDepartment,
    /// `一是`, `二是` …
    Enumerator,
    /// `年`: a year, where four digits stand before it.
    Year,
    /// A title of address behind a personal name.
    Address,
}

/// Where a text stands in the answers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    Section(usize),
    Heading(usize),
    Campaign(usize),
    Event(usize),
    Source(usize),
    PersonsOrganisation(usize),
    Mandate,
    Title,
}

impl Origin {
    /// The place in the answers.
    pub(crate) fn place(self) -> Place {
        match self {
            Self::Section(index) => place("narrative_section").item(index).field("text"),
            Self::Heading(index) => place("narrative_section").item(index).field("heading"),
            Self::Campaign(index) => place("campaign").item(index).field("name"),
            Self::Event(index) => place("campaign_event").item(index).field("campaign"),
            Self::Source(index) => place("complaint_stat").item(index).field("source_raw"),
            Self::PersonsOrganisation(index) => place("external_person").item(index).field("org"),
            Self::Mandate => place("submission").field("mandate_raw"),
            Self::Title => place("submission").field("report_title"),
        }
    }
}

/// A text and where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Passage<'a> {
    pub(crate) origin: Origin,
    pub(crate) text: &'a str,
}

/// A term that was found.
#[derive(Clone, Copy)]
pub(crate) struct Mark {
    pub(crate) term: &'static Term,
    /// Index of the passage.
    pub(crate) passage: usize,
    /// First byte.
    pub(crate) at: usize,
    /// Whether it stands between 《 and 》.
    pub(crate) in_title: bool,
}

/// All texts of the answers, and what one pass over them found.
pub(crate) struct Texts<'a> {
    pub(crate) passages: Vec<Passage<'a>>,
    /// In the order in which they stand.
    pub(crate) marks: Vec<Mark>,
    /// ASCII commas, colons, semicolons and brackets behind a Chinese character, in sections.
    pub(crate) ascii_punctuation: usize,
    /// The first section that has one.
    pub(crate) first_ascii: Option<usize>,
    /// Spaces between two Chinese characters: passage and byte.
    pub(crate) stray_spaces: Vec<(usize, usize)>,
}

impl<'a> Texts<'a> {
    /// Reads them all, once.
    pub(crate) fn of(answers: &'a Answers<'a>) -> Self {
        let passages = passages(answers);
        let mut texts = Self {
            passages: Vec::new(),
            marks: Vec::new(),
            ascii_punctuation: 0,
            first_ascii: None,
            stray_spaces: Vec::new(),
        };
        for (index, passage) in passages.iter().enumerate() {
            texts.read(index, *passage);
        }
        texts.passages = passages;
        texts
    }

    fn read(&mut self, index: usize, passage: Passage<'a>) {
        let bytes = passage.text.as_bytes();
        let is_section = matches!(passage.origin, Origin::Section(_));
        let mut in_title = false;
        let mut follows_ideograph = false;
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            if byte < 0x80 {
                if follows_ideograph && is_section {
                    match byte {
                        b',' | b':' | b';' | b'(' | b')' => {
                            self.ascii_punctuation += 1;
                            self.first_ascii.get_or_insert(index);
                        }
                        b' ' if is_ideograph(&bytes[at + 1..]) => self.stray_spaces.push((index, at)),
                        _ => {}
                    }
                }
                follows_ideograph = false;
                at += 1;
                continue;
            }
            if byte & 0xf0 != 0xe0 {
                // Two or four bytes: no term begins with such a character.
                follows_ideograph = false;
                at += if byte >= 0xf0 { 4 } else { 2 };
                continue;
            }
            follows_ideograph = is_ideograph(&bytes[at..]);
            match &bytes[at..at + 3] {
                // 《 and 》
                [0xe3, 0x80, 0x8a] => in_title = true,
                [0xe3, 0x80, 0x8b] => in_title = false,
                _ => {}
            }
            let mut candidate = INDEX.first[bucket(bytes[at + 1], bytes[at + 2])];
            while candidate != NONE {
                let term = &TERMS[candidate as usize];
                if bytes[at..].starts_with(term.text.as_bytes()) {
                    self.marks.push(Mark { term, passage: index, at, in_title });
                }
                candidate = INDEX.next[candidate as usize];
            }
            at += 3;
        }
    }

    /// The words behind a mark.
    pub(crate) fn behind_mark(&self, mark: &Mark) -> &'a str {
        &self.passages[mark.passage].text[mark.at + mark.term.text.len()..]
    }

    /// The words before a mark.
    pub(crate) fn before_mark(&self, mark: &Mark) -> &'a str {
        &self.passages[mark.passage].text[..mark.at]
    }

    /// The sentence that a mark stands in, bounded by `。` and `；`.
    pub(crate) fn sentence(&self, mark: &Mark) -> &'a str {
        let text = self.passages[mark.passage].text;
        let ends = ['。', '；', ';'];
        let start =
            text[..mark.at].rfind(ends).map_or(0, |end| end + text[end..].chars().next().map_or(1, char::len_utf8));
        let end = text[mark.at..].find(ends).map_or(text.len(), |length| mark.at + length);
        &text[start..end]
    }

    /// The place of a passage.
    pub(crate) fn place(&self, passage: usize) -> Place {
        self.passages[passage].origin.place()
    }
}

/// Whether three bytes begin with an ideograph (U+4E00 to U+9FFF).
fn is_ideograph(bytes: &[u8]) -> bool {
    matches!(bytes, [0xe4, 0xb8..=0xbf, _, ..] | [0xe5..=0xe9, _, _, ..])
}

fn passages<'a>(answers: &'a Answers<'a>) -> Vec<Passage<'a>> {
    let cover = &answers.submission;
    let mut passages = Vec::with_capacity(2 * answers.narrative_section.len() + 16);
    let mut add = |origin: Origin, text: Option<&'a str>| passages.extend(text.map(|text| Passage { origin, text }));
    add(Origin::Title, cover.report_title);
    add(Origin::Mandate, cover.mandate_raw);
    for (index, person) in answers.external_person.iter().enumerate() {
        add(Origin::PersonsOrganisation(index), person.org);
    }
    for (index, campaign) in answers.campaign.iter().enumerate() {
        add(Origin::Campaign(index), campaign.name);
    }
    for (index, event) in answers.campaign_event.iter().enumerate() {
        add(Origin::Event(index), event.campaign);
    }
    for (index, row) in answers.complaint_stat.iter().enumerate() {
        add(Origin::Source(index), row.source_raw);
    }
    for (index, section) in answers.narrative_section.iter().enumerate() {
        add(Origin::Heading(index), section.heading);
        add(Origin::Section(index), section.text);
    }
    passages
}

const NONE: u8 = u8::MAX;

/// The terms by the low byte of their first character: chains through `next`.
struct Index {
    first: [u8; 256],
    next: [u8; TERMS.len()],
}

static INDEX: Index = index();

/// The low byte of a character of three bytes.
const fn bucket(second: u8, third: u8) -> usize {
    (((second & 0x03) << 6) | (third & 0x3f)) as usize
}

const fn index() -> Index {
    assert!(TERMS.len() < NONE as usize, "the chains count in bytes");
    let mut index = Index { first: [NONE; 256], next: [NONE; TERMS.len()] };
    let mut at = TERMS.len();
    // Backwards, so that every chain is in the order of the list.
    while at > 0 {
        at -= 1;
        let bytes = TERMS[at].text.as_bytes();
        assert!(bytes[0] & 0xf0 == 0xe0, "a term begins with a Chinese character");
        let bucket = bucket(bytes[1], bytes[2]);
        index.next[at] = index.first[bucket];
        #[expect(clippy::cast_possible_truncation, reason = "asserted above")]
        let number = at as u8;
        index.first[bucket] = number;
    }
    index
}

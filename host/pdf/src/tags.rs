//! The structure of a document: what is a heading, a list, a table, and in which order everything is read.

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

/// A place in the structure.
pub(crate) type Place = usize;

/// What a place is.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Heading(u8, String),
    Paragraph,
    Caption,
    Note,
    List { numbered: bool },
    Item,
    ItemBody,
    Table,
    Row,
    Head,
    Cell,
    Figure(String),
}

impl Kind {
    fn tag(&self) -> TagKind {
        match self {
            Self::Heading(level, text) => {
                Tag::Hn(NonZeroU16::new(u16::from(*level)).unwrap_or(NonZeroU16::MIN), Some(text.clone())).into()
            }
            Self::Paragraph | Self::Note | Self::Caption => Tag::P.into(),
            Self::List { numbered } => {
                Tag::L(if *numbered { ListNumbering::Decimal } else { ListNumbering::Disc }).into()
            }
            Self::Item => Tag::LI.into(),
            Self::ItemBody => Tag::LBody.into(),
            Self::Table => Tag::Table.into(),
            Self::Row => Tag::TR.into(),
            Self::Head => Tag::TH(TableHeaderScope::Column).into(),
            Self::Cell => Tag::TD.into(),
            Self::Figure(alternative) => Tag::Figure(Some(alternative.clone())).into(),
        }
    }
}

/// Places with what is in them, in the order in which they are read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Structure {
    kinds: Vec<Kind>,
    children: Vec<Vec<Place>>,
    top: Vec<Place>,
}

impl Structure {
    /// Adds a place within another, or at the top.
    pub(crate) fn add(&mut self, kind: Kind, within: Option<Place>) -> Place {
        let place = self.kinds.len();
        self.kinds.push(kind);
        self.children.push(Vec::new());
        match within {
            Some(parent) => self.children[parent].push(place),
            None => self.top.push(place),
        }
        place
    }

    /// How many places there are.
    pub(crate) fn len(&self) -> usize {
        self.kinds.len()
    }

    /// The tree, with what was written at each place.
    pub(crate) fn tree(&self, written: &mut [Vec<Identifier>], language: &str) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        for place in &self.top {
            tree.push(self.group(*place, written));
        }
        tree
    }

    fn group(&self, place: Place, written: &mut [Vec<Identifier>]) -> Node {
        let mut children: Vec<Node> = std::mem::take(&mut written[place]).into_iter().map(Node::from).collect();
        children.extend(self.children[place].iter().map(|child| self.group(*child, written)));
        TagGroup::with_children(self.kinds[place].tag(), children).into()
    }
}

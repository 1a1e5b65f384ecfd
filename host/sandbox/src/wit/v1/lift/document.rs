//! Documents as the house holds them.

use domain::document::{
    Alignment, Block, Cells, Chart, ChartKind, Document, Letterhead, Numbers, Run, Series, SparseNumbers, Table,
    TableColumn,
};

use super::{each, maybe_text, plain, text, texts};
use crate::lie::Lie;
use crate::wit::v1::report;

impl TryFrom<report::Document> for Document {
    type Error = Lie;

    fn try_from(said: report::Document) -> Result<Self, Lie> {
        Ok(Self { title: text(said.title)?, language: text(said.language)?, blocks: each(said.blocks)? })
    }
}

impl TryFrom<report::Block> for Block {
    type Error = Lie;

    fn try_from(said: report::Block) -> Result<Self, Lie> {
        Ok(match said {
            report::Block::Letterhead(letterhead) => Self::Letterhead(letterhead.try_into()?),
            report::Block::Title(words) => Self::Title(text(words)?),
            report::Block::Subtitle(words) => Self::Subtitle(text(words)?),
            report::Block::Addressee(words) => Self::Addressee(text(words)?),
            report::Block::Heading(heading) => Self::Heading { level: heading.level, text: text(heading.text)? },
            report::Block::Paragraph(paragraph) => Self::Paragraph {
                runs: each(paragraph.runs)?,
                alignment: paragraph.alignment.into(),
                indented: paragraph.indented,
            },
            report::Block::Items(items) => Self::Items { numbered: items.numbered, items: texts(items.items)? },
            report::Block::Table(table) => Self::Table(table.try_into()?),
            report::Block::Chart(chart) => Self::Chart(chart.try_into()?),
            report::Block::Image(image) => {
                Self::Image { digest: text(image.digest)?, alternative: text(image.alternative)? }
            }
            report::Block::Annex(words) => Self::Annex(text(words)?),
            report::Block::Signature(signature) => {
                Self::Signature { signer: text(signature.signer)?, date: text(signature.date)? }
            }
            report::Block::Note(words) => Self::Note(text(words)?),
            report::Block::PageBreak => Self::PageBreak,
        })
    }
}

impl TryFrom<report::Letterhead> for Letterhead {
    type Error = Lie;

    fn try_from(said: report::Letterhead) -> Result<Self, Lie> {
        Ok(Self { issuer: text(said.issuer)?, number: maybe_text(said.number)?, remark: maybe_text(said.remark)? })
    }
}

impl TryFrom<report::Run> for Run {
    type Error = Lie;

    fn try_from(said: report::Run) -> Result<Self, Lie> {
        Ok(Self { text: text(said.text)?, strong: said.strong })
    }
}

impl From<report::Alignment> for Alignment {
    fn from(said: report::Alignment) -> Self {
        match said {
            report::Alignment::Start => Self::Start,
            report::Alignment::Center => Self::Center,
            report::Alignment::End => Self::End,
        }
    }
}

impl TryFrom<report::Table> for Table {
    type Error = Lie;

    fn try_from(said: report::Table) -> Result<Self, Lie> {
        Ok(Self {
            caption: text(said.caption)?,
            columns: each(said.columns)?,
            strong_rows: plain(said.strong_rows)?,
            note: maybe_text(said.note)?,
        })
    }
}

impl TryFrom<report::TableColumn> for TableColumn {
    type Error = Lie;

    fn try_from(said: report::TableColumn) -> Result<Self, Lie> {
        Ok(Self { header: text(said.header)?, unit: text(said.unit)?, cells: said.cells.try_into()? })
    }
}

impl TryFrom<report::Cells> for Cells {
    type Error = Lie;

    fn try_from(said: report::Cells) -> Result<Self, Lie> {
        Ok(match said {
            report::Cells::Texts(words) => Self::Texts(texts(words)?),
            report::Cells::Numbers(numbers) => Self::Numbers(SparseNumbers {
                scale: numbers.scale,
                values: plain(numbers.values)?,
                blanks: plain(numbers.blanks)?,
            }),
        })
    }
}

impl From<report::ChartKind> for ChartKind {
    fn from(said: report::ChartKind) -> Self {
        match said {
            report::ChartKind::Column => Self::Column,
            report::ChartKind::Bar => Self::Bar,
            report::ChartKind::Line => Self::Line,
            report::ChartKind::StackedBar => Self::StackedBar,
        }
    }
}

impl TryFrom<report::Chart> for Chart {
    type Error = Lie;

    fn try_from(said: report::Chart) -> Result<Self, Lie> {
        Ok(Self {
            kind: said.kind.into(),
            caption: text(said.caption)?,
            sentence: text(said.sentence)?,
            unit: text(said.unit)?,
            categories: texts(said.categories)?,
            series: each(said.series)?,
        })
    }
}

impl TryFrom<report::Series> for Series {
    type Error = Lie;

    fn try_from(said: report::Series) -> Result<Self, Lie> {
        let values = Numbers { scale: said.values.scale, values: plain(said.values.values)? };
        Ok(Self { name: text(said.name)?, values })
    }
}

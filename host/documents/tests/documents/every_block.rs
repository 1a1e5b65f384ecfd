//! A document that uses every block, about fire safety, as a plugin of another subject could compose it.

use std::sync::LazyLock;

use documents::{Fonts, Style};
use domain::document::{
    Alignment, Block, Cells, Chart, ChartKind, Document, Letterhead, Numbers, Run, Series, SparseNumbers, Table,
    TableColumn,
};

/// Looked through once for all tests.
static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::in_folders(vec!["/usr/share/fonts".into()]));

pub(crate) fn style() -> Style {
    Style {
        federation: "某省消防协会".to_owned(),
        provenance: "组件 3f5c…，运算 0192…".to_owned(),
        fonts: FONTS.clone(),
        ..Style::default()
    }
}

pub(crate) fn document(blocks: Vec<Block>) -> Document {
    Document { title: "消防检查通报".to_owned(), language: "zh-CN".to_owned(), blocks }
}

pub(crate) fn every_block() -> Document {
    document(vec![
        Block::Letterhead(Letterhead {
            issuer: "某省消防协会文件".to_owned(),
            number: Some("某消协发〔2025〕7号".to_owned()),
            remark: Some("特急".to_owned()),
        }),
        Block::Title("关于2025年度消防安全检查情况的通报".to_owned()),
        Block::Subtitle("（2025年1月1日至12月31日）".to_owned()),
        Block::Addressee("各会员单位".to_owned()),
        paragraph(&[("本年度共检查单位", false), ("3家", true), ("，平均得分88.50分。", false)]),
        heading(1, "一、总体情况"),
        heading(2, "（一）得分情况"),
        heading(3, "1. 按等级"),
        heading(4, "（1）甲级"),
        Block::Items {
            numbered: true, items: vec!["灭火器过期未换".to_owned(), "疏散通道堆物".to_owned()]
        },
        Block::Items { numbered: false, items: vec!["及时整改".to_owned(), "逐条复查".to_owned()] },
        Block::Table(scores()),
        Block::Table(Table {
            caption: "未报单位".to_owned(),
            columns: vec![texts("单位", vec![])],
            strong_rows: vec![],
            note: None,
        }),
        Block::Chart(chart(ChartKind::Column)),
        Block::Chart(chart(ChartKind::Bar)),
        Block::Chart(chart(ChartKind::Line)),
        Block::Chart(chart(ChartKind::StackedBar)),
        Block::Image { digest: "ab".repeat(32), alternative: "疏散路线示意".to_owned() },
        Block::Paragraph { runs: vec![run("特此通报。", false)], alignment: Alignment::Center, indented: false },
        Block::Paragraph {
            runs: vec![run("（本页无正文）", false)], alignment: Alignment::End, indented: false
        },
        Block::Signature { signer: "某省消防协会".to_owned(), date: "2026年1月15日".to_owned() },
        Block::Note("抄送：各市消防协会。".to_owned()),
        Block::PageBreak,
        Block::Annex("附件1 得分明细".to_owned()),
        Block::Table(scores()),
    ])
}

pub(crate) fn heading(level: u8, text: &str) -> Block {
    Block::Heading { level, text: text.to_owned() }
}

pub(crate) fn run(text: &str, strong: bool) -> Run {
    Run { text: text.to_owned(), strong }
}

pub(crate) fn paragraph(runs: &[(&str, bool)]) -> Block {
    let runs = runs.iter().map(|(text, strong)| run(text, *strong)).collect();
    Block::Paragraph { runs, alignment: Alignment::Start, indented: true }
}

pub(crate) fn texts(header: &str, cells: Vec<&str>) -> TableColumn {
    let cells = Cells::Texts(cells.into_iter().map(str::to_owned).collect());
    TableColumn { header: header.to_owned(), unit: String::new(), cells }
}

pub(crate) fn numbers(header: &str, unit: &str, scale: u8, values: Vec<i64>, blanks: Vec<u32>) -> TableColumn {
    let cells = Cells::Numbers(SparseNumbers { scale, values, blanks });
    TableColumn { header: header.to_owned(), unit: unit.to_owned(), cells }
}

pub(crate) fn scores() -> Table {
    Table {
        caption: "表1 得分情况".to_owned(),
        columns: vec![
            numbers("名次", "", 0, vec![1, 2, 2, 0], vec![3]),
            texts("单位", vec!["甲厂", "乙店", "丙仓", "平均"]),
            numbers("得分", "分", 2, vec![9450, 8550, 8550, 8850], vec![]),
        ],
        strong_rows: vec![3],
        note: Some("同分者名次并列。".to_owned()),
    }
}

pub(crate) fn chart(kind: ChartKind) -> Chart {
    Chart {
        kind,
        caption: "各类问题数量".to_owned(),
        sentence: "通道堵塞最多，共12处，其中9处已经整改。".to_owned(),
        unit: "处".to_owned(),
        categories: ["通道堵塞", "器材过期", "线路老化"].map(str::to_owned).to_vec(),
        series: vec![
            Series { name: "已整改".to_owned(), values: Numbers { scale: 0, values: vec![9, 4, 0] } },
            Series { name: "未整改".to_owned(), values: Numbers { scale: 0, values: vec![3, 1, 2] } },
        ],
    }
}

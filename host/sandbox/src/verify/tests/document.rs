//! Documents that no host can render.

use domain::document::{Block, Cells, Chart, ChartKind, Document, Numbers, Series, SparseNumbers, Table, TableColumn};

fn lie(blocks: Vec<Block>) -> String {
    let document = Document { title: "通报".to_owned(), language: "zh-CN".to_owned(), blocks };
    crate::verify::document(&document).map(|()| "no lie".to_owned()).unwrap_or_else(|lie| lie.to_string())
}

fn table(rows: [usize; 2], scale: u8, blanks: &[u32], strong_rows: &[u32]) -> Block {
    let column = |cells| TableColumn { header: "列".to_owned(), unit: String::new(), cells };
    let numbers = SparseNumbers { scale, values: vec![0; rows[1]], blanks: blanks.to_vec() };
    let columns = vec![column(Cells::Texts(vec![String::new(); rows[0]])), column(Cells::Numbers(numbers))];
    Block::Table(Table { caption: String::new(), columns, strong_rows: strong_rows.to_vec(), note: None })
}

#[test]
fn tables_are_even_and_name_rows_that_exist() {
    assert_eq!(lie(vec![table([3, 3], 2, &[0, 2], &[2])]), "no lie");
    assert!(lie(vec![table([3, 2], 2, &[], &[])]).contains("differ in length"));
    assert!(lie(vec![table([3, 3], 10, &[], &[])]).contains("places"));
    assert!(lie(vec![table([3, 3], 0, &[3], &[])]).contains("beyond its last row"));
    assert!(lie(vec![table([3, 3], 0, &[], &[1, 1])]).contains("ascending"));
    assert!(lie(vec![table([20_001, 20_001], 0, &[], &[])]).contains("20001 rows"));
}

#[test]
fn charts_have_a_value_for_every_category() {
    let chart = |values| {
        let series = Series { name: "件".to_owned(), values: Numbers { scale: 0, values } };
        let categories = vec!["一".to_owned(), "二".to_owned()];
        let (caption, sentence, unit) = (String::new(), String::new(), String::new());
        Block::Chart(Chart { kind: ChartKind::Bar, caption, sentence, unit, categories, series: vec![series] })
    };
    assert_eq!(lie(vec![chart(vec![1, 2])]), "no lie");
    assert!(lie(vec![Block::PageBreak, chart(vec![1])]).contains("block 1: a series of 1 values for 2 categories"));
}

#[test]
fn headings_images_languages_and_lengths_are_bounded() {
    let heading = |level| Block::Heading { level, text: "一".to_owned() };
    assert_eq!(lie(vec![heading(1), heading(4)]), "no lie");
    assert!(lie(vec![heading(0)]).contains("level 0"));
    assert!(lie(vec![heading(5)]).contains("level 5"));
    let image = |digest: &str| Block::Image { digest: digest.to_owned(), alternative: String::new() };
    assert!(lie(vec![image("../../etc/passwd")]).contains("SHA-256"));
    assert_eq!(lie(vec![image(&"0a".repeat(32))]), "no lie");
    assert!(lie(vec![Block::PageBreak; 20_001]).contains("20001 blocks"));
    let document = Document { title: String::new(), language: "zh CN\"".to_owned(), blocks: Vec::new() };
    assert!(crate::verify::document(&document).is_err());
}

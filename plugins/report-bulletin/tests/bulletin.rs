//! The bulletin says what the roll-up's numbers say, and every chart of it says so in a sentence.

use huizong_sdk::report::{
    Block, Cells, Chart, ChartKind, Document, DocumentKind, FieldValues, Request, RollUp, Table,
};
use huizong_sdk::testing::roll_up::{member_report, notice, roll_up};
use huizong_sdk::{Decimal, Points, Report, points};
use report_bulletin::Bulletin;

fn sample(members: usize) -> RollUp {
    roll_up(members, &Bulletin::describe().fields)
}

fn compose(request: RollUp) -> Document {
    Bulletin::compose(Request::RollUp(request)).expect("the bulletin is composed")
}

fn words(document: &Document) -> String {
    let lines = document.blocks.iter().map(|block| match block {
        Block::Title(text) | Block::Subtitle(text) | Block::Note(text) => text.clone(),
        Block::Heading(heading) => heading.text.clone(),
        Block::Paragraph(paragraph) => paragraph.runs.iter().map(|run| run.text.as_str()).collect(),
        Block::Items(items) => items.items.join("\n"),
        Block::Chart(chart) => chart.sentence.clone(),
        _ => String::new(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn charts(document: &Document) -> Vec<&Chart> {
    fn chart(block: &Block) -> Option<&Chart> {
        if let Block::Chart(chart) = block { Some(chart) } else { None }
    }
    document.blocks.iter().filter_map(chart).collect()
}

fn table<'d>(document: &'d Document, caption: &str) -> &'d Table {
    fn table(block: &Block) -> Option<&Table> {
        if let Block::Table(table) = block { Some(table) } else { None }
    }
    let mut tables = document.blocks.iter().filter_map(table);
    tables.find(|table| table.caption.contains(caption)).unwrap_or_else(|| panic!("no table {caption}"))
}

fn cells(table: &Table, column: usize) -> Vec<String> {
    match &table.columns[column].cells {
        Cells::Texts(texts) => texts.clone(),
        Cells::Numbers(numbers) => {
            numbers.values.iter().map(|digits| Decimal::new(*digits, numbers.scale).to_string()).collect()
        }
    }
}

fn values(chart: &Chart, series: usize) -> Vec<String> {
    let values = &chart.series[series].values;
    values.values.iter().map(|digits| Decimal::new(*digits, values.scale).to_string()).collect()
}

fn column<'r>(request: &'r RollUp, id: &str) -> &'r [i64] {
    &request.criteria.iter().find(|column| column.criterion == id).expect("a column of the criterion").points
}

/// Half up to two places, of 120 members.
fn mean_of_120(sum: i64) -> Decimal {
    Decimal::new((sum + 600).div_euclid(1200), 2)
}

#[test]
fn three_sentences_carry_the_numbers_of_the_request() {
    let request = sample(120);
    let document = compose(request.clone());
    let Some(Block::Paragraph(lead)) = document.blocks.get(2) else { panic!("the sentences stand below the title") };
    let said: String = lead.runs.iter().map(|run| run.text.as_str()).collect();
    assert_eq!(said.matches('。').count(), 3, "{said}");
    let best = request.grades.iter().filter(|grade| **grade == 0).count();
    let mean = mean_of_120(request.totals.iter().sum());
    assert!(said.contains(&format!("今年120家参评，平均{mean}分")), "{said}");
    assert!(said.contains(&format!("其中一级{best}家")), "{said}");
    assert!(said.contains("还有未报3家、未过校验2家、迟报4家，需要盯紧"), "{said}");
}

#[test]
fn key_figures_are_counted_from_the_request() {
    let request = sample(120);
    let said = words(&compose(request.clone()));
    let known = |field: usize| {
        let FieldValues::Numbers(numbers) = &request.fields[field].values else { panic!("numbers") };
        numbers.values[..119].iter().sum::<i64>()
    };
    let (accepted, in_time) = (known(0), known(1));
    let rate = Decimal::new((in_time * 2000 + accepted) / (accepted * 2), 1).trimmed();
    let (least, most) = (request.totals.iter().min().unwrap(), request.totals.iter().max().unwrap());
    for fact in [
        "采纳：120 / 125 家（96%）".to_owned(),
        format!("得分区间：{} 至 {} 分", Points::from_thousandths(*least), Points::from_thousandths(*most)),
        format!("受理投诉：{accepted} 件（119 家填报），限期内办结 {rate}%"),
        "校验提示：260 条，分属 3 类问题".to_owned(),
        "豁免1家、已合并1家不在应报之列".to_owned(),
    ] {
        assert!(said.contains(&fact), "no {fact:?} in\n{said}");
    }
}

#[test]
fn the_charts_show_grades_elements_and_losses() {
    let request = sample(120);
    let document = compose(request.clone());
    let charts = charts(&document);
    let [grades, elements, losses] = charts[..] else { panic!("three charts") };
    assert_eq!(grades.kind, ChartKind::Column);
    let counts: Vec<String> =
        (0..4).map(|grade| request.grades.iter().filter(|one| **one == grade).count().to_string()).collect();
    assert_eq!(values(grades, 0), counts);
    assert_eq!(
        elements.categories,
        ["体制机制", "营销行为", "纠纷化解", "教育宣传"],
        "bonus and deduction have no full marks"
    );
    let sum: i64 = column(&request, "c.1").iter().chain(column(&request, "c.2")).sum();
    assert_eq!(values(elements, 0)[2], mean_of_120(sum).to_string());
    assert_eq!(values(elements, 1), ["20", "30", "30", "20"]);
    let at = losses.categories.iter().position(|label| label == "办理时限").unwrap();
    let lost: i64 = column(&request, "c.1").iter().map(|points| 20_000 - points).sum();
    assert_eq!(values(losses, 0)[at], mean_of_120(lost).to_string());
    assert!(losses.categories.len() <= 10);
}

#[test]
fn every_chart_says_in_a_sentence_what_one_should_see() {
    for members in [1, 2, 120] {
        let document = compose(sample(members));
        for chart in charts(&document) {
            assert!(chart.sentence.ends_with('。'), "{}: {:?}", chart.caption, chart.sentence);
            for series in &chart.series {
                assert_eq!(series.values.values.len(), chart.categories.len(), "{}", chart.caption);
            }
        }
    }
}

#[test]
fn the_lists_have_ten_at_most_and_the_best_first() {
    let request = sample(120);
    let document = compose(request.clone());
    let best = table(&document, "得分前十");
    assert_eq!(cells(best, 1).len(), 10);
    let mut ranks = request.ranks.clone();
    ranks.sort_unstable();
    assert_eq!(cells(best, 0), ranks[..10].iter().map(ToString::to_string).collect::<Vec<_>>());
    let kind = table(&document, "自评高出核定");
    let above: Vec<Decimal> = cells(kind, 3).iter().map(|cell| cell.parse().unwrap()).collect();
    assert_eq!(above.len(), 10);
    assert!(above.windows(2).all(|pair| pair[0] >= pair[1]));
    for row in 0..10 {
        let of = |column: usize| cells(kind, column)[row].parse::<Decimal>().unwrap();
        assert_eq!(of(1).minus(of(2)), of(3));
    }
}

#[test]
fn nobody_gives_no_charts_and_no_lists() {
    let document = compose(sample(0));
    assert!(charts(&document).is_empty());
    let said = words(&document);
    assert!(said.contains("还没有一家的报送被采纳") && said.contains("采纳：0 / 5 家（0%）"), "{said}");
}

#[test]
fn one_member_is_the_whole_federation() {
    let request = sample(1);
    let total = Points::from_thousandths(request.totals[0]);
    let said = words(&compose(request));
    assert!(said.contains("今年1家参评") && said.contains(&format!("得分区间：{total} 至 {total} 分")), "{said}");
}

#[test]
fn ties_share_a_rank_in_the_list() {
    let mut request = sample(12);
    request.totals = vec![points("88").thousandths(); 12];
    request.ranks = vec![1; 12];
    let document = compose(request);
    assert_eq!(cells(table(&document, "得分前十"), 0), ["1"; 10]);
}

#[test]
fn all_missing_is_said_plainly() {
    let mut request = sample(0);
    request.expected = 3;
    request.blocked.clear();
    request.late.clear();
    assert!(words(&compose(request)).contains("还有未报3家，需要盯紧"));
}

#[test]
fn without_stated_self_scores_there_is_no_list_of_them() {
    let mut request = sample(20);
    let own = request.fields.iter_mut().find(|field| field.at == "/submission/self_score/value").unwrap();
    own.known.fill(0);
    let document = compose(request);
    assert!(
        !document.blocks.iter().any(|block| matches!(block, Block::Table(table) if table.caption.contains("自评")))
    );
}

#[test]
fn the_card_shows_one_member_on_a_page() {
    let report = member_report();
    let document = Bulletin::compose(Request::MemberReport(report.clone())).unwrap();
    let said = words(&document);
    let standing = report.standing.unwrap();
    let total = Points::from_thousandths(standing.total);
    let above = Points::from_thousandths(standing.total - standing.median);
    assert!(
        said.contains(&format!("{total}分（满分100分），一级，第7名（共120家），高出全组中位数{above}分")),
        "{said}"
    );
    assert!(said.contains("信息披露，丢1.5分：公示不全"), "{said}");
    assert!(said.contains("预警：分项合计17项，与所述30项不符（已说明）"), "{said}");
    let chart = charts(&document)[0];
    assert_eq!(values(chart, 0)[1], "28.50");
    assert_eq!(values(chart, 0)[3], "19.75", "the cohort pass has the last word");
    assert_eq!(chart.sentence, "“营销行为”差得最多，还差1.5分。");
}

#[test]
fn a_card_before_the_cohort_pass_claims_no_rank() {
    let mut report = member_report();
    report.standing = None;
    let said = words(&Bulletin::compose(Request::MemberReport(report)).unwrap());
    assert!(said.contains("同组比较之后才有等级和名次") && !said.contains("名（共"));
}

#[test]
fn the_bulletin_composes_no_notices() {
    let refused = Bulletin::compose(Request::Notice(notice(DocumentKind::Receipt)));
    assert_eq!(refused.unwrap_err().code, "kind-not-composed");
    assert_eq!(Bulletin::describe().composes, [DocumentKind::RollUp, DocumentKind::MemberReport]);
}

#[test]
fn equal_requests_give_equal_documents() {
    assert_eq!(compose(sample(120)), compose(sample(120)));
    assert_eq!(compose(sample(3_000)), compose(sample(3_000)));
}

//! The circular says what the roll-up's numbers say: for 120 members, for none, for one, with ties, and when nobody handed in.

use huizong_sdk::report::{Block, Cells, Document, DocumentKind, Heading, Request, RollUp, Run, Table};
use huizong_sdk::testing::roll_up::{member_report, notice, roll_up};
use huizong_sdk::{Decimal, Points, Report, points};
use report_circular::Circular;

fn sample(members: usize) -> RollUp {
    roll_up(members, &Circular::describe().fields)
}

fn compose(request: RollUp) -> Document {
    Circular::compose(Request::RollUp(request)).expect("the circular is composed")
}

/// All sentences, headings and items, one a line.
fn words(document: &Document) -> String {
    let runs = |runs: &[Run]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
    let lines = document.blocks.iter().map(|block| match block {
        Block::Title(text)
        | Block::Subtitle(text)
        | Block::Addressee(text)
        | Block::Annex(text)
        | Block::Note(text) => text.clone(),
        Block::Heading(heading) => heading.text.clone(),
        Block::Paragraph(paragraph) => runs(&paragraph.runs),
        Block::Items(items) => items.items.join("\n"),
        Block::Letterhead(head) => {
            format!(
                "{} {} {}",
                head.issuer,
                head.number.clone().unwrap_or_default(),
                head.remark.clone().unwrap_or_default()
            )
        }
        Block::Signature(signature) => format!("{} {}", signature.signer, signature.date),
        Block::Table(_) | Block::Chart(_) | Block::Image(_) | Block::PageBreak => String::new(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn tables(document: &Document) -> Vec<&Table> {
    fn table(block: &Block) -> Option<&Table> {
        if let Block::Table(table) = block { Some(table) } else { None }
    }
    document.blocks.iter().filter_map(table).collect()
}

fn table<'d>(document: &'d Document, caption: &str) -> &'d Table {
    tables(document)
        .into_iter()
        .find(|table| table.caption.contains(caption))
        .unwrap_or_else(|| panic!("no table {caption}"))
}

/// A column's cells as they are read, blanks empty.
fn cells(table: &Table, header: &str) -> Vec<String> {
    let column = table.columns.iter().find(|column| column.header.starts_with(header));
    match &column.unwrap_or_else(|| panic!("no column {header}")).cells {
        Cells::Texts(texts) => texts.clone(),
        Cells::Numbers(numbers) => (0_u32..)
            .zip(&numbers.values)
            .map(|(row, digits)| {
                if numbers.blanks.contains(&row) {
                    String::new()
                } else {
                    Decimal::new(*digits, numbers.scale).to_string()
                }
            })
            .collect(),
    }
}

fn headings(document: &Document, level: u8) -> Vec<&str> {
    fn heading(block: &Block) -> Option<&Heading> {
        if let Block::Heading(heading) = block { Some(heading) } else { None }
    }
    let of_level = document.blocks.iter().filter_map(heading).filter(|heading| heading.level == level);
    of_level.map(|heading| heading.text.as_str()).collect()
}

/// The number of a field's column, where it is known.
fn stated(roll_up: &RollUp, at: &str, member: usize) -> Option<i64> {
    let field = roll_up.fields.iter().find(|field| field.at == at)?;
    field.number(member)?.as_whole()
}

fn all(roll_up: &RollUp, at: &str) -> i64 {
    (0..roll_up.members.len()).filter_map(|member| stated(roll_up, at, member)).sum()
}

#[test]
fn the_sentences_carry_the_numbers_of_the_request() {
    let request = sample(120);
    let said = words(&compose(request.clone()));
    let mut totals = request.totals.clone();
    totals.sort_unstable();
    let sum: i64 = totals.iter().sum();
    // Half up to two places: 120 members, thousandths to hundredths.
    let mean = Decimal::new((sum + 600).div_euclid(1200), 2);
    let median = Decimal::new((totals[59] + totals[60]) * 5, 4).trimmed();
    let (lowest, highest) = (Points::from_thousandths(totals[0]), Points::from_thousandths(totals[119]));
    let above = totals.iter().filter(|total| **total * 120 >= sum).count();
    for fact in [
        "应报送125家，已采纳120家，采纳率96%".to_owned(),
        "未报送3家，报送后因校验未通过而暂缓采纳2家，迟报4家，豁免报送1家，已并入其他机构1家".to_owned(),
        format!("平均得分{mean}分（满分100分），中位数{median}分；最高{highest}分"),
        format!("最低{lowest}分，相差{}分", highest - lowest),
        format!("达到或超过平均分的{above}家"),
        format!(
            "共受理投诉{}件，办结{}件",
            all(&request, "/complaint_stat/*/accepted"),
            all(&request, "/complaint_stat/*/closed")
        ),
        "119家按统一口径填报".to_owned(),
        "另有1家只作文字说明".to_owned(),
        "校验共发现260条，其中预警200条、提示60条。涉及面最广的是“合计与分项不符”，60家（占50%）".to_owned(),
        "〔2024〕".to_owned(),
        "某省农村信用社联合社 2024年3月5日".to_owned(),
    ] {
        assert!(said.contains(&fact), "no {fact:?} in\n{said}");
    }
}

#[test]
fn sections_are_numbered_as_official_papers_do() {
    let document = compose(sample(120));
    let expected = [
        "一、总体情况",
        "二、各要素得分情况",
        "三、主要失分指标",
        "四、投诉处理情况",
        "五、报送纪律和数据质量",
        "六、存在的主要问题",
        "七、工作要求",
    ];
    assert_eq!(headings(&document, 1), expected);
    assert_eq!(headings(&document, 2)[..4], ["（一）报送情况", "（二）得分情况", "（三）等级分布", "（四）分类情况"]);
}

#[test]
fn grades_are_counted_and_sum_up() {
    let request = sample(120);
    let document = compose(request.clone());
    let grades = table(&document, "等级分布");
    let mut expected: Vec<String> =
        (0..4).map(|grade| request.grades.iter().filter(|one| **one == grade).count().to_string()).collect();
    expected.push("120".to_owned());
    assert_eq!(cells(grades, "家数"), expected);
    assert_eq!(cells(grades, "最低得分"), ["90", "80", "70", "", ""], "the last grade takes what is left");
    assert_eq!(grades.strong_rows, [4]);
}

#[test]
fn elements_stand_against_the_full_marks_in_force() {
    let request = sample(120);
    let document = compose(request.clone());
    let elements = table(&document, "各要素得分");
    assert_eq!(cells(elements, "要素")[..4], ["体制机制", "营销行为", "纠纷化解", "教育宣传"]);
    assert_eq!(cells(elements, "满分")[..4], ["20", "30", "30", "20"]);
    let of = |id: &str| &request.criteria.iter().find(|column| column.criterion == id).unwrap().points;
    let sum: i64 = of("a.1").iter().chain(of("a.2")).sum();
    let mean = Decimal::new((sum + 600).div_euclid(1200), 2);
    assert_eq!(cells(elements, "平均得分")[0], mean.to_string());
    let rate = Decimal::new((sum * 1000 + 1_200_000).div_euclid(2_400_000), 1);
    assert_eq!(cells(elements, "得分率")[0], rate.to_string());
    assert_eq!(cells(elements, "要素")[4..], ["扣分项", "加分项"], "nobody has points of the bottom line");
    for header in ["满分", "得分率", "满分家数"] {
        assert_eq!(cells(elements, header)[4], "", "a deduction has no full marks to reach");
    }
}

#[test]
fn points_that_everybody_is_given_are_no_achievement() {
    let mut request = sample(120);
    let given = request.round.criteria.iter_mut().find(|criterion| criterion.id == "d").unwrap();
    given.ranges.iter_mut().for_each(|range| range.least = range.most);
    let column = request.criteria.iter_mut().find(|column| column.criterion == "d").unwrap();
    column.points.fill(20_000);
    let document = compose(request);
    assert_eq!(cells(table(&document, "各要素得分"), "得分率")[3], "");
    assert!(!words(&document).contains("“教育宣传”最高"));
}

#[test]
fn losses_are_ranked_and_counted() {
    let request = sample(120);
    let document = compose(request.clone());
    let losses = table(&document, "失分最多的指标");
    let of = |id: &str| &request.criteria.iter().find(|column| column.criterion == id).unwrap().points;
    let labels = cells(losses, "指标");
    assert!(!labels.iter().any(|label| label == "加分项" || label == "底线"), "what is earned beside is no loss");
    let at = labels.iter().position(|label| label == "办理时限").unwrap();
    let lost = of("c.1").iter().map(|points| 20_000 - points).filter(|lost| *lost > 0);
    assert_eq!(cells(losses, "失分家数")[at], lost.clone().count().to_string());
    let total: Decimal = cells(losses, "失分合计")[at].parse().unwrap();
    assert_eq!(total, Decimal::new(lost.sum(), 3));
    let totals: Vec<Decimal> = cells(losses, "失分合计").iter().map(|cell| cell.parse().unwrap()).collect();
    assert!(totals.windows(2).all(|pair| pair[0] >= pair[1]), "the greatest loss stands first");
    assert!(words(&document).contains(&format!("1. {}。", labels[0])));
}

#[test]
fn a_rate_counts_only_those_who_stated_both_numbers() {
    let mut request = sample(120);
    let closed = request.fields.iter_mut().find(|field| field.at == "/complaint_stat/*/closed").unwrap();
    closed.known[..60].fill(0);
    let (mut part, mut whole) = (0, 0);
    for member in 60..119 {
        part += stated(&request, "/complaint_stat/*/closed", member).unwrap();
        whole += stated(&request, "/complaint_stat/*/accepted", member).unwrap();
    }
    let rate = Decimal::new((part * 1000 * 2 + whole) / (whole * 2), 1).trimmed();
    assert!(words(&compose(request)).contains(&format!("办结率{rate}%，")), "{rate}");
}

#[test]
fn the_annexes_have_everybody() {
    let request = sample(120);
    let document = compose(request.clone());
    let ranking = table(&document, "得分排名");
    let ranks: Vec<u32> = cells(ranking, "名次").iter().map(|rank| rank.parse().unwrap()).collect();
    let mut expected = request.ranks.clone();
    expected.sort_unstable();
    assert_eq!(ranks, expected);
    for (row, code) in cells(ranking, "机构编码").iter().enumerate() {
        let member = request.members.iter().position(|member| member.code == *code).unwrap();
        let total: Decimal = cells(ranking, "得分")[row].parse().unwrap();
        assert_eq!(total, Points::from_thousandths(request.totals[member]).into());
    }
    let points = table(&document, "得分明细");
    let headers: Vec<&str> = points.columns.iter().map(|column| column.header.as_str()).collect();
    assert_eq!(headers[..4], ["机构", "体制机制合计［满分20］", "组织架构［满分8］", "制度建设［满分12］"]);
    assert_eq!(cells(points, "机构").len(), 120);
    let first = request.members.iter().position(|member| member.name == cells(points, "机构")[0]).unwrap();
    let stated: Decimal = cells(points, "组织架构")[0].parse().unwrap();
    assert_eq!(stated, Points::from_thousandths(request.criteria[0].points[first]).into());
    let shown: usize =
        tables(&document).iter().filter(|table| table.caption == "得分明细").map(|table| table.columns.len() - 1).sum();
    assert_eq!(shown, request.criteria.len() + 3, "every criterion once, and the sums of three groups");
    assert_eq!(cells(table(&document, "名单"), "类别").len(), 11);
    assert_eq!(
        cells(table(&document, "已采纳报送的校验问题"), "编码"),
        ["sum-mismatch", "late-number", "round-number"]
    );
    let annexes = words(&document).lines().filter(|line| line.starts_with("附件") && line.contains('　')).count();
    assert_eq!(annexes, 4);
}

#[test]
fn every_table_has_columns_of_one_length() {
    for members in [0, 1, 2, 120] {
        for table in tables(&compose(sample(members))) {
            let lengths: Vec<usize> = table
                .columns
                .iter()
                .map(|column| match &column.cells {
                    Cells::Texts(texts) => texts.len(),
                    Cells::Numbers(numbers) => numbers.values.len(),
                })
                .collect();
            assert!(lengths.windows(2).all(|pair| pair[0] == pair[1]), "{}: {lengths:?}", table.caption);
            assert!(table.strong_rows.iter().all(|row| (*row as usize) < lengths[0]), "{}", table.caption);
        }
    }
}

#[test]
fn without_members_there_are_no_scores_and_no_division_by_nobody() {
    let document = compose(sample(0));
    let said = words(&document);
    assert!(said.contains("应报送5家，已采纳0家，采纳率0%"));
    assert!(said.contains("尚无成员行社的报送被采纳"));
    assert_eq!(headings(&document, 1)[1], "二、报送纪律和数据质量", "the numbers close the gap");
}

#[test]
fn when_everybody_is_missing_the_list_says_so() {
    let mut request = sample(0);
    let unit = request.missing[0].clone();
    request.missing = (0..5).map(|_| unit.clone()).collect();
    for list in [&mut request.blocked, &mut request.late, &mut request.exempt, &mut request.merged] {
        list.clear();
    }
    request.expected = 5;
    let document = compose(request);
    assert!(words(&document).contains("1. 未报送5家："));
    assert_eq!(cells(table(&document, "名单"), "类别"), ["未报"; 5]);
}

#[test]
fn nothing_expected_and_nothing_found_is_told_without_empty_lists() {
    let mut request = sample(0);
    for list in
        [&mut request.missing, &mut request.blocked, &mut request.late, &mut request.exempt, &mut request.merged]
    {
        list.clear();
    }
    request.expected = 0;
    request.findings.clear();
    let said = words(&compose(request));
    assert!(said.contains("应报送0家，已采纳0家。"));
    assert!(said.contains("全部按时报送") && !said.contains("存在的主要问题"));
}

#[test]
fn one_member_is_its_own_mean_and_median() {
    let request = sample(1);
    let total = Points::from_thousandths(request.totals[0]);
    let said = words(&compose(request.clone()));
    assert!(
        said.contains(&format!(
            "中位数{total}分；最高{total}分（{}），最低{total}分，相差0分",
            request.members[0].name
        ))
    );
    assert!(said.contains("达到或超过平均分的1家（占100%）"));
}

#[test]
fn ties_share_a_rank_and_are_named_together() {
    let mut request = sample(5);
    request.totals = vec![points("90").thousandths(); 5];
    request.ranks = vec![1; 5];
    let document = compose(request.clone());
    assert_eq!(cells(table(&document, "得分排名"), "名次"), ["1"; 5]);
    let names: Vec<&str> = request.members[..3].iter().map(|member| member.name.as_str()).collect();
    assert!(words(&document).contains(&format!("最高90分（{}等5家）", names.join("、"))));
}

#[test]
fn the_order_of_members_changes_nothing_that_is_told() {
    let request = sample(60);
    let mut turned = request.clone();
    turned.members.reverse();
    turned.totals.reverse();
    turned.ranks.reverse();
    turned.grades.reverse();
    turned.criteria.iter_mut().for_each(|column| column.points.reverse());
    for field in &mut turned.fields {
        field.known.reverse();
        match &mut field.values {
            huizong_sdk::report::FieldValues::Numbers(numbers) => numbers.values.reverse(),
            huizong_sdk::report::FieldValues::Texts(texts) => texts.reverse(),
        }
    }
    assert_eq!(compose(turned), compose(request));
}

#[test]
fn a_kind_self_assessment_is_told_with_its_distance() {
    let request = sample(120);
    let own = request.fields.iter().find(|field| field.at == "/submission/self_score/value").unwrap();
    let above: Vec<i64> = (0..119)
        .map(|member| own.number(member).unwrap())
        .zip(&request.totals)
        .filter(|(own, _)| *own <= Decimal::whole(100))
        .map(|(own, total)| own.digits_at(3) - total)
        .filter(|above| *above >= 5000)
        .collect();
    let said = words(&compose(request.clone()));
    let most = Points::from_thousandths(*above.iter().max().unwrap());
    assert!(said.contains(&format!("{}家自评得分高于核定得分5分以上，最多高出{most}分", above.len())));
}

#[test]
fn three_thousand_members_fit_into_one_document() {
    let document = compose(sample(3_000));
    let cells: usize = tables(&document).iter().map(|table| table.columns.len() * 3_000).sum();
    assert!(document.blocks.len() < 200 && cells < 500_000);
}

#[test]
fn no_field_that_is_wanted_names_a_person() {
    for field in Circular::describe().fields {
        for personal in ["name", "signature", "narrative", "raw_text", "person", "staff"] {
            assert!(!field.at.split('/').any(|part| part == personal), "{}", field.at);
        }
    }
}

#[test]
fn the_feedback_gives_every_line_with_its_reasons() {
    let report = member_report();
    let document = Circular::compose(Request::MemberReport(report.clone())).unwrap();
    let said = words(&document);
    let standing = report.standing.as_ref().unwrap();
    let total = Points::from_thousandths(standing.total);
    assert!(said.contains(&format!("最终得分{total}分（满分100分），等级为一级，在120家中列第7名；全组中位数88.25分")));
    assert!(said.contains("校验共发现1条：错误0条，预警1条，提示0条"));
    assert!(said.contains("R-2023-0001") && said.contains("第2版"));
    let lines = table(&document, "逐项得分");
    let at = cells(lines, "指标").iter().position(|label| label == "信息披露").unwrap();
    assert_eq!(cells(lines, "计分说明")[at], "起评：+15分；公示不全（公示网点：37个，应等于39个，不符）：-1.5分");
    let settled = cells(lines, "指标").iter().position(|label| label == "教育宣传").unwrap();
    assert_eq!(cells(lines, "得分")[settled], "19.75", "the cohort pass has the last word");
    assert_eq!(cells(table(&document, "合计后的调整"), "调整"), ["-0.5"]);
    assert_eq!(cells(table(&document, "校验结果"), "成员说明"), ["按子类计数，已附清单"]);
}

#[test]
fn before_the_cohort_pass_the_feedback_is_provisional() {
    let mut report = member_report();
    report.standing = None;
    let total = Points::from_thousandths(report.scorecard.total);
    let said = words(&Circular::compose(Request::MemberReport(report)).unwrap());
    assert!(said.contains(&format!("单机构计分合计{total}分")) && said.contains("以结算后为准"));
}

#[test]
fn every_notice_has_its_own_title_and_its_date() {
    let kinds = [
        (DocumentKind::Receipt, "报送回执", ""),
        (DocumentKind::ReturnNotice, "退回通知书", "请于2024年1月25日前更正并重新报送。"),
        (DocumentKind::Reminder, "催报通知", "报送截止日期为2024年1月15日"),
        (DocumentKind::Rectification, "整改通知书", "请于2024年1月25日前完成整改"),
        (DocumentKind::AppealDecision, "申诉处理决定书", "经研究作出如下决定"),
    ];
    for (kind, title, sentence) in kinds {
        let document = Circular::compose(Request::Notice(notice(kind))).unwrap();
        let said = words(&document);
        assert!(said.contains(&format!("\n{title}\n")) && said.contains(sentence), "{said}");
        assert!(said.contains("〔2024〕第3号") && said.contains("2024年1月16日"));
        assert_eq!(cells(table(&document, "有关事项"), "内容"), ["2", "3f5c9a…"]);
    }
}

#[test]
fn what_is_no_notice_is_refused_and_not_invented() {
    let refused = Circular::compose(Request::Notice(notice(DocumentKind::RollUp)));
    assert_eq!(refused.unwrap_err().code, "not-a-notice");
}

#[test]
fn equal_requests_give_equal_documents_and_the_description_is_constant() {
    assert_eq!(compose(sample(120)), compose(sample(120)));
    assert_eq!(Circular::describe(), Circular::describe());
    assert_eq!(Circular::describe().composes.len(), 7);
}

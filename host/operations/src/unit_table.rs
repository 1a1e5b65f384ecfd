//! The register as a table for spreadsheets, out and in: a line a unit, a column for everything that every unit has, one for each attribute.

use std::collections::{BTreeMap, BTreeSet};

use documents::cells::{NotCells, column_name, of_csv, to_csv, to_workbook};
use documents::words::say;
use domain::access::{Caller, Operation};
use domain::amount::{Amount, Quantity};
use domain::federation::{EarlierName, OrgUnit};
use domain::ids::{FederationCode, UnitCode};
use domain::limits::{NAME_CHARS_MAX, UNIT_TABLE_COLUMNS_MAX, UNITS_MAX};
use domain::text::Language;
use domain::unit::Attribute;
use jiff::civil::Date;

use crate::error::OperationError;
use crate::office::Office;
use crate::problem::{FormProblem, Problems};

/// What stands between several things in one cell.
const SEPARATOR: char = '；';
/// The columns that every unit has.
const COLUMNS: [Column; 10] = [
    Column::Code,
    Column::Name,
    Column::Aliases,
    Column::Kind,
    Column::Parent,
    Column::Reports,
    Column::ValidFrom,
    Column::ValidTo,
    Column::Successor,
    Column::EarlierNames,
];
/// The kinds of value that an attribute can have.
const KINDS: [&str; 5] = ["number", "points", "date", "text", "flag"];

/// A column that every unit has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Code,
    Name,
    Aliases,
    Kind,
    Parent,
    Reports,
    ValidFrom,
    ValidTo,
    Successor,
    EarlierNames,
}

impl Column {
    /// The field of a unit that it holds.
    const fn field(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Name => "name",
            Self::Aliases => "aliases",
            Self::Kind => "kind",
            Self::Parent => "parent",
            Self::Reports => "reports",
            Self::ValidFrom => "valid_from",
            Self::ValidTo => "valid_to",
            Self::Successor => "successor",
            Self::EarlierNames => "earlier_names",
        }
    }

    const fn must_be_there(self) -> bool {
        matches!(self, Self::Code | Self::Name | Self::Kind | Self::Reports | Self::ValidFrom)
    }
}

/// What a column of a table that came in holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Head {
    Column(Column),
    Attribute(AttributeHead),
}

/// An attribute, the kind of its value, and what numbers are counted in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct AttributeHead {
    name: String,
    kind: &'static str,
    counted_in: String,
}

/// How the register is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitTableFormat {
    /// Comma-separated values.
    Csv,
    /// A workbook.
    Xlsx,
}

impl Office {
    /// The register as a table.
    pub async fn unit_table(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        language: Language,
        format: UnitTableFormat,
    ) -> Result<Vec<u8>, OperationError> {
        let scope = self.scope(caller, Operation::ListUnits, federation)?;
        let rows = rows_of(&scope.units().await?, language);
        match format {
            UnitTableFormat::Csv => Ok(to_csv(&rows)),
            UnitTableFormat::Xlsx => {
                to_workbook(&say(language, "unit-table", &[]), &rows).map_err(OperationError::host)
            }
        }
    }

    /// Registers the units of a table in CSV, or changes those that are registered, all or none; gives how many. Problems point at cells
    /// (`/B7`).
    pub async fn register_unit_table(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        table: &[u8],
    ) -> Result<usize, OperationError> {
        self.scope(caller, Operation::RegisterUnits, federation)?;
        let read = read(table)?;
        let count = read.units.len();
        let units = read.units.clone();
        self.register_units(caller, federation, units).await.map_err(|error| match error {
            OperationError::Invalid(problems) => OperationError::Invalid(read.in_cells(problems)),
            other => other,
        })?;
        Ok(count)
    }
}

fn rows_of(units: &[OrgUnit], language: Language) -> Vec<Vec<String>> {
    let heads: BTreeSet<AttributeHead> =
        units.iter().flat_map(|unit| unit.attributes.iter().map(AttributeHead::of)).collect();
    let head =
        COLUMNS.iter().map(|column| say(language, &format!("unit-table-{}", column.field().replace('_', "-")), &[]));
    let head = head.chain(heads.iter().map(|head| head.written(language))).collect();
    let rows = units.iter().map(|unit| {
        let fixed = COLUMNS.iter().map(|column| cell(unit, *column, language));
        let own = heads.iter().map(|head| {
            let attribute = unit.attributes.iter().find(|attribute| AttributeHead::of(attribute) == *head);
            attribute.map(|attribute| written(&attribute.value, language)).unwrap_or_default()
        });
        fixed.chain(own).collect()
    });
    std::iter::once(head).chain(rows).collect()
}

fn cell(unit: &OrgUnit, column: Column, language: Language) -> String {
    let together = |parts: Vec<String>| parts.join(&SEPARATOR.to_string());
    let code = |code: &Option<UnitCode>| code.as_ref().map(UnitCode::to_string).unwrap_or_default();
    match column {
        Column::Code => unit.code.to_string(),
        Column::Name => unit.name.clone(),
        Column::Aliases => together(unit.aliases.clone()),
        Column::Kind => unit.kind.clone(),
        Column::Parent => code(&unit.parent),
        Column::Reports => flag(unit.reports, language),
        Column::ValidFrom => unit.valid_from.to_string(),
        Column::ValidTo => unit.valid_to.map(|day| day.to_string()).unwrap_or_default(),
        Column::Successor => code(&unit.successor),
        Column::EarlierNames => {
            together(unit.earlier_names.iter().map(|earlier| format!("{}@{}", earlier.name, earlier.until)).collect())
        }
    }
}

fn flag(is_so: bool, language: Language) -> String {
    say(language, if is_so { "unit-table-yes" } else { "unit-table-no" }, &[])
}

fn written(value: &Amount, language: Language) -> String {
    match value {
        Amount::Number(number) => number.value.to_string(),
        Amount::Points(points) => points.to_string(),
        Amount::Date(day) => day.to_string(),
        Amount::Text(text) => text.clone(),
        Amount::Flag(is_so) => flag(*is_so, language),
    }
}

impl AttributeHead {
    fn of(attribute: &Attribute) -> Self {
        let (kind, counted_in) = match &attribute.value {
            Amount::Number(number) => ("number", number.unit.clone()),
            Amount::Points(_) => ("points", String::new()),
            Amount::Date(_) => ("date", String::new()),
            Amount::Text(_) => ("text", String::new()),
            Amount::Flag(_) => ("flag", String::new()),
        };
        Self { name: attribute.name.clone(), kind, counted_in }
    }

    /// `outlets [数字 家]`.
    fn written(&self, language: Language) -> String {
        let kind = say(language, &format!("unit-table-{}", self.kind), &[]);
        let inside = [kind.as_str(), self.counted_in.as_str()];
        format!("{} [{}]", self.name, inside.join(" ").trim_end())
    }

    fn read(text: &str) -> Option<Self> {
        let (name, inside) = text.strip_suffix(']')?.rsplit_once('[')?;
        let (word, counted_in) = inside.split_once(' ').unwrap_or((inside, ""));
        let kind = KINDS.into_iter().find(|kind| is_word_of(&format!("unit-table-{kind}"), word))?;
        Some(Self { name: name.trim().to_owned(), kind, counted_in: counted_in.trim().to_owned() })
    }

    /// The value in a cell that is not empty.
    fn value(&self, cell: &str) -> Option<Amount> {
        match self.kind {
            "number" => {
                cell.parse().ok().map(|value| Amount::Number(Quantity { value, unit: self.counted_in.clone() }))
            }
            "points" => cell.parse().ok().map(Amount::Points),
            "date" => day(cell).map(Amount::Date),
            "flag" => yes_or_no(cell).map(Amount::Flag),
            _ => Some(Amount::Text(cell.to_owned())),
        }
    }
}

/// Whether a text is what either language says.
fn is_word_of(key: &str, text: &str) -> bool {
    [Language::Chinese, Language::English]
        .into_iter()
        .any(|language| say(language, key, &[]).eq_ignore_ascii_case(text))
}

/// A day as people and spreadsheets write it: `2010-01-31`, `2010/1/31`, `2010.1.31`.
fn day(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let [year, month, day] = parts[..] else { return None };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn yes_or_no(text: &str) -> Option<bool> {
    if is_word_of("unit-table-yes", text) || ["true", "1"].contains(&text.to_lowercase().as_str()) {
        Some(true)
    } else if is_word_of("unit-table-no", text) || ["false", "0"].contains(&text.to_lowercase().as_str()) {
        Some(false)
    } else {
        None
    }
}

/// What a table says, and where it says it.
#[derive(Debug)]
struct Read {
    units: Vec<OrgUnit>,
    /// The line of each unit.
    lines: Vec<u64>,
    /// The column of each field, counted from 0.
    columns: BTreeMap<&'static str, usize>,
}

impl Read {
    /// The problems of a list of units as problems of the cells that they came from.
    fn in_cells(&self, problems: Vec<FormProblem>) -> Vec<FormProblem> {
        let cell = |pointer: &str| {
            let mut tokens = pointer.split('/').skip(1);
            let line = tokens.next().and_then(|index| self.lines.get(index.parse::<usize>().ok()?));
            let column = tokens.next().and_then(|field| self.columns.get(field));
            match (line, column) {
                (Some(line), Some(column)) => format!("/{}{line}", column_name(*column)),
                (Some(line), None) => format!("/{line}"),
                _ => String::new(),
            }
        };
        problems.into_iter().map(|problem| FormProblem { pointer: cell(&problem.pointer), ..problem }).collect()
    }
}

fn read(table: &[u8]) -> Result<Read, OperationError> {
    let mut problems = Problems::default();
    let rows = of_csv(table, UNITS_MAX + 1, UNIT_TABLE_COLUMNS_MAX);
    let mut rows = rows.map_err(|fault| OperationError::Invalid(vec![no_table(fault)]))?.into_iter();
    let (head_line, head) = rows.next().unwrap_or((1, Vec::new()));
    let mut columns = BTreeMap::new();
    let mut heads = Vec::with_capacity(head.len());
    for (place, text) in head.iter().enumerate() {
        let at = format!("/{}{head_line}", column_name(place));
        let known = COLUMNS.into_iter().find(|column| {
            text == column.field() || is_word_of(&format!("unit-table-{}", column.field().replace('_', "-")), text)
        });
        let read = known.map(Head::Column).or_else(|| AttributeHead::read(text).map(Head::Attribute));
        if read.is_none() && !text.is_empty() {
            problems.add(&at, "unknown-column", &[]);
        }
        if let Some(known) = known
            && columns.insert(known.field(), place).is_some()
        {
            problems.add(&at, "repeated", &[]);
        }
        if read.is_some() && heads.contains(&read) && known.is_none() {
            problems.add(&at, "repeated", &[]);
        }
        heads.push(read);
    }
    for column in COLUMNS.into_iter().filter(|column| column.must_be_there()) {
        if !columns.contains_key(column.field()) {
            let name = say(Language::Chinese, &format!("unit-table-{}", column.field().replace('_', "-")), &[]);
            problems.add(format!("/{head_line}"), "column-missing", &[("name", &name)]);
        }
    }
    problems.none_left()?;
    let mut problems = Problems::default();
    let mut read = Read { units: Vec::new(), lines: Vec::new(), columns };
    for (line, cells) in rows {
        if let Some(unit) = unit_of(line, &cells, &heads, &mut problems) {
            read.units.push(unit);
            read.lines.push(line);
        }
    }
    problems.none_left()?;
    Ok(read)
}

fn no_table(fault: NotCells) -> FormProblem {
    match fault {
        NotCells::NotUtf8 => FormProblem::say("", "table-not-utf8", &[]),
        NotCells::Malformed(line) => FormProblem::say(format!("/{line}"), "malformed-body", &[]),
        NotCells::TooManyRows(limit) | NotCells::TooManyColumns(limit) => {
            FormProblem::say("", "too-many", &[("limit", &limit.to_string())])
        }
    }
}

/// The unit of a row; none, and problems, where a cell cannot be read.
fn unit_of(line: u64, cells: &[String], heads: &[Option<Head>], problems: &mut Problems) -> Option<OrgUnit> {
    let (mut code, mut valid_from, mut reports) = (None, None, None);
    let (mut name, mut kind) = (String::new(), String::new());
    let (mut parent, mut successor, mut valid_to) = (None, None, None);
    let (mut aliases, mut earlier_names, mut attributes) = (Vec::new(), Vec::new(), Vec::new());
    let mut is_sound = true;
    for (place, head) in heads.iter().enumerate() {
        let cell = cells.get(place).map(String::as_str).unwrap_or_default();
        let mut wrong = |is_wrong: bool, fault: &'static str| {
            if is_wrong {
                is_sound = false;
                problems.add(format!("/{}{line}", column_name(place)), fault, &[]);
            }
        };
        let has = !cell.is_empty();
        match head {
            None => wrong(has, "unknown-column"),
            Some(Head::Column(column)) => match column {
                Column::Code => {
                    code = cell.parse::<UnitCode>().ok();
                    wrong(code.is_none(), "not-a-code");
                }
                Column::Name => cell.clone_into(&mut name),
                Column::Kind => cell.clone_into(&mut kind),
                Column::Aliases => aliases = parts(cell).map(str::to_owned).collect(),
                Column::Parent => {
                    parent = cell.parse::<UnitCode>().ok();
                    wrong(has && parent.is_none(), "not-a-code");
                }
                Column::Successor => {
                    successor = cell.parse::<UnitCode>().ok();
                    wrong(has && successor.is_none(), "not-a-code");
                }
                Column::Reports => {
                    reports = yes_or_no(cell);
                    wrong(reports.is_none(), "not-yes-or-no");
                }
                Column::ValidFrom => {
                    valid_from = day(cell);
                    wrong(valid_from.is_none(), "not-a-day");
                }
                Column::ValidTo => {
                    valid_to = day(cell);
                    wrong(has && valid_to.is_none(), "not-a-day");
                }
                Column::EarlierNames => {
                    let read: Option<Vec<EarlierName>> = parts(cell).map(earlier_name).collect();
                    wrong(read.is_none(), "not-an-earlier-name");
                    earlier_names = read.unwrap_or_default();
                }
            },
            Some(Head::Attribute(attribute)) if has => {
                let value = attribute.value(cell);
                wrong(value.is_none() || cell.chars().count() > NAME_CHARS_MAX, "not-a-value-of-the-column");
                attributes.extend(value.map(|value| Attribute { name: attribute.name.clone(), value }));
            }
            Some(Head::Attribute(_)) => {}
        }
    }
    let unit = OrgUnit {
        code: code?,
        name,
        aliases,
        kind,
        parent,
        reports: reports?,
        valid_from: valid_from?,
        valid_to,
        successor,
        earlier_names,
        attributes,
    };
    is_sound.then_some(unit)
}

fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([SEPARATOR, ';']).map(str::trim).filter(|part| !part.is_empty())
}

fn earlier_name(text: &str) -> Option<EarlierName> {
    let (name, until) = text.rsplit_once('@')?;
    Some(EarlierName { name: name.trim().to_owned(), until: day(until.trim())? })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn unit(code: &str) -> OrgUnit {
        let attribute = |name: &str, value| Attribute { name: name.to_owned(), value };
        OrgUnit {
            code: code.parse().unwrap(),
            name: format!("机构{code}"),
            aliases: vec!["甲".to_owned(), "乙".to_owned()],
            kind: "member".to_owned(),
            parent: Some("north".parse().unwrap()),
            reports: true,
            valid_from: date(2001, 2, 3),
            valid_to: Some(date(2024, 6, 30)),
            successor: Some("m9".parse().unwrap()),
            earlier_names: vec![EarlierName { name: "老@名".to_owned(), until: date(2010, 1, 31) }],
            attributes: vec![
                attribute("founded", Amount::Date(date(1999, 9, 9))),
                attribute(
                    "outlets",
                    Amount::Number(Quantity { value: "12.50".parse().unwrap(), unit: "家".to_owned() }),
                ),
                attribute("rural", Amount::Flag(false)),
                attribute("weight", Amount::Points("1.5".parse().unwrap())),
                attribute("zone [x]", Amount::Text("=东".to_owned())),
            ],
        }
    }

    #[test]
    fn a_register_comes_back_as_it_went_out_in_both_languages() {
        let bare = OrgUnit {
            aliases: vec![],
            parent: None,
            reports: false,
            valid_to: None,
            successor: None,
            earlier_names: vec![],
            attributes: vec![],
            ..unit("m2")
        };
        let units = vec![unit("m1"), bare];
        for language in [Language::Chinese, Language::English] {
            let read = read(&to_csv(&rows_of(&units, language))).unwrap();
            assert_eq!(read.units, units);
            assert_eq!(read.lines, [2, 3]);
        }
    }

    fn problems(table: &str) -> Vec<(String, &'static str)> {
        let Err(OperationError::Invalid(problems)) = read(table.as_bytes()) else { panic!("{table} was read") };
        problems.into_iter().map(|problem| (problem.pointer, problem.code)).collect()
    }

    #[test]
    fn every_problem_is_told_by_its_cell() {
        let table = "code,name,kind,reports,valid_from,outlets [number 家]\n\
            m 1,甲,member,是,2010/1/31,1.5\n\
            m2,乙,member,maybe,2010.2.30,many\n";
        let found = problems(table);
        let expected = [
            ("/A2", "not-a-code"),
            ("/D3", "not-yes-or-no"),
            ("/E3", "not-a-day"),
            ("/F3", "not-a-value-of-the-column"),
        ];
        assert_eq!(found, expected.map(|(at, code)| (at.to_owned(), code)));
        let found = problems("code,name,name,colour\nm1,甲,甲,red\n");
        let codes: Vec<_> = found.iter().map(|(at, code)| (at.as_str(), *code)).collect();
        assert_eq!(
            codes,
            [
                ("/C1", "repeated"),
                ("/D1", "unknown-column"),
                ("/1", "column-missing"),
                ("/1", "column-missing"),
                ("/1", "column-missing")
            ]
        );
    }

    #[test]
    fn what_a_spreadsheet_makes_of_days_is_understood() {
        assert_eq!(day("2010/1/31"), Some(date(2010, 1, 31)));
        assert_eq!(day("2010-01-31"), Some(date(2010, 1, 31)));
        assert_eq!(day("31.1.2010"), None);
        assert_eq!(day("2010-13-01"), None);
        assert_eq!(day(""), None);
    }
}

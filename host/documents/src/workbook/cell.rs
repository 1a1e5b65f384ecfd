//! One value in one cell: what a cell may hold, what stands in it, and what that means.

use domain::form_outline::{FieldOptions, FieldType, FormField};
use domain::limits::WORKBOOK_CELL_CHARS_MAX;
use domain::text::Language;
use serde_json::Value;

use super::mark::{self, Mark};
use super::number::{self, Seen};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// True or false.
    Flag(bool),
    /// A day, as `2023-05-06`.
    Day(String),
    /// A time of day, a duration, or a day with a time.
    Time,
    /// An error such as `#DIV/0!`.
    Error,
    /// A formula whose value nobody has worked out.
    Unfinished,
}

impl Content {
    /// Whether nobody sees anything in it.
    pub(crate) fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }

    /// The mark that it is.
    pub(crate) fn mark(&self) -> Option<Mark> {
        match self {
            Self::Text(text) => Mark::of(text),
            _ => None,
        }
    }
}

/// What the values of a field are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CellKind {
    text: bool,
    whole: bool,
    flag: bool,
    /// Whether it may expressly be nothing.
    pub(crate) nothing: bool,
    /// Whether the texts are days.
    pub(crate) day: bool,
    /// What it offers.
    pub(crate) options: FieldOptions,
}

impl CellKind {
    /// What a field takes, as far as single values go.
    pub(crate) fn of(field: &FormField, options: Option<&FieldOptions>) -> Self {
        let options = options.cloned().unwrap_or_default();
        let types = |kind| field.types.contains(&kind);
        let mut kind = Self {
            text: types(FieldType::String),
            whole: types(FieldType::Integer) || types(FieldType::Number),
            flag: types(FieldType::Boolean),
            nothing: types(FieldType::Null),
            day: field.rule("format") == Some("\"date\""),
            options,
        };
        // A form may leave the type to the values that it offers, or leave it open altogether.
        if field.types.is_empty() {
            let offers = |is: fn(&Value) -> bool| kind.options.offered.iter().any(|option| is(&option.value));
            let (text, whole, flag) = (offers(Value::is_string), offers(Value::is_number), offers(Value::is_boolean));
            let is_open = !(text || whole || flag);
            (kind.text, kind.whole, kind.flag) = (text || is_open, whole || is_open, flag || is_open);
            kind.nothing = is_open;
        }
        kind
    }

    /// A value of which nothing is known.
    pub(crate) fn open() -> Self {
        Self { text: true, whole: true, flag: true, nothing: true, ..Self::default() }
    }

    /// Whether only words are taken, so that a program must not make numbers or days of them.
    pub(crate) fn is_only_text(&self) -> bool {
        self.text && !self.whole && !self.flag && !self.day
    }

    /// Whether whole numbers are taken.
    pub(crate) fn takes_whole(&self) -> bool {
        self.whole
    }

    /// Whether only whole numbers are taken.
    pub(crate) fn is_only_whole(&self) -> bool {
        self.whole && !self.text && !self.flag
    }

    /// Whether only yes and no are taken.
    pub(crate) fn is_only_flag(&self) -> bool {
        self.flag && !self.text && !self.whole
    }

    /// What a cell means; the error is the code of what is wrong.
    pub(crate) fn read(&self, content: &Content) -> Result<Value, &'static str> {
        match content {
            Content::Text(text) => self.read_text(text),
            Content::Number(number) => self.read_number(*number),
            Content::Flag(flag) if self.flag => Ok(Value::Bool(*flag)),
            Content::Flag(_) => Err(if self.whole && !self.text { "cell-not-whole" } else { "cell-is-yes-no" }),
            Content::Day(day) if self.text => Ok(Value::String(day.clone())),
            Content::Day(_) => Err("cell-is-date"),
            Content::Time => Err("cell-is-time"),
            Content::Error => Err("cell-error"),
            Content::Unfinished => Err("cell-formula-without-value"),
        }
    }

    fn read_text(&self, typed: &str) -> Result<Value, &'static str> {
        match Mark::of(typed) {
            Some(Mark::Nothing) => return Ok(Value::Null),
            Some(Mark::EmptyText) => return Ok(Value::String(String::new())),
            Some(Mark::NoItems | Mark::NoFields) => return Err("cell-mark-misplaced"),
            None => {}
        }
        if let Some(value) = self.offered_as(typed.trim()) {
            return Ok(value);
        }
        let text = mark::meant(typed);
        if self.text {
            let day = if self.day { day_in(text) } else { None };
            return Ok(Value::String(day.unwrap_or_else(|| text.to_owned())));
        }
        if self.flag
            && let Some(flag) = flag_in(text)
        {
            return Ok(Value::Bool(flag));
        }
        if !self.whole {
            return Err("cell-not-yes-no");
        }
        number::whole_in(text).map(Value::from).ok_or("cell-not-whole")
    }

    fn read_number(&self, number: f64) -> Result<Value, &'static str> {
        let text = match number::seen(number).ok_or("cell-number-inexact")? {
            Seen::Whole(whole) if self.whole => return Ok(Value::from(whole)),
            Seen::Whole(whole) => whole.to_string(),
            Seen::Fraction(text) => text,
        };
        if self.text {
            return Ok(Value::String(text));
        }
        Err(if self.whole { "cell-not-whole" } else { "cell-not-yes-no" })
    }

    /// The offered value that is called so, or is written so.
    fn offered_as(&self, text: &str) -> Option<Value> {
        let options = &self.options.offered;
        let is_called = |called: &Value, label: &str| label == text && self.label_is_its_own(called, label);
        let named = options.iter().find(|option| {
            is_called(&option.value, option.label.zh.trim()) || is_called(&option.value, option.label.en.trim())
        });
        let written = || options.iter().find(|option| option.value.as_str() == Some(text));
        Some(written().or(named)?.value.clone())
    }

    /// Whether no other offered value is called the same.
    fn label_is_its_own(&self, value: &Value, label: &str) -> bool {
        let others = self.options.offered.iter().filter(|option| option.value != *value);
        !label.is_empty()
            && !others.into_iter().any(|other| other.label.zh.trim() == label || other.label.en.trim() == label)
    }

    /// What people choose from, in a language.
    pub(crate) fn choices(&self, language: Language) -> Vec<String> {
        let mut choices: Vec<String> = if self.is_only_flag() && self.options.offered.is_empty() {
            [true, false].map(|flag| flag_word(flag, language).to_owned()).to_vec()
        } else {
            self.options.offered.iter().map(|option| self.choice(&option.value, language)).collect()
        };
        if self.nothing && !choices.is_empty() {
            choices.push(Mark::Nothing.word(language).to_owned());
        }
        choices
    }

    /// What an offered value is called; its own text where it has no name of its own.
    fn choice(&self, value: &Value, language: Language) -> String {
        let option = self.options.offered.iter().find(|option| option.value == *value);
        let label = option.map_or("", |option| option.label.in_language(language).trim());
        if self.label_is_its_own(value, label) && self.offered_as(label).as_ref() == Some(value) {
            return label.to_owned();
        }
        match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }

    /// What to write into a cell so that it means a value; none where no cell says just that.
    pub(crate) fn write(&self, value: &Value, language: Language) -> Option<Content> {
        let content = match value {
            Value::Null => Content::Text(Mark::Nothing.word(language).to_owned()),
            Value::Bool(flag) if self.is_only_flag() => Content::Text(flag_word(*flag, language).to_owned()),
            Value::Bool(flag) => Content::Flag(*flag),
            Value::Number(number) => {
                let whole = number.as_i64()?;
                if whole.abs() > number::WHOLE_MAX {
                    Content::Text(whole.to_string())
                } else {
                    #[expect(clippy::cast_precision_loss, reason = "smaller than what a cell holds exactly")]
                    Content::Number(whole as f64)
                }
            }
            Value::String(text) if text.is_empty() => Content::Text(Mark::EmptyText.word(language).to_owned()),
            Value::String(text) if self.day && day_in(text).as_ref() == Some(text) => Content::Day(text.clone()),
            Value::String(text) if self.offers(value) => {
                let choice = self.choice(value, language);
                Content::Text(if choice == *text { mark::typed(text) } else { choice })
            }
            Value::String(text) => Content::Text(mark::typed(text)),
            Value::Array(_) | Value::Object(_) => return None,
        };
        let is_sound = match &content {
            Content::Text(text) => is_kept_by_programs(text) && !content.is_blank(),
            _ => true,
        };
        (is_sound && self.read(&content).as_ref() == Ok(value)).then_some(content)
    }

    fn offers(&self, value: &Value) -> bool {
        self.options.offered.iter().any(|option| option.value == *value)
    }
}

/// Whether spreadsheet programs keep a text as it is.
pub(crate) fn is_kept_by_programs(text: &str) -> bool {
    let is_kept = |character: char| {
        character == '\n'
            || character == '\t'
            || !(character.is_control() || matches!(character, '\u{FFFE}' | '\u{FFFF}'))
    };
    text.encode_utf16().count() <= WORKBOOK_CELL_CHARS_MAX && text.chars().all(is_kept)
}

/// Yes or no, as people type it.
pub(crate) const fn flag_word(flag: bool, language: Language) -> &'static str {
    match (flag, language) {
        (true, Language::Chinese) => "是",
        (false, Language::Chinese) => "否",
        (true, Language::English) => "yes",
        (false, Language::English) => "no",
    }
}

fn flag_in(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "是" | "yes" | "true" => Some(true),
        "否" | "no" | "false" => Some(false),
        _ => None,
    }
}

/// The day that people write as `2023-5-6`, `2023/5/6`, `2023.5.6` or `2023年5月6日`.
fn day_in(text: &str) -> Option<String> {
    let text = text.trim();
    let plain = text.strip_suffix('日').unwrap_or(text);
    let mut parts = plain.split(['-', '/', '.', '年', '月']);
    let mut number = |digits: std::ops::RangeInclusive<usize>| {
        let part = parts.next()?;
        let is_sound = digits.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        if is_sound { part.parse::<u16>().ok() } else { None }
    };
    let (year, month, day) = (number(4..=4)?, number(1..=2)?, number(1..=2)?);
    parts.next().is_none().then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use domain::form_outline::FormOutline;
    use serde_json::json;

    use super::*;

    fn kind(schema: Value) -> CellKind {
        let form = json!({
            "x-codes": { "size": [
                { "code": "s", "title": "小", "x-title-en": "Small" }, { "code": "l", "title": "大", "x-title-en": "Large" },
            ] },
            "properties": { "field": schema },
        });
        let outline = FormOutline::of(&form.to_string());
        CellKind::of(&outline.fields[1], outline.options.get("/field"))
    }

    fn text(text: &str) -> Content {
        Content::Text(text.to_owned())
    }

    #[test]
    fn a_cell_means_what_its_field_takes() {
        let words = kind(json!({ "type": "string" }));
        let whole = kind(json!({ "type": ["integer", "null"] }));
        let either = kind(json!({ "type": ["integer", "string"] }));
        let flag = kind(json!({ "type": "boolean" }));
        let day = kind(json!({ "type": "string", "format": "date" }));
        let size = kind(json!({ "type": "string", "enum": ["s", "l"], "x-codes": "size" }));
        let open = kind(json!({}));
        for (kind, content, expected) in [
            (&words, text("94"), Ok(json!("94"))),
            (&words, text(" 原文 "), Ok(json!(" 原文 "))),
            (&words, Content::Number(94.0), Ok(json!("94"))),
            (&words, Content::Number(94.5), Ok(json!("94.5"))),
            (&words, Content::Flag(true), Err("cell-is-yes-no")),
            (&words, Content::Day("2023-05-06".to_owned()), Ok(json!("2023-05-06"))),
            (&words, Content::Time, Err("cell-is-time")),
            (&words, Content::Error, Err("cell-error")),
            (&words, Content::Unfinished, Err("cell-formula-without-value")),
            (&words, text("（空文字）"), Ok(json!(""))),
            (&words, text("（无）"), Err("cell-mark-misplaced")),
            (&words, text("\\（无）"), Ok(json!("（无）"))),
            (&whole, text("１２ "), Ok(json!(12))),
            (&whole, text("30余次"), Err("cell-not-whole")),
            (&whole, Content::Number(12.5), Err("cell-not-whole")),
            (&whole, Content::Number(1e18), Err("cell-number-inexact")),
            (&whole, Content::Day("2023-05-06".to_owned()), Err("cell-is-date")),
            (&whole, text("(null)"), Ok(json!(null))),
            (&either, text("94"), Ok(json!("94"))),
            (&either, Content::Number(94.0), Ok(json!(94))),
            (&either, Content::Number(0.1 + 0.2), Ok(json!("0.3"))),
            (&flag, text("是"), Ok(json!(true))),
            (&flag, text(" No "), Ok(json!(false))),
            (&flag, Content::Flag(false), Ok(json!(false))),
            (&flag, text("大概"), Err("cell-not-yes-no")),
            (&day, text("2023年5月6日"), Ok(json!("2023-05-06"))),
            (&day, text("2023/12/06"), Ok(json!("2023-12-06"))),
            (&day, text("五月"), Ok(json!("五月"))),
            (&size, text("大"), Ok(json!("l"))),
            (&size, text("Small"), Ok(json!("s"))),
            (&size, text("l"), Ok(json!("l"))),
            (&size, text("中"), Ok(json!("中"))),
            (&open, Content::Number(3.0), Ok(json!(3))),
            (&open, text("三"), Ok(json!("三"))),
        ] {
            assert_eq!(kind.read(&content), expected, "{content:?}");
        }
    }

    #[test]
    fn what_is_written_means_the_same_or_is_not_written() {
        let kinds = [
            kind(json!({ "type": "string" })),
            kind(json!({ "type": ["integer", "null"] })),
            kind(json!({ "type": ["integer", "string", "null"] })),
            kind(json!({ "type": "boolean" })),
            kind(json!({ "type": "string", "format": "date" })),
            kind(json!({ "type": "string", "x-codes": "size" })),
            kind(json!({})),
        ];
        let long = "长".repeat(32_768);
        let values = json!([
            null,
            true,
            false,
            0,
            -7,
            999_999_999_999_999_i64,
            1_000_000_000_000_000_i64,
            u64::MAX,
            "",
            " ",
            "94",
            "94.5",
            "大",
            "l",
            "（空）",
            "\\（空）",
            "2023-05-06",
            "2023/5/6",
            "多\n行",
            "回\r车",
            "\u{0}",
            "=1+1",
            long,
            [],
            {}
        ]);
        for kind in &kinds {
            for value in values.as_array().unwrap() {
                for language in [Language::Chinese, Language::English] {
                    if let Some(content) = kind.write(value, language) {
                        assert_eq!(kind.read(&content).as_ref(), Ok(value), "{content:?}");
                    }
                }
            }
        }
        assert_eq!(kinds[5].write(&json!("l"), Language::Chinese), Some(text("大")));
        assert_eq!(kinds[5].write(&json!("l"), Language::English), Some(text("Large")));
        assert_eq!(kinds[5].write(&json!("大"), Language::Chinese), None, "would be read as the code");
        assert_eq!(
            kinds[4].write(&json!("2023-05-06"), Language::Chinese),
            Some(Content::Day("2023-05-06".to_owned()))
        );
        assert_eq!(kinds[3].write(&json!(true), Language::English), Some(text("yes")));
        assert_eq!(kinds[3].choices(Language::Chinese), ["是", "否"]);
    }
}

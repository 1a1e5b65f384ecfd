//! Numbers as spreadsheets keep them: binary floating point, of which people see fifteen digits.

/// A number as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// A whole number.
    Whole(i64),
    /// An exact decimal, as it is written down.
    Fraction(String),
}

/// Significant digits that spreadsheet programs show; what lies behind them is noise of the arithmetic.
const DIGITS: usize = 15;
/// Whole numbers from here on are not exact in a cell.
pub(crate) const WHOLE_MAX: i64 = 999_999_999_999_999;
/// Places behind the point that are still told.
const PLACES_MAX: usize = 30;

/// What people see of a number; none where it is too large to be exact, or too small.
pub(crate) fn seen(number: f64) -> Option<Seen> {
    if !number.is_finite() {
        return None;
    }
    let scientific = format!("{:.*e}", DIGITS - 1, number.abs());
    let (mantissa, exponent) = scientific.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return Some(Seen::Whole(0));
    }
    let sign = if number < 0.0 { "-" } else { "" };
    let before = exponent + 1;
    let length = i32::try_from(digits.len()).ok()?;
    if before >= length {
        let zeros = usize::try_from(before - length).ok()?;
        let whole: i64 = format!("{sign}{digits}{}", "0".repeat(zeros.min(20))).parse().ok()?;
        return (whole.abs() <= WHOLE_MAX).then_some(Seen::Whole(whole));
    }
    let text = match usize::try_from(before) {
        Ok(before) if before > 0 => format!("{sign}{}.{}", &digits[..before], &digits[before..]),
        _ => {
            let zeros = usize::try_from(-before).ok()?;
            if zeros + digits.len() > PLACES_MAX {
                return None;
            }
            format!("{sign}0.{}{digits}", "0".repeat(zeros))
        }
    };
    Some(Seen::Fraction(text))
}

/// The whole number that a text is, also in full-width digits; nothing else is guessed at.
pub(crate) fn whole_in(text: &str) -> Option<i64> {
    let plain: String = text.trim().chars().map(half_width).collect();
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    let is_sound = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_sound { plain.parse().ok() } else { None }
}

/// A digit or a minus that is as wide as a Chinese character, as a plain one.
pub(crate) fn half_width(character: char) -> char {
    match character {
        '０'..='９' => char::from_u32(u32::from(character) - u32::from('０') + u32::from('0')).unwrap_or(character),
        '－' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_see_fifteen_digits_and_so_does_the_house() {
        let whole = |number| Some(Seen::Whole(number));
        let fraction = |text: &str| Some(Seen::Fraction(text.to_owned()));
        for (number, expected) in [
            (0.0, whole(0)),
            (-0.0, whole(0)),
            (13.0, whole(13)),
            (-2023.0, whole(-2023)),
            (94.5, fraction("94.5")),
            (0.1 + 0.2, fraction("0.3")),
            (-0.05, fraction("-0.05")),
            (3.000_000_000_000_000_4, whole(3)),
            (999_999_999_999_999.0, whole(999_999_999_999_999)),
            (1e15, None),
            (1e300, None),
            (1e-300, None),
            (1200.0, whole(1200)),
            (f64::NAN, None),
            (f64::INFINITY, None),
        ] {
            assert_eq!(seen(number), expected, "{number}");
        }
    }

    #[test]
    fn a_number_kept_as_text_is_still_a_number_where_nothing_has_to_be_guessed() {
        for (text, expected) in [
            ("12", Some(12)),
            (" 12 ", Some(12)),
            ("１２", Some(12)),
            ("－3", Some(-3)),
            ("007", Some(7)),
            ("1,234", None),
            ("1.0", None),
            ("十二", None),
            ("", None),
            ("-", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(whole_in(text), expected, "{text}");
        }
    }
}

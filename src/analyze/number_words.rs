//! Words for numbers, months and units that mean the same, by `number_words.toml`.

use super::words::is_number;
use serde::Deserialize;
use std::{
    collections::{BTreeMap, HashSet},
    sync::LazyLock,
};

/// Units whose names have at most so many letters count only beside a number.
const SHORT: usize = 2;

/// The years that a date may be in.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2100;

static TABLE: LazyLock<Table> = LazyLock::new(|| toml::from_str(include_str!("number_words.toml")).unwrap_or_default());

/// All words of the table: most words of a question are none of them.
static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let languages = TABLE.languages.values().flat_map(|language| language.months.iter().chain(&language.numbers));
    let names = TABLE.units.iter().flatten().chain(languages);
    names.flat_map(|names| names.split(' ')).collect()
});

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    units: Vec<Vec<String>>,
    languages: BTreeMap<String, Language>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Language {
    /// The names of each month, separated by spaces.
    months: Vec<String>,
    /// A number and its names, separated by spaces.
    #[serde(default)]
    numbers: Vec<String>,
}

/// Other ways to write the number, month or unit at a place among words in one of the languages, each as its words,
/// with how many words it stands for.
#[must_use]
pub fn others(words: &[&str], place: usize, languages: &[&str]) -> Vec<(usize, String)> {
    let Some(&word) = words.get(place) else { return Vec::new() };
    if !is_number(word) && !WORDS.contains(word) {
        return Vec::new();
    }
    let mut others: Vec<String> = digits(word);
    let spoken = || languages.iter().filter_map(|&code| TABLE.languages.get(code));
    for row in spoken().flat_map(|language| &language.numbers) {
        others.extend(rest_of(row.split(' '), word));
    }
    if let Some(date) = Date::around(words, place) {
        let months = spoken().map(|language| language.months.iter().map(String::as_str).collect::<Vec<_>>());
        others.extend(months.flat_map(|months| date.months(word, &months)));
        others.extend(date.zeros(word));
    }
    let mut others: Vec<(usize, String)> = others.into_iter().map(|other| (1, other)).collect();
    others.extend(units(words, place));
    others.retain(|(_, other)| other != word);
    others.sort();
    others.dedup();
    others
}

/// The other names of a row that has the word; none if it has not.
fn rest_of<'a>(row: impl Iterator<Item = &'a str> + Clone, word: &str) -> Vec<String> {
    if row.clone().any(|name| name == word) { row.map(str::to_owned).collect() } else { Vec::new() }
}

/// A great number with separators or without, and in thousands.
fn digits(word: &str) -> Vec<String> {
    let plain = match word.strip_suffix('k') {
        Some(thousands) => format!("{thousands}000"),
        None => word.replace('.', ""),
    };
    let grouped = word.split('.').skip(1).all(|group| group.len() == 3);
    if !(4..=12).contains(&plain.len()) || !plain.bytes().all(|byte| byte.is_ascii_digit()) || !grouped {
        return Vec::new();
    }
    let mut with_dots = String::new();
    for (place, digit) in plain.chars().enumerate() {
        if place > 0 && (plain.len() - place).is_multiple_of(3) {
            with_dots.push('.');
        }
        with_dots.push(digit);
    }
    let thousands = plain.strip_suffix("000").map(|thousands| format!("{thousands}k"));
    [Some(plain.clone()), Some(with_dots), thousands].into_iter().flatten().collect()
}

/// Other names of a unit of one word or two.
fn units(words: &[&str], place: usize) -> Vec<(usize, String)> {
    let beside_number = [place.checked_sub(1), Some(place + 1)]
        .into_iter()
        .flatten()
        .any(|beside| words.get(beside).is_some_and(|word| word.starts_with(|first: char| first.is_ascii_digit())));
    let name = |length: usize| words.get(place..place + length).map(|words| words.join(" "));
    let row = |name: &str| {
        if name.chars().count() <= SHORT && !beside_number {
            return None;
        }
        TABLE.units.iter().find(|row| row.iter().any(|known| known == name))
    };
    let named = [2, 1].into_iter().filter_map(|length| Some((length, row(&name(length)?)?)));
    named.flat_map(|(length, row)| row.iter().map(move |other| (length, other.clone()))).collect()
}

/// What stands around a word that makes it part of a date.
struct Date {
    has_year: bool,
}

impl Date {
    fn around(words: &[&str], place: usize) -> Option<Self> {
        let beside = words.get(place.saturating_sub(2)..(place + 3).min(words.len()))?;
        let numbers = beside.iter().filter_map(|word| word.parse::<u32>().ok());
        let (years, days): (Vec<u32>, Vec<u32>) = numbers.partition(|number| YEARS.contains(number));
        let is_date = !years.is_empty() || days.iter().any(|day| (1..=31).contains(day));
        is_date.then_some(Self { has_year: !years.is_empty() })
    }

    /// Names and numbers of a month that the word may be. A number is one only beside a year.
    fn months(&self, word: &str, months: &[&str]) -> Vec<String> {
        let by_number = word.parse().ok().filter(|month| self.has_year && (1..=12).contains(month));
        let by_name =
            || months.iter().position(|names| names.split(' ').any(|name| name == word)).map(|place| place + 1);
        let Some(month) = by_number.or_else(by_name) else { return Vec::new() };
        let names = months.get(month - 1).into_iter().flat_map(|names| names.split(' ')).map(str::to_owned);
        names.chain([month.to_string(), format!("{month:02}")]).collect()
    }

    /// A day or month of one figure with a zero before it, or without.
    fn zeros(&self, word: &str) -> Option<String> {
        let number: u32 = word.parse().ok().filter(|number| self.has_year && (1..=9).contains(number))?;
        Some(if word.starts_with('0') { number.to_string() } else { format!("{number:02}") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, place: usize, language: &str) -> String {
        let words: Vec<&str> = text.split(' ').collect();
        others(&words, place, &[language]).into_iter().map(|(_, other)| other).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn the_table_can_be_read_and_every_language_has_twelve_months() {
        assert!(TABLE.languages.len() > 20 && !TABLE.units.is_empty());
        for (code, language) in &TABLE.languages {
            assert_eq!(language.months.len(), 12, "{code}");
        }
    }

    #[test]
    fn numbers_are_written_in_figures_and_in_words() {
        assert_eq!(of("two keys", 0, "en"), "2");
        assert_eq!(of("2 schlüssel", 0, "de"), "zwei");
        assert_eq!(of("10k users", 0, "en"), "10.000|10000");
        assert_eq!(of("10.000 nutzer", 0, "de"), "10000|10k");
        assert_eq!(of("1.2.3", 0, "en"), "");
        assert_eq!(of("once", 0, "en"), "");
    }

    #[test]
    fn units_have_several_names_and_short_ones_need_a_number() {
        assert!(of("5 km", 1, "en").contains("kilometres"));
        assert!(of("20 per cent", 1, "en").contains('%'));
        assert!(of("20 €", 1, "en").contains("euro"));
        assert_eq!(of("m", 0, "en"), "");
    }

    #[test]
    fn dates_are_written_with_names_and_numbers_of_months() {
        assert_eq!(of("3 may 2024", 1, "en"), "05|5");
        assert!(of("2024 05 03", 1, "en").contains("may"));
        assert_eq!(of("may i ask", 0, "en"), "");
        assert!(of("3 märz", 1, "de").contains("03"));
        assert!(of("3 may 2024", 0, "en").contains("03"));
    }
}

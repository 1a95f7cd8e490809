//! Conditions that a unit meets or not, joined by *and*, *or* and *not*: what the filters of other conventions become.

use crate::{
    error::Result,
    index::{NO_DATE, Search, UnitSet, schema::filter_text, writer::day},
};
use std::{
    collections::BTreeMap,
    ops::{Bound, RangeBounds as _, RangeInclusive},
};

/// Keys that name the day of publication.
const DATE_KEYS: [&str; 2] = ["date", "published"];

/// A condition. Of a key with several values it is enough that one passes; case and ways of encoding a letter do not
/// matter.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// All of them hold; so without any.
    All(Vec<Self>),
    /// One of them holds; never without any.
    Any(Vec<Self>),
    /// It does not hold.
    Not(Box<Self>),
    /// The key has this value.
    Is(String, String),
    /// The key has a value that passes.
    Has(String, Test),
    /// The day of publication is one of these, see [`day`].
    Published(RangeInclusive<i32>),
}

/// What a value of a key is tested for.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// That it is there.
    Present,
    /// A part of it.
    Contains(String),
    /// How it begins.
    Begins(String),
    /// How it ends.
    Ends(String),
    /// The number that it is.
    Number(Bound<f64>, Bound<f64>),
    /// The day that it is, see [`day_of`].
    Days(RangeInclusive<i32>),
}

impl Condition {
    /// The same turned round.
    #[must_use]
    pub fn negated(self) -> Self {
        Self::Not(Box::new(self))
    }

    /// The units that meet it.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn units(&self, search: &dyn Search) -> Result<UnitSet> {
        let count = search.len();
        let mut units = UnitSet::new(count, false);
        match self {
            Self::All(all) => {
                units = UnitSet::new(count, true);
                for condition in all {
                    units.intersect(&condition.units(search)?);
                }
            }
            Self::Any(any) => {
                for condition in any {
                    units.unite(&condition.units(search)?);
                }
            }
            Self::Not(condition) => {
                units = UnitSet::new(count, true);
                units.subtract(&condition.units(search)?);
            }
            Self::Is(key, value) if is_date(key) => {
                let value = filter_text(value);
                return Ok(dated(search, |date| date == value));
            }
            Self::Is(key, value) => return search.units_with(key, value),
            Self::Has(key, test) if is_date(key) => return Ok(dated(search, |date| test.passes(date))),
            Self::Has(key, test) => {
                let test = test.folded();
                return search.units_where(key, &|value| test.passes(value));
            }
            Self::Published(days) => {
                let within = search.days().iter().enumerate();
                let within = within.filter(|&(_, &day)| day != NO_DATE && days.contains(&day));
                within.for_each(|(unit, _)| units.insert(unit as u32));
            }
        }
        Ok(units)
    }
}

impl Test {
    /// The same for values as the index has them.
    fn folded(&self) -> Self {
        match self {
            Self::Contains(part) => Self::Contains(filter_text(part)),
            Self::Begins(part) => Self::Begins(filter_text(part)),
            Self::Ends(part) => Self::Ends(filter_text(part)),
            other => other.clone(),
        }
    }

    fn passes(&self, value: &str) -> bool {
        match self {
            Self::Present => true,
            Self::Contains(part) => value.contains(part.as_str()),
            Self::Begins(part) => value.starts_with(part.as_str()),
            Self::Ends(part) => value.ends_with(part.as_str()),
            Self::Number(from, to) => value.parse().is_ok_and(|number: f64| (*from, *to).contains(&number)),
            Self::Days(days) => day_of(value).is_some_and(|day| days.contains(&day)),
        }
    }
}

fn is_date(key: &str) -> bool {
    DATE_KEYS.contains(&key.trim().to_lowercase().as_str())
}

/// The units whose day of publication passes, as it is written.
fn dated(search: &dyn Search, passes: impl Fn(&str) -> bool) -> UnitSet {
    let mut units = UnitSet::new(search.len(), false);
    let mut known: BTreeMap<i32, bool> = BTreeMap::new();
    for (unit, &day) in search.days().iter().enumerate().filter(|&(_, &day)| day != NO_DATE) {
        if *known.entry(day).or_insert_with(|| written(day).is_some_and(|date| passes(&date))) {
            units.insert(unit as u32);
        }
    }
    units
}

/// A day as `YYYY-MM-DD`.
fn written(day: i32) -> Option<String> {
    let epoch = jiff::civil::date(1970, 1, 1);
    Some(epoch.checked_add(jiff::Span::new().try_days(day).ok()?).ok()?.to_string())
}

/// The day of a date, of a time that begins with one, or of a time in seconds since 1970.
#[must_use]
pub fn day_of(text: &str) -> Option<i32> {
    const SECONDS: i64 = 24 * 60 * 60;
    let text = text.trim();
    let seconds = || text.split('.').next()?.parse::<i64>().ok()?.div_euclid(SECONDS).try_into().ok();
    text.get(..10).and_then(day).or_else(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_tested_as_text_number_or_day() {
        let passes = |test: &Test, value: &str| test.folded().passes(value);
        assert!(passes(&Test::Contains("Ö".to_owned()), "schön") && !passes(&Test::Begins("chön".to_owned()), "schön"));
        assert!(passes(&Test::Ends("N".to_owned()), "schön") && passes(&Test::Present, ""));
        let above = Test::Number(Bound::Excluded(2.0), Bound::Unbounded);
        assert_eq!(["2", "2.5", "10", "x"].map(|value| passes(&above, value)), [false, true, true, false]);
        let days = Test::Days(1..=1);
        assert!(passes(&days, "1970-01-02T03:04:05Z") && passes(&days, "86400") && !passes(&days, "soon"));
        assert_eq!(written(-1).as_deref(), Some("1969-12-31"));
    }
}

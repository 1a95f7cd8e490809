//! Filters: conditions that an answer must meet, decided before ranking.
//!
//! `key=value` (given more than once for a key: one of the values), `key!=value` (none of them), and
//! for the date of publication also `date>=DAY`, `date<=DAY` and `date=FROM..TO` (either may be left
//! out). Keys are `kind`, `document`, `source`, `lang`, `date` and those of the metadata.

use super::condition::Condition;
use crate::{
    error::{Error, Result},
    index::{Search, UnitSet, writer::day},
    model::Question,
};
use std::collections::BTreeMap;

/// What a question's filters ask for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// By key, the values of which an answer must have one.
    any: BTreeMap<String, Vec<String>>,
    /// What else it must meet.
    conditions: Vec<Condition>,
}

impl Filter {
    /// Reads filters.
    ///
    /// # Errors
    /// [`Error::Filter`] for one that is not of the form.
    pub fn parse(filters: &[String]) -> Result<Self> {
        let mut parsed = Self::default();
        for filter in filters {
            parsed.add(filter).map_err(|reason| Error::Filter { filter: filter.clone(), reason })?;
        }
        Ok(parsed)
    }

    /// What a question asks for: its filters and its conditions.
    ///
    /// # Errors
    /// As [`Filter::parse`].
    pub fn of(question: &Question) -> Result<Self> {
        let mut filter = Self::parse(&question.filters)?;
        filter.conditions.extend(question.conditions.iter().cloned());
        Ok(filter)
    }

    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The units that meet all conditions; `None` if there is no condition.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn units(&self, search: &dyn Search) -> Result<Option<UnitSet>> {
        if self.is_empty() {
            return Ok(None);
        }
        let mut allowed = UnitSet::new(search.len(), true);
        for (key, values) in &self.any {
            let mut any = UnitSet::new(search.len(), false);
            for value in values {
                any.unite(&search.units_with(key, value)?);
            }
            allowed.intersect(&any);
        }
        for condition in &self.conditions {
            allowed.intersect(&condition.units(search)?);
        }
        Ok(Some(allowed))
    }

    fn add(&mut self, filter: &str) -> Result<(), String> {
        let at = filter.find('=').filter(|&at| at > 0).ok_or("has no `=`: write key=value")?;
        let (left, value) = (&filter[..at], filter[at + 1..].trim());
        let operator = left.chars().next_back().filter(|last| matches!(last, '!' | '<' | '>'));
        let key = left.trim_end_matches(['!', '<', '>']).trim().to_lowercase();
        if key.is_empty() {
            return Err("has no key: write key=value".to_owned());
        }
        let is_date = matches!(key.as_str(), "date" | "published");
        match operator {
            Some('!') => self.conditions.push(Condition::Is(key, value.to_owned()).negated()),
            Some(_) if !is_date => return Err(format!("compares `{key}`; only dates can be compared")),
            Some('<') => self.conditions.push(Condition::Published(i32::MIN..=last_day(value)?)),
            Some(_) => self.conditions.push(Condition::Published(first_day(value)?..=i32::MAX)),
            None if is_date => {
                let (from, to) = value.split_once("..").unwrap_or((value, value));
                let from = if from.is_empty() { i32::MIN } else { first_day(from)? };
                let to = if to.is_empty() { i32::MAX } else { last_day(to)? };
                self.conditions.push(Condition::Published(from..=to));
            }
            None => self.any.entry(key).or_default().push(value.to_owned()),
        }
        Ok(())
    }
}

/// The first day of a date, a month (`2026-03`) or a year (`2026`).
fn first_day(date: &str) -> Result<i32, String> {
    let full = match date.trim().len() {
        4 => format!("{}-01-01", date.trim()),
        7 => format!("{}-01", date.trim()),
        _ => date.trim().to_owned(),
    };
    day(&full).ok_or_else(|| format!("has no date in `{date}`: write YYYY-MM-DD, YYYY-MM or YYYY"))
}

/// The last day of a date, a month or a year.
fn last_day(date: &str) -> Result<i32, String> {
    let first = first_day(date)?;
    let date = date.trim();
    let next = match date.len() {
        4 => date.parse::<i32>().ok().and_then(|year| day(&format!("{:04}-01-01", year + 1))),
        7 => {
            let (year, month) = (date[..4].parse::<i32>().ok(), date[5..].parse::<i32>().ok());
            year.zip(month).and_then(|(year, month)| day(&format!("{:04}-{:02}-01", year + month / 12, month % 12 + 1)))
        }
        _ => Some(first + 1),
    };
    Ok(next.map_or(first, |next| next - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(filters: &[&str]) -> Result<Filter> {
        Filter::parse(&filters.iter().map(|&filter| filter.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn values_of_one_key_are_alternatives() {
        let filter = parse(&["course=a", "Course=b", "kind!=passage"]).unwrap();
        assert_eq!(filter.any["course"], ["a", "b"]);
        assert_eq!(filter.conditions, [Condition::Is("kind".to_owned(), "passage".to_owned()).negated()]);
        assert!(parse(&[]).unwrap().is_empty());
    }

    #[test]
    fn dates_have_ranges() {
        let days = |filter: &str| match &parse(&[filter]).unwrap().conditions[0] {
            Condition::Published(days) => days.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(days("date=1970-01-02"), 1..=1);
        assert_eq!(days("date=1970"), 0..=364);
        assert_eq!(days("date=1970-12"), 334..=364);
        assert_eq!(days("date=1970-01..1970-02"), 0..=58);
        assert_eq!(days("date>=1970-01-03"), 2..=i32::MAX);
        assert_eq!(days("date<=1970-01"), i32::MIN..=30);
        assert_eq!(days("date=..1970"), i32::MIN..=364);
    }

    #[test]
    fn what_is_no_filter_is_told_with_the_form() {
        for (filter, part) in
            [("course", "key=value"), ("=a", "key=value"), ("size>=3", "only dates"), ("date=soon", "YYYY-MM-DD")]
        {
            let error = parse(&[filter]).unwrap_err().to_string();
            assert!(error.contains(part) && error.contains(filter), "{error}");
        }
    }
}

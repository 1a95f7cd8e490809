//! Dates as exports write them.

use super::super::jsonl::check_date;

/// The day of a date: `2024-03-05T…`, or seconds or milliseconds since 1970.
#[must_use]
pub fn day_of(text: &str) -> Option<String> {
    let text = text.trim();
    if let Ok(day) = check_date(text) {
        return Some(day);
    }
    let number: i64 = text.parse().ok()?;
    // Until the year 2286 seconds have ten digits, and milliseconds have thirteen since 2001.
    let seconds = if number > 100_000_000_000 { number / 1000 } else { number };
    // A small number is a year or a count.
    let time = jiff::Timestamp::from_second(seconds).ok().filter(|_| seconds > 100_000_000)?;
    Some(jiff::tz::Offset::UTC.to_datetime(time).date().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_found_in_dates_and_times() {
        assert_eq!(day_of("2024-03-05").as_deref(), Some("2024-03-05"));
        assert_eq!(day_of("2024-03-05T10:00:00Z").as_deref(), Some("2024-03-05"));
        assert_eq!(day_of("1709632800").as_deref(), Some("2024-03-05"));
        assert_eq!(day_of("1709632800000").as_deref(), Some("2024-03-05"));
        assert_eq!(day_of("2024"), None);
        assert_eq!(day_of("yesterday"), None);
    }
}

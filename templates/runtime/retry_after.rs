//! `Retry-After`: how long a server wants to be left alone (RFC 9110 section 10.2.3).

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The months as dates of HTTP have them.
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The time that a value states: so many seconds, or until a date. One that is over is none at all.
pub(crate) fn read(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // More than that is for ever.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let now = now.duration_since(UNIX_EPOCH).ok()?.as_secs();
    Some(Duration::from_secs(date(value, now)?.saturating_sub(now)))
}

/// A date in any of the three forms that a recipient must read (RFC 9110 section 5.6.7), in seconds
/// since 1970.
fn date(text: &str, now: u64) -> Option<u64> {
    let parts: Vec<&str> = text.split([' ', ',', '-', ':']).filter(|part| !part.is_empty()).collect();
    let (day, month, year, time) = match parts[..] {
        // Sun, 06 Nov 1994 08:49:37 GMT, and Sunday, 06-Nov-94 08:49:37 GMT
        [_, day, month, year, hour, minute, second, "GMT"] => (day, month, year, [hour, minute, second]),
        // Sun Nov  6 08:49:37 1994
        [_, month, day, hour, minute, second, year] => (day, month, year, [hour, minute, second]),
        _ => return None,
    };
    let month = MONTHS.iter().position(|name| *name == month)?;
    let [hour, minute, second] = time;
    let (hour, minute) = (number(hour, 0, 23)?, number(minute, 0, 59)?);
    // The last one is for a leap second.
    let second = number(second, 0, 60)?;
    let year = if year.len() == 2 { century(number(year, 0, 99)?, now) } else { number(year, 1970, 9999)? };
    let days = days(year, u64::try_from(month).ok()?, number(day, 1, 31)?);
    Some(((days? * 24 + hour) * 60 + minute) * 60 + second)
}

/// A year of two digits: what seems more than 50 years away is over.
fn century(year: u64, now: u64) -> u64 {
    const YEAR: u64 = 31_556_952;
    let year = 2000 + year;
    if year > 1970 + now / YEAR + 50 { year - 100 } else { year }
}

fn number(text: &str, least: u64, most: u64) -> Option<u64> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| is_number && (least..=most).contains(number))
}

/// The days from 1970-01-01 to a day in the Gregorian calendar; months are counted from 0. A year
/// begins in March here, so that the leap day is its last.
fn days(year: u64, month: u64, day: u64) -> Option<u64> {
    let (year, month) = if month < 2 { (year - 1, month + 10) } else { (year, month - 2) };
    let leap_days = year / 4 - year / 100 + year / 400;
    (year * 365 + leap_days + (month * 153 + 2) / 5 + day).checked_sub(719_469)
}

//! The format of event streams: however a sequence of bytes is cut, its events are the same.

// This file stands alone, and the test sees it from inside.
#[path = "../src/runtime/events.rs"]
#[allow(dead_code, reason = "the rest of the runtime uses it")]
mod events;
#[path = "event_format/table.rs"]
mod table;

use std::time::Duration;

use bytes::Bytes;
use events::{Message, Parser, TooLong};
use table::{Row, TABLE};

const LIMIT: usize = 1 << 10;

/// What comes of chunks: the events, the last id, the time to wait.
fn read<'a>(chunks: impl IntoIterator<Item = &'a [u8]>) -> (Vec<Message>, String, Option<Duration>) {
    let mut parser = Parser::new(LIMIT);
    let mut messages = Vec::new();
    for chunk in chunks {
        let mut chunk = Bytes::copy_from_slice(chunk);
        while let Some(message) = parser.next(&mut chunk) {
            // One that is too long would be missing below.
            messages.extend(message);
        }
        assert!(chunk.is_empty(), "all of a chunk is read");
    }
    (messages, parser.last_id().to_owned(), parser.retry())
}

/// What differs from the row.
fn difference(row: &Row, cut: &str, (messages, last_id, retry): (Vec<Message>, String, Option<Duration>)) -> String {
    let events: Vec<_> =
        messages.iter().map(|message| (message.event.as_str(), message.data.as_str(), message.id.as_str())).collect();
    let found = (events.as_slice(), last_id.as_str(), retry);
    let expected = (row.events, row.last_id, row.retry.map(Duration::from_millis));
    if found == expected {
        return String::new();
    }
    format!("{} ({cut}): {found:?} instead of {expected:?}\n", row.name)
}

#[test]
fn every_cut_gives_the_same_events() {
    let mut differences = String::new();
    let mut cuts = 0;
    for row in TABLE {
        for at in 0..=row.bytes.len() {
            let (before, after) = row.bytes.split_at(at);
            differences += &difference(row, &format!("cut at {at}"), read([before, after]));
            cuts += 1;
        }
        differences += &difference(row, "in single bytes", read(row.bytes.chunks(1)));
    }
    println!("{} sequences, {cuts} cuts in two, and each in single bytes", TABLE.len());
    assert_eq!(differences, "");
}

#[test]
fn every_sequence_shows_a_fact_of_its_own() {
    for (index, row) in TABLE.iter().enumerate() {
        for other in &TABLE[..index] {
            assert_ne!(row.name, other.name);
            assert_ne!(row.bytes, other.bytes, "{} and {}", row.name, other.name);
        }
    }
    assert!(TABLE.len() >= 40, "{} sequences", TABLE.len());
}

#[test]
fn sequences_that_end_their_events_can_follow_each_other() {
    // Each of them, after another one, comes to what it comes to alone but for the id that stayed.
    let whole = |row: &&Row| row.bytes.ends_with(b"\n\n") && !row.bytes.starts_with(b"\xEF");
    for first in TABLE.iter().filter(whole) {
        for second in TABLE.iter().filter(whole) {
            let (messages, ..) = read([first.bytes, second.bytes]);
            let data = |row: &Row| row.events.iter().map(|(event, data, _)| (*event, *data)).collect::<Vec<_>>();
            let found: Vec<_> = messages.iter().map(|message| (&*message.event, &*message.data)).collect();
            assert_eq!(found, [data(first), data(second)].concat(), "{}, then {}", first.name, second.name);
        }
    }
}

#[test]
fn an_own_id_is_told_from_one_that_stayed() {
    let (messages, ..) = read([b"id: 1\ndata: a\n\ndata: b\n\nid: 1\n\ndata: c\n\nid\ndata: d\n\n".as_slice()]);
    let found: Vec<_> = messages.iter().map(|message| (message.id.as_str(), message.own_id)).collect();
    assert_eq!(found, [("1", true), ("1", false), ("1", false), ("", true)]);
}

#[test]
fn a_time_beyond_all_numbers_is_very_long() {
    assert_eq!(read([b"retry: 99999999999999999999999\n".as_slice()]).2, Some(Duration::from_millis(u64::MAX)));
}

#[test]
fn an_event_beyond_the_limit_is_an_error_and_those_behind_it_come() {
    let long = vec![b'x'; LIMIT + 1];
    let lines = b"data: 0123456\n".repeat(LIMIT / 8 + 1);
    for (name, middle) in [
        ("a line", [b"data: ", long.as_slice(), b"\nevent: never\nid: 9\n\n"].concat()),
        ("lines together", [lines.as_slice(), b"\n"].concat()),
        ("an unknown field", [b"junk: ", long.as_slice(), b"\ndata: lost\n\n"].concat()),
        ("empty lines of data", [b"data\n".repeat(LIMIT + 1).as_slice(), b"\r\n"].concat()),
        ("bytes that grow when they are replaced", [b"data: ", [0xFF; LIMIT / 2].as_slice(), b"\n\n"].concat()),
    ] {
        let stream = [b"id: 1\ndata: a\n\n", middle.as_slice(), b"data: b\n\n"].concat();
        for size in [1, 7, 100, stream.len()] {
            let mut parser = Parser::new(LIMIT);
            let mut found: Vec<Result<String, TooLong>> = Vec::new();
            for chunk in stream.chunks(size) {
                let mut chunk = Bytes::copy_from_slice(chunk);
                while let Some(message) = parser.next(&mut chunk) {
                    found.push(message.map(|message| message.data + &message.event + &message.id));
                }
            }
            let [Ok(first), Err(error), Ok(last)] = found.as_slice() else { panic!("{name}: {found:?}") };
            assert_eq!((first.as_str(), last.as_str()), ("amessage1", "bmessage1"), "{name}");
            assert!(error.to_string().contains(&LIMIT.to_string()), "{error}");
        }
    }
}

#[test]
fn a_comment_has_no_limit() {
    let comment = [b":".repeat(3 * LIMIT).as_slice(), b"\ndata: a\n\n"].concat();
    for size in [1, 7, comment.len()] {
        assert_eq!(read(comment.chunks(size)).0.len(), 1, "in chunks of {size}");
    }
}

#[test]
fn a_new_request_keeps_the_id_and_nothing_unfinished() {
    let mut parser = Parser::new(LIMIT);
    let mut first = Bytes::from_static(b"retry: 9\nid: 1\ndata: a\n\nid: 2\nevent: add\ndata: lost\ndata: los\r");
    assert!(parser.next(&mut first).is_some() && parser.next(&mut first).is_none());
    parser.restart();
    assert_eq!((parser.last_id(), parser.retry()), ("1", Some(Duration::from_millis(9))));
    let mut second = Bytes::from_static(b"\xEF\xBB\xBFdata: b\n\n");
    let message = parser.next(&mut second).expect("an event").expect("no error");
    assert_eq!(message, Message { event: "message".into(), data: "b".into(), id: "1".into(), own_id: false });
    assert_eq!(parser.last_id(), "1");
}

//! Lines of JSON and JSON text sequences: however a sequence of bytes is cut, its items are the same.

// This file stands alone, and the test sees it from inside.
#[path = "../src/runtime/records.rs"]
#[allow(dead_code, reason = "the rest of the runtime uses it")]
mod records;

use bytes::Bytes;
use records::Format::{self, Lines, Sequence, Whole};
use records::{Flaw, Splitter};

const LIMIT: usize = 64;

/// A name, the bytes, and what becomes of them: each item, or its flaw.
type Row = (&'static str, Format, &'static [u8], &'static [Result<&'static str, Flaw>]);

const TABLE: &[Row] = &[
    ("no lines", Lines, b"", &[]),
    ("a line", Lines, b"{\"a\":1}\n", &[Ok("{\"a\":1}")]),
    ("lines", Lines, b"1\n2\n", &[Ok("1"), Ok("2")]),
    ("the last line need not end", Lines, b"1\n2", &[Ok("1"), Ok("2")]),
    ("a return before the line feed is a blank", Lines, b"1\r\n2\r\n", &[Ok("1\r"), Ok("2\r")]),
    ("blank lines are none", Lines, b"\n1\n\r\n \t\n2\n\n", &[Ok("1"), Ok("2")]),
    ("a last line of blanks is none", Lines, b"1\n  ", &[Ok("1")]),
    ("a byte order mark at the start is nothing", Lines, b"\xEF\xBB\xBF1\n", &[Ok("1")]),
    ("and nowhere else", Lines, "1\n\u{feff}2\n".as_bytes(), &[Ok("1"), Ok("\u{feff}2")]),
    ("an escaped line end is part of an item", Lines, b"\"a\\nb\"\n", &[Ok("\"a\\nb\"")]),
    ("other line ends of Unicode are too", Lines, "\"\u{2028}\"\n".as_bytes(), &[Ok("\"\u{2028}\"")]),
    ("brackets do not hold lines together", Lines, b"[1,\n2]\n", &[Ok("[1,"), Ok("2]")]),
    ("a line as long as the limit", Lines, &[b'1'; LIMIT], &[Ok(ONES)]),
    ("one that is longer", Lines, LONG_LINE, &[Ok("1"), Err(Flaw::TooLong(LIMIT)), Ok("2")]),
    ("a last one that is longer", Lines, &[b'1'; 2 * LIMIT], &[Err(Flaw::TooLong(LIMIT))]),
    ("an empty sequence", Sequence, b"", &[]),
    ("an item", Sequence, b"\x1E{\"a\":1}\n", &[Ok("{\"a\":1}")]),
    ("items", Sequence, b"\x1E1\n\x1Etrue\n", &[Ok("1"), Ok("true")]),
    ("a return before the line feed is a blank too", Sequence, b"\x1E1\r\n\x1E2\r\n", &[Ok("1\r"), Ok("2\r")]),
    ("separators in a row are one", Sequence, b"\x1E\x1E1\n\x1E\n\x1E2\n", &[Ok("1"), Ok("2")]),
    ("an item of several lines", Sequence, b"\x1E{\n\"a\":\n[1,\n2]\n}\n", &[Ok("{\n\"a\":\n[1,\n2]\n}")]),
    ("lines before it", Sequence, b"\x1E\n\n{}\n", &[Ok("\n\n{}")]),
    ("blanks after it", Sequence, b"\x1E{} \n\n \x1E[]\n", &[Ok("{} "), Ok("[]")]),
    ("brackets in quotes are none", Sequence, b"\x1E[\"]\n\x1E\"[\"\n", &[Ok("[\"]\n"), Ok("\"[\"")]),
    ("quotes behind a backslash do not end one", Sequence, b"\x1E\"\\\"]\\\\\"\n\x1E1\n", &[Ok(r#""\"]\\""#), Ok("1")]),
    ("an item before the next one's separator", Sequence, b"\x1E{}\x1E\"a\"\x1E[]", &[Ok("{}"), Ok("\"a\""), Ok("[]")]),
    ("a number may have been longer", Sequence, b"\x1E12\x1E3\n", &[Err(Flaw::CutOff), Ok("3")]),
    ("not with a blank behind it", Sequence, b"\x1E12 \x1E3\n", &[Ok("12 "), Ok("3")]),
    ("nor may the last number", Sequence, b"\x1E3\n\x1E12", &[Ok("3"), Err(Flaw::CutOff)]),
    ("nor a word", Sequence, b"\x1Etrue\x1Enull", &[Err(Flaw::CutOff), Err(Flaw::CutOff)]),
    ("an object that is cut off is its reader's", Sequence, b"\x1E{\"a\":\x1E2\n", &[Ok("{\"a\":"), Ok("2")]),
    ("so is the last one", Sequence, b"\x1E2\n\x1E{\"a", &[Ok("2"), Ok("{\"a")]),
    ("brackets that close too often", Sequence, b"\x1E]]}\n\x1E{}\n", &[Ok("]]}"), Ok("{}")]),
    ("an item without a separator", Sequence, b"1\n\x1E2\n", &[Err(Flaw::Unmarked), Ok("2")]),
    ("one behind an item", Sequence, b"\x1E1\n2\n\x1E3\n", &[Ok("1"), Err(Flaw::Unmarked), Ok("3")]),
    ("a byte order mark before the sequence", Sequence, b"\xEF\xBB\xBF\x1E1\n", &[Ok("1")]),
    ("one text, however written", Whole, b"\xEF\xBB\xBF{\n\"a\":\n1}\n", &[Ok("{\n\"a\":\n1}\n")]),
    ("not even one", Whole, b" \r\n", &[]),
    ("an item beyond the limit", Sequence, LONG_ITEM, &[Ok("1"), Err(Flaw::TooLong(LIMIT)), Ok("2")]),
];

const ONES: &str = "1111111111111111111111111111111111111111111111111111111111111111";
const LONG_LINE: &[u8] = b"1\n[0000000000000000000000000000000000000000000000000000000000000000]\n2\n";
const LONG_ITEM: &[u8] = b"\x1E1\n\x1E[0000000000000000000000000000\n0000000000000000000000000000000000000]\n\n\x1E2\n";

fn read<'a>(format: Format, chunks: impl IntoIterator<Item = &'a [u8]>) -> Vec<Result<String, Flaw>> {
    let mut splitter = Splitter::new(format, LIMIT);
    let mut items = Vec::new();
    for chunk in chunks {
        let mut chunk = Bytes::copy_from_slice(chunk);
        while let Some(item) = splitter.next(&mut chunk) {
            items.push(item);
        }
        assert!(chunk.is_empty(), "all of a chunk is read");
    }
    items.extend(splitter.end());
    assert_eq!(splitter.end(), None, "the end comes once");
    items.into_iter().map(|item| item.map(|item| String::from_utf8_lossy(&item).into_owned())).collect()
}

#[test]
fn every_cut_gives_the_same_items() {
    let mut differences = Vec::new();
    let mut cuts = 0;
    for (name, format, bytes, expected) in TABLE {
        let expected: Vec<Result<String, Flaw>> = expected.iter().map(|item| item.map(str::to_owned)).collect();
        let mut compare = |cut: String, found: Vec<Result<String, Flaw>>| {
            if found != expected {
                differences.push(format!("{name} ({cut}): {found:?} instead of {expected:?}"));
            }
        };
        for at in 0..=bytes.len() {
            let (before, after) = bytes.split_at(at);
            compare(format!("cut at {at}"), read(*format, [before, after]));
            cuts += 1;
        }
        compare("in single bytes".into(), read(*format, bytes.chunks(1)));
    }
    println!("{} sequences, {cuts} cuts in two, and each in single bytes", TABLE.len());
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn an_item_comes_with_its_line_feed() {
    // A server that is waiting for the next thing to happen sends no separator.
    for (format, bytes) in [(Lines, "{}\n"), (Sequence, "\u{1e}{}\n"), (Sequence, "\u{1e}[\n\"]\"]\n")] {
        let mut splitter = Splitter::new(format, LIMIT);
        assert!(splitter.next(&mut Bytes::from_static(bytes.as_bytes())).is_some(), "{bytes:?}");
    }
}

#[test]
fn flaws_say_what_is_wrong() {
    let texts = [Flaw::TooLong(7), Flaw::Unmarked, Flaw::CutOff].map(|flaw| flaw.to_string());
    for (text, word) in texts.iter().zip(["7 bytes", "separator", "cut off"]) {
        assert!(text.contains(word), "{text}");
    }
}

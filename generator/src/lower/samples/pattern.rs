//! Texts that match a pattern (ECMA 262), as far as it is built of literals, classes, groups,
//! alternatives and repetitions. Look-around and boundaries are passed over; a pattern that
//! refers back, or is broken, or asks for more than anybody would read, gives no text.

/// How deep groups may lie in each other.
const DEPTH: usize = 64;

/// How many pieces are written for one text at most.
const STEPS: usize = 10_000;

/// A piece of a pattern.
#[derive(Debug)]
enum Piece {
    Literal(char),
    /// Alternatives, each a sequence.
    Group(Vec<Vec<Piece>>),
    Repeat(Box<Piece>, usize, Option<usize>),
}

/// The shortest text of a pattern that is long enough.
pub fn text(pattern: &str, shortest: usize, longest: usize) -> Option<String> {
    let mut reader = Reader { rest: pattern.chars().collect(), at: 0, depth: 0 };
    let pieces = reader.alternatives()?;
    if reader.at < reader.rest.len() {
        return None;
    }
    // Alternatives are tried in turn, repetitions are drawn out until the text is long enough.
    for choice in &pieces {
        for times in [0, 1, 2, 4, 8, 16, 32, 64, 128, 256] {
            let (mut text, mut steps) = (String::new(), STEPS);
            if write(choice, times, &mut text, &mut steps).is_none() {
                break;
            }
            let length = text.chars().count();
            if length > longest {
                break;
            }
            if length >= shortest {
                return Some(text);
            }
        }
    }
    None
}

/// Writes a sequence; none if that takes too many steps.
fn write(sequence: &[Piece], times: usize, out: &mut String, steps: &mut usize) -> Option<()> {
    sequence.iter().try_for_each(|piece| write_one(piece, times, out, steps))
}

fn write_one(piece: &Piece, times: usize, out: &mut String, steps: &mut usize) -> Option<()> {
    *steps = steps.checked_sub(1)?;
    match piece {
        Piece::Literal(c) => out.push(*c),
        Piece::Group(alternatives) => {
            if let Some(first) = alternatives.first() {
                write(first, times, out, steps)?;
            }
        }
        Piece::Repeat(piece, least, most) => {
            for _ in 0..times.clamp(*least, most.unwrap_or(usize::MAX).max(*least)) {
                write_one(piece, times, out, steps)?;
            }
        }
    }
    Some(())
}

struct Reader {
    rest: Vec<char>,
    at: usize,
    depth: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek();
        self.at += usize::from(next.is_some());
        next
    }

    fn take(&mut self, wanted: &str) -> bool {
        let found = self.rest[self.at..].iter().copied().take(wanted.chars().count()).eq(wanted.chars());
        self.at += if found { wanted.chars().count() } else { 0 };
        found
    }

    fn alternatives(&mut self) -> Option<Vec<Vec<Piece>>> {
        let mut all = vec![Vec::new()];
        while let Some(next) = self.peek() {
            match next {
                ')' => break,
                '|' => {
                    self.at += 1;
                    all.push(Vec::new());
                }
                _ => {
                    let piece = self.piece()?;
                    let piece = self.repeated(piece)?;
                    if let (Some(sequence), Some(piece)) = (all.last_mut(), piece) {
                        sequence.push(piece);
                    }
                }
            }
        }
        Some(all)
    }

    /// One piece; the inner none is a piece that matches no text, such as `^`.
    fn piece(&mut self) -> Option<Option<Piece>> {
        Some(match self.next()? {
            '^' | '$' => None,
            '.' => Some(Piece::Literal('a')),
            '\\' => self.escape()?.map(Piece::Literal),
            '[' => Some(Piece::Literal(self.class()?)),
            '(' => {
                let looks = ["?=", "?!", "?<=", "?<!"].iter().any(|mark| self.take(mark));
                if !looks && !self.take("?:") && self.take("?<") {
                    while self.next()? != '>' {}
                }
                self.depth += 1;
                let inner = if self.depth <= DEPTH { self.alternatives()? } else { return None };
                self.depth -= 1;
                if self.next()? != ')' {
                    return None;
                }
                (!looks).then_some(Piece::Group(inner))
            }
            '*' | '+' | '?' => return None,
            literal => Some(Piece::Literal(literal)),
        })
    }

    fn repeated(&mut self, piece: Option<Piece>) -> Option<Option<Piece>> {
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') if self.rest.get(self.at + 1).is_some_and(char::is_ascii_digit) => {
                let end = self.rest[self.at..].iter().position(|c| *c == '}')? + self.at;
                let inner: String = self.rest[self.at + 1..end].iter().collect();
                self.at = end;
                match inner.split_once(',') {
                    None => (inner.parse().ok()?, Some(inner.parse().ok()?)),
                    Some((least, "")) => (least.parse().ok()?, None),
                    Some((least, most)) => (least.parse().ok()?, Some(most.parse().ok()?)),
                }
            }
            _ => return Some(piece),
        };
        self.at += 1;
        self.take("?");
        Some(piece.map(|piece| Piece::Repeat(Box::new(piece), least, most)))
    }

    /// A character that an escape stands for; the inner none matches no text.
    fn escape(&mut self) -> Option<Option<char>> {
        Some(Some(match self.next()? {
            'b' | 'B' => return Some(None),
            'd' => '1',
            'w' | 'S' | 'D' => 'a',
            's' | 'W' => ' ',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'p' | 'P' => {
                if self.next()? != '{' {
                    return None;
                }
                let mut name = String::new();
                while self.peek()? != '}' {
                    name.extend(self.next());
                }
                self.at += 1;
                if name.starts_with("Lu") || name.ends_with("Upper") { 'A' } else { 'a' }
            }
            // Back references and code points.
            '0'..='9' | 'k' | 'x' | 'u' | 'c' => return None,
            literal => literal,
        }))
    }

    /// A character of a class.
    fn class(&mut self) -> Option<char> {
        let negated = self.take("^");
        let mut ranges: Vec<(char, char)> = Vec::new();
        loop {
            let first = match self.next()? {
                ']' => break,
                '\\' => self.escape()??,
                c => c,
            };
            let is_range = self.peek() == Some('-') && self.rest.get(self.at + 1).is_some_and(|c| *c != ']');
            if is_range {
                self.at += 1;
                let last = match self.next()? {
                    '\\' => self.escape()??,
                    c => c,
                };
                ranges.push((first, last));
            } else {
                ranges.push((first, first));
            }
        }
        if !negated {
            return ranges.first().map(|(first, _)| *first);
        }
        let is_free = |c: &char| !ranges.iter().any(|(first, last)| (*first..=*last).contains(c));
        ['a', 'A', '1', '_', '-', ' '].into_iter().find(is_free)
    }
}

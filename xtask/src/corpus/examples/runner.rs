// What is compiled with the types of some documents: reads each value as its type and writes it again.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::panic;

type Through = fn(&str) -> Result<String, String>;

fn through<T: serde::Serialize + serde::de::DeserializeOwned>(text: &str) -> Result<String, String> {
    let value: T = serde_json::from_str(text).map_err(|error| format!("cannot be read: {error}"))?;
    serde_json::to_string(&value).map_err(|error| format!("cannot be written: {error}"))
}

fn main() {
    let mut args = std::env::args().skip(1);
    let tasks = args.next().expect("the file of tasks");
    let skipped = args.next().and_then(|text| text.parse().ok()).unwrap_or(0);
    // It is told with the value that made it.
    panic::set_hook(Box::new(|_| {}));
    let tasks = BufReader::new(File::open(tasks).expect("the file of tasks"));
    let mut out = std::io::stdout().lock();
    for line in tasks.lines().skip(skipped) {
        let line = line.expect("a line");
        let (document, ty, text): (usize, usize, String) = serde_json::from_str(&line).expect("a task");
        let through = DOCUMENTS[document][ty];
        let result = match panic::catch_unwind(|| through(&text)) {
            Ok(Ok(text)) => ("written", text),
            Ok(Err(why)) => ("failed", why),
            Err(panicked) => ("panicked", panicked.downcast_ref::<String>().cloned().unwrap_or_default()),
        };
        writeln!(out, "{}", serde_json::to_string(&result).expect("a result")).expect("an open pipe");
    }
}

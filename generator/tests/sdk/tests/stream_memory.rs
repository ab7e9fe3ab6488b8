//! 100,000 events, and as many lines, take no more memory than a few. Alone in its process, so that
//! nothing else counts.

use std::error::Error as StdError;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};

use tokio::time::Instant;
use wire_sdk::Client;

const ITEMS: usize = 100_000;
/// In KiB.
const LIMIT: u64 = 50 * 1024;

/// The most memory that the process ever had, in KiB; none where the system does not tell.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

/// Answers one request with as many copies of an item, a hundred in each write.
fn serve(media_type: &'static str, item: &'static str) -> std::io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    std::thread::spawn(move || -> std::io::Result<()> {
        let (mut stream, _) = listener.accept()?;
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte)?;
            request.extend(byte);
        }
        write_all(&mut stream, media_type, item)
    });
    Ok(address)
}

fn write_all(stream: &mut TcpStream, media_type: &str, item: &str) -> std::io::Result<()> {
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nConnection: close\r\n\r\n")?;
    let block = item.repeat(100);
    (0..ITEMS / 100).try_for_each(|_| stream.write_all(block.as_bytes()))
}

/// The text of a member that makes an item some 250 bytes long.
const NOTE: &str = "0123456789012345678901234567890123456789012345678901234567890123456789\
    0123456789012345678901234567890123456789012345678901234567890123456789\
    012345678901234567890123456789012345678901234567890123456789";

#[tokio::test]
async fn long_streams_do_not_grow() -> Result<(), Box<dyn StdError>> {
    let item = format!("{{\"name\":\"a\",\"note\":\"{NOTE}\"}}");
    let event = format!("id: progress\ndata: {item}\n\n").leak();
    let line = format!("{item}\n").leak();

    let begun = Instant::now();
    let client = Client::builder(format!("http://{}", serve("text/event-stream", event)?)).build()?;
    let mut events = client.streams().events().send().await?.into_inner();
    let mut count = 0;
    while let Some(event) = events.next().await {
        count += usize::from(event?.data.name == "a");
    }
    assert_eq!(count, ITEMS);
    let (after_events, took) = (peak(), begun.elapsed());

    let client = Client::builder(format!("http://{}", serve("application/x-ndjson", line)?)).build()?;
    let mut lines = client.streams().lines().send().await?.into_inner();
    let mut count = 0;
    while let Some(line) = lines.next().await {
        count += usize::from(line?.name == "a");
    }
    assert_eq!(count, ITEMS);

    let (Some(after_events), Some(after_lines)) = (after_events, peak()) else {
        println!("this system has no /proc/self/status: the memory was not measured");
        return Ok(());
    };
    println!(
        "{ITEMS} events of {} bytes: at most {after_events} KiB resident, {took:.1?}; then as many lines: {after_lines} KiB",
        event.len()
    );
    assert!(after_lines < LIMIT, "{after_lines} KiB are more than {LIMIT}");
    Ok(())
}

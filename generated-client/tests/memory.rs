//! What is sent from a file and what is downloaded into one is never in memory as a whole.
//!
//! A test binary of its own, so that nothing else counts: the figure is the most that the process
//! ever held. `MEMORY_TEST_MIB=128` makes the contents smaller where the disk is.

use std::error::Error as StdError;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use kestra_sdk::api::files::CreateNamespaceFileForm;
use kestra_sdk::{Client, Upload};

type Outcome = Result<(), Box<dyn StdError>>;

const MIB: u64 = 1024 * 1024;

/// What the process may hold at most, in KiB.
const LIMIT: u64 = 50 * 1024;

#[tokio::test]
async fn large_contents_pass_through_little_memory() -> Outcome {
    let mib: u64 = std::env::var("MEMORY_TEST_MIB").map_or(Ok(1024), |size| size.parse())?;
    let (size, folder) = (mib * MIB, tempfile::tempdir()?);
    // A file without blocks takes no room on the disk, and is read like any other.
    let (source, target) = (folder.path().join("source.bin"), folder.path().join("target.bin"));
    std::fs::File::create(&source)?.set_len(size)?;

    let begin = Instant::now();
    let (url, server) = taking()?;
    let kestra = Client::builder(url).build()?;
    let form = CreateNamespaceFileForm::new().file_content(Upload::file(&source).await?);
    kestra.files().create_namespace_file("shop", "/large.bin", form).tenant("main").send().await?;
    let framing = joined(server)? - size;
    assert!((1..1000).contains(&framing), "{framing} bytes beside the file");
    report("an upload", mib, begin)?;

    let begin = Instant::now();
    let (url, server) = giving(size)?;
    let kestra = Client::builder(url).build()?;
    let answer = kestra.files().get_file_content("shop", "/large.bin").tenant("main").send().await?;
    assert_eq!(answer.into_inner().to_file(&target).await?, size);
    joined(server)?;
    assert_eq!(target.metadata()?.len(), size);
    report("a download", mib, begin)
}

/// Prints what the process held at most, and fails if that is too much.
fn report(what: &str, mib: u64, begin: Instant) -> Outcome {
    let status = match std::fs::read_to_string("/proc/self/status") {
        Ok(status) => status,
        Err(error) => {
            println!("{what} of {mib} MiB went through; how much memory it took is not known here: {error}");
            return Ok(());
        }
    };
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    let held: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
    let (whole, tenth) = (held / 1024, held % 1024 * 10 / 1024);
    println!("{what} of {mib} MiB: at most {whole}.{tenth} MiB resident, {:.1} s", begin.elapsed().as_secs_f64());
    assert!(held < LIMIT, "{what} of {mib} MiB held {held} KiB, which is more than {LIMIT}");
    Ok(())
}

/// A server that takes one request, holds nothing of it, and tells how long its body was.
fn taking() -> io::Result<(String, JoinHandle<io::Result<u64>>)> {
    serving(|mut stream, head, begun| {
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<u64>().ok());
        let length = length.ok_or(io::ErrorKind::InvalidData)?;
        let mut buffer = vec![0; 256 * 1024];
        let mut taken = begun;
        while taken < length {
            match stream.read(&mut buffer)? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                read => taken += read as u64,
            }
        }
        stream.write_all(b"HTTP/1.1 200 Taken\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")?;
        Ok(taken)
    })
}

/// A server that gives one answer of this length.
fn giving(size: u64) -> io::Result<(String, JoinHandle<io::Result<u64>>)> {
    serving(move |mut stream, _, _| {
        let kind = "Content-Type: application/octet-stream";
        write!(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n{kind}\r\nContent-Length: {size}\r\n\r\n")?;
        let block = vec![b'x'; 256 * 1024];
        let mut left = size;
        while left > 0 {
            let length = left.min(block.len() as u64);
            stream.write_all(&block[..length as usize])?;
            left -= length;
        }
        Ok(size)
    })
}

/// Takes one connection, and hands on the head of the request in small letters and how much of the
/// body came with it.
fn serving(
    answer: impl FnOnce(TcpStream, String, u64) -> io::Result<u64> + Send + 'static,
) -> io::Result<(String, JoinHandle<io::Result<u64>>)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept()?;
        let mut bytes = Vec::new();
        let mut buffer = [0; 4096];
        let end = loop {
            if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
                break at + 4;
            }
            match stream.read(&mut buffer)? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                read => bytes.extend_from_slice(&buffer[..read]),
            }
        };
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        answer(stream, head, (bytes.len() - end) as u64)
    });
    Ok((url, server))
}

fn joined(server: JoinHandle<io::Result<u64>>) -> Result<u64, Box<dyn StdError>> {
    Ok(server.join().map_err(|_| "the server panicked")??)
}

//! What the fuzz targets share: the checks, and a mutation that keeps a document a document.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a fuzz target finds by panicking")]

pub mod checks;
pub mod mutate;

/// Mutates as a tree, or as bytes where that is the turn or the bytes are no tree.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    if seed.is_multiple_of(4) {
        return libfuzzer_sys::fuzzer_mutate(data, size, max_size);
    }
    match mutate::tree(&data[..size], seed) {
        Some(text) if text.len() <= max_size => {
            data[..text.len()].copy_from_slice(text.as_bytes());
            text.len()
        }
        _ => libfuzzer_sys::fuzzer_mutate(data, size, max_size),
    }
}

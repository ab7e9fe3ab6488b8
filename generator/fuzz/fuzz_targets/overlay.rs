//! An overlay, for a document that is given.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use specsmith_fuzz::checks;

fuzz_target!(|data: &[u8]| checks::overlay(data));
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    specsmith_fuzz::mutate(data, size, max_size, seed)
});

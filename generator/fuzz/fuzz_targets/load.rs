//! A document's bytes, as they are.
#![no_main]

use libfuzzer_sys::fuzz_target;
use specsmith_fuzz::checks;

fuzz_target!(|data: &[u8]| checks::load(data));

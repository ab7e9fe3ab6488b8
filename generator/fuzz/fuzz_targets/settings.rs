//! Settings or a lock, for a document that is given.
#![no_main]

use libfuzzer_sys::fuzz_target;
use specsmith_fuzz::checks;

fuzz_target!(|data: &[u8]| checks::settings(data));

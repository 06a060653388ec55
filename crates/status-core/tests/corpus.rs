//! The fuzzers' seeds, and what can be made of them, as ordinary tests.

use std::fs;
use std::path::Path;

#[path = "../../../fuzz/checks/expiry.rs"]
mod expiry;
#[path = "../../../fuzz/checks/presets.rs"]
mod presets;

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(target);
    let files = fs::read_dir(folder).expect("the seeds");
    files.map(|file| fs::read(file.expect("a file").path()).expect("bytes")).collect()
}

#[test]
fn every_preset_file_of_the_corpus_is_taken_whole_or_refused_whole() {
    let seeds = seeds("presets");
    assert!(seeds.len() >= 35);
    for seed in &seeds {
        presets::check(seed);
        for place in 0..seed.len().min(600) {
            presets::check(&seed[..place]);
            let mut changed = seed.clone();
            changed[place] ^= 1;
            presets::check(&changed);
        }
    }
}

#[test]
fn every_end_of_the_corpus_is_ahead_or_refused() {
    let seeds = seeds("expiry");
    assert!(seeds.len() >= 40);
    for seed in &seeds {
        expiry::check(seed);
        for place in 0..seed.len() {
            for digit in [b'0', b'5', b'9'] {
                let mut changed = seed.clone();
                changed[place] = digit;
                expiry::check(&changed);
            }
        }
    }
}

//! The fuzzer's seeds, and what can be made of them, as an ordinary test.

use std::{fs, path::Path};

#[path = "../../../../fuzz/checks/pictures.rs"]
mod pictures;

#[test]
fn every_picture_of_the_corpus_is_read_or_refused_and_nothing_else() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/pictures");
    let mut count = 0;
    for file in fs::read_dir(folder).expect("the seeds") {
        let seed = fs::read(file.expect("a file").path()).expect("bytes");
        pictures::check(&seed);
        count += 1;
        // Heads are where sizes and lengths are; further in every 97th byte will do.
        let places = (0..seed.len().min(64)).chain((64..seed.len()).step_by(97));
        for place in places {
            pictures::check(&seed[..place]);
            for bit in [1, 0x80] {
                let mut changed = seed.clone();
                changed[place] ^= bit;
                pictures::check(&changed);
            }
        }
    }
    assert!(count >= 30, "{count} seeds");
}

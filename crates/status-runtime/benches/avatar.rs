//! What a photo costs from the file to the wire, in time and memory: `cargo xtask bench avatar`. Prints JSON.
//!
//! The sandbox that takes the upload lives in the same process; what it keeps is the finished avatar of some 200 kB.

#[path = "../tests/it/app.rs"]
#[expect(dead_code, reason = "a part of what the tests use")]
mod app;

use std::{fs, io::Cursor, time::Instant};

use image::{DynamicImage, ImageFormat, RgbImage};
use status_runtime::Crop;

use crate::app::TestApp;

/// Twelve megapixels, as telephones take them.
const SIDES: (u32, u32) = (4032, 3024);
/// For many crops in a row: each takes the picture in again, because it is given up with the upload. They take minutes:
/// the client asks the server no more than five things a second.
const SMALL: (u32, u32) = (800, 600);

const WARM: usize = 20;

fn main() {
    // `cargo test --benches` only asks whether it starts.
    let measured = std::env::args().any(|argument| argument == "--bench");
    let (runs, crops) = if measured { (10, 500) } else { (1, 1) };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("threads");
    println!("{:#}", runtime.block_on(measure(runs, crops)));
}

async fn measure(runs: usize, crops: usize) -> serde_json::Value {
    let photo = photo_of(SIDES);
    let app = TestApp::new().await;
    let (engine, _screen) = app.connected().await;
    let (mut load, mut upload) = (Vec::new(), Vec::new());
    let at_rest = kib("VmRSS:");
    forget_peak();
    for _ in 0..runs {
        let begin = Instant::now();
        let loaded = engine.load_picture(photo.clone()).await.expect("a photo");
        load.push(milliseconds(begin));
        let begin = Instant::now();
        let crop = Crop { picture: loaded.id, x: 500, y: 0, size: SIDES.1 };
        engine.upload_avatar(crop).await.expect("uploaded");
        upload.push(milliseconds(begin));
    }
    let peak = kib("VmHWM:");
    let small = photo_of(SMALL);
    let mut warm = 0;
    for run in 0..WARM + crops {
        if run == WARM {
            warm = private_dirty();
        }
        let loaded = engine.load_picture(small.clone()).await.expect("a photo");
        let crop = Crop { picture: loaded.id, x: 100, y: 0, size: SMALL.1 };
        engine.upload_avatar(crop).await.expect("uploaded");
        // It would keep every upload as it came, in this very process.
        app.sandbox.forget_requests();
    }
    serde_json::json!({
        "photo_bytes": photo.len(),
        "file_to_preview_ms": load,
        "crop_to_uploaded_ms": upload,
        "peak_above_rest_mib": mib(peak.saturating_sub(at_rest)),
        "crops": crops,
        "private_dirty_warm_mib": mib(warm),
        "private_dirty_after_crops_mib": mib(private_dirty()),
    })
}

/// Something with edges and noise, so that it is as hard to write as a photo.
fn photo_of((width, height): (u32, u32)) -> Vec<u8> {
    let mut noise = 1_u32;
    let pixels: DynamicImage = RgbImage::from_fn(width, height, |x, y| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = noise >> 28;
        let at = |value: u32| u8::try_from((value + grain) % 256).unwrap_or_default();
        image::Rgb([at(x / 16), at(y / 12), at((x ^ y) / 64 * 8)])
    })
    .into();
    let mut bytes = Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, ImageFormat::Jpeg).expect("an encoder writes to memory");
    bytes.into_inner()
}

fn milliseconds(begin: Instant) -> f64 {
    begin.elapsed().as_secs_f64() * 1000.0
}

/// Lets the kernel count the peak anew.
fn forget_peak() {
    fs::write("/proc/self/clear_refs", "5").expect("a Linux kernel");
}

fn kib(key: &str) -> u64 {
    number("/proc/self/status", key)
}

fn private_dirty() -> u64 {
    number("/proc/self/smaps_rollup", "Private_Dirty:")
}

fn number(file: &str, key: &str) -> u64 {
    let text = fs::read_to_string(file).expect("a Linux kernel");
    let value = text.lines().find_map(|line| line.strip_prefix(key));
    value.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).expect("a number")
}

fn mib(kib: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "memory of one machine")]
    let mib = kib as f64 / 1024.0;
    (mib * 10.0).round() / 10.0
}

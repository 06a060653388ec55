//! Memory under large and hostile pictures. A program of its own: what is measured is the whole process at its largest.

#![cfg(target_os = "linux")]

use std::{
    fs,
    io::Cursor,
    path::Path,
    process::{Command, Stdio},
};

use image::{
    DynamicImage, ImageBuffer, ImageEncoder, ImageFormat, Luma, Pixel, Rgb, RgbImage, Rgba,
    codecs::png::{CompressionType, FilterType, PngEncoder},
};
use status_runtime::{Picture, PictureError};

/// As in the program.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

const MAKES_FILES: &str = "STATUS_RUNTIME_TEST_MAKES_PICTURES_IN";
const NAME: &str = "large_pictures_bombs_and_a_thousand_bad_files_stay_within_400_megabytes";

/// Just what is still taken: forty million pixels.
const SIDES: (u32, u32) = (8000, 5000);
const TURNED: u16 = 6;

/// The most memory this process ever had, in megabytes.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("a line");
    let kib: u64 = line.split_whitespace().nth(1).expect("a number").parse().expect("a number");
    kib * 1024 / 1_000_000
}

/// EXIF with nothing but an orientation (TIFF 6.0, tag 0x0112).
fn exif(orientation: u16) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    tiff.extend(orientation.to_be_bytes());
    tiff.extend([0; 6]);
    tiff
}

/// A picture of the largest size whose rows are all the same, made at once.
fn rows<P: Pixel>(pixel: impl Fn(u32) -> P) -> ImageBuffer<P, Vec<P::Subpixel>> {
    let (width, height) = SIDES;
    let row: Vec<P::Subpixel> = (0..width).flat_map(|x| pixel(x).channels().to_vec()).collect();
    let rows = row.repeat(usize::try_from(height).expect("fits"));
    ImageBuffer::from_raw(width, height, rows).expect("as many as there are pixels")
}

/// The largest pictures that are taken.
fn make_files(folder: &Path) {
    let write = |name: &str, bytes: Vec<u8>| fs::write(folder.join(name), bytes).expect("written");
    let png = |pixels: DynamicImage, orientation: u16| {
        let mut bytes = Vec::new();
        let mut encoder =
            PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Up);
        encoder.set_exif_metadata(exif(orientation)).expect("a PNG may hold it");
        pixels.write_with_encoder(encoder).expect("encoded");
        bytes
    };
    let wave = |x: u32| u8::try_from(x / 40 % 256).expect("a byte");
    let see_through = DynamicImage::from(rows(|x| Rgba([wave(x), 8, 7, 100])));
    write("see-through.png", png(see_through, TURNED));
    write("sixteen-bits.png", png(rows(|_| Rgb([900_u16, 800, 700])).into(), TURNED));
    // Four megabytes of zeros, to be hidden where nobody looks.
    let zeros = ImageBuffer::<Luma<u8>, _>::new(2000, 2000);
    write("zeros.png", png(zeros.into(), 1));
}

fn in_a_process_of_its_own(folder: &Path) {
    let status = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", NAME])
        .env(MAKES_FILES, folder)
        .stdout(Stdio::null())
        .status()
        .expect("a child");
    assert!(status.success(), "the pictures were made");
}

/// Takes a picture in, as the window asks for it.
fn take_in(bytes: &[u8]) -> Result<Picture, PictureError> {
    let picture = Picture::decode(bytes)?;
    picture.preview()?;
    Ok(picture)
}

fn small(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let byte = |value: u32| u8::try_from(value).expect("a small picture");
    RgbImage::from_fn(64, 32, |x, y| Rgb([byte(x), byte(y), 7]))
        .write_to(&mut bytes, format)
        .expect("encoded");
    bytes.into_inner()
}

/// CRC-32 of a PNG chunk (PNG specification, annex D).
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 }
        })
    })
}

fn chunk(kind: &str, content: &[u8]) -> Vec<u8> {
    let named = [kind.as_bytes(), content].concat();
    let length = u32::try_from(content.len()).expect("a small chunk");
    [&length.to_be_bytes()[..], &named, &checksum(&named).to_be_bytes()].concat()
}

/// The content of a PNG's first chunk of this kind.
fn content<'a>(png: &'a [u8], kind: &str) -> &'a [u8] {
    let at = png.windows(4).position(|window| window == kind.as_bytes()).expect("a chunk");
    let length = u32::from_be_bytes(png[at - 4..at].try_into().expect("four bytes"));
    &png[at + 4..at + 4 + usize::try_from(length).expect("fits")]
}

/// Files that are small and claim to be, or hide, something huge.
fn bombs(zeros: &[u8]) -> Vec<Vec<u8>> {
    let patched = |format: ImageFormat, at: usize, claim: &[u8]| {
        let mut bytes = small(format);
        bytes[at..at + claim.len()].copy_from_slice(claim);
        bytes
    };
    let mut header = content(&small(ImageFormat::Png), "IHDR").to_vec();
    header[..8].copy_from_slice(&[0, 0, 0xC3, 0x50, 0, 0, 0xC3, 0x50]);
    let png = small(ImageFormat::Png);
    let huge_png = [&png[..8], &chunk("IHDR", &header), &png[33..]].concat();
    let hidden = content(zeros, "IDAT");
    let text = chunk("zTXt", &[b"Comment\0\0", hidden].concat());
    let profile = chunk("iCCP", &[b"a\0\0", hidden].concat());
    let with = |more: &[u8]| [&png[..33], more, &png[33..]].concat();
    let jpeg = small(ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).expect("a frame header");
    vec![
        huge_png,
        with(&text.repeat(200)),
        with(&profile),
        patched(ImageFormat::Gif, 6, &[0xFF; 4]),
        // A large canvas that is still taken, for a frame of a few pixels.
        patched(ImageFormat::Gif, 6, &[0x40, 0x1F, 0x88, 0x13]),
        patched(ImageFormat::Bmp, 18, &[0x50, 0xC3, 0, 0, 0x50, 0xC3, 0, 0]),
        patched(ImageFormat::Bmp, 18, &[0x40, 0x1F, 0, 0, 0x88, 0x13, 0, 0]),
        patched(ImageFormat::Jpeg, frame + 5, &[0xFF; 4]),
        patched(ImageFormat::Jpeg, frame + 5, &[0x13, 0x88, 0x1F, 0x40]),
        patched(ImageFormat::WebP, 21, &[0xFF, 0xFF, 0xFF, 0x0F]),
    ]
}

#[test]
fn large_pictures_bombs_and_a_thousand_bad_files_stay_within_400_megabytes() {
    if let Some(folder) = std::env::var_os(MAKES_FILES) {
        return make_files(Path::new(&folder));
    }
    let folder = tempfile::tempdir().expect("a folder for tests");
    in_a_process_of_its_own(folder.path());
    let read = |name: &str| fs::read(folder.path().join(name)).expect("a file");
    for name in ["sixteen-bits.png", "see-through.png"] {
        let picture = take_in(&read(name)).expect(name);
        assert_eq!((picture.height(), picture.width()), SIDES, "{name} is turned");
        if name == "see-through.png" {
            picture.crop(0, 0, picture.width()).expect(name);
        }
        assert!(peak() < 400, "{name}: {} megabytes", peak());
    }
    for (number, bomb) in bombs(&read("zeros.png")).iter().enumerate() {
        // Taken or refused: either way it must not cost more than an honest picture.
        let outcome = take_in(bomb);
        assert!(peak() < 400, "bomb {number} ({outcome:?}): {} megabytes", peak());
    }
    let mut refused = 0;
    for format in
        [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif, ImageFormat::Bmp]
    {
        let whole = small(format);
        for round in 0..200_usize {
            let mut bad = whole.clone();
            // Heads are where sizes and lengths are.
            let place = if round % 2 == 0 { round / 2 % 64 } else { round * 97 };
            let place = place % whole.len();
            bad[place] ^= 1 << (round % 8);
            bad.truncate(whole.len() - round % 16);
            refused += usize::from(take_in(&bad).is_err());
            assert!(peak() < 400, "{format:?} {round}: {} megabytes", peak());
        }
    }
    assert!(refused > 200, "{refused}");
    assert_eq!(take_in(&small(ImageFormat::Png)).map(|picture| picture.width()), Ok(64));
}

use image::{Rgb, RgbImage, Rgba, RgbaImage};

use super::*;

const RED: Rgb<u8> = Rgb([220, 20, 30]);
const BLUE: Rgb<u8> = Rgb([20, 30, 220]);

/// Red on top, blue below; wider than high.
fn two_halves() -> DynamicImage {
    RgbImage::from_fn(64, 32, |_, y| if y < 16 { RED } else { BLUE }).into()
}

fn file(pixels: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, format).expect("an encoder writes to memory");
    bytes.into_inner()
}

/// A JPEG with an EXIF block that holds an orientation and a maker's name, as a camera writes it.
fn turned_jpeg(orientation: u16) -> Vec<u8> {
    let plain = file(&two_halves(), ImageFormat::Jpeg);
    let mut tiff = b"MM\0*\0\0\0\x08\0\x02".to_vec();
    tiff.extend([0x01, 0x0F, 0, 2, 0, 0, 0, 4]);
    tiff.extend(b"GPS\0");
    tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1]);
    tiff.extend(orientation.to_be_bytes());
    tiff.extend([0, 0, 0, 0, 0, 0]);
    let mut block = b"Exif\0\0".to_vec();
    block.extend(tiff);
    let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xE1];
    bytes.extend(u16::try_from(block.len() + 2).expect("a small block").to_be_bytes());
    bytes.extend(block);
    bytes.extend(&plain[2..]);
    bytes
}

fn is_near(pixel: Rgba<u8>, colour: Rgb<u8>) -> bool {
    (0..3).all(|channel| pixel.0[channel].abs_diff(colour.0[channel]) < 40)
}

#[test]
fn every_kind_that_is_promised_becomes_an_avatar() {
    let pixels = two_halves();
    for format in
        [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif, ImageFormat::Bmp]
    {
        let picture = Picture::decode(&file(&pixels, format))
            .unwrap_or_else(|error| panic!("{format:?}: {error}"));
        assert_eq!((picture.width(), picture.height()), (64, 32), "{format:?}");
        let avatar = picture.crop(0, 0, 32).expect("the square lies in the picture");
        assert_eq!(avatar.content_type, "image/jpeg", "{format:?} has no transparency");
        let shown =
            image::load_from_memory(&avatar.bytes).expect("an avatar is a picture").to_rgba8();
        assert_eq!(shown.dimensions(), (32, 32));
        assert!(
            is_near(*shown.get_pixel(16, 4), RED) && is_near(*shown.get_pixel(16, 28), BLUE),
            "{format:?}"
        );
    }
}

#[test]
fn transparency_is_kept_as_png() {
    let see_through: DynamicImage = RgbaImage::from_pixel(8, 8, Rgba([1, 2, 3, 100])).into();
    let avatar = Picture::decode(&file(&see_through, ImageFormat::Png))
        .and_then(|picture| picture.crop(0, 0, 8))
        .expect("fits");
    assert_eq!((avatar.content_type, avatar.file_name), ("image/png", "avatar.png"));
    assert_eq!(
        image::load_from_memory(&avatar.bytes).expect("a picture").to_rgba8().get_pixel(3, 3),
        &Rgba([1, 2, 3, 100])
    );
}

#[test]
fn a_turned_photo_is_upright_and_says_nothing_of_the_camera() {
    for orientation in 1..=8 {
        let picture = Picture::decode(&turned_jpeg(orientation)).expect("a photo");
        let upright = if orientation < 5 { (64, 32) } else { (32, 64) };
        assert_eq!((picture.width(), picture.height()), upright, "orientation {orientation}");
        let at = |x, y| *picture.pixels.to_rgba8().get_pixel(x, y);
        // Where the red half is once the photo is upright.
        let red = match orientation {
            1 | 2 => at(20, 2),
            3 | 4 => at(20, 30),
            5 | 8 => at(2, 20),
            _ => at(30, 20),
        };
        assert!(is_near(red, RED), "orientation {orientation}: {red:?}");
        for encoded in [picture.crop(0, 0, 32).expect("fits"), picture.preview().expect("fits")] {
            assert!(
                !encoded.bytes.windows(4).any(|window| window == b"Exif"),
                "orientation {orientation}"
            );
            assert!(
                !encoded.bytes.windows(3).any(|window| window == b"GPS"),
                "orientation {orientation}"
            );
        }
    }
}

#[test]
fn a_large_picture_shrinks_for_preview_and_avatar() {
    let picture =
        Picture::decode(&file(&RgbImage::from_pixel(3000, 2000, RED).into(), ImageFormat::Png))
            .expect("fits");
    let size = |encoded: &Encoded| {
        let pixels = image::load_from_memory(&encoded.bytes).expect("a picture");
        (pixels.width(), pixels.height())
    };
    assert_eq!(size(&picture.preview().expect("fits")), (1600, 1067));
    assert_eq!(size(&picture.crop(500, 0, 2000).expect("fits")), (1024, 1024));
}

#[test]
fn kinds_that_are_not_read_are_refused_by_name() {
    let table: [(&[u8], PictureError); 12] = [
        (b"\0\0\0\x18ftypheic\0\0\0\0", PictureError::KindRefused("HEIC")),
        (b"\0\0\0\x18ftypavif\0\0\0\0", PictureError::KindRefused("AVIF")),
        (
            b"<?xml version='1.0'?><!-- hi --><SVG xmlns='http://www.w3.org/2000/svg'/>",
            PictureError::KindRefused("SVG"),
        ),
        (b"\xEF\xBB\xBF <svg onload='alert(1)'/>", PictureError::KindRefused("SVG")),
        (b"%PDF-1.7", PictureError::KindRefused("PDF")),
        (b"II*\0....", PictureError::KindRefused("TIFF")),
        (b"\0\0\x01\0\x01\0", PictureError::KindRefused("ICO")),
        (b"8BPS\0\x01", PictureError::KindRefused("PSD")),
        (b"hello, this is text", PictureError::Unknown),
        (b"<html><body>", PictureError::Unknown),
        (b"", PictureError::Unknown),
        (b"\x89PNG\r\n\x1a\n", PictureError::Broken),
    ];
    for (bytes, expected) in table {
        assert_eq!(
            Picture::decode(bytes).err(),
            Some(expected),
            "{}",
            String::from_utf8_lossy(bytes)
        );
    }
}

#[test]
fn a_picture_that_claims_to_be_huge_is_refused_from_its_header() {
    // A PNG header of 50,000 × 50,000 pixels with a right checksum, and nothing behind it.
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = b"IHDR".to_vec();
    chunk.extend(50_000_u32.to_be_bytes());
    chunk.extend(50_000_u32.to_be_bytes());
    chunk.extend([8, 6, 0, 0, 0]);
    png.extend(13_u32.to_be_bytes());
    png.extend(&chunk);
    png.extend(checksum(&chunk).to_be_bytes());
    png.extend(b"\0\0\0\0IDAT\x35\xAF\x06\x1E");
    assert_eq!(Picture::decode(&png).err(), Some(PictureError::TooLarge));
    // Within each side's limit, over the limit of pixels.
    let wide = file(&RgbImage::from_pixel(7000, 6000, RED).into(), ImageFormat::Png);
    assert_eq!(Picture::decode(&wide).err(), Some(PictureError::TooLarge));
    assert_eq!(Picture::decode(&vec![0xFF; FILE_MAX + 1]).err(), Some(PictureError::TooLarge));
}

/// CRC-32 of a PNG chunk (PNG specification, annex D).
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 }
        })
    })
}

#[test]
fn a_file_cut_anywhere_is_an_error_or_a_picture_and_never_a_crash() {
    for format in
        [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif, ImageFormat::Bmp]
    {
        let whole = file(&two_halves(), format);
        for end in (0..whole.len()).step_by(7) {
            if let Ok(picture) = Picture::decode(&whole[..end]) {
                assert_eq!(
                    (picture.width(), picture.height()),
                    (64, 32),
                    "{format:?} cut at {end}"
                );
            }
        }
    }
}

#[test]
fn a_square_outside_the_picture_is_refused() {
    let picture = Picture::decode(&file(&two_halves(), ImageFormat::Png)).expect("fits");
    for (x, y, size) in
        [(0, 0, 0), (0, 0, 33), (33, 0, 32), (0, 1, 32), (u32::MAX, 0, 2), (0, 0, u32::MAX)]
    {
        assert_eq!(
            picture.crop(x, y, size).err(),
            Some(PictureError::OutOfBounds),
            "{x} {y} {size}"
        );
    }
}

#[test]
fn an_animation_is_named_as_one() {
    let mut bytes = Vec::new();
    {
        let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
        for colour in [RED, BLUE] {
            let frame =
                RgbaImage::from_pixel(8, 8, Rgba([colour.0[0], colour.0[1], colour.0[2], 255]));
            encoder.encode_frame(image::Frame::new(frame)).expect("an encoder writes to memory");
        }
    }
    let moving = Picture::decode(&bytes).expect("a picture");
    assert!(moving.was_animated());
    assert!(is_near(*moving.pixels.to_rgba8().get_pixel(0, 0), RED), "the first frame is used");
    assert!(
        !Picture::decode(&file(&two_halves(), ImageFormat::Gif)).expect("a picture").was_animated()
    );
}

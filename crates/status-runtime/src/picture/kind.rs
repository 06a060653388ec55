//! What kind of file it is, by its first bytes. The name of a file proves nothing.

use image::ImageFormat;

/// A kind we know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Read(ImageFormat),
    /// One that is refused by name, because a person may well try it.
    Refused(&'static str),
}

/// How far into a file the beginning of an SVG is looked for: comments and declarations may come first.
const SVG_SEARCH: usize = 4096;

pub(super) fn of(bytes: &[u8]) -> Option<Kind> {
    use Kind::{Read, Refused};
    let brand = (bytes.get(4..8) == Some(b"ftyp")).then(|| bytes.get(8..12)).flatten();
    Some(match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Read(ImageFormat::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Read(ImageFormat::Png),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Read(ImageFormat::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Read(ImageFormat::WebP),
        [b'B', b'M', ..] if bytes.len() > 26 => Read(ImageFormat::Bmp),
        [b'%', b'P', b'D', b'F', b'-', ..] => Refused("PDF"),
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => Refused("TIFF"),
        [0, 0, 1, 0, ..] => Refused("ICO"),
        [b'8', b'B', b'P', b'S', ..] => Refused("PSD"),
        [0xFF, 0x0A, ..] | [0, 0, 0, 0x0C, b'J', b'X', b'L', b' ', ..] => Refused("JPEG XL"),
        _ => match brand {
            Some(b"avif" | b"avis") => Refused("AVIF"),
            Some(b"heic" | b"heix" | b"hevc" | b"hevx" | b"heim" | b"heis" | b"mif1" | b"msf1") => {
                Refused("HEIC")
            }
            _ if is_svg(bytes) => Refused("SVG"),
            _ => return None,
        },
    })
}

/// Whether the file moves: of such only the first frame is used, and the person is told.
pub(super) fn is_animated(bytes: &[u8], format: ImageFormat) -> bool {
    match format {
        // More than one image separator: every frame after the first is preceded by a graphic control extension.
        ImageFormat::Gif => count(bytes, &[0x21, 0xF9, 0x04], 2),
        ImageFormat::WebP => count(bytes, b"ANIM", 1),
        ImageFormat::Png => count(bytes, b"acTL", 1),
        _ => false,
    }
}

fn count(bytes: &[u8], what: &[u8], at_least: usize) -> bool {
    bytes.windows(what.len()).filter(|window| *window == what).take(at_least).count() == at_least
}

fn is_svg(bytes: &[u8]) -> bool {
    let beginning = &bytes[..bytes.len().min(SVG_SEARCH)];
    let text = String::from_utf8_lossy(beginning);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.starts_with('<') && text.to_ascii_lowercase().contains("<svg")
}

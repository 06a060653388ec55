//! Pictures from outside: told apart by their first bytes, limited before they are decoded, decoded where a panic is
//! caught, turned upright, cut to a square and written anew without anything but pixels.

mod kind;

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use image::{
    DynamicImage, ExtendedColorType, GenericImageView, ImageBuffer, ImageDecoder, ImageEncoder,
    ImageFormat, ImageReader, Limits, Pixel,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
    imageops::{self, FilterType},
    metadata::Orientation,
};

use self::kind::Kind;

/// Largest file taken in, in bytes.
pub(crate) const FILE_MAX: usize = 10 * 1024 * 1024;
/// Longest side, in pixels.
const SIDE_MAX: u32 = 8000;
/// Most pixels.
const PIXELS_MAX: u64 = 40_000_000;
/// Most memory a decoder may ask for, in bytes.
const MEMORY_MAX: u64 = 256 * 1024 * 1024;
/// Longest side of what the window shows for cropping.
const PREVIEW_SIDE: u32 = 1600;
/// Side of the finished avatar, at most.
const AVATAR_SIDE: u32 = 1024;
/// JPEG quality of the finished avatar, of 100.
const QUALITY: u8 = 90;

/// Why a picture is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// Not a picture.
    #[error("this is not a picture")]
    Unknown,
    /// A picture of a kind that is not read, by name.
    #[error("pictures of the kind {0} are not read")]
    KindRefused(&'static str),
    /// More bytes or pixels than allowed.
    #[error("the picture is too large")]
    TooLarge,
    /// Begins like a picture and does not go on like one.
    #[error("the picture is damaged")]
    Broken,
    /// The square to cut out does not lie in the picture.
    #[error("the square does not lie in the picture")]
    OutOfBounds,
}

/// A picture, upright, in memory.
#[derive(Clone)]
pub struct Picture {
    pixels: Arc<DynamicImage>,
    was_animated: bool,
}

/// A picture written anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its MIME type.
    pub content_type: &'static str,
    /// A name for it.
    pub file_name: &'static str,
}

impl Picture {
    /// Decodes a picture. Takes long (a tenth of a second for twelve megapixels): not for an async thread.
    pub fn decode(bytes: &[u8]) -> Result<Self, PictureError> {
        if bytes.len() > FILE_MAX {
            return Err(PictureError::TooLarge);
        }
        let kind = kind::of(bytes).ok_or(PictureError::Unknown)?;
        let format = match kind {
            Kind::Read(format) => format,
            Kind::Refused(name) => return Err(PictureError::KindRefused(name)),
        };
        // Decoders are known to panic on what somebody made to hurt them.
        catch_unwind(AssertUnwindSafe(|| Self::decode_as(bytes, format)))
            .unwrap_or(Err(PictureError::Broken))
    }

    fn decode_as(bytes: &[u8], format: ImageFormat) -> Result<Self, PictureError> {
        let mut limits = Limits::default();
        limits.max_image_width = Some(SIDE_MAX);
        limits.max_image_height = Some(SIDE_MAX);
        limits.max_alloc = Some(MEMORY_MAX);
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        reader.limits(limits);
        let mut decoder = reader.into_decoder().map_err(|error| refusal(&error))?;
        let (width, height) = decoder.dimensions();
        if width == 0 || height == 0 {
            return Err(PictureError::Broken);
        }
        if width > SIDE_MAX
            || height > SIDE_MAX
            || u64::from(width) * u64::from(height) > PIXELS_MAX
        {
            return Err(PictureError::TooLarge);
        }
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let pixels = DynamicImage::from_decoder(decoder).map_err(|error| refusal(&error))?;
        let mut pixels = in_eight_bits(pixels);
        pixels.apply_orientation(orientation);
        Ok(Self { pixels: Arc::new(pixels), was_animated: kind::is_animated(bytes, format) })
    }

    /// Width of the upright picture, in pixels.
    pub fn width(&self) -> u32 {
        self.pixels.width()
    }

    /// Height of the upright picture, in pixels.
    pub fn height(&self) -> u32 {
        self.pixels.height()
    }

    /// It was an animation, of which this is the first frame.
    pub fn was_animated(&self) -> bool {
        self.was_animated
    }

    /// The picture at a size for cropping on screen.
    pub fn preview(&self) -> Result<Encoded, PictureError> {
        if self.width().max(self.height()) <= PREVIEW_SIDE {
            return encode(&self.pixels);
        }
        encode(&self.pixels.resize(PREVIEW_SIDE, PREVIEW_SIDE, FilterType::Triangle))
    }

    /// Cuts out a square, in pixels of the upright picture, and writes it anew at no more than 1024 pixels a side.
    pub fn crop(&self, x: u32, y: u32, size: u32) -> Result<Encoded, PictureError> {
        let fits = |start: u32, whole: u32| start.checked_add(size).is_some_and(|end| end <= whole);
        if size == 0 || !fits(x, self.width()) || !fits(y, self.height()) {
            return Err(PictureError::OutOfBounds);
        }
        if size <= AVATAR_SIDE {
            return encode(&self.pixels.crop_imm(x, y, size, size));
        }
        encode(&match &*self.pixels {
            DynamicImage::ImageLuma8(pixels) => shrunk(pixels, x, y, size).into(),
            DynamicImage::ImageLumaA8(pixels) => shrunk(pixels, x, y, size).into(),
            DynamicImage::ImageRgb8(pixels) => shrunk(pixels, x, y, size).into(),
            DynamicImage::ImageRgba8(pixels) => shrunk(pixels, x, y, size).into(),
            other => shrunk(other, x, y, size).into(),
        })
    }
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}×{})", self.width(), self.height())
    }
}

/// The kind of an avatar as a server sends it, for a `data:` address; `None` for what is not shown.
pub(crate) fn content_type(bytes: &[u8]) -> Option<&'static str> {
    match kind::of(bytes)? {
        Kind::Read(format) => Some(format.to_mime_type()),
        Kind::Refused(_) => None,
    }
}

/// More than eight bits a channel is more than a screen shows, and turning needs the memory twice.
fn in_eight_bits(pixels: DynamicImage) -> DynamicImage {
    match pixels {
        DynamicImage::ImageLuma16(_) => pixels.into_luma8().into(),
        DynamicImage::ImageLumaA16(_) => pixels.into_luma_alpha8().into(),
        DynamicImage::ImageRgb16(_) => pixels.into_rgb8().into(),
        DynamicImage::ImageRgba16(_) => pixels.into_rgba8().into(),
        other => other,
    }
}

/// A square of the picture at the size of an avatar, without a copy of the square in between.
fn shrunk<P: Pixel<Subpixel = u8> + 'static>(
    pixels: &impl GenericImageView<Pixel = P>,
    x: u32,
    y: u32,
    size: u32,
) -> ImageBuffer<P, Vec<u8>> {
    let square = imageops::crop_imm(pixels, x, y, size, size);
    if size < 4 * AVATAR_SIDE {
        return imageops::resize(&*square, AVATAR_SIDE, AVATAR_SIDE, FilterType::Lanczos3);
    }
    // Of so many pixels the mean of each few is as good, and takes a fraction of the time.
    let coarse = imageops::thumbnail(&*square, 2 * AVATAR_SIDE, 2 * AVATAR_SIDE);
    imageops::resize(&coarse, AVATAR_SIDE, AVATAR_SIDE, FilterType::Lanczos3)
}

/// PNG where something shines through, JPEG otherwise. Only pixels go in: no position, no camera, no colour profile.
fn encode(pixels: &DynamicImage) -> Result<Encoded, PictureError> {
    let broken = |_| PictureError::Broken;
    let mut bytes = Vec::new();
    if is_translucent(pixels) {
        let pixels = pixels.to_rgba8();
        PngEncoder::new(&mut bytes)
            .write_image(&pixels, pixels.width(), pixels.height(), ExtendedColorType::Rgba8)
            .map_err(broken)?;
        return Ok(Encoded { bytes, content_type: "image/png", file_name: "avatar.png" });
    }
    let pixels = pixels.to_rgb8();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .write_image(&pixels, pixels.width(), pixels.height(), ExtendedColorType::Rgb8)
        .map_err(broken)?;
    Ok(Encoded { bytes, content_type: "image/jpeg", file_name: "avatar.jpg" })
}

fn is_translucent(pixels: &DynamicImage) -> bool {
    pixels.color().has_alpha() && pixels.to_rgba8().pixels().any(|pixel| pixel.0[3] < u8::MAX)
}

fn refusal(error: &image::ImageError) -> PictureError {
    match error {
        image::ImageError::Limits(_) => PictureError::TooLarge,
        _ => PictureError::Broken,
    }
}

#[cfg(test)]
mod tests;

//! One drawing: an SVG source, colours, a size; out comes a PNG.

use std::path::Path;

use anyhow::Context as _;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// An SVG source with its colours applied.
pub(crate) struct Drawing {
    tree: Tree,
}

/// Straight (not premultiplied) RGBA pixels of a square picture.
pub(crate) struct Pixels {
    pub(crate) size: u32,
    /// Four bytes a pixel, rows from the top.
    pub(crate) rgba: Vec<u8>,
}

impl Drawing {
    /// Reads a source; `colours` is a style sheet for its classes.
    pub(crate) fn read(source: &Path, colours: Option<&str>) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(source).with_context(|| source.display().to_string())?;
        let options = Options { style_sheet: colours.map(ToOwned::to_owned), ..Options::default() };
        let tree = Tree::from_str(&text, &options).with_context(|| source.display().to_string())?;
        Ok(Self { tree })
    }

    /// Draws into a square of `size` pixels, the drawing filling `share` of its width, centred.
    pub(crate) fn pixels(&self, size: u32, share: f32) -> Pixels {
        let mut pixmap = Pixmap::new(size, size).expect("icon sizes are between 16 and 1024");
        #[expect(clippy::cast_precision_loss, reason = "icon sizes are exact in f32")]
        let width = size as f32;
        let margin = width * (1.0 - share) / 2.0;
        let place = Transform::from_scale(
            width * share / self.tree.size().width(),
            width * share / self.tree.size().height(),
        )
        .post_translate(margin, margin);
        resvg::render(&self.tree, place, &mut pixmap.as_mut());
        let rgba = pixmap
            .pixels()
            .iter()
            .flat_map(|pixel| {
                let colour = pixel.demultiply();
                [colour.red(), colour.green(), colour.blue(), colour.alpha()]
            })
            .collect();
        Pixels { size, rgba }
    }

    pub(crate) fn png(&self, size: u32) -> anyhow::Result<Vec<u8>> {
        self.pixels(size, 1.0).png()
    }
}

impl Pixels {
    /// A PNG file without any chunk that could differ between two runs.
    pub(crate) fn png(&self) -> anyhow::Result<Vec<u8>> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, self.size, self.size);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::High);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.rgba)?;
        writer.finish()?;
        Ok(file)
    }
}

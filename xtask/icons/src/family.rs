//! The icon family: which files exist, from which source, in which colours and sizes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::draw::{Drawing, Pixels};

/// Every tray state has a source `tray-<state>.svg`; the names are those of `TrayIcon`.
const TRAY_STATES: [&str; 6] = ["clear", "set", "away", "sending", "offline", "attention"];

/// Tray hosts scale down from this; 64 is 16, 32 and 64 exactly, and enough for 300 % scaling of 22.
const TRAY_SIZE: u32 = 64;

/// Up to this size the sign is drawn with fewer, heavier parts.
const SMALL: u32 = 32;

/// The share of the canvas that Apple's icon grid gives to the body of an icon (824 of 1024),
/// in terms of our source, whose body is 480 of 512.
const APPLE_SHARE: f32 = (824.0 / 1024.0) / (480.0 / 512.0);

/// Colours of one panel: what has no state colour, then one colour a state. All of them have at least
/// 4.5:1 against their panel, so that the state is told by shape first and colour second.
struct Palette {
    name: &'static str,
    ink: &'static str,
    set: &'static str,
    away: &'static str,
    sending: &'static str,
    attention: &'static str,
}

const PALETTES: [Palette; 3] = [
    Palette {
        name: "light",
        ink: "#2b3036",
        set: "#08705f",
        away: "#8f5200",
        sending: "#1a5fc0",
        attention: "#c0271a",
    },
    Palette {
        name: "dark",
        ink: "#f2f5f6",
        set: "#3ddcb9",
        away: "#ffbe55",
        sending: "#7ab8ff",
        attention: "#ff8672",
    },
    // macOS reads only the alpha of a template and colours it itself.
    Palette {
        name: "template",
        ink: "#000",
        set: "#000",
        away: "#000",
        sending: "#000",
        attention: "#000",
    },
];

impl Palette {
    fn style_sheet(&self) -> String {
        let colours = [
            ("ink", self.ink),
            ("set", self.set),
            ("away", self.away),
            ("sending", self.sending),
            ("attention", self.attention),
        ];
        let rule = |(class, colour): (&str, &str)| {
            format!(
                ".{class}.fill{{fill:{colour}}}\
                 .{class}.line{{fill:none;stroke:{colour};stroke-width:6;\
                 stroke-linecap:round;stroke-linejoin:round}}"
            )
        };
        colours.map(rule).concat()
    }
}

/// Every file of the family by its path under `icons`.
pub(crate) fn draw(sources: &Path) -> anyhow::Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for state in TRAY_STATES {
        let source = sources.join(format!("tray-{state}.svg"));
        for palette in PALETTES {
            let drawing = Drawing::read(&source, Some(&palette.style_sheet()))?;
            let path = format!("tray/{state}-{}.png", palette.name);
            files.insert(PathBuf::from(path), drawing.png(TRAY_SIZE)?);
        }
    }

    let app = App::read(sources)?;
    // Names that Tauri's bundler looks for.
    for (path, size) in
        [("icon.png", 512), ("32x32.png", 32), ("128x128.png", 128), ("128x128@2x.png", 256)]
    {
        files.insert(path.into(), app.at(size).png(size)?);
    }
    for size in [16, 22, 24, 32, 48, 64, 128, 256, 512] {
        let path = format!("hicolor/{size}x{size}/apps/pachca-status.png");
        files.insert(path.into(), app.at(size).png(size)?);
    }
    let scalable = std::fs::read(sources.join("app.svg"))?;
    files.insert("hicolor/scalable/apps/pachca-status.svg".into(), scalable);
    files.insert("icon.ico".into(), app.windows()?);
    files.insert("icon.icns".into(), app.apple()?);
    Ok(files)
}

/// The app icon in its two levels of detail.
struct App {
    full: Drawing,
    small: Drawing,
}

impl App {
    fn read(sources: &Path) -> anyhow::Result<Self> {
        Ok(Self {
            full: Drawing::read(&sources.join("app.svg"), None)?,
            small: Drawing::read(&sources.join("app-small.svg"), None)?,
        })
    }

    fn at(&self, size: u32) -> &Drawing {
        if size <= SMALL { &self.small } else { &self.full }
    }

    /// The sizes Windows asks for at 100 to 400 %: title bar, task bar, Explorer.
    fn windows(&self) -> anyhow::Result<Vec<u8>> {
        let mut folder = ico::IconDir::new(ico::ResourceType::Icon);
        for size in [16, 20, 24, 32, 40, 48, 64, 256] {
            let Pixels { rgba, .. } = self.at(size).pixels(size, 1.0);
            let picture = ico::IconImage::from_rgba_data(size, size, rgba);
            folder.add_entry(ico::IconDirEntry::encode(&picture)?);
        }
        let mut file = Vec::new();
        folder.write(&mut file)?;
        Ok(file)
    }

    fn apple(&self) -> anyhow::Result<Vec<u8>> {
        use icns::IconType::{
            RGB24_16x16, RGB24_32x32, RGBA32_16x16_2x, RGBA32_32x32_2x, RGBA32_128x128,
            RGBA32_128x128_2x, RGBA32_256x256, RGBA32_256x256_2x, RGBA32_512x512,
            RGBA32_512x512_2x,
        };
        let mut family = icns::IconFamily::new();
        for (kind, size) in [
            (RGB24_16x16, 16),
            (RGBA32_16x16_2x, 32),
            (RGB24_32x32, 32),
            (RGBA32_32x32_2x, 64),
            (RGBA32_128x128, 128),
            (RGBA32_128x128_2x, 256),
            (RGBA32_256x256, 256),
            (RGBA32_256x256_2x, 512),
            (RGBA32_512x512, 512),
            (RGBA32_512x512_2x, 1024),
        ] {
            let Pixels { rgba, .. } = if size <= SMALL {
                self.small.pixels(size, 0.9)
            } else {
                self.full.pixels(size, APPLE_SHARE)
            };
            let picture = icns::Image::from_data(icns::PixelFormat::RGBA, size, size, rgba)?;
            family.add_icon_with_type(&picture, kind)?;
        }
        let mut file = Vec::new();
        family.write(&mut file)?;
        Ok(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../icons/src")
    }

    /// Alpha at 16 px, as a small panel shows it in one colour.
    fn silhouette(state: &str) -> Vec<u8> {
        let [.., template] = &PALETTES;
        let source = sources().join(format!("tray-{state}.svg"));
        let drawing = Drawing::read(&source, Some(&template.style_sheet())).unwrap();
        drawing.pixels(16, 1.0).rgba.chunks(4).map(|pixel| pixel[3]).collect()
    }

    /// Relative luminance (WCAG 2.2) of `#rrggbb`.
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    #[test]
    fn states_are_told_apart_at_16_px_without_colour() {
        let drawn = TRAY_STATES.map(|state| (state, silhouette(state)));
        for (at, (one, left)) in drawn.iter().enumerate() {
            for (other, right) in &drawn[at + 1..] {
                let differing =
                    left.iter().zip(right).filter(|(l, r)| l.abs_diff(**r) > 96).count();
                assert!(differing >= 8, "{one} and {other} differ in {differing} of 256 pixels");
            }
        }
    }

    #[test]
    fn every_state_colour_stands_out_on_its_panel() {
        let [light, dark, _] = &PALETTES;
        for (palette, panel) in [(light, "#e8e8e8"), (dark, "#2b2b2b")] {
            for colour in
                [palette.ink, palette.set, palette.away, palette.sending, palette.attention]
            {
                let (one, other) = (luminance(colour), luminance(panel));
                let contrast = (one.max(other) + 0.05) / (one.min(other) + 0.05);
                assert!(contrast >= 4.5, "{colour} on {panel}: {contrast:.2}");
            }
        }
    }
}

//! The pictures of the tray icon: one for each state and each kind of panel.

use status_core::TrayIcon;

use super::theme::PanelTheme;

/// The six states in one set of colours. PNG in the binary, pixels only while they are handed over.
macro_rules! pictures {
    ($icon:expr, $colours:literal) => {
        match $icon {
            TrayIcon::Clear => {
                include_bytes!(concat!("../../../../icons/tray/clear-", $colours, ".png"))
                    .as_slice()
            }
            TrayIcon::Set => {
                include_bytes!(concat!("../../../../icons/tray/set-", $colours, ".png"))
            }
            TrayIcon::Away => {
                include_bytes!(concat!("../../../../icons/tray/away-", $colours, ".png"))
            }
            TrayIcon::Sending => {
                include_bytes!(concat!("../../../../icons/tray/sending-", $colours, ".png"))
            }
            TrayIcon::Offline => {
                include_bytes!(concat!("../../../../icons/tray/offline-", $colours, ".png"))
            }
            TrayIcon::Attention => {
                include_bytes!(concat!("../../../../icons/tray/attention-", $colours, ".png"))
            }
        }
    };
}

/// The picture for this state on this panel, as D-Bus takes it: pixels from the top left, each as alpha, red, green, blue.
#[cfg(target_os = "linux")]
pub(super) fn pixmap(icon: TrayIcon, panel: PanelTheme) -> Vec<ksni::Icon> {
    match decoded(bytes(icon, panel)) {
        Ok(mut picture) => {
            for pixel in picture.data.chunks_exact_mut(4) {
                pixel.rotate_right(1);
            }
            vec![picture]
        }
        Err(error) => {
            log::error!("a picture of ours cannot be read: {error}");
            Vec::new()
        }
    }
}

/// The pixels of a picture, each as red, green, blue, alpha.
#[cfg(target_os = "linux")]
fn decoded(bytes: &[u8]) -> Result<ksni::Icon, png::DecodingError> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(
        png::Transformations::ALPHA | png::Transformations::normalize_to_color8(),
    );
    let mut reader = decoder.read_info()?;
    let mut data = vec![0; reader.output_buffer_size().unwrap_or_default()];
    let frame = reader.next_frame(&mut data)?;
    let side = |pixels: u32| i32::try_from(pixels).unwrap_or_default();
    Ok(ksni::Icon { width: side(frame.width), height: side(frame.height), data })
}

/// The picture for this state on this panel, as PNG.
#[cfg(target_os = "macos")]
pub fn bytes(icon: TrayIcon, panel: PanelTheme) -> &'static [u8] {
    // A template: the system takes its shape and colours it for whatever is behind the menu bar.
    let PanelTheme::Any = panel;
    pictures!(icon, "template")
}

/// The picture for this state on this panel, as PNG.
#[cfg(not(target_os = "macos"))]
pub fn bytes(icon: TrayIcon, panel: PanelTheme) -> &'static [u8] {
    match panel {
        PanelTheme::Light => pictures!(icon, "light"),
        PanelTheme::Dark => pictures!(icon, "dark"),
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_panel_on_the_bus_gets_alpha_first() {
        let panel = PanelTheme::ALL[0];
        let picture = decoded(bytes(TrayIcon::Away, panel)).unwrap();
        let pixmap = &pixmap(TrayIcon::Away, panel)[0];
        let (rgba, argb) = (picture.data.as_chunks::<4>().0, pixmap.data.as_chunks::<4>().0);
        assert!(rgba.iter().zip(argb).all(|(&[r, g, b, a], argb)| *argb == [a, r, g, b]));
        assert!(rgba.iter().any(|&[.., alpha]| alpha == 0), "what is around it can be seen");
        assert_eq!((rgba.len(), pixmap.width), (argb.len(), 64));
    }

    fn looks(icon: TrayIcon, panel: PanelTheme) -> (i32, i32, Vec<u8>) {
        let icon = pixmap(icon, panel).remove(0);
        (icon.width, icon.height, icon.data)
    }

    #[test]
    fn every_state_has_its_own_picture_on_every_panel() {
        let states = [
            TrayIcon::Clear,
            TrayIcon::Set,
            TrayIcon::Away,
            TrayIcon::Sending,
            TrayIcon::Offline,
            TrayIcon::Attention,
        ];
        let mut seen = std::collections::HashSet::new();
        for panel in PanelTheme::ALL {
            for state in states {
                let (width, height, pixels) = looks(state, panel);
                assert_eq!((width, height), (64, 64), "{state:?} on {panel:?}");
                assert!(seen.insert(pixels), "{state:?} on {panel:?} looks like another");
            }
        }
    }
}

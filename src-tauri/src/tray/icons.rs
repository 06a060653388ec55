//! The pictures of the tray icon: one for each state and each kind of panel.

use status_core::TrayIcon;
use tauri::image::Image;

use super::panel::Panel;

/// The six states in one set of colours. PNG in the binary, pixels only while they are handed over.
macro_rules! pictures {
    ($icon:expr, $colours:literal) => {
        match $icon {
            TrayIcon::Clear => {
                include_bytes!(concat!("../../../icons/tray/clear-", $colours, ".png")).as_slice()
            }
            TrayIcon::Set => include_bytes!(concat!("../../../icons/tray/set-", $colours, ".png")),
            TrayIcon::Away => {
                include_bytes!(concat!("../../../icons/tray/away-", $colours, ".png"))
            }
            TrayIcon::Sending => {
                include_bytes!(concat!("../../../icons/tray/sending-", $colours, ".png"))
            }
            TrayIcon::Offline => {
                include_bytes!(concat!("../../../icons/tray/offline-", $colours, ".png"))
            }
            TrayIcon::Attention => {
                include_bytes!(concat!("../../../icons/tray/attention-", $colours, ".png"))
            }
        }
    };
}

/// The picture for this state on this panel.
pub(super) fn picture(icon: TrayIcon, panel: Panel) -> tauri::Result<Image<'static>> {
    Image::from_bytes(bytes(icon, panel))
}

/// The same as panels on D-Bus take it: pixels from the top left, each as alpha, red, green, blue.
#[cfg(target_os = "linux")]
pub(super) fn pixmap(icon: TrayIcon, panel: Panel) -> Vec<ksni::Icon> {
    let picture = match picture(icon, panel) {
        Ok(picture) => picture,
        Err(error) => {
            log::error!("a picture of ours cannot be read: {error}");
            return Vec::new();
        }
    };
    let mut data = picture.rgba().to_vec();
    for pixel in data.chunks_exact_mut(4) {
        pixel.rotate_right(1);
    }
    let side = |pixels: u32| i32::try_from(pixels).unwrap_or_default();
    vec![ksni::Icon { width: side(picture.width()), height: side(picture.height()), data }]
}

#[cfg(target_os = "macos")]
fn bytes(icon: TrayIcon, panel: Panel) -> &'static [u8] {
    // A template: the system takes its shape and colours it for whatever is behind the menu bar.
    let Panel::Any = panel;
    pictures!(icon, "template")
}

#[cfg(not(target_os = "macos"))]
fn bytes(icon: TrayIcon, panel: Panel) -> &'static [u8] {
    match panel {
        Panel::Light => pictures!(icon, "light"),
        Panel::Dark => pictures!(icon, "dark"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_panel_on_the_bus_gets_alpha_first() {
        let panel = Panel::ALL[0];
        let (picture, pixmap) =
            (picture(TrayIcon::Away, panel).unwrap(), pixmap(TrayIcon::Away, panel));
        let (rgba, argb) = (picture.rgba().as_chunks::<4>().0, pixmap[0].data.as_chunks::<4>().0);
        assert!(rgba.iter().zip(argb).all(|(&[r, g, b, a], argb)| *argb == [a, r, g, b]));
        assert_eq!((rgba.len(), pixmap[0].width), (argb.len(), 64));
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
        for panel in Panel::ALL {
            for state in states {
                let picture = picture(state, panel).unwrap();
                assert_eq!((picture.width(), picture.height()), (64, 64), "{state:?} on {panel:?}");
                assert!(
                    seen.insert(picture.rgba().to_vec()),
                    "{state:?} on {panel:?} looks like another"
                );
            }
        }
    }
}

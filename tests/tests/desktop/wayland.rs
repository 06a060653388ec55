//! The program in a Wayland session.

use pachca_status_tests::{Launch, Setup, TOKEN, as_an_ordinary_person, on_a_desktop};

use crate::desk::turn_to;

#[test]
fn on_wayland_the_window_opens_closes_and_belongs_to_the_desktop_entry() {
    let name = "wayland::on_wayland_the_window_opens_closes_and_belongs_to_the_desktop_entry";
    as_an_ordinary_person(name, || {
        on_a_desktop(Setup::default(), async |desktop| {
            let compositor = desktop.compositor()?;
            let launch = compositor.session(Launch::with_token(TOKEN));
            let (window, clicked) =
                tokio::join!(desktop.launch_with_window(&launch), desktop.tray.activate());
            clicked?;
            let window = window?;
            let windows = compositor.wait_for("the window", |windows| windows.len() == 1).await?;
            assert_eq!(windows[0].title, "Pachca Status");
            // Packages install `pachca-status.desktop`, from which the desktop takes name and icon.
            assert_eq!(windows[0].entry, "pachca-status");
            assert_eq!(desktop.display.windows(), [], "nothing is shown by way of X");
            turn_to(&window, "preferences").await?;
            window.reads("shortcuts-unavailable", "Wayland").await?;

            compositor.close().await?;
            compositor.wait_for("no window", <[_]>::is_empty).await?;
            desktop.tray.set("🚶 Away").await?;
            assert!(desktop.launch(&launch)?.exited().await?.success());
            compositor.wait_for("the window again", |windows| windows.len() == 1).await?;
            desktop.tray.click_item("Quit").await?;
            desktop.tray.wait_gone().await?;
            Ok(())
        });
    });
}

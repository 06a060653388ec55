//! The menu when its lines change places.

use pachca_status_tests::{Menu, Setup, on_a_desktop};

use crate::{
    count,
    desk::{turn_to, with_window},
    request,
};

#[test]
fn presets_that_change_places_under_the_pointer_are_never_mistaken_for_each_other() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = with_window(desktop).await?;
        let place = |menu: &Menu, words| menu.preset(words).map(|line| line.id);
        let before = desktop.tray.wait_until_known().await?;
        assert!(place(&before.menu, "Away") < place(&before.menu, "Lunch"));

        // As many lines as before, of which two have changed places.
        turn_to(&window, "presets").await?;
        window.click("preset-menu-away").await?;
        window.click("preset-menu-down").await?;
        let swapped = |menu: &Menu| place(menu, "Lunch") < place(menu, "Away");
        desktop.tray.wait_for("Lunch is first", |item| swapped(&item.menu)).await?;

        for line in before.menu.lines().into_iter().filter(|line| line.checked.is_some()) {
            let taken = desktop.tray.click_number(line.id).await?;
            assert!(!taken, "«{}» of the older menu is still clicked", line.label);
        }
        // What the person sees now works, and nothing went before it.
        desktop.tray.click_preset("Lunch").await?;
        let put = request(desktop, "PUT", "/profile/status").await?;
        assert_eq!(put.json().expect("JSON")["status"]["title"], "Lunch");
        desktop.tray.wait_for("Lunch is set", |item| item.is_set("🍔 Lunch")).await?;
        assert_eq!(count(desktop, "PUT", "/profile/status"), 1);
        Ok(())
    });
}

//! What strangers write is only ever words, and however much there is of it, it fits.

use anyhow::Result;
use pachca_sandbox::Status;
use pachca_status_tests::{Setup, Window, on_a_desktop};
use serde_json::json;

use crate::desk::{PAGES, earlier_settings, turn_to, with_window};

/// Whatever the window's own policy refuses from now on is written down.
async fn watch_policy(window: &Window) -> Result<()> {
    const LISTEN: &str = "
        window.__violations = [];
        document.addEventListener('securitypolicyviolation', (event) => {
            window.__violations.push(`${event.violatedDirective}: ${event.blockedURI} at ${event.sourceFile}`);
        });";
    window.run(LISTEN, vec![]).await.map(drop)
}

#[test]
fn not_even_the_first_load_does_anything_the_windows_policy_forbids() {
    // Nobody can listen before the first load: all of it is loaded once more, with somebody listening.
    const AGAIN: &str = "
        const done = arguments[0];
        const load = async () => {
            const markup = await (await fetch('/index.html')).text();
            const inline = markup.match(/<style|<script(?![^>]*src=)|\\sstyle=|\\son\\w+=/g) ?? [];
            delete document.documentElement.dataset.ready;
            const styles = [...document.querySelectorAll('link[rel=stylesheet]')].map((link) => new Promise((loaded, failed) => {
                const again = link.cloneNode();
                again.href += '?again';
                again.onload = loaded;
                again.onerror = failed;
                document.head.append(again);
            }));
            await Promise.all(styles);
            await Promise.all([...document.scripts].filter((script) => script.src).map((script) => import(`${script.src}?again`)));
            return [styles.length, document.scripts.length, inline];
        };
        load().then(done, (error) => done(String(error)));";
    on_a_desktop(Setup::default(), async |desktop| {
        let window = with_window(desktop).await?;
        watch_policy(&window).await?;
        let loaded = window.client().execute_async(AGAIN, vec![]).await?;
        assert_eq!(loaded, json!([1, 1, []]));
        let drawn = "return document.documentElement.dataset.ready === 'true';";
        window.when("the window is drawn again", drawn, &[]).await?;
        turn_to(&window, "status").await?;
        assert_eq!(window.run("return window.__violations;", vec![]).await?, json!([]));
        Ok(())
    });
}

#[test]
fn no_page_picker_or_dialog_does_anything_the_windows_policy_forbids() {
    on_a_desktop(Setup::default(), async |desktop| {
        let picture = desktop.home().join("portrait.png");
        std::fs::write(&picture, include_bytes!("../../../icons/128x128.png"))?;

        let window = with_window(desktop).await?;
        watch_policy(&window).await?;
        for language in ["ru", "en"] {
            turn_to(&window, "preferences").await?;
            window.find("language").await?.select_by_value(language).await?;
            let drawn = "return document.documentElement.lang === parameters[0];";
            window.when(&format!("the window speaks {language}"), drawn, &[language]).await?;
            for page in PAGES {
                turn_to(&window, page).await?;
            }
            turn_to(&window, "status").await?;
            window.click("emoji-button").await?;
            let filled = "return document.querySelector('emoji-picker')?.shadowRoot.querySelector('[role=menuitem]') instanceof Element;";
            window.when("the picker is filled", filled, &[]).await?;
        }
        turn_to(&window, "profile").await?;
        window.click("choose-picture").await?;
        desktop.choose_in_dialog(&picture).await?;
        window.sees("avatar-dialog").await?;
        window.sees("crop-preview-round").await?;
        assert_eq!(window.run("return window.__violations;", vec![]).await?, json!([]));

        // The listener hears: a style in markup is what the policy forbids.
        window.run("document.body.setAttribute('style', 'margin: 1px');", vec![]).await?;
        window.when("a violation is heard", "return window.__violations.length > 0;", &[]).await?;
        Ok(())
    });
}

#[test]
fn markup_in_names_runs_nothing_and_a_lot_of_everything_fits_into_the_smallest_window() {
    on_a_desktop(Setup::default(), async |desktop| {
        const MARKUP: &str = "<img src=x onerror=\"window.__pwned = true\">";
        let presets = (0..100)
            .map(|number| {
                let title = match number {
                    0 => MARKUP.to_owned(),
                    1 => "🎉".repeat(50),
                    2 => "اجتماع مهم جدا حتى المساء".to_owned(),
                    _ => format!("{number} {}", "w".repeat(46)),
                };
                json!({
                    "id": format!("own-{number}"), "emoji": "🎉", "title": title,
                    "expiry": { "kind": "minutes", "minutes": 30 }, "is_away": true,
                    "away_message": MARKUP, "in_tray": true,
                })
            })
            .collect::<Vec<_>>();
        let settings = json!({ "window_size": [640, 480], "close_notice_seen": true });
        earlier_settings(
            desktop,
            &json!({ "version": 1, "settings": settings, "presets": presets }),
        )?;
        let field =
            |id: u32| json!({ "id": id, "name": format!("{MARKUP} {id}"), "data_type": "string" });
        let fields = (1..=40).map(field).collect::<Vec<_>>();
        let filled = fields.iter().cloned().map(|mut field| {
            field["value"] = json!("x".repeat(300));
            field
        });
        desktop.sandbox().set_profile_json(&json!({
            "first_name": MARKUP, "last_name": "שלום", "title": MARKUP, "department": "w".repeat(200),
            "list_tags": [MARKUP, "t".repeat(120)], "custom_properties": filled.collect::<Vec<_>>(),
        }));
        desktop.sandbox().set_custom_properties(fields.into());
        desktop.sandbox().set_status(Status::new("🎉", "🎉".repeat(50)));

        let window = with_window(desktop).await?;
        watch_policy(&window).await?;
        for page in PAGES {
            turn_to(&window, page).await?;
            let size = window
                .run(
                    "const main = document.querySelector('main');
                    return { inner: [innerWidth, innerHeight], page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
                        main: main.scrollWidth - main.clientWidth, ran: window.__pwned === true,
                        made: document.querySelectorAll('img[onerror], [onerror]').length, refused: window.__violations };",
                    vec![],
                )
                .await?;
            let fits = json!({
                "inner": [640, 480], "page": 0, "main": 0, "ran": false, "made": 0, "refused": [],
            });
            assert_eq!(size, fits, "{page}");
        }
        turn_to(&window, "presets").await?;
        window.reads("preset-row-own-0", MARKUP).await?;
        window.reads("preset-row-own-99", "99 www").await?;
        turn_to(&window, "profile").await?;
        window.reads("profile-title", MARKUP).await?;
        window.reads("custom-field-40", "xxx").await?;
        Ok(())
    });
}

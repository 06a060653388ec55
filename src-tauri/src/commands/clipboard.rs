//! Pictures on the clipboard. WebKit on Linux hands a page neither the pictures nor the files that other programs have
//! copied; the other web views do it themselves.

use std::path::PathBuf;

use tauri::AppHandle;

/// A picture, as another program has copied it.
#[cfg_attr(
    not(target_os = "linux"),
    expect(dead_code, reason = "the page gets it from the web view")
)]
pub(super) enum Copied {
    /// The picture itself.
    Picture(Vec<u8>),
    /// A file, copied in a file manager.
    File(PathBuf),
}

/// What is on the clipboard, when it can be a picture.
#[cfg(target_os = "linux")]
pub(super) async fn picture(app: &AppHandle) -> Option<Copied> {
    let (answer, copied) = tokio::sync::oneshot::channel();
    app.run_on_main_thread(move || {
        let clipboard = gtk::Clipboard::get(&gtk::gdk::SELECTION_CLIPBOARD);
        linux::ask(&clipboard, answer);
    })
    .ok()?;
    copied.await.ok().flatten()
}

/// Nothing: the page has got it from the web view.
#[cfg(not(target_os = "linux"))]
pub(super) async fn picture(_app: &AppHandle) -> Option<Copied> {
    None
}

#[cfg(target_os = "linux")]
mod linux {
    use gtk::gdk::Atom;
    use tauri::Url;
    use tokio::sync::oneshot::Sender;

    use super::Copied;

    const FILES: &str = "text/uri-list";

    /// What can be a picture, best first.
    const KINDS: [&str; 6] =
        ["image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp", FILES];

    /// Asks what there is, and then for the best of it. Nobody waits: the answer comes when the other program has
    /// given it.
    pub(super) fn ask(clipboard: &gtk::Clipboard, answer: Sender<Option<Copied>>) {
        clipboard.request_contents(&Atom::intern("TARGETS"), move |clipboard, content| {
            let offered = content.targets().unwrap_or_default();
            let offered = |kind: &&&str| offered.iter().any(|atom| atom.name() == **kind);
            let Some(kind) = KINDS.iter().find(offered) else {
                // Nobody waits any more only when the app ends.
                let _ = answer.send(None);
                return;
            };
            clipboard.request_contents(&Atom::intern(kind), move |_, content| {
                // A length below zero is how GTK says that there is none.
                let bytes = if content.length() > 0 { content.data() } else { Vec::new() };
                let _ = answer.send(copied(kind, bytes));
            });
        });
    }

    fn copied(kind: &str, bytes: Vec<u8>) -> Option<Copied> {
        match kind {
            _ if bytes.is_empty() => None,
            FILES => file(&String::from_utf8(bytes).ok()?).map(Copied::File),
            _ => Some(Copied::Picture(bytes)),
        }
    }

    /// The first file of a list of addresses; lines with `#` are remarks.
    fn file(list: &str) -> Option<std::path::PathBuf> {
        let address = list.lines().find(|line| !line.starts_with('#'))?;
        Url::parse(address.trim()).ok().filter(|url| url.scheme() == "file")?.to_file_path().ok()
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_first_local_file_of_a_list_is_taken() {
            let path = |list| file(list).map(|path| path.display().to_string());
            assert_eq!(path("file:///home/a/%D1%84%20.png\r\n"), Some("/home/a/ф .png".to_owned()));
            assert_eq!(path("# remark\r\nfile:///b.png\nfile:///c.png"), Some("/b.png".to_owned()));
            assert_eq!(path("https://example.com/a.png"), None);
            assert_eq!(path(""), None);
        }
    }
}

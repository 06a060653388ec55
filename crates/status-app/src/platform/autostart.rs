//! Starting at login, hidden, in each system's own way.

/// Turns it on or off. Errors in the system's own words.
pub(crate) fn set(on: bool) -> Result<(), String> {
    system::set(on)
}

/// The program that starts at the next login.
#[cfg(target_os = "linux")]
pub(crate) fn program() -> Result<std::path::PathBuf, String> {
    system::program()
}

#[cfg(target_os = "linux")]
mod system {
    use std::{
        fs, io,
        path::{Path, PathBuf},
    };

    /// The autostart folder's file, as the XDG autostart specification has it.
    const FILE: &str = "dev.pachca-status.desktop.desktop";

    pub(super) fn set(on: bool) -> Result<(), String> {
        let folder = folder().ok_or("there is no home folder")?;
        let changed = if on { write(&folder, &program()?) } else { remove(&folder) };
        changed.map_err(|error| format!("{}: {error}", folder.join(FILE).display()))
    }

    fn folder() -> Option<PathBuf> {
        let config = std::env::var_os("XDG_CONFIG_HOME")
            .map(PathBuf::from)
            .filter(|path| path.is_absolute());
        Some(config.or_else(|| Some(std::env::home_dir()?.join(".config")))?.join("autostart"))
    }

    /// The program as the person started it: an `AppImage` runs from a folder that is gone at the next login.
    pub(super) fn program() -> Result<PathBuf, String> {
        match crate::platform::appimage::file() {
            Some(image) => Ok(image),
            None => std::env::current_exe().map(installed).map_err(|error| error.to_string()),
        }
    }

    /// The same place after an upgrade: the kernel marks the path of a program whose file has been replaced meanwhile.
    fn installed(program: PathBuf) -> PathBuf {
        match program.to_str().and_then(|path| path.strip_suffix(" (deleted)")) {
            Some(path) => path.into(),
            None => program,
        }
    }

    fn write(folder: &Path, program: &Path) -> io::Result<()> {
        let entry = entry(program)
            .ok_or_else(|| io::Error::other("the program's path cannot be written there"))?;
        fs::create_dir_all(folder)?;
        // Beside it first, then renamed: a login in between finds the old entry or the new one.
        let fresh = folder.join(format!(".{FILE}.new"));
        fs::write(&fresh, entry)?;
        fs::rename(fresh, folder.join(FILE))
    }

    fn remove(folder: &Path) -> io::Result<()> {
        match fs::remove_file(folder.join(FILE)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// The desktop entry; `None` for a path that such a file cannot hold.
    fn entry(program: &Path) -> Option<String> {
        let program = quoted(program.to_str()?)?;
        Some(format!(
            "[Desktop Entry]\n\
             Type=Application\n\
             Name=Pachca Status\n\
             Name[ru]=Статус для Пачки\n\
             Exec={program} --hidden\n\
             Icon=pachca-status\n\
             Terminal=false\n\
             X-GNOME-Autostart-enabled=true\n"
        ))
    }

    /// Quotes an argument of `Exec` twice over: once for the argument, once for the string it stands in.
    fn quoted(argument: &str) -> Option<String> {
        if argument.contains(['\n', '\r']) {
            return None;
        }
        let mut quoted = String::from('"');
        for character in argument.chars() {
            match character {
                '\\' => quoted.push_str(r"\\\\"),
                '"' | '`' | '$' => quoted.extend([r"\\", character.encode_utf8(&mut [0; 4])]),
                '%' => quoted.push_str("%%"),
                _ => quoted.push(character),
            }
        }
        quoted.push('"');
        Some(quoted)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn turned_on_it_starts_hidden_and_turned_off_it_is_gone() {
            let folder = tempfile::tempdir().unwrap();
            let autostart = folder.path().join("autostart");
            write(&autostart, Path::new("/opt/my apps/pachca-status")).unwrap();
            let entry = fs::read_to_string(autostart.join(FILE)).unwrap();
            assert!(entry.contains("\nExec=\"/opt/my apps/pachca-status\" --hidden\n"), "{entry}");
            assert_eq!(fs::read_dir(&autostart).unwrap().count(), 1, "nothing else is left");
            remove(&autostart).unwrap();
            assert!(!autostart.join(FILE).exists());
            remove(&autostart).unwrap();
        }

        #[test]
        fn after_an_upgrade_the_new_program_is_started_at_login() {
            let path = |path: &str| installed(PathBuf::from(path));
            assert_eq!(
                path("/usr/bin/pachca-status (deleted)"),
                Path::new("/usr/bin/pachca-status")
            );
            assert_eq!(path("/usr/bin/pachca-status"), Path::new("/usr/bin/pachca-status"));
        }

        #[test]
        fn a_path_with_signs_of_its_own_stays_one_argument() {
            assert_eq!(quoted(r#"/a "b" $c 100%\d"#).unwrap(), r#""/a \\"b\\" \\$c 100%%\\\\d""#);
            assert_eq!(quoted("/a\nExec=evil"), None);
        }
    }
}

#[cfg(windows)]
mod system {
    use windows_registry::CURRENT_USER;

    /// Below it are the programs that start at login.
    const KEY: &str = r"Software\Microsoft\Windows\CurrentVersion";
    const NAME: &str = "Pachca Status";

    pub(super) fn set(on: bool) -> Result<(), String> {
        set_below(KEY, on)
    }

    fn set_below(key: &str, on: bool) -> Result<(), String> {
        let run = CURRENT_USER.create(format!(r"{key}\Run")).map_err(|error| error.to_string())?;
        // Where the Task Manager notes what the person turned off there. Turned on here after it was turned off there:
        // this is the newer word. Usually there is none.
        let approved = format!(r"{key}\Explorer\StartupApproved\Run");
        if let Ok(approved) = CURRENT_USER.options().read().write().open(approved) {
            let _ = approved.remove_value(NAME);
        }
        if on {
            let program = std::env::current_exe().map_err(|error| error.to_string())?;
            // A path cannot hold a quotation mark on Windows.
            return run
                .set_string(NAME, format!("\"{}\" --hidden", program.display()))
                .map_err(|error| error.to_string());
        }
        match run.get_string(NAME) {
            Ok(_) => run.remove_value(NAME).map_err(|error| error.to_string()),
            Err(_) => Ok(()),
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn turned_on_it_is_started_hidden_whatever_the_task_manager_noted() {
            let key = format!(r"Software\Pachca Status tests\{}", std::process::id());
            let noted =
                CURRENT_USER.create(format!(r"{key}\Explorer\StartupApproved\Run")).unwrap();
            noted.set_string(NAME, "turned off").unwrap();
            set_below(&key, true).unwrap();
            let run = CURRENT_USER.create(format!(r"{key}\Run")).unwrap();
            let program = std::env::current_exe().unwrap();
            let expected = format!("\"{}\" --hidden", program.display());
            assert_eq!(run.get_string(NAME).unwrap(), expected);
            assert!(noted.get_string(NAME).is_err(), "the newer word counts");
            set_below(&key, false).unwrap();
            assert!(run.get_string(NAME).is_err());
            set_below(&key, false).unwrap();
            CURRENT_USER.remove_tree(&key).unwrap();
        }
    }
}

#[cfg(target_os = "macos")]
mod system {
    use smappservice_rs::{AppService, ServiceStatus, ServiceType};

    /// A login item of the app itself (macOS 13): the system shows it under the app's own name.
    pub(super) fn set(on: bool) -> Result<(), String> {
        let app = AppService::new(ServiceType::MainApp);
        let registered = app.status() == ServiceStatus::Enabled;
        match (on, registered) {
            (true, false) => app.register().map_err(|error| error.to_string()),
            (false, true) => app.unregister().map_err(|error| error.to_string()),
            _ => Ok(()),
        }
    }
}

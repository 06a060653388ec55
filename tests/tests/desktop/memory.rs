//! The memory of the running program, and whoever wants to look into it.

use std::{
    fs,
    io::{ErrorKind, Read as _, Write as _},
    process::Stdio,
};

use anyhow::{Context as _, Result};
use pachca_status_tests::{
    Launch, Setup, TOKEN, as_an_ordinary_person, debugger_says, memory_holds, on_a_desktop,
};

/// The one program that this one has started.
fn child(pid: u32) -> Result<u32> {
    let threads = fs::read_dir(format!("/proc/{pid}/task"))?.flatten();
    let children = threads.filter_map(|it| fs::read_to_string(it.path().join("children")).ok());
    let children = children.collect::<String>();
    children.trim().parse().with_context(|| format!("one child: {children:?}"))
}

#[test]
fn another_program_of_the_same_person_reads_neither_memory_nor_environment() {
    let name = "memory::another_program_of_the_same_person_reads_neither_memory_nor_environment";
    as_an_ordinary_person(name, || {
        on_a_desktop(Setup::default(), async |desktop| {
            // A debug build is open otherwise.
            let launch = Launch::with_token(TOKEN).variable("PACHCA_CLOSED", "1");
            let app = desktop.launch(&launch)?;
            desktop.tray.set("🚶 Away").await?;

            // A token that is pasted passes through the program of the window.
            desktop.tray.activate().await?;
            desktop.display.window().await?;
            let window = child(app.pid())?;

            for pid in [app.pid(), window] {
                let refused = memory_holds(pid, TOKEN).map_err(|error| error.kind());
                assert_eq!(refused, Err(ErrorKind::PermissionDenied), "its memory can be read");
                for file in ["mem", "environ", "maps", "auxv"] {
                    let refused = fs::read(format!("/proc/{pid}/{file}"));
                    let refused = refused.map(drop).map_err(|error| error.kind());
                    assert_eq!(refused, Err(ErrorKind::PermissionDenied), "{file} can be read");
                }
                let said = debugger_says(pid)?;
                assert!(said.contains("Operation not permitted"), "the debugger says: {said}");
            }

            // The same look finds the same token in a program that does not guard itself.
            let mut open = desktop.command("cat");
            open.env("TOKEN", TOKEN).stdin(Stdio::piped()).stdout(Stdio::piped());
            let mut open = open.spawn()?;
            open.stdin.as_mut().context("piped")?.write_all(b"!")?;
            open.stdout.as_mut().context("piped")?.read_exact(&mut [0])?;
            let found = memory_holds(open.id(), TOKEN);
            let said = debugger_says(open.id());
            open.kill()?;
            open.wait()?;
            assert!(found.context("a program that is open can be read")?, "the token is there");
            assert!(said?.contains("attached"), "a debugger gets hold of a program that is open");
            Ok(())
        });
    });
}

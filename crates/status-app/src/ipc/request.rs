//! Requests of the window. `commands.rs` says what there is; each request is parsed, handed to the engine, and answered.
//!
//! Nothing here knows where the window is: in this process or in another.

use std::{future::ready, path::PathBuf, pin::Pin};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use status_core::{
    Cause, Command, Draft, DraftPreview, Extension, Notice, Outcome, Page, Preset, PresetId,
    Recent, Resolution, SettingsPatch, Snapshot,
};
use status_runtime::{
    AvatarView, Crop, Diagnostics, Engine, ErrorCode, ImportReport, IpcError, PictureView,
    ProfileView, ServerCheck, TokenView, Words,
};

#[cfg(all(test, feature = "bindings"))]
use status_runtime::UpdatesView;

use crate::{
    context::Context,
    event::ShellEvent,
    platform::{browser, shortcuts},
};

/// A reply as JSON, or an error as the page gets it.
pub type Reply = Result<String, Value>;

type Replying = Pin<Box<dyn Future<Output = Result<String, IpcError>> + Send>>;

/// A reply of the window's own, as the page gets it.
pub fn reply<T: Serialize>(result: Result<T, IpcError>) -> Reply {
    match result {
        Ok(reply) => Ok(serde_json::to_string(&reply).expect("plain data")),
        Err(error) => Err(refusal(&error)),
    }
}

/// An error as the page gets it.
pub fn refusal(error: &IpcError) -> Value {
    serde_json::to_value(error).expect("plain data")
}

impl Context {
    /// Answers a request. What is only sent to the engine has been sent when this returns, so that requests keep their
    /// order; what has to be waited for is the rest.
    ///
    /// `body` is a picture, for the one request that brings one: as JSON its bytes would be four times as long.
    pub fn answer(
        &self,
        command: &str,
        arguments: Value,
        body: Vec<u8>,
    ) -> impl Future<Output = Reply> + Send + use<> {
        let replying = Request::parse(command, arguments)
            .map_err(|error| Value::from(format!("{command}: {error}")))
            .map(|request| request.perform(self, body));
        async move { replying?.await.map_err(|error| refusal(&error)) }
    }

    /// Hands a command to the engine, and waits for the first word about it: refused, or queued, or done.
    fn command(&self, command: Command) -> impl Future<Output = Result<(), IpcError>> + use<> {
        let (engine, mut outcomes) =
            (self.engine.clone(), self.engine.command(command, Cause::Person));
        async move {
            let words = Words::new(engine.snapshot().lang);
            accepted(outcomes.first().await?, words)
        }
    }
}

/// An outcome as an error, if it is one.
fn accepted(outcome: Outcome, words: Words) -> Result<(), IpcError> {
    Err(match outcome {
        Outcome::Invalid(invalid) => {
            let faults = invalid.into_iter().map(|invalid| words.fault(&invalid.into()));
            IpcError::with_detail(ErrorCode::StatusInvalid, faults.collect::<Vec<_>>().join(" "))
        }
        Outcome::PresetInvalid(fault) => {
            IpcError::with_detail(ErrorCode::PresetInvalid, words.fault(&fault))
        }
        Outcome::NoSuchPreset | Outcome::NothingToDo => ErrorCode::NothingThere.into(),
        Outcome::Full => ErrorCode::PresetsFull.into(),
        Outcome::NotConnected => ErrorCode::NotConnected.into(),
        Outcome::Refused(failure) => failure.into(),
        _ => return Ok(()),
    })
}

fn resolution(ours: bool) -> Resolution {
    if ours { Resolution::Ours } else { Resolution::Theirs }
}

fn json<T: Serialize>(
    reply: impl Future<Output = Result<T, IpcError>> + Send + 'static,
) -> Replying {
    Box::pin(async move { Ok(serde_json::to_string(&reply.await?).expect("plain data")) })
}

macro_rules! window_commands {
    (
        |$app:ident, $engine:ident, $body:ident|
        page { $($name:ident($($arg:ident: $type:ty),*) -> $reply:ty $perform:block)* }
        window { $($own:ident() -> $own_reply:ty;)* }
        private { $($private:ident($($path:ident: $path_type:ty),*) -> $private_reply:ty $do:block)* }
    ) => {
        /// A request to the app, by the names the page has for it.
        #[derive(Deserialize)]
        #[serde(
            tag = "command",
            content = "arguments",
            rename_all = "snake_case",
            rename_all_fields = "camelCase"
        )]
        enum Request {
            $($name { $($arg: $type),* },)*
            $($private { $($path: $path_type),* },)*
        }

        /// What the window does itself.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum WindowCommand { $($own),* }

        impl WindowCommand {
            /// The command of this name, if it is one of the window's own.
            pub fn named(name: &str) -> Option<Self> {
                let own = [$((stringify!($own), Self::$own)),*];
                own.into_iter().find(|(own, _)| snake(own) == name).map(|(_, command)| command)
            }
        }

        impl Request {
            #[allow(unused_variables, reason = "not every command needs everything")]
            fn perform(self, $app: &Context, $body: Vec<u8>) -> Replying {
                let $engine = $app.engine.clone();
                match self {
                    $(Self::$name { $($arg),* } => json::<$reply>($perform),)*
                    $(Self::$private { $($path),* } => json::<$private_reply>($do),)*
                }
            }
        }

        /// Every command the page may call, by the name Tauri knows.
        pub fn commands() -> Vec<String> {
            [$(stringify!($name),)* $(stringify!($own)),*].map(snake).to_vec()
        }

        #[cfg(all(test, feature = "bindings"))]
        fn described(config: &ts_rs::Config) -> Vec<bindings::Described> {
            use bindings::Described;
            vec![
                $(Described::new::<$reply>(config, stringify!($name))
                    $(.with::<$type>(config, stringify!($arg)))*,)*
                $(Described::new::<$own_reply>(config, stringify!($own)),)*
            ]
        }
    };
}

include!("commands.rs");

impl Request {
    fn parse(command: &str, arguments: Value) -> Result<Self, serde_json::Error> {
        let parts = [("command".to_owned(), command.into()), ("arguments".to_owned(), arguments)];
        Self::deserialize(Value::from_iter(parts))
    }
}

/// `SetStatus` → `set_status`.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// The page's side of the same list.
#[cfg(all(test, feature = "bindings"))]
mod bindings {
    use std::{any::TypeId, collections::BTreeSet, fmt::Write as _};

    use ts_rs::{Config, TS, TypeVisitor};

    use super::{described, snake};

    /// This one's argument is a picture, not JSON.
    const WITH_BODY: &str = "LoadPicture";

    pub(super) struct Described {
        name: &'static str,
        arguments: Vec<(String, String)>,
        reply: String,
        types: BTreeSet<String>,
    }

    /// Collects the exported types that a type is made of.
    struct Names<'a>(&'a Config, BTreeSet<String>);

    impl TypeVisitor for Names<'_> {
        fn visit<T: TS + 'static + ?Sized>(&mut self) {
            if T::output_path().is_some() {
                self.1.insert(T::ident(self.0));
            } else if TypeId::of::<T>() != TypeId::of::<()>() {
                T::visit_generics(self);
            }
        }
    }

    fn names<T: TS + 'static>(config: &Config) -> BTreeSet<String> {
        let mut names = Names(config, BTreeSet::new());
        names.visit::<T>();
        names.1
    }

    impl Described {
        pub(super) fn new<T: TS + 'static>(config: &Config, name: &'static str) -> Self {
            let reply = T::name(config);
            Self { name, arguments: Vec::new(), reply, types: names::<T>(config) }
        }

        pub(super) fn with<T: TS + 'static>(mut self, config: &Config, argument: &str) -> Self {
            self.arguments.push((lower_camel(argument), T::name(config)));
            self.types.extend(names::<T>(config));
            self
        }
    }

    fn lower_camel(name: &str) -> String {
        let name = snake(name);
        let mut words = name.split('_');
        let first = words.next().unwrap_or_default().to_owned();
        words.fold(first, |camel, word| camel + &word[..1].to_ascii_uppercase() + &word[1..])
    }

    #[test]
    fn export_bindings_commands() {
        let config = Config::from_env();
        let commands = described(&config);
        let types: BTreeSet<_> = commands.iter().flat_map(|command| &command.types).collect();
        let note = "// Written from crates/status-app/src/ipc/commands.rs. Do not edit this file manually.\n";
        let (mut calls, mut table) = (note.to_owned(), note.to_owned());
        for name in types {
            writeln!(calls, "import type {{ {name} }} from \"./{name}\";").unwrap();
        }
        calls.push_str("\n/** Every command of the window, as the page calls it. Calls reject with an `IpcError`. */\n");
        calls.push_str("export type Commands = {\n");
        table.push_str("\n/** How the page's name for a command becomes Tauri's: its name, then the names of its arguments. */\n");
        table.push_str("export const COMMANDS = {\n");
        for command in &commands {
            let (method, name) = (lower_camel(command.name), snake(command.name));
            let (mut parameters, mut entry) = (Vec::new(), vec![format!("'{name}'")]);
            if command.name == WITH_BODY {
                parameters.push("body: Uint8Array".to_owned());
                entry.push("''".to_owned());
            }
            for (argument, of) in &command.arguments {
                parameters.push(format!("{argument}: {of}"));
                entry.push(format!("'{argument}'"));
            }
            let parameters = parameters.join(", ");
            writeln!(calls, "  {method}: ({parameters}) => Promise<{}>;", command.reply).unwrap();
            writeln!(table, "  {method}: [{}],", entry.join(", ")).unwrap();
        }
        calls.push_str("};\n");
        table.push_str("};\n");
        let folder = config.out_dir();
        std::fs::create_dir_all(folder).unwrap();
        std::fs::write(folder.join("Commands.ts"), calls).unwrap();
        std::fs::write(folder.join("command-table.js"), table).unwrap();
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn requests_are_called_what_the_page_calls_them() {
        let parsed = Request::parse("clear_status", json!({}));
        assert!(matches!(parsed, Ok(Request::ClearStatus {})));
        let connect = Request::parse("connect", json!({ "token": "t", "sessionOnly": true }));
        assert!(matches!(connect, Ok(Request::Connect { session_only: true, .. })));
    }

    #[test]
    fn what_cannot_be_parsed_is_named() {
        let names = |command, arguments, what| {
            Request::parse(command, arguments).is_err_and(|error| error.to_string().contains(what))
        };
        assert!(names("nonsense", json!({}), "nonsense"));
        assert!(names("extend", json!({ "extension": "never" }), "never"));
        assert!(names("extend", json!({}), "extension"));
    }

    #[test]
    fn a_file_is_named_by_the_window_only() {
        let commands = commands();
        for private in ["open_picture", "import_from", "export_to"] {
            assert!(!commands.iter().any(|command| command == private), "{private}");
        }
        assert_eq!(commands.len(), 49);
    }

    #[test]
    fn the_windows_own_commands_are_found_by_their_names() {
        assert_eq!(WindowCommand::named("choose_picture"), Some(WindowCommand::ChoosePicture));
        assert_eq!(WindowCommand::named("snapshot"), None);
        assert_eq!(WindowCommand::named("ChoosePicture"), None);
    }
}

//! What the window asks for and waits for: the methods of [`Engine`](crate::Engine) that are more than a command.

mod avatar;
mod connect;
mod diagnostics;
mod links;
mod pictures;
mod presets;
mod profile;
mod settings;

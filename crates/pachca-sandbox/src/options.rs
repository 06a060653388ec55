//! How a sandbox starts.

use std::time::Duration;

/// The token for demonstrations. It opens nothing but a sandbox.
pub const DEMO_TOKEN: &str = "sandbox-token-0000000000000000000000000000";

/// Where the API begins on the sandbox's own address, as on the real server.
pub const API_PREFIX: &str = "/api/shared/v1";

/// Every scope the eight operations ask for.
pub const SCOPES: [&str; 5] = [
    "profile:read",
    "profile_status:read",
    "profile_status:write",
    "profile_avatar:write",
    "custom_properties:read",
];

/// How a sandbox starts. Everything but the port can be changed while it runs.
#[derive(Clone, Debug)]
pub struct SandboxOptions {
    /// TCP port on 127.0.0.1; 0 lets the system choose a free one.
    pub port: u16,
    /// The token of the first person. [`DEMO_TOKEN`] by default.
    pub token: String,
    pub scopes: Vec<String>,
    /// A person without department, tags, custom fields and picture, with empty names where the API allows it.
    pub empty: bool,
    /// How long a status is still returned after its `expires_at`; 60 s by default.
    pub linger: Duration,
    /// `PUT /profile/status` keeps optional fields that the request omits instead of clearing them.
    pub merge: bool,
    /// Requests per second and token before 429; 50 by default, as documented by the vendor. 0 switches it off.
    pub rate_limit: u32,
    /// Largest picture accepted, in bytes; 10 MiB by default.
    pub avatar_limit: usize,
    /// Write one line per request to standard error.
    pub verbose: bool,
}

impl Default for SandboxOptions {
    fn default() -> Self {
        Self {
            port: 0,
            token: DEMO_TOKEN.to_owned(),
            scopes: SCOPES.map(str::to_owned).to_vec(),
            empty: false,
            linger: Duration::from_mins(1),
            merge: false,
            rate_limit: 50,
            avatar_limit: 10 * 1024 * 1024,
            verbose: false,
        }
    }
}

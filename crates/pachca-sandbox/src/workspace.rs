//! What the workspace knows: people, tokens, custom fields, pictures.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard};
use std::time::Instant;

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde_json::Value;
use tokio::sync::watch;

use crate::demo;
use crate::fault::Fault;
use crate::options::SandboxOptions;
use crate::record::RecordedRequest;
use crate::status::{Status, StatusUpdate};

/// What a person of the sandbox looks like from outside, at one moment.
#[derive(Clone, Debug, Serialize)]
pub struct SandboxState {
    /// The status as the API would return it now, one past its end but still lingering included.
    pub status: Option<Status>,
    /// `data` of `GET /profile`.
    pub profile: Value,
    pub avatar: Option<Avatar>,
    pub uploads: u64,
    /// Every token of the sandbox, whoever's it is.
    pub tokens: Vec<TokenState>,
    /// `data` of `GET /custom_properties?entity_type=User`.
    pub custom_properties: Value,
    /// The sandbox's clock, as its answers tell it.
    pub now: Timestamp,
    pub faults: Vec<Fault>,
}

/// A picture as it was uploaded.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Avatar {
    pub url: String,
    pub file_name: String,
    pub content_type: String,
    /// What its first bytes say it is: `image/png`, `image/jpeg`, `image/webp` or `image/gif`.
    pub detected_type: String,
    /// The picture itself; not part of the JSON.
    #[serde(skip)]
    pub bytes: Bytes,
    /// The part's own headers, names in lower case.
    pub headers: Vec<(String, String)>,
}

/// A token as the workspace keeps it.
#[derive(Clone, Debug, Serialize)]
pub struct TokenState {
    pub id: u64,
    pub token: String,
    pub name: Option<String>,
    pub user_id: u64,
    pub scopes: Vec<String>,
    pub created_at: Timestamp,
    /// When it was last used; moves at most once an hour.
    pub last_used_at: Option<Timestamp>,
    /// Whether it still opens anything.
    pub revoked: bool,
    /// Requests of the last second, for the rate limit.
    #[serde(skip)]
    pub(crate) recent: VecDeque<Instant>,
}

#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) id: u64,
    /// `data` of `GET /profile` without what is computed (`user_status`, `image_url`).
    pub(crate) profile: Value,
    status: Option<Status>,
    pub(crate) avatar: Option<Avatar>,
    pub(crate) uploads: u64,
}

/// How many pictures are kept that were uploaded, unless more are shown.
const FILES_KEPT: usize = 16;

/// Everything behind the lock.
#[derive(Debug)]
pub(crate) struct Workspace {
    pub(crate) people: Vec<Person>,
    pub(crate) tokens: Vec<TokenState>,
    pub(crate) user_properties: Value,
    pub(crate) task_properties: Value,
    /// Pictures, the oldest first. Those that are no longer anybody's stay for a while, as on a real file store.
    files: VecDeque<Avatar>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) requests: Vec<RecordedRequest>,
    pub(crate) arrived: u64,
    pub(crate) paid: bool,
    pub(crate) options: SandboxOptions,
    /// How far the sandbox's clock is ahead of the machine's.
    pub(crate) clock: SignedDuration,
    pub(crate) origin: String,
    files_made: u64,
}

impl Workspace {
    pub(crate) fn new(options: &SandboxOptions, origin: String) -> Self {
        let mut workspace = Self {
            people: Vec::new(),
            tokens: Vec::new(),
            user_properties: demo::user_properties(),
            task_properties: demo::task_properties(),
            files: VecDeque::new(),
            faults: Vec::new(),
            requests: Vec::new(),
            arrived: 0,
            paid: true,
            options: options.clone(),
            clock: SignedDuration::ZERO,
            origin,
            files_made: 0,
        };
        if options.empty {
            workspace.user_properties = Value::Array(Vec::new());
            workspace.add_person(demo::empty_profile(), &options.token, options.scopes.clone());
        } else {
            workspace.add_person(demo::profile(), &options.token, options.scopes.clone());
            let picture = Avatar {
                file_name: "photo.png".to_owned(),
                content_type: "image/png".to_owned(),
                detected_type: "image/png".to_owned(),
                bytes: demo::picture(),
                ..Avatar::default()
            };
            workspace.set_avatar(0, picture);
        }
        workspace
    }

    /// The moment it is in the sandbox.
    pub(crate) fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        now.checked_add(self.clock).unwrap_or(now)
    }

    /// Adds a person with a token; the answer is the person's id.
    pub(crate) fn add_person(
        &mut self,
        mut profile: Value,
        token: &str,
        scopes: Vec<String>,
    ) -> u64 {
        let count = self.people.len() as u64;
        let id = profile["id"].as_u64().unwrap_or(demo::FIRST_PERSON) + count;
        profile["id"] = id.into();
        self.people.push(Person { id, profile, status: None, avatar: None, uploads: 0 });
        self.tokens.push(TokenState {
            id: demo::FIRST_TOKEN + count,
            token: token.to_owned(),
            name: Some("Статус в трее".to_owned()),
            user_id: id,
            scopes,
            created_at: demo::token_created_at(),
            last_used_at: None,
            revoked: false,
            recent: VecDeque::new(),
        });
        id
    }

    /// The picture with this for the last part of its address.
    pub(crate) fn file(&self, name: &str) -> Option<&Avatar> {
        self.files.iter().find(|file| file.url.rsplit('/').next() == Some(name))
    }

    /// Keeps a picture under an address of its own and shows it in the profile; the answer is the address.
    pub(crate) fn set_avatar(&mut self, person: usize, mut picture: Avatar) -> String {
        self.files_made += 1;
        let extension = picture.detected_type.trim_start_matches("image/").replace("jpeg", "jpg");
        let name = format!("avatar-{}.{extension}", self.files_made);
        picture.url = format!("{}/files/{name}", self.origin);
        let url = picture.url.clone();
        self.files.push_back(picture.clone());
        self.people[person].avatar = Some(picture);
        if self.files.len() > FILES_KEPT {
            let shown = |url: &str| {
                self.people.iter().flat_map(|person| &person.avatar).any(|it| it.url == url)
            };
            if let Some(old) = self.files.iter().position(|file| !shown(&file.url)) {
                self.files.remove(old);
            }
        }
        self.people[person].profile["image_url"] = Value::Null;
        url
    }

    /// The status as the server returns it: also past its end, until it was lingered for.
    pub(crate) fn status(&mut self, person: usize) -> Option<&Status> {
        let now = self.now();
        let linger = SignedDuration::try_from(self.options.linger).unwrap_or(SignedDuration::MAX);
        let kept = &mut self.people[person].status;
        let over = |status: &Status| {
            status.expires_at.is_some_and(|end| now.duration_since(end) >= linger)
        };
        if kept.as_ref().is_some_and(over) {
            *kept = None;
        }
        kept.as_ref()
    }

    pub(crate) fn update_status(&mut self, person: usize, update: StatusUpdate) -> Status {
        let old = if self.options.merge { self.status(person).cloned() } else { None };
        let status = update.onto(old.as_ref());
        self.people[person].status = Some(status.clone());
        status
    }

    pub(crate) fn set_status(&mut self, person: usize, status: Option<Status>) {
        self.people[person].status = status;
    }

    /// `data` of `GET /profile`.
    pub(crate) fn profile(&mut self, person: usize) -> Value {
        let status = self.status(person).map(Status::to_wire);
        let person = &self.people[person];
        let mut profile = person.profile.clone();
        profile["user_status"] = status.into();
        // An address planted by a test stays until the next upload.
        if let (Some(picture), Value::Null) = (&person.avatar, &profile["image_url"]) {
            profile["image_url"] = picture.url.clone().into();
        }
        profile
    }

    pub(crate) fn state(&mut self, person: usize) -> SandboxState {
        SandboxState {
            status: self.status(person).cloned(),
            profile: self.profile(person),
            avatar: self.people[person].avatar.clone(),
            uploads: self.people[person].uploads,
            tokens: self.tokens.clone(),
            custom_properties: self.user_properties.clone(),
            now: self.now(),
            faults: self.faults.clone(),
        }
    }
}

/// Replaces the top-level fields that are given.
pub(crate) fn merge_fields(target: &mut Value, fields: &Value) {
    for (key, value) in fields.as_object().into_iter().flatten() {
        target[key] = value.clone();
    }
}

/// What the server and its owner share.
#[derive(Debug)]
pub(crate) struct Shared {
    workspace: Mutex<Workspace>,
    /// Moves whenever a request arrives or is answered, or the workspace changes.
    changes: watch::Sender<u64>,
    pub(crate) verbose: bool,
}

impl Shared {
    pub(crate) fn new(options: &SandboxOptions, origin: String) -> Self {
        Self {
            workspace: Mutex::new(Workspace::new(options, origin)),
            changes: watch::Sender::new(0),
            verbose: options.verbose,
        }
    }

    pub(crate) fn workspace(&self) -> MutexGuard<'_, Workspace> {
        self.workspace.lock().expect("nothing panics while it holds the workspace")
    }

    /// Wakes everybody who waits for something to happen.
    pub(crate) fn changed(&self) {
        self.changes.send_modify(|count| *count += 1);
    }

    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }
}

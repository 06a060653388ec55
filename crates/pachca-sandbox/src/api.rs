//! The eight operations.

use serde_json::Value;

use crate::answer::{Answer, Invalid};
use crate::auth::{self, Requirement};
use crate::avatar::Upload;
use crate::record::RecordedRequest;
use crate::status::{Status, StatusUpdate};
use crate::workspace::Workspace;

/// A request to the API, read and taken apart.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) request: RecordedRequest,
    /// Below the prefix, percent-decoded, without a trailing slash.
    pub(crate) path: String,
    /// The body taken apart, where the operation wants a form.
    pub(crate) upload: Option<Result<Upload, Answer>>,
}

/// One of the eight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    Profile,
    Status,
    SetStatus,
    ClearStatus,
    SetAvatar,
    DeleteAvatar,
    TokenInfo,
    CustomProperties,
}

impl Operation {
    pub(crate) fn of(method: &str, path: &str) -> Option<Self> {
        Some(match (method, path) {
            ("GET", "/profile") => Self::Profile,
            ("GET", "/profile/status") => Self::Status,
            ("PUT", "/profile/status") => Self::SetStatus,
            ("DELETE", "/profile/status") => Self::ClearStatus,
            // Documented as PUT; the vendor's Python SDK 1.6.1 sends POST.
            ("PUT" | "POST", "/profile/avatar") => Self::SetAvatar,
            ("DELETE", "/profile/avatar") => Self::DeleteAvatar,
            ("GET", "/oauth/token/info") => Self::TokenInfo,
            ("GET", "/custom_properties") => Self::CustomProperties,
            _ => return None,
        })
    }

    fn needs(self) -> Requirement {
        let (scope, paid) = match self {
            Self::Profile => (Some("profile:read"), false),
            Self::Status => (Some("profile_status:read"), false),
            Self::SetStatus | Self::ClearStatus => (Some("profile_status:write"), false),
            Self::SetAvatar | Self::DeleteAvatar => (Some("profile_avatar:write"), true),
            Self::TokenInfo => (None, false),
            Self::CustomProperties => (Some("custom_properties:read"), true),
        };
        Requirement { scope, paid }
    }
}

/// Judges and carries out one call.
pub(crate) fn answer(workspace: &mut Workspace, call: Call) -> Answer {
    let Some(operation) = Operation::of(&call.request.method, &call.path) else {
        return Answer::not_found();
    };
    let caller =
        match auth::admit(workspace, call.request.header("authorization"), operation.needs()) {
            Ok(caller) => caller,
            Err(refusal) => return refusal,
        };
    let person = caller.person;
    match operation {
        Operation::Profile => Answer::data(workspace.profile(person)),
        Operation::TokenInfo => Answer::data(auth::token_info(&workspace.tokens[caller.token])),
        // Without the wrapper when there is none: the API's own surprise.
        Operation::Status => workspace.status(person).map_or_else(
            || Answer::json(200, &Value::Null),
            |status| Answer::data(status.to_wire()),
        ),
        Operation::SetStatus => match status_update(&call) {
            Ok(update) => Answer::data(Status::to_wire(&workspace.update_status(person, update))),
            Err(refusal) => refusal,
        },
        Operation::ClearStatus => {
            workspace.set_status(person, None);
            Answer::no_content()
        }
        Operation::SetAvatar => set_avatar(workspace, person, call.upload),
        Operation::DeleteAvatar => {
            workspace.people[person].avatar = None;
            workspace.people[person].profile["image_url"] = Value::Null;
            Answer::no_content()
        }
        Operation::CustomProperties => {
            custom_properties(workspace, call.request.query.as_deref().unwrap_or_default())
        }
    }
}

fn status_update(call: &Call) -> Result<StatusUpdate, Answer> {
    let content_type = call.request.header("content-type").unwrap_or_default();
    if !is_json(content_type) {
        return Err(Answer::invalid(
            400,
            &[Invalid::wrong_params("content-type", &content_type.into())],
        ));
    }
    let body: Value = serde_json::from_slice(&call.request.body).map_err(|error| {
        Answer::invalid(400, &[Invalid::wrong_params("body", &error.to_string().into())])
    })?;
    StatusUpdate::read(&body).map_err(|problems| Answer::invalid(422, &problems))
}

/// `application/json`, optionally with a charset that is UTF-8.
fn is_json(content_type: &str) -> bool {
    let mut pieces = content_type.split(';').map(str::trim);
    let essence_fits =
        pieces.next().is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"));
    essence_fits && pieces.all(|piece| piece.eq_ignore_ascii_case("charset=utf-8"))
}

fn set_avatar(
    workspace: &mut Workspace,
    person: usize,
    upload: Option<Result<Upload, Answer>>,
) -> Answer {
    let upload = match upload.expect("an upload is taken apart before it is judged") {
        Ok(upload) => upload,
        Err(refusal) => return refusal,
    };
    match upload.picture(workspace.options.avatar_limit) {
        Ok(picture) => {
            let url = workspace.set_avatar(person, picture);
            workspace.people[person].uploads += 1;
            Answer::data(serde_json::json!({ "image_url": url }))
        }
        Err(problems) => Answer::invalid(422, &problems),
    }
}

fn custom_properties(workspace: &Workspace, query: &str) -> Answer {
    let asked =
        url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "entity_type");
    match asked.as_ref().map(|(_, value)| value.as_ref()) {
        Some("User") => Answer::data(workspace.user_properties.clone()),
        Some("Task") => Answer::data(workspace.task_properties.clone()),
        Some(other) => Answer::invalid(422, &[Invalid::inclusion("entity_type", other)]),
        None => Answer::invalid(400, &[Invalid::required("entity_type")]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_json_in_utf8_is_json() {
        for good in [
            "application/json",
            "application/json; charset=utf-8",
            "Application/JSON;charset=UTF-8",
        ] {
            assert!(is_json(good), "{good}");
        }
        for bad in [
            "",
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/json; charset=cp1251",
        ] {
            assert!(!is_json(bad), "{bad}");
        }
    }
}

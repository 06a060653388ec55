//! The client's errors in the core's words and in the window's.

use pachca_client::{Error, ErrorKind};
use status_core::{Failure, FailureKind};

use crate::{
    credentials::StoreError,
    ipc::{ErrorCode, IpcError},
    picture::PictureError,
};

/// What went wrong, without anything that may not be shown.
pub(crate) fn failure(error: &Error) -> Failure {
    Failure {
        kind: match error.kind() {
            ErrorKind::Refused if error.has_code("wrong_emoji") => FailureKind::WrongEmoji,
            ErrorKind::Refused if error.has_code("too_long") => FailureKind::TooLong,
            kind => failure_kind(kind),
        },
        http_status: error.http_status(),
        server_message: error.server_message().map(str::to_owned),
        scope: error.missing_scope().map(str::to_owned),
        request_id: error.request_id().map(str::to_owned),
        // Rounded up: never a moment too early.
        retry_after_seconds: error
            .retry_after()
            .map(|wait| wait.as_secs() + u64::from(wait.subsec_nanos() > 0)),
        ambiguous: error.may_have_arrived(),
    }
}

/// The kind alone, for the list of requests.
pub(crate) fn failure_kind(kind: ErrorKind) -> FailureKind {
    match kind {
        ErrorKind::Offline => FailureKind::Offline,
        ErrorKind::CalledOff => FailureKind::CalledOff,
        ErrorKind::Timeout => FailureKind::Timeout,
        ErrorKind::Tls => FailureKind::Tls,
        ErrorKind::NotPachca => FailureKind::NotPachca,
        ErrorKind::TokenRejected => FailureKind::TokenRejected,
        ErrorKind::ScopeMissing => FailureKind::ScopeMissing,
        ErrorKind::RoleForbids => FailureKind::RoleForbids,
        ErrorKind::PlanForbids => FailureKind::PlanForbids,
        ErrorKind::NotFound => FailureKind::NotFound,
        ErrorKind::Refused | ErrorKind::Invalid => FailureKind::Refused,
        ErrorKind::RateLimited => FailureKind::RateLimited,
        ErrorKind::Server => FailureKind::ServerError,
        ErrorKind::TooLarge => FailureKind::TooLarge,
        ErrorKind::Unexpected => FailureKind::Unexpected,
    }
}

/// The error as the window gets it.
pub(crate) fn failed(error: &Error) -> IpcError {
    failure(error).into()
}

impl From<&Error> for IpcError {
    fn from(error: &Error) -> Self {
        failure(error).into()
    }
}

impl From<Error> for IpcError {
    fn from(error: Error) -> Self {
        Self::from(&error)
    }
}

impl From<PictureError> for IpcError {
    fn from(error: PictureError) -> Self {
        match error {
            PictureError::Unknown => ErrorCode::PictureUnknown.into(),
            PictureError::KindRefused(name) => {
                Self::with_detail(ErrorCode::PictureKindRefused, name)
            }
            PictureError::TooLarge => ErrorCode::PictureTooLarge.into(),
            PictureError::Broken => ErrorCode::PictureBroken.into(),
            PictureError::OutOfBounds => ErrorCode::NothingThere.into(),
        }
    }
}

/// The keyring did not keep the token.
pub(crate) fn not_kept(error: StoreError) -> IpcError {
    let state = match error {
        // Stored, and not there when it was read back.
        StoreError::NotStored => StoreError::Broken.state(),
        other => other.state(),
    };
    IpcError::with_token(ErrorCode::KeyringUnavailable, state)
}

//! Answers and the two shapes of the API's errors.

use bytes::Bytes;
use serde_json::{Value, json};

use crate::body::SandboxBody;

/// An answer before it is put on the wire.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: SandboxBody,
}

impl Answer {
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self { status, headers: Vec::new(), body: SandboxBody::Whole(body.to_string().into()) }
            .with("content-type", "application/json; charset=utf-8")
    }

    pub(crate) fn data(data: impl Into<Value>) -> Self {
        Self::json(200, &json!({ "data": data.into() }))
    }

    pub(crate) fn no_content() -> Self {
        Self { status: 204, headers: Vec::new(), body: SandboxBody::Whole(Bytes::new()) }
    }

    pub(crate) fn html(status: u16, body: &'static str) -> Self {
        Self { status, headers: Vec::new(), body: SandboxBody::Whole(body.into()) }
            .with("content-type", "text/html; charset=utf-8")
    }

    /// The errors of 400, 402, 404, 409, 422 and some 403.
    pub(crate) fn invalid(status: u16, problems: &[Invalid]) -> Self {
        Self::json(
            status,
            &json!({ "errors": problems.iter().map(Invalid::to_json).collect::<Vec<_>>() }),
        )
    }

    /// The error of 401 and most 403.
    pub(crate) fn oauth(status: u16, error: &str, description: &str) -> Self {
        Self::json(status, &json!({ "error": error, "error_description": description }))
    }

    pub(crate) fn not_found() -> Self {
        Self::invalid(404, &[Invalid::new("base", None, "not_found", "Ничего не найдено")])
    }

    pub(crate) fn too_many_requests(retry_after: &str) -> Self {
        const MESSAGE: &str = "Слишком много запросов, повторите позже";
        Self::invalid(429, &[Invalid::new("base", None, "rate_limit", MESSAGE)])
            .with("retry-after", retry_after)
    }

    /// A plausible body for any status.
    pub(crate) fn of_status(status: u16) -> Self {
        match status {
            204 | 304 => Self { status, ..Self::no_content() },
            401 => Self::oauth(401, "invalid_token", "Access token is invalid")
                .with("www-authenticate", "Bearer"),
            403 => Self::oauth(403, "forbidden", "Access is forbidden"),
            429 => Self::too_many_requests("1"),
            500..=599 => Self::html(
                status,
                "<!doctype html><title>Error</title><h1>Something went wrong</h1>",
            ),
            200..=399 => Self::json(status, &json!({ "data": {} })),
            _ => Self::invalid(
                status,
                &[Invalid::new("base", None, "unhandled", "Ошибка выполнения запроса")],
            ),
        }
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Replaces every header of this name; an empty value removes them.
    pub(crate) fn replacing(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        if value.is_empty() { self } else { self.with(name, value) }
    }
}

/// One entry of an `errors` array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Invalid {
    pub(crate) key: String,
    value: Option<String>,
    pub(crate) code: &'static str,
    message: String,
}

impl Invalid {
    pub(crate) fn new(
        key: &str,
        value: Option<&Value>,
        code: &'static str,
        message: impl Into<String>,
    ) -> Self {
        let value = value.filter(|value| !value.is_null()).map(|value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        Self { key: key.to_owned(), value, code, message: message.into() }
    }

    pub(crate) fn blank(key: &str, value: &Value) -> Self {
        Self::new(key, Some(value), "blank", "Поле не может быть пустым")
    }

    pub(crate) fn required(key: &str) -> Self {
        Self::new(key, None, "required", "Обязательный параметр не передан")
    }

    pub(crate) fn malformed(key: &str, value: &Value) -> Self {
        Self::new(key, Some(value), "invalid", "Значение не соответствует правилам поля")
    }

    pub(crate) fn inclusion(key: &str, value: &str) -> Self {
        Self::new(key, Some(&value.into()), "inclusion", "Поле имеет непредусмотренное значение")
    }

    pub(crate) fn wrong_params(key: &str, value: &Value) -> Self {
        Self::new(key, Some(value), "wrong_params", "Параметр не предусмотрен или записан неверно")
    }

    pub(crate) fn wrong_emoji(value: &str) -> Self {
        Self::new(
            "emoji",
            Some(&value.into()),
            "wrong_emoji",
            "В статусе может быть только один символ эмодзи",
        )
    }

    /// `None` if the text fits. Counted in code points.
    pub(crate) fn too_long(key: &str, value: &str, limit: usize) -> Option<Self> {
        let message = || format!("Слишком длинное значение (максимум — {limit} символов)");
        (value.chars().count() > limit)
            .then(|| Self::new(key, Some(&value.into()), "too_long", message()))
    }

    fn to_json(&self) -> Value {
        json!({ "key": self.key, "value": self.value, "message": self.message, "code": self.code, "payload": null })
    }
}

//! Who is asking, and may they: tokens, scopes, roles, plan, rate.

use std::time::{Duration, Instant};

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::answer::{Answer, Invalid};
use crate::timestamp;
use crate::workspace::{TokenState, Workspace};

/// Roles that may use the API at all; guests may not, whatever their token says.
const ROLES: [&str; 4] = ["owner", "admin", "user", "bot"];

/// What an operation asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Requirement {
    /// The scope; `None` only for the question about the token itself.
    pub(crate) scope: Option<&'static str>,
    /// Whether it is part of a paid plan.
    pub(crate) paid: bool,
}

/// Somebody who may do what they asked for: indices of the token and of its person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Caller {
    pub(crate) token: usize,
    pub(crate) person: usize,
}

/// Judges a request in the server's order: token, rate, scope, role, plan.
pub(crate) fn admit(
    workspace: &mut Workspace,
    authorization: Option<&str>,
    needs: Requirement,
) -> Result<Caller, Answer> {
    let token = bearer(authorization).ok_or_else(|| unauthorized("Access token is missing"))?;
    let token = workspace
        .tokens
        .iter()
        .position(|known| known.token == token)
        .ok_or_else(|| unauthorized("Access token is invalid"))?;
    if workspace.tokens[token].revoked {
        return Err(unauthorized("Access token was revoked"));
    }
    count(workspace, token)?;

    let now = workspace.now();
    let known = &mut workspace.tokens[token];
    if known
        .last_used_at
        .is_none_or(|last| now.duration_since(last) >= SignedDuration::from_hours(1))
    {
        known.last_used_at = Some(now);
    }
    let missing = needs.scope.filter(|scope| !known.scopes.iter().any(|granted| granted == scope));
    if let Some(scope) = missing {
        return Err(Answer::oauth(
            403,
            "insufficient_scope",
            &format!("Insufficient scope. Required: {scope}"),
        ));
    }
    let user_id = known.user_id;
    let person = workspace
        .people
        .iter()
        .position(|person| person.id == user_id)
        .expect("a token is made with its person");
    let role = workspace.people[person].profile["role"].as_str().unwrap_or_default();
    if needs.scope.is_some() && !ROLES.contains(&role) {
        return Err(Answer::oauth(
            403,
            "role_forbidden",
            "The role of the token's owner does not allow this",
        ));
    }
    if needs.paid && !workspace.paid {
        let problem =
            Invalid::new("base", None, "payment_required", "Функция недоступна на вашем тарифе");
        return Err(Answer::invalid(402, &[problem]));
    }
    Ok(Caller { token, person })
}

fn bearer(authorization: Option<&str>) -> Option<&str> {
    let (scheme, token) = authorization?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim()).filter(|token| !token.is_empty())
}

fn unauthorized(description: &str) -> Answer {
    Answer::oauth(401, "invalid_token", description)
        .with("www-authenticate", "Bearer error=\"invalid_token\"")
}

/// At most `rate_limit` requests of one token in any second.
fn count(workspace: &mut Workspace, token: usize) -> Result<(), Answer> {
    let limit = workspace.options.rate_limit as usize;
    let recent = &mut workspace.tokens[token].recent;
    let now = Instant::now();
    while recent.front().is_some_and(|first| now.duration_since(*first) >= Duration::from_secs(1)) {
        recent.pop_front();
    }
    if limit > 0 && recent.len() >= limit {
        return Err(Answer::too_many_requests("1"));
    }
    recent.push_back(now);
    Ok(())
}

/// `data` of `GET /oauth/token/info`.
pub(crate) fn token_info(token: &TokenState) -> Value {
    json!({
        "id": token.id,
        "token": masked(&token.token),
        "name": token.name,
        "user_id": token.user_id,
        "scopes": token.scopes,
        "created_at": timestamp::wire(token.created_at),
        "revoked_at": null,
        "expires_in": null,
        "last_used_at": token.last_used_at.map(timestamp::wire),
    })
}

/// The first eight and the last four characters; nothing of a token too short to hide the rest.
fn masked(token: &str) -> String {
    let characters: Vec<char> = token.chars().collect();
    if characters.len() <= 12 {
        return "...".to_owned();
    }
    let (first, rest) = characters.split_at(8);
    let last = &rest[rest.len() - 4..];
    first.iter().chain(&['.', '.', '.']).chain(last).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_token_shows_eight_and_four_characters() {
        assert_eq!(masked("sandbox-token-0000000000000000000000001234"), "sandbox-...1234");
        assert_eq!(masked("short-token"), "...");
    }

    #[test]
    fn only_a_bearer_token_is_a_token() {
        assert_eq!(bearer(Some("Bearer abc")), Some("abc"));
        assert_eq!(bearer(Some("bearer abc")), Some("abc"));
        for wrong in
            [None, Some(""), Some("Bearer "), Some("Basic abc"), Some("abc"), Some("Bearerabc")]
        {
            assert_eq!(bearer(wrong), None, "{wrong:?}");
        }
    }
}

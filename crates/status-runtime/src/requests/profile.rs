//! The profile with its custom fields.

use jiff::{ZonedDateTime, tz::TimeZone};
use pachca_client::{
    CustomProperty, EntityType, ErrorKind, PropertyDefinition, PropertyType, Scope, User,
};

use crate::{CustomField, FieldKind, IpcError, ProfileView, engine::Engine};

impl Engine {
    /// Everything the profile says, joined with the definitions of the workspace's own fields.
    pub async fn profile(&self) -> Result<ProfileView, IpcError> {
        let context = &self.context;
        let connection = context.connected()?;
        let scopes = context
            .snapshot()
            .account
            .as_ref()
            .map(|account| account.scopes.clone())
            .unwrap_or_default();
        let may_read = scopes.is_empty()
            || scopes.iter().any(|scope| scope == Scope::CustomPropertiesRead.as_str());
        let client = &connection.client;
        let definitions = async {
            if may_read { Some(client.custom_properties(EntityType::User).await) } else { None }
        };
        let (user, definitions) = tokio::join!(client.profile(), definitions);
        let user = user?;
        let definitions = match definitions {
            Some(Ok(definitions)) => Some(definitions),
            Some(Err(error))
                if !matches!(error.kind(), ErrorKind::ScopeMissing | ErrorKind::RoleForbids) =>
            {
                return Err(error.into());
            }
            _ => None,
        };
        Ok(view(user, definitions, &context.clock.now()))
    }
}

fn view(
    user: User,
    definitions: Option<Vec<PropertyDefinition>>,
    now: &ZonedDateTime,
) -> ProfileView {
    let definitions_missing = definitions.is_none();
    let computer_zone_differs = user.time_zone.as_deref().and_then(|zone| other_zone(zone, now));
    ProfileView {
        id: user.id,
        first_name: user.first_name,
        last_name: user.last_name,
        nickname: user.nickname,
        email: user.email,
        phone_number: user.phone_number,
        department: user.department,
        title: user.title,
        role: user.role.map(|role| role.as_str().to_owned()).unwrap_or_default(),
        suspended: user.suspended,
        invite_status: user
            .invite_status
            .map(|status| status.as_str().to_owned())
            .unwrap_or_default(),
        inviter_id: user.inviter_id,
        tags: user.list_tags,
        custom_fields: join(definitions.unwrap_or_default(), user.custom_properties),
        definitions_missing,
        bot: user.bot,
        sso: user.sso,
        created_at: user.created_at.map(|at| at.to_string()).unwrap_or_default(),
        last_activity_at: user.last_activity_at.map(|at| at.to_string()),
        time_zone: user.time_zone,
        computer_zone_differs,
        has_avatar: user.image_url.is_some_and(|url| !url.is_empty()),
    }
}

/// Every definition with its value, then values whose definition is gone.
fn join(definitions: Vec<PropertyDefinition>, mut values: Vec<CustomProperty>) -> Vec<CustomField> {
    let mut fields: Vec<CustomField> = definitions
        .into_iter()
        .map(|definition| {
            let place = values.iter().position(|value| value.id == definition.id);
            let value = place.and_then(|place| values.remove(place).value);
            CustomField {
                id: definition.id,
                name: definition.name,
                kind: kind(&definition.data_type),
                value,
            }
        })
        .collect();
    fields.extend(values.into_iter().map(|value| CustomField {
        id: value.id,
        name: value.name,
        kind: kind(&value.data_type),
        value: value.value,
    }));
    fields
}

fn kind(kind: &PropertyType) -> FieldKind {
    match kind {
        PropertyType::Number => FieldKind::Number,
        PropertyType::Date => FieldKind::Date,
        PropertyType::Link => FieldKind::Link,
        _ => FieldKind::Text,
    }
}

/// This computer's zone, when clocks there and in the profile's zone show different times now.
fn other_zone(profile: &str, now: &ZonedDateTime) -> Option<String> {
    let theirs = TimeZone::get(profile).ok()?;
    let same = theirs.to_offset(now.timestamp()) == now.offset();
    if same { None } else { now.time_zone().iana_name().map(str::to_owned) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn definition(id: i64, name: &str, data_type: &str) -> PropertyDefinition {
        PropertyDefinition { id, name: name.to_owned(), data_type: data_type.into() }
    }

    fn value(id: i64, name: &str, value: Option<&str>) -> CustomProperty {
        CustomProperty {
            id,
            name: name.to_owned(),
            data_type: "string".into(),
            value: value.map(str::to_owned),
        }
    }

    #[test]
    fn a_field_without_a_value_is_empty_and_one_without_a_definition_is_not_lost() {
        let fields = join(
            vec![
                definition(1, "Город", "string"),
                definition(2, "Сайт", "link"),
                definition(3, "Новое", "colour"),
            ],
            vec![value(9, "Прежнее", Some("x")), value(2, "Сайт", Some("https://example.com"))],
        );
        let seen: Vec<_> = fields
            .iter()
            .map(|field| (field.name.as_str(), field.kind, field.value.as_deref()))
            .collect();
        assert_eq!(
            seen,
            [
                ("Город", FieldKind::Text, None),
                ("Сайт", FieldKind::Link, Some("https://example.com")),
                ("Новое", FieldKind::Text, None),
                ("Прежнее", FieldKind::Text, Some("x")),
            ]
        );
    }

    #[test]
    fn the_computers_zone_is_named_only_when_clocks_differ() {
        let now: ZonedDateTime =
            "2026-11-23T12:00:00+03:00[Europe/Moscow]".parse().expect("a moment");
        assert_eq!(other_zone("Asia/Yekaterinburg", &now).as_deref(), Some("Europe/Moscow"));
        assert_eq!(other_zone("Europe/Minsk", &now), None, "the same time of day");
        assert_eq!(other_zone("Mars/Olympus", &now), None);
    }
}

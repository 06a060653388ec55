//! The people one meets in a fresh sandbox. Nobody real.

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Value, json};

/// Id of the first person; more follow it.
pub(crate) const FIRST_PERSON: u64 = 12;
/// Id of the first person's token; more follow it.
pub(crate) const FIRST_TOKEN: u64 = 4827;

/// Side of the demonstration picture in pixels.
const SIDE: u32 = 256;

pub(crate) fn token_created_at() -> Timestamp {
    "2026-02-03T07:15:00Z".parse().expect("a valid moment")
}

/// A person who has filled in nearly everything; one custom field has no value, as one in real life.
pub(crate) fn profile() -> Value {
    json!({
        "id": FIRST_PERSON,
        "first_name": "Марина",
        "last_name": "Соколова",
        "nickname": "msokolova",
        "email": "m.sokolova@example.com",
        "phone_number": "+79995550142",
        "department": "Продукт",
        "title": "Руководитель направления",
        "role": "user",
        "suspended": false,
        "invite_status": "confirmed",
        "inviter_id": 3,
        "list_tags": ["Продукт", "Москва", "Наставник"],
        "custom_properties": [
            { "id": 1678, "name": "Город", "data_type": "string", "value": "Москва" },
            { "id": 1679, "name": "Стаж, лет", "data_type": "number", "value": "7" },
            { "id": 1680, "name": "День рождения", "data_type": "date", "value": "1991-04-17T00:00:00.000Z" },
            { "id": 1681, "name": "Портфолио", "data_type": "link", "value": "https://example.com/sokolova" }
        ],
        "bot": false,
        "sso": false,
        "created_at": "2021-09-06T08:30:12.000Z",
        "last_activity_at": "2026-11-23T08:05:41.000Z",
        "time_zone": "Europe/Moscow",
        "image_url": null
    })
}

/// A person with nothing that the API allows to be missing.
pub(crate) fn empty_profile() -> Value {
    json!({
        "id": FIRST_PERSON, "first_name": "Марина", "last_name": "", "nickname": "user12", "email": null,
        "phone_number": null, "department": "", "title": null, "role": "user", "suspended": false,
        "invite_status": "confirmed", "inviter_id": null, "list_tags": [], "custom_properties": [], "bot": false,
        "sso": false, "created_at": "2026-11-02T09:00:00.000Z", "last_activity_at": null, "time_zone": null,
        "image_url": null
    })
}

pub(crate) fn user_properties() -> Value {
    json!([
        { "id": 1678, "name": "Город", "data_type": "string" },
        { "id": 1679, "name": "Стаж, лет", "data_type": "number" },
        { "id": 1680, "name": "День рождения", "data_type": "date" },
        { "id": 1681, "name": "Портфолио", "data_type": "link" },
        { "id": 1682, "name": "Размер футболки", "data_type": "string" }
    ])
}

pub(crate) fn task_properties() -> Value {
    json!([
        { "id": 1702, "name": "Номер договора", "data_type": "string" },
        { "id": 1703, "name": "Бюджет", "data_type": "number" }
    ])
}

/// A drawn portrait: head and shoulders before a sky, as PNG.
pub(crate) fn picture() -> Bytes {
    let pixels: Vec<u8> = (0..SIDE * SIDE).flat_map(|at| colour(at % SIDE, at / SIDE)).collect();
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, SIDE, SIDE);
    encoder.set_color(png::ColorType::Rgb);
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(&pixels))
        .expect("a picture of a fixed size is written to memory");
    file.into()
}

fn colour(x: u32, y: u32) -> [u8; 3] {
    let (x, y) = (i64::from(x), i64::from(y));
    let within = |centre_x: i64, centre_y: i64, width: i64, height: i64| {
        let (dx, dy) = (x - centre_x, y - centre_y);
        dx * dx * height * height + dy * dy * width * width <= width * width * height * height
    };
    let shade = u8::try_from(y / 4).expect("rows of a picture 256 pixels high");
    if within(128, 104, 44, 50) && y > 84 {
        [244, 205, 176]
    } else if within(128, 106, 58, 66) {
        [92, 58, 46]
    } else if within(128, 268, 104, 96) {
        [38, 92, 122]
    } else {
        [150 + shade, 196_u8.saturating_add(shade / 2), 232]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_is_a_png_that_a_decoder_reads() {
        let reader = png::Decoder::new(std::io::Cursor::new(picture())).read_info().expect("a PNG");
        assert_eq!((reader.info().width, reader.info().height), (SIDE, SIDE));
    }

    #[test]
    fn exactly_one_defined_field_has_no_value() {
        let ids = |list: &Value| {
            list.as_array().expect("a list").iter().map(|field| field["id"].clone()).collect()
        };
        let defined: Vec<Value> = ids(&user_properties());
        let filled: Vec<Value> = ids(&profile()["custom_properties"]);
        assert_eq!(defined.iter().filter(|id| !filled.contains(id)).count(), 1);
    }
}

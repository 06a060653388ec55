//! The upload of a picture: one part named `image`, whole and really a picture.

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use serde_json::Value;

use crate::answer::{Answer, Invalid};
use crate::record::{self, RecordedRequest};
use crate::workspace::Avatar;

/// What a multipart body held.
#[derive(Debug)]
pub(crate) struct Upload {
    parts: Vec<Part>,
}

#[derive(Debug)]
struct Part {
    name: Option<String>,
    file_name: Option<String>,
    content_type: Option<String>,
    headers: Vec<(String, String)>,
    bytes: Bytes,
}

/// Takes a body apart.
///
/// # Errors
/// The answer to a body that is not multipart/form-data: 422, because the API documents no 400 for this operation.
pub(crate) async fn read(request: &RecordedRequest) -> Result<Upload, Answer> {
    let malformed = |problem: &str| {
        const MESSAGE: &str = "Нужно тело multipart/form-data";
        let problem = Invalid::new("body", Some(&problem.into()), "wrong_params", MESSAGE);
        Answer::invalid(422, &[problem])
    };
    let content_type = request.header("content-type").unwrap_or_default();
    let boundary = multer::parse_boundary(content_type).map_err(|_| malformed(content_type))?;
    let body = Full::new(request.body.clone()).into_data_stream();
    let mut form = multer::Multipart::new(body, boundary);
    let mut parts = Vec::new();
    while let Some(field) =
        form.next_field().await.map_err(|error| malformed(&error.to_string()))?
    {
        parts.push(Part {
            name: field.name().map(str::to_owned),
            file_name: field.file_name().map(str::to_owned),
            content_type: field.content_type().map(ToString::to_string),
            headers: record::readable(field.headers()),
            bytes: field.bytes().await.map_err(|error| malformed(&error.to_string()))?,
        });
    }
    Ok(Upload { parts })
}

impl Upload {
    /// The picture, if the upload is as the API wants it: exactly one part, named `image`, with a file name and a
    /// content type, and bytes that begin as a PNG, JPEG, WebP or GIF does.
    ///
    /// # Errors
    /// What is wrong, for a 422.
    pub(crate) fn picture(self, limit: usize) -> Result<Avatar, Vec<Invalid>> {
        let malformed = |what: &str| vec![Invalid::malformed("image", &what.into())];
        let mut parts = self.parts.into_iter();
        let Some(part) = parts.next() else { return Err(vec![Invalid::required("image")]) };
        let name = part.name.unwrap_or_default();
        if name != "image" {
            let unknown = Invalid::wrong_params(&name, &Value::Null);
            return Err(vec![Invalid::required("image"), unknown]);
        }
        if let Some(more) = parts.next() {
            let name = more.name.unwrap_or_default();
            return Err(vec![Invalid::wrong_params(&name, &"one part too many".into())]);
        }
        let file_name = part.file_name.filter(|name| !name.is_empty());
        let file_name = file_name.ok_or_else(|| malformed("no file name"))?;
        let content_type = part.content_type.ok_or_else(|| malformed("no content type"))?;
        if part.bytes.is_empty() {
            return Err(vec![Invalid::blank("image", &file_name.into())]);
        }
        if part.bytes.len() > limit {
            let message = format!("Слишком большой файл (максимум — {limit} байт)");
            return Err(vec![Invalid::new("image", Some(&file_name.into()), "too_long", message)]);
        }
        let detected = detect(&part.bytes).ok_or_else(|| malformed(&file_name))?;
        // `application/octet-stream` is what clients say that do not look at the file; another lie is refused.
        if content_type != detected && content_type != "application/octet-stream" {
            return Err(malformed(&content_type));
        }
        Ok(Avatar {
            url: String::new(),
            file_name,
            content_type,
            detected_type: detected.to_owned(),
            bytes: part.bytes,
            headers: part.headers,
        })
    }
}

/// What the first bytes say. <https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern>
fn detect(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some("image/png"),
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_known_by_their_first_bytes() {
        assert_eq!(detect(&crate::demo::picture()), Some("image/png"));
        assert_eq!(detect(b"\xFF\xD8\xFF\xE0\0\x10JFIF"), Some("image/jpeg"));
        assert_eq!(detect(b"RIFF\x24\0\0\0WEBPVP8 "), Some("image/webp"));
        assert_eq!(detect(b"GIF89a\x01\0"), Some("image/gif"));
        for other in [
            &b""[..],
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"%PDF-1.7",
            b"RIFF\x24\0\0\0WAVE",
            b"\x89PNG",
        ] {
            assert_eq!(detect(other), None, "{other:?}");
        }
    }
}

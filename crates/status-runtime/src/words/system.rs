//! How the person's system writes things.

use status_core::{Lang, Locale};

/// Reads a locale name such as `ru_RU.UTF-8` or `en-US`: the language it stands for among ours, and whether hours are
/// counted to twelve there.
///
/// Languages whose speakers usually read Russian get Russian; everybody else gets English. Territories with a
/// twelve-hour clock as in CLDR `timeData` (`preferred` = `h`).
pub fn system_locale(name: &str) -> Locale {
    let name = name.split(['.', '@']).next().unwrap_or_default();
    let mut parts = name.split(['_', '-']);
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    let territory = parts.find(|part| part.len() == 2).unwrap_or_default().to_ascii_uppercase();
    let lang = match language.as_str() {
        "ru" | "be" | "kk" | "ky" | "tt" | "ba" | "cv" | "os" | "sah" => Lang::Ru,
        _ => Lang::En,
    };
    let hour12 = match (language.as_str(), territory.as_str()) {
        (_, "US" | "CA" | "AU" | "NZ" | "IN" | "PH" | "PK" | "BD" | "EG" | "SA" | "MY" | "CO") => {
            language != "fr" && lang != Lang::Ru
        }
        ("en", "") => true,
        _ => false,
    };
    Locale { lang, hour12 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_name_gives_language_and_hour_style() {
        let table = [
            ("ru_RU.UTF-8", Lang::Ru, false),
            ("ru-RU", Lang::Ru, false),
            ("be_BY.UTF-8", Lang::Ru, false),
            ("en_US.UTF-8", Lang::En, true),
            ("en-GB", Lang::En, false),
            ("en", Lang::En, true),
            ("de_DE@euro", Lang::En, false),
            ("fr_CA.UTF-8", Lang::En, false),
            ("zh-Hans-CN", Lang::En, false),
            ("C.UTF-8", Lang::En, false),
            ("POSIX", Lang::En, false),
            ("", Lang::En, false),
        ];
        for (name, lang, hour12) in table {
            assert_eq!(system_locale(name), Locale { lang, hour12 }, "{name}");
        }
    }
}

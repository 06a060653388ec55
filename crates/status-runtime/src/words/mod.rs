//! Every sentence said outside of the window: `locales/ru.ftl` and `locales/en.ftl`, compiled in.
//!
//! What only the window says is in files of its own, so that it is in memory only while there is a window.

mod clean;
mod presets;
mod system;

use std::{borrow::Cow, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use status_core::{Arg, Day, Lang, Text, When, Wording};
use unic_langid::LanguageIdentifier;

pub(crate) use self::clean::{clean, menu_label, tooltip};
pub use self::system::system_locale;

type Bundle = FluentBundle<FluentResource>;

static RUSSIAN: LazyLock<Bundle> =
    LazyLock::new(|| bundle("ru", include_str!("../../../../locales/ru.ftl")));
static ENGLISH: LazyLock<Bundle> =
    LazyLock::new(|| bundle("en", include_str!("../../../../locales/en.ftl")));

fn bundle(language: &str, source: &str) -> Bundle {
    let language: LanguageIdentifier = language.parse().expect("a language code of ours");
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(parsed, _)| parsed);
    let mut bundle = Bundle::new_concurrent(vec![language]);
    // Isolation is put only around foreign words that need it: marks around every number would end up in copied text,
    // and some menus draw them as boxes.
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource);
    bundle
}

/// The product's words in one language. Cheap to make and to copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    lang: Lang,
}

impl Words {
    /// Words in this language.
    pub fn new(lang: Lang) -> Self {
        Self { lang }
    }

    /// The language.
    pub fn lang(self) -> Lang {
        self.lang
    }

    /// A sentence with its arguments. A sentence that is not there gives its id; a test keeps that from happening.
    pub fn text(self, text: &Text) -> String {
        let mut args = FluentArgs::new();
        for (name, arg) in &text.args {
            match arg {
                Arg::Str(words) => args.set(*name, clean(words).into_owned()),
                Arg::Num(number) => args.set(*name, *number),
                Arg::When(when) if *name == "until" => args.set(*name, self.until(when)),
                Arg::When(when) => args.set(*name, self.when(when)),
            }
        }
        self.format(text.id, &args)
    }

    /// «сегодня в 18:00».
    pub fn when(self, when: &When) -> String {
        self.format("when", &self.moment(when))
    }

    /// «до 18:00».
    pub fn until(self, when: &When) -> String {
        self.format("until", &self.moment(when))
    }

    /// A sentence without arguments.
    pub fn plain(self, id: &str) -> String {
        self.format(id, &FluentArgs::new())
    }

    /// Whether there is such a sentence.
    pub fn has(self, id: &str) -> bool {
        self.bundle().get_message(id).is_some_and(|message| message.value().is_some())
    }

    /// What the core says before anybody says anything: the default presets and the names of the months.
    pub fn wording(self) -> Wording {
        Wording {
            default_presets: presets::default_presets(|id| self.plain(id)),
            months: std::array::from_fn(|index| self.plain(&format!("month-{}", index + 1))),
        }
    }

    fn moment(self, when: &When) -> FluentArgs<'static> {
        let day = match when.day {
            Day::Yesterday => "yesterday",
            Day::Today => "today",
            Day::Tomorrow => "tomorrow",
            Day::ThisYear => "this_year",
            Day::OtherYear => "other_year",
        };
        let mut args = FluentArgs::new();
        args.set("day", day);
        args.set("time", when.time.clone());
        args.set("dayOfMonth", when.day_of_month.to_string());
        args.set("month", self.plain(&format!("month-{}", when.month)));
        args.set("year", when.year.to_string());
        args
    }

    fn format(self, id: &str, args: &FluentArgs<'_>) -> String {
        let bundle = self.bundle();
        let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        let mut errors = Vec::new();
        let text: Cow<'_, str> = bundle.format_pattern(pattern, Some(args), &mut errors);
        text.into_owned()
    }

    fn bundle(self) -> &'static Bundle {
        match self.lang {
            Lang::Ru => &RUSSIAN,
            Lang::En => &ENGLISH,
        }
    }
}

#[cfg(test)]
mod tests;

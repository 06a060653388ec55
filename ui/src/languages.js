/**
 * The languages of the window. Another one is one more entry here and its two files in `locales`.
 */
import en from '../../locales/en.ftl?raw';
import ru from '../../locales/ru.ftl?raw';
import windowEn from '../../locales/window.en.ftl?raw';
import windowRu from '../../locales/window.ru.ftl?raw';

/** @typedef {import('./bindings/Lang').Lang} Lang */
/** @typedef {import('emoji-picker-element/shared').I18n} I18n */

/**
 * @typedef {object} LanguageFiles
 * @property {string} name In the language itself: it is looked for by the person who speaks it.
 * @property {readonly string[]} sentences Fluent files.
 * @property {() => Promise<[{ default: I18n }, { default: string }]>} emoji The picker's words, and the
 * address of its data.
 */

/** @type {Record<Lang, LanguageFiles>} */
export const LANGUAGES = {
  ru: {
    name: 'Русский',
    sentences: [ru, windowRu],
    emoji: () => Promise.all([import('emoji-picker-element/i18n/ru_RU.js'), import('virtual:emoji-data/ru')]),
  },
  en: {
    name: 'English',
    sentences: [en, windowEn],
    emoji: () => Promise.all([import('emoji-picker-element/i18n/en.js'), import('virtual:emoji-data/en')]),
  },
};

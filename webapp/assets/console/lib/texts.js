import de from '../texts/de.js';
import en from '../texts/en.js';

const LANGUAGES = {en, de};
const KEY = 'report-files.language';

/** The languages there are: code and own name. */
export const CHOICES = [['en', 'English'], ['de', 'Deutsch']];

/** What was chosen in the preferences; empty for what the browser asks for. */
export function chosenLanguage() {
  try {
    return localStorage.getItem(KEY) || '';
  } catch (e) {
    return ''; // storage is switched off
  }
}

/** Remembers a language; it is shown from the next page on. */
export function chooseLanguage(code) {
  try {
    localStorage.setItem(KEY, code);
  } catch (e) {
    // not remembered
  }
}

/** The language of the texts. */
export const language = [chosenLanguage(), ...navigator.languages.map((tag) => tag.slice(0, 2))]
  .find((code) => code in LANGUAGES) || 'en';

/** For dates and numbers: the reader's own region, where it speaks the language of the texts. */
export const locale = navigator.languages.find((tag) => tag.startsWith(language)) || language;

const plurals = new Intl.PluralRules(language);

/**
 * A text in the reader's language.
 *
 * @param {string} key
 * @param {Object} values for what stands in braces; {@code count} also chooses between key.one and key.other
 */
export function t(key, values = {}) {
  const texts = LANGUAGES[language];
  const form = values.count === undefined ? key : `${key}.${plurals.select(values.count)}`;
  const text = texts[form] ?? texts[`${key}.other`] ?? texts[key] ?? en[form] ?? en[key];
  if (text === undefined) {
    throw new Error(`There is no text ${key}.`);
  }
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] === undefined
    ? whole
    : typeof values[name] === 'number' ? values[name].toLocaleString(locale) : String(values[name]));
}

/** The text of a constant of the API such as REGIONAL_REVIEWER; the constant in words where there is none. */
export function constant(kind, name) {
  const texts = LANGUAGES[language];
  return texts[`${kind}.${name}`] ?? en[`${kind}.${name}`] ?? words(name);
}

/** The constants of a kind, in the order in which a selection shows them. A test sees that none is missing. */
export function constants(kind) {
  return Object.keys(en)
    .filter((key) => key.startsWith(`${kind}.`) && !key.slice(kind.length + 1).includes('.'))
    .map((key) => key.slice(kind.length + 1));
}

function words(name) {
  const text = name.toLowerCase().replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

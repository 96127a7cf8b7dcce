import {t} from './texts.js';

/** The patterns that say which names a section takes; an extension is one of them. */
function patternsOf({any, patterns, extensions}) {
  return any ? ['*'] : patterns ?? extensions.map((extension) => `?*.${extension}`);
}

/** Which names a section takes, for people. */
export function describeNames({any, patterns, extensions}) {
  return any ? t('names.any') : (patterns ?? extensions).join(', ');
}

/** Whether a section takes a file of this name; what is let through by mistake is refused by the server. */
export function acceptsName(names, name) {
  return patternsOf(names).some((pattern) => matches(folded(pattern), folded(name)));
}

/** One for upper and lower case; in one form, since files of some systems have their accents apart. */
function folded(text) {
  return [...text.normalize('NFC').toUpperCase().toLowerCase()];
}

// As the server does it: the last star takes whatever the rest of the pattern does not.
function matches(pattern, name) {
  let at = 0;
  let star = -1;
  let taken = 0;
  for (let i = 0; i < name.length;) {
    if (pattern[at] === '*') {
      star = at++;
      taken = i;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[i])) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++taken;
    } else {
      return false;
    }
  }
  return pattern.slice(at).every((character) => character === '*');
}

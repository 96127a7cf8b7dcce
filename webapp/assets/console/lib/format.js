import {el} from './dom.js';
import {constant, locale, t} from './texts.js';

const INSTANT = new Intl.DateTimeFormat(locale, {dateStyle: 'medium', timeStyle: 'short'});
const DATE = new Intl.DateTimeFormat(locale, {dateStyle: 'medium'});
const CLOCK = new Intl.DateTimeFormat(locale, {timeStyle: 'short'});
const DAY = new Intl.DateTimeFormat(locale, {month: 'short', day: 'numeric'});
const RELATIVE = new Intl.RelativeTimeFormat(locale, {numeric: 'auto'});
const STEPS = [[60, 'second'], [60, 'minute'], [24, 'hour'], [7, 'day']];
const UNITS = ['KiB', 'MiB', 'GiB', 'TiB'];

/** An ISO 8601 instant in the reader's own time and language. */
export function instant(text) {
  return text ? INSTANT.format(new Date(text)) : '';
}

/** The same as an element that is broken between date and time only. */
export function time(text) {
  if (!text) {
    return '–';
  }
  const date = new Date(text);
  return el('time', {datetime: text}, el('span', {}, DATE.format(date)), ' ', el('span', {}, CLOCK.format(date)));
}

/** How long ago it was, with the exact time as a title; a date when it is more than a week. */
export function ago(text, now = Date.now()) {
  let passed = (new Date(text).getTime() - now) / 1000;
  for (const [length, unit] of STEPS) {
    if (Math.abs(passed) < length) {
      return el('time', {datetime: text, title: instant(text)}, RELATIVE.format(Math.round(passed), unit));
    }
    passed /= length;
  }
  return time(text);
}

/** A day, short. */
export function day(date) {
  return DAY.format(date);
}

/** A number. */
export function number(value) {
  return value.toLocaleString(locale);
}

/** A number of bytes, short. */
export function size(bytes) {
  if (bytes === null || bytes === undefined) {
    return '–';
  }
  if (bytes < 1024) {
    return t('size.bytes', {count: bytes});
  }
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value.toLocaleString(locale, {maximumFractionDigits: value >= 100 ? 0 : 1})} ${UNITS[unit]}`;
}

/** A number of bytes, exactly where that says more. */
export function exactSize(bytes) {
  return bytes === undefined || bytes < 1024
    ? size(bytes)
    : `${size(bytes)} (${t('size.bytes', {count: bytes})})`;
}

/** A number of seconds, roughly. */
export function duration(seconds) {
  if (seconds < 90) {
    return t('duration.seconds', {count: Math.max(1, Math.round(seconds))});
  }
  return seconds < 5400
    ? t('duration.minutes', {count: Math.round(seconds / 60)})
    : t('duration.hours', {count: Math.round(seconds / 360) / 10});
}

/** How long something took that is over. */
export function took(seconds) {
  return seconds < 1 ? t('duration.less') : duration(seconds);
}

const TONES = {
  AVAILABLE: 'good', ACTIVE: 'good', COMPLETE: 'good', FINISHED: 'good',
  WITHDRAWN: 'warn', PENDING: 'warn', RECEIVING: 'info', STARTED: 'info', RUNNING: 'info',
  FAILED: 'bad', STORAGE_FAILED: 'bad', INTEGRITY_FAILED: 'bad', REFUSED: 'warn', INTERRUPTED: 'warn', REVOKED: 'warn',
  GOOD: 'good', ADVISABLE: 'warn', BAD: 'bad',
};

/** A state as a coloured word. */
export function badge(kind, name) {
  return el('span', {class: `rf-badge rf-${TONES[name] || 'plain'}`}, constant(kind, name));
}

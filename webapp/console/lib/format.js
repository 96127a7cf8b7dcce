const INSTANT = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'short'});
const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

/** An ISO 8601 instant in the reader's own time and language. */
export function instant(text) {
  return text ? INSTANT.format(new Date(text)) : '';
}

/** A number of bytes, short. */
export function size(bytes) {
  if (bytes === null || bytes === undefined) {
    return '';
  }
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${bytes === 1 ? 'byte' : UNITS[unit]}`;
}

/** AVAILABLE as "Available", REGIONAL_REVIEWER as "Regional reviewer". */
export function words(constant) {
  const text = constant.toLowerCase().replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

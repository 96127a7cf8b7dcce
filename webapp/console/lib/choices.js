import {askAll} from './api.js';
import {input, select} from './dom.js';

/** The quarters, for selections. */
export const QUARTERS = ['Q1', 'Q2', 'Q3', 'Q4'].map((quarter) => [quarter, quarter]);

let catalogue;

/** Organisations, sections and regions; asked for once. */
export function loadCatalogue() {
  catalogue ??= Promise.all([askAll('organisations'), askAll('sections')])
    .then(([organisations, sections]) => ({organisations, sections}));
  catalogue.catch(forgetCatalogue);
  return catalogue;
}

/** Asks again the next time, after something was changed. */
export function forgetCatalogue() {
  catalogue = undefined;
}

/** Codes and names. */
export function options(items, label) {
  return items.map((item) => [item.code, `${item[label]} (${item.code})`]);
}

/** A selection that may also be left open. */
export function filter(name, choices, value, open = 'Any') {
  const known = value === undefined || value === '' || choices.some(([key]) => key === value);
  return select(name, [['', open], ...choices, ...(known ? [] : [[value, value]])], value || '');
}

/** A year. */
export function year(value, attributes = {}) {
  return input('year', {type: 'number', min: 1900, max: 2999, step: 1, inputmode: 'numeric', value, ...attributes});
}

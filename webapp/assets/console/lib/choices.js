import {ask, askAll} from './api.js';
import {input} from './dom.js';

/** The quarters, for selections. */
export const QUARTERS = ['Q1', 'Q2', 'Q3', 'Q4'].map((quarter) => [quarter, quarter]);

const kept = new Map();

/** Organisations and sections; asked for once. */
export async function loadCatalogue() {
  const [organisations, sections] = await Promise.all([once('organisations'), once('sections')]);
  const named = (items, code, label) => items.find((item) => item.code === code)?.[label] || code;
  return {
    organisations,
    sections,
    organisationName: (code) => named(organisations, code, 'name'),
    sectionTitle: (code) => named(sections, code, 'title'),
  };
}

/** The regions; asked for once. */
export function loadRegions() {
  return once('regions');
}

/** What this installation is set to: the period that is now, whom to ask. */
export function loadConsole() {
  return keep('console', () => ask('console'));
}

function once(path) {
  return keep(path, () => askAll(path));
}

function keep(name, load) {
  if (!kept.has(name)) {
    const loading = load();
    kept.set(name, loading);
    loading.catch(() => kept.delete(name));
  }
  return kept.get(name);
}

/** Asks again the next time, after something was changed. */
export function forgetCatalogue() {
  kept.clear();
}

/** Codes and names. */
export function options(items, label) {
  return items.map((item) => [item.code, `${item[label]} (${item.code})`]);
}

/** A year. */
export function year(value, attributes = {}) {
  return input('year', {type: 'number', min: 1990, max: 2099, step: 1, inputmode: 'numeric', value, ...attributes});
}

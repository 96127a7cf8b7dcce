import {el} from './dom.js';
import {table} from './grid.js';
import {t} from './texts.js';

const LIBRARY = new URL('../../chart.umd.min.js', import.meta.url);

const LONGEST = 32; // characters of a label; the table of the numbers has all of it

let loading;

/** The library is large and wanted on one page only; it is a classic script. */
function load() {
  loading ??= new Promise((resolve, reject) => {
    document.head.append(el('script', {src: LIBRARY.href, load: () => resolve(window.Chart), error: () => reject(new Error(t('charts.absent')))}));
  });
  return loading;
}

/**
 * Bars with their numbers as a table, for those who cannot see the picture or want the numbers.
 *
 * @param {string} title
 * @param {Array<string>} labels
 * @param {Array<{label: string, values: Array<number>, tone: string}>} series tone: name of a colour of the style sheet
 * @param {Object} options stacked, horizontal
 */
export async function bars(title, labels, series, {stacked = false, horizontal = false} = {}) {
  const Chart = await load();
  const canvas = el('canvas', {role: 'img', 'aria-label': t('charts.see', {title})});
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const shown = labels.map((label) => label.length > LONGEST ? `${label.slice(0, LONGEST - 1)}…` : label);
  const axis = {stacked, grid: {color: colour('--rf-line')}, ticks: {color: colour('--bs-secondary-color'), precision: 0}};
  const box = el('section', {class: 'rf-panel'},
    el('h2', {}, title),
    el('div', {class: 'rf-chart'}, canvas),
    el('details', {class: 'mt-2'}, el('summary', {class: 'rf-quiet'}, t('charts.numbers')),
      table([
        {label: '', cell: (row) => row.label},
        ...series.map(({label}, index) => ({label, number: true, cell: (row) => String(row.values[index])})),
      ], labels.map((label, index) => ({label, values: series.map(({values}) => values[index])})), title)));
  // Drawn when it is in the page, as its size is that of its place there.
  requestAnimationFrame(() => new Chart(canvas, {
    type: 'bar',
    data: {
      labels: shown,
      datasets: series.map(({label, values, tone}) => ({label, data: values, backgroundColor: colour(tone), borderRadius: 3, maxBarThickness: 28})),
    },
    options: {
      animation: still ? false : {duration: 250},
      indexAxis: horizontal ? 'y' : 'x',
      maintainAspectRatio: false,
      plugins: {legend: {display: series.length > 1, labels: {color: colour('--bs-body-color')}}},
      scales: {x: axis, y: axis},
    },
  }));
  return box;
}

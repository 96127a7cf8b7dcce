import {ask} from './api.js';
import {announce, el, nothing} from './dom.js';
import {go, here, link} from './place.js';
import {t} from './texts.js';

const SIZES = ['25', '50', '100', '200'];

/**
 * A list the server filters, sorts and cuts into pages.
 *
 * @typedef {{label: string, cell: function(Object): (Node|string|null), sort?: string,
 *     number?: boolean, long?: boolean, hidden?: boolean, head?: Node}} Column number: aligned to the right; long: broken
 *     anywhere rather than made wide; hidden: whether its label is for screen readers only; head: what is shown in its place
 * @param {string} path of the API
 * @param {Array<Column>} columns
 * @param {Object} query parameters for the API besides page and size
 * @param {function(): Node} empty what to show when there is nothing
 * @param {string} name of what is listed, for screen readers
 * @returns {Promise<Node>}
 */
export async function grid({path, columns, query, empty, name}) {
  const place = here();
  const size = SIZES.includes(place.size) ? place.size : SIZES[0];
  const page = await ask(path, {query: {...query, page: place.page, size}});
  announce(page.totalIsExact ? t('grid.entries', {count: page.total}) : t('grid.manyEntries', {number: page.total}));
  if (page.items.length === 0 && page.page === 1) {
    return empty ? empty() : nothing(t('grid.empty'));
  }
  return el('div', {},
    framed(name, columns.map((column) => head(column, query.sort)), columns, page.items),
    pager(page));
}

/** Rows that are already here, in the same form. */
export function table(columns, items, name, style = '') {
  return framed(name, columns.map((column) => el('th', {scope: 'col', class: numeric(column)}, title(column))), columns, items, style);
}

function framed(name, heads, columns, items, style = '') {
  return el('div', {class: `rf-panel rf-list ${style}`, tabindex: '0', role: 'region', 'aria-label': name},
    el('table', {class: 'table align-middle'},
      el('thead', {}, el('tr', {}, heads)),
      el('tbody', {}, items.map((item) => row(columns, item)))));
}

function numeric(column) {
  return column.number ? 'rf-number' : false;
}

function title(column) {
  return column.head ? column.head : column.hidden ? el('span', {class: 'visually-hidden'}, column.label) : column.label;
}

function head(column, sorted) {
  if (!column.sort) {
    return el('th', {scope: 'col', class: numeric(column)}, title(column));
  }
  const direction = sorted === column.sort ? 'ascending' : sorted === `-${column.sort}` ? 'descending' : null;
  const next = direction === 'ascending' ? `-${column.sort}` : column.sort;
  const button = el('button', {
    class: 'rf-sort',
    type: 'button',
    id: `sort-${column.sort}`,
    click: () => go({...here(), sort: next, page: ''}),
  }, column.label);
  return el('th', {scope: 'col', class: numeric(column), 'aria-sort': direction}, button);
}

function row(columns, item) {
  return el('tr', {}, columns.map((column) =>
    el('td', {class: column.number ? 'rf-number' : column.long ? 'rf-text' : false, 'data-label': column.label},
      el('span', {}, column.cell(item)))));
}

function pager({page, size, total, totalIsExact}) {
  const last = Math.max(1, Math.ceil(total / size));
  const step = (id, number, label, possible) => possible
    ? el('a', {class: 'btn btn-sm btn-outline-secondary', id, href: link({...here(), page: number})}, label)
    : el('span', {class: 'btn btn-sm btn-outline-secondary disabled', 'aria-disabled': 'true'}, label);
  const sizes = el('select', {
    class: 'form-select form-select-sm', id: 'grid-size', 'aria-label': t('grid.size'),
    change: () => go({...here(), size: sizes.value, page: ''}),
  }, SIZES.map((choice) => el('option', {value: choice}, t('grid.perPage', {count: Number(choice)}))));
  sizes.value = String(size);
  return el('nav', {class: 'rf-pager', 'aria-label': t('grid.pages')},
    el('span', {class: 'rf-quiet'}, t(totalIsExact ? 'grid.range' : 'grid.rangeOfMany', {
      first: total === 0 ? 0 : (page - 1) * size + 1, last: Math.min(total, page * size), total,
    })),
    total > Number(SIZES[0]) && sizes,
    (last > 1 || !totalIsExact) && el('span', {class: 'rf-buttons'},
      step('page-first', '', t('grid.first'), page > 1),
      step('page-previous', page - 1, t('grid.previous'), page > 1),
      step('page-next', page + 1, t('grid.next'), page < last || !totalIsExact),
      totalIsExact && step('page-last', last, t('grid.last'), page < last)));
}

import {ask} from './api.js';
import {announce, el} from './dom.js';
import {go, here, link} from './place.js';

const SIZE = 25;

/**
 * A list the server filters, sorts and cuts into pages.
 *
 * @typedef {{label: string, cell: function(Object): (Node|string|null), sort?: string,
 *     number?: boolean, long?: boolean}} Column number: aligned to the right; long: broken anywhere rather than made wide
 * @param {string} path of the API
 * @param {Array<Column>} columns
 * @param {string} empty what to say when there is nothing
 * @param {Object} query parameters for the API besides page and size
 * @returns {Promise<Node>}
 */
export async function list({path, columns, empty, query}) {
  const place = here();
  const page = await ask(path, {query: {...query, page: place.page, size: SIZE}});
  announce(`${page.total} found`);
  if (page.items.length === 0 && page.page === 1) {
    return el('div', {class: 'rf-panel rf-empty'}, empty);
  }
  return el('div', {},
    el('div', {class: 'rf-panel rf-list'},
      el('table', {class: 'table align-middle'},
        el('thead', {}, el('tr', {}, columns.map((column) => head(column, query.sort)))),
        el('tbody', {}, page.items.map((item) => row(columns, item))))),
    pager(page));
}

/** Rows that are already here, in the same form. */
export function table(columns, items) {
  return el('div', {class: 'rf-panel rf-list'},
    el('table', {class: 'table align-middle'},
      el('thead', {}, el('tr', {}, columns.map((column) => el('th', {scope: 'col', class: numeric(column)}, column.label)))),
      el('tbody', {}, items.map((item) => row(columns, item)))));
}

function numeric(column) {
  return column.number ? 'rf-number' : false;
}

function head(column, sorted) {
  if (!column.sort) {
    return el('th', {scope: 'col', class: numeric(column)}, column.label);
  }
  const direction = sorted === column.sort ? 'ascending' : sorted === `-${column.sort}` ? 'descending' : null;
  const next = direction === 'ascending' ? `-${column.sort}` : column.sort;
  const button = el('button', {
    class: 'rf-sort',
    type: 'button',
    click: () => go({...here(), sort: next, page: ''}),
  }, column.label);
  return el('th', {scope: 'col', class: numeric(column), 'aria-sort': direction}, button);
}

function row(columns, item) {
  return el('tr', {}, columns.map((column) =>
    el('td', {class: column.number ? 'rf-number' : column.long ? 'rf-text' : false, 'data-label': column.label},
      el('span', {}, column.cell(item)))));
}

function pager({page, size, total}) {
  const last = Math.max(1, Math.ceil(total / size));
  const step = (number, label, possible) => possible
    ? el('a', {class: 'btn btn-sm btn-outline-secondary', href: link({...here(), page: number})}, label)
    : el('span', {class: 'btn btn-sm btn-outline-secondary disabled', 'aria-disabled': 'true'}, label);
  return el('nav', {class: 'rf-pager', 'aria-label': 'Pages'},
    el('span', {}, total === 1 ? '1 entry' : `${total} entries, page ${page} of ${last}`),
    el('span', {class: 'rf-buttons'},
      step(page - 1, 'Previous', page > 1),
      step(page + 1, 'Next', page < last)));
}

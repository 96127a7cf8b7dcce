import {ask} from './api.js';
import {forgetCatalogue} from './choices.js';
import {openDialog} from './dialogs.js';
import {announce, button, heading, input, nothing} from './dom.js';
import {filterBar} from './filters.js';
import {grid} from './grid.js';
import {here, refresh} from './place.js';
import {t} from './texts.js';

/**
 * A searchable list of things that administrators may add to and change.
 *
 * @param {Object} kind
 * @param {string} kind.view name of the view, and of the API's path
 * @param {string} kind.key the member that names one in the API's path
 * @param {Array} kind.columns as {@link grid} takes them
 * @param {Array} kind.filters more controls of the filter bar
 * @param {function(Object=): Promise<Array<Node>>} kind.fields of the dialog, for a new one or filled in
 * @param {function(HTMLFormElement, boolean): Object} kind.read what to send; told whether it is for a new one
 * @param {function(Object): Array<Node>} kind.actions more buttons of a row
 * @param {boolean} mayChange
 */
export async function administration(kind, mayChange) {
  const place = here();
  const names = (kind.filters || []).map(([, control]) => control.name);
  const query = {q: place.q};
  names.forEach((name) => {
    query[name] = place[name];
  });
  const columns = mayChange ? [...kind.columns, {label: t('admin.change'), cell: (item) => [
    button(t('admin.edit'), () => edit(kind, item), 'btn-sm btn-outline-secondary me-1', {
      'aria-label': t('admin.editOne', {name: item[kind.key === 'id' ? 'name' : kind.key]}),
    }),
    ...(kind.actions?.(item) || []),
  ]}] : kind.columns;
  return [
    heading(t(`view.${kind.view}`), mayChange && button(t(`${kind.view}.add`), () => edit(kind), 'btn-primary', {id: 'add'})),
    filterBar(kind.view, [
      [t('filter.search'), input('q', {type: 'search', value: place.q, maxlength: 200})],
      ...(kind.filters || []),
    ]),
    await grid({
      path: kind.view, columns, query, name: t(`view.${kind.view}`),
      empty: () => nothing(t(place.q ? 'admin.noMatch' : 'admin.none')),
    }),
  ];
}

async function edit(kind, item) {
  const path = item ? `${kind.view}/${encodeURIComponent(item[kind.key])}` : kind.view;
  openDialog(item ? t(`${kind.view}.edit`) : t(`${kind.view}.add`), await kind.fields(item),
    t(item ? 'admin.save' : 'admin.create'), async (form) => {
      await ask(path, {method: item ? 'PUT' : 'POST', body: kind.read(form, !item)});
      forgetCatalogue();
      announce(t('done'));
      refresh();
    });
}

/** The trimmed values of text controls; empty ones are left out. */
export function values(form, ...names) {
  return Object.fromEntries(names
    .map((name) => [name, form.elements[name]?.value.trim() || ''])
    .filter(([, value]) => value !== ''));
}

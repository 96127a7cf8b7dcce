import {ask} from '../lib/api.js';
import {loadCatalogue, options, QUARTERS, year} from '../lib/choices.js';
import {confirmDialog} from '../lib/dialogs.js';
import {announce, button, checkbox, el, heading, input, nothing} from '../lib/dom.js';
import {columns} from '../lib/filecolumns.js';
import {choice, filterBar} from '../lib/filters.js';
import {grid} from '../lib/grid.js';
import {here, link, refresh} from '../lib/place.js';
import {constant, t} from '../lib/texts.js';

const FILTERS = ['organisation', 'year', 'quarter', 'section', 'q', 'state', 'latest'];

/** The report files that the caller may see. */
export async function show(me) {
  const catalogue = await loadCatalogue();
  const place = here();
  const query = {sort: place.sort || '-submittedAt'};
  FILTERS.forEach((name) => {
    query[name] = place[name];
  });
  const chosen = me.may('WITHDRAW') ? selection() : null;
  return [
    heading(t('view.files'), chosen?.act,
      me.may('SUBMIT') && el('a', {class: 'btn btn-primary', href: link({view: 'submit'})}, t('files.submit'))),
    filters(place, catalogue, me),
    await grid({
      path: 'report-files', name: t('view.files'), query,
      columns: [...(chosen ? [chosen.column] : []), ...columns(catalogue, me, Boolean(place.state))],
      empty: () => empty(me, place),
    }),
  ];
}

function filters(place, {organisations, sections}, me) {
  const states = ['AVAILABLE', 'WITHDRAWN', ...(me.may('VIEW_AUDIT') ? ['RECEIVING', 'FAILED'] : [])];
  return filterBar('files', [
    [t('file.organisation'), choice('organisation', options(organisations, 'name'), place.organisation)],
    [t('file.year'), year(place.year)],
    [t('file.quarter'), choice('quarter', QUARTERS, place.quarter)],
    [t('file.section'), choice('section', options(sections, 'title'), place.section)],
    [t('filter.search'), input('q', {type: 'search', value: place.q, maxlength: 200, placeholder: t('files.search')})],
    [t('file.state'), choice('state', [
      ...states.slice(1).map((state) => [state, constant('state', state)]),
      ['AVAILABLE,WITHDRAWN', t('files.published')],
    ], place.state, constant('state', 'AVAILABLE'))],
    ['', checkbox('latest', t('files.latest'), {id: 'filter-latest', value: 'true', checked: place.latest === 'true'})],
  ]);
}

function empty(me, place) {
  const filtered = FILTERS.some((name) => place[name]);
  return filtered
    ? nothing(t('files.noMatch'), el('a', {class: 'btn btn-outline-primary', href: link({view: 'files'})}, t('files.showAll')))
    : nothing(t('files.none'), me.may('SUBMIT')
      && el('a', {class: 'btn btn-primary', href: link({view: 'submit'})}, t('files.submitFirst')));
}

/** A column of boxes and a button that withdraws what is ticked. */
function selection() {
  const ticked = new Map();
  const act = button('', () => withdrawAll(ticked), 'btn-outline-danger', {hidden: true, id: 'withdraw-ticked'});
  const column = {
    label: t('files.select'), hidden: true,
    cell: (file) => file.state !== 'AVAILABLE' ? '' : el('input', {
      class: 'form-check-input', type: 'checkbox', 'aria-label': t('files.selectOne', {name: file.filename}),
      change: (event) => {
        event.target.checked ? ticked.set(file.id, file) : ticked.delete(file.id);
        act.hidden = ticked.size === 0;
        act.textContent = t('files.withdraw', {count: ticked.size});
      },
    }),
  };
  return {act, column};
}

function withdrawAll(ticked) {
  confirmDialog(t('files.withdraw', {count: ticked.size}), t('files.withdraw.explain'), t('file.withdraw'), async () => {
    for (const id of ticked.keys()) {
      await ask(`report-files/${encodeURIComponent(id)}/withdraw`, {method: 'POST'});
    }
    announce(t('done'));
    refresh();
  });
}

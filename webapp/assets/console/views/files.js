import {loadCatalogue, options, QUARTERS, year} from '../lib/choices.js';
import {checkbox, el, heading, input, nothing} from '../lib/dom.js';
import {columns} from '../lib/filecolumns.js';
import {choice, filterBar} from '../lib/filters.js';
import {grid} from '../lib/grid.js';
import {here, link} from '../lib/place.js';
import {selection} from '../lib/selection.js';
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
  const chosen = selection(me);
  return [
    heading(t('view.files'), chosen.actions,
      me.may('SUBMIT') && el('a', {class: 'btn btn-primary', href: link({view: 'submit'})}, t('files.submit'))),
    filters(place, catalogue, me),
    await grid({
      path: 'report-files', name: t('view.files'), query,
      columns: [chosen.column, ...columns(catalogue, me, Boolean(place.state))],
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

import {filter, loadCatalogue, options, QUARTERS, year} from '../lib/choices.js';
import {el, foreign, input} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {list} from '../lib/list.js';
import {go, here, link} from '../lib/place.js';

const FILTERS = ['organisation', 'year', 'quarter', 'section', 'q', 'state', 'latest'];
const PUBLISHED = [['WITHDRAWN', 'Withdrawn'], ['AVAILABLE,WITHDRAWN', 'Available or withdrawn']];
const UNFINISHED = [['RECEIVING', 'Receiving'], ['FAILED', 'Failed']];

export const title = 'Report files';

/** The report files that the caller may see. */
export async function show(me) {
  const {organisations, sections} = await loadCatalogue();
  const place = here();
  const query = {sort: place.sort || '-submittedAt'};
  FILTERS.forEach((name) => {
    query[name] = place[name];
  });
  return [
    el('div', {class: 'rf-title'},
      el('h1', {}, title),
      me.may('SUBMIT') && el('a', {class: 'btn btn-primary', href: link({view: 'submit'})}, 'Submit a file')),
    filters(place, organisations, sections, me),
    await list({path: 'report-files', columns: columns(organisations, sections), query, empty: 'No report file matches.'}),
  ];
}

function filters(place, organisations, sections, me) {
  const states = me.may('VIEW_AUDIT') ? [...PUBLISHED, ...UNFINISHED] : PUBLISHED;
  const labelled = (label, control) => {
    control.id = `filter-${control.name}`;
    return el('div', {}, el('label', {for: control.id}, label), control);
  };
  const latest = el('input', {
    class: 'form-check-input', type: 'checkbox', id: 'filter-latest', name: 'latest', value: 'true',
    checked: place.latest === 'true',
  });
  const form = el('form', {class: 'rf-panel rf-filters', role: 'search', submit: apply, change: apply},
    labelled('Organisation', filter('organisation', options(organisations, 'name'), place.organisation)),
    labelled('Year', year(place.year)),
    labelled('Quarter', filter('quarter', QUARTERS, place.quarter)),
    labelled('Section', filter('section', options(sections, 'title'), place.section)),
    labelled('Search', input('q', {type: 'search', value: place.q, maxlength: 200, placeholder: 'file name, …'})),
    labelled('State', filter('state', states, place.state, 'Available')),
    el('div', {class: 'form-check'}, latest, el('label', {class: 'form-check-label', for: latest.id}, 'Latest versions only')),
    el('div', {class: 'rf-buttons align-self-end'},
      el('button', {class: 'btn btn-outline-secondary', type: 'submit'}, 'Search'),
      el('a', {class: 'btn btn-link', href: link({view: 'files'})}, 'Reset')));

  function apply(event) {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(form));
    go({view: 'files', sort: place.sort, ...values});
  }
  return form;
}

/** The columns of every list of report files. */
export function columns(organisations, sections) {
  const nameOf = (items, code, label) => items.find((item) => item.code === code)?.[label] || code;
  return [
    {
      label: 'File', sort: 'filename', long: true,
      cell: (file) => el('a', {href: link({view: 'file', id: file.id})}, foreign(file.filename)),
    },
    {label: 'Organisation', sort: 'organisation', cell: (file) => nameOf(organisations, file.organisation, 'name')},
    {label: 'Period', sort: 'period', cell: (file) => `${file.year} ${file.quarter}`},
    {label: 'Section', sort: 'section', cell: (file) => nameOf(sections, file.section, 'title')},
    {label: 'Version', sort: 'version', number: true, cell: (file) => String(file.version ?? '–')},
    {label: 'Size', sort: 'size', number: true, cell: (file) => format.size(file.size)},
    {label: 'Submitted', sort: 'submittedAt', cell: (file) => submitted(file)},
    {label: 'State', cell: (file) => format.words(file.state)},
    {label: 'Download', cell: (file) => download(file)},
  ];
}

function submitted(file) {
  return el('span', {},
    el('time', {datetime: file.submittedAt}, format.instant(file.submittedAt)), ' ',
    el('span', {class: 'rf-quiet rf-text'}, 'by ', foreign(file.submittedBy)));
}

/** A plain link: the browser itself fetches the file, and can resume it. */
export function download(file, style = 'btn btn-sm btn-outline-primary') {
  return file.state === 'AVAILABLE'
    ? el('a', {class: style, href: file.links.download, 'aria-label': `Download ${file.filename}`}, 'Download')
    : '';
}

import {loadCatalogue, loadConsole} from '../lib/choices.js';
import {el, foreign, heading, nothing} from '../lib/dom.js';
import {link} from '../lib/place.js';
import {chosenPeriod, loadSeries, periodBar, visibleOrganisations} from '../lib/series.js';
import * as format from '../lib/format.js';
import {t} from '../lib/texts.js';

/** Who has submitted what for a period, and who has not: organisations by sections. */
export async function show(me) {
  const [{organisations, sections}, settings] = await Promise.all([loadCatalogue(), loadConsole()]);
  const period = chosenPeriod(settings.period);
  const rows = visibleOrganisations(organisations, me);
  const fileOf = await loadSeries(period);
  const cells = rows.flatMap((organisation) => sections.map((section) => fileOf(organisation.code, section.code)));
  const there = cells.filter(Boolean).length;
  return [
    heading(t('view.coverage'), periodBar(period, settings.fiscalYearStart)),
    cells.length === 0 ? nothing(t('coverage.nothing')) : [
      el('p', {}, t('coverage.summary', {there, all: cells.length, missing: cells.length - there})),
      el('div', {class: 'rf-panel', role: 'region', 'aria-label': t('view.coverage'), tabindex: '0'},
        el('div', {class: 'table-responsive'}, heatMap(rows, sections, fileOf, period, me))),
    ],
  ];
}

function heatMap(rows, sections, fileOf, period, me) {
  return el('table', {class: 'rf-heat'},
    el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, t('file.organisation')),
      sections.map((section) => el('th', {scope: 'col'}, foreign(section.title))))),
    el('tbody', {}, rows.map((organisation) => el('tr', {},
      el('th', {scope: 'row'}, foreign(organisation.name)),
      sections.map((section) => cell(fileOf(organisation.code, section.code), organisation, section, period, me))))));
}

function cell(file, organisation, section, {year, quarter}, me) {
  if (file) {
    return el('td', {class: 'rf-good'}, el('a', {
      href: link({view: 'file', id: file.id}),
      title: `${file.filename}, ${format.instant(file.submittedAt)}`,
      'aria-label': t('coverage.there', {organisation: organisation.name, section: section.title, version: file.version}),
    }, t('coverage.version', {version: file.version})));
  }
  return el('td', {class: 'rf-warn'}, me.mayFor('SUBMIT', organisation.code)
    ? el('a', {
      href: link({view: 'submit', organisation: organisation.code, section: section.code, year, quarter}),
      'aria-label': t('coverage.submit', {organisation: organisation.name, section: section.title}),
    }, t('coverage.missing'))
    : el('span', {}, t('coverage.missing')));
}

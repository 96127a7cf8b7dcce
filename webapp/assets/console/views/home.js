import {ask, count, ifOffered} from '../lib/api.js';
import {loadCatalogue, loadConsole} from '../lib/choices.js';
import {el, foreign, heading, nothing} from '../lib/dom.js';
import {columns, download} from '../lib/filecolumns.js';
import * as format from '../lib/format.js';
import {table} from '../lib/grid.js';
import {link} from '../lib/place.js';
import {chosenPeriod, loadSeries, periodBar, visibleOrganisations} from '../lib/series.js';
import {t} from '../lib/texts.js';
import {transferColumns} from '../lib/transfercolumns.js';

const FEW = 6;
const DAY = 24 * 3600 * 1000;

/** What matters to this caller now. */
export async function show(me) {
  const [catalogue, settings] = await Promise.all([loadCatalogue(), loadConsole()]);
  const period = chosenPeriod(settings.period);
  if (!me.may('VIEW_METADATA')) {
    return [greeting(me), nothing(settings.contact ? t('home.noRoleAsk', {contact: settings.contact}) : t('home.noRole'))];
  }
  const [fileOf, recent, downloads, numbers] = await Promise.all([
    loadSeries(period, me.organisation && !me.has('ADMINISTRATOR') ? {organisation: me.organisation} : {}),
    ask('report-files', {query: {sort: '-submittedAt', size: FEW}}),
    recentDownloads(me),
    me.may('VIEW_AUDIT') ? tiles() : null,
  ]);
  return [
    greeting(me, me.may('SUBMIT') && el('a', {class: 'btn btn-primary', href: link({view: 'submit'})}, t('files.submit'))),
    numbers,
    el('div', {class: 'rf-wide-narrow'},
      el('div', {}, recentFiles(recent.items, catalogue, me), downloads),
      quarter(period, settings, catalogue, fileOf, me)),
  ];
}

function greeting(me, ...actions) {
  return heading(t('home.title', {name: me.displayName || me.name}), actions);
}

function quarter(period, settings, {organisations, sections}, fileOf, me) {
  const mine = organisations.find((item) => item.code === me.organisation);
  const content = mine
    ? [el('p', {class: 'rf-quiet'}, foreign(mine.name)), todo(mine, sections, fileOf, period, me)]
    : summary(visibleOrganisations(organisations, me), sections, fileOf, period);
  return el('section', {class: 'rf-panel', id: 'quarter'},
    el('h2', {}, t('home.quarter')), periodBar(period, settings.fiscalYearStart), el('div', {class: 'mt-3'}, content));
}

/** The series of the caller's own organisation: the newest version, or what is still to be done. */
function todo(organisation, sections, fileOf, period, me) {
  if (sections.length === 0) {
    return el('p', {}, t('coverage.nothing'));
  }
  return el('ul', {class: 'rf-todo'}, sections.map((section) => {
    const file = fileOf(organisation.code, section.code);
    return el('li', {}, el('span', {}, foreign(section.title), el('span', {class: 'rf-sub'}, file
      ? [el('a', {href: link({view: 'file', id: file.id})}, foreign(file.filename)), ' · ', t('coverage.version', {version: file.version}), ' · ', format.ago(file.submittedAt)]
      : t('home.missing'))),
    file
      ? download(file, me)
      : me.mayFor('SUBMIT', organisation.code)
        ? el('a', {
          class: 'btn btn-sm btn-primary', 'aria-label': t('home.submitOne', {section: section.title}),
          href: link({view: 'submit', organisation: organisation.code, section: section.code, ...period}),
        }, t('home.submit'))
        : el('span', {class: 'rf-badge rf-warn'}, t('coverage.missing')));
  }));
}

/** For those who look after many organisations: how many are done, who is not. */
function summary(organisations, sections, fileOf, period) {
  const open = organisations
    .map((organisation) => ({organisation, missing: sections.filter((section) => !fileOf(organisation.code, section.code)).length}))
    .filter(({missing}) => missing > 0)
    .sort((a, b) => b.missing - a.missing);
  const all = organisations.length * sections.length;
  const there = all - open.reduce((sum, {missing}) => sum + missing, 0);
  if (all === 0) {
    return [el('p', {}, t('coverage.nothing'))];
  }
  return [
    el('p', {}, t('coverage.summary', {there, all, missing: all - there})),
    el('progress', {class: 'rf-progress mb-3', max: all, value: there, 'aria-label': t('view.coverage')}),
    el('ul', {class: 'rf-todo'}, open.slice(0, FEW).map(({organisation, missing}) =>
      el('li', {}, foreign(organisation.name), el('span', {class: 'rf-badge rf-warn'}, t('home.missingCount', {count: missing}))))),
    el('a', {href: link({view: 'coverage', ...period})}, t('home.coverage')),
  ];
}

function recentFiles(files, catalogue, me) {
  if (files.length === 0) {
    return nothing(t('files.none'), me.may('SUBMIT')
      && el('a', {class: 'btn btn-primary', href: link({view: 'submit'})}, t('files.submitFirst')));
  }
  const [name, organisation, period, section, version, , submitted] = columns(catalogue, me).map((column) => ({...column, sort: undefined}));
  const where = {
    label: section.label, long: true,
    cell: (file) => [section.cell(file), el('span', {class: 'rf-sub'}, organisation.cell(file))],
  };
  return el('section', {class: 'rf-panel'},
    el('div', {class: 'rf-panel-head'}, el('h2', {}, t('home.recent')), el('a', {href: link({view: 'files'})}, t('home.allFiles'))),
    table([name, where, period, version, submitted], files, t('home.recent')));
}

/** The whole ledger for those who see it; for others what became of their newest files, or what they have fetched. */
async function recentDownloads(me) {
  if (!me.may('VIEW_TRANSFERS') && !me.may('DOWNLOAD')) {
    return null;
  }
  const own = !me.may('VIEW_TRANSFERS');
  const transfers = me.may('VIEW_AUDIT') || own
    ? (await ask(own ? 'me/transfers' : 'transfers', {query: {size: FEW}})).items
    : await ofNewestFiles(me);
  const title = t(own ? 'home.ownDownloads' : 'home.downloads');
  const [when, who, file, outcome, size] = transferColumns(true);
  return el('section', {class: 'rf-panel'},
    el('div', {class: 'rf-panel-head'}, el('h2', {}, title),
      me.may('VIEW_AUDIT') && el('a', {href: link({view: 'transfers'})}, t('home.allDownloads'))),
    transfers.length === 0
      ? el('p', {class: 'rf-quiet mb-0'}, t('transfer.none'))
      : table(own ? [when, file, outcome, size] : [when, who, file, outcome, size], transfers, title));
}

async function ofNewestFiles(me) {
  const {items} = await ask('report-files', {query: {organisation: me.organisation, sort: '-submittedAt', size: FEW}});
  const lists = await Promise.all(items.map(async (file) => {
    const page = await ifOffered(ask(`report-files/${encodeURIComponent(file.id)}/transfers`, {query: {size: FEW}}), {items: []});
    return page.items;
  }));
  return lists.flat().sort((a, b) => b.startedAt.localeCompare(a.startedAt)).slice(0, FEW);
}

async function tiles() {
  const since = new Date(Date.now() - 7 * DAY).toISOString();
  const [available, submitted, fetched, failed] = await Promise.all([
    count('report-files'),
    count('audit', {action: 'FILE_SUBMITTED', from: since}),
    count('transfers', {outcome: 'COMPLETE', from: since}),
    Promise.all(['STORAGE_FAILED', 'INTEGRITY_FAILED', 'INTERRUPTED'].map((outcome) => count('transfers', {outcome, from: since})))
      .then((counts) => counts.reduce((sum, one) => ({total: sum.total + one.total, exact: sum.exact && one.exact}))),
  ]);
  const day = since.slice(0, 10);
  const tile = (number, label, to) => el('a', {class: 'rf-tile', href: link(to)},
    el('strong', {}, number.exact ? format.number(number.total) : t('home.tile.more', {number: number.total})), el('span', {}, label));
  return el('div', {class: 'rf-tiles'},
    tile(available, t('home.tile.files'), {view: 'files'}),
    tile(submitted, t('home.tile.submitted'), {view: 'audit', action: 'FILE_SUBMITTED', from: day}),
    tile(fetched, t('home.tile.downloads'), {view: 'transfers', outcome: 'COMPLETE', from: day}),
    tile(failed, t('home.tile.failed'), {view: 'activity'}));
}

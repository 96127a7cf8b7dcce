import {ask, askAll, ifOffered} from '../lib/api.js';
import {loadCatalogue} from '../lib/choices.js';
import {copyable} from '../lib/clipboard.js';
import {confirmDialog} from '../lib/dialogs.js';
import {announce, button, el, foreign, heading, nothing} from '../lib/dom.js';
import {download, downloadIcon, period, state, submitted} from '../lib/filecolumns.js';
import * as format from '../lib/format.js';
import {table} from '../lib/grid.js';
import {here, link, refresh} from '../lib/place.js';
import {t} from '../lib/texts.js';
import {transferColumns} from '../lib/transfercolumns.js';

/** One report file: what is known about it, its links, its versions, who fetched it. */
export async function show(me) {
  const path = `report-files/${encodeURIComponent(here().id || '')}`;
  const [file, versions, catalogue, transfers] = await Promise.all([
    ask(path),
    askAll(`${path}/versions`),
    loadCatalogue(),
    // The permission may be for the files of another organisation only.
    me.may('VIEW_TRANSFERS') ? ifOffered(ask(`${path}/transfers`, {query: {size: 100}})) : null,
  ]);
  return [
    el('a', {class: 'rf-back', href: link({view: 'files'})}, t('file.back')),
    heading(foreign(file.filename), download(file, me, 'btn-primary'), change(file, path, me)),
    file.state === 'WITHDRAWN' && el('p', {class: 'alert alert-warning'}, t('file.withdrawn.explain')),
    file.damagedAt && el('p', {class: 'alert alert-danger'}, t('file.damaged.explain')),
    el('div', {class: 'rf-wide-narrow'},
      facts(file, catalogue),
      file.version && links(file)),
    versions.length > 0 && el('h2', {}, t('file.versions')),
    versions.length > 0 && table(versionColumns(file, me), versions, t('file.versions')),
    transfers && el('h2', {}, t('file.transfers')),
    transfers && (transfers.items.length > 0
      ? table(transferColumns(), transfers.items, t('file.transfers'))
      : nothing(t('file.noTransfers'))),
  ];
}

function facts(file, catalogue) {
  const rows = [
    [t('file.organisation'), el('a', {href: link({view: 'files', organisation: file.organisation})},
      foreign(catalogue.organisationName(file.organisation)))],
    [t('file.period'), el('a', {href: link({view: 'files', year: file.year, quarter: file.quarter})}, period(file))],
    [t('file.section'), el('a', {href: link({view: 'files', section: file.section})}, foreign(catalogue.sectionTitle(file.section)))],
    [t('file.version'), String(file.version ?? '–')],
    [t('file.state'), state(file)],
    [t('file.submitted'), submitted(file)],
    [t('file.size'), format.exactSize(file.size)],
    [t('file.contentType'), file.contentType],
    ['SHA-256', file.sha256 ? copyable(file.sha256, 'SHA-256') : '–'],
    ['CRC32C', el('code', {}, file.crc32c || '–')],
  ];
  return el('section', {class: 'rf-panel', 'aria-label': t('file.facts')},
    el('dl', {class: 'rf-facts'}, rows.map(([name, value]) => [el('dt', {}, name), el('dd', {}, value)])));
}

/** The links to put into a mail or a page: one that follows the series, one that always means this version. */
function links(file) {
  const own = new URL(file.links.download, location.href);
  const root = own.pathname.slice(0, own.pathname.indexOf('/files/') + '/files/'.length);
  const latest = new URL(`${root}${[file.organisation, file.year, file.quarter, file.section].map(encodeURIComponent).join('/')}/latest`, own);
  return el('section', {class: 'rf-panel'},
    el('h2', {}, t('file.links')),
    el('dl', {class: 'rf-link-list'},
      el('div', {}, el('dt', {}, t('file.links.latest')), el('dd', {id: 'link-latest'}, copyable(latest.href, t('file.links.latest')))),
      el('div', {}, el('dt', {}, t('file.links.this')), el('dd', {id: 'link-this'}, copyable(own.href, t('file.links.this'))))),
    el('p', {class: 'rf-fine mb-0'}, t('file.links.explain')));
}

function versionColumns(shown, me) {
  return [
    {
      label: t('file.version'), number: true,
      cell: (file) => file.id === shown.id
        ? el('strong', {'aria-current': 'true'}, String(file.version))
        : el('a', {href: link({view: 'file', id: file.id}), 'aria-label': t('file.versionN', {version: file.version})}, String(file.version)),
    },
    {label: t('file.name'), long: true, cell: (file) => foreign(file.filename)},
    {label: t('file.submitted'), cell: submitted},
    {label: t('file.size'), number: true, cell: (file) => format.size(file.size)},
    {label: 'SHA-256', cell: (file) => el('code', {title: file.sha256}, `${file.sha256.slice(0, 12)}…`)},
    {label: t('file.state'), cell: state},
    {label: t('file.download'), cell: (file) => downloadIcon(file, me)},
  ];
}

function change(file, path, me) {
  const act = (action) => async () => {
    await ask(`${path}/${action}`, {method: 'POST'});
    announce(t('done'));
    refresh();
  };
  if (!me.may('WITHDRAW')) {
    return null;
  }
  if (file.state === 'WITHDRAWN') {
    return button(t('file.restore'), act('restore'), 'btn-outline-primary', {id: 'restore'});
  }
  return file.state === 'AVAILABLE' && button(t('file.withdraw'),
    () => confirmDialog(
      t('file.withdraw.title', {version: file.version}), [foreign(file.filename), el('br'), t('file.withdraw.explain')], t('file.withdraw'), act('withdraw')),
    'btn-outline-danger', {id: 'withdraw'});
}

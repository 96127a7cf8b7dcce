import {ask, askAll} from '../lib/api.js';
import {loadCatalogue} from '../lib/choices.js';
import {announce, el, foreign} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {table} from '../lib/list.js';
import {here, link} from '../lib/place.js';
import {refresh} from '../lib/shell.js';
import {download} from './files.js';

export const title = 'Report file';

/** One report file: what is known about it, its versions, who fetched it. */
export async function show(me) {
  const path = `report-files/${encodeURIComponent(here().id || '')}`;
  const [file, versions, catalogue] =
    await Promise.all([ask(path), askAll(`${path}/versions`), loadCatalogue()]);
  const transfers = me.may('VIEW_TRANSFERS') ? await visible(askAll(`${path}/transfers`)) : null;
  return [
    el('p', {}, el('a', {href: link({view: 'files'})}, '← Report files')),
    el('div', {class: 'rf-title'},
      el('h1', {}, foreign(file.filename)),
      el('div', {class: 'rf-buttons'}, download(file, 'btn btn-primary'), change(file, path, me))),
    facts(file, catalogue),
    el('h2', {}, 'Versions'),
    table(versionColumns(file), versions),
    transfers && el('h2', {}, 'Downloads'),
    transfers && (transfers.length > 0
      ? table(TRANSFERS, transfers)
      : el('div', {class: 'rf-panel rf-empty'}, 'Nobody has downloaded this version yet.')),
  ];
}

// The permission may be for the files of another organisation only.
function visible(list) {
  return list.catch((problem) => {
    if (problem.status === 403) {
      return null;
    }
    throw problem;
  });
}

function facts(file, {organisations, sections}) {
  const named = (items, code, label) => {
    const item = items.find((candidate) => candidate.code === code);
    return item ? `${item[label]} (${code})` : code;
  };
  const rows = [
    ['Organisation', named(organisations, file.organisation, 'name')],
    ['Period', `${file.year} ${file.quarter}`],
    ['Section', named(sections, file.section, 'title')],
    ['Version', String(file.version ?? '–')],
    ['State', format.words(file.state)],
    ['Size', exactSize(file.size)],
    ['Content type', file.contentType],
    ['SHA-256', el('code', {}, file.sha256 || '–')],
    ['CRC32C', el('code', {}, file.crc32c || '–')],
    ['Submitted', el('span', {},
      el('time', {datetime: file.submittedAt}, format.instant(file.submittedAt)), ' by ', foreign(file.submittedBy))],
    ['Link to this version', el('code', {}, new URL(file.links.download, location.href).href)],
  ];
  return el('dl', {class: 'rf-panel rf-facts'}, rows.map(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));
}

function exactSize(bytes) {
  if (bytes === undefined) {
    return '–';
  }
  return bytes < 1024 ? format.size(bytes) : `${format.size(bytes)} (${bytes.toLocaleString()} bytes)`;
}

function versionColumns(shown) {
  return [
    {
      label: 'Version', number: true,
      cell: (file) => file.id === shown.id
        ? el('strong', {}, String(file.version ?? '–'))
        : el('a', {href: link({view: 'file', id: file.id})}, String(file.version ?? '–')),
    },
    {label: 'File', long: true, cell: (file) => foreign(file.filename)},
    {label: 'Size', number: true, cell: (file) => format.size(file.size)},
    {label: 'Submitted', cell: (file) => el('time', {datetime: file.submittedAt}, format.instant(file.submittedAt))},
    {label: 'By', long: true, cell: (file) => foreign(file.submittedBy)},
    {label: 'State', cell: (file) => format.words(file.state)},
    {label: 'Download', cell: (file) => download(file)},
  ];
}

const TRANSFERS = [
  {label: 'When', cell: (transfer) => el('time', {datetime: transfer.startedAt}, format.instant(transfer.startedAt))},
  {label: 'Who', long: true, cell: (transfer) => foreign(transfer.account || 'nobody')},
  {label: 'From', cell: (transfer) => foreign(transfer.remoteAddress || '')},
  {label: 'Outcome', cell: (transfer) => format.words(transfer.outcome)},
  {label: 'Bytes', number: true, cell: (transfer) => format.size(transfer.bytes)},
];

function change(file, path, me) {
  const action = {AVAILABLE: 'withdraw', WITHDRAWN: 'restore'}[file.state];
  if (!action || !me.may('WITHDRAW')) {
    return null;
  }
  const button = el('button', {
    class: `btn btn-outline-${action === 'withdraw' ? 'danger' : 'secondary'}`,
    type: 'button',
    click: async () => {
      if (action === 'restore' || window.confirm(`Withdraw version ${file.version}? Its link will answer "gone".`)) {
        button.disabled = true;
        await ask(`${path}/${action}`, {method: 'POST'}).finally(() => {
          button.disabled = false;
        });
        announce('Done');
        refresh();
      }
    },
  }, format.words(action));
  return button;
}

import {ask, ifOffered} from './api.js';
import {el, foreign} from './dom.js';
import * as format from './format.js';
import {link} from './place.js';
import {t} from './texts.js';

/** The columns of every list of downloads. */
export function transferColumns(withFile = false) {
  return [
    {label: t('transfer.when'), cell: (transfer) => format.time(transfer.startedAt)},
    {
      label: t('transfer.who'), long: true,
      cell: (transfer) => el('span', {}, foreign(transfer.account || t('transfer.nobody')),
        el('span', {class: 'rf-sub'}, foreign(transfer.remoteAddress))),
    },
    ...(withFile ? [{label: t('transfer.file'), long: true, cell: file}] : []),
    {label: t('transfer.outcome'), cell: (transfer) => transfer.outcome ? format.badge('outcome', transfer.outcome) : joined(transfer)},
    {label: t('transfer.bytes'), number: true, cell: (transfer) => format.size(transfer.bytes)},
    {label: t('transfer.took'), number: true, cell: took},
    {label: t('transfer.agent'), long: true, cell: (transfer) => el('span', {class: 'rf-quiet'}, foreign(transfer.userAgent || '–'))},
  ];
}

function joined(transfer) {
  return el('span', {class: `rf-badge ${transfer.whole ? 'rf-good' : 'rf-warn'}`},
    t(transfer.whole ? 'transfer.whole' : 'transfer.partly', {parts: transfer.transfers}));
}

// The ledger knows files by id only. Names are asked for once, and shown when they come.
const names = new Map();

function file({reportFile, askedFor}) {
  if (!reportFile) {
    return foreign(askedFor || '–');
  }
  return el('a', {href: link({view: 'file', id: reportFile})}, fileName(reportFile));
}

/** The name of a report file, as soon as it is known. */
export function fileName(reportFile) {
  const name = foreign(`${reportFile.slice(0, 8)}…`);
  if (!names.has(reportFile)) {
    names.set(reportFile, ifOffered(ask(`report-files/${encodeURIComponent(reportFile)}`)));
  }
  names.get(reportFile)
    .then((found) => found && name.replaceChildren(found.filename))
    .catch(() => names.delete(reportFile)); // the id is enough
  return name;
}

/** Nothing for what was only answered, or goes on. */
function took({startedAt, endedAt, status}) {
  return endedAt && !status ? format.took((new Date(endedAt) - new Date(startedAt)) / 1000) : '–';
}

import {el, foreign, icon} from './dom.js';
import * as format from './format.js';
import {link} from './place.js';
import {t} from './texts.js';

/** The columns of every list of report files; the state is one of them where it is not always the same. */
export function columns(catalogue, me, withState = false) {
  return [
    {
      label: t('file.name'), sort: 'filename', long: true,
      cell: (file) => [el('a', {href: link({view: 'file', id: file.id})}, foreign(file.filename)), damaged(file)],
    },
    {label: t('file.organisation'), sort: 'organisation', cell: (file) => foreign(catalogue.organisationName(file.organisation))},
    {label: t('file.period'), sort: 'period', cell: period},
    {label: t('file.section'), sort: 'section', cell: (file) => foreign(catalogue.sectionTitle(file.section))},
    {label: t('file.version'), sort: 'version', number: true, cell: (file) => String(file.version ?? '–')},
    {label: t('file.size'), sort: 'size', number: true, cell: (file) => format.size(file.size)},
    {label: t('file.submitted'), sort: 'submittedAt', cell: submitted},
    ...(withState ? [{label: t('file.state'), cell: (file) => format.badge('state', file.state)}] : []),
    {label: t('file.download'), hidden: true, cell: (file) => downloadIcon(file, me)},
  ];
}

/** A file's period, not broken over lines. */
export function period(file) {
  return `${file.year}\u00a0${file.quarter}`;
}

/** Its state; and whether its stored bytes were found damaged. */
export function state(file) {
  return el('span', {}, format.badge('state', file.state), damaged(file));
}

function damaged(file) {
  return file.damagedAt && [' ', el('span', {class: 'rf-badge rf-bad'}, t('file.damaged'))];
}

/** When and by whom it was submitted. */
export function submitted(file) {
  return el('span', {}, format.time(file.submittedAt),
    el('span', {class: 'rf-sub rf-text'}, foreign(file.submittedBy)));
}

/** The same for lists, where there are many. */
export function downloadIcon(file, me) {
  const anchor = download(file, me);
  if (anchor !== '') {
    anchor.replaceChildren(icon('download'));
    anchor.title = t('file.download');
  }
  return anchor;
}

/** A plain link: the browser itself fetches the file, and can pause and resume it. */
export function download(file, me, style = 'btn-sm btn-outline-primary') {
  return file.state === 'AVAILABLE' && me.mayFor('DOWNLOAD', file.organisation)
    ? el('a', {class: `btn ${style}`, href: file.links.download, 'aria-label': t('file.downloadOne', {name: file.filename})},
      icon('download'), t('file.download'))
    : '';
}

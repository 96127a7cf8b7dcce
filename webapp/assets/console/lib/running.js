import {ask} from './api.js';
import {confirmDialog} from './dialogs.js';
import {announce, button, el, foreign} from './dom.js';
import * as format from './format.js';
import {table} from './grid.js';
import {link} from './place.js';
import {constant, t} from './texts.js';
import {fileName} from './transfercolumns.js';

const EVERY = 2000;
const MOST = 50;

/** What is being transferred now, kept up to date as long as it is looked at. */
export async function running(me) {
  const list = el('div', {'aria-live': 'off'});
  const box = el('section', {class: 'rf-panel', id: 'running'},
    el('div', {class: 'rf-panel-head'}, el('h2', {}, t('activity.running')), el('span', {class: 'rf-quiet'}, t('activity.running.explain'))),
    list);
  let shown = '';

  async function look() {
    const {items} = await ask('transfers/running', {query: {size: MOST}});
    const ids = items.map((item) => item.id).join();
    if (ids === shown && items.length > 0) {
      items.forEach((item, index) => move(list.querySelectorAll('.rf-moving')[index], item));
    } else {
      list.replaceChildren(items.length === 0 ? el('p', {class: 'rf-quiet mb-0'}, t('activity.nothingRuns')) : table(columns(me, look), items, t('activity.running')));
    }
    shown = ids;
  }

  async function follow() {
    if (box.isConnected) {
      await look().catch(() => null); // the next look may succeed
      setTimeout(follow, EVERY);
    }
  }

  await look();
  setTimeout(follow, EVERY);
  return box;
}

function columns(me, look) {
  return [
    {label: t('activity.kind'), cell: ({kind}) => constant('activity.kind', kind)},
    {label: t('transfer.file'), long: true, cell: what},
    {
      label: t('transfer.who'), long: true,
      cell: ({account, remoteAddress}) => el('span', {}, foreign(account || t('transfer.nobody')), el('span', {class: 'rf-sub'}, foreign(remoteAddress))),
    },
    {label: t('activity.started'), cell: ({startedAt}) => format.ago(startedAt)},
    {label: t('activity.progress'), cell: progress},
    ...(me.may('END_TRANSFERS') ? [{label: t('activity.end'), hidden: true, cell: (item) => end(item, look)}] : []),
  ];
}

function what({reportFiles}) {
  return reportFiles.length === 1
    ? el('a', {href: link({view: 'file', id: reportFiles[0]})}, fileName(reportFiles[0]))
    : t('activity.filesInZip', {count: reportFiles.length});
}

function progress(item) {
  const moving = el('div', {class: 'rf-moving'},
    item.totalBytes && el('progress', {class: 'rf-progress', max: item.totalBytes, 'aria-label': t('activity.progress')}),
    el('span', {class: 'rf-sub'}));
  move(moving, item);
  return moving;
}

function move(moving, {bytes, totalBytes}) {
  const bar = moving.querySelector('progress');
  if (bar) {
    bar.value = bytes;
  }
  moving.querySelector('.rf-sub').textContent = totalBytes
    ? t('activity.progressOf', {done: format.size(bytes), total: format.size(totalBytes)})
    : format.size(bytes);
}

function end({id, account}, look) {
  return button(t('activity.end'), () => confirmDialog(t('activity.end.title'), t('activity.end.explain'), t('activity.end'), async () => {
    await ask(`transfers/${encodeURIComponent(id)}`, {method: 'DELETE'});
    announce(t('done'));
    await look();
  }), 'btn-sm btn-outline-danger', {'aria-label': t('activity.endOne', {name: account || t('transfer.nobody')})});
}

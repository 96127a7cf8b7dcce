import {ask, beside} from './api.js';
import {confirmDialog} from './dialogs.js';
import {announce, button, el, icon} from './dom.js';
import {refresh} from './place.js';
import {t} from './texts.js';

/** As many as the server puts into one ZIP file. */
const MOST_IN_ONE = 100;

/**
 * Report files that are ticked in a list: a column of boxes, and what can be done with those that are ticked.
 *
 * @param {Object} me who ticks
 * @returns {{actions: Array<Node>, column: Object}}
 */
export function selection(me) {
  const ticked = new Map();
  const boxes = new Map();
  // A plain link: the browser itself fetches the ZIP file, and can pause and resume it.
  const download = el('a', {class: 'btn btn-outline-primary', id: 'download-ticked', hidden: true});
  const withdraw = button('', () => changeAll('withdraw', of('AVAILABLE')), 'btn-outline-danger', {hidden: true, id: 'withdraw-ticked'});
  const restore = button('', () => changeAll('restore', of('WITHDRAWN')), 'btn-outline-secondary', {hidden: true, id: 'restore-ticked'});
  const all = el('input', {
    class: 'form-check-input', type: 'checkbox', id: 'tick-all', 'aria-label': t('files.selectAll'),
    change: () => {
      boxes.forEach((box, file) => tick(file, box, all.checked));
      show();
    },
  });

  function of(state) {
    return [...ticked.values()].filter((file) => file.state === state);
  }

  function tick(file, box, on) {
    box.checked = on;
    on ? ticked.set(file.id, file) : ticked.delete(file.id);
  }

  function show() {
    const fetched = of('AVAILABLE').filter((file) => me.mayFor('DOWNLOAD', file.organisation));
    const fits = fetched.length <= MOST_IN_ONE;
    download.hidden = fetched.length === 0;
    download.replaceChildren(icon('download'), fits ? t('files.zip', {count: fetched.length}) : t('files.zip.tooMany', {count: MOST_IN_ONE}));
    download.toggleAttribute('aria-disabled', !fits);
    download.classList.toggle('disabled', !fits);
    fits ? download.setAttribute('href', zip(fetched)) : download.removeAttribute('href');
    label(withdraw, 'files.withdraw', of('AVAILABLE'));
    label(restore, 'files.restore', of('WITHDRAWN'));
    all.checked = ticked.size > 0 && ticked.size === boxes.size;
    all.indeterminate = ticked.size > 0 && !all.checked;
  }

  function label(act, key, files) {
    act.hidden = files.length === 0 || !me.may('WITHDRAW');
    act.textContent = t(key, {count: files.length});
  }

  return {
    actions: [download, withdraw, restore],
    column: {
      label: t('files.select'), hidden: true, head: all,
      cell: (file) => {
        if (!isOfUse(file, me)) {
          return '';
        }
        const box = el('input', {
          class: 'form-check-input', type: 'checkbox', 'aria-label': t('files.selectOne', {name: file.filename}),
          change: () => {
            tick(file, box, box.checked);
            show();
          },
        });
        boxes.set(file, box);
        return box;
      },
    },
  };
}

function isOfUse(file, me) {
  return (file.state === 'AVAILABLE' && me.mayFor('DOWNLOAD', file.organisation))
    || (['AVAILABLE', 'WITHDRAWN'].includes(file.state) && me.may('WITHDRAW'));
}

function zip(files) {
  const url = beside('files.zip');
  files.forEach((file) => url.searchParams.append('id', file.id));
  return url.href;
}

function changeAll(action, files) {
  confirmDialog(t(`files.${action}`, {count: files.length}), t(`files.${action}.explain`), t(`file.${action}`), async () => {
    for (const file of files) {
      await ask(`report-files/${encodeURIComponent(file.id)}/${action}`, {method: 'POST'});
    }
    announce(t('done'));
    refresh();
  }, action === 'withdraw' ? 'btn-danger' : 'btn-primary');
}

import {ask, askAll} from '../lib/api.js';
import {copyable} from '../lib/clipboard.js';
import {confirmDialog, openDialog} from '../lib/dialogs.js';
import {announce, button, el, field, foreign, heading, input, nothing} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {table} from '../lib/grid.js';
import {refresh} from '../lib/place.js';
import {t} from '../lib/texts.js';

/** The caller's own personal access tokens. */
export async function show() {
  const tokens = await askAll('tokens');
  const shown = el('div', {role: 'status'});
  return [
    heading(t('view.tokens'), button(t('tokens.add'), () => create(shown), 'btn-primary', {id: 'add'})),
    el('p', {class: 'rf-quiet'}, t('tokens.explain'), ' ',
      el('code', {}, `curl -OJ -H "Authorization: Bearer rf_…" ${new URL('../files/', document.baseURI).href}…`)),
    shown,
    tokens.length === 0
      ? nothing(t('tokens.none'))
      : table(columns(), tokens, t('view.tokens')),
  ];
}

function columns() {
  return [
    {label: t('admin.name'), long: true, cell: (token) => foreign(token.name)},
    {label: t('tokens.created'), cell: (token) => format.time(token.createdAt)},
    {label: t('tokens.expires'), cell: (token) => token.expiresAt ? format.time(token.expiresAt) : t('tokens.never')},
    {label: t('tokens.used'), cell: (token) => token.lastUsedAt ? format.ago(token.lastUsedAt) : t('tokens.unused')},
    {
      label: t('tokens.revoke'),
      cell: (token) => button(t('tokens.revoke'), () => revoke(token), 'btn-sm btn-outline-danger', {'aria-label': t('tokens.revokeOne', {name: token.name})}),
    },
  ];
}

function revoke(token) {
  confirmDialog(t('tokens.revokeOne', {name: token.name}), t('tokens.revoke.explain'), t('tokens.revoke'), async () => {
    await ask(`tokens/${encodeURIComponent(token.id)}`, {method: 'DELETE'});
    announce(t('done'));
    refresh();
  });
}

function create(shown) {
  openDialog(t('tokens.add'), [
    field(t('admin.name'), input('name', {maxlength: 100, required: true}), t('tokens.name.hint')),
    field(t('tokens.expires'), input('expiresAt', {type: 'date'}), t('tokens.expires.hint')),
  ], t('admin.create'), async (form) => {
    const day = form.elements.expiresAt.value;
    const token = await ask('tokens', {
      method: 'POST',
      body: {
        name: form.elements.name.value,
        ...(day ? {expiresAt: new Date(`${day}T23:59:59`).toISOString()} : {}),
      },
    });
    showOnce(shown, token);
  });
}

function showOnce(shown, token) {
  shown.replaceChildren(el('div', {class: 'alert alert-success rf-token'},
    el('p', {}, t('tokens.once')),
    copyable(token.token, t('tokens.token')),
    el('div', {class: 'rf-buttons mt-3'}, button(t('tokens.done'), refresh, 'btn-sm btn-outline-secondary'))));
}

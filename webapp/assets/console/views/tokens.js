import {ask, askAll} from '../lib/api.js';
import {copyable} from '../lib/clipboard.js';
import {confirmDialog, openDialog} from '../lib/dialogs.js';
import {announce, button, checkbox, el, field, foreign, heading, input, nothing} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {table} from '../lib/grid.js';
import {refresh} from '../lib/place.js';
import {constant, t} from '../lib/texts.js';

/** The caller's own personal access tokens. */
export async function show(me) {
  const tokens = await askAll('tokens');
  const shown = el('div', {role: 'status'});
  return [
    heading(t('view.tokens'), button(t('tokens.add'), () => create(shown, me), 'btn-primary', {id: 'add'})),
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
    {label: t('tokens.actions'), cell: (token) => token.actions ? token.actions.map((action) => constant('permission', action)).join(', ') : t('tokens.everything')},
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

function create(shown, me) {
  const actions = me.permissions.filter((action) => action !== 'MANAGE_OWN_TOKENS');
  openDialog(t('tokens.add'), [
    field(t('admin.name'), input('name', {maxlength: 100, required: true}), t('tokens.name.hint')),
    field(t('tokens.expires'), input('expiresAt', {type: 'date'}), t('tokens.expires.hint')),
    el('fieldset', {class: 'mb-3'},
      el('legend', {class: 'form-label fs-6'}, t('tokens.actions')),
      actions.map((action) => checkbox('actions', constant('permission', action), {value: action})),
      el('div', {class: 'form-text'}, t('tokens.actions.hint'))),
  ], t('admin.create'), async (form) => {
    const day = form.elements.expiresAt.value;
    const chosen = [...form.querySelectorAll('input[name=actions]:checked')].map((box) => box.value);
    const token = await ask('tokens', {
      method: 'POST',
      body: {
        name: form.elements.name.value,
        ...(day ? {expiresAt: new Date(`${day}T23:59:59`).toISOString()} : {}),
        ...(chosen.length > 0 ? {actions: chosen} : {}),
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

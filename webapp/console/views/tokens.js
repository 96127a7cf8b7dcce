import {ask} from '../lib/api.js';
import {el, field, foreign, input, showProblem} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {table} from '../lib/list.js';
import {openDialog, refresh} from '../lib/shell.js';

export const title = 'Access tokens';

/** The caller's own personal access tokens. */
export async function show(me) {
  const tokens = (await ask('tokens', {query: {size: 200}})).items;
  const shown = el('div', {role: 'status'});
  return [
    el('div', {class: 'rf-title'},
      el('h1', {}, title),
      el('button', {class: 'btn btn-primary', type: 'button', click: () => create(shown)}, 'New token')),
    el('p', {}, 'A token lets a script act as ', el('strong', {}, foreign(me.name)), ': ',
      el('code', {}, 'curl -H "Authorization: Bearer rf_…" …'), '. It can do all that you can do.'),
    shown,
    tokens.length === 0
      ? el('div', {class: 'rf-panel rf-empty'}, 'You have no tokens.')
      : table(COLUMNS, tokens),
  ];
}

const COLUMNS = [
  {label: 'Name', long: true, cell: (token) => foreign(token.name)},
  {label: 'Created', cell: (token) => format.instant(token.createdAt)},
  {label: 'Expires', cell: (token) => token.expiresAt ? format.instant(token.expiresAt) : 'never'},
  {label: 'Last used', cell: (token) => token.lastUsedAt ? format.instant(token.lastUsedAt) : 'not yet'},
  {
    label: 'Revoke',
    cell: (token) => el('button', {
      class: 'btn btn-sm btn-outline-danger',
      type: 'button',
      'aria-label': `Revoke ${token.name}`,
      click: async () => {
        if (window.confirm(`Revoke "${token.name}"? Scripts that use it stop working at once.`)) {
          await ask(`tokens/${encodeURIComponent(token.id)}`, {method: 'DELETE'});
          refresh();
        }
      },
    }, 'Revoke'),
  },
];

function create(shown) {
  openDialog('New access token', [
    field('Name', input('name', {maxlength: 100, required: true}), 'What it is for, such as "nightly export".'),
    field('Expires', input('expiresAt', {type: 'date'}), 'Empty: never.'),
  ], 'Create', async (form) => {
    const day = form.elements.expiresAt.value;
    try {
      const token = await ask('tokens', {
        method: 'POST',
        body: {
          name: form.elements.name.value,
          ...(day ? {expiresAt: new Date(`${day}T23:59:59`).toISOString()} : {}),
        },
      });
      showOnce(shown, token);
      return true;
    } catch (problem) {
      showProblem(form, problem);
      return false;
    }
  });
}

function showOnce(shown, token) {
  shown.replaceChildren(el('div', {class: 'alert alert-success'},
    el('p', {}, 'Copy the token now; it is not shown again.'),
    el('p', {class: 'rf-text'}, el('code', {class: 'rf-token'}, token.token)),
    el('div', {class: 'rf-buttons'},
      el('button', {
        class: 'btn btn-sm btn-outline-secondary', type: 'button',
        click: () => navigator.clipboard?.writeText(token.token),
      }, 'Copy'),
      el('button', {class: 'btn btn-sm btn-outline-secondary', type: 'button', click: refresh}, 'Done'))));
}

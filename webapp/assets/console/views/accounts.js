import {administration, values} from '../lib/administration.js';
import {ask} from '../lib/api.js';
import {loadCatalogue, loadRegions, options} from '../lib/choices.js';
import {confirmDialog, openDialog} from '../lib/dialogs.js';
import {announce, button, checkbox, el, field, foreign, input} from '../lib/dom.js';
import {choice} from '../lib/filters.js';
import * as format from '../lib/format.js';
import {here, link, refresh} from '../lib/place.js';
import {see} from '../lib/seeing.js';
import {constant, constants, t} from '../lib/texts.js';

/** The accounts. */
export async function show(me) {
  const [{organisations}, regions] = await Promise.all([loadCatalogue(), loadRegions()]);
  return administration({
    view: 'accounts',
    key: 'id',
    columns: [
      {label: t('accounts.name'), long: true, cell: name},
      {label: t('accounts.roles'), cell: (account) => account.roles.map((role) => constant('role', role)).join(', ') || '–'},
      {label: t('file.organisation'), cell: (account) => account.organisation || '–'},
      {label: t('organisations.region'), cell: (account) => account.region || '–'},
      {label: t('accounts.created'), cell: (account) => format.time(account.createdAt)},
      {label: t('file.state'), cell: (account) => format.badge('account', account.state)},
    ],
    filters: [[t('file.state'), choice('state', constants('account').map((state) => [state, constant('account', state)]), here().state)]],
    fields: async (account) => fields(account || {roles: []}, organisations, regions),
    read,
    actions: (account) => actions(account, me),
  }, me.may('MANAGE_ACCOUNTS'));
}

function name(account) {
  return el('span', {}, foreign(account.displayName), el('span', {class: 'rf-sub'}, foreign(account.name)));
}

function fields(account, organisations, regions) {
  return [
    !account.id && field(t('accounts.name'), input('name', {required: true, maxlength: 64, autocapitalize: 'none', autocomplete: 'off'}), t('accounts.name.hint')),
    field(t('accounts.displayName'), input('displayName', {required: true, maxlength: 200, value: account.displayName, autocomplete: 'off'})),
    !account.id && field(t('accounts.password'), input('password', {type: 'password', required: true, autocomplete: 'new-password'})),
    el('fieldset', {class: 'mb-3'},
      el('legend', {class: 'form-label fs-6'}, t('accounts.roles')),
      constants('role').map((role) => checkbox('roles', `${constant('role', role)} – ${constant('role.means', role)}`,
        {value: role, checked: account.roles.includes(role)}))),
    field(t('file.organisation'), choice('organisation', options(organisations, 'name'), account.organisation, t('admin.noneOf')), t('accounts.organisation.hint')),
    field(t('organisations.region'), choice('region', options(regions, 'name'), account.region, t('admin.noneOf')), t('accounts.region.hint')),
  ];
}

function read(form, isNew) {
  return {
    ...values(form, 'name', 'displayName'),
    organisation: form.elements.organisation.value || null,
    region: form.elements.region.value || null,
    ...(isNew ? {password: form.elements.password.value} : {}),
    roles: [...form.querySelectorAll('input[name=roles]:checked')].map((box) => box.value),
  };
}

function actions(account, me) {
  const path = `accounts/${encodeURIComponent(account.id)}`;
  const act = (action) => async () => {
    await ask(`${path}/${action}`, {method: 'POST'});
    announce(t('done'));
    refresh();
  };
  const small = (action, click, style = 'btn-outline-secondary') => button(t(`accounts.${action}`), click,
    `btn-sm ${style} me-1 mb-1`, {'aria-label': t(`accounts.${action}One`, {name: account.name})});
  return [
    account.state === 'ACTIVE' && account.id !== me.id && small('seeAs', async () => {
      see(await ask(`${path}/see-as`, {method: 'POST'}));
      location.assign(link({view: 'home'}));
    }),
    small('setPassword', () => setPassword(path, account)),
    account.state === 'PENDING' && small('approve', act('approve'), 'btn-outline-primary'),
    account.state === 'DEACTIVATED' && small('activate', act('activate'), 'btn-outline-primary'),
    account.state !== 'DEACTIVATED' && account.id !== me.id && small('deactivate', () => confirmDialog(
      t('accounts.deactivateOne', {name: account.name}), t('accounts.deactivate.explain'), t('accounts.deactivate'), act('deactivate')), 'btn-outline-danger'),
  ].filter(Boolean);
}

function setPassword(path, account) {
  openDialog(t('accounts.setPasswordOne', {name: account.name}), [
    field(t('accounts.password'), input('password', {type: 'password', required: true, autocomplete: 'new-password'})),
  ], t('admin.save'), async (form) => {
    await ask(`${path}/password`, {method: 'PUT', body: {password: form.elements.password.value}});
    announce(t('done'));
  });
}

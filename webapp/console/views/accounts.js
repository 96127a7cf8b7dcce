import {administration} from '../lib/administration.js';
import {filter, loadCatalogue, options} from '../lib/choices.js';
import {el, field, foreign, input} from '../lib/dom.js';
import * as format from '../lib/format.js';

export const title = 'Accounts';

const ROLES = {
  ANALYST: 'submits and downloads the files of the own organisation',
  READER: 'downloads the files of the own organisation',
  REGIONAL_REVIEWER: 'sees lists and history of the own region',
  AUDITOR: 'sees everything except the files themselves',
  ADMINISTRATOR: 'may do everything',
};

const KIND = {
  title,
  path: 'accounts',
  view: 'accounts',
  add: 'New account',
  columns: [
    {label: 'Name', long: true, cell: (account) => foreign(account.name)},
    {label: 'Display name', long: true, cell: (account) => foreign(account.displayName)},
    {label: 'Roles', cell: (account) => account.roles.map(format.words).join(', ')},
    {label: 'Organisation', cell: (account) => account.organisation || '–'},
    {label: 'Region', cell: (account) => account.region || '–'},
    {label: 'State', cell: (account) => format.words(account.state)},
  ],
  fields: async () => {
    const {organisations} = await loadCatalogue();
    return [
      field('Name', input('name', {required: true, maxlength: 64, autocapitalize: 'none', autocomplete: 'off'}), 'What is typed to sign in.'),
      field('Display name', input('displayName', {required: true, maxlength: 200})),
      field('Password', input('password', {type: 'password', required: true, autocomplete: 'new-password'})),
      roles(),
      field('Organisation', filter('organisation', options(organisations, 'name'), '', 'None'), 'Whose files an analyst or reader works with.'),
      field('Region', input('region', {maxlength: 32}), 'Code of the region that a reviewer sees.'),
    ];
  },
  read: (form) => ({
    name: form.elements.name.value.trim(),
    displayName: form.elements.displayName.value.trim(),
    password: form.elements.password.value,
    roles: [...form.querySelectorAll('input[name=roles]:checked')].map((box) => box.value),
    ...(form.elements.organisation.value ? {organisation: form.elements.organisation.value} : {}),
    ...(form.elements.region.value.trim() ? {region: form.elements.region.value.trim()} : {}),
  }),
};

function roles() {
  return el('fieldset', {class: 'mb-3'},
    el('legend', {class: 'form-label fs-6'}, 'Roles'),
    Object.entries(ROLES).map(([role, meaning]) => {
      const id = `role-${role}`;
      return el('div', {class: 'form-check'},
        el('input', {class: 'form-check-input', type: 'checkbox', name: 'roles', value: role, id}),
        el('label', {class: 'form-check-label', for: id}, `${format.words(role)} – ${meaning}`));
    }));
}

/** The accounts. */
export function show(me) {
  return administration(KIND, me.may('MANAGE_ACCOUNTS'));
}

import {administration} from '../lib/administration.js';
import {field, foreign, input} from '../lib/dom.js';

export const title = 'Organisations';

const KIND = {
  title,
  path: 'organisations',
  view: 'organisations',
  add: 'New organisation',
  columns: [
    {label: 'Code', cell: (organisation) => organisation.code},
    {label: 'Name', long: true, cell: (organisation) => foreign(organisation.name)},
    {label: 'Type', cell: (organisation) => foreign(organisation.type)},
    {label: 'Region', cell: (organisation) => organisation.region || '–'},
  ],
  fields: async () => [
    field('Code', input('code', {required: true, maxlength: 32, autocapitalize: 'none'}), 'Short; it is part of links and never changes.'),
    field('Name', input('name', {required: true, maxlength: 200})),
    field('Type', input('type', {required: true, maxlength: 50}), 'Such as state, tribe, agency or department.'),
    field('Region', input('region', {maxlength: 32}), 'Code of the region; may stay empty.'),
  ],
  read: ({elements}) => ({
    code: elements.code.value.trim(),
    name: elements.name.value.trim(),
    type: elements.type.value.trim(),
    ...(elements.region.value.trim() ? {region: elements.region.value.trim()} : {}),
  }),
};

/** The organisations. */
export function show(me) {
  return administration(KIND, me.may('MANAGE_CATALOGUE'));
}

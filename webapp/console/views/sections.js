import {administration} from '../lib/administration.js';
import {field, foreign, input} from '../lib/dom.js';
import * as format from '../lib/format.js';

export const title = 'Sections';

const MIB = 1024 * 1024;

const KIND = {
  title,
  path: 'sections',
  view: 'sections',
  add: 'New section',
  columns: [
    {label: 'Code', cell: (section) => section.code},
    {label: 'Title', long: true, cell: (section) => foreign(section.title)},
    {label: 'Accepts', cell: (section) => section.extensions.join(', ')},
    {label: 'Up to', number: true, cell: (section) => format.size(section.maxBytes)},
  ],
  fields: async () => [
    field('Code', input('code', {required: true, maxlength: 32, autocapitalize: 'none'}), 'Short; it is part of links and never changes.'),
    field('Title', input('title', {required: true, maxlength: 200})),
    field('Extensions', input('extensions', {required: true, value: 'csv, txt'}), 'Separated by commas, without dots.'),
    field('Largest file in MiB', input('maxBytes', {type: 'number', min: 1, step: 1, value: 1024, required: true})),
  ],
  read: ({elements}) => ({
    code: elements.code.value.trim(),
    title: elements.title.value.trim(),
    extensions: elements.extensions.value.split(',').map((extension) => extension.trim()).filter(Boolean),
    maxBytes: Math.round(Number(elements.maxBytes.value) * MIB),
  }),
};

/** The kinds of reports. */
export function show(me) {
  return administration(KIND, me.may('MANAGE_CATALOGUE'));
}

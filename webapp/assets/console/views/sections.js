import {administration, values} from '../lib/administration.js';
import {el, field, foreign, input} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {t} from '../lib/texts.js';

const MIB = 1024 * 1024;

/** The kinds of reports. */
export function show(me) {
  return administration({
    view: 'sections',
    key: 'code',
    columns: [
      {label: t('admin.code'), cell: (section) => el('code', {}, section.code)},
      {label: t('sections.title'), long: true, cell: (section) => foreign(section.title)},
      {label: t('sections.extensions'), cell: (section) => section.extensions.join(', ')},
      {label: t('sections.maxBytes'), number: true, cell: (section) => format.size(section.maxBytes)},
    ],
    fields: async (section = {extensions: ['csv', 'txt'], maxBytes: 1024 * MIB}) => [
      !section.code && field(t('admin.code'), input('code', {required: true, maxlength: 32, autocapitalize: 'none'}), t('admin.code.hint')),
      field(t('sections.title'), input('title', {required: true, maxlength: 200, value: section.title})),
      field(t('sections.extensions'), input('extensions', {required: true, value: section.extensions.join(', ')}), t('sections.extensions.hint')),
      field(t('sections.mebibytes'), input('maxBytes', {type: 'number', min: 0, step: 'any', value: section.maxBytes / MIB, required: true})),
    ],
    read: (form) => ({
      ...values(form, 'code', 'title'),
      extensions: form.elements.extensions.value.split(',').map((extension) => extension.trim()).filter(Boolean),
      maxBytes: Math.round(Number(form.elements.maxBytes.value) * MIB),
    }),
  }, me.may('MANAGE_CATALOGUE'));
}

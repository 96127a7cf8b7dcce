import {administration, values} from '../lib/administration.js';
import {el, field, foreign, input} from '../lib/dom.js';
import {link} from '../lib/place.js';
import {t} from '../lib/texts.js';

/** The regions. */
export function show(me) {
  return administration({
    view: 'regions',
    key: 'code',
    columns: [
      {label: t('admin.code'), cell: (region) => el('code', {}, region.code)},
      {label: t('admin.name'), long: true, cell: (region) => foreign(region.name)},
      {
        label: t('view.organisations'),
        cell: (region) => el('a', {
          href: link({view: 'organisations', region: region.code}), 'aria-label': t('regions.organisationsOf', {name: region.name}),
        }, t('regions.organisations')),
      },
    ],
    fields: async (region = {}) => [
      !region.code && field(t('admin.code'), input('code', {required: true, maxlength: 32, autocapitalize: 'none'}), t('admin.code.hint')),
      field(t('admin.name'), input('name', {required: true, maxlength: 200, value: region.name})),
    ],
    read: (form) => values(form, 'code', 'name'),
  }, me.may('MANAGE_CATALOGUE'));
}

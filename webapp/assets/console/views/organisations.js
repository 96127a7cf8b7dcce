import {administration, values} from '../lib/administration.js';
import {loadRegions, options} from '../lib/choices.js';
import {el, field, foreign, input} from '../lib/dom.js';
import {choice} from '../lib/filters.js';
import {here, link} from '../lib/place.js';
import {t} from '../lib/texts.js';

/** The organisations. */
export async function show(me) {
  const regions = options(await loadRegions(), 'name');
  return administration({
    view: 'organisations',
    key: 'code',
    columns: [
      {label: t('admin.code'), cell: (organisation) => el('code', {}, organisation.code)},
      {label: t('admin.name'), long: true, cell: (organisation) => foreign(organisation.name)},
      {label: t('organisations.type'), cell: (organisation) => foreign(organisation.type)},
      {label: t('organisations.region'), cell: (organisation) => organisation.region || '–'},
      {
        label: t('view.files'),
        cell: (organisation) => el('a', {
          href: link({view: 'files', organisation: organisation.code}), 'aria-label': t('organisations.filesOf', {name: organisation.name}),
        }, t('organisations.files')),
      },
    ],
    filters: [[t('organisations.region'), choice('region', regions, here().region)]],
    fields: async (organisation = {}) => [
      !organisation.code && field(t('admin.code'), input('code', {required: true, maxlength: 32, autocapitalize: 'none'}), t('admin.code.hint')),
      field(t('admin.name'), input('name', {required: true, maxlength: 200, value: organisation.name})),
      field(t('organisations.type'), input('type', {required: true, maxlength: 50, value: organisation.type}), t('organisations.type.hint')),
      field(t('organisations.region'), choice('region', regions, organisation.region, t('admin.noneOf'))),
    ],
    read: (form) => ({...values(form, 'code', 'name', 'type'), region: form.elements.region.value || null}),
  }, me.may('MANAGE_CATALOGUE'));
}

import {administration, values} from '../lib/administration.js';
import {el, field, foreign, input, select} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {describeNames} from '../lib/names.js';
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
      {label: t('sections.names'), long: true, cell: (section) => foreign(describeNames(section.names))},
      {label: t('sections.maxBytes'), number: true, cell: (section) => format.size(section.maxBytes)},
    ],
    fields: async (section = {names: {extensions: ['csv', 'txt']}, maxBytes: 1024 * MIB}) => [
      !section.code && field(t('admin.code'), input('code', {required: true, maxlength: 32, autocapitalize: 'none'}), t('admin.code.hint')),
      field(t('sections.title'), input('title', {required: true, maxlength: 200, value: section.title})),
      ...namesFields(section.names),
      field(t('sections.mebibytes'), input('maxBytes', {type: 'number', min: 0, step: 'any', value: section.maxBytes / MIB, required: true})),
    ],
    read: (form) => ({
      ...values(form, 'code', 'title'),
      names: readNames(form),
      maxBytes: Math.round(Number(form.elements.maxBytes.value) * MIB),
    }),
  }, me.may('MANAGE_CATALOGUE'));
}

/** A choice, and beside it the list that belongs to it. */
function namesFields(names) {
  const lists = Object.fromEntries(['extensions', 'patterns'].map((kind) => [kind, field(t(`sections.${kind}`),
    input(`names.${kind}`, {value: (names[kind] ?? []).join(', '), autocapitalize: 'none'}), t(`sections.${kind}.hint`))]));
  const choice = select('names', ['extensions', 'patterns', 'any'].map((kind) => [kind, t(`sections.names.${kind}`)]),
    Object.keys(lists).find((kind) => names[kind]) ?? 'any', {change: show});
  function show() {
    Object.entries(lists).forEach(([kind, list]) => {
      list.hidden = choice.value !== kind;
    });
  }
  show();
  return [field(t('sections.names'), choice), ...Object.values(lists)];
}

function readNames(form) {
  const kind = form.elements.names.value;
  return kind === 'any'
    ? {any: true}
    : {[kind]: form.elements[`names.${kind}`].value.split(',').map((text) => text.trim()).filter(Boolean)};
}

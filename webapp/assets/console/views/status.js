import {ask, beside, ifOffered, send} from '../lib/api.js';
import {el, heading, nothing} from '../lib/dom.js';
import {table} from '../lib/grid.js';
import {t} from '../lib/texts.js';

/** Whether what the application needs is there, and how it is set up. */
export async function show() {
  const [ready, concerns] = await Promise.all([readiness(), ifOffered(ask('configuration'))]);
  return [
    heading(t('view.status')),
    el('section', {class: 'rf-panel'},
      el('h2', {}, t('status.ready')),
      el('ul', {class: 'rf-todo'}, ready.map(({name, status, data}) => el('li', {},
        el('span', {}, name, data && el('span', {class: 'rf-sub'}, data)),
        el('span', {class: `rf-badge ${status === 'UP' ? 'rf-good' : 'rf-bad'}`}, t(status === 'UP' ? 'status.up' : 'status.down')))))),
    el('h2', {}, t('status.configuration')),
    concerns === null ? nothing(t('status.noConfiguration')) : [
      el('p', {class: 'rf-quiet'}, t('status.explain')),
      concerns.items.map(concern),
    ],
  ];
}

async function readiness() {
  const answer = await (await send(beside('health/ready'), {headers: {Accept: 'application/json'}})).json().catch(() => ({}));
  return (answer.checks || []).map(({name, status, data}) => ({
    name, status, data: Object.entries(data || {}).map(([key, value]) => `${key}: ${value}`).join(', '),
  }));
}

function concern({title, settings}) {
  return [
    el('h3', {class: 'h6 mt-3'}, title),
    table([
      {label: t('status.setting'), long: true, cell: (setting) => el('code', {}, setting.name)},
      {label: t('status.value'), long: true, cell: value},
      {label: t('status.source'), long: true, cell: (setting) => setting.source || t('status.default')},
    ], settings, title),
  ];
}

function value({secret, value: text}) {
  return secret ? el('em', {class: 'rf-quiet'}, t(text === undefined ? 'status.unset' : 'status.secret'))
    : text === undefined ? el('em', {class: 'rf-quiet'}, t('status.unset')) : el('code', {}, text);
}

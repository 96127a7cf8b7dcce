import {ask, beside, send} from '../lib/api.js';
import {announce, button, el, foreign, heading} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {table} from '../lib/grid.js';
import {constant, t} from '../lib/texts.js';

/** Whether what the application needs is there, and how it is set up. */
export async function show(me) {
  const [ready, concerns] = await Promise.all([readiness(), ask('configuration')]);
  return [
    heading(t('view.status')),
    el('section', {class: 'rf-panel'},
      el('h2', {}, t('status.ready')),
      el('ul', {class: 'rf-todo'}, ready.map(({name, status, data}) => el('li', {},
        el('span', {}, constant('ready', name), data && el('span', {class: 'rf-sub'}, data)),
        el('span', {class: `rf-badge ${status === 'UP' ? 'rf-good' : 'rf-bad'}`}, t(status === 'UP' ? 'status.up' : 'status.down')))))),
    me.may('RECONCILE') && doctor(),
    el('h2', {}, t('status.configuration')),
    el('p', {class: 'rf-quiet'}, t('status.explain')),
    concerns.items.map(concern),
  ];
}

/** Lets the server examine its store when it is told to. */
function doctor() {
  const findings = el('div', {role: 'status'});
  const run = button(t('doctor.run'), async () => {
    run.disabled = true;
    try {
      const {items} = await ask('storage-check', {method: 'POST'});
      findings.replaceChildren(table([
        {label: t('doctor.check'), cell: ({check}) => constant('check', check)},
        {label: t('file.state'), cell: ({verdict}) => format.badge('verdict', verdict)},
        {label: t('doctor.found'), long: true, cell: ({found}) => foreign(found)},
        {label: t('doctor.advice'), long: true, cell: ({check, verdict}) => verdict === 'GOOD' ? '–' : t(`check.advice.${check}`)},
      ], items, t('doctor')));
      announce(t('done'));
    } finally {
      run.disabled = false;
    }
  }, 'btn-outline-primary', {id: 'check-storage'});
  return el('section', {class: 'rf-panel'},
    el('div', {class: 'rf-panel-head'}, el('h2', {}, t('doctor')), run),
    el('p', {class: 'rf-quiet'}, t('doctor.explain')),
    findings);
}

async function readiness() {
  const answer = await (await send(beside('health/ready'), {headers: {Accept: 'application/json'}})).json().catch(() => ({}));
  return (answer.checks || []).map(({name, status, data}) => ({
    name, status, data: Object.entries(data || {}).map(([key, value]) => `${constant('ready', key)}: ${constant('ready', value)}`).join(', '),
  }));
}

function concern({title, settings}) {
  return [
    el('h3', {class: 'h6 mt-3'}, title),
    table([
      {label: t('status.setting'), long: true, cell: (setting) => el('code', {}, setting.name)},
      {label: t('status.value'), long: true, cell: value},
      {label: t('status.source'), long: true, cell: source},
    ], settings, title, 'rf-settings'),
  ];
}

// Servers call the same source by names of their own.
function source({source: name}) {
  return !name ? t('status.default')
    : /^env/i.test(name) ? t('status.environment')
      : /^sys/i.test(name) ? t('status.property') : foreign(name);
}

function value({secret, value: text}) {
  return secret ? el('em', {class: 'rf-quiet'}, t(text === undefined ? 'status.unset' : 'status.secret'))
    : text === undefined ? el('em', {class: 'rf-quiet'}, t('status.unset')) : el('code', {}, text);
}

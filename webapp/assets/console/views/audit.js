import {address, ask} from '../lib/api.js';
import {button, el, foreign, heading, input, nothing} from '../lib/dom.js';
import {choice, dayLimit, filterBar} from '../lib/filters.js';
import * as format from '../lib/format.js';
import {grid} from '../lib/grid.js';
import {here, link} from '../lib/place.js';
import {constant, constants, t} from '../lib/texts.js';

/** Who changed what, and who signed in. */
export async function show() {
  const place = here();
  const query = {
    action: place.action, actor: place.actor, subjectType: place.subjectType, subjectId: place.subjectId,
    from: dayLimit(place.from), until: dayLimit(place.until, true),
  };
  const verified = el('div', {role: 'status'});
  return [
    heading(t('view.audit'),
      button(t('audit.verify'), () => verify(verified)),
      el('a', {class: 'btn btn-outline-secondary', href: address('audit', {...query, format: 'csv'}).href}, t('export'))),
    verified,
    filterBar('audit', [
      [t('audit.action'), choice('action', constants('action').map((name) => [name, constant('action', name)]), place.action)],
      [t('audit.actor'), input('actor', {value: place.actor, maxlength: 64})],
      [t('audit.subjectType'), choice('subjectType', constants('subject').map((name) => [name, constant('subject', name)]), place.subjectType)],
      [t('audit.subjectId'), input('subjectId', {value: place.subjectId, maxlength: 100})],
      [t('filter.from'), input('from', {type: 'date', value: place.from})],
      [t('filter.until'), input('until', {type: 'date', value: place.until})],
    ]),
    await grid({path: 'audit', name: t('view.audit'), query, columns: columns(), empty: () => nothing(t('audit.none'))}),
  ];
}

function columns() {
  return [
    {label: t('audit.when'), cell: (event) => format.time(event.occurredAt)},
    {label: t('audit.action'), cell: (event) => constant('action', event.action)},
    {label: t('audit.actor'), long: true, cell: (event) => foreign(event.actor)},
    {label: t('audit.subject'), long: true, cell: subject},
    {label: t('audit.detail'), long: true, cell: (event) => foreign(event.detail || '–')},
  ];
}

function subject({subjectType, subjectId}) {
  const isLong = (subjectId || '').length > 32;
  const id = el('span', {title: isLong && subjectId}, foreign(isLong ? `${subjectId.slice(0, 8)}…` : subjectId || '–'));
  const name = subjectType === 'report-file' && subjectId ? el('a', {href: link({view: 'file', id: subjectId})}, id) : id;
  return el('span', {}, constant('subject', subjectType), el('span', {class: 'rf-sub'}, name));
}

async function verify(place) {
  const [audit, ledger] = await Promise.all([ask('audit/verify'), ask('transfers/verify')]);
  place.replaceChildren(
    verdict(audit, t('audit.verify.intact', audit), t('audit.verify.broken', audit)),
    verdict(ledger, t('transfers.verify.intact', ledger), t('transfers.verify.broken', ledger)));
}

function verdict(answer, intact, broken) {
  return answer.intact
    ? el('p', {class: 'alert alert-success'}, intact)
    : el('p', {class: 'alert alert-danger'}, broken, ' ', answer.fault || '');
}

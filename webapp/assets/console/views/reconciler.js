import {ask} from '../lib/api.js';
import {confirmDialog} from '../lib/dialogs.js';
import {announce, button, el, foreign, heading, nothing} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {table} from '../lib/grid.js';
import {here, link, refresh} from '../lib/place.js';
import {constant, t} from '../lib/texts.js';

const POLL = 3000;

/** Comparisons of bucket and database: the last runs, what they found, a new one. */
export async function show(me) {
  const {id} = here();
  if (id) {
    return one(id);
  }
  const runs = await ask('reconciliations', {query: {size: 25}});
  followRunning(runs.items);
  return [
    heading(t('view.reconciler'),
      me.may('RECONCILE') && button(t('reconciler.dryRun'), () => start(true), 'btn-primary', {id: 'dry-run'}),
      me.may('RECONCILE') && button(t('reconciler.run'), () => confirmDialog(
        t('reconciler.run'), t('reconciler.run.explain'), t('reconciler.run'), () => start(false)), 'btn-outline-danger', {id: 'run'})),
    el('p', {class: 'rf-quiet'}, t('reconciler.explain')),
    runs.items.length === 0 ? nothing(t('reconciler.none')) : table(columns(), runs.items, t('view.reconciler')),
  ];
}

function columns() {
  return [
    {
      label: t('reconciler.started'),
      cell: (run) => [el('a', {href: link({view: 'reconciler', id: run.id})}, format.time(run.startedAt)),
        el('span', {class: 'rf-sub'}, foreign(run.startedBy))],
    },
    {label: t('reconciler.kind'), cell: (run) => t(run.dryRun ? 'reconciler.dry' : 'reconciler.real')},
    {label: t('file.state'), cell: (run) => format.badge('run', run.state)},
    {label: t('reconciler.objects'), number: true, cell: (run) => format.number(run.counts.objects)},
    {label: t('reconciler.files'), number: true, cell: (run) => format.number(run.counts.files)},
    {label: t('reconciler.findings'), number: true, cell: (run) => format.number(run.counts.findings)},
    {label: t('reconciler.removed'), number: true, cell: (run) => format.number(run.counts.removed)},
  ];
}

async function one(id) {
  const path = `reconciliations/${encodeURIComponent(id)}`;
  const [run, findings] = await Promise.all([ask(path), ask(`${path}/findings`, {query: {size: 200}})]);
  followRunning([run]);
  return [
    el('a', {class: 'rf-back', href: link({view: 'reconciler'})}, t('reconciler.back')),
    heading(t('reconciler.of', {time: format.instant(run.startedAt)}), format.badge('run', run.state)),
    run.failure && el('p', {class: 'alert alert-danger'}, run.failure),
    table(columns().slice(1), [run], t('reconciler.counts')),
    el('h2', {}, t('reconciler.findings')),
    findings.items.length === 0 ? nothing(t('reconciler.clean')) : table([
      {label: t('reconciler.finding'), cell: (finding) => constant('finding', finding.kind)},
      {label: t('reconciler.key'), long: true, cell: (finding) => el('code', {}, finding.key)},
      {label: t('file.name'), cell: (finding) => finding.reportFile
        ? el('a', {href: link({view: 'file', id: finding.reportFile})}, `${finding.reportFile.slice(0, 8)}…`) : '–'},
      {label: t('audit.detail'), long: true, cell: (finding) => foreign(finding.detail)},
      {label: t('reconciler.action'), cell: (finding) => constant('finding.action', finding.action)},
    ], findings.items, t('reconciler.findings')),
  ];
}

async function start(dryRun) {
  await ask('reconciliations', {method: 'POST', query: {dryRun}});
  announce(t('reconciler.begun'));
  refresh();
}

/** Looks again while a run is under way, as long as somebody looks at it. */
function followRunning(runs) {
  const address = location.href;
  if (runs.some((run) => run.state === 'RUNNING')) {
    setTimeout(() => location.href === address && refresh(), POLL);
  }
}

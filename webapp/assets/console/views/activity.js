import {ask, count, ifOffered} from '../lib/api.js';
import {bars} from '../lib/charts.js';
import {el, heading} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {here, link} from '../lib/place.js';
import {constant, t} from '../lib/texts.js';

const OUTCOMES = ['COMPLETE', 'CLIENT_GONE', 'REFUSED', 'NOT_MODIFIED', 'INTERRUPTED', 'REVOKED', 'STORAGE_FAILED', 'INTEGRITY_FAILED', 'STARTED'];
const SPANS = [7, 14, 30];
const AT_ONCE = 4;

/** Downloads and submissions over time, and how downloads ended. */
export async function show() {
  const span = SPANS.includes(Number(here().days)) ? Number(here().days) : SPANS[1];
  const days = lastDays(span);
  const from = days[0].from;
  const questions = [
    ...days.map((day) => () => count('transfers', {outcome: 'COMPLETE', ...day.limits})),
    ...days.map((day) => () => count('audit', {action: 'FILE_SUBMITTED', ...day.limits})),
    ...OUTCOMES.map((outcome) => () => count('transfers', {outcome, from})),
  ];
  const answers = await inTurns(questions);
  const labels = days.map((day) => day.label);
  return [
    heading(t('view.activity'), SPANS.map((choice) => el('a', {
      class: `btn btn-sm ${choice === span ? 'btn-primary' : 'btn-outline-secondary'}`, id: `days-${choice}`,
      'aria-current': choice === span ? 'true' : null, href: link({view: 'activity', days: choice}),
    }, t('activity.days', {count: choice})))),
    el('div', {class: 'rf-columns'},
      await bars(t('activity.downloads'), labels, [{label: t('activity.downloads'), values: answers.slice(0, span), tone: '--rf-accent'}]),
      await bars(t('activity.submissions'), labels, [{label: t('activity.submissions'), values: answers.slice(span, 2 * span), tone: '--rf-accent'}]),
      await bars(t('activity.outcomes'), OUTCOMES.map((name) => constant('outcome', name)),
        [{label: t('activity.outcomes'), values: answers.slice(2 * span), tone: '--rf-accent'}], {horizontal: true}),
      await running()),
  ];
}

/** What is being downloaded now. */
async function running() {
  const page = await ifOffered(ask('transfers', {query: {outcome: 'STARTED', size: 10}}), {items: [], total: 0});
  return el('section', {class: 'rf-panel'},
    el('h2', {}, t('activity.running', {count: page.total})),
    page.items.length === 0
      ? el('p', {class: 'rf-quiet mb-0'}, t('activity.nothingRuns'))
      : el('ul', {class: 'rf-todo'}, page.items.map((transfer) => el('li', {},
        el('a', {href: link({view: 'file', id: transfer.reportFile})}, transfer.account || transfer.remoteAddress),
        format.ago(transfer.startedAt)))));
}

function lastDays(number) {
  const today = new Date();
  today.setHours(0, 0, 0, 0);
  return Array.from({length: number}, (nothing, index) => {
    const start = new Date(today);
    start.setDate(start.getDate() - number + 1 + index);
    const end = new Date(start);
    end.setDate(end.getDate() + 1);
    return {label: format.day(start), from: start.toISOString(), limits: {from: start.toISOString(), until: end.toISOString()}};
  });
}

/** Asks a few questions at a time, so that the others who ask the server something are not kept waiting. */
async function inTurns(questions) {
  const answers = new Array(questions.length);
  let next = 0;
  const asker = async () => {
    while (next < questions.length) {
      const mine = next++;
      answers[mine] = await questions[mine]();
    }
  };
  await Promise.all(Array.from({length: AT_ONCE}, asker));
  return answers;
}

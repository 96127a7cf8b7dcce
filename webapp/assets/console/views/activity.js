import {ask} from '../lib/api.js';
import {bars} from '../lib/charts.js';
import {loadCatalogue} from '../lib/choices.js';
import {el, heading} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {here, link} from '../lib/place.js';
import {running} from '../lib/running.js';
import {constant, constants, t} from '../lib/texts.js';

const SPANS = [7, 14, 30];
const MOST_ORGANISATIONS = 12;

/** What is under way; downloads and submissions over time and by organisation, and how downloads ended. */
export async function show(me) {
  const span = SPANS.includes(Number(here().days)) ? Number(here().days) : SPANS[1];
  const days = lastDays(span);
  const query = {from: days[0].toISOString(), zone: Intl.DateTimeFormat().resolvedOptions().timeZone};
  const [catalogue, byDay, byOrganisation, submissions, submitters] = await Promise.all([
    loadCatalogue(),
    ask('transfers/summary', {query: {...query, by: 'day,outcome'}}),
    ask('transfers/summary', {query: {...query, by: 'organisation,outcome'}}),
    ask('report-files/summary', {query: {...query, by: 'day'}}),
    ask('report-files/summary', {query: {...query, by: 'organisation'}}),
  ]);
  const whole = ({outcome}) => outcome === 'COMPLETE';
  const outcomes = constants('outcome');
  return [
    heading(t('view.activity'), SPANS.map((choice) => el('a', {
      class: `btn btn-sm ${choice === span ? 'btn-primary' : 'btn-outline-secondary'}`, id: `days-${choice}`,
      'aria-current': choice === span ? 'true' : null, href: link({view: 'activity', days: choice}),
    }, t('activity.days', {count: choice})))),
    await running(me),
    el('div', {class: 'rf-columns'},
      await overDays(t('activity.downloads'), days, byDay.items.filter(whole), 'transfers'),
      await overDays(t('activity.submissions'), days, submissions.items, 'files'),
      await byOrganisations(t('activity.downloadsOf'), byOrganisation.items.filter(whole), 'transfers', catalogue),
      await byOrganisations(t('activity.submissionsOf'), submitters.items, 'files', catalogue),
      await bars(t('activity.outcomes'), outcomes.map((name) => constant('outcome', name)), [{
        label: t('activity.outcomes'), tone: '--rf-accent',
        values: outcomes.map((name) => sum(byDay.items.filter(({outcome}) => outcome === name), 'transfers')),
      }], {horizontal: true})),
  ];
}

function overDays(title, days, items, measure) {
  const counts = new Map(items.map((item) => [item.day, item[measure]]));
  return bars(title, days.map((day) => format.day(day)),
    [{label: title, values: days.map((day) => counts.get(isoDay(day)) || 0), tone: '--rf-accent'}]);
}

/** The ones with most; a hundred bars would be read by nobody. */
function byOrganisations(title, items, measure, {organisationName}) {
  const shown = items.filter(({organisation}) => organisation !== undefined)
    .sort((a, b) => b[measure] - a[measure])
    .slice(0, MOST_ORGANISATIONS);
  return bars(title, shown.map(({organisation}) => organisationName(organisation)),
    [{label: title, values: shown.map((item) => item[measure]), tone: '--rf-accent'}], {horizontal: true});
}

function sum(items, measure) {
  return items.reduce((total, item) => total + item[measure], 0);
}

/** Midnights of the reader's own days. */
function lastDays(number) {
  return Array.from({length: number}, (nothing, index) => {
    const day = new Date();
    day.setHours(0, 0, 0, 0);
    day.setDate(day.getDate() - number + 1 + index);
    return day;
  });
}

function isoDay(day) {
  const two = (number) => String(number).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

import {askAll} from './api.js';
import {monthsOf, shifted} from './calendar.js';
import {el, icon} from './dom.js';
import {here, link} from './place.js';
import {locale, t} from './texts.js';

const MONTH = new Intl.DateTimeFormat(locale, {month: 'short', year: 'numeric'});

/** The newest version of each series of a period: a function from codes of organisation and section to the file. */
export async function loadSeries({year, quarter}, query = {}) {
  const files = await askAll('report-files', {...query, year, quarter, latest: 'true', sort: 'organisation,section'});
  const byKey = new Map(files.map((file) => [`${file.organisation}/${file.section}`, file]));
  return (organisation, section) => byKey.get(`${organisation}/${section}`);
}

/** The organisations whose files the caller sees. */
export function visibleOrganisations(organisations, me) {
  return me.has('ADMINISTRATOR') || me.has('AUDITOR')
    ? organisations
    : organisations.filter((item) => item.code === me.organisation || (me.region && item.region === me.region));
}

/** The period that the address names, or the present one. */
export function chosenPeriod(now) {
  const {year, quarter} = here();
  return /^\d{4}$/.test(year) && /^Q[1-4]$/.test(quarter) ? {year: Number(year), quarter} : now;
}

/** Which period is shown, with the way to the ones before and after. */
export function periodBar(period, firstMonth) {
  const [first, last] = monthsOf(period, firstMonth);
  const step = (by, name, label) => el('a', {
    class: 'btn btn-sm btn-outline-secondary', id: `period-${name}`, 'aria-label': label, title: label,
    href: link({...here(), ...shifted(period, by)}),
  }, icon(name));
  return el('div', {class: 'rf-period'},
    el('strong', {}, t('period.name', {year: String(period.year), quarter: period.quarter})),
    el('span', {class: 'rf-quiet'}, `${MONTH.format(first)} – ${MONTH.format(last)}`),
    el('span', {class: 'rf-period-steps'}, step(-1, 'left', t('period.before')), ' ', step(1, 'right', t('period.after'))));
}

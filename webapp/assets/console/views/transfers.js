import {address} from '../lib/api.js';
import {checkbox, el, heading, input, nothing} from '../lib/dom.js';
import {choice, dayLimit, filterBar} from '../lib/filters.js';
import {grid} from '../lib/grid.js';
import {here} from '../lib/place.js';
import {constant, constants, t} from '../lib/texts.js';
import {transferColumns} from '../lib/transfercolumns.js';

/** Who downloaded what, and how it ended. */
export async function show() {
  const place = withPeriod(here());
  const query = {
    account: place.account, outcome: place.outcome, joined: place.joined,
    from: dayLimit(place.from), until: dayLimit(place.until, true),
  };
  return [
    heading(t('view.transfers'), el('a', {class: 'btn btn-outline-secondary', id: 'export', href: address('transfers', {...query, format: 'csv'}).href}, t('export'))),
    filterBar('transfers', [
      [t('transfer.account'), input('account', {value: place.account, maxlength: 64})],
      [t('transfer.outcome'), choice('outcome', constants('outcome').map((name) => [name, constant('outcome', name)]), place.outcome)],
      [t('filter.from'), input('from', {type: 'date', value: place.from})],
      [t('filter.until'), input('until', {type: 'date', value: place.until})],
      ['', checkbox('joined', t('transfer.joined'), {id: 'filter-joined', value: 'true', checked: place.joined === 'true'})],
    ]),
    await grid({
      path: 'transfers', name: t('view.transfers'), query, columns: transferColumns(true),
      empty: () => nothing(t('transfer.none')),
    }),
  ];
}

/** Joining does not go over the whole ledger: it takes an account or a day to begin with. */
function withPeriod(place) {
  const needed = place.joined === 'true' && !place.account && !place.from;
  return needed ? {...place, from: new Date(Date.now() - 30 * 86400_000).toISOString().slice(0, 10)} : place;
}

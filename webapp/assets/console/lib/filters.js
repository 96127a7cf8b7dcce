import {el, select} from './dom.js';
import {go, here, link} from './place.js';
import {t} from './texts.js';

/**
 * The form over a list. A selection takes effect at once, a text with Enter or the button.
 *
 * @param {string} view
 * @param {Array<[string, HTMLElement]>} controls label and control; a control without a label brings its own
 */
export function filterBar(view, controls) {
  const place = here();
  const form = el('form', {class: 'rf-panel rf-filters', role: 'search', submit: apply, change: apply},
    controls.map(([label, control]) => {
      if (label === '') {
        return control;
      }
      control.id = `filter-${control.name}`;
      return el('div', {}, el('label', {for: control.id}, label), control);
    }),
    el('div', {class: 'rf-buttons align-self-end'},
      el('button', {class: 'btn btn-outline-secondary', type: 'submit'}, t('filter.apply')),
      Object.keys(place).some((name) => !['view', 'sort', 'size', 'page'].includes(name))
        && el('a', {class: 'btn btn-link', href: link({view})}, t('filter.reset'))));

  function apply(event) {
    event.preventDefault();
    go({view, sort: here().sort, size: here().size, ...Object.fromEntries(new FormData(form))});
  }
  return form;
}

/** A selection that may also be left open. */
export function choice(name, choices, value, open = t('filter.any')) {
  const known = value === undefined || value === '' || choices.some(([key]) => key === value);
  return select(name, [['', open], ...choices, ...(known ? [] : [[value, value]])], value || '');
}

/** An instant of the API for the beginning or the end of a day that was chosen. */
export function dayLimit(day, end = false) {
  const time = new Date(`${day}T00:00:00`);
  if (!day || Number.isNaN(time.getTime())) {
    return '';
  }
  time.setDate(time.getDate() + (end ? 1 : 0));
  return time.toISOString();
}

/**
 * Makes an element. Strings become text and nothing else, so that whatever people called their files stays inert.
 *
 * @param {string} tag
 * @param {Object} attributes true: present without a value; false or null: absent; functions: listeners, by event name
 * @param {...(Node|string|null|false|Array)} children
 */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name, value);
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';
const ICONS = new URL('../../icons.svg', import.meta.url).href;

/** A picture that says nothing that is not said in words beside it. */
export function icon(name) {
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `${ICONS}#${name}`);
  return fill(document.createElementNS(SVG, 'svg'), {class: 'rf-icon', 'aria-hidden': 'true', focusable: 'false'}, [use]);
}

/** Text of somebody else, kept from changing the direction of what stands around it. */
export function foreign(text) {
  return el('bdi', {}, text ?? '');
}

/** Tells a screen reader what has changed. */
export function announce(text) {
  document.getElementById('status').textContent = text;
}

/**
 * A labelled control: the label, the control, and a place for what is wrong with its value.
 *
 * @param {string} form keeps ids apart where a dialog lies over another form
 */
export function field(label, control, hint = '', form = 'field') {
  const name = control.getAttribute('name');
  control.id = `${form}-${name}`;
  control.setAttribute('aria-describedby', `${form}-hint-${name} ${form}-error-${name}`);
  return el('div', {class: 'mb-3'},
    el('label', {class: 'form-label', for: control.id}, label),
    control,
    el('div', {class: 'form-text', id: `${form}-hint-${name}`, 'data-hint': name}, hint),
    el('div', {class: 'invalid-feedback', id: `${form}-error-${name}`, 'data-error': name}));
}

/** A text input. */
export function input(name, attributes = {}) {
  return el('input', {class: 'form-control', name, type: 'text', ...attributes});
}

/** A box to tick with its label. */
export function checkbox(name, label, attributes = {}) {
  const id = attributes.id || `check-${name}-${attributes.value || ''}`;
  return el('div', {class: 'form-check'},
    el('input', {class: 'form-check-input', type: 'checkbox', name, ...attributes, id}),
    el('label', {class: 'form-check-label', for: id}, label));
}

/**
 * A selection.
 *
 * @param {Array<[string, string]>} options value and label
 */
export function select(name, options, value = '', attributes = {}) {
  const control = el('select', {class: 'form-select', name, ...attributes},
    options.map(([key, label]) => el('option', {value: key}, label)));
  control.value = value;
  return control;
}

/** A button that does something here. */
export function button(label, click, style = 'btn-outline-secondary', attributes = {}) {
  return el('button', {class: `btn ${style}`, type: 'button', click, ...attributes}, label);
}

/** The heading of a view with what can be done in it. */
export function heading(title, ...actions) {
  const shown = actions.flat().filter(Boolean);
  return el('div', {class: 'rf-title'},
    el('h1', {}, title),
    shown.length > 0 && el('div', {class: 'rf-buttons'}, shown));
}

/** Where there is nothing: says so, and what to do next. */
export function nothing(text, ...actions) {
  return el('div', {class: 'rf-panel rf-empty'}, icon('empty'), el('p', {}, text), ...actions);
}

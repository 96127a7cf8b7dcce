/**
 * Makes an element. Strings become text and nothing else, so that whatever people called their files stays inert.
 *
 * @param {string} tag
 * @param {Object} attributes true: present without a value; false or null: absent; functions: listeners, by event name
 * @param {...(Node|string|null|false|Array)} children
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
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

/** Text of somebody else, kept from changing the direction of what stands around it. */
export function foreign(text) {
  return el('bdi', {}, text);
}

/** Tells a screen reader what has changed. */
export function announce(text) {
  document.getElementById('status').textContent = text;
}

/** A labelled control: the label, the control, and a place for what is wrong with its value. */
export function field(label, control, hint) {
  const name = control.getAttribute('name');
  control.id = `field-${name}`;
  control.setAttribute('aria-describedby', `hint-${name} error-${name}`);
  return el('div', {class: 'mb-3'},
    el('label', {class: 'form-label', for: control.id}, label),
    control,
    el('div', {class: 'form-text', id: `hint-${name}`}, hint || ''),
    el('div', {class: 'invalid-feedback', id: `error-${name}`}));
}

/** A text input. */
export function input(name, attributes = {}) {
  return el('input', {class: 'form-control', name, type: 'text', ...attributes});
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

/**
 * Shows why a form was refused: each reason beside its field, and all of them above the form.
 *
 * @param {HTMLFormElement} form with a first child of class rf-problem
 * @param {Problem} problem
 */
export function showProblem(form, problem) {
  clearProblem(form);
  const box = form.querySelector('.rf-problem');
  const reasons = problem.errors.map((error) => {
    const control = form.elements.namedItem(error.field);
    const place = form.querySelector(`#error-${CSS.escape(error.field)}`);
    if (control instanceof HTMLElement && place) {
      control.classList.add('is-invalid');
      control.setAttribute('aria-invalid', 'true');
      place.textContent = error.message;
    }
    return el('li', {}, el('strong', {}, error.field), `: ${error.message}`);
  });
  box.replaceChildren(el('div', {class: 'alert alert-danger', role: 'alert'},
    el('strong', {}, problem.title), ' ',
    problem.errors.length === 0 ? problem.message : '',
    reasons.length > 0 ? el('ul', {class: 'mb-0'}, reasons) : null));
  box.scrollIntoView({block: 'nearest'});
}

/** Takes back what {@link showProblem} showed. */
export function clearProblem(form) {
  form.querySelector('.rf-problem').replaceChildren();
  for (const control of form.querySelectorAll('.is-invalid')) {
    control.classList.remove('is-invalid');
    control.removeAttribute('aria-invalid');
  }
}

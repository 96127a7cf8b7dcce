import {el} from './dom.js';
import {constant, t} from './texts.js';

/** A failure for the person in front of it, with the id under which the log has it. */
export function problemBox(failure, ...actions) {
  const reasons = (failure.errors || []).map((error) =>
    el('li', {}, el('strong', {}, constant('field', error.field)), `: ${error.message}`));
  return el('div', {class: 'alert alert-danger', role: 'alert'},
    el('h2', {class: 'rf-problem-title'}, failure.title || t('problem.unexpected')),
    reasons.length > 0
      ? el('ul', {class: 'mb-0'}, reasons)
      : el('p', {class: 'mb-0'}, failure.message),
    failure.instance && el('p', {class: 'rf-fine'}, t('problem.request', {id: failure.instance.replace(/^urn:[a-z-]+:(request:)?/, '')})),
    actions);
}

/**
 * Shows why a form was refused: each reason beside its field, and all of them above the form.
 *
 * @param {HTMLFormElement} form with a child of class rf-problem
 * @param {Problem} problem
 */
export function showProblem(form, problem) {
  clearProblem(form);
  for (const error of problem.errors || []) {
    const control = form.elements.namedItem(error.field);
    const place = form.querySelector(`[data-error="${CSS.escape(error.field)}"]`);
    if (control instanceof HTMLElement && place) {
      control.classList.add('is-invalid');
      control.setAttribute('aria-invalid', 'true');
      place.textContent = error.message;
    }
  }
  const box = form.querySelector('.rf-problem');
  box.replaceChildren(problemBox(problem));
  box.scrollIntoView({block: 'nearest'});
  form.querySelector('.is-invalid')?.focus();
}

/** Takes back what {@link showProblem} showed. */
export function clearProblem(form) {
  form.querySelector('.rf-problem').replaceChildren();
  for (const control of form.querySelectorAll('.is-invalid')) {
    control.classList.remove('is-invalid');
    control.removeAttribute('aria-invalid');
  }
}

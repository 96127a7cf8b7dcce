import {el} from './dom.js';
import {clearProblem, showProblem} from './problems.js';
import {t} from './texts.js';

/**
 * A form in a dialog. What {@code submit} throws is shown in it; otherwise it closes.
 *
 * @param {string} title
 * @param {Array<Node>} content
 * @param {string} label of the button
 * @param {function(HTMLFormElement): Promise<void>} submit
 * @param {string} style of the button
 */
export function openDialog(title, content, label, submit, style = 'btn-primary') {
  const act = el('button', {class: `btn ${style}`, type: 'submit'}, label);
  const close = el('button', {class: 'btn btn-outline-secondary', type: 'button', click: () => dialog.close()}, t('dialog.cancel'));
  const form = el('form', {novalidate: true, submit: send},
    el('h2', {id: 'dialog-title'}, title),
    el('div', {class: 'rf-problem'}),
    content,
    el('div', {class: 'rf-buttons'}, act, close));
  const dialog = el('dialog', {class: 'rf-dialog', 'aria-labelledby': 'dialog-title', close: () => dialog.remove()}, form);

  async function send(event) {
    event.preventDefault();
    act.disabled = true;
    clearProblem(form);
    try {
      await submit(form);
      dialog.close();
    } catch (problem) {
      showProblem(form, problem);
    } finally {
      act.disabled = false;
    }
  }

  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Asks before something is done that others will notice. */
export function confirmDialog(title, text, label, act, style = 'btn-danger') {
  return openDialog(title, [el('p', {}, text)], label, act, style);
}

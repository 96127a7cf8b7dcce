import {el} from './dom.js';

/** Shows the present view anew. */
export function refresh() {
  window.dispatchEvent(new PopStateEvent('popstate'));
}

/**
 * A form in a dialog.
 *
 * @param {string} title
 * @param {Array<Node>} fields
 * @param {string} submitLabel
 * @param {function(HTMLFormElement): Promise<void>} submit closes the dialog when it succeeds
 */
export function openDialog(title, fields, submitLabel, submit) {
  const close = el('button', {class: 'btn btn-outline-secondary', type: 'button', click: () => dialog.close()}, 'Cancel');
  const form = el('form', {novalidate: true, submit: send},
    el('h2', {id: 'dialog-title'}, title),
    el('div', {class: 'rf-problem'}),
    fields,
    el('div', {class: 'rf-buttons'}, el('button', {class: 'btn btn-primary', type: 'submit'}, submitLabel), close));
  const dialog = el('dialog', {class: 'rf-dialog', 'aria-labelledby': 'dialog-title', close: () => dialog.remove()}, form);

  async function send(event) {
    event.preventDefault();
    const button = form.querySelector('button[type=submit]');
    button.disabled = true;
    try {
      if (await submit(form)) {
        dialog.close();
      }
    } finally {
      button.disabled = false;
    }
  }

  document.body.append(dialog);
  dialog.showModal();
}

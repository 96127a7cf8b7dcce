import {el, field, input} from './dom.js';
import {t} from './texts.js';

let asking;
let who = '';

/** Remembers whose session it is, so that nobody goes on with the work of somebody else. */
export function remember(name) {
  who = name;
}

/**
 * Asks for the password in place, when the session has ended in the middle of work: what was typed stays where it is.
 *
 * @returns {Promise<void>} when there is a session again
 */
export function askToSignIn() {
  asking ??= new Promise((resolve) => show(resolve)).finally(() => {
    asking = undefined;
  });
  return asking;
}

function show(signedIn) {
  const wrong = el('div', {role: 'alert'});
  const button = el('button', {class: 'btn btn-primary', type: 'submit'}, t('session.signIn'));
  const form = el('form', {submit: send},
    el('h2', {id: 'session-title'}, t('session.title')),
    el('p', {}, t('session.explain')),
    wrong,
    field(t('session.name'), input('name', {value: who, autocomplete: 'username', autocapitalize: 'none', required: true}), '', 'session'),
    field(t('session.password'), input('password', {type: 'password', autocomplete: 'current-password', required: true}), '', 'session'),
    el('div', {class: 'rf-buttons'}, button));
  const dialog = el('dialog', {
    class: 'rf-dialog', id: 'session', 'aria-labelledby': 'session-title',
    cancel: (event) => event.preventDefault(), // without a session there is nothing to go on with
  }, form);

  async function send(event) {
    event.preventDefault();
    button.disabled = true;
    const name = form.elements.name.value.trim();
    const accepted = await signIn(name, form.elements.password.value);
    button.disabled = false;
    if (!accepted) {
      wrong.replaceChildren(el('p', {class: 'alert alert-danger'}, t('session.wrong')));
      form.elements.password.select();
    } else if (who !== '' && name.toLowerCase() !== who.toLowerCase()) {
      location.reload(); // another account: none of this is its own
    } else {
      dialog.close();
      dialog.remove();
      signedIn();
    }
  }

  document.body.append(dialog);
  dialog.showModal();
  form.elements[who === '' ? 'name' : 'password'].focus();
}

async function signIn(name, password) {
  const me = new URL('../api/me', document.baseURI);
  try {
    const response = await fetch(new URL('../login', document.baseURI), {
      method: 'POST',
      body: new URLSearchParams({name, password, return: me.pathname}),
    });
    return response.ok;
  } catch (e) {
    return false;
  }
}

import {el, field, input} from './dom.js';
import {language, t} from './texts.js';

const LOGIN = new URL('../login', document.baseURI);
const ME = new URL('../api/me', document.baseURI);
const WRONG = 403;
const TOO_MANY = 429;

let asking;
let who = '';

/** Remembers whose session it is, so that nobody goes on with the work of somebody else. */
export function remember(name) {
  who = name;
}

/**
 * Asks to sign in in place, when the session has ended in the middle of work: what was typed stays where it is.
 *
 * @returns {Promise<void>} when there is a session again
 */
export function askToSignIn() {
  asking ??= waysIn().then((ways) => new Promise((resolve) => show(ways, resolve))).finally(() => {
    asking = undefined;
  });
  return asking;
}

/** What the sign-in page offers: passwords, and somebody else who knows the reader. */
async function waysIn() {
  try {
    const address = new URL(LOGIN);
    address.searchParams.set('return', new URL('./', document.baseURI).pathname);
    const answer = await fetch(address, {headers: {'Accept-Language': language}});
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const provider = page.getElementById('provider');
    return {
      passwords: provider === null || page.getElementById('password') !== null,
      provider: provider && {href: new URL(provider.getAttribute('href'), LOGIN).href, label: provider.textContent},
    };
  } catch (e) {
    return {passwords: true, provider: null};
  }
}

function show({passwords, provider}, signedIn) {
  const problem = el('div', {role: 'alert'});
  const form = passwords && el('form', {submit: send},
    field(t('session.name'), input('name', {value: who, autocomplete: 'username', autocapitalize: 'none', required: true}), '', 'session'),
    field(t('session.password'), input('password', {type: 'password', autocomplete: 'current-password', required: true}), '', 'session'),
    el('div', {class: 'rf-buttons'}, el('button', {class: 'btn btn-primary', type: 'submit'}, t('session.signIn'))));
  const dialog = el('dialog', {
    class: 'rf-dialog', id: 'session', 'aria-labelledby': 'session-title',
    cancel: (event) => event.preventDefault(), // without a session there is nothing to go on with
  },
  el('h2', {id: 'session-title'}, t('session.title')),
  el('p', {}, t('session.explain')),
  problem,
  form,
  provider && el('div', {class: 'rf-buttons rf-elsewhere'},
    el('p', {class: 'rf-quiet'}, t('session.elsewhere')),
    el('a', {class: `btn ${passwords ? 'btn-outline-primary' : 'btn-primary'}`, id: 'session-provider', href: provider.href, target: '_blank'},
      provider.label)));

  async function send(event) {
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    const name = form.elements.name.value.trim();
    const refusal = await signIn(name, form.elements.password.value);
    button.disabled = false;
    if (refusal) {
      problem.replaceChildren(el('p', {class: 'alert alert-danger'}, refusal));
      form.elements.password.select();
    } else {
      goOn(name);
    }
  }

  // Elsewhere is another tab, so this one learns of it when the reader comes back.
  async function look() {
    const name = document.visibilityState === 'visible' ? await whoIsSignedIn() : '';
    if (name && dialog.isConnected) {
      goOn(name);
    }
  }

  function goOn(name) {
    if (who !== '' && name.toLowerCase() !== who.toLowerCase()) {
      location.reload(); // another account: none of this is its own
      return;
    }
    window.removeEventListener('focus', look);
    document.removeEventListener('visibilitychange', look);
    dialog.close();
    dialog.remove();
    signedIn();
  }

  window.addEventListener('focus', look);
  document.addEventListener('visibilitychange', look);
  document.body.append(dialog);
  dialog.showModal();
  (form ? form.elements[who === '' ? 'name' : 'password'] : dialog.querySelector('a')).focus();
}

async function whoIsSignedIn() {
  try {
    const answer = await fetch(ME, {headers: {'X-Requested-With': 'Report-Files'}});
    return answer.ok ? (await answer.json()).name : '';
  } catch (e) {
    return '';
  }
}

/** Why that did not work; empty if it did. */
async function signIn(name, password) {
  try {
    const answer = await fetch(LOGIN, {method: 'POST', body: new URLSearchParams({name, password, return: ME.pathname})});
    if (answer.ok) {
      return '';
    }
    const seconds = Number(answer.headers.get('Retry-After'));
    return answer.status === WRONG ? t('session.wrong')
      : answer.status === TOO_MANY ? `${t('session.tooMany')} ${seconds > 0 ? t('session.after', {count: seconds}) : ''}`
        : t('session.away', {status: answer.status});
  } catch (e) {
    return t('problem.connection.detail');
  }
}

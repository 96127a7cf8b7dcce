import {ask} from './lib/api.js';
import {el, foreign} from './lib/dom.js';
import {followLinks, here, link} from './lib/place.js';
import * as accounts from './views/accounts.js';
import * as file from './views/file.js';
import * as files from './views/files.js';
import * as organisations from './views/organisations.js';
import * as sections from './views/sections.js';
import * as submit from './views/submit.js';
import * as tokens from './views/tokens.js';

const VIEWS = {files, file, submit, tokens, organisations, sections, accounts};

/** What stands in the navigation, and the permission that it takes. */
const NAVIGATION = [
  ['files', 'VIEW_METADATA'],
  ['submit', 'SUBMIT'],
  ['organisations', 'MANAGE_CATALOGUE'],
  ['sections', 'MANAGE_CATALOGUE'],
  ['accounts', 'MANAGE_ACCOUNTS'],
  ['tokens', 'MANAGE_OWN_TOKENS'],
];

const main = document.getElementById('main');
let me;
let turn = 0;

async function show() {
  const mine = ++turn;
  const name = VIEWS[here().view] ? here().view : 'files';
  main.classList.add('rf-busy');
  main.setAttribute('aria-busy', 'true');
  let content;
  try {
    me ??= await whoAmI();
    content = await VIEWS[name].show(me);
  } catch (failure) {
    content = [problem(failure)];
  }
  if (mine !== turn) {
    return; // the reader has gone elsewhere in the meantime
  }
  const focused = document.activeElement?.id;
  main.classList.remove('rf-busy');
  main.removeAttribute('aria-busy');
  main.replaceChildren(...content.flat().filter(Boolean));
  document.title = `${main.querySelector('h1')?.textContent || VIEWS[name].title} – Report Files`;
  navigate(name);
  const again = focused ? document.getElementById(focused) : null;
  (again && main.contains(again) ? again : main).focus({preventScroll: true});
}

async function whoAmI() {
  const account = await ask('me');
  document.getElementById('who').replaceChildren(foreign(account.displayName || account.name));
  return {
    ...account,
    may: (action) => account.permissions.includes(action),
    has: (role) => account.roles.includes(role),
  };
}

function navigate(name) {
  const current = name === 'file' ? 'files' : name;
  document.getElementById('nav').replaceChildren(...NAVIGATION
    .filter(([, permission]) => me?.may(permission))
    .map(([view]) => el('a', {href: link({view}), 'aria-current': view === current ? 'page' : null}, VIEWS[view].title)));
}

function problem(failure) {
  return el('div', {class: 'alert alert-danger', role: 'alert'},
    el('h1', {class: 'h5'}, failure.title || 'This did not work.'),
    el('p', {}, failure.message),
    failure.instance && el('p', {class: 'rf-fine'}, failure.instance));
}

// A click whose answer was a refusal tells so, whichever view it happened in.
window.addEventListener('unhandledrejection', (event) => {
  main.prepend(problem(event.reason));
});
window.addEventListener('popstate', show);
document.getElementById('theme').addEventListener('click', window.reportFilesToggleTheme);
followLinks();
show();

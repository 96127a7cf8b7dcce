import {ask, Problem} from './lib/api.js';
import {button, el, foreign, icon} from './lib/dom.js';
import {followLinks, here, link} from './lib/place.js';
import {problemBox} from './lib/problems.js';
import {seen, seeNoMore} from './lib/seeing.js';
import {remember} from './lib/session.js';
import {language, t} from './lib/texts.js';

/**
 * The views by group, each with the permission that it takes; its module is fetched when it is shown. Buttons follow
 * what the API says the caller may do, and the API decides all the same.
 */
const GROUPS = [
  ['files', [
    ['home', 'VIEW_CATALOGUE'],
    ['files', 'VIEW_METADATA'],
    ['submit', 'SUBMIT'],
    ['coverage', 'VIEW_METADATA'],
  ]],
  ['oversight', [
    ['activity', 'VIEW_AUDIT'],
    ['transfers', 'VIEW_AUDIT'],
    ['audit', 'VIEW_AUDIT'],
  ]],
  ['catalogue', [
    ['organisations', 'VIEW_CATALOGUE'],
    ['regions', 'VIEW_CATALOGUE'],
    ['sections', 'VIEW_CATALOGUE'],
  ]],
  ['administration', [
    ['accounts', 'MANAGE_ACCOUNTS'],
    ['reconciler', 'VIEW_AUDIT'],
    ['status', 'VIEW_METRICS'],
  ]],
  ['own', [
    ['tokens', 'MANAGE_OWN_TOKENS'],
    ['preferences', 'VIEW_CATALOGUE'],
  ]],
];
const VIEWS = ['file', ...GROUPS.flatMap(([, views]) => views.map(([view]) => view))];

const main = document.getElementById('main');
const nav = document.getElementById('nav');
const menu = document.getElementById('menu');
let me;
let turn = 0;
let shown = '';

async function show() {
  const mine = ++turn;
  const name = VIEWS.includes(here().view) ? here().view : 'home';
  main.classList.add('rf-busy');
  main.setAttribute('aria-busy', 'true');
  let content;
  try {
    me ??= await whoAmI();
    navigate(name);
    const view = await import(`./views/${name}.js`);
    content = await view.show(me);
  } catch (failure) {
    content = [el('h1', {}, t('problem.page')), problemBox(failure)];
  }
  if (mine !== turn) {
    return; // the reader has gone elsewhere in the meantime
  }
  const focused = document.activeElement?.id;
  main.classList.remove('rf-busy');
  main.removeAttribute('aria-busy');
  main.replaceChildren(...content.flat(Infinity).filter(Boolean));
  document.title = `${main.querySelector('h1')?.textContent || t(`view.${name}`)} – Report Files`;
  keepFocus(focused, name);
  shown = name;
}

// A list that was sorted keeps the focus where it was; another view begins at its beginning.
function keepFocus(id, name) {
  if (shown === '') {
    return; // the page has just been opened: the browser knows best
  }
  const again = id && name === shown ? document.getElementById(id) : null;
  (again || main).focus({preventScroll: true});
}

async function whoAmI() {
  const account = await ask('me').catch((failure) => {
    if (seen() && failure.status === 403) { // its time is over
      leaveSeen();
    }
    throw failure;
  });
  showSeen(account);
  remember(account.name);
  document.getElementById('who').replaceChildren(foreign(account.displayName || account.name));
  const may = (action) => account.permissions.includes(action);
  return {
    ...account,
    may,
    has: (role) => account.roles.includes(role),
    /** Whether a permission that roles give for one organisation covers this one. */
    mayFor: (action, organisation) => may(action)
      && (account.roles.includes('ADMINISTRATOR') || account.organisation === organisation),
  };
}

/** Says whose view this is, with a way back. */
function showSeen(account) {
  document.querySelector('.rf-seen')?.remove();
  if (account.seenBy) {
    document.querySelector('.rf-header').append(el('div', {class: 'rf-seen', role: 'region', 'aria-label': t('seen.title')},
      el('p', {}, el('strong', {}, t('seen.banner', {name: account.name})), ' ', t('seen.explain', {by: account.seenBy})),
      button(t('seen.back'), leaveSeen, 'btn-sm btn-outline-secondary')));
  }
}

async function leaveSeen() {
  const other = seen();
  seeNoMore();
  await ask(`accounts/${encodeURIComponent(other.account)}/see-as`, {method: 'DELETE'}).catch(() => null); // it ends by itself, too
  location.assign(link({view: 'accounts'}));
}

// Files are fetched by plain navigations, which would be the administrator's own.
function keepFrom(event) {
  const target = event.target.closest?.('a[href]');
  if (target && seen() && /\/files(\.zip|\/)/.test(new URL(target.href).pathname)) {
    event.preventDefault();
    document.getElementById('no-file')?.remove();
    const box = problemBox(new Problem(403, {title: t('seen.noFile'), detail: t('seen.noFile.explain')}));
    box.id = 'no-file';
    main.prepend(box);
    window.scrollTo(0, 0);
  }
}

// The middle button opens, and the menu saves or opens elsewhere.
for (const way of ['click', 'auxclick', 'contextmenu']) {
  document.addEventListener(way, keepFrom, true);
}

function navigate(name) {
  const current = name === 'file' ? 'files' : name;
  const parts = GROUPS.map(([group, views]) => [group, views.filter(([, permission]) => me.may(permission))])
    .filter(([, views]) => views.length > 0);
  nav.replaceChildren(...parts.map(([group, views]) => el('div', {class: 'rf-nav-part'},
    el('h2', {class: 'rf-nav-group', id: `group-${group}`}, t(`group.${group}`)),
    el('ul', {'aria-labelledby': `group-${group}`}, views.map(([view]) => el('li', {},
      el('a', {href: link({view}), id: `nav-${view}`, 'aria-current': view === current ? 'page' : null},
        icon(view), t(`view.${view}`))))))));
  openMenu(false);
}

function openMenu(open) {
  nav.classList.toggle('rf-open', open);
  menu.setAttribute('aria-expanded', String(open));
}

/** The texts of the page itself, which is the same file for every language. */
function translatePage() {
  document.documentElement.lang = language;
  document.getElementById('skip').textContent = t('page.skip');
  document.getElementById('sign-out').textContent = t('page.signOut');
  nav.setAttribute('aria-label', t('page.main'));
  menu.setAttribute('aria-label', t('page.menu'));
  const theme = document.getElementById('theme');
  theme.setAttribute('aria-label', t('page.theme'));
  theme.title = t('page.theme');
}

// A click whose answer was a refusal tells so, whichever view it happened in.
window.addEventListener('unhandledrejection', (event) => {
  if (event.reason?.status !== undefined) {
    event.preventDefault();
    main.prepend(problemBox(event.reason));
    window.scrollTo(0, 0);
  }
});
window.addEventListener('popstate', show);
document.getElementById('theme').addEventListener('click', window.reportFilesToggleTheme);
menu.addEventListener('click', () => openMenu(menu.getAttribute('aria-expanded') !== 'true'));
document.getElementById('skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
translatePage();
followLinks();
show();

import {ask} from '../lib/api.js';
import {announce, button, el, field, foreign, heading, input, select} from '../lib/dom.js';
import {clearProblem, showProblem} from '../lib/problems.js';
import {CHOICES, chooseLanguage, chosenLanguage, constant, t} from '../lib/texts.js';

/** What people set for themselves, and what is set for them. */
export async function show(me) {
  return [
    heading(t('view.preferences')),
    el('div', {class: 'rf-columns'}, account(me), el('div', {}, appearance(), password())),
  ];
}

function account(me) {
  const rows = [
    [t('accounts.name'), foreign(me.name)],
    [t('accounts.displayName'), foreign(me.displayName)],
    [t('accounts.roles'), me.roles.map((role) => el('div', {}, constant('role', role),
      el('span', {class: 'rf-sub'}, constant('role.means', role))))],
    [t('file.organisation'), me.organisation || '–'],
    [t('organisations.region'), me.region || '–'],
  ];
  return el('section', {class: 'rf-panel'},
    el('h2', {}, t('preferences.account')),
    el('dl', {class: 'rf-facts'}, rows.map(([name, value]) => [el('dt', {}, name), el('dd', {}, value)])),
    button(t('preferences.signOutEverywhere'), signOutEverywhere, 'btn-sm btn-outline-secondary', {id: 'sign-out-everywhere'}));
}

async function signOutEverywhere() {
  await ask('me/sign-out-everywhere', {method: 'POST'});
  location.assign('../login');
}

function appearance() {
  const language = select('language', [['', t('preferences.browser')], ...CHOICES], chosenLanguage(), {
    change: () => {
      chooseLanguage(language.value);
      location.reload();
    },
  });
  const theme = select('theme', ['', 'light', 'dark'].map((name) => [name, t(`preferences.theme.${name || 'system'}`)]),
    window.reportFilesTheme(), {change: () => window.reportFilesTheme(theme.value)});
  return el('section', {class: 'rf-panel'},
    el('h2', {}, t('preferences.appearance')),
    field(t('preferences.language'), language, '', 'preference'),
    field(t('preferences.theme'), theme, '', 'preference'));
}

function password() {
  const done = el('div', {role: 'status'});
  const form = el('form', {class: 'rf-panel', novalidate: true, submit: change},
    el('h2', {}, t('preferences.password')),
    el('div', {class: 'rf-problem'}),
    field(t('preferences.oldPassword'), input('oldPassword', {type: 'password', autocomplete: 'current-password', required: true})),
    field(t('preferences.newPassword'), input('newPassword', {type: 'password', autocomplete: 'new-password', required: true}), t('preferences.newPassword.hint')),
    el('button', {class: 'btn btn-primary', type: 'submit'}, t('preferences.change')), done);

  async function change(event) {
    event.preventDefault();
    clearProblem(form);
    done.replaceChildren();
    try {
      await ask('me/password', {
        method: 'PUT',
        body: {oldPassword: form.elements.oldPassword.value, newPassword: form.elements.newPassword.value},
      });
      form.reset();
      done.replaceChildren(el('p', {class: 'alert alert-success mt-3 mb-0'}, t('preferences.changed')));
      announce(t('preferences.changed'));
    } catch (problem) {
      showProblem(form, problem);
    }
  }
  return form;
}

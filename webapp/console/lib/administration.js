import {ask} from './api.js';
import {forgetCatalogue} from './choices.js';
import {el, input, showProblem} from './dom.js';
import {list} from './list.js';
import {go, here} from './place.js';
import {openDialog, refresh} from './shell.js';

/**
 * A searchable list of things that administrators may add to.
 *
 * @param {Object} kind
 * @param {string} kind.title heading of the list
 * @param {string} kind.path of the API
 * @param {string} kind.view name of the view
 * @param {Array} kind.columns as {@link list} takes them
 * @param {string} kind.add label of the button and title of the dialog
 * @param {function(): Promise<Array<Node>>} kind.fields of the dialog
 * @param {function(HTMLFormElement): Object} kind.read what to post
 * @param {boolean} mayAdd
 */
export async function administration(kind, mayAdd) {
  const place = here();
  const search = input('q', {
    type: 'search', value: place.q, maxlength: 200, placeholder: 'Search', 'aria-label': 'Search',
  });
  return [
    el('div', {class: 'rf-title'},
      el('h1', {}, kind.title),
      mayAdd && el('button', {class: 'btn btn-primary', type: 'button', click: () => add(kind)}, kind.add)),
    el('form', {
      class: 'rf-panel rf-filters', role: 'search',
      submit: (event) => {
        event.preventDefault();
        go({view: kind.view, q: search.value});
      },
    }, search, el('button', {class: 'btn btn-outline-secondary justify-self-start', type: 'submit'}, 'Search')),
    await list({path: kind.path, columns: kind.columns, query: {q: place.q}, empty: 'Nothing matches.'}),
  ];
}

async function add(kind) {
  openDialog(kind.add, await kind.fields(), 'Create', async (form) => {
    try {
      await ask(kind.path, {method: 'POST', body: kind.read(form)});
    } catch (problem) {
      showProblem(form, problem);
      return false;
    }
    forgetCatalogue();
    refresh();
    return true;
  });
}

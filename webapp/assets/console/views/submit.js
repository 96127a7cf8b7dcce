import {proposal} from '../lib/calendar.js';
import {loadCatalogue, loadConsole} from '../lib/choices.js';
import {announce, button, el, foreign, heading, icon, nothing} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {here} from '../lib/place.js';
import {t} from '../lib/texts.js';
import * as tus from '../lib/tus.js';
import {UploadCard} from '../lib/uploadcard.js';

const AT_ONCE = 3;

// Kept while the page is open: whoever looks at another view finds the uploads again, still running.
const cards = [];
const list = el('div', {});
let all;

/** The page on which report files are submitted, one or many at a time. */
export async function show(me) {
  const [{organisations, sections}, {period}] = await Promise.all([loadCatalogue(), loadConsole()]);
  const own = organisations.filter((item) => me.mayFor('SUBMIT', item.code));
  if (own.length === 0 || sections.length === 0) {
    return [heading(t('view.submit')), nothing(t(
      !me.may('SUBMIT') ? 'submit.notAllowed' : own.length === 0 ? 'submit.noOrganisation' : 'submit.noSection'))];
  }
  const place = here();
  const begun = el('div', {});
  const choose = el('input', {
    class: 'form-control', type: 'file', name: 'file', id: 'choose', multiple: true,
    change: () => {
      add(choose.files);
      choose.value = '';
    },
  });
  const drop = el('div', {class: 'rf-drop rf-panel', dragover: over, dragleave: over, drop: over},
    icon('submit'),
    el('label', {for: 'choose'}, t('submit.drop')),
    choose,
    el('span', {class: 'rf-fine m-0'}, t('submit.explain')));
  all = button('', startAll, 'btn-primary', {id: 'submit-all'});

  function over(event) {
    event.preventDefault();
    drop.classList.toggle('rf-over', event.type === 'dragover');
    if (event.type === 'drop') {
      add(event.dataTransfer.files);
    }
  }

  function add(files) {
    for (const file of files) {
      const found = Object.values(tus.unfinished()).find((upload) =>
        upload.name === file.name && upload.size === file.size && upload.lastModified === file.lastModified);
      const proposed = {
        organisation: own.length === 1 ? own[0].code : place.organisation,
        year: place.year || period.year, quarter: place.quarter || period.quarter, section: place.section || (sections.length === 1 ? sections[0].code : ''),
        ...proposal(file.name, sections), ...found?.fields,
      };
      const card = new UploadCard(file, proposed, {organisations: own, sections}, changed);
      cards.push(card);
      list.append(card.element);
    }
    changed();
    announce(t('submit.added', {count: files.length}));
  }

  showUnfinished(begun);
  changed();
  return [heading(t('view.submit'), all), begun, drop, list];
}

function startAll() {
  cards.filter((card) => card.state === 'ready').forEach((card) => card.wait());
}

/** Lets as many wait as would only take the line from one another, and have the server refuse some. */
function startNext() {
  for (let next; cards.filter((card) => card.state === 'sending').length < AT_ONCE;) {
    next = cards.find((card) => card.state === 'waiting');
    if (next === undefined) {
      return;
    }
    next.start();
  }
}

function changed() {
  for (let i = cards.length - 1; i >= 0; i--) {
    if (cards[i].state === 'removed') {
      cards.splice(i, 1);
    }
  }
  const ready = cards.filter((card) => card.state === 'ready').length;
  all.hidden = ready === 0;
  all.textContent = t('submit.all', {count: ready});
  startNext();
}

/** After a reload the browser does not give us the files again: the person has to. */
function showUnfinished(place) {
  const running = new Set(cards.map((card) => card.file.name));
  const uploads = Object.entries(tus.unfinished()).filter(([, upload]) => !running.has(upload.name));
  place.replaceChildren(uploads.length === 0 ? '' : el('section', {class: 'rf-panel'},
    el('h2', {}, t('submit.unfinished')),
    el('p', {}, t('submit.unfinished.explain')),
    el('ul', {class: 'rf-todo'}, uploads.map(([key, upload]) => el('li', {},
      el('span', {}, foreign(upload.name), ' ', el('span', {class: 'rf-quiet'}, format.size(upload.size))),
      button(t('submit.giveUp'), async () => {
        await tus.giveUp(key).finally(() => showUnfinished(place));
      }, 'btn-sm btn-outline-secondary'))))));
}

window.addEventListener('beforeunload', (event) => {
  if (cards.some((card) => ['waiting', 'sending', 'stopping'].includes(card.state))) {
    event.preventDefault(); // the browser asks whether to leave
  }
});

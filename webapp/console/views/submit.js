import {address, OWN, Problem, signIn} from '../lib/api.js';
import {loadCatalogue, options, QUARTERS, year} from '../lib/choices.js';
import {announce, clearProblem, el, field, foreign, input, select, showProblem} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {link} from '../lib/place.js';

export const title = 'Submit a file';

const CHOOSE = [['', 'Choose …']];

/** The form by which a report file is submitted. The browser streams it; nothing is read into memory here. */
export async function show(me) {
  const {organisations, sections} = await loadCatalogue();
  const own = organisations.filter((item) => me.has('ADMINISTRATOR') || item.code === me.organisation);
  const controls = {
    organisation: select('organisation', [...(own.length === 1 ? [] : CHOOSE), ...options(own, 'name')],
      own.length === 1 ? own[0].code : '', {required: true}),
    year: year(new Date().getFullYear(), {required: true}),
    quarter: select('quarter', [...CHOOSE, ...QUARTERS], '', {required: true}),
    section: select('section', [...CHOOSE, ...options(sections, 'title')], '', {required: true, change: hint}),
    file: input('file', {type: 'file', required: true, change: hint}),
  };
  const progress = el('progress', {class: 'rf-progress', max: 1, value: 0, 'aria-label': 'Sent so far'});
  const sent = el('span', {class: 'rf-fine'});
  const running = el('div', {hidden: true, class: 'mb-3'}, progress, sent);
  const send = el('button', {class: 'btn btn-primary', type: 'submit'}, 'Submit');
  const cancel = el('button', {class: 'btn btn-outline-secondary', type: 'button', hidden: true}, 'Cancel');
  const result = el('div', {class: 'rf-result', role: 'status'});
  // The fields stand before the file, as the server reads them in this order while the file streams.
  const form = el('form', {class: 'rf-panel rf-narrow', novalidate: true, submit},
    el('div', {class: 'rf-problem'}),
    field('Organisation', controls.organisation),
    field('Fiscal year', controls.year),
    field('Quarter', controls.quarter),
    field('Section', controls.section),
    field('File', controls.file),
    running,
    el('div', {class: 'rf-buttons'}, send, cancel));

  function chosenSection() {
    return sections.find((item) => item.code === controls.section.value);
  }

  function hint() {
    const section = chosenSection();
    form.querySelector('#hint-section').textContent = section
      ? `Accepts ${section.extensions.join(', ')} up to ${format.size(section.maxBytes)}.`
      : '';
    const file = controls.file.files[0];
    form.querySelector('#hint-file').textContent = file ? format.size(file.size) : '';
  }

  // What can be told without sending gigabytes first; the server decides all the same.
  function findErrors() {
    const errors = ['organisation', 'year', 'quarter', 'section']
      .filter((name) => controls[name].value === '')
      .map((name) => ({field: name, message: 'This is needed.'}));
    const file = controls.file.files[0];
    const section = chosenSection();
    if (!file) {
      errors.push({field: 'file', message: 'Choose a file.'});
    } else if (section) {
      const extension = file.name.includes('.') ? file.name.split('.').pop().toLowerCase() : '';
      if (!section.extensions.includes(extension)) {
        errors.push({field: 'file', message: `This section accepts ${section.extensions.join(', ')}.`});
      }
      if (file.size > section.maxBytes) {
        errors.push({field: 'file', message: `This section accepts files up to ${format.size(section.maxBytes)}.`});
      }
    }
    return errors;
  }

  function submit(event) {
    event.preventDefault();
    result.replaceChildren();
    const errors = findErrors();
    if (errors.length > 0) {
      showProblem(form, new Problem(400, {title: 'The file was not sent.', detail: ' ', errors}));
      return;
    }
    clearProblem(form);
    const upload = new XMLHttpRequest(); // fetch tells no progress
    running.hidden = cancel.hidden = false;
    send.disabled = true;
    cancel.onclick = () => upload.abort();
    upload.upload.onprogress = ({loaded, total}) => {
      progress.value = total > 0 ? loaded / total : 0;
      sent.textContent = `${format.size(loaded)} of ${format.size(total)} sent`;
    };
    upload.onload = () => answered(upload);
    upload.onerror = () => refused(Problem.ofConnection());
    upload.onabort = () => refused(new Problem(0, {title: 'Cancelled.', detail: 'Nothing was stored.'}));
    upload.onloadend = () => {
      running.hidden = cancel.hidden = true;
      send.disabled = false;
    };
    upload.open('POST', address('report-files'));
    upload.setRequestHeader('Accept', 'application/json');
    Object.entries(OWN).forEach(([name, value]) => upload.setRequestHeader(name, value));
    upload.send(new FormData(form));
  }

  function answered(upload) {
    const answer = parse(upload.responseText);
    if (upload.status === 401) {
      signIn();
    } else if (upload.status === 201) {
      accepted(answer);
    } else {
      refused(new Problem(upload.status, answer));
    }
  }

  function accepted(file) {
    announce('The file was accepted.');
    controls.file.value = '';
    hint();
    result.replaceChildren(el('div', {class: 'alert alert-success rf-narrow'},
      'Accepted as version ', el('strong', {}, String(file.version)), ': ',
      el('a', {class: 'alert-link', href: link({view: 'file', id: file.id})}, foreign(file.filename)),
      ` (${format.size(file.size)}).`));
  }

  function refused(problem) {
    showProblem(form, problem);
  }

  return [el('div', {class: 'rf-title'}, el('h1', {}, title)), form, result];
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch (e) {
    return {};
  }
}

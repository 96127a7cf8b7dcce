import {options, QUARTERS, year} from './choices.js';
import {copyable} from './clipboard.js';
import {sha256Of} from './digest.js';
import {announce, button, el, field, foreign, select} from './dom.js';
import * as format from './format.js';
import {acceptsName, describeNames} from './names.js';
import {link} from './place.js';
import {clearProblem, showProblem} from './problems.js';
import {t} from './texts.js';
import * as tus from './tus.js';
import {submitWhole} from './upload.js';

/** What is smaller is sent again as quickly as it is resumed. */
const RESUMABLE_FROM = 8 * 1024 * 1024;
const ANNOUNCE_EVERY = 10_000;

let cards = 0;

/** A file on its way to becoming a report file: what it is about, how far it has come, how it ended. */
export class UploadCard {
  /** One of ready, waiting, sending, paused, stopping, done, removed. */
  state = 'ready';
  #stop;
  #digest;
  #digestStop;

  /**
   * @param {File} file
   * @param {Object} proposed organisation, year, quarter and section as far as they can be told
   * @param {Object} choices organisations and sections
   * @param {function()} changed told when the state has changed
   */
  constructor(file, proposed, choices, changed) {
    const id = `upload-${++cards}`;
    this.file = file;
    this.changed = changed;
    this.sections = choices.sections;
    const choose = [['', t('submit.choose')]];
    this.controls = {
      organisation: select('organisation', [...(choices.organisations.length === 1 ? [] : choose), ...options(choices.organisations, 'name')], proposed.organisation),
      year: year(proposed.year, {required: true}),
      quarter: select('quarter', [...choose, ...QUARTERS], proposed.quarter),
      section: select('section', [...choose, ...options(choices.sections, 'title')], proposed.section, {change: () => this.#hint()}),
    };
    this.progress = el('progress', {class: 'rf-progress', max: 1, value: 0, 'aria-label': t('submit.progress', {name: file.name})});
    this.sent = el('p', {class: 'rf-fine'});
    this.running = el('div', {hidden: true}, this.progress, this.sent);
    this.buttons = el('div', {class: 'rf-buttons'});
    this.result = el('div', {role: 'status'});
    this.fields = el('fieldset', {class: 'rf-upload-fields'},
      el('legend', {class: 'visually-hidden'}, file.name),
      field(t('file.organisation'), this.controls.organisation, '', id),
      field(t('file.section'), this.controls.section, '', id),
      field(t('file.year'), this.controls.year, '', id),
      field(t('file.quarter'), this.controls.quarter, '', id));
    this.element = el('form', {class: 'rf-panel rf-upload', novalidate: true, submit: (event) => this.#submitted(event)},
      el('div', {class: 'rf-upload-head'},
        el('div', {}, el('div', {class: 'rf-upload-name'}, foreign(file.name)), el('div', {class: 'rf-quiet'}, format.size(file.size))),
        this.buttons),
      el('div', {class: 'rf-problem'}),
      this.fields, this.running, this.result);
    this.#hint();
    this.#enter('ready');
  }

  /** Has the file sent as soon as it is its turn, if all is there that is needed. */
  wait() {
    clearProblem(this.element);
    const errors = this.#findErrors();
    if (errors.length > 0) {
      showProblem(this.element, {title: t('submit.notSent'), errors});
      return;
    }
    this.progress.value = 0;
    this.sent.textContent = t('submit.waiting');
    this.#enter('waiting');
  }

  /** Sends the file, from where it stopped if that is possible. */
  async start() {
    clearProblem(this.element);
    const fields = this.#values();
    this.#stop = new AbortController();
    this.#digestStop ??= new AbortController();
    this.#digest ??= sha256Of(this.file, this.#digestStop.signal).catch(() => '');
    this.#enter('sending');
    this.resumable = this.file.size >= RESUMABLE_FROM && await tus.isOffered();
    this.#buttons();
    const submit = this.resumable ? tus.submitResumable : submitWhole;
    try {
      const accepted = await submit(this.file, fields, this.#meter(), this.#stop.signal);
      this.#accept(accepted, await this.#digest);
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        this.#enter(this.resumable && tus.canGoOn(this.file, fields) ? 'paused' : 'ready');
        this.#tell(failure);
      }
    }
  }

  /** Stops for now. */
  pause() {
    this.#enter('paused');
    this.#stop.abort();
  }

  /** Stops for good; the file can be sent anew. */
  async cancel() {
    this.#enter('stopping');
    this.#stop?.abort();
    this.#stopDigest();
    try {
      await tus.giveUp(tus.fingerprint(this.file, this.#values()));
      announce(t('submit.cancelled'));
    } catch (failure) {
      this.#tell(failure);
    } finally {
      this.#enter('ready');
    }
  }

  #stopDigest() {
    this.#digestStop?.abort();
    this.#digestStop = undefined;
    this.#digest = undefined;
  }

  #tell(failure) {
    showProblem(this.element, failure);
    announce(failure.title || failure.message);
  }

  #submitted(event) {
    event.preventDefault();
    if (this.state === 'ready') {
      this.wait();
    }
  }

  #enter(state) {
    this.state = state;
    this.running.hidden = state === 'ready' || state === 'done';
    this.fields.disabled = state !== 'ready';
    this.fields.hidden = state === 'done';
    this.#buttons();
    this.changed();
  }

  #buttons() {
    const pause = button(t('submit.pause'), () => this.pause(), 'btn-sm btn-outline-secondary');
    const resume = button(t('submit.resume'), () => this.start(), 'btn-sm btn-primary');
    const cancel = button(t('submit.cancel'), () => this.cancel(), 'btn-sm btn-outline-danger');
    const remove = button(t('submit.remove'), () => this.#remove(), 'btn-sm btn-outline-secondary', {'aria-label': t('submit.removeOne', {name: this.file.name})});
    this.buttons.replaceChildren(...{
      ready: [remove],
      waiting: [cancel],
      sending: this.resumable ? [pause, cancel] : [cancel],
      paused: [resume, cancel],
      stopping: [],
      done: [remove],
    }[this.state]);
  }

  #remove() {
    this.state = 'removed';
    this.#stopDigest();
    this.element.remove();
    this.changed();
  }

  #section() {
    return this.sections.find((item) => item.code === this.controls.section.value);
  }

  #hint() {
    const section = this.#section();
    this.element.querySelector('[data-hint=section]').textContent = section
      ? t('submit.accepts', {names: describeNames(section.names), size: format.size(section.maxBytes)})
      : '';
  }

  #values() {
    return Object.fromEntries(Object.entries(this.controls).map(([name, control]) => [name, control.value]));
  }

  // What can be told without sending gigabytes first; the server decides all the same.
  #findErrors() {
    const errors = Object.entries(this.controls)
      .filter(([, control]) => control.value === '')
      .map(([name]) => ({field: name, message: t('submit.needed')}));
    const section = this.#section();
    if (section) {
      if (!acceptsName(section.names, this.file.name)) {
        errors.push({field: 'section', message: t('submit.name', {names: describeNames(section.names)})});
      }
      if (this.file.size > section.maxBytes) {
        errors.push({field: 'section', message: t('submit.tooLarge', {size: format.size(section.maxBytes)})});
      }
    }
    return errors;
  }

  /** Shows how far it is, how fast it goes and how long it will take; tells a screen reader now and then. */
  #meter() {
    const total = this.file.size;
    let began;
    let first = 0;
    let told = Date.now();
    return (sent) => {
      if (began === undefined || sent < first) {
        began = Date.now();
        first = sent;
      }
      const seconds = (Date.now() - began) / 1000;
      const speed = seconds > 0.5 ? (sent - first) / seconds : 0;
      this.progress.value = total > 0 ? sent / total : 1;
      const text = sent >= total ? t('submit.confirming') : [
        t('submit.sent', {sent: format.size(sent), total: format.size(total)}),
        ...(speed > 0 ? [t('submit.speed', {size: format.size(speed)}), t('submit.left', {time: format.duration((total - sent) / speed)})] : []),
      ].join(' · ');
      this.sent.textContent = text;
      if (Date.now() - told > ANNOUNCE_EVERY) {
        told = Date.now();
        announce(`${this.file.name}: ${text}`);
      }
    };
  }

  #accept(file, digest) {
    const name = el('a', {class: 'alert-link', href: link({view: 'file', id: file.id})}, foreign(file.filename));
    const same = digest !== '' && digest === file.sha256;
    this.result.replaceChildren(
      el('div', {class: `alert ${same || digest === '' ? 'alert-success' : 'alert-danger'} mb-0`},
        el('p', {}, t('submit.accepted', {version: file.version}), ' ', name),
        el('p', {class: 'rf-digest'}, digest === '' ? t('submit.digest.none') : same ? t('submit.digest.same') : t('submit.digest.other', {digest})),
        copyable(file.sha256, 'SHA-256')));
    this.#enter('done');
    announce(t('submit.accepted', {version: file.version}));
  }
}

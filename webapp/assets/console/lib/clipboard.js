import {announce, button, el, icon} from './dom.js';
import {t} from './texts.js';

/** Puts a text into the clipboard; pages that came over plain HTTP have no other way than the old command. */
async function copy(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = el('textarea', {class: 'visually-hidden'});
  area.value = text;
  (document.querySelector('dialog[open]') || document.body).append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

/** A text with a button that copies it. */
export function copyable(text, label) {
  const act = button([icon('copy'), t('copy')], async () => {
    await copy(text);
    announce(t('copy.done'));
    act.replaceChildren(icon('check'), t('copy.done'));
    setTimeout(() => act.replaceChildren(icon('copy'), t('copy')), 2000);
  }, 'btn-sm btn-outline-secondary', {'aria-label': t('copy.what', {what: label})});
  return el('span', {class: 'rf-copyable'}, el('code', {}, text), act);
}

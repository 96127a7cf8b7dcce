// Where the reader is: the view and its filters are the query of the address, so that any view can be linked,
// reloaded and left with the back button.

/** The parameters of the present view. */
export function here() {
  return Object.fromEntries(new URLSearchParams(location.search));
}

/** The address of a view. */
export function link(parameters) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== '' && value !== null && value !== undefined) {
      query.set(name, value);
    }
  }
  return `?${query}`;
}

/** Shows another view, or the same with other filters. */
export function go(parameters) {
  history.pushState(null, '', link(parameters));
  refresh();
}

/** Shows the present view anew. */
export function refresh() {
  window.dispatchEvent(new PopStateEvent('popstate'));
}

/** Lets links between views change the view instead of loading the page again. */
export function followLinks() {
  document.addEventListener('click', (event) => {
    const anchor = event.target instanceof Element ? event.target.closest('a[href^="?"]') : null;
    if (anchor && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      history.pushState(null, '', anchor.getAttribute('href'));
      window.scrollTo(0, 0);
      refresh();
    }
  });
}

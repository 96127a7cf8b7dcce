// Runs before the page is painted, so that nobody who chose dark sees a flash of white.
(function () {
  'use strict';
  const KEY = 'report-files.theme';
  const dark = window.matchMedia('(prefers-color-scheme: dark)');

  function chosen() {
    try {
      return localStorage.getItem(KEY);
    } catch (e) {
      return null; // storage is switched off: the system's choice counts
    }
  }

  function apply() {
    const theme = chosen() || (dark.matches ? 'dark' : 'light');
    document.documentElement.setAttribute('data-bs-theme', theme);
  }

  /** Shows the other theme and remembers it. */
  window.reportFilesToggleTheme = function () {
    const next = document.documentElement.getAttribute('data-bs-theme') === 'dark' ? 'light' : 'dark';
    try {
      localStorage.setItem(KEY, next);
    } catch (e) {
      // shown all the same, but not remembered
    }
    document.documentElement.setAttribute('data-bs-theme', next);
  };

  /** What was chosen, empty for the system's choice; with an argument, chooses. */
  window.reportFilesTheme = function (choice) {
    if (choice !== undefined) {
      try {
        choice ? localStorage.setItem(KEY, choice) : localStorage.removeItem(KEY);
      } catch (e) {
        // not remembered
      }
      apply();
    }
    return chosen() || '';
  };

  dark.addEventListener('change', apply);
  apply();
})();

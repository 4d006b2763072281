// What scrolls a page: the part between header and action bar where the window has room for that, else the whole window.

/** The element whose `scrollTop` moves the page. */
export function scroller(): Element {
  const page = document.querySelector("main.page");
  return page && getComputedStyle(page).overflowY === "auto" ? page : document.documentElement;
}

/** Between which heights of the window the page is seen, in pixels from its top. */
export function seen(): { top: number; bottom: number } {
  const page = scroller();
  return page === document.documentElement ? { top: 0, bottom: window.innerHeight } : page.getBoundingClientRect();
}

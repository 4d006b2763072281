// F6: from one region of the window to the next, as the header, the banner, the page and the action bar. A part of a page may be one too.

/** Moves the keyboard to the next region, or the one before; a page is entered at its heading. */
export function toRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>("[data-region]")].filter((region) => !region.closest("[hidden]"));
  if (regions.length === 0) return;
  // The innermost, which is the last of those that hold the keyboard.
  const at = regions.findLastIndex((region) => region.contains(document.activeElement));
  const next = at < 0 ? (step === 1 ? 0 : regions.length - 1) : (at + step + regions.length) % regions.length;
  const region = regions[next];
  const heading = region?.querySelector<HTMLElement>("h1[tabindex]");
  if (heading) heading.focus();
  else if (region) {
    region.tabIndex = -1;
    region.focus();
  }
}

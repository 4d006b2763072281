// Puts the keyboard on a part of the page that has just appeared, and the part into view.

/** `scroll-padding` of the page keeps the part clear of its edges. */
export function takeFocus(part: HTMLElement): void {
  part.tabIndex = -1;
  part.focus({ preventScroll: true });
  part.scrollIntoView({ block: "nearest" });
}

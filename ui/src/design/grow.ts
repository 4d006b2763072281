// A box for several lines grows with what is typed, so that no words are hidden in it.

/** Called again for each change of what the box shows. */
export function grow(box: HTMLTextAreaElement): void {
  box.style.height = "";
  const hidden = box.scrollHeight - box.clientHeight;
  if (hidden > 0) box.style.height = `${box.offsetHeight + hidden}px`;
}

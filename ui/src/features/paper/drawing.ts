// The pages that the application draws, as nodes of this document. They are read as images: nothing in them can run.

const SVG = "http://www.w3.org/2000/svg";
/** All that a page is drawn with; anything else is left out. */
const DRAWN = "svg, g, rect, path, text";
/** Margin of the paper and its size, in points. */
const MARGIN = 56.69;
const HEIGHT = 841.89;
/** Where the text of a page begins, under the running head, and where it ends, above the foot. */
const HEAD = 100;
const FOOT = HEIGHT - 100;

/** A strip of a page, in points from its top. */
export type Strip = { page: number; from: number; to: number };

/** The drawing of one page, or null when it is none. */
export function drawingOf(svg: string): SVGSVGElement | null {
  const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  if (root.namespaceURI !== SVG || root.localName !== "svg") return null;
  for (const odd of root.querySelectorAll(`*:not(${DRAWN})`)) odd.remove();
  const drawing = document.importNode(root, true) as unknown as SVGSVGElement;
  // Whoever shows the page names it.
  for (const name of ["role", "aria-label"]) drawing.removeAttribute(name);
  drawing.setAttribute("aria-hidden", "true");
  return drawing;
}

/**
 * Where the part under a heading stands: one strip for each page that it reaches. It is guessed from how the pages are drawn (bold lines
 * of one size are headings, text keeps clear of head and foot), because no drawing names its parts: a page that is drawn otherwise, or
 * does not print the heading, gets no strip, and the paper is shown without a mark.
 */
export function stripsOf(drawings: readonly SVGSVGElement[], heading: string): Strip[] {
  const strips = guessed(drawings, heading);
  return strips.every(({ from, to }) => from >= 0 && to > from && to <= HEIGHT) ? strips : [];
}

function guessed(drawings: readonly SVGSVGElement[], heading: string): Strip[] {
  const strips: Strip[] = [];
  let size: string | null = null;
  for (const [page, drawing] of drawings.entries()) {
    const texts = [...drawing.querySelectorAll("text")];
    if (size !== null) strips.push({ page, from: HEAD, to: FOOT });
    for (const [index, text] of texts.entries()) {
      const top = measure(text, "y") - measure(text, "font-size");
      const last = strips.at(-1);
      if (size === null) {
        const lines = linesOf(texts.slice(index), heading);
        if (lines === 0) continue;
        size = text.getAttribute("font-size") ?? "";
        strips.push({ page, from: top, to: FOOT });
        texts.splice(index + 1, lines - 1);
      } else if (last && isBold(text) && text.getAttribute("font-size") === size) {
        // The next heading of the same size ends the part; at the top of a page the part has not reached that page.
        if (last.from === HEAD && top < HEAD + 40) strips.pop();
        else last.to = top - 4;
        return strips;
      }
    }
  }
  return strips;
}

/** Draws a bar beside a strip, in the margin. */
export function bar(strip: Strip): SVGRectElement {
  const rect = document.createElementNS(SVG, "rect");
  const values = { x: MARGIN - 14, y: strip.from - 3, width: 4, height: Math.max(strip.to - strip.from, 8), fill: "#1b5a6b", class: "bar" };
  for (const [name, value] of Object.entries(values)) rect.setAttribute(name, String(value));
  return rect;
}

/** How many lines of bold text in a row make up the heading; 0 when these do not begin with it. */
function linesOf(texts: readonly Element[], heading: string): number {
  let joined = "";
  for (const [index, text] of texts.entries()) {
    if (!isBold(text)) return 0;
    joined = `${joined} ${plain(text)}`.trim();
    if (joined === heading) return index + 1;
    if (!heading.startsWith(joined)) return 0;
  }
  return 0;
}

/** Not a number where it is not said. */
const measure = (text: Element, name: string): number => Number.parseFloat(text.getAttribute(name) ?? "");

const isBold = (text: Element): boolean => text.getAttribute("font-weight") === "700";

/** What a text says, without the number before a heading. */
const plain = (text: Element): string => (text.textContent ?? "").replaceAll("\u00a0", " ").trim().replace(/^\d+\. /, "");

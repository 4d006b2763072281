import { describe, expect, it } from "vitest";
import { bar, drawingOf, stripsOf } from "./drawing";

const page = (inside: string): string => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 595.28 841.89" role="img" aria-label="Page 1 of 2">${inside}</svg>`;
const text = (y: number, size: number, words: string, bold = false): string => `<text x="56.69" y="${y}" font-size="${size}"${bold ? ' font-weight="700"' : ""}>${words}</text>`;
const drawn = (...insides: string[]): SVGSVGElement[] => insides.flatMap((inside) => drawingOf(page(inside)) ?? []);

describe("a drawn page", () => {
  it("becomes nodes of the document, named by whoever shows it and silent itself", () => {
    const drawing = drawingOf(page(text(68, 12, "Born 2 March 1961")));
    expect(drawing?.ownerDocument).toBe(document);
    expect(drawing?.textContent).toBe("Born 2 March 1961");
    expect([drawing?.getAttribute("role"), drawing?.getAttribute("aria-label"), drawing?.getAttribute("aria-hidden")]).toEqual([null, null, "true"]);
  });

  it("brings nothing along that is not drawn with", () => {
    const drawing = drawingOf(page(`<script>1</script><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject><image href="x"/><g><path d="M0 0"/></g>`));
    expect([...(drawing?.querySelectorAll("*") ?? [])].map((node) => node.localName)).toEqual(["g", "path"]);
  });

  it("is none when it cannot be read", () => {
    expect(drawingOf("<svg")).toBeNull();
    expect(drawingOf("<p xmlns='http://www.w3.org/1999/xhtml'/>")).toBeNull();
  });
});

describe("the part under a heading", () => {
  it("ends above the next heading of the same size, whatever is bold in between", () => {
    const strips = stripsOf(drawn(text(200, 16.5, "Your diagnosis", true) + text(230, 14, "Invasive", true) + text(300, 16.5, "When to get help", true)), "Your diagnosis");
    expect(strips).toEqual([{ page: 0, from: 183.5, to: 279.5 }]);
  });

  it("is found under a number, in several lines, and with spaces that were kept", () => {
    const wrapped = text(200, 14.16, "2. Side\u00a0effects you may have after 6 months,", true) + text(218, 14.16, "or years later", true) + text(250, 14.16, "3. Codes", true);
    expect(stripsOf(drawn(wrapped), "Side effects you may have after 6 months, or years later")).toEqual([{ page: 0, from: 200 - 14.16, to: 250 - 14.16 - 4 }]);
  });

  it("goes on over pages, and not onto one where the next part begins at the top", () => {
    const first = text(700, 16.5, "Your diagnosis", true);
    const whole = stripsOf(drawn(first, text(130, 14, "goes on"), text(300, 14, "still") + text(400, 16.5, "Next", true)), "Your diagnosis");
    expect(whole.map((strip) => [strip.page, strip.to])).toEqual([[0, 741.89], [1, 741.89], [2, 379.5]]);
    expect(stripsOf(drawn(first, text(130, 16.5, "Next", true)), "Your diagnosis").map((strip) => strip.page)).toEqual([0]);
  });

  it("is nowhere when the heading is not printed, or only said in a sentence", () => {
    expect(stripsOf(drawn(text(200, 14, "Your diagnosis")), "Your diagnosis")).toEqual([]);
  });

  it("is nowhere when the page is drawn otherwise than it reads pages: the paper then has no mark, and no wrong one", () => {
    const bold = (attributes: string, words: string): string => `<text font-weight="700" ${attributes}>${words}</text>`;
    expect(stripsOf(drawn(bold('y="200"', "Your diagnosis")), "Your diagnosis")).toEqual([]);
    expect(stripsOf(drawn(bold('font-size="16.5"', "Your diagnosis") + text(300, 16.5, "Next", true)), "Your diagnosis")).toEqual([]);
    expect(stripsOf(drawn(text(300, 16.5, "Your diagnosis", true) + text(200, 16.5, "Next", true)), "Your diagnosis")).toEqual([]);
    expect(stripsOf(drawn(text(900, 16.5, "Your diagnosis", true)), "Your diagnosis")).toEqual([]);
  });

  it("has a bar in the margin as tall as it is", () => {
    const rect = bar({ page: 0, from: 100, to: 300 });
    expect([rect.getAttribute("y"), rect.getAttribute("height")]).toEqual(["97", "200"]);
  });
});

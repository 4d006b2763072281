import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { aBanner, day } from "../../ipc/examples";
import { fullName } from "./names";
import PatientBanner from "./PatientBanner.svelte";

describe("banner", () => {
  it("has the identifiers, how fresh they are, and TEST beside a 999 number", () => {
    render(PatientBanner, { banner: aBanner({ print_points: 18 }) });
    const banner = screen.getByRole("region", { name: "Patient" });
    for (const text of ["INVENTED-BELL, Samuel John (Mr)", "Sam", "02-Mar-1961 (65y)", "Male", "999 000 0026", "TEST", "Large print, 18 point", "Details entered 20-Nov-2026 09:12"]) expect(banner.textContent).toContain(text);
  });

  it("says that somebody has died, and when", () => {
    render(PatientBanner, { banner: aBanner({ died: day("2026-11-20", "20-Nov-2026", "20 November 2026") }) });
    expect(screen.getByText("Died").parentElement?.textContent).toBe("Died20-Nov-2026");
  });

  it("opens address, phone and needs together", async () => {
    const { container } = render(PatientBanner, { banner: aBanner() });
    const more = container.querySelector<HTMLElement>("#banner-more");
    expect(more?.hidden).toBe(true);
    await userEvent.click(screen.getByRole("button", { name: "Show details" }));
    expect(more?.hidden).toBe(false);
    expect(more?.textContent).toContain("4 Harbour Row");
  });

  it("names people the same way everywhere", () => {
    expect(fullName(aBanner({ family: "ó Invented", title: "" }))).toBe("Ó INVENTED, Samuel John");
  });
});

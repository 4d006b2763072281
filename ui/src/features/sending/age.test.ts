import { describe, expect, it } from "vitest";
import { age } from "./age";

describe("how long something has waited", () => {
  it.each([
    [0, "less than an hour"],
    [59, "less than an hour"],
    [60, "1 hour"],
    [61, "1 hour 1 minute"],
    [252, "4 hours 12 minutes"],
    [1439, "23 hours 59 minutes"],
    [1440, "1 day"],
    [1440 + 59, "1 day"],
    [2 * 1440 + 21 * 60 + 5, "2 days 21 hours"],
  ])("says %i minutes as %s", (minutes, words) => {
    expect(age(minutes)).toBe(words);
  });
});

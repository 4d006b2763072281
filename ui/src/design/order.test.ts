import { describe, expect, it } from "vitest";
import { moved } from "./order";

describe("order", () => {
  const order = ["a", "b", "c"];

  it("moves one place and keeps everyone", () => {
    expect(moved(order, "b", -1)).toEqual(["b", "a", "c"]);
    expect(moved(order, "b", 1)).toEqual(["a", "c", "b"]);
  });

  it("changes nothing at the ends, or for one that is not there", () => {
    expect([moved(order, "a", -1), moved(order, "c", 1), moved(order, "z", 1)]).toEqual([order, order, order]);
  });
});

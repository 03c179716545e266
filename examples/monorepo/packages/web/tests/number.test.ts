import { describe, expect, it } from "vitest";
import { checkDigit, parseNumber, printNumber } from "../src/number.ts";

describe("tracking number", () => {
  it("is read with blanks and small letters", () => {
    expect(parseNumber(" pg 1234 5678 2 ")).toBe("PG123456782");
  });

  it("is printed in groups", () => {
    expect(printNumber("PG123456782")).toBe("PG 1234 5678 2");
  });

  it("has a check digit of 0 where the sum is a multiple of ten", () => {
    expect(checkDigit("00000000")).toBe(0);
    expect(checkDigit("10000007")).toBe(0);
  });

  it("refuses other text", () => {
    expect(() => parseNumber("12345678")).toThrow(SyntaxError);
  });

  it("finds a wrong digit", () => {
    expect(() => parseNumber("PG 1234 5679 2")).toThrow(RangeError);
  });
});

import { describe, expect, test } from "vitest";
import { measure } from "../src/core/measure/index.ts";
import type { ReadFile } from "../src/core/model/evidence.ts";
import { readText } from "./runner/bytes.ts";

const values = (...files: readonly ReadFile[]) =>
  Object.fromEntries(
    measure({ sources: [{ family: "load", glob: "load/*", files, problems: [] }], root: "/w" }).measurements,
  );
const amount = (value: number) => ({ kind: "amount", amount: value });

const k6 = (metrics: object) => readText(JSON.stringify({ root_group: {}, metrics }), "k6.json");
const requests = { http_reqs: { count: 9 }, http_req_duration: { "p(95)": 90 } };
/** Another load test that tells its users, and one that does not. */
const told = k6({ ...requests, vus: { max: 8 } });
const untold = k6(requests);

describe("KPIs of Locust's two files", () => {
  const stats = (requests = 9) =>
    readText(
      `Type,Name,Request Count,Failure Count,95%\nGET,/,${requests},0,80\n,Aggregated,${requests},0,80\n`,
      "l_stats.csv",
    );
  const history = (users: number, requests = 9) =>
    readText(
      `Timestamp,User Count,Type,Name,Total Request Count\n1,${users},,Aggregated,${requests}\n`,
      "l_stats_history.csv",
    );
  const users = (...files: readonly ReadFile[]) => values(...files)["load.concurrent_users"];

  test("are those of one load test", () => {
    expect(values(stats(), history(50))).toEqual({
      "load.response_time": amount(80),
      "load.error_rate": { kind: "ratio", part: 0, whole: 9 },
      "load.concurrent_users": amount(50),
    });
    expect(users(history(50))).toEqual(amount(50));
  });

  test("hide no other load test with fewer users", () => {
    expect(users(told, stats(), history(50))).toEqual(amount(8));
    expect(users(stats(), history(50), told)).toEqual(amount(8));
    expect(users(stats(), history(50), stats(), history(3))).toEqual(amount(3));
  });

  test("say nothing of another load test that does not tell its users", () => {
    expect(users(stats(), stats(), history(50))).toBeUndefined();
    expect(users(untold, stats(), history(50))).toBeUndefined();
    expect(users(told, stats())).toBeUndefined();
    expect(users(untold, history(50))).toBeUndefined();
  });

  test("are all but the users where the history ended before a request was made", () => {
    const found = values(stats(), history(5, 0));
    expect(Object.keys(found)).toEqual(["load.response_time", "load.error_rate"]);
    expect(values(stats(0), history(5))).toEqual({});
    expect(values(history(5, 0))).toEqual({});
  });
});

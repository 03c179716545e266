import {
  action,
  cat,
  check,
  checkAgain,
  checkFacts,
  checkReports,
  counterOn,
  inspect,
  node,
  peer,
  reading,
  records,
  saxesReader,
  tune,
} from "./contestants.mjs";

const xmlParsers = ["saxes", "sax-wasm", "htmlparser2", "fast-xml-parser"].map(counterOn);
export const junitReaders = ["test-results-parser", "junit2json", "junit-to-ctrf"].map((npm) => peer(npm));
const floors = [node, reading];

/** Who reads what against whom. `kind` and `size` are those of the generator; `--quick` takes `quick` instead. */
export const scenes = [
  {
    id: "start",
    title: "The whole gate on 1,000 test cases",
    kind: "junit",
    size: 1_000,
    quick: 1_000,
    contestants: [node, checkAgain, check, action],
  },
  junit("junit-1k", "JUnit XML, 1,000 cases", 1_000, 1_000),
  junit("junit-100k", "JUnit XML, 100,000 cases", 100_000, 10_000),
  junit("junit-1m", "JUnit XML, 1 million cases", 1_000_000, 50_000),
  {
    id: "junit-8m",
    title: "JUnit XML, 8 million cases",
    kind: "junit",
    size: 8_000_000,
    quick: 200_000,
    contestants: [...floors, inspect],
  },
  {
    id: "junit-suite",
    title:
      "JUnit XML, 100,000 cases in a single suite with output, the one shape that junit-xml-parser survives",
    kind: "suite",
    size: 100_000,
    quick: 10_000,
    contestants: [...floors, inspect, peer("junit-xml-parser")],
  },
  {
    id: "small",
    title: "JUnit XML, 5,000 files of 20 cases: the whole gate",
    kind: "small",
    size: 5_000,
    quick: 500,
    contestants: [node, cat, check],
  },
  {
    id: "lcov",
    title: "lcov, 10 million DA lines in 50,000 source files",
    kind: "lcov",
    size: 10_000_000,
    quick: 500_000,
    contestants: [
      ...floors,
      inspect,
      peer("lcov-parse"),
      peer("@friedemannsommer/lcov-parser", "lcov-parser"),
    ],
  },
  {
    id: "cobertura",
    title: "Cobertura XML, 140 MB",
    kind: "cobertura",
    size: 11_200,
    quick: 600,
    contestants: [...floors, inspect, peer("cobertura-parse")],
  },
  {
    id: "jacoco",
    title: "JaCoCo XML, 100 MB",
    kind: "jacoco",
    size: 15_000,
    quick: 600,
    contestants: [...floors, inspect, peer("jacoco-parse")],
  },
  {
    id: "tune",
    title: "`tune`: 50 rules over 2,000 recorded runs of 50 KPIs",
    kind: "history",
    size: 2_000,
    quick: 200,
    contestants: [node, records, tune],
  },
  istanbul("istanbul", "Istanbul coverage-final.json, 131 MB", 10_000, 500),
  istanbul("istanbul-large", "Istanbul coverage-final.json, 651 MB", 49_500, 1_000),
  {
    id: "shards",
    title: "Facts files of 100 runners against their report files: the whole gate",
    kind: "shards",
    size: 100,
    quick: 20,
    contestants: [node, checkFacts, checkReports],
  },
  {
    id: "facts",
    title: "Facts files of 1,000 runners: the whole gate",
    kind: "facts",
    size: 1_000,
    quick: 40,
    contestants: [node, checkFacts],
  },
];

function junit(id, title, size, quick) {
  return {
    id,
    title,
    kind: "junit",
    size,
    quick,
    contestants: [...floors, inspect, saxesReader, ...xmlParsers, ...junitReaders],
  };
}

function istanbul(id, title, size, quick) {
  const contestants = [...floors, inspect, peer("istanbul-lib-coverage")];
  return { id, title, kind: "istanbul", size, quick, contestants };
}

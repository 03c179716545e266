/** Every code a problem can have, with the one sentence that says what it stands for. The docs are made from it. */
export const problemCodes = {
  // Finding report files
  "no-files":
    "A glob matched no report file although other files of its family were found, or a number was expected.",
  "shards-missing": "Fewer or more report files than `expect` says.",
  "outside-workspace": "A path or glob leads out of the workspace.",
  "not-a-file": "A path is a folder, a pipe, a device or a link that may not be followed.",
  "file-unreadable": "The system would not let us read a file or look into a folder.",
  "stale-file": "A report file is older than the job that should have written it.",
  "limit-files": "More report files matched than one gate reads.",
  "artifact-unavailable": "An artifact, or the list of them, could not be fetched, or it has expired.",
  "archive-damaged": "The archive of an artifact is damaged, cut off or contradicts itself.",
  "archive-unsafe":
    "The archive of an artifact holds links, names that lead out of it, or what else no upload holds.",
  "limit-archive": "An artifact is larger than one gate downloads or unpacks.",
  "git-unavailable": "Git could not say which files it tracks, so committed report files were not left out.",
  // Reading report files
  "empty-file": "A report file holds no content.",
  "unknown-format": "No reader knows the content of a file.",
  "wrong-family": "A report file is of another family than the source that named it.",
  encoding: "A file is not text, or in an encoding that is not read.",
  "xml-syntax": "A file is not well-formed XML: cut off, glued together or damaged.",
  "xml-doctype": "An XML file brings its own entities, which are never expanded.",
  "json-syntax": "A file is not well-formed JSON.",
  "duplicate-key": "A JSON object names one key twice, so one of two values would be lost.",
  "lcov-syntax": "A line of an lcov file is not what the format allows.",
  truncated: "A report file ends in the middle of a record.",
  "bad-value": "A value in a report file is not of the form the format demands.",
  "impossible-totals": "A report file counts more covered than there is, or more than can be.",
  "limit-depth": "Elements are nested deeper than the reader follows.",
  "limit-size": "A file, or one piece of it, is larger than the reader takes.",
  "limit-count": "A file has more parts of one kind than the reader keeps.",
  "repaired-text": "Bytes or characters that the format forbids were replaced.",
  "blank-before-declaration": "Blank characters stand before the XML declaration.",
  "encoding-mismatch": "The declared encoding is not the one the file is written in.",
  // What test reports say of themselves
  "no-tests": "A report file or a whole source holds no test case, or none that was executed.",
  "count-shortfall": "A suite declares more test cases than it holds.",
  "count-surplus": "A suite holds more test cases than it declares.",
  "unexplained-failures": "A suite declares failures or errors that no test case shows.",
  "suite-error":
    "A failure was reported for a suite or a whole run and not for a test case; it counts as one failed test.",
  "suite-twice": "Two report files hold the same run of a suite, whose tests would count twice.",
  "odd-time": "A time is not a number of seconds and was read by its separators or unit, or left out.",
  // What coverage reports say of themselves
  "no-lines": "A coverage file holds no line.",
  "totals-only": "A coverage file gives totals without lines, so it cannot be united with others by line.",
  "totals-differ": "Totals in a coverage file disagree with its lines; the lines decide.",
  "cannot-merge": "Two totals of one source file cannot be united without lines.",
  "ambiguous-path": "A path in a coverage file could be one of several source files of the repository.",
  "unmeasured-change": "A changed source file, or some of its lines, is not known to any coverage report.",
  "changes-unknown": "Which lines a change added or changed could not be told.",
  "unknown-record": "A record of a kind that the reader does not know was left out.",
  // What load tests and metrics files say of themselves
  "no-samples": "A load test made no request, or a metrics file holds no number, so nothing was measured.",
  "metrics-syntax": "A line of a metrics file is not what the format allows.",
  "not-finite": "A metrics file gives NaN or an infinity for a metric, which then has no value.",
  "duplicate-series":
    "A metrics file gives one metric with the same labels twice, so one of two values would be lost.",
  // What a Prometheus server answers
  "prometheus-not-asked":
    "The token for the Prometheus server is not there, or the base branch does not name this server.",
  "prometheus-unreachable": "The Prometheus server did not answer in time, after some tries.",
  "prometheus-failed": "The Prometheus server refused a query, or what answered is none.",
  "prometheus-partial": "A part of the answer to a query is missing, or the server says that it may be.",
  "prometheus-stale": "The answer to a query is older than the configuration allows.",
  "prometheus-series": "A query gives several series, of which none is the number that was asked for.",
  // What scans and linters say of themselves
  "tool-error": "A tool wrote that it failed, so what it did not find means nothing.",
  "nothing-scanned":
    "A scan looked at nothing, or does not tell at what, so that it found nothing means nothing.",
  "partly-scanned": "A scan left out a part of what it should have looked at.",
  "counts-differ": "A tool counts other findings than its file holds.",
  suppressed: "Findings that were suppressed at their place are not counted.",
  "same-finding": "Several tools or packages tell of the same vulnerability, which is counted once.",
  // What facts files say
  "facts-version": "A facts file was written by a version of Phase Gate whose facts this one does not read.",
  "facts-invalid": "A facts file lacks something, or says something that cannot be.",
  "facts-differ":
    "A facts file counted tests by other groups or retries than the configuration of the gate has.",
  "facts-twice": "Two facts files are copies of one another, so the same tests would count twice.",
  // Configuration
  "config-missing": "The configuration file that was named does not exist or cannot be read.",
  "config-syntax": "The configuration is not well-formed YAML.",
  "config-empty": "The configuration has no phase or no rule.",
  "config-key": "A key is not part of the configuration.",
  "config-value": "A value of the configuration is not of the right form.",
  "config-extends": "What a configuration extends is not there, is not allowed, or leads back to itself.",
  "config-kpi": "A KPI with that name does not exist.",
  "config-group": "A rule is about a group of tests that is not defined, or a group has no tests.",
  "config-limit": "A limit does not follow the grammar, or does not fit its KPI.",
  "config-base":
    "The configuration of the base branch could not be read, so nothing could be held against it.",
  "weaker-rules": "A change asks less of the code than its base branch, and nobody has accepted it.",
  "weaker-evidence": "A change asks for less evidence than its base branch, and nobody has accepted it.",
  "weaker-policy": "A change loosens who may be red or who decides on the gate, and nobody has accepted it.",
  "labels-unknown": "The labels of a pull request could not be read, so none of them accepts anything.",
  "first-configuration": "The base branch has no configuration to hold a change against.",
  "errors-unlimited": "The configuration limits failed tests and leaves errored ones without a limit.",
  "config-too-large":
    "The configuration is larger or deeper than anyone would write, or repeats itself by aliases.",
  // History
  "history-unreadable": "A record of the history cannot be read, so nothing can be compared with it.",
  "no-history": "Rules compare with recorded runs, and no history is named, or its folder does not exist.",
  "history-elsewhere": "The history lies on GitHub, where only a run of a workflow reads it.",
  "history-expired": "The artifact that held the history is gone, so the history begins anew.",
  "history-shallow": "The checkout does not go back to a recorded commit, so no baseline can be found.",
  "evidence-shrunk":
    "There are fewer tests, source files or lines than in the baseline by more than `shrink` allows.",
  "keep-without-history": "`keep` is on, and no history says which phases were reached.",
  "waiver-expired": "A waiver is past its last day.",
  "waiver-unused": "No rule needs a waiver any more.",
  "not-recorded": "This run was not added to the history.",
  // Running and publishing
  "upstream-not-run": "A job that the gate needs was cancelled or skipped.",
  "upstream-failed":
    "A job that the gate needs failed; an error where report files are missing, else a note.",
  "report-refused": "A report that was to be published is not one that this version wrote.",
  "pull-request-unknown": "No open pull request has the commit of the run before as its head.",
  input: "An input of the action or an option of the command line is wrong.",
  event: "The event that started the workflow could not be read.",
  "not-published": "A comment, check run or summary could not be written.",
  "outdated-run": "A newer run has already published, so this one did not overwrite it.",
  "not-written": "A file that was asked for could not be written.",
} as const satisfies Record<string, string>;

export type ProblemCode = keyof typeof problemCodes;

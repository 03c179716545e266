import { createRequire as createBuiltin } from "node:module";
const builtin = createBuiltin(import.meta.url);
import { createRequire } from "node:module";
const { parseArgs } = builtin("node:util");
const { closeSync, constants, existsSync, fstatSync, fsyncSync, linkSync, lstatSync, mkdirSync, openSync, readFileSync, readSync, readdirSync, realpathSync, rmSync, statSync, unlinkSync, writeFileSync, writeSync } = builtin("node:fs");
const { dirname, isAbsolute, join, relative, resolve, sep } = builtin("node:path");
const { setTimeout } = builtin("node:timers/promises");

// \0rolldown/runtime.js
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __commonJSMin = (cb, mod) => () => (mod || (cb((mod = { exports: {} }).exports, mod, mod.exports), cb = null), mod.exports);
var __copyProps = (to, from, except, desc) => {
	if (from && typeof from === "object" || typeof from === "function") {
		for (var keys = __getOwnPropNames(from), i = 0, n = keys.length, key; i < n; i++) {
			key = keys[i];
			if (!__hasOwnProp.call(to, key) && key !== except) {
				__defProp(to, key, {
					get: ((k) => from[k]).bind(null, key),
					enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable
				});
			}
		}
	}
	return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(isNodeMode || !mod || !mod.__esModule || !__hasOwnProp.call(mod, "default") ? __defProp(target, "default", {
	value: mod,
	enumerable: true
}) : target, mod));

// src/core/config/nearest.ts
/** The candidate that was most likely meant, for "did you mean"; undefined where none is close. */
function nearest(word, candidates) {
	const best = candidates.map((candidate) => ({
		candidate,
		distance: edits(word.toLowerCase(), candidate.toLowerCase())
	})).sort((a, b) => a.distance - b.distance)[0];
	return best && best.distance <= Math.max(2, Math.floor(word.length / 3)) ? best.candidate : void 0;
}
/** Insertions, deletions, replacements and swaps of neighbours between two words (optimal string alignment). */
function edits(a, b) {
	if (a.length > 100) return Number.POSITIVE_INFINITY;
	let beforeLast = [];
	let last = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const replace = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
			let best = Math.min(replace, last[j] + 1, row[j - 1] + 1);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, beforeLast[j - 2] + 1);
			row.push(best);
		}
		beforeLast = last;
		last = row;
	}
	return last[b.length];
}

// src/core/model/exit-code.ts
/** What exit codes mean, for `--help` and the docs. */
const exitCodes = {
	0: "pass, or pass with warnings",
	1: "fail: a rule of a required phase is broken",
	2: "error: could not be judged, because of the configuration or the evidence",
	3: "an error of ours",
	4: "judged, but a file that was asked for could not be written"
};
/**
* The exit code that a report stands for: 0 pass or warn, 1 a rule is broken, 2 could not be judged. In the mode
* `report` only a configuration or an input that is wrong is not 0.
*/
function exitCode({ gate, mode, problems }) {
	if (!gate || problems.some(({ code, severity }) => severity === "error" && /^(?:config-|input$)/.test(code))) return 2;
	if (mode === "report" || gate.outcome === "pass" || gate.outcome === "warn") return 0;
	return gate.outcome === "fail" ? 1 : 2;
}

// src/cli/args.ts
/** Reads `[COMMAND] [ARGUMENTS]`; without a command the default one runs. */
function parseCommandLine(args, commands, fallback, version) {
	const [first] = args;
	const named = first !== void 0 && Object.hasOwn(commands, first);
	if (!named && first !== void 0 && !first.startsWith("-")) {
		const meant = nearest(first, Object.keys(commands));
		return { wrong: `unknown command "${first}"${meant ? `, did you mean "${meant}"?` : ""}` };
	}
	const rest = named ? args.slice(1) : args;
	const command = commands[named ? first : fallback];
	if (rest.includes("--help") || rest.includes("-h")) return { print: named ? commandHelp(command) : help(commands, fallback) };
	if (!named && rest.includes("--version")) return { print: `${version}\n` };
	const options = Object.fromEntries(Object.entries(command.options).map(([key, { type }]) => [key, { type }]));
	try {
		const { values, positionals } = parseArgs({
			args: [...rest],
			options,
			allowPositionals: true
		});
		const empty = Object.entries(values).find(([, value]) => value === "");
		if (empty) return { wrong: `--${empty[0]} needs a value, and got an empty one` };
		return {
			run: command,
			values,
			positionals
		};
	} catch (error) {
		return { wrong: complaint$1(error, Object.keys(options)) };
	}
}
function complaint$1(error, options) {
	const message = error instanceof Error ? error.message : String(error);
	const bare = /^Option '(?:-\w, )?(--[^' ]*).*(?:ambiguous|argument missing)/.exec(message)?.[1];
	if (bare !== void 0) return `${bare} needs a value`;
	const unknown = /^Unknown option '(--?[^']*)'/.exec(message)?.[1];
	if (unknown === void 0) return message;
	const meant = nearest(unknown.replace(/^-+/, ""), options);
	return `unknown option "${unknown}"${meant ? `, did you mean "--${meant}"?` : ""}`;
}
function help(commands, fallback) {
	const rows = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}`);
	const codes = Object.entries(exitCodes).map(([code, meaning]) => `  ${code}  ${meaning}`);
	return `phase-gate: which phase of your quality plan does this code satisfy?

${rows.join("\n")}

${commandHelp(commands[fallback])}
Exit codes:
${codes.join("\n")}
`;
}
function commandHelp({ usage, options }) {
	const words = Object.entries(options).map(([key, { value }]) => `[--${key}${value ? ` ${value}` : ""}]`);
	const rows = Object.entries(options).map(([key, { value, help: text }]) => `  ${`--${key}${value ? ` ${value}` : ""}`.padEnd(20)}${text}`);
	return `Usage: phase-gate ${[usage, ...words].join(" ")}\n${rows.join("\n")}\n`;
}

// src/core/history/layout.ts
/** Where the records of a gate lie in a store, from its top; the gate without a name of its own lies at the top. */
function recordsFolder(gate) {
	return gate === "phase-gate" ? "runs" : `gates/${gate}/runs`;
}
/** Path of a record below the folder of its gate: month of the run in UTC, id and attempt. */
function recordPath({ at, id, attempt }) {
	return `${at.slice(0, 7)}/${id}-${attempt}.json`;
}
/** Whether a path below the folder of a gate is that of a record. */
function isRecordPath(path) {
	return /^\d{4}-\d\d\/[1-9]\d{0,15}-[1-9]\d{0,5}\.json$/.test(path);
}

// src/core/report/changed-lines.ts
/** Most ranges that are shown of one file. */
const shownRanges = 20;
/** Ranges by file, in their order. */
function byFile(uncovered) {
	const files = /* @__PURE__ */ new Map();
	for (const range of uncovered) {
		const own = files.get(range.file) ?? [];
		own.push(range);
		files.set(range.file, own);
	}
	return [...files].map(([file, ranges]) => {
		const shown = ranges.slice(0, shownRanges).map(({ from, to }) => from === to ? `${from}` : `${from}-${to}`);
		const rest = ranges.length > shownRanges ? [`and ${ranges.length - shownRanges} more places`] : [];
		return {
			file,
			lines: [...shown, ...rest].join(", "),
			count: lineCount(ranges)
		};
	});
}
/** How many lines some ranges hold. */
function lineCount(ranges) {
	return ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}

// src/core/report/escape.ts
/**
* Text from report files and configurations is hostile: it may hold escape sequences, mentions, links, markers and
* log commands. There is one function for each place it can go to, and no other way there.
*/
/** Control characters, and those that hide, turn round or join what stands beside them. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\u115f\u1160\u17b4\u17b5\u2028\u2029\u3164\uffa0]/gu;
/** Cannot be seen and keeps what it stands in from being a mention, a reference or a link. */
const joiner = "\u2060";
/** One line for a terminal or a log: line ends become a sign, what cannot be seen is spelt out, no log command starts. */
function plain$4(text) {
	return oneLine(text).replaceAll("##[", "# #[").replace(/^(\s*)::/, "$1: :");
}
/** Data in Markdown: an element in which nothing is a mention, a link or markup. Cut to a number of characters. */
function code(text, limit = 200) {
	return `<code>${references(cut(text, limit))}</code>`;
}
/**
* Words inside a sentence of Markdown, such as the name of a phase; never at the beginning of a block. GitHub makes
* links, references and emoji out of text even where its characters are written as references, so those are parted.
*/
function prose(text, limit = 200) {
	return references(cut(text, limit)).replace(/:(?=[\w+-])|GH(?=-\d)/gi, `$&${joiner}`).replace(/[0-9a-f]{7,}/gi, (hex) => hex.replace(/.{4}(?=.)/g, `$&${joiner}`));
}
/** Prose that may go on in the next line after each part of a long name or path, so that a table fits a phone. */
function parted(text) {
	return prose(text).replace(/[/.]|&#95;/g, "$&\u200b");
}
/** Cuts to a number of characters, never inside one, with a sign that something is gone. */
function cut(text, limit) {
	if (text.length <= limit) return text;
	const characters = Array.from(text.slice(0, limit * 2));
	return characters.length <= limit ? characters.join("") : `${characters.slice(0, limit - 1).join("")}\u2026`;
}
const named$1 = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;"
};
/** Every character that could mean something in Markdown or HTML becomes a character reference. */
function references(text) {
	return oneLine(text).replace(/[^A-Za-z0-9 ,;:()=%?./'"\u00a1-\u{10ffff}-]/gu, (c) => named$1[c] ?? `&#${c.codePointAt(0)};`).replace(/:(?=\/\/)|www(?=\.)|&#(?:64|35);/gi, `$&${joiner}`);
}
function oneLine(text) {
	return text.replace(/\r\n|[\n\r]/g, "\u21b5").replaceAll("	", " ").replace(invisible, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);
}

// src/core/model/exact.ts
/** The value in the unit of limits: percent for ratios. Exact. */
function fractionOf(value) {
	if (value.kind === "ratio") return {
		over: BigInt(value.part) * 100n,
		under: BigInt(value.whole)
	};
	return ofDecimal(decimalOf(value.amount));
}
const powers$1 = Array.from({ length: 7 }, (_, scale) => 10n ** BigInt(scale));
function ofDecimal({ digits, scale }) {
	return {
		over: digits,
		under: powers$1[scale] ?? 10n ** BigInt(scale)
	};
}
/** A finite number as its shortest decimal digits. */
function decimalOf(value) {
	for (let [scale, factor] = [0, 1]; scale <= 3; scale++, factor *= 10) {
		const digits = Math.round(value * factor);
		if (digits / factor === value && Math.abs(digits) < 0x38d7ea4c68000) return {
			digits: BigInt(digits),
			scale
		};
	}
	const [mantissa = "0", exponent = "0"] = String(value).split("e");
	const [whole = "0", fraction = ""] = mantissa.split(".");
	const scale = fraction.length - Number(exponent);
	const digits = BigInt(whole + fraction);
	return scale >= 0 ? {
		digits,
		scale
	} : {
		digits: digits * 10n ** BigInt(-scale),
		scale: 0
	};
}
/** The nearest plain number to a value; percent for ratios. For showing, never for comparing. */
function plainValue(value) {
	return value.kind === "ratio" ? value.part * 100 / value.whole : value.amount;
}
/** The nearest plain number to a fraction, whose two parts may be too large to be divided as they are. */
function plainNumber({ over, under }) {
	const [a, b] = [Number(over), Number(under)];
	if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) return a / b;
	const whole = over / under;
	return Number(whole) + Number((over - whole * under) * 10n ** 15n / under) / 0x38d7ea4c68000;
}
/** -1, 0 or 1 as `a` is below, equal to or above `b`. */
function compare(a, b) {
	const left = a.over * b.under;
	const right = b.over * a.under;
	return left < right ? -1 : left > right ? 1 : 0;
}
function add$2(a, b) {
	if (a.under === b.under) return {
		over: a.over + b.over,
		under: a.under
	};
	return {
		over: a.over * b.under + b.over * a.under,
		under: a.under * b.under
	};
}
function multiply(a, b) {
	return {
		over: a.over * b.over,
		under: a.under * b.under
	};
}

// src/core/report/words.ts
/** "1 test", "3 tests". */
function plural(count, one, many = `${one}s`) {
	return `${grouped(count)} ${count === 1 ? one : many}`;
}
/** 12345 as "12,345". */
function grouped(count) {
	return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
/**
* A value with its unit, with as many digits as it takes for the printed number to stand to the limit as the real one
* does: "89.996%" where "90%" would read as if it held.
*/
function valueText(value, unit, limit) {
	return shown$2(fractionOf(value), unit, limit?.number).text;
}
/**
* A limit in the words of the configuration, and what it came to where that depends on recorded runs. Its digits stand to
* those of the value as the real numbers do.
*/
function limitText(limit, unit, value) {
	const { text, bound, number } = limit;
	if (bound.kind === "value" || number === void 0) return text;
	return `${text} (${shown$2(number, unit, value && shown$2(fractionOf(value), unit, number).number).text})`;
}
/** What would make a broken rule hold: "14 more covered lines", "180ms less", "28 MB less". Never less than it takes. */
function remedyText({ steps, step }, unit) {
	const exact = {
		over: BigInt(steps),
		under: 1n
	};
	if (isMeasuredOut(unit)) return `${shown$2(exact, unit, void 0, "up").text} ${step[0]}`;
	return `${grouped(steps)} ${steps === 1 ? step[0] : step[1]}`;
}
/**
* How far a value is from its limit: "8.2 points below", "3 over", "at the limit". Empty where it has no number. Only a
* value of nothing is as far below a limit as the limit is large: 5ms is "1.995s below" 2s.
*/
function distanceText(value, unit, { number }) {
	if (number === void 0) return "";
	const exact = fractionOf(value);
	const order = compare(exact, number);
	if (order === 0) return "at the limit";
	return `${gapText(exact, number, unit)} ${order < 0 ? "below" : "over"}`;
}
/** How a value differs from the one in the baseline: "+1.2 points", "-14", "no change". */
function changeText(value, before, unit) {
	const [a, b] = [fractionOf(value), fractionOf(before)];
	const order = compare(a, b);
	if (order === 0) return "no change";
	return `${order < 0 ? "-" : "+"}${gapText(a, b, unit)}`;
}
/** How far apart two numbers are; it reads as much as the larger one only where the other one is nothing. */
function gapText(a, b, unit) {
	const gap = size$1(add$2(a, {
		over: -b.over,
		under: b.under
	}));
	const larger = size$1(compare(a, b) < 0 ? b : a);
	if (unit !== "%") return shown$2(gap, unit, larger).text;
	const { text } = digits$1(gap, larger, 1);
	return text === "1" ? "1 point" : `${text} points`;
}
function size$1({ over, under }) {
	return {
		over: over < 0n ? -over : over,
		under
	};
}
/** Whether steps towards a limit are an amount with its unit, not a number of things. */
function isMeasuredOut(unit) {
	return unit === "ms" || unit === "B";
}
/** A number with its unit; `beside` is what the printed one must stand to as the real one does. */
function shown$2(exact, unit, beside, rounding = "nearest") {
	switch (unit) {
		case "%": return marked(digits$1(exact, beside, 1, { all: hundred }), "%");
		case "ms": return time$4(exact, beside, rounding);
		case "B": return bytes(exact, beside, rounding);
		case "count": return digits$1(exact, beside, 1);
		case "ratio": return digits$1(exact, beside, 3);
		default: return marked(digits$1(exact, beside, 2), ` ${unit}`);
	}
}
function marked({ text, number }, unit) {
	return {
		text: `${text}${unit}`,
		number
	};
}
/** In ms below a second, in s below two minutes, in min below two hours, in h below two days, else in d. */
function time$4(exact, beside, rounding) {
	const ms = Math.abs(Number(exact.over) / Number(exact.under));
	const [unit, factor] = timeUnits.find(([, , below]) => ms < below) ?? ["d", 86400000n];
	return marked(inUnits(exact, factor, beside, ms < 10 ? 1 : unit === "ms" ? 0 : 2, rounding), unit);
}
const timeUnits = [
	[
		"ms",
		1n,
		1e3
	],
	[
		"s",
		1000n,
		12e4
	],
	[
		"min",
		60000n,
		72e5
	],
	[
		"h",
		3600000n,
		1728e5
	]
];
/** In the largest decimal unit of which there is at least one. */
function bytes(exact, beside, rounding) {
	const count = Math.abs(Number(exact.over) / Number(exact.under));
	const [unit, factor] = count < 1e3 ? ["B", 1n] : count < 1e6 ? ["kB", 1000n] : count < 1e9 ? ["MB", 1000000n] : ["GB", 1000000000n];
	return marked(inUnits(exact, factor, beside, 1, rounding), ` ${unit}`);
}
function inUnits(exact, factor, beside, least, rounding) {
	const scale = ({ over, under }) => ({
		over,
		under: under * factor
	});
	const { text, number } = digits$1(scale(exact), beside && scale(beside), least, { rounding });
	return {
		text,
		number: {
			over: number.over * factor,
			under: number.under
		}
	};
}
/** Digits beyond which two equal numbers that never end are not followed. */
const mostEqualPlaces = 12;
const hundred = {
	over: 100n,
	under: 1n
};
/**
* Decimal digits without trailing zeros, half away from zero unless said otherwise; more of them until they explain the
* comparison. Only nothing reads as 0, and only all of it as `all`.
*/
function digits$1(exact, beside, least, { all, rounding = "nearest" } = {}) {
	const order = beside && compare(exact, beside);
	for (let places = least;; places++) {
		const rounded = round(exact, places, rounding);
		if (rounded.over === 0n && exact.over !== 0n) continue;
		if (all && compare(rounded, all) === 0 && compare(exact, all) !== 0) continue;
		if (beside === void 0 || compare(rounded, beside) === order) return {
			text: decimalText(rounded.over, places),
			number: rounded
		};
		if (order === 0 && places >= mostEqualPlaces) return digits$1(exact, void 0, least, {
			...all ? { all } : {},
			rounding
		});
	}
}
function round({ over, under }, places, rounding) {
	const scale = 10n ** BigInt(places);
	const exact = (over < 0n ? -over : over) * scale;
	const rounded = rounding === "up" ? (exact + under - 1n) / under : (exact * 2n + under) / (under * 2n);
	return {
		over: over < 0n ? -rounded : rounded,
		under: scale
	};
}
function decimalText(scaled, places) {
	if (scaled < 0n) return `-${decimalText(-scaled, places)}`;
	const text = String(scaled).padStart(places + 1, "0");
	const whole = grouped(text.slice(0, text.length - places));
	const fraction = places === 0 ? "" : text.slice(-places).replace(/0+$/, "");
	return fraction === "" ? whole : `${whole}.${fraction}`;
}

// src/core/report/past-text.ts
/** What the run was compared with: "compared with 3f2a91c (run 118, pass, 3 commits back)". Without any escaping. */
function pastText({ baseline }) {
	return "none" in baseline ? `no baseline: ${baseline.none}` : `compared with ${baselineText(baseline)}`;
}
function baselineText({ sha, number, outcome, distance }) {
	const back = distance === void 0 || distance === 0 ? [] : [`${plural(distance, "commit")} back`];
	return `${sha.slice(0, 7)} (${[
		`run ${number}`,
		outcome,
		...back
	].join(", ")})`;
}
/** What a waiver allows, who answers for it, until when and why; empty where there is none. Without any escaping. */
function waiverText({ waiver, verdict }) {
	if (!waiver) return "";
	const { text, owner, until, reason } = waiver;
	return `${text} waived${owner === void 0 ? "" : ` by ${owner}`} until ${until}${verdict === "warned" ? "" : ", which is not enough"}: ${reason}`;
}

// src/core/report/problem-text.ts
/** A problem for a terminal or a log: `file:line:column: error: message [code]`, and the hint below it. */
function problemText({ at, severity, message, code, hint }) {
	const text = `${at === void 0 ? "" : `${placeText$1(at)}: `}${severity}: ${message} [${code}]`;
	return hint === void 0 ? plain$4(text) : `${plain$4(text)}\n  ${plain$4(hint)}`;
}
function placeText$1({ file, line, column }) {
	return [
		file,
		line,
		column
	].filter((part) => part !== void 0).join(":");
}

// src/core/model/kpi.ts
/** What stands behind the `@` of a scoped KPI: a group of tests, a folder, or a glob of folders. */
function scopeOf(kpi) {
	const at = kpi.indexOf("@");
	return at === -1 ? void 0 : kpi.slice(at + 1);
}
/** The name of a KPI without its scope, which is its name in the registry. */
function unscoped(kpi) {
	const at = kpi.indexOf("@");
	return at === -1 ? kpi : kpi.slice(0, at);
}
/** A KPI as users see it, with its scope: "Line coverage (packages/api)". */
function labelOf(kpi, { label }) {
	const scope = scopeOf(kpi);
	return scope === void 0 ? label : `${label} (${scope})`;
}

// src/core/model/problem.ts
/** The only error class: a problem on its way up. Anything else that is thrown is a bug of ours. */
var InputError = class extends Error {
	name = "InputError";
	problem;
	constructor(problem) {
		super(problem.message);
		this.problem = problem;
	}
};
/** Refuses the input at hand. Throws an InputError that carries the problem with severity `error`. */
function refuse(problem) {
	throw new InputError({
		...problem,
		severity: "error"
	});
}
function isError(problem) {
	return problem.severity === "error";
}

// src/core/report/standing.ts
/** Whether a rule keeps its phase from being reached. */
function blocks({ verdict, rule }) {
	return verdict === "broken" || verdict === "missing" && rule.missing === "error";
}
/** Whether a rule counts for nothing, because its KPI is missing and may be. */
function isLeftOut({ verdict, rule }) {
	return verdict === "missing" && rule.missing === "skip";
}
/** The verdict whose sign a rule bears: a value that is missing costs what the rule says. */
function signOf({ verdict, rule }) {
	if (verdict !== "missing" || rule.missing === "error") return verdict;
	return rule.missing === "warn" ? "warned" : "incomparable";
}

// src/core/report/sentence.ts
function sentence(report) {
	const { gate, problems, policy } = report;
	const errors = problems.filter(isError).length;
	if (!gate) {
		const foreign = problems.some(({ severity, code }) => severity === "error" && !/^(?:config-|input$)/.test(code));
		return { reached: `Could not judge: ${plural(errors, "problem")} ${foreign ? "with the report" : "in the configuration"}` };
	}
	if (errors > 0) {
		if (problems.every(({ severity, code }) => severity !== "error" || code.startsWith("weaker-"))) return { reached: `This change loosens the gate in ${plural(policy?.weaker.length ?? 0, "way")}, not accepted` };
		return { reached: `Could not judge: ${plural(errors, "problem")} with the ${troubled(problems)}` };
	}
	const next = gate.phases[gate.reached];
	if (!next) return { reached: reachedText(gate) };
	const lost = gate.lost && gate.reached < gate.lost.phases ? ` (reached by ${gate.lost.sha.slice(0, 7)})` : "";
	const word = gate.reached < needed(gate) ? "Missing for" : "Next,";
	return {
		reached: reachedText(gate),
		missing: `${word} ${next.phase.name}${lost}: ${needs(next)}`
	};
}
/** What the errors are about, as far as they are about one thing. */
function troubled(problems) {
	const codes = problems.filter(isError).map(({ code }) => code);
	if (codes.includes("input")) return "set-up";
	if (codes.every((code) => code === "waiver-expired")) return "waivers";
	return codes.every((code) => /^(?:history|keep)-/.test(code)) ? "history" : "evidence";
}
/** The sentence that every rendering begins with; also the title of the check run. */
function headSentence(report) {
	const { reached, missing } = sentence(report);
	const text = missing === void 0 ? `${reached}.` : `${reached}. ${missing}.`;
	if (report.mode === "enforce") return text;
	const { gate } = report;
	const red = gate && gate.outcome !== "pass" && gate.outcome !== "warn";
	const where = gate?.phases[Math.min(gate.reached, needed(gate) - 1)]?.phase.name ?? "";
	return red ? `Report only: would fail at ${where}. ${text}` : `Report only. ${text}`;
}
/** How many phases must hold: those that are required, and those that may not be lost. */
function needed({ require, lost }) {
	return Math.max(require, lost?.phases ?? 0);
}
/** "Reached Reliability (2 of 2)". */
function reachedText({ phases, reached }) {
	const last = phases[reached - 1];
	return last ? `Reached ${last.phase.name} (${reached} of ${phases.length})` : `No phase reached (0 of ${phases.length})`;
}
/** What one phase still needs, briefest form: "14 more covered lines, tests.total". */
function needs({ rules }) {
	const open = rules.filter(blocks);
	if (open.length === 0) return incomparables({ rules }) > 0 ? "nothing in it can be compared yet" : "nothing in it was judged";
	const shown = open.slice(0, 3).map(need);
	return open.length > 3 ? `${shown.join(", ")} and ${open.length - 3} more` : shown.join(", ");
}
function need({ verdict, remedy, rule, limit, unit }) {
	if (verdict === "missing") return `a value for ${rule.kpi}`;
	if (!remedy || isMeasuredOut(unit)) return `${rule.kpi} ${limitText(limit, unit)}`;
	const scope = scopeOf(rule.kpi);
	return scope === void 0 ? remedyText(remedy, unit) : `${remedyText(remedy, unit)} in ${scope}`;
}
/** How many rules of a phase hold, out of how many that count: met and warned ones do. */
function progress({ rules }) {
	return {
		holding: rules.filter(({ verdict }) => verdict === "met" || verdict === "warned").length,
		total: rules.filter((rule) => !isLeftOut(rule)).length
	};
}
/** How many rules of a phase have nothing to compare with. */
function incomparables({ rules }) {
	return rules.filter(({ verdict }) => verdict === "incomparable").length;
}
/** Whether a phase is past its day without being reached. */
function isOverdue({ phase, outcome }, at) {
	return phase.due !== void 0 && phase.due < at.slice(0, 10) && outcome !== "pass" && outcome !== "warn";
}

// src/core/report/test-name.ts
/** A test in one line: class and name, or the innermost suite and name where the class says nothing. */
function testName({ suite, className, name }) {
	const own = name === "" ? "(no name)" : name;
	const where = className !== "" && className !== name ? className : suite.at(-1) ?? "";
	return where === "" || where === name || name.startsWith(where) ? own : `${where} > ${own}`;
}

// src/core/model/facts.ts
/** Families of report files, in the order in which they are read; each is a key of `sources` in the configuration. */
const families$1 = [
	"tests",
	"coverage",
	"load",
	"security",
	"debt",
	"metrics",
	"facts"
];
function sameTotals(a, b) {
	return [
		"lines",
		"branches",
		"functions",
		"statements"
	].every((kind) => a[kind]?.covered === b[kind]?.covered && a[kind]?.total === b[kind]?.total);
}
/** What makes two source files of a report, or of all of them, the same one. */
function keyOf({ path, reportFile }) {
	return reportFile === void 0 ? path : `${path} (in ${reportFile})`;
}
/** Response times in milliseconds, as a load test reports them. */
const responseTimes = [
	"p50",
	"p90",
	"p95",
	"p99",
	"avg",
	"max"
];
/** How bad a finding is, worst first. */
const severities$3 = [
	"critical",
	"high",
	"medium",
	"low"
];

// src/core/report/worst-findings.ts
/** The findings that a page shows: those on changed lines first, then the worst, as far as the report keeps them. */
function worstFindings({ findings: { kept } }, most) {
	return [...kept.filter(({ touched }) => touched), ...kept.filter(({ touched }) => !touched)].slice(0, most);
}
/** "9 findings: 1 high and 2 medium about security, 6 others, 3 on changed lines". Without any escaping. */
function findingsText({ findings: { total, kept } }) {
	const all = plural(total, "finding");
	if (total > kept.length) return all;
	const security = kept.filter((finding) => finding.security === true);
	const rated = severities$3.flatMap((severity) => {
		const count = security.filter((finding) => finding.severity === severity).length;
		return count === 0 ? [] : [`${count} ${severity}`];
	});
	const unrated = security.filter(({ severity }) => severity === void 0).length;
	if (unrated > 0) rated.push(`${unrated} unrated`);
	const others = total - security.length;
	const touched = kept.filter((finding) => finding.touched === true).length;
	const parts = [
		...security.length === 0 ? [] : [`${listed(rated)} about security`],
		...security.length > 0 && others > 0 ? [plural(others, "other")] : [],
		...touched === 0 ? [] : [`${touched} on changed lines`]
	];
	return parts.length === 0 ? all : `${all}: ${parts.join(", ")}`;
}
function listed(words) {
	return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

// src/core/report/console.ts
/** How many failing tests and problems a page shows; the rest is counted. */
const shownTests = 10;
const shownProblems = 20;
/** How many findings of scans and linters a page shows. */
const shownFindings = 5;
/** How many files with uncovered changed lines a page shows. */
const shownFiles = 10;
const signs = {
	met: "\u2713",
	pass: "\u2713",
	warned: "!",
	warn: "!",
	broken: "\u2717",
	fail: "\u2717",
	missing: "?",
	error: "?",
	incomparable: "\u00b7"
};
const colours = {
	"\u2713": 32,
	"!": 33,
	"\u2717": 31,
	"?": 35,
	"\u00b7": 2
};
/** The report as a page for a terminal or a log. */
function renderConsole(report, { colour = false } = {}) {
	const paint = (text, ...codes) => colour ? `\x1b[${codes.join(";")}m${text}\x1b[0m` : text;
	const sign = (of) => paint(signs[of], colours[signs[of]] ?? 0);
	return `${[
		headline(),
		...loosened(),
		...phases(),
		failing(),
		findings(),
		uncovered(),
		problems(),
		evidence()
	].filter((block) => block !== "").join("\n\n")}\n`;
	function headline() {
		const { reached, missing } = sentence(report);
		const outcome = report.gate?.outcome ?? "error";
		const mode = report.mode === "report" ? " (report only)" : "";
		const first = `${sign(outcome)} ${paint(plain$4(`${report.title}: ${reached}${mode}`), 1)}`;
		return missing === void 0 ? first : `${first}\n  ${plain$4(missing)}`;
	}
	function loosened() {
		const { policy } = report;
		if (!policy || policy.weaker.length === 0) return [];
		const by = policy.accepted === void 0 ? "not accepted" : `accepted by the label "${policy.accepted}"`;
		return [[paint(plain$4(`Asks less than ${policy.where} (${by})`), 1), ...policy.weaker.map(({ what }) => `  ${sign("warned")} ${plain$4(what)}`)].join("\n")];
	}
	function phases() {
		const { gate } = report;
		if (!gate) return [];
		return gate.phases.map((result, i) => phaseBlock(result, i, i < needed(gate)));
	}
	function phaseBlock(result, index, required) {
		const { holding, total } = progress(result);
		const { name, owner, due } = result.phase;
		const open = incomparables(result);
		const about = [
			`${holding} of ${total}`,
			open === 0 ? "" : `${open} without a comparison`,
			required ? "" : "informs only",
			owner ?? "",
			due === void 0 ? "" : isOverdue(result, report.run.at) ? `overdue since ${due}` : `due ${due}`
		].filter((part) => part !== "");
		return [`${sign(result.outcome)} ${paint(plain$4(`${index + 1} ${name}`), 1)}  ${paint(plain$4(about.join(" \u00b7 ")), 2)}`, ...table(result.rules)].join("\n");
	}
	function table(rules) {
		const rows = rules.map((result) => [
			result.rule.kpi,
			result.value === void 0 ? none(result) : valueText(result.value, result.unit, result.limit),
			limitText(result.limit, result.unit, result.value),
			remark(result)
		]);
		const widths = [
			0,
			1,
			2
		].map((i) => Math.max(...rows.map((row) => row[i].length)));
		return rows.map((row, i) => {
			const cells = [
				row[0].padEnd(widths[0]),
				row[1].padStart(widths[1]),
				row[2].padEnd(widths[2])
			];
			const rule = rules[i];
			const last = rule.verdict === "met" ? paint(plain$4(row[3]), 2) : plain$4(row[3]);
			return `    ${sign(signOf(rule))} ${plain$4(cells.join("   "))}   ${last}`.trimEnd();
		});
	}
	function none(result) {
		if (isLeftOut(result)) return "left out";
		return result.verdict === "missing" ? "missing" : "no value";
	}
	function remark(result) {
		const waived = waiverText(result);
		return waived === "" ? plainRemark(result) : `${plainRemark(result)}; ${waived}`;
	}
	function plainRemark({ rule, value, unit, limit, remedy, reason, verdict, owner }) {
		const whose = owner === void 0 ? "" : `, ${owner}`;
		if (reason !== void 0 || value === void 0) return `${reason ?? ""}${whose}`;
		const before = verdict === "met" ? void 0 : report.kpis.get(rule.kpi)?.before;
		const change = before ? `, ${changeText(value, before, unit)} since the baseline` : "";
		const distance = `${distanceText(value, unit, limit)}${change}`;
		return remedy && verdict !== "met" ? `${distance} \u2192 ${remedyText(remedy, unit)}${whose}` : `${distance}${whose}`;
	}
	function failing() {
		const tests = report.tests;
		if (!tests || tests.failing.length === 0) return "";
		const total = tests.counts.failed + tests.counts.errored;
		const lines = tests.failing.slice(0, shownTests).flatMap(failingTest);
		const rest = total - Math.min(total, shownTests);
		return [
			paint(`Failing tests (${total})`, 1),
			...lines,
			...rest > 0 ? [`  ... and ${rest} more`] : []
		].join("\n");
	}
	function failingTest(test) {
		const place = test.at ? `  ${placeText$1(test.at)}` : "";
		const first = `  ${sign("broken")} ${test.isNew ? "new: " : ""}${plain$4(testName(test))}${paint(plain$4(place), 2)}`;
		return test.message === "" ? [first] : [first, `      ${plain$4(cut(test.message, 160))}`];
	}
	function findings() {
		const { total } = report.findings;
		if (total === 0) return "";
		const shown = worstFindings(report, shownFindings);
		const lines = shown.map(({ tool, rule, severity, message, at }) => {
			const place = at ? `  ${paint(plain$4(placeText$1(at)), 2)}` : "";
			return `  ${severity === void 0 ? "" : `${severity}  `}${plain$4(`${tool}: ${rule}  ${cut(message, 120)}`)}${place}`;
		});
		const rest = total > shown.length ? [`  ... and ${total - shown.length} more`] : [];
		return [
			paint(findingsText(report), 1),
			...lines,
			...rest
		].join("\n");
	}
	function uncovered() {
		const ranges = report.changes?.uncovered ?? [];
		const files = byFile(ranges);
		if (files.length === 0) return "";
		const lines = files.slice(0, shownFiles).map(({ file, lines }) => `  ${plain$4(`${file}: ${lines}`)}`);
		const rest = files.length > shownFiles ? [`  ... and ${plural(files.length - shownFiles, "more file")}`] : [];
		return [
			paint(`Uncovered changed lines (${lineCount(ranges)})`, 1),
			...lines,
			...rest
		].join("\n");
	}
	function problems() {
		const { length } = report.problems;
		if (length === 0) return "";
		const lines = report.problems.slice(0, shownProblems).map((problem) => `  ${problemText(problem).replaceAll("\n", "\n  ")}`);
		const rest = length > shownProblems ? [`  ... and ${length - shownProblems} more`] : [];
		return [
			paint(`Problems (${length})`, 1),
			...lines,
			...rest
		].join("\n");
	}
	function evidence() {
		return [read(), compared()].filter((line) => line !== "").join("\n");
	}
	function compared() {
		if (!report.past) return "";
		const text = pastText(report.past);
		return paint(plain$4(text.charAt(0).toUpperCase() + text.slice(1)), 2);
	}
	function read() {
		if (report.files.length === 0) return "";
		const shown = report.files.slice(0, 6).map(({ path, format }) => `${path} (${format ?? "unknown"})`);
		const rest = report.files.length > 6 ? [`${report.files.length - 6} more`] : [];
		return paint(plain$4(`Read ${plural(report.files.length, "file")}: ${[...shown, ...rest].join(", ")}`), 2);
	}
}

// src/core/report/json.ts
/** Version of the document; it grows when a reader of the old form would be misled. */
const reportSchema = 1;
/** The report as a document for other programs; see docs/report.md for its form. */
function reportDocument(report) {
	const { name, title, mode, run, gate, tests, findings } = report;
	const { past = null, changes, policy, problems, files } = report;
	return {
		schema: 1,
		name,
		title,
		mode,
		outcome: gate?.outcome ?? "error",
		reached: gate && gate.reached > 0 ? gate.phases[gate.reached - 1].phase.name : null,
		lost: gate?.lost ? gate.phases[gate.lost.phases - 1].phase.name : null,
		require: gate ? gate.phases[gate.require - 1].phase.name : null,
		run,
		phases: (gate?.phases ?? []).map(({ phase, outcome, rules }) => ({
			name: phase.name,
			owner: phase.owner ?? null,
			due: phase.due ?? null,
			outcome,
			rules: rules.map(ruleDocument)
		})),
		kpis: Object.fromEntries([...report.kpis].map(([name, kpi]) => [name, kpiDocument(kpi)])),
		tests,
		findings,
		past,
		changes,
		policy,
		problems,
		files,
		gate
	};
}
/** The report as text: two spaces, a line end at the end, the same bytes for the same report. */
function renderJson(report) {
	return `${JSON.stringify(reportDocument(report), exactly, 2)}\n`;
}
/** Whole numbers of any size are written as text, because JSON has none. */
function exactly(_key, value) {
	return typeof value === "bigint" ? String(value) : value;
}
function ruleDocument({ rule, verdict, unit, value, limit, limits, remedy, reason, owner, waiver }) {
	const compared = limits.some(({ bound }) => bound.kind === "reference");
	return {
		kpi: rule.kpi,
		...owner === void 0 ? {} : { owner },
		verdict,
		value: value === void 0 ? null : plainValue(value),
		shown: value === void 0 ? null : valueText(value, unit, limit),
		limits: limits.map(({ text }) => text),
		...compared ? { bounds: limits.map(({ number }) => number ? plainNumber(number) : null) } : {},
		...rule.warn.length > 0 ? { warn: rule.warn.map(({ text }) => text) } : {},
		...remedy && verdict !== "met" ? { remedy: remedyText(remedy, unit) } : {},
		...reason === void 0 ? {} : { reason },
		...waiver === void 0 ? {} : { waiver: waiverDocument(waiver) }
	};
}
function waiverDocument({ text, reason, until, owner }) {
	return {
		allow: text,
		reason,
		until,
		owner: owner ?? null
	};
}
function kpiDocument({ label, unit, better, value, before }) {
	return {
		label,
		...valueDocument(value),
		unit,
		better,
		...before ? { baseline: valueDocument(before) } : {}
	};
}
function valueDocument(value) {
	return {
		value: plainValue(value),
		...value.kind === "ratio" ? {
			part: value.part,
			whole: value.whole
		} : {}
	};
}

// src/core/report/fit.ts
/**
* Renders with as much detail as fits: tries the levels from the richest on and takes the first whose text is within
* the limit, in UTF-16 units and in bytes of UTF-8. Where even the last is too long, whole blocks are left out at its end.
*/
function fitText(levels, render, limit) {
	let text = "";
	for (const level of levels) {
		text = render(level);
		if (fits$1(text, limit)) return text;
	}
	return withoutEnd(text, limit);
}
function fits$1(text, limit) {
	return text.length <= limit && utf8Length(text) <= limit * 4;
}
const left = "\n\n... the rest does not fit here; the log and report.json have it.\n";
/** As many blocks as fit. None is cut, and no fold is left open. */
function withoutEnd(text, limit) {
	const blocks = text.split("\n\n");
	let [depth, length, kept, end] = [
		0,
		0,
		0,
		0
	];
	for (const [i, block] of blocks.entries()) {
		length += block.length + (i === 0 ? 0 : 2);
		if (length + 67 > limit) break;
		depth += occurrences(block, "<details>") - occurrences(block, "</details>");
		if (depth === 0) [kept, end] = [i + 1, length];
	}
	if (kept === 0) return Array.from(text.slice(0, limit)).slice(0, -1).join("");
	return `${text.slice(0, end)}${left}`;
}
function occurrences(text, part) {
	return text.split(part).length - 1;
}
/** Bytes that a text takes in UTF-8. */
function utf8Length(text) {
	let bytes = text.length;
	for (let i = 0; i < text.length; i++) {
		const unit = text.charCodeAt(i);
		if (unit > 2047) bytes += unit >= 55296 && unit <= 57343 ? 1 : 2;
		else if (unit > 127) bytes++;
	}
	return bytes;
}

// src/core/report/markdown-rules.ts
/** What stands for a verdict or an outcome. */
const icons = {
	met: "\u2705",
	pass: "\u2705",
	warned: "\u26a0\ufe0f",
	warn: "\u26a0\ufe0f",
	broken: "\u274c",
	fail: "\u274c",
	missing: "\u2753",
	error: "\u2753",
	incomparable: "\u2796"
};
/** The rules of one phase as a table. */
function phaseRules({ rules }, detail) {
	return table$2(rules, detail, "", () => void 0);
}
/** What blocks, with the change against the baseline where there is one. */
function blockingTable(rules, { kpis }, detail) {
	return table$2(rules, detail, "To pass", ({ rule, value, unit }) => {
		const before = kpis.get(rule.kpi)?.before;
		return value && before ? changeText(value, before, unit) : void 0;
	});
}
/** Where runs are compared, value, change and limit share a column: four would not fit a phone. */
function table$2(rules, { rows: most }, last, change) {
	const compared = rules.some((one) => one.limit.bound.kind === "reference" || change(one) !== void 0);
	const heads = compared ? [
		"KPI",
		"Value and limit",
		last
	] : [
		"KPI",
		"Value",
		"Limit",
		last
	];
	const row = (result) => {
		const [kpi, value, limit] = cells(result);
		if (!compared) return [
			kpi,
			value,
			limit,
			remark(result)
		];
		const since = change(result);
		return [
			kpi,
			`${value}${since === void 0 ? "" : ` <sub>(${prose(since)})</sub>`}<br>${limit}`,
			remark(result)
		];
	};
	const rows = rules.slice(0, most).map((result) => `| ${row(result).join(" | ")} |`);
	const lines = [
		`| ${heads.join(" | ")} |`,
		`|${heads.map(() => "---").join("|")}|`,
		...rows
	].join("\n");
	const rest = rules.length - rows.length;
	return rest === 0 ? lines : `${lines}\n\n... and ${plural(rest, "more rule")}`;
}
/** KPI, value and limit of a rule. */
function cells(result) {
	const { verdict, label, owner, value, unit, limit } = result;
	const shown = value === void 0 ? "no&nbsp;value" : `<b>${prose(valueText(value, unit, limit))}</b>`;
	const texts = (verdict === "met" ? result.limits : [limit]).map((one) => limitText(one, unit, value)).join(", ");
	const whose = owner === void 0 ? "" : `<br><sub>${prose(owner)}</sub>`;
	return [
		`${icons[signOf(result)]} ${parted(label)}${whose}`,
		shown,
		prose(texts)
	];
}
function remark(result) {
	const waived = waiverText(result);
	return waived === "" ? plainRemark(result) : `${plainRemark(result)}<br><sub>${prose(waived, 400)}</sub>`;
}
function plainRemark({ verdict, value, unit, limit, remedy, reason }) {
	if (reason !== void 0 || value === void 0) return prose(reason ?? "", 300);
	if (remedy && verdict !== "met") return `<b>${prose(remedyText(remedy, unit))}</b>`;
	return prose(distanceText(value, unit, limit));
}

// src/core/report/markdown-blocks.ts
/** How many weakenings are shown even where room is short. */
const shownWeakenings = 10;
const severityIcons = {
	error: "\u2753",
	warning: "\u26a0\ufe0f",
	note: "\u2139\ufe0f"
};
/** The verdict in one sentence. */
function headline(report) {
	const outcome = report.gate?.outcome ?? "error";
	const title = report.title === "Phase Gate" ? "" : `${prose(report.title)}: `;
	return `### ${icons[outcome]} ${title}${prose(headSentence(report), 600)}`;
}
/** What must change before the gate is green: evidence that cannot be judged first, then rules of required phases. */
function blocking(report, detail) {
	const errors = report.problems.filter(isError);
	const { gate } = report;
	const told = (result) => result.verdict === "missing" && errors.length > 0;
	const rules = (gate?.phases.slice(0, needed(gate)) ?? []).flatMap((phase) => phase.rules).filter((result) => blocks(result) && !told(result));
	const shown = Math.max(3, detail.problems);
	const list = errors.slice(0, shown).map(problemItem);
	const more = errors.length > shown ? [`- ... and ${grouped(errors.length - shown)} more`] : [];
	return [errors.length === 0 ? "" : [...list, ...more].join("\n"), rules.length === 0 ? "" : blockingTable(rules, report, detail)].filter((block) => block !== "").join("\n\n");
}
/** What this change asks less than its base, accepted or not. */
function loosened({ policy }, detail) {
	if (!policy || policy.weaker.length === 0) return "";
	const shown = Math.max(shownWeakenings, detail.problems);
	const items = policy.weaker.slice(0, shown).map(({ what }) => `- ${icons.warned} ${prose(what, 300)}`);
	const rest = policy.weaker.length - items.length;
	if (rest > 0) items.push(`- ... and ${grouped(rest)} more`);
	const by = policy.accepted === void 0 ? "not accepted" : `accepted by the label ${code(policy.accepted)}`;
	return `#### Asks less than ${prose(policy.where)} (${by})\n\n${items.join("\n")}`;
}
/** All phases, one line each, with their rules folded. */
function phases(report, detail) {
	const { gate } = report;
	if (!gate) return "";
	return gate.phases.map((result, i) => {
		const summary = phaseLine(result, i, needed(gate), report.run.at);
		if (!detail.rules) return `- ${summary}`;
		return `<details><summary>${summary}</summary>\n\n${phaseRules(result, detail)}\n\n</details>`;
	}).join(detail.rules ? "\n\n" : "\n");
}
/** Failing tests with the first line of what they say; beyond the first ones folded, then counted. */
function failingTests(report, detail) {
	const { tests } = report;
	const total = tests ? tests.counts.failed + tests.counts.errored : 0;
	if (!tests || total === 0) return "";
	const first = tests.failing.slice(0, detail.tests).map(testItem);
	const folded = tests.failing.slice(detail.tests, detail.tests + detail.foldedTests).map(testItem);
	const rest = total - first.length - folded.length;
	const blocks = [`#### Failing tests (${grouped(total)})`, first.join("\n")];
	if (folded.length > 0) blocks.push(`<details><summary>${grouped(folded.length)} more</summary>\n\n${folded.join("\n")}\n\n</details>`);
	if (rest > 0) blocks.push(`... and ${grouped(rest)} more.`);
	return blocks.filter((block) => block !== "").join("\n\n");
}
/** Changed lines that did not run, one line for each file, folded. */
function uncoveredLines$1({ changes }, detail) {
	const files = byFile(changes?.uncovered ?? []);
	if (files.length === 0 || detail.problems === 0) return "";
	const items = files.slice(0, detail.problems).map(({ file, lines }) => `- ${code(file)} ${lines}`);
	const rest = files.length - items.length;
	if (rest > 0) items.push(`- ... and ${plural(rest, "more file")}`);
	return `<details><summary>Uncovered changed lines (${grouped(lineCount(changes?.uncovered ?? []))})</summary>\n\n${items.join("\n")}\n\n</details>`;
}
/** Warnings and notes on the evidence; errors stand among what blocks. */
function problems(report, detail) {
	const others = report.problems.filter((problem) => !isError(problem));
	if (others.length === 0) return "";
	const rest = others.length - Math.min(others.length, detail.problems);
	const items = others.slice(0, detail.problems).map(problemItem);
	if (rest > 0) items.push(`- ... and ${grouped(rest)} more`);
	return `${`<details><summary>${plural(others.length, "remark")} on the evidence</summary>`}\n\n${items.join("\n")}\n\n</details>`;
}
/** Commit, baseline, run and files read, in one line. */
function footer({ run, files, name, past }) {
	const commit = run.sha === void 0 ? [] : [`commit ${code(run.sha.slice(0, 7))}`];
	const page = run.number === void 0 ? [] : [`run ${run.number}${run.attempt && run.attempt > 1 ? `.${run.attempt}` : ""}`];
	const linked = run.url === void 0 ? page : page.map((text) => `[${text}](${run.url})`);
	const gate = name === "phase-gate" ? [] : [`gate ${code(name)}`];
	const compared = past ? [prose(pastText(past))] : [];
	const read = `${plural(files.length, "file")} read`;
	return `<sub>${[
		...gate,
		...commit,
		...compared,
		...linked,
		read
	].join(" \u00b7 ")}</sub>`;
}
function phaseLine(result, index, require, at) {
	const { holding, total } = progress(result);
	const about = [`${holding} of ${total}`, ...notes(result, index, require, at)].join(" \u00b7 ");
	return `${icons[result.outcome]} <b>${index + 1} ${prose(result.phase.name)}</b> \u00b7 ${about}`;
}
function notes(result, index, require, at) {
	const { owner, due } = result.phase;
	const open = incomparables(result);
	return [
		...open === 0 ? [] : [`${open} without a comparison`],
		...index < require ? [] : ["informs only"],
		...owner === void 0 ? [] : [prose(owner)],
		...due === void 0 ? [] : [isOverdue(result, at) ? `overdue since ${prose(due)}` : `due ${prose(due)}`]
	];
}
function testItem(test) {
	const place = test.at ? ` ${code(placeText$1(test.at))}` : "";
	const message = test.message === "" ? "" : `<br>${code(test.message, 300)}`;
	return `- ${test.isNew ? "new: " : ""}<b>${code(testName(test), 200)}</b>${place}${message}`;
}
function problemItem({ at, message, hint, severity }) {
	const place = at ? `${code(placeText$1(at))}: ` : "";
	return `- ${severityIcons[severity]} ${place}${prose(message, 400)}${hint === void 0 ? "" : `<br>${prose(hint, 300)}`}`;
}

// src/core/report/completion.ts
/** Undefined while no phase is reached, or where the evidence has an error. */
function completionOf({ gate, problems }) {
	const reached = gate?.phases[gate.reached - 1];
	if (!gate || !reached || problems.some(isError)) return void 0;
	const next = gate.phases[gate.reached];
	const open = (next?.rules ?? []).filter(blocks);
	return {
		reached,
		earlier: gate.phases.slice(0, gate.reached - 1).reverse(),
		next,
		road: open.toSorted((a, b) => distance(a) - distance(b)),
		requirable: gate.reached > gate.require && !gate.keeps ? reached.phase.name : void 0
	};
}
/** How far a rule is from holding, as a part of its value: steps of the whole for ratios, of the amount otherwise. */
function distance({ value, remedy }) {
	if (value === void 0) return Number.POSITIVE_INFINITY;
	if (remedy === void 0) return Number.MAX_VALUE;
	const size = value.kind === "ratio" ? value.whole : Math.abs(value.amount);
	return size === 0 ? remedy.steps : remedy.steps / size;
}

// src/core/report/sparkline.ts
const bars$1 = [
	"\u2581",
	"\u2582",
	"\u2583",
	"\u2584",
	"\u2585",
	"\u2586",
	"\u2587",
	"\u2588"
];
const top = bars$1.length - 1;
/** What stands for a run without the value. */
const gap = "\u00b7";
/**
* Bars of the recorded values, then of this run, and behind a line how high the limit is: "\u2583\u2584\u2585\u2586\u2586\u2587 \u2582\u2503\u2585". The lowest and the highest
* of them all, limit included, are the ends of the scale. A value below the limit is always drawn lower than the limit, and
* one above it higher, however near it is.
*/
function sparkline(values, now, limit) {
	const all = [
		...values,
		now,
		limit
	].filter((value) => value !== null);
	const height = scale(Math.min(...all), Math.max(...all), limit);
	const bar = (value) => value === null ? gap : bars$1[height(value)];
	const runs = `${values.map(bar).join("")}\u00a0${bar(now)}`;
	return limit === null ? runs : `${runs}\u2503${bar(limit)}`;
}
/** Which bar stands for a value. */
function scale(low, high, limit) {
	if (low === high) return () => top >> 1;
	if (limit === null) return (value) => Math.round(part$1(value, low, high) * top);
	const ideal = Math.round(part$1(limit, low, high) * top);
	const level = Math.max(low < limit ? 1 : 0, Math.min(high > limit ? top - 1 : top, ideal));
	return (value) => {
		if (value === limit) return level;
		return value < limit ? Math.min(level - 1, Math.floor(part$1(value, low, limit) * level)) : Math.max(level + 1, top - Math.floor((1 - part$1(value, limit, high)) * (top - level)));
	};
}
/** Where a value lies between two others, 0 to 1. The widest ranges of numbers have no number for their width, halves have. */
function part$1(value, low, high) {
	const width = high - low;
	return Number.isFinite(width) ? (value - low) / width : (value / 2 - low / 2) / (high / 2 - low / 2);
}

// src/core/report/markdown-trends.ts
/** KPIs over the last runs of the default branch, up to this run, with the limit behind; folded. */
function trends({ past, kpis }, detail) {
	const all = past?.trends ?? [];
	if (all.length === 0 || !detail.rules) return "";
	const rows = all.slice(0, detail.rows).flatMap((trend) => {
		const kpi = kpis.get(trend.kpi);
		if (!kpi) return [];
		return `| ${parted(kpi.label)} | ${code(bars(trend, kpi.value))}<br><sub>${path(trend, kpi.value, kpi.unit)}</sub> |`;
	});
	const runs = Math.max(...all.map(({ values }) => values.length));
	const rest = all.length - rows.length;
	return [
		`<details><summary>Trends over the last ${plural(runs, "run")} of the default branch</summary>`,
		[
			"| KPI | Runs, this one \u2503 limit |",
			"|---|---|",
			...rows
		].join("\n"),
		...rest > 0 ? [`... and ${plural(rest, "more KPI")}`] : [],
		"</details>"
	].join("\n\n");
}
/** The recorded values as bars, then this run and the limit. */
function bars({ values, limit }, now) {
	return sparkline(values, plainValue(now), limit);
}
/** "88% \u2192 91.4%, limit 90%". */
function path({ values, limit }, now, unit) {
	const amount = (value) => prose(valueText({
		kind: "amount",
		amount: value
	}, unit));
	const to = `${amount(values.find((value) => value !== null))} \u2192 <b>${prose(valueText(now, unit))}</b>`;
	return limit === null ? to : `${to}, limit ${amount(limit)}`;
}

// src/core/report/markdown-completion.ts
/** What to write to keep a phase that is reached and not required yet. */
function requireNext(report) {
	const name = completionOf(report)?.requirable;
	return name === void 0 ? "" : `\ud83c\udfc1 ${prose(name)} is reached, and only an earlier phase is required. To keep it, write ${code(`require: ${name}`)}.`;
}

// src/core/report/markdown-findings.ts
/** What scans and linters found, the worst of it; folded. */
function findingsList(report, detail) {
	const { total } = report.findings;
	if (total === 0 || detail.tests === 0) return "";
	const shown = worstFindings(report, detail.tests);
	const items = shown.map(item$1);
	if (total > shown.length) items.push(`- ... and ${grouped(total - shown.length)} more`);
	return `<details><summary>${prose(findingsText(report))}</summary>\n\n${items.join("\n")}\n\n</details>`;
}
function item$1({ tool, rule, severity, message, at }) {
	const place = at ? ` ${code(placeText$1(at))}` : "";
	return `- ${severity === void 0 ? "" : `<b>${severity}</b> `}${code(`${tool}: ${rule}`, 120)}${place}${message === "" ? "" : `<br>${code(message, 200)}`}`;
}

// src/core/report/markdown.ts
/** Most characters of a comment: https://docs.github.com/rest/issues/comments answers 422 beyond 65,536. */
const commentLimit = 65536;
const levels$1 = [
	{
		rows: 200,
		rules: true,
		tests: 10,
		foldedTests: 90,
		problems: 20
	},
	{
		rows: 100,
		rules: true,
		tests: 10,
		foldedTests: 15,
		problems: 20
	},
	{
		rows: 50,
		rules: true,
		tests: 10,
		foldedTests: 0,
		problems: 10
	},
	{
		rows: 20,
		rules: true,
		tests: 3,
		foldedTests: 0,
		problems: 3
	},
	{
		rows: 10,
		rules: false,
		tests: 3,
		foldedTests: 0,
		problems: 3
	},
	{
		rows: 10,
		rules: false,
		tests: 0,
		foldedTests: 0,
		problems: 0
	}
];
/** Rules that block are shown up to this number, those of the nearest phase first: the phases below show all of theirs. */
const mostBlocking = 12;
/** The report as the comment on a pull request, without the marker that makes it findable. */
function renderMarkdown(report, limit = commentLimit) {
	return fitText(levels$1, (detail) => whole$3(report, detail), limit);
}
function whole$3(report, detail, completion = "") {
	return join$1([
		headline(report),
		blocking(report, {
			...detail,
			rows: Math.min(detail.rows, mostBlocking)
		}),
		loosened(report, detail),
		requireNext(report),
		phases(report, detail),
		trends(report, detail),
		completion,
		failingTests(report, detail),
		findingsList(report, detail),
		uncoveredLines$1(report, detail),
		problems(report, detail),
		footer(report)
	]);
}
function join$1(blocks) {
	return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

// src/core/report/token-shapes.ts
const word$1 = "[A-Za-z0-9_]";
const dashed = "[A-Za-z0-9_-]";
/** Where GitHub lists the secrets that it looks for, with their makers. */
const scanned = "https://docs.github.com/code-security/reference/secret-security/supported-secret-scanning-patterns";
/** Forms of secrets that their makers gave a fixed beginning, so that they can be found. */
const tokenShapes = [
	{
		name: "GitHub tokens",
		begin: "gh[opusr]_",
		body: "[A-Za-z0-9_.-]",
		least: 16,
		source: "https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github"
	},
	{
		name: "GitHub fine-grained tokens",
		begin: "github_pat_",
		body: word$1,
		least: 16,
		source: "https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github"
	},
	{
		name: "GitLab tokens",
		begin: "gl(?:pat|oas|dt|rtr?|cbt|ptt|ft|imt|agent|wt|soat|ffct)-",
		body: "[A-Za-z0-9_.-]",
		least: 12,
		source: "https://docs.gitlab.com/security/tokens/#token-prefixes"
	},
	{
		name: "npm access tokens",
		begin: "npm_",
		body: "[A-Za-z0-9]",
		least: 20,
		source: scanned
	},
	{
		name: "PyPI API tokens",
		begin: "pypi-Ag",
		body: dashed,
		least: 16,
		source: scanned
	},
	{
		name: "AWS access keys",
		begin: "\\b(?:AKIA|ASIA|ABIA|ACCA)",
		body: "[A-Z0-9]",
		least: 12,
		source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html"
	},
	{
		name: "Google API keys",
		begin: "AIza",
		body: dashed,
		least: 20,
		source: "https://docs.cloud.google.com/docs/authentication/api-keys"
	},
	{
		name: "Google access tokens",
		begin: "ya29\\.",
		body: dashed,
		least: 16,
		source: scanned
	},
	{
		name: "Slack tokens",
		begin: "xox[a-z]-|xapp-|xoxe\\.xox[a-z]-",
		body: "[A-Za-z0-9-]",
		least: 10,
		source: "https://docs.slack.dev/authentication/tokens"
	},
	{
		name: "Slack webhooks",
		begin: "https://hooks\\.slack\\.com/(?:services|workflows|triggers)/",
		body: "[A-Za-z0-9/_-]",
		least: 8,
		source: "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks"
	},
	{
		name: "Stripe keys",
		begin: "\\b(?:sk|rk)_(?:live|test)_",
		body: "[A-Za-z0-9]",
		least: 10,
		source: "https://docs.stripe.com/keys"
	},
	{
		name: "Stripe signing secrets",
		begin: "\\bwhsec_",
		body: "[A-Za-z0-9+/=]",
		least: 10,
		source: scanned
	},
	{
		name: "SendGrid API keys",
		begin: "\\bSG\\.",
		body: "[A-Za-z0-9_.-]",
		least: 20,
		source: scanned
	},
	{
		name: "OpenAI and Anthropic API keys",
		begin: "\\bsk-(?:ant-|proj-|svcacct-)",
		body: dashed,
		least: 16,
		source: scanned
	},
	{
		name: "Docker access tokens",
		begin: "dckr_(?:pat|oat)_",
		body: dashed,
		least: 12,
		source: scanned
	},
	{
		name: "HashiCorp Vault tokens",
		begin: "hv[sbr]\\.",
		body: dashed,
		least: 16,
		source: scanned
	},
	{
		name: "DigitalOcean tokens",
		begin: "dop_v1_|doo_v1_|dor_v1_",
		body: "[a-f0-9]",
		least: 16,
		source: scanned
	},
	{
		name: "Hugging Face tokens",
		begin: "hf_",
		body: "[A-Za-z0-9]",
		least: 20,
		source: scanned
	},
	{
		name: "JSON Web Tokens",
		begin: "eyJ[A-Za-z0-9_-]{5,}\\.eyJ",
		body: "[A-Za-z0-9_.-]",
		least: 4,
		source: "https://www.rfc-editor.org/rfc/rfc7519"
	},
	{
		name: "Authorization headers with a bearer token",
		begin: "[Bb]earer +",
		body: "[A-Za-z0-9_.~+/=-]",
		least: 16,
		source: "https://www.rfc-editor.org/rfc/rfc6750"
	},
	{
		name: "Tokens and signatures in the query of an address",
		begin: "[?&](?:access_token|api_?key|client_secret|token|sig|[Xx]-[Aa]mz-[Ss]ignature)=",
		body: "[A-Za-z0-9_.~+/%=-]",
		least: 8,
		source: "https://www.rfc-editor.org/rfc/rfc6750#section-5.3"
	}
];

// src/core/report/mask.ts
/** What stands in place of a secret, as in the logs of GitHub. */
const stars = "***";
/**
* Readers cut long texts before anything is masked, so that one can end inside of a secret. So many characters make a text
* long, and so many of a known secret at its end are masked.
*/
const longText = 200;
const leastTail = 6;
const shapes = tokenShapes.map(({ begin, body, least }) => new RegExp(`(?:${begin})${body}{${least},}`, "g"));
/** Almost no text holds a beginning of them, and to ask once is less work than to look twenty times. */
const anyBegin = new RegExp(tokenShapes.map(({ begin }) => begin).join("|"));
const tailShapes = new RegExp(`(?:${tokenShapes.map(({ begin, body }) => `(?:${begin})${body}*`).join("|")})$`);
/** A private key in PEM, to its end or to that of the text. https://www.rfc-editor.org/rfc/rfc7468 */
const privateKey = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,10}-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,10}-----|$)/g;
/** The password in an address: `scheme://user:password@host`. https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1 */
const password = /(\w:\/\/[^\s/:@]{0,100}:)[^\s/@]{1,500}(?=@)/g;
/**
* A mask for everything that has the form of a secret, and for values that are known to be one. Of a known value its first
* half is enough, because what shows it may have cut it.
*/
function createMask(values) {
	const known = maskOfValues(values);
	return (text) => {
		let masked = text;
		if (anyBegin.test(text)) {
			for (const shape of shapes) masked = masked.replace(shape, stars);
			if (text.length >= longText) {
				const tail = masked.slice(-300);
				const shown = tail.replace(tailShapes, stars);
				if (shown !== tail) masked = masked.slice(0, -300) + shown;
			}
		}
		if (masked.includes("-----BEGIN")) masked = masked.replace(privateKey, stars);
		if (masked.includes("://")) masked = masked.replace(password, `$1${stars}`);
		return known(masked);
	};
}
function maskOfValues(values) {
	if (values.length === 0) return (text) => text;
	const needles = values.map((value) => value.slice(0, needleLength(value)));
	const longestFirst = [...new Set(needles)].sort((a, b) => b.length - a.length);
	const pattern = new RegExp(longestFirst.map(literal$1).join("|"), "g");
	const tails = /* @__PURE__ */ new Map();
	for (const value of values) {
		const tail = value.slice(0, leastTail);
		tails.set(tail, [...tails.get(tail) ?? [], value]);
	}
	const longestTail = Math.max(...values.map(needleLength));
	return (text) => text.length < longText ? withoutValues(text) : withoutTail(withoutValues(text));
	function withoutValues(text) {
		let masked = "";
		let from = 0;
		pattern.lastIndex = 0;
		for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
			const start = match.index;
			const shown = Math.max(...values.map((value) => shownOf(value, text, start)));
			masked += text.slice(from, start) + stars;
			from = start + shown;
			pattern.lastIndex = from;
		}
		return from === 0 ? text : masked + text.slice(from);
	}
	function withoutTail(text) {
		for (let at = Math.max(0, text.length - longestTail); at <= text.length - leastTail; at++) {
			const rest = text.slice(at);
			if (tails.get(rest.slice(0, leastTail))?.some((value) => value.startsWith(rest))) return text.slice(0, at) + stars;
		}
		return text;
	}
}
/** How many characters of a value suffice to know it again. */
function needleLength(value) {
	return Math.max(Math.min(8, value.length), Math.ceil(value.length / 2));
}
/** How many characters of a value stand at a place of a text; 0 when too few to know it again. */
function shownOf(value, text, start) {
	let length = 0;
	while (length < value.length && value[length] === text[start + length]) length++;
	return length >= needleLength(value) ? length : 0;
}
function literal$1(text) {
	return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}

// src/core/report/mask-report.ts
/** Words of our own in a report, which decide and are compared. */
const ours = /* @__PURE__ */ new Set([
	"better",
	"code",
	"family",
	"format",
	"how",
	"kind",
	"kpi",
	"missing",
	"mode",
	"of",
	"op",
	"outcome",
	"severity",
	"verdict"
]);
/** The report without secrets in any of its texts. Verdicts, numbers, names of KPIs and the run stay as they are. */
function maskReport(report, mask) {
	return {
		...maskValue(report, mask),
		name: report.name,
		run: report.run
	};
}
/** Evidence that leaves this runner. Coverage has no text but paths, which must stay what they are. */
function maskEvidence(evidence, mask) {
	const maskFile = ({ facts, ...file }) => ({
		...maskValue(file, mask),
		path: file.path,
		...facts ? { facts: facts.kind === "coverage" ? facts : maskValue(facts, mask) } : {}
	});
	const sources = evidence.sources.map((source) => ({
		...source,
		files: source.files.map(maskFile),
		problems: maskValue(source.problems, mask)
	}));
	return {
		...evidence,
		sources
	};
}
function maskValue(value, mask) {
	if (typeof value === "string") return mask(value);
	if (typeof value !== "object" || value === null) return value;
	if (Array.isArray(value)) return value.map((item) => maskValue(item, mask));
	if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, maskValue(item, mask)]));
	const masked = { ...value };
	for (const key of Object.keys(masked)) if (!ours.has(key)) masked[key] = maskValue(masked[key], mask);
	return Object.assign(masked, maskFailure(value, mask));
}
const keyBegins = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,10}-----(?!.*-----END )/;
/** A failing test's text is parted after its first line, which can be inside of a private key. */
function maskFailure(value, mask) {
	if (!("message" in value && "details" in value)) return {};
	const { message, details } = value;
	if (typeof message !== "string" || typeof details !== "string" || !keyBegins.test(message)) return {};
	return { details: mask(`-----BEGIN PRIVATE KEY-----\n${details}`) };
}

// src/core/config/history-place.ts
/** A name that both a branch and an artifact may have. */
const historyName = /^(?!.*(?:\.\.|\.$|\.lock$))[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const usualName = "phase-gate-history";
/** Where the history lies, or undefined where the configuration names no place. */
function parsePlace({ store, path, name } = {}, yaml, problems) {
	const wrong = (message) => {
		const at = yaml.place(["baseline"], "key");
		problems.push({
			code: "config-value",
			severity: "error",
			message: `baseline: ${message}`,
			at
		});
	};
	if (store === "file" !== (path !== void 0)) return wrong("`store: file` and `path` belong together");
	if (name !== void 0 && store !== "branch" && store !== "artifact") return wrong("`name` belongs to `store: branch` or `store: artifact`");
	if (path !== void 0) return {
		kind: "file",
		path
	};
	return store === "branch" || store === "artifact" ? {
		kind: store,
		name: name ?? usualName
	} : void 0;
}
/** The place in words, for a list of what has changed. */
function placeText(place) {
	return place.kind === "file" ? place.path : `${place.kind} ${place.name}`;
}

// src/core/config/weaker-evidence.ts
/** How the sources of `head` ask for less evidence. Sources are told by their globs; others cannot be compared. */
function weakerSources(base, head) {
	if (base === void 0) return head === void 0 ? [] : evidence(["sources name files now, and others are not looked for"]);
	if (head === void 0) return evidence(["sources are gone, and well-known file names are looked for"]);
	return Object.keys(base).flatMap((family) => evidence(base[family].flatMap((source) => weakerSource(source, head[family])).map((way) => `${family}: ${way}`)));
}
function weakerSource(base, all) {
	const ways = all.filter(({ glob }) => glob === base.glob).map((head) => weakerKeys(base, head));
	return ways.find(({ length }) => length === 0) ?? ways[0] ?? [`${base.glob} is gone`];
}
function weakerKeys(base, head) {
	const found = [];
	const at = (what) => found.push(`${base.glob}: ${what}`);
	if (base.expect !== void 0 && head.expect === void 0) at(`expect: ${base.expect} is gone`);
	else if (base.expect !== void 0 && head.expect < base.expect) at(`expect: ${base.expect} is now ${head.expect}`);
	if (!base.optional && head.optional) at("optional is new");
	if (!base.allowStale && head.allowStale) at("stale: allow is new");
	if (base.group !== void 0 && head.group !== base.group) at(`group: ${base.group} is ${head.group === void 0 ? "gone" : `now ${head.group}`}`);
	return found;
}
/** How fewer source files count in coverage. An empty `include` is all of them. */
function weakerSelection(base, head) {
	const gone = head.include.length === 0 ? [] : base.include.filter((glob) => !head.include.includes(glob));
	return evidence([
		...base.include.length === 0 && head.include.length > 0 ? [`coverage: include chooses files now: ${head.include.join(", ")}`] : [],
		...gone.map((glob) => `coverage: include ${glob} is gone`),
		...head.exclude.filter((glob) => !base.exclude.includes(glob)).map((glob) => `coverage: exclude ${glob} is new`)
	]);
}
/** How groups hold fewer tests. Growing is no weakening: new tests of a feature must be able to join. */
function weakerGroups(base, head) {
	return evidence([...base].flatMap(([name, group]) => weakerGroup(name, group, head.get(name))));
}
function weakerGroup(name, base, head) {
	if (head === void 0) return [`the group ${name} is gone`];
	return base.tests.filter((glob) => !head.tests.includes(glob)).map((glob) => `the group ${name}: ${glob} is gone`);
}
/** How KPIs of the user's own come to mean something else: a limit is only as good as its unit. */
function weakerOwn(base, head) {
	return evidence([...base].flatMap(([name, { unit }]) => {
		const now = head.get(name)?.unit;
		return now === void 0 || now === unit ? [] : [`custom: the unit of ${name} is now "${now}"`];
	}));
}
/** How values are read from another place than before, or may be absent there. */
function weakerPointed(base, head) {
	return evidence(base.flatMap(({ kpi, source, pointer, unit }) => {
		const now = head.find((one) => one.kpi === kpi);
		if (now === void 0) return [`custom: ${kpi} is read from no file any more`];
		if (now.pointer !== pointer || now.source.glob !== source.glob || now.unit !== unit) return [`custom: ${kpi} is read from another place`];
		return weakerKeys(source, now.source).map((way) => `custom: ${kpi}: ${way}`);
	}));
}
/** How values are asked of another server, or in another way, than before. */
function weakerServer(base, head) {
	if (base === void 0) return [];
	return evidence([...head?.url === base.url ? [] : [head === void 0 ? "prometheus is asked no more" : `prometheus: url is now ${head.url}`], ...head !== void 0 && head.maxAge > base.maxAge ? ["prometheus: max-age is longer now"] : []]);
}
function weakerQueried(base, head) {
	return evidence(base.flatMap((query) => {
		const now = head.find(({ kpi }) => kpi === query.kpi);
		if (now === void 0) return [`custom: ${query.kpi} is asked by no query any more`];
		return JSON.stringify(now) === JSON.stringify(query) ? [] : [`custom: ${query.kpi} is asked in another way`];
	}));
}
function evidence(whats) {
	return whats.map((what) => ({
		kind: "evidence",
		what
	}));
}

// src/core/config/limit-order.ts
/** -1, 0 or 1 as bound `a` is below, equal to or above `b` in every run; undefined where that depends on the run. */
function compareBounds(a, b) {
	if (a.kind === "value" && b.kind === "value") return compareDecimals(a.value, b.value);
	if (a.kind === "value" || b.kind === "value") return void 0;
	if (JSON.stringify(a.reference) !== JSON.stringify(b.reference)) return void 0;
	const [shareA, shareB] = [a.percent ?? whole$2, b.percent ?? whole$2];
	const order = compareDecimals(shareA, shareB);
	if (order !== 0) return a.shift === void 0 && b.shift === void 0 ? order : void 0;
	return compareShifts(a.shift, b.shift);
}
const whole$2 = {
	digits: 100n,
	scale: 0
};
const nothing$6 = {
	digits: 0n,
	scale: 0
};
function compareShifts(a, b) {
	if (a && b && a.of !== b.of) return void 0;
	return compareDecimals(a?.by ?? nothing$6, b?.by ?? nothing$6);
}
function compareDecimals(a, b) {
	return compare(ofDecimal(a), ofDecimal(b));
}
/** Whether everything that satisfies `a` satisfies `b`; undefined where that depends on the run. */
function implies(a, b) {
	const order = compareBounds(a.bound, b.bound);
	if (order === void 0) return void 0;
	switch (b.op) {
		case "at least": return (a.op === "at least" || a.op === "above" || a.op === "exactly") && order >= 0;
		case "above": return a.op === "above" && order >= 0 || (a.op === "at least" || a.op === "exactly") && order > 0;
		case "at most": return (a.op === "at most" || a.op === "below" || a.op === "exactly") && order <= 0;
		case "below": return a.op === "below" && order <= 0 || (a.op === "at most" || a.op === "exactly") && order < 0;
		case "exactly": return a.op === "exactly" && order === 0;
	}
}
/** Whether no number satisfies both limits, whatever the run. */
function excludeEachOther(a, b) {
	const order = compareBounds(a.bound, b.bound);
	if (order === void 0) return false;
	return emptyBetween(a, b, order) || emptyBetween(b, a, order === 0 ? 0 : order === 1 ? -1 : 1);
}
/** Whether nothing lies from the lower limit up to the upper one; `order` is that of their bounds. */
function emptyBetween(lower, upper, order) {
	if (lower.op === "at most" || lower.op === "below") return false;
	if (upper.op === "at least" || upper.op === "above") return false;
	return order === 1 || order === 0 && (lower.op === "above" || upper.op === "below");
}

// src/core/config/stricter-rule.ts
/** What a rule must keep to for its phase to be reached: a rule that only warns passes. */
function least$1({ pass, warn }) {
	return warn.length > 0 ? warn : pass;
}
const costs = [
	"skip",
	"warn",
	"error"
];
/** How `head` asks less than `base`, one sentence for each way; what cannot be told counts as less. */
function looser(base, head) {
	const found = [...looserLimits(base.pass, head.pass)];
	if (base.warn.length + head.warn.length > 0) {
		const held = texts(least$1(head));
		for (const { text } of unkept(least$1(base), least$1(head))) found.push(`short of "${text}" it only warns now, as long as "${held}" holds`);
	}
	if (costs.indexOf(head.missing) < costs.indexOf(base.missing)) found.push(`missing: ${base.missing} is now ${head.missing}`);
	found.push(...raised("min-lines", base.minLines, head.minLines));
	found.push(...raised("min-samples", base.minSamples, head.minSamples));
	return found;
}
function looserLimits(base, head) {
	return unkept(base, head).map((limit) => `"${limit.text}" is now "${texts(head)}"`);
}
/** Limits that may be broken while all of `given` hold. */
function unkept(limits, given) {
	return limits.filter((limit) => !given.some((other) => implies(other, limit) === true));
}
function raised(key, base, head) {
	if (head === void 0 || head <= (base ?? 0)) return [];
	return [base === void 0 ? `${key}: ${head} is new` : `${key}: ${base} is now ${head}`];
}
function texts(limits) {
	return limits.map(({ text }) => text).join(", ");
}
/** A rule that asks what either of two asks. */
function stricterRule(base, head) {
	const pass = both(base.pass, head.pass);
	const warn = base.warn.length > 0 || head.warn.length > 0 ? both(least$1(base), least$1(head)) : [];
	const missing = costs[Math.max(costs.indexOf(base.missing), costs.indexOf(head.missing))];
	const minLines = lower(base.minLines, head.minLines);
	const minSamples = lower(base.minSamples, head.minSamples);
	return {
		kpi: head.kpi,
		pass,
		warn: unkept(pass, warn).length === 0 ? [] : warn,
		missing,
		...minLines === void 0 ? {} : { minLines },
		...minSamples === void 0 ? {} : { minSamples }
	};
}
/** All limits of both, without those that another one implies. */
function both(base, head) {
	const all = [...head, ...base];
	return all.filter((limit, i) => !all.some((other, j) => {
		if (i === j || implies(other, limit) !== true) return false;
		return implies(limit, other) !== true || j < i;
	}));
}
function lower(a, b) {
	return a === void 0 || b === void 0 ? void 0 : Math.min(a, b);
}

// src/core/config/weaker-phases.ts
/**
* How the phases of `head` ask less. Phases are told by their names. A rule may move to an earlier phase, because every
* phase needs those before it; anywhere else it is missed.
*/
function weakerPhases(base, head) {
	const found = [];
	const places = new Map(head.phases.map(({ name }, i) => [name, i]));
	for (const [i, phase] of base.phases.entries()) {
		const place = places.get(phase.name);
		if (place === void 0) {
			found.push(`the phase "${phase.name}" is gone`);
			continue;
		}
		for (const { name } of base.phases.slice(0, i)) if ((places.get(name) ?? -1) > place) found.push(`the phase "${phase.name}" no longer needs "${name}"`);
		for (const rule of phase.rules) found.push(...weakerRule(rule, phase, head.phases, place));
	}
	return found.map((what) => ({
		kind: "rules",
		what
	}));
}
function weakerRule(rule, phase, phases, place) {
	const same = (one) => one.kpi === rule.kpi;
	const ways = phases.slice(0, place + 1).flatMap(({ rules }) => rules.filter(same)).map((one) => looser(rule, one));
	if (ways.some(({ length }) => length === 0)) return [];
	const own = ways.at(-1);
	if (own) return own.map((way) => `${rule.kpi} in ${phase.name}: ${way}`);
	const later = phases.slice(place + 1).find(({ rules }) => rules.some(same));
	return [later ? `${rule.kpi} moved from ${phase.name} to ${later.name}` : `${rule.kpi} is gone from ${phase.name}`];
}
/** Whether a phase that had to be reached no longer has to be. */
function weakerRequire(base, head) {
	const required = base.phases[base.require - 1].name;
	if (head.phases.findIndex(({ name }) => name === required) < head.require) return [];
	return [{
		kind: "rules",
		what: `require: "${required}" is now "${head.phases[head.require - 1].name}"`
	}];
}
/** The phases of both with the stricter rules, and how many of them must be reached. */
function stricterPlan(base, head) {
	const names = (phases) => phases.map(({ name }) => name);
	const kept = names(head.phases).filter((name) => names(base.phases).includes(name)).join("\0") === names(base.phases).join("\0");
	const order = [...new Set(kept ? names(head.phases) : [...names(base.phases), ...names(head.phases)])];
	const named = (phases, name) => phases.find((phase) => phase.name === name);
	const phases = order.map((name, i) => {
		const [before, now] = [named(base.phases, name), named(head.phases, name)];
		if (!before || !now) return before ?? now;
		const earlier = order.slice(0, i).flatMap((other) => named(head.phases, other)?.rules ?? []);
		return {
			...now,
			rules: stricterRules(before.rules, now.rules, earlier)
		};
	});
	const required = [base.phases[base.require - 1].name, head.phases[head.require - 1].name];
	return {
		phases,
		require: Math.max(...required.map((name) => order.indexOf(name))) + 1
	};
}
function stricterRules(base, head, earlier) {
	const kept = head.map((rule) => {
		const before = base.find(({ kpi }) => kpi === rule.kpi);
		return before ? stricterRule(before, rule) : rule;
	});
	const gone = base.filter((rule) => !head.some(({ kpi }) => kpi === rule.kpi) && !earlier.some((one) => one.kpi === rule.kpi && looser(rule, one).length === 0));
	return [...kept, ...gone];
}

// src/core/config/weaker-waivers.ts
/** How the waivers of `head` allow more. Waivers are told by their KPIs; who agreed and why is no part of the order. */
function weakerWaivers(base, head) {
	return head.flatMap((now) => {
		const before = waiverOf(now.kpi, base);
		return (before === void 0 ? [`${now.text} until ${now.until} is new`] : weakerWaiver(before, now)).map((way) => ({
			kind: "rules",
			what: `waivers: ${now.kpi}: ${way}`
		}));
	});
}
function weakerWaiver(base, head) {
	return [...allowsMore(head, base) ? [`${base.text} is now ${head.text}`] : [], ...head.until > base.until ? [`until: ${base.until} is now ${head.until}`] : []];
}
/** Only what both waive, as far and as long as both do. */
function stricterWaivers(base, head) {
	return head.flatMap((now) => {
		const before = waiverOf(now.kpi, base);
		if (before === void 0) return [];
		const { allow, text } = allowsMore(now, before) ? before : now;
		return [{
			...now,
			allow,
			text,
			until: now.until < before.until ? now.until : before.until
		}];
	});
}
function waiverOf(kpi, waivers) {
	return waivers.find((waiver) => waiver.kpi === kpi);
}
function allowsMore(a, b) {
	return compare(ofDecimal(a.allow), ofDecimal(b.allow)) > 0;
}

// src/core/config/weaker.ts
/** Keys that ask nothing of anyone. */
function silent$2(key) {
	return {
		weaker: () => [],
		stricter: (_, head) => head[key]
	};
}
/**
* The order of configurations, key by key. A key that is missing here does not compile: whoever adds one decides how it
* can be loosened. Where the report files come from is always taken from `head`, because they are made by its code.
*/
const orders = {
	file: {
		weaker: ({ file: base }, { file: head }) => base !== void 0 && head === void 0 ? [policy(`${base} is gone, and the built-in phases run`)] : [],
		stricter: (_, head) => head.file
	},
	title: silent$2("title"),
	baseline: {
		weaker: (base, head) => weakerBaseline(base.baseline, head.baseline),
		stricter: (base, head) => weakerBaseline(base.baseline, head.baseline).length === 0 ? head.baseline : base.baseline
	},
	commentWhen: {
		weaker: ({ commentWhen: base }, { commentWhen: head }) => said.indexOf(head) < said.indexOf(base) ? [policy(`comment: when: ${base} is now ${head}`)] : [],
		stricter: (base, head) => said[Math.max(said.indexOf(base.commentWhen), said.indexOf(head.commentWhen))]
	},
	mode: {
		weaker: (base, head) => base.mode === "enforce" && head.mode === "report" ? [policy("mode: enforce is now report")] : [],
		stricter: (base, head) => base.mode === "enforce" ? "enforce" : head.mode
	},
	integrity: {
		weaker: (base, head) => base.integrity === "strict" && head.integrity === "normal" ? [{
			kind: "evidence",
			what: "integrity: strict is now normal"
		}] : [],
		stricter: (base, head) => base.integrity === "strict" ? "strict" : head.integrity
	},
	retries: {
		weaker: (base, head) => base.retries === "elements" && head.retries !== "elements" ? [{
			kind: "evidence",
			what: `retries: elements is now ${head.retries}`
		}] : [],
		stricter: (base, head) => base.retries === "elements" ? "elements" : head.retries
	},
	sources: {
		weaker: (base, head) => weakerSources(base.sources, head.sources),
		stricter: (_, head) => head.sources
	},
	coverage: {
		weaker: (base, head) => weakerSelection(base.coverage, head.coverage),
		stricter: (_, head) => head.coverage
	},
	groups: {
		weaker: (base, head) => weakerGroups(base.groups, head.groups),
		stricter: (base, head) => new Map([...base.groups, ...head.groups])
	},
	own: {
		weaker: (base, head) => weakerOwn(base.own, head.own),
		stricter: (base, head) => new Map([...head.own, ...base.own])
	},
	pointed: {
		weaker: (base, head) => weakerPointed(base.pointed, head.pointed),
		stricter: (_, head) => head.pointed
	},
	prometheus: {
		weaker: (base, head) => weakerServer(base.prometheus, head.prometheus),
		stricter: (_, head) => head.prometheus
	},
	queried: {
		weaker: (base, head) => weakerQueried(base.queried, head.queried),
		stricter: (_, head) => head.queried
	},
	phases: {
		weaker: weakerPhases,
		stricter: (base, head) => stricterPlan(base, head).phases
	},
	require: {
		weaker: weakerRequire,
		stricter: (base, head) => stricterPlan(base, head).require
	},
	shrink: {
		weaker: (base, head) => shrinksMore(head, base) ? [{
			kind: "evidence",
			what: `shrink: ${shareText(base)} is now ${shareText(head)}`
		}] : [],
		stricter: (base, head) => shrinksMore(head, base) ? base.shrink : head.shrink
	},
	keep: {
		weaker: (base, head) => base.keep && !head.keep ? [policy("keep: true is now false")] : [],
		stricter: (base, head) => base.keep || head.keep
	},
	waivers: {
		weaker: (base, head) => weakerWaivers(base.waivers, head.waivers),
		stricter: (base, head) => stricterWaivers(base.waivers, head.waivers)
	},
	policy: {
		weaker: (base, head) => weakerPolicy(base.policy, head.policy),
		stricter: (base) => base.policy
	}
};
/** Another history is another past to be compared with; only where there was none, naming one is no loss. */
function weakerBaseline(base, head) {
	const named = (branch) => branch ?? "the default branch";
	const place = ({ store }) => store && placeText(store);
	return [...base.branch === head.branch ? [] : [policy(`baseline: branch: ${named(base.branch)} is now ${named(head.branch)}`)], ...place(base) === void 0 || place(base) === place(head) ? [] : [policy(`baseline: the history in ${place(base)} is ${place(head) ? `now ${place(head)}` : "gone"}`)]];
}
/** When the comment is written, the rarest first. */
const said = [
	"failures",
	"changes",
	"always"
];
/** Another label is another circle of people; only to accept nothing any more is stricter. */
function weakerPolicy({ acceptLabel: base }, { acceptLabel: head }) {
	if (head === void 0 || head === base) return [];
	return [policy(`accept-weaker: ${base === void 0 ? "nothing" : `label:${base}`} is now label:${head}`)];
}
function shrinksMore(a, b) {
	return compare(ofDecimal(a.shrink), ofDecimal(b.shrink)) > 0;
}
function shareText({ shrink: { digits, scale } }) {
	return `${Number(digits) / 10 ** scale}%`;
}
function policy(what) {
	return {
		kind: "policy",
		what
	};
}
/** Every way in which `head` asks less than `base`. */
function weakenings(base, head) {
	return Object.values(orders).flatMap((order) => order.weaker(base, head));
}
/** A configuration that asks what either of two asks, of the report files of `head`. */
function stricterConfig(base, head) {
	const entries = Object.entries(orders).map(([key, order]) => [key, order.stricter(base, head)]);
	return Object.fromEntries(entries.filter(([, value]) => value !== void 0));
}

// src/core/config/policy.ts
/**
* A change cannot lower its own bar: the stricter of base and head is judged, and every weakening is an error until
* someone accepts it in the way that the base names. Labels are those that the change bears.
*/
function applyPolicy(head, base, labels) {
	if (base === void 0) return {
		config: head,
		policy: null,
		problems: []
	};
	const { where } = base;
	if (base.kind === "absent") return {
		config: head,
		policy: null,
		problems: [firstAdoption(where)]
	};
	const weaker = weakenings(base.config, head);
	if (weaker.length === 0) return {
		config: head,
		policy: {
			where,
			weaker
		},
		problems: []
	};
	const label = base.config.policy.acceptLabel;
	if (label !== void 0 && labels.includes(label)) return {
		config: head,
		policy: {
			where,
			weaker,
			accepted: label
		},
		problems: []
	};
	const problems = kinds$2.flatMap((kind) => refused(weaker.filter((one) => one.kind === kind), head, where, label));
	return {
		config: stricterConfig(base.config, head),
		policy: {
			where,
			weaker
		},
		problems
	};
}
const kinds$2 = [
	"rules",
	"evidence",
	"policy"
];
const codes = {
	rules: "weaker-rules",
	evidence: "weaker-evidence",
	policy: "weaker-policy"
};
function refused(weaker, { file }, where, label) {
	const [first] = weaker;
	if (first === void 0) return [];
	const more = weaker.length > 1 ? ` (and ${weaker.length - 1} more)` : "";
	return [{
		code: codes[first.kind],
		severity: "error",
		message: `asks less than ${where}: ${first.what}${more}`,
		at: { file: file ?? "configuration" },
		hint: label === void 0 ? `Undo it. ${sentenceCase(where)} names no label that accepts it (\`policy: { accept-weaker: "label:..." }\`).` : `Undo it, or let someone who may do so add the label "${label}" and run the gate again.`
	}];
}
function sentenceCase(text) {
	return text.slice(0, 1).toUpperCase() + text.slice(1);
}
function firstAdoption(where) {
	return {
		code: "first-configuration",
		severity: "note",
		message: `${where} does not exist yet, so the limits of this change are the first`
	};
}

// src/core/changes/touched.ts
/** Tells of a place in the repository whether the change adds or changes its line. What is not known is not touched. */
function touchedBy(changes) {
	if (changes?.kind !== "known") return () => false;
	const lines = new Map(changes.files.map((file) => [file.path, new Set(file.lines)]));
	return (place) => place?.line !== void 0 && lines.get(place.file)?.has(place.line) === true;
}

// src/core/history/order.ts
/** By number, then attempt: never by the clock, which differs between machines. */
function byOrder(a, b) {
	return a.number - b.number || a.id - b.id || a.attempt - b.attempt;
}
/** One record for each run, the one of its newest attempt, oldest run first. */
function newestAttempts(records) {
	const byRun = /* @__PURE__ */ new Map();
	for (const record of records) {
		const other = byRun.get(record.id);
		if (other === void 0 || record.attempt > other.attempt) byRun.set(record.id, record);
	}
	return [...byRun.values()].sort(byOrder);
}

// src/core/history/baseline.ts
/**
* What the history says to a run. Its own earlier attempts are no past of it; without an id those are all runs of its
* commit. The baseline is the nearest recorded commit among those that the run stands on; of several runs of one commit
* the newest. Where commits are not known, as outside of a repository, it is the newest run.
*/
function pastOf(records, { at, id, sha }, ancestry) {
	const own = (record) => id === void 0 ? record.sha === sha : record.id === id;
	const others = newestAttempts(records).filter((record) => !own(record));
	return {
		at,
		records: others,
		baseline: others.length === 0 && records.length > 0 ? onlyOwn : choose(others, ancestry)
	};
}
const onlyOwn = { none: "only this commit has recorded runs, and a run is not compared with its own attempts" };
function choose(records, ancestry) {
	const newest = records.at(-1);
	if (newest === void 0) return { none: "no recorded run yet" };
	if (ancestry === void 0) return { record: newest };
	const bySha = new Map(records.map((record) => [record.sha, record]));
	for (const [distance, sha] of ancestry.commits.entries()) {
		const record = bySha.get(sha);
		if (record) return {
			record,
			distance
		};
	}
	const start = ancestry.commits[0]?.slice(0, 7);
	if (start === void 0) return { none: "this run and the target branch have no commit in common" };
	return { none: records.length === 1 ? `the only recorded run is not of a commit before ${start}` : `none of the ${records.length} recorded runs is of a commit before ${start}` };
}
/** The past as the report shows it. */
function reportedPast({ records, baseline }, trends) {
	if ("none" in baseline) return {
		runs: records.length,
		baseline,
		trends
	};
	const { sha, number, outcome } = baseline.record;
	const { distance } = baseline;
	return {
		runs: records.length,
		baseline: {
			sha,
			number,
			outcome,
			...distance === void 0 ? {} : { distance }
		},
		trends
	};
}

// src/core/history/columns.ts
/** The columns of some runs; `unitOf` gives the unit of a KPI today, or undefined where any will do. */
function columnsOf$1(records, unitOf = () => void 0) {
	const times = records.map(({ at }) => Date.parse(at));
	const gathered = /* @__PURE__ */ new Map();
	const of = (kpi) => {
		const known = gathered.get(kpi) ?? gather$1(kpi, records, times, unitOf(kpi));
		gathered.set(kpi, known);
		return known;
	};
	return {
		of,
		fits: (kpi, kept) => fits(kept, unitOf(kpi))
	};
}
function fits({ unit }, today) {
	return today === void 0 || unit === today;
}
function gather$1(kpi, records, at, unit) {
	const values = [];
	const size = records.length;
	const [runs, best] = [new Int32Array(size), new Int32Array(size)];
	const [times, earliest, latest] = [
		new Float64Array(size),
		new Float64Array(size),
		new Float64Array(size)
	];
	for (let run = 0; run < size; run++) {
		const kept = records[run].kpis.get(kpi);
		if (kept === void 0 || !fits(kept, unit)) continue;
		const i = values.length;
		const time = at[run];
		values.push(kept.value);
		runs[i] = run;
		times[i] = time;
		earliest[i] = i === 0 ? time : Math.min(time, earliest[i - 1]);
		latest[i] = i === 0 ? time : Math.max(time, latest[i - 1]);
		best[i] = i > 0 && !isBetter(kept, values[best[i - 1]]) ? best[i - 1] : i;
	}
	return {
		values,
		sorted: stretches(values),
		runs,
		times,
		best,
		earliest,
		latest
	};
}
function stretches(values) {
	let [start, end, sorted] = [
		0,
		0,
		[]
	];
	return (from, until) => {
		const [isNext, dropsFirst] = [until === end + 1 && sorted.length > 0, from === start + 1];
		if (isNext && (dropsFirst || from === start)) {
			const kept = dropsFirst ? sorted.toSpliced(placeOf$2(values[start], sorted), 1) : sorted;
			const added = values[end];
			sorted = kept.toSpliced(placeOf$2(added, kept), 0, added);
		} else if (from !== start || until !== end) sorted = values.slice(from, until).sort(compareMeasured);
		[start, end] = [from, until];
		return sorted;
	};
}
/** The place of the first of some values in order that is not less. */
function placeOf$2(value, sorted) {
	let [low, high] = [0, sorted.length];
	while (low < high) {
		const middle = low + high >> 1;
		if (compareMeasured(sorted[middle], value) < 0) low = middle + 1;
		else high = middle;
	}
	return low;
}
function isBetter({ value, better }, than) {
	return compareMeasured(value, than) === (better === "higher" ? 1 : -1);
}
/** How many values of a column are of the first so many runs. */
function lengthAt({ values, runs }, until) {
	let [low, high] = [0, values.length];
	while (low < high) {
		const middle = low + high >> 1;
		if (runs[middle] < until) low = middle + 1;
		else high = middle;
	}
	return low;
}
/** As `compare`, and fast where plain numbers are exact. */
function compareMeasured(a, b) {
	if (a.kind === "amount" && b.kind === "amount") return sign(a.amount, b.amount);
	if (a.kind === "ratio" && b.kind === "ratio") {
		const [left, right] = [a.part * b.whole, b.part * a.whole];
		if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return sign(left, right);
	}
	return compare(fractionOf(a), fractionOf(b));
}
function sign(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
}

// src/core/history/refer.ts
const day = 864e5;
const hour = 36e5;
/** Looks references up in the past. */
function referTo(past, columns = columnsOf$1(past?.records ?? [])) {
	if (past === void 0) return () => ({ none: "no history was given" });
	const { at, records, baseline } = past;
	return referring(lookBack$1(columns, {
		at,
		runs: records.length,
		baseline
	}));
}
/** What the references come to that are found so. */
function referring(find) {
	return (kpi, reference, least) => {
		const found = find(kpi, reference, least);
		return typeof found === "string" ? { none: found } : middle(found);
	};
}
/** Looks back as a run does that stands behind some of the recorded ones. */
function lookBack$1(columns, { at, runs, baseline }) {
	const now = Date.parse(at);
	return (kpi, reference, least) => {
		if (reference.kind === "baseline" && "none" in baseline) return baseline.none;
		const column = columns.of(kpi);
		const length = lengthAt(column, runs);
		if (length === 0) return runs === 0 ? "no recorded run yet" : `no recorded run has ${kpi}`;
		const window = reference.kind === "median" ? windowOf(column, length, reference, now) : [];
		const count = reference.kind === "median" ? window.length : length;
		if (count < least) return `${count} of ${least} recorded runs`;
		switch (reference.kind) {
			case "baseline": {
				if ("none" in baseline) return baseline.none;
				const kept = baseline.record.kpis.get(kpi);
				if (kept && columns.fits(kpi, kept)) return [kept.value];
				return `the baseline has no ${kpi}${kept ? ` in its unit of today` : ""}`;
			}
			case "first": return [column.values[0]];
			case "best": return [column.values[column.best[length - 1]]];
			case "ago": {
				const old = lastBefore(column, length, now - reference.milliseconds);
				return old === void 0 ? tooYoung(column.earliest[length - 1], reference.milliseconds, now) : [column.values[old]];
			}
			case "median": return window.length === 0 ? "no recorded run in that time" : window;
		}
	};
}
/** The values that a median is taken of, in order. */
function windowOf({ values, sorted, times, latest }, length, reference, now) {
	if ("runs" in reference) return sorted(Math.max(0, length - reference.runs), length);
	const window = [];
	const since = now - reference.milliseconds;
	for (let i = length - 1; i >= 0 && latest[i] >= since; i--) if (times[i] >= since) window.push(values[i]);
	return window.sort(compareMeasured);
}
/** Where the value of the newest run is that is not younger than a time. */
function lastBefore({ times, earliest }, length, time) {
	for (let i = length - 1; i >= 0 && earliest[i] <= time; i--) if (times[i] <= time) return i;
}
/** "12 of 30 days": how far the records go back. */
function tooYoung(since, wanted, now) {
	const reach = Math.max(0, now - since);
	const [unit, size] = wanted % day === 0 ? ["day", day] : ["hour", hour];
	const count = Math.round(wanted / size * 10) / 10;
	return `${Math.floor(reach / size)} of ${count} ${count === 1 ? unit : `${unit}s`}`;
}
/** Median and, where it is asked for, interquartile range of values in order, exactly. */
function middle(values) {
	return {
		value: quantile$1(values, 1, 2),
		get iqr() {
			return add$2(quantile$1(values, 3, 4), negative(quantile$1(values, 1, 4)));
		}
	};
}
/**
* A quantile of values in order, between two of them in proportion: definition 7 of Hyndman and Fan, "Sample Quantiles in
* Statistical Packages" (1996), which spreadsheets and R use.
*/
function quantile$1(values, part, whole) {
	const steps = (values.length - 1) * part;
	const below = Math.floor(steps / whole);
	const low = fractionOf(values[below]);
	const rest = steps % whole;
	if (rest === 0) return low;
	const gap = add$2(fractionOf(values[below + 1]), negative(low));
	return add$2(low, multiply(gap, {
		over: BigInt(rest),
		under: BigInt(whole)
	}));
}
function negative({ over, under }) {
	return {
		over: -over,
		under
	};
}

// src/core/history/shrink.ts
/** What must not become much less from one run to the next, and the KPI that counts it. */
const watched = [
	[
		"test",
		"tests",
		"tests.total"
	],
	[
		"source file in coverage",
		"source files in coverage",
		"coverage.files"
	],
	[
		"executable line in coverage",
		"executable lines in coverage",
		"coverage.lines"
	]
];
/**
* The shrink guard: evidence that is smaller than in the baseline by more than a share of it, in percent, is an error. Where
* a file was cut off between two records, or a shard did not run, nothing else can tell.
*/
function shrinkProblems(measurements, past, share) {
	if (!past || "none" in past.baseline) return [];
	const { kpis } = past.baseline.record;
	return watched.flatMap(([one, many, kpi]) => {
		const [now, before] = [measurements.get(kpi), kpis.get(kpi)?.value];
		if (!now || !before) return [];
		const [left, all] = [size(now), size(before)];
		const lost = {
			kind: "ratio",
			part: Math.max(0, all - left),
			whole: all
		};
		return all > 0 && compare(fractionOf(lost), ofDecimal(share)) > 0 ? [shrunk(left === 1 ? one : many, left, all)] : [];
	});
}
/** How much there is: a ratio is a part of it. */
function size(value) {
	return value.kind === "ratio" ? value.whole : value.amount;
}
function shrunk(things, left, all) {
	const percent = Math.floor((all - left) * 1e3 / all) / 10;
	const least = Math.ceil(percent);
	return {
		code: "evidence-shrunk",
		severity: "error",
		message: `${left} ${things}, ${percent}% fewer than the ${all} of the baseline`,
		hint: `Did every shard run, and is every report file whole? If it is meant, write \`shrink: ${least}%\` until it is merged.`
	};
}

// src/core/history/trends.ts
/** How many runs a trend shows. */
const trendRuns = 20;
/** Each KPI that has a rule and was measured, over the last of so many recorded runs. */
function trendsOf(columns, runs, { phases }) {
	const byKpi = /* @__PURE__ */ new Map();
	for (const result of phases.flatMap(({ rules }) => rules)) {
		const other = byKpi.get(result.rule.kpi);
		if (result.value !== void 0 && (!other || holds$1(other))) byKpi.set(result.rule.kpi, result);
	}
	return [...byKpi.values()].flatMap(({ rule: { kpi }, limit: { number } }) => {
		const values = lastValues(columns, kpi, runs);
		const known = values.filter((value) => value !== null).length;
		const limit = number === void 0 ? null : plainNumber(number);
		return known < 2 ? [] : [{
			kpi,
			values,
			limit,
			first: firstOf(columns.of(kpi))
		}];
	});
}
function firstOf({ values, times }) {
	return {
		value: plainValue(values[0]),
		at: new Date(times[0]).toISOString()
	};
}
function holds$1({ verdict }) {
	return verdict === "met" || verdict === "warned";
}
function lastValues(columns, kpi, runs) {
	const column = columns.of(kpi);
	const from = Math.max(0, runs - 20);
	const values = Array.from({ length: runs - from }).fill(null);
	for (let i = lengthAt(column, from); i < lengthAt(column, runs); i++) values[column.runs[i] - from] = plainValue(column.values[i]);
	return values;
}

// src/core/model/gate.ts
/** The outcome that a verdict costs. The one place where a verdict becomes a colour; `null`: nothing was judged. */
function outcomeOf(verdict, missing) {
	switch (verdict) {
		case "met": return "pass";
		case "warned": return "warn";
		case "broken": return "fail";
		case "incomparable": return null;
		case "missing": return missing === "skip" ? null : missing;
	}
}
const ranking = [
	"pass",
	"warn",
	"fail",
	"error"
];
/** The worst of some outcomes; `error` for none at all, because empty is never green. */
function worst$1(outcomes) {
	return outcomes.reduce((a, b) => ranking.indexOf(b) > ranking.indexOf(a) ? b : a, outcomes[0] ?? "error");
}

// src/core/judge/bound.ts
/** What a bound comes to in this run, exactly; or why there is nothing to compare with. */
function numberOf$3(bound, refer) {
	if (bound.kind === "value") return { number: ofDecimal(bound.value) };
	const referred = refer(bound.reference);
	return "none" in referred ? referred : { number: shifted$1(bound, referred) };
}
/** What a bound comes to that refers to recorded runs. */
function shifted$1({ percent, shift }, { value, iqr }) {
	const start = percent ? multiply(value, hundredths(ofDecimal(percent))) : value;
	if (!shift) return start;
	const by = ofDecimal(shift.by);
	switch (shift.of) {
		case "unit": return add$2(start, by);
		case "percent": return add$2(start, multiply(start, hundredths(by)));
		case "iqr": return add$2(start, multiply(iqr, by));
	}
}
function hundredths({ over, under }) {
	return {
		over,
		under: under * 100n
	};
}

// src/core/judge/holds.ts
/** Whether a number satisfies a comparison; the only place that decides it, and it asks positively. */
function holds(value, op, bound) {
	const order = compare(value, bound);
	switch (op) {
		case "at least": return order >= 0;
		case "at most": return order <= 0;
		case "above": return order > 0;
		case "below": return order < 0;
		case "exactly": return order === 0;
	}
}

// src/core/judge/remedy.ts
/**
* The smallest whole number of steps that makes all limits hold: for a ratio, parts won or lost of the same whole; for an
* amount, whole units of it; down is negative. Undefined where no number of steps does, such as 11 of 10, or where limits
* pull apart.
*/
function stepsToHold(value, limits) {
	const from = fractionOf(value);
	const size = value.kind === "ratio" ? {
		over: 100n,
		under: BigInt(value.whole)
	} : {
		over: 1n,
		under: 1n
	};
	const ways = limits.flatMap(({ op, number }) => number === void 0 || holds(from, op, number) ? [] : [{
		op,
		bound: number
	}]).map(({ op, bound }) => steps(from, size, op, bound));
	const [first] = ways;
	if (first === void 0 || ways.some((way) => way > 0n !== first > 0n)) return void 0;
	const furthest = ways.reduce((a, b) => first > 0n ? b > a ? b : a : b < a ? b : a);
	const after = add$2(from, {
		over: size.over * furthest,
		under: size.under
	});
	const possible = value.kind === "amount" || after.over >= 0n && after.over <= 100n * after.under;
	const all = limits.every(({ op, number }) => number === void 0 || holds(after, op, number));
	return possible && all ? Number(furthest) : void 0;
}
/** Whole steps from a number that does not hold to the first that does, or would but for its size; down is negative. */
function steps(from, size, op, bound) {
	const over = (bound.over * from.under - from.over * bound.under) * size.under;
	const under = bound.under * from.under * size.over;
	switch (op) {
		case "at least": return ceil(over, under);
		case "above": return floor(over, under) + 1n;
		case "at most": return floor(over, under);
		case "below": return ceil(over, under) - 1n;
		case "exactly": return over > 0n ? ceil(over, under) : floor(over, under);
	}
}
function floor(over, under) {
	return over >= 0n ? over / under : -((-over + under - 1n) / under);
}
function ceil(over, under) {
	return -floor(-over, under);
}

// src/core/judge/rule.ts
/** Fewest recorded runs of which quartiles are taken, unless the rule says otherwise. */
const leastForQuartiles = 4;
/**
* Judges one rule. A list with a limit that has nothing to compare with is incomparable, unless another of its limits is
* broken: what can be judged is.
*/
function judgeRule(rule, given) {
	const info = given.kpis[unscoped(rule.kpi)];
	const { unit, step, better } = info;
	const label = labelOf(rule.kpi, info);
	const value = given.measurements.get(rule.kpi);
	const [pass, warn] = [applyAll(rule.pass, rule, given), applyAll(rule.warn, rule, given)];
	const limits = pass.map(({ limit }) => limit);
	const about = {
		rule,
		label,
		unit,
		limits
	};
	if (value === void 0) return {
		...about,
		limit: limits[0],
		...absence(rule, given)
	};
	const few = tooFewLines(value, rule);
	if (few !== void 0) return {
		...about,
		value,
		limit: limits[0],
		verdict: "incomparable",
		reason: few
	};
	const from = fractionOf(value);
	const broken = limits.find((limit) => isBroken$1(from, limit));
	if (broken === void 0) {
		const open = pass.find(({ none }) => none !== void 0);
		if (open?.none === void 0) return {
			...about,
			value,
			limit: limits[0],
			verdict: "met"
		};
		return {
			...about,
			value,
			limit: open.limit,
			verdict: "incomparable",
			reason: open.none
		};
	}
	const isWarned = warn.length > 0 && warn.every(({ limit }) => isMet(from, limit));
	const waiver = given.waivers.get(rule.kpi);
	const isWaived = waiver !== void 0 && !isWarned && limits.every((limit) => isMet(from, limit, waiver));
	const steps = step !== void 0 && (unit !== "%" || value.kind === "ratio") && stepsToHold(value, limits) || 0;
	const towards = better === "higher" ? steps : -steps;
	return {
		...about,
		value,
		limit: broken,
		verdict: isWarned || isWaived ? "warned" : "broken",
		...waiver && !isWarned ? { waiver } : {},
		...step !== void 0 && towards > 0 ? { remedy: {
			steps: towards,
			step
		} } : {}
	};
}
function applyAll(limits, rule, { refer }) {
	return limits.map((limit) => {
		const least = leastSamples(limit, rule);
		const found = numberOf$3(limit.bound, (reference) => refer(rule.kpi, reference, least));
		return "none" in found ? {
			limit,
			none: found.none
		} : { limit: {
			...limit,
			number: found.number
		} };
	});
}
/** How many recorded runs a limit needs for its comparison. */
function leastSamples({ bound }, { minSamples }) {
	const quartiles = bound.kind === "reference" && bound.shift?.of === "iqr";
	return minSamples ?? (quartiles ? leastForQuartiles : 1);
}
/** Whether a limit holds, moved by what a waiver allows. */
function isMet(value, { op, number }, waiver) {
	if (number === void 0) return false;
	if (!waiver) return holds(value, op, number);
	const allow = ofDecimal(waiver.allow);
	const [lower, upper] = [add$2(number, {
		over: -allow.over,
		under: allow.under
	}), add$2(number, allow)];
	if (op === "exactly") return holds(value, "at least", lower) && holds(value, "at most", upper);
	return holds(value, op, op === "at least" || op === "above" ? lower : upper);
}
function isBroken$1(value, { op, number }) {
	return number !== void 0 && !holds(value, op, number);
}
function absence({ kpi }, { incomparable, reasons }) {
	const nature = incomparable.get(kpi);
	if (nature !== void 0) return {
		verdict: "incomparable",
		reason: nature
	};
	return {
		verdict: "missing",
		reason: reasons.get(kpi) ?? reasons.get(unscoped(kpi)) ?? "nothing was measured"
	};
}
function tooFewLines(value, { minLines }) {
	return minLines !== void 0 && value.kind === "ratio" && value.whole < minLines ? `${value.whole} of at least ${minLines} lines` : void 0;
}

// src/core/judge/judge.ts
/**
* Judges every phase, also beyond one that fails: later phases show how far it is. `broken` says that there is an
* error among the problems, with which nothing can pass.
*/
function judge(config, given, broken) {
	const phases = config.phases.map((phase) => judgePhase(phase, given));
	const firstShort = phases.findIndex(({ outcome }) => outcome !== "pass" && outcome !== "warn");
	const reached = firstShort === -1 ? phases.length : firstShort;
	const required = phases.slice(0, config.require).map(({ outcome }) => outcome);
	return {
		outcome: broken ? "error" : worst$1(required),
		phases,
		reached,
		require: config.require
	};
}
function judgePhase(phase, given) {
	const rules = phase.rules.flatMap((rule) => expanded$1(rule, given.scopes)).map((rule) => owned(judgeRule(rule, given), given.groups));
	const outcomes = rules.flatMap(({ verdict, rule }) => outcomeOf(verdict, rule.missing) ?? []);
	return {
		phase,
		outcome: worst$1(outcomes),
		rules
	};
}
/** A rule about several folders is one rule for each of them; about none it stays one, which then is missing. */
function expanded$1(rule, scopes) {
	const kpis = scopes?.get(rule.kpi) ?? [];
	return kpis.length === 0 ? [rule] : kpis.map((kpi) => ({
		...rule,
		kpi
	}));
}
function owned(result, groups) {
	const group = result.rule.kpi.startsWith("tests.") ? scopeOf(result.rule.kpi) : void 0;
	const owner = group === void 0 ? void 0 : groups?.get(group)?.owner;
	return owner === void 0 ? result : {
		...result,
		owner
	};
}

// src/core/judge/keep.ts
/** What may not be lost. Phases are known by their names; one that was renamed is another. */
function keptPhases(phases, past) {
	const order = new Map(phases.map(({ name }, i) => [name, i + 1]));
	let kept;
	for (const { reached, sha } of past?.records ?? []) {
		const most = Math.max(0, ...reached.map((name) => order.get(name) ?? 0));
		if (most > (kept?.phases ?? 0)) kept = {
			phases: most,
			sha
		};
	}
	return kept;
}
/**
* Whether it is known what may not be lost. Without a history, or with one that cannot be read, it is not, and nothing can
* pass; before the first run was recorded there is nothing to lose yet, which is said until there is.
*/
function keepProblems(past) {
	const code = "keep-without-history";
	if (past === void 0 || past.unread) return [{
		code,
		severity: "error",
		message: `keep: which phases were reached is not known, because ${past ? "the history cannot be read" : "no history was given"}`,
		hint: past ? "Mend what the other problem names." : "Name the history with `baseline: { store: branch }` or `--history FOLDER`."
	}];
	if (past.records.length > 0) return [];
	return [{
		code,
		severity: "warning",
		message: `keep: there is no phase to keep (${"none" in past.baseline ? past.baseline.none : "no recorded run yet"})`,
		hint: "It goes away with the first run of the default branch that is recorded. If there were runs before, find out where they are."
	}];
}
/** The gate with what it keeps: a phase that was reached before and is not any more makes it fail. */
function withKept(gate, kept) {
	if (!kept || gate.reached >= kept.phases) return {
		...gate,
		keeps: true
	};
	const outcome = gate.outcome === "error" ? "error" : "fail";
	return {
		...gate,
		outcome,
		keeps: true,
		lost: kept
	};
}

// src/core/judge/upstream.ts
/**
* What jobs before the gate cost. One that was cancelled or skipped wrote no report files, or not all. One that failed is
* normal, because its tests may have failed; it is an error only where a family that has a rule has no report file.
*/
function upstreamProblems(jobs, config, { sources }) {
	const rules = (config?.phases ?? []).flatMap((phase) => phase.rules);
	const empty = [...new Set(rules.map(({ kpi }) => kpi.split(".")[0] ?? ""))].filter((family) => !sources.some((source) => source.family === family && source.files.length > 0));
	return jobs.flatMap(({ name, result }) => {
		if (result === "success") return [];
		if (result !== "failure") return [{
			code: "upstream-not-run",
			severity: "error",
			message: `the upstream job "${name}" was ${result}, so its report files may be missing`,
			hint: result === "cancelled" ? "Run the workflow again." : "Let it run always, with conditions on its steps, or take it out of the `needs` of this job."
		}];
		if (empty.length === 0) return [{
			code: "upstream-failed",
			severity: "note",
			message: `the upstream job "${name}" failed`
		}];
		return [{
			code: "upstream-failed",
			severity: "error",
			message: `the upstream job "${name}" failed, and there is no report file of ${empty.join(" and ")}`,
			hint: "Let the job bring its report files here also when its tests fail, with `if: !cancelled()`."
		}];
	});
}

// src/core/judge/waivers.ts
/** The waivers that count on the day of a run, by KPI; and a problem for each that is past its last day. */
function waiversOn(waivers, at) {
	const today = at.slice(0, 10);
	const valid = waivers.filter(({ until }) => until >= today);
	return {
		valid: new Map(valid.map((waiver) => [waiver.kpi, waiver])),
		problems: waivers.filter(({ until }) => until < today).map(expired)
	};
}
/** The waivers with that of a rule about several folders for each of them, unless one has its own. */
function waiversByScope(waivers, scopes) {
	const spread = [...waivers].flatMap(([kpi, waiver]) => (scopes.get(kpi) ?? []).map((one) => [one, waiver]));
	return new Map([...spread, ...waivers]);
}
/** A note for each waiver that no rule needs; what could not be judged may need it. */
function unusedWaivers(gate, valid) {
	const rules = gate.phases.flatMap((phase) => phase.rules);
	const used = new Set(rules.flatMap(({ waiver, verdict, rule }) => verdict === "missing" || verdict === "incomparable" ? rule.kpi : waiver?.kpi ?? []));
	return [...valid.values()].filter(({ kpi }) => !used.has(kpi)).map(({ kpi, text }) => ({
		code: "waiver-unused",
		severity: "note",
		message: `the waiver of ${text} for ${kpi} is not needed`,
		hint: "Take it out, so that the limit counts again."
	}));
}
function expired({ kpi, text, until, reason, owner }) {
	return {
		code: "waiver-expired",
		severity: "error",
		message: `the waiver${owner === void 0 ? "" : ` of ${owner}`} of ${text} for ${kpi} ended on ${until}: ${reason}`,
		hint: "Repair what it was for and take it out, or agree on a new day."
	};
}

// src/core/locate.ts
/** A failing test with its place in the repository, as far as it has one. */
function locatedTest(test, { locate, touched }) {
	const file = test.at && locate(test.at.file);
	if (test.at === void 0 || file === void 0) return test;
	const line = test.at.line ?? lineOf(test.at.file, `${test.message}\n${test.details}`);
	const at = {
		...test.at,
		...line === void 0 ? {} : { line }
	};
	const source = {
		...at,
		file
	};
	return {
		...test,
		at,
		source,
		...touched(source) ? { touched: true } : {}
	};
}
/** A finding with its place in the repository, as far as it has one. */
function locatedFinding(finding, { locate, touched }) {
	const file = finding.at && locate(finding.at.file);
	if (finding.at === void 0 || file === void 0) return finding;
	const source = {
		...finding.at,
		file
	};
	return {
		...finding,
		source,
		...touched(source) ? { touched: true } : {}
	};
}
/** What stands on lines that this change touches comes first; the order is kept otherwise. */
function touchedFirst(all) {
	return [...all.filter(({ touched }) => touched), ...all.filter(({ touched }) => !touched)];
}
/** Line at which a stack trace names a file: tools that give no line of a test tell it there. */
function lineOf(file, trace) {
	for (let at = trace.indexOf(`${file}:`); at !== -1; at = trace.indexOf(`${file}:`, at + 1)) {
		const line = /^\d{1,7}/.exec(trace.slice(at + file.length + 1, at + file.length + 9))?.[0];
		if (line !== void 0 && !/[\w.-]/.test(trace[at - 1] ?? "")) return Number(line);
	}
}

// src/core/measure/kpi.ts
/** A run without any facts, to be filled with those that are there. */
const noFacts = {
	tests: null,
	coverage: null,
	load: null,
	security: null,
	debt: null,
	diff: null
};
/** Whether a KPI is measured from recorded runs and from no report file. */
function isOfHistory(kpi) {
	return kpi.startsWith("history.");
}
/** Which report files a KPI is measured from: its first word tells, where that is a family of report files. */
function familyOf(kpi) {
	const first = kpi.split(".", 1)[0];
	return families$1.find((family) => family === first) ?? "metrics";
}
function amount$2(value) {
	return value === void 0 || !Number.isFinite(value) ? void 0 : {
		kind: "amount",
		amount: value
	};
}
/** A share; nothing of nothing is not 0 % and not 100 %, but unknown. */
function ratio(part, whole) {
	return whole > 0 ? {
		kind: "ratio",
		part,
		whole
	} : void 0;
}

// src/core/measure/coverage.ts
/** KPIs of coverage reports, over all source files of all of them. */
const coverageKpis = {
	"coverage.lines": {
		label: "Line coverage",
		unit: "%",
		better: "higher",
		definition: "Covered lines of executable lines, united by line number over all report files.",
		step: ["more covered line", "more covered lines"],
		measure: ({ coverage }) => share$1(coverage?.lines)
	},
	"coverage.branches": {
		label: "Branch coverage",
		unit: "%",
		better: "higher",
		definition: "Branches that were taken of all branches, in source files whose report records branches.",
		step: ["more covered branch", "more covered branches"],
		measure: ({ coverage }) => share$1(coverage?.branches)
	},
	"coverage.functions": {
		label: "Function coverage",
		unit: "%",
		better: "higher",
		definition: "Functions that were called of all functions, in source files whose report records functions.",
		step: ["more covered function", "more covered functions"],
		measure: ({ coverage }) => share$1(coverage?.functions)
	},
	"coverage.statements": {
		label: "Statement coverage",
		unit: "%",
		better: "higher",
		definition: "Statements that ran of all statements, in source files whose report records statements.",
		step: ["more covered statement", "more covered statements"],
		measure: ({ coverage }) => share$1(coverage?.statements)
	},
	"coverage.diff": {
		label: "Coverage of changed lines",
		unit: "%",
		better: "higher",
		definition: "Covered lines of the executable lines that this change adds or changes.",
		step: ["more covered changed line", "more covered changed lines"],
		measure: ({ diff }) => {
			if (diff?.kind !== "changed") return diff ?? void 0;
			const reason = `no executable line changed since ${diff.since}`;
			return ratio(diff.covered, diff.total) ?? {
				kind: "incomparable",
				reason
			};
		}
	},
	"coverage.uncovered": {
		label: "Uncovered lines",
		unit: "count",
		better: "lower",
		definition: "Executable lines that did not run.",
		step: ["fewer uncovered line", "fewer uncovered lines"],
		measure: ({ coverage }) => coverage && coverage.lines.total > 0 ? amount$2(coverage.lines.total - coverage.lines.covered) : void 0
	},
	"coverage.files": {
		label: "Source files in coverage",
		unit: "count",
		better: "higher",
		definition: "Source files that the coverage reports list.",
		step: ["more source file in the coverage report", "more source files in the coverage report"],
		measure: ({ coverage }) => coverage && coverage.lines.total > 0 ? amount$2(coverage.files) : void 0
	}
};
function share$1(tally) {
	return tally === void 0 ? void 0 : ratio(tally.covered, tally.total);
}

// src/core/measure/debt.ts
/** KPIs of technical debt. */
const debtKpis = {
	"debt.issues": {
		label: "Debt issues",
		unit: "count",
		better: "lower",
		definition: "Findings of linters, of all levels, without those about security and those that are suppressed.",
		step: ["fewer issue", "fewer issues"],
		measure: ({ debt }) => amount$2(debt?.length)
	},
	"debt.hours": {
		label: "Debt effort",
		unit: "ms",
		better: "lower",
		definition: "Effort to pay the debt, where a tool tells it; found by its name in metrics files.",
		step: ["less", "less"]
	}
};

// src/core/measure/history.ts
/** Days before the newest recorded run that rates and times look back over: as far as every run is kept. */
const days = 90;
/** KPIs of the recorded runs of the default branch. A run is red when its outcome was fail or error. */
const historyKpis = {
	"history.runs": {
		label: "Recorded runs",
		unit: "count",
		better: "higher",
		definition: "Recorded runs of the default branch, without the one that is judged.",
		step: ["more recorded run", "more recorded runs"],
		looksBack: true,
		measure: ({ past }) => amount$2(past?.records.length)
	},
	"history.mtbf": {
		label: "Mean time between failures",
		unit: "ms",
		better: "higher",
		definition: `Time that the default branch was green in the ${days} days before its newest recorded run, divided by how often it turned red.`,
		step: ["more", "more"],
		looksBack: true,
		measure: ({ past }) => {
			if (!past) return void 0;
			const { green, failures } = spans(past);
			return failures.length > 0 ? amount$2(green / failures.length) : neverRed(past);
		}
	},
	"history.recovery_time": {
		label: "Recovery time",
		unit: "ms",
		better: "lower",
		definition: `Mean time from a run that turned the default branch red to the next green one, in the ${days} days before the newest recorded run; one that lasts counts until now.`,
		step: ["less", "less"],
		looksBack: true,
		measure: ({ past }) => {
			if (!past) return void 0;
			const { failures } = spans(past);
			const total = failures.reduce((sum, length) => sum + length, 0);
			return failures.length > 0 ? amount$2(total / failures.length) : neverRed(past);
		}
	},
	"history.failure_rate": {
		label: "Failure rate",
		unit: "%",
		better: "lower",
		definition: `Red runs of the recorded runs of the default branch, in the ${days} days before the newest.`,
		step: ["fewer red run", "fewer red runs"],
		looksBack: true,
		measure: ({ past }) => {
			const runs = past && recent(past);
			return runs && (ratio(runs.filter(isRed).length, runs.length) ?? nothing$5("no recorded run yet"));
		}
	},
	"history.flaky_rate": {
		label: "Flaky rate",
		unit: "%",
		better: "lower",
		definition: `Recorded runs with at least one flaky test, of those with tests, in the ${days} days before the newest.`,
		step: ["fewer run with a flaky test", "fewer runs with a flaky test"],
		looksBack: true,
		measure: ({ past }) => {
			const tested = past && recent(past).flatMap(({ tests }) => tests ?? []);
			const flaky = tested?.filter(({ counts }) => counts.flaky > 0);
			return tested && flaky && (ratio(flaky.length, tested.length) ?? nothing$5("no recorded run has tests"));
		}
	}
};
function nothing$5(what) {
	return {
		kind: "incomparable",
		reason: what
	};
}
function neverRed({ records }) {
	if (records.length === 0) return nothing$5("no recorded run yet");
	return nothing$5(`the default branch never turned red in the ${days} days before its newest recorded run`);
}
/** Counted from the newest run and not from now: no number gets better or goes away because nobody works. */
function recent({ records }) {
	const border = newest(records) - days * 864e5;
	return records.filter((record) => Date.parse(record.at) >= border);
}
function newest(records) {
	return records.reduce((latest, { at }) => Math.max(latest, Date.parse(at)), Number.NEGATIVE_INFINITY);
}
function isRed({ outcome }) {
	return outcome === "fail" || outcome === "error";
}
/** Milliseconds of green, and of each stretch of red. A run's colour lasts until the next one, red of the last until now. */
function spans(past) {
	const runs = recent(past);
	const failures = [];
	let green = 0;
	let wasRed = false;
	for (const [i, run] of runs.entries()) {
		const red = isRed(run);
		const end = runs[i + 1]?.at ?? (red ? past.at : run.at);
		const length = Math.max(0, Date.parse(end) - Date.parse(run.at));
		if (!red) green += length;
		else if (wasRed) failures[failures.length - 1] += length;
		else failures.push(length);
		wasRed = red;
	}
	return {
		green,
		failures
	};
}

// src/core/measure/load.ts
/** KPIs of load tests; of several load tests the worst counts. With no request made none of them exists. */
const loadKpis = {
	"load.response_time": time$3("Response time (p95)", "p95", "95 of 100 requests were answered within it."),
	"load.response_time.p50": time$3("Response time (median)", "p50", "Half of the requests were answered within it."),
	"load.response_time.p90": time$3("Response time (p90)", "p90", "90 of 100 requests were answered within it."),
	"load.response_time.p99": time$3("Response time (p99)", "p99", "99 of 100 requests were answered within it."),
	"load.response_time.avg": time$3("Response time (average)", "avg", "Mean response time of all requests."),
	"load.response_time.max": time$3("Response time (slowest)", "max", "Response time of the slowest request."),
	"load.error_rate": {
		label: "Error rate under load",
		unit: "%",
		better: "lower",
		definition: "Failed requests of all requests, as the load test tells failure.",
		step: ["fewer failed request", "fewer failed requests"],
		measure: ({ load }) => made(load)?.errorRate
	},
	"load.concurrent_users": {
		label: "Concurrent users",
		unit: "count",
		better: "higher",
		definition: "Most users or connections that the load test kept at work at the same time.",
		step: ["more user", "more users"],
		measure: ({ load }) => amount$2(made(load)?.users)
	},
	"load.throughput": {
		label: "Throughput",
		unit: "req/s",
		better: "higher",
		definition: "Requests per second, over the whole load test.",
		measure: ({ load }) => amount$2(made(load)?.throughput)
	}
};
function time$3(label, name, definition) {
	return {
		label,
		unit: "ms",
		better: "lower",
		definition,
		step: ["less", "less"],
		measure: ({ load }) => amount$2(made(load)?.times[name])
	};
}
function made(load) {
	return load && load.requests > 0 ? load : void 0;
}

// src/core/model/config.ts
/** How sources begin that name artifacts: `artifact:NAMES`, or `artifact:NAMES/FILES` for some of the files in them. */
const artifactPrefix = "artifact:";
function isArtifactSource({ glob }) {
	return glob.startsWith(artifactPrefix);
}
/** How the answer to a query is called among report files: `prometheus/service.uptime`. */
function placeOfQuery({ kpi }) {
	return `${queryPrefix}${kpi}`;
}
function isQuery({ glob }) {
	return glob.startsWith(queryPrefix);
}
const queryPrefix = "prometheus/";

// src/core/model/unit.ts
/** For each known unit the units that convert to it, with their factors. Empty: a number without a unit. */
const factors = {
	"%": {
		"%": 1,
		"": 1
	},
	count: { "": 1 },
	ratio: { "": 1 },
	ms: {
		ms: 1,
		s: 1e3,
		min: 6e4,
		h: 36e5,
		d: 864e5
	},
	B: {
		B: 1,
		kB: 1e3,
		MB: 1e6,
		GB: 1e9,
		KiB: 1024,
		MiB: 1 << 20,
		GiB: 1 << 30
	}
};
function isKnownUnit(unit) {
	return Object.hasOwn(factors, unit);
}
/** What a number in one unit is multiplied by to be in another, in any case; undefined where it does not convert. */
function factorTo(wanted, unit) {
	const known = isKnownUnit(wanted) ? factors[wanted] : {
		[wanted]: 1,
		"": 1
	};
	return Object.entries(known).find(([name]) => name.toLowerCase() === unit.toLowerCase())?.[1];
}
/** The units that convert to one, as they are written. */
function unitsFor(wanted) {
	return isKnownUnit(wanted) ? Object.keys(factors[wanted]).filter((unit) => unit !== "") : [wanted];
}
/** Units in words, also as the endings of names that Prometheus asks for. */
const words$5 = {
	percent: "%",
	percentage: "%",
	ratio: "ratio",
	ratios: "ratio",
	nanoseconds: "ns",
	microseconds: "us",
	milliseconds: "ms",
	seconds: "s",
	sec: "s",
	secs: "s",
	minutes: "min",
	hours: "h",
	days: "d",
	bytes: "B",
	kilobytes: "kB",
	megabytes: "MB",
	gigabytes: "GB",
	kibibytes: "KiB",
	mebibytes: "MiB",
	gibibytes: "GiB"
};
/** The words for units that are known. */
const unitWords = Object.keys(words$5);
/** The symbol of a unit that is given in words; any other text as it is. */
function symbolOf(unit) {
	const word = unit.trim().toLowerCase();
	return Object.hasOwn(words$5, word) ? words$5[word] : unit.trim();
}
/** The unit in which values of a given unit are kept: milliseconds for hours. No unit is a count. */
function unitOf(given) {
	const symbol = symbolOf(given);
	if (symbol === "") return "count";
	return [
		"%",
		"ms",
		"B"
	].find((unit) => factorTo(unit, symbol) !== void 0) ?? symbol;
}

// src/core/measure/metric-unit.ts
/** The unit that the end of a name tells, such as "seconds" of "recovery_time_seconds"; undefined where it tells none. */
function unitInName(name) {
	const last = /_([a-z]+)$/.exec(name.replace(/_total$/, ""))?.[1];
	return last !== void 0 && unitWords.includes(last) ? last : void 0;
}
/** A number in the unit of a KPI; undefined where its own unit does not convert, or is needed and not known. */
function inUnit(value, given, wanted) {
	const factor = factorBetween(given === void 0 ? "" : symbolOf(given), wanted);
	return factor === void 0 ? void 0 : tidy(value * factor);
}
function factorBetween(unit, wanted) {
	if (wanted === "%" && unit === "ratio") return 100;
	if (wanted === "ratio") return unit === "%" ? .01 : unit === "" || unit === "ratio" ? 1 : void 0;
	if (wanted === "ms" && unit === "us") return .001;
	if (wanted === "ms" && unit === "ns") return 1e-6;
	if (wanted === "count" && unitOf(unit) === unit) return unit === "%" || unit === "ratio" ? void 0 : 1;
	return factorTo(wanted, unit);
}
/** Without the noise of multiplying. */
function tidy(value) {
	return Number(value.toPrecision(15));
}

// src/core/measure/metric-amount.ts
/** A number of a metrics file in the unit of a KPI, or the sentence that says why it cannot be taken for its value. */
function amountOf(sample, { unit: wanted, better }) {
	const { name, value, unit = unitInName(name), from } = sample;
	const which = `${name} in ${from.file}`;
	if (value === null) return { reason: `${which} is not a finite number` };
	const symbol = unit === void 0 ? "" : symbolOf(unit);
	if (wanted === "%" && symbol === "" && value > 0 && value <= 1) return { reason: `${which} is ${value} without a unit, which may be ${`${value} % or ${Number((value * 100).toPrecision(12))} %`}; write the unit % or ratio, in Prometheus text as _percent or _ratio at the end of the name` };
	const amount = inUnit(value, unit, wanted);
	if (amount === void 0) return { reason: `${which} has ${symbol === "" ? "no unit" : `the unit ${unit}, which does not convert`}; it is measured in ${unitName(wanted)}` };
	if (wanted === "%" && (amount < 0 || amount > 100 && better === "higher")) return { reason: `${name} is ${amount} %, which is no percentage from 0 to 100` };
	if ((wanted === "ms" || wanted === "B") && amount < 0) return { reason: `${which} is ${value} ${symbol}, which is no ${wanted === "ms" ? "time" : "size"}; write nothing where it is not known` };
	return { amount };
}
function unitName(unit) {
	return unit === "ms" ? "ms, s, min, h or d" : unit === "B" ? "B, kB, MB or GB" : unit;
}

// src/core/model/text-order.ts
/** Order of two texts by code units: below 0, 0 or above 0, the same on every machine, whatever its language. */
function textOrder(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
}

// src/core/measure/metric-names.ts
/** Every name is taken apart once, since there can be as many as there are numbers. */
function metricNames(samples) {
	const byName = /* @__PURE__ */ new Map();
	for (const sample of samples) {
		const same = byName.get(sample.name);
		if (same) same.push(sample);
		else byName.set(sample.name, [sample]);
	}
	const byMeaning = /* @__PURE__ */ new Map();
	for (const [name, same] of byName) for (const meaning of meaningsOf(plain$3(name))) {
		const others = byMeaning.get(meaning);
		if (others) others.push(same);
		else byMeaning.set(meaning, [same]);
	}
	let parts;
	return {
		meant: (name) => (byMeaning.get(plain$3(name)) ?? []).flat(),
		nearest(name) {
			parts ??= new Map([...byName.keys()].map((other) => [other, plain$3(other).split("_")]));
			const wanted = new Set(plain$3(name).split("_"));
			return [...parts].map(([other, its]) => ({
				other,
				count: its.filter((part) => wanted.has(part)).length
			})).filter(({ count }) => count > 0).sort((a, b) => b.count - a.count || textOrder(a.other, b.other)).map(({ other }) => other);
		}
	};
}
/** A plain name, and what it is without `_total` and without its unit. */
function meaningsOf(name) {
	const counted = name.replace(/_total$/, "");
	const unit = unitInName(counted);
	return /* @__PURE__ */ new Set([
		name,
		counted,
		unit === void 0 ? counted : counted.slice(0, -unit.length - 1)
	]);
}
function plain$3(name) {
	return name.toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_|_$/g, "");
}

// src/core/measure/metrics.ts
/**
* Finds KPIs in the files that the configuration names for each alone, else in all metrics files. As everywhere, an
* error in its evidence leaves a KPI without a value.
*/
function measureMetrics(asked, sources, phases) {
	const shared = sources.filter(({ family, kpi }) => family === "metrics" && kpi === void 0);
	const sharedNames = metricNames(samplesOf$1(shared));
	const found = [...asked].map(([name, kpi]) => {
		const own = sources.filter((source) => source.kpi === name);
		const reason = whyNone(name, own.length > 0 ? own : shared, sources);
		if (reason !== void 0) return [name, { reason }];
		return [name, findMetric(name, kpi, own.length > 0 ? metricNames(samplesOf$1(own)) : sharedNames, directionsOf(name, kpi, phases))];
	});
	return new Map(found);
}
function samplesOf$1(sources) {
	return sources.flatMap(({ files }) => files.flatMap(({ facts }) => facts?.kind === "metrics" ? facts.metrics : []));
}
/** Why nothing needs to be looked for; undefined where something does. */
function whyNone(name, used, sources) {
	if (used.length === 0) return `no metrics files are named under sources, nor ${name} under custom`;
	const files = used.flatMap((source) => source.files);
	const collected = sources.filter(({ family }) => family === "facts").flatMap((source) => [source, ...source.files]);
	if ([
		...used,
		...files,
		...collected
	].some(({ problems }) => problems.some(isError))) return "incomplete evidence, see the problems";
	const asked = used.some(isQuery);
	if (files.length === 0) {
		const globs = used.map(({ glob }) => glob).join(", ");
		return asked ? "the Prometheus server gave no answer" : `no file matched ${globs}`;
	}
	return asked && samplesOf$1(used).length === 0 ? "the query found nothing" : void 0;
}
/** Where good values lie: as the KPI is declared, and as each of its limits says. */
function directionsOf(name, { better }, phases) {
	const ways = phases.flatMap((phase) => phase.rules.filter(({ kpi }) => kpi === name)).flatMap(({ pass, warn }) => [...pass, ...warn]).map(({ op }) => {
		if (op === "exactly") return op;
		return op === "above" || op === "at least" ? "higher" : "lower";
	});
	return /* @__PURE__ */ new Set([better, ...ways]);
}
/** Of several series the worst counts. Where the limits pull both ways there is none, unless all are the same. */
function findMetric(name, kpi, metrics, directions) {
	const found = withoutCounter(name, metrics.meant(name));
	if (found.length === 0) {
		const others = metrics.nearest(name).slice(0, 3).join(", ");
		return { reason: `no metric is called ${name}${others === "" ? "" : `; found ${others}`}` };
	}
	const names = [...new Set(found.map((sample) => sample.name))];
	if (names.length > 1) return { reason: `${names.slice(0, 3).join(" and ")} could both be ${name}; rename one of them` };
	let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
	for (const sample of found) {
		const read = amountOf(sample, kpi);
		if ("reason" in read) return read;
		least = Math.min(least, read.amount);
		most = Math.max(most, read.amount);
	}
	if (least !== most && directions.size > 1) {
		const pull = directions.has("exactly") ? "a limit says exactly" : `not all limits ask for ${kpi.better === "higher" ? "high" : "low"} values`;
		return { reason: `${names[0]} has ${found.length} series that differ, and ${pull}, so none of them is the worst; leave one series or one direction` };
	}
	return { value: {
		kind: "amount",
		amount: kpi.better === "higher" ? least : most
	} };
}
/**
* A tool that writes `x` and `x_total` in one file tells them apart, as Go's `go_memstats_alloc_bytes`: there `x` is
* the one that is called so.
*/
function withoutCounter(name, found) {
	const files = new Set(found.filter((sample) => sample.name === name).map(({ from }) => from.file));
	return found.filter((sample) => sample.name !== `${name}_total` || !files.has(sample.from.file));
}

// src/core/measure/operation.ts
/** KPIs of a running service and of what it takes; found by their names in metrics files. */
const operationKpis = {
	"service.uptime": {
		label: "Uptime",
		unit: "%",
		better: "higher",
		definition: "Share of the time in which the service was up; of several series the lowest."
	},
	"service.recovery_time": {
		label: "Recovery time",
		unit: "ms",
		better: "lower",
		definition: "Time from a failure of the service to its recovery; of several series the longest.",
		step: ["less", "less"]
	},
	"service.mtbf": {
		label: "Mean time between failures",
		unit: "ms",
		better: "higher",
		definition: "Mean time from one failure of the service to the next; of several series the shortest.",
		step: ["more", "more"]
	},
	"resources.memory": {
		label: "Memory",
		unit: "B",
		better: "lower",
		definition: "Memory that the service takes; of several series the most.",
		step: ["less", "less"]
	},
	"resources.cpu": {
		label: "CPU use",
		unit: "%",
		better: "lower",
		definition: "Share of the processor that the service takes; of several series the most."
	}
};

// src/core/model/bits.ts
const ones = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll("0", "").length);
/** How many bits are set in the bytes from `from` to `end`. */
function countBits(bytes, from = 0, end = bytes.length) {
	let count = 0;
	for (let at = from; at < end; at++) count += ones[bytes[at]];
	return count;
}

// src/core/model/byte-pool.ts
const leastBytes = 4096;
const mostBytes$1 = 1 << 20;
function emptyPool() {
	return {
		block: /* @__PURE__ */ new Uint8Array(0),
		used: 0
	};
}
/** Where `length` bytes of `block` begin that nobody has yet; all of them are 0. */
function takeRoom(pool, length) {
	if (pool.used + length > pool.block.length) {
		const size = Math.min(Math.max(pool.block.length * 2, leastBytes), mostBytes$1);
		pool.block = new Uint8Array(Math.max(size, length));
		pool.used = 0;
	}
	const start = pool.used;
	pool.used += length;
	return start;
}

// src/core/model/line-set.ts
/** Highest line number that is taken; a larger one is no line of a program but damage. */
const maxLine$1 = 4194303;
/** A set without lines, to which lines may be added. */
function emptyLineSet() {
	return {
		bytes: /* @__PURE__ */ new Uint8Array(64),
		start: 0,
		size: 32
	};
}
/** The set whose two bitmaps are these; `covered` is not longer than `known`. */
function lineSetOf(known, covered) {
	const bytes = new Uint8Array(known.length * 2);
	bytes.set(known);
	bytes.set(covered, known.length);
	return {
		bytes,
		start: 0,
		size: known.length
	};
}
/** The two bitmaps of a set, as views on them. */
function bitmapsOf({ bytes, start, size }) {
	const middle = start + size;
	return {
		known: bytes.subarray(start, middle),
		covered: bytes.subarray(middle, middle + size)
	};
}
/** A copy of a line set, as short as it can be. */
function packLines$1({ bytes, start, size }, pool) {
	let used = size;
	while (used > 0 && bytes[start + used - 1] === 0) used--;
	const at = takeRoom(pool, used * 2);
	const { block } = pool;
	for (let i = 0; i < used; i++) {
		block[at + i] = bytes[start + i];
		block[at + used + i] = bytes[start + size + i];
	}
	return {
		bytes: block,
		start: at,
		size: used
	};
}
function clearLines({ bytes, start, size }) {
	bytes.fill(0, start, start + size * 2);
}
/** Whether `addLine` may take a line, which is one of a program, without more room. */
function hasRoom({ size }, line) {
	return line > 0 && line <= 4194303 && line >> 3 < size;
}
/** Records that `line` (1 to `maxLine`) is executable, and whether it ran. */
function addLine(set, line, ran) {
	const byte = line >> 3;
	if (byte >= set.size) grow(set, byte + 1);
	const bit = 1 << (line & 7);
	const at = set.start + byte;
	set.bytes[at] |= bit;
	if (ran) set.bytes[at + set.size] |= bit;
}
/** Whether a line ran; undefined where it is not executable. */
function lineRan({ bytes, start, size }, line) {
	const [byte, bit] = [line >> 3, 1 << (line & 7)];
	if (byte >= size || (bytes[start + byte] & bit) === 0) return void 0;
	return (bytes[start + size + byte] & bit) !== 0;
}
/** Adds all of `other` to `set`: known if known in one, covered if covered in one. */
function uniteLines(set, other) {
	if (other.size > set.size) grow(set, other.size);
	for (let i = 0; i < other.size; i++) {
		set.bytes[set.start + i] |= other.bytes[other.start + i];
		set.bytes[set.start + set.size + i] |= other.bytes[other.start + other.size + i];
	}
}
function countLines$1({ bytes, start, size }) {
	const middle = start + size;
	return {
		covered: countBits(bytes, middle, middle + size),
		total: countBits(bytes, start, middle)
	};
}
function hasLines({ bytes, start, size }) {
	for (let at = start; at < start + size; at++) if (bytes[at] !== 0) return true;
	return false;
}
/** Gives the set room of its own. */
function grow(set, atLeast) {
	const { known, covered } = bitmapsOf(set);
	const size = Math.max(atLeast, set.size * 2);
	set.bytes = new Uint8Array(size * 2);
	set.bytes.set(known);
	set.bytes.set(covered, size);
	set.start = 0;
	set.size = size;
}

// src/core/model/arms.ts
function armId(form, line, block, arm) {
	return form === "pairs" ? `${line}:${arm}` : `${line},${block},${arm}`;
}
/**
* Branches told by numbers, in bytes. Each of them differs little from the one before, so what is kept is the difference:
* a number whose bit 0 says that the branch ran and bit 1 that it is of another block. Above these two are, in the same
* block, how many arms were skipped; else how many lines further it is, and two numbers follow: the difference of the
* blocks, with its sign in bit 0, and the arm. Numbers have 7 bits in a byte, the lowest first; bit 7 says that more follow.
*/
function* armsOf(bytes, start, end, form) {
	let at = start;
	let { line, block, arm } = beforeArms;
	function number() {
		let [value, shift] = [0, 0];
		for (; bytes[at] > 127; shift += 7) value |= (bytes[at++] & 127) << shift;
		return value | bytes[at++] << shift;
	}
	while (at < end) {
		const head = number();
		if ((head & 2) === 0) arm += 1 + (head >>> 2);
		else {
			line += head >>> 2;
			const step = number();
			block += (step & 1) === 0 ? step >>> 1 : -(step >>> 1);
			arm = number();
		}
		yield [armId(form, line, block, arm), (head & 1) === 1];
	}
}
/** What the first branch differs from. */
const beforeArms = {
	line: 0,
	block: 0,
	arm: -1
};

// src/core/model/parts.ts
const decoder$3 = new TextDecoder("utf-8", { ignoreBOM: true });
/** Parts as bytes. A report of a large project has millions of them, and a map of strings takes ten times the memory. */
var PackedParts = class PackedParts {
	size;
	/** How many of them ran. */
	covered;
	#bytes;
	#start;
	#end;
	#form;
	#names;
	constructor({ bytes, start, end, form, names = "" }, size, covered) {
		this.#bytes = bytes;
		this.#start = start;
		this.#end = end;
		this.#form = form;
		this.#names = names;
		this.size = size;
		this.covered = covered;
	}
	*entries() {
		if (this.#form === "numbered") {
			for (let id = 0; id < this.size; id++) yield [String(id), this.#bit(id)];
			return;
		}
		if (this.#form === "named") {
			const names = this.size === 0 ? [] : this.#names.split("\n");
			for (const [i, id] of names.entries()) yield [id, this.#bit(i)];
			return;
		}
		if (this.#form === "pairs" || this.#form === "triples") {
			yield* armsOf(this.#bytes, this.#start, this.#end, this.#form);
			return;
		}
		const text = this.#text();
		for (let at = 0; at < text.length;) {
			const end = text.indexOf("\n", at);
			const id = text.slice(at + 1, end);
			if (this.#form === "listed") yield [id, text.startsWith("+", at)];
			else for (const part of partsOf$1(id)) yield [part, text.startsWith("+", at)];
			at = end + 1;
		}
	}
	*keys() {
		for (const [id] of this.entries()) yield id;
	}
	*values() {
		for (const [, ran] of this.entries()) yield ran;
	}
	get(id) {
		if (this.#form === "numbered") return /^(?:0|[1-9]\d{0,8})$/.test(id) && Number(id) < this.size ? this.#bit(Number(id)) : void 0;
		if (this.#form === "named") {
			const at = this.size === 0 ? -1 : this.#names.split("\n").indexOf(id);
			return at === -1 ? void 0 : this.#bit(at);
		}
		if (this.#form !== "listed") {
			for (const [known, ran] of this.entries()) if (known === id) return ran;
			return;
		}
		if (id.includes("\n")) return void 0;
		const text = `\n${this.#text()}`;
		if (text.includes(`\n+${id}\n`)) return true;
		return text.includes(`\n-${id}\n`) ? false : void 0;
	}
	has(id) {
		return this.get(id) !== void 0;
	}
	forEach(visit) {
		for (const [id, ran] of this.entries()) visit(ran, id, this);
	}
	[Symbol.iterator]() {
		return this.entries();
	}
	/** The parts of the blocks that are listed; or one of them that is listed with several numbers of parts. */
	asBlocks() {
		const known = /* @__PURE__ */ new Set();
		let [size, covered] = [0, 0];
		for (const [id, ran] of this) {
			const [block, parts] = blockOf(id);
			if (known.size === known.add(block).size) return { contradicted: block };
			size += parts;
			if (ran) covered += parts;
		}
		const [bytes, start, end] = [
			this.#bytes,
			this.#start,
			this.#end
		];
		return new PackedParts({
			bytes,
			start,
			end,
			form: "blocks"
		}, size, covered);
	}
	/** The union with parts of the same identities, told by the same text; undefined where they are others. */
	united(other) {
		if (this.#form !== "named" || other.#form !== "named" || this.#names !== other.#names) return void 0;
		const bytes = this.#bytes.slice(this.#start, this.#end);
		for (let at = 0; at < bytes.length; at++) bytes[at] |= other.#bytes[other.#start + at];
		return new PackedParts({
			bytes,
			start: 0,
			end: bytes.length,
			form: "named",
			names: this.#names
		}, this.size, countBits(bytes));
	}
	#text() {
		return decoder$3.decode(this.#bytes.subarray(this.#start, this.#end));
	}
	#bit(id) {
		return (this.#bytes[this.#start + (id >> 3)] & 1 << (id & 7)) !== 0;
	}
};
function blockOf(id) {
	const colon = id.lastIndexOf(":");
	return [id.slice(0, colon), Number(id.slice(colon + 1))];
}
function* partsOf$1(id) {
	const [block, parts] = blockOf(id);
	for (let i = 0; i < parts; i++) yield `${block}:${i}`;
}
const noParts = new PackedParts({
	bytes: /* @__PURE__ */ new Uint8Array(0),
	start: 0,
	end: 0,
	form: "listed"
}, 0, 0);

// src/core/measure/coverage-sums.ts
/** Adds up source files. Of parts told by several formats, the format that knows most of them is taken for a file. */
function sumCoverage(files) {
	const [lines, branches, functions, statements] = [
		nothing$4(),
		nothing$4(),
		nothing$4(),
		nothing$4()
	];
	for (const file of files.values()) {
		add$1(lines, linesOf$1(file));
		add$1(branches, tallyOf(file, "branches"));
		add$1(functions, tallyOf(file, "functions"));
		add$1(statements, tallyOf(file, "statements"));
	}
	return {
		files: files.size,
		lines: {
			covered: lines.covered,
			total: lines.total
		},
		...told$2("branches", branches),
		...told$2("functions", functions),
		...told$2("statements", statements)
	};
}
function nothing$4() {
	return {
		covered: 0,
		total: 0,
		told: false
	};
}
function add$1(sum, tally) {
	if (tally === void 0) return;
	sum.covered += tally.covered;
	sum.total += tally.total;
	sum.told = true;
}
function told$2(name, { covered, total, told }) {
	return told ? { [name]: {
		covered,
		total
	} } : {};
}
function linesOf$1(file) {
	if (file.totals) return file.totals.lines;
	const lines = countLines$1(file.lines);
	return lines.total === 0 && file.countedBy ? tallyOf(file, file.countedBy) ?? lines : lines;
}
function tallyOf(file, name) {
	if (file.totals) return file.totals[name];
	let best;
	for (const detail of byScheme(file.details)) {
		const parts = detail[name];
		if (parts && (best === void 0 || parts.size > best.total)) best = count(parts);
	}
	return best;
}
function byScheme(details) {
	return details.length < 2 ? details : details.toSorted((a, b) => textOrder(a.scheme, b.scheme));
}
function count(parts) {
	if (parts instanceof PackedParts) return {
		covered: parts.covered,
		total: parts.size
	};
	let covered = 0;
	for (const ran of parts.values()) if (ran) covered++;
	return {
		covered,
		total: parts.size
	};
}

// src/core/measure/executable-lines.ts
/** The lines of a source file; undefined where its reports know none, only totals. */
function executableLines({ lines, details, totals, countedBy }) {
	if (totals) return void 0;
	const go = countedBy ? goBlocks(details) : void 0;
	return go ? blockLines(go) : (line) => lineRan(lines, line);
}
/**
* Lines of a Go cover profile, which tells of blocks with several lines. A line ran if one of its blocks did: where one
* block begins on the line that another ends on, such as `if err != nil {`, the first one is what the line does.
*/
function blockLines(statements) {
	const lines = /* @__PURE__ */ new Map();
	for (const [id, ran] of statements) {
		const [, from, to, column] = /^(\d+)\.\d+,(\d+)\.(\d+):0$/.exec(id) ?? [];
		if (from === void 0) continue;
		const last = Number(to) - (Number(column) <= 1 ? 1 : 0);
		for (let line = Number(from); line <= last; line++) lines.set(line, ran || lines.get(line) === true);
	}
	return (line) => lines.get(line);
}
/** Every executable line that did not run. */
function uncoveredLines(file, ranAt) {
	const last = file.lines.size * 8;
	const end = [...goBlocks(file.details)?.keys() ?? []].reduce((most, id) => Math.max(most, Number(/,(\d+)\./.exec(id)?.[1] ?? 0)), last);
	const lines = [];
	for (let line = 1; line <= end; line++) if (ranAt(line) === false) lines.push(line);
	return lines;
}
function goBlocks(details) {
	return details.find(({ scheme }) => scheme === "gocover")?.statements;
}

// node_modules/picomatch/lib/constants.js
var require_constants = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const WIN_SLASH = "\\\\/";
	const WIN_NO_SLASH = `[^${WIN_SLASH}]`;
	const DEFAULT_MAX_EXTGLOB_RECURSION = 0;
	/**
	* Posix glob regex
	*/
	const DOT_LITERAL = "\\.";
	const PLUS_LITERAL = "\\+";
	const QMARK_LITERAL = "\\?";
	const SLASH_LITERAL = "\\/";
	const ONE_CHAR = "(?=.)";
	const QMARK = "[^/]";
	const END_ANCHOR = `(?:${SLASH_LITERAL}|$)`;
	const START_ANCHOR = `(?:^|${SLASH_LITERAL})`;
	const DOTS_SLASH = `${DOT_LITERAL}{1,2}${END_ANCHOR}`;
	const POSIX_CHARS = {
		DOT_LITERAL,
		PLUS_LITERAL,
		QMARK_LITERAL,
		SLASH_LITERAL,
		ONE_CHAR,
		QMARK,
		END_ANCHOR,
		DOTS_SLASH,
		NO_DOT: `(?!${DOT_LITERAL})`,
		NO_DOTS: `(?!${START_ANCHOR}${DOTS_SLASH})`,
		NO_DOT_SLASH: `(?!${DOT_LITERAL}{0,1}${END_ANCHOR})`,
		NO_DOTS_SLASH: `(?!${DOTS_SLASH})`,
		QMARK_NO_DOT: `[^.${SLASH_LITERAL}]`,
		STAR: `${QMARK}*?`,
		START_ANCHOR,
		SEP: "/"
	};
	/**
	* Windows glob regex
	*/
	const WINDOWS_CHARS = {
		...POSIX_CHARS,
		SLASH_LITERAL: `[${WIN_SLASH}]`,
		QMARK: WIN_NO_SLASH,
		STAR: `${WIN_NO_SLASH}*?`,
		DOTS_SLASH: `${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$)`,
		NO_DOT: `(?!${DOT_LITERAL})`,
		NO_DOTS: `(?!(?:^|[${WIN_SLASH}])${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$))`,
		NO_DOT_SLASH: `(?!${DOT_LITERAL}{0,1}(?:[${WIN_SLASH}]|$))`,
		NO_DOTS_SLASH: `(?!${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$))`,
		QMARK_NO_DOT: `[^.${WIN_SLASH}]`,
		START_ANCHOR: `(?:^|[${WIN_SLASH}])`,
		END_ANCHOR: `(?:[${WIN_SLASH}]|$)`,
		SEP: "\\"
	};
	/**
	* POSIX Bracket Regex
	*/
	const POSIX_REGEX_SOURCE = {
		__proto__: null,
		alnum: "a-zA-Z0-9",
		alpha: "a-zA-Z",
		ascii: "\\x00-\\x7F",
		blank: " \\t",
		cntrl: "\\x00-\\x1F\\x7F",
		digit: "0-9",
		graph: "\\x21-\\x7E",
		lower: "a-z",
		print: "\\x20-\\x7E ",
		punct: "\\-!\"#$%&'()\\*+,./:;<=>?@[\\]^_`{|}~",
		space: " \\t\\r\\n\\v\\f",
		upper: "A-Z",
		word: "A-Za-z0-9_",
		xdigit: "A-Fa-f0-9"
	};
	module.exports = {
		DEFAULT_MAX_EXTGLOB_RECURSION,
		MAX_LENGTH: 65536,
		POSIX_REGEX_SOURCE,
		REGEX_BACKSLASH: /\\(?![*+?^${}(|)[\]])/g,
		REGEX_NON_SPECIAL_CHARS: /^[^@![\].,$*+?^{}()|\\/]+/,
		REGEX_SPECIAL_CHARS: /[-*+?.^${}(|)[\]]/,
		REGEX_SPECIAL_CHARS_BACKREF: /(\\?)((\W)(\3*))/g,
		REGEX_SPECIAL_CHARS_GLOBAL: /([-*+?.^${}(|)[\]])/g,
		REGEX_REMOVE_BACKSLASH: /(?:\[.*?[^\\]\]|\\(?=.))/g,
		REPLACEMENTS: {
			__proto__: null,
			"***": "*",
			"**/**": "**",
			"**/**/**": "**"
		},
		CHAR_0: 48,
		CHAR_9: 57,
		CHAR_UPPERCASE_A: 65,
		CHAR_LOWERCASE_A: 97,
		CHAR_UPPERCASE_Z: 90,
		CHAR_LOWERCASE_Z: 122,
		CHAR_LEFT_PARENTHESES: 40,
		CHAR_RIGHT_PARENTHESES: 41,
		CHAR_ASTERISK: 42,
		CHAR_AMPERSAND: 38,
		CHAR_AT: 64,
		CHAR_BACKWARD_SLASH: 92,
		CHAR_CARRIAGE_RETURN: 13,
		CHAR_CIRCUMFLEX_ACCENT: 94,
		CHAR_COLON: 58,
		CHAR_COMMA: 44,
		CHAR_DOT: 46,
		CHAR_DOUBLE_QUOTE: 34,
		CHAR_EQUAL: 61,
		CHAR_EXCLAMATION_MARK: 33,
		CHAR_FORM_FEED: 12,
		CHAR_FORWARD_SLASH: 47,
		CHAR_GRAVE_ACCENT: 96,
		CHAR_HASH: 35,
		CHAR_HYPHEN_MINUS: 45,
		CHAR_LEFT_ANGLE_BRACKET: 60,
		CHAR_LEFT_CURLY_BRACE: 123,
		CHAR_LEFT_SQUARE_BRACKET: 91,
		CHAR_LINE_FEED: 10,
		CHAR_NO_BREAK_SPACE: 160,
		CHAR_PERCENT: 37,
		CHAR_PLUS: 43,
		CHAR_QUESTION_MARK: 63,
		CHAR_RIGHT_ANGLE_BRACKET: 62,
		CHAR_RIGHT_CURLY_BRACE: 125,
		CHAR_RIGHT_SQUARE_BRACKET: 93,
		CHAR_SEMICOLON: 59,
		CHAR_SINGLE_QUOTE: 39,
		CHAR_SPACE: 32,
		CHAR_TAB: 9,
		CHAR_UNDERSCORE: 95,
		CHAR_VERTICAL_LINE: 124,
		CHAR_ZERO_WIDTH_NOBREAK_SPACE: 65279,
		/**
		* Create EXTGLOB_CHARS
		*/
		extglobChars(chars) {
			return {
				"!": {
					type: "negate",
					open: "(?:(?!(?:",
					close: `))${chars.STAR})`
				},
				"?": {
					type: "qmark",
					open: "(?:",
					close: ")?"
				},
				"+": {
					type: "plus",
					open: "(?:",
					close: ")+"
				},
				"*": {
					type: "star",
					open: "(?:",
					close: ")*"
				},
				"@": {
					type: "at",
					open: "(?:",
					close: ")"
				}
			};
		},
		/**
		* Create GLOB_CHARS
		*/
		globChars(win32) {
			return win32 === true ? WINDOWS_CHARS : POSIX_CHARS;
		}
	};
}));

// node_modules/picomatch/lib/utils.js
var require_utils = /* @__PURE__ */ __commonJSMin(((exports) => {
	const { REGEX_BACKSLASH, REGEX_REMOVE_BACKSLASH, REGEX_SPECIAL_CHARS, REGEX_SPECIAL_CHARS_GLOBAL } = require_constants();
	exports.isObject = (val) => val !== null && typeof val === "object" && !Array.isArray(val);
	exports.hasRegexChars = (str) => REGEX_SPECIAL_CHARS.test(str);
	exports.isRegexChar = (str) => str.length === 1 && exports.hasRegexChars(str);
	exports.escapeRegex = (str) => str.replace(REGEX_SPECIAL_CHARS_GLOBAL, "\\$1");
	exports.toPosixSlashes = (str) => str.replace(REGEX_BACKSLASH, "/");
	exports.isWindows = () => {
		if (typeof navigator !== "undefined" && navigator.platform) {
			const platform = navigator.platform.toLowerCase();
			return platform === "win32" || platform === "windows";
		}
		if (typeof process !== "undefined" && process.platform) return process.platform === "win32";
		return false;
	};
	exports.removeBackslashes = (str) => {
		return str.replace(REGEX_REMOVE_BACKSLASH, (match) => {
			return match === "\\" ? "" : match;
		});
	};
	exports.escapeLast = (input, char, lastIdx) => {
		const idx = input.lastIndexOf(char, lastIdx);
		if (idx === -1) return input;
		if (input[idx - 1] === "\\") return exports.escapeLast(input, char, idx - 1);
		return `${input.slice(0, idx)}\\${input.slice(idx)}`;
	};
	exports.removePrefix = (input, state = {}) => {
		let output = input;
		if (output.startsWith("./")) {
			output = output.slice(2);
			state.prefix = "./";
		}
		return output;
	};
	exports.wrapOutput = (input, state = {}, options = {}) => {
		let output = `${options.contains ? "" : "^"}(?:${input})${options.contains ? "" : "$"}`;
		if (state.negated === true) output = `(?:^(?!${output}).*$)`;
		return output;
	};
	exports.basename = (path, { windows } = {}) => {
		const segs = path.split(windows ? /[\\/]/ : "/");
		const last = segs[segs.length - 1];
		if (last === "") return segs[segs.length - 2];
		return last;
	};
}));

// node_modules/picomatch/lib/scan.js
var require_scan = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const utils = require_utils();
	const { CHAR_ASTERISK, CHAR_AT, CHAR_BACKWARD_SLASH, CHAR_COMMA, CHAR_DOT, CHAR_EXCLAMATION_MARK, CHAR_FORWARD_SLASH, CHAR_LEFT_CURLY_BRACE, CHAR_LEFT_PARENTHESES, CHAR_LEFT_SQUARE_BRACKET, CHAR_PLUS, CHAR_QUESTION_MARK, CHAR_RIGHT_CURLY_BRACE, CHAR_RIGHT_PARENTHESES, CHAR_RIGHT_SQUARE_BRACKET } = require_constants();
	const isPathSeparator = (code) => {
		return code === CHAR_FORWARD_SLASH || code === CHAR_BACKWARD_SLASH;
	};
	const depth = (token) => {
		if (token.isPrefix !== true) token.depth = token.isGlobstar ? Infinity : 1;
	};
	/**
	* Quickly scans a glob pattern and returns an object with a handful of
	* useful properties, like `isGlob`, `path` (the leading non-glob, if it exists),
	* `glob` (the actual pattern), `negated` (true if the path starts with `!` but not
	* with `!(`) and `negatedExtglob` (true if the path starts with `!(`).
	*
	* ```js
	* const pm = require('picomatch');
	* console.log(pm.scan('foo/bar/*.js'));
	* { isGlob: true, input: 'foo/bar/*.js', base: 'foo/bar', glob: '*.js' }
	* ```
	* @param {String} `str`
	* @param {Object} `options`
	* @return {Object} Returns an object with tokens and regex source string.
	* @api public
	*/
	const scan = (input, options) => {
		const opts = options || {};
		const length = input.length - 1;
		const scanToEnd = opts.parts === true || opts.scanToEnd === true;
		const slashes = [];
		const tokens = [];
		const parts = [];
		let str = input;
		let index = -1;
		let start = 0;
		let lastIndex = 0;
		let isBrace = false;
		let isBracket = false;
		let isGlob = false;
		let isExtglob = false;
		let isGlobstar = false;
		let braceEscaped = false;
		let backslashes = false;
		let negated = false;
		let negatedExtglob = false;
		let finished = false;
		let braces = 0;
		let prev;
		let code;
		let token = {
			value: "",
			depth: 0,
			isGlob: false
		};
		const eos = () => index >= length;
		const peek = () => str.charCodeAt(index + 1);
		const advance = () => {
			prev = code;
			return str.charCodeAt(++index);
		};
		while (index < length) {
			code = advance();
			let next;
			if (code === CHAR_BACKWARD_SLASH) {
				backslashes = token.backslashes = true;
				code = advance();
				if (code === CHAR_LEFT_CURLY_BRACE) braceEscaped = true;
				continue;
			}
			if (braceEscaped === true || code === CHAR_LEFT_CURLY_BRACE) {
				braces++;
				while (eos() !== true && (code = advance())) {
					if (code === CHAR_BACKWARD_SLASH) {
						backslashes = token.backslashes = true;
						advance();
						continue;
					}
					if (code === CHAR_LEFT_CURLY_BRACE) {
						braces++;
						continue;
					}
					if (braceEscaped !== true && code === CHAR_DOT && (code = advance()) === CHAR_DOT) {
						isBrace = token.isBrace = true;
						isGlob = token.isGlob = true;
						finished = true;
						if (scanToEnd === true) continue;
						break;
					}
					if (braceEscaped !== true && code === CHAR_COMMA) {
						isBrace = token.isBrace = true;
						isGlob = token.isGlob = true;
						finished = true;
						if (scanToEnd === true) continue;
						break;
					}
					if (code === CHAR_RIGHT_CURLY_BRACE) {
						braces--;
						if (braces === 0) {
							braceEscaped = false;
							isBrace = token.isBrace = true;
							finished = true;
							break;
						}
					}
				}
				if (scanToEnd === true) continue;
				break;
			}
			if (code === CHAR_FORWARD_SLASH) {
				slashes.push(index);
				tokens.push(token);
				token = {
					value: "",
					depth: 0,
					isGlob: false
				};
				if (finished === true) continue;
				if (prev === CHAR_DOT && index === start + 1) {
					start += 2;
					continue;
				}
				lastIndex = index + 1;
				continue;
			}
			if (opts.noext !== true) {
				if ((code === CHAR_PLUS || code === CHAR_AT || code === CHAR_ASTERISK || code === CHAR_QUESTION_MARK || code === CHAR_EXCLAMATION_MARK) === true && peek() === CHAR_LEFT_PARENTHESES) {
					isGlob = token.isGlob = true;
					isExtglob = token.isExtglob = true;
					finished = true;
					if (code === CHAR_EXCLAMATION_MARK && index === start) negatedExtglob = true;
					if (scanToEnd === true) {
						while (eos() !== true && (code = advance())) {
							if (code === CHAR_BACKWARD_SLASH) {
								backslashes = token.backslashes = true;
								code = advance();
								continue;
							}
							if (code === CHAR_RIGHT_PARENTHESES) {
								isGlob = token.isGlob = true;
								finished = true;
								break;
							}
						}
						continue;
					}
					break;
				}
			}
			if (code === CHAR_ASTERISK) {
				if (prev === CHAR_ASTERISK) isGlobstar = token.isGlobstar = true;
				isGlob = token.isGlob = true;
				finished = true;
				if (scanToEnd === true) continue;
				break;
			}
			if (code === CHAR_QUESTION_MARK) {
				isGlob = token.isGlob = true;
				finished = true;
				if (scanToEnd === true) continue;
				break;
			}
			if (code === CHAR_LEFT_SQUARE_BRACKET) {
				while (eos() !== true && (next = advance())) {
					if (next === CHAR_BACKWARD_SLASH) {
						backslashes = token.backslashes = true;
						advance();
						continue;
					}
					if (next === CHAR_RIGHT_SQUARE_BRACKET) {
						isBracket = token.isBracket = true;
						isGlob = token.isGlob = true;
						finished = true;
						break;
					}
				}
				if (scanToEnd === true) continue;
				break;
			}
			if (opts.nonegate !== true && code === CHAR_EXCLAMATION_MARK && index === start) {
				negated = token.negated = true;
				start++;
				continue;
			}
			if (opts.noparen !== true && code === CHAR_LEFT_PARENTHESES) {
				isGlob = token.isGlob = true;
				if (scanToEnd === true) {
					while (eos() !== true && (code = advance())) {
						if (code === CHAR_LEFT_PARENTHESES) {
							backslashes = token.backslashes = true;
							code = advance();
							continue;
						}
						if (code === CHAR_RIGHT_PARENTHESES) {
							finished = true;
							break;
						}
					}
					continue;
				}
				break;
			}
			if (isGlob === true) {
				finished = true;
				if (scanToEnd === true) continue;
				break;
			}
		}
		if (opts.noext === true) {
			isExtglob = false;
			isGlob = false;
		}
		let base = str;
		let prefix = "";
		let glob = "";
		if (start > 0) {
			prefix = str.slice(0, start);
			str = str.slice(start);
			lastIndex -= start;
		}
		if (base && isGlob === true && lastIndex > 0) {
			base = str.slice(0, lastIndex);
			glob = str.slice(lastIndex);
		} else if (isGlob === true) {
			base = "";
			glob = str;
		} else base = str;
		if (base && base !== "" && base !== "/" && base !== str) {
			if (isPathSeparator(base.charCodeAt(base.length - 1))) base = base.slice(0, -1);
		}
		if (opts.unescape === true) {
			if (glob) glob = utils.removeBackslashes(glob);
			if (base && backslashes === true) base = utils.removeBackslashes(base);
		}
		const state = {
			prefix,
			input,
			start,
			base,
			glob,
			isBrace,
			isBracket,
			isGlob,
			isExtglob,
			isGlobstar,
			negated,
			negatedExtglob
		};
		if (opts.tokens === true) {
			state.maxDepth = 0;
			if (!isPathSeparator(code)) tokens.push(token);
			state.tokens = tokens;
		}
		if (opts.parts === true || opts.tokens === true) {
			let prevIndex;
			for (let idx = 0; idx < slashes.length; idx++) {
				const n = prevIndex ? prevIndex + 1 : start;
				const i = slashes[idx];
				const value = input.slice(n, i);
				if (opts.tokens) {
					if (idx === 0 && start !== 0) {
						tokens[idx].isPrefix = true;
						tokens[idx].value = prefix;
					} else tokens[idx].value = value;
					depth(tokens[idx]);
					state.maxDepth += tokens[idx].depth;
				}
				if (idx !== 0 || value !== "") parts.push(value);
				prevIndex = i;
			}
			if (prevIndex && prevIndex + 1 < input.length) {
				const value = input.slice(prevIndex + 1);
				parts.push(value);
				if (opts.tokens) {
					tokens[tokens.length - 1].value = value;
					depth(tokens[tokens.length - 1]);
					state.maxDepth += tokens[tokens.length - 1].depth;
				}
			}
			state.slashes = slashes;
			state.parts = parts;
		}
		return state;
	};
	module.exports = scan;
}));

// node_modules/picomatch/lib/parse.js
var require_parse = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const constants = require_constants();
	const utils = require_utils();
	/**
	* Constants
	*/
	const { MAX_LENGTH, POSIX_REGEX_SOURCE, REGEX_NON_SPECIAL_CHARS, REGEX_SPECIAL_CHARS_BACKREF, REPLACEMENTS } = constants;
	/**
	* Helpers
	*/
	const expandRange = (args, options) => {
		if (typeof options.expandRange === "function") return options.expandRange(...args, options);
		args.sort();
		const value = `[${args.join("-")}]`;
		try {
			new RegExp(value);
		} catch (ex) {
			return args.map((v) => utils.escapeRegex(v)).join("..");
		}
		return value;
	};
	/**
	* Create the message for a syntax error
	*/
	const syntaxError = (type, char) => {
		return `Missing ${type}: "${char}" - use "\\\\${char}" to match literal characters`;
	};
	const splitTopLevel = (input) => {
		const parts = [];
		let bracket = 0;
		let paren = 0;
		let quote = 0;
		let value = "";
		let escaped = false;
		for (const ch of input) {
			if (escaped === true) {
				value += ch;
				escaped = false;
				continue;
			}
			if (ch === "\\") {
				value += ch;
				escaped = true;
				continue;
			}
			if (ch === "\"") {
				quote = quote === 1 ? 0 : 1;
				value += ch;
				continue;
			}
			if (quote === 0) {
				if (ch === "[") bracket++;
				else if (ch === "]" && bracket > 0) bracket--;
				else if (bracket === 0) {
					if (ch === "(") paren++;
					else if (ch === ")" && paren > 0) paren--;
					else if (ch === "|" && paren === 0) {
						parts.push(value);
						value = "";
						continue;
					}
				}
			}
			value += ch;
		}
		parts.push(value);
		return parts;
	};
	const isPlainBranch = (branch) => {
		let escaped = false;
		for (const ch of branch) {
			if (escaped === true) {
				escaped = false;
				continue;
			}
			if (ch === "\\") {
				escaped = true;
				continue;
			}
			if (/[?*+@!()[\]{}]/.test(ch)) return false;
		}
		return true;
	};
	const normalizeSimpleBranch = (branch) => {
		let value = branch.trim();
		let changed = true;
		while (changed === true) {
			changed = false;
			if (/^@\([^\\()[\]{}|]+\)$/.test(value)) {
				value = value.slice(2, -1);
				changed = true;
			}
		}
		if (!isPlainBranch(value)) return;
		return value.replace(/\\(.)/g, "$1");
	};
	const hasRepeatedCharPrefixOverlap = (branches) => {
		const values = branches.map(normalizeSimpleBranch).filter(Boolean);
		for (let i = 0; i < values.length; i++) for (let j = i + 1; j < values.length; j++) {
			const a = values[i];
			const b = values[j];
			const char = a[0];
			if (!char || a !== char.repeat(a.length) || b !== char.repeat(b.length)) continue;
			if (a === b || a.startsWith(b) || b.startsWith(a)) return true;
		}
		return false;
	};
	const parseRepeatedExtglob = (pattern, requireEnd = true) => {
		if (pattern[0] !== "+" && pattern[0] !== "*" || pattern[1] !== "(") return;
		let bracket = 0;
		let paren = 0;
		let quote = 0;
		let escaped = false;
		for (let i = 1; i < pattern.length; i++) {
			const ch = pattern[i];
			if (escaped === true) {
				escaped = false;
				continue;
			}
			if (ch === "\\") {
				escaped = true;
				continue;
			}
			if (ch === "\"") {
				quote = quote === 1 ? 0 : 1;
				continue;
			}
			if (quote === 1) continue;
			if (ch === "[") {
				bracket++;
				continue;
			}
			if (ch === "]" && bracket > 0) {
				bracket--;
				continue;
			}
			if (bracket > 0) continue;
			if (ch === "(") {
				paren++;
				continue;
			}
			if (ch === ")") {
				paren--;
				if (paren === 0) {
					if (requireEnd === true && i !== pattern.length - 1) return;
					return {
						type: pattern[0],
						body: pattern.slice(2, i),
						end: i
					};
				}
			}
		}
	};
	const getStarExtglobSequenceOutput = (pattern) => {
		let index = 0;
		const chars = [];
		while (index < pattern.length) {
			const match = parseRepeatedExtglob(pattern.slice(index), false);
			if (!match || match.type !== "*") return;
			const branches = splitTopLevel(match.body).map((branch) => branch.trim());
			if (branches.length !== 1) return;
			const branch = normalizeSimpleBranch(branches[0]);
			if (!branch || branch.length !== 1) return;
			chars.push(branch);
			index += match.end + 1;
		}
		if (chars.length < 1) return;
		return `${chars.length === 1 ? utils.escapeRegex(chars[0]) : `[${chars.map((ch) => utils.escapeRegex(ch)).join("")}]`}*`;
	};
	const repeatedExtglobRecursion = (pattern) => {
		let depth = 0;
		let value = pattern.trim();
		let match = parseRepeatedExtglob(value);
		while (match) {
			depth++;
			value = match.body.trim();
			match = parseRepeatedExtglob(value);
		}
		return depth;
	};
	const analyzeRepeatedExtglob = (body, options) => {
		if (options.maxExtglobRecursion === false) return { risky: false };
		const max = typeof options.maxExtglobRecursion === "number" ? options.maxExtglobRecursion : constants.DEFAULT_MAX_EXTGLOB_RECURSION;
		const branches = splitTopLevel(body).map((branch) => branch.trim());
		if (branches.length > 1) {
			if (branches.some((branch) => branch === "") || branches.some((branch) => /^[*?]+$/.test(branch)) || hasRepeatedCharPrefixOverlap(branches)) return { risky: true };
		}
		for (const branch of branches) {
			const safeOutput = getStarExtglobSequenceOutput(branch);
			if (safeOutput) return {
				risky: true,
				safeOutput
			};
			if (repeatedExtglobRecursion(branch) > max) return { risky: true };
		}
		return { risky: false };
	};
	/**
	* Parse the given input string.
	* @param {String} input
	* @param {Object} options
	* @return {Object}
	*/
	const parse = (input, options) => {
		if (typeof input !== "string") throw new TypeError("Expected a string");
		input = REPLACEMENTS[input] || input;
		const opts = { ...options };
		const max = typeof opts.maxLength === "number" ? Math.min(MAX_LENGTH, opts.maxLength) : MAX_LENGTH;
		let len = input.length;
		if (len > max) throw new SyntaxError(`Input length: ${len}, exceeds maximum allowed length: ${max}`);
		const bos = {
			type: "bos",
			value: "",
			output: opts.prepend || ""
		};
		const tokens = [bos];
		const capture = opts.capture ? "" : "?:";
		const PLATFORM_CHARS = constants.globChars(opts.windows);
		const EXTGLOB_CHARS = constants.extglobChars(PLATFORM_CHARS);
		const { DOT_LITERAL, PLUS_LITERAL, SLASH_LITERAL, ONE_CHAR, DOTS_SLASH, NO_DOT, NO_DOT_SLASH, NO_DOTS_SLASH, QMARK, QMARK_NO_DOT, STAR, START_ANCHOR } = PLATFORM_CHARS;
		const globstar = (opts) => {
			return `(${capture}(?:(?!${START_ANCHOR}${opts.dot ? DOTS_SLASH : DOT_LITERAL}).)*?)`;
		};
		const nodot = opts.dot ? "" : NO_DOT;
		const qmarkNoDot = opts.dot ? QMARK : QMARK_NO_DOT;
		let star = opts.bash === true ? globstar(opts) : STAR;
		if (opts.capture) star = `(${star})`;
		if (typeof opts.noext === "boolean") opts.noextglob = opts.noext;
		const state = {
			input,
			index: -1,
			start: 0,
			dot: opts.dot === true,
			consumed: "",
			output: "",
			prefix: "",
			backtrack: false,
			negated: false,
			brackets: 0,
			braces: 0,
			parens: 0,
			quotes: 0,
			globstar: false,
			tokens
		};
		input = utils.removePrefix(input, state);
		len = input.length;
		const extglobs = [];
		const braces = [];
		const stack = [];
		let prev = bos;
		let value;
		/**
		* Tokenizing helpers
		*/
		const eos = () => state.index === len - 1;
		const peek = state.peek = (n = 1) => input[state.index + n];
		const advance = state.advance = () => input[++state.index] || "";
		const remaining = () => input.slice(state.index + 1);
		const consume = (value = "", num = 0) => {
			state.consumed += value;
			state.index += num;
		};
		const append = (token) => {
			state.output += token.output != null ? token.output : token.value;
			consume(token.value);
		};
		const negate = () => {
			let count = 1;
			while (peek() === "!" && (peek(2) !== "(" || peek(3) === "?")) {
				advance();
				state.start++;
				count++;
			}
			if (count % 2 === 0) return false;
			state.negated = true;
			state.start++;
			return true;
		};
		const increment = (type) => {
			state[type]++;
			stack.push(type);
		};
		const decrement = (type) => {
			state[type]--;
			stack.pop();
		};
		/**
		* Push tokens onto the tokens array. This helper speeds up
		* tokenizing by 1) helping us avoid backtracking as much as possible,
		* and 2) helping us avoid creating extra tokens when consecutive
		* characters are plain text. This improves performance and simplifies
		* lookbehinds.
		*/
		const push = (tok) => {
			if (prev.type === "globstar") {
				const isBrace = state.braces > 0 && (tok.type === "comma" || tok.type === "brace");
				const isExtglob = tok.extglob === true || extglobs.length && (tok.type === "pipe" || tok.type === "paren");
				if (tok.type !== "slash" && tok.type !== "paren" && !isBrace && !isExtglob) {
					state.output = state.output.slice(0, -prev.output.length);
					prev.type = "star";
					prev.value = "*";
					prev.output = star;
					state.output += prev.output;
				}
			}
			if (extglobs.length && tok.type !== "paren") extglobs[extglobs.length - 1].inner += tok.value;
			if (tok.value || tok.output) append(tok);
			if (prev && prev.type === "text" && tok.type === "text") {
				prev.output = (prev.output || prev.value) + tok.value;
				prev.value += tok.value;
				return;
			}
			tok.prev = prev;
			tokens.push(tok);
			prev = tok;
		};
		const extglobOpen = (type, value) => {
			const token = {
				...EXTGLOB_CHARS[value],
				conditions: 1,
				inner: ""
			};
			token.prev = prev;
			token.parens = state.parens;
			token.output = state.output;
			token.startIndex = state.index;
			token.tokensIndex = tokens.length;
			const output = (opts.capture ? "(" : "") + token.open;
			increment("parens");
			push({
				type,
				value,
				output: state.output ? "" : ONE_CHAR
			});
			push({
				type: "paren",
				extglob: true,
				value: advance(),
				output
			});
			extglobs.push(token);
		};
		const extglobClose = (token) => {
			const literal = input.slice(token.startIndex, state.index + 1);
			const body = input.slice(token.startIndex + 2, state.index);
			const analysis = analyzeRepeatedExtglob(body, opts);
			if ((token.type === "plus" || token.type === "star") && analysis.risky) {
				const safeOutput = analysis.safeOutput ? (token.output ? "" : ONE_CHAR) + (opts.capture ? `(${analysis.safeOutput})` : analysis.safeOutput) : void 0;
				const open = tokens[token.tokensIndex];
				open.type = "text";
				open.value = literal;
				open.output = safeOutput || utils.escapeRegex(literal);
				for (let i = token.tokensIndex + 1; i < tokens.length; i++) {
					tokens[i].value = "";
					tokens[i].output = "";
					delete tokens[i].suffix;
				}
				state.output = token.output + open.output;
				state.backtrack = true;
				push({
					type: "paren",
					extglob: true,
					value,
					output: ""
				});
				decrement("parens");
				return;
			}
			let output = token.close + (opts.capture ? ")" : "");
			let rest;
			if (token.type === "negate") {
				let extglobStar = star;
				if (token.inner && token.inner.length > 1 && token.inner.includes("/")) extglobStar = globstar(opts);
				if (extglobStar !== star || eos() || /^\)+$/.test(remaining())) output = token.close = `)$))${extglobStar}`;
				if (token.inner.includes("*") && (rest = remaining()) && /^\.[^\\/.]+$/.test(rest)) output = token.close = `)${parse(rest, {
					...options,
					fastpaths: false
				}).output})${extglobStar})`;
				if (token.prev.type === "bos") state.negatedExtglob = true;
			}
			push({
				type: "paren",
				extglob: true,
				value,
				output
			});
			decrement("parens");
		};
		/**
		* Fast paths
		*/
		if (opts.fastpaths !== false && !/(^[*!]|[/()[\]{}"])/.test(input)) {
			let backslashes = false;
			let output = input.replace(REGEX_SPECIAL_CHARS_BACKREF, (m, esc, chars, first, rest, index) => {
				if (first === "\\") {
					backslashes = true;
					return m;
				}
				if (first === "?") {
					if (esc) return esc + first + (rest ? QMARK.repeat(rest.length) : "");
					if (index === 0) return qmarkNoDot + (rest ? QMARK.repeat(rest.length) : "");
					return QMARK.repeat(chars.length);
				}
				if (first === ".") return DOT_LITERAL.repeat(chars.length);
				if (first === "*") {
					if (esc) return esc + first + (rest ? star : "");
					return star;
				}
				return esc ? m : `\\${m}`;
			});
			if (backslashes === true) {
				if (opts.unescape === true) output = output.replace(/\\/g, "");
				else output = output.replace(/\\+/g, (m) => {
					return m.length % 2 === 0 ? "\\\\" : m ? "\\" : "";
				});
			}
			if (output === input && opts.contains === true) {
				state.output = input;
				return state;
			}
			state.output = utils.wrapOutput(output, state, options);
			return state;
		}
		/**
		* Tokenize input until we reach end-of-string
		*/
		while (!eos()) {
			value = advance();
			if (value === "\0") continue;
			/**
			* Escaped characters
			*/
			if (value === "\\") {
				const next = peek();
				if (next === "/" && opts.bash !== true) continue;
				if (next === "." || next === ";") continue;
				if (!next) {
					value += "\\";
					push({
						type: "text",
						value
					});
					continue;
				}
				const match = /^\\+/.exec(remaining());
				let slashes = 0;
				if (match && match[0].length > 2) {
					slashes = match[0].length;
					state.index += slashes;
					if (slashes % 2 !== 0) value += "\\";
				}
				if (opts.unescape === true) value = advance();
				else value += advance();
				if (state.brackets === 0) {
					push({
						type: "text",
						value
					});
					continue;
				}
			}
			/**
			* If we're inside a regex character class, continue
			* until we reach the closing bracket.
			*/
			if (state.brackets > 0 && (value !== "]" || prev.value === "[" || prev.value === "[^")) {
				if (opts.posix !== false && value === ":") {
					const inner = prev.value.slice(1);
					if (inner.includes("[")) {
						prev.posix = true;
						if (inner.includes(":")) {
							const idx = prev.value.lastIndexOf("[");
							const pre = prev.value.slice(0, idx);
							const rest = prev.value.slice(idx + 2);
							const posix = POSIX_REGEX_SOURCE[rest];
							if (posix) {
								prev.value = pre + posix;
								state.backtrack = true;
								advance();
								if (!bos.output && tokens.indexOf(prev) === 1) bos.output = ONE_CHAR;
								continue;
							}
						}
					}
				}
				if (value === "[" && peek() !== ":" || value === "-" && peek() === "]") value = `\\${value}`;
				if (value === "]" && (prev.value === "[" || prev.value === "[^")) value = `\\${value}`;
				if (opts.posix === true && value === "!" && prev.value === "[") value = "^";
				prev.value += value;
				append({ value });
				continue;
			}
			/**
			* If we're inside a quoted string, continue
			* until we reach the closing double quote.
			*/
			if (state.quotes === 1 && value !== "\"") {
				value = utils.escapeRegex(value);
				prev.value += value;
				append({ value });
				continue;
			}
			/**
			* Double quotes
			*/
			if (value === "\"") {
				state.quotes = state.quotes === 1 ? 0 : 1;
				if (opts.keepQuotes === true) push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Parentheses
			*/
			if (value === "(") {
				increment("parens");
				push({
					type: "paren",
					value
				});
				continue;
			}
			if (value === ")") {
				if (state.parens === 0 && opts.strictBrackets === true) throw new SyntaxError(syntaxError("opening", "("));
				const extglob = extglobs[extglobs.length - 1];
				if (extglob && state.parens === extglob.parens + 1) {
					extglobClose(extglobs.pop());
					continue;
				}
				push({
					type: "paren",
					value,
					output: state.parens ? ")" : "\\)"
				});
				decrement("parens");
				continue;
			}
			/**
			* Square brackets
			*/
			if (value === "[") {
				if (opts.nobracket === true || !remaining().includes("]")) {
					if (opts.nobracket !== true && opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "]"));
					value = `\\${value}`;
				} else increment("brackets");
				push({
					type: "bracket",
					value
				});
				continue;
			}
			if (value === "]") {
				if (opts.nobracket === true || prev && prev.type === "bracket" && prev.value.length === 1) {
					push({
						type: "text",
						value,
						output: `\\${value}`
					});
					continue;
				}
				if (state.brackets === 0) {
					if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("opening", "["));
					push({
						type: "text",
						value,
						output: `\\${value}`
					});
					continue;
				}
				decrement("brackets");
				const prevValue = prev.value.slice(1);
				if (prev.posix !== true && prevValue[0] === "^" && !prevValue.includes("/")) value = `/${value}`;
				prev.value += value;
				append({ value });
				if (opts.literalBrackets === false || utils.hasRegexChars(prevValue)) continue;
				const escaped = utils.escapeRegex(prev.value);
				state.output = state.output.slice(0, -prev.value.length);
				if (opts.literalBrackets === true) {
					state.output += escaped;
					prev.value = escaped;
					continue;
				}
				prev.value = `(${capture}${escaped}|${prev.value})`;
				state.output += prev.value;
				continue;
			}
			/**
			* Braces
			*/
			if (value === "{" && opts.nobrace !== true) {
				increment("braces");
				const open = {
					type: "brace",
					value,
					output: "(",
					outputIndex: state.output.length,
					tokensIndex: state.tokens.length
				};
				braces.push(open);
				push(open);
				continue;
			}
			if (value === "}") {
				const brace = braces[braces.length - 1];
				if (opts.nobrace === true || !brace) {
					push({
						type: "text",
						value,
						output: value
					});
					continue;
				}
				let output = ")";
				if (brace.dots === true) {
					const arr = tokens.slice();
					const range = [];
					for (let i = arr.length - 1; i >= 0; i--) {
						tokens.pop();
						if (arr[i].type === "brace") break;
						if (arr[i].type !== "dots") range.unshift(arr[i].value);
					}
					output = expandRange(range, opts);
					state.backtrack = true;
				}
				if (brace.comma !== true && brace.dots !== true) {
					const out = state.output.slice(0, brace.outputIndex);
					const toks = state.tokens.slice(brace.tokensIndex);
					brace.value = brace.output = "\\{";
					value = output = "\\}";
					state.output = out;
					for (const t of toks) state.output += t.output || t.value;
				}
				push({
					type: "brace",
					value,
					output
				});
				decrement("braces");
				braces.pop();
				continue;
			}
			/**
			* Pipes
			*/
			if (value === "|") {
				if (extglobs.length > 0) extglobs[extglobs.length - 1].conditions++;
				push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Commas
			*/
			if (value === ",") {
				let output = value;
				const brace = braces[braces.length - 1];
				if (brace && stack[stack.length - 1] === "braces") {
					brace.comma = true;
					output = "|";
				}
				push({
					type: "comma",
					value,
					output
				});
				continue;
			}
			/**
			* Slashes
			*/
			if (value === "/") {
				if (prev.type === "dot" && state.index === state.start + 1) {
					state.start = state.index + 1;
					state.consumed = "";
					state.output = "";
					tokens.pop();
					prev = bos;
					continue;
				}
				push({
					type: "slash",
					value,
					output: SLASH_LITERAL
				});
				continue;
			}
			/**
			* Dots
			*/
			if (value === ".") {
				if (state.braces > 0 && prev.type === "dot") {
					if (prev.value === ".") prev.output = DOT_LITERAL;
					const brace = braces[braces.length - 1];
					prev.type = "dots";
					prev.output += value;
					prev.value += value;
					brace.dots = true;
					continue;
				}
				if (state.braces + state.parens === 0 && prev.type !== "bos" && prev.type !== "slash") {
					push({
						type: "text",
						value,
						output: DOT_LITERAL
					});
					continue;
				}
				push({
					type: "dot",
					value,
					output: DOT_LITERAL
				});
				continue;
			}
			/**
			* Question marks
			*/
			if (value === "?") {
				if (!(prev && prev.value === "(") && opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
					extglobOpen("qmark", value);
					continue;
				}
				if (prev && prev.type === "paren") {
					const next = peek();
					let output = value;
					if (prev.value === "(" && !/[!=<:]/.test(next) || next === "<" && !/<([!=]|\w+>)/.test(remaining())) output = `\\${value}`;
					push({
						type: "text",
						value,
						output
					});
					continue;
				}
				if (opts.dot !== true && (prev.type === "slash" || prev.type === "bos")) {
					push({
						type: "qmark",
						value,
						output: QMARK_NO_DOT
					});
					continue;
				}
				push({
					type: "qmark",
					value,
					output: QMARK
				});
				continue;
			}
			/**
			* Exclamation
			*/
			if (value === "!") {
				if (opts.noextglob !== true && peek() === "(") {
					if (peek(2) !== "?" || !/[!=<:]/.test(peek(3))) {
						extglobOpen("negate", value);
						continue;
					}
				}
				if (opts.nonegate !== true && state.index === 0) {
					negate();
					continue;
				}
			}
			/**
			* Plus
			*/
			if (value === "+") {
				if (opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
					extglobOpen("plus", value);
					continue;
				}
				if (prev && prev.value === "(" || opts.regex === false) {
					push({
						type: "plus",
						value,
						output: PLUS_LITERAL
					});
					continue;
				}
				if (prev && (prev.type === "bracket" || prev.type === "paren" || prev.type === "brace") || state.parens > 0) {
					push({
						type: "plus",
						value
					});
					continue;
				}
				push({
					type: "plus",
					value: PLUS_LITERAL
				});
				continue;
			}
			/**
			* Plain text
			*/
			if (value === "@") {
				if (opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
					push({
						type: "at",
						extglob: true,
						value,
						output: ""
					});
					continue;
				}
				push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Plain text
			*/
			if (value !== "*") {
				if (value === "$" || value === "^") value = `\\${value}`;
				const match = REGEX_NON_SPECIAL_CHARS.exec(remaining());
				if (match) {
					value += match[0];
					state.index += match[0].length;
				}
				push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Stars
			*/
			if (prev && (prev.type === "globstar" || prev.star === true)) {
				prev.type = "star";
				prev.star = true;
				prev.value += value;
				prev.output = star;
				state.backtrack = true;
				state.globstar = true;
				consume(value);
				continue;
			}
			let rest = remaining();
			if (opts.noextglob !== true && /^\([^?]/.test(rest)) {
				extglobOpen("star", value);
				continue;
			}
			if (prev.type === "star") {
				if (opts.noglobstar === true) {
					consume(value);
					continue;
				}
				const prior = prev.prev;
				const before = prior.prev;
				const isStart = prior.type === "slash" || prior.type === "bos";
				const afterStar = before && (before.type === "star" || before.type === "globstar");
				if (opts.bash === true && (!isStart || rest[0] && rest[0] !== "/")) {
					push({
						type: "star",
						value,
						output: ""
					});
					continue;
				}
				const isBrace = state.braces > 0 && (prior.type === "comma" || prior.type === "brace");
				const isExtglob = extglobs.length && (prior.type === "pipe" || prior.type === "paren");
				if (!isStart && prior.type !== "paren" && !isBrace && !isExtglob) {
					push({
						type: "star",
						value,
						output: ""
					});
					continue;
				}
				while (rest.slice(0, 3) === "/**") {
					const after = input[state.index + 4];
					if (after && after !== "/") break;
					rest = rest.slice(3);
					consume("/**", 3);
				}
				if (prior.type === "bos" && eos()) {
					prev.type = "globstar";
					prev.value += value;
					prev.output = globstar(opts);
					state.output = prev.output;
					state.globstar = true;
					consume(value);
					continue;
				}
				if (prior.type === "slash" && prior.prev.type !== "bos" && !afterStar && eos()) {
					state.output = state.output.slice(0, -(prior.output + prev.output).length);
					prior.output = `(?:${prior.output}`;
					prev.type = "globstar";
					prev.output = globstar(opts) + (opts.strictSlashes ? ")" : "|$)");
					prev.value += value;
					state.globstar = true;
					state.output += prior.output + prev.output;
					consume(value);
					continue;
				}
				if (prior.type === "slash" && prior.prev.type !== "bos" && rest[0] === "/") {
					const end = rest[1] !== void 0 ? "|$" : "";
					state.output = state.output.slice(0, -(prior.output + prev.output).length);
					prior.output = `(?:${prior.output}`;
					prev.type = "globstar";
					prev.output = `${globstar(opts)}${SLASH_LITERAL}|${SLASH_LITERAL}${end})`;
					prev.value += value;
					state.output += prior.output + prev.output;
					state.globstar = true;
					consume(value + advance());
					push({
						type: "slash",
						value: "/",
						output: ""
					});
					continue;
				}
				if (prior.type === "bos" && rest[0] === "/") {
					prev.type = "globstar";
					prev.value += value;
					prev.output = `(?:^|${SLASH_LITERAL}|${globstar(opts)}${SLASH_LITERAL})`;
					state.output = prev.output;
					state.globstar = true;
					consume(value + advance());
					push({
						type: "slash",
						value: "/",
						output: ""
					});
					continue;
				}
				state.output = state.output.slice(0, -prev.output.length);
				prev.type = "globstar";
				prev.output = globstar(opts);
				prev.value += value;
				state.output += prev.output;
				state.globstar = true;
				consume(value);
				continue;
			}
			const token = {
				type: "star",
				value,
				output: star
			};
			if (opts.bash === true) {
				token.output = ".*?";
				if (prev.type === "bos" || prev.type === "slash") token.output = nodot + token.output;
				push(token);
				continue;
			}
			if (prev && (prev.type === "bracket" || prev.type === "paren") && opts.regex === true) {
				token.output = value;
				push(token);
				continue;
			}
			if (state.index === state.start || prev.type === "slash" || prev.type === "dot") {
				if (prev.type === "dot") {
					state.output += NO_DOT_SLASH;
					prev.output += NO_DOT_SLASH;
				} else if (opts.dot === true) {
					state.output += NO_DOTS_SLASH;
					prev.output += NO_DOTS_SLASH;
				} else {
					state.output += nodot;
					prev.output += nodot;
				}
				if (peek() !== "*") {
					state.output += ONE_CHAR;
					prev.output += ONE_CHAR;
				}
			}
			push(token);
		}
		while (state.brackets > 0) {
			if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "]"));
			state.output = utils.escapeLast(state.output, "[");
			decrement("brackets");
		}
		while (state.parens > 0) {
			if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", ")"));
			state.output = utils.escapeLast(state.output, "(");
			decrement("parens");
		}
		while (state.braces > 0) {
			if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "}"));
			state.output = utils.escapeLast(state.output, "{");
			decrement("braces");
		}
		if (opts.strictSlashes !== true && (prev.type === "star" || prev.type === "bracket")) push({
			type: "maybe_slash",
			value: "",
			output: `${SLASH_LITERAL}?`
		});
		if (state.backtrack === true) {
			state.output = "";
			for (const token of state.tokens) {
				state.output += token.output != null ? token.output : token.value;
				if (token.suffix) state.output += token.suffix;
			}
		}
		return state;
	};
	/**
	* Fast paths for creating regular expressions for common glob patterns.
	* This can significantly speed up processing and has very little downside
	* impact when none of the fast paths match.
	*/
	parse.fastpaths = (input, options) => {
		const opts = { ...options };
		const max = typeof opts.maxLength === "number" ? Math.min(MAX_LENGTH, opts.maxLength) : MAX_LENGTH;
		const len = input.length;
		if (len > max) throw new SyntaxError(`Input length: ${len}, exceeds maximum allowed length: ${max}`);
		input = REPLACEMENTS[input] || input;
		const { DOT_LITERAL, SLASH_LITERAL, ONE_CHAR, DOTS_SLASH, NO_DOT, NO_DOTS, NO_DOTS_SLASH, STAR, START_ANCHOR } = constants.globChars(opts.windows);
		const nodot = opts.dot ? NO_DOTS : NO_DOT;
		const slashDot = opts.dot ? NO_DOTS_SLASH : NO_DOT;
		const capture = opts.capture ? "" : "?:";
		const state = {
			negated: false,
			prefix: ""
		};
		let star = opts.bash === true ? ".*?" : STAR;
		if (opts.capture) star = `(${star})`;
		const globstar = (opts) => {
			if (opts.noglobstar === true) return star;
			return `(${capture}(?:(?!${START_ANCHOR}${opts.dot ? DOTS_SLASH : DOT_LITERAL}).)*?)`;
		};
		const create = (str) => {
			switch (str) {
				case "*": return `${nodot}${ONE_CHAR}${star}`;
				case ".*": return `${DOT_LITERAL}${ONE_CHAR}${star}`;
				case "*.*": return `${nodot}${star}${DOT_LITERAL}${ONE_CHAR}${star}`;
				case "*/*": return `${nodot}${star}${SLASH_LITERAL}${ONE_CHAR}${slashDot}${star}`;
				case "**": return nodot + globstar(opts);
				case "**/*": return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${slashDot}${ONE_CHAR}${star}`;
				case "**/*.*": return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${slashDot}${star}${DOT_LITERAL}${ONE_CHAR}${star}`;
				case "**/.*": return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${DOT_LITERAL}${ONE_CHAR}${star}`;
				default: {
					const match = /^(.*?)\.(\w+)$/.exec(str);
					if (!match) return;
					const source = create(match[1]);
					if (!source) return;
					return source + DOT_LITERAL + match[2];
				}
			}
		};
		let source = create(utils.removePrefix(input, state));
		if (source && opts.strictSlashes !== true) source += `${SLASH_LITERAL}?`;
		return source;
	};
	module.exports = parse;
}));

// node_modules/picomatch/lib/picomatch.js
var require_picomatch$1 = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const scan = require_scan();
	const parse = require_parse();
	const utils = require_utils();
	const constants = require_constants();
	const isObject = (val) => val && typeof val === "object" && !Array.isArray(val);
	/**
	* Creates a matcher function from one or more glob patterns. The
	* returned function takes a string to match as its first argument,
	* and returns true if the string is a match. The returned matcher
	* function also takes a boolean as the second argument that, when true,
	* returns an object with additional information.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch(glob[, options]);
	*
	* const isMatch = picomatch('*.!(*a)');
	* console.log(isMatch('a.a')); //=> false
	* console.log(isMatch('a.b')); //=> true
	* ```
	* @name picomatch
	* @param {String|Array} `globs` One or more glob patterns.
	* @param {Object=} `options`
	* @return {Function=} Returns a matcher function.
	* @api public
	*/
	const picomatch = (glob, options, returnState = false) => {
		if (Array.isArray(glob)) {
			const fns = glob.map((input) => picomatch(input, options, returnState));
			const arrayMatcher = (str) => {
				for (const isMatch of fns) {
					const state = isMatch(str);
					if (state) return state;
				}
				return false;
			};
			return arrayMatcher;
		}
		const isState = isObject(glob) && glob.tokens && glob.input;
		if (glob === "" || typeof glob !== "string" && !isState) throw new TypeError("Expected pattern to be a non-empty string");
		const opts = options || {};
		const posix = opts.windows;
		const regex = isState ? picomatch.compileRe(glob, options) : picomatch.makeRe(glob, options, false, true);
		const state = regex.state;
		delete regex.state;
		let isIgnored = () => false;
		if (opts.ignore) {
			const ignoreOpts = {
				...options,
				ignore: null,
				onMatch: null,
				onResult: null
			};
			isIgnored = picomatch(opts.ignore, ignoreOpts, returnState);
		}
		const matcher = (input, returnObject = false) => {
			const { isMatch, match, output } = picomatch.test(input, regex, options, {
				glob,
				posix
			});
			const result = {
				glob,
				state,
				regex,
				posix,
				input,
				output,
				match,
				isMatch
			};
			if (typeof opts.onResult === "function") opts.onResult(result);
			if (isMatch === false) {
				result.isMatch = false;
				return returnObject ? result : false;
			}
			if (isIgnored(input)) {
				if (typeof opts.onIgnore === "function") opts.onIgnore(result);
				result.isMatch = false;
				return returnObject ? result : false;
			}
			if (typeof opts.onMatch === "function") opts.onMatch(result);
			return returnObject ? result : true;
		};
		if (returnState) matcher.state = state;
		return matcher;
	};
	/**
	* Test `input` with the given `regex`. This is used by the main
	* `picomatch()` function to test the input string.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.test(input, regex[, options]);
	*
	* console.log(picomatch.test('foo/bar', /^(?:([^/]*?)\/([^/]*?))$/));
	* // { isMatch: true, match: [ 'foo/', 'foo', 'bar' ], output: 'foo/bar' }
	* ```
	* @param {String} `input` String to test.
	* @param {RegExp} `regex`
	* @return {Object} Returns an object with matching info.
	* @api public
	*/
	picomatch.test = (input, regex, options, { glob, posix } = {}) => {
		if (typeof input !== "string") throw new TypeError("Expected input to be a string");
		if (input === "") return {
			isMatch: false,
			output: ""
		};
		const opts = options || {};
		const format = opts.format || (posix ? utils.toPosixSlashes : null);
		let match = input === glob;
		let output = match && format ? format(input) : input;
		if (match === false) {
			output = format ? format(input) : input;
			match = output === glob;
		}
		if (match === false || opts.capture === true) {
			if (opts.matchBase === true || opts.basename === true) match = picomatch.matchBase(input, regex, options, posix);
			else match = regex.exec(output);
		}
		return {
			isMatch: Boolean(match),
			match,
			output
		};
	};
	/**
	* Match the basename of a filepath.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.matchBase(input, glob[, options]);
	* console.log(picomatch.matchBase('foo/bar.js', '*.js'); // true
	* ```
	* @param {String} `input` String to test.
	* @param {RegExp|String} `glob` Glob pattern or regex created by [.makeRe](#makeRe).
	* @return {Boolean}
	* @api public
	*/
	picomatch.matchBase = (input, glob, options) => {
		return (glob instanceof RegExp ? glob : picomatch.makeRe(glob, options)).test(utils.basename(input));
	};
	/**
	* Returns true if **any** of the given glob `patterns` match the specified `string`.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.isMatch(string, patterns[, options]);
	*
	* console.log(picomatch.isMatch('a.a', ['b.*', '*.a'])); //=> true
	* console.log(picomatch.isMatch('a.a', 'b.*')); //=> false
	* ```
	* @param {String|Array} str The string to test.
	* @param {String|Array} patterns One or more glob patterns to use for matching.
	* @param {Object} [options] See available [options](#options).
	* @return {Boolean} Returns true if any patterns match `str`
	* @api public
	*/
	picomatch.isMatch = (str, patterns, options) => picomatch(patterns, options)(str);
	/**
	* Parse a glob pattern to create the source string for a regular
	* expression.
	*
	* ```js
	* const picomatch = require('picomatch');
	* const result = picomatch.parse(pattern[, options]);
	* ```
	* @param {String} `pattern`
	* @param {Object} `options`
	* @return {Object} Returns an object with useful properties and output to be used as a regex source string.
	* @api public
	*/
	picomatch.parse = (pattern, options) => {
		if (Array.isArray(pattern)) return pattern.map((p) => picomatch.parse(p, options));
		return parse(pattern, {
			...options,
			fastpaths: false
		});
	};
	/**
	* Scan a glob pattern to separate the pattern into segments.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.scan(input[, options]);
	*
	* const result = picomatch.scan('!./foo/*.js');
	* console.log(result);
	* { prefix: '!./',
	*   input: '!./foo/*.js',
	*   start: 3,
	*   base: 'foo',
	*   glob: '*.js',
	*   isBrace: false,
	*   isBracket: false,
	*   isGlob: true,
	*   isExtglob: false,
	*   isGlobstar: false,
	*   negated: true }
	* ```
	* @param {String} `input` Glob pattern to scan.
	* @param {Object} `options`
	* @return {Object} Returns an object with
	* @api public
	*/
	picomatch.scan = (input, options) => scan(input, options);
	/**
	* Compile a regular expression from the `state` object returned by the
	* [parse()](#parse) method.
	*
	* ```js
	* const picomatch = require('picomatch');
	* const state = picomatch.parse('*.js');
	* // picomatch.compileRe(state[, options]);
	*
	* console.log(picomatch.compileRe(state));
	* //=> /^(?:(?!\.)(?=.)[^/]*?\.js)$/
	* ```
	* @param {Object} `state`
	* @param {Object} `options`
	* @param {Boolean} `returnOutput` Intended for implementors, this argument allows you to return the raw output from the parser.
	* @param {Boolean} `returnState` Adds the state to a `state` property on the returned regex. Useful for implementors and debugging.
	* @return {RegExp}
	* @api public
	*/
	picomatch.compileRe = (state, options, returnOutput = false, returnState = false) => {
		if (returnOutput === true) return state.output;
		const opts = options || {};
		const prepend = opts.contains ? "" : "^";
		const append = opts.contains ? "" : "$";
		let source = `${prepend}(?:${state.output})${append}`;
		if (state && state.negated === true) source = `^(?!${source}).*$`;
		const regex = picomatch.toRegex(source, options);
		if (returnState === true) regex.state = state;
		return regex;
	};
	/**
	* Create a regular expression from a parsed glob pattern.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.makeRe(state[, options]);
	*
	* const result = picomatch.makeRe('*.js');
	* console.log(result);
	* //=> /^(?:(?!\.)(?=.)[^/]*?\.js)$/
	* ```
	* @param {String} `state` The object returned from the `.parse` method.
	* @param {Object} `options`
	* @param {Boolean} `returnOutput` Implementors may use this argument to return the compiled output, instead of a regular expression. This is not exposed on the options to prevent end-users from mutating the result.
	* @param {Boolean} `returnState` Implementors may use this argument to return the state from the parsed glob with the returned regular expression.
	* @return {RegExp} Returns a regex created from the given pattern.
	* @api public
	*/
	picomatch.makeRe = (input, options = {}, returnOutput = false, returnState = false) => {
		if (!input || typeof input !== "string") throw new TypeError("Expected a non-empty string");
		let parsed = {
			negated: false,
			fastpaths: true
		};
		if (options.fastpaths !== false && (input[0] === "." || input[0] === "*")) parsed.output = parse.fastpaths(input, options);
		if (!parsed.output) parsed = parse(input, options);
		return picomatch.compileRe(parsed, options, returnOutput, returnState);
	};
	/**
	* Create a regular expression from the given regex source string.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.toRegex(source[, options]);
	*
	* const { output } = picomatch.parse('*.js');
	* console.log(picomatch.toRegex(output));
	* //=> /^(?:(?!\.)(?=.)[^/]*?\.js)$/
	* ```
	* @param {String} `source` Regular expression source string.
	* @param {Object} `options`
	* @return {RegExp}
	* @api public
	*/
	picomatch.toRegex = (source, options) => {
		try {
			const opts = options || {};
			return new RegExp(source, opts.flags || (opts.nocase ? "i" : ""));
		} catch (err) {
			if (options && options.debug === true) throw err;
			return /$^/;
		}
	};
	/**
	* Picomatch constants.
	* @return {Object}
	*/
	picomatch.constants = constants;
	/**
	* Expose "picomatch"
	*/
	module.exports = picomatch;
}));

// node_modules/picomatch/index.js
var require_picomatch = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const pico = require_picomatch$1();
	const utils = require_utils();
	function picomatch(glob, options, returnState = false) {
		if (options && (options.windows === null || options.windows === void 0)) options = {
			...options,
			windows: utils.isWindows()
		};
		return pico(glob, options, returnState);
	}
	Object.assign(picomatch, pico);
	module.exports = picomatch;
}));

// src/core/measure/selection.ts
var import_picomatch = /* @__PURE__ */ __toESM(require_picomatch(), 1);
/** The source files that count. Totals of a whole report cannot be divided, so they count as a whole. */
function selectFiles(files, selection) {
	if (selection.include.length === 0 && selection.exclude.length === 0) return files;
	const selected = isSelected(selection);
	return new Map([...files].filter(([, { path }]) => selected(path)));
}
/** Whether the source file of a path in the repository counts. */
function isSelected({ include, exclude }) {
	const options = {
		dot: true,
		noextglob: true,
		nonegate: true,
		windows: false
	};
	const included = include.length === 0 ? () => true : (0, import_picomatch.default)([...include], options);
	const excluded = exclude.length === 0 ? () => false : (0, import_picomatch.default)([...exclude], options);
	return (path) => included(path) && !excluded(path);
}

// src/core/measure/diff.ts
/** Whether a verdict depends on the changed lines. */
function judgesChanges({ phases }) {
	return phases.some(({ rules }) => rules.some(({ kpi }) => unscoped(kpi) === "coverage.diff"));
}
/** The coverage of the changed lines, as far as this run has changes and coverage. */
function measureDiff(changes, files, selection) {
	if (changes.kind !== "known") {
		const { kind, reason } = changes;
		return kind === "none" ? {
			diff: {
				kind: "incomparable",
				reason
			},
			problems: []
		} : {
			diff: null,
			reason,
			problems: []
		};
	}
	if (files === null) return {
		diff: null,
		problems: []
	};
	if (![...files.values()].some(executableLines)) return {
		diff: null,
		reason: "the coverage reports give totals and no lines",
		problems: []
	};
	return lookUp(changes, files, selection);
}
/**
* Looks the changed lines up in the coverage of all report files. What is not known counts against the change:
* of a file whose changed lines are not known every uncovered line counts as changed, and no covered one; a changed file
* that no report knows counts with every line that is not blank, if `include` covers it.
*/
function lookUp(changes, files, selection) {
	const selected = isSelected(selection);
	const kinds = new Set([...files.values()].map(({ path }) => extension(path)));
	const ranges = [];
	const [unknown, unmeasured, unlisted] = [
		[],
		[],
		[]
	];
	let [covered, total] = [0, 0];
	const uncovered = (file, lines) => {
		total += lines.length;
		ranges.push(...joined(file, lines));
	};
	for (const file of changes.files.toSorted((a, b) => textOrder(a.path, b.path))) {
		const { path, lines } = file;
		const known = files.get(path);
		const ranAt = known && executableLines(known);
		if (known && ranAt) {
			if (lines === null) unknown.push(path);
			covered += lines?.filter((line) => ranAt(line) === true).length ?? 0;
			uncovered(path, lines === null ? uncoveredLines(known, ranAt) : lines.filter((line) => ranAt(line) === false));
		} else if (known || selection.include.length > 0 && selected(path)) {
			unmeasured.push(path);
			total += file.written;
			ranges.push(...joined(path, lines ?? []));
		} else if (selection.include.length === 0 && selected(path) && kinds.has(extension(path))) unlisted.push(path);
	}
	total += covered;
	return {
		diff: {
			kind: "changed",
			since: changes.since,
			covered,
			total,
			uncovered: ranges
		},
		problems: [
			...told$1("warning", unmeasured, "changed, but no coverage report knows its lines; all of them count as uncovered", measureHint),
			...told$1("warning", unknown, "changed in lines that are not known; all its uncovered lines count as changed", unknownHint),
			...told$1("note", unlisted, "changed, but stands in no coverage report, so its lines do not count", listHint$1)
		]
	};
}
const measureHint = "Let the tool report source files that no test loads (such as `--all`, `source =` or `collectCoverageFrom`), or list it under coverage: exclude.";
const unknownHint = "Check out with `fetch-depth: 0`, so that git can tell the lines.";
const listHint$1 = "Name your source files under coverage: include, and such a file counts as uncovered.";
/** One problem for all files it is true of. */
function told$1(severity, paths, what, hint) {
	const [first] = paths;
	if (first === void 0) return [];
	return [{
		code: "unmeasured-change",
		severity,
		message: `${what}${paths.length > 1 ? ` (and ${paths.length - 1} more: ${paths.slice(1, 4).join(", ")}${paths.length > 4 ? ", ..." : ""})` : ""}`,
		at: { file: first },
		hint
	}];
}
/** Lines in order as ranges of neighbours. */
function joined(file, lines) {
	const ranges = [];
	for (const line of lines) {
		const last = ranges.at(-1);
		if (last && line === last.to + 1) last.to = line;
		else ranges.push({
			file,
			from: line,
			to: line
		});
	}
	return ranges;
}
function extension(path) {
	return /\.[^./]+$/.exec(path)?.[0] ?? path;
}

// src/core/measure/folders.ts
/** Whether a glob matches the path of a folder. */
function folderMatcher(glob) {
	return (0, import_picomatch.default)(glob.replace(/^\.\//, "").replace(/\/+$/, ""), {
		dot: true,
		noextglob: true,
		nonegate: true,
		windows: false
	});
}
/**
* Every folder that a glob matches, in the order of their names, each with the source files below it. Folders of
* source files in coverage reports count; with globs under `include` also those of tracked files that these cover,
* so that a folder that has lost its coverage is not lost from sight.
*/
function foldersOf(glob, files, tracked, selection) {
	const matches = folderMatcher(glob);
	const known = /* @__PURE__ */ new Map();
	const found = /* @__PURE__ */ new Map();
	const folders = (path) => {
		const above = [];
		if (path.startsWith("(all of ")) return above;
		for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
			const folder = path.slice(0, end);
			const fits = known.get(folder) ?? matches(folder);
			known.set(folder, fits);
			if (fits) above.push(folder);
		}
		return above;
	};
	const below = (folder) => {
		const there = found.get(folder) ?? /* @__PURE__ */ new Map();
		found.set(folder, there);
		return there;
	};
	for (const [key, file] of files) for (const folder of folders(file.path)) below(folder).set(key, file);
	if (selection.include.length > 0) {
		const selected = isSelected(selection);
		for (const path of tracked) if (selected(path)) for (const folder of folders(path)) below(folder);
	}
	return [...found].sort(([a], [b]) => textOrder(a, b)).map(([path, inside]) => ({
		path,
		files: inside
	}));
}

// src/core/measure/idle.ts
/** Says of the first source of tests that has files but in which nothing was executed: empty is never green. */
function idleSource(sources) {
	for (const { family, files, glob } of sources) {
		if (family !== "tests" || files.length === 0) continue;
		const counts = files.flatMap(({ facts }) => facts?.kind === "tests" ? [facts.tests.counts] : []);
		if (counts.some(({ passed, failed, errored }) => passed + failed + errored > 0)) continue;
		const skipped = counts.reduce((sum, count) => sum + count.skipped, 0);
		if (skipped === 0) return `0 tests in ${glob}`;
		return skipped === 1 ? `the only test in ${glob} was skipped` : `all ${skipped} tests in ${glob} were skipped`;
	}
}
/** The tests of a source in which nothing was executed: only how many there are is known of them. */
function unexecuted(tests) {
	return {
		...tests,
		counts: {
			...tests.counts,
			passed: 0,
			failed: 0,
			errored: 0,
			flaky: 0
		}
	};
}

// src/core/measure/scopes.ts
/** Most folders that one rule is expanded to; a glob that matches more is too wide to be read by anyone. */
const maxFolders = 200;
/** Measures every KPI of tests for every group, and those of coverage for the folders that rules are about. */
function measureScopes({ config, evidence, kpis, tests, files, past, changes }) {
	const compared = past ? { past } : {};
	const measurements = /* @__PURE__ */ new Map();
	const incomparable = /* @__PURE__ */ new Map();
	const scopes = /* @__PURE__ */ new Map();
	const reasons = /* @__PURE__ */ new Map();
	const add = (kpi, facts) => {
		const value = kpis[unscoped(kpi)]?.measure?.(facts);
		if (value?.kind === "incomparable") incomparable.set(kpi, value.reason);
		else if (value !== void 0) measurements.set(kpi, value);
		return value !== void 0;
	};
	for (const [name, group] of config.groups) {
		const idle = idleSource(sourcesOf$1(evidence.sources, name, group));
		const own = tests?.groups?.get(name);
		for (const kpi of Object.keys(kpis).filter((kpi) => kpi.startsWith("tests."))) {
			const scoped = `${kpi}@${name}`;
			if (kpi === "tests.fixed") {
				reasons.set(scoped, "recorded runs do not know groups, so it cannot be told what was fixed in one");
				continue;
			}
			if (own) add(scoped, {
				...noFacts,
				...compared,
				tests: idle === void 0 ? own : unexecuted(own)
			});
			if (tests) reasons.set(scoped, idle ?? (own ? idleGroup(name, own) : emptyGroup(name, group)));
		}
	}
	for (const kpi of new Set(config.phases.flatMap(({ rules }) => rules.map((rule) => rule.kpi)))) {
		const glob = scopeOf(kpi);
		if (glob === void 0) continue;
		if (kpi.startsWith("tests.") && !config.groups.has(glob)) reasons.set(kpi, undefinedGroup(glob));
		if (!kpi.startsWith("coverage.") || !files) continue;
		const folders = foldersOf(glob, files, evidence.tracked ?? [], config.coverage);
		if (folders.length === 0) reasons.set(kpi, `no source file in the coverage reports lies below ${glob}`);
		if (folders.length > 200) {
			reasons.set(kpi, `${glob} matches ${folders.length} folders, more than the limit of ${200}`);
			continue;
		}
		for (const { path, files } of folders) {
			const scoped = `${unscoped(kpi)}@${path}`;
			const { diff, reason } = measureDiff(below(path, changes), files, config.coverage);
			if (!add(scoped, {
				...noFacts,
				coverage: sumCoverage(files),
				diff
			})) reasons.set(scoped, reason ?? emptyFolder(path));
		}
		scopes.set(kpi, folders.map(({ path }) => `${unscoped(kpi)}@${path}`));
	}
	return {
		measurements,
		incomparable,
		scopes,
		reasons
	};
}
/** Changes of files below a folder. */
function below(folder, changes) {
	if (changes.kind !== "known") return changes;
	return {
		...changes,
		files: changes.files.filter(({ path }) => path.startsWith(`${folder}/`))
	};
}
/** Sources that may hold tests of a group: with globs all of them, else those that name it. */
function sourcesOf$1(sources, name, group) {
	return group.tests.length > 0 ? sources : sources.filter((source) => source.group === name);
}
function emptyGroup(name, { tests }) {
	return tests.length > 0 ? `no test belongs to the group ${name} (${tests.join(", ")})` : `the files of the group ${name} hold no test`;
}
function idleGroup(name, { counts }) {
	return counts.total === counts.skipped ? `every test of the group ${name} was skipped` : `the tests of the group ${name} do not hold it`;
}
function emptyFolder(path) {
	return `the coverage reports hold nothing of it for ${path}; if that is right, list it under coverage: exclude`;
}
function undefinedGroup(name) {
	return `no group is called ${name}; define it: groups: { ${name}: { tests: ["checkout.*"] } }`;
}

// src/core/measure/security.ts
const fewer = ["fewer vulnerability", "fewer vulnerabilities"];
/** KPIs of vulnerabilities and other findings about security. */
const securityKpis = {
	"security.critical": bySeverity("critical", "Critical vulnerabilities", "CVSS from 9.0."),
	"security.high": bySeverity("high", "High vulnerabilities", "CVSS from 7.0, or level error in SARIF."),
	"security.medium": bySeverity("medium", "Medium vulnerabilities", "CVSS from 4.0, or level warning in SARIF."),
	"security.low": bySeverity("low", "Low vulnerabilities", "CVSS below 4.0, or level note in SARIF."),
	"security.total": {
		label: "Vulnerabilities",
		unit: "count",
		better: "lower",
		definition: "Findings about security of all tools, also those without a severity; each vulnerability once.",
		step: fewer,
		measure: ({ security }) => amount$2(security?.length)
	}
};
function bySeverity(severity, label, scale) {
	return {
		label,
		unit: "count",
		better: "lower",
		definition: `Findings about security of severity ${severity}: ${scale}`,
		step: fewer,
		measure: ({ security }) => security === null || unrated(security) > 0 ? void 0 : amount$2(security.filter((finding) => finding.severity === severity).length)
	};
}
/** How many findings have no severity: with one of them, no number of a severity is sure. */
function unrated(findings) {
	return findings.filter(({ severity }) => severity === void 0).length;
}
/** Order of findings, worst first and by place, whatever the order of files. */
function rank(severity) {
	return severity === void 0 ? severities$3.length : severities$3.indexOf(severity);
}

// src/core/model/test-identity.ts
/** Longest identity, in characters. */
const maxIdentity = 500;
/**
* What a test is known by from run to run: the suites around it, its class and its name. Neither its place in the source
* nor its report file, because both change while the test stays the same.
*/
function testIdentity({ suite, className, name }) {
	return [
		...suite,
		className,
		name
	].join(" > ").slice(0, 500);
}
/** How often each identity occurs: a suite may run one test several times. */
function countIdentities(identities) {
	const counts = /* @__PURE__ */ new Map();
	for (const identity of identities) counts.set(identity, (counts.get(identity) ?? 0) + 1);
	return counts;
}

// src/core/measure/failures-since.ts
/** Compares failing tests with those of the baseline, by what a test is known by. */
function failuresSince(tests, past) {
	const then = testsOfBaseline(past);
	if ("kind" in then) return then;
	const before = countIdentities(then.failing.map(({ test }) => test));
	const now = countIdentities(tests.failing.map(testIdentity));
	const unnamed = tests.counts.failed + tests.counts.errored - tests.failing.length;
	return {
		fresh: surplus$1(now, before) + Math.max(0, unnamed),
		fixed: Math.max(0, surplus$1(before, now) - Math.max(0, unnamed))
	};
}
function testsOfBaseline(past) {
	const no = (reason) => ({
		kind: "incomparable",
		reason
	});
	if (!past) return no("no history was given");
	if ("none" in past.baseline) return no(past.baseline.none);
	return past.baseline.record.tests ?? no("the baseline has no tests");
}
/** How many of `a` are not in `b`, each as often as it occurs. */
function surplus$1(a, b) {
	let sum = 0;
	for (const [identity, count] of a) sum += Math.max(0, count - (b.get(identity) ?? 0));
	return sum;
}

// src/core/measure/tests.ts
const fewerFailing = ["fewer failing test", "fewer failing tests"];
/** KPIs of test reports. With nothing executed only total, skipped and duration exist. */
const testKpis = {
	"tests.pass_rate": {
		label: "Test pass rate",
		unit: "%",
		better: "higher",
		definition: "Passed tests of executed tests (passed + failed + errored); skipped tests are left out.",
		step: ["more passing test", "more passing tests"],
		measure: ({ tests }) => tests ? ratio(tests.counts.passed, executed(tests.counts)) : void 0
	},
	"tests.error_rate": {
		label: "Test error rate",
		unit: "%",
		better: "lower",
		definition: "Failed and errored tests of executed tests.",
		step: fewerFailing,
		measure: ({ tests }) => tests ? ratio(tests.counts.failed + tests.counts.errored, executed(tests.counts)) : void 0
	},
	"tests.total": {
		label: "Tests",
		unit: "count",
		better: "higher",
		definition: "Test cases found, skipped ones included.",
		step: ["more test", "more tests"],
		measure: ({ tests }) => amount$2(tests?.counts.total)
	},
	"tests.passed": {
		label: "Passed tests",
		unit: "count",
		better: "higher",
		definition: "Test cases that passed, flaky ones included.",
		step: ["more passing test", "more passing tests"],
		measure: ({ tests }) => ifExecuted(tests, ({ passed }) => passed)
	},
	"tests.failed": {
		label: "Failed tests",
		unit: "count",
		better: "lower",
		definition: "Test cases with a failure: an assertion that did not hold.",
		step: ["fewer failed test", "fewer failed tests"],
		measure: ({ tests }) => ifExecuted(tests, ({ failed }) => failed)
	},
	"tests.errored": {
		label: "Errored tests",
		unit: "count",
		better: "lower",
		definition: "Test cases with an error: something broke before or beside the assertions, such as a set-up.",
		step: ["fewer errored test", "fewer errored tests"],
		measure: ({ tests }) => ifExecuted(tests, ({ errored }) => errored)
	},
	"tests.skipped": {
		label: "Skipped tests",
		unit: "count",
		better: "lower",
		definition: "Test cases that were not executed: skipped, disabled, ignored, not run.",
		step: ["fewer skipped test", "fewer skipped tests"],
		measure: ({ tests }) => amount$2(tests?.counts.skipped)
	},
	"tests.flaky": {
		label: "Flaky tests",
		unit: "count",
		better: "lower",
		definition: "Test cases that passed only after a failed attempt, as their report file tells.",
		step: ["fewer flaky test", "fewer flaky tests"],
		measure: ({ tests }) => ifExecuted(tests, ({ flaky }) => flaky)
	},
	"tests.new_failures": {
		label: "New failures",
		unit: "count",
		better: "lower",
		definition: "Failing tests that did not fail in the baseline, known by suites, class and name.",
		step: ["fewer new failure", "fewer new failures"],
		looksBack: true,
		measure: (facts) => since(facts, ({ fresh }) => fresh)
	},
	"tests.fixed": {
		label: "Fixed tests",
		unit: "count",
		better: "higher",
		definition: "Tests that failed in the baseline and do not fail any more; one that was removed counts, too.",
		step: ["more fixed test", "more fixed tests"],
		looksBack: true,
		measure: (facts) => since(facts, ({ fixed }) => fixed)
	},
	"tests.duration": {
		label: "Test duration",
		unit: "ms",
		better: "lower",
		definition: "Sum of the times of all test cases; a case without a time counts 0.",
		step: ["less", "less"],
		measure: ({ tests }) => amount$2(tests ? milliseconds$1(tests.seconds) : void 0)
	},
	"tests.slowest": {
		label: "Slowest test",
		unit: "ms",
		better: "lower",
		definition: "Time of the slowest test case.",
		step: ["less", "less"],
		measure: ({ tests }) => {
			const slowest = tests && executed(tests.counts) > 0 ? tests.slowest[0] : void 0;
			return amount$2(slowest && milliseconds$1(slowest.seconds));
		}
	}
};
function executed({ passed, failed, errored }) {
	return passed + failed + errored;
}
function since({ tests, past }, count) {
	if (!tests || executed(tests.counts) === 0) return void 0;
	const changes = failuresSince(tests, past);
	return "kind" in changes ? changes : amount$2(count(changes));
}
function ifExecuted(tests, count) {
	return tests && executed(tests.counts) > 0 ? amount$2(count(tests.counts)) : void 0;
}
/** To a thousandth of a millisecond, which is finer than any tool measures, and free of the noise of adding. */
function milliseconds$1(seconds) {
	return Math.round(seconds * 1e6) / 1e3;
}

// src/core/measure/same-findings.ts
/**
* Unites findings that share an identifier, directly or through others: several tools tell of one vulnerability, and one
* tool tells of it for every package that has it. The worst severity counts. Findings without an identifier stay as they
* are.
*/
function distinct$1(all) {
	/** By identifier the place in `groups` of those that share it; united ones point to each other. */
	const byId = /* @__PURE__ */ new Map();
	const parent = all.map((_, i) => i);
	const root = (i) => {
		let at = i;
		while (parent[at] !== at) {
			parent[at] = parent[parent[at]];
			at = parent[at];
		}
		return at;
	};
	for (const [i, { ids }] of all.entries()) for (const id of ids) {
		const known = byId.get(id);
		if (known === void 0) byId.set(id, i);
		else parent[root(i)] = root(known);
	}
	const groups = /* @__PURE__ */ new Map();
	for (const [i, finding] of all.entries()) {
		const group = groups.get(root(i));
		if (group) group.push(finding);
		else groups.set(root(i), [finding]);
	}
	const united = [...groups.values()];
	return {
		findings: united.map((group) => ({
			...group[0],
			...worst(group)
		})),
		repeated: united.filter((group) => group.length > 1).length
	};
}
function worst(group) {
	const severity = severities$3.find((one) => group.some((finding) => finding.severity === one));
	return severity === void 0 ? {} : { severity };
}

// src/core/measure/soundness.ts
/** Why a family with an error has no number. */
const incomplete = "incomplete evidence, see the problems";
/** Whether no file of a family has an error: part of the evidence would give a number that looks like the whole. */
function isSound(family, { sources }) {
	return !sources.some((source) => isOf(source, family) && isUnsound(source));
}
/** One sentence that says why nothing of a family was measured. */
function whyMissing(family, evidence) {
	if (!isSound(family, evidence)) return incomplete;
	const sources = evidence.sources.filter((source) => source.family === family);
	const files = sources.flatMap((source) => source.files);
	const globs = sources.map(({ glob }) => glob).join(", ");
	if (sources.length === 0) return evidence.sources.some((source) => source.family === "facts") ? `the facts files hold no ${family} files` : `no ${family} files are named under sources`;
	if (files.length === 0) return `no file matched ${globs}`;
	const [idle] = files.filter(({ facts }) => facts?.kind === "load" && facts.load.requests === 0).sort((a, b) => textOrder(a.path, b.path));
	if (idle) return `0 requests in ${idle.path}`;
	if (family === "load" && files.length > 1) return `not every file of ${globs} holds it`;
	return `the files of ${globs} do not hold it`;
}
/** What a facts file that cannot be read would have held nobody knows, so it belongs to every family. */
function isOf(source, family) {
	return source.family === family || source.family === "facts";
}
function isUnsound({ problems, files }) {
	return problems.some(isError) || files.some((file) => file.problems.some(isError));
}

// src/core/measure/findings.ts
/**
* Findings under `security` or `debt`. A file of both kinds is divided: what it tells to be about security is no debt,
* and the rest is no vulnerability; where it does not tell, the key that names it decides.
*/
function uniteFindings(family, evidence) {
	const files = evidence.sources.filter((source) => source.family === family).flatMap(({ files }) => files);
	if (files.length === 0 || !isSound(family, evidence)) return {
		findings: null,
		problems: []
	};
	const all = [];
	for (const { path, facts } of files) {
		if (facts?.kind !== "findings") continue;
		if (!facts.findings.looked) return {
			findings: null,
			reason: `nothing was scanned, says ${path}`,
			problems: []
		};
		const other = family === "debt";
		for (const finding of facts.findings.findings) if (finding.security !== other) all.push(finding);
	}
	if (family === "debt") return {
		findings: all.toSorted(byRank),
		problems: []
	};
	const { findings, repeated } = distinct$1(all);
	const bare = unrated(findings);
	return {
		findings: findings.toSorted(byRank),
		...bare > 0 ? { reason: noSeverity(bare) } : {},
		problems: repeated > 0 ? [countedOnce(repeated)] : []
	};
}
function noSeverity(count) {
	return `${count === 1 ? "1 finding has" : `${count} findings have`} no severity, so none can be counted by it; limit security.total`;
}
function countedOnce(repeated) {
	return {
		code: "same-finding",
		severity: "note",
		message: `${repeated} ${repeated === 1 ? "vulnerability is" : "vulnerabilities are"} told several times and counted once`
	};
}
function byRank(a, b) {
	return rank(a.severity) - rank(b.severity) || textOrder(placeOf$1(a), placeOf$1(b));
}
function placeOf$1({ at, tool, rule, message }) {
	return [
		at?.file ?? "",
		String(at?.line ?? 0).padStart(9, "0"),
		tool,
		rule,
		message
	].join("\0");
}

// src/core/measure/name-glob.ts
/**
* Whether a glob fits a name of a test: `*` stands for any characters, `?` for one. Names hold dots, slashes and
* spaces of every meaning, so none of them ends a `*`. Takes time by the product of both lengths at the worst.
*/
function fitsName(glob, name) {
	let [g, n] = [0, 0];
	/** The last star, and where in the name it was tried to end. */
	let [star, ending] = [-1, 0];
	while (n < name.length) if (glob[g] === "*") {
		star = g++;
		ending = n;
	} else if (g < glob.length && (glob[g] === "?" || glob[g] === name[n])) {
		g++;
		n++;
	} else if (star !== -1) {
		g = star + 1;
		n = ++ending;
	} else return false;
	while (glob[g] === "*") g++;
	return g === glob.length;
}

// src/core/measure/groups.ts
/**
* Tells which groups a test belongs to by the globs of the groups; undefined where groups have none, so that nothing
* need be asked. A glob is held against the class, against class and name with a dot between them, and against the
* file, seen from `root`. Where a format knows no class, the names of the suites stand for it.
*/
function groupsByGlob(groups, root) {
	const asking = [...groups].filter(([, { tests }]) => tests.length > 0);
	if (asking.length === 0) return void 0;
	const matchers = asking.map(([name, { tests }]) => ({
		name,
		tests,
		ofClass: fileMatcher(tests, root),
		ofFile: fileMatcher(tests, root)
	}));
	return (test) => {
		const owner = classOf(test);
		const whole = owner === "" ? test.name : `${owner}.${test.name}`;
		const fits = ({ tests, ofClass, ofFile }) => tests.some((glob) => fitsName(glob, whole) || fitsName(glob, owner)) || ofClass(owner) || test.at !== void 0 && ofFile(test.at.file);
		return matchers.filter(fits).map(({ name }) => name);
	};
}
function classOf({ className, suite }) {
	return className === "" ? suite.join(".") : className;
}
/** Tests of one file mostly stand together, so the last answer is mostly the next one. */
function fileMatcher(globs, root) {
	const matches = (0, import_picomatch.default)([...globs], {
		dot: true,
		noextglob: true,
		nonegate: true,
		windows: false
	});
	let last;
	return (file) => {
		if (last?.file === file) return last.fits;
		const path = file.replaceAll("\\", "/").replace(/^\.\//, "");
		const fits = path !== "" && matches(path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path);
		last = {
			file,
			fits
		};
		return fits;
	};
}
/** Facts of which all tests belong to a group, besides those it has already. */
function inGroup(facts, group) {
	if (group === void 0) return facts;
	const { groups, ...whole } = facts;
	return {
		...whole,
		groups: new Map([...groups ?? [], [group, whole]])
	};
}

// src/core/measure/merge-coverage.ts
/**
* Unites coverage of many report files: a line is known if one knows it, covered if one covers it, and so for parts
* of one format. Totals without lines count only for a source file that nobody has lines for. A path that could mean
* several source files is one of its own in each report file. The order of report files does not matter.
*/
function mergeCoverage(all, resolve = asWritten) {
	const union = emptyUnion();
	const { files } = union;
	for (const { file: reportFile, coverage } of all) {
		const find = coverage.located ? located : resolve(reportFile, [...coverage.files.keys()]);
		for (const [written, file] of coverage.files) {
			const { path, several } = find(written);
			if (several) addFile$1(union, {
				...file,
				path,
				several,
				reportFile
			});
			else addFile$1(union, path === written ? file : {
				...file,
				path
			});
		}
	}
	const sorted = [...files.values()].sort((a, b) => textOrder(keyOf(a), keyOf(b)));
	const bare = sorted.filter(({ path, totals }) => path.startsWith("(all of ") && totals !== void 0 && files.size > 1);
	return {
		files,
		problems: [
			...sorted.filter(({ disputed }) => disputed).map(({ path }) => cannotMerge(path, "two report files give different totals and no lines")),
			...bare.map(({ path }) => cannotMerge(path, "totals of a whole report cannot be united with other coverage")),
			...ambiguous(sorted.filter(({ several }) => several !== void 0))
		]
	};
}
function emptyUnion() {
	return {
		files: /* @__PURE__ */ new Map(),
		again: /* @__PURE__ */ new Set()
	};
}
/** Adds a source file, which itself is never changed: the first time that something is added to it, to a copy of it. */
function addFile$1({ files, again }, file) {
	const key = keyOf(file);
	const known = files.get(key);
	if (!known) {
		files.set(key, file);
		return;
	}
	files.set(key, unite$2(again.has(key) ? known : copy(known), file));
	again.add(key);
}
const located = (path) => ({
	path,
	several: void 0
});
const asWritten = () => (path) => ({ path });
function ambiguous(unclear) {
	const [first] = unclear;
	if (first === void 0) return [];
	const meant = (first.several ?? []).join(" or ");
	const others = new Set(unclear.map(({ path }) => path)).size - 1;
	const more = others > 0 ? ` (and ${others} more ${others === 1 ? "path" : "paths"})` : "";
	return [{
		code: "ambiguous-path",
		severity: "warning",
		message: `${first.path} could be ${meant}; taken as written, and united with no other report file${more}`,
		hint: "Let the tool write paths from the root of the repository, or its report below the package it belongs to."
	}];
}
function copy(file) {
	const lines = emptyLineSet();
	uniteLines(lines, file.lines);
	return {
		...file,
		lines
	};
}
function unite$2(into, file) {
	uniteLines(into.lines, file.lines);
	const details = [...into.details];
	for (const detail of file.details) {
		const same = details.findIndex(({ scheme }) => scheme === detail.scheme);
		if (same === -1) details.push(detail);
		else details[same] = uniteDetail(details[same], detail);
	}
	const countedBy = into.countedBy ?? file.countedBy;
	const { several, reportFile } = into;
	const merged = {
		path: into.path,
		lines: into.lines,
		details,
		...countedBy ? { countedBy } : {},
		...several ? { several } : {},
		...reportFile === void 0 ? {} : { reportFile }
	};
	if (countLines$1(into.lines).total > 0) return merged;
	const totals = into.totals ?? file.totals;
	const differ = into.totals && file.totals && !sameTotals(into.totals, file.totals);
	const disputed = into.disputed || file.disputed || differ;
	return {
		...merged,
		...totals ? { totals } : {},
		...disputed ? { disputed: true } : {}
	};
}
function uniteDetail(a, b) {
	const united = { scheme: a.scheme };
	for (const kind of [
		"branches",
		"functions",
		"statements"
	]) {
		const parts = a[kind] && b[kind] ? uniteParts(a[kind], b[kind]) : a[kind] ?? b[kind];
		if (parts) united[kind] = parts;
	}
	return united;
}
function uniteParts(a, b) {
	const same = a instanceof PackedParts && b instanceof PackedParts ? a.united(b) : void 0;
	if (same) return same;
	const united = new Map(a);
	for (const [id, ran] of b) united.set(id, ran || united.get(id) === true);
	return united;
}
function cannotMerge(path, why) {
	return {
		code: "cannot-merge",
		severity: "error",
		message: `${path}: ${why}`,
		hint: "Let the tools write reports with lines, such as lcov or coverage-final.json."
	};
}

// src/core/measure/merge-load.ts
/**
* The worst of several load tests, number by number: percentiles cannot be united, and a good run must not hide a bad
* one. What one of them lacks is absent, unless it has two files and there is one of the second kind for each of the
* first that lacks it. The order of files does not matter.
*/
function mergeLoad(all) {
	const alone = all.every((load) => load.complements);
	const whole = all.filter((load) => alone || !load.complements);
	const complements = all.filter((load) => !alone && load.complements);
	/** What all load tests have; undefined where one lacks it. */
	function held(of) {
		const lacking = whole.filter((load) => of(load) === void 0);
		const added = complements.map(of).filter((value) => value !== void 0);
		if (lacking.length > added.length || lacking.some((load) => load.complements === void 0)) return void 0;
		const values = [...whole.map(of).filter((value) => value !== void 0), ...added];
		return values.length > 0 ? values : void 0;
	}
	const times = Object.fromEntries(responseTimes.flatMap((name) => {
		const values = held((load) => load.times[name]);
		return values ? [[name, Math.max(...values)]] : [];
	}));
	const errorRate = held((load) => load.errorRate)?.reduce(worse);
	const users = held((load) => load.users);
	const throughput = held((load) => load.throughput);
	return {
		requests: Math.min(...whole.map((load) => load.requests)),
		times,
		...errorRate ? { errorRate } : {},
		...users ? { users: Math.min(...users) } : {},
		...throughput ? { throughput: Math.min(...throughput) } : {}
	};
}
function worse(a, b) {
	return compare(fractionOf(b), fractionOf(a)) > 0 ? b : a;
}

// src/core/measure/slowest.ts
/** How many of the slowest tests are kept over all files. */
const slowestKept$1 = 10;
/** Counting for the files of one source, of which each knows the slowest tests of those before. */
function slowestSoFar(counting) {
	let times = [];
	const current = {
		...counting,
		slowestFrom: 0
	};
	return {
		counting: current,
		add({ slowest }) {
			if (slowest.length === 0) return;
			const added = slowest.filter(({ seconds }) => seconds > current.slowestFrom).map(({ seconds }) => seconds);
			if (added.length === 0) return;
			times = [...times, ...added].sort((a, b) => b - a).slice(0, slowestKept$1);
			if (times.length === slowestKept$1) current.slowestFrom = times[9];
		}
	};
}
/** The slowest, slowest first. Thousands of files name ten each, so those that are out by their time are left out first. */
function slowestOf(tests, byName) {
	const least = Float64Array.from(tests, ({ seconds }) => seconds).sort().at(-10) ?? 0;
	return tests.filter(({ seconds }) => seconds >= least).sort((a, b) => b.seconds - a.seconds || byName(a, b)).slice(0, slowestKept$1);
}

// src/core/measure/merge-tests.ts
/** Adds up the tests of many report files; every case is a test of its own. The order of files does not matter. */
function mergeTests(all) {
	const counts = {
		total: 0,
		passed: 0,
		failed: 0,
		errored: 0,
		skipped: 0,
		flaky: 0
	};
	let nanoseconds = 0;
	const failing = [];
	const flaky = [];
	const groups = /* @__PURE__ */ new Map();
	for (const facts of all) {
		const { total, passed, failed, errored, skipped, flaky: flakyCount } = facts.counts;
		counts.total += total;
		counts.passed += passed;
		counts.failed += failed;
		counts.errored += errored;
		counts.skipped += skipped;
		counts.flaky += flakyCount;
		nanoseconds += Math.round(facts.seconds * 1e9);
		for (const test of facts.failing) failing.push(test);
		for (const test of facts.flaky) flaky.push(test);
		for (const [group, own] of facts.groups ?? []) groups.set(group, [...groups.get(group) ?? [], own]);
	}
	return {
		counts,
		seconds: nanoseconds / 1e9,
		failing: sortedByName(failing, (a, b) => textOrder(a.from.file, b.from.file) || (a.from.line ?? 0) - (b.from.line ?? 0)),
		flaky: sortedByName(flaky, () => 0),
		slowest: slowestOf(all.flatMap((facts) => facts.slowest), byName),
		...groups.size > 0 ? { groups: new Map([...groups].map(([group, own]) => [group, mergeTests(own)])) } : {}
	};
}
/** In the order of their names, which are made once for each of them. */
function sortedByName(tests, then) {
	const keyed = tests.map((test) => ({
		test,
		name: key$1(test)
	}));
	keyed.sort((a, b) => textOrder(a.name, b.name) || then(a.test, b.test));
	return keyed.map(({ test }) => test);
}
function byName(a, b) {
	return textOrder(key$1(a), key$1(b));
}
function key$1(test) {
	return [
		...test.suite,
		test.className,
		test.name
	].join("\0");
}

// src/core/measure/source-paths.ts
/** How a path leads to a file of the repository, the surest first. */
const ways = [
	"exact",
	"below",
	"foreign",
	"end"
];
/**
* A path means, in this order: the file of that very path; the file of that path seen from a folder above the report
* file, the nearest first; the one tracked file that ends like it; the path without the prefix that most paths of the
* report file have before a tracked file, such as the folder of another machine. Where several could be meant, none is
* guessed. Two paths of one report file are two files: what is found in the surer way is that file of the repository, and
* the other path stays. Paths below `root` are made relative to it first.
*/
function sourceResolver(tracked, root) {
	const all = new Set(tracked);
	const endingLike = findEnds(tracked);
	const relative = (written) => root !== "" && written.startsWith(`${root}/`) ? written.slice(root.length + 1) : written;
	function known(path, reportFile) {
		if (all.has(path)) return {
			path,
			way: "exact"
		};
		if (!path.startsWith("/")) {
			for (let folder = parent(reportFile); folder !== ""; folder = parent(folder)) if (all.has(`${folder}/${path}`)) return {
				path: `${folder}/${path}`,
				way: "below"
			};
		}
		const [only, ...others] = endingLike(path);
		if (only === void 0) return void 0;
		return others.length === 0 ? {
			path: only,
			way: "end"
		} : {
			path,
			several: [only, ...others],
			way: "end"
		};
	}
	/** What stands before the longest tracked file that a path ends like. */
	function prefixOf(path) {
		for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) if (all.has(path.slice(slash + 1))) return path.slice(0, slash + 1);
	}
	return (reportFile, paths) => {
		if (all.size === 0) return (written) => ({ path: relative(written) });
		const prefixes = /* @__PURE__ */ new Map();
		for (const written of paths) {
			const path = relative(written);
			const prefix = known(path, reportFile) ? void 0 : prefixOf(path);
			if (prefix !== void 0) prefixes.set(prefix, (prefixes.get(prefix) ?? 0) + 1);
		}
		const [first, second] = [...prefixes].sort(([, a], [, b]) => b - a);
		const prefix = first && first[1] > (second?.[1] ?? 0) && isForeign(first[0], paths) ? first[0] : void 0;
		const find = (path) => {
			const found = known(path, reportFile);
			if (found || prefix === void 0 || !path.startsWith(prefix)) return found;
			const rest = path.slice(prefix.length);
			return all.has(rest) ? {
				path: rest,
				way: "foreign"
			} : void 0;
		};
		const owners = ownersOf(paths.map(relative), find);
		return (written) => {
			const path = relative(written);
			const found = find(path);
			const owner = found && owners.get(found.path);
			if (found === void 0 || owner !== void 0 && owner !== path) return { path };
			return found.several ? {
				path,
				several: found.several
			} : { path: found.path };
		};
	};
	/** A prefix is that of another machine or module only if no path of the report file does without it. */
	function isForeign(prefix, paths) {
		return !paths.some((written) => !relative(written).startsWith(prefix) && all.has(relative(written)));
	}
}
/** How many files that a path could mean are told. */
const mostTold = 3;
/** So many files of one name are looked through one by one; more of them get an index. */
const fewAlike = 16;
/** Finds the files that end like a path in a folder; `mostTold` of them, if there are more. */
function findEnds(files) {
	const byName = /* @__PURE__ */ new Map();
	const indexes = /* @__PURE__ */ new Map();
	return (path) => {
		if (byName.size === 0) groupByName(files, byName);
		const name = nameOf$4(path);
		const alike = byName.get(name) ?? [];
		if (alike.length <= fewAlike) return alike.filter((file) => file.endsWith(`/${path}`)).slice(0, mostTold);
		const index = indexes.get(name) ?? endsOf(alike);
		indexes.set(name, index);
		return index.get(path) ?? [];
	};
}
function groupByName(files, byName) {
	for (const file of files) {
		const name = nameOf$4(file);
		const alike = byName.get(name);
		if (alike) alike.push(file);
		else byName.set(name, [file]);
	}
}
function endsOf(files) {
	const ends = /* @__PURE__ */ new Map();
	for (const file of files) for (let slash = file.indexOf("/"); slash !== -1; slash = file.indexOf("/", slash + 1)) {
		const end = file.slice(slash + 1);
		const same = ends.get(end);
		if (same === void 0) ends.set(end, [file]);
		else if (same.length < mostTold) same.push(file);
	}
	return ends;
}
function nameOf$4(path) {
	return path.slice(path.lastIndexOf("/") + 1);
}
/** By file of the repository that some path leads to otherwise than exactly, the path that does so most surely. */
function ownersOf(paths, find) {
	const owners = /* @__PURE__ */ new Map();
	for (const path of paths) {
		const found = find(path);
		if (found === void 0 || found.several || found.way === "exact") continue;
		const owner = owners.get(found.path);
		if (owner === void 0 || isSurer(path, found.way, owner, find(owner).way)) owners.set(found.path, path);
	}
	if (owners.size > 0) {
		for (const path of paths) if (owners.has(path)) owners.set(path, path);
	}
	return owners;
}
/** Of two that lead to a file in the same way, the longer one says more of where that is. */
function isSurer(path, way, owner, ownersWay) {
	const surer = ways.indexOf(ownersWay) - ways.indexOf(way);
	return surer > 0 || surer === 0 && path.length > owner.length;
}
function parent(path) {
	const slash = path.lastIndexOf("/");
	return slash === -1 ? "" : path.slice(0, slash);
}

// src/core/measure/suites-twice.ts
/**
* Tells of report files that hold the same run of a suite: its tests would count twice. Names alone tell nothing,
* because shards and platforms run suites of one name; a suite that began at the same time is the same run.
*/
function suitesTwice(files) {
	const firstIn = /* @__PURE__ */ new Map();
	return files.toSorted((a, b) => textOrder(a.path, b.path)).flatMap(({ path, facts }) => {
		if (facts?.kind !== "tests" || !facts.tests.suiteRuns) return [];
		const again = [];
		for (const run of new Set(facts.tests.suiteRuns)) {
			const other = firstIn.get(run);
			if (other === void 0) firstIn.set(run, path);
			else if (other !== path) again.push({
				name: nameOf$3(run),
				other
			});
		}
		const [first] = again;
		if (!first) return [];
		const more = again.length > 1 ? ` (and ${again.length - 1} more)` : "";
		return [{
			code: "suite-twice",
			severity: "error",
			message: `holds the suite "${first.name.slice(0, 80)}"${more}, which stands in ${first.other} too`,
			at: { file: path },
			hint: "Is it a copy, or of an attempt before? Remove one of the two, or name files and no folders of copies."
		}];
	});
}
function nameOf$3(run) {
	return run.slice(0, run.indexOf("\0"));
}

// src/core/measure/unite.ts
/** Unites the facts of each family; the order of files does not matter. A family that is not sound is null. */
function unite$1(evidence, config, changes, past) {
	const tests = uniteTests(evidence);
	const coverage = uniteCoverage(evidence, config.coverage);
	const { files, problems } = coverage;
	const changed = measureDiff(changes, files, config.coverage);
	const security = uniteFindings("security", evidence);
	const debt = uniteFindings("debt", evidence);
	const why = new Map(families$1.map((family) => [family, whyMissing(family, evidence)]));
	for (const [family, { reason }] of [
		["tests", tests],
		["coverage", coverage],
		["security", security],
		["debt", debt]
	]) if (reason !== void 0) why.set(family, reason);
	return {
		united: {
			tests: tests.executed,
			coverage: files && sumCoverage(files),
			load: uniteLoad(evidence),
			security: security.findings,
			debt: debt.findings,
			...past ? { past } : {},
			diff: changed.diff
		},
		seen: tests.seen,
		tests: tests.sound,
		files,
		why,
		whyNoDiff: changed.reason,
		problems: [
			...tests.problems,
			...problems,
			...judgesChanges(config) ? changed.problems : [],
			...security.problems
		]
	};
}
function uniteTests(evidence) {
	const found = evidence.sources.flatMap(({ files, group }) => files.flatMap(({ facts }) => facts?.kind === "tests" ? [inGroup(facts.tests, group)] : []));
	const seen = found.length > 0 ? mergeTests(found) : null;
	const problems = suitesTwice(evidence.sources.flatMap(({ files }) => files));
	if (!isSound("tests", evidence) || problems.length > 0) return {
		seen,
		sound: null,
		executed: null,
		reason: incomplete,
		problems
	};
	const reason = idleSource(evidence.sources);
	if (reason === void 0) return {
		seen,
		sound: seen,
		executed: seen,
		problems
	};
	return {
		seen,
		sound: seen,
		executed: seen && unexecuted(seen),
		reason,
		problems
	};
}
function uniteCoverage(evidence, selection) {
	const reported = evidence.sources.flatMap(({ files }) => files).flatMap(({ path, facts }) => facts?.kind === "coverage" ? [{
		file: path,
		coverage: facts.coverage
	}] : []);
	const merged = mergeCoverage(reported, sourceResolver(evidence.tracked ?? [], evidence.root));
	const { problems } = merged;
	if (problems.some(isError)) return {
		files: null,
		reason: incomplete,
		problems
	};
	if (reported.length === 0 || !isSound("coverage", evidence)) return {
		files: null,
		problems
	};
	const files = selectFiles(merged.files, selection);
	if (files.size > 0 || merged.files.size === 0) return {
		files,
		problems
	};
	return {
		files,
		reason: `coverage: include and exclude do not leave ${merged.files.size === 1 ? "the only source file" : `any of the ${merged.files.size} source files`} of the coverage reports`,
		problems
	};
}
function uniteLoad(evidence) {
	const load = evidence.sources.flatMap(({ files }) => files).flatMap(({ facts }) => facts?.kind === "load" ? [facts.load] : []);
	return load.length > 0 && isSound("load", evidence) ? mergeLoad(load) : null;
}

// src/core/measure/index.ts
/** The registry of KPIs, by name. The name begins with the family of report files that it is measured from. */
const kpis$2 = {
	...testKpis,
	...coverageKpis,
	...loadKpis,
	...operationKpis,
	...securityKpis,
	...debtKpis,
	...historyKpis
};
const kpiNames = Object.keys(kpis$2);
/**
* Unites the facts of all report files and measures every KPI; the order of files does not matter. A family with
* an error in its evidence is not measured at all: part of the evidence would give a number that looks like the whole.
*/
function measure(evidence, config = everything, past, changes = noChanges) {
	const { united, seen, tests, files, why, whyNoDiff, problems } = unite$1(evidence, config, changes, past);
	const measurements = /* @__PURE__ */ new Map();
	const incomparable = /* @__PURE__ */ new Map();
	const reasons = /* @__PURE__ */ new Map();
	for (const [name, kpi] of Object.entries(kpis$2)) {
		const value = kpi.measure?.(united);
		if (value === void 0) reasons.set(name, isOfHistory(name) ? noHistory : why.get(familyOf(name)));
		else if (value.kind === "incomparable") incomparable.set(name, value.reason);
		else measurements.set(name, value);
	}
	if (whyNoDiff !== void 0) reasons.set("coverage.diff", whyNoDiff);
	const byName = Object.entries(kpis$2).filter(([, kpi]) => !kpi.measure);
	const metrics = measureMetrics([...byName, ...config.own ?? []], evidence.sources, config.phases);
	for (const [name, found] of metrics) if ("value" in found) measurements.set(name, found.value);
	else reasons.set(name, found.reason);
	const scoped = measureScopes({
		config,
		evidence,
		kpis: kpis$2,
		tests,
		files,
		past,
		changes
	});
	return {
		measurements: new Map([...measurements, ...scoped.measurements]),
		incomparable: new Map([...incomparable, ...scoped.incomparable]),
		tests: seen,
		findings: [...united.security ?? [], ...united.debt ?? []],
		scopes: scoped.scopes,
		changes: united.diff?.kind === "changed" ? united.diff : null,
		reasons: new Map([...reasons, ...scoped.reasons]),
		problems
	};
}
const noHistory = "no history was given; write baseline: { store: branch }, or give --history";
const noChanges = {
	kind: "none",
	reason: "this run is about no change"
};
const everything = {
	coverage: {
		include: [],
		exclude: []
	},
	groups: /* @__PURE__ */ new Map(),
	phases: []
};

// src/core/evaluate.ts
/** Most findings that a report keeps: those on touched lines, then the worst; the rest is counted. */
const maxFindings$1 = 500;
/** The whole gate as one function: the same input gives the same report, on every machine and at any time. */
function evaluate(input) {
	const { name, run, config, evidence, past, changes, upstream = [], problems: before, locate } = input;
	const measured = measure(evidence, config ?? void 0, past, changes);
	const { measurements, tests } = measured;
	const known = {
		...kpis$2,
		...Object.fromEntries(config?.own ?? [])
	};
	const repository = {
		locate,
		touched: touchedBy(changes)
	};
	const finding = distinct(evidence.sources.flatMap((source) => source.problems));
	const integrity = config?.integrity ?? "normal";
	const problems = [
		...before,
		...upstreamProblems(upstream, config, evidence),
		...evidence.problems,
		...finding,
		...evidence.sources.flatMap(({ files }) => files.flatMap((file) => file.problems)),
		...measured.problems
	].map((problem) => strictly(problem, integrity));
	const columns = columnsOf$1(past?.records ?? [], (kpi) => known[unscoped(kpi)]?.unit);
	const judged = config && judgeAll(config, {
		...measured,
		kpis: known
	}, past, columns, run.at, problems);
	problems.push(...judged?.problems ?? []);
	return {
		name,
		title: config?.title ?? "Phase Gate",
		mode: config?.mode ?? "enforce",
		run,
		gate: judged?.gate ?? null,
		kpis: new Map([...measurements].map(([kpi, value]) => [kpi, {
			...reported$1(kpi, known, past),
			value
		}])),
		tests: tests && {
			counts: tests.counts,
			failing: newFirst(tests.failing, past).map((test) => locatedTest(test, repository)),
			flaky: tests.flaky,
			slowest: tests.slowest
		},
		...past ? { past: reportedPast(past, judged ? trendsOf(columns, past.records.length, judged.gate) : []) } : {},
		findings: {
			total: measured.findings.length,
			kept: touchedFirst(measured.findings.map((finding) => locatedFinding(finding, repository))).slice(0, 500)
		},
		changes: measured.changes,
		policy: input.policy ?? null,
		problems: problems.toSorted((a, b) => severities$2.indexOf(a.severity) - severities$2.indexOf(b.severity)),
		files: evidence.sources.flatMap(reportedFiles)
	};
}
/** The files of a source; a facts file stands in the evidence of every family that it serves, too. */
function reportedFiles({ family, files }) {
	return files.filter(({ format, facts }) => format !== "facts" || family === "facts" || !facts).map(({ path, format }) => ({
		path,
		format,
		family
	}));
}
/** Each once: several globs may lead into the same folder. */
function distinct(problems) {
	return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
/** The gate with all that moves it: the shrink guard, waivers, and phases that may not be lost. */
function judgeAll(config, measured, past, columns, at, before) {
	const { valid: waivers, problems: expired } = waiversOn(config.waivers, at);
	const problems = [
		...shrinkProblems(measured.measurements, past, config.shrink),
		...config.keep ? keepProblems(past) : [],
		...expired
	];
	const given = {
		...measured,
		groups: config.groups,
		waivers: waiversByScope(waivers, measured.scopes ?? /* @__PURE__ */ new Map()),
		refer: referTo(past, columns)
	};
	const gate = judge(config, given, [...before, ...problems].some(isError));
	return {
		gate: config.keep ? withKept(gate, keptPhases(config.phases, past)) : gate,
		problems: [...problems, ...unusedWaivers(gate, waivers)]
	};
}
/** Failing tests with the new ones first, as far as a baseline tells which these are. */
function newFirst(failing, past) {
	const then = past && "record" in past.baseline ? past.baseline.record.tests : null;
	if (!then) return failing;
	const known = new Set(then.failing.map(({ test }) => test));
	const marked = failing.map((test) => known.has(testIdentity(test)) ? test : {
		...test,
		isNew: true
	});
	return [...marked.filter((test) => "isNew" in test), ...marked.filter((test) => !("isNew" in test))];
}
function reported$1(kpi, known, past) {
	const info = known[unscoped(kpi)];
	const kept = past && "record" in past.baseline ? past.baseline.record.kpis.get(kpi) : void 0;
	const before = kept?.unit === info.unit ? { before: kept.value } : {};
	return {
		label: labelOf(kpi, info),
		unit: info.unit,
		better: info.better,
		...before
	};
}
const severities$2 = [
	"error",
	"warning",
	"note"
];
/** With `integrity: strict` a suite that holds less than it declares is an error. */
function strictly(problem, integrity) {
	return integrity === "strict" && (problem.code === "count-shortfall" || problem.code === "unexplained-failures") ? {
		...problem,
		severity: "error"
	} : problem;
}

// src/core/facts-file/join.ts
/**
* What facts files hold for each source: the report files of all runners that one glob found there count as found by
* that glob here. The order of facts files does not matter.
*/
function joinCollected(files) {
	const joined = /* @__PURE__ */ new Map();
	for (const { facts } of files) {
		if (facts?.kind !== "facts") continue;
		for (const source of facts.collected.sources) {
			const key = sourceKey(source);
			const known = joined.get(key);
			joined.set(key, known ? joinSources(known, source) : source);
		}
	}
	return joined;
}
/** The same facts files, in which every copy of another one is an error. */
function withoutCopies(files) {
	const first = /* @__PURE__ */ new Map();
	return files.map((file) => {
		if (file.facts?.kind !== "facts") return file;
		const { id } = file.facts.collected;
		const original = first.get(id);
		if (original === void 0) {
			first.set(id, file.path);
			return file;
		}
		const { facts: _, ...rest } = file;
		const problem = {
			code: "facts-twice",
			severity: "error",
			message: `is a copy of ${original}`,
			at: { file: file.path },
			hint: "Keep one of the two."
		};
		return {
			...rest,
			problems: [...file.problems, problem]
		};
	});
}
/** The facts file as it is, or an error in it where tests were counted in another way than the gate asks for. */
function countedAlike(file, { groups, retries }) {
	if (file.facts?.kind !== "facts") return file;
	const { collected } = file.facts;
	const other = [...groups].find(([name, { tests }]) => tests.length > 0 && JSON.stringify(tests) !== JSON.stringify(collected.groups.get(name)));
	if (other === void 0 && collected.retries === retries) return file;
	const problem = {
		code: "facts-differ",
		severity: "error",
		message: `was collected ${other === void 0 ? `with retries: ${collected.retries}, and the gate says ${retries}` : `with other globs for the group "${other[0]}" of tests, or without it`}`,
		at: { file: file.path },
		hint: "Collect with the configuration of the gate."
	};
	const { facts: _, ...rest } = file;
	return {
		...rest,
		problems: [...file.problems, problem]
	};
}
/** What makes two sources the same one. */
function sourceKey({ family, kpi = "", glob }) {
	return `${family} ${kpi} ${glob}`;
}
function joinSources(a, b) {
	const also = (a.also ?? 0) + (b.also ?? 0);
	const files = [...a.files, ...b.files];
	return {
		...a,
		files,
		problems: [...a.problems, ...b.problems],
		...also > 0 ? { also } : {}
	};
}
/** How many report files the glob of a source matched, here and on other runners. */
function matched({ files, also = 0 }) {
	return files.filter(({ format }) => format !== "facts").length + also;
}

// src/core/fold-collected.ts
const nothing$3 = {
	located: true,
	files: /* @__PURE__ */ new Map()
};
/**
* Unites the coverage of facts files, one after another as they are read, so that a thousand of them take the memory of
* one: the first file of a source gets all of it and the others none. Only what is final, that is whose paths were found
* where it was collected.
*/
function createFold() {
	const unions = /* @__PURE__ */ new Map();
	function fold(key, files) {
		const known = unions.get(key);
		const union = known ?? emptyUnion();
		unions.set(key, union);
		for (const file of files.values()) addFile$1(union, file);
		return known ? nothing$3 : {
			located: true,
			files: union.files
		};
	}
	return (file) => {
		if (file.facts?.kind !== "facts") return file;
		const { collected } = file.facts;
		const sources = collected.sources.map((source) => ({
			...source,
			files: source.files.map((entry) => {
				if (entry.facts?.kind !== "coverage" || !entry.facts.coverage.located) return entry;
				const coverage = fold(`${source.family} ${source.kpi ?? ""} ${source.glob}`, entry.facts.coverage.files);
				return {
					...entry,
					facts: {
						kind: "coverage",
						coverage
					}
				};
			})
		}));
		return {
			...file,
			facts: {
				kind: "facts",
				collected: {
					...collected,
					sources
				}
			}
		};
	};
}

// src/core/read/load-reading.ts
/** Ends the reading of a load test; one in which no request was made is never silent. */
function loadReading(found, file, idle = "holds 0 requests") {
	const load = {
		...present(found),
		times: present(found.times)
	};
	checkOrder(load.times, file);
	const facts = {
		kind: "load",
		load
	};
	if (load.requests > 0) return {
		facts,
		problems: []
	};
	return {
		facts,
		problems: [{
			code: "no-samples",
			severity: "warning",
			message: idle,
			at: { file },
			hint: "Did the load test reach the service?"
		}]
	};
}
function present(values) {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== void 0));
}
/** Percentiles that fall where they must not come from a damaged file, or from times that were never worked out. */
function checkOrder(times, file) {
	const rising = [
		"p50",
		"p90",
		"p95",
		"p99"
	].filter((name) => times[name] !== void 0);
	for (const [i, name] of rising.entries()) {
		const before = rising[i - 1];
		if (before !== void 0 && times[before] > times[name]) below(name, before);
	}
	const { max } = times;
	const above = [...rising, "avg"].find((name) => max !== void 0 && least(times[name] ?? 0) > max);
	if (above) below("max", above);
	function below(low, high) {
		const message = `${low} (${times[low]} ms) is below ${high} (${times[high]} ms)`;
		refuse({
			code: "bad-value",
			message,
			at: { file },
			hint: "Let the tool write the file again."
		});
	}
}
/** The least that a time may have been: Locust rounds percentiles to two digits, but not the slowest time. */
function least(time) {
	return time / 1.1 - 1;
}
/** Failed requests of all requests. Throws InputError where more failed than were made. */
function errorRate(failed, requests, file) {
	if (failed > requests) {
		const message = `${failed} of ${requests} requests failed, which is impossible`;
		refuse({
			code: "impossible-totals",
			message,
			at: { file }
		});
	}
	return requests > 0 ? {
		kind: "ratio",
		part: failed,
		whole: requests
	} : void 0;
}
/** Answers by HTTP status, of which those from 400 on, and those without a status, failed. */
function countStatuses(statuses) {
	let [answers, failed] = [0, 0];
	for (const [status, count] of Object.entries(statuses)) {
		answers += count;
		if (!/^[123]\d\d$/.test(status)) failed += count;
	}
	return {
		answers,
		failed
	};
}
/** A share from 0 to 1 as a percentage, free of the noise of multiplying. Throws InputError for any other number. */
function percentage$1(share, what, file) {
	if (share > 1) refuse({
		code: "bad-value",
		message: `${what} must be from 0 to 1, found ${share}`,
		at: { file }
	});
	return {
		kind: "amount",
		amount: Number((share * 100).toPrecision(15))
	};
}

// src/core/read/text/json-string.ts
/** What a string ends with, and what may stand in it only as a part of something. */
const special = /["\\\u0000-\u001f]/g;
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const cutEscape = /\\(?:u[0-9a-fA-F]{0,3})?$/y;
/**
* Position behind the string that begins with the quote at a position; the length of the text where it is cut off, -1
* where it is no string. One regular expression for the whole of it would remember every character of a long string,
* and the engine has no room for that.
*/
function stringEnd$1(text, start) {
	for (let at = start + 1;; at = escaped.lastIndex) {
		special.lastIndex = at;
		const found = special.exec(text);
		if (!found) return text.length;
		if (found[0] === "\"") return found.index + 1;
		escaped.lastIndex = cutEscape.lastIndex = found.index;
		if (!escaped.test(text)) return cutEscape.test(text) ? text.length : -1;
	}
}

// src/core/read/text/json-fault.ts
const blank = /[ \t\r\n]*/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/**
* Position of the first character that cannot be part of a JSON document; the length of the text where it only ends
* too early. The engine's parser does not always say. https://www.rfc-editor.org/rfc/rfc8259
*/
function jsonFault(text) {
	const open = [];
	/** What may come next: a value, a key, what follows either, or the end of an empty list or object. */
	let expected = "value";
	let at = 0;
	for (;;) {
		blank.lastIndex = at;
		blank.test(text);
		at = blank.lastIndex;
		const c = text[at];
		const around = open.at(-1);
		if (c === void 0) return text.length;
		if ((c === "}" && around === "{" || c === "]" && around === "[") && (expected === "comma" || expected.startsWith("first"))) {
			open.pop();
			expected = "comma";
			at++;
		} else if (expected === "comma") {
			if (c !== "," || around === void 0) return at;
			expected = around === "{" ? "key" : "value";
			at++;
		} else if (expected === "colon") {
			if (c !== ":") return at;
			expected = "value";
			at++;
		} else if (expected.endsWith("value") && (c === "{" || c === "[")) {
			open.push(c);
			expected = c === "{" ? "first key" : "first value";
			at++;
		} else {
			const end = c === "\"" ? stringEnd$1(text, at) : expected.endsWith("key") ? -1 : scalarEnd(text, at);
			if (end === -1) return at;
			at = end;
			expected = expected.endsWith("key") ? "colon" : "comma";
		}
	}
}
/** Position behind a number or a word; the length of the text where it is cut off, -1 where there is none. */
function scalarEnd(text, at) {
	scalar.lastIndex = at;
	if (scalar.test(text)) return scalar.lastIndex;
	const rest = text.slice(at);
	return [
		"true",
		"false",
		"null",
		"-"
	].some((word) => word.startsWith(rest)) ? text.length : -1;
}

// src/core/read/text/json-scan.ts
/** Deepest nesting of a JSON document that is followed. */
const maxDepth$3 = 256;
const QUOTE$3 = 34;
const COMMA$1 = 44;
const COLON$1 = 58;
const LIST$1 = 91;
const BACKSLASH$1 = 92;
const LIST_END = 93;
const OBJECT$2 = 123;
const OBJECT_END$2 = 125;
/** 1 for every byte that means nothing outside of texts. */
const plain$2 = (/* @__PURE__ */ new Uint8Array(256)).fill(1);
for (const c of [
	QUOTE$3,
	COMMA$1,
	COLON$1,
	LIST$1,
	LIST_END,
	OBJECT$2,
	OBJECT_END$2
]) plain$2[c] = 0;
/** Begins a key or value with `depth` lists and objects around it. Whether it is well-formed is not looked at. */
function scanJson(window, file, depth, mark) {
	const stop = mark.charCodeAt(0);
	let keys = 0;
	let open = depth;
	let quoted = false;
	let escaped = false;
	let bits = 0;
	/** What the loop counts is its own, because a variable that functions share is looked up in memory every time. */
	function end(from) {
		const { bytes, length } = window;
		let [seen, deep] = [bits, open];
		let at = from;
		if (escaped && at < length) {
			seen |= bytes[at++];
			escaped = false;
		}
		for (; at < length; at++) {
			let c = bytes[at];
			if (quoted) {
				for (; c !== QUOTE$3 && c !== BACKSLASH$1 && at < length; c = bytes[++at]) seen |= c;
				if (at >= length) break;
				if (c === QUOTE$3) quoted = false;
				else if (++at < length) seen |= bytes[at];
				else escaped = true;
				continue;
			}
			seen |= c;
			if (plain$2[c] === 1) continue;
			if (c === QUOTE$3) quoted = true;
			else if (c === stop && deep === depth) break;
			else if (c === COLON$1) keys++;
			else if (c === OBJECT$2 || c === LIST$1) {
				if (++deep > maxDepth$3) refuse({
					code: "limit-depth",
					message: `values are nested deeper than the limit (depth ${maxDepth$3})`,
					at: {
						file,
						...window.place(at)
					}
				});
			} else if ((c === OBJECT_END$2 || c === LIST_END) && deep-- === depth) break;
		}
		[bits, open] = [seen, deep];
		return at < length ? at : -1;
	}
	return {
		keys: () => keys,
		ascii: () => bits < 128,
		end
	};
}

// src/core/read/text/json-twice.ts
const bracketOrString = /["{}[\]]/g;
const colon$1 = /[ \t\r\n]*:/y;
/** The first key of a well-formed text that its object already has, and where it stands the second time. */
function findTwice(text) {
	const open = [];
	bracketOrString.lastIndex = 0;
	for (let found = bracketOrString.exec(text); found; found = bracketOrString.exec(text)) {
		const { 0: mark, index: offset } = found;
		if (mark === "{" || mark === "[") open.push(/* @__PURE__ */ new Set());
		else if (mark === "}" || mark === "]") open.pop();
		else {
			const end = stringEnd$1(text, offset);
			bracketOrString.lastIndex = colon$1.lastIndex = end;
			if (!colon$1.test(text)) continue;
			const keys = open.at(-1);
			const key = JSON.stringify(JSON.parse(text.slice(offset, end)));
			if (keys.has(key)) return {
				key,
				offset
			};
			keys.add(key);
		}
	}
	throw new Error("a key was counted twice that is there once");
}

// src/core/read/text/encoding.ts
/** Encodings that are read, by the names found in XML declarations. https://encoding.spec.whatwg.org/#names-and-labels */
const labels = /* @__PURE__ */ new Map([
	["utf-8", "utf-8"],
	["utf8", "utf-8"],
	["us-ascii", "utf-8"],
	["ascii", "utf-8"],
	["iso-8859-1", "windows-1252"],
	["latin1", "windows-1252"],
	["latin-1", "windows-1252"],
	["iso8859-1", "windows-1252"],
	["windows-1252", "windows-1252"],
	["cp1252", "windows-1252"],
	["iso-8859-15", "iso-8859-15"],
	["utf-16", "utf-16le"],
	["utf-16le", "utf-16le"],
	["utf-16be", "utf-16be"]
]);
/** How many bytes at the beginning of a file are looked at. */
const encodingBytes = 1024;
/**
* The encoding by byte order mark, by the pattern of zeros, else by the XML declaration. `length` bytes of `head` count;
* `text` has one character for each of the first ones. Throws InputError.
*/
function sniffEncoding(head, length, text, file) {
	const a = head[0];
	const b = length > 1 ? head[1] : void 0;
	const c = length > 2 ? head[2] : void 0;
	const d = length > 3 ? head[3] : void 0;
	if (a === 239 && b === 187 && c === 191) return {
		label: "utf-8",
		skip: 3
	};
	if (a === 255 && b === 254 && !(c === 0 && d === 0 && length >= 4)) return {
		label: "utf-16le",
		skip: 2
	};
	if (a === 254 && b === 255) return {
		label: "utf-16be",
		skip: 2
	};
	if (a === 31 && b === 139) refuseBinary(file, "gzip data", "Unpack it first.");
	if (a === 80 && b === 75 && c === 3 && d === 4) refuseBinary(file, "a zip archive", "Unpack it first.");
	if (a && b === 0 && c && d === 0) return {
		label: "utf-16le",
		skip: 0
	};
	if (a === 0 && b && c === 0 && d) return {
		label: "utf-16be",
		skip: 0
	};
	if (zeros(head, Math.min(length, 64)) > 8) refuseBinary(file, "binary data", "Name the text file that the tool writes.");
	return declared$1(text, file);
}
function zeros(bytes, most) {
	let count = 0;
	for (let at = 0; at < most; at++) if (bytes[at] === 0) count++;
	return count;
}
function declared$1(head, file) {
	const name = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']/.exec(head)?.[1];
	if (name === void 0) return {
		label: "utf-8",
		skip: 0
	};
	const label = labels.get(name.toLowerCase());
	if (label === void 0) refuse({
		code: "encoding",
		message: `the encoding "${name.slice(0, 40)}" is not read`,
		at: {
			file,
			line: 1
		},
		hint: "Let the tool write UTF-8. Read are UTF-8, UTF-16, US-ASCII, ISO-8859-1, ISO-8859-15 and windows-1252."
	});
	if (label.startsWith("utf-16")) return {
		label: "utf-8",
		skip: 0,
		contradicts: name
	};
	return {
		label,
		skip: 0
	};
}
/** A text in UTF-8, piece by piece: first what was taken already, then the rest. */
function* transcode(taken, rest, label) {
	const decoder = new TextDecoder(label, { ignoreBOM: true });
	const encoder = new TextEncoder();
	yield encoder.encode(decoder.decode(taken, { stream: true }));
	for (let next = rest.next(); !next.done; next = rest.next()) yield encoder.encode(decoder.decode(next.value, { stream: true }));
	yield encoder.encode(decoder.decode());
}
function refuseBinary(file, what, hint) {
	refuse({
		code: "encoding",
		message: `is ${what}, not a text file`,
		at: { file },
		hint
	});
}

// src/core/read/text/ground.ts
function plainGround() {
	let bytes = /* @__PURE__ */ new Uint8Array(0);
	return { room(size) {
		if (size > bytes.length) {
			const larger = new Uint8Array(Math.max(bytes.length * 2, size));
			larger.set(bytes);
			bytes = larger;
		}
		return bytes;
	} };
}
/** Counts the line ends of a text between two positions. */
function countLines(text, from, end) {
	let lines = 0;
	let last = -1;
	for (let at = text.indexOf("\n", from); at !== -1 && at < end; at = text.indexOf("\n", at + 1)) {
		lines++;
		last = at;
	}
	return {
		lines,
		last
	};
}

// src/core/read/text/latin1.ts
/** Most arguments that are given to one call. */
const slice = 8192;
/**
* The slow way, for whoever hands in bytes without the platform's own. TextDecoder is none: what it calls latin1 is
* windows-1252, which gives bytes from 0x80 to 0x9f characters of two bytes, and on Node 24 takes ten times as long.
*/
const plainLatin1 = (bytes, start, end) => {
	let text = "";
	for (let at = start; at < end; at += slice) text += String.fromCharCode(...bytes.subarray(at, Math.min(at + slice, end)));
	return text;
};
const nonAscii = /[^\x00-\x7f]/;
function isAscii(text) {
	return !nonAscii.test(text);
}
/** The bytes that a text of one character per byte stands for. */
function bytesOf(text) {
	const bytes = new Uint8Array(text.length);
	for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
	return bytes;
}

// src/core/read/text/places.ts
function createPlaces(lineEnds) {
	let firstLine = 1;
	let columnsBefore = 0;
	let seenTo = 0;
	let seenLines = 0;
	let seenLast = -1;
	function begin(line, columns) {
		firstLine = line;
		columnsBefore = columns;
		seenTo = 0;
		seenLines = 0;
		seenLast = -1;
	}
	return {
		begin,
		of(position) {
			if (position < seenTo) begin(firstLine, columnsBefore);
			const { lines, last } = lineEnds(seenTo, position);
			seenTo = position;
			seenLines += lines;
			if (lines > 0) seenLast = last;
			const column = seenLines === 0 ? columnsBefore + position + 1 : position - seenLast;
			return {
				line: firstLine + seenLines,
				column
			};
		}
	};
}

// src/core/read/text/repaired-text.ts
const forbidden$1 = /[\x01-\x08\x0b\x0c\x0e-\x1f]/;
const allForbidden = /[\x00-\x08\x0b\x0c\x0e-\x1f]/g;
const decoder$2 = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder$2 = new TextEncoder();
/**
* The real text of a cut of one character per byte, in which what may not be is replaced, with a note on each kind of
* it. `bytes` are those of the cut, undefined where all of it is ASCII; `at` says where a byte of it is. Only text that is
* asked for comes here, so only what is shown is repaired and noted.
*/
function repairedText(cut, bytes, notes, at) {
	const text = bytes === void 0 ? cut : decoder$2.decode(bytes);
	const [nul, control] = [cut.indexOf("\0"), cut.search(forbidden$1)];
	if (nul !== -1) noteReplaced(notes, "control characters (NUL) that the format forbids", () => at(nul));
	if (control !== -1) noteReplaced(notes, "control characters that the format forbids", () => at(control));
	const wrong = bytes === void 0 ? -1 : notUtf8(text, bytes);
	if (wrong !== -1) noteReplaced(notes, "bytes that are not UTF-8", () => at(wrong));
	return nul === -1 && control === -1 ? text : text.replace(allForbidden, "\ufffd");
}
/** Adds a note that something was replaced, once for each kind of it. */
function noteReplaced(notes, what, at) {
	const message = `${what} were replaced by \uFFFD`;
	if (notes.some((known) => known.message === message)) return;
	notes.push({
		code: "repaired-text",
		severity: "note",
		message,
		at: at()
	});
}
/** Adds a note on references to characters that may not be there. */
function noteReferences(notes, at) {
	noteReplaced(notes, "references to characters that the format forbids", at);
}
/** Position of the first byte that is no UTF-8, given what was made of the bytes; -1 where there is none. */
function notUtf8(text, bytes) {
	let at = 0;
	for (let from = 0;; from++) {
		const next = text.indexOf("\ufffd", from);
		if (next === -1) return -1;
		at += encoder$2.encode(text.slice(from, next)).length;
		if (bytes[at] !== 239 || bytes[at + 1] !== 191 || bytes[at + 2] !== 189) return at;
		at += 3;
		from = next;
	}
}

// src/core/read/text/window.ts
/** Largest piece of a file that is held at once: one tag, one line, one JSON document. 64 MiB. */
const maxPiece = 64 << 20;
/** Most memory that is kept for the next file. 1 MiB. */
const mostKept = 1 << 20;
/** A window that was closed, with its memory: thousands of small files need no more than one of them. */
let spare$1;
/** Opens a view on a file. Throws InputError for an encoding that is not read and for an empty file. */
function openWindow(source, file) {
	if ("more" in source) return source;
	const window = spare$1 ?? createWindow();
	spare$1 = void 0;
	try {
		window.open(source, file);
	} catch (error) {
		window.close();
		throw error;
	}
	return window;
}
function createWindow() {
	let latin1 = plainLatin1;
	/** The file, and what comes of it as UTF-8; the first is undefined where none is open. */
	let given;
	let pieces;
	let withText = false;
	const ground = plainGround();
	const places = createPlaces((from, end) => window.ground.countLines?.(from, end) ?? countLines(window.text || window.raw(0, window.length), from, end));
	const window = {
		bytes: ground.room(1),
		length: 0,
		text: "",
		beginning: "",
		ground,
		file: "",
		notes: [],
		kernelFrom: void 0,
		open(source, file) {
			window.file = file;
			latin1 = source.latin1 ?? plainLatin1;
			given = source[Symbol.iterator]();
			pieces = given;
			places.begin(1, 0);
			withText = false;
			window.length = 0;
			window.text = "";
			window.notes = [];
			window.kernelFrom = source.kernelFrom;
			while (window.length < 1024 && pull());
			if (window.length === 0) refuse({
				code: "empty-file",
				message: "is empty (0 bytes)",
				at: { file },
				hint: "Did the tool that writes it crash?"
			});
			follow();
			decode();
		},
		more(from, begun) {
			const { line, column } = begun === void 0 ? window.place(from) : {
				line: begun,
				column: 1
			};
			places.begin(line, column - 1);
			if (from > 0) window.bytes.copyWithin(0, from, window.length + 1);
			window.length -= from;
			const kept = window.length;
			while (window.length <= kept * 2 && pull());
			const grew = window.length > kept;
			if (grew || from > 0) follow();
			return grew;
		},
		withText() {
			withText = true;
			if (window.text === "") follow();
		},
		bytesOnly() {
			withText = false;
		},
		moveTo(other) {
			const { bytes, length } = window;
			window.ground = other;
			window.bytes = other.room(length + 1);
			window.bytes.set(bytes.subarray(0, length + 1));
		},
		raw(start, end) {
			return window.text === "" ? latin1(window.bytes, start, end) : window.text.slice(start, end);
		},
		slice(start, end) {
			const cut = window.raw(start, end);
			const bytes = isAscii(cut) ? void 0 : window.bytes.subarray(start, end);
			const at = (offset) => ({
				file: window.file,
				line: window.place(start + offset).line
			});
			return repairedText(cut, bytes, window.notes, at);
		},
		real(cut, line) {
			const { file } = window;
			const at = line === void 0 ? () => ({ file }) : () => ({
				file,
				line: line()
			});
			return repairedText(cut, isAscii(cut) ? void 0 : bytesOf(cut), window.notes, at);
		},
		whole(end) {
			const { bytes } = window;
			let at = end;
			while (at > 0 && end - at < 3 && (bytes[at - 1] & 192) === 128) at--;
			return at > 0 && bytes[at - 1] >= 192 ? at - 1 : end;
		},
		place: (at) => places.of(at),
		close() {
			if (given === void 0) return;
			given.return?.();
			given = void 0;
			if (window.bytes.length <= mostKept) spare$1 = window;
		}
	};
	function pull() {
		const room = window.bytes.subarray(window.length, -1);
		const next = pieces.next(room);
		if (next.done) return false;
		const longer = window.length + next.value.length;
		if (longer >= window.bytes.length) window.bytes = window.ground.room(Math.max(window.bytes.length * 2, longer + 1));
		if (next.value.byteOffset !== room.byteOffset || next.value.buffer !== room.buffer) window.bytes.set(next.value, window.length);
		window.bytes[longer] = 0;
		window.length = longer;
		return true;
	}
	/** Lets `text` follow `bytes`. */
	function follow() {
		window.text = withText ? latin1(window.bytes, 0, window.length) : "";
		if (window.length <= 67108864) return;
		refuse({
			code: "limit-size",
			message: `holds one piece of more than 64 MiB`,
			at: {
				file: window.file,
				line: places.of(0).line
			},
			hint: "Let the tool write smaller attributes or lines."
		});
	}
	function decode() {
		const { bytes, length, file } = window;
		begin();
		const { label, skip, contradicts } = sniffEncoding(bytes, length, window.beginning, file);
		if (label !== "utf-8") {
			pieces = transcode(bytes.slice(skip, length), pieces, label);
			window.length = 0;
			while (window.length === 0 && pull());
			begin();
		} else if (skip > 0) {
			bytes.copyWithin(0, skip, length + 1);
			window.length -= skip;
			begin();
		}
		if (contradicts === void 0) return;
		window.notes.push({
			code: "encoding-mismatch",
			severity: "note",
			message: `declares ${contradicts}, which its bytes are not; read as UTF-8`,
			at: {
				file,
				line: 1
			}
		});
	}
	function begin() {
		window.beginning = window.raw(0, Math.min(window.length, encodingBytes));
	}
	return window;
}
/** A copy that does not keep the window alive, as a slice of it would. */
function detached(text) {
	return ` ${text}`.slice(1);
}

// src/core/read/text/json.ts
/**
* Reads a JSON document whole, strictly: nothing after its end, no key twice in one object (the first would be lost),
* no nesting beyond a stated depth. Throws InputError. https://www.rfc-editor.org/rfc/rfc8259
*/
function readJson(source, file) {
	const window = openWindow(source, file);
	while (window.more(0, 1));
	if (window.bytes.subarray(0, window.length).every(isBlank$1)) refuse({
		code: "empty-file",
		message: "is empty (only blanks)",
		at: { file }
	});
	const scan = scanJson(window, file, 0, ",");
	scan.end(0);
	return parseJson(window, file, {
		start: 0,
		end: window.length,
		scan
	});
}
const isBlank$1 = (byte) => byte === 32 || byte === 9 || byte === 10 || byte === 13;
const forbidden = /[\x00-\x08\x0b\x0c\x0e-\x1f]/;
/** Parses one value, as strictly as `readJson`. Throws InputError. */
function parseJson(window, file, { start, end, scan }) {
	const raw = window.raw(start, end);
	const text = scan.ascii() || forbidden.test(raw) ? raw : window.slice(start, end);
	let value;
	try {
		value = JSON.parse(text);
	} catch {
		const offset = jsonFault(text);
		refuseJson(text.slice(offset), {
			file,
			...placeIn(text, offset, window.place(start))
		});
	}
	if (keysIn(value) !== scan.keys()) {
		const { key, offset } = findTwice(text);
		const message = `the key ${key.slice(0, 80)} is there twice in one object`;
		const at = {
			file,
			...placeIn(text, offset, window.place(start))
		};
		refuse({
			code: "duplicate-key",
			message,
			at
		});
	}
	return value;
}
/** Refuses a document in which `rest` cannot follow what is before it. */
function refuseJson(rest, at) {
	const cut = !/[^ \t\r\n]/.test(rest);
	refuse({
		code: "json-syntax",
		message: cut ? "ends too early: the JSON document is not complete" : `is not JSON: unexpected ${JSON.stringify(rest.slice(0, 12))}`,
		at,
		hint: cut ? "The file is cut off: did the process that wrote it crash?" : "Let the tool write the file again."
	});
}
/** An object's value under a key of its own; undefined for anything else. */
function member(value, key) {
	if (!isObject$1(value) || !Object.hasOwn(value, key)) return void 0;
	return value[key];
}
/** An object's text under a key of its own; undefined for anything else. */
function memberText(value, key) {
	const found = member(value, key);
	return typeof found === "string" ? found : void 0;
}
/** An object's list under a key of its own; empty where it has none. Throws InputError where something else stands there. */
function memberList(value, key, file) {
	const found = member(value, key) ?? [];
	if (Array.isArray(found)) return found;
	refuse({
		code: "bad-value",
		message: `"${key}" must be a list`,
		at: { file }
	});
}
function isObject$1(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
/** What a value is, in words: "a list", "an object", "a string". */
function kindOf(value) {
	if (value === null) return "null";
	return Array.isArray(value) ? "a list" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}
/** Keys of all objects in a value. Recursion ends: the scan has refused deep nesting. */
function keysIn(value) {
	if (Array.isArray(value)) return value.reduce(addKeys, 0);
	if (!isObject$1(value)) return 0;
	const keys = Object.keys(value);
	let sum = keys.length;
	for (const key of keys) sum = addKeys(sum, value[key]);
	return sum;
}
function addKeys(sum, value) {
	return typeof value === "object" ? sum + keysIn(value) : sum;
}
/** Place of an offset in a text that begins at `start`. */
function placeIn(text, offset, start) {
	const before = text.slice(0, offset).split("\n");
	const last = before.at(-1).length;
	return {
		line: start.line + before.length - 1,
		column: before.length === 1 ? start.column + last : last + 1
	};
}

// src/core/read/text/json-number.ts
/**
* A number from 0 on, as measured amounts are; undefined where there is none. `what` names it for the user. Throws
* InputError for anything else, also for numbers beyond the range of a double, which JSON.parse reads as infinite.
*/
function readAmount(value, what, file) {
	if (value === void 0 || value === null) return void 0;
	if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
	const found = typeof value === "number" ? String(value) : kindOf(value);
	const message = `${what.slice(0, 120)} must be a number from 0 on, found ${found}`;
	refuse({
		code: "bad-value",
		message,
		at: { file },
		hint: "Let the tool write the file again."
	});
}
/** Whole numbers from 0 on, by their keys; none where there is no object. Throws InputError for anything else in it. */
function readCounts(value, what, file) {
	if (!isObject$1(value)) return {};
	const counts = Object.entries(value).map(([key, count]) => [key, readWhole(count, `${what} ${key}`, file) ?? 0]);
	return Object.fromEntries(counts);
}
/** A whole number from 0 on; undefined where there is none. Throws InputError for anything else. */
function readWhole(value, what, file) {
	const amount = readAmount(value, what, file);
	if (amount === void 0 || Number.isSafeInteger(amount)) return amount;
	const message = `${what.slice(0, 120)} must be a whole number, found ${amount}`;
	refuse({
		code: "bad-value",
		message,
		at: { file },
		hint: "Let the tool write the file again."
	});
}

// src/core/read/artillery.ts
/** Artillery's report of version 2. https://www.artillery.io/docs/reference/reported-metrics */
const artillery = {
	label: "Artillery JSON",
	families: ["load"],
	writtenBy: "artillery run --output report.json",
	claims: ({ json: { keys } }) => (keys.has("aggregate") || keys.has("intermediate")) && (keys.has("*/counters") || keys.has("*/summaries")),
	read(source, file) {
		const aggregate = member(readJson(source, file), "aggregate");
		const all = member(aggregate, "counters");
		if (!isObject$1(all)) refuse({
			code: "bad-value",
			message: "the aggregate has no counters",
			at: { file }
		});
		const counters = readCounts(all, "counter", file);
		const statuses = Object.entries(counters).filter(([name]) => name.startsWith("http.codes.")).map(([name, count]) => [name.slice(11), count]);
		const { answers, failed } = countStatuses(Object.fromEntries(statuses));
		const requests = Math.max(counters["http.requests"] ?? 0, answers);
		const summary = member(member(aggregate, "summaries"), "http.response_time");
		const time = (key) => readAmount(member(summary, key), `http.response_time ${key}`, file);
		const times = {
			p50: time("p50") ?? time("median"),
			p90: time("p90"),
			p95: time("p95"),
			p99: time("p99"),
			avg: time("mean"),
			max: time("max")
		};
		const rate = member(member(aggregate, "rates"), "http.request_rate");
		return loadReading({
			requests,
			times: answers > 0 ? times : {},
			errorRate: errorRate(failed + requests - answers, requests, file),
			throughput: readAmount(rate, "http.request_rate", file)
		}, file);
	}
};

// src/core/read/autocannon.ts
/** autocannon's result. It knows no p95. https://github.com/mcollina/autocannon#autocannonopts-cb */
const autocannon = {
	label: "autocannon JSON",
	families: ["load"],
	writtenBy: "autocannon --json",
	claims: ({ json: { keys } }) => keys.has("non2xx") && keys.has("connections"),
	read(source, file) {
		const document = readJson(source, file);
		const latency = member(document, "latency");
		if (!isObject$1(latency) || !isObject$1(member(document, "requests"))) refuse({
			code: "bad-value",
			message: "the document has no latency and requests",
			at: { file }
		});
		const count = (key) => readWhole(member(document, key), key, file) ?? 0;
		const time = (key) => readAmount(latency[key], `latency ${key}`, file);
		const answers = [
			"1xx",
			"2xx",
			"3xx",
			"4xx",
			"5xx"
		].reduce((sum, key) => sum + count(key), 0);
		const requests = answers + count("errors");
		const failed = Math.min(requests, count("4xx") + count("5xx") + count("errors") + count("mismatches"));
		const seconds = readAmount(member(document, "duration"), "duration", file);
		const times = {
			p50: time("p50"),
			p90: time("p90"),
			p99: time("p99"),
			avg: time("average"),
			max: time("max")
		};
		return loadReading({
			requests,
			times: answers > 0 ? times : {},
			errorRate: errorRate(failed, requests, file),
			users: readWhole(member(document, "connections"), "connections", file),
			throughput: seconds ? answers / seconds : void 0
		}, file);
	}
};

// src/core/read/metrics-tally.ts
/** Most numbers of one metrics file. */
const maxSamples = 2e5;
function createMetrics(file) {
	const samples = /* @__PURE__ */ new Map();
	const odd = [];
	return {
		add(sample) {
			const { value, from } = sample;
			if (!Number.isFinite(value)) {
				const message = `${nameOf$2(sample)} is ${value}, not a finite number`;
				refuse({
					code: "bad-value",
					message,
					at: from,
					hint: "Write no number where there is none."
				});
			}
			keep(sample);
		},
		addOdd(sample, value) {
			keep({
				...sample,
				value: null
			});
			odd.push({
				shown: nameOf$2(sample),
				value,
				from: sample.from
			});
		},
		addNone: (sample) => keep({
			...sample,
			value: null
		}),
		finish(notes = []) {
			const all = [...notes, ...notFinite()];
			const facts = {
				kind: "metrics",
				metrics: [...samples.values()]
			};
			if (samples.size > 0) return {
				facts,
				problems: all
			};
			const hint = "Did the step that writes it find anything to measure?";
			const empty = {
				code: "no-samples",
				severity: "warning",
				message: "holds no number"
			};
			return {
				facts,
				problems: [...all, {
					...empty,
					at: { file },
					hint
				}]
			};
		}
	};
	function keep(sample) {
		const { name, labels, from } = sample;
		const known = samples.get(`${name}${labels}`);
		if (known) {
			const where = known.from.line === void 0 ? "" : `, first on line ${known.from.line}`;
			const message = `${nameOf$2(sample)} is there twice${where}`;
			refuse({
				code: "duplicate-series",
				message,
				at: from,
				hint: "Two files were joined, or one was appended to: write it anew."
			});
		}
		samples.set(`${name}${labels}`, sample);
		if (samples.size > maxSamples) refuse({
			code: "limit-count",
			message: `more numbers than the limit (${maxSamples})`,
			at: { file }
		});
	}
	function notFinite() {
		const [first] = odd;
		if (!first) return [];
		const more = odd.length > 1 ? `, and ${odd.length - 1} more ${odd.length === 2 ? "is" : "are"} not finite` : "";
		return [{
			code: "not-finite",
			severity: "note",
			message: `${first.shown} is ${first.value}${more}; a KPI that needs it has no value`,
			at: first.from
		}];
	}
}
function nameOf$2({ name, labels }) {
	return `${name}${labels}`.slice(0, 160);
}

// src/core/read/metrics-json.ts
/** Our own list of numbers; docs/metrics.schema.json says what it may hold. */
const metricsJson = {
	label: "Metrics JSON",
	families: ["metrics"],
	writtenBy: "any script: a list of names, values and units",
	claims: ({ text, json: { keys } }) => keys.has("metrics") && /"metrics"\s*:\s*\[/.test(text) && !keys.has("key") && !keys.has("*/key"),
	read(source, file) {
		const document = readJson(source, file);
		onlyKnown(document, ["$schema", "metrics"], "the document", file);
		const list = member(document, "metrics");
		const metrics = createMetrics(file);
		for (const [i, entry] of (Array.isArray(list) ? list : []).entries()) {
			const what = `metric ${i + 1}`;
			onlyKnown(entry, [
				"name",
				"value",
				"unit"
			], what, file);
			metrics.add({
				...readMetric(entry, "name", what, file),
				labels: "",
				from: { file }
			});
		}
		return metrics.finish();
	}
};
/** Name, value and unit of a metric. Throws InputError where one is not of its form. */
function readMetric(entry, nameKey, what, file) {
	const [name, value, unit] = [
		member(entry, nameKey),
		member(entry, "value"),
		member(entry, "unit")
	];
	if (typeof name !== "string" || name.trim() === "") bad$8(`${what} has no ${nameKey}`, file);
	if (typeof value !== "number") {
		const found = value === void 0 || value === null ? "no value" : `${kindOf(value)} as its value`;
		bad$8(`${name.slice(0, 120)} has ${found}`, file);
	}
	if (unit !== void 0 && typeof unit !== "string") bad$8(`${name.slice(0, 120)} has a unit that is no text`, file);
	return {
		name,
		value,
		...unit === void 0 || unit === "" ? {} : { unit }
	};
}
function onlyKnown(value, known, what, file) {
	if (!isObject$1(value)) bad$8(`${what} is not an object`, file);
	const other = Object.keys(value).find((key) => !known.includes(key));
	if (other !== void 0) bad$8(`${what} has the unknown key "${other.slice(0, 60)}"`, file);
}
function bad$8(message, file) {
	refuse({
		code: "bad-value",
		message,
		at: { file },
		hint: "A metric is { \"name\": \"queue.depth\", \"value\": 12, \"unit\": \"ms\" }, its unit may be left out."
	});
}

// src/core/read/benchmark-json.ts
/**
* What github-action-benchmark takes as customBiggerIsBetter and customSmallerIsBetter: a list of names, values and
* units. https://github.com/benchmark-action/github-action-benchmark#examples
*/
const benchmarkJson = {
	label: "Benchmark JSON",
	families: ["metrics"],
	writtenBy: "scripts for github-action-benchmark (customBiggerIsBetter, customSmallerIsBetter)",
	claims: ({ json: { list, keys } }) => list && keys.has("name") && keys.has("value") && !keys.has("check_name"),
	read(source, file) {
		const metrics = createMetrics(file);
		for (const [i, entry] of readJson(source, file).entries()) metrics.add({
			...readMetric(entry, "name", `benchmark ${i + 1}`, file),
			labels: "",
			from: { file }
		});
		return metrics.finish();
	}
};

// src/core/read/retried-tests.ts
/**
* A tally in which a failure and a later pass of the same name in the same suite are attempts of one flaky test, for
* tools that write every attempt as a case of its own. Only a pass with a time of its own clears failures: a skipped or
* hollow record beside a failure is how some tools write the failed attempts themselves. Nothing else is united, so
* rows of data under one name stay tests.
*/
function retriedTests(inner) {
	/** Failures that no later attempt has cleared, by identity. */
	const open = /* @__PURE__ */ new Map();
	let current;
	let apartFrom = "";
	let seconds = 0;
	/** Failures that a later pass has cleared. */
	let cleared = 0;
	function settle() {
		for (const failures of open.values()) for (const test of failures) {
			inner.about?.(test);
			inner.failing(test.how, () => test);
		}
		open.clear();
	}
	/** The test that is passing now, if the failures before it were attempts of the same. */
	function retried() {
		const known = seconds > 0 && current ? identity(current, apartFrom) : void 0;
		const failures = known === void 0 ? void 0 : open.get(known);
		if (!failures) return void 0;
		cleared += failures.length;
		open.delete(known);
		return current;
	}
	const pending = () => [...open.values()].reduce((sum, failures) => sum + failures.length, 0);
	return {
		about(test, apart = "") {
			current = test;
			apartFrom = apart;
			seconds = 0;
			inner.about?.(test);
		},
		passed() {
			const test = retried();
			if (test) inner.flaky(test);
			else inner.passed();
		},
		flaky(test) {
			retried();
			inner.flaky(test);
		},
		skipped() {
			inner.skipped();
		},
		failing(_, one) {
			const test = one();
			const known = identity(test, apartFrom);
			open.set(known, [...open.get(known) ?? [], test]);
		},
		time(value, test) {
			seconds = value;
			inner.time(value, test);
		},
		suiteEnds: settle,
		keeps() {
			return inner.keeps();
		},
		bad() {
			return inner.bad() + pending() + cleared;
		},
		total() {
			return inner.total() + pending() + cleared;
		},
		facts() {
			settle();
			return inner.facts();
		}
	};
}
function identity({ suite, className, name, at }, apart) {
	return JSON.stringify([
		suite,
		className,
		name,
		at?.file ?? "",
		apart
	]);
}

// src/core/read/test-tally.ts
/** Most failing and most flaky tests whose names are kept from one file; the counts go on. */
const maxKept = 5e3;
/** Most failing tests whose details are kept from one file: twice what can be shown of them. Then names and messages are. */
const maxDetailed = 1e3;
/** How many of the slowest tests are kept from one file. */
const slowestKept = 10;
/** Longest first line and longest details that are kept of a failure, in characters. */
const maxMessage$2 = 1e3;
const maxDetails = 4e3;
function createTally({ groupsOf, retriesByName, slowestFrom } = {}) {
	const tally = groupsOf ? groupedTally(groupsOf, slowestFrom) : plainTally(slowestFrom);
	return retriesByName ? retriedTests(tally) : tally;
}
function plainTally(slowestFrom = 0) {
	let passed = 0;
	let failed = 0;
	let errored = 0;
	let skipped = 0;
	let flakyCount = 0;
	/** In an array, because a variable that functions share would be a new object for every sum. */
	const seconds = [0];
	const failing = [];
	const flaky = [];
	const slowest = [];
	/** Times up to this one are not among the slowest. */
	let slowFrom = -1;
	function slow(value, test) {
		const timed = {
			...kept(test),
			seconds: value
		};
		const at = slowest.findIndex((other) => other.seconds < value);
		slowest.splice(at === -1 ? slowest.length : at, 0, timed);
		if (slowest.length > slowestKept) slowest.pop();
		if (slowest.length === slowestKept) slowFrom = slowest.at(-1).seconds;
	}
	function nextSlow({ numbers, end }, from) {
		let i = from;
		while (i < end && !(numbers[i] > slowFrom && numbers[i] >= slowestFrom)) i++;
		return i;
	}
	return {
		passed() {
			passed++;
		},
		timesOf(row, test) {
			const { numbers, first, end } = row;
			seconds[0] = added(row, seconds[0]);
			for (let i = nextSlow(row, first); i < end; i = nextSlow(row, i + 1)) slow(numbers[i], test(i));
			const marked = marksOf(row);
			skipped += marked;
			passed += end - first - marked;
		},
		flaky(test) {
			passed++;
			flakyCount++;
			if (flaky.length < 5e3) flaky.push(kept(test));
		},
		skipped() {
			skipped++;
		},
		failing(how, one) {
			if (how === "failed") failed++;
			else errored++;
			if (failing.length === 5e3) return;
			const test = one();
			const details = failing.length < 1e3 ? detached(test.details) : "";
			failing.push({
				...kept(test),
				message: detached(test.message),
				details
			});
		},
		time(value, test) {
			seconds[0] += value;
			if (value > slowFrom && value >= slowestFrom) slow(value, test());
		},
		keeps() {
			return failing.length < 1e3 ? "details" : failing.length < 5e3 ? "message" : "nothing";
		},
		bad() {
			return failed + errored;
		},
		total() {
			return passed + failed + errored + skipped;
		},
		facts() {
			return {
				counts: {
					total: passed + failed + errored + skipped,
					passed,
					failed,
					errored,
					skipped,
					flaky: flakyCount
				},
				seconds: seconds[0],
				failing,
				flaky,
				slowest
			};
		}
	};
}
/** A sum and the numbers of a row. Such loops stand alone, so that the engine compiles them and nothing else with them. */
function added({ numbers, first, end }, sum) {
	let all = sum;
	for (let i = first; i < end; i++) all += numbers[i];
	return all;
}
function marksOf({ marks, first, end }) {
	let marked = 0;
	for (let i = first; i < end; i++) marked += marks[i];
	return marked;
}
/** A tally with one more for each group: what is said of a test goes to all it belongs to. */
function groupedTally(groupsOf, slowestFrom) {
	const whole = plainTally(slowestFrom);
	const groups = /* @__PURE__ */ new Map();
	let current = [whole];
	const tallyOf = (group) => {
		const known = groups.get(group) ?? plainTally();
		groups.set(group, known);
		return known;
	};
	return {
		about(test) {
			current = [whole, ...groupsOf(test).map(tallyOf)];
		},
		passed() {
			for (const tally of current) tally.passed();
		},
		flaky(test) {
			for (const tally of current) tally.flaky(test);
		},
		skipped() {
			for (const tally of current) tally.skipped();
		},
		failing(how, test) {
			const known = test();
			for (const tally of current) tally.failing(how, () => known);
		},
		time(seconds, test) {
			for (const tally of current) tally.time(seconds, test);
		},
		keeps: () => "details",
		bad() {
			return whole.bad();
		},
		total() {
			return whole.total();
		},
		facts: () => ({
			...whole.facts(),
			groups: new Map([...groups].map(([group, tally]) => [group, tally.facts()]))
		})
	};
}
function kept(test) {
	const at = test.at && {
		...test.at,
		file: detached(test.at.file)
	};
	return {
		...test,
		className: detached(test.className),
		name: detached(test.name),
		...at ? { at } : {}
	};
}

// src/core/read/first-line.ts
/** The first line of a text that says something, of at most `most` characters. */
function firstLine$1(text, most = maxMessage$2) {
	return (/^\s*([^\r\n]*)/.exec(text)?.[1] ?? "").slice(0, most).trimEnd();
}

// src/core/read/finding-tally.ts
/** Most findings of one file, and the longest message that is kept of one, in characters. */
const maxFindings = 2e5;
const maxMessage$1 = 500;
function createFindings(file) {
	const findings = [];
	let suppressed = 0;
	return {
		add(finding) {
			if (findings.length === maxFindings) refuse({
				code: "limit-count",
				message: `more findings than the limit (${maxFindings})`,
				at: { file }
			});
			const message = firstLine$1(finding.message, maxMessage$1);
			const { at, ...rest } = finding;
			findings.push({
				...rest,
				message,
				...at ? { at: placed(at) } : {}
			});
		},
		suppressed() {
			suppressed++;
		},
		total() {
			return findings.length;
		},
		finish(problems = []) {
			const note = {
				code: "suppressed",
				severity: "note",
				message: `${suppressed} suppressed ${suppressed === 1 ? "finding is" : "findings are"} not counted`,
				at: { file }
			};
			return {
				facts: {
					kind: "findings",
					findings: {
						findings,
						looked: true
					}
				},
				problems: suppressed > 0 ? [...problems, note] : problems
			};
		},
		nothing(message, hint, problems = []) {
			const looked = findings.length > 0;
			const facts = {
				kind: "findings",
				findings: {
					findings,
					looked
				}
			};
			const idle = {
				code: "nothing-scanned",
				severity: looked ? "error" : "warning",
				message,
				at: { file },
				hint
			};
			return {
				facts,
				problems: [...problems, idle]
			};
		}
	};
}
/** Lines and columns start at 1; what is none is left out. */
function placed({ file, line, column }) {
	const real = (value) => value !== void 0 && Number.isInteger(value) && value > 0;
	return {
		file,
		...real(line) ? { line } : {},
		...real(line) && real(column) ? { column } : {}
	};
}
/** A tool that says that it failed has found nothing that counts. Throws InputError. */
function toolError(tool, said, file) {
	const message = `${tool} failed${said.trim() === "" ? "" : `: ${said.trim().slice(0, 300)}`}`;
	refuse({
		code: "tool-error",
		message,
		at: { file },
		hint: "Run it again, and look at its log."
	});
}
const words$4 = {
	critical: "critical",
	high: "high",
	important: "high",
	moderate: "medium",
	medium: "medium",
	low: "low",
	info: "low",
	negligible: "low"
};
/** A severity by its word; undefined for "unknown" and whatever else says nothing. */
function severityOf(word) {
	const known = typeof word === "string" ? word.toLowerCase() : "";
	return Object.hasOwn(words$4, known) ? words$4[known] : void 0;
}
/** The severity that a CVSS score stands for. https://www.first.org/cvss/v3.1/specification-document#Qualitative-Severity-Rating-Scale */
function severityOfScore(score) {
	const number = typeof score === "string" && score.trim() !== "" ? Number(score) : score;
	if (typeof number !== "number" || !(number > 0 && number <= 10)) return void 0;
	return number >= 9 ? "critical" : number >= 7 ? "high" : number >= 4 ? "medium" : "low";
}
/** The objects of a list under a key; none where it has no such list. Throws InputError for anything else in it. */
function memberObjects(value, key, file) {
	const found = memberList(value, key, file);
	const odd = found.findIndex((one) => !isObject$1(one));
	if (odd === -1) return found;
	const message = `entry ${odd + 1} of "${key}" must be an object`;
	refuse({
		code: "bad-value",
		message,
		at: { file },
		hint: "Let the tool write the file again."
	});
}
/**
* The names of a vulnerability: its own, and those that others give it. What stands for several CVEs, such as the
* advisory of a distribution, is the name of none of them and has only its own.
*/
function namesOf(own, others) {
	const all = vulnerabilityIds([own, ...others]);
	if (all.filter(isCve).length <= 1) return all;
	const listed = vulnerabilityIds([own]);
	const advisory = listed.length === 0 && /^[\w:.-]{1,64}$/.test(own) ? [own] : listed;
	return [.../* @__PURE__ */ new Set([...advisory, ...all.filter((id) => !isCve(id))])];
}
function isCve(id) {
	return id.startsWith("CVE-");
}
/** Identifiers of public lists of vulnerabilities in some texts, each once. */
function vulnerabilityIds(texts) {
	const found = texts.flatMap((text) => typeof text === "string" ? text.match(/\b(?:CVE-\d{4}-\d{4,10}|GHSA(?:-[0-9a-z]{4}){3}|(?:PYSEC|RUSTSEC|GO|OSV)-\d{4}-\d{1,10})\b/gi) ?? [] : []);
	return [...new Set(found.map(asListed))];
}
/** As the lists write them: capitals, only the rest of a GHSA in small letters. */
function asListed(id) {
	return /^ghsa/i.test(id) ? `GHSA${id.slice(4).toLowerCase()}` : id.toUpperCase();
}

// src/core/read/text/xml-cursor.ts
/** A position behind every window. */
const nowhere = 1 << 30;
const hints = {
	damaged: "Let the tool write the file again, and check that it ended normally.",
	cut: "The file is cut off: did the process that wrote it crash, or run out of disk or time?",
	glued: "The file holds more than one document: let every run write a file of its own."
};
function createCursor(window) {
	const cursor = {
		window,
		file: "",
		pos: 0,
		passed: 0,
		less: {
			what: "<",
			at: -1
		},
		ampersand: {
			what: "&",
			at: -1
		},
		cdataEnd: {
			what: "]]>",
			at: -1
		},
		begin(file) {
			cursor.file = file;
			cursor.passed = 0;
			restart();
		},
		more(from) {
			restart();
			cursor.passed += from;
			return window.more(from);
		},
		fail(message, at, hint = hints.damaged) {
			refuse({
				code: "xml-syntax",
				message,
				at: {
					file: cursor.file,
					...window.place(at)
				},
				hint
			});
		}
	};
	function restart() {
		cursor.pos = 0;
		cursor.less.at = -1;
		cursor.ampersand.at = -1;
		cursor.cdataEnd.at = -1;
	}
	return cursor;
}
/** The next place of some markup from `from` on, or `nowhere`. */
function next$1(sought, text, from) {
	if (sought.at < from) {
		const at = text.indexOf(sought.what, from);
		sought.at = at === -1 ? nowhere : at;
	}
	return sought.at;
}
/** Where the text at hand can be cut without cutting a reference, `]]>` or a character. */
function safeEnd(window) {
	const { text } = window;
	let end = text.length;
	const amp = text.lastIndexOf("&");
	if (amp !== -1 && end - amp < 16 && text.indexOf(";", amp) === -1) end = amp;
	else while (end > 0 && text.length - end < 2 && text.charCodeAt(end - 1) === 93) end--;
	return window.whole(end);
}

// src/core/read/text/xml-names.ts
/** Which bytes may stand in a name, and which may begin one. Bytes above ASCII stand for themselves. */
const beginBytes = table$1(":_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
const nameBytes = table$1(":_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-");
function table$1(allowed) {
	const bytes = (/* @__PURE__ */ new Uint8Array(256)).fill(1, 128);
	for (let i = 0; i < allowed.length; i++) bytes[allowed.charCodeAt(i)] = 1;
	return bytes;
}
/** Position after the name that begins at `from`; `from` itself where none does. https://www.w3.org/TR/xml/#NT-Name */
function nameEnd(bytes, from) {
	if (beginBytes[bytes[from]] === 0) return from;
	let at = from + 1;
	while (nameBytes[bytes[at]] === 1) at++;
	return at;
}
/** Most names that are remembered; a report file repeats a handful of them a million times. */
const maxNames$1 = 64;
/** Stands before the first name of a document. */
function noName() {
	return newName(/* @__PURE__ */ new Uint8Array(0));
}
function openNames() {
	const none = noName();
	return {
		known: [],
		none,
		last: none
	};
}
/** Forgets names where there are too many for another document; thousands of small files of one tool have the same. */
function nextDocument(names) {
	names.last = names.none;
	if (names.known.length < maxNames$1) return;
	names.known.length = 0;
	names.none.follower = void 0;
}
/**
* Reads the name that begins at `from`, says where it ends and leaves it in `last`; `from` itself where none begins.
* Names of a report file come in the same order over and over, so the one that followed last time is tried first.
*/
function readName(names, bytes, from) {
	const { last } = names;
	const { follower } = last;
	if (follower !== void 0) {
		const end = from + follower.bytes.length;
		if (startsWith(bytes, from, follower.bytes) && nameBytes[bytes[end]] === 0) {
			names.last = follower;
			return end;
		}
	}
	const end = nameEnd(bytes, from);
	if (end > from) {
		names.last = nameOf$1(names, bytes.subarray(from, end));
		last.follower = names.last;
	}
	return end;
}
/** Whether the bytes at a position are these; those behind the end of a window are a 0, which no name holds. */
function startsWith(bytes, from, wanted) {
	for (let i = 0; i < wanted.length; i++) if (bytes[from + i] !== wanted[i]) return false;
	return true;
}
/** The name that these bytes are. */
function nameOf$1({ known }, bytes) {
	for (const name of known) if (name.bytes.length === bytes.length && startsWith(bytes, 0, name.bytes)) return name;
	const name = newName(bytes.slice());
	if (known.length < maxNames$1) known.push(name);
	return name;
}
function newName(bytes) {
	const text = plainLatin1(bytes, 0, bytes.length);
	return {
		text: interned(text),
		local: interned(localName(text)),
		bytes,
		follower: void 0
	};
}
/** The name without its namespace prefix. */
function localName(name) {
	const colon = name.indexOf(":");
	return colon === -1 ? name : name.slice(colon + 1);
}
/** Most names that are kept as the engine keeps its own. */
const maxInterned = 1e3;
const internedNames = /* @__PURE__ */ new Map();
/** The same string, as the engine keeps it for names in programs: those are compared by address. */
function interned(name) {
	const known = internedNames.get(name);
	if (known !== void 0) return known;
	const kept = Object.keys({ [name]: 0 })[0];
	if (internedNames.size < maxInterned && name.length < 100) internedNames.set(kept, kept);
	return kept;
}
/** Position of the first byte from `from` on that is no blank. */
function skipBlanks(bytes, from) {
	let at = from;
	for (;;) {
		const c = bytes[at];
		if (c === 32 || c === 10 || c === 13 || c === 9) at++;
		else return at;
	}
}

// src/core/read/text/xml-markup.ts
const LT$1 = 60;
const GT$2 = 62;
/** https://www.w3.org/TR/xml/#NT-XMLDecl */
const declarationForm = /^<\?xml\s+version\s*=\s*(["'])1\.\d+\1(?:\s+encoding\s*=\s*(["'])[A-Za-z][\w.-]*\2)?(?:\s+standalone\s*=\s*(["'])(?:yes|no)\3)?\s*\?>$/;
/** Steps over blanks and the XML declaration at the very beginning. Throws InputError for a file of only blanks. */
function skipXmlDeclaration(cursor) {
	const { window } = cursor;
	if (window.bytes[0] !== LT$1) skipBlanksBefore(cursor);
	const { pos } = cursor;
	if (!/^<\?xml\s/.test(window.raw(pos, Math.min(pos + 6, window.length)))) return;
	let end = window.beginning.indexOf("?>", pos);
	if (end === -1) {
		window.withText();
		end = window.text.indexOf("?>", pos);
	}
	if (end === -1) cursor.fail("the XML declaration does not end", pos, hints.cut);
	if (!declarationForm.test(window.raw(pos, end + 2))) cursor.fail("the XML declaration is not well-formed", pos);
	cursor.pos = end + 2;
}
function skipBlanksBefore(cursor) {
	const { window, file } = cursor;
	window.withText();
	const blank = /^\s+(?=<\?xml\s)/.exec(window.text.slice(0, 4096))?.[0].length ?? 0;
	if (blank > 0) {
		window.notes.push({
			code: "blank-before-declaration",
			severity: "note",
			message: "blank characters stand before the XML declaration",
			at: {
				file,
				line: 1
			}
		});
		cursor.pos = blank;
	} else if (/^\s*$/.test(window.text) && !cursor.more(window.text.length)) refuse({
		code: "empty-file",
		message: "is empty (only blanks)",
		at: { file },
		hint: "Did the tool that writes it crash?"
	});
}
/** Longest comment that is told of, in characters. */
const longestTold = 200;
/** Steps over a comment, and tells of a short one to who wants to know. */
function skipComment(cursor, events) {
	cursor.pos += 4;
	/** Where its text begins; nowhere in the window once it is too long to be told of. */
	let from = events.comment ? cursor.pos : -1;
	for (;;) {
		const { window } = cursor;
		const { text } = window;
		const dashes = text.indexOf("--", cursor.pos);
		if (dashes !== -1 && dashes + 2 < text.length) {
			if (text.charCodeAt(dashes + 2) !== GT$2) cursor.fail("\"--\" inside a comment", dashes);
			if (from !== -1 && dashes - from <= longestTold) events.comment?.(window.slice(from, dashes), () => window.place(from).line);
			cursor.pos = dashes + 3;
			return;
		}
		const seen = dashes === -1 ? Math.max(cursor.pos, text.length - 1) : dashes;
		if (from !== -1 && seen - from > longestTold) from = -1;
		const keep = from === -1 ? seen : from;
		if (!cursor.more(keep)) cursor.fail("a comment does not end", cursor.window.text.length, hints.cut);
		cursor.pos = seen - keep;
		if (from !== -1) from = 0;
	}
}
function readCdata(cursor, events) {
	cursor.pos += 9;
	for (;;) {
		const { window, pos } = cursor;
		const end = window.text.indexOf("]]>", pos);
		const upTo = end === -1 ? Math.max(pos, window.whole(window.text.length - 2)) : end;
		if (upTo > pos && events.wantsText()) events.text(window.slice(pos, upTo));
		if (end !== -1) {
			cursor.pos = end + 3;
			return;
		}
		if (!cursor.more(upTo)) cursor.fail("a CDATA section does not end", cursor.window.text.length, hints.cut);
	}
}
function skipInstruction(cursor, rootSeen) {
	const { window } = cursor;
	let end = nameEnd(window.bytes, cursor.pos + 2);
	while (end === window.length && cursor.more(cursor.pos)) end = nameEnd(window.bytes, cursor.pos + 2);
	const target = window.text.slice(cursor.pos + 2, end);
	if (target.toLowerCase() === "xml") {
		const what = rootSeen ? "content after the root element: a second document begins" : "a second XML declaration";
		cursor.fail(what, cursor.pos, hints.glued);
	}
	if (target === "" || !/[\s?]/.test(window.text[end] ?? "")) {
		const hint = end === window.length ? hints.cut : hints.damaged;
		cursor.fail("a processing instruction without a name", cursor.pos, hint);
	}
	for (;;) {
		const { text } = cursor.window;
		const end = text.indexOf("?>", cursor.pos);
		if (end !== -1) {
			cursor.pos = end + 2;
			return;
		}
		if (!cursor.more(Math.max(cursor.pos, text.length - 1))) cursor.fail("a processing instruction does not end", cursor.window.text.length, hints.cut);
	}
}
/** https://www.w3.org/TR/xml/#NT-doctypedecl, without an internal subset. */
const doctype = /^<!DOCTYPE\s+[^\s"'?=]+(?:\s+(?:SYSTEM|PUBLIC\s+(?:"[^"]*"|'[^']*'))\s+(?:"[^"]*"|'[^']*'))?\s*>$/;
/** A DOCTYPE that only names a grammar is stepped over; one with entities of its own is refused. Nothing is fetched. */
function skipDoctype(cursor) {
	for (;;) {
		const head = cursor.window.text.slice(cursor.pos, cursor.pos + 8192);
		const found = /^<!DOCTYPE(?:[^"'[>]|"[^"]*"|'[^']*')*([[>])/.exec(head);
		if (found?.[1] === ">") {
			if (!doctype.test(found[0])) cursor.fail("a DOCTYPE that is none", cursor.pos);
			cursor.pos += found[0].length;
			return;
		}
		if (found) refuse({
			code: "xml-doctype",
			message: "a DOCTYPE with an internal subset; entities of a file's own are never expanded",
			at: {
				file: cursor.file,
				...cursor.window.place(cursor.pos)
			},
			hint: "Let the tool write plain XML without a DTD."
		});
		if (head.length === 8192 || !cursor.more(cursor.pos)) cursor.fail("a DOCTYPE does not end", cursor.pos, hints.cut);
	}
}

// src/core/read/text/xml-entities.ts
/** A reference to a character by its number. */
const reference = /&#(?:([0-9]{1,8})|x([0-9a-fA-F]{1,7}));/y;
const predefined = /* @__PURE__ */ new Map([
	["lt", "<"],
	["gt", ">"],
	["amp", "&"],
	["quot", "\""],
	["apos", "'"]
]);
/** Most digits of a character reference; U+10FFFF has seven, or six in base 16. */
const maxDigits = 8;
/** The names of XML's own references with their semicolons. */
const written = [...predefined.keys()].map((name) => Uint8Array.from(`${name};`, (c) => c.charCodeAt(0)));
const HASH = 35;
const X = 120;
const SEMICOLON = 59;
/** Length of the reference at a position: one of the five of XML or a character reference; 0 where there is none. */
function referenceLength(bytes, at) {
	if (bytes[at + 1] === HASH) return characterLength(bytes, at);
	for (const name of written) if (startsWith(bytes, at + 1, name)) return name.length + 1;
	return 0;
}
function characterLength(bytes, at) {
	const base16 = bytes[at + 2] === X;
	const first = base16 ? at + 3 : at + 2;
	let end = first;
	while (isDigit(bytes[end], base16)) end++;
	const count = end - first;
	return count > 0 && count <= (base16 ? 7 : maxDigits) && bytes[end] === SEMICOLON ? end + 1 - at : 0;
}
function isDigit(c, base16) {
	return c >= 48 && c <= 57 || base16 && (c >= 65 && c <= 70 || c >= 97 && c <= 102);
}
/** Replaces all references; one to a character that XML forbids becomes U+FFFD, and where it stands is told. */
function decodeReferences(text, forbidden) {
	let at = text.indexOf("&");
	if (at === -1) return text;
	let decoded = "";
	let from = 0;
	for (; at !== -1; at = text.indexOf("&", from)) {
		decoded += text.slice(from, at);
		const end = text.indexOf(";", at) + 1;
		const plain = end > 0 && end - at < 7 ? predefined.get(text.slice(at + 1, end - 1)) : void 0;
		if (plain !== void 0) {
			decoded += plain;
			from = end;
			continue;
		}
		reference.lastIndex = at;
		const [whole = "&", decimal, hex] = reference.exec(text) ?? [];
		const number = decimal ?? (hex === void 0 ? void 0 : `0x${hex}`);
		const character = number === void 0 ? whole : characterOf(Number(number));
		if (character === void 0) forbidden(at);
		decoded += character ?? "\ufffd";
		from = at + whole.length;
	}
	return decoded + text.slice(from);
}
/** The character of a number; undefined for one that XML forbids. https://www.w3.org/TR/xml/#charsets */
function characterOf(code) {
	return code === 9 || code === 10 || code === 13 || code >= 32 && code <= 55295 || code >= 57344 && code <= 65533 || code >= 65536 && code <= 1114111 ? String.fromCodePoint(code) : void 0;
}

// src/core/read/text/numbers.ts
/** A whole number from 0 as attributes hold it; undefined for anything else. */
function readCount(text) {
	if (text === void 0 || !/^\s*\+?\d{1,15}\s*$/.test(text)) return void 0;
	return Number(text);
}
const unitSeconds = {
	ns: 1e-9,
	us: 1e-6,
	\u00b5s: 1e-6,
	\u03bcs: 1e-6,
	ms: .001,
	s: 1,
	sec: 1,
	m: 60,
	min: 60,
	h: 3600
};
const unknown$1 = {
	seconds: void 0,
	odd: true
};
/** Longest time that is understood, in characters. */
const longestTime = 64;
/**
* Reads a time as report files write it: "0.16", "1.7e-05", "1,234.5" and "1 234.5" (thousands), "0,160" (decimal comma),
* "80.8us", "00:01:02.5". Without seconds where none can be known: empty, negative, no number.
*/
function readTime(text) {
	if (text.length > longestTime) return unknown$1;
	if (/^\s*\+?(?:\d|\.\d)[\d.]*(?:e[+-]?\d+)?\s*$/i.test(text)) {
		const plain = Number(text);
		if (Number.isFinite(plain)) return {
			seconds: plain,
			odd: false
		};
	}
	const span = readTimeSpan(text);
	if (span !== void 0) return {
		seconds: span,
		odd: true
	};
	const match = /^([\d.,]+(?:e[+-]?\d+)?)\s*([a-z\u00b5\u03bc]*)$/i.exec(text.trim().replace(/(?<=\d)[\s'](?=\d{3})/g, ""));
	if (!match) return unknown$1;
	const unit = match[2] === "" ? 1 : unitSeconds[match[2].toLowerCase()];
	const number = Number(withoutSeparators(match[1]));
	return unit === void 0 || !Number.isFinite(number) ? unknown$1 : {
		seconds: number * unit,
		odd: true
	};
}
/** A time as a clock shows it and as .NET writes a TimeSpan, `[d.]hh:mm:ss[.fffffff]`, in seconds; undefined for others. */
function readTimeSpan(text) {
	if (text.length > longestTime) return void 0;
	const match = /^\s*(?:(\d+)\.)?(\d+):([0-5]\d):([0-5]\d(?:\.\d+)?)\s*$/.exec(text);
	if (!match) return void 0;
	const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
	return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}
/** With both separators the last one is the decimal one; a single comma is a decimal comma; several are thousands. */
function withoutSeparators(number) {
	const comma = number.lastIndexOf(",");
	const dot = number.lastIndexOf(".");
	if (comma === -1) return number;
	if (dot > comma) return number.replaceAll(",", "");
	if (dot !== -1) return number.replaceAll(".", "").replace(",", ".");
	return number.indexOf(",") === comma ? number.replace(",", ".") : number.replaceAll(",", "");
}
const [zero, dot] = [48, 46];
const powers = Float64Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);
/**
* The number that the bytes from `start` to `end` are in plain digits, such as `12` or `0.125`, and the same that
* `Number` makes of it; NaN for anything written otherwise, which need not be no number.
*/
function decimal(bytes, start, end) {
	if (end - start > 15) return NaN;
	let value = 0;
	let point = -1;
	for (let at = start; at < end; at++) {
		const c = bytes[at];
		if (c >= zero && c <= zero + 9) value = value * 10 + (c - zero);
		else if (c === dot && point === -1) point = at;
		else return NaN;
	}
	if (point === -1) return end > start ? value : NaN;
	return end - start > 1 ? value / powers[end - 1 - point] : NaN;
}

// src/core/read/text/xml-tag.ts
/** Most attributes that one element may have. */
const maxAttributes = 256;
/** Longest attribute value that is handed out; the rest is counted by nobody. 64 Ki characters. */
const maxValue = 65536;
function createTag(window) {
	const names = [];
	const values = [];
	function find(name) {
		for (let i = 0; i < tag.count; i++) if (names[i] === name) return i;
		return -1;
	}
	const tag = {
		name: noName(),
		start: 0,
		count: 0,
		names,
		values,
		empty: false,
		has: (name) => find(name) !== -1,
		attribute(name) {
			const i = find(name);
			if (i === -1) return void 0;
			const start = values[i * 2];
			const end = values[i * 2 + 1];
			if (end - start <= 256 && isPlain(window.bytes, start, end)) return window.raw(start, end);
			return attributeText(window, tag.raw(name), () => tag.line());
		},
		is(name, text) {
			const i = find(name);
			if (i === -1) return false;
			const start = values[i * 2];
			const end = values[i * 2 + 1];
			if (end - start === text.length && isText(window.bytes, start, text)) return true;
			return !isPlain(window.bytes, start, end) && tag.attribute(name) === text;
		},
		copy(name, into, at) {
			const i = find(name);
			if (i === -1) return -1;
			const { bytes } = window;
			const start = values[i * 2];
			const end = values[i * 2 + 1];
			if (end - start > 256 || !isPlain(bytes, start, end)) return -1;
			for (let from = start, to = at; from < end; from++, to++) into[to] = bytes[from];
			return at + end - start;
		},
		number(name) {
			const i = find(name);
			return i === -1 ? NaN : decimal(window.bytes, values[i * 2], values[i * 2 + 1]);
		},
		numbers(wanted, into) {
			for (let at = 0; at < wanted.length; at++) {
				const name = wanted[at];
				const i = at < tag.count && names[at] === name ? at : find(name);
				into[at] = i === -1 ? NaN : decimal(window.bytes, values[i * 2], values[i * 2 + 1]);
			}
		},
		raw(name) {
			const i = find(name);
			if (i === -1) return void 0;
			const start = values[i * 2];
			const end = values[i * 2 + 1];
			return window.raw(start, end - start > maxValue ? window.whole(start + maxValue) : end);
		},
		line: () => window.place(tag.start).line,
		repeats() {
			for (let i = 1; i < tag.count; i++) for (let j = 0; j < i; j++) if (names[i] === names[j]) return true;
			return false;
		}
	};
	return tag;
}
/** Longest value that is looked at for being plain. */
const maxPlain = 256;
const AMPERSAND = 38;
/** Whether a value is printable ASCII without references, and so already what it means. */
function isPlain(bytes, start, end) {
	for (let at = start; at < end; at++) {
		const c = bytes[at];
		if (c < 32 || c > 126 || c === AMPERSAND) return false;
	}
	return true;
}
function isText(bytes, start, text) {
	for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text.charCodeAt(i)) return false;
	return true;
}
/** Adds an attribute; false where there are too many. */
function addAttribute(tag, { text }, start, end) {
	const { count, names, values } = tag;
	if (count === 256) return false;
	names[count] = text;
	values[count * 2] = start;
	values[count * 2 + 1] = end;
	tag.count = count + 1;
	return true;
}
/** An attribute value as it is meant: references decoded, line ends and tabs as blanks. */
function attributeText(window, raw, line) {
	const at = () => ({
		file: window.file,
		...line === void 0 ? {} : { line: line() }
	});
	const text = decodeReferences(window.real(raw, line), () => noteReferences(window.notes, at));
	return /[\t\n\r]/.test(text) ? text.replace(/\r\n|[\t\n\r]/g, " ") : text;
}
/** The text between two positions as it is meant: references decoded. */
function textOf$1(window, start, end) {
	const text = window.slice(start, end);
	return decodeReferences(text, (at) => {
		const line = () => window.place(start).line + text.slice(0, at).split("\n").length - 1;
		noteReferences(window.notes, () => ({
			file: window.file,
			line: line()
		}));
	});
}

// src/core/read/text/xml-start-tag.ts
const EQUALS = 61;
const GT$1 = 62;
const QUOTE$2 = 34;
const APOSTROPHE = 39;
const SLASH$1 = 47;
/**
* Reads the start tag at `start` into `tag`. Returns the position after it, or -1 where the window ends first.
* https://www.w3.org/TR/xml/#NT-STag
*/
function readStartTag(cursor, names, tag, start) {
	const { bytes, length, text } = cursor.window;
	let at = readName(names, bytes, start + 1);
	if (at === length) return unfinished$1(cursor, start);
	if (at === start + 1) cursor.fail(`"${text.slice(start, start + 20)}" begins no element`, start);
	tag.name = names.last;
	tag.start = start;
	tag.count = 0;
	tag.empty = false;
	for (;;) {
		const gap = at;
		at = skipBlanks(bytes, at);
		const c = bytes[at];
		if (c === GT$1) break;
		if (c === SLASH$1 && bytes[at + 1] === GT$1) {
			tag.empty = true;
			at++;
			break;
		}
		if (at === length || c === SLASH$1 && at + 1 === length) return unfinished$1(cursor, start);
		if (c === SLASH$1) fail(cursor, start, "\"/\" inside a tag", at);
		if (at === gap) fail(cursor, start, `"${text.slice(at, at + 20)}" where a blank or the end of the tag should be`, at);
		at = readAttribute(cursor, names, tag, at);
		if (at === -1) return unfinished$1(cursor, start);
	}
	const another = next$1(cursor.less, text, start + 1);
	if (another < at) cursor.fail(anotherTag, another);
	if (tag.count > 1 && tag.repeats()) cursor.fail(`<${tag.name.text}> has an attribute twice`, start);
	checkValues(cursor, tag, start, at);
	return at + 1;
}
/** Reads an attribute; returns the position after it, or -1 where the window ends first. */
function readAttribute(cursor, names, tag, start) {
	const { bytes, length, text } = cursor.window;
	let at = readName(names, bytes, start);
	if (at === length) return -1;
	if (at === start) fail(cursor, tag.start, `"${text.slice(start, start + 20)}" is no attribute`, start);
	const name = names.last;
	if (bytes[at] !== EQUALS) {
		at = skipBlanks(bytes, at);
		if (at === length) return -1;
		if (bytes[at] !== EQUALS) fail(cursor, tag.start, `the attribute ${name.text.slice(0, 40)} has no value`, start);
	}
	at++;
	if (bytes[at] !== QUOTE$2) at = skipBlanks(bytes, at);
	const quote = bytes[at];
	if (at === length) return -1;
	if (quote !== QUOTE$2 && quote !== APOSTROPHE) fail(cursor, tag.start, "an attribute value is not in quotes", at);
	const close = text.indexOf(quote === QUOTE$2 ? "\"" : "'", at + 1);
	if (close === -1) return -1;
	if (!addAttribute(tag, name, at + 1, close)) {
		const message = `an element has more attributes than the limit (${256})`;
		refuse({
			code: "limit-count",
			message,
			at: {
				file: cursor.file,
				...cursor.window.place(start)
			}
		});
	}
	return close + 1;
}
const anotherTag = "\"<\" inside a tag";
/** Says that the window ends before the tag does; a "<" in between shows that it never will. */
function unfinished$1(cursor, start) {
	const another = cursor.window.text.indexOf("<", start + 1);
	if (another !== -1) cursor.fail(anotherTag, another);
	return -1;
}
/** Refuses a tag. A "<" before what is wrong comes first, because it is all that shows as long as the rest is not at hand. */
function fail(cursor, start, message, at) {
	const another = cursor.window.text.indexOf("<", start + 1);
	if (another !== -1 && another < at) cursor.fail(anotherTag, another);
	cursor.fail(message, at);
}
function checkValues(cursor, tag, start, end) {
	const { text } = cursor.window;
	if (next$1(cursor.ampersand, text, start) > end) return;
	const { count, values } = tag;
	for (let i = 0; i < count * 2; i += 2) checkReferences(cursor, values[i], values[i + 1]);
}
/** Every `&` between two positions must begin a reference that needs no declaration. */
function checkReferences(cursor, start, end) {
	const { text, bytes } = cursor.window;
	for (let at = next$1(cursor.ampersand, text, start); at < end;) {
		const length = referenceLength(bytes, at);
		if (length === 0) {
			const name = /^&[\w.:-]{1,40};/.exec(text.slice(at, at + 50))?.[0];
			cursor.fail(name ? `the entity ${name} is not declared` : "\"&\" that begins no reference", at);
		}
		at = next$1(cursor.ampersand, text, at + length);
	}
}

// src/core/read/text/xml-figures.ts
/** How many numbers are told of each element. */
function widthOf({ counts, word, share }) {
	return counts.length + (word === void 0 ? 0 : 1) + (share === void 0 ? 0 : 2);
}

// src/core/read/text/base64.ts
/** The bytes that base64 stands for. One by one in a loop, which takes a third of what a call for each would. */
function bytesOfBase64(base64) {
	const binary = atob(base64);
	const bytes = new Uint8Array(binary.length);
	for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
	return bytes;
}

// src/core/read/text/xml-kernel-code.ts
const kernelCode$1 = "AGFzbQEAAAABSAxgAAF/YAF/AX9gAn9/AX9gA39/fwF/YAJ/fwBgBH9/f38Bf2AFf39/f38Bf2ABfwBgBX9/fn9+AGAAAGADf39/AGADf35/AAMdHAEFAwMBAgYAAAMAAAAAAgcAAggBAQACCQoECwQFAwEACAa+ASN/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfAFEAAAAAAAAAAALfwFBAAt/AUEAC38BQQALfgFCAAt/AUEAC38BQQALfwFBAAt/AUEAC34BQgALfgFCAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfAFEAAAAAAAAAAALfwFBAAsH4AEVB2ZvdW5kQXQADAlhbnN3ZXJzQXQAEAdzdGFja0F0AAgJbnVtYmVyc0F0AAoHbWFya3NBdAALCWVudHJpZXNBdAANCHdpbmRvd0F0AAcFYmVnaW4ADwpjb3VudExpbmVzAA4DcnVuAAkIYWRkQ291bnQAGwphZGRGaWd1cmVzABoIYWRkU2hhcmUAGQdhZGRXb3JkABgFY291bnQAEg1mb3JnZXRGaWd1cmVzABcHaG93TWFueQAVCGxlbmd0aE9mABQIbnVtYmVyT2YABQZzbG90T2YAEwZtZW1vcnkCAAq/MhyJAgEEfyAAKAIBIgFB////B3EiAkHn6O0BRiACQezo7QFGcgRAIABBBGoPCyABQeHawdsDRgRAIABBBWoPCyABQeHgvZsHRiABQfHqvaMHRnIEfyAALQAFQTtGBUEACwRAIABBBmoPCyABQf8BcUEjRwRAIAAkAkEADwsgAEEDQQIgAC0AAkH4AEYiAhtqIgMhAQNAIAEtAAAiBEE5TSAEQTBPcQR/QQEFIAIEfyAEQcYATSAEQcEAT3EEf0EBBSAEQeYATSAEQeEAT3ELBUEACwsEQCABQQFqIQEMAQsLIAEgA2tBB00gASADS3EEfyABLQAAQTtGBUEACwR/IAFBAWoFIAAkAkEACwunAQEDfyABIAAoAgxqIQYgACgCBCIBQQJ0IQQgACgCACIFIwVHIwQgA0dyBEAgAyQDIAUkBSADQQY2AgAgAyAFNgIEIAMgBiMAazYCCCADIAIjAGs2AgwgA0EQaiEDCyADIARqJAQjAyMDKAIAQYACajYCACMDIAIjAGs2AgwgAyAAQSBqIAFBAnQiAfwKAAAgASADaiQMIwkgADYCECAAJAlBACQLIAILwgICA38BfiAAKAIIIAJHBEBBAA8LIABBoAFqIQIgAEHgAGohBANAIAQoAgAhBUEAIQMDQCADIAVJBEAgASADav0ABAAgAv0ABAD9USAC/QAEEP1O/VMEQEEADwsgAkEgaiECIANBEGohAwwBCwsgASAFaiEBIAQoAgQiA0EASARAIAFBACABIwFNGw8LIAH9AAQA/QwwMDAwMDAwMDAwMDAwMDAw/XH9DAkJCQkJCQkJCQkJCQkJCQn9KP1kaCIFQQFrQQdNBEAgAEEgaiADQQJ0aiABIAVqIgFBCGspAwBCwAAgBa1CA4Z9IgaIIAaGQo+evPjw4cOHD4MiBkIKfiAGQgiIfEL/gfyH8J/A/wCDIgZC5AB+IAZCEIh8Qv//g4Dw/z+DIgZCkM4AfiAGQiCIfD4CACAEQQhqIQQMAQsLQQAL3AEBAn8jHkUEQEEAJB0gAg8LIAAjH0cEQCACDwsjHiEAQQAkHiMdRQRAIAAkHSAAQRBqIgMgACACIABr/AoAACMAIAMiACgCCGohBCMdIgNBBTYCACADQQA2AgQgAyAEIwBrNgIIIAMgASMAazYCDCACQRBqIQILIyAEQCMcQQN0QcC0BWojITkDACMcQcC0B2ojIjoAACMcQQJ0QcDUB2ogAEGACGtBAnY2AgAjHEEBaiQcIx0jHSgCAEGAAmo2AgALIx0gAkGACGtBAnY2AgQjHSABIwBrNgIMIAILmQIBBH8jB0HAqARqLQAAIgMEfyADQYCoBGotAAAhAgJ/QQAgAP0ABAAgA0EGdEGAiARqIgT9AAQA/VEgBP0ABCD9Tv1TDQAaQQAgAkEQSwR/IAD9AAQQIARBEGr9AAQA/VEgBP0ABDD9Tv1TBUEACw0AGiAAIAJqLQAAQYCrBGotAABFCwVBAAsEQCADJAcgACADQYCoBGotAABqDwsCQCAALQAAQYCrBGotAABBA0cEQCAAJAIMAQsgAEEBaiEBA0AgAS0AAEGAqwRqLQAABEAgAUEBaiEBDAELCyABIwFPBEAjASQCQQAhAQwBCyAAIAEgAGsQBSICRQRAIAAkAkEAIQEMAQsjB0HAqARqIAI6AAAgAiQHCyABC8QCAQR/IAFFIAFBIEtyBEBBAA8LIAEhAgNAIAEgA0sEQCACIAAgA2otAABzQZODgAhsIQIgA0EBaiEDDAELCyACQQ92Qf8BcSECA0AgAkGAqQRqLQAAIgRFBEAjBkE/RgRAQQAPCyMGQQFqJAYgAkGAqQRqIwY6AAAjBiICQQZ0QYCIBGoiA0EAQcAA/AsAIAMgACAB/AoAACADQSBqQf8BIAH8CwAgAkGAqARqIAE6AAAjBg8LIARBgKgEai0AACIDIAFGBH8Cf0EAIAD9AAQAIARBBnRBgIgEaiIF/QAEAP1RIAX9AAQg/U79Uw0AGkEAIANBEEsEfyAA/QAEECAFQRBq/QAEAP1RIAX9AAQw/U79UwVBAAsNABogACADai0AAEGAqwRqLQAARQsFQQALRQRAIAJBAWpB/wFxIQIMAQsLIAQL2AQBCH8DQCAGIxZJBEAjEiAGQQd0QcCuBWoiBygCAEcEfkIABSAHKQMIIAKtiEIBgwunBEAgByABEBZFBEAgBA8LIAcoAgQhCCMAIAEoAghqIQkjF0EBIAAbRQRAAkAjC0EBaiQLIwtBwABLBEBBACQIQQAkCUEAJAsLIwpFIwhBEEZyDQAjDUUjDUEIT3IgCEEQS3IgAyAAa0GAAktyDQAjCkEBayQKIwgiBEEBaiQIIARBCnRBgK0EaiIKIAY2AgAgCiAINgIEIAogAjYCCCAKIAkgAGs2AgwgCkEANgIQIApBIGpBwLIFIAhBAnT8CgAAIApBoAFqIQQDQCAFIw1NBEAgBUEMbEGArQVqIQsgCkHgAGogBUEDdGogBSMNSQR/IAsoAgAFIAMLIABrIgc2AgAgCkHgAGogBUEDdGogBSMNSQR/IAsoAggFQX8LNgIEQQAhAgNAIAIgB0kEQCAEIAAgAmpBECAHIAJrIgwgDEEQTxsiDPwKAAAgBP0MAAAAAAAAAAAAAAAAAAAAAP0LABAgBEEQakH/ASAM/AsAIARBIGohBCACQRBqIQIMAQsLIAsoAgQhACAFQQFqIQUMAQsLIwkEQCMJIAo2AhALIAokCQsLIwUgBkcjBCABR3IEQCABJAMgBiQFIAFBBjYCACABIAY2AgQgASAJIwBrNgIIIAEgAyMAazYCDCABQRBqIQELIAEgCEECdCIAaiICJAQjAyMDKAIAQYACajYCACMDIAMjAGs2AgwgAUHAsgUgAPwKAAAgAg8LIAZBAWohBgwBCwsgBAsGAEGA1wgLBgBBwNQIC7oNAwd/AXsCfCMAIAFqJAEjACAAaiEAQYAIIQNBACQcQQAkHkEAJB1BACQEA0AgA0GgA2pBgIgETQRAIAJBgAJJQQAgAhsEQCACQb/UCGotAAAhBAJ/QQAjCUUNABojCSgCECIGBEAgBiAAIAQQAiIBBEAgBiAAIAEgAxABDAILC0EAIQEDQCABIwhJBEAgAUEKdEGArQRqIgcgBkYEf0EABSAHIAAgBBACCyIIBEAgByAAIAggAxABDAMLIAFBAWohAQwBCwtBAAsiAQRAIAEhACMMIQNBACEFDAMLCyAAIQEDQAJAQQAhBAJ/A0AgASMBSQRAIAH9AAQAIgr9DDw8PDw8PDw8PDw8PDw8PDz9IyAK/QwmJiYmJiYmJiYmJiYmJiYm/SP9UCAK/QxdXV1dXV1dXV1dXV1dXV1d/SP9UP1kIgYEQCABIAZoaiIBIwFPBH8jASQCQQAFIAELDAMLIAFBEGohAQwBCwsjASQCQQALIgFFDQAgASIELQAAIgZBPEYNACAGQSZGBEBBACEEIAEQACIBRQ0BBSAELQABQd0ARgR/IAQtAAJBPkYFQQALBEAgBCQCQQAhBAwCCyAEQQFqIQELDAELCwJAIARFBEAjASMCQSBqTSEBDAELIAQtAAEhBkEAIQEgAgR/QQAFIAZBL0YgACAER3IgBkEhRnILDQAgBkEvRgRAAn8gAkG/1AhqLQAAIgEEfyABQYCoBGotAAAhBgJ/QQAgBEECaiIH/QAEACABQQZ0QYCIBGoiCP0ABAD9USAI/QAEIP1O/VMNABpBACAGQRBLBH8gB/0ABBAgCEEQav0ABAD9USAI/QAEMP1O/VMFQQALDQAaIAYgB2otAABBgKsEai0AAEULBUEAC0UEQCAEJAJBAAwBCyABQYCoBGotAAAgBEECamohAQNAIAEtAAAiBkEKRyAGQSBHcSAGQQ1HcSAGQQlHcUUEQCABQQFqIQEMAQsLIAEtAABBPkYEfyABQQFqBSABJAJBAAsLIgEEQCAFQQBHIgYEQANAIAAtAAAiBkEKRyAGQSBHcSAGQQ1HcSAGQQlHcUUEQCAAQQFqIQAMAQsLIAAgBEYhBgsgBgRAIAUgBSgCAEECajYCAAsgA0EDNgIAIANBADYCBCADIAQjAGs2AgggAyABIwBrNgIMIAJBAWsiAiABIANBEGoQAyEDIAJBACAGGwRAQQAgBSACQb/UCGotAAAgASADEAYhAwtBACEFIAEhACACDQRBACEBDAILBSAEKQMBQqG2jaKUiNWg2wBRBEAgBEEJaiEAA0ACQEEAIQECfwNAIAAjAUkEQCAA/QAEAP0MXV1dXV1dXV1dXV1dXV1dXf0jIgogCv1QIAr9UP1kIgUEQCAAIAVoaiIAIwFPBH8jASQCQQAFIAALDAMLIABBEGohAAwBCwsjASQCQQALIgBFDQAjASAAQQJqTQRAIwEkAgwBCyAAQQNqIQEgAC0AAUHdAEYEfyAALQACQT5GBUEACw0AIABBAWohAAwBCwsgAQRAIANBBDYCACADQQA2AgQgAyAEIwBrNgIIIAMgASMAazYCDCADQRBqIQNBACEFIAEhAAwFCwUgAkGAAklBACAEIANBEGoiBhARIgEbBEAgAyIFIxNBCHQjFEEAR3I2AgAgAyMSNgIEIAMgBCMAazYCCCADIAEjAGs2AgwgBiMTQQxsaiEDIxsjEq2IQgGDpyEIAkAjHgRAIAgNASACIx9BAWpGQQAjEiMZRkEAIyAbGwRAQQEkIgwCC0EAJB5BACQdCyMVIxqDUCMSIxhGIgQgBBsEfyMVIw6tiEIBg6cFQQALBEBBACEEAkAjECMPa0EPSw0ARAAAAAAAAAAAIQtEAAAAAAAA8D8hDEEAIQYjDyEHA0AgByMQSQRAIActAAAiCUE5TSAJQTBPcQRAIAtEAAAAAAAAJECiIAlBMGu4oCELQQEhBCAMRAAAAAAAACRAoiAMIAYbIQwFIAZFIAlBLkZxRQRAQQAhBAwEC0EBIQYLIAdBAWohBwwBCwsgCyAMoyQRCwVBACEECyAEJCAjICAIckUEQEEAJB0MAQsgBSQeIAIkHyMRJCFBACQiCyMUBEAgAiABIAMQAyEDIAIEQCAAIAUgAkG/1AhqLQAAIAEgAxAGIQMLQQAhBQUgAiIAQQFqIQIgAEHA1AhqIxI6AAALIAEhACACDQVBACEBDAMLCwsgBCEAIAEEf0EABSMBIwJBIGpNCyEBCwVBAiEBCwtBwNYIIANBgAhrQQJ2NgIAQcTWCCABNgIAIAAjAGsLBgBBwLQFCwYAQcC0BwsFAEGACAsGAEHA1AcL2gMCBH8BeyMAIAFqIQIjACAAaiIFIQADQCAAQUBrIAJNBED9DAAAAAAAAAAAAAAAAAAAAAAhBkEAIQMDQCADQT9JIABBQGsiASACTXEEQCAGIAD9AAQA/QwKCgoKCgoKCgoKCgoKCgoK/SMgAP0ABBD9DAoKCgoKCgoKCgoKCgoKCgr9I/1uIAD9AAQg/QwKCgoKCgoKCgoKCgoKCgoK/SMgAP0ABDD9DAoKCgoKCgoKCgoKCgoKCgr9I/1u/W79cSEGIAEhACADQQFqIQMMAQsLIAQgBv19/X8iBv0bACAG/RsBamogBv0bAiAG/RsDamohBAwBCwsDQCAAIAJJBEAgAP0ABAD9DAoKCgoKCgoKCgoKCgoKCgr9I/1kIQEgBCACIABrIgNBEEkEfyABQQEgA3RBAWtxBSABC2lqIQQgAEEQaiEADAELCyAEBEAgAiEAAkADQCAAIAVLBEAgBSAAQRBrIAAgBWtBEEkbIgH9AAQA/QwKCgoKCgoKCgoKCgoKCgoK/SP9ZCECIAAgAWsiAEEQSQRAIAJBASAAdEEBa3EhAgsgAUEfaiACZ2shACACDQIgASEADAELC0EAIQALBUEAIQALQcDWCCAAIwBrQX8gABs2AgAgBAvwAQECfyAAJABBACQGQQAkB0HAqARBAEHAAPwLAEGAqQRBAEGAAvwLAANAIAFBgAJJBEAgAUHBAE8iAARAIAFB2gBNIQALIABFBEAgAUH6AE0gAUHhAE9xIQALIABFBEAgAUHfAEYhAAsgAEUEQCABQTpGIQALIAAgAUGAAU8gABshAiABQTBPIgAEQCABQTlNIQALIABFBEAgAUEtRiEACyABQYCrBGpBAyAAIAFBLkYgABtBAEcgAhs6AAAgAUEBaiEBDAELC0EAJBhBACQOQgAkGkEAJBlCACQbQQAkFkEAJAhBACQJQQAkC0HAACQKCwYAQcDWCAv6AwMEfwF7AX4gAEEBahAEIgBFBEBBAA8LIwckEkEAJBNBACQUQgAkFQNAAkAgACECA0AgAC0AACIDQQpHIANBIEdxIANBDUdxIANBCUdxRQRAIABBAWohAAwBCwsgAC0AACIDQT5GBEAgAEEBag8LIANBL0YEQCAALQABQT5HDQFBASQUIABBAmoPCyMTQSBGIAAgAkZyDQAgABAEIgJFBEBBAA8LIAItAAEhBCACLQAAQT1HBH9BAQUgBEEnRyAEQSJHcQsEQCACJAJBAA8LQgEjB62GIgcjFYNCAFINACMVIAeEJBUgAkECaiIDIQADQAJAQQAhAgJ/A0AgACMBSQRAIAD9AAQAIgYgBP0P/SMgBv0MPDw8PDw8PDw8PDw8PDw8PP0j/VAgBv0MJiYmJiYmJiYmJiYmJiYmJv0j/VD9ZCIFBEAgACAFaGoiACMBTwR/IwEkAkEABSAACwwDCyAAQRBqIQAMAQsLIwEkAkEACyIARQ0AIAAiAi0AACIAIARGDQAgAEEmRwRAIAIkAkEAIQIMAQsgAhAAIQBBACECIAANAQsLIAJFBEBBAA8LIwcjDkYEQCADJA8gAiQQCyABIwc2AgAgASADIwBrNgIEIAEgAiMAazYCCCABQQxqIQEjE0EBaiQTIAJBAWohAAwBCwsgACQCQQALFgAgACQYIAEkDiACJBogAyQZIAQkGwsMACAAQQZ0QYCIBGoLDAAgAEGAqARqLQAACwQAIwYLvQcCCn8BfiAAKQMQIgwgDCMVg1IEQEEADwsgACgCBCICQQJ0IgNBvLIFakF/NgIAIAJBAUsEQCADQbiyBWpBfzYCAAtBACQXQQAkDSABKAIAQQh2IQcgAUEQaiEEA0AgBiAHSQRAIAQoAgAgAEEgamotAAAiCARAIwAgBCgCBGohASMAIAQoAghqIQkgCEE/cUECdEHAsgVqIQUgCEHAAXEiAkHAAEYEQAJ/QX8gCSABa0EBa0EISw0AGkEAIQMgASECA0AgAiAJSQRAQX8gAi0AAEEwayIKQQlLDQIaIANBCmwgCmohAyACQQFqIQIMAQsLIAMLIgJBAEgEQEEADwsgBSACNgIAIw1BDGxBgK0FaiICIAE2AgAgAiAJNgIEIAIgCEE/cTYCCCMNQQFqJA0FIAJBgAFGBEAgACgCGCEKQQAhAgJAA0AgAiAKSQRAIAJBAWohAyAAQRxqIAJqLQAAIgtBgKgEai0AACIIIAkgAWtGBH8Cf0EAIAH9AAQAIAtBBnRBgIgEaiIL/QAEAP1RIAv9AAQg/U79Uw0AGkEAIAhBEEsEfyAB/QAEECAL/QAEEP1RIAv9AAQw/U79UwVBAAsNABogASAIai0AAEGAqwRqLQAARQsFQQALDQIgAkEBaiECDAELCwNAIAEgCUkEQEF/IQMgAS0AACICQSBJIAJB/gBLciACQSZGcg0CIAFBAWohAQwBCwtBACEDCyADQQBIBEBBAA8LIAUgAzYCAAVBASQXAn8gASECQQAhAwNAIAIgCUkEfyACLQAAIgFBLkYgAUEwa0EJTXIgAUElRnIgAUEgRnIFQQALBEAgAkEBaiECDAELCyACQQFqIQEDQCABIAlJBH8gAS0AAEEvRwVBAAsEQCABQQFqIQEMAQsLQQAgASAJTwR/QQEFIAItAABBKEcLBH9BAQUgCUEBay0AAEEpRwsNABpBACAJIAFrQQhLIAEgAmtBB0tyDQAaQQACf0F/IAEgAkEBaiICa0EBa0EISw0AGgNAIAEgAksEQEF/IAItAABBMGsiCEEJSw0CGiADQQpsIAhqIQMgAkEBaiECDAELCyADCyIIQQBIAn9BfyAJQQFrIgkgAUEBaiICa0EBa0EISw0AGkEAIQMDQCACIAlJBEBBfyACLQAAQTBrIgFBCUsNAhogA0EKbCABaiEDIAJBAWohAgwBCwsgAwsiASAISHINABogBSAINgIAIAUgATYCBEEBC0UEQEEADwsLCwsgBkEBaiEGIARBDGohBAwBCwtBAQsXAEEAJBZBACQIQQAkCUEAJAtBwAAkCgtfAQN/IxZBB3RBwK0FaiIDKAIYIgRBBEYEQA8LIxZBB3RBwK0FaiIFQSBqIABqIAFBgAFyOgAAIAUgBSkDEEIBIACthoQ3AxAgA0EcaiAEaiACOgAAIAMgBEEBajYCGAsYACMWQQd0QeCtBWogAGogAUHAAXI6AAALPwEBfyMWQQRGBEAPCyMWIgNBAWokFiADQQd0QcCuBWoiA0EAQYAB/AsAIAMgADYCACADIAI2AgQgAyABNwMICzABAX8jFkEHdEHArQVqIgJBIGogAGogAUHAAHI6AAAgAiACKQMQQgEgAK2GhDcDEAs=";

// src/core/read/text/xml-kernel.ts
/** Kinds of what a run finds, as kernel/xml.ts numbers them. */
const found = {
	open: 0,
	empty: 1,
	hollow: 2,
	close: 3,
	cdata: 4,
	row: 5,
	figures: 6
};
/** Why a run stopped, as kernel/xml.ts numbers it. */
const stopped = {
	unsure: 0,
	cut: 1,
	full: 2
};
const pageBytes$1 = 65536;
const maxName$2 = 32;
/** With more names than these a kernel begins anew, so that there is room for those of the next document. */
const maxKnown = 32;
/** What the kernel may read behind the end of a window. */
const slack$1 = 64;
let compiled$1;
/** Whether a window lies in a kernel, as it does when the one before left it there. */
function hasKernel({ ground }) {
	return "run" in ground;
}
/** The kernel of a window, which is moved there if need be. */
function kernelOf(window) {
	if (!hasKernel(window)) window.moveTo(createKernel$1());
	return window.ground;
}
function createKernel$1() {
	compiled$1 ??= new WebAssembly.Module(bytesOfBase64(kernelCode$1));
	const wasm = new WebAssembly.Instance(compiled$1).exports;
	const windowAt = wasm.windowAt();
	wasm.begin(windowAt);
	/** Names by their numbers, as far as they were asked for. */
	let names = [];
	let counted;
	let figures;
	function numberOf(name) {
		if (name.length > maxName$2) return 0;
		const room = new Uint8Array(wasm.memory.buffer, wasm.foundAt(), 33);
		room.set(name);
		room[name.length] = 0;
		return wasm.numberOf(wasm.foundAt(), name.length);
	}
	const numberOfText = (name) => numberOf(new TextEncoder().encode(name));
	const bitsOf = (names) => names.reduce((all, name) => all | 1n << BigInt(numberOfText(name)), 0n);
	function count({ element, number, without, mark, unread }) {
		const [counted, countedBy, marking] = [
			element,
			number,
			mark
		].map(numberOfText);
		wasm.count(counted, countedBy, bitsOf(without), marking, bitsOf(unread));
	}
	function take(kinds) {
		wasm.forgetFigures();
		for (const kind of kinds) {
			const { element, inside, counts, word, share } = kind;
			wasm.addFigures(numberOfText(element), bitsOf(inside), widthOf(kind));
			for (const [column, name] of counts.entries()) wasm.addCount(numberOfText(name), column);
			for (const one of word?.of ?? []) wasm.addWord(numberOfText(word.attribute), counts.length, numberOfText(one));
			if (share !== void 0) wasm.addShare(numberOfText(share), widthOf(kind) - 2);
		}
	}
	const kernel = {
		memory: viewsOf(wasm, windowAt),
		room(size) {
			const missing = size - kernel.memory.window.length;
			if (missing > 0) {
				wasm.memory.grow(Math.ceil(missing / pageBytes$1));
				kernel.memory = viewsOf(wasm, windowAt);
			}
			return kernel.memory.window;
		},
		countLines(from, end) {
			return {
				lines: wasm.countLines(from, end),
				last: kernel.memory.answers[0]
			};
		},
		run(from, length, open) {
			const { stack } = kernel.memory;
			for (let depth = 0; depth < open.length; depth++) stack[depth] = kernel.numberOf(open[depth]);
			return wasm.run(from, length, open.length);
		},
		begin(what, kinds) {
			if (wasm.howMany() > maxKnown) {
				wasm.begin(windowAt);
				[names, counted, figures] = [
					[],
					void 0,
					void 0
				];
			}
			if (kinds !== figures) take(kinds ?? []);
			figures = kinds;
			if (what === counted) return;
			if (what) count(what);
			else wasm.count(0, 0, 0n, 0, 0n);
			counted = what;
		},
		numberOf(name) {
			const known = names.indexOf(name);
			if (known !== -1) return known;
			const number = numberOf(name.bytes);
			if (number > 0) names[number] = name;
			return number;
		},
		nameBy(number) {
			const known = names[number];
			if (known !== void 0) return known;
			const name = newName(new Uint8Array(wasm.memory.buffer, wasm.slotOf(number), wasm.lengthOf(number)).slice());
			names[number] = name;
			return name;
		}
	};
	return kernel;
}
function viewsOf(wasm, windowAt) {
	const { buffer } = wasm.memory;
	return {
		found: new Int32Array(buffer, wasm.foundAt(), 16384),
		answers: new Int32Array(buffer, wasm.answersAt(), 2),
		stack: new Uint8Array(buffer, wasm.stackAt(), 256),
		numbers: new Float64Array(buffer, wasm.numbersAt(), 4096),
		marks: new Uint8Array(buffer, wasm.marksAt(), 4096),
		entries: new Int32Array(buffer, wasm.entriesAt(), 4096),
		window: new Uint8Array(buffer, windowAt, buffer.byteLength - windowAt - slack$1)
	};
}

// src/core/read/text/xml-stride.ts
/**
* How many bytes must be at hand for the kernel to take over. 4 KiB. To load it takes as long as the scanner takes to read
* about so many before it has warmed up.
*/
const usualStart$1 = 4096;
/** How many bytes were at hand of documents that were read without a kernel. */
let without$1 = 0;
function createStride(scan) {
	const { cursor, tag, open } = scan;
	const { window } = cursor;
	let kernel;
	function pays() {
		const { kernelFrom } = window;
		const atHand = cursor.passed + window.length;
		if (kernelFrom !== void 0) return atHand >= kernelFrom;
		return hasKernel(window) || without$1 + atHand >= usualStart$1;
	}
	/** Tells what was found between two positions. */
	function tell(kernel, from, end) {
		const { events } = scan;
		const { found: found$1, answers } = kernel.memory;
		const used = answers[0];
		let told = from;
		let counts = 0;
		for (let at = 0; at < used;) {
			const kind = found$1[at] & 255;
			const start = found$1[at + 2];
			if (start > told) text(told, start);
			told = found$1[at + 3];
			if (kind === found.row) {
				const first = counts;
				counts += found$1[at] >> 8;
				if (tellRow(first, counts)) at = found$1[at + 1];
				else {
					at += 4;
					told = start;
				}
				continue;
			}
			if (kind === found.figures) {
				at = tellFigures(found$1, at);
				continue;
			}
			if (kind === found.close) {
				at += 4;
				events.close(open.pop().local);
			} else if (kind === found.cdata) {
				at += 4;
				if (told - start > 12 && events.wantsText()) events.text(window.slice(start + 9, told - 3));
			} else {
				const name = kernel.nameBy(found$1[at + 1]);
				at = readTag(found$1, at, name);
				if (kind !== found.open && events.hollow?.(name.local, tag)) {
					if (kind === found.empty) continue;
					told = found$1[at + 3];
					at += 4;
				} else {
					events.open(name.local, tag);
					if (kind === found.empty) events.close(name.local);
					else open.push(name);
				}
			}
		}
		if (end > told) text(told, end);
	}
	/** Tells a row of elements by the numbers of those that are counted; false if each is to be told for itself. */
	function tellRow(first, end) {
		if (scan.events.wantsText()) return false;
		if (first === end) return true;
		const { numbers, marks, entries, found } = kernel.memory;
		return scan.events.counted.tell({
			numbers,
			marks,
			first,
			end
		}, (index) => {
			const at = entries[index];
			readTag(found, at, kernel.nameBy(found[at + 1]));
			return tag;
		});
	}
	/** Tells figures, and returns the position after them. */
	function tellFigures(found, at) {
		const figures = scan.events.figures;
		const kind = found[at + 1];
		const first = at + 4;
		const end = first + (found[at] >> 8) * widthOf(figures.what[kind]);
		figures.tell(kind, found, first, end);
		return end;
	}
	function text(start, end) {
		const { events } = scan;
		if (events.wantsText()) events.text(textOf$1(window, start, end));
	}
	/** Fills the tag from what was found, and returns the position after it. */
	function readTag(found$2, at, name) {
		const end = at + 4 + (found$2[at] >> 8) * 3;
		tag.name = name;
		tag.start = found$2[at + 2];
		tag.empty = (found$2[at] & 255) === found.empty;
		tag.count = 0;
		for (let i = at + 4; i < end; i += 3) addAttribute(tag, kernel.nameBy(found$2[i]), found$2[i + 1], found$2[i + 2]);
		return end;
	}
	return {
		begin() {
			kernel = void 0;
		},
		go() {
			if (open.length === 0) {
				if (scan.rootSeen) return;
				cursor.pos = skipBlanks(window.bytes, cursor.pos);
			}
			if (kernel === void 0) {
				if (!pays()) return;
				kernel = kernelOf(window);
				kernel.begin(scan.events.counted?.what, scan.events.figures?.what);
			}
			window.bytesOnly();
			for (;;) {
				const from = cursor.pos;
				const end = kernel.run(from, window.length, open);
				const why = kernel.memory.answers[1];
				scan.rootSeen ||= kernel.memory.answers[0] > 0;
				tell(kernel, from, end);
				cursor.pos = end;
				if (why === stopped.full) continue;
				if (why === stopped.unsure || end === 0 || !cursor.more(end)) break;
			}
		},
		end() {
			if (kernel === void 0) without$1 += cursor.passed + window.length;
		}
	};
}

// src/core/read/text/xml.ts
/** Deepest nesting of elements that is followed. */
const maxDepth$2 = 256;
/** Between two documents. */
const silent$1 = {
	open() {},
	close() {},
	wantsText: () => false,
	text() {}
};
const LT = 60;
const SLASH = 47;
const EXCLAMATION = 33;
const QUESTION = 63;
const GT = 62;
/** Windows are used again for thousands of small files, and so are their scanners. */
const scanners = /* @__PURE__ */ new WeakMap();
/**
* Reads an XML document to its last byte and tells `events` of it. Strict: a document that is not well-formed, is cut
* off or is followed by another is refused, and so is one that brings its own entities. Forgiven, with a note among
* the problems returned: blanks before the declaration, and bytes or characters that XML forbids.
* Throws InputError. https://www.w3.org/TR/xml/
*/
function scanXml(source, file, events) {
	const window = openWindow(source, file);
	const scanner = scanners.get(window) ?? createScanner(window);
	scanners.set(window, scanner);
	return scanner.scan(file, events);
}
function createScanner(window) {
	const cursor = createCursor(window);
	const tag = createTag(window);
	const names = openNames();
	const open = [];
	const scan = {
		cursor,
		tag,
		open,
		events: silent$1,
		rootSeen: false
	};
	const stride = createStride(scan);
	let doctypeSeen = false;
	return { scan(file, events) {
		scan.events = events;
		scan.rootSeen = false;
		doctypeSeen = false;
		open.length = 0;
		cursor.begin(file);
		nextDocument(names);
		stride.begin();
		try {
			skipXmlDeclaration(cursor);
			do
				stride.go();
			while (step());
			return window.notes;
		} finally {
			stride.end();
			scan.events = silent$1;
		}
	} };
	/** Reads the text at the cursor and the markup after it. False at the end of the file. */
	function step() {
		const { bytes } = window;
		if (open.length === 0) cursor.pos = skipBlanks(bytes, cursor.pos);
		const { pos } = cursor;
		if (pos === window.length) return goOn(pos);
		window.withText();
		const { text } = window;
		const lt = next$1(cursor.less, text, pos);
		if (lt >= text.length) {
			const end = Math.max(pos, safeEnd(window));
			if (end > pos) characters(pos, end);
			return goOn(end);
		}
		if (lt > pos) characters(pos, lt);
		cursor.pos = lt;
		const c = bytes[lt + 1];
		if (c === SLASH) endTag(lt);
		else if (c === EXCLAMATION) declaration();
		else if (c === QUESTION) skipInstruction(cursor, scan.rootSeen);
		else if (lt + 1 < window.length) startTag(lt);
		else if (!cursor.more(lt)) truncated();
		return true;
	}
	/** What is at hand was read up to a position. False at the end of the file. */
	function goOn(end) {
		if (cursor.more(end)) return true;
		if (window.length > 0) characters(0, window.length);
		if (open.length > 0 || !scan.rootSeen) truncated();
		return false;
	}
	function truncated() {
		const at = window.length;
		if (open.length === 0 && !scan.rootSeen) cursor.fail("has no root element", at, hints.cut);
		const inside = open.map((name) => `<${name.text}>`);
		const shown = inside.length > 6 ? ["<...>", ...inside.slice(-5)] : inside;
		cursor.fail(`ends too early, unclosed: ${shown.join(" ") || "markup"}`, at, hints.cut);
	}
	function characters(start, end) {
		const { text, bytes } = window;
		if (open.length === 0) {
			const at = skipBlanks(bytes, start);
			if (at >= end) return;
			const where = scan.rootSeen ? "content after the root element" : "text before the root element";
			cursor.fail(where, at, hints.glued);
		}
		if (next$1(cursor.ampersand, text, start) < end) checkReferences(cursor, start, end);
		const cdataEnd = next$1(cursor.cdataEnd, text, start);
		if (cdataEnd < end) cursor.fail("\"]]>\" in text", cdataEnd);
		const { events } = scan;
		if (events.wantsText()) events.text(textOf$1(window, start, end));
	}
	function startTag(at) {
		let end = readStartTag(cursor, names, tag, at);
		while (end === -1) {
			if (!cursor.more(cursor.pos)) truncated();
			end = readStartTag(cursor, names, tag, 0);
		}
		cursor.pos = end;
		const { name, start, empty } = tag;
		if (open.length === 0) {
			if (scan.rootSeen) cursor.fail(`content after the root element: <${name.text.slice(0, 40)}>`, start, hints.glued);
			scan.rootSeen = true;
		}
		if (open.length >= 256) refuse({
			code: "limit-depth",
			message: `elements are nested deeper than the limit (depth ${256})`,
			at: {
				file: cursor.file,
				...window.place(start)
			}
		});
		const { events } = scan;
		if (events.hollow) {
			const close = empty ? end : endOfEndTag(window.bytes, skipBlanks(window.bytes, end), name);
			if (close !== -1 && events.hollow(name.local, tag)) {
				cursor.pos = close;
				return;
			}
		}
		events.open(name.local, tag);
		if (empty) events.close(name.local);
		else open.push(name);
	}
	function endTag(start) {
		const expected = open.at(-1);
		const end = expected === void 0 ? -1 : endOfEndTag(window.bytes, start, expected);
		if (expected === void 0 || end === -1) {
			wrongEnd(expected);
			return;
		}
		cursor.pos = end;
		open.pop();
		scan.events.close(expected.local);
	}
	/** The end tag that was expected is not there: the window ends inside it, or it is another. */
	function wrongEnd(expected) {
		const { text } = window;
		const gt = text.indexOf(">", cursor.pos);
		if (gt === -1) {
			if (!cursor.more(cursor.pos)) truncated();
			return;
		}
		const found = `</${text.slice(cursor.pos + 2, Math.min(gt, cursor.pos + 42)).trim()}>`;
		const message = expected === void 0 ? `${found} closes nothing` : `${found} where </${expected.text}> should be`;
		cursor.fail(message, cursor.pos);
	}
	function declaration() {
		while (window.length - cursor.pos < 9 && cursor.more(cursor.pos));
		const begins = (markup) => window.text.startsWith(markup, cursor.pos);
		if (begins("<!--")) skipComment(cursor, scan.events);
		else if (begins("<![CDATA[")) {
			if (open.length === 0) cursor.fail("CDATA outside the root element", cursor.pos);
			readCdata(cursor, scan.events);
		} else if (begins("<!DOCTYPE")) {
			if (scan.rootSeen) cursor.fail("a DOCTYPE after the root element began", cursor.pos);
			if (doctypeSeen) cursor.fail("a second DOCTYPE", cursor.pos);
			doctypeSeen = true;
			skipDoctype(cursor);
		} else {
			if (window.length - cursor.pos < 9) truncated();
			cursor.fail("\"<!\" that begins neither a comment nor CDATA", cursor.pos);
		}
	}
}
/** Position after the end tag of an element, if it is what stands at a position and is there as a whole; else -1. */
function endOfEndTag(bytes, at, name) {
	if (bytes[at] !== LT || bytes[at + 1] !== SLASH || !startsWith(bytes, at + 2, name.bytes)) return -1;
	const gt = skipBlanks(bytes, at + 2 + name.bytes.length);
	return bytes[gt] === GT ? gt + 1 : -1;
}

// src/core/read/checkstyle.ts
/** Checkstyle's XML, which many linters write. https://checkstyle.org */
const checkstyle = {
	label: "Checkstyle XML",
	families: ["debt"],
	writtenBy: "Checkstyle, PHP_CodeSniffer, ktlint, detekt, ShellCheck, stylelint, SwiftLint, hadolint, golangci-lint",
	roots: ["checkstyle"],
	read(source, file) {
		const tally = createFindings(file);
		let path = "";
		let failed;
		const notes = scanXml(source, file, {
			open(name, tag) {
				if (name === "file") path = tag.attribute("name") ?? "";
				else if (name === "exception") failed = "";
				else if (name === "error" && tag.attribute("severity") !== "ignore") {
					const line = Number(tag.attribute("line"));
					tally.add({
						tool: "Checkstyle",
						rule: tag.attribute("source") ?? "(no rule)",
						message: tag.attribute("message") ?? "",
						severity: severities$1[tag.attribute("severity") ?? "error"] ?? "medium",
						ids: [],
						at: {
							file: path,
							...Number.isInteger(line) && line > 0 ? { line } : {}
						}
					});
				}
			},
			close(name) {
				if (name === "exception") toolError("the tool", `${path}: ${failed?.trim().split("\n", 1)[0] ?? ""}`, file);
			},
			wantsText: () => failed !== void 0 && failed.length < 1e3,
			text(piece) {
				failed += piece;
			}
		});
		return tally.finish(notes);
	}
};
const severities$1 = {
	error: "high",
	warning: "medium",
	info: "low"
};

// src/core/read/clover-arms.ts
/** Most arms of one line; a larger number counts how often one ran. */
const maxArms$1 = 1e4;
/**
* What the counts of a source file mean, given how many arms its metrics declare. These need not all be on a line: Istanbul
* lists those alone on whose line a statement begins. Where neither meaning fits, the one that covers less.
*/
function meaningOf(conds, declared) {
	const usual = conds.every(mayBeShare) ? "shares" : "hits";
	const other = usual === "hits" ? "shares" : "hits";
	if (declared === void 0 || isWithin(armTally(conds, usual), declared)) return usual;
	if (isWithin(armTally(conds, other), declared)) return other;
	const [hits, shares] = [armTally(conds, "hits"), armTally(conds, "shares")];
	return usual === "hits" || hits.covered * shares.total < shares.covered * hits.total ? "hits" : "shares";
}
/** Whether a declared tally has room for what was found, both covered and not. */
function isWithin(found, declared) {
	return found.covered <= declared.covered && found.total - found.covered <= declared.total - declared.covered;
}
function armTally(conds, meaning) {
	let [covered, total] = [0, 0];
	for (const cond of conds) for (const [arms, ran] of armRuns(cond, meaning)) {
		total += arms;
		if (ran) covered += arms;
	}
	return {
		covered,
		total
	};
}
/** The arms of a line in their order, each as how many there are side by side, and whether they ran. */
function armRuns({ yes, no }, meaning) {
	return meaning === "shares" ? [[yes, true], [no, false]] : [[1, yes > 0], [1, no > 0]];
}
function mayBeShare({ yes, no, counted }) {
	return counted && yes + no > 0 && yes + no <= maxArms$1;
}

// src/core/read/coverage-budget.ts
/** Most branches, functions and statements that are kept of one report file. */
const maxParts$1 = 2e7;
/** Most branches of one line; more are damage, or they would take long to count. */
const maxArms = 1e6;
/** The kinds of parts, in the order in which they are told. */
const partKinds = [
	"branches",
	"functions",
	"statements"
];
function newBudget() {
	return {
		lineBytes: 0,
		parts: 0,
		pool: emptyPool(),
		open: void 0,
		lines: emptyLineSet(),
		collectors: {
			branches: void 0,
			functions: void 0,
			statements: void 0
		}
	};
}
/** Counts parts that are kept of a source file. */
function countParts(budget, kind, more, { path }) {
	budget.parts += more;
	if (budget.parts <= maxParts$1) return;
	const message = `has more ${kind} than the limit (${maxParts$1}), the last of them in ${path.slice(0, 120)}`;
	refuse({
		code: "limit-count",
		message
	});
}
/** Refuses more branches than a line can have. */
function checkArms(count, line, path, at) {
	if (count <= maxArms) return;
	const message = `${path}: line ${line} has ${count} branches, more than the limit (${maxArms})`;
	refuse({
		code: "limit-count",
		message,
		at
	});
}

// src/core/read/arm-collector.ts
/** Largest number that is taken; with two bits more it still is a number of 31 bits. */
const most = (1 << 27) - 1;
/** Most bytes of the first arm of several; those behind it take one each. */
const mostBytes = 15;
function createArmCollector() {
	let bytes = /* @__PURE__ */ new Uint8Array(512);
	let [length, size, covered] = [
		0,
		0,
		0
	];
	let last = { ...beforeArms };
	function put(number) {
		let rest = number;
		for (; rest > 127; rest >>>= 7) bytes[length++] = rest & 127 | 128;
		bytes[length++] = rest;
	}
	function makeRoom(longer) {
		const larger = new Uint8Array(Math.max(bytes.length * 2, longer));
		larger.set(bytes);
		bytes = larger;
	}
	return {
		size() {
			return size;
		},
		follow(line, first, count) {
			if (line > most || first + count - 1 > most) return false;
			return line > last.line || line === last.line && first > last.arm;
		},
		add(line, first, count, ran) {
			if (length + mostBytes + count > bytes.length) makeRoom(length + mostBytes + count);
			const bit = ran > 0 ? 1 : 0;
			if (line === last.line) put(first - last.arm - 1 << 2 | bit);
			else {
				put(line - last.line << 2 | 2 | bit);
				put(0);
				put(first);
			}
			for (let i = 1; i < count; i++) bytes[length++] = i < ran ? 1 : 0;
			last.line = line;
			last.arm = first + count - 1;
			size += count;
			covered += ran;
		},
		pack(pool) {
			const start = takeRoom(pool, length);
			const { block } = pool;
			for (let at = 0; at < length; at++) block[start + at] = bytes[at];
			const packed = new PackedParts({
				bytes: block,
				start,
				end: start + length,
				form: "pairs"
			}, size, covered);
			[length, size, covered] = [
				0,
				0,
				0
			];
			last = { ...beforeArms };
			return packed;
		}
	};
}

// src/core/read/part-collector.ts
const PLUS = 43;
const MINUS = 45;
const LF$1 = 10;
const fewSlots = 256;
/** A table larger than this one is not emptied for the next source file but made anew. */
const manySlots = 4096;
/** From here on `base` begins anew, so that what is added to it stays a number of 31 bits. */
const mostBase = 1 << 29;
const encoder$1 = new TextEncoder();
const scratch = /* @__PURE__ */ new Uint8Array(256);
/** Writes a text into `scratch` and returns its length; 0 where it is too long or not only printable ASCII. */
function ascii(text) {
	if (text.length > scratch.length) return 0;
	for (let at = 0; at < text.length; at++) {
		const c = text.charCodeAt(at);
		if (c < 32 || c > 126) return 0;
		scratch[at] = c;
	}
	return text.length;
}
/**
* A hash table of byte strings that lie one behind the other: a mark, the identity and a line end. `taken` is told of
* how many parts are new. Branches that are told by numbers are kept as numbers until one comes that is not, or out of
* its order.
*/
function createPartCollector(taken = () => {}) {
	let entries = /* @__PURE__ */ new Uint8Array(4096);
	let length = 0;
	/** Where entries begin, plus `base`; the size is a power of 2 and at least twice the number of entries. */
	let slots = new Int32Array(fewSlots);
	/** What is less in `slots` is of an earlier source file: that is faster than to empty them for each. */
	let base = 1;
	let size = 0;
	let covered = 0;
	/** Whether the identities are the numbers from 0 on. */
	let numbered = true;
	const arms = createArmCollector();
	function isSame(entry, bytes, start, end) {
		const shift = entry + 1 - start;
		for (let at = start; at < end; at++) if (entries[at + shift] !== bytes[at]) return false;
		return entries[end + shift] === LF$1;
	}
	function slotOf(bytes, start, end) {
		let hash = 2166136261;
		for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at], 16777619);
		hash ^= hash >>> 15;
		const mask = slots.length - 1;
		for (let slot = hash & mask;; slot = slot + 1 & mask) {
			const entry = slots[slot] - base;
			if (entry < 0 || isSame(entry, bytes, start, end)) return slot;
		}
	}
	function enlarge() {
		slots = new Int32Array(slots.length * 2);
		for (let at = 0; at < length;) {
			const end = entries.indexOf(LF$1, at);
			slots[slotOf(entries, at + 1, end)] = at + base;
			at = end + 1;
		}
	}
	function append(bytes, start, end, ran) {
		const longer = length + end - start + 2;
		if (longer > entries.length) {
			const larger = new Uint8Array(Math.max(entries.length * 2, longer));
			larger.set(entries.subarray(0, length));
			entries = larger;
		}
		if (numbered) numbered = isNumber(size, bytes, start, end);
		entries[length++] = ran ? PLUS : MINUS;
		for (let at = start; at < end; at++) entries[length++] = bytes[at];
		entries[length++] = LF$1;
		size++;
		if (ran) covered++;
	}
	function put(slot, bytes, start, end, ran) {
		slots[slot] = length + base;
		append(bytes, start, end, ran);
		if (size * 2 > slots.length) enlarge();
	}
	/** Makes bytes of the branches that came as numbers, because now others come, or again. They were told of already. */
	function spellArms() {
		for (const [id, ran] of arms.pack(emptyPool())) {
			const end = ascii(id);
			put(slotOf(scratch, 0, end), scratch, 0, end, ran);
		}
	}
	const collector = {
		size() {
			return size + arms.size();
		},
		add(bytes, start, end, ran) {
			if (arms.size() > 0) spellArms();
			const slot = slotOf(bytes, start, end);
			const entry = slots[slot] - base;
			if (entry >= 0) {
				if (ran && entries[entry] === MINUS) {
					entries[entry] = PLUS;
					covered++;
				}
				return;
			}
			taken(1);
			put(slot, bytes, start, end, ran);
		},
		text(id, ran) {
			if (arms.size() > 0) spellArms();
			const length = ascii(id);
			if (length > 0) {
				collector.add(scratch, 0, length, ran);
				return;
			}
			const bytes = encoder$1.encode(id.replaceAll("\n", " "));
			collector.add(bytes, 0, bytes.length, ran);
		},
		arms(line, first, count, ran) {
			if (count <= 0) return;
			if (size === 0 && arms.follow(line, first, count)) {
				taken(count);
				arms.add(line, first, count, ran);
				return;
			}
			for (let i = 0; i < count; i++) collector.text(armId("pairs", line, 0, first + i), i < ran);
		},
		pack(pool) {
			if (arms.size() > 0) return arms.pack(pool);
			const packed = new PackedParts(numbered ? packNumbered(pool) : packListed(pool), size, covered);
			base += length;
			if (slots.length > manySlots || base > mostBase) [slots, base] = [new Int32Array(fewSlots), 1];
			[length, size, covered, numbered] = [
				0,
				0,
				0,
				true
			];
			return packed;
		}
	};
	function packListed(pool) {
		const start = takeRoom(pool, length);
		const { block } = pool;
		for (let at = 0; at < length; at++) block[start + at] = entries[at];
		return {
			bytes: block,
			start,
			end: start + length,
			form: "listed"
		};
	}
	function packNumbered(pool) {
		const start = takeRoom(pool, size + 7 >> 3);
		const { block } = pool;
		for (let at = 0, id = 0; id < size; id++) {
			if (entries[at] === PLUS) block[start + (id >> 3)] |= 1 << (id & 7);
			at += digitsOf(id) + 2;
		}
		return {
			bytes: block,
			start,
			end: pool.used,
			form: "numbered"
		};
	}
	return collector;
}
/** Whether bytes are a number from 0 on in decimal digits. */
function isNumber(number, bytes, start, end) {
	let rest = number;
	for (let at = end - 1; at >= start; at--) {
		if (bytes[at] !== 48 + rest % 10) return false;
		rest = Math.floor(rest / 10);
	}
	return rest === 0 && end - start === digitsOf(number);
}
function digitsOf(number) {
	let digits = 1;
	for (let least = 10; number >= least; least *= 10) digits++;
	return digits;
}

// src/core/read/coverage-entry.ts
/** Most memory that the line sets of one report file may take, in bytes. */
const maxLineBytes = 1 << 29;
const noLines = emptyLineSet();
/** A set that has grown larger than this is not emptied for the next source file but made anew. */
const manyBytes = 4096;
/**
* A source file in a report file: while it is read what is collected of it, after that its facts. A class, because there
* are 50,000 of them: methods of their own would take 30 MB.
*/
var Entry = class {
	path;
	lines = noLines;
	details = [];
	#budget;
	#given;
	/** Parts of each kind, as many times as the source file was left for another one. */
	#branches;
	#functions;
	#statements;
	constructor(path, budget) {
		this.path = path;
		this.#budget = budget;
	}
	line(number, ran, at) {
		if (number < 1) return;
		if (number > 4194303) {
			const message = `${this.path}: line ${number} is no line of a source file (largest: ${maxLine$1})`;
			refuse({
				code: "bad-value",
				message,
				at
			});
		}
		const lines = this.openLines();
		const before = lines.size;
		addLine(lines, number, ran);
		if (this.lines !== noLines && lines.size > before) this.#account((lines.size - before) * 2, at);
	}
	openLines() {
		const budget = this.#open();
		return this.lines === noLines ? budget.lines : this.lines;
	}
	part(kind, id, ran) {
		this.openParts(kind).text(id, ran);
	}
	openParts(kind) {
		const budget = this.#open();
		budget.collectors[kind] ??= createPartCollector((count) => countParts(budget, kind, count, budget.open));
		return budget.collectors[kind];
	}
	declareTotals(totals) {
		if (this.#given !== void 0 && !sameTotals(this.#given, totals)) this.contradicted = true;
		this.#given = totals;
	}
	/** Takes a record, or what is at hand of one, besides what is known already. */
	take(record) {
		const { lineBytes, branchForm, branchesEnd, functionsEnd } = record;
		const { pool } = this.#budget;
		const start = takeRoom(pool, functionsEnd);
		const bytes = pool.block;
		bytes.set(record.bytes.subarray(0, functionsEnd), start);
		if (lineBytes > 0) this.#takeLines({
			bytes,
			start,
			size: lineBytes
		});
		const [middle, end] = [start + branchesEnd, start + functionsEnd];
		const branches = {
			bytes,
			start: start + lineBytes * 2,
			end: middle,
			form: branchForm
		};
		if (record.branches > 0) this.#takeParts("branches", new PackedParts(branches, record.branches, record.branchesCovered));
		const functions = {
			bytes,
			start: middle,
			end,
			form: "listed"
		};
		if (record.functions > 0) this.#takeParts("functions", new PackedParts(functions, record.functions, record.functionsCovered));
	}
	/** Packs what was collected, because another source file or the end comes next. */
	close() {
		const budget = this.#budget;
		for (const kind of partKinds) {
			const collector = budget.collectors[kind];
			if (collector !== void 0 && collector.size() > 0) this.#keep(kind, collector.pack(budget.pool));
		}
		if (this.lines !== noLines) return;
		const lines = packLines$1(budget.lines, budget.pool);
		if (lines.size === 0) return;
		this.lines = lines;
		this.#account(lines.size * 2);
		if (budget.lines.size > manyBytes) budget.lines = emptyLineSet();
		else clearLines(budget.lines);
	}
	/** Makes facts of what was collected, which other source files must have closed. */
	finish(scheme, kinds, { countedBy }) {
		const parts = (kind) => kinds.includes(kind) ? this.#partsOf(kind) ?? noParts : void 0;
		const statements = parts("statements");
		const counted = countedBy && statements ? this.#asBlocks(statements) : statements;
		this.details = [detailOf(scheme, parts("branches"), parts("functions"), counted)];
		const given = this.#given;
		if (given !== void 0 && given.lines.total > 0 && !hasLines(this.lines)) this.totals = given;
		if (countedBy !== void 0) this.countedBy = countedBy;
	}
	/** Statements that were told by their blocks, `<block>:<how many>`. */
	#asBlocks(listed) {
		if (!(listed instanceof PackedParts) || listed.size === 0) return listed;
		const blocks = listed.asBlocks();
		if (blocks instanceof PackedParts) {
			countParts(this.#budget, "statements", blocks.size - listed.size, this);
			return blocks;
		}
		const message = `${this.path.slice(0, 120)}: the block ${blocks.contradicted} has several numbers of statements`;
		refuse({
			code: "bad-value",
			message,
			hint: "Was the file joined from profiles of different sources?"
		});
	}
	/** Parts of one kind that were collected, each once; undefined where there are none. */
	#partsOf(kind) {
		const found = this.#collected(kind);
		if (!Array.isArray(found)) return found;
		const united = createPartCollector();
		for (const parts of found) for (const [id, ran] of parts) united.text(id, ran);
		return united.pack(this.#budget.pool);
	}
	#collected(kind) {
		if (kind === "branches") return this.#branches;
		return kind === "functions" ? this.#functions : this.#statements;
	}
	/** Takes lines that may stay where they are. */
	#takeLines(lines) {
		const isFirst = this.lines === noLines && this.#budget.open !== this;
		const into = isFirst ? lines : this.openLines();
		const before = isFirst ? 0 : into.size;
		if (isFirst) this.lines = lines;
		else uniteLines(into, lines);
		if (this.lines !== noLines) this.#account((into.size - before) * 2);
	}
	/** Takes parts that may stay where they are. */
	#takeParts(kind, parts) {
		const budget = this.#budget;
		if (!(this.#collected(kind) === void 0 && !(budget.open === this && budget.collectors[kind]?.size()))) {
			for (const [id, ran] of parts) this.part(kind, id, ran);
			return;
		}
		countParts(budget, kind, parts.size, this);
		this.#keep(kind, parts);
	}
	#keep(kind, parts) {
		const known = this.#collected(kind);
		const all = known === void 0 ? parts : [known, parts].flat();
		if (kind === "branches") this.#branches = all;
		else if (kind === "functions") this.#functions = all;
		else this.#statements = all;
	}
	#open() {
		const budget = this.#budget;
		if (budget.open === this) return budget;
		budget.open?.close();
		budget.open = this;
		return budget;
	}
	#account(bytes, at) {
		const budget = this.#budget;
		budget.lineBytes += bytes;
		if (budget.lineBytes <= maxLineBytes) return;
		refuse({
			code: "limit-size",
			message: `the lines take more than 512 MiB`,
			...at && { at }
		});
	}
};
/** All of one form, as nearly all are, take half the memory. */
function detailOf(scheme, branches, functions, statements) {
	if (branches && functions && !statements) return {
		scheme,
		branches,
		functions
	};
	return {
		scheme,
		...branches && { branches },
		...functions && { functions },
		...statements && { statements }
	};
}

// src/core/read/source-path.ts
/**
* A path of a source file in one form: `/` between parts, no `.`, no `a/..`, no empty part. Report files write the
* same file in several ways, and the same file must be one.
*/
function sourcePath(path) {
	if (!hasOtherForm.test(path)) return path;
	const slashed = path.trim().replaceAll("\\", "/").replace(/^file:\/\/(?=\/)/, "");
	const absolute = slashed.startsWith("/");
	const parts = [];
	for (const part of slashed.split("/")) {
		if (part === "" || part === ".") continue;
		if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
		else if (part !== ".." || !absolute) parts.push(part);
	}
	return (absolute ? "/" : "") + parts.join("/");
}
/** Blanks at an end, another slash, a protocol, an empty part, `.` or `..`, or a slash at the end. */
const hasOtherForm = /^\s|\s$|\\|^file:|\/\/|(?:^|\/)\.{1,2}(?:\/|$)|.\/$/;

// src/core/read/coverage-tally.ts
function createCoverage(scheme, form = {}) {
	const entries = /* @__PURE__ */ new Map();
	const recorded = /* @__PURE__ */ new Set();
	const budget = newBudget();
	let whole;
	return {
		source(path, kept) {
			const plain = sourcePath(path);
			const key = kept ? plain : detached(plain);
			const known = entries.get(key);
			if (known !== void 0) return known;
			const entry = new Entry(key, budget);
			entries.set(key, entry);
			return entry;
		},
		record(path, record) {
			const key = sourcePath(path);
			let entry = entries.get(key);
			if (entry === void 0) {
				entry = new Entry(key, budget);
				entries.set(key, entry);
			}
			entry.take(record);
			if (record.branches > 0) recorded.add("branches");
			if (record.tellsFunctions) recorded.add("functions");
		},
		records(kind) {
			recorded.add(kind);
		},
		hasLines() {
			budget.open?.close();
			for (const { lines } of entries.values()) if (hasLines(lines)) return true;
			return false;
		},
		declareWhole(file, totals) {
			whole = {
				path: wholeReport(file),
				totals
			};
		},
		finish(file, problems) {
			budget.open?.close();
			const kinds = partKinds.filter((kind) => recorded.has(kind) || budget.collectors[kind]);
			let [bare, measured] = [0, false];
			const contradicted = [];
			for (const entry of entries.values()) entry.finish(scheme, kinds, form);
			if (whole !== void 0) {
				const entry = new Entry(whole.path, budget);
				entry.totals = {
					...whole.totals,
					...partTotals(entries.values())
				};
				entries.clear();
				entries.set(entry.path, entry);
			}
			for (const entry of entries.values()) if (entry.totals !== void 0) {
				entry.totals = {
					...entry.totals,
					...partTotals([entry])
				};
				bare++;
				if (entry.contradicted) contradicted.push(entry.path);
			} else measured ||= isMeasured(entry);
			for (const kind of partKinds) budget.collectors[kind] = void 0;
			return {
				facts: {
					kind: "coverage",
					coverage: { files: entries }
				},
				problems: [
					...problems,
					...contradictions(contradicted, file),
					...emptiness(entries.size, bare, measured, file, form)
				]
			};
		}
	};
}
/** Most lines, branches or functions of one source file that are believed: sums of them stay exact. */
const mostDeclared = 1e9;
/** Whether totals can be: whole numbers from 0, and no more covered than there is. */
function isPossible({ covered, total }) {
	return Number.isInteger(covered) && Number.isInteger(total) && covered >= 0 && covered <= total && total <= mostDeclared;
}
/** Refuses totals that cannot be. */
function checkTally(tally, what, at) {
	const { covered, total } = tally;
	if (!Number.isFinite(covered) || !Number.isFinite(total)) refuse({
		code: "bad-value",
		message: `${what}: covered and total must be whole numbers`,
		at
	});
	if (!isPossible(tally)) {
		const message = `${what}: ${covered} covered of ${total} is impossible`;
		refuse({
			code: "impossible-totals",
			message,
			at,
			hint: "The tool that wrote the file is wrong, or the file was edited."
		});
	}
	return tally;
}
/** What source files without lines have of other parts, such as the methods that JaCoCo knows without debug information. */
function partTotals(files) {
	const sums = {};
	for (const { details } of files) for (const kind of partKinds) for (const ran of details[0]?.[kind]?.values() ?? []) {
		sums[kind] ??= {
			covered: 0,
			total: 0
		};
		sums[kind].total++;
		if (ran) sums[kind].covered++;
	}
	return sums;
}
/** Stands for all source files of a report that has totals only for the whole. */
function wholeReport(file) {
	return `(all of ${file})`;
}
/** Source files without lines whose totals are there several times, and differ: none of them is that of the others. */
function contradictions(paths, file) {
	const [first] = paths;
	if (first === void 0) return [];
	const others = paths.length > 1 ? ` (and ${paths.length - 1} more of its source files)` : "";
	return [{
		code: "cannot-merge",
		severity: "error",
		message: `gives different totals for ${first.slice(0, 120)}, and no lines${others}`,
		at: { file },
		hint: "Let the tool write a report with lines, or one with each source file once."
	}];
}
/** Says what is missing, given how many source files there are, how many with totals only, and whether another has lines. */
function emptiness(files, bare, measured, file, form) {
	if (bare > 0) {
		const message = `gives totals without lines for ${bare} source ${bare === 1 ? "file" : "files"}`;
		return [{
			code: "totals-only",
			severity: form.linesExpected === false ? "note" : "warning",
			message,
			at: { file },
			hint: "A report with lines can be united with others, and shows where tests are missing."
		}];
	}
	if (measured) return [];
	return [{
		code: "no-lines",
		severity: "warning",
		message: files === 0 ? "holds no coverage records (0 lines)" : "holds 0 lines (0 of 0)",
		at: { file },
		hint: "Did the tests run with coverage switched on?"
	}];
}
function isMeasured({ lines, countedBy, details }) {
	if (countedBy === void 0) return hasLines(lines);
	return details.some((detail) => (detail[countedBy]?.size ?? 0) > 0);
}

// src/core/read/totals-differ.ts
/**
* The problem that totals of a coverage report are not what was found in it. `hidden`: how many parts the tool may have
* counted without listing them. `said` names the totals, such as "lines-covered and lines-valid say"; `deciding` what they
* are held against.
*/
function totalsDiffer(said, declared, found, at, hidden = 0, deciding = "the lines") {
	const [more, moreCovered] = [declared.total - found.total, declared.covered - found.covered];
	if (moreCovered >= 0 && moreCovered <= more && more <= hidden) return void 0;
	return {
		code: "totals-differ",
		severity: "warning",
		message: `${`${said} ${declared.covered} of ${declared.total}`}, found ${found.covered} of ${found.total}; ${deciding} decide`,
		at
	};
}

// src/core/read/clover-file.ts
function readMetrics(tag) {
	const tally = (name) => {
		const total = readCount(tag.attribute(name));
		return total === void 0 ? void 0 : {
			covered: readCount(tag.attribute(`covered${name}`)) ?? 0,
			total
		};
	};
	const [lines, branches, functions] = [
		tally("statements"),
		tally("conditionals"),
		tally("methods")
	];
	return {
		lines,
		branches,
		functions,
		at: tag.line()
	};
}
/** The totals that stand for lines, where there are none; undefined without a statement. */
function totalsOf({ lines, branches, functions, at: line }, file) {
	if (lines === void 0 || lines.total === 0) return void 0;
	const at = {
		file,
		line
	};
	return {
		lines: checkTally(lines, "coveredstatements of statements", at),
		...branches?.total && { branches: checkTally(branches, "coveredconditionals of conditionals", at) },
		...functions?.total && { functions: checkTally(functions, "coveredmethods of methods", at) }
	};
}
function openCloverFile(coverage, source, path, file) {
	const conds = [];
	let declared;
	let [covered, total, methods] = [
		0,
		0,
		0
	];
	let hasLine = false;
	function bad(tag, message, hint) {
		refuse({
			code: "bad-value",
			message,
			at: {
				file,
				line: tag.line()
			},
			...hint && { hint }
		});
	}
	/** A whole number from 0; below 0 is 0. Undefined where there is no such attribute. */
	function count(tag, name) {
		const text = tag.attribute(name);
		if (text === void 0) return void 0;
		if (/^\s*[+-]?\d+\s*$/.test(text)) return Math.max(0, Number(text));
		bad(tag, `a <line> whose ${name} is "${text.slice(0, 40)}"`, "Counts are whole numbers from 0.");
	}
	function executable(tag, number, type) {
		const hits = count(tag, "count");
		const [yes, no] = [count(tag, "truecount"), count(tag, "falsecount")];
		if (hits === void 0 && yes === void 0) bad(tag, "a <line> without a count");
		const ran = (hits ?? yes + (no ?? 0)) > 0;
		source.line(number, ran, number > 4194303 ? {
			file,
			line: tag.line()
		} : { file });
		if (hits !== void 0) {
			total++;
			if (ran) covered++;
		}
		if (yes === void 0 && no === void 0) return;
		if (yes === void 0 || no === void 0) bad(tag, `a <line> of the type ${type} with one of truecount and falsecount`);
		conds.push({
			line: number,
			yes,
			no,
			counted: hits !== void 0
		});
	}
	function addArms(line, first, arms, ran) {
		source.openParts("branches").arms(line, first, arms, ran ? arms : 0);
	}
	/** Adds the branches, those that only the metrics know among them. */
	function branches() {
		const said = declared?.branches;
		const meaning = meaningOf(conds, said);
		const found = armTally(conds, meaning);
		const fits = said !== void 0 && isWithin(found, said);
		if (conds.length > 0 || fits && said.total > 0) coverage.records("branches");
		if (fits && said.total > found.total) {
			const alone = said.covered - found.covered;
			addArms(0, 0, alone, true);
			addArms(0, alone, said.total - found.total - alone, false);
		}
		const used = /* @__PURE__ */ new Map();
		for (const cond of conds) for (const [arms, ran] of armRuns(cond, meaning)) {
			const first = used.get(cond.line) ?? 0;
			addArms(cond.line, first, arms, ran);
			used.set(cond.line, first + arms);
		}
		if (said === void 0 || fits) return {
			found: said ?? found,
			differs: void 0
		};
		const who = `${path}: coveredconditionals and conditionals say`;
		return {
			found,
			differs: totalsDiffer(who, said, found, {
				file,
				line: declared.at
			})
		};
	}
	return {
		line(tag) {
			hasLine = true;
			const [num, type] = [tag.attribute("num"), tag.attribute("type")];
			if (num === void 0 || !/^\s*[+-]?\d+\s*$/.test(num)) bad(tag, num === void 0 ? "a <line> without a num" : `a <line> whose num is "${num.slice(0, 40)}"`);
			const number = Number(num);
			if (type === "method") {
				methods++;
				coverage.records("functions");
				const name = tag.attribute("name") ?? tag.attribute("signature") ?? "";
				source.part("functions", `${number}:${name}`, (count(tag, "count") ?? 0) > 0);
			} else if (type !== "stmt" && type !== "cond") bad(tag, type === void 0 ? "a <line> without a type" : `a <line> of the type "${type.slice(0, 40)}"`, "Lines are of the type stmt, cond or method.");
			else if (number > 0) executable(tag, number, type);
		},
		metrics(metrics) {
			declared = metrics;
		},
		close() {
			const said = declared?.lines;
			const totals = hasLine || declared === void 0 ? void 0 : totalsOf(declared, file);
			if (totals !== void 0) {
				source.declareTotals(totals);
				return {
					lines: totals.lines,
					branches: totals.branches ?? {
						covered: 0,
						total: 0
					},
					hidden: 0,
					differs: void 0
				};
			}
			const lines = {
				covered,
				total
			};
			const { found, differs } = branches();
			const who = `${path}: coveredstatements and statements say`;
			const at = {
				file,
				line: declared?.at ?? 1
			};
			const other = said && totalsDiffer(who, said, lines, at, methods);
			return {
				lines,
				branches: found,
				hidden: methods,
				differs: other ?? differs
			};
		}
	};
}

// src/core/read/clover.ts
/** Clover XML. https://openclover.org/doc/manual/latest/general--xml-report-schema.html */
const clover = {
	label: "Clover XML",
	families: ["coverage"],
	writtenBy: "OpenClover, PHPUnit, Istanbul, vitest, Jest",
	roots: ["coverage"],
	claims: ({ text }) => /<(?:[^\s<>:]+:)?project[\s>]|\sclover=/.test(text.slice(0, 4096)),
	read(source, file) {
		const reading = projectReader(file);
		const notes = scanXml(source, file, reading.events);
		return reading.finish(notes);
	}
};
function projectReader(file) {
	const coverage = createCoverage("clover");
	const path = [];
	let open;
	/** The sum of the source files. */
	let found = {
		lines: nothing$2,
		branches: nothing$2,
		hidden: 0
	};
	let project;
	/** The first totals that are not what was found. */
	let differs;
	/** How many `testproject` elements are open: tests are not what is measured. */
	let inTests = 0;
	const events = {
		open(name, tag) {
			const parent = path.at(-1);
			path.push(name);
			if (name === "testproject") inTests++;
			if (inTests > 0) return;
			if (name === "file") openFile(tag);
			else if (name === "line") open?.line(tag);
			else if (name === "metrics" && parent === "file") open?.metrics(readMetrics(tag));
			else if (name === "metrics" && parent === "project") project = bothOf(project, readMetrics(tag));
		},
		close(name) {
			path.pop();
			if (name === "testproject") inTests--;
			else if (name === "file" && open) closeFile(open);
		},
		wantsText: () => false,
		text() {}
	};
	function openFile(tag) {
		const name = tag.attribute("path") ?? tag.attribute("name");
		if (!name) refuse({
			code: "bad-value",
			message: "a <file> without a name",
			at: {
				file,
				line: tag.line()
			}
		});
		open = openCloverFile(coverage, coverage.source(name), name, file);
	}
	function closeFile(closing) {
		const { lines, branches, hidden, differs: other } = closing.close();
		found = {
			lines: sum(found.lines, lines),
			branches: sum(found.branches, branches),
			hidden: found.hidden + hidden
		};
		differs ??= other;
		open = void 0;
	}
	/** Compares the metrics of the project with what was found, or takes them where nothing was. */
	function closeProject(metrics) {
		const { lines, branches, at: line } = metrics;
		const at = {
			file,
			line
		};
		const totals = found.lines.total === 0 && !coverage.hasLines() ? totalsOf(metrics, file) : void 0;
		if (totals !== void 0) {
			coverage.declareWhole(file, totals);
			return;
		}
		const who = (covered, all) => `${covered} and ${all} of the project say`;
		differs ??= lines && totalsDiffer(who("coveredstatements", "statements"), lines, found.lines, at, found.hidden);
		differs ??= branches && totalsDiffer(who("coveredconditionals", "conditionals"), branches, found.branches, at);
	}
	return {
		events,
		finish(notes) {
			if (project !== void 0) closeProject(project);
			return coverage.finish(file, differs === void 0 ? notes : [...notes, differs]);
		}
	};
}
const nothing$2 = {
	covered: 0,
	total: 0
};
function sum(a, b) {
	return {
		covered: a.covered + b.covered,
		total: a.total + b.total
	};
}
/** The metrics of two projects in one report; what one of them does not tell is not told. */
function bothOf(a, b) {
	if (a === void 0) return b;
	const both = (name) => a[name] && b[name] && sum(a[name], b[name]);
	return {
		lines: both("lines"),
		branches: both("branches"),
		functions: both("functions"),
		at: a.at
	};
}

// src/core/read/cobertura-header.ts
function readHeader(tag) {
	const tally = (name) => {
		const [covered, total] = [readCount(tag.attribute(`${name}-covered`)), readCount(tag.attribute(`${name}-valid`))];
		return covered === void 0 || total === void 0 ? void 0 : {
			covered,
			total
		};
	};
	const isIstanbul = tag.attribute("version") === "0.1";
	return {
		lines: tally("lines"),
		branches: isIstanbul ? void 0 : tally("branches"),
		line: tag.line()
	};
}
/** `told`: the branches of all lines, where a line that comes twice counts twice, as some tools count it. */
function headerDiffers({ lines, branches, line }, { files }, told, file) {
	const [found, arms] = [{
		covered: 0,
		total: 0
	}, {
		covered: 0,
		total: 0
	}];
	for (const { lines, details } of files.values()) {
		add(found, countLines$1(lines));
		const [{ branches } = {}] = details;
		if (branches instanceof PackedParts) add(arms, {
			covered: branches.covered,
			total: branches.size
		});
	}
	const at = {
		file,
		line
	};
	const differ = [];
	if (lines !== void 0 && lines.total > 0) differ.push(totalsDiffer("lines-covered and lines-valid say", lines, found, at));
	if (branches !== void 0 && told.total > 0 && !isSame(branches, told)) differ.push(totalsDiffer("branches-covered and branches-valid say", branches, arms, at));
	return differ.filter((problem) => problem !== void 0);
}
function add(sum, { covered, total }) {
	sum.covered += covered;
	sum.total += total;
}
function isSame(a, b) {
	return a.covered === b.covered && a.total === b.total;
}

// src/core/read/cobertura.ts
/** Cobertura XML. https://github.com/cobertura/cobertura, coverage-04.dtd. */
const cobertura = {
	label: "Cobertura XML",
	families: ["coverage"],
	writtenBy: "coverage.py, gcovr, Coverlet, PHPUnit, Istanbul, scoverage, pycobertura and many others",
	roots: ["coverage"],
	claims: ({ text }) => !/<(?:[^\s<>:]+:)?project[\s>]|\sclover=/.test(text.slice(0, 4096)),
	read(source, file) {
		const reading = classReader(file);
		const notes = scanXml(source, file, reading.events);
		return reading.finish(notes);
	}
};
/** Nearly all elements are of this kind. */
const figures$1 = [{
	element: "line",
	inside: ["lines"],
	counts: ["number", "hits"],
	share: "condition-coverage"
}];
function classReader(file) {
	const coverage = createCoverage("cobertura");
	const path = [];
	/** Folders that filenames are relative to. With several of them nobody can tell which one. */
	const sources = [];
	let source;
	/** Lines of a class's methods count only if the class has no lines of its own. */
	let ownLines = 0;
	const at = { file };
	let unnumbered = 0;
	/** For each of them its number, above 0 if it ran, and its branches: how many ran, of how many or `none` or `unclear`. */
	let methodLines = /* @__PURE__ */ new Float64Array(4096);
	let methodLinesEnd = 0;
	/** Lines whose branches nobody can tell. */
	let unclearBranches = 0;
	/** The branches of all lines, where a line that comes twice counts twice. */
	let [toldCovered, told] = [0, 0];
	let header;
	const events = {
		open(name, tag) {
			const parent = path.at(-1);
			path.push(name);
			if (path.length === 1) {
				header = readHeader(tag);
				if (/[1-9]/.test(tag.attribute("branches-valid") ?? "")) coverage.records("branches");
			} else if (name === "source") sources.push("");
			else if (name === "class") openClass(tag);
			else if (name === "line" && source) {
				if (parent === "lines") line(tag, source);
				else unnumbered++;
			}
		},
		close(name) {
			path.pop();
			if (name === "class") closeClass();
		},
		figures: {
			what: figures$1,
			tell(_, values, first, end) {
				if (source === void 0) return;
				if (path.at(-2) === "method") keepLines(values.subarray(first, end));
				else linesAt(values, first, end, source);
			}
		},
		wantsText: () => path.at(-1) === "source" && sources.length <= maxSources,
		text(piece) {
			sources[sources.length - 1] += piece;
		}
	};
	function openClass(tag) {
		const filename = tag.attribute("filename");
		if (!filename) refuse({
			code: "bad-value",
			message: "a <class> without a filename",
			at: {
				file,
				line: tag.line()
			}
		});
		source = coverage.source(sources.length === 1 ? under(sources[0].trim(), filename) : filename);
		ownLines = 0;
		methodLinesEnd = 0;
	}
	function closeClass() {
		if (ownLines === 0 && source !== void 0) linesAt(methodLines, 0, methodLinesEnd, source);
		source = void 0;
	}
	function line(tag, into) {
		const number = numberOf$2(tag, "number");
		if (!Number.isInteger(number)) {
			unnumbered++;
			return;
		}
		const count = numberOf$2(tag, "hits");
		if (!Number.isFinite(count)) {
			const message = `a <line> whose hits are "${(tag.attribute("hits") ?? "").slice(0, 40)}"`;
			refuse({
				code: "bad-value",
				message,
				at: {
					file,
					line: tag.line()
				},
				hint: "Hits are a number from 0."
			});
		}
		const { covered, total } = branches(tag);
		const found = [
			number,
			count,
			covered,
			total
		];
		if (path[path.length - 3] === "method") {
			keepLines(found);
			return;
		}
		if (covered > total) checkTally({
			covered,
			total
		}, "condition-coverage", {
			file,
			line: tag.line()
		});
		linesAt(found, 0, found.length, into);
	}
	function keepLines(lines) {
		const end = methodLinesEnd + lines.length;
		if (end > methodLines.length) {
			const larger = new Float64Array(end * 2);
			larger.set(methodLines);
			methodLines = larger;
		}
		methodLines.set(lines, methodLinesEnd);
		methodLinesEnd = end;
	}
	function linesAt(values, first, end, into) {
		for (let i = first; i < end; i += 4) {
			const number = values[i];
			into.line(number, values[i + 1] > 0, at);
			const total = values[i + 3];
			if (total === none$3 || number < 1) continue;
			if (total === unclear) unclearBranches++;
			else arms(number, values[i + 2], total, into);
		}
		ownLines += end - first;
	}
	/** condition-coverage="50% (1/2)" */
	function branches(tag) {
		if (!tag.has("condition-coverage")) return noBranches;
		const text = tag.attribute("condition-coverage");
		if (text.trim() === "") return noBranches;
		const match = /\(\s*(\d{1,15})\s*\/\s*(\d{1,15})\s*\)/.exec(text);
		return match ? {
			covered: Number(match[1]),
			total: Number(match[2])
		} : {
			covered: unclear,
			total: unclear
		};
	}
	/** Which of them ran is not said, so the first ones stand for them. */
	function arms(number, covered, total, into) {
		if (covered > total) checkTally({
			covered,
			total
		}, `${into.path}: condition-coverage of line ${number}`, at);
		checkArms(total, number, into.path, at);
		toldCovered += covered;
		told += total;
		coverage.records("branches");
		into.openParts("branches").arms(number, 0, total, covered);
	}
	return {
		events,
		finish(scanned) {
			const notes = [...scanned, ...leftOut$2(unnumbered, unclearBranches, file)];
			const { lines, branches, line } = header;
			if (lines !== void 0 && lines.total > 0 && !coverage.hasLines()) {
				checkTally(lines, "lines-covered of lines-valid", {
					file,
					line
				});
				const arms = branches?.total ? { branches: checkTally(branches, "branches-covered of branches-valid", {
					file,
					line
				}) } : {};
				coverage.declareWhole(file, {
					lines,
					...arms
				});
				return coverage.finish(file, notes);
			}
			const { facts, problems } = coverage.finish(file, notes);
			const differ = headerDiffers(header, facts.coverage, {
				covered: toldCovered,
				total: told
			}, file);
			return {
				facts,
				problems: [...problems, ...differ]
			};
		}
	};
}
/** The value of an attribute as a number; NaN where it is absent, blank or none. */
function numberOf$2(tag, name) {
	const plain = tag.number(name);
	if (!Number.isNaN(plain)) return plain;
	const text = tag.attribute(name) ?? "";
	return text.trim() === "" ? NaN : Number(text);
}
/** In place of a number of branches: the line has none, or what it says of them is no share such as `(1/2)`. */
const [none$3, unclear] = [-1, -2];
const noBranches = {
	covered: none$3,
	total: none$3
};
function leftOut$2(unnumbered, unclear, file) {
	return [["lines without a line number or outside of <lines>", unnumbered], ["branches of lines whose condition-coverage is no share such as (1/2)", unclear]].filter(([, count]) => count > 0).map(([name, count]) => {
		return {
			code: "unknown-record",
			severity: "warning",
			message: `left out ${name}: ${count}`,
			at: { file }
		};
	});
}
/** More folders than this are not kept; one is enough to know. */
const maxSources = 2;
function under(folder, path) {
	if (folder === "" || /^(?:[/\\]|[A-Za-z]:)/.test(path)) return path;
	return folder.endsWith("/") ? folder + path : `${folder}/${path}`;
}

// src/core/read/code-climate.ts
/** Code Climate's issues, also as GitLab's code quality. https://github.com/codeclimate/platform/blob/master/spec/analyzers/SPEC.md */
const codeClimate = {
	label: "Code Climate JSON",
	families: ["debt"],
	writtenBy: "Code Climate engines, GitLab code quality, golangci-lint, PHPStan, Psalm, RuboCop, eslint-formatter-codeclimate",
	claims: ({ text, json }) => /^\s*\[\s*\]\s*$/.test(text) || json.list && json.keys.has("location") && (json.keys.has("check_name") || json.keys.has("fingerprint")),
	read(source, file) {
		const issues = readJson(source, file);
		const tally = createFindings(file);
		if (issues.length === 0) return tally.nothing("is an empty list, which does not tell who looked at what", "Let the tool write SARIF, which says what looked for issues, or accept it with `missing: skip`.");
		for (const [i, issue] of issues.entries()) {
			const type = member(issue, "type") ?? "issue";
			if (type === "measurement") continue;
			const [rule, text, location] = [
				member(issue, "check_name"),
				member(issue, "description"),
				member(issue, "location")
			];
			const path = member(location, "path");
			if (type !== "issue" || typeof text !== "string" || typeof path !== "string") {
				const message = type === "issue" ? `issue ${i + 1} has no description and location` : `entry ${i + 1} is neither an issue nor a measurement`;
				refuse({
					code: "bad-value",
					message,
					at: { file },
					hint: "Let the tool write the file again."
				});
			}
			const begin = member(member(location, "positions"), "begin");
			const line = member(member(location, "lines"), "begin") ?? member(begin, "line");
			tally.add({
				tool: "Code Climate",
				rule: typeof rule === "string" ? rule : "(no rule)",
				message: text,
				severity: severities[memberText(issue, "severity") ?? ""] ?? "medium",
				ids: [],
				at: {
					file: path,
					...typeof line === "number" ? { line } : {}
				}
			});
		}
		return tally.finish();
	}
};
const severities = {
	blocker: "critical",
	critical: "critical",
	major: "high",
	minor: "medium",
	info: "low"
};

// src/core/read/coverage-py.ts
/** coverage.py's JSON report. https://coverage.readthedocs.io/en/latest/commands/cmd_json.html */
const coveragepy = {
	label: "coverage.py JSON",
	families: ["coverage"],
	writtenBy: "coverage json, pytest-cov",
	claims: ({ json: { keys } }) => keys.has("files") && (keys.has("meta") || keys.has("*/*/executed_lines")),
	read(source, file) {
		const coverage = createCoverage("coveragepy");
		const document = readJson(source, file);
		const files = member(document, "files");
		if (!isObject$1(files) || !isObject$1(member(document, "totals"))) bad$7(file, "the document", "has no files and totals");
		const summaries = createSummaries$1(file);
		for (const [path, entry] of Object.entries(files)) {
			const into = coverage.source(path);
			const lines = linesOf(entry, path, file);
			for (const line of lines.ran) into.line(line, true, { file });
			for (const line of lines.missing) into.line(line, false, { file });
			summaries.compare(path, entry, lines);
			for (const [key, ran] of [["executed_branches", true], ["missing_branches", false]]) {
				const branches = member(entry, key);
				if (!Array.isArray(branches)) continue;
				coverage.records("branches");
				for (const branch of branches) into.part("branches", JSON.stringify(branch), ran);
			}
		}
		return coverage.finish(file, summaries.finish(member(document, "totals")));
	}
};
/** Before coverage.py 7.16 lines that are excluded are among those that ran; line 0 is that of an empty module. */
function linesOf(entry, path, file) {
	const ran = new Set(numbers(entry, "executed_lines", path, file));
	const excluded = member(entry, "excluded_lines") === void 0 ? [] : numbers(entry, "excluded_lines", path, file);
	for (const line of [0, ...excluded]) ran.delete(line);
	return {
		ran,
		missing: new Set(numbers(entry, "missing_lines", path, file))
	};
}
/** Compares what the file says of its lines in sum with its lists of them. */
function createSummaries$1(file) {
	const sum = {
		covered: 0,
		total: 0
	};
	let differs;
	let [more, docstrings] = [0, ""];
	return {
		compare(path, entry, { ran, missing }) {
			const found = {
				covered: ran.size,
				total: ran.size + missing.size
			};
			const said = tally$2(member(entry, "summary")) ?? found;
			sum.covered += said.covered;
			sum.total += said.total;
			if (said.covered === found.covered && said.total === found.total) return;
			if (said.total - said.covered !== missing.size || said.covered > ran.size) {
				differs ??= totalsDiffer(`${path.slice(0, 120)}: its summary says`, said, found, { file });
				return;
			}
			more += ran.size - said.covered;
			if (docstrings === "") docstrings = path.slice(0, 120);
		},
		finish(totals) {
			const said = tally$2(totals);
			differs ??= said && totalsDiffer("the totals say", said, sum, { file });
			const differing = differs === void 0 ? [] : [differs];
			if (more === 0) return differing;
			const message = `lists ${more} more executed ${more === 1 ? "line" : "lines"} than its summaries count, such as docstrings (first in ${docstrings}); they count as covered`;
			const hint = "coverage.py 7.16.2 and newer list statements only.";
			return [...differing, {
				code: "totals-differ",
				severity: "note",
				message,
				at: { file },
				hint
			}];
		}
	};
}
function tally$2(summary) {
	const [covered, total] = [member(summary, "covered_lines"), member(summary, "num_statements")];
	return typeof covered === "number" && typeof total === "number" ? {
		covered,
		total
	} : void 0;
}
function numbers(entry, key, path, file) {
	const value = member(entry, key);
	if (!Array.isArray(value) || !value.every((line) => Number.isInteger(line))) bad$7(file, path, `has no list ${key}`);
	return value;
}
function bad$7(file, what, problem) {
	refuse({
		code: "bad-value",
		message: `${what.slice(0, 120)} ${problem}`,
		at: { file },
		hint: "Write it with `coverage json`."
	});
}

// src/core/read/declared.ts
/** Compares what a whole report file declares with what was found in it. */
function declaredDiffers({ who, tests, bad }, found, at) {
	if (bad > 0 && found.bad === 0) return [{
		code: "unexplained-failures",
		severity: "error",
		message: `${who} declares ${bad} failures or errors, but no test case shows one`,
		at,
		hint: "Something failed outside the test cases: look at the log of the test run."
	}];
	const problems = [];
	if (bad > found.bad) {
		const message = `${who} declares ${bad} failures or errors, found ${found.bad} failing test cases`;
		problems.push({
			code: "unexplained-failures",
			severity: "warning",
			message,
			at,
			hint: "The file lost test cases, or something failed outside of them: look at the log of the test run."
		});
	}
	if (tests === void 0 || tests === found.tests) return problems;
	const message = `${who} declares ${tests} tests, found ${found.tests}`;
	if (tests < found.tests) return [...problems, {
		code: "count-surplus",
		severity: "note",
		message,
		at
	}];
	const severity = found.tests === 0 ? "error" : "warning";
	return [...problems, {
		code: "count-shortfall",
		severity,
		message,
		at,
		hint: "The file lost test cases."
	}];
}
/** Zero test cases are never silent. */
function noTests(tally, file) {
	if (tally.total() > 0) return [];
	return [{
		code: "no-tests",
		severity: "warning",
		message: "holds 0 tests",
		at: { file },
		hint: "Did the test run find any test?"
	}];
}

// src/core/read/odd-times.ts
/** The seconds of a time, if any; counts it where it is odd. */
function secondsOf(time, odd) {
	if (time?.odd) {
		if (time.seconds === void 0) odd.unread++;
		else odd.read++;
	}
	return time?.seconds;
}
/** Tells of them. */
function oddTimes({ read, unread }, file) {
	return [...noteOn(read, "plain number of seconds, read by separators or unit", file), ...timesLeftOut(unread, "number of seconds", file)];
}
/** Tells how many times could not be read; `what` is what they should have been. */
function timesLeftOut(count, what, file) {
	return noteOn(count, `${what}, left out`, file);
}
function noteOn(count, what, file) {
	if (count === 0) return [];
	return [{
		code: "odd-time",
		severity: "note",
		message: `${count === 1 ? "1 time is" : `${count} times are`} no ${what}`,
		at: { file }
	}];
}

// src/core/read/ctrf.ts
/** CTRF, the Common Test Report Format. https://ctrf.io/docs/specification/overview */
const ctrf = {
	label: "CTRF JSON",
	families: ["tests"],
	writtenBy: "the CTRF reporters of Playwright, Cypress, Jest, pytest, Go and others",
	claims: ({ text, json: { keys } }) => keys.has("reportFormat") && /"reportFormat"\s*:\s*"CTRF"/.test(text) || keys.has("results") && (keys.has("*/tool") || keys.has("*/summary")),
	read(source, file, counting) {
		const results = member(readJson(source, file), "results");
		const tests = member(results, "tests");
		if (!Array.isArray(tests)) refuse({
			code: "bad-value",
			message: "the document has no results with tests",
			at: { file }
		});
		return readTests(tests, member(results, "summary"), file, counting);
	}
};
/** What tells two tests of one name in one suite apart, or two runs of one test. Attempts have all of it in common. */
const apart = [
	"id",
	"testId",
	"executionId",
	"browser",
	"device",
	"parameters"
];
function readTests(tests, summary, file, counting) {
	const tally = createTally(counting);
	let odd = 0;
	for (const [i, test] of tests.entries()) {
		const [name, status] = [member(test, "name"), member(test, "status")];
		if (typeof name !== "string" || typeof status !== "string") refuse({
			code: "bad-value",
			message: `test ${i + 1} has no name and status`,
			at: { file }
		});
		const named = nameOf(test, name);
		tally.about?.(named, JSON.stringify(apart.map((key) => member(test, key) ?? null)));
		const duration = member(test, "duration") ?? void 0;
		if (typeof duration === "number" && duration >= 0 && Number.isFinite(duration)) tally.time(duration / 1e3, () => named);
		else if (duration !== void 0) odd++;
		tell(tally, test, named, status, file);
	}
	return {
		facts: {
			kind: "tests",
			tests: tally.facts()
		},
		problems: [
			...checked(summary, tally, file),
			...timesLeftOut(odd, "number of milliseconds", file),
			...noTests(tally, file)
		]
	};
}
function tell(tally, test, named, status, file) {
	if (status === "passed") {
		if (member(test, "flaky") === true) tally.flaky(named);
		else tally.passed();
	} else if (status === "skipped" || status === "pending") tally.skipped();
	else {
		const how = status === "failed" ? "failed" : "errored";
		const message = firstLine$1(memberText(test, "message") ?? "") || `status "${status.slice(0, 80)}"`;
		const details = (memberText(test, "trace") ?? "").slice(0, maxDetails);
		tally.failing(how, () => ({
			...named,
			how,
			message,
			details,
			from: { file }
		}));
	}
}
function nameOf(test, name) {
	const suite = member(test, "suite");
	const parts = Array.isArray(suite) ? suite : typeof suite === "string" ? [suite] : [];
	const [path, line] = [member(test, "filePath"), member(test, "line")];
	const at = typeof path === "string" ? {
		file: path,
		...typeof line === "number" ? { line } : {}
	} : void 0;
	return {
		suite: parts.filter((part) => typeof part === "string"),
		className: "",
		name,
		...at ? { at } : {}
	};
}
function checked(summary, tally, file) {
	const count = (key) => {
		const value = member(summary, key) ?? void 0;
		const read = typeof value === "object" ? void 0 : readCount(String(value));
		if (value === void 0 || read !== void 0) return read;
		const message = `"${key}" of the summary is no count: ${JSON.stringify(value).slice(0, 80)}`;
		refuse({
			code: "bad-value",
			message,
			at: { file },
			hint: "Let the tool write the file again."
		});
	};
	const bad = (count("failed") ?? 0) + (count("other") ?? 0);
	const found = {
		tests: tally.total(),
		bad: tally.bad()
	};
	return declaredDiffers({
		who: "the summary",
		tests: count("tests"),
		bad
	}, found, { file });
}

// src/core/read/eslint.ts
/** ESLint's JSON. A file that it could not parse is an error. https://eslint.org/docs/latest/use/formatters/#json */
const eslint = {
	label: "ESLint JSON",
	families: ["debt"],
	writtenBy: "eslint --format json, stylelint's and oxlint's formatters of the same shape",
	claims: ({ json }) => json.list && json.keys.has("filePath"),
	read(source, file) {
		const tally = createFindings(file);
		for (const entry of readJson(source, file)) {
			const [path, messages] = [member(entry, "filePath"), member(entry, "messages")];
			if (typeof path !== "string" || !Array.isArray(messages)) refuse({
				code: "bad-value",
				message: "an entry has no filePath and messages",
				at: { file }
			});
			for (const message of messages) addMessage(message, path);
			const hidden = member(entry, "suppressedMessages");
			for (const _ of Array.isArray(hidden) ? hidden : []) tally.suppressed();
			const [errors, warnings] = [member(entry, "errorCount"), member(entry, "warningCount")];
			if (typeof errors === "number" && typeof warnings === "number" && errors + warnings !== messages.length) {
				const counted = `${path.slice(-120)} counts ${errors + warnings} messages and holds ${messages.length}`;
				refuse({
					code: "counts-differ",
					message: counted,
					at: { file },
					hint: "Let ESLint write the file again."
				});
			}
		}
		return tally.finish();
		function addMessage(message, path) {
			const [rule, text, line] = [
				member(message, "ruleId"),
				member(message, "message"),
				member(message, "line")
			];
			const said = typeof text === "string" ? text : "";
			if (member(message, "fatal") === true) toolError("ESLint", `${path.slice(-120)}: ${said}`, file);
			tally.add({
				tool: "ESLint",
				rule: typeof rule === "string" ? rule : "(no rule)",
				message: said,
				severity: member(message, "severity") === 2 ? "high" : "medium",
				ids: [],
				at: {
					file: path,
					...typeof line === "number" ? { line } : {}
				}
			});
		}
	}
};

// node_modules/zod/v4/core/util.js
function getEnumValues(entries) {
	const numericValues = Object.values(entries).filter((v) => typeof v === "number");
	return Object.entries(entries).filter(([k, _]) => numericValues.indexOf(+k) === -1).map(([_, v]) => v);
}
function joinValues(array, separator = "|") {
	return array.map((val) => stringifyPrimitive(val)).join(separator);
}
function jsonStringifyReplacer(_, value) {
	if (typeof value === "bigint") return value.toString();
	return value;
}
var Cached = class {
	constructor(getter) {
		this._getter = getter;
		this._value = void 0;
	}
	get value() {
		const getter = this._getter;
		if (getter !== void 0) {
			this._value = getter();
			this._getter = void 0;
		}
		return this._value;
	}
};
function cached(getter) {
	return new Cached(getter);
}
function nullish(input) {
	return input === null || input === void 0;
}
function cleanRegex(source) {
	const start = source.startsWith("^") ? 1 : 0;
	const end = source.endsWith("$") ? source.length - 1 : source.length;
	return source.slice(start, end);
}
const EVALUATING = /* @__PURE__*/ Symbol("evaluating");
function defineLazy(object, key, getter) {
	let value = void 0;
	Object.defineProperty(object, key, {
		get() {
			if (value === EVALUATING) return;
			if (value === void 0) {
				value = EVALUATING;
				value = getter();
			}
			return value;
		},
		set(v) {
			Object.defineProperty(object, key, { value: v });
		},
		configurable: true
	});
}
function assignProp(target, prop, value) {
	Object.defineProperty(target, prop, {
		value,
		writable: true,
		enumerable: true,
		configurable: true
	});
}
/**
* Whichever object a def's `shape` currently answers from: the one the caller passed until the first read, the frozen copy after it.
*
* Its keys and descriptors read without invoking anything, which is what lets a discriminated union check its discriminator, and the cycle walk read a shape, without resolving a getter that references the schema being constructed. A def that answers `shape` from an accessor of its own has none.
*/
function rawShape(def) {
	const desc = Object.getOwnPropertyDescriptor(def, "shape");
	return desc?.get ? desc.get.raw : desc?.value;
}
function sourceShape(schema) {
	return rawShape(schema._zod.def) ?? schema._zod.def.shape;
}
function deferProp(target, key, getter) {
	Object.defineProperty(target, key, {
		get() {
			const value = getter();
			assignProp(this, key, value);
			return value;
		},
		enumerable: true,
		configurable: true
	});
}
function putProp(target, key, value) {
	if (key in target) assignProp(target, key, value);
	else target[key] = value;
}
/**
* Copies `keys` of `source`'s shape onto `target`, each value passed through `wrap`.
*
* A key the source has resolved is copied through now, so the derived shape states it outright and nothing has to resolve it to learn what it holds. A key the source still defers stays deferred, and reads back through the source's own `shape`, so it resolves once and both shapes get that one schema.
*/
function mirrorShape(target, source, keys, wrap) {
	const raw = sourceShape(source);
	for (const key of keys) {
		const desc = Object.getOwnPropertyDescriptor(raw, key);
		if (!desc.enumerable) continue;
		if (desc.get) deferProp(target, key, () => {
			const value = source._zod.def.shape[key];
			return wrap ? wrap(value, key) : value;
		});
		else putProp(target, key, wrap ? wrap(desc.value, key) : desc.value);
	}
}
function mirrorProps(target, source) {
	for (const key of Reflect.ownKeys(source)) {
		const desc = Object.getOwnPropertyDescriptor(source, key);
		if (!desc.enumerable) continue;
		if (desc.get) deferProp(target, key, () => source[key]);
		else putProp(target, key, desc.value);
	}
}
function mergeDefs(...defs) {
	const mergedDescriptors = {};
	for (const def of defs) {
		const descriptors = Object.getOwnPropertyDescriptors(def);
		Object.assign(mergedDescriptors, descriptors);
	}
	return Object.defineProperties({}, mergedDescriptors);
}
const captureStackTrace = "captureStackTrace" in Error ? Error.captureStackTrace : (..._args) => {};
function isObject(data) {
	return typeof data === "object" && data !== null && !Array.isArray(data);
}
function isPlainObject(o) {
	if (isObject(o) === false) return false;
	const ctor = o.constructor;
	if (ctor === void 0) return true;
	if (typeof ctor !== "function") return true;
	const prot = ctor.prototype;
	if (isObject(prot) === false) return false;
	if (Object.prototype.hasOwnProperty.call(prot, "isPrototypeOf") === false) return false;
	return true;
}
const propertyKeyTypes = /* @__PURE__*/ new Set([
	"string",
	"number",
	"symbol"
]);
function escapeRegex(str) {
	return str.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
function clone(inst, def, params) {
	const cl = new inst._zod.constr(def ?? inst._zod.def);
	if (!def || params?.parent) cl._zod.parent = inst;
	return cl;
}
function normalizeParams(_params) {
	const params = _params;
	if (!params) return {};
	if (typeof params === "string") return { error: () => params };
	if (params?.message !== void 0) {
		if (params?.error !== void 0) throw new Error("Cannot specify both `message` and `error` params");
		params.error = params.message;
	}
	delete params.message;
	if (typeof params.error === "string") return {
		...params,
		error: () => params.error
	};
	return params;
}
function stringifyPrimitive(value) {
	if (typeof value === "bigint") return value.toString() + "n";
	if (typeof value === "string") return `"${value}"`;
	return `${value}`;
}
function optionalKeys(shape) {
	return Object.keys(shape).filter((k) => {
		return shape[k]._zod.optin !== void 0 && shape[k]._zod.optout === "optional";
	});
}
const NUMBER_FORMAT_RANGES = /*@__PURE__*/ (() => ({
	safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
	int32: [-2147483648, 2147483647],
	uint32: [0, 4294967295],
	float32: [-34028234663852886e22, 34028234663852886e22],
	float64: [-Number.MAX_VALUE, Number.MAX_VALUE]
}))();
function extend$1(schema, shape) {
	if (!isPlainObject(shape)) throw new Error("Invalid input to extend: expected a plain object");
	const checks = schema._zod.def.checks;
	if (checks && checks.length > 0) {
		const existingShape = sourceShape(schema);
		for (const key of Reflect.ownKeys(shape)) if (Object.getOwnPropertyDescriptor(existingShape, key) !== void 0) throw new Error("Cannot overwrite keys on object schemas containing refinements. Use `.safeExtend()` instead.");
	}
	return clone(schema, mergeDefs(schema._zod.def, { shape: extended$1(schema, shape) }));
}
function extended$1(schema, shape) {
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)));
	mirrorProps(newShape, shape);
	return newShape;
}
function aborted(x, startIndex = 0) {
	if (x.aborted === true) return true;
	for (let i = startIndex; i < x.issues.length; i++) if (x.issues[i]?.continue !== true) return true;
	return false;
}
function explicitlyAborted(x, startIndex = 0) {
	if (x.aborted === true) return true;
	for (let i = startIndex; i < x.issues.length; i++) if (x.issues[i]?.continue === false) return true;
	return false;
}
function prefixIssues(path, issues) {
	return issues.map((iss) => {
		var _a;
		(_a = iss).path ?? (_a.path = []);
		iss.path.unshift(path);
		return iss;
	});
}
function unwrapMessage(message) {
	return typeof message === "string" ? message : message?.message;
}
/** The leading size checks of `defChecks` that set an upper bound, each paired with it. */
function sizeCaps(defChecks) {
	const caps = [];
	for (const ch of defChecks ?? []) {
		const d = ch._zod.def;
		if (!/_(length|size)$|_equals$/.test(d.check)) break;
		const max = d.maximum ?? d.length ?? d.size;
		if (max >= 0) caps.push([max, ch]);
	}
	return caps;
}
function attachSchema(issues, start, inst) {
	var _a;
	for (let i = start; i < issues.length; i++) (_a = issues[i]).schema ?? (_a.schema = inst);
}
function finalizeIssue(iss, ctx, config) {
	var _a;
	const traits = iss.inst?._zod?.traits;
	if (traits?.has("$ZodType")) {
		if (traits.has("$ZodCheck")) (_a = iss).schema ?? (_a.schema = iss.inst);
		else iss.schema = iss.inst;
	}
	const schemaError = iss.schema !== iss.inst ? iss.schema?._zod.def?.error : void 0;
	const message = iss.message ? iss.message : unwrapMessage(iss.inst?._zod.def?.error?.(iss)) ?? unwrapMessage(schemaError?.(iss)) ?? unwrapMessage(ctx?.error?.(iss)) ?? unwrapMessage(config.customError?.(iss)) ?? unwrapMessage(config.localeError?.(iss)) ?? "Invalid input";
	const full = {};
	for (const k of Object.keys(iss)) {
		if (k === "inst" || k === "schema" || k === "continue" || k === "input" || k === "__proto__") continue;
		full[k] = iss[k];
	}
	full.path ?? (full.path = []);
	full.message = message;
	if (ctx?.reportInput) full.input = iss.input;
	return full;
}
const highSurrogate = /[\uD800-\uDBFF]/;
function codePointLength(str) {
	const units = str.length;
	if (!highSurrogate.test(str)) return units;
	let count = units;
	for (let i = 0; i < units - 1; i++) if ((str.charCodeAt(i) & 64512) === 55296 && (str.charCodeAt(i + 1) & 64512) === 56320) {
		count--;
		i++;
	}
	return count;
}
function getLengthableOrigin(input) {
	if (Array.isArray(input)) return "array";
	if (typeof input === "string") return "string";
	return "unknown";
}
function parsedType(data) {
	const t = typeof data;
	switch (t) {
		case "number": return Number.isNaN(data) ? "nan" : "number";
		case "object": {
			if (data === null) return "null";
			if (Array.isArray(data)) return "array";
			const obj = data;
			if (obj && Object.getPrototypeOf(obj) !== Object.prototype && "constructor" in obj && obj.constructor) return obj.constructor.name;
		}
	}
	return t;
}
function issue(...args) {
	const [iss, input, inst] = args;
	if (typeof iss === "string") return {
		message: iss,
		code: "custom",
		input,
		inst
	};
	return { ...iss };
}
/**
* Installs a trait's members on its prototype. Each value builds that member for the instance on first read; the built value shadows the accessor as an own property, so a detached `const { parse } = schema` keeps working.
*
* Call this from a `proto` initializer, which runs once per prototype \u2014 never per instance.
*/
function members(proto, table) {
	for (const key in table) {
		const desc = Object.getOwnPropertyDescriptor(table, key);
		if (desc.get) Object.defineProperty(proto, key, {
			...desc,
			enumerable: false
		});
		else defineBound(proto, key, desc.value);
	}
}
/** Shadows a prototype member with an own value, so a getter that builds from the instance runs once. */
function own(inst, key, value, enumerable = true) {
	Object.defineProperty(inst, key, {
		configurable: true,
		writable: true,
		enumerable,
		value
	});
	return value;
}
/** Like {@link own}, for a member that was never an own data property and has to stay out of `Object.keys`. */
function hide(inst, key, value) {
	return own(inst, key, value, false);
}
function defineBound(proto, key, fn) {
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			return this == null ? fn : own(this, key, fn.bind(this));
		},
		set(value) {
			own(this, key, value);
		}
	});
}
/** Returns the prototype to install on, or `undefined` if this group is already installed on it. */
function claim(inst, sentinel) {
	const proto = Object.getPrototypeOf(inst);
	return sentinel in proto ? void 0 : proto;
}
let installing;
let broke = false;
const breaker = {
	configurable: true,
	get() {
		broke = true;
	}
};
/**
* Installs a lazily-derived internal on the `_zod` prototype of `inst`'s
* constructor, computed from the internals object itself and cached there on
* first read. One accessor per constructor rather than one per instance.
*/
function defineLazyInternal(inst, key, compute) {
	const proto = Object.getPrototypeOf(inst._zod);
	if (key in proto && installing !== inst._zod) {
		installing = void 0;
		return;
	}
	installing = inst._zod;
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			Object.defineProperty(this, key, breaker);
			const outer = broke;
			broke = false;
			try {
				const value = compute(this);
				if (broke) delete this[key];
				else Object.defineProperty(this, key, {
					configurable: true,
					writable: true,
					value
				});
				broke = broke || outer;
				return value;
			} catch (err) {
				delete this[key];
				broke = broke || outer;
				throw err;
			}
		},
		set(value) {
			Object.defineProperty(this, key, {
				configurable: true,
				writable: true,
				value
			});
		}
	});
}
/**
* Installs `key` on `inst`'s prototype, computed by `make` on first read and cached there as an own
* data property. One accessor per constructor rather than one per instance, because an own accessor
* puts every instance after the first into v8 dictionary mode. The key doubles as the sentinel.
*/
function installLazyProp(inst, key, make, enumerable) {
	const proto = claim(inst, key);
	if (!proto) return;
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			const desc = {
				configurable: true,
				writable: true,
				enumerable,
				value: void 0
			};
			Object.defineProperty(this, key, desc);
			desc.value = make(this);
			Object.defineProperty(this, key, desc);
			return desc.value;
		},
		set(value) {
			Object.defineProperty(this, key, {
				configurable: true,
				writable: true,
				enumerable,
				value
			});
		}
	});
}

// node_modules/zod/v4/core/core.js
var _a$1;
const _zodDesc = {
	value: void 0,
	enumerable: false
};
let _E = "captureStackTrace" in Error ? Error : null;
function newError(Definition) {
	const E = _E;
	if (E) {
		const saved = E.stackTraceLimit;
		if (typeof saved === "number") {
			try {
				E.stackTraceLimit = 0;
			} catch {
				_E = null;
				return new Definition();
			}
			try {
				return new Definition();
			} finally {
				E.stackTraceLimit = saved;
			}
		}
	}
	return new Definition();
}
/* @__NO_SIDE_EFFECTS__ */
function $constructor(name, initializer, proto, params) {
	const zodProto = {};
	function Internals(def) {
		this.def = def;
		this.constr = _;
		this.traits = /* @__PURE__ */ new Set();
	}
	Internals.prototype = zodProto;
	const protoMembers = proto;
	const initialized = protoMembers && /* @__PURE__ */ new WeakSet();
	function init(inst, def) {
		if (!inst._zod) {
			_zodDesc.value = new Internals(def);
			try {
				Object.defineProperty(inst, "_zod", _zodDesc);
			} finally {
				_zodDesc.value = void 0;
			}
		} else if (inst._zod.traits.has(name)) return;
		inst._zod.traits.add(name);
		initializer(inst, def);
		if (initialized) {
			const own = Object.getPrototypeOf(inst);
			const ctorProto = inst._zod.constr.prototype;
			let up = own;
			while (up && up !== ctorProto) up = Object.getPrototypeOf(up);
			const target = up ?? own;
			if (!initialized.has(target)) {
				initialized.add(target);
				members(target, protoMembers);
			}
		}
		const proto = _.prototype;
		for (const k in proto) {
			if (!Object.prototype.hasOwnProperty.call(proto, k)) continue;
			if (!(k in inst)) inst[k] = proto[k].bind(inst);
		}
	}
	const Parent = params?.Parent ?? Object;
	class Definition extends Parent {}
	Object.defineProperty(Definition, "name", { value: name });
	function _(def) {
		const inst = params?.Parent ? newError(Definition) : this;
		init(inst, def);
		const deferred = inst._zod.deferred;
		if (deferred) {
			for (const fn of deferred) fn();
			inst._zod.deferred = void 0;
		}
		const pp = globalThis.__zod_globalConfig?.postProcessor;
		if (pp) pp(inst);
		return inst;
	}
	Object.defineProperty(_, "init", { value: init });
	Object.defineProperty(_, Symbol.hasInstance, { value: (inst) => {
		if (params?.Parent && inst instanceof params.Parent) return true;
		return inst?._zod?.traits?.has(name);
	} });
	Object.defineProperty(_, "name", { value: name });
	return _;
}
var $ZodAsyncError = class extends Error {
	constructor() {
		super(`Encountered Promise during synchronous parse. Use .parseAsync() instead.`);
	}
};
(_a$1 = globalThis).__zod_globalConfig ?? (_a$1.__zod_globalConfig = {});
const globalConfig = globalThis.__zod_globalConfig;
function config(newConfig) {
	if (newConfig) Object.assign(globalConfig, newConfig);
	return globalConfig;
}

// node_modules/zod/v4/core/errors.js
function _getMessage() {
	const internals = this._zod;
	internals.message ?? (internals.message = JSON.stringify(internals.def, jsonStringifyReplacer, 2));
	return internals.message;
}
function _setMessage(value) {
	this._zod.message = value;
}
const _messageDesc = {
	get: _getMessage,
	set: _setMessage,
	enumerable: true,
	configurable: true
};
const _issuesDesc = {
	value: void 0,
	enumerable: false
};
const _installedToString = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
const initializer = (inst, def) => {
	inst.name = "$ZodError";
	_issuesDesc.value = def;
	Object.defineProperty(inst, "issues", _issuesDesc);
	_issuesDesc.value = void 0;
	Object.defineProperty(inst, "message", _messageDesc);
	const proto = Object.getPrototypeOf(inst);
	if (!_installedToString.has(proto)) {
		_installedToString.add(proto);
		Object.defineProperty(proto, "toString", {
			configurable: true,
			enumerable: false,
			get() {
				const value = () => this.message;
				Object.defineProperty(this, "toString", {
					value,
					configurable: true,
					writable: true
				});
				return value;
			},
			set(value) {
				Object.defineProperty(this, "toString", {
					value,
					configurable: true,
					writable: true
				});
			}
		});
	}
};
const $ZodRealError = /* @__PURE__ */ $constructor("$ZodError", initializer, void 0, { Parent: Error });

// node_modules/zod/v4/core/parse.js
const _parse = (_Err) => {
	const fn = (schema, value, _ctx, _params) => {
		const ctx = _ctx ? {
			..._ctx,
			async: false
		} : { async: false };
		const result = schema._zod.run({
			value,
			issues: []
		}, ctx);
		if (result instanceof Promise) throw new $ZodAsyncError();
		if (result.issues.length) {
			const e = new ((_params?.Err) ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
			captureStackTrace(e, _params?.callee ?? fn);
			throw e;
		}
		return result.value;
	};
	return fn;
};
const parse = /* @__PURE__*/ _parse($ZodRealError);
const _parseAsync = (_Err) => {
	const fn = async (schema, value, _ctx, params) => {
		const ctx = _ctx ? {
			..._ctx,
			async: true
		} : { async: true };
		let result = schema._zod.run({
			value,
			issues: []
		}, ctx);
		if (result instanceof Promise) result = await result;
		if (result.issues.length) {
			const e = new ((params?.Err) ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
			captureStackTrace(e, params?.callee ?? fn);
			throw e;
		}
		return result.value;
	};
	return fn;
};
const parseAsync = /* @__PURE__*/ _parseAsync($ZodRealError);
const _safeParse = (_Err) => (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		async: false
	} : { async: false };
	const result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) throw new $ZodAsyncError();
	return result.issues.length ? failure(_Err, result.issues, ctx) : {
		success: true,
		data: result.value
	};
};
const safeParse = /* @__PURE__*/ _safeParse($ZodRealError);
function failure(Err, issues, ctx) {
	let error;
	return {
		success: false,
		get error() {
			if (!error) {
				error = new Err(issues.map((iss) => finalizeIssue(iss, ctx, config())));
				issues = void 0;
				ctx = void 0;
			}
			return error;
		},
		set error(e) {
			error = e;
			issues = void 0;
			ctx = void 0;
		}
	};
}
const _safeParseAsync = (_Err) => async (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		async: true
	} : { async: true };
	let result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) result = await result;
	return result.issues.length ? failure(_Err, result.issues, ctx) : {
		success: true,
		data: result.value
	};
};
const safeParseAsync = /* @__PURE__*/ _safeParseAsync($ZodRealError);

// node_modules/zod/v4/core/regexes.js
const dateSource = `(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))`;
/** Anchors a pattern source. The interpolation lives here rather than at the call site because
* esbuild will not drop a `@__PURE__` call whose own argument interpolates a variable, but it
* will drop `anchor(dateSource)`. Keeping it inline pinned `date` into every bundle. */
function anchor(source) {
	return new RegExp(`^${source}$`);
}
const date$1 = /*@__PURE__*/ anchor(dateSource);
function timeSource(args) {
	const hhmm = `(?:[01]\\d|2[0-3]):[0-5]\\d`;
	return typeof args.precision === "number" ? args.precision === -1 ? `${hhmm}` : args.precision === 0 ? `${hhmm}:[0-5]\\d` : `${hhmm}:[0-5]\\d\\.\\d{${args.precision}}` : args.seconds ? `${hhmm}:[0-5]\\d(?:\\.\\d+)?` : `${hhmm}(?::[0-5]\\d(?:\\.\\d+)?)?`;
}
function datetime$1(args) {
	const opts = ["Z"];
	if (args.offset) opts.push(`([+-](?:[01]\\d|2[0-3]):[0-5]\\d)`);
	const qualified = `${timeSource({
		precision: args.precision,
		seconds: true
	})}(?:${opts.join("|")})`;
	const timeRegex = args.local ? `${qualified}|${timeSource({ precision: args.precision })}` : qualified;
	return new RegExp(`^${dateSource}T(?:${timeRegex})$`);
}
const anyString = /^[\s\S]{0,}$/;
const number$2 = /^-?\d+(?:\.\d+)?$/;
const boolean$1 = /^(?:true|false)$/i;

// node_modules/zod/v4/core/checks.js
const $ZodCheck = /*@__PURE__*/ $constructor("$ZodCheck", (inst, def) => {
	var _a;
	inst._zod ?? (inst._zod = {});
	inst._zod.def = def;
	(_a = inst._zod).onattach ?? (_a.onattach = []);
});
/** Default `when` for length-based checks: run only on non-nullish values with a `length`. */
const _whenHasLength = (payload) => {
	const val = payload.value;
	return !nullish(val) && val.length !== void 0;
};
const numericOriginMap = {
	number: "number",
	bigint: "bigint",
	object: "date"
};
const $ZodCheckLessThan = /*@__PURE__*/ $constructor("$ZodCheckLessThan", (inst, def) => {
	$ZodCheck.init(inst, def);
	const origin = numericOriginMap[typeof def.value];
	inst._zod.check = (payload) => {
		if (def.inclusive ? payload.value <= def.value : payload.value < def.value) return;
		payload.issues.push({
			origin: numericOriginMap[typeof payload.value] ?? origin,
			code: "too_big",
			maximum: typeof def.value === "object" ? def.value.getTime() : def.value,
			input: payload.value,
			inclusive: def.inclusive,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckGreaterThan = /*@__PURE__*/ $constructor("$ZodCheckGreaterThan", (inst, def) => {
	$ZodCheck.init(inst, def);
	const origin = numericOriginMap[typeof def.value];
	inst._zod.check = (payload) => {
		if (def.inclusive ? payload.value >= def.value : payload.value > def.value) return;
		payload.issues.push({
			origin: numericOriginMap[typeof payload.value] ?? origin,
			code: "too_small",
			minimum: typeof def.value === "object" ? def.value.getTime() : def.value,
			input: payload.value,
			inclusive: def.inclusive,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckNumberFormat = /*@__PURE__*/ $constructor("$ZodCheckNumberFormat", (inst, def) => {
	$ZodCheck.init(inst, def);
	def.format = def.format || "float64";
	const isInt = def.format?.includes("int");
	const origin = isInt ? "int" : "number";
	const [minimum, maximum] = NUMBER_FORMAT_RANGES[def.format];
	inst._zod.check = (payload) => {
		const input = payload.value;
		if (isInt) {
			if (!Number.isInteger(input)) {
				payload.issues.push({
					expected: origin,
					format: def.format,
					code: "invalid_type",
					continue: false,
					input,
					inst
				});
				return;
			}
			if (!Number.isSafeInteger(input)) {
				if (input > 0) payload.issues.push({
					input,
					code: "too_big",
					maximum: Number.MAX_SAFE_INTEGER,
					note: "Integers must be within the safe integer range.",
					inst,
					origin,
					inclusive: true,
					continue: !def.abort
				});
				else payload.issues.push({
					input,
					code: "too_small",
					minimum: Number.MIN_SAFE_INTEGER,
					note: "Integers must be within the safe integer range.",
					inst,
					origin,
					inclusive: true,
					continue: !def.abort
				});
				return;
			}
		}
		if (input < minimum) payload.issues.push({
			origin: "number",
			input,
			code: "too_small",
			minimum,
			inclusive: true,
			inst,
			continue: !def.abort
		});
		if (input > maximum) payload.issues.push({
			origin: "number",
			input,
			code: "too_big",
			maximum,
			inclusive: true,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckMaxLength = /*@__PURE__*/ $constructor("$ZodCheckMaxLength", (inst, def) => {
	var _a;
	$ZodCheck.init(inst, def);
	(_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
	inst._zod.check = (payload) => {
		const input = payload.value;
		const units = input.length;
		if ((typeof input === "string" && units > def.maximum ? codePointLength(input) : units) <= def.maximum) return;
		const origin = getLengthableOrigin(input);
		payload.issues.push({
			origin,
			code: "too_big",
			maximum: def.maximum,
			inclusive: true,
			input,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckMinLength = /*@__PURE__*/ $constructor("$ZodCheckMinLength", (inst, def) => {
	var _a;
	$ZodCheck.init(inst, def);
	(_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
	inst._zod.check = (payload) => {
		const input = payload.value;
		const units = input.length;
		if ((typeof input === "string" && units >= def.minimum && units < def.minimum * 2 ? codePointLength(input) : units) >= def.minimum) return;
		const origin = getLengthableOrigin(input);
		payload.issues.push({
			origin,
			code: "too_small",
			minimum: def.minimum,
			inclusive: true,
			input,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckStringFormat = /*@__PURE__*/ $constructor("$ZodCheckStringFormat", (inst, def) => {
	var _a, _b;
	$ZodCheck.init(inst, def);
	if (def.pattern) (_a = inst._zod).check ?? (_a.check = (payload) => {
		def.pattern.lastIndex = 0;
		if (def.pattern.test(payload.value)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: def.format,
			input: payload.value,
			...def.pattern ? { pattern: def.pattern.toString() } : {},
			inst,
			continue: !def.abort
		});
	});
	else (_b = inst._zod).check ?? (_b.check = () => {});
});
const $ZodCheckRegex = /*@__PURE__*/ $constructor("$ZodCheckRegex", (inst, def) => {
	$ZodCheckStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		def.pattern.lastIndex = 0;
		if (def.pattern.test(payload.value)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "regex",
			input: payload.value,
			pattern: def.pattern.toString(),
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckOverwrite = /*@__PURE__*/ $constructor("$ZodCheckOverwrite", (inst, def) => {
	$ZodCheck.init(inst, def);
	inst._zod.check = (payload) => {
		payload.value = def.tx(payload.value);
	};
});

// node_modules/zod/v4/core/versions.js
const version = {
	major: 4,
	minor: 6,
	patch: 7
};

// node_modules/zod/v4/core/schemas.js
const $ZodType = /*@__PURE__*/ $constructor("$ZodType", (inst, def) => {
	var _a;
	inst ?? (inst = {});
	inst._zod.def = def;
	inst._zod.bag = inst._zod.bag || {};
	inst._zod.version = version;
	const defChecks = inst._zod.def.checks;
	const checks = inst._zod.traits.has("$ZodCheck") ? [inst, ...defChecks ?? []] : defChecks?.length ? [...defChecks] : [];
	for (const ch of checks) for (const fn of ch._zod.onattach) fn(inst);
	if (checks.length === 0) {
		(_a = inst._zod).deferred ?? (_a.deferred = []);
		inst._zod.deferred?.push(() => {
			inst._zod.run = inst._zod.parse;
		});
	} else {
		const runChecks = (payload, checks, ctx) => {
			if (payload.memo) return payload;
			let isAborted = aborted(payload);
			let asyncResult;
			for (const ch of checks) {
				if (ch._zod.def.when) {
					if (explicitlyAborted(payload)) continue;
					if (!ch._zod.def.when(payload)) continue;
				} else if (isAborted) continue;
				const currLen = payload.issues.length;
				const _ = ch._zod.check(payload);
				if (_ instanceof Promise && ctx?.async === false) throw new $ZodAsyncError();
				if (asyncResult || _ instanceof Promise) asyncResult = (asyncResult ?? Promise.resolve()).then(async () => {
					await _;
					if (payload.issues.length === currLen) return;
					attachSchema(payload.issues, currLen, inst);
					if (!isAborted) isAborted = aborted(payload, currLen);
				});
				else {
					if (payload.issues.length === currLen) continue;
					attachSchema(payload.issues, currLen, inst);
					if (!isAborted) isAborted = aborted(payload, currLen);
				}
			}
			if (asyncResult) return asyncResult.then(() => {
				return payload;
			});
			return payload;
		};
		const handleCanaryResult = (canary, payload, ctx) => {
			if (aborted(canary)) {
				canary.aborted = true;
				return canary;
			}
			const checkResult = runChecks(payload, checks, ctx);
			if (checkResult instanceof Promise) {
				if (ctx.async === false) throw new $ZodAsyncError();
				return checkResult.then((checkResult) => inst._zod.parse(checkResult, ctx));
			}
			return inst._zod.parse(checkResult, ctx);
		};
		inst._zod.run = (payload, ctx) => {
			if (ctx.skipChecks) return inst._zod.parse(payload, ctx);
			if (ctx.direction === "backward") {
				const canary = inst._zod.parse({
					value: payload.value,
					issues: []
				}, {
					...ctx,
					skipChecks: true
				});
				if (canary instanceof Promise) return canary.then((canary) => {
					return handleCanaryResult(canary, payload, ctx);
				});
				return handleCanaryResult(canary, payload, ctx);
			}
			const result = inst._zod.parse(payload, ctx);
			if (result instanceof Promise) {
				if (ctx.async === false) throw new $ZodAsyncError();
				return result.then((result) => runChecks(result, checks, ctx));
			}
			return runChecks(result, checks, ctx);
		};
	}
}, {
	get "~standard"() {
		return hide(this, "~standard", standardProps(this));
	},
	set "~standard"(value) {
		own(this, "~standard", value);
	}
});
/** The Standard Schema surface for `inst`. Shared so wrappers can extend it without forcing it. */
const toStandardResult = (r, ctx) => r.issues.length ? { issues: r.issues.map((iss) => finalizeIssue(iss, ctx, config())) } : { value: r.value };
async function validateAsync(inst, value) {
	const ctx = { async: true };
	return toStandardResult(await inst._zod.run({
		value,
		issues: []
	}, ctx), ctx);
}
function standardProps(inst) {
	return {
		validate: (value) => {
			const ctx = { async: false };
			try {
				const r = inst._zod.run({
					value,
					issues: []
				}, ctx);
				if (!(r instanceof Promise)) return toStandardResult(r, ctx);
			} catch (_) {}
			return validateAsync(inst, value);
		},
		vendor: "zod",
		version: 1
	};
}
const $ZodString = /*@__PURE__*/ $constructor("$ZodString", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = def.pattern ?? anyString;
	inst._zod.parse = (payload, _) => {
		if (def.coerce) try {
			payload.value = String(payload.value);
		} catch (_) {}
		if (typeof payload.value === "string") return payload;
		payload.issues.push({
			expected: "string",
			code: "invalid_type",
			input: payload.value,
			inst
		});
		return payload;
	};
});
const $ZodStringFormat = /*@__PURE__*/ $constructor("$ZodStringFormat", (inst, def) => {
	$ZodCheckStringFormat.init(inst, def);
	$ZodString.init(inst, def);
});
const $ZodISODateTime = /*@__PURE__*/ $constructor("$ZodISODateTime", (inst, def) => {
	def.pattern ?? (def.pattern = datetime$1(def));
	$ZodStringFormat.init(inst, def);
});
const $ZodISODate = /*@__PURE__*/ $constructor("$ZodISODate", (inst, def) => {
	def.pattern ?? (def.pattern = date$1);
	$ZodStringFormat.init(inst, def);
});
const $ZodNumber = /*@__PURE__*/ $constructor("$ZodNumber", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = number$2;
	inst._zod.parse = (payload, _ctx) => {
		if (def.coerce) try {
			payload.value = Number(payload.value);
		} catch (_) {}
		const input = payload.value;
		if (typeof input === "number" && !Number.isNaN(input) && Number.isFinite(input)) return payload;
		const received = typeof input === "number" ? Number.isNaN(input) ? "NaN" : !Number.isFinite(input) ? String(input) : void 0 : void 0;
		payload.issues.push({
			expected: "number",
			code: "invalid_type",
			input,
			inst,
			...received ? { received } : {}
		});
		return payload;
	};
});
const $ZodNumberFormat = /*@__PURE__*/ $constructor("$ZodNumberFormat", (inst, def) => {
	$ZodCheckNumberFormat.init(inst, def);
	$ZodNumber.init(inst, def);
});
const $ZodBoolean = /*@__PURE__*/ $constructor("$ZodBoolean", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = boolean$1;
	inst._zod.parse = (payload, _ctx) => {
		if (def.coerce) try {
			payload.value = Boolean(payload.value);
		} catch (_) {}
		const input = payload.value;
		if (typeof input === "boolean") return payload;
		payload.issues.push({
			expected: "boolean",
			code: "invalid_type",
			input,
			inst
		});
		return payload;
	};
});
const $ZodNever = /*@__PURE__*/ $constructor("$ZodNever", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.parse = (payload, _ctx) => {
		payload.issues.push({
			expected: "never",
			code: "invalid_type",
			input: payload.value,
			inst
		});
		return payload;
	};
});
function capSize(inst, size) {
	const caps = sizeCaps(inst._zod.def.checks);
	if (!caps.length) return;
	const cap = Math.min(...caps.map((c) => c[0]));
	const parse = inst._zod.parse;
	inst._zod.parse = (payload, ctx) => {
		const n = size(payload.value);
		if (n > cap && !ctx?.skipChecks && ctx?.direction !== "backward") {
			for (const [max, ch] of sizeCaps(inst._zod.def.checks)) if (n > max && ch._zod.def.when(payload)) {
				const start = payload.issues.length;
				ch._zod.check(payload);
				payload.issues[start].continue = false;
				attachSchema(payload.issues, start, inst);
				return payload;
			}
		}
		return parse(payload, ctx);
	};
}
const arraySize = (input) => Array.isArray(input) ? input.length : -1;
function handleArrayResult(result, final, index) {
	if (result.issues.length) final.issues.push(...prefixIssues(index, result.issues));
	final.value[index] = result.value;
}
const $ZodArray = /*@__PURE__*/ $constructor("$ZodArray", (inst, def) => {
	$ZodType.init(inst, def);
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		if (!Array.isArray(input)) {
			payload.issues.push({
				expected: "array",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		payload.value = memo ? memo.alloc(inst, payload, Array(input.length), ctx) : Array(input.length);
		const proms = [];
		const abortEarly = ctx?.abortEarly;
		for (let i = 0; i < input.length; i++) {
			const item = input[i];
			const result = def.element._zod.run({
				value: item,
				issues: []
			}, ctx);
			if (result instanceof Promise) proms.push(result.then((result) => handleArrayResult(result, payload, i)));
			else {
				handleArrayResult(result, payload, i);
				if (abortEarly && result.issues.length !== 0 && aborted(result)) break;
			}
		}
		if (proms.length) return Promise.all(proms).then(() => payload);
		return payload;
	};
	capSize(inst, arraySize);
});
function handlePropertyResult(result, final, key, input, optin, optout) {
	const isPresent = key in input;
	const isOptionalOut = optout === "optional";
	if (!isPresent && isOptionalOut && optin === "optional") return;
	if (result.issues.length) {
		if (optin !== void 0 && isOptionalOut && !isPresent) return;
		final.issues.push(...prefixIssues(key, result.issues));
	}
	if (!isPresent && optin === void 0) {
		if (!result.issues.length) final.issues.push({
			code: "invalid_type",
			expected: "nonoptional",
			input: void 0,
			path: [key]
		});
		return;
	}
	if (result.value === void 0) {
		if (isPresent || optin === "defaulted" && !isOptionalOut) final.value[key] = void 0;
	} else final.value[key] = result.value;
}
const NO_SYMBOL_KEYS = [];
function normalizeDef(def) {
	const keys = Object.keys(def.shape);
	const ownSymbols = Object.getOwnPropertySymbols(def.shape);
	const symbolKeys = ownSymbols.length ? ownSymbols : NO_SYMBOL_KEYS;
	const allKeys = symbolKeys.length ? [...keys, ...symbolKeys] : keys;
	for (const k of allKeys) if (!def.shape?.[k]?._zod?.traits?.has("$ZodType")) throw new Error(`Invalid element at key "${String(k)}": expected a Zod schema`);
	const okeys = optionalKeys(def.shape);
	return {
		...def,
		allKeys,
		symbolKeys,
		keySet: new Set(keys),
		numKeys: keys.length,
		optionalKeys: new Set(okeys)
	};
}
function handleCatchall(proms, input, payload, ctx, def, inst, abortEarly) {
	const unrecognized = [];
	const keySet = def.keySet;
	const _catchall = def.catchall._zod;
	const t = _catchall.def.type;
	const optin = _catchall.optin;
	const optout = _catchall.optout;
	let seen = 0;
	for (const key in input) {
		if (abortEarly && payload.issues.length !== seen) {
			if (aborted(payload, seen)) break;
			seen = payload.issues.length;
		}
		if (keySet.has(key)) continue;
		if (key === "__proto__") {
			if (t === "never") unrecognized.push(key);
			continue;
		}
		if (t === "never") {
			unrecognized.push(key);
			continue;
		}
		const r = _catchall.run({
			value: input[key],
			issues: []
		}, ctx);
		if (r instanceof Promise) proms.push(r.then((r) => handlePropertyResult(r, payload, key, input, optin, optout)));
		else handlePropertyResult(r, payload, key, input, optin, optout);
	}
	if (unrecognized.length) payload.issues.push({
		code: "unrecognized_keys",
		keys: unrecognized,
		input,
		inst,
		continue: true
	});
	if (!proms.length) return payload;
	return Promise.all(proms).then(() => {
		return payload;
	});
}
const $ZodObject = /*@__PURE__*/ $constructor("$ZodObject", (inst, def) => {
	$ZodType.init(inst, def);
	const desc = Object.getOwnPropertyDescriptor(def, "shape");
	const sh = desc?.get ? desc.get.raw : def.shape ?? {};
	if (sh) {
		const get = () => {
			const newSh = { ...sh };
			Object.defineProperty(def, "shape", { value: newSh });
			get.raw = newSh;
			return newSh;
		};
		get.raw = sh;
		Object.defineProperty(def, "shape", { get });
	}
	const _normalized = cached(() => normalizeDef(def));
	defineLazyInternal(inst, "propValues", (zod) => {
		const shape = zod.def.shape;
		const propValues = {};
		for (const key in shape) {
			const field = shape[key]._zod;
			if (field.values) {
				if (!Object.prototype.hasOwnProperty.call(propValues, key)) assignProp(propValues, key, /* @__PURE__ */ new Set());
				for (const v of field.values) propValues[key].add(v);
				if (field.optin !== void 0) propValues[key].add(void 0);
			}
		}
		return propValues;
	});
	const isObject$2 = isObject;
	const catchall = def.catchall;
	let value;
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		value ?? (value = _normalized.value);
		const input = payload.value;
		if (!isObject$2(input)) {
			payload.issues.push({
				expected: "object",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
		const proms = [];
		const shape = value.shape;
		const abortEarly = ctx?.abortEarly;
		let seen = payload.issues.length;
		for (const key of value.allKeys) {
			if (abortEarly && payload.issues.length !== seen) {
				if (aborted(payload, seen)) break;
				seen = payload.issues.length;
			}
			if (key === "__proto__") continue;
			const el = shape[key];
			const optin = el._zod.optin;
			const optout = el._zod.optout;
			const r = el._zod.run({
				value: input[key],
				issues: []
			}, ctx);
			if (r instanceof Promise) proms.push(r.then((r) => handlePropertyResult(r, payload, key, input, optin, optout)));
			else handlePropertyResult(r, payload, key, input, optin, optout);
		}
		if (!catchall) return proms.length ? Promise.all(proms).then(() => payload) : payload;
		return handleCatchall(proms, input, payload, ctx, _normalized.value, inst, abortEarly === true);
	};
});
function handleUnionResults(results, final, inst, ctx) {
	for (const result of results) if (result.issues.length === 0) {
		final.value = result.value;
		return final;
	}
	const nonaborted = results.filter((r) => !aborted(r));
	if (nonaborted.length === 1) {
		final.value = nonaborted[0].value;
		return nonaborted[0];
	}
	final.issues.push({
		code: "invalid_union",
		input: final.value,
		inst,
		errors: results.map((result) => result.issues.map((iss) => finalizeIssue(iss, ctx, config())))
	});
	return final;
}
const $ZodUnion = /*@__PURE__*/ $constructor("$ZodUnion", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.options.some((o) => o._zod.optin === "defaulted") ? "defaulted" : zod.def.options.some((o) => o._zod.optin !== void 0) ? "optional" : void 0);
	defineLazyInternal(inst, "optout", (zod) => zod.def.options.some((o) => o._zod.optout === "optional") ? "optional" : void 0);
	defineLazyInternal(inst, "values", (zod) => {
		if (zod.def.options.every((o) => o._zod.values)) return new Set(zod.def.options.flatMap((option) => Array.from(option._zod.values)));
	});
	defineLazyInternal(inst, "pattern", (zod) => {
		if (zod.def.options.every((o) => o._zod.pattern)) {
			const patterns = zod.def.options.map((o) => o._zod.pattern);
			return new RegExp(`^(${patterns.map((p) => cleanRegex(p.source)).join("|")})$`);
		}
	});
	const first = def.options.length === 1 ? def.options[0]._zod.run : null;
	inst._zod.parse = (payload, ctx) => {
		if (first) return first(payload, ctx);
		let async = false;
		const results = [];
		for (const option of def.options) {
			const result = option._zod.run({
				value: payload.value,
				issues: []
			}, ctx);
			if (result instanceof Promise) {
				results.push(result);
				async = true;
			} else {
				if (result.issues.length === 0) return result;
				results.push(result);
			}
		}
		if (!async) return handleUnionResults(results, payload, inst, ctx);
		return Promise.all(results).then((results) => {
			return handleUnionResults(results, payload, inst, ctx);
		});
	};
});
function discriminatorMap(def) {
	const map = /* @__PURE__ */ new Map();
	for (const option of def.options) {
		const values = option._zod.propValues?.[def.discriminator];
		if (!values || values.size === 0) throw new Error(`Invalid discriminated union option at index "${def.options.indexOf(option)}"`);
		for (const value of values) if (map.has(value)) {
			if (value !== void 0) throw new Error(`Duplicate discriminator value "${String(value)}"`);
			map.set(value, null);
		} else map.set(value, option);
	}
	return map;
}
const $ZodDiscriminatedUnion = /*@__PURE__*/ $constructor("$ZodDiscriminatedUnion", (inst, def) => {
	def.inclusive = false;
	$ZodUnion.init(inst, def);
	const _super = inst._zod.parse;
	defineLazyInternal(inst, "propValues", (zod) => {
		const propValues = {};
		let undefinedCount = 0;
		for (const option of zod.def.options) {
			const pv = option._zod.propValues;
			if (!pv || Object.keys(pv).length === 0) throw new Error(`Invalid discriminated union option at index "${zod.def.options.indexOf(option)}"`);
			if (pv[zod.def.discriminator]?.has(void 0)) undefinedCount++;
			for (const [k, v] of Object.entries(pv)) {
				if (!Object.prototype.hasOwnProperty.call(propValues, k)) assignProp(propValues, k, /* @__PURE__ */ new Set());
				for (const val of v) propValues[k].add(val);
			}
		}
		if (!zod.def.unionFallback && undefinedCount > 1) propValues[zod.def.discriminator]?.delete(void 0);
		return propValues;
	});
	def.options.forEach((option, i) => {
		const propShape = rawShape(option._zod.def);
		if (propShape && !Object.prototype.hasOwnProperty.call(propShape, def.discriminator)) throw new Error(`Invalid discriminated union option at index "${i}"`);
	});
	const disc = cached(() => discriminatorMap(def));
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		if (!isObject(input)) {
			payload.issues.push({
				code: "invalid_type",
				expected: "object",
				input,
				inst
			});
			return payload;
		}
		const value = input?.[def.discriminator];
		const opt = disc.value.get(value);
		if (opt && (value !== void 0 || ctx.direction !== "backward")) return opt._zod.run(payload, ctx);
		if (def.unionFallback || ctx.direction === "backward") return _super(payload, ctx);
		payload.issues.push({
			code: "invalid_union",
			errors: [],
			note: "No matching discriminator",
			discriminator: def.discriminator,
			options: Array.from(disc.value.keys()).filter((value) => disc.value.get(value) !== null),
			input,
			path: [def.discriminator],
			inst
		});
		return payload;
	};
});
const $ZodTuple = /*@__PURE__*/ $constructor("$ZodTuple", (inst, def) => {
	$ZodType.init(inst, def);
	const items = def.items;
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		if (!Array.isArray(input)) {
			payload.issues.push({
				input,
				inst,
				expected: "tuple",
				code: "invalid_type"
			});
			return payload;
		}
		payload.value = memo ? memo.alloc(inst, payload, [], ctx) : [];
		const proms = [];
		const optinStart = getTupleOptStart(items, "optin");
		const optoutStart = getTupleOptStart(items, "optout");
		if (!def.rest) {
			if (input.length < optinStart) {
				payload.issues.push({
					code: "too_small",
					minimum: optinStart,
					inclusive: true,
					input,
					inst,
					origin: "array"
				});
				return payload;
			}
			if (input.length > items.length) payload.issues.push({
				code: "too_big",
				maximum: items.length,
				inclusive: true,
				input,
				inst,
				origin: "array"
			});
		}
		const itemResults = new Array(items.length);
		const abortEarly = def.rest ? ctx?.abortEarly : void 0;
		let itemAborted = false;
		for (let i = 0; i < items.length; i++) {
			const r = items[i]._zod.run({
				value: input[i],
				issues: []
			}, ctx);
			if (r instanceof Promise) proms.push(r.then((rr) => {
				itemResults[i] = rr;
			}));
			else {
				itemResults[i] = r;
				if (abortEarly && !itemAborted && r.issues.length) itemAborted = aborted(r);
			}
		}
		if (def.rest && !itemAborted) {
			let i = items.length - 1;
			const rest = input.slice(items.length);
			let seen = payload.issues.length;
			for (const el of rest) {
				if (abortEarly && payload.issues.length !== seen) {
					if (aborted(payload, seen)) break;
					seen = payload.issues.length;
				}
				i++;
				const result = def.rest._zod.run({
					value: el,
					issues: []
				}, ctx);
				if (result instanceof Promise) proms.push(result.then((r) => handleTupleResult(r, payload, i)));
				else handleTupleResult(result, payload, i);
			}
		}
		if (proms.length) return Promise.all(proms).then(() => handleTupleResults(itemResults, payload, items, input, optoutStart));
		return handleTupleResults(itemResults, payload, items, input, optoutStart);
	};
});
function getTupleOptStart(items, key) {
	for (let i = items.length - 1; i >= 0; i--) if (!(key === "optin" ? items[i]._zod.optin !== void 0 : items[i]._zod.optout === "optional")) return i + 1;
	return 0;
}
function handleTupleResult(result, final, index) {
	if (result.issues.length) final.issues.push(...prefixIssues(index, result.issues));
	final.value[index] = result.value;
}
function handleTupleResults(itemResults, final, items, input, optoutStart) {
	for (let i = 0; i < items.length; i++) {
		const r = itemResults[i];
		const isPresent = i < input.length;
		if (!isPresent && i >= optoutStart && items[i]._zod.optin === "optional") {
			final.value.length = i;
			break;
		}
		if (r.issues.length) {
			if (!isPresent && i >= optoutStart) {
				final.value.length = i;
				break;
			}
			final.issues.push(...prefixIssues(i, r.issues));
		}
		final.value[i] = r.value;
	}
	for (let i = final.value.length - 1; i >= input.length; i--) if (items[i]._zod.optout === "optional" && final.value[i] === void 0) final.value.length = i;
	else break;
	return final;
}
const $ZodRecord = /*@__PURE__*/ $constructor("$ZodRecord", (inst, def) => {
	$ZodType.init(inst, def);
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		if (!isPlainObject(input)) {
			payload.issues.push({
				expected: "record",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		const proms = [];
		const values = def.keyType._zod.values;
		if (values && !def.partial) {
			payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
			const recordKeys = /* @__PURE__ */ new Set();
			for (const key of values) if (typeof key === "string" || typeof key === "number" || typeof key === "symbol") {
				recordKeys.add(typeof key === "number" ? key.toString() : key);
				if (key === "__proto__") continue;
				const keyResult = def.keyType._zod.run({
					value: key,
					issues: []
				}, ctx);
				if (keyResult instanceof Promise) throw new Error("Async schemas not supported in object keys currently");
				if (keyResult.issues.length) {
					payload.issues.push({
						code: "invalid_key",
						origin: "record",
						issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config())),
						input: key,
						path: [key],
						inst
					});
					continue;
				}
				const outKey = keyResult.value;
				if (outKey === "__proto__") continue;
				const result = def.valueType._zod.run({
					value: input[key],
					issues: []
				}, ctx);
				if (result instanceof Promise) proms.push(result.then((result) => {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}));
				else {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}
			}
			let unrecognized;
			for (const key in input) if (!recordKeys.has(key)) {
				if (def.mode === "loose") {
					if (key === "__proto__") continue;
					payload.value[key] = input[key];
				} else {
					unrecognized = unrecognized ?? [];
					unrecognized.push(key);
				}
			}
			if (unrecognized && unrecognized.length > 0) payload.issues.push({
				code: "unrecognized_keys",
				input,
				inst,
				keys: unrecognized,
				continue: true
			});
		} else {
			payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
			let unrecognized;
			for (const key of Reflect.ownKeys(input)) {
				if (key === "__proto__") continue;
				if (!Object.prototype.propertyIsEnumerable.call(input, key)) continue;
				let keyResult = def.keyType._zod.run({
					value: key,
					issues: []
				}, ctx);
				if (keyResult instanceof Promise) throw new Error("Async schemas not supported in object keys currently");
				if (typeof key === "string" && number$2.test(key) && keyResult.issues.length) {
					const retryResult = def.keyType._zod.run({
						value: Number(key),
						issues: []
					}, ctx);
					if (retryResult instanceof Promise) throw new Error("Async schemas not supported in object keys currently");
					if (retryResult.issues.length === 0) keyResult = retryResult;
				}
				if (keyResult.issues.length) {
					if (def.mode === "loose") payload.value[key] = input[key];
					else if (values) {
						unrecognized = unrecognized ?? [];
						unrecognized.push(key);
					} else payload.issues.push({
						code: "invalid_key",
						origin: "record",
						issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config())),
						input: key,
						path: [key],
						inst
					});
					continue;
				}
				const outKey = keyResult.value;
				if (outKey === "__proto__") continue;
				const result = def.valueType._zod.run({
					value: input[key],
					issues: []
				}, ctx);
				if (result instanceof Promise) proms.push(result.then((result) => {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}));
				else {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}
			}
			if (unrecognized && unrecognized.length > 0) payload.issues.push({
				code: "unrecognized_keys",
				input,
				inst,
				keys: unrecognized,
				continue: true
			});
		}
		if (proms.length) return Promise.all(proms).then(() => payload);
		return payload;
	};
});
const $ZodEnum = /*@__PURE__*/ $constructor("$ZodEnum", (inst, def) => {
	$ZodType.init(inst, def);
	const values = getEnumValues(def.entries);
	const valuesSet = new Set(values);
	inst._zod.values = valuesSet;
	defineLazyInternal(inst, "pattern", (zod) => {
		const patternValues = getEnumValues(zod.def.entries).filter((k) => propertyKeyTypes.has(typeof k));
		return new RegExp(patternValues.length ? `^(${patternValues.map((o) => escapeRegex(o.toString())).join("|")})$` : "^[^\\s\\S]$");
	});
	inst._zod.parse = (payload, _ctx) => {
		const input = payload.value;
		if (valuesSet.has(input)) return payload;
		payload.issues.push({
			code: "invalid_value",
			values,
			input,
			inst
		});
		return payload;
	};
});
const $ZodLiteral = /*@__PURE__*/ $constructor("$ZodLiteral", (inst, def) => {
	$ZodType.init(inst, def);
	const values = new Set(def.values);
	inst._zod.values = values;
	defineLazyInternal(inst, "pattern", (zod) => {
		const vals = zod.def.values;
		return new RegExp(vals.length ? `^(${vals.map((o) => typeof o === "string" ? escapeRegex(o) : o ? escapeRegex(o.toString()) : String(o)).join("|")})$` : "^[^\\s\\S]$");
	});
	inst._zod.parse = (payload, _ctx) => {
		const input = payload.value;
		if (values.has(input)) return payload;
		payload.issues.push({
			code: "invalid_value",
			values: def.values,
			input,
			inst
		});
		return payload;
	};
});
function handleOptionalResult(payload, result) {
	payload.value = result.issues.length ? void 0 : result.value;
	return payload;
}
const $ZodOptional = /*@__PURE__*/ $constructor("$ZodOptional", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
	inst._zod.optout = "optional";
	defineLazyInternal(inst, "values", (zod) => {
		const values = zod.def.innerType._zod.values;
		return values ? /* @__PURE__ */ new Set([...values, void 0]) : void 0;
	});
	defineLazyInternal(inst, "pattern", (zod) => {
		const pattern = zod.def.innerType._zod.pattern;
		return pattern ? new RegExp(`^(${cleanRegex(pattern.source)})?$`) : void 0;
	});
	inst._zod.parse = (payload, ctx) => {
		if (payload.value === void 0) {
			if (def.innerType._zod.optin !== "defaulted") return payload;
			const result = def.innerType._zod.run({
				value: payload.value,
				issues: []
			}, ctx);
			if (result instanceof Promise) return result.then((result) => handleOptionalResult(payload, result));
			return handleOptionalResult(payload, result);
		}
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodNullable = /*@__PURE__*/ $constructor("$ZodNullable", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin);
	defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
	defineLazyInternal(inst, "pattern", (zod) => {
		const pattern = zod.def.innerType._zod.pattern;
		return pattern ? new RegExp(`^(${cleanRegex(pattern.source)}|null)$`) : void 0;
	});
	defineLazyInternal(inst, "values", (zod) => {
		return zod.def.innerType._zod.values ? /* @__PURE__ */ new Set([...zod.def.innerType._zod.values, null]) : void 0;
	});
	inst._zod.parse = (payload, ctx) => {
		if (payload.value === null) return payload;
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodLazy = /*@__PURE__*/ $constructor("$ZodLazy", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazy(inst._zod, "innerType", () => {
		const d = def;
		if (!d._cachedInner) d._cachedInner = def.getter();
		return d._cachedInner;
	});
	defineLazyInternal(inst, "pattern", (zod) => zod.innerType?._zod?.pattern);
	defineLazyInternal(inst, "propValues", (zod) => zod.innerType?._zod?.propValues);
	defineLazyInternal(inst, "optin", (zod) => zod.innerType?._zod?.optin ?? void 0);
	defineLazyInternal(inst, "optout", (zod) => zod.innerType?._zod?.optout ?? void 0);
	inst._zod.parse = (payload, ctx) => {
		return inst._zod.innerType._zod.run(payload, ctx);
	};
});
const $ZodCustom = /*@__PURE__*/ $constructor("$ZodCustom", (inst, def) => {
	$ZodCheck.init(inst, def);
	$ZodType.init(inst, def);
	inst._zod.parse = (payload, _) => {
		return payload;
	};
	inst._zod.check = (payload) => {
		const input = payload.value;
		const r = def.fn(input);
		if (r instanceof Promise) return r.then((r) => handleRefineResult(r, payload, input, inst));
		handleRefineResult(r, payload, input, inst);
	};
});
function handleRefineResult(result, payload, input, inst) {
	if (!result) {
		const _iss = {
			code: "custom",
			input,
			inst,
			path: [...inst._zod.def.path ?? []],
			continue: !inst._zod.def.abort
		};
		if (inst._zod.def.params) _iss.params = inst._zod.def.params;
		payload.issues.push(issue(_iss));
	}
}

// node_modules/zod/v4/locales/en.js
const error = () => {
	const Sizable = {
		string: {
			unit: "characters",
			verb: "to have"
		},
		file: {
			unit: "bytes",
			verb: "to have"
		},
		array: {
			unit: "items",
			verb: "to have"
		},
		set: {
			unit: "items",
			verb: "to have"
		},
		map: {
			unit: "entries",
			verb: "to have"
		}
	};
	function getSizing(origin) {
		return Sizable[origin] ?? null;
	}
	const FormatDictionary = {
		regex: "input",
		email: "email address",
		url: "URL",
		emoji: "emoji",
		uuid: "UUID",
		uuidv4: "UUIDv4",
		uuidv6: "UUIDv6",
		nanoid: "nanoid",
		guid: "GUID",
		cuid: "cuid",
		cuid2: "cuid2",
		ulid: "ULID",
		xid: "XID",
		ksuid: "KSUID",
		datetime: "ISO datetime",
		date: "ISO date",
		time: "ISO time",
		duration: "ISO duration",
		ipv4: "IPv4 address",
		ipv6: "IPv6 address",
		mac: "MAC address",
		cidrv4: "IPv4 range",
		cidrv6: "IPv6 range",
		base64: "base64-encoded string",
		base64url: "base64url-encoded string",
		json_string: "JSON string",
		e164: "E.164 number",
		currency_code: "currency code",
		credit_card: "credit card number",
		iban: "IBAN",
		jwt: "JWT",
		template_literal: "input"
	};
	const TypeDictionary = { nan: "NaN" };
	function getTypeName(type, input) {
		if (type === "number" && typeof input === "number" && !Number.isFinite(input)) return String(input);
		return TypeDictionary[type] ?? type;
	}
	return (issue) => {
		switch (issue.code) {
			case "invalid_type": return `Invalid input: expected ${getTypeName(issue.expected)}, received ${getTypeName(parsedType(issue.input), issue.input)}`;
			case "invalid_value":
				if (issue.values.length === 1) return `Invalid input: expected ${stringifyPrimitive(issue.values[0])}`;
				return `Invalid option: expected one of ${joinValues(issue.values, "|")}`;
			case "too_big": {
				const adj = issue.exact ? "exactly " : issue.inclusive ? "<=" : "<";
				const sizing = getSizing(issue.origin);
				if (sizing) return `Too big: expected ${issue.origin ?? "value"} to have ${adj}${issue.maximum.toString()} ${sizing.unit ?? "elements"}`;
				return `Too big: expected ${issue.origin ?? "value"} to be ${adj}${issue.maximum.toString()}`;
			}
			case "too_small": {
				const adj = issue.exact ? "exactly " : issue.inclusive ? ">=" : ">";
				const sizing = getSizing(issue.origin);
				if (sizing) return `Too small: expected ${issue.origin} to have ${adj}${issue.minimum.toString()} ${sizing.unit}`;
				return `Too small: expected ${issue.origin} to be ${adj}${issue.minimum.toString()}`;
			}
			case "invalid_format": {
				const _issue = issue;
				if (_issue.format === "starts_with") return `Invalid string: must start with "${_issue.prefix}"`;
				if (_issue.format === "ends_with") return `Invalid string: must end with "${_issue.suffix}"`;
				if (_issue.format === "includes") return `Invalid string: must include "${_issue.includes}"`;
				if (_issue.format === "regex") return `Invalid string: must match pattern ${_issue.pattern}`;
				return `Invalid ${FormatDictionary[_issue.format] ?? issue.format}`;
			}
			case "not_multiple_of": return `Invalid number: must be a multiple of ${issue.divisor}`;
			case "unrecognized_keys": return `Unrecognized key${issue.keys.length > 1 ? "s" : ""}: ${joinValues(issue.keys, ", ")}`;
			case "invalid_key": return `Invalid key in ${issue.origin}`;
			case "invalid_union":
				if (issue.options && Array.isArray(issue.options) && issue.options.length > 0) return `Invalid discriminator value. Expected ${issue.options.map((o) => `'${o}'`).join(" | ")}`;
				if (issue.inclusive === false) return "Invalid input: more than one option matched";
				return "Invalid input";
			case "invalid_element": return `Invalid value in ${issue.origin}`;
			default: return `Invalid input`;
		}
	};
};
function en_default() {
	return { localeError: error() };
}

// node_modules/zod/v4/core/registries.js
var _a;
var $ZodRegistry = class {
	constructor() {
		this._map = /* @__PURE__ */ new WeakMap();
		this._idmap = /* @__PURE__ */ new Map();
	}
	add(schema, ..._meta) {
		const meta = _meta[0];
		this._map.set(schema, meta);
		if (meta && typeof meta === "object" && "id" in meta) this._idmap.set(meta.id, schema);
		return this;
	}
	clear() {
		this._map = /* @__PURE__ */ new WeakMap();
		this._idmap = /* @__PURE__ */ new Map();
		return this;
	}
	remove(schema) {
		const meta = this._map.get(schema);
		if (meta && typeof meta === "object" && "id" in meta) this._idmap.delete(meta.id);
		this._map.delete(schema);
		return this;
	}
	get(schema) {
		const p = schema._zod.parent;
		if (p) {
			const pm = { ...this.get(p) ?? {} };
			delete pm.id;
			const f = {
				...pm,
				...this._map.get(schema)
			};
			return Object.keys(f).length ? f : void 0;
		}
		return this._map.get(schema);
	}
	has(schema) {
		return this._map.has(schema);
	}
};
function registry() {
	return new $ZodRegistry();
}
(_a = globalThis).__zod_globalRegistry ?? (_a.__zod_globalRegistry = registry());
const globalRegistry = globalThis.__zod_globalRegistry;

// node_modules/zod/v4/core/api.js
function snapshotChecks(def) {
	if (def.checks) def.checks = [...def.checks];
	return def;
}
// @__NO_SIDE_EFFECTS__
function _string(Class, params) {
	return new Class(snapshotChecks({
		type: "string",
		...normalizeParams(params)
	}));
}
// @__NO_SIDE_EFFECTS__
function _isoDateTime(Class, params) {
	return new Class({
		type: "string",
		format: "datetime",
		check: "string_format",
		offset: false,
		local: false,
		precision: null,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _isoDate(Class, params) {
	return new Class({
		type: "string",
		format: "date",
		check: "string_format",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _number(Class, params) {
	return new Class(snapshotChecks({
		type: "number",
		checks: [],
		...normalizeParams(params)
	}));
}
// @__NO_SIDE_EFFECTS__
function _int(Class, params) {
	return new Class({
		type: "number",
		check: "number_format",
		abort: false,
		format: "safeint",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _boolean(Class, params) {
	return new Class({
		type: "boolean",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _never(Class, params) {
	return new Class({
		type: "never",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _lte(value, params) {
	return new $ZodCheckLessThan({
		check: "less_than",
		...normalizeParams(params),
		value,
		inclusive: true
	});
}
// @__NO_SIDE_EFFECTS__
function _gte(value, params) {
	return new $ZodCheckGreaterThan({
		check: "greater_than",
		...normalizeParams(params),
		value,
		inclusive: true
	});
}
// @__NO_SIDE_EFFECTS__
function _maxLength(maximum, params) {
	return new $ZodCheckMaxLength({
		check: "max_length",
		...normalizeParams(params),
		maximum
	});
}
// @__NO_SIDE_EFFECTS__
function _minLength(minimum, params) {
	return new $ZodCheckMinLength({
		check: "min_length",
		...normalizeParams(params),
		minimum
	});
}
// @__NO_SIDE_EFFECTS__
function _regex(pattern, params) {
	return new $ZodCheckRegex({
		check: "string_format",
		format: "regex",
		...normalizeParams(params),
		pattern
	});
}
// @__NO_SIDE_EFFECTS__
function _overwrite(tx) {
	return new $ZodCheckOverwrite({
		check: "overwrite",
		tx
	});
}
// @__NO_SIDE_EFFECTS__
function _trim() {
	return /* @__PURE__ */ _overwrite((input) => input.trim());
}
// @__NO_SIDE_EFFECTS__
function _refine(Class, fn, _params) {
	return new Class({
		type: "custom",
		check: "custom",
		fn,
		...normalizeParams(_params)
	});
}
// @__NO_SIDE_EFFECTS__
function describe$2(description) {
	const ch = new $ZodCheck({ check: "describe" });
	ch._zod.onattach = [(inst) => {
		const existing = globalRegistry.get(inst) ?? {};
		globalRegistry.add(inst, {
			...existing,
			description
		});
	}];
	ch._zod.check = () => {};
	return ch;
}
// @__NO_SIDE_EFFECTS__
function meta$1(metadata) {
	const ch = new $ZodCheck({ check: "meta" });
	ch._zod.onattach = [(inst) => {
		const existing = globalRegistry.get(inst) ?? {};
		globalRegistry.add(inst, {
			...existing,
			...metadata
		});
	}];
	ch._zod.check = () => {};
	return ch;
}

// node_modules/zod/v4/mini/schemas.js
const ZodMiniType = /*@__PURE__*/ $constructor("ZodMiniType", (inst, def) => {
	if (!inst._zod) throw new Error("Uninitialized schema in ZodMiniType.");
	$ZodType.init(inst, def);
	inst.def = def;
	inst.type = def.type;
}, {
	get with() {
		return this.check;
	},
	set with(value) {
		own(this, "with", value);
	},
	parse(data, params) {
		return parse(this, data, params, { callee: this.parse });
	},
	parseAsync(data, params) {
		return parseAsync(this, data, params, { callee: this.parseAsync });
	},
	safeParse(data, params) {
		return safeParse(this, data, params);
	},
	safeParseAsync(data, params) {
		return safeParseAsync(this, data, params);
	},
	check(...checks) {
		const def = this.def;
		return this.clone({
			...def,
			checks: [...def.checks ?? [], ...checks.map((ch) => typeof ch === "function" ? { _zod: {
				check: ch,
				def: { check: "custom" },
				onattach: []
			} } : ch)]
		}, { parent: true });
	},
	clone(_def, params) {
		return clone(this, _def, params);
	},
	brand() {
		return this;
	},
	register(reg, meta) {
		reg.add(this, meta);
		return this;
	},
	apply(fn, ...args) {
		return args.length === 0 ? fn(this) : fn(this, ...args);
	}
});
const ZodMiniString = /*@__PURE__*/ $constructor("ZodMiniString", (inst, def) => {
	$ZodString.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function string(params) {
	return _string(ZodMiniString, params);
}
const ZodMiniStringFormat = /*@__PURE__*/ $constructor("ZodMiniStringFormat", (inst, def) => {
	$ZodStringFormat.init(inst, def);
	ZodMiniString.init(inst, def);
});
const ZodMiniNumber = /*@__PURE__*/ $constructor("ZodMiniNumber", (inst, def) => {
	$ZodNumber.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function number$1(params) {
	return _number(ZodMiniNumber, params);
}
const ZodMiniNumberFormat = /*@__PURE__*/ $constructor("ZodMiniNumberFormat", (inst, def) => {
	$ZodNumberFormat.init(inst, def);
	ZodMiniNumber.init(inst, def);
});
function int(params) {
	return _int(ZodMiniNumberFormat, params);
}
const ZodMiniBoolean = /*@__PURE__*/ $constructor("ZodMiniBoolean", (inst, def) => {
	$ZodBoolean.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function boolean(params) {
	return _boolean(ZodMiniBoolean, params);
}
const ZodMiniNever = /*@__PURE__*/ $constructor("ZodMiniNever", (inst, def) => {
	$ZodNever.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function never(params) {
	return _never(ZodMiniNever, params);
}
const ZodMiniArray = /*@__PURE__*/ $constructor("ZodMiniArray", (inst, def) => {
	$ZodArray.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function array(element, params) {
	return new ZodMiniArray({
		type: "array",
		element,
		...normalizeParams(params)
	});
}
const ZodMiniObject = /*@__PURE__*/ $constructor("ZodMiniObject", (inst, def) => {
	$ZodObject.init(inst, def);
	ZodMiniType.init(inst, def);
	installLazyProp(inst, "shape", (self) => self._zod.def.shape, false);
});
// @__NO_SIDE_EFFECTS__
function strictObject(shape, params) {
	return new ZodMiniObject({
		type: "object",
		shape,
		catchall: /* @__PURE__ */ never(),
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function extend(schema, shape) {
	return extend$1(schema, shape);
}
const ZodMiniUnion = /*@__PURE__*/ $constructor("ZodMiniUnion", (inst, def) => {
	$ZodUnion.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function union(options, params) {
	return new ZodMiniUnion({
		type: "union",
		options,
		...normalizeParams(params)
	});
}
const ZodMiniDiscriminatedUnion = /*@__PURE__*/ $constructor("ZodMiniDiscriminatedUnion", (inst, def) => {
	$ZodDiscriminatedUnion.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function discriminatedUnion(discriminator, options, params) {
	return new ZodMiniDiscriminatedUnion({
		type: "union",
		options,
		discriminator,
		...normalizeParams(params)
	});
}
const ZodMiniTuple = /*@__PURE__*/ $constructor("ZodMiniTuple", (inst, def) => {
	$ZodTuple.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function tuple(items, _paramsOrRest, _params) {
	const hasRest = _paramsOrRest instanceof $ZodType;
	const params = hasRest ? _params : _paramsOrRest;
	return new ZodMiniTuple({
		type: "tuple",
		items,
		rest: hasRest ? _paramsOrRest : null,
		...normalizeParams(params)
	});
}
const ZodMiniRecord = /*@__PURE__*/ $constructor("ZodMiniRecord", (inst, def) => {
	$ZodRecord.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function record$1(keyType, valueType, params) {
	if (!valueType || !valueType._zod) return new ZodMiniRecord({
		type: "record",
		keyType: /* @__PURE__ */ string(),
		valueType: keyType,
		...normalizeParams(valueType)
	});
	return new ZodMiniRecord({
		type: "record",
		keyType,
		valueType,
		...normalizeParams(params)
	});
}
const ZodMiniEnum = /*@__PURE__*/ $constructor("ZodMiniEnum", (inst, def) => {
	$ZodEnum.init(inst, def);
	ZodMiniType.init(inst, def);
	inst.options = [...inst._zod.values];
});
// @__NO_SIDE_EFFECTS__
function _enum(values, params) {
	const entries = Array.isArray(values) ? Object.fromEntries(values.map((v) => [v, v])) : values;
	return new ZodMiniEnum({
		type: "enum",
		entries,
		...normalizeParams(params)
	});
}
const ZodMiniLiteral = /*@__PURE__*/ $constructor("ZodMiniLiteral", (inst, def) => {
	$ZodLiteral.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function literal(value, params) {
	return new ZodMiniLiteral({
		type: "literal",
		values: Array.isArray(value) ? value : [value],
		...normalizeParams(params)
	});
}
const ZodMiniOptional = /*@__PURE__*/ $constructor("ZodMiniOptional", (inst, def) => {
	$ZodOptional.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function optional(innerType) {
	return new ZodMiniOptional({
		type: "optional",
		innerType
	});
}
const ZodMiniNullable = /*@__PURE__*/ $constructor("ZodMiniNullable", (inst, def) => {
	$ZodNullable.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function nullable(innerType) {
	return new ZodMiniNullable({
		type: "nullable",
		innerType
	});
}
const ZodMiniLazy = /*@__PURE__*/ $constructor("ZodMiniLazy", (inst, def) => {
	$ZodLazy.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function _lazy(getter) {
	return new ZodMiniLazy({
		type: "lazy",
		getter
	});
}
const ZodMiniCustom = /*@__PURE__*/ $constructor("ZodMiniCustom", (inst, def) => {
	$ZodCustom.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function refine(fn, _params = {}) {
	return _refine(ZodMiniCustom, fn, _params);
}
const describe$1 = describe$2;
const meta = meta$1;

// node_modules/zod/v4/mini/iso.js
const ZodMiniISODateTime = /*@__PURE__*/ $constructor("ZodMiniISODateTime", (inst, def) => {
	$ZodISODateTime.init(inst, def);
	ZodMiniStringFormat.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function datetime(params) {
	return _isoDateTime(ZodMiniISODateTime, params);
}
const ZodMiniISODate = /*@__PURE__*/ $constructor("ZodMiniISODate", (inst, def) => {
	$ZodISODate.init(inst, def);
	ZodMiniStringFormat.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function date(params) {
	return _isoDate(ZodMiniISODate, params);
}

// src/core/model/problem-codes.ts
/** Every code a problem can have, with the one sentence that says what it stands for. The docs are made from it. */
const problemCodes = {
	"no-files": "A glob matched no report file although other files of its family were found, or a number was expected.",
	"shards-missing": "Fewer or more report files than `expect` says.",
	"outside-workspace": "A path or glob leads out of the workspace.",
	"not-a-file": "A path is a folder, a pipe, a device or a link that may not be followed.",
	"file-unreadable": "The system would not let us read a file or look into a folder.",
	"stale-file": "A report file is older than the job that should have written it.",
	"limit-files": "More report files matched than one gate reads.",
	"artifact-unavailable": "An artifact, or the list of them, could not be fetched, or it has expired.",
	"archive-damaged": "The archive of an artifact is damaged, cut off or contradicts itself.",
	"archive-unsafe": "The archive of an artifact holds links, names that lead out of it, or what else no upload holds.",
	"limit-archive": "An artifact is larger than one gate downloads or unpacks.",
	"git-unavailable": "Git could not say which files it tracks, so committed report files were not left out.",
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
	"no-tests": "A report file or a whole source holds no test case, or none that was executed.",
	"count-shortfall": "A suite declares more test cases than it holds.",
	"count-surplus": "A suite holds more test cases than it declares.",
	"unexplained-failures": "A suite declares failures or errors that no test case shows.",
	"suite-error": "A failure was reported for a suite or a whole run and not for a test case; it counts as one failed test.",
	"suite-twice": "Two report files hold the same run of a suite, whose tests would count twice.",
	"odd-time": "A time is not a number of seconds and was read by its separators or unit, or left out.",
	"no-lines": "A coverage file holds no line.",
	"totals-only": "A coverage file gives totals without lines, so it cannot be united with others by line.",
	"totals-differ": "Totals in a coverage file disagree with its lines; the lines decide.",
	"cannot-merge": "Two totals of one source file cannot be united without lines.",
	"ambiguous-path": "A path in a coverage file could be one of several source files of the repository.",
	"unmeasured-change": "A changed source file, or some of its lines, is not known to any coverage report.",
	"changes-unknown": "Which lines a change added or changed could not be told.",
	"unknown-record": "A record of a kind that the reader does not know was left out.",
	"no-samples": "A load test made no request, or a metrics file holds no number, so nothing was measured.",
	"metrics-syntax": "A line of a metrics file is not what the format allows.",
	"not-finite": "A metrics file gives NaN or an infinity for a metric, which then has no value.",
	"duplicate-series": "A metrics file gives one metric with the same labels twice, so one of two values would be lost.",
	"prometheus-not-asked": "The token for the Prometheus server is not there, or the base branch does not name this server.",
	"prometheus-unreachable": "The Prometheus server did not answer in time, after some tries.",
	"prometheus-failed": "The Prometheus server refused a query, or what answered is none.",
	"prometheus-partial": "A part of the answer to a query is missing, or the server says that it may be.",
	"prometheus-stale": "The answer to a query is older than the configuration allows.",
	"prometheus-series": "A query gives several series, of which none is the number that was asked for.",
	"tool-error": "A tool wrote that it failed, so what it did not find means nothing.",
	"nothing-scanned": "A scan looked at nothing, or does not tell at what, so that it found nothing means nothing.",
	"partly-scanned": "A scan left out a part of what it should have looked at.",
	"counts-differ": "A tool counts other findings than its file holds.",
	suppressed: "Findings that were suppressed at their place are not counted.",
	"same-finding": "Several tools or packages tell of the same vulnerability, which is counted once.",
	"facts-version": "A facts file was written by a version of Phase Gate whose facts this one does not read.",
	"facts-invalid": "A facts file lacks something, or says something that cannot be.",
	"facts-differ": "A facts file counted tests by other groups or retries than the configuration of the gate has.",
	"facts-twice": "Two facts files are copies of one another, so the same tests would count twice.",
	"config-missing": "The configuration file that was named does not exist or cannot be read.",
	"config-syntax": "The configuration is not well-formed YAML.",
	"config-empty": "The configuration has no phase or no rule.",
	"config-key": "A key is not part of the configuration.",
	"config-value": "A value of the configuration is not of the right form.",
	"config-extends": "What a configuration extends is not there, is not allowed, or leads back to itself.",
	"config-kpi": "A KPI with that name does not exist.",
	"config-group": "A rule is about a group of tests that is not defined, or a group has no tests.",
	"config-limit": "A limit does not follow the grammar, or does not fit its KPI.",
	"config-base": "The configuration of the base branch could not be read, so nothing could be held against it.",
	"weaker-rules": "A change asks less of the code than its base branch, and nobody has accepted it.",
	"weaker-evidence": "A change asks for less evidence than its base branch, and nobody has accepted it.",
	"weaker-policy": "A change loosens who may be red or who decides on the gate, and nobody has accepted it.",
	"labels-unknown": "The labels of a pull request could not be read, so none of them accepts anything.",
	"first-configuration": "The base branch has no configuration to hold a change against.",
	"errors-unlimited": "The configuration limits failed tests and leaves errored ones without a limit.",
	"config-too-large": "The configuration is larger or deeper than anyone would write, or repeats itself by aliases.",
	"history-unreadable": "A record of the history cannot be read, so nothing can be compared with it.",
	"no-history": "Rules compare with recorded runs, and no history is named, or its folder does not exist.",
	"history-elsewhere": "The history lies on GitHub, where only a run of a workflow reads it.",
	"history-expired": "The artifact that held the history is gone, so the history begins anew.",
	"history-shallow": "The checkout does not go back to a recorded commit, so no baseline can be found.",
	"evidence-shrunk": "There are fewer tests, source files or lines than in the baseline by more than `shrink` allows.",
	"keep-without-history": "`keep` is on, and no history says which phases were reached.",
	"waiver-expired": "A waiver is past its last day.",
	"waiver-unused": "No rule needs a waiver any more.",
	"not-recorded": "This run was not added to the history.",
	"upstream-not-run": "A job that the gate needs was cancelled or skipped.",
	"upstream-failed": "A job that the gate needs failed; an error where report files are missing, else a note.",
	"report-refused": "A report that was to be published is not one that this version wrote.",
	"pull-request-unknown": "No open pull request has the commit of the run before as its head.",
	input: "An input of the action or an option of the command line is wrong.",
	event: "The event that started the workflow could not be read.",
	"not-published": "A comment, check run or summary could not be written.",
	"outdated-run": "A newer run has already published, so this one did not overwrite it.",
	"not-written": "A file that was asked for could not be written."
};

// src/core/facts-file/document.ts
/** Version of the document; a reader takes its own version only. */
const factsVersion = 2;
/** Defined when a facts file is read: this takes longer than many a run that reads none. */
function define() {
	const count = int().check(_gte(0));
	const seconds = number$1().check(_gte(0));
	const text = string();
	const name = string().check(_minLength(1));
	const line = optional(int().check(_gte(1)));
	const place = strictObject({
		file: text,
		line,
		column: line
	});
	const problem = strictObject({
		code: _enum(Object.keys(problemCodes)),
		severity: _enum([
			"error",
			"warning",
			"note"
		]),
		message: text,
		at: optional(place),
		hint: optional(text)
	});
	const testName = {
		suite: array(text),
		className: text,
		name: text,
		at: optional(place)
	};
	const ownTests = {
		counts: strictObject({
			total: count,
			passed: count,
			failed: count,
			errored: count,
			skipped: count,
			flaky: count
		}),
		seconds,
		failing: array(strictObject({
			...testName,
			how: _enum(["failed", "errored"]),
			message: text,
			details: text,
			from: place
		})),
		flaky: array(strictObject(testName)),
		slowest: array(strictObject({
			...testName,
			seconds
		}))
	};
	const tests = strictObject({
		...ownTests,
		suiteRuns: optional(array(text)),
		groups: optional(array(tuple([text, strictObject(ownTests)])))
	});
	/** Covered and total. */
	const tally = tuple([count, count]);
	/** How many parts, their identities with line ends between, and a bit for each that says whether it ran. */
	const parts = tuple([
		count,
		text,
		text
	]);
	/** One source file. Lines are two bitmaps: bit `n` says that line `n` is executable, and that it ran. */
	const sourceFile = strictObject({
		path: name,
		lines: optional(tuple([text, text])),
		details: array(strictObject({
			scheme: name,
			branches: optional(parts),
			functions: optional(parts),
			statements: optional(parts)
		})),
		totals: optional(strictObject({
			lines: tally,
			branches: optional(tally),
			functions: optional(tally),
			statements: optional(tally)
		})),
		countedBy: optional(literal("statements")),
		disputed: optional(literal(true)),
		several: optional(array(text).check(_minLength(2))),
		reportFile: optional(name)
	});
	const coverage = strictObject({
		located: optional(literal(true)),
		files: array(sourceFile)
	});
	const measured = discriminatedUnion("kind", [strictObject({
		kind: literal("ratio"),
		part: count,
		whole: int().check(_gte(1))
	}), strictObject({
		kind: literal("amount"),
		amount: number$1()
	})]);
	const time = optional(number$1().check(_gte(0)));
	const load = strictObject({
		requests: count,
		times: strictObject({
			p50: time,
			p90: time,
			p95: time,
			p99: time,
			avg: time,
			max: time
		}),
		errorRate: optional(measured),
		users: optional(number$1().check(_gte(0))),
		throughput: optional(number$1().check(_gte(0))),
		complements: optional(boolean())
	});
	const sample = strictObject({
		name,
		labels: text,
		value: nullable(number$1()),
		unit: optional(text),
		from: place
	});
	const finding = strictObject({
		tool: text,
		rule: text,
		message: text,
		severity: optional(_enum(severities$3)),
		ids: array(text),
		security: optional(boolean()),
		at: optional(place)
	});
	const findings = strictObject({
		findings: array(finding),
		looked: boolean()
	});
	const facts = discriminatedUnion("kind", [
		strictObject({
			kind: literal("tests"),
			tests
		}),
		strictObject({
			kind: literal("coverage"),
			coverage
		}),
		strictObject({
			kind: literal("load"),
			load
		}),
		strictObject({
			kind: literal("metrics"),
			metrics: array(sample)
		}),
		strictObject({
			kind: literal("findings"),
			findings
		})
	]);
	const file = strictObject({
		path: name,
		format: nullable(text),
		problems: optional(array(problem)),
		facts: optional(facts)
	});
	return {
		document: strictObject({
			"phase-gate-facts": literal(2),
			id: name,
			written: datetime(),
			run: optional(int().check(_gte(1))),
			groups: array(tuple([text, array(text)])),
			retries: _enum(["elements", "same-name-in-suite"]),
			sources: array(strictObject({
				family: _enum(families$1.filter((family) => family !== "facts")),
				glob: text,
				group: optional(text),
				kpi: optional(text),
				problems: optional(array(problem)),
				files: array(file),
				also: optional(count),
				/** Facts of those report files whose facts could be united. */
				united: optional(facts)
			}))
		}),
		facts,
		tests,
		sourceFile,
		parts
	};
}
let defined;
/**
* Checks the form of what `phase-gate collect` writes: every source of one runner with its report files, their problems
* and their facts.
*/
function checkForm(document) {
	defined ??= define();
	return defined.document.safeParse(document, { error: en_default().localeError });
}
/** The kinds of facts that stand under each family. */
const kindsOf = {
	tests: ["tests"],
	coverage: ["coverage"],
	load: ["load"],
	security: ["findings"],
	debt: ["findings"],
	metrics: ["metrics"]
};

// src/core/facts-file/bits.ts
/** Digits of base64, by value. https://www.rfc-editor.org/rfc/rfc4648#section-4 */
const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const values = (/* @__PURE__ */ new Uint8Array(128)).fill(255);
for (let value = 0; value < 64; value++) values[digits.charCodeAt(value)] = value;
/** Bytes as base64 without padding and without the zeros at their end. */
function packBytes(bytes) {
	let length = bytes.length;
	while (length > 0 && bytes[length - 1] === 0) length--;
	let text = "";
	for (let at = 0; at < length; at += 3) {
		const group = bytes[at] << 16 | (bytes[at + 1] ?? 0) << 8 | (bytes[at + 2] ?? 0);
		const size = Math.min(3, length - at) + 1;
		for (let i = 0; i < size; i++) text += digits[group >> 18 - 6 * i & 63];
	}
	return text;
}
/** The bytes behind a text of `packBytes`; undefined for a text that it does not write. */
function unpackBytes(text) {
	if (text.length % 4 === 1) return void 0;
	const bytes = new Uint8Array(Math.floor(text.length * 3 / 4));
	let [at, bits, kept] = [
		0,
		0,
		0
	];
	for (let i = 0; i < text.length; i++) {
		const value = values[text.charCodeAt(i)] ?? 255;
		if (value === 255) return void 0;
		bits = bits << 6 | value;
		kept += 6;
		if (kept < 8) continue;
		kept -= 8;
		bytes[at++] = bits >> kept;
		bits &= (1 << kept) - 1;
	}
	return bits === 0 ? bytes : void 0;
}
/** Yes and no, eight to a byte, the first one in the lowest bit. */
function packFlags(flags) {
	const bytes = [];
	let at = 0;
	for (const flag of flags) {
		if (at % 8 === 0) bytes.push(0);
		if (flag) bytes[at >> 3] |= 1 << (at & 7);
		at++;
	}
	return packBytes(Uint8Array.from(bytes));
}
/** Exactly `count` flags, a bit each; undefined where the text holds others. */
function unpackFlags(text, count) {
	const bytes = unpackBytes(text);
	if (bytes === void 0 || bytes.length > Math.ceil(count / 8)) return void 0;
	if (bytes.length * 8 > count && bytes.at(-1) >> (count & 7) !== 0 && count % 8 !== 0) return void 0;
	const flags = new Uint8Array(Math.ceil(count / 8));
	flags.set(bytes);
	return flags;
}

// src/core/facts-file/unpack.ts
/** The facts behind those of a facts file `from`, checked to be possible. */
function unpackFacts(packed, from, wrong) {
	switch (packed.kind) {
		case "tests": return {
			kind: "tests",
			tests: unpackTests(packed.tests, wrong)
		};
		case "load": return {
			kind: "load",
			load: unpackLoad(packed.load, wrong)
		};
		case "metrics": return {
			kind: "metrics",
			metrics: packed.metrics
		};
		case "findings": return {
			kind: "findings",
			findings: unpackFindings(packed.findings, wrong)
		};
		case "coverage": return {
			kind: "coverage",
			coverage: unpackCoverage(packed.coverage, from, wrong)
		};
	}
}
function unpackTests({ groups, ...whole }, wrong) {
	const tests = possible(whole, wrong);
	if (!groups) return tests;
	const unpacked = new Map(groups.map(([group, own]) => [group, possible(own, wrong)]));
	if (unpacked.size < groups.length) wrong("a group is there twice");
	for (const [group, { counts }] of unpacked) if (Object.keys(counts).some((kind) => counts[kind] > tests.counts[kind])) wrong(`the group ${group} has more tests than there are`);
	return {
		...tests,
		groups: unpacked
	};
}
function possible(tests, wrong) {
	const { total, passed, failed, errored, skipped, flaky } = tests.counts;
	if (passed + failed + errored + skipped !== total) wrong(`a total of ${total} is not ${passed} passed, ${failed} failed, ${errored} errored, ${skipped} skipped`);
	if (flaky > passed) wrong(`${flaky} flaky tests of ${passed} passed ones`);
	const told = (how) => tests.failing.filter((test) => test.how === how).length;
	if (told("failed") > failed || told("errored") > errored || tests.flaky.length > flaky) wrong("more failing or flaky tests are named than counted");
	if (failed + errored > 0 && tests.failing.length === 0) wrong("tests failed, but none is named");
	if (tests.slowest.length > total) wrong("more tests have a time than there are tests");
	return tests;
}
function unpackFindings(findings, wrong) {
	if (!findings.looked && findings.findings.length > 0) wrong("something was found where nothing was looked at");
	return findings;
}
function unpackLoad(load, wrong) {
	const { errorRate } = load;
	if (errorRate?.kind === "ratio" && errorRate.part > errorRate.whole) wrong(`${errorRate.part} failed requests of ${errorRate.whole}`);
	return load;
}
function unpackCoverage({ located, files }, from, wrong) {
	const unpacked = new Map(files.map((packed) => {
		const file = unpackFile(packed, wrong);
		const path = file.path.replace(/^\(all of (.*)\)$/, (_, report) => `(all of ${report} in ${from})`);
		const own = file.reportFile && { reportFile: `${file.reportFile} in ${from}` };
		const placed = {
			...file,
			path,
			...own
		};
		return [keyOf(placed), placed];
	}));
	if (unpacked.size < files.length) wrong("a source file is there twice");
	return {
		files: unpacked,
		...located ? { located } : {}
	};
}
function unpackFile(file, wrong) {
	const { path, lines, details, totals, countedBy, disputed, several, reportFile } = file;
	const refuse = (why) => wrong(`${path}: ${why}`);
	const unpacked = details.map(({ scheme, branches, functions, statements }) => ({
		scheme,
		...branches ? { branches: unpackParts(branches, refuse) } : {},
		...functions ? { functions: unpackParts(functions, refuse) } : {},
		...statements ? { statements: unpackParts(statements, refuse) } : {}
	}));
	if (new Set(unpacked.map(({ scheme }) => scheme)).size < unpacked.length) refuse("a scheme is there twice");
	if (lines && totals) refuse("has both lines and totals");
	if (several === void 0 !== (reportFile === void 0)) refuse("names a report file without need, or none");
	if (disputed && !totals) refuse("is disputed without totals");
	return {
		path,
		lines: lines ? unpackLines(lines, refuse) : lineSetOf(/* @__PURE__ */ new Uint8Array(0), /* @__PURE__ */ new Uint8Array(0)),
		details: unpacked,
		...totals ? { totals: unpackTotals(totals, refuse) } : {},
		...countedBy ? { countedBy } : {},
		...disputed ? { disputed } : {},
		...several ? { several } : {},
		...reportFile === void 0 ? {} : { reportFile }
	};
}
function unpackLines([knownText, coveredText], wrong) {
	const known = unpackBytes(knownText) ?? wrong("the lines are not base64");
	const ran = unpackBytes(coveredText) ?? wrong("the covered lines are not base64");
	if (known.length > (4194303 >> 3) + 1) wrong(`a line is larger than ${maxLine$1}`);
	if (((known[0] ?? 0) & 1) !== 0) wrong("line 0 is no line");
	if (ran.length > known.length || ran.some((byte, i) => (byte & ~known[i]) !== 0)) wrong("a line is covered that is not executable");
	return lineSetOf(known, ran);
}
/** Identities of parts that were found sound, each the one text for all facts files that tell of the same parts. */
const soundNames = /* @__PURE__ */ new Map();
/** Most characters of identities that are kept for that. */
const maxNames = 1 << 26;
let keptNames = 0;
function unpackParts([size, written, bits], wrong) {
	const { names, size: named } = soundNames.get(written) ?? checkedNames(written, wrong);
	if (size !== named && (size > 0 || written !== "")) wrong("parts and their number differ");
	const bytes = unpackFlags(bits, size) ?? wrong("parts and their bits differ in number");
	return new PackedParts({
		bytes,
		start: 0,
		end: bytes.length,
		form: "named",
		names
	}, size, countBits(bytes));
}
function checkedNames(names, wrong) {
	const ids = names.split("\n");
	if (new Set(ids).size < ids.length) wrong("a part is there twice");
	const sound = {
		names,
		size: ids.length
	};
	if (keptNames + names.length <= maxNames) {
		keptNames += names.length;
		soundNames.set(names, sound);
	}
	return sound;
}
function unpackTotals(totals, wrong) {
	const tally = ([covered, total]) => covered <= total ? {
		covered,
		total
	} : wrong(`${covered} covered of ${total} is impossible`);
	const { lines, branches, functions, statements } = totals;
	return {
		lines: tally(lines),
		...branches ? { branches: tally(branches) } : {},
		...functions ? { functions: tally(functions) } : {},
		...statements ? { statements: tally(statements) } : {}
	};
}

// src/core/read/facts.ts
/** The facts of one runner, as `phase-gate collect` writes them. Serves every family. */
const facts = {
	label: "Phase Gate facts",
	families: ["facts"],
	writtenBy: "phase-gate collect",
	claims: ({ text }) => /^\s*\{\s*"phase-gate-facts"\s*:/.test(text),
	read(source, file) {
		const document = readJson(source, file);
		const version = member(document, "phase-gate-facts");
		if (version !== 2) refuse({
			code: "facts-version",
			message: `is a facts file of version ${JSON.stringify(version)?.slice(0, 20)}, and version ${2} is read`,
			at: { file },
			hint: "Run the same version of Phase Gate in all jobs."
		});
		const wrong = (why) => refuse({
			code: "facts-invalid",
			message: `does not hold together: ${why.slice(0, 300)}`,
			at: { file },
			hint: "Let `phase-gate collect` write the file again, and do not edit it."
		});
		const parsed = checkForm(document);
		if (!parsed.success) {
			const [issue] = parsed.error.issues;
			const what = (issue?.message ?? "").replace(/^Invalid input: /, "").replace("undefined", "nothing");
			wrong(`at ${issue?.path.join(".") || "the top"}: ${what}`);
		}
		const { id, written, run, groups, retries, sources } = parsed.data;
		const collected = {
			id,
			written,
			groups: new Map(groups),
			retries,
			sources: sources.map((packed) => unpackSource(packed, file, wrong)),
			...run === void 0 ? {} : { run }
		};
		const problems = sources.every(({ files }) => files.length === 0) ? [nothing$1(file)] : [];
		return {
			facts: {
				kind: "facts",
				collected
			},
			problems
		};
	}
};
function unpackSource(packed, file, wrong) {
	const { family, glob, group, kpi, problems, files, also, united } = packed;
	const unpack = (packed) => kindsOf[family].includes(packed.kind) ? unpackFacts(packed, file, wrong) : wrong(`facts of the kind ${packed.kind} stand under ${family}`);
	const read = files.map((entry) => {
		const problems = elsewhere$1(entry.problems, file);
		if (!entry.facts && !united && !problems.some(isError)) wrong(`${entry.path} has neither facts nor a problem`);
		const { path, format } = entry;
		return {
			path: at(path, file),
			format,
			problems,
			...entry.facts ? { facts: unpack(entry.facts) } : {}
		};
	});
	const whole = united ? [{
		path: file,
		format: "facts",
		problems: [],
		facts: unpack(united)
	}] : [];
	return {
		family,
		glob,
		...group === void 0 ? {} : { group },
		...kpi === void 0 ? {} : { kpi },
		files: [...whole, ...read],
		problems: elsewhere$1(problems, file),
		...also ? { also } : {}
	};
}
/** A file of another runner, as users see it. */
function at(path, factsFile) {
	return `${path} in ${factsFile}`;
}
function elsewhere$1(problems, factsFile) {
	return (problems ?? []).map((problem) => {
		const place = {
			...problem.at,
			file: problem.at ? at(problem.at.file, factsFile) : factsFile
		};
		return {
			...problem,
			at: place
		};
	});
}
function nothing$1(file) {
	return {
		code: "no-files",
		severity: "error",
		message: "holds no report file: none was found where it was collected",
		at: { file },
		hint: "Did the tests run before `phase-gate collect`, and do its globs name their report files?"
	};
}

// src/core/read/gcovr.ts
/** gcovr's JSON report, not its summary. https://gcovr.com/en/stable/output/json.html */
const gcovr = {
	label: "gcovr JSON",
	families: ["coverage"],
	writtenBy: "gcovr --json",
	claims: ({ json: { keys } }) => keys.has("gcovr/format_version") || keys.has("files") && keys.has("*/file") && (keys.has("*/lines") || keys.has("*/functions")),
	read(source, file) {
		const coverage = createCoverage("gcovr");
		const document = readJson(source, file);
		const files = member(document, "files");
		if (member(document, "gcovr/format_version") === void 0 || !Array.isArray(files)) bad("the document has no files with a gcovr/format_version");
		for (const entry of files) {
			const path = member(entry, "file");
			const lines = member(entry, "lines");
			if (typeof path !== "string" || !Array.isArray(lines)) bad("an entry of files without file and lines");
			const into = coverage.source(path);
			for (const line of lines) addLine(line, path, into);
			for (const part of list$2(entry, "functions")) addFunction(part, into);
		}
		return coverage.finish(file, []);
		function bad(message) {
			refuse({
				code: "bad-value",
				message,
				at: { file },
				hint: "Let `gcovr --json` write it; what gcov itself writes is not read."
			});
		}
		/** A function is told by its name and its line: templates and static functions have names in common. */
		function addFunction(part, into) {
			const [name, count] = [member(part, "name") ?? member(part, "demangled_name"), member(part, "execution_count")];
			if (typeof name !== "string" || !isWhole$1(count)) bad("a function without name and execution_count as a whole number");
			if (member(part, excluded) === true) return;
			const line = member(part, "lineno");
			coverage.records("functions");
			into.part("functions", `${typeof line === "number" ? line : ""},${name}`, count > 0);
		}
		function addLine(line, path, into) {
			if (member(line, "gcovr/noncode") === true || member(line, excluded) === true) return;
			const [number, count] = [member(line, "line_number"), member(line, "count")];
			if (!isWhole$1(number) || !isWhole$1(count)) bad(`${path.slice(0, 120)}: a line without line_number and count as whole numbers`);
			into.line(number, count > 0, { file });
			for (const [i, branch] of list$2(line, "branches").entries()) {
				const taken = member(branch, "count");
				if (!isWhole$1(taken)) bad(`${path.slice(0, 120)}:${number}: a branch without a whole count`);
				if (member(branch, excluded) === true) continue;
				coverage.records("branches");
				into.part("branches", `${number}:${i}`, taken > 0);
			}
		}
	}
};
const excluded = "gcovr/excluded";
function isWhole$1(value) {
	return typeof value === "number" && Number.isInteger(value);
}
function list$2(value, key) {
	const found = member(value, key);
	return Array.isArray(found) ? found : [];
}

// src/core/read/text/lines.ts
/** Longest line that is read. 1 MiB of UTF-8. */
const maxLine = 1 << 20;
/**
* Reads a text line by line, with `\n` or `\r\n` at the ends, and returns the notes on its characters. `visit` gets
* one character per byte of UTF-8, which is right for searching; `real` gives the text of the line as it is. What `take`
* takes never becomes a text. Throws InputError.
*/
function scanLines(source, file, visit, take) {
	const window = openWindow(source, file);
	const cursor = {
		at: 0,
		line: 1
	};
	const show = (end) => {
		const start = cursor.at;
		if (end - start > maxLine) tooLong();
		const to = end > start && window.bytes[end - 1] === 13 ? end - 1 : end;
		visit(window.raw(start, to), cursor.line++, (from) => window.slice(start + from, to));
		cursor.at = end + 1;
	};
	const tooLong = () => {
		refuse({
			code: "limit-size",
			message: `a line is longer than the limit (${maxLine} bytes)`,
			at: {
				file,
				line: cursor.line
			}
		});
	};
	const lineEnd = () => {
		if (take?.(window, cursor)) {
			window.bytesOnly();
			return window.bytes.subarray(0, window.length).indexOf(10, cursor.at);
		}
		window.withText();
		return window.text.indexOf("\n", cursor.at);
	};
	for (;;) {
		const end = lineEnd();
		if (end !== -1) {
			show(end);
			continue;
		}
		if (window.length - cursor.at > maxLine) tooLong();
		const grew = window.more(cursor.at, cursor.line);
		cursor.at = 0;
		if (grew) continue;
		if (window.length > 0) show(window.length);
		return window.notes;
	}
}

// src/core/read/gocover.ts
/** Go cover profile. https://pkg.go.dev/golang.org/x/tools/cover; statements are what Go counts, also as lines. */
const gocover = {
	label: "Go cover profile",
	families: ["coverage"],
	writtenBy: "go test -coverprofile, gotestsum, go tool covdata",
	claims: ({ text }) => /^\s*(?:mode: \w+\s|\S[^\r\n]*:\d+\.\d+,\d+\.\d+ \d+ \d+\s)/.test(text),
	read(source, file) {
		const coverage = createCoverage("gocover", { countedBy: "statements" });
		coverage.records("statements");
		let begun = false;
		const notes = scanLines(source, file, (line, number) => {
			if (/^\s*$/.test(line)) return;
			if (/^mode: (?:set|count|atomic)\s*$/.test(line)) {
				begun = true;
				return;
			}
			if (!begun) {
				const message = `expected "mode: set", "mode: count" or "mode: atomic", found "${line.slice(0, 60)}"`;
				refuse({
					code: "bad-value",
					message,
					at: {
						file,
						line: number
					},
					hint: "The beginning of the file is missing."
				});
			}
			const match = /^(.+):(\d+)\.(\d+),(\d+)\.(\d+) (\d{1,6}) (\d+)\s*$/.exec(line);
			if (!match) {
				const message = `expected <file>:<line>.<column>,<line>.<column> <statements> <count>, found "${line.slice(0, 60)}"`;
				refuse({
					code: "bad-value",
					message,
					at: {
						file,
						line: number
					},
					hint: "Was the file cut off?"
				});
			}
			const [, path = "", startLine, startColumn, endLine, endColumn, statements, count = "0"] = match;
			const into = coverage.source(path);
			const ran = /[1-9]/.test(count);
			const block = `${startLine}.${startColumn},${endLine}.${endColumn}`;
			into.part("statements", `${block}:${Number(statements)}`, ran);
		});
		return coverage.finish(file, notes);
	}
};

// src/core/read/grype.ts
/** Grype's report. What its ignore rules match stands in another list and does not count. https://github.com/anchore/grype */
const grype = {
	label: "Grype JSON",
	families: ["security"],
	writtenBy: "grype -o json",
	claims: ({ json: { keys } }) => keys.has("matches"),
	read(source, file) {
		const document = readJson(source, file);
		const matches = memberList(document, "matches", file);
		const tally = createFindings(file);
		const hint = "Is it what `grype -o json` wrote?";
		if (matches.length === 0 && (member(document, "matches") === null || ["descriptor", "source"].every((key) => member(document, key) === void 0))) return tally.nothing("has no matches, and does not tell what was looked at", hint);
		for (const match of matches) {
			const vulnerability = member(match, "vulnerability");
			const [id, name, version] = [
				member(vulnerability, "id"),
				member(member(match, "artifact"), "name"),
				member(member(match, "artifact"), "version")
			];
			if (typeof id !== "string") refuse({
				code: "bad-value",
				message: "a match has no vulnerability with an id",
				at: { file },
				hint
			});
			const others = [match, vulnerability].flatMap((one) => memberList(one, "relatedVulnerabilities", file));
			const severity = severityOf(member(vulnerability, "severity"));
			tally.add({
				tool: "Grype",
				rule: id,
				message: `${[name, version].filter((part) => typeof part === "string").join(" ")}: ${id}`,
				ids: namesOf(id, others.map((other) => member(other, "id"))),
				security: true,
				...severity ? { severity } : {}
			});
		}
		return tally.finish();
	}
};

// src/core/read/text/json-outline.ts
const none$2 = {
	list: false,
	keys: /* @__PURE__ */ new Set()
};
const QUOTE$1 = 34;
const BACKSLASH = 92;
const OBJECT$1 = 123;
const OBJECT_END$1 = 125;
const prefixes = [
	"",
	"*/",
	"*/*/"
];
/** Outline of the beginning of a text, as far as it goes; without a key where it is no JSON. Nothing is refused here. */
function outlineOf(text) {
	const first = /^\s*([[{])/.exec(text)?.[1];
	if (first === void 0) return none$2;
	const keys = /* @__PURE__ */ new Set();
	let depth = 0;
	for (let at = 0; at < text.length; at++) {
		const c = text.charCodeAt(at);
		if (c === OBJECT$1) depth++;
		else if (c === OBJECT_END$1) depth--;
		else if (c === QUOTE$1) {
			const end = stringEnd(text, at + 1);
			if (depth > 0 && depth <= prefixes.length && isKey(text, end)) keys.add(prefixes[depth - 1] + text.slice(at + 1, end));
			at = end;
		}
	}
	return {
		list: first === "[",
		keys
	};
}
/** Position of the quote that ends a string; that of the end where the text is over before. */
function stringEnd(text, from) {
	let end = text.indexOf("\"", from);
	while (end !== -1 && isEscaped(text, from, end)) end = text.indexOf("\"", end + 1);
	return end === -1 ? text.length : end;
}
function isEscaped(text, from, quote) {
	let at = quote;
	while (at > from && text.charCodeAt(at - 1) === BACKSLASH) at--;
	return (quote - at) % 2 === 1;
}
/** Whether a colon follows the string that ends at a position. */
function isKey(text, end) {
	colon.lastIndex = end + 1;
	return colon.test(text);
}
const colon = /\s*:/y;

// src/core/read/head.ts
/** How much of a file decides its format. */
const headBytes = 65536;
/** Looks at the beginning of a file. Throws InputError where nothing can be read. */
function takeHead(window) {
	while (window.length < headBytes && window.more(0, 1));
	const text = window.raw(0, Math.min(window.length, headBytes));
	return {
		text,
		root: rootName(text),
		json: outlineOf(text)
	};
}
/** Name of the root element where very little of the file shows it. */
function rootAtOnce({ beginning }) {
	const name = rootName(beginning);
	return name === void 0 || beginning.endsWith(name) ? void 0 : name;
}
/** Name of the first element, past declaration, comments and DOCTYPE. */
function rootName(text) {
	const prolog = /^\s*(?:<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(?:\[[\s\S]*?\]\s*)?>|\s)*/i.exec(text)?.[0] ?? "";
	const name = /^<([^\s/><="']+)/.exec(text.slice(prolog.length))?.[1];
	return name === void 0 ? void 0 : localName(name);
}

// src/core/read/sample-tally.ts
/** Most different response times of one load test that are counted; a million different milliseconds are 17 minutes. */
const maxDistinct = 1e6;
function createSamples(file) {
	const counts = /* @__PURE__ */ new Map();
	let [requests, timed, total, first, last] = [
		0,
		0,
		0,
		Number.POSITIVE_INFINITY,
		0
	];
	return {
		add(elapsed, began) {
			requests++;
			total += elapsed;
			counts.set(elapsed, (counts.get(elapsed) ?? 0) + 1);
			if (counts.size > maxDistinct) refuse({
				code: "limit-count",
				message: `more different response times than the limit (${maxDistinct})`,
				at: { file }
			});
			if (began === void 0) return;
			timed++;
			first = Math.min(first, began);
			last = Math.max(last, began + elapsed);
		},
		requests: () => requests,
		times() {
			if (requests === 0) return {};
			const sorted = [...counts].sort(([a], [b]) => a - b);
			const percentile = (percent) => nearestRank(sorted, percent * requests / 100);
			return {
				p50: percentile(50),
				p90: percentile(90),
				p95: percentile(95),
				p99: percentile(99),
				avg: total / requests,
				max: sorted.at(-1)[0]
			};
		},
		throughput: (counted = requests) => timed === requests && last > first ? counted * 1e3 / (last - first) : void 0
	};
}
/** The smallest time that at least so many requests did not exceed. */
function nearestRank(sorted, rank) {
	let seen = 0;
	for (const [time, count] of sorted) {
		seen += count;
		if (seen >= rank) return time;
	}
	return sorted.at(-1)[0];
}

// src/core/read/text/last-line.ts
const [LF, CR] = [10, 13];
/** Whether the last line of a text that was read to its end has an end: where it has none, a file was cut off. */
function lastLineEnds({ bytes, length }) {
	return length === 0 || bytes[length - 1] === LF || bytes[length - 1] === CR;
}

// src/core/read/text/csv.ts
/**
* Reads comma-separated values with a header, record by record, and returns the notes on its characters. Fields may be
* quoted, and hold line ends then. Text beyond ASCII stays as it lies in the file: numbers are what is read here.
* `separatorOf` sees the line of the header first, and may refuse it. Throws InputError for a header that names a column
* twice, for a record with more or fewer fields than the header, for an open quote, and for a file whose last record does
* not end its line, which is how a file that was cut off looks. https://www.rfc-editor.org/rfc/rfc4180
*/
function scanCsv(source, file, visit, separatorOf = () => ",") {
	let columns;
	let width = 0;
	let separator;
	let record;
	let [length, from] = [0, 0];
	const window = openWindow(source, file);
	const notes = scanLines(window, file, (line, number) => {
		if (!record) {
			if (line === "") return;
			[record, length, from] = [
				{
					whole: [],
					open: void 0
				},
				0,
				number
			];
		}
		length += line.length + 1;
		const at = {
			file,
			line: from
		};
		if (length > maxRecord) refuse({
			code: "limit-size",
			message: `a record is longer than the limit (${maxRecord} characters)`,
			at
		});
		separator ??= separatorOf(line);
		if (!take$1(record, line, separator)) refuse({
			code: "bad-value",
			message: "a quoted field goes on behind the quote that ends it",
			at,
			hint: "Double each quote within a quoted field."
		});
		if (record.open) return;
		const fields = record.whole;
		record = void 0;
		if (columns === void 0) {
			columns = columnsOf(fields, at);
			width = fields.length;
			return;
		}
		if (fields.length !== width) {
			const message = `a record has ${fields.length} fields, the header has ${width}`;
			refuse({
				code: "bad-value",
				message,
				at,
				hint: fields.length < width ? cutOff$1 : surplus
			});
		}
		const names = columns;
		visit({
			line: from,
			field: (name) => fields[names.get(name) ?? -1]
		});
	});
	if (record || !lastLineEnds(window)) refuse({
		code: "truncated",
		message: record ? "a quoted field is not closed" : "the last record does not end its line",
		at: {
			file,
			line: from
		},
		hint: cutOff$1
	});
	return notes;
}
/** Longest record, in characters. */
const maxRecord = 1 << 20;
const cutOff$1 = "The file is cut off: did the process that wrote it crash?";
const surplus = "Quote the fields that hold a separator.";
/** Where each column stands, by its name. */
function columnsOf(header, at) {
	const columns = /* @__PURE__ */ new Map();
	for (const [i, field] of header.entries()) {
		const name = field.trim();
		if (field.includes("\r")) refuse({
			code: "bad-value",
			message: "the lines end in \\r alone",
			at,
			hint: "Write the file with the line ends \\n or \\r\\n."
		});
		if (name !== "" && columns.has(name)) {
			const message = `the header names the column ${JSON.stringify(name.slice(0, 80))} twice`;
			refuse({
				code: "bad-value",
				message,
				at,
				hint: "Give each column a name of its own."
			});
		}
		columns.set(name, i);
	}
	return columns;
}
/** Takes one more line of a record. False where text stands between the end of a quoted field and the separator. */
function take$1(record, line, separator) {
	if (!record.open && !line.includes("\"")) {
		record.whole = line.split(separator);
		return true;
	}
	for (let at = 0;; at++) {
		let end;
		if (record.open || line[at] === "\"") {
			const start = record.open ? at : at + 1;
			record.open ??= [];
			end = closing(line, start);
			record.open.push(line.slice(start, end === -1 ? line.length : end).replaceAll("\"\"", "\""));
			if (end === -1) return true;
			record.whole.push(record.open.join("\n"));
			record.open = void 0;
			if (++end < line.length && line[end] !== separator) return false;
		} else {
			end = line.indexOf(separator, at);
			if (end === -1) end = line.length;
			record.whole.push(line.slice(at, end));
		}
		if (end >= line.length) return true;
		at = end;
	}
}
function closing(text, from) {
	for (let at = text.indexOf("\"", from); at !== -1; at = text.indexOf("\"", at + 2)) if (text[at + 1] !== "\"") return at;
	return -1;
}

// src/core/read/hey.ts
/**
* hey's list of responses. Requests without a response are not in it, so it knows no error rate.
* https://github.com/rakyll/hey, requester/print.go
*/
const hey = {
	label: "hey CSV",
	families: ["load"],
	writtenBy: "hey -o csv",
	claims: ({ text }) => text.startsWith("response-time,DNS+dialup,DNS,"),
	read(source, file) {
		const samples = createSamples(file);
		const notes = scanCsv(source, file, ({ line, field }) => {
			const [elapsed, offset] = [seconds("response-time"), seconds("offset")];
			samples.add(elapsed, offset);
			function seconds(name) {
				const text = field(name) ?? "";
				if (/^\d{1,9}\.\d{1,9}$/.test(text)) return Math.round(Number(text) * 1e7) / 1e4;
				const message = `${name} must be a number of seconds, found ${JSON.stringify(text.slice(0, 40))}`;
				refuse({
					code: "bad-value",
					message,
					at: {
						file,
						line
					},
					hint: "Write it with `hey -o csv`."
				});
			}
		});
		const load = {
			requests: samples.requests(),
			times: samples.times(),
			throughput: samples.throughput()
		};
		const reading = loadReading(load, file);
		return {
			...reading,
			problems: [...notes, ...reading.problems]
		};
	}
};

// node_modules/istanbul-lib-coverage/lib/percent.js
var require_percent = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	module.exports = function percent(covered, total) {
		let tmp;
		if (total > 0) {
			tmp = 1e5 * covered / total;
			return Math.floor(tmp / 10) / 100;
		} else return 100;
	};
}));

// node_modules/istanbul-lib-coverage/lib/data-properties.js
var require_data_properties = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	module.exports = function dataProperties(klass, properties) {
		properties.forEach((p) => {
			Object.defineProperty(klass.prototype, p, {
				enumerable: true,
				get() {
					return this.data[p];
				}
			});
		});
	};
}));

// node_modules/istanbul-lib-coverage/lib/coverage-summary.js
var require_coverage_summary = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const percent = require_percent();
	const dataProperties = require_data_properties();
	function blankSummary() {
		const empty = () => ({
			total: 0,
			covered: 0,
			skipped: 0,
			pct: "Unknown"
		});
		return {
			lines: empty(),
			statements: empty(),
			functions: empty(),
			branches: empty(),
			branchesTrue: empty()
		};
	}
	function assertValidSummary(obj) {
		if (!(obj && obj.lines && obj.statements && obj.functions && obj.branches)) throw new Error("Invalid summary coverage object, missing keys, found:" + Object.keys(obj).join(","));
	}
	/**
	* CoverageSummary provides a summary of code coverage . It exposes 4 properties,
	* `lines`, `statements`, `branches`, and `functions`. Each of these properties
	* is an object that has 4 keys `total`, `covered`, `skipped` and `pct`.
	* `pct` is a percentage number (0-100).
	*/
	var CoverageSummary = class CoverageSummary {
		/**
		* @constructor
		* @param {Object|CoverageSummary} [obj=undefined] an optional data object or
		* another coverage summary to initialize this object with.
		*/
		constructor(obj) {
			if (!obj) this.data = blankSummary();
			else if (obj instanceof CoverageSummary) this.data = obj.data;
			else this.data = obj;
			assertValidSummary(this.data);
		}
		/**
		* merges a second summary coverage object into this one
		* @param {CoverageSummary} obj - another coverage summary object
		*/
		merge(obj) {
			[
				"lines",
				"statements",
				"branches",
				"functions",
				"branchesTrue"
			].forEach((key) => {
				if (obj[key]) {
					this[key].total += obj[key].total;
					this[key].covered += obj[key].covered;
					this[key].skipped += obj[key].skipped;
					this[key].pct = percent(this[key].covered, this[key].total);
				}
			});
			return this;
		}
		/**
		* returns a POJO that is JSON serializable. May be used to get the raw
		* summary object.
		*/
		toJSON() {
			return this.data;
		}
		/**
		* return true if summary has no lines of code
		*/
		isEmpty() {
			return this.lines.total === 0;
		}
	};
	dataProperties(CoverageSummary, [
		"lines",
		"statements",
		"functions",
		"branches",
		"branchesTrue"
	]);
	module.exports = { CoverageSummary };
}));

// node_modules/istanbul-lib-coverage/lib/file-coverage.js
var require_file_coverage = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const percent = require_percent();
	const dataProperties = require_data_properties();
	const { CoverageSummary } = require_coverage_summary();
	function emptyCoverage(filePath, reportLogic) {
		const cov = {
			path: filePath,
			statementMap: {},
			fnMap: {},
			branchMap: {},
			s: {},
			f: {},
			b: {}
		};
		if (reportLogic) cov.bT = {};
		return cov;
	}
	function assertValidObject(obj) {
		if (!(obj && obj.path && obj.statementMap && obj.fnMap && obj.branchMap && obj.s && obj.f && obj.b)) throw new Error("Invalid file coverage object, missing keys, found:" + Object.keys(obj).join(","));
	}
	const keyFromLoc = ({ start, end }) => `${start.line}|${start.column}|${end.line}|${end.column}`;
	const isObj = (o) => !!o && typeof o === "object";
	const isLineCol = (o) => isObj(o) && typeof o.line === "number" && typeof o.column === "number";
	const isLoc = (o) => isObj(o) && isLineCol(o.start) && isLineCol(o.end);
	const getLoc = (o) => isLoc(o) ? o : isLoc(o.loc) ? o.loc : null;
	const findNearestContainer = (item, map) => {
		const itemLoc = getLoc(item);
		if (!itemLoc) return null;
		let nearestContainingItem = null;
		let containerDistance = null;
		let containerKey = null;
		for (const [i, mapItem] of Object.entries(map)) {
			const mapLoc = getLoc(mapItem);
			if (!mapLoc) continue;
			const distance = [
				itemLoc.start.line - mapLoc.start.line,
				itemLoc.start.column - mapLoc.start.column,
				mapLoc.end.line - itemLoc.end.line,
				mapLoc.end.column - itemLoc.end.column
			];
			if (distance[0] < 0 || distance[2] < 0 || distance[0] === 0 && distance[1] < 0 || distance[2] === 0 && distance[3] < 0) continue;
			if (nearestContainingItem === null) {
				containerDistance = distance;
				nearestContainingItem = mapItem;
				containerKey = i;
				continue;
			}
			const closerBefore = distance[0] < containerDistance[0] || distance[0] === 0 && distance[1] < containerDistance[1];
			const closerAfter = distance[2] < containerDistance[2] || distance[2] === 0 && distance[3] < containerDistance[3];
			if (closerBefore || closerAfter) {
				containerDistance = distance;
				nearestContainingItem = mapItem;
				containerKey = i;
			}
		}
		return containerKey;
	};
	const addHits = (aHits, bHits) => {
		if (typeof aHits === "number" && typeof bHits === "number") return aHits + bHits;
		else if (Array.isArray(aHits) && Array.isArray(bHits)) return aHits.map((a, i) => (a || 0) + (bHits[i] || 0));
		return null;
	};
	const addNearestContainerHits = (item, itemHits, map, mapHits) => {
		const container = findNearestContainer(item, map);
		if (container) return addHits(itemHits, mapHits[container]);
		else return itemHits;
	};
	const mergeProp = (aHits, aMap, bHits, bMap, itemKey = keyFromLoc) => {
		const aItems = {};
		for (const [key, itemHits] of Object.entries(aHits)) {
			const item = aMap[key];
			aItems[itemKey(item)] = [itemHits, item];
		}
		const bItems = {};
		for (const [key, itemHits] of Object.entries(bHits)) {
			const item = bMap[key];
			bItems[itemKey(item)] = [itemHits, item];
		}
		const mergedItems = {};
		for (const [key, aValue] of Object.entries(aItems)) {
			let aItemHits = aValue[0];
			const aItem = aValue[1];
			const bValue = bItems[key];
			if (!bValue) aItemHits = addNearestContainerHits(aItem, aItemHits, bMap, bHits);
			else aItemHits = addHits(aItemHits, bValue[0]);
			mergedItems[key] = [aItemHits, aItem];
		}
		for (const [key, bValue] of Object.entries(bItems)) {
			let bItemHits = bValue[0];
			const bItem = bValue[1];
			if (mergedItems[key]) continue;
			bItemHits = addNearestContainerHits(bItem, bItemHits, aMap, aHits);
			mergedItems[key] = [bItemHits, bItem];
		}
		const hits = {};
		const map = {};
		Object.values(mergedItems).forEach(([itemHits, item], i) => {
			hits[i] = itemHits;
			map[i] = item;
		});
		return [hits, map];
	};
	/**
	* provides a read-only view of coverage for a single file.
	* The deep structure of this object is documented elsewhere. It has the following
	* properties:
	*
	* * `path` - the file path for which coverage is being tracked
	* * `statementMap` - map of statement locations keyed by statement index
	* * `fnMap` - map of function metadata keyed by function index
	* * `branchMap` - map of branch metadata keyed by branch index
	* * `s` - hit counts for statements
	* * `f` - hit count for functions
	* * `b` - hit count for branches
	*/
	var FileCoverage = class FileCoverage {
		/**
		* @constructor
		* @param {Object|FileCoverage|String} pathOrObj is a string that initializes
		* and empty coverage object with the specified file path or a data object that
		* has all the required properties for a file coverage object.
		*/
		constructor(pathOrObj, reportLogic = false) {
			if (!pathOrObj) throw new Error("Coverage must be initialized with a path or an object");
			if (typeof pathOrObj === "string") this.data = emptyCoverage(pathOrObj, reportLogic);
			else if (pathOrObj instanceof FileCoverage) this.data = pathOrObj.data;
			else if (typeof pathOrObj === "object") this.data = pathOrObj;
			else throw new Error("Invalid argument to coverage constructor");
			assertValidObject(this.data);
		}
		/**
		* returns computed line coverage from statement coverage.
		* This is a map of hits keyed by line number in the source.
		*/
		getLineCoverage() {
			const statementMap = this.data.statementMap;
			const statements = this.data.s;
			const lineMap = Object.create(null);
			Object.entries(statements).forEach(([st, count]) => {
				/* istanbul ignore if: is this even possible? */
				if (!statementMap[st]) return;
				const { line } = statementMap[st].start;
				const prevVal = lineMap[line];
				if (prevVal === void 0 || prevVal < count) lineMap[line] = count;
			});
			return lineMap;
		}
		/**
		* returns an array of uncovered line numbers.
		* @returns {Array} an array of line numbers for which no hits have been
		*  collected.
		*/
		getUncoveredLines() {
			const lc = this.getLineCoverage();
			const ret = [];
			Object.entries(lc).forEach(([l, hits]) => {
				if (hits === 0) ret.push(l);
			});
			return ret;
		}
		/**
		* returns a map of branch coverage by source line number.
		* @returns {Object} an object keyed by line number. Each object
		* has a `covered`, `total` and `coverage` (percentage) property.
		*/
		getBranchCoverageByLine() {
			const branchMap = this.branchMap;
			const branches = this.b;
			const ret = {};
			Object.entries(branchMap).forEach(([k, map]) => {
				const line = map.line || map.loc.start.line;
				const branchData = branches[k];
				ret[line] = ret[line] || [];
				ret[line].push(...branchData);
			});
			Object.entries(ret).forEach(([k, dataArray]) => {
				const covered = dataArray.filter((item) => item > 0);
				const coverage = covered.length / dataArray.length * 100;
				ret[k] = {
					covered: covered.length,
					total: dataArray.length,
					coverage
				};
			});
			return ret;
		}
		/**
		* return a JSON-serializable POJO for this file coverage object
		*/
		toJSON() {
			return this.data;
		}
		/**
		* merges a second coverage object into this one, updating hit counts
		* @param {FileCoverage} other - the coverage object to be merged into this one.
		*  Note that the other object should have the same structure as this one (same file).
		*/
		merge(other) {
			if (other.all === true) return;
			if (this.all === true) {
				this.data = other.data;
				return;
			}
			let [hits, map] = mergeProp(this.s, this.statementMap, other.s, other.statementMap);
			this.data.s = hits;
			this.data.statementMap = map;
			const keyFromLocProp = (x) => keyFromLoc(x.loc);
			const keyFromLocationsProp = (x) => keyFromLoc(x.locations[0]);
			[hits, map] = mergeProp(this.f, this.fnMap, other.f, other.fnMap, keyFromLocProp);
			this.data.f = hits;
			this.data.fnMap = map;
			[hits, map] = mergeProp(this.b, this.branchMap, other.b, other.branchMap, keyFromLocationsProp);
			this.data.b = hits;
			this.data.branchMap = map;
			if (this.bT && other.bT) {
				[hits, map] = mergeProp(this.bT, this.branchMap, other.bT, other.branchMap, keyFromLocationsProp);
				this.data.bT = hits;
			}
		}
		computeSimpleTotals(property) {
			let stats = this[property];
			if (typeof stats === "function") stats = stats.call(this);
			const ret = {
				total: Object.keys(stats).length,
				covered: Object.values(stats).filter((v) => !!v).length,
				skipped: 0
			};
			ret.pct = percent(ret.covered, ret.total);
			return ret;
		}
		computeBranchTotals(property) {
			const stats = this[property];
			const ret = {
				total: 0,
				covered: 0,
				skipped: 0
			};
			Object.values(stats).forEach((branches) => {
				ret.covered += branches.filter((hits) => hits > 0).length;
				ret.total += branches.length;
			});
			ret.pct = percent(ret.covered, ret.total);
			return ret;
		}
		/**
		* resets hit counts for all statements, functions and branches
		* in this coverage object resulting in zero coverage.
		*/
		resetHits() {
			const statements = this.s;
			const functions = this.f;
			const branches = this.b;
			const branchesTrue = this.bT;
			Object.keys(statements).forEach((s) => {
				statements[s] = 0;
			});
			Object.keys(functions).forEach((f) => {
				functions[f] = 0;
			});
			Object.keys(branches).forEach((b) => {
				branches[b].fill(0);
			});
			if (branchesTrue) Object.keys(branchesTrue).forEach((bT) => {
				branchesTrue[bT].fill(0);
			});
		}
		/**
		* returns a CoverageSummary for this file coverage object
		* @returns {CoverageSummary}
		*/
		toSummary() {
			const ret = {};
			ret.lines = this.computeSimpleTotals("getLineCoverage");
			ret.functions = this.computeSimpleTotals("f", "fnMap");
			ret.statements = this.computeSimpleTotals("s", "statementMap");
			ret.branches = this.computeBranchTotals("b");
			if (this.bT) ret.branchesTrue = this.computeBranchTotals("bT");
			return new CoverageSummary(ret);
		}
	};
	dataProperties(FileCoverage, [
		"path",
		"statementMap",
		"fnMap",
		"branchMap",
		"s",
		"f",
		"b",
		"bT",
		"all"
	]);
	module.exports = {
		FileCoverage,
		findNearestContainer,
		addHits,
		addNearestContainerHits
	};
}));

// node_modules/istanbul-lib-coverage/lib/coverage-map.js
var require_coverage_map = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const { FileCoverage } = require_file_coverage();
	const { CoverageSummary } = require_coverage_summary();
	function maybeConstruct(obj, klass) {
		if (obj instanceof klass) return obj;
		return new klass(obj);
	}
	function loadMap(source) {
		const data = Object.create(null);
		if (!source) return data;
		Object.entries(source).forEach(([k, cov]) => {
			data[k] = maybeConstruct(cov, FileCoverage);
		});
		return data;
	}
	/** CoverageMap is a map of `FileCoverage` objects keyed by file paths. */
	var CoverageMap = class CoverageMap {
		/**
		* @constructor
		* @param {Object} [obj=undefined] obj A coverage map from which to initialize this
		* map's contents. This can be the raw global coverage object.
		*/
		constructor(obj) {
			if (obj instanceof CoverageMap) this.data = obj.data;
			else this.data = loadMap(obj);
		}
		/**
		* merges a second coverage map into this one
		* @param {CoverageMap} obj - a CoverageMap or its raw data. Coverage is merged
		*  correctly for the same files and additional file coverage keys are created
		*  as needed.
		*/
		merge(obj) {
			const other = maybeConstruct(obj, CoverageMap);
			Object.values(other.data).forEach((fc) => {
				this.addFileCoverage(fc);
			});
		}
		/**
		* filter the coveragemap based on the callback provided
		* @param {Function (filename)} callback - Returns true if the path
		*  should be included in the coveragemap. False if it should be
		*  removed.
		*/
		filter(callback) {
			Object.keys(this.data).forEach((k) => {
				if (!callback(k)) delete this.data[k];
			});
		}
		/**
		* returns a JSON-serializable POJO for this coverage map
		* @returns {Object}
		*/
		toJSON() {
			return this.data;
		}
		/**
		* returns an array for file paths for which this map has coverage
		* @returns {Array{string}} - array of files
		*/
		files() {
			return Object.keys(this.data);
		}
		/**
		* returns the file coverage for the specified file.
		* @param {String} file
		* @returns {FileCoverage}
		*/
		fileCoverageFor(file) {
			const fc = this.data[file];
			if (!fc) throw new Error(`No file coverage available for: ${file}`);
			return fc;
		}
		/**
		* adds a file coverage object to this map. If the path for the object,
		* already exists in the map, it is merged with the existing coverage
		* otherwise a new key is added to the map.
		* @param {FileCoverage} fc the file coverage to add
		*/
		addFileCoverage(fc) {
			const cov = new FileCoverage(fc);
			const { path } = cov;
			if (this.data[path]) this.data[path].merge(cov);
			else this.data[path] = cov;
		}
		/**
		* returns the coverage summary for all the file coverage objects in this map.
		* @returns {CoverageSummary}
		*/
		getCoverageSummary() {
			const ret = new CoverageSummary();
			Object.values(this.data).forEach((fc) => {
				ret.merge(fc.toSummary());
			});
			return ret;
		}
	};
	module.exports = { CoverageMap };
}));

// node_modules/istanbul-lib-coverage/index.js
var require_istanbul_lib_coverage = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	/**
	* istanbul-lib-coverage exports an API that allows you to create and manipulate
	* file coverage, coverage maps (a set of file coverage objects) and summary
	* coverage objects. File coverage for the same file can be merged as can
	* entire coverage maps.
	*
	* @module Exports
	*/
	const { FileCoverage } = require_file_coverage();
	const { CoverageMap } = require_coverage_map();
	const { CoverageSummary } = require_coverage_summary();
	module.exports = {
		/**
		* creates a coverage summary object
		* @param {Object} obj an argument with the same semantics
		*  as the one passed to the `CoverageSummary` constructor
		* @returns {CoverageSummary}
		*/
		createCoverageSummary(obj) {
			if (obj && obj instanceof CoverageSummary) return obj;
			return new CoverageSummary(obj);
		},
		/**
		* creates a CoverageMap object
		* @param {Object} obj optional - an argument with the same semantics
		*  as the one passed to the CoverageMap constructor.
		* @returns {CoverageMap}
		*/
		createCoverageMap(obj) {
			if (obj && obj instanceof CoverageMap) return obj;
			return new CoverageMap(obj);
		},
		/**
		* creates a FileCoverage object
		* @param {Object} obj optional - an argument with the same semantics
		*  as the one passed to the FileCoverage constructor.
		* @returns {FileCoverage}
		*/
		createFileCoverage(obj) {
			if (obj && obj instanceof FileCoverage) return obj;
			return new FileCoverage(obj);
		}
	};
	/** classes exported for reuse */
	module.exports.classes = { 
	/**
	* the file coverage constructor
	*/
FileCoverage };
}));

// src/core/read/text/json-entries.ts
var import_istanbul_lib_coverage = /* @__PURE__ */ __toESM(require_istanbul_lib_coverage(), 1);
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const LIST = 91;
const OBJECT = 123;
const OBJECT_END = 125;
/**
* Hands out the entries of a document that is one object, each as soon as it was read, as strictly as `readJson`: a
* document of any size takes the memory of its largest entry. What is wrong further down shows when it is reached, so
* nothing may be believed before it returns. Throws InputError. No generator: Maglev, a compiler in Node 24, mixes up
* variables that a generator shares with functions inside it.
*/
function eachEntry(source, file, visit) {
	const cursor = {
		window: openWindow(source, file),
		file,
		at: 0
	};
	const known = /* @__PURE__ */ new Set();
	if (next(cursor) === LIST) {
		const message = "is a list, and should be one object with an entry for each source file";
		const hint = "Join the entries of its objects in one object.";
		refuse({
			code: "bad-value",
			message,
			at: {
				file,
				...cursor.window.place(cursor.at)
			},
			hint
		});
	}
	step$1(cursor, OBJECT);
	if (next(cursor) === OBJECT_END) step$1(cursor, OBJECT_END);
	else do {
		const key = takeKey(cursor, known);
		step$1(cursor, COLON);
		visit(key, take(cursor, ","));
	} while (goesOn(cursor));
	if (next(cursor) !== void 0) unexpected(cursor);
}
/** Steps over the comma before another entry, or over the end of the object. */
function goesOn(cursor) {
	const comma = next(cursor) === COMMA;
	step$1(cursor, comma ? COMMA : OBJECT_END);
	return comma;
}
function takeKey(cursor, known) {
	if (next(cursor) !== QUOTE) unexpected(cursor);
	const place = cursor.window.place(cursor.at);
	const key = take(cursor, ":");
	if (known.has(key)) {
		const message = `the key ${JSON.stringify(key).slice(0, 80)} is there twice in one object`;
		refuse({
			code: "duplicate-key",
			message,
			at: {
				file: cursor.file,
				...place
			}
		});
	}
	known.add(key);
	return key;
}
/** Takes a key or value up to the mark behind it, or the bracket that ends the object. */
function take(cursor, mark) {
	const { window, file } = cursor;
	const scan = scanJson(window, file, 1, mark);
	let end = scan.end(cursor.at);
	while (end === -1) {
		const seen = window.length - cursor.at;
		const grew = window.more(cursor.at);
		cursor.at = 0;
		end = grew ? scan.end(seen) : seen;
	}
	const value = parseJson(window, file, {
		start: cursor.at,
		end,
		scan
	});
	cursor.at = end;
	return value;
}
function step$1(cursor, expected) {
	if (next(cursor) !== expected) unexpected(cursor);
	cursor.at++;
}
/** Goes to the next character that is no blank; undefined at the end of the document. */
function next(cursor) {
	const { window } = cursor;
	for (;;) {
		while (isBlank(window.bytes[cursor.at])) cursor.at++;
		if (cursor.at < window.length) return window.bytes[cursor.at];
		const grew = window.more(cursor.at);
		cursor.at = 0;
		if (!grew) return void 0;
	}
}
function isBlank(c) {
	return c === 32 || c === 10 || c === 13 || c === 9;
}
function unexpected({ window, file, at }) {
	refuseJson(window.slice(at, window.whole(at + 12)), {
		file,
		...window.place(at)
	});
}

// src/core/read/istanbul.ts
/** Istanbul's coverage-final.json. https://github.com/istanbuljs/istanbuljs, packages/istanbul-lib-coverage. */
const istanbul = {
	label: "Istanbul coverage-final.json",
	families: ["coverage"],
	writtenBy: "nyc, Jest, vitest, c8, Cypress",
	claims: ({ json: { keys } }) => keys.has("*/statementMap") || keys.has("*/*/statementMap"),
	read(source, file) {
		const coverage = createCoverage("istanbul");
		eachEntry(source, file, (key, value) => addFile(coverage, fileData(value, key, file), key, file));
		return coverage.finish(file, []);
	}
};
function addFile(coverage, data, key, file) {
	const covered = import_istanbul_lib_coverage.default.createFileCoverage(data);
	const into = coverage.source(covered.path === key ? key : covered.path, "kept");
	for (const [line, hits] of Object.entries(covered.getLineCoverage())) into.line(Number(line), hits > 0, { file });
	coverage.records("statements");
	coverage.records("functions");
	coverage.records("branches");
	for (const id of Object.keys(covered.statementMap)) into.part("statements", id, covered.s[id] > 0);
	for (const id of Object.keys(covered.fnMap)) into.part("functions", id, covered.f[id] > 0);
	for (const id of Object.keys(covered.branchMap)) for (const [arm, hits] of covered.b[id].entries()) into.part("branches", `${id}:${arm}`, hits > 0);
}
/** Narrows one entry; what the library would read as "not covered" or NaN where the file is damaged is refused here. */
function fileData(value, key, file) {
	const entry = isObject$1(member(value, "data")) ? member(value, "data") : value;
	const path = member(entry, "path");
	if (typeof path !== "string" || path === "") bad$6(file, key, "has no path");
	for (const [map, counts] of [
		["statementMap", "s"],
		["fnMap", "f"],
		["branchMap", "b"]
	]) {
		const parts = member(entry, map);
		const hits = member(entry, counts);
		if (!isObject$1(parts) || !isObject$1(hits)) bad$6(file, key, `has no ${map} with its counts "${counts}"`);
		for (const id of Object.keys(parts)) {
			const count = member(hits, id);
			if (!(map === "branchMap" ? areHits(count, member(parts[id], "locations")) : isHits(count))) bad$6(file, key, `has no count of hits for ${map} ${id.slice(0, 20)}`);
		}
	}
	for (const [id, place] of Object.entries(member(entry, "statementMap"))) {
		const line = member(member(place, "start"), "line");
		if (typeof line !== "number" || !Number.isInteger(line)) bad$6(file, key, `statement ${id.slice(0, 20)} has no line`);
	}
	return entry;
}
/** Whether there is a count for each arm of a branch. */
function areHits(counts, arms) {
	if (!Array.isArray(counts) || !counts.every(isHits)) return false;
	return Array.isArray(arms) ? counts.length >= arms.length : counts.length > 0;
}
function isHits(value) {
	return typeof value === "number" && Number.isFinite(value);
}
function bad$6(file, key, what) {
	refuse({
		code: "bad-value",
		message: `${key.slice(0, 120)} ${what}`,
		at: { file },
		hint: "Let the tool write the file again; do not join coverage files by hand."
	});
}

// src/core/read/istanbul-summary.ts
/** Istanbul's coverage-summary.json: totals per source file, without lines. Reporter "json-summary". */
const istanbulSummary = {
	label: "Istanbul coverage-summary.json",
	families: ["coverage"],
	writtenBy: "nyc, Jest, vitest, c8 with the reporter json-summary",
	claims: ({ text }) => /^\s*\{/.test(text) && !/"statementMap"\s*:/.test(text) && /"lines"\s*:\s*\{\s*"(?:total|covered|skipped|pct)"/.test(text),
	read(source, file) {
		const coverage = createCoverage("istanbul-summary", { linesExpected: false });
		const entries = [];
		eachEntry(source, file, (key, value) => entries.push([key, value]));
		const files = entries.filter(([key]) => key !== "total");
		for (const kind of kinds$1) coverage.records(kind);
		const sum = {
			covered: 0,
			total: 0
		};
		for (const [key, value] of files.length > 0 ? files : entries) {
			const path = key === "total" ? `(all of ${file})` : key;
			const lines = tally$1(value, "lines", key, file);
			if (!lines) refuse({
				code: "bad-value",
				message: `${key.slice(0, 120)} has no lines with total and covered`,
				at: { file }
			});
			const totals = { lines };
			for (const kind of kinds$1) {
				const counted = tally$1(value, kind, key, file);
				if (counted) totals[kind] = counted;
			}
			coverage.source(path).declareTotals(totals);
			sum.covered += lines.covered;
			sum.total += lines.total;
		}
		const whole = entries.find(([key]) => key === "total")?.[1];
		const said = whole === void 0 ? void 0 : tally$1(whole, "lines", "total", file);
		const differs = said && totalsDiffer("the total says", said, sum, { file }, 0, "the source files");
		return coverage.finish(file, differs === void 0 ? [] : [differs]);
	}
};
const kinds$1 = [
	"branches",
	"functions",
	"statements"
];
function tally$1(value, kind, key, file) {
	const counts = member(value, kind);
	const [covered, total] = [member(counts, "covered"), member(counts, "total")];
	if (typeof covered !== "number" || typeof total !== "number") return void 0;
	return checkTally({
		covered,
		total
	}, `${key.slice(0, 120)}, ${kind}`, { file });
}

// src/core/read/jacoco-counters.ts
function createLineCounters(file) {
	let path = "";
	let [covered, total, without] = [
		0,
		0,
		0
	];
	let declared = {};
	const report = {};
	const sum = {
		covered: 0,
		total: 0,
		without: 0
	};
	let differs;
	const at = { file };
	return {
		open(of) {
			path = of;
			[covered, total, without] = [
				0,
				0,
				0
			];
			declared = {};
		},
		add(ofCovered, ofTotal, ofWithout) {
			covered += ofCovered;
			total += ofTotal;
			without += ofWithout;
		},
		declare(of, kind, tally) {
			(of === "report" ? report : declared)[kind] = tally;
		},
		close() {
			sum.without += without;
			const totals = total === 0 ? totalsOf(declared, path) : void 0;
			sum.covered += totals?.lines.covered ?? covered;
			sum.total += totals?.lines.total ?? total;
			if (totals === void 0 && declared.lines !== void 0 && differs === void 0) differs = totalsDiffer(`${path}: the LINE counter says`, declared.lines, {
				covered,
				total
			}, at, without);
			return totals;
		},
		finish() {
			const whole = sum.total === 0 ? totalsOf(report, "the report") : void 0;
			if (whole === void 0 && report.lines !== void 0) differs ??= totalsDiffer("the LINE counter of the report says", report.lines, sum, at, sum.without);
			return {
				whole,
				differs: differs === void 0 ? [] : [differs]
			};
		}
	};
	function totalsOf({ lines, branches }, of) {
		if (lines === void 0 || lines.total === 0) return void 0;
		return {
			lines: checkTally(lines, `${of}: LINE counter`, at),
			...branches && { branches: checkTally(branches, `${of}: BRANCH counter`, at) }
		};
	}
}

// src/core/read/jacoco-orphans.ts
function createOrphans(coverage) {
	let methods = [];
	let names = [];
	let areNamed = false;
	return {
		add(method, ran) {
			methods.push([method, ran]);
		},
		named() {
			areNamed = true;
		},
		offer(name) {
			if (methods.length > 0) names.push(name);
		},
		settle(folder) {
			if (methods.length > 0) {
				const byStem = new Map(names.map((name) => [name.replace(/\.[^.]*$/, ""), name]));
				for (const [method, ran] of methods) {
					const stem = outermost(method);
					const name = byStem.get(stem) ?? (areNamed ? stem : names[0] ?? stem);
					coverage.source(folder === "" ? name : `${folder}/${name}`).part("functions", method, ran);
				}
				methods = [];
			}
			names = [];
		}
	};
}
/** The name of the class in whose source file a method lies: `A` of `p/A$B.run()V`. */
function outermost(method) {
	const className = method.slice(0, method.indexOf("."));
	return /[^/$]+/.exec(className.slice(className.lastIndexOf("/") + 1))?.[0] ?? className;
}

// src/core/read/method-id.ts
const DOT = 46;
const encoder = new TextEncoder();
const decoder$1 = new TextDecoder();
function createMethodId() {
	let bytes = new Uint8Array(4 * 256);
	bytes[0] = DOT;
	let classEnd = 1;
	let end = classEnd;
	function makeRoom(length) {
		if (length <= bytes.length) return;
		const larger = new Uint8Array(length * 2);
		larger.set(bytes);
		bytes = larger;
	}
	/** Puts the value of an attribute at a position, and returns the position after it. */
	function put(tag, name, at) {
		makeRoom(at + 256);
		const after = tag.copy(name, bytes, at);
		if (after !== -1) return after;
		const other = encoder.encode((tag.attribute(name) ?? "").replaceAll("\n", " "));
		makeRoom(at + other.length);
		bytes.set(other, at);
		return at + other.length;
	}
	return {
		openClass(tag) {
			const at = put(tag, "name", 0);
			makeRoom(at + 1);
			bytes[at] = DOT;
			classEnd = at + 1;
			end = classEnd;
		},
		open(tag) {
			end = put(tag, "desc", put(tag, "name", classEnd));
		},
		addTo(source, ran) {
			source.openParts("functions").add(bytes, 0, end, ran);
		},
		text: () => decoder$1.decode(bytes.subarray(0, end))
	};
}

// src/core/read/jacoco.ts
/** JaCoCo XML. https://www.jacoco.org/jacoco/trunk/coverage/report.dtd */
const jacoco = {
	label: "JaCoCo XML",
	families: ["coverage"],
	writtenBy: "JaCoCo, also through Maven, Gradle and Ant, and Kover",
	roots: ["report"],
	claims: ({ text }) => /<(?:[^\s<>:]+:)?(?:sessioninfo|package|group|counter)[\s/>]|JACOCO/.test(text),
	read(source, file) {
		const reading = reportReader(file);
		const notes = scanXml(source, file, reading.events);
		return reading.finish(notes);
	}
};
const lineAttributes = [
	"nr",
	"mi",
	"ci",
	"mb",
	"cb"
];
/** Nearly all elements are of these two kinds. */
const [lines, counters] = [0, 1];
const figures = [{
	element: "line",
	inside: ["sourcefile"],
	counts: lineAttributes
}, {
	element: "counter",
	inside: [
		"method",
		"class",
		"sourcefile",
		"package",
		"group",
		"report"
	],
	counts: ["missed", "covered"],
	word: {
		attribute: "type",
		of: [
			"METHOD",
			"LINE",
			"BRANCH"
		]
	}
}];
const counterTypes = {
	method: 1,
	line: 2,
	branch: 3
};
function reportReader(file) {
	const coverage = createCoverage("jacoco");
	const path = [];
	let groups = [];
	let packageName = "";
	let folder = "";
	const method = createMethodId();
	let source;
	/** What the lines of `source` go into. */
	let set = emptyLineSet();
	const counted = createLineCounters(file);
	const orphans = createOrphans(coverage);
	let inClass = false;
	let hasBranches = false;
	let hasFunctions = false;
	const at = { file };
	const events = {
		open(name, tag) {
			if (!leaf(name, tag)) {
				if (name === "group") openFolder([...groups, tag.attribute("name") ?? ""], packageName);
				else if (name === "package") openFolder(groups, tag.attribute("name") ?? "");
				else if (name === "sourcefile") openSourceFile(tag.attribute("name") ?? "");
				else if (name === "class") openClass(tag);
				else if (name === "method") method.open(tag);
			}
			path.push(name);
		},
		close(name) {
			path.pop();
			if (name === "group") openFolder(groups.slice(0, -1), packageName);
			if (name === "sourcefile") closeSourceFile();
			else if (name === "class") [source, inClass] = [void 0, false];
			else if (name === "package") orphans.settle(folder);
		},
		hollow: leaf,
		figures: {
			what: figures,
			tell(kind, values, first, end) {
				if (kind === lines) plainLines(values, first, end);
				else if (kind === counters) plainCounters(values, first, end);
			}
		},
		wantsText: () => false,
		text() {}
	};
	/** Reads an element that holds no others, and says whether it is one; nearly all are. */
	function leaf(name, tag) {
		if (name === "line") {
			if (source) line(tag, source);
			return true;
		}
		if (name !== "counter") return false;
		counter(tag, path.at(-1));
		return true;
	}
	/** Modules may hold classes of one name, so the names of their groups are part of the path. */
	function openFolder(inGroups, inPackage) {
		[groups, packageName] = [inGroups, inPackage];
		folder = [...groups, packageName].filter((part) => part !== "").join("/");
	}
	function pathOf(name) {
		return folder === "" || name === "" ? detached(folder + name) : `${folder}/${name}`;
	}
	function openSource(path) {
		source = coverage.source(path, "kept");
		set = source.openLines();
	}
	function openSourceFile(name) {
		const path = pathOf(name);
		openSource(path);
		counted.open(path);
		orphans.offer(name);
	}
	function closeSourceFile() {
		const bare = counted.close();
		if (bare !== void 0) source?.declareTotals(bare);
		source = void 0;
	}
	function openClass(tag) {
		inClass = true;
		method.openClass(tag);
		const sourceName = tag.attribute("sourcefilename");
		if (sourceName === void 0 || sourceName === "") return;
		orphans.named();
		openSource(pathOf(sourceName));
	}
	/** mi and ci count instructions, mb and cb branches. A line without instructions is no executable line. */
	function line(tag, into) {
		const plain = tag.number("nr");
		const number = Number.isInteger(plain) ? plain : readCount(tag.attribute("nr"));
		if (number === void 0) refuse({
			code: "bad-value",
			message: "a <line> without a number",
			at: {
				file,
				line: tag.line()
			}
		});
		const [missed, covered] = [count(tag, "mi"), count(tag, "ci")];
		if (missed + covered === 0) {
			counted.add(0, 0, 1);
			return;
		}
		if (number > 0) counted.add(covered > 0 ? 1 : 0, 1, 0);
		lineAt(number, covered > 0, count(tag, "mb"), count(tag, "cb"), into);
	}
	function plainLines(values, first, end) {
		if (source === void 0) return;
		let [total, ran, without] = [
			0,
			0,
			0
		];
		for (let at = first; at < end; at += lineAttributes.length) {
			const number = values[at];
			const covered = values[at + 2];
			if (values[at + 1] + covered === 0) {
				without++;
				continue;
			}
			if (number > 0) total++;
			if (number > 0 && covered > 0) ran++;
			lineAt(number, covered > 0, values[at + 3], values[at + 4], source);
		}
		counted.add(ran, total, without);
	}
	function lineAt(number, ran, missedArms, coveredArms, into) {
		if (hasRoom(set, number)) addLine(set, number, ran);
		else into.line(number, ran, at);
		if (!hasBranches) coverage.records("branches");
		hasBranches = true;
		const arms = missedArms + coveredArms;
		if (arms === 0) return;
		checkArms(arms, number, into.path, at);
		into.openParts("branches").arms(number, 0, arms, coveredArms);
	}
	/** Of the counters in classes and packages nobody asks: what is counted decides. */
	function counter(tag, parent) {
		if (parent === "method") {
			if (tag.is("type", "METHOD")) methodCounter(count(tag, "covered") > 0);
		} else if (parent === "sourcefile" || parent === "report") {
			const type = tag.is("type", "LINE") ? "lines" : tag.is("type", "BRANCH") ? "branches" : void 0;
			if (type === void 0) return;
			const [missed, covered] = [count(tag, "missed"), count(tag, "covered")];
			counted.declare(parent, type, {
				covered,
				total: missed + covered
			});
		}
	}
	function plainCounters(values, first, end) {
		const parent = path.at(-1);
		if (parent !== "method" && parent !== "sourcefile" && parent !== "report") return;
		for (let at = first; at < end; at += 3) {
			const type = values[at + 2];
			const covered = values[at + 1];
			if (parent === "method") {
				if (type === counterTypes.method) methodCounter(covered > 0);
			} else if (type === counterTypes.line || type === counterTypes.branch) {
				const kind = type === counterTypes.line ? "lines" : "branches";
				counted.declare(parent, kind, {
					covered,
					total: values[at] + covered
				});
			}
		}
	}
	function methodCounter(ran) {
		if (!inClass) return;
		if (!hasFunctions) coverage.records("functions");
		hasFunctions = true;
		if (source === void 0) orphans.add(method.text(), ran);
		else method.addTo(source, ran);
	}
	function count(tag, name) {
		const plain = tag.number(name);
		if (Number.isInteger(plain)) return plain;
		const text = tag.attribute(name);
		if (text === void 0) return 0;
		const value = readCount(text);
		if (value !== void 0) return value;
		const message = `${name} is "${text.slice(0, 40)}", not a count`;
		refuse({
			code: "bad-value",
			message,
			at: {
				file,
				line: tag.line()
			}
		});
	}
	return {
		events,
		finish(notes) {
			orphans.settle(folder);
			const { whole, differs } = counted.finish();
			if (whole !== void 0) coverage.declareWhole(file, whole);
			return coverage.finish(file, [...notes, ...differs]);
		}
	};
}

// src/core/read/jmeter-transactions.ts
/** Most failed samples of a thread that are remembered; a transaction with more failures than that needs no more. */
const maxFailed = 1e3;
function createSeenSamples() {
	const threads = /* @__PURE__ */ new Map();
	return {
		see(name, began, failed) {
			if (!name || began === void 0) return;
			const thread = threads.get(name) ?? {
				lastBegan: began,
				failed: []
			};
			threads.set(name, thread);
			thread.lastBegan = Math.max(thread.lastBegan, began);
			if (!failed) return;
			thread.failed.push(began);
			if (thread.failed.length > 2 * maxFailed) thread.failed.splice(0, maxFailed);
		},
		explain(name, began, announced) {
			if (announced.samples === 0 && announced.failed === 0) return true;
			const thread = threads.get(name ?? "");
			if (!thread || began === void 0 || thread.lastBegan < began) return false;
			const wanted = Math.min(announced.failed, maxFailed);
			return wanted === 0 || (thread.failed.at(-wanted) ?? Number.NEGATIVE_INFINITY) >= began;
		}
	};
}
/** What a response message announces; undefined where it is not that of a transaction. */
function announcedBy(message) {
	if (!message?.startsWith("Number of samples in ")) return void 0;
	const found = /^Number of samples in transaction ?: ?(\d+), number of failing samples ?: ?(\d+)$/.exec(message);
	return found ? {
		samples: Number(found[1]),
		failed: Number(found[2])
	} : void 0;
}

// src/core/read/jmeter.ts
const separator = /[,;|\t]/;
/** JMeter's JTL as CSV with a header. https://jmeter.apache.org/usermanual/listeners.html#csvlogformat */
const jmeter = {
	label: "JMeter JTL (CSV)",
	families: ["load"],
	writtenBy: "jmeter -n -l results.jtl",
	claims({ text }) {
		const columns = (/^\s*([^\s[{<][^\r\n]*)/.exec(text)?.[1] ?? "").split(separator).map((name) => name.replace(/^"(.*)"$/, "$1"));
		return columns.includes("elapsed") && (columns.includes("success") || columns.includes("timeStamp"));
	},
	read(source, file) {
		const tally = createSampler(file);
		const notes = scanCsv(source, file, ({ line, field }) => {
			const sample = {
				elapsed: field("elapsed"),
				began: field("timeStamp"),
				success: field("success"),
				thread: field("threadName"),
				threads: field("allThreads"),
				message: field("responseMessage")
			};
			tally.sample(sample, line);
		}, (header) => separator.exec(header)?.[0] ?? ",");
		const reading = tally.finish();
		return {
			...reading,
			problems: [...notes, ...reading.problems]
		};
	}
};
function createSampler(file) {
	const samples = createSamples(file);
	const seen = createSeenSamples();
	let [failed, users, transactions] = [
		0,
		0,
		0
	];
	return {
		/** Adds a sample, also a transaction, unless the samples in it are there: before it, or `within` it. */
		sample({ elapsed, began, success, thread, threads, message }, line, within) {
			if (success !== "true" && success !== "false") bad("success", success, "true or false", line);
			const isFailed = success === "false";
			const start = began !== void 0 && /^\d{1,15}$/.test(began) ? Number(began) : void 0;
			const announced = announcedBy(message);
			if (announced) {
				const wanted = {
					...announced,
					failed: Math.max(announced.failed, isFailed ? 1 : 0)
				};
				if (within && within.samples > 0 && within.failed >= wanted.failed) return;
				if (seen.explain(thread, start, wanted)) return;
				transactions++;
			} else seen.see(thread, start, isFailed);
			samples.add(count(elapsed, "elapsed", line), start);
			if (isFailed) failed++;
			if (threads !== void 0 && threads !== "") users = Math.max(users, count(threads, "allThreads", line));
		},
		finish: () => loadReading({
			requests: samples.requests(),
			times: samples.times(),
			errorRate: errorRate(failed, samples.requests(), file),
			users: users > 0 ? users : void 0,
			throughput: samples.throughput(samples.requests() - transactions || transactions)
		}, file)
	};
	function count(text, name, line) {
		return text !== void 0 && /^\d{1,15}$/.test(text) ? Number(text) : bad(name, text, "a whole number", line);
	}
	function bad(name, text, wanted, line) {
		const message = `${name} must be ${wanted}, found ${text === void 0 ? "nothing" : JSON.stringify(text.slice(0, 40))}`;
		refuse({
			code: "bad-value",
			message,
			at: {
				file,
				line
			},
			hint: "Let JMeter save the fields timeStamp, elapsed and success."
		});
	}
}

// src/core/read/jmeter-xml.ts
/**
* JMeter's JTL as XML. Samples inside a sample, such as redirects, are parts of it; those inside a transaction stand
* for themselves. https://jmeter.apache.org/usermanual/listeners.html#xmlformat2.1
*/
const jmeterXml = {
	label: "JMeter JTL (XML)",
	families: ["load"],
	writtenBy: "jmeter -n -l results.jtl -Jjmeter.save.saveservice.output_format=xml",
	roots: ["testResults"],
	read(source, file) {
		const sampler = createSampler(file);
		/** Outermost first. */
		const open = [];
		const standsAlone = () => open.every(({ isTransaction }) => isTransaction);
		const notes = scanXml(source, file, {
			open(name, tag) {
				if (!isSample(name)) return;
				const sample = sampleOf(tag);
				const [line, isTransaction] = [tag.line(), announcedBy(sample.message) !== void 0];
				if (!isTransaction && standsAlone()) {
					sampler.sample(sample, line);
					for (const { within } of open) {
						within.samples++;
						if (sample.success === "false") within.failed++;
					}
				}
				open.push({
					sample,
					line,
					isTransaction,
					within: {
						samples: 0,
						failed: 0
					}
				});
			},
			close(name) {
				const closed = isSample(name) ? open.pop() : void 0;
				if (closed?.isTransaction && standsAlone()) sampler.sample(closed.sample, closed.line, closed.within);
			},
			wantsText: () => false,
			text() {}
		});
		const reading = sampler.finish();
		return {
			...reading,
			problems: [...notes, ...reading.problems]
		};
	}
};
function sampleOf(tag) {
	return {
		elapsed: tag.attribute("t"),
		began: tag.attribute("ts"),
		success: tag.attribute("s"),
		thread: tag.attribute("tn"),
		threads: tag.attribute("na"),
		message: tag.attribute("rm")
	};
}
function isSample(name) {
	return name === "httpSample" || name === "sample";
}

// src/core/read/junit-case.ts
const failingStatus = /^(?:failed|fail|failure|error|errored)$/i;
const skippedStatus = /^(?:notrun|suppressed|disabled|ignored|skipped)$/i;
/** Elements that say something, if only by being there. */
const elements = /* @__PURE__ */ new Set([
	"testsuites",
	"testsuite",
	"testcase",
	"error",
	"failure",
	"skipped",
	"rerunFailure",
	"rerunError",
	"flakyFailure",
	"flakyError"
]);
/** Cases of which all that may be wanted is their time. */
const plainCases = {
	element: "testcase",
	number: "time",
	without: ["status", "result"],
	mark: "skipped",
	unread: [
		"system-out",
		"system-err",
		"properties",
		"property"
	]
};
function caseName(tag, suite) {
	const source = tag.attribute("file") ?? tag.attribute("filepath");
	const written = readCount(tag.attribute("line") ?? tag.attribute("lineno"));
	const line = written !== void 0 && suite === "pytest" ? written + 1 : written;
	return {
		rawClass: tag.raw("classname") ?? tag.raw("class") ?? "",
		rawName: tag.raw("name") ?? "",
		at: source === void 0 ? void 0 : {
			file: source,
			...line === void 0 ? {} : { line }
		}
	};
}
function openCase(tag, suite) {
	const { rawClass, rawName, at } = caseName(tag, suite);
	return {
		rawClass,
		rawName,
		at,
		time: readSeconds(tag),
		status: tag.attribute("status")?.trim() ?? "",
		result: tag.attribute("result")?.trim() ?? "",
		how: void 0,
		skipped: false,
		flaky: false,
		rerun: false,
		line: 0,
		message: "",
		details: "",
		leaf: true
	};
}
/** The time of a case: undefined where it says nothing of it, without seconds where none can be known. */
function readSeconds(tag) {
	const text = tag.attribute("time") ?? tag.attribute("duration");
	return text === void 0 || text.trim() === "" ? void 0 : readTime(text);
}
/** Decides a case that no `error`, `failure` or `skipped` element decided, by reruns and by its status. */
function settle(test) {
	if (test.how !== void 0 || test.skipped) return;
	if (test.rerun || failingStatus.test(test.status) || failingStatus.test(test.result)) test.how = "failed";
	else if (skippedStatus.test(test.status) || skippedStatus.test(test.result)) test.skipped = true;
}
/** What is kept to read of a failing case: the first line of what it says, and its text. */
function failureText$1(test) {
	const details = test.details.slice(0, maxDetails).trim();
	const status = test.line > 0 ? "" : `status "${test.status || test.result || "rerun"}" without a failure element`;
	return {
		message: firstLine$1(test.message) || firstLine$1(details) || status,
		details
	};
}

// src/core/read/junit-suites.ts
/** `isRun`: whether it matters what tells this run of the suite from any other. */
function openSuite(tag, isRun) {
	tag.numbers(counts, declaredCounts);
	return {
		name: tag.attribute("name") ?? "",
		file: tag.attribute("file") ?? tag.attribute("filepath"),
		line: tag.line(),
		began: isRun ? beginning$1(tag) : void 0,
		declaredTests: declared(tag, 0),
		declaredBad: (declared(tag, 1) ?? 0) + (declared(tag, 2) ?? 0),
		cases: 0,
		bad: 0,
		reruns: 0,
		first: void 0,
		told: {
			missing: 0,
			surplus: 0,
			bad: 0
		}
	};
}
function beginning$1(tag) {
	const timestamp = tag.attribute("timestamp") ?? "";
	if (timestamp.trim() === "" || timestamp.startsWith("1970-")) return void 0;
	return [
		tag.attribute("hostname") ?? "",
		timestamp,
		tag.attribute("time") ?? ""
	].join("\0");
}
/** Whether the first case of a suite is still to be told to `beginWith`. */
function isFirst({ began, cases, first }) {
	return began !== void 0 && cases === 0 && first === void 0;
}
/** Takes the class and the name of the first case of a suite, as written. */
function beginWith(suite, tag) {
	suite.first = `${tag.raw("classname") ?? ""}\0${tag.raw("name") ?? ""}`;
}
/** What tells this run of a suite from any other, its name first; undefined where nothing does. */
function runOf({ name, began, cases, first }) {
	return began === void 0 || cases === 0 ? void 0 : detached([
		name,
		began,
		cases,
		first
	].join("\0"));
}
const counts = [
	"tests",
	"failures",
	"errors"
];
/** What the suite that opens declares of them, where it is written in plain digits. */
const declaredCounts = new Float64Array(counts.length);
function declared(tag, which) {
	const count = declaredCounts[which];
	return Number.isInteger(count) ? count : readCount(tag.attribute(counts[which]));
}
/**
* Compares what a suite declares with what it holds when it closes. Attributes never decide a count, but where they
* claim failures that no element shows, the file may not be judged. Adds what was found to the suite around it.
*/
function closeSuite(suite, outer, file) {
	const problems = disagreements(suite, file);
	if (outer) {
		outer.cases += suite.cases;
		outer.bad += suite.bad;
		outer.reruns += suite.reruns;
		outer.told.missing += suite.told.missing;
		outer.told.surplus += suite.told.surplus;
		outer.told.bad += suite.told.bad;
		outer.first ??= suite.first;
	}
	return problems;
}
const none$1 = [];
function disagreements(suite, file) {
	const { declaredTests, declaredBad, cases, bad, reruns, told } = suite;
	const unexplained = declaredBad - bad - reruns - told.bad;
	const missing = declaredTests === void 0 ? 0 : declaredTests - cases - reruns - told.missing;
	const surplus = declaredTests === void 0 ? 0 : cases - declaredTests - told.surplus;
	if (unexplained <= 0 && missing <= 0 && surplus <= 0) return none$1;
	const at = {
		file,
		line: suite.line
	};
	if (unexplained > 0) told.bad += unexplained;
	if (unexplained > 0 && bad === 0) return [{
		code: "unexplained-failures",
		severity: "error",
		message: `${who(suite)} declares ${declaredBad} failures or errors, but no test case shows one`,
		at,
		hint: "Something failed outside the test cases, such as a build or a set-up: look at the log of the test run."
	}];
	const problems = [];
	if (unexplained > 0) problems.push({
		code: "unexplained-failures",
		severity: "warning",
		message: `${who(suite)} declares ${declaredBad} failures or errors, found ${bad} failing test cases`,
		at,
		hint: "Some tools count every failed assertion; otherwise the file lost test cases."
	});
	const message = `${who(suite)} declares ${declaredTests} tests, found ${cases}`;
	if (missing > 0) {
		told.missing += missing;
		problems.push({
			code: "count-shortfall",
			severity: cases === 0 && bad === 0 ? "error" : "warning",
			message,
			at,
			hint: "Some tools leave out skipped tests on purpose; otherwise the file lost test cases."
		});
	} else if (surplus > 0) {
		told.surplus += surplus;
		problems.push({
			code: "count-surplus",
			severity: "note",
			message,
			at
		});
	}
	return problems;
}
function who({ name }) {
	return name === "" ? "a suite" : `suite "${detached(name.slice(0, 80))}"`;
}
/** The test that a failure of a suite itself is counted as. */
function nameOfSuite({ name, file }, around) {
	return {
		suite: around,
		className: "",
		name: name || "(suite)",
		...file === void 0 ? {} : { at: { file } }
	};
}
/** Tells of a failure that a suite reports beside those of its tests. */
function suiteErrorIn(suite, message, at) {
	const what = `${who(suite)} reports a failure of its own`;
	return {
		code: "suite-error",
		severity: "note",
		message: message === "" ? what : `${what}: ${message.slice(0, 120)}`,
		at
	};
}

// src/core/read/node-summary.ts
/** Takes in a comment. https://github.com/nodejs/node/blob/main/lib/internal/test_runner/reporter/junit.js */
function takeComment(summary, text, line) {
	const failed = /^ (?:fail|cancelled) (\d{1,9}) $/.exec(text)?.[1];
	if (failed === void 0) return;
	summary.failed += Number(failed);
	summary.line = line();
}
/** Node writes no failure of a test that has subtests; then these comments are all that shows it. */
function unshownFailures({ failed, line }, bad, file) {
	if (failed === 0 || bad > 0) return [];
	return [{
		code: "unexplained-failures",
		severity: "error",
		message: `a comment at the end says that ${failed === 1 ? "1 test" : `${failed} tests`} failed, but no test case shows one`,
		at: {
			file,
			line
		},
		hint: "node --test writes no failure of a test that has subtests: look at its log, or let it write TAP."
	}];
}

// src/core/read/summarise.ts
/** Keeps the first problems of each code and counts the rest, so that one odd file does not bury the others. */
function summarise(problems) {
	if (problems.length === 0) return problems;
	const shown = 3;
	const kept = [];
	const seen = /* @__PURE__ */ new Map();
	for (const problem of problems) {
		const count = (seen.get(problem.code) ?? 0) + 1;
		seen.set(problem.code, count);
		if (count <= shown) kept.push(problem);
	}
	return kept.map((problem) => {
		const more = (seen.get(problem.code) ?? 0) - shown;
		const last = kept.findLast((other) => other.code === problem.code) === problem;
		return more > 0 && last ? {
			...problem,
			message: `${problem.message} (and ${more} more of this kind)`
		} : problem;
	});
}

// src/core/read/junit.ts
/**
* JUnit XML in all its dialects. There is no standard; the nearest things to one are
* https://github.com/testmoapp/junitxml and the schema of Maven Surefire.
*/
const junit = {
	label: "JUnit XML",
	families: ["tests"],
	writtenBy: "JUnit, Surefire, Gradle, pytest, jest-junit, vitest, mocha, PHPUnit, gotestsum, GoogleTest and most others",
	roots: ["testsuites", "testsuite"],
	read(source, file, counting) {
		const window = openWindow(source, file);
		const events = junitEvents(window, file, counting);
		try {
			return events.finish(scanXml(window, file, events));
		} catch (error) {
			if (!(error instanceof InputError) || events.isEmpty()) throw error;
			return events.broken(error.problem);
		}
	}
};
function junitEvents(window, file, counting) {
	const tally = createTally(counting);
	const problems = [];
	const suiteRuns = [];
	const path = [];
	const suites = [];
	/** Names of the open suites, the same list for all their tests. */
	let names;
	const cases = [];
	/** The failing case or suite-level error whose text is being read. */
	let listening;
	let suiteError;
	const odd = {
		read: 0,
		unread: 0
	};
	const summary = {
		failed: 0,
		line: 0
	};
	let hollow;
	const hollowName = () => named(caseName(hollow, void 0), 0);
	return {
		open(name, tag) {
			const parent = path.at(-1);
			path.push(name);
			if (name === "testcase") {
				const around = cases.at(-1);
				if (around) around.leaf = false;
				const suite = suites.at(-1);
				if (isFirst(suite)) beginWith(suite, tag);
				cases.push(openCase(tag, suite.name));
			} else if (name === "testsuite" || name === "testsuites") {
				suites.push(openSuite(tag, suiteRuns.length < maxKept));
				names = void 0;
			} else if (parent === "testcase") inCase(name, tag, cases.at(-1));
			else if (parent === "testsuite" || parent === "testsuites") inSuite(name, tag);
		},
		/** A case with nothing inside, as most are: told by its attributes alone, and no name is read. */
		hollow(name, tag) {
			if (listening === void 0 && !elements.has(name)) return true;
			if (name !== "testcase" || cases.length > 0 || tag.has("status") || tag.has("result")) return false;
			const suite = suites.at(-1);
			if (isFirst(suite)) beginWith(suite, tag);
			suite.cases++;
			hollow = tag;
			tally.about?.(hollowName());
			const plain = tag.number("time");
			const seconds = plain >= 0 ? plain : secondsOf(readSeconds(tag), odd);
			if (seconds !== void 0) tally.time(seconds, hollowName);
			tally.passed();
			return true;
		},
		/** Many cases at once, where all that is to be known of them is how many, how long and which were skipped. */
		counted: {
			what: plainCases,
			tell(row, tagOf) {
				if (cases.length > 0 || !tally.timesOf) return false;
				const suite = suites.at(-1);
				if (isFirst(suite)) beginWith(suite, tagOf(row.first));
				suite.cases += row.end - row.first;
				tally.timesOf(row, (index) => {
					hollow = tagOf(index);
					return hollowName();
				});
				return true;
			}
		},
		close(name) {
			path.pop();
			if (name === "testcase") closeCase(cases.pop());
			else if (name === "testsuite" || name === "testsuites") {
				tally.suiteEnds?.();
				names = void 0;
				const suite = suites.pop();
				for (const problem of closeSuite(suite, suites.at(-1), file)) problems.push(problem);
				const run = suiteRuns.length < 5e3 ? runOf(suite) : void 0;
				if (run !== void 0) suiteRuns.push(run);
			} else if (name === "failure" || name === "error") {
				listening = void 0;
				if (suiteError) closeSuiteError(suiteError);
				suiteError = void 0;
			}
		},
		wantsText: () => listening !== void 0 && listening.details.length < 4e3,
		text(piece) {
			listening.details += piece;
		},
		comment(text, line) {
			if (path.length === 1) takeComment(summary, text, line);
		},
		isEmpty: () => tally.total() === 0,
		broken: (problem) => ({
			facts: facts(),
			problems: [problem]
		}),
		finish(notes) {
			problems.push(...noTests(tally, file));
			problems.push(...oddTimes(odd, file), ...unshownFailures(summary, tally.bad(), file));
			return {
				facts: facts(),
				problems: [...notes, ...summarise(problems)]
			};
		}
	};
	function facts() {
		const runs = suiteRuns.length > 0 ? { suiteRuns } : {};
		return {
			kind: "tests",
			tests: {
				...tally.facts(),
				...runs
			}
		};
	}
	function inCase(name, tag, test) {
		switch (name) {
			case "error":
			case "failure":
				test.how = name === "error" || test.how === "errored" ? "errored" : "failed";
				if (test.line > 0) return;
				test.line = tag.line();
				if (tally.keeps() === "nothing") return;
				test.message = tag.attribute("message") ?? tag.attribute("type") ?? "";
				if (tally.keeps() === "details" || test.message === "") listening = test;
				return;
			case "skipped":
				test.skipped = true;
				return;
			case "rerunFailure":
			case "rerunError":
				test.rerun = true;
				suites.at(-1).reruns++;
				return;
			case "flakyFailure":
			case "flakyError":
				test.flaky = true;
				suites.at(-1).reruns++;
				return;
		}
	}
	function inSuite(name, tag) {
		if (name !== "error" && name !== "failure") return;
		const message = tag.attribute("message") ?? tag.attribute("type") ?? "";
		suiteError = {
			line: tag.line(),
			message,
			details: ""
		};
		listening = suiteError;
	}
	/** A failure of a suite itself, such as one of its set-up: counted as one failed test that bears its name. */
	function closeSuiteError(error) {
		const suite = suites.at(-1);
		const details = error.details.slice(0, maxDetails).trim();
		const message = firstLine$1(error.message) || firstLine$1(details);
		const from = {
			file,
			line: error.line
		};
		suite.bad++;
		suite.told.missing++;
		const name = nameOfSuite(suite, suitePath().slice(0, -1));
		tally.about?.(name);
		tally.failing("failed", () => ({
			...name,
			how: "failed",
			message,
			details,
			from
		}));
		problems.push(suiteErrorIn(suite, message, from));
	}
	function closeCase(test) {
		if (!test.leaf && test.how === void 0) return;
		const suite = suites.at(-1);
		suite.cases++;
		settle(test);
		tally.about?.(named(test, test.line));
		const seconds = secondsOf(test.time, odd);
		if (seconds !== void 0) tally.time(seconds, () => named(test, test.line));
		if (test.how !== void 0) {
			suite.bad++;
			const { how } = test;
			tally.failing(how, () => failingTest(test, how));
		} else if (test.skipped) tally.skipped();
		else if (test.flaky) tally.flaky(named(test, test.line));
		else tally.passed();
	}
	function failingTest(test, how) {
		const from = {
			file,
			...test.line > 0 ? { line: test.line } : {}
		};
		return {
			...named(test, test.line),
			how,
			...failureText$1(test),
			from
		};
	}
	function named(test, failedAt) {
		const line = failedAt > 0 ? () => failedAt : void 0;
		const at = test.at ?? (suites.at(-1).file === void 0 ? void 0 : { file: suites.at(-1).file });
		return {
			suite: suitePath(),
			className: attributeText(window, test.rawClass, line),
			name: attributeText(window, test.rawName, line),
			...at === void 0 ? {} : { at }
		};
	}
	function suitePath() {
		names ??= suites.map((suite) => detached(suite.name)).filter((name) => name !== "");
		return names;
	}
}

// src/core/read/k6.ts
/**
* k6's end-of-test summary in its three shapes: what handleSummary is given, what --summary-export writes, and the
* machine-readable summary. Thresholds are not believed. https://grafana.com/docs/k6/latest/results-output/end-of-test
* and https://github.com/grafana/k6-summary
*/
const k6 = {
	label: "k6 summary",
	families: ["load"],
	writtenBy: "k6 run --summary-export, handleSummary, --new-machine-readable-summary",
	claims: ({ text }) => /^\s*\{/.test(text) && (/"root_group"\s*:\s*\{|"k6Version"\s*:|^\s*\{\s*"setup_data"\s*:/.test(text) || /^\s*\{\s*"(?:metrics|options|state|setup_data)"\s*:/.test(text) && /"metrics"\s*:\s*\{\s*(?:\}|"[^"\n]*"\s*:\s*\{\s*"(?:type|contains|values|thresholds|avg|min|med|max|count|rate|value|passes|fails|p\()[^"]*"\s*:)/.test(text)),
	read(source, file) {
		const metrics = metricsOf(readJson(source, file), file);
		const amount = (metric, key) => readAmount(member(metrics.get(metric), key), `${metric} ${key}`, file);
		const count = (metric) => readWhole(member(metrics.get(metric), "count"), `${metric} count`, file);
		const duration = metrics.get("http_req_duration");
		const times = {};
		for (const [name, keys] of statistics) {
			const value = keys.map((key) => amount("http_req_duration", key)).find((found) => found !== void 0);
			if (value !== void 0) times[name] = value;
		}
		const failed = failedOf(metrics.get("http_req_failed"), file);
		const counted = count("http_reqs") ?? count("http_req_duration") ?? (failed?.kind === "ratio" ? failed.whole : void 0);
		const tookTime = Object.values(times).some((value) => value > 0);
		return loadReading({
			requests: duration === void 0 ? 0 : counted ?? (tookTime ? 1 : 0),
			times: tookTime ? times : {},
			errorRate: failed,
			users: amount("vus", "max"),
			throughput: amount("http_reqs", "rate")
		}, file, duration === void 0 ? "holds no http_req_duration, so no request was made" : void 0);
	}
};
/** What the response times are called; the median has two names. */
const statistics = [
	["p50", ["med", "p(50)"]],
	["p90", ["p(90)"]],
	["p95", ["p(95)"]],
	["p99", ["p(99)"]],
	["avg", ["avg"]],
	["max", ["max"]]
];
/** The values of each metric, by its name. */
function metricsOf(document, file) {
	const listed = member(member(document, "results"), "metrics");
	const named = member(document, "metrics");
	const values = /* @__PURE__ */ new Map();
	if (Array.isArray(listed)) {
		for (const metric of listed) {
			const [name, inner] = [member(metric, "name"), member(metric, "values")];
			if (typeof name !== "string" || !isObject$1(inner)) bad$5("a metric has no name and values", file);
			if (values.has(name)) bad$5(`the metric ${name.slice(0, 80)} is there twice`, file);
			values.set(name, inner);
		}
		return values;
	}
	if (!isObject$1(named)) bad$5("the document has no metrics", file);
	for (const [name, metric] of Object.entries(named)) {
		if (!isObject$1(metric)) bad$5(`the metric ${name.slice(0, 80)} is not an object`, file);
		values.set(name, member(metric, "values") ?? metric);
	}
	return values;
}
/**
* Failed requests. k6 calls a request that failed a "pass" of this metric, since failing is what it counts, and other
* writers turn that round; the rate beside the two counts tells which is which. The counts may also be those that match
* and all.
*/
function failedOf(values, file) {
	const what = "http_req_failed";
	const rate = readAmount(member(values, "rate") ?? member(values, "value"), `${what} rate`, file);
	const [passes, fails, matches, total] = [
		"passes",
		"fails",
		"matches",
		"total"
	].map((key) => readWhole(member(values, key), `${what} ${key}`, file));
	if (rate === void 0) return void 0;
	const split = passes !== void 0 && fails !== void 0;
	const whole = split ? passes + fails : total;
	const parts = split ? [passes, fails] : matches !== void 0 ? [matches] : [];
	if (whole === void 0 || parts.length === 0) return percentage$1(rate, `${what} rate`, file);
	const failed = parts.find((part) => Math.abs(part - rate * whole) < .01);
	if (failed === void 0) bad$5(`the rate ${rate} of ${what} is not that of its counts`, file);
	return errorRate(failed, whole, file);
}
function bad$5(message, file) {
	refuse({
		code: "bad-value",
		message,
		at: { file },
		hint: "Let k6 write the summary again."
	});
}

// src/core/read/lcov-functions.ts
function createLcovFunctions() {
	const all = [];
	const named = /* @__PURE__ */ new Map();
	const lines = /* @__PURE__ */ new Map();
	const indexed = /* @__PURE__ */ new Map();
	function add(line, name, ran) {
		const added = {
			line,
			name,
			ran
		};
		all.push(added);
		return added;
	}
	function of(name) {
		const known = named.get(name) ?? {
			declared: [],
			hits: []
		};
		named.set(name, known);
		return known;
	}
	/** More hits than functions of a name are hits of the last one; where none is declared, each is of its own. */
	function pair() {
		for (const [name, { declared, hits }] of named) for (const [i, ran] of hits.entries()) {
			const meant = declared[i] ?? declared.at(-1) ?? add("", name, false);
			meant.ran ||= ran;
		}
	}
	return {
		declare(line, name) {
			of(name).declared.push(add(String(Number(line)), name, false));
		},
		hit(name, ran) {
			of(name).hits.push(ran);
		},
		index(index, line) {
			lines.set(index, String(Number(line)));
		},
		alias(index, name, ran) {
			const known = indexed.get(index);
			if (known) known.ran ||= ran;
			else indexed.set(index, add(lines.get(index) ?? "", name, ran));
		},
		each(visit) {
			pair();
			const times = /* @__PURE__ */ new Map();
			for (const { line, name, ran } of all) {
				const id = `${line},${name}`;
				const time = (times.get(id) ?? 0) + 1;
				times.set(id, time);
				visit(time === 1 ? id : `${line}.${time},${name}`, ran);
			}
		}
	};
}

// src/core/read/lcov-kernel-code.ts
const kernelCode = "AGFzbQEAAAABKwdgAX8Bf2AAAX9gAABgA39/fwF/YAF/AGAHf39/f39/fwF/YAR/f39/AX8DFxYDAgAABQMGAgEAAQACBAQBAAAAAAABBQMBAAgGdBd/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBfwt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQX8LfwFBfwt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALB0kICHBhY2tlZEF0AAoJYW5zd2Vyc0F0AA8Id2luZG93QXQACAViZWdpbgAOBWVudGVyAA0DcnVuAAkEaGFuZAAMBm1lbW9yeQIACAEHCpE+FrQCAgd/AX4gAEGQgAFqIQcgACgCDEEBaiEIIAKtIQogASEEIAIhAwNAIANBCE8EQCAKIAQpAwCFQpX4qfqXt96bnn9+IgogCkIgiIUhCiADQQhrIQMgBEEIaiEEDAELCyAKIAQpAwBCASADQQN0rYZCAX2DhUKV+Kn6l7fem55/fiIKQiCIpyAKQjSIp3NB/x9xIQQDQCAAQRBqIARBAnRqIgkoAgAgCGsiA0EASAR/QQEFAn8gASEFQQAgAyAHaiIGIAIiA2otAABBCkcNABoDQCADQQhPBEBBACAGKQMAIAUpAwBSDQIaIANBCGshAyAFQQhqIQUgBkEIaiEGDAELC0IBIANBA3SthkIBfSIKIAYpAwCDIAUpAwAgCoNRCwtFBEAgBEEBakH/H3EhBAwBCwsgCQuhBwIFfwF+IxQEQEGgiAUoAgBBsIgGaiEAQbCIBiEBA0AgACABS0EAIwwbBEAgAS0AAEE/RgRAIAFBLToAACMMQQFrJAwLA0AgAS0AAEEKRwRAIAFBAWohAQwBCwsgAUEBaiEBDAELCwtB1KQYIwo2AgBB2KQYIws2AgBB3KQYIxA2AgBB4KQYIxE2AgBB5KQYIwk2AgBB6KQYIwFBAEciADYCAEHspBggAAR/IwEFQYQIKAIACzYCAEHwpBggAAR/IwIFQYgIKAIACzYCAEH0pBgjFAR/QaSIBSgCAAVBAAs2AgBB+KQYIxQEf0GoiAUoAgAFQQALNgIAQcDEDkGAiQwjCfwKAAAjCUHAxA5qQYDJDCMJ/AoAACMJQQF0QcDEDmohAkGAiQxBACMJ/AsAQYDJDEEAIwn8CwBBACQJIAAEQCACQcCICiMAQcCICmsiAfwKAABBwIgKJABBACQBQQAkAkEAJANBACQEQX8kBQUgAkGQiAFBgAgoAgAiAfwKAABBjAgoAgAgAWoiAEGAgICAAksEQEGQCEEAQYCAAfwLAEEAIQALQYAIQQA2AgBBhAhCADcDAEGMCCAANgIAC0H8pBggASACaiIBQcDEDms2AgAgAUGwiAZBoIgFKAIAIgL8CgAAQayIBSgCACACaiIAQYCAgIACSwRAQbCIBUEAQYCAAfwLAEEAIQALQaCIBUEANgIAQaSIBUIANwMAQayIBSAANgIAQYClGCABIAJqIgAgASMUG0HAxA5rNgIAQYSlGCMNQQBHNgIAIxRFBEBBiKUYIABBwMQOazYCAEGMpRgjDjYCAEGQpRggAEEDakF8cSIBQcDEDmtBAnY2AgBBACEAA0AgACMOSQRAIABBAnRBoKUOaigCACIDQQR0QYCJDWoiAi0AD0EBayEEIAEgAzYCACABIANBAnRBgIYOaigCADYCBCABIAIgBGpBCGspAwBCwAAgBK1CA4Z9IgWIIAWGQo+evPjw4cOHD4MiBUIKfiAFQgiIfEL/gfyH8J/A/wCDIgVC5AB+IAVCEIh8Qv//g4Dw/z+DIgVCkM4AfiAFQiCIfD4CCCABQQxqIQEgAEEBaiEADAELCwtBACQNQQAkDEEAJA9BACEBA0AgASMOSQRAIAFBAnRBoKUOaigCACIAQQJ0QYCGDmpBADYCACAAQQR0QYCJDWpBADoADyABQQFqIQEMAQsLQQAkDkEAJApBACQLQX8kEEF/JBELywECAn8BfiAAIQEDQCABLQAAQTBrQQlNBEAgAUEBaiEBDAELCyAAIAFGBH9BAQUgAS0AAEEsRwsEQEEADwsgASAAayICQQhLBH9BAQUgAkEBSwR/IAAtAABBMEYFQQALCwRAQQAkCAUgAUEIaykDAELAACACrUIDhn0iA4ggA4ZCj568+PDhw4cPgyIDQgp+IANCCIh8Qv+B/Ifwn8D/AIMiA0LkAH4gA0IQiHxC//+DgPD/P4MiA0KQzgB+IANCIIh8pyQHCyABQQFqC5ABAQF/IAAtAAAiAUHIAEcgAUHGAEdxBH9BAQUgAC0AAUE6RwsEf0EABSAALQACQTBrQQlNC0UEQEEADwsgAEECaiEAA0AgAC0AAEEwa0EJTQRAIABBAWohAAwBCwsgAEEAIAAtAAAiAUEKRgR/IABBAWoFIABBAmpBACABQQ1GBH8gAC0AAUEKRgVBAAsbCxsL3wEBBH8gAyAFakECaiEHIAAoAgRBAWpBgBBJBH8gACgCACAHakGAgARNBUEAC0UEQEEADwsgACgCACIIIABBkIABamoiCUEBaiADaiEKIAEEQCABIAAoAgwgAyAIampBAmo2AgALIAkgBjoAACADBEAgCSAC/QAEAP0LBAELQQAhAQNAIAEgBUkEQCABIApqIAEgBGr9AAQA/QsEACABQRBqIQEMAQsLIAUgCmpBCjoAACAAIAcgCGo2AgAgACAAKAIEQQFqNgIEIAZBK0YEQCAAIAAoAghBAWo2AggLQQELegECf0GACCAAIAEgAGsiARAAIgMoAgBBjAgoAgBBAWprIgRBkIgBakEAIARBAE4bIgRFBEBBgAggAyAAQQAgACABQStBLSACGxAEDwsgAgRAIARBAWsiAC0AAEErRwRAIABBKzoAAEGICEGICCgCAEEBajYCAAsLQQELtQQDCH8BewF+IAIhBQNAIAUgBf0ABAAiDP0MICAgICAgICAgICAgICAgIP0lIAz9DH9/f39/f39/f39/f39/f3/9I/1Q/WQiBGhqIQYgBEUEQCAFQRBqIQUMAQsLIAIgBkYEf0EBBSAGQQFrLQAAQSBGCwR/QQAFIAYtAAAiBEEKRgR/IAZBAWoFIAZBAmpBACAEQQ1GBH8gBi0AAUEKRgVBAAsbCwsiC0UEQEEADwtBoIgFQaCIBSACIAYgAmsiBxAAIgQoAgBBrIgFKAIAQQFqayIFQbCIBmpBACAFQQBOGwR/Iw9BIEYgA0E/R3IEQEEBIQUFQaCIBSgCAEGwiAZqIQpBsIgGIQgCQANAIAggCkkEQEEAIQQDQCABIARLBH8gCEEBaiAEai0AACAAIARqLQAARgVBAAsEQCAEQQFqIQQMAQsLQQEhBSABIARGBH8CfyAIQQFqIARqIQkgAiEEQQAgByIGIAlqLQAAQQpHDQAaA0AgBkEITwRAQQAgCSkDACAEKQMAUg0CGiAGQQhrIQYgBEEIaiEEIAlBCGohCQwBCwtCASAGQQN0rYZCAX0iDSAJKQMAgyAEKQMAIA2DUQsFQQALDQIgCEEBaiEEA0AgBC0AAEEKRwRAIARBAWohBAwBCwsgBEEBaiEIDAELC0EAIQULCyAFBEBBAA8LIw9BAWokD0EABSAECyAAIAEgAiAHIAMQBEUEQEEADwsgA0E/RgRAIwxBAWokDAtBASQNIAsLDgBBwIgKJABBwIgKJAYLBgBBwKUYC7EDAgR/AXsjEiAAaiEAQQAkFUEAJBZByKQYQX82AgADQCMWRQRAIxMEQAJAIAAtAABBxABHBEAgABALIgEEQCMVQQFqJBULDAELIwohASAAEBMhAiMVIwogAWtqJBUgAkEAIAAgAkcbIQELBUEAIQECQCAAKAIAQf///wdxIgRB04zpAUcgBEHUnOkBR3ENACAAQQNqIQEDQCABIAH9AAQAIgX9DCAgICAgICAgICAgICAgICD9JSAF/Qx/f39/f39/f39/f39/f39//SP9UP1kIgJoaiEDIAJFBEAgAUEQaiEBDAELC0EAIQEgAy0AACICQQpGBH8gA0EBagUgA0ECakEAIAJBDUYEfyADLQABQQpGBUEACxsLIgJFDQAgBEHTjOkBRgRAIAMgAEEDakYEf0EBBSAALQADQSBGCwR/QQEFIANBAWstAABBIEYLDQFByKQYIABBA2ojEms2AgBBzKQYIAMjEms2AgBB0KQYIxU2AgBBASQTQQEkFAsjFUEBaiQVIAIhAQsLIAEEQCABIQAMAgsLC0HApBgjFTYCAEHEpBgjFkEARzYCACAAIxJrCwYAQcDEDgvQCwILfwF+IAAtAAAiA0HCAEYiAgRAIAAtAAFB0gBGIQILIAIEf0EBBSADQcYARgR/IAAtAAFBzgBGBUEACwsEQCACBH8gAC8BAkHEggFGBUEACwRAIAAtAARBOkYEQEEBJAgCQCAAQQVqIgkQAiIARQ0AIwchByAAEAIiAEUNACMHIQsgABACIgFFDQAgAS0AAEEtRgRAIAFBAWohAAUgASEAA0AgAC0AAEEwa0EJTQRAIABBAWohAAwBCwsLIAAtAAAiAkEKRgR/IABBAWoFIABBAmpBACACQQ1GBH8gAC0AAUEKRgVBAAsbCyIDRSAAIAFGcg0AIAAhAiABIQACfwNAIAAgAkkEQEEBIAAtAABBMEsNAhogAEEBaiEADAELC0EACyEIIAMhBSMIBH9BhAgoAgAFQQELBH9BAAUCf0EAIwBBD2pBwIgMSw0AGiMHIQQgCyMEayIKIAcjA2siAnIEf0EAIAJFIApBAEhxIAJBAEhyDQEaIwAhACACQQJ0QQJyIAhyIQYDQCAGQf8ASwRAIAAiAkEBaiEAIAIgBkH/AHFBgAFyOgAAIAZBB3YhBgwBCwsgACAGOgAAIABBAWokACMAIQAgCkEASAR/QQAgCmtBAXRBAXIFIApBAXQLIQYDQCAGQf8ASwRAIAAiAkEBaiEAIAIgBkH/AHFBgAFyOgAAIAZBB3YhBgwBCwsgACAGOgAAIABBAWokACAEIQYjAAVBACAEIwVMDQEaIAQjBWtBAWtBAnQgCHIhBiMACyEAA0AgBkH/AEsEQCAAIgJBAWohACACIAZB/wBxQYABcjoAACAGQQd2IQYMAQsLIAAgBjoAACAAQQFqJAAgByQDIAskBCAEJAUjAUEBaiQBIwIgCGokAkEBCwsNAEEAIQUjAQR/EBUFQQELRQ0AIANBACAJIAFBAWsgCBAFGyEFCwsgBQ8LQQAjFEEBIAIgAEECahADIgEEfyABLQAAIgJBCkYEfyABQQFqBSABQQJqQQAgAkENRgR/IAEtAAFBCkYFQQALGwsFQQALIgEbGwR/An8gAC0AAkE6RgRAIABBA2oiAyEAA0AgAC0AAEEwa0EJTQRAIABBAWohAAwBCwtBACECAkBBACAAQQFqIAAgA0YEf0EBBSAALQAAQSxHCxsiAQR/IAFBAWsgA2siAEEBa0EISQR/IABBAUYEf0EBBSADLQAAQTBHCwVBAAsFQQALRQ0AIAEtAABBMGtBCU0EfyABIQADQCAALQAAQTBrQQlNBEAgAEEBaiEADAELC0EAIABBAWogACABRgR/QQEFIAAtAABBLEcLGwUgAQsiAAR/IAAtAABBMGtBCU0FQQELDQAgAyABIANrIABBPxAGIQILIAIMAQsgAC8BAiIBQcSCAUYEQCAALQAEQTpGBH8gAEEFahARBUEACwwBCyABQcz0AEYEQCAAQQRqEBAMAQsgAUHB9ABGBH8gAEEEahASBUEACwsFIAELDwsgA0HMAEYEfwJ/QQAgAEEBaiIAEAMiAUUNABpBACABIABrQQJrIgJBCEsNABogAUEIaykDAELAACACrUIDhn0iDIggDIZCj568+PDhw4cPgyIMQgp+IAxCCIh8Qv+B/Ifwn8D/AIMiDELkAH4gDEIQiHxC//+DgPD/P4MiDEKQzgB+IAxCIIh8pyECIAAtAABBxgBGBEAgAiQQBSACJBELIAEtAAAiAEEKRgR/IAFBAWoFIAFBAmpBACAAQQ1GBH8gAS0AAUEKRgVBAAsbCwsFAkBBACMKIxQEfyAAKQMAQuXckfv1zdmv8gBSBUEBCwR/QQEFIAApAwVC5r7Jq7bsm7nkAFILG0UNACMQIwpHIxBBf0dxBH9BAQUjESMLRyMRQX9HcQsNACAAQQ1qIgAtAAAiAkEKRgR/IABBAWoFIABBAmpBACACQQ1GBH8gAC0AAUEKRgVBAAsbCyIARQ0AEAFBACQTQQEkFiAAIQELIAELCwgAQQAkFBABCw8AIABBAEciACQTIAAkFAsQACAAJBJBACQTQQAkFBABCwYAQcCkGAvqAwIFfwF+IAAhAQNAIAEtAABBMGtBCU0EQCABQQFqIQEMAQsLQQAgAUEBaiAAIAFGBH9BAQUgAS0AAEEsRwsbIgIEfyACQQFrIABrIgFBAWtBA0kEfyABQQFGBH9BAQUgAC0AAEEwRwsFQQALBUEAC0UEQEEADwsgAiEBA0AgAS0AAEEwa0EJTQRAIAFBAWohAQwBCwsgASACayIDQQFrQQhJBH8gA0EBRgR/QQEFIAItAABBMEcLBUEAC0UEQEEADwsgASIDLQAAQSxGBEAgAUEBaiEBA0AgAS0AAEEwa0EJTQRAIAFBAWohAQwBCwsLIAEtAAAiBEEKRgR/IAFBAWoFIAFBAmpBACAEQQ1GBH8gAS0AAUEKRgVBAAsbCyIERSABIANBAWpGcgRAQQAPCyACQQlrKQMAQsAAIAJBAWsgAGutQgOGfSIGiCAGhkKPnrz48OHDhw+DIgZCCn4gBkIIiHxC/4H8h/CfwP8AgyIGQuQAfiAGQhCIfEL//4OA8P8/gyIGQpDOAH4gBkIgiHynIgFBBHRBgIkNaiIFLQAPBEBBAA8LIw4iAEEBaiQOIABBAnRBoKUOaiABNgIAIAUgAv0ABAD9CwQAIAMgAmsiACAFakEsOgAAIAUgAEEBajoAD0EBJA0gBAuHBgMKfwF7AX4gACEBA0AgAS0AAEEwa0EJTQRAIAFBAWohAQwBCwtBACABQQFqIAAgAUYEf0EBBSABLQAAQSxHCxsiA0UEQEEADwsgAyEBA0AgASAB/QAEACIL/QwgICAgICAgICAgICAgICAg/SUgC/0Mf39/f39/f39/f39/f39/f/0j/VD9ZCICaGohBCACRQRAIAFBEGohAQwBCwsgAyAERgR/QQEFIARBAWstAABBIEYLBH9BAAUgBC0AACIBQQpGBH8gBEEBagUgBEECakEAIAFBDUYEfyAELQABQQpGBUEACxsLCyIIRQRAQQAPC0GgiAUgAyAEIANrIgYQACIJKAIAQayIBSgCAEEBamsiAUGwiAZqQQAgAUEAThsiAkUEQEEADwsgAkECayEBA0AgAS0AAEEwa0EJTQRAIAFBAWshAQwBCwsgAS0AAEE/RwRAIw8EQEGgiAUoAgBBsIgGaiEKIAIhAQNAIAEtAABBCkcEQCABQQFqIQEMAQsLIAFBAWohAQJAA0AgASAKSQRAIAFBAWohAQNAIAEtAABBMGtBCU0EQCABQQFqIQEMAQsLAn8gAUEBaiIBIQcgAiEEQQAgBiIFIAFqLQAAQQpHDQAaA0AgBUEITwRAQQAgBykDACAEKQMAUg0CGiAFQQhrIQUgBEEIaiEEIAdBCGohBwwBCwtCASAFQQN0rYZCAX0iDCAHKQMAgyAEKQMAIAyDUQsEQCAJIAFBrIgFKAIAakGviAZrNgIADAMLA0AgAS0AAEEKRwRAIAFBAWohAQwBCwsgAUEBaiEBDAELC0EAIQELBUEAIQELIAFFBEBBAA8LIAFBAmshAQNAIAEtAABBMGtBCU0EQCABQQFrIQEMAQsLIAEtAABBP0cEQEEADwsLIwxBAWskDCADQQFrIQICfwNAIAAgAkkEQEEBIAAtAABBMEsNAhogAEEBaiEADAELC0EACwRAIAEtAABBK0cEQCABQSs6AABBqIgFQaiIBSgCAEEBajYCAAsFIAFBLToAAAsgCAv/BAMFfwF+AXsgACEBA0AgAS0AAEEwa0EJTQRAIAFBAWohAQwBCwtBACABQQFqIAAgAUYEf0EBBSABLQAAQSxHCxsiAgR/IAJBAWsgAGsiAUEBa0EDSQR/IAFBAUYEf0EBBSAALQAAQTBHCwVBAAsFQQALRQRAQQAPCyACIQEDQCABLQAAQTBrQQlNBEAgAUEBaiEBDAELC0EAIAFBAWogASACRgR/QQEFIAEtAABBLEcLGyIBRQRAQQAPCyABQQFrIQQgAiEDAn8DQCADIARJBEBBASADLQAAQTBLDQIaIANBAWohAwwBCwtBAAshAyACQQlrKQMAQsAAIAJBAWsgAGutQgOGfSIGiCAGhkKPnrz48OHDhw+DIgZCCn4gBkIIiHxC/4H8h/CfwP8AgyIGQuQAfiAGQhCIfEL//4OA8P8/gyIGQpDOAH4gBkIgiHynIgBBAnRBgIYOaigCACICBEAgASEAA0AgASAB/QAEACIH/QwgICAgICAgICAgICAgICAg/SUgB/0Mf39/f39/f39/f39/f39/f/0j/VD9ZCIEaGohBSAERQRAIAFBEGohAQwBCwsgA0EAIAAgBUYEf0EBBSAFQQFrLQAAQSBGCwR/QQAFIAUtAAAiAEEKRgR/IAVBAWoFIAVBAmpBACAAQQ1GBH8gBS0AAUEKRgVBAAsbCwsiABsEQCACQa+IBmoiAS0AAEErRwRAIAFBKzoAAEGoiAVBqIgFKAIAQQFqNgIACwsgAA8LQaCIBSgCACECIABBBHRBgIkNaiIELQAPIgUEfyAEIAUgAUErQS0gAxsQBgVBAAsiAQRAIABBAnRBgIYOaiACQQFqNgIACyABC9wDAwh/AX4BewNAIAAoAgBB////B3FBxILpAUYEQAJAIAD9AAQD/QwwMDAwMDAwMDAwMDAwMDAw/XEiCv0MCQkJCQkJCQkJCQkJCQkJCf0o/WQiBmghBSAGIAZBAWtxaCICQQ9LBEAgAEEDahAUIgFFDQEgASEADAMLIABBA2ogAmoiAS0AACIHQQpGBH8gAUEBagUgAUECakEAIAdBDUYEfyABLQABQQpGBUEACxsLIgFFIABBA2ogBWotAABBLEdyDQAgAiAFQQFqRiAFQQFrQQdLcg0AIAAgBWpBBWspAwBCwAAgBa1CA4Z9IgmIIAmGQo+evPjw4cOHD4MiCUIKfiAJQgiIfEL/gfyH8J/A/wCDIglC5AB+IAlCEIh8Qv//g4Dw/z+DIglCkM4AfiAJQiCIfKciB0EBa0H//wNPDQAgB0EDdiIAQYCJDGoiCCAILQAAQQEgB0EHcSIHdHI6AAAgAEGAyQxqIgggCC0AAEEBIAJ0QQFrIAr9DAAAAAAAAAAAAAAAAAAAAAD9I/1kIAZyQX9zcSAFdUEARyICIAd0cjoAACAAIwlPBEAgAEEBaiQJCyACIANqIQMgBEEBaiEEIAEhAAwCCwsLIwogBGokCiMLIANqJAsgAAuZAwIEfwF+IAAhAQNAIAEtAABBMGtBCU0EQCABQQFqIQEMAQsLIAEiAiAAayIAQQFrQQdLBH9BAQUgAi0AAEEsRwsEQEEADwsgAkEIaykDAELAACAArUIDhn0iBYggBYZCj568+PDhw4cPgyIFQgp+IAVCCIh8Qv+B/Ifwn8D/AIMiBULkAH4gBUIQiHxC//+DgPD/P4MiBUKQzgB+IAVCIIh8pyEEIAJBAWohAQNAIAEtAABBMGtBCU0EQCABQQFqIQEMAQsLIAEiAC0AACIDQQpGBH8gAUEBagUgAEECakEAIANBDUYEfyAALQABQQpGBUEACxsLIgNFIAAgAkEBakYgBEEBa0H//wNPcnIEQEEADwsgAkEBaiEBAn8DQCAAIAFLBEBBASABLQAAQTBLDQIaIAFBAWohAQwBCwtBAAshACAEQQN2IgJBgIkMaiIBIAEtAABBASAEQQdxIgF0cjoAACACQYDJDGoiBCAELQAAIAAgAXRyOgAAIAIjCU8EQCACQQFqJAkLIwpBAWokCiMLIABqJAsgAwuBBQEIfyMBQRxsIQAjAUGECCgCAGpBgBBJBH9BgAgoAgAgAGpBgIAETQVBAAtFBEBBAA8LQX8hAUHAiAokBgNAIwYjAEkEQEEAIQBBACEEA0AjBiIFQQFqJAYgACAFLQAAIgVB/wBxIAR0ciEAIAVBgAFPBEAgBEEHaiEEDAELCyAAIgRBAnEEQCADIABBAnZqIQNBACEAQQAhBQNAIwYiAUEBaiQGIAAgAS0AACIBQf8AcSAFdHIhACABQYABTwRAIAVBB2ohBQwBCwsgAkEAIABBAXYiAWsgASAAQQFxG2ohAkEAIQBBACEFA0AjBiIBQQFqJAYgACABLQAAIgFB/wBxIAV0ciEAIAFBgAFPBEAgBUEHaiEFDAELCwUgASAEQQJ2QQFqaiEACyAAIQFBASEGIAMiAEEKbiEFA0AgBQRAIAZBAWohBiAFQQpuIQUMAQsLIAZBwIgMaiEFA0AgBUHAiAxLBEAgBUEBayIFIABBCnBBMGo6AAAgAEEKbiEADAELCyAGQcCIDGoiAEEsOgAAIABBAWohB0EBIQYgAiIAQQpuIQUDQCAFBEAgBkEBaiEGIAVBCm4hBQwBCwsgBiAHaiEFA0AgBSAHSwRAIAVBAWsiBSAAQQpwQTBqOgAAIABBCm4hAAwBCwsgBiAHaiIAQSw6AAAgAEEBaiEHQQEhBiABIgBBCm4hBQNAIAUEQCAGQQFqIQYgBUEKbiEFDAELCyAGIAdqIQUDQCAFIAdLBEAgBUEBayIFIABBCnBBMGo6AAAgAEEKbiEADAELC0HAiAwgBiAHaiAEQQFxEAUaDAELC0HAiAokAEEAJAFBACQCQQAkA0EAJARBfyQFQQEL";

// src/core/read/lcov-kernel.ts
const pageBytes = 65536;
/** What the kernel may read behind the end of a window. */
const slack = 64;
/** One with more memory is not kept. 4 MiB. */
const maxIdle = 1 << 22;
let compiled;
let idle;
/**
* How many bytes must be at hand for a kernel to take over, in one file or in several. 16 KiB. To load it takes as long as
* reading about so many line by line.
*/
const usualStart = 16384;
/** How many bytes were at hand of files that were read without a kernel. */
let without = 0;
function readWithoutLcovKernel(atHand) {
	without += atHand;
}
function lcovKernelPays({ length, kernelFrom }) {
	return kernelFrom === void 0 ? without + length >= usualStart : length >= kernelFrom;
}
/** A kernel for one document; moves its window there. Thousands of small files need no more than one. */
function takeLcovKernel(window) {
	const kernel = idle ?? createKernel();
	idle = void 0;
	kernel.begin(window);
	return kernel;
}
function createKernel() {
	compiled ??= new WebAssembly.Module(bytesOfBase64(kernelCode));
	const wasm = new WebAssembly.Instance(compiled).exports;
	const { memory } = wasm;
	const windowAt = wasm.windowAt();
	let lying;
	let answers;
	let room;
	const record = { bytes: /* @__PURE__ */ new Uint8Array(0) };
	look();
	function look() {
		const { buffer } = memory;
		answers = new Int32Array(buffer, wasm.answersAt(), 21);
		record.bytes = new Uint8Array(buffer, wasm.packedAt(), windowAt - wasm.packedAt());
		room = new Uint8Array(buffer, windowAt, buffer.byteLength - windowAt - slack);
	}
	const kernel = {
		begin(window) {
			wasm.begin(windowAt);
			lying = {
				window,
				ground: window.ground
			};
			window.moveTo(kernel);
		},
		room(size) {
			const missing = size - room.length;
			if (missing > 0) {
				memory.grow(Math.ceil(missing / pageBytes));
				look();
			}
			return room;
		},
		takeLines: (from) => wasm.run(from),
		get taken() {
			return answers[0];
		},
		get ended() {
			return answers[1] === 1;
		},
		get pathStart() {
			return answers[2];
		},
		get pathEnd() {
			return answers[3];
		},
		get takenBefore() {
			return answers[4];
		},
		get lines() {
			return answers[5];
		},
		get covered() {
			return answers[6];
		},
		get found() {
			return answers[7];
		},
		get hit() {
			return answers[8];
		},
		handFunctions(to) {
			const [start, end] = [answers[16], answers[18]];
			const indexes = new Int32Array(memory.buffer, wasm.packedAt() + answers[20] * 4, answers[19] * 3);
			const byPlace = /* @__PURE__ */ new Map();
			for (let i = 0; i < indexes.length; i += 3) {
				const index = String(indexes[i]);
				to.index(index, String(indexes[i + 2]));
				if (indexes[i + 1] > 0) byPlace.set(indexes[i + 1] - 1, index);
			}
			const text = plainLatin1(record.bytes, start, end);
			for (let at = 0, next = 0; at < text.length; at = next) {
				next = text.indexOf("\n", at) + 1;
				const comma = text.indexOf(",", at);
				const name = text.slice(comma + 1, next - 1);
				const ran = text.startsWith("+", at);
				const index = byPlace.get(at);
				if (index !== void 0) to.alias(index, name, ran);
				else {
					to.declare(text.slice(at + 1, comma), name);
					if (!text.startsWith("?", at)) to.hit(name, ran);
				}
			}
		},
		enter: (now) => wasm.enter(now ? 1 : 0),
		hand: () => wasm.hand(),
		packed() {
			record.lineBytes = answers[9];
			record.branchForm = answers[10] === 1 ? "triples" : "listed";
			record.branches = answers[11];
			record.branchesCovered = answers[12];
			record.functions = answers[13];
			record.functionsCovered = answers[14];
			record.branchesEnd = answers[15];
			record.functionsEnd = answers[16];
			record.tellsFunctions = answers[17] === 1;
			return record;
		},
		giveBack() {
			lying?.window.moveTo(lying.ground);
			lying = void 0;
			if (memory.buffer.byteLength <= maxIdle) idle = kernel;
		}
	};
	return kernel;
}

// src/core/read/lcov-record.ts
/** A record that begins in a line. */
function openRecord(path, line) {
	return {
		path,
		line,
		source: void 0,
		lines: 0,
		covered: 0,
		found: void 0,
		hit: void 0,
		functions: void 0,
		handed: false
	};
}

// src/core/read/lcov.ts
/** lcov tracefile. https://github.com/linux-test-project/lcov, man geninfo(1), section "TRACEFILE FORMAT". */
const lcov = {
	label: "lcov",
	families: ["coverage"],
	writtenBy: "lcov, geninfo, Istanbul, c8, vitest, node --test, grcov, coverage.py, llvm-cov and many others",
	claims: ({ text }) => /^(?:\s|(?:#.*|TN:.*)[\r\n])*(?:TN:|SF:)/.test(text),
	read(source, file) {
		const coverage = createCoverage("lcov");
		const record = recordReader(coverage, file);
		try {
			const notes = scanLines(source, file, record.line, record.take);
			return coverage.finish(file, [...notes, ...record.finish()]);
		} finally {
			record.end();
		}
	}
};
const hint = "Was the file cut off, or joined with another by hand? Let `lcov --add-tracefile` join them.";
/** Keys whose values are not judged: checksums, versions, totals, MC/DC conditions. */
const silent = /* @__PURE__ */ new Set([
	"TN",
	"VER",
	"FNF",
	"FNH",
	"BRF",
	"BRH",
	"MCDC",
	"MCF",
	"MRF",
	"MCH",
	"MRH"
]);
function recordReader(coverage, file) {
	let open;
	let kernel;
	/** Whether the kernel took lines that were not handed over yet. */
	let fresh = false;
	let atHand = 0;
	const unknown = /* @__PURE__ */ new Map();
	const differing = [];
	function bad(expected, found, line) {
		const message = `expected ${expected}, found "${found.slice(0, 60)}"`;
		refuse({
			code: "lcov-syntax",
			message,
			at: {
				file,
				line
			},
			hint
		});
	}
	return {
		take: (window, cursor) => {
			if (kernel === void 0) {
				atHand = window.length;
				if (!lcovKernelPays(window)) return false;
				kernel = takeLcovKernel(window);
				kernel.enter(open !== void 0);
				if (open !== void 0) takeOver(open);
			}
			do {
				cursor.at = kernel.takeLines(cursor.at);
				const { pathStart, taken } = kernel;
				if (taken > 0) fresh = true;
				if (pathStart !== -1) begin(window.raw(pathStart, kernel.pathEnd), cursor.line + kernel.takenBefore);
				cursor.line += taken;
				if (kernel.ended) {
					coverage.record(open.path, kernel.packed());
					open = void 0;
				}
			} while (kernel.ended);
			return true;
		},
		line: (text, number, real) => {
			if (text.startsWith("DA:")) dataLine(text, number);
			else if (text.trimEnd() === "end_of_record") close(number);
			else if (text.charCodeAt(0) !== 35 && /\S/.test(text)) otherLine(text, number, real);
		},
		end() {
			if (kernel === void 0) readWithoutLcovKernel(atHand);
			kernel?.giveBack();
			kernel = void 0;
		},
		finish() {
			if (open) {
				const message = `ends without end_of_record for ${open.path} (begun in line ${open.line})`;
				refuse({
					code: "truncated",
					message,
					at: {
						file,
						line: open.line
					},
					hint
				});
			}
			const records = [...unknown].map(([key, count]) => `${count} ${key}`).join(", ");
			if (records === "") return differing;
			const message = `left out records of unknown kinds: ${records}`;
			return [...differing, {
				code: "unknown-record",
				severity: "note",
				message,
				at: { file }
			}];
		}
	};
	function otherLine(text, number, real) {
		const colon = text.indexOf(":");
		const key = text.slice(0, colon);
		if (open?.path.startsWith("data:") && !/^[A-Z]{2,5}\d?:/.test(text)) {
			unknown.set("path", (unknown.get("path") ?? 0) + 1);
			return;
		}
		if (colon < 1 || !/^[A-Z][A-Z0-9]*$/.test(key)) bad("a record such as DA:<line>,<count>", text, number);
		const value = text.slice(colon + 1);
		if (key === "SF") {
			begin(detached(real(colon + 1)), number);
			kernel?.enter(true);
			return;
		}
		if (silent.has(key)) return;
		if (!open) bad("SF:<path> first", text, number);
		takeOver(open);
		if (key === "BRDA") branch(open, value, number);
		else if (key === "FN") functionAt(open, value);
		else if (key === "FNDA") functionHit(open, value, number);
		else if (key === "FNL") functionLine(open, value);
		else if (key === "FNA") functionAlias(open, value, number);
		else if (key === "LF") open.found = total(value, number);
		else if (key === "LH") open.hit = total(value, number);
		else unknown.set(key, (unknown.get(key) ?? 0) + 1);
	}
	function begin(path, line) {
		if (open) {
			const message = `a new SF: before end_of_record for ${open.path}`;
			refuse({
				code: "truncated",
				message,
				at: {
					file,
					line
				},
				hint
			});
		}
		if (path.trim() === "") bad("SF:<path>", "SF:", line);
		open = openRecord(path.trim(), line);
	}
	function sourceOf(record) {
		record.source ??= coverage.source(record.path, "kept");
		return record.source;
	}
	/** Takes what the kernel has of a record before the line at hand. */
	function takeOver(record) {
		if (kernel === void 0 || record.handed && !fresh) return;
		[record.handed, fresh] = [true, false];
		kernel.hand();
		record.lines += kernel.lines;
		record.covered += kernel.covered;
		if (kernel.found !== -1) record.found = kernel.found;
		if (kernel.hit !== -1) record.hit = kernel.hit;
		const packed = kernel.packed();
		if (packed.functionsEnd > 0 || packed.tellsFunctions) coverage.record(record.path, packed);
		if (packed.tellsFunctions) kernel.handFunctions(functionsOf(record));
	}
	/** Counts below 0 are 0, above 2^53 still covered; anything but an integer is refused. */
	function dataLine(text, line) {
		const match = /^DA:(-?\d+),([+-]?\d+)(?:,[^,]*|\s*)$/.exec(text);
		if (!match) bad("DA:<line>,<count>", text, line);
		if (!open) bad("SF:<path> before DA", text, line);
		takeOver(open);
		open.lines++;
		if (ran(match[2])) open.covered++;
		sourceOf(open).line(Number(match[1]), ran(match[2]), {
			file,
			line
		});
	}
	function branch(record, value, line) {
		const match = /^(\d+),(e?\d+),(.+),(-|[+-]?\d+)\s*$/.exec(value);
		if (!match) bad("BRDA:<line>,<block>,<branch>,<taken>", `BRDA:${value}`, line);
		coverage.records("branches");
		sourceOf(record).part("branches", `${match[1]},${match[2]},${match[3]}`, match[4] !== "-" && ran(match[4]));
	}
	function functionsOf(record) {
		coverage.records("functions");
		record.functions ??= createLcovFunctions();
		return record.functions;
	}
	/** `FN:<line>,[<end>,]<name>` */
	function functionAt(record, value) {
		const match = /^(\d+),(?:\d+,)?(.+)$/.exec(value);
		const functions = functionsOf(record);
		if (match) functions.declare(match[1], match[2].trimEnd());
	}
	function functionHit(record, value, line) {
		const match = /^([+-]?\d+),(.+)$/.exec(value);
		if (!match) bad("FNDA:<count>,<name>", `FNDA:${value}`, line);
		functionsOf(record).hit(match[2].trimEnd(), ran(match[1]));
	}
	/** `FNL:<index>,<line>[,<end>]` */
	function functionLine(record, value) {
		const match = /^(\d+),(\d+)(?:,\d+)?\s*$/.exec(value);
		const functions = functionsOf(record);
		if (match) functions.index(match[1], match[2]);
	}
	function functionAlias(record, value, line) {
		const match = /^(\d+),([+-]?\d+),(.+)$/.exec(value);
		if (!match) bad("FNA:<index>,<count>,<name>", `FNA:${value}`, line);
		functionsOf(record).alias(match[1], match[3].trimEnd(), ran(match[2]));
	}
	function total(value, line) {
		if (!/^\s*-?\d+\s*$/.test(value)) bad("a whole number", value, line);
		return Number(value);
	}
	function close(line) {
		if (!open) bad("SF:<path> before end_of_record", "end_of_record", line);
		takeOver(open);
		kernel?.enter(false);
		const source = sourceOf(open);
		open.functions?.each((id, ran) => source.part("functions", id, ran));
		const { found, hit, lines, covered, path } = open;
		if (lines === 0 && found !== void 0 && found > 0) {
			if (hit === void 0 || !isPossible({
				covered: hit,
				total: found
			})) {
				const message = `${path}: LH:${hit ?? "missing"} of LF:${found} is impossible`;
				refuse({
					code: "impossible-totals",
					message,
					at: {
						file,
						line
					}
				});
			}
			source.declareTotals({ lines: {
				covered: hit,
				total: found
			} });
		} else if (((found ?? lines) !== lines || (hit ?? covered) !== covered) && differing.length === 0) {
			const message = `${path}: ${`LF and LH say ${hit ?? "?"} of ${found ?? "?"} lines`}, found ${covered} of ${lines}; the lines decide`;
			differing.push({
				code: "totals-differ",
				severity: "warning",
				message,
				at: {
					file,
					line
				}
			});
		}
		open = void 0;
	}
}
function ran(count) {
	return /[1-9]/.test(count) && !count.startsWith("-");
}

// src/core/read/llvm-cov.ts
/** llvm-cov export JSON. https://llvm.org/docs/CommandGuide/llvm-cov.html#llvm-cov-export; it sums lines up per file. */
const llvmCov = {
	label: "llvm-cov export JSON",
	families: ["coverage"],
	writtenBy: "llvm-cov export, cargo llvm-cov, swift test",
	claims: ({ text, json: { keys } }) => (keys.has("data") || keys.has("type")) && (text.includes("llvm.coverage.json.export") || keys.has("*/*/segments") || keys.has("*/*/summary") || keys.has("*/files") && (keys.has("*/*/branches") || keys.has("*/*/expansions"))),
	read(source, file) {
		const coverage = createCoverage("llvm-cov", { linesExpected: false });
		const data = member(readJson(source, file), "data");
		if (!Array.isArray(data)) refuse({
			code: "bad-value",
			message: "the document has no data",
			at: { file }
		});
		for (const kind of ["branches", "functions"]) coverage.records(kind);
		for (const entry of data.flatMap((part) => files(part, file))) {
			const path = member(entry, "filename");
			if (typeof path !== "string" || path === "") refuse({
				code: "bad-value",
				message: "a file without a filename",
				at: { file }
			});
			const summary = member(entry, "summary");
			const lines = tally(summary, "lines", path, file);
			if (!lines) refuse({
				code: "bad-value",
				message: `${path.slice(0, 120)} has no summary of lines`,
				at: { file }
			});
			const [branches, functions] = [tally(summary, "branches", path, file), tally(summary, "functions", path, file)];
			coverage.source(path).declareTotals({
				lines,
				...branches ? { branches } : {},
				...functions ? { functions } : {}
			});
		}
		return coverage.finish(file, []);
	}
};
function files(part, file) {
	const list = member(part, "files");
	if (!Array.isArray(list)) refuse({
		code: "bad-value",
		message: "the data has no files",
		at: { file }
	});
	return list;
}
function tally(summary, kind, path, file) {
	const [covered, total] = [member(member(summary, kind), "covered"), member(member(summary, kind), "count")];
	if (typeof covered !== "number" || typeof total !== "number") return void 0;
	return checkTally({
		covered,
		total
	}, `${path.slice(0, 120)}, ${kind}`, { file });
}

// src/core/read/locust.ts
/**
* Locust's statistics of a whole run, with the row "Aggregated" at the end.
* https://docs.locust.io/en/stable/retrieving-stats.html
*/
const locust = {
	label: "Locust statistics CSV",
	families: ["load"],
	writtenBy: "locust --csv NAME (NAME_stats.csv)",
	claims: ({ text }) => /^"?Type"?,"?Name"?,"?Request Count"?,/.test(text) || /^(?:Method,Name,Error,Occurrences|Count,Message,Traceback,Nodes)\r?\n/.test(text),
	read(source, file) {
		let total;
		let [requests, failed] = [0, 0];
		const visit = (row) => {
			if (total) bad$4(file, row.line, "a record follows the row Aggregated");
			if (row.field("Name") === "Aggregated") {
				total = aggregated(row, file);
				return;
			}
			requests += whole$1(row, "Request Count", file) ?? 0;
			failed += whole$1(row, "Failure Count", file) ?? 0;
		};
		const notes = scanCsv(source, file, visit, (header) => {
			if (header.includes("Request Count")) return ",";
			refuse({
				code: "unknown-format",
				message: "holds Locust's failures or exceptions, not its statistics",
				at: { file },
				hint: "Name the files that end in _stats.csv and _stats_history.csv."
			});
		});
		if (!total) refuse({
			code: "truncated",
			message: "the row Aggregated is missing at the end",
			at: { file },
			hint: "Did Locust end before it wrote the file?"
		});
		const { load, line } = total;
		if (requests !== load.requests) bad$4(file, line, `Aggregated says ${load.requests} requests, the rows above ${requests}`);
		if (failed !== total.failed) bad$4(file, line, `Aggregated says ${total.failed} failures, the rows above ${failed}`);
		const reading = loadReading(load, file);
		return {
			...reading,
			problems: [...notes, ...reading.problems]
		};
	}
};
const columns = [
	["p50", "50%"],
	["p90", "90%"],
	["p95", "95%"],
	["p99", "99%"],
	["avg", "Average Response Time"],
	["max", "Max Response Time"]
];
function aggregated(row, file) {
	const requests = whole$1(row, "Request Count", file) ?? 0;
	const failed = whole$1(row, "Failure Count", file) ?? 0;
	return {
		load: {
			requests,
			times: Object.fromEntries(columns.map(([name, column]) => [name, amount$1(row, column, file)])),
			errorRate: errorRate(failed, requests, file),
			throughput: amount$1(row, "Requests/s", file),
			complements: false
		},
		failed,
		line: row.line
	};
}
/** A whole number of a record, which may be written as 5.0; undefined as for `amount`. Throws InputError. */
function whole$1(row, column, file) {
	const value = amount$1(row, column, file);
	if (value === void 0 || Number.isSafeInteger(value)) return value;
	bad$4(file, row.line, `${column} must be a whole number, found ${value}`);
}
/** A number of a record; undefined where there is no such column, or nothing was measured. Throws InputError. */
function amount$1(row, column, file) {
	const text = row.field(column);
	if (text === void 0 || text === "N/A") return void 0;
	if (/^\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text))) return Number(text);
	bad$4(file, row.line, `${column} must be a number from 0 on, found ${JSON.stringify(text.slice(0, 40))}`);
}
function bad$4(file, line, message) {
	refuse({
		code: "bad-value",
		message,
		at: {
			file,
			line
		},
		hint: "Let Locust write the file again."
	});
}

// src/core/read/locust-history.ts
/**
* Locust's statistics over time. Only it knows how many users there were; the numbers of the whole run stand in the
* file beside it. https://docs.locust.io/en/stable/retrieving-stats.html
*/
const locustHistory = {
	label: "Locust history CSV",
	families: ["load"],
	writtenBy: "locust --csv NAME (NAME_stats_history.csv)",
	claims: ({ text }) => /^"?Timestamp"?,"?User Count"?,"?Type"?,"?Name"?,/.test(text),
	read(source, file) {
		let [users, requests] = [0, 0];
		const notes = scanCsv(source, file, (row) => {
			users = Math.max(users, whole$1(row, "User Count", file) ?? 0);
			requests = Math.max(requests, whole$1(row, "Total Request Count", file) ?? 0);
		});
		const reading = loadReading({
			requests,
			times: {},
			users: requests > 0 ? users : void 0,
			complements: true
		}, file);
		return {
			...reading,
			problems: [...notes, ...reading.problems]
		};
	}
};

// src/core/read/metrics-csv.ts
/** Numbers as comma-separated values, with the header "name,value" or "name,value,unit". */
const metricsCsv = {
	label: "Metrics CSV",
	families: ["metrics"],
	writtenBy: "any script: a header with name, value and perhaps unit",
	claims: ({ text }) => /^"?name"?,"?value"?(?:,|\r?\n|$)/.test(text),
	read(source, file) {
		const metrics = createMetrics(file);
		const notes = scanCsv(source, file, ({ line, field }) => {
			const [name = "", value = "", unit = ""] = [
				"name",
				"value",
				"unit"
			].map((column) => field(column)?.trim());
			const from = {
				file,
				line
			};
			if (name === "") refuse({
				code: "bad-value",
				message: "the name is empty",
				at: from
			});
			if (!/^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?$/i.test(value)) {
				const message = `${name.slice(0, 120)} must be a number, found ${JSON.stringify(value.slice(0, 40))}`;
				refuse({
					code: "bad-value",
					message,
					at: from,
					hint: "Write it with a decimal point, without its unit."
				});
			}
			metrics.add({
				name,
				labels: "",
				value: Number(value),
				...unit === "" ? {} : { unit },
				from
			});
		});
		return metrics.finish(notes);
	}
};

// src/core/read/npm-audit.ts
/** npm's report of version 2, and that of version 1, which pnpm still writes. https://docs.npmjs.com/cli/commands/npm-audit */
const npmAudit = {
	label: "npm audit",
	families: ["security"],
	writtenBy: "npm audit --json, pnpm audit --json",
	claims: ({ text, json: { keys } }) => [
		"auditReportVersion",
		"advisories",
		"*/*/fixAvailable"
	].some((key) => keys.has(key)) || keys.has("actions") && keys.has("*/resolves") || keys.has("error") && (keys.has("*/summary") || keys.has("statusCode") || /"code"\s*:\s*"ERR_PNPM_/.test(text)),
	read(source, file) {
		const document = readJson(source, file);
		const error = member(document, "error");
		const [packages, advisories] = [member(document, "vulnerabilities"), member(document, "advisories")];
		if (error !== void 0 || !isObject$1(packages) && !isObject$1(advisories)) {
			const parts = [
				memberText(error, "code"),
				memberText(error, "summary") ?? memberText(error, "message"),
				memberText(document, "message")
			];
			toolError("npm audit", parts.filter(Boolean).join(": "), file);
		}
		const tally = createFindings(file);
		const problems = [];
		if (isObject$1(packages)) {
			checkCounts(document, packages, file);
			const elsewhere = toldElsewhere(packages, file);
			for (const [name, entry] of Object.entries(packages)) {
				const own = memberList(entry, "via", file).filter(isObject$1);
				for (const advisory of own) add(advisory, name, severityOf(advisory["severity"] ?? member(entry, "severity")));
				if (own.length === 0 && !elsewhere.has(name)) add(entry, name, severityOf(member(entry, "severity")));
			}
		} else {
			const listed = Object.values(advisories);
			for (const advisory of listed) addAdvisory(advisory);
			problems.push(...leftOut$1(document, listed, file));
		}
		return tally.finish(problems);
		function addAdvisory(advisory) {
			add(advisory, memberText(advisory, "module_name") ?? "(no name)", severityOf(member(advisory, "severity")));
		}
		function add(advisory, name, severity) {
			const [own = ""] = vulnerabilityIds([member(advisory, "url"), member(advisory, "github_advisory_id")]);
			const ids = namesOf(own, [
				member(advisory, "url"),
				member(advisory, "github_advisory_id"),
				...memberList(advisory, "cves", file)
			]);
			tally.add({
				tool: "npm audit",
				rule: ids[0] ?? name,
				message: `${name}: ${memberText(advisory, "title") ?? "is vulnerable"}`,
				ids,
				security: true,
				...severity ? { severity } : {}
			});
		}
	}
};
/**
* Packages that are only as bad as others that are listed, and are told there. Packages that only blame each other are
* told nowhere else.
*/
function toldElsewhere(packages, file) {
	const blamedBy = /* @__PURE__ */ new Map();
	const told = [];
	for (const [name, entry] of Object.entries(packages)) {
		const causes = memberList(entry, "via", file);
		const blamed = causes.filter((cause) => typeof cause === "string" && Object.hasOwn(packages, cause));
		if (causes.some(isObject$1) || blamed.length === 0) told.push(name);
		for (const cause of blamed) {
			const others = blamedBy.get(cause);
			if (others) others.push(name);
			else blamedBy.set(cause, [name]);
		}
	}
	const elsewhere = /* @__PURE__ */ new Set();
	for (const name of told) for (const other of blamedBy.get(name) ?? []) {
		if (elsewhere.has(other)) continue;
		elsewhere.add(other);
		told.push(other);
	}
	return elsewhere;
}
const words$3 = [
	"critical",
	"high",
	"moderate",
	"low",
	"info"
];
function countsIn(document) {
	return member(member(document, "metadata"), "vulnerabilities");
}
/** npm counts packages; more of them than are listed is a file that somebody cut or changed. */
function checkCounts(document, packages, file) {
	const found = Object.values(packages).map((entry) => member(entry, "severity"));
	const check = (what, counted, listed, differ) => {
		if (typeof counted !== "number" || !differ) return;
		const message = `metadata counts ${counted} ${what}vulnerable packages, the report lists ${listed}`;
		refuse({
			code: "counts-differ",
			message,
			at: { file },
			hint: "Let npm write the file again."
		});
	};
	const total = member(countsIn(document), "total");
	check("", total, found.length, total !== found.length);
	for (const word of words$3) {
		const counted = member(countsIn(document), word);
		const listed = found.filter((severity) => severity === word).length;
		check(`${word} `, counted, listed, Number(counted) > listed);
	}
}
/** pnpm leaves out of the list what it was told to ignore, and counts it all the same. */
function leftOut$1(document, listed, file) {
	const found = new Set(listed.map((advisory) => member(advisory, "severity")));
	const missing = words$3.filter((word) => Number(member(countsIn(document), word)) > 0 && !found.has(word));
	if (missing.length === 0) return [];
	return [{
		code: "counts-differ",
		severity: "warning",
		message: `metadata counts ${missing.join(" and ")} vulnerabilities, the report lists none of them`,
		at: { file },
		hint: "pnpm leaves out what `auditConfig` tells it to ignore. If it ignores nothing, let it write the file again."
	}];
}

// src/core/read/octocov-json.ts
/** octocov's custom metrics; `acceptables` are not believed. https://github.com/k1LoW/octocov#custom-metrics */
const octocovJson = {
	label: "octocov custom metrics",
	families: ["metrics"],
	writtenBy: "scripts for octocov",
	claims: ({ json: { keys } }) => keys.has("metrics") && keys.has("key"),
	read(source, file) {
		const document = readJson(source, file);
		const [set, list] = [member(document, "key"), member(document, "metrics")];
		if (typeof set !== "string" || !Array.isArray(list)) refuse({
			code: "bad-value",
			message: "the document has no key and metrics",
			at: { file }
		});
		const metrics = createMetrics(file);
		for (const [i, entry] of list.entries()) {
			const { name, ...rest } = readMetric(entry, "key", `metric ${i + 1}`, file);
			metrics.add({
				...rest,
				name: `${set}.${name}`,
				labels: "",
				from: { file }
			});
		}
		return metrics.finish();
	}
};

// src/core/read/oha.ts
/** oha's result, with times in seconds. https://github.com/hatoo/oha, schema.json */
const oha = {
	label: "oha JSON",
	families: ["load"],
	writtenBy: "oha --output-format json",
	claims: ({ json: { keys } }) => keys.has("latencyPercentiles") && keys.has("*/requestsPerSec"),
	read(source, file) {
		const document = readJson(source, file);
		const part = (name) => member(document, name);
		const { answers, failed } = countStatuses(readCounts(part("statusCodeDistribution"), "status", file));
		const errors = Object.entries(readCounts(part("errorDistribution"), "error", file)).filter(([error]) => error !== "aborted due to deadline").reduce((sum, [, count]) => sum + count, 0);
		const milliseconds = (from, key) => {
			const seconds = readAmount(member(part(from), key), `${from} ${key}`, file);
			return seconds === void 0 ? void 0 : Number((seconds * 1e3).toPrecision(15));
		};
		const percentile = (key) => milliseconds("latencyPercentiles", key);
		const times = {
			p50: percentile("p50"),
			p90: percentile("p90"),
			p95: percentile("p95"),
			p99: percentile("p99"),
			avg: milliseconds("summary", "average"),
			max: milliseconds("summary", "slowest")
		};
		const requests = answers + errors;
		return loadReading({
			requests,
			times: answers > 0 ? times : {},
			errorRate: errorRate(failed + errors, requests, file),
			throughput: readAmount(member(part("summary"), "requestsPerSec"), "requestsPerSec", file)
		}, file);
	}
};

// src/core/read/opencover-summaries.ts
function createSummaries(file) {
	const frames = [];
	let [covered, total] = [0, 0];
	let differs;
	return {
		open() {
			frames.push({
				covered,
				total
			});
		},
		point(ran) {
			total++;
			if (ran) covered++;
		},
		declare(within, tag) {
			const all = readCount(tag.attribute("numSequencePoints"));
			const visited = readCount(tag.attribute("visitedSequencePoints"));
			const frame = frames.at(-1);
			if (all !== void 0 && frame !== void 0) frame.declared = {
				total: all,
				covered: visited,
				within,
				line: tag.line()
			};
		},
		close() {
			const { declared, ...before } = frames.pop();
			if (declared === void 0) return;
			const found = {
				covered: covered - before.covered,
				total: total - before.total
			};
			const said = `visitedSequencePoints and numSequencePoints of a ${declared.within} say`;
			const tally = {
				covered: declared.covered ?? found.covered,
				total: declared.total
			};
			differs ??= totalsDiffer(said, tally, found, {
				file,
				line: declared.line
			});
		},
		finish: () => differs === void 0 ? [] : [differs]
	};
}

// src/core/read/opencover.ts
/** OpenCover XML. https://github.com/OpenCover/opencover; a line is covered if a sequence point that begins there ran. */
const opencover = {
	label: "OpenCover XML",
	families: ["coverage"],
	writtenBy: "OpenCover, Coverlet, AltCover",
	roots: ["CoverageSession"],
	read(source, file) {
		const reading = sessionReader(file);
		const notes = scanXml(source, file, reading.events);
		return reading.finish(notes);
	}
};
/** Longest name of a method that is kept. */
const maxName$1 = 1e3;
function sessionReader(file) {
	const coverage = createCoverage("opencover");
	/** Paths by the number that points refer to; numbers are unique in a session. */
	const paths = /* @__PURE__ */ new Map();
	let method = {
		id: "",
		fileId: "",
		ran: false,
		skipped: false
	};
	const path = [];
	const summaries = createSummaries(file);
	const events = {
		open(name, tag) {
			if (name === "Summary") summaries.declare(path.at(-1) ?? "", tag);
			path.push(name);
			summaries.open();
			if (name === "File") openFile(tag);
			else if (name === "Method") method = {
				id: "",
				fileId: "",
				ran: false,
				skipped: tag.has("skippedDueTo")
			};
			else if (name === "FileRef" && method.fileId === "") method.fileId = tag.attribute("uid") ?? "";
			else if (name === "SequencePoint") point(tag);
			else if (name === "BranchPoint") branch(tag);
		},
		close(name) {
			path.pop();
			summaries.close();
			const source = name === "Method" && !method.skipped ? paths.get(method.fileId) : void 0;
			if (source === void 0) return;
			coverage.records("functions");
			coverage.source(source).part("functions", method.id, method.ran);
		},
		wantsText: () => path.at(-1) === "Name" && path.at(-2) === "Method" && method.id.length < maxName$1,
		text(piece) {
			method.id += piece;
		}
	};
	function openFile(tag) {
		const [id, path] = [tag.attribute("uid"), tag.attribute("fullPath")];
		if (id && path) paths.set(id, path);
	}
	function point(tag) {
		const line = readCount(tag.attribute("sl"));
		if (line === void 0) bad(tag, `a <SequencePoint> whose sl is ${shown(tag.attribute("sl"))}`);
		const ran = visits(tag, "SequencePoint") > 0;
		const source = sourceOf(tag, "SequencePoint");
		method.fileId ||= tag.attribute("fileid") ?? "";
		if (ran) method.ran = true;
		summaries.point(ran);
		source.line(line, ran, line > 4194303 ? {
			file,
			line: tag.line()
		} : { file });
	}
	function branch(tag) {
		const ran = visits(tag, "BranchPoint") > 0;
		if (method.fileId === "" && tag.attribute("fileid") === void 0) return;
		const source = sourceOf(tag, "BranchPoint");
		const id = [
			method.id,
			tag.attribute("sl"),
			tag.attribute("offset"),
			tag.attribute("path"),
			tag.attribute("ordinal")
		];
		coverage.records("branches");
		source.part("branches", id.join(":"), ran);
	}
	function sourceOf(tag, element) {
		const id = tag.attribute("fileid") ?? method.fileId;
		const path = paths.get(id);
		if (path === void 0) bad(tag, `a <${element}> in file ${id.slice(0, 20)}, which is not listed`);
		return coverage.source(path);
	}
	/** How often a point was visited; counters that overflowed are below 0. */
	function visits(tag, element) {
		const text = tag.attribute("vc");
		if (text !== void 0 && /^\s*[+-]?\d+\s*$/.test(text)) return Number(text);
		bad(tag, `a <${element}> whose vc is ${shown(text)}`, "Visits are a whole number.");
	}
	function shown(text) {
		return text === void 0 ? "missing" : `"${text.slice(0, 40)}"`;
	}
	function bad(tag, message, hint) {
		refuse({
			code: "bad-value",
			message,
			at: {
				file,
				line: tag.line()
			},
			...hint && { hint }
		});
	}
	return {
		events,
		finish: (notes) => coverage.finish(file, [...notes, ...summaries.finish()])
	};
}

// src/core/read/text/openmetrics-line.ts
const metricName = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const label = /\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\\n]|\\[\\"n])*)"\s*/y;
/** A value, then perhaps a time, then perhaps an exemplar. */
const rest = /^[ \t]+([+-]?(?:\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|0[xX][0-9a-fA-F]+|NaN|Inf(?:inity)?))(?:[ \t]+[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)?(?:[ \t]+#[ \t]+\{[^\n]*)?[ \t]*$/i;
/**
* Reads a line with a number; undefined for any other. NaN and infinities are read, for whoever refuses them.
* https://prometheus.io/docs/instrumenting/exposition_formats/ and https://prometheus.io/docs/specs/om/open_metrics_spec/
*/
function parseSampleLine(line) {
	metricName.lastIndex = 0;
	const name = metricName.exec(line)?.[0];
	if (name === void 0) return void 0;
	const labels = [];
	let at = name.length;
	while (line[at] === " ") at++;
	if (line[at] === "{") {
		at++;
		for (;;) {
			label.lastIndex = at;
			const found = label.exec(line);
			if (!found) break;
			labels.push([found[1], found[2].replace(/\\(.)/g, (_, c) => c === "n" ? "\n" : c)]);
			at = label.lastIndex;
			if (line[at] !== ",") break;
			at++;
		}
		while (line[at] === " ") at++;
		if (line[at] !== "}") return void 0;
		at++;
	} else at = name.length;
	const number = rest.exec(line.slice(at))?.[1];
	if (number === void 0 || new Set(labels.map(([key]) => key)).size !== labels.length) return void 0;
	labels.sort(([a], [b]) => textOrder(a, b));
	return {
		name,
		labels,
		value: numberOf$1(number)
	};
}
function numberOf$1(text) {
	if (/nan/i.test(text)) return NaN;
	if (/inf/i.test(text)) return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
	return text.startsWith("-") ? -Number(text.slice(1)) : Number(text.replace("+", ""));
}

// src/core/read/openmetrics.ts
/**
* OpenMetrics, which ends in "# EOF", and the text format of Prometheus, which has no end.
* https://prometheus.io/docs/specs/om/open_metrics_spec/
*/
const openmetrics = {
	label: "OpenMetrics and Prometheus text",
	families: ["metrics"],
	writtenBy: "Prometheus clients and exporters, pushed or scraped by curl",
	claims: ({ text }) => {
		const line = firstLine(text);
		if (line === void 0 || /^(?:not )?ok\b/.test(line)) return false;
		return line.startsWith("#") || parseSampleLine(line.trimEnd()) !== void 0;
	},
	read(source, file) {
		const metrics = createMetrics(file);
		const types = /* @__PURE__ */ new Map();
		const units = /* @__PURE__ */ new Map();
		/** The line "# EOF", and the first sign that it must come. */
		let end;
		let sign;
		let last = 1;
		const window = openWindow(source, file);
		const notes = scanLines(window, file, (line, number, real) => {
			if (line.trim() === "") return;
			last = number;
			if (end !== void 0) syntax(number, `something follows # EOF of line ${end}`);
			if (line.trimEnd() === "# EOF") end = number;
			else if (line.startsWith("#")) describe(line, number);
			else sample(real(0), number);
		});
		if (end === void 0 && (sign !== void 0 || !lastLineEnds(window))) {
			const message = sign ? `ends without # EOF, although ${sign} makes it OpenMetrics` : "the last line has no end";
			refuse({
				code: "truncated",
				message,
				at: {
					file,
					line: last
				},
				hint: "The file is cut off: did the process that wrote it crash?"
			});
		}
		return metrics.finish(notes);
		function describe(line, number) {
			const [, keyword, name, given = ""] = /^#[ \t]+(HELP|TYPE|UNIT)[ \t]+([a-zA-Z_:][\w:]*)(?:[ \t]+(.*))?$/.exec(line.trimEnd()) ?? [];
			if (name === void 0 || keyword === "HELP") return;
			const known = keyword === "TYPE" ? types : units;
			if (known.has(name)) syntax(number, `# ${keyword} ${name} is there twice`);
			known.set(name, given);
			if (keyword === "UNIT") sign ??= "# UNIT";
			else if (onlyOpenMetrics.has(given)) sign ??= `# TYPE ${given}`;
			else if (!common.has(given)) syntax(number, `"${given.slice(0, 40)}" is no type of a metric`);
		}
		function sample(line, number) {
			const found = parseSampleLine(line.trimEnd());
			if (!found) {
				const hint = "A line is: name{label=\"value\"} number.";
				const message = `is no line of metrics: ${JSON.stringify(line.slice(0, 60))}`;
				refuse({
					code: "metrics-syntax",
					message,
					at: {
						file,
						line: number
					},
					hint
				});
			}
			const { name, value } = found;
			const family = familyOf(name);
			if (family !== name && types.get(family) === "counter") sign ??= `the counter ${family} without _total`;
			const type = types.get(family);
			if (type === "counter" && value < 0) syntax(number, `the counter ${name} is below 0 (${value})`);
			const unit = units.get(family);
			const about = {
				name,
				labels: shown$1(found.labels),
				...unit === void 0 ? {} : { unit },
				from: {
					file,
					line: number
				}
			};
			const idle = type === "summary" && Number.isNaN(value) && found.labels.some(isQuantile);
			if (Number.isFinite(value)) metrics.add({
				...about,
				value
			});
			else if (idle) metrics.addNone(about);
			else metrics.addOdd(about, value);
		}
		function familyOf(name) {
			if (types.has(name)) return name;
			const cut = name.lastIndexOf("_");
			const family = name.slice(0, Math.max(cut, 0));
			return endings[types.get(family) ?? ""]?.includes(name.slice(cut + 1)) ? family : name;
		}
		function syntax(line, message) {
			refuse({
				code: "metrics-syntax",
				message,
				at: {
					file,
					line
				},
				hint: "Let the client library write it."
			});
		}
	}
};
/** The first line that is neither blank nor a comment. */
function firstLine(text) {
	for (let at = 0; at < text.length;) {
		const end = text.indexOf("\n", at);
		const line = text.slice(at, end === -1 ? text.length : end);
		if (line.trim() !== "" && !/^#(?! (?:HELP|TYPE|UNIT|EOF)\b)/.test(line)) return line;
		at += line.length + 1;
	}
}
const common = /* @__PURE__ */ new Set([
	"counter",
	"gauge",
	"histogram",
	"summary",
	"untyped"
]);
/** What may follow the name of a metric on the lines of its numbers, by its type. */
const endings = {
	counter: ["total", "created"],
	summary: [
		"count",
		"sum",
		"created"
	],
	histogram: [
		"bucket",
		"count",
		"sum",
		"created"
	],
	gaugehistogram: [
		"bucket",
		"gcount",
		"gsum"
	],
	info: ["info"]
};
const onlyOpenMetrics = /* @__PURE__ */ new Set([
	"unknown",
	"info",
	"stateset",
	"gaugehistogram"
]);
function isQuantile([key]) {
	return key === "quantile";
}
function shown$1(labels) {
	return labels.length === 0 ? "" : `{${labels.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(",")}}`;
}

// src/core/read/osv-scanner.ts
/** OSV-Scanner's report. Each of its groups is one vulnerability. https://google.github.io/osv-scanner/output/ */
const osvScanner = {
	label: "OSV-Scanner JSON",
	families: ["security"],
	writtenBy: "osv-scanner --format json",
	claims: ({ text, json: { keys } }) => keys.has("results") && (keys.has("*/packages") || /"results"\s*:\s*\[\s*\]/.test(text) && [...keys].every(isOwn)),
	read(source, file) {
		const document = readJson(source, file);
		const results = memberObjects(document, "results", file);
		const tally = createFindings(file);
		if (results.length === 0 && member(document, "experimental_config") === void 0) return tally.nothing("has no results, and does not tell who looked", "Is it what a recent `osv-scanner --format json` wrote?");
		for (const result of results) {
			if (member(result, "packages") === void 0) refuse({
				code: "bad-value",
				message: "a result has no packages",
				at: { file }
			});
			for (const found of memberObjects(result, "packages", file)) addPackage(found, tally, file);
		}
		return tally.finish();
	}
};
/** Whether a key beside the results is one that OSV-Scanner writes; inner ones are not looked at. */
function isOwn(key) {
	return key.startsWith("*/") || key.startsWith("experimental_") || [
		"results",
		"license_summary",
		"image_metadata"
	].includes(key);
}
function addPackage(found, tally, file) {
	const about = member(found, "package");
	const name = [memberText(about, "name"), memberText(about, "version")].filter(Boolean).join(" ");
	const vulnerabilities = memberObjects(found, "vulnerabilities", file);
	const byId = new Map(vulnerabilities.map((one) => [idOf(one, file), one]));
	const groups = memberObjects(found, "groups", file);
	const grouped = new Set(groups.flatMap((group) => memberList(group, "ids", file)));
	const alone = [...byId.keys()].filter((id) => !grouped.has(id)).map((id) => ({ ids: [id] }));
	for (const group of [...groups, ...alone]) {
		const ids = memberList(group, "ids", file).filter((one) => typeof one === "string");
		const [id] = ids;
		if (id === void 0) refuse({
			code: "bad-value",
			message: "a group of vulnerabilities has no ids",
			at: { file }
		});
		const own = ids.flatMap((one) => byId.get(one) ?? []);
		const summary = own.map((one) => memberText(one, "summary")).find((text) => text !== void 0);
		const aliases = [group, ...own].flatMap((one) => memberList(one, "aliases", file));
		const severity = severityIn(member(group, "max_severity"), own);
		tally.add({
			tool: "OSV-Scanner",
			rule: id,
			message: `${name}: ${summary ?? id}`,
			ids: namesOf(id, [...ids, ...aliases]),
			security: true,
			...severity ? { severity } : {}
		});
	}
}
function idOf(vulnerability, file) {
	const id = memberText(vulnerability, "id");
	if (id === void 0) refuse({
		code: "bad-value",
		message: "a vulnerability has no id",
		at: { file }
	});
	return id;
}
/** By the score of a group, else the worst that its databases say. A score of 0 is one: the least. */
function severityIn(score, own) {
	const told = own.map((one) => severityOf(member(member(one, "database_specific"), "severity")));
	return severityOfScore(score) ?? severityOf(score) ?? severities$3.find((severity) => told.includes(severity)) ?? (typeof score === "string" && /^0(?:\.0+)?$/.test(score) ? "low" : void 0);
}

// src/core/read/pip-audit.ts
/** pip-audit's report. It tells no severities. https://github.com/pypa/pip-audit#usage */
const pipAudit = {
	label: "pip-audit JSON",
	families: ["security"],
	writtenBy: "pip-audit --format json",
	claims: ({ text, json: { keys } }) => keys.has("dependencies") && /"dependencies"\s*:\s*\[/.test(text),
	read(source, file) {
		const dependencies = memberList(readJson(source, file), "dependencies", file);
		const tally = createFindings(file);
		if (dependencies.length === 0) return tally.nothing("lists no dependency", "Was pip-audit given requirements or an environment?");
		const skipped = [];
		for (const dependency of dependencies) {
			const name = memberText(dependency, "name");
			if (name === void 0) refuse({
				code: "bad-value",
				message: "a dependency has no name",
				at: { file }
			});
			if ((member(dependency, "vulns") ?? null) === null) skipped.push(name);
			for (const one of memberObjects(dependency, "vulns", file)) {
				const id = memberText(one, "id") ?? "(no identifier)";
				tally.add({
					tool: "pip-audit",
					rule: id,
					message: `${[name, memberText(dependency, "version")].filter(Boolean).join(" ")}: ${id}`,
					ids: namesOf(id, memberList(one, "aliases", file)),
					security: true
				});
			}
		}
		if (skipped.length === dependencies.length) return tally.nothing("none of the dependencies was looked at", skippedHint);
		return tally.finish(skipped.length > 0 ? [leftOut(skipped, file)] : []);
	}
};
const skippedHint = "pip-audit skips what its index does not know, such as packages of your own.";
function leftOut(names, file) {
	const shown = names.slice(0, 5).join(", ").slice(0, 200);
	return {
		code: "partly-scanned",
		severity: "warning",
		message: `${names.length} ${names.length === 1 ? "dependency was" : "dependencies were"} not looked at: ${shown}`,
		at: { file },
		hint: skippedHint
	};
}

// src/core/read/sarif-rules.ts
/** Most parts of a hierarchical name that are cut off to find its rule. */
const maxParts = 16;
/** What a result says of its rule. */
function pointerOf(result) {
	const reference = member(result, "rule");
	const index = member(result, "ruleIndex");
	return {
		id: memberText(result, "ruleId") ?? memberText(reference, "id"),
		index: isIndex(index) ? index : member(reference, "index"),
		component: member(reference, "toolComponent")
	};
}
/** Which rule an override in a call of the tool is about. */
function descriptorOf(override) {
	const descriptor = member(override, "descriptor");
	return {
		id: memberText(descriptor, "id"),
		index: member(descriptor, "index"),
		component: member(descriptor, "toolComponent")
	};
}
/** The rules that the driver of a run and its extensions describe, each looked at once. */
function rulesOf(run, file) {
	const tool = member(run, "tool");
	const told = [member(tool, "driver") ?? null, ...memberObjects(tool, "extensions", file)];
	const components = told.map((one) => componentOf(memberObjects(one, "rules", file).map(ruleOf)));
	const anywhere = componentOf(components.flatMap(({ rules }) => rules)).byId;
	const named = new Map(told.flatMap((one, i) => ["guid", "name"].map((key) => [memberText(one, key) ?? "", components[i]])));
	return {
		tellSecurity: components.some(({ rules }) => rules.some(({ security }) => security)),
		find({ id, index, component }) {
			const from = pointed(component);
			const at = isIndex(index) ? from?.rules[index] : void 0;
			if (id === void 0) return at;
			const names = hierarchy(id);
			if (at && names.includes(at.id)) return at;
			return names.map((name) => from?.byId.get(name) ?? anywhere.get(name)).find((rule) => rule !== void 0) ?? at;
		}
	};
	function pointed(component) {
		const index = member(component, "index");
		if (isIndex(index)) return components[index + 1];
		const keys = ["guid", "name"].flatMap((key) => memberText(component, key) ?? []);
		if (keys.length === 0) return components[0];
		return keys.map((key) => named.get(key)).find((one) => one !== void 0);
	}
}
function componentOf(rules) {
	return {
		rules,
		byId: new Map(rules.toReversed().map((rule) => [rule.id, rule]))
	};
}
function ruleOf(rule) {
	const score = member(member(rule, "properties"), "security-severity");
	const tags = list$1(member(member(rule, "properties"), "tags"));
	return {
		id: memberText(rule, "id") ?? "",
		name: text$3(rule, "shortDescription") ?? text$3(rule, "fullDescription") ?? "",
		level: memberText(member(rule, "defaultConfiguration"), "level"),
		score,
		security: score !== void 0 || tags.some((tag) => typeof tag === "string" && /^security\b/i.test(tag)),
		messages: messagesOf(rule)
	};
}
/** A hierarchical name and what is left of it when its last parts are cut off, the longest first. */
function hierarchy(id) {
	const names = [id];
	for (let end = id.lastIndexOf("/"); end > 0 && names.length <= maxParts; end = id.lastIndexOf("/", end - 1)) names.push(id.slice(0, end));
	return names;
}
function messagesOf(rule) {
	const strings = member(rule, "messageStrings");
	const entries = isObject$1(strings) ? Object.entries(strings) : [];
	return new Map(entries.flatMap(([id, message]) => {
		const text = memberText(message, "text");
		return text === void 0 ? [] : [[id, text]];
	}));
}
/** Index in a list of SARIF, where -1 stands for none. */
function isIndex(value) {
	return typeof value === "number" && value >= 0;
}
function text$3(rule, key) {
	return memberText(member(rule, key), "text");
}
function list$1(value) {
	return Array.isArray(value) ? value : [];
}

// src/core/read/sarif-invocations.ts
/**
* Refuses a run that says that it failed, with what it says of it. A run that succeeded by its own word and still tells of
* errors has left something out, as Semgrep does with a file that it cannot parse: a problem that says so.
* SARIF 2.1.0, appendix I, "Detecting incomplete result sets".
*/
function checkInvocations(run, tool, file) {
	const errors = [];
	for (const invocation of memberObjects(run, "invocations", file)) {
		const notes = ["toolExecutionNotifications", "toolConfigurationNotifications"].flatMap((key) => memberObjects(invocation, key, file));
		const grave = notes.filter((note) => member(note, "level") === "error");
		const exit = exitOf(invocation, memberList(run, "results", file).length === 0);
		const said = member(invocation, "executionSuccessful");
		if (said === false || diedOf(invocation) || said !== true && (grave.length > 0 || exit !== void 0)) toolError(tool, textOf(grave[0] ?? notes[0]) || diedOf(invocation) || exit || "", file);
		for (const note of grave) errors.push(textOf(note));
		if (exit !== void 0) errors.push(exit);
	}
	return errors.length === 0 ? [] : [partly(tool, errors, file)];
}
/** What ended the tool before it was done. */
function diedOf(invocation) {
	return memberText(invocation, "processStartFailureMessage") || memberText(invocation, "exitSignalName");
}
/** What the exit code says. Many tools end with one that is not 0 because they found something. */
function exitOf(invocation, nothingFound) {
	const code = member(invocation, "exitCode");
	const why = memberText(invocation, "exitCodeDescription");
	if (typeof code !== "number" || code === 0 || !nothingFound) return void 0;
	return `exit code ${code}${why ? `, ${why}` : ""}`;
}
function partly(tool, errors, file) {
	return {
		code: "partly-scanned",
		severity: "warning",
		message: `${tool} tells of ${errors.length === 1 ? "an error" : `${errors.length} errors`}, so it may not have looked at everything: ${errors.find((error) => error !== "") ?? "no message"}`,
		at: { file },
		hint: "Look at its log; leave out by its configuration what it cannot read."
	};
}
/** The level that a call of the tool gave to the rule of a result, in place of the rule's own. */
function overridesOf(run, rules, file) {
	const levels = memberObjects(run, "invocations", file).map((invocation) => {
		const overrides = memberObjects(invocation, "ruleConfigurationOverrides", file).flatMap((override) => {
			const rule = rules.find(descriptorOf(override));
			const level = memberText(member(override, "configuration"), "level");
			return rule && level !== void 0 ? [[rule, level]] : [];
		});
		return new Map(overrides);
	});
	return (result, rule) => {
		const index = member(member(result, "provenance"), "invocationIndex");
		return (typeof index === "number" && index >= 0 ? levels[index] : levels.length === 1 ? levels[0] : void 0)?.get(rule);
	};
}
function textOf(note) {
	const text = member(member(note, "message"), "text");
	return typeof text === "string" ? firstLine$1(text, 300) : "";
}

// src/core/read/sarif-place.ts
/** Most bases that stand on one another. */
const maxBases = 8;
/** Where a result of a SARIF run stands: at the first of its locations. */
function placeOf(result, run) {
	const locations = member(result, "locations");
	const physical = member(Array.isArray(locations) ? locations[0] : void 0, "physicalLocation");
	const told = member(physical, "artifactLocation");
	const artifact = memberText(told, "uri") === void 0 ? artifactAt(run, member(told, "index")) : told;
	const uri = memberText(artifact, "uri");
	if (uri === void 0) return void 0;
	const [line, column] = ["startLine", "startColumn"].map((key) => member(member(physical, "region"), key));
	return {
		file: pathOf$1(withBase(uri, memberText(artifact, "uriBaseId"), run)),
		...typeof line === "number" ? { line } : {},
		...typeof column === "number" ? { column } : {}
	};
}
function artifactAt(run, index) {
	const artifacts = member(run, "artifacts");
	if (!Array.isArray(artifacts) || typeof index !== "number") return void 0;
	return member(artifacts[index], "location");
}
/** A relative address below its base. One that is absolute is the checkout of some machine, and says nothing here. */
function withBase(uri, base, run) {
	const bases = member(run, "originalUriBaseIds");
	let [path, id] = [uri, base];
	for (let left = maxBases; left > 0 && id !== void 0 && !isAbsolute$1(path); left--) {
		const told = member(bases, id);
		const prefix = memberText(told, "uri") ?? "";
		if (isAbsolute$1(prefix)) break;
		path = prefix === "" || prefix.endsWith("/") ? prefix + path : `${prefix}/${path}`;
		id = memberText(told, "uriBaseId");
	}
	return path;
}
function isAbsolute$1(uri) {
	return /^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(uri);
}
function pathOf$1(uri) {
	const path = uri.replace(/^file:\/\/(?:localhost)?(?:\/(?=[a-z]:))?/i, "");
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

// src/core/read/sarif.ts
/** How much is kept of a message with arguments, and of each argument, in characters. */
const maxTemplate = 500;
/** SARIF 2.1.0. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
const sarif = {
	label: "SARIF",
	families: ["security", "debt"],
	writtenBy: "CodeQL, Semgrep, Trivy, Grype, ESLint, Ruff, golangci-lint, detekt, Checkov and many others",
	claims: ({ text, json: { keys } }) => keys.has("$schema") && /"\$schema"\s*:\s*"[^"]*sarif/i.test(text) || keys.has("runs") && (/"version"\s*:\s*"2\.1\.0"/.test(text) || [
		"*/*/driver",
		"*/*/ruleId",
		"*/*/ruleIndex"
	].some((key) => keys.has(key))),
	read(source, file) {
		const document = readJson(source, file);
		const [version, runs] = [member(document, "version"), member(document, "runs")];
		if (version !== "2.1.0") bad$3(`is SARIF ${typeof version === "string" ? version : "of no version"}, not 2.1.0`, file);
		if (!Array.isArray(runs)) bad$3("the document has no runs", file);
		const tally = createFindings(file);
		const hint = "Did the tool run, and was it given something to look at?";
		if (runs.length === 0) return tally.nothing("holds no runs: no tool looked at anything", hint);
		const problems = [];
		const idle = [];
		for (const run of runs) {
			const tool = toolName(run, file);
			problems.push(...checkInvocations(run, tool, file));
			const results = member(run, "results");
			if (member(member(run, "externalPropertyFileReferences"), "results") !== void 0) bad$3(`the results of ${tool} stand in another file, which is not read`, file);
			if (results === void 0 || results === null) {
				idle.push(tool);
				continue;
			}
			if (!Array.isArray(results)) bad$3(`the results of ${tool} are no list`, file);
			addResults(results, tool, run);
		}
		if (idle.length > 0) return tally.nothing(`the run of ${idle[0]} has no results: it looked at nothing`, hint, problems);
		return tally.finish(problems);
		function addResults(results, tool, run) {
			const rules = rulesOf(run, file);
			const overridden = overridesOf(run, rules, file);
			for (const result of results) {
				if (!isObject$1(result)) bad$3(`a result of ${tool} is no object`, file);
				if (!isFinding(result, tool, file)) continue;
				if (isSuppressed(result["suppressions"])) {
					tally.suppressed();
					continue;
				}
				const pointer = pointerOf(result);
				if (pointer.id === void 0 && !isObject$1(result["message"])) bad$3(`a result of ${tool} has neither a rule nor a message`, file);
				const rule = rules.find(pointer);
				const id = (pointer.id ?? (rule?.id || "(no rule)")).slice(0, 200);
				const level = memberText(result, "level") ?? (rule && (overridden(result, rule) ?? rule.level)) ?? "warning";
				if (!Object.hasOwn(levels, level)) bad$3(`a result of ${tool} has the unknown level "${level.slice(0, 40)}"`, file);
				const severity = severityFor(rule?.score, levels[level]);
				const at = placeOf(result, run);
				tally.add({
					tool,
					rule: id,
					message: messageOf(result["message"], rule) || rule?.name || id,
					...severity ? { severity } : {},
					ids: vulnerabilityIds([id]),
					...rules.tellSecurity && rule ? { security: rule.security } : {},
					...at ? { at } : {}
				});
			}
		}
	}
};
function toolName(run, file) {
	const driver = member(member(run, "tool"), "driver");
	if (!isObject$1(driver)) bad$3("a run does not tell which tool it is of", file);
	return memberText(driver, "name")?.slice(0, 80) || "a tool without a name";
}
/** What is no failure is no finding: a pass, a note that a rule does not apply, or a result of an earlier run. */
function isFinding(result, tool, file) {
	const kind = memberText(result, "kind") ?? "fail";
	const counts = kinds.get(kind);
	if (counts === void 0) bad$3(`a result of ${tool} has the unknown kind "${kind.slice(0, 40)}"`, file);
	return counts && member(result, "baselineState") !== "absent";
}
/** The kinds of results, and whether each is a finding. */
const kinds = /* @__PURE__ */ new Map([
	["fail", true],
	["open", true],
	["review", true],
	["pass", false],
	["notApplicable", false],
	["informational", false]
]);
/** By the score of the rule, else by the level. A score that cannot be read could be any: undefined. */
function severityFor(score, byLevel) {
	if (score === void 0 || score === null || typeof score === "string" && score.trim() === "" || Number(score) <= 0) return byLevel;
	return severityOfScore(score) ?? severityOf(score);
}
/** The text of a message, with its arguments in it. */
function messageOf(message, rule) {
	const text = memberText(message, "text") ?? rule?.messages.get(memberText(message, "id") ?? "") ?? "";
	const told = member(message, "arguments");
	if (!Array.isArray(told)) return text;
	return text.slice(0, maxTemplate).replace(/\{(\d{1,3})\}/g, (hole, index) => {
		const value = told[Number(index)];
		return typeof value === "string" ? value.slice(0, maxTemplate) : hole;
	});
}
const levels = {
	error: "high",
	warning: "medium",
	note: "low",
	none: "low"
};
/** Suppressed is what no suppression is under review or rejected for. */
function isSuppressed(suppressions) {
	return Array.isArray(suppressions) && suppressions.length > 0 && suppressions.every((one) => (member(one, "status") ?? "accepted") === "accepted");
}
function bad$3(message, file) {
	refuse({
		code: "bad-value",
		message,
		at: { file },
		hint: "Let the tool write SARIF 2.1.0 again."
	});
}

// src/core/read/simplecov.ts
/** SimpleCov's .resultset.json: hits per line for each test command. https://github.com/simplecov-ruby/simplecov */
const simplecov = {
	label: "SimpleCov resultset",
	families: ["coverage"],
	writtenBy: "SimpleCov (coverage/.resultset.json)",
	claims: ({ text, json: { keys } }) => keys.has("*/coverage") && /"coverage"\s*:\s*\{/.test(text) && !keys.has("*/*/statementMap"),
	read(source, file) {
		const coverage = createCoverage("simplecov");
		const document = readJson(source, file);
		for (const [command, result] of Object.entries(isObject$1(document) ? document : {})) {
			const files = member(result, "coverage");
			if (!isObject$1(files)) bad$2(file, command, "has no coverage");
			for (const [path, entry] of Object.entries(files)) {
				const into = coverage.source(path);
				const hits = Array.isArray(entry) ? entry : member(entry, "lines");
				if (!Array.isArray(hits)) bad$2(file, path, "has no lines");
				for (const [i, count] of hits.entries()) {
					if (count === null || count === "ignored") continue;
					if (typeof count !== "number" || !Number.isFinite(count)) bad$2(file, path, `has no count in line ${i + 1}`);
					into.line(i + 1, count > 0, { file });
				}
				const branches = member(entry, "branches");
				if (isObject$1(branches)) {
					coverage.records("branches");
					addBranches(branches, into);
				}
			}
		}
		return coverage.finish(file, []);
	}
};
function addBranches(conditions, into) {
	for (const [condition, arms] of Object.entries(conditions)) for (const [arm, count] of Object.entries(isObject$1(arms) ? arms : {})) into.part("branches", `${condition}:${arm}`, typeof count === "number" && count > 0);
}
function bad$2(file, what, problem) {
	refuse({
		code: "bad-value",
		message: `${what.slice(0, 120)} ${problem}`,
		at: { file }
	});
}

// src/core/read/tap-block.ts
function openBlock(indent, line, keeps) {
	return {
		indent,
		line,
		keeps,
		message: "",
		details: "",
		seconds: void 0,
		suite: false,
		messageBelow: void 0
	};
}
/**
* Takes in one line, and returns whether the block goes on. Only a `...` as far in as the `---` ends it: texts in a block
* may hold any line, also with fewer blanks, because vitest does not indent them.
*/
function addToBlock(block, text) {
	const own = text.trimStart();
	const indent = text.length - own.length;
	if (indent === block.indent && own.trimEnd() === "...") return false;
	const from = Math.min(indent, block.indent);
	if (block.keeps && block.details.length < 4e3) block.details += `${text.slice(from, from + maxDetails).trimEnd()}\n`;
	if (block.messageBelow !== void 0 && own !== "") {
		if (indent > block.messageBelow) block.message = own.slice(0, maxMessage$2).trimEnd();
		block.messageBelow = void 0;
		if (block.message !== "") return true;
	}
	if (block.message === "" && own.startsWith("{")) {
		const [, text = ""] = /"message":"((?:[^"\\]|\\[^n])*)/.exec(own.slice(0, 4e3)) ?? [];
		block.message = text.replace(/\\(["\\])/g, "$1").slice(0, maxMessage$2);
	}
	const [, key = "", value = ""] = /^(\w+):\s*(.*)$/s.exec(own) ?? [];
	if (block.message === "" && (key === "error" || key === "message")) {
		if (/^[|>][-+\d]*\s*$/.test(value)) block.messageBelow = indent;
		else block.message = unquoted$1(value).slice(0, maxMessage$2);
	} else if (indent === block.indent && key === "duration_ms") {
		const seconds = Number(value) / 1e3;
		if (seconds >= 0 && Number.isFinite(seconds)) block.seconds = seconds;
	} else if (indent === block.indent && key === "type") block.suite = unquoted$1(value) === "suite";
	return true;
}
/** The text of a YAML scalar, of which the rest may stand on the lines below. */
function unquoted$1(value) {
	const quote = value[0];
	if (quote !== "\"" && quote !== "'") return value.trimEnd();
	const text = value.trimEnd().slice(1);
	return (text.endsWith(quote) ? text.slice(0, -1) : text).replace(/\\(["'])/g, "$1");
}

// src/core/read/tap-test.ts
const fails = ({ point, skipped }) => !point.ok && !skipped;
/** Failing tests among a test and those below it. A suite that fails although none of its tests does is one itself. */
function badOf(test) {
	return test.subtests?.bad || (fails(test) ? 1 : 0);
}
/** Counts a test, or those below it, which stand in the given suites. */
function countTest(test, tally, file, suite = []) {
	const { point, block, subtests, name, line } = test;
	const named = {
		suite,
		className: "",
		name
	};
	if (subtests) {
		for (const one of subtests.done) countTest(one, tally, file, [...suite, name]);
		tally.suiteEnds?.();
		if (subtests.bad > 0 || !fails(test)) return;
	} else if (block?.suite && point.ok) return;
	tally.about?.(named);
	const seconds = block?.seconds ?? point.seconds;
	if (seconds !== void 0 && !subtests) tally.time(seconds, () => named);
	if (test.skipped) tally.skipped();
	else if (point.ok) tally.passed();
	else {
		const message = block?.message.slice(0, 1e3) ?? "";
		const details = block?.details.slice(0, 4e3).trimEnd() ?? "";
		tally.failing("failed", () => ({
			...named,
			how: "failed",
			message,
			details,
			from: {
				file,
				line
			}
		}));
	}
}

// src/core/read/tap-document.ts
/** Deepest nesting of subtests that is read. */
const maxDepth$1 = 256;
/** Most subtests that are held until the point that they belong to is complete. */
const maxHeld = 1e6;
const cutOff = "The test run ended before its end.";
/** Reads a document, which begins with this line, into a tally; adds to `problems` what is no error. */
function createTapDocument(tally, problems, file, begun) {
	const levels = [];
	let held = 0;
	let failing = 0;
	return {
		plan(depth, plan) {
			const level = levelAt(depth, plan.line);
			if (level.plan) {
				const message = `a second plan (1..${plan.count}) after 1..${level.plan.count} in line ${level.plan.line}`;
				refuse({
					code: "bad-value",
					message,
					at: {
						file,
						line: plan.line
					},
					hint: "Let each test run write a file of its own, or begin each with TAP version 13."
				});
			}
			level.plan = plan;
			if (level.last?.brace === "inline" && levels.length === depth + 1) level.last.brace = void 0;
		},
		point(depth, point, line) {
			const level = levelAt(depth, line);
			settle(level);
			const { name, skipped, opens } = point;
			const test = {
				point,
				line,
				brace: void 0,
				block: void 0,
				name,
				skipped,
				subtests: void 0
			};
			adopt(test, depth);
			if (opens && !test.subtests) test.brace = "inline";
			level.points++;
			if (point.number !== void 0 && point.number !== level.points) level.astray ??= {
				line,
				number: point.number,
				place: level.points
			};
			level.last = test;
			return test;
		},
		closes(depth) {
			const test = levels[depth]?.last;
			if (test?.brace === void 0) return;
			adopt(test, depth);
			if (test.brace === "inline") test.name = test.point.suiteName;
			test.brace = void 0;
		},
		end() {
			const open = levels.find(({ last }) => last?.brace !== void 0)?.last;
			if (open) {
				const message = `the subtests of "${short(open)}" are not closed with }`;
				const hint = `${cutOff} If the name of the last test ends in a brace, change it.`;
				refuse({
					code: "truncated",
					message,
					at: {
						file,
						line: open.line
					},
					hint
				});
			}
			const top = levelAt(0, 1);
			noneIsLost(leave(0));
			settle(top);
			complete(top);
			tally.suiteEnds?.();
		}
	};
	function levelAt(depth, line) {
		if (depth > maxDepth$1) refuse({
			code: "limit-depth",
			message: `subtests are nested deeper than the limit (${maxDepth$1})`,
			at: {
				file,
				line
			}
		});
		while (levels.length <= depth) levels.push({
			plan: void 0,
			points: 0,
			last: void 0,
			done: [],
			bad: 0,
			astray: void 0
		});
		return levels[depth];
	}
	/** Nothing more comes to the last point of a level. */
	function settle(level) {
		const test = level.last;
		if (!test) return;
		level.last = void 0;
		level.bad += badOf(test);
		if (level === levels[0]) {
			countTest(test, tally, file);
			held = 0;
			return;
		}
		level.done.push(test);
		if (fails(test) && ++failing > 1e3 && test.block) test.block.details = "";
		if (++held > maxHeld) refuse({
			code: "limit-count",
			message: `more than ${maxHeld} subtests lie below one test point`,
			at: {
				file,
				line: test.line
			}
		});
	}
	/** The levels below one, which end here. */
	function leave(depth) {
		const left = levels.splice(depth + 1);
		left.forEach(settle);
		return left;
	}
	function noneIsLost(left) {
		const lost = left.find(isReal);
		if (!lost) return;
		const line = lost.plan?.line ?? lost.done[0].line;
		refuse({
			code: "truncated",
			message: "the test point that these subtests belong to is missing",
			at: {
				file,
				line
			},
			hint: cutOff
		});
	}
	/** Gives a point the subtests that stand before it, or between its braces. */
	function adopt(test, depth) {
		const [level, ...deeper] = leave(depth);
		noneIsLost(deeper);
		if (!level) return;
		const planned = level.plan !== void 0 || test.brace === "inline" && level.points > 0;
		if (!planned && !isReal(level)) return;
		if (planned) complete(level, test);
		if (level.points > 0) test.subtests = level;
		else if (level.plan?.skipped) test.skipped = true;
	}
	/** Compares the points of a level with its plan. What a failing test has lost is told by its failure already. */
	function complete({ plan, points, astray }, above) {
		const of = above ? ` below "${short(above)}"` : "";
		const line = plan?.line ?? above?.line ?? begun;
		const at = {
			file,
			...line === void 0 ? {} : { line }
		};
		if (!plan || plan.count > points) {
			const message = `${plan ? `the plan says ${plan.count}` : "there is no plan (1..N)"}, found ${points} test points${of}`;
			if (above?.point.ok !== false) refuse({
				code: "truncated",
				message,
				at,
				hint: cutOff
			});
			problems.push({
				code: "count-shortfall",
				severity: "warning",
				message,
				at,
				hint: cutOff
			});
			return;
		}
		if (plan.count < points) {
			const message = `the plan says ${plan.count}, found ${points} test points${of}`;
			problems.push({
				code: "count-surplus",
				severity: "note",
				message,
				at
			});
		}
		if (astray) {
			const message = `test point ${astray.number} stands where ${astray.place} should`;
			const hint = "A test point is missing, or something else wrote one: look at the lines before.";
			const place = {
				file,
				line: astray.line
			};
			problems.push({
				code: "count-shortfall",
				severity: "warning",
				message,
				at: place,
				hint
			});
		}
	}
}
/** Whether a level holds tests. Output that was indented by chance has no plan; a failure in it counts all the same. */
function isReal({ plan, bad }) {
	return plan !== void 0 || bad > 0;
}
function short({ point }) {
	return point.suiteName.slice(0, 60);
}

// src/core/read/tap-point.ts
/** Reads `not ok 2 - name # SKIP reason`; undefined for any other line. `real` gives the text of the line from a position. */
function pointOf$1(line, real) {
	const [begin, not, number] = /^(not )?ok(?=\s|$)(?:\s+(\d+)\b)?(?:\s+-)?\s*/.exec(line) ?? [];
	if (begin === void 0) return void 0;
	const text = real(begin.length).trimEnd();
	const directive = directiveIn(text);
	const named = text.slice(0, directive?.at).trimEnd();
	const name = named.replace(/\\([#\\])/g, "$1");
	const behind = directive !== void 0 && endsInBrace(text);
	const inName = !behind && directive?.seconds === void 0 && endsInBrace(named);
	return {
		ok: not === void 0,
		number: number === void 0 ? void 0 : Number(number),
		name,
		skipped: directive !== void 0 && directive.seconds === void 0,
		seconds: directive?.seconds,
		opens: behind || inName,
		suiteName: inName ? name.slice(0, -1).trimEnd() : name
	};
}
const directives = /#\s*(?:(?:skip|todo)\b|time=(\d{1,15}(?:\.\d+)?)(m?s)\b)/gi;
/** The first directive: behind a `#` that no backslash escapes. */
function directiveIn(text) {
	for (const { index, 1: time, 2: unit } of text.matchAll(directives)) {
		let escapes = 0;
		while (text[index - 1 - escapes] === "\\") escapes++;
		if (escapes % 2 === 1) continue;
		return {
			at: index,
			seconds: time === void 0 ? void 0 : Number(time) / (unit.toLowerCase() === "s" ? 1 : 1e3)
		};
	}
}
function endsInBrace(text) {
	return text === "{" || text.endsWith(" {");
}

// src/core/read/tap.ts
/** TAP, the Test Anything Protocol, versions 12 to 14. https://testanything.org/tap-version-14-specification.html */
const tap = {
	label: "TAP",
	families: ["tests"],
	writtenBy: "node --test, vitest, node-tap, tape, Perl's prove, bats, pgTAP, Deno",
	claims: ({ text }) => /^(?:\s|#.*[\r\n])*(?:TAP version \d|1\.\.\d|pragma [+-]|(?:not )?ok(?: \d| - |\r?\n))/.test(text) || /^(?:TAP version \d+\s|1\.\.\d+\s|(?:not )?ok \d+ - )/m.test(text),
	read(source, file, counting) {
		const stream = createStream(file, counting);
		const window = openWindow(source, file);
		const notes = scanLines(window, file, stream.line);
		return stream.finish(notes, lastLineEnds(window));
	}
};
/** The line with which a document may begin. */
const begins = /^TAP version \d+\s*$/i;
/** Blanks before subtests, for each level. */
const step = 4;
function createStream(file, counting) {
	const tally = createTally(counting);
	const problems = [];
	let document;
	let lines = 0;
	/** The last test point, as long as a block may follow, and the blanks before it. */
	let last;
	let block;
	return {
		line: (text, number, real) => {
			lines = number;
			if (block) {
				if (begins.test(text)) openAtEnd(block);
				if (!addToBlock(block, real(0))) block = void 0;
				return;
			}
			const indent = /^ */.exec(text)[0].length;
			const body = text.slice(indent).trimEnd();
			if (body === "" || body.startsWith("#")) return;
			if (last && indent > last.indent && body === "---") {
				block = openBlock(indent, number, !last.test.point.ok);
				last.test.block = block;
				last.test.brace = void 0;
				return;
			}
			if (/^Bail out!/i.test(body)) {
				const message = `the test run gave up: ${real(indent).slice(9, 200).trim()}`;
				refuse({
					code: "truncated",
					message,
					at: {
						file,
						line: number
					}
				});
			}
			const above = last;
			last = void 0;
			if (indent % step === 0) lineOf(body, number, indent, above?.test, (from) => real(indent + from));
		},
		finish(notes, ended) {
			if (block) openAtEnd(block);
			if (last?.test.line === lines && !ended) refuse({
				code: "truncated",
				message: "the last test point does not end its line",
				at: {
					file,
					line: lines
				},
				hint: cutOff
			});
			documentAt(void 0).end();
			return {
				facts: {
					kind: "tests",
					tests: tally.facts()
				},
				problems: [
					...notes,
					...summarise(problems),
					...noTests(tally, file)
				]
			};
		}
	};
	function openAtEnd({ line }) {
		refuse({
			code: "truncated",
			message: "a YAML block does not end with ... below its ---",
			at: {
				file,
				line
			},
			hint: cutOff
		});
	}
	function documentAt(line) {
		document ??= createTapDocument(tally, problems, file, line);
		return document;
	}
	/** A line that may be of TAP, without the blanks of its level. */
	function lineOf(text, number, indent, above, real) {
		const depth = indent / step;
		const [, planned, skip] = /^1\.\.(\d{1,9})\s*(?:$|todo\b|#\s*(skip\b)?)/i.exec(text) ?? [];
		if (planned !== void 0) {
			const plan = {
				count: Number(planned),
				line: number,
				skipped: skip !== void 0
			};
			documentAt(void 0).plan(depth, plan);
			return;
		}
		const point = pointOf$1(text, real);
		if (point) last = {
			test: documentAt(void 0).point(depth, point, number),
			indent
		};
		else if (text === "{" && above?.block) above.brace = "below";
		else if (text === "}") document?.closes(depth);
		else if (depth === 0 && begins.test(text)) {
			document?.end();
			document = void 0;
			documentAt(number);
		}
	}
}

// src/core/read/trivy.ts
/** Trivy's report. Vulnerabilities, failed checks and secrets count. https://trivy.dev/latest/docs/configuration/reporting/#json */
const trivy = {
	label: "Trivy JSON",
	families: ["security"],
	writtenBy: "trivy --format json",
	claims: ({ json: { keys } }) => keys.has("SchemaVersion") && (keys.has("ArtifactName") || keys.has("ArtifactType")),
	read(source, file) {
		const results = memberObjects(readJson(source, file), "Results", file);
		const tally = createFindings(file);
		if (results.length === 0) return tally.nothing("has no Results: Trivy found nothing to look at", "Did Trivy find a lock file, packages or an image to look at?");
		for (const result of results) {
			const at = memberText(result, "Target");
			if (at === void 0) refuse({
				code: "bad-value",
				message: "a result has no Target",
				at: { file }
			});
			for (const one of memberObjects(result, "Vulnerabilities", file)) add(one, "VulnerabilityID", packageOf(one));
			for (const one of memberObjects(result, "Misconfigurations", file)) {
				const status = member(one, "Status");
				if (status === "EXCEPTION") tally.suppressed();
				else if (status !== "PASS") add(one, "ID", at, member(one, "CauseMetadata"));
			}
			for (const one of memberObjects(result, "Secrets", file)) add(one, "RuleID", at, one);
		}
		return tally.finish();
		function add(one, idKey, where, cause) {
			const [id, line] = [memberText(one, idKey) ?? "(no identifier)", member(cause, "StartLine")];
			const severity = severityOf(member(one, "Severity"));
			tally.add({
				tool: "Trivy",
				rule: id,
				message: `${where}: ${memberText(one, "Title") ?? id}`,
				ids: namesOf(id, memberList(one, "VendorIDs", file)),
				security: true,
				...severity ? { severity } : {},
				...typeof line === "number" ? { at: {
					file: where,
					line
				} } : {}
			});
		}
	}
};
function packageOf(vulnerability) {
	return [memberText(vulnerability, "PkgName"), memberText(vulnerability, "InstalledVersion")].filter(Boolean).join(" ");
}

// src/core/read/trx-result.ts
const passed = /* @__PURE__ */ new Set([
	"Passed",
	"Completed",
	"Warning"
]);
const skipped$1 = /* @__PURE__ */ new Set([
	"NotExecuted",
	"Inconclusive",
	"Pending",
	"NotRunnable"
]);
/** Whether an element is the result of a test: `UnitTestResult`, `GenericTestResult`, `TestResultAggregation` and others. */
function isResult(name, parent) {
	return parent === "Results" || parent === "InnerResults" || name === "UnitTestResult" || name === "TestResult";
}
function openResult(tag) {
	return {
		testId: tag.attribute("testId") ?? "",
		name: tag.attribute("testName") ?? "",
		outcome: tag.attribute("outcome") ?? "",
		duration: tag.attribute("duration") ?? "",
		line: tag.line(),
		message: "",
		details: "",
		leaf: true,
		badInside: false
	};
}
function howEnded({ outcome }) {
	if (passed.has(outcome)) return "passed";
	if (skipped$1.has(outcome)) return "skipped";
	return outcome === "Failed" ? "failed" : "errored";
}
function failingTest({ name, outcome, line, message, details }, how, className, file) {
	return {
		suite: [],
		className,
		name,
		how,
		message: firstLine$1(message) || `outcome "${outcome.slice(0, 80) || "missing"}"`,
		details: details.slice(0, maxDetails).trim(),
		from: {
			file,
			line
		}
	};
}

// src/core/read/trx-abort.ts
/**
* How vstest begins to say that it aborted a run, in the languages that it has: the text AbortedTestRun of
* https://github.com/microsoft/vstest, src/Microsoft.TestPlatform.CommunicationUtilities/Resources/xlf.
*/
const sentences = [
	"The active test run was aborted",
	"Aktivn\u00ed testovac\u00ed b\u011bh se p\u0159eru\u0161il",
	"Der aktive Testlauf wurde abgebrochen",
	"Se ha anulado la serie de pruebas activa",
	"La s\u00e9rie de tests active a \u00e9t\u00e9 abandonn\u00e9e",
	"L'esecuzione dei test attivi \u00e8 stata interrotta",
	"\u30a2\u30af\u30c6\u30a3\u30d6\u306a\u30c6\u30b9\u30c8\u306e\u5b9f\u884c\u304c\u4e2d\u6b62\u3055\u308c\u307e\u3057\u305f",
	"\ud65c\uc131 \ud14c\uc2a4\ud2b8 \uc2e4\ud589\uc774 \uc911\ub2e8\ub418\uc5c8\uc2b5\ub2c8\ub2e4",
	"Aktywny przebieg testu zosta\u0142 przerwany",
	"A execu\u00e7\u00e3o de teste ativa foi anulada",
	"\u0410\u043a\u0442\u0438\u0432\u043d\u044b\u0439 \u0442\u0435\u0441\u0442\u043e\u0432\u044b\u0439 \u0437\u0430\u043f\u0443\u0441\u043a \u043f\u0440\u0435\u0440\u0432\u0430\u043d",
	"Etkin test \u00e7al\u0131\u015ft\u0131rmas\u0131 iptal edildi",
	"\u6d3b\u52a8\u7684\u6d4b\u8bd5\u8fd0\u884c\u5df2\u4e2d\u6b62",
	"\u4f7f\u7528\u4e2d\u7684\u6e2c\u8a66\u56de\u5408\u5df2\u4e2d\u6b62"
];
/** Other words for it. What aborted is told with it: a test may well be named after an aborted order. */
const words$2 = [
	/\btest ?(?:run|host)\b[^\n]*?\b(?:aborted|cancell?ed|crashed|exited with error)\b/i,
	/^\s*(?:the )?(?:\w+ )*run (?:was |has been )?(?:aborted|cancell?ed)\b/i,
	/^\s*Exit code indicates failure: '(?:3|7|13)'/
];
/** Whether what a run says of itself means that tests are missing after a break. */
function saysAborted(text) {
	return sentences.some((sentence) => text.includes(sentence)) || words$2.some((word) => word.test(text));
}

// src/core/read/trx-run.ts
/** Counters of tests that did not come to their end, and the outcome of the results that show them. */
const unfinished = {
	aborted: "Aborted",
	passedButRunAborted: "PassedButRunAborted",
	disconnected: "Disconnected",
	inProgress: "InProgress",
	notRunnable: "NotRunnable"
};
/** Outcomes of a run that came to its end. */
const ended = /^(?:|Passed|Completed|Warning|Failed|Error|Timeout|Inconclusive|NotExecuted)$/i;
const failed$1 = /^(?:Failed|Error|Timeout)$/i;
/** Outcomes of a `RunInfo` that is good to know. */
const harmless = /^(?:|Passed|Completed|Warning|Inconclusive|NotExecuted|Pending)$/i;
const lost = "Tests after the break are missing: look at the log of the test run.";
/** Listens to what a run says of itself: `ResultSummary`, its `Counters` and its `RunInfos`. */
function runWords(file) {
	let summary = {
		outcome: "",
		line: 1
	};
	let counters = {
		total: void 0,
		bad: 0
	};
	const states = /* @__PURE__ */ new Map();
	let open;
	let aborted;
	let outside;
	let repeated;
	function openCounters(tag) {
		const counted = (name) => countIn(tag, name, file) ?? 0;
		for (const [name, outcome] of Object.entries(unfinished)) states.set(outcome, counted(name));
		const { aborted, passedButRunAborted, disconnected, inProgress } = unfinished;
		const errored = [
			aborted,
			passedButRunAborted,
			disconnected,
			inProgress
		].map((one) => states.get(one));
		const bad = [
			counted("failed"),
			counted("error"),
			counted("timeout"),
			...errored
		];
		counters = {
			total: countIn(tag, "total", file),
			bad: bad.reduce((sum, count) => sum + count)
		};
	}
	function closeInfo(info) {
		if (repeats(info.text)) repeated ??= info;
		else if (info.outcome === "Aborted" || saysAborted(info.text)) aborted ??= info;
		else outside ??= info;
	}
	return {
		open(name, tag) {
			if (name === "ResultSummary") summary = {
				outcome: tag.attribute("outcome")?.trim() ?? "",
				line: tag.line()
			};
			else if (name === "Counters") openCounters(tag);
			else if (name === "RunInfo") {
				const outcome = tag.attribute("outcome")?.trim() ?? "";
				if (!harmless.test(outcome)) open = {
					outcome,
					line: tag.line(),
					text: ""
				};
			}
		},
		close(name) {
			if (name !== "RunInfo" || !open) return;
			closeInfo(open);
			open = void 0;
		},
		/** What is being told, whose text is wanted. */
		listening: () => open && open.text.length < 4e3 ? open : void 0,
		/** Throws InputError where the run did not come to its end. */
		checkEnd({ outcomes }) {
			const at = {
				file,
				line: aborted?.line ?? summary.line
			};
			const { outcome } = summary;
			if (aborted || outcome === "Aborted") {
				const why = firstLine$1(aborted?.text ?? "", 200) || "outcome \"Aborted\"";
				refuse({
					code: "truncated",
					message: `the test run was aborted: ${why}`,
					at,
					hint: lost
				});
			}
			if (!ended.test(outcome)) {
				const message = `the result summary says "${outcome.slice(0, 80)}" and not that the test run ended`;
				refuse({
					code: "truncated",
					message,
					at,
					hint: lost
				});
			}
			for (const [state, count] of states) {
				const found = outcomes.get(state) ?? 0;
				if (count <= found) continue;
				const message = `the result summary counts ${count} tests as "${state}", found ${found}`;
				refuse({
					code: "truncated",
					message,
					at,
					hint: lost
				});
			}
		},
		/** What the run tells that no failing test shows. */
		error: (anyFailed) => outside ?? (anyFailed ? void 0 : repeated),
		differs({ tests, bad, around, badAround }, isTold) {
			const { total } = counters;
			const declared = {
				who: "the result summary",
				tests: total !== void 0 && total > tests && total <= tests + around ? tests : total,
				bad: counters.bad > bad && counters.bad <= bad + badAround ? bad : counters.bad || outcomeBad(isTold)
			};
			return declaredDiffers(declared, {
				tests,
				bad
			}, {
				file,
				line: summary.line
			});
		}
	};
	/** A run that only says that it failed has one failure, unless it tells which. */
	function outcomeBad(isTold) {
		return failed$1.test(summary.outcome) && !isTold ? 1 : 0;
	}
}
/** One of the counters, if it is there. Throws InputError where it is no count. */
function countIn(tag, name, file) {
	const text = tag.attribute(name) ?? "";
	const count = readCount(text);
	if (count !== void 0 || text === "") return count;
	const message = `the counter "${name}" is no count: ${JSON.stringify(text.slice(0, 80))}`;
	refuse({
		code: "bad-value",
		message,
		at: {
			file,
			line: tag.line()
		},
		hint: "Let the tool write the file again."
	});
}
/** xUnit's adapter tells of every failing test once more, and Microsoft.Testing.Platform that there were some. */
function repeats(text) {
	return /\[FAIL\]\s*$/.test(text) || /^\s*Exit code indicates failure(?!: '(?!2'))/.test(text);
}
/** Tells of an error of the run, which counts as one failed test. */
function runErrorIn(message, at) {
	const what = "the test run reports an error of its own";
	return {
		code: "suite-error",
		severity: "note",
		message: message === "" ? what : `${what}: ${message.slice(0, 200)}`,
		at
	};
}

// src/core/read/trx.ts
/** Visual Studio test results. https://learn.microsoft.com/visualstudio/test, schema vstst.xsd. */
const trx = {
	label: "TRX",
	families: ["tests"],
	writtenBy: "dotnet test --logger trx, vstest",
	roots: ["TestRun"],
	claims: ({ text }) => /microsoft\.com\/schemas\/VisualStudio\/TeamTest|<(?:[^\s<>:]+:)?(?:Results|TestRun)/.test(text),
	read(source, file, counting) {
		const reading = runReader(file, counting);
		const notes = scanXml(source, file, reading.events);
		return reading.finish(notes);
	}
};
/** Most names of classes that are kept to tell failing tests apart. */
const maxClasses = 5e5;
function runReader(file, counting) {
	const tally = createTally(counting);
	const run = runWords(file);
	const path = [];
	const open = [];
	const classes = /* @__PURE__ */ new Map();
	/** Results come before the definitions that name their classes, which failing tests are told with, and groups by. */
	const waiting = [];
	const outcomes = /* @__PURE__ */ new Map();
	let around = 0;
	let badAround = 0;
	let odd = 0;
	let unitTest = "";
	const events = {
		open(name, tag) {
			if (isResult(name, path.at(-1))) {
				const outer = open.at(-1);
				if (outer) outer.leaf = false;
				open.push(openResult(tag));
			} else if (name === "UnitTest") unitTest = tag.attribute("id") ?? "";
			else if (name === "TestMethod" && classes.size < maxClasses) classes.set(unitTest, tag.attribute("className") ?? "");
			else run.open(name, tag);
			path.push(name);
		},
		close(name) {
			path.pop();
			if (isResult(name, path.at(-1))) closeResult(open.pop(), open.at(-1));
			else run.close(name);
		},
		wantsText: () => wanted() !== void 0,
		text(piece) {
			wanted()?.(piece);
		}
	};
	/** Takes the text at hand, where it is wanted. */
	function wanted() {
		const at = path.at(-1);
		const told = at === "Text" ? run.listening() : void 0;
		if (told) return (piece) => told.text += piece;
		const result = open.at(-1);
		if (!result || path.at(-2) !== "ErrorInfo") return void 0;
		if (at === "Message" && result.message.length < 1e3) return (piece) => result.message += piece;
		if (at === "StackTrace" && result.details.length < 4e3) return (piece) => result.details += piece;
	}
	function closeResult(result, outer) {
		const { leaf, badInside, outcome } = result;
		outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
		const how = howEnded(result);
		const isBad = how === "failed" || how === "errored";
		const counts = leaf || isBad && !badInside && outcome !== "";
		if (outer) outer.badInside ||= badInside || counts && isBad;
		if (counts) count(result, isBad);
		else {
			around++;
			if (isBad) badAround++;
		}
	}
	function count(result, isBad) {
		if (!tally.about) {
			timed(result);
			if (waiting.length >= 1e3) result.details = "";
			if (waiting.length >= 5e3) result.message = "";
		}
		if (tally.about || isBad) waiting.push(result);
		else decided(result, "");
	}
	function timed({ leaf, duration, name }) {
		if (!leaf || duration === "") return;
		const seconds = readTimeSpan(duration);
		if (seconds === void 0) odd++;
		else tally.time(seconds, () => ({
			suite: [],
			className: "",
			name
		}));
	}
	function decided(result, className) {
		const how = howEnded(result);
		if (how === "passed") tally.passed();
		else if (how === "skipped") tally.skipped();
		else tally.failing(how, () => failingTest(result, how, className, file));
	}
	/** An error of the run counts as one failed test. */
	function failRun(text, line) {
		const from = {
			file,
			line
		};
		const name = {
			suite: [],
			className: "",
			name: "(test run)"
		};
		const message = firstLine$1(text);
		const details = text.slice(0, maxDetails).trim();
		tally.about?.(name);
		tally.failing("failed", () => ({
			...name,
			how: "failed",
			message,
			details,
			from
		}));
		return runErrorIn(message, from);
	}
	return {
		events,
		finish(notes) {
			for (const result of waiting) {
				const className = classes.get(result.testId) ?? "";
				if (tally.about) {
					tally.about({
						suite: [],
						className,
						name: result.name
					}, result.testId);
					timed(result);
				}
				decided(result, className);
			}
			const found = {
				tests: tally.total(),
				bad: tally.bad(),
				around,
				badAround,
				outcomes
			};
			run.checkEnd(found);
			const error = run.error(found.bad > 0);
			const problems = [...notes, ...run.differs(found, error !== void 0)];
			if (error) problems.push(failRun(error.text, error.line));
			problems.push(...timesLeftOut(odd, "duration of the form hh:mm:ss", file), ...noTests(tally, file));
			return {
				facts: {
					kind: "tests",
					tests: tally.facts()
				},
				problems
			};
		}
	};
}

// src/core/read/vegeta.ts
/** Vegeta's report, with times in nanoseconds. https://github.com/tsenart/vegeta#report-command */
const vegeta = {
	label: "Vegeta JSON report",
	families: ["load"],
	writtenBy: "vegeta report -type=json",
	claims: ({ json: { keys } }) => keys.has("latencies") && keys.has("bytes_in"),
	read(source, file) {
		const document = readJson(source, file);
		const requests = readWhole(member(document, "requests"), "requests", file) ?? 0;
		const statuses = Object.entries(readCounts(member(document, "status_codes"), "status", file));
		const sum = (those) => statuses.reduce((all, [status, count]) => all + (those.test(status) ? count : 0), 0);
		const counted = sum(/^/);
		const time = (key) => {
			const nanoseconds = readAmount(member(member(document, "latencies"), key), `latencies ${key}`, file);
			return nanoseconds === void 0 ? void 0 : nanoseconds / 1e6;
		};
		if (counted !== requests) bad$1(`${requests} requests, but ${counted} status codes`, file);
		if (requests > 0 && !(time("mean") ?? 0)) bad$1(`the mean latency of ${requests} requests is 0`, file);
		const times = {
			p50: time("50th"),
			p90: time("90th"),
			p95: time("95th"),
			p99: time("99th"),
			avg: time("mean"),
			max: time("max")
		};
		return loadReading({
			requests,
			times: sum(/[^0]/) > 0 ? times : {},
			errorRate: errorRate(requests - sum(/^[23]\d\d$/), requests, file),
			throughput: readAmount(member(document, "rate"), "rate", file)
		}, file);
	}
};
function bad$1(message, file) {
	refuse({
		code: "bad-value",
		message,
		at: { file },
		hint: "Let `vegeta report` write the file again."
	});
}

// src/core/read/index.ts
/** The registry of readers. Names of formats, help texts and tables of the docs come from here. */
const readers = {
	junit,
	ctrf,
	trx,
	tap,
	lcov,
	cobertura,
	istanbul,
	"istanbul-summary": istanbulSummary,
	jacoco,
	clover,
	"coverage-py": coveragepy,
	gocover,
	simplecov,
	"llvm-cov": llvmCov,
	gcovr,
	opencover,
	k6,
	locust,
	"locust-history": locustHistory,
	jmeter,
	"jmeter-xml": jmeterXml,
	artillery,
	autocannon,
	oha,
	vegeta,
	hey,
	openmetrics,
	"metrics-json": metricsJson,
	"metrics-csv": metricsCsv,
	"benchmark-json": benchmarkJson,
	"octocov-json": octocovJson,
	sarif,
	"npm-audit": npmAudit,
	trivy,
	grype,
	"osv-scanner": osvScanner,
	"pip-audit": pipAudit,
	eslint,
	"code-climate": codeClimate,
	checkstyle,
	facts
};
const formats = Object.keys(readers);
/**
* Reads a report file of whatever format its content shows. Problems are returned, all of them; nothing is thrown for
* them. Tests are counted as `counting` says.
*/
function readReportFile(path, source, counting) {
	let format = null;
	let window;
	try {
		window = openWindow(source, path);
		format = formatOf(window, path);
		const { facts, problems } = readers[format].read(window, path, counting);
		return {
			path,
			format,
			facts,
			problems
		};
	} catch (error) {
		if (error instanceof InputError) return {
			path,
			format,
			problems: [{
				...error.problem,
				at: error.problem.at ?? { file: path }
			}]
		};
		throw error;
	} finally {
		window?.close();
	}
}
const rootsOf = (format) => readers[format].roots ?? [];
const notInXml = formats.filter((format) => rootsOf(format).length === 0);
const byRoot = new Map(formats.flatMap(rootsOf).map((root) => [root, formats.filter((format) => rootsOf(format).includes(root))]));
/** Formats whose reader claims this content; the tests see to it that it is never more than one. */
function claimants(head) {
	const { root } = head;
	return (root === void 0 ? notInXml : byRoot.get(root) ?? []).filter((format) => readers[format].claims?.(head) ?? true);
}
function formatOf(window, file) {
	const root = rootAtOnce(window);
	const asked = root === void 0 ? void 0 : byRoot.get(root);
	if (asked?.length === 1 && !("claims" in readers[asked[0]])) return asked[0];
	const head = takeHead(window);
	const claimed = claimants(head);
	if (claimed.length === 1) return claimed[0];
	if (head.text.trim() === "") refuse({
		code: "empty-file",
		message: "is empty (only blanks)",
		at: { file },
		hint: "Did the tool that writes it crash?"
	});
	if (/^\s*\{\s*\}\s*$/.test(head.text)) refuse({
		code: "empty-file",
		message: "is an empty JSON object",
		at: { file },
		hint: "Did its tool find something to look at? Coverage tools write it when no source file was loaded."
	});
	if (/^\s*<\?xml\b/.test(head.text) && head.root === void 0) refuse({
		code: "xml-syntax",
		message: "has no root element",
		at: {
			file,
			line: 1
		},
		hint: "The file is cut off."
	});
	if (/[\x00-\x08\x0e-\x1a]/.test(head.text.slice(0, 1024)) && head.root === void 0) refuse({
		code: "encoding",
		message: "is binary data, not a text file",
		at: { file },
		hint: "Name the text file that the tool writes."
	});
	if (head.json.keys.size > 0) unknownJson(head.text, file);
	const found = head.root === void 0 ? JSON.stringify(head.text.trim().slice(0, 30)) : `<${head.root.slice(0, 40)}>`;
	refuse({
		code: "unknown-format",
		message: `expected <testsuites>, <testsuite> or another report that is read, found ${found}`,
		at: { file },
		hint: "Is it the file that the tool wrote? docs/formats.md lists the formats that are read."
	});
}
function unknownJson(text, file) {
	refuse({
		code: "unknown-format",
		message: `is JSON of no format that is read, and begins with ${JSON.stringify(text.trim().slice(0, 30))}`,
		at: { file },
		hint: "Is it the file that the tool wrote? docs/formats.md lists the formats that are read; many scanners can write SARIF."
	});
}

// src/core/read/pointed.ts
/** Reads the number that a JSON Pointer leads to. Problems are returned; nothing is thrown for them. */
function readPointed(path, source, { kpi, pointer, unit }) {
	try {
		const value = follow(readJson(source, path), pointer, path);
		if (typeof value !== "number" || !Number.isFinite(value)) {
			const found = typeof value === "number" ? `${value}, not a finite number` : kindOf(value);
			bad(`${pointer || "the document"} is ${found}; ${kpi} must be a number`, path);
		}
		return {
			path,
			format: "json",
			facts: {
				kind: "metrics",
				metrics: [{
					name: kpi,
					labels: `{file=${JSON.stringify(path)}}`,
					value,
					from: { file: path },
					...unit === void 0 ? {} : { unit }
				}]
			},
			problems: []
		};
	} catch (error) {
		if (error instanceof InputError) return {
			path,
			format: "json",
			problems: [error.problem]
		};
		throw error;
	}
}
function follow(document, pointer, file) {
	let at = document;
	let walked = "";
	for (const step of pointer.split("/").slice(1)) {
		const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
		const next = Array.isArray(at) ? item(at, key) : isObject$1(at) && Object.hasOwn(at, key) ? at[key] : void 0;
		if (next === void 0) bad(`holds nothing at ${walked}/${step}${instead(at)}`, file);
		at = next;
		walked += `/${step}`;
	}
	return at;
}
function item(list, key) {
	return /^(?:0|[1-9]\d{0,8})$/.test(key) ? list[Number(key)] : void 0;
}
/** What there is where nothing was found. */
function instead(at) {
	if (Array.isArray(at)) return `; there is a list of ${at.length}`;
	if (!isObject$1(at)) return "";
	const keys = Object.keys(at).slice(0, 5);
	return keys.length === 0 ? "; the object there is empty" : `; there are ${keys.join(", ").slice(0, 120)}`;
}
function bad(message, file) {
	refuse({
		code: "bad-value",
		message: message.slice(0, 300),
		at: { file },
		hint: "Correct the `value` under `custom`: a JSON Pointer such as /totals/0/percent."
	});
}

// src/core/read/well-known.ts
/** Where report files are looked for when the configuration names no sources; other families have no usual names. Facts files
* have none on purpose: beside their own report files they would count every test twice. */
const wellKnown = {
	tests: [
		"**/junit*.xml",
		"**/*junit.xml",
		"**/TEST-*.xml",
		"**/test-results/**/*.xml",
		"**/test-reports/**/*.xml"
	],
	coverage: [
		"**/lcov.info",
		"**/coverage-final.json",
		"**/coverage.xml",
		"**/cobertura*.xml",
		"**/jacoco*.xml",
		"**/clover.xml",
		"**/cover*.out"
	]
};

// src/io/on-demand.ts
/** Loads a module of Node when it is needed, where an import would load it in every run. */
const onDemand = createRequire(import.meta.url);

// src/io/engine.ts
/** From this size on it pays to think of the processor's cache. 4 MiB. */
const largeFile = 1 << 22;
/** From so many files on it pays to think of what compiles while they are read. */
const manyFiles = 500;
/**
* Tells the engine of a file of some bytes. A scanner of a large one makes short texts and forgets them at once. The engine
* answers with more and more room for young objects, until each text lies outside of the cache; as small as it begins is
* faster and saves 60 MB. To clear so small a room takes less than to wake other threads for it.
*/
function expectFile(size) {
	if (size > largeFile) setFlags(smallRoom);
}
/**
* Tells the engine of the files of a source. The same holds for many small ones. What they leave behind makes it mark what
* lives on another thread, in case this goes on; it never does. And after 3,000 calls it compiles a function for the second
* time: with a few calls for each of thousands of files, all is read before that pays.
*/
function expectFiles(count) {
	if (count < manyFiles) return;
	setFlags(`${smallRoom} --no-incremental-marking`);
	if (process.versions.v8.startsWith("13.")) setFlags("--invocation-count-for-turbofan=30000");
}
const smallRoom = "--semi-space-growth-factor=1 --no-parallel-scavenge";
function setFlags(flags) {
	onDemand("node:v8").setFlagsFromString(flags);
}

// src/io/report-files.ts
/** Largest report file that is opened. 4 GiB. */
const maxFileBytes = 4 * 2 ** 30;
/** One piece; the readers turn it into text at once, and small texts are cheap for V8. */
const pieceBytes = 65536;
/**
* A regular file, handed out in pieces of one reused buffer. Links are not followed, pipes and devices never opened
* for long, so nothing can hang. Going through it throws InputError.
*/
function readPieces(path, shown) {
	return {
		[Symbol.iterator]: () => pieces(path, shown),
		latin1
	};
}
/** The bytes that were asked for last, and the same as Node wants them. */
let asked;
let askedBuffer = Buffer.alloc(0);
/** What a reader needs of the platform besides the bytes: see `Pieces` in core/read/text/window.ts. */
function latin1(bytes, start, end) {
	if (asked !== bytes) askedBuffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	asked = bytes;
	return askedBuffer.toString("latin1", start, end);
}
/** The buffer of a file that is over, for the next one. */
let spare;
function* pieces(path, shown) {
	const file = open(path, shown);
	const buffer = spare ?? new Uint8Array(pieceBytes);
	spare = void 0;
	try {
		const stats = fstatSync(file);
		if (stats.isDirectory()) notAFile("is a folder", shown, `Name the files in it, such as ${shown}/**.`);
		if (!stats.isFile()) notAFile("is not a regular file", shown);
		if (stats.size > maxFileBytes) {
			const message = `is larger than the limit (${maxFileBytes / 2 ** 30} GiB)`;
			refuse({
				code: "limit-size",
				message,
				at: { file: shown },
				hint: "Let every shard write a file of its own."
			});
		}
		expectFile(stats.size);
		let left = stats.size;
		let into = buffer;
		for (let size = readSync(file, into); size > 0; size = readSync(file, into)) {
			const offered = yield size === into.length ? into : into.subarray(0, size);
			left -= size;
			if (left === 0) return;
			into = offered !== void 0 && offered.length >= pieceBytes ? offered.subarray(0, pieceBytes) : buffer;
		}
	} finally {
		spare = buffer;
		closeSync(file);
	}
}
function open(path, shown) {
	try {
		return openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
	} catch (error) {
		const code = systemCode(error);
		if (code === "ELOOP") notAFile("is a link, which is not followed", shown);
		if (code === "ENXIO") notAFile("is not a regular file", shown);
		const message = code === "ENOENT" ? "does not exist" : `could not be read (${code})`;
		refuse({
			code: "file-unreadable",
			message,
			at: { file: shown },
			hint: "Check the path and its permissions."
		});
	}
}
function notAFile(message, file, hint = "Name the report file itself.") {
	refuse({
		code: "not-a-file",
		message,
		at: { file },
		hint
	});
}
/** The system's name for what went wrong, such as ENOENT. */
function systemCode(error) {
	return error instanceof Error && "code" in error ? String(error.code) : "unknown error";
}

// src/io/workspace.ts
/** GITHUB_WORKSPACE, else the top of the git checkout, else the folder itself. */
function findWorkspaceRoot(cwd, env) {
	if (env["GITHUB_WORKSPACE"]) return realpathSync(env["GITHUB_WORKSPACE"]);
	const start = realpathSync(cwd);
	for (let folder = start;; folder = dirname(folder)) {
		if (existsSync(join(folder, ".git"))) return folder;
		if (folder === dirname(folder)) return start;
	}
}
/** The workspace of a command: globs are relative to `root`, if it is given, else to the folder of the configuration. */
function openWorkspace(configFile, root, cwd, env) {
	const base = root === void 0 ? baseOf(configFile, cwd) : realpathSync(resolve(cwd, root));
	const top = findWorkspaceRoot(cwd, env);
	return {
		base,
		root: isInside(base, top) ? top : base
	};
}
/** The folder that globs are relative to: that of the configuration, or its parent when that is `.github`. */
function baseOf(configFile, cwd) {
	if (configFile === void 0) return realpathSync(cwd);
	const folder = dirname(resolve(cwd, configFile));
	const base = folder.endsWith(`${sep}.github`) ? dirname(folder) : folder;
	return existsSync(base) ? realpathSync(base) : base;
}
function isInside(path, root) {
	const way = relative(root, path);
	return way === "" || !way.startsWith(`..${sep}`) && way !== ".." && !isAbsolute(way);
}
/** Absolute path of a folder named from the base; undefined where it is outside the workspace, also by a link. */
function insideWorkspace(folder, { root, base }) {
	const path = resolve(base, folder.replaceAll("\\", "/"));
	const real = existsSync(path) ? realpathSync(path) : path;
	return isInside(path, root) && isInside(real, root) ? path : void 0;
}
/** Path from the root of a file that exists in the workspace, named absolutely or from the base or the root. */
function pathInRepository(file, { base, root }) {
	for (const folder of [base, root]) {
		const path = resolve(folder, file.replaceAll("\\", "/"));
		if (isInside(path, root) && existsSync(path)) return shownPath(path, root);
	}
}
/** A path relative to a folder, with `/` on every system. */
function shownPath(path, from) {
	return (relative(from, path) || ".").split(sep).join("/");
}

// src/io/find-files.ts
/** Most report files that one gate reads. */
const maxFiles = 1e4;
/** Most folders and files that are looked at for one glob. */
const maxVisited = 2e6;
const neverEntered = /* @__PURE__ */ new Set(["node_modules", ".git"]);
/** Asked for only where a job has begun at a known time. */
function writtenAt({ path, writtenAt }) {
	return writtenAt ?? lstatSync(path).mtimeMs;
}
/** Files that match a glob, in the order of their names; links to files and folders are not followed. */
function findFiles(glob, { root, base }) {
	const at = { file: glob };
	const { base: fixed, glob: rest } = import_picomatch.default.scan(glob.replaceAll("\\", "/"));
	const start = resolve(base, fixed);
	if (!isInside(start, root) || isAbsolute(rest) || /(?:^|\/)\.\.(?:\/|$)/.test(rest)) return none({
		code: "outside-workspace",
		severity: "error",
		message: "leads outside the workspace",
		at,
		hint: "Only files of the checkout are read; let the tool write its report there."
	});
	let real;
	try {
		real = realpathSync(start);
	} catch {
		return {
			files: [],
			problems: []
		};
	}
	if (!isInside(real, root)) return none({
		code: "outside-workspace",
		severity: "error",
		message: "leads outside the workspace by a link",
		at
	});
	try {
		return {
			files: (rest === "" ? single(start, base) : walk(start, base, rest, at)).sort((a, b) => a.shown < b.shown ? -1 : 1),
			problems: []
		};
	} catch (error) {
		if (error instanceof InputError) return none(error.problem);
		throw error;
	}
}
function none(problem) {
	return {
		files: [],
		problems: [problem]
	};
}
function single(path, base) {
	const stats = lstatSync(path);
	const shown = shownPath(path, base);
	if (stats.isDirectory()) {
		const hint = `Name the files in it, such as ${shown}/**.`;
		refuse({
			code: "not-a-file",
			message: "is a folder",
			at: { file: shown },
			hint
		});
	}
	return [{
		path,
		shown,
		writtenAt: stats.mtimeMs
	}];
}
/** All matching files below a folder. */
function walk(start, base, rest, at) {
	const pattern = import_picomatch.default.makeRe(rest, {
		dot: true,
		noextglob: true,
		nonegate: true
	});
	const found = [];
	const folders = [""];
	const shown = start === base ? "" : `${shownPath(start, base)}/`;
	let visited = 0;
	for (let folder = folders.pop(); folder !== void 0; folder = folders.pop()) enter(folder);
	return found;
	function enter(folder) {
		const here = join(start, folder);
		for (const entry of entriesOf(here, shown + folder)) visit(entry, here, folder);
	}
	function visit(entry, here, folder) {
		if (++visited > maxVisited) refuse({
			code: "limit-files",
			message: `more than ${maxVisited} files and folders lie below it; name a narrower folder`,
			at
		});
		const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
		if (entry.isDirectory()) {
			if (!neverEntered.has(entry.name)) folders.push(path);
		} else if (path === rest || pattern.test(path)) {
			if (found.length === 1e4) refuse({
				code: "limit-files",
				message: `matches more than ${maxFiles} files`,
				at
			});
			found.push({
				path: `${here}${sep}${entry.name}`,
				shown: shown + path
			});
		}
	}
}
/** Report files may lie in a folder that cannot be looked into, such as the data of a service container. */
function entriesOf(folder, shown) {
	try {
		return readdirSync(folder, { withFileTypes: true });
	} catch (error) {
		refuse({
			code: "file-unreadable",
			message: `the folder could not be looked into (${systemCode(error)})`,
			at: { file: shown === "" ? "." : shown },
			hint: "Name folders beside it under `sources`, or let this user read it."
		});
	}
}

// src/io/stale.ts
/** What says that a file is none of this run: its time, or for facts of another runner the run that wrote them. */
function stale(file, { facts }, { startedAt, run }) {
	const writer = facts?.kind === "facts" ? facts.collected.run : void 0;
	if (writer !== void 0 && run !== void 0) {
		if (writer === run) return [];
		return problem$3(file, `was collected by the workflow run ${writer}, and this is run ${run}`, "Bring the facts files of this run, or set `stale: allow` on the source.");
	}
	if (startedAt === void 0) return [];
	const written = writtenAt(file);
	if (written + 2e3 >= startedAt) return [];
	return problem$3(file, `was written ${new Date(written).toISOString()}, before this job began (${new Date(startedAt).toISOString()})`, "Did the step that writes it run? Delete old report files first, or set `stale: allow` on the source.");
}
function problem$3({ shown }, message, hint) {
	return [{
		code: "stale-file",
		severity: "error",
		message,
		at: { file: shown },
		hint
	}];
}

// src/io/git.ts
/** Whether a folder is the top of a checkout. */
function isCheckout(root) {
	return existsSync(join(root, ".git"));
}
/** What git prints; undefined where it fails. No hook and no monitor of the repository is run. */
function git(root, args) {
	const options = [
		"-c",
		"core.fsmonitor=false",
		"-c",
		"core.hooksPath=/dev/null",
		"-C",
		root
	];
	const { execFileSync } = onDemand("node:child_process");
	try {
		return execFileSync("git", [...options, ...args], {
			encoding: "utf8",
			timeout: 3e4,
			maxBuffer: 1 << 28,
			stdio: [
				"ignore",
				"pipe",
				"ignore"
			]
		});
	} catch {
		return;
	}
}
/** What git prints, without blanks at its end; undefined where it fails. */
function askGit(root, ...args) {
	return git(root, args)?.trimEnd();
}

// src/io/tracked-files.ts
/** Asks git, where the workspace is a checkout. */
function trackedFiles({ root }) {
	if (!isCheckout(root)) return {
		paths: [],
		problems: []
	};
	const list = git(root, ["ls-files", "-z"]);
	if (list !== void 0) return {
		paths: list.split("\0").filter((path) => path !== ""),
		problems: []
	};
	return {
		paths: [],
		problems: [{
			code: "git-unavailable",
			severity: "warning",
			message: "git could not say which files it tracks, so committed report files were not left out",
			hint: "Name the report files under `sources`, or make git work in this job."
		}]
	};
}

// src/steps.ts
/** All steps, one after the other. */
function atOnce(steps) {
	for (;;) {
		const { done, value } = steps.next();
		if (done) return value;
	}
}

// src/gather.ts
const reported = families$1.filter((family) => family !== "facts");
/** The evidence of all runners: the report files that lie here, and what facts files tell of others. A step for each file. */
function* gather(config, here) {
	const facts = [];
	for (const source of config.sources?.facts ?? []) facts.push(yield* gatherFacts(source, config, here));
	const collected = joinCollected(facts.flatMap(({ files }) => files));
	const given = config.sources;
	const { sources, ...evidence } = yield* find(config, given && ((family) => given[family]), here);
	const everywhere = sources.map(({ source, evidence: own }) => {
		const other = collected.get(sourceKey(own));
		return {
			source,
			evidence: other ? joinSources(own, other) : own
		};
	});
	const named = everywhere.map(({ source, evidence: whole }) => {
		const others = everywhere.some((other) => other.source !== source && other.evidence.family === whole.family && other.evidence.kpi === void 0 && matched(other.evidence) > 0);
		if (whole.problems.length > 0 || whole.kpi !== void 0) return whole;
		return {
			...whole,
			problems: numberOf(source, whole.family, matched(whole), others)
		};
	});
	const keys = new Set(sources.map(({ evidence: own }) => sourceKey(own)));
	const foreign = [...collected].filter(([key]) => !keys.has(key)).map(([, source]) => source);
	const all = [
		...facts,
		...named,
		...foreign,
		...here.answered ?? []
	];
	return withTracked({
		...evidence,
		sources: all
	}, here);
}
/** The evidence of this runner alone. Whether it is the whole of a source only the gate can say, which also fetches artifacts. */
function gatherHere(config, here) {
	const files = (family) => (config.sources?.[family] ?? []).filter((source) => !isArtifactSource(source));
	const named = reported.some((family) => files(family).length > 0);
	const { sources, ...evidence } = atOnce(find(config, named ? files : void 0, here));
	return withTracked({
		...evidence,
		sources: sources.map(({ evidence: found }) => found)
	}, here);
}
/** Adds what paths of source files are looked up in; git is asked only where a report file has such paths. */
function withTracked(evidence, { workspace }) {
	const { sources, tracked } = evidence;
	const covered = sources.some(({ files }) => files.some(({ facts }) => facts?.kind === "coverage"));
	return tracked || !covered ? evidence : {
		...evidence,
		tracked: trackedFiles(workspace).paths
	};
}
function* gatherFacts(source, config, here) {
	const { files, problems } = filesOf(source, here);
	const fold = createFold();
	const own = yield* each(files, (file) => fold(countedAlike(read(file, "facts", source, here), config)));
	return {
		family: "facts",
		glob: source.glob,
		files: withoutCopies(own),
		problems: problems.length > 0 ? problems : numberOf(source, "facts", files.length, true)
	};
}
function* each(files, work) {
	const results = [];
	for (const file of files) {
		yield file.path;
		results.push(work(file));
	}
	return results;
}
/** Report files by source, read. */
function* find(config, given, here) {
	const { workspace } = here;
	const root = slashed(workspace.root);
	const tracked = given ? void 0 : trackedFiles(workspace);
	const committed = new Set(tracked?.paths);
	const counting = countingOf(config, root);
	const sources = [];
	for (const family of reported) {
		const seen = /* @__PURE__ */ new Set();
		for (const source of given?.(family) ?? (wellKnown[family] ?? []).map(lookedFor)) {
			const { files, problems } = filesOf(source, here);
			const own = given ? files : files.filter((file) => isReport(file, committed, workspace));
			const fresh = own.filter(({ path }) => !seen.has(path));
			for (const { path } of fresh) seen.add(path);
			expectFiles(fresh.length);
			const also = own.length - fresh.length;
			const slowest = slowestSoFar(counting);
			const there = {
				...here,
				counting: slowest.counting
			};
			const evidence = {
				family,
				glob: source.glob,
				...source.group === void 0 ? {} : { group: source.group },
				files: yield* each(fresh, (file) => {
					const result = read(file, family, source, there);
					if (result.facts?.kind === "tests") slowest.add(result.facts.tests);
					return result;
				}),
				problems,
				...also > 0 ? { also } : {}
			};
			sources.push({
				source,
				evidence
			});
		}
	}
	for (const pointed of config.pointed) sources.push(yield* findPointed(pointed, here));
	return {
		sources,
		problems: tracked?.problems ?? [],
		root,
		...tracked ? { tracked: tracked.paths } : {}
	};
}
/** The files of a source: those in the workspace, or what was fetched. */
function filesOf(source, { workspace, fetched }) {
	if (!isArtifactSource(source)) return findFiles(source.glob, workspace);
	const absent = {
		code: "artifact-unavailable",
		severity: "error",
		message: "artifacts can be read only in a run of a workflow",
		at: { file: source.glob },
		hint: "Elsewhere, download them first and name their files."
	};
	return fetched?.get(source) ?? {
		files: [],
		problems: [absent]
	};
}
/** Files that are read for one KPI alone, by a pointer into them. */
function* findPointed({ source, ...pointer }, here) {
	const { files, problems } = findFiles(source.glob, here.workspace);
	return {
		source,
		evidence: {
			family: "metrics",
			glob: source.glob,
			kpi: pointer.kpi,
			files: yield* each(files, (file) => {
				const result = readPointed(file.shown, readPieces(file.path, file.shown), pointer);
				const old = source.allowStale ? [] : stale(file, result, here);
				return {
					...result,
					problems: [...result.problems, ...old]
				};
			}),
			problems
		}
	};
}
/** Among files with well-known names, those that the repository or its packages brought along are none of this run. */
function isReport({ path, shown }, committed, { root }) {
	return !committed.has(shownPath(path, root)) && !/(?:^|\/)vendor\//.test(shown);
}
function countingOf({ groups, retries }, root) {
	const groupsOf = groupsByGlob(groups, root);
	return {
		...groupsOf ? { groupsOf } : {},
		retriesByName: retries === "same-name-in-suite"
	};
}
function lookedFor(glob) {
	return {
		glob,
		optional: true,
		allowStale: false
	};
}
function read(file, family, source, { startedAt, run, counting }) {
	const result = readReportFile(file.shown, readPieces(file.path, file.shown), counting);
	const old = source.allowStale ? [] : stale(file, result, {
		startedAt,
		run
	});
	const format = result.format === null ? void 0 : readers[result.format];
	if (format === void 0 || format.families.includes(family)) return old.length === 0 ? result : {
		...result,
		problems: [...result.problems, ...old]
	};
	const misplaced = {
		code: "wrong-family",
		severity: "error",
		message: `holds ${format.label}, but stands under sources: ${family}`,
		at: { file: file.shown },
		hint: `Move the glob to sources: ${format.families.join(" or ")}.`
	};
	const { facts: _, ...rest } = result;
	return {
		...rest,
		problems: [
			...result.problems,
			misplaced,
			...old
		]
	};
}
/** Problems of the number of files that one glob matched. */
function numberOf(source, family, count, others) {
	const at = { file: source.glob };
	if (source.expect !== void 0 && count !== source.expect && !isArtifactSource(source)) {
		const message = `${count} of ${source.expect} expected files found`;
		return [{
			code: count === 0 ? "no-files" : "shards-missing",
			severity: "error",
			message,
			at,
			hint: "Did every shard run, and was every report file brought to this job?"
		}];
	}
	if (count > 0 || source.optional || !others) return [];
	return [{
		code: "no-files",
		severity: "error",
		message: `no file matched, although other ${family} files were found`,
		at,
		hint: "Set `optional: true` if it may be absent."
	}];
}
function slashed(path) {
	return path.replaceAll("\\", "/");
}

// src/gate.ts
/** Finds and reads the report files, and evaluates them. Everything between settings and report. */
function runGate(settings) {
	return atOnce(gateInSteps(settings));
}
/** The same with a step for each report file. */
function* gateInSteps(settings) {
	const { workspace, startedAt, fetched, answered = [], baseConfig, labels = [], ...given } = settings;
	const ruled = given.config && applyPolicy(given.config, baseConfig, labels);
	const evidence = ruled ? yield* gather(ruled.config, {
		workspace,
		startedAt,
		fetched,
		answered,
		run: given.run.id
	}) : {
		sources: [],
		problems: [],
		root: workspace.root.replaceAll("\\", "/")
	};
	return evaluate({
		...given,
		config: ruled?.config ?? null,
		policy: ruled?.policy ?? null,
		problems: [...given.problems, ...ruled?.problems ?? []],
		evidence,
		locate: (file) => pathInRepository(file, workspace)
	});
}

// src/core/config/amounts.ts
const examples = {
	"%": "85%",
	count: "10",
	ratio: "0.9",
	ms: "2s",
	B: "500 MB"
};
/** An amount in a unit, as messages show it. */
function example(unit) {
	return isKnownUnit(unit) ? examples[unit] : `10 ${unit}`;
}
/** A number of plain digits times a factor, exactly. */
function scaled(number, factor) {
	const [whole = "0", fraction = ""] = number.split(".");
	return {
		digits: BigInt(whole + fraction) * BigInt(factor),
		scale: fraction.length
	};
}

// src/core/config/presets/execution-plan.yml
var execution_plan_default = "version: 1\n# Red only below this phase. When the next one is reached, require it.\nrequire: Immediate stabilization\nphases:\n  # Complete when most tests pass again, those that matter most do, and a first run is recorded to compare with.\n  - name: Immediate stabilization\n    kpis:\n      tests.pass_rate: above 85%\n      tests.error_rate@critical: [below 10%, at most 20% of first]\n      history.runs: at least 1\n  # Complete when the code is covered, and the service answers in time under load within its means.\n  - name: Enhanced reliability\n    kpis:\n      coverage.lines: above 90%\n      load.response_time: under 2s\n      load.concurrent_users: above 100\n      load.error_rate: below 5%\n      service.recovery_time: below 5min\n      resources.memory: below 500 MB\n      resources.cpu: below 70%\n  # Complete when the service stays up, every journey of its users works, and nothing gets worse.\n  - name: Production readiness\n    kpis:\n      service.uptime: above 99.5%\n      security.critical: 0\n      tests.pass_rate@e2e: 100%\n      tests.new_failures: 0\n      coverage.lines: at least baseline - 0.5pp\n      load.response_time: at most baseline + 10%\n  # Complete when debt falls, failures get rarer, and the numbers that the team watches hold.\n  - name: Advanced monitoring\n    kpis:\n      debt.issues: below 30d ago\n      history.mtbf: above 30d ago\n      harmony.achievement: at least 99.7%\n      orchestration.success: above 95%\n      session.persistence: above 99.9%\n      adaptation.efficiency: above 98%\n";

// src/core/config/presets/index.ts
/** The registry of presets: whole plans that `extends` knows by name, as YAML. */
const presets = { "execution-plan": execution_plan_default };
const prefix = "preset ";
/** What stands for the file of a preset in places. */
function presetFile(name) {
	return `${prefix}${name}`;
}
function isPreset(file) {
	return file.startsWith(prefix);
}

// src/core/config/groups.ts
/** The groups of tests: those under `groups` and those that sources name. */
function parseGroups(raw, sources, yaml, problems) {
	const groups = /* @__PURE__ */ new Map();
	const named = new Set(sources.flatMap(({ group }) => group ?? []));
	for (const [name, { tests = [], owner }] of Object.entries(raw ?? {})) {
		groups.set(name, {
			tests: typeof tests === "string" ? [tests] : tests,
			...owner === void 0 ? {} : { owner }
		});
		if (tests.length > 0 || named.has(name)) continue;
		problems.push({
			code: "config-group",
			severity: "error",
			message: `the group "${name}" has no tests`,
			at: yaml.place(["groups", name], "key"),
			hint: `Give it globs (\`tests: ["checkout.*"]\`), or name it at a source (\`group: ${name}\`).`
		});
	}
	for (const name of named) if (!groups.has(name)) groups.set(name, { tests: [] });
	return groups;
}
/**
* Rules about groups that do not exist. Only for phases that the user wrote: a preset may ask for a group that is
* still to be defined, and such a rule is missing until then.
*/
function undefinedGroups(phases, groups, yaml) {
	return phases.flatMap(({ rules }, i) => rules.flatMap(({ kpi }) => {
		const group = scopeOf(kpi);
		if (group === void 0 || groups.has(group) || !kpi.startsWith("tests.")) return [];
		const at = yaml.place([
			"phases",
			i,
			"kpis",
			kpi
		], "key");
		if (isPreset(at.file)) return [];
		const meant = nearest(group, [...groups.keys()]);
		return [{
			code: "config-group",
			severity: "error",
			message: `${kpi}: no group is called "${group}"${meant ? `, did you mean "${meant}"?` : ""}`,
			at,
			...meant ? {} : { hint: `Define it on the top level: \`groups: { ${group}: { tests: ["checkout.*"] } }\`.` }
		}];
	}));
}
/** What is wrong with the scope of a KPI, if anything. Whether a group exists is another question. */
function wrongScope(kpi) {
	const scope = scopeOf(kpi);
	if (scope === void 0) return void 0;
	const base = unscoped(kpi);
	if (scope.trim() === "") return `"${kpi}" has nothing behind its @`;
	if (base.startsWith("tests.")) return groupName.test(scope) ? void 0 : `"${kpi}": a scope of tests is the name of a group (letters, digits, ".", "_", "-")`;
	if (!base.startsWith("coverage.")) return `"${kpi}": only KPIs of tests and coverage can have a scope`;
	return /^\/|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)/.test(scope) ? `"${kpi}": a scope of coverage is a folder of the repository, or a glob of folders, seen from its root` : void 0;
}
/** Names of groups: none of them could be a glob or a path. */
const groupName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$/;

// src/core/config/limit-reference.ts
/** Longest time and most runs that a limit looks back. */
const longestDays = 3650;
const mostRuns = 1e3;
const number = String.raw`\d+(?:\.\d+)?`;
const time$2 = "(?:ms|s|min|h|d)";
/** References as a regular expression, for the JSON Schema, too. */
const referencePattern = String.raw`(?:${number}\s*%\s*of\s+)?(?:baseline|first|best|${number}\s*${time$2}\s+ago|median\s*\(\s*${number}\s*${time$2}?\s*\))(?:\s*[+-]\s*${number}\s*(?:%|[A-Za-z][A-Za-z/]*)?)?`;
const form$1 = new RegExp(String.raw`^(?:(${number})\s*%\s*of\s+)?(?:(baseline|first|best)|(${number})\s*(${time$2})\s+ago|median\s*\(\s*(${number})\s*(${time$2})?\s*\))(?:\s*([+-])\s*(${number})\s*(%|[a-z][a-z/]*)?)?$`, "i");
/** Reads `20% of first`, `baseline - 0.5pp`, `30d ago`, `median(10) - 3 iqr`; undefined where it is none of these. */
function parseReference(rest, text, kpi) {
	const match = form$1.exec(rest);
	if (!match) return void 0;
	const [, share, word, ago, agoUnit = "", window, windowUnit, sign, by = "", unit = ""] = match;
	if (share !== void 0 && Number(share) === 0) return { wrong: `"${text}": 0% of anything is nothing` };
	const reference = referenceOf(word, ago, agoUnit, window, windowUnit);
	if (typeof reference === "string") return { wrong: `"${text}": ${reference}` };
	const percent = share === void 0 ? {} : { percent: scaled(share, 1) };
	if (sign === void 0) return { bound: {
		kind: "reference",
		reference,
		...percent
	} };
	const shift = shiftOf(sign, by, unit, reference, kpi);
	if (typeof shift === "string") return { wrong: `"${text}": ${shift}` };
	return { bound: {
		kind: "reference",
		reference,
		...percent,
		shift
	} };
}
function referenceOf(word, ago, agoUnit, window, windowUnit) {
	if (word !== void 0) return { kind: word.toLowerCase() };
	if (ago !== void 0) {
		const past = lookBack(ago, agoUnit);
		return typeof past === "string" ? past : {
			kind: "ago",
			milliseconds: past
		};
	}
	const size = window ?? "";
	if (windowUnit !== void 0) {
		const past = lookBack(size, windowUnit);
		return typeof past === "string" ? past : {
			kind: "median",
			milliseconds: past
		};
	}
	const runs = Number(size);
	if (!Number.isInteger(runs) || runs < 1 || runs > mostRuns) return `median takes 1 to ${mostRuns} runs, or a time such as median(14d)`;
	return {
		kind: "median",
		runs
	};
}
function lookBack(size, unit) {
	const past = Number(size) * (factorTo("ms", unit) ?? 0);
	if (past <= 0) return "a time in the past must be longer than 0";
	return past > longestDays * 864e5 ? `looks back more than ${longestDays} days` : past;
}
function shiftOf(sign, by, unit, reference, kpi) {
	const signed = (factor) => scaled(by, sign === "-" ? -factor : factor);
	const written = unit.toLowerCase();
	if (written === "iqr") {
		if (reference.kind === "median") return {
			by: signed(1),
			of: "iqr"
		};
		return `iqr is the spread around a median; write for example "median(10) ${sign} ${by} iqr"`;
	}
	if (written === "pp") {
		if (kpi.unit === "%") return {
			by: signed(1),
			of: "unit"
		};
		return `pp is for percentages; write "${sign} ${example(kpi.unit)}" or "${sign} ${by}%"`;
	}
	if (kpi.unit === "%") return `write pp for points: "${sign} ${by}pp"`;
	if (written === "%") {
		if (sign === "-" && Number(by) >= 100) return `${by}% less leaves nothing`;
		return {
			by: signed(1),
			of: "percent"
		};
	}
	const factor = factorTo(kpi.unit, unit);
	if (factor !== void 0) return {
		by: signed(factor),
		of: "unit"
	};
	return unit === "" ? `the difference has no unit; write "${sign} ${example(kpi.unit)}" or "${sign} ${by}%"` : `the unit "${unit}" does not convert; write "${sign} ${example(kpi.unit)}" or "${sign} ${by}%"`;
}

// src/core/config/limit.ts
/** All words of comparison, longest first, as they are read and as they are kept. */
const words$1 = [
	["at least", "at least"],
	["at most", "at most"],
	["exactly", "exactly"],
	["above", "above"],
	["below", "below"],
	["under", "below"],
	["over", "above"],
	[">=", "at least"],
	["<=", "at most"],
	["==", "exactly"],
	[">", "above"],
	["<", "below"]
];
/** One regular expression for the whole grammar, which the JSON Schema shows to editors. A unit may be the user's own. */
const limitPattern = `^\\s*(?:(?:at least|at most|above|over|below|under|exactly|>=|<=|==|>|<)\\s*)?(?:\\d+(?:\\.\\d+)?\\s*(?:%|[A-Za-z][A-Za-z/]*)?|${referencePattern})\\s*$`;
const form = /^(\d+(?:\.\d+)?)\s*(%|[a-z][a-z/]*)?$/i;
/** Reads a limit as the configuration gives it, for the KPI that it limits. */
function parseLimit(given, kpi) {
	const text = String(given).trim().replace(/\s+/g, " ");
	const word = words$1.find(([name]) => text.toLowerCase().startsWith(name));
	const rest = word ? text.slice(word[0].length).trim() : text;
	const op = word?.[1] ?? (kpi.better === "higher" ? "at least" : "at most");
	const parsed = parseReference(rest, text, kpi) ?? parseValue(rest, op, text, kpi);
	if ("wrong" in parsed) return parsed;
	return { limit: {
		op,
		bound: parsed.bound,
		text: word ? text : `${op} ${text}`
	} };
}
function parseValue(rest, op, text, kpi) {
	const match = form.exec(rest);
	if (!match) return { wrong: notALimit(text, kpi) };
	const [, number = "", unit = ""] = match;
	const factor = factorTo(kpi.unit, unit);
	if (unit.toLowerCase() === "ago") return { wrong: `"${text}" has no unit of time; write for example "${number}d ago"` };
	if (factor === void 0) return { wrong: wrongUnit(text, unit, kpi.unit) };
	if (kpi.unit === "count" && kpi.step !== void 0 && number.includes(".")) return { wrong: fraction(number, text) };
	const value = scaled(number, factor);
	const impossible = kpi.unit === "%" ? percentage(number, unit, op, text) : op === "below" && value.digits === 0n;
	if (impossible === true) return { wrong: `"${text}" can never hold: nothing is below 0` };
	if (typeof impossible === "string") return { wrong: impossible };
	return { bound: {
		kind: "value",
		value
	} };
}
function fraction(number, text) {
	const [whole = "", part = ""] = number.split(".");
	return `"${text}" has a fraction, but the KPI counts whole things${part.length === 3 ? `; write ${whole}${part} for ${whole},${part}` : ""}`;
}
/** The units that a number may have, where there are several. */
function others(wanted) {
	const units = unitsFor(wanted);
	return units.length > 1 ? `, in ${units.slice(0, -1).join(", ")} or ${units.at(-1)}` : "";
}
/** What the words of a limit can be, for "did you mean". */
const vocabulary = "at least most exactly above below under over baseline first best ago median iqr of".split(" ");
function notALimit(text, kpi) {
	const holds = (limit) => !("wrong" in parseLimit(limit, kpi));
	const both = text.split(/ (?:and|&&?) |, /);
	if (both.length === 2 && both.every(holds)) return `"${text}" is two limits; write them as a list: [${both.join(", ")}]`;
	const plain = text.replace(/(?<=\d),(?=\d{3}(?!\d))/g, "").replace(/(?<=\d),(?=\d)/, ".");
	if (plain !== text && holds(plain)) return `"${text}" has a comma in its number; write "${plain}"`;
	const meant = text.replace(/[a-z]{3,}/gi, (word) => nearest(word, vocabulary) ?? word);
	if (meant.toLowerCase() !== text.toLowerCase() && holds(meant)) return `"${text}" is not a limit, did you mean "${meant}"?`;
	const shown = example(kpi.unit);
	return misspelt(text) ?? `"${text}" is not a limit; write for example "at least ${shown}" or "below ${shown}"`;
}
/** What is wrong with a limit that was to be one of the words for an inherited rule; undefined for any other. */
function misspelt(text) {
	const meant = /\d/.test(text) ? void 0 : nearest(text, ["off", "optional"]);
	return meant === void 0 ? void 0 : `"${text}" is not a limit, did you mean "${meant}"?`;
}
function percentage(number, unit, op, text) {
	const value = Number(number);
	if (unit === "" && value > 0 && value <= 1) return `"${text}" of a percentage: did you mean ${Number((value * 100).toPrecision(12))}%?`;
	if (op === "above" ? value >= 100 : value > 100) return `"${text}" can never hold: a percentage is at most 100%`;
	return op === "below" && value === 0;
}
function wrongUnit(text, unit, wanted) {
	if (wanted === "count" || wanted === "ratio") return `"${text}" has the unit "${unit}", but the KPI is a ${wanted}; write a plain number`;
	if (unit === "") return `"${text}" has no unit; write for example "${example(wanted)}"`;
	if (unit.toLowerCase() === "pp") return `"${text}": pp is for differences; write "%" for a value`;
	return `"${text}" has the unit "${unit}", which does not convert; write for example "${example(wanted)}"${others(wanted)}`;
}

// src/core/config/schema-rule.ts
/** Says in the JSON Schema, and so in editors, what a part of the configuration is for: a part that stands in one place. */
function described(part, what) {
	globalRegistry.add(part, { description: what });
	return part;
}
/** A part that few configurations hold, built when one does. It has no default; zod would build it to ask for that. */
function later(make) {
	const part = _lazy(make);
	part._zod.optin = void 0;
	part._zod.optout = void 0;
	return part;
}
/** The same where it may be left out. */
function seldom(make) {
	return optional(later(make));
}
const limit = described(union([string().check(meta({ pattern: limitPattern })), number$1().check(_gte(0))]), "A limit, such as \"at least 90%\", \"under 2s\", 0 or \"at least baseline - 0.5pp\". Without a word the good direction of the KPI counts, inclusive.");
const limits = described(union([limit, later(() => array(limit).check(_minLength(1)))]), "A limit, or a list of limits that must all hold.");
/** A rule as it is written. */
const rule = union([limits, later(() => strictObject({
	pass: limits.check(describe$1("Green when this holds.")),
	warn: described(optional(limits), "Yellow when only this holds. Never stricter than `pass`."),
	missing: described(optional(_enum([
		"error",
		"warn",
		"skip"
	])), "What it costs when the KPI could not be measured."),
	"min-lines": described(optional(int().check(_gte(1))), "A share of fewer lines is shown and not judged. For percentages of coverage."),
	"min-samples": described(optional(int().check(_gte(1), _lte(1e3))), "A comparison with fewer recorded runs is shown and not judged.")
}))]);
/** What changes a rule that another file wrote. */
const word = described(_enum(["optional", "off"]), "For an inherited rule. `optional`: it costs nothing where it cannot be measured. `off`: there is none.");

// src/core/config/schema-prometheus.ts
const duration = () => string().check(_trim(), _regex(/^\d{1,9}(?:\.\d{1,3})?\s*(?:ms|s|min|h|d)$/));
const address = () => string().check(_trim(), _minLength(1), _maxLength(1e3));
/** The key `prometheus` under `sources`. */
const prometheus = () => described(strictObject({
	url: described(address(), "Address of the server, such as https://prometheus.example."),
	token: described(optional(string()), "Name of the environment variable that holds the bearer token; it ends in TOKEN."),
	timeout: described(optional(duration()), "How long one answer may take. Default: 10s."),
	"max-age": described(optional(duration()), "How old a value may be. Default: 5min.")
}), "A Prometheus server that queries under `custom` are put to.");
/** The keys of an entry under `custom` that asks it. */
const queryKeys = () => ({
	query: described(optional(string().check(_trim(), _minLength(1), _maxLength(4e3))), "PromQL that gives the number, as one series."),
	over: described(optional(duration()), "The query is asked for this long until now. Left out: for now alone."),
	every: described(optional(duration()), "How far the points of that time lie apart. Default: a sixtieth of it, from 15s."),
	take: described(optional(_enum(["worst", "mean"])), "What counts of the points: the worst (default) or their mean.")
});

// src/core/config/schema.ts
const takesAway = "holds a glob that begins with \"!\", which takes nothing away; name those files under `exclude`";
const text$2 = string().check(_minLength(1));
const trimmed = (most) => string().check(_trim(), _minLength(1), _maxLength(most));
const owner = () => trimmed(80);
const glob = described(string().check(_minLength(1)), "A glob, relative to the folder of this file (to its parent if that is .github), or artifact:NAMES.");
const maybe = () => ({
	optional: described(optional(boolean()), "The glob may match nothing."),
	stale: described(optional(literal("allow")), "Files older than the job are taken, too.")
});
const source = later(() => strictObject({
	files: described(string().check(_minLength(1)), "A glob."),
	expect: described(optional(int().check(_gte(1))), "Exactly so many files must match, such as the number of shards."),
	...maybe()
}));
const testSource = later(() => extend(source._zod.innerType, { group: described(optional(string().check(_regex(groupName))), "All tests of these files belong to this group; rules name it behind an @.") }));
/** One source or several. */
const oneOrMore = (one) => union([
	glob,
	one,
	later(() => array(union([glob, one])).check(_minLength(1)))
]);
const sources = oneOrMore(source);
const testSources = oneOrMore(testSource);
const groups = () => {
	const testGlob = trimmed(256);
	const group = strictObject({
		tests: described(optional(union([testGlob, array(testGlob).check(_minLength(1), _maxLength(100))])), "Globs on the class, on \"class.name\" and on the file of each test."),
		owner: described(seldom(owner), "Shown at the rules about the group.")
	});
	return record$1(string().check(_regex(groupName)), group);
};
const someSources = optional(sources);
const sourcesByFamily$1 = Object.fromEntries(families$1.map((family) => [family, someSources]));
const custom = () => {
	const one = strictObject({
		file: described(optional(text$2), "A glob of JSON files, relative as under `sources`."),
		value: described(optional(string().check(_regex(/^(?:\/(?:[^~/]|~[01])*)*$/))), "JSON Pointer (RFC 6901) to the number in them, such as /totals/percent."),
		unit: described(optional(string().check(_trim(), _regex(/^(?:%|[A-Za-z][A-Za-z/]{0,19})$/))), "Unit of the number: %, ms, s, min, h, d, B, kB, MB, GB, or any other word."),
		better: described(optional(_enum(["higher", "lower"])), "The good direction."),
		...maybe(),
		...queryKeys()
	});
	return record$1(string(), one.check(refine(({ file, value }) => file === void 0 === (value === void 0), { message: "needs both `file` and `value`, or neither" }), refine(({ file, query }) => file === void 0 || query === void 0, { message: "has a `file` and a `query`; write one of them" }), refine(({ query, over, every, take }) => (query !== void 0 || over === void 0) && (over !== void 0 || every === void 0 && take === void 0), { message: "has `over` without a `query`, or `every` or `take` without `over`" })));
};
const phase = strictObject({
	name: described(trimmed(80), "Shown wherever the phase is."),
	owner: described(seldom(owner), "Who sees to it that the phase is reached."),
	due: described(seldom(() => date()), "Day by which it should be reached, yyyy-mm-dd. Shown; never changes a verdict."),
	kpis: described(optional(record$1(string(), union([rule, word]))), "Limits by name of the KPI, with a group of tests or folders behind an @ where wanted.")
});
const waivers = () => array(strictObject({
	kpi: described(string().check(_minLength(1)), "KPI of a rule, with its scope."),
	allow: described(union([text$2, number$1()]), "How far its limits move, in the unit of the KPI: 1, 0.5pp, 200ms."),
	reason: described(trimmed(300), "Why; shown with the rule."),
	until: described(date(), "Last day on which it counts, yyyy-mm-dd in UTC. Past it, it is an error."),
	owner: described(seldom(owner), "Who answers for it.")
}));
const globs = () => array(text$2.check(refine((one) => !one.startsWith("!"), { message: takesAway }))).check(_minLength(1));
const extended = () => string().check(_trim(), _minLength(1));
/** The configuration as it is written; the JSON Schema for editors is made from this. */
const configSchema = strictObject({
	version: described(literal(1), "Version of this format."),
	extends: described(seldom(() => union([extended(), array(extended()).check(_minLength(1), _maxLength(16))])), `A preset (${Object.keys(presets).join(", ")}) or a file of this repository whose configuration this one changes, or a list of them.`),
	mode: described(optional(_enum(["enforce", "report"])), "`report`: says the same everywhere but never fails. Default: enforce."),
	integrity: described(optional(_enum(["normal", "strict"])), "`strict`: a suite that declares more test cases than it holds is an error. Default: normal."),
	retries: described(optional(_enum(["elements", "same-name-in-suite"])), "`same-name-in-suite`: a failure and a later pass of one name in one suite are attempts of one flaky test. Default: elements, which only believes elements such as flakyFailure."),
	sources: described(optional(strictObject({
		...sourcesByFamily$1,
		tests: optional(testSources),
		prometheus: seldom(prometheus)
	})), "Report files by family. Left out: well-known file names of tests and coverage are looked for."),
	coverage: described(seldom(() => strictObject({
		include: described(seldom(globs), "Globs of source files that count. Default: all."),
		exclude: described(seldom(globs), "Globs of source files that do not count.")
	})), "Which source files count in coverage, by their paths in the repository."),
	groups: described(seldom(groups), "Groups of tests by name, for rules such as tests.pass_rate@critical."),
	custom: described(seldom(custom), "KPIs of your own, by name; and values of service.* and resources.* in JSON files of any form."),
	baseline: described(seldom(() => strictObject({
		branch: described(optional(trimmed(200)), "Default: the default branch."),
		store: described(optional(_enum([
			"branch",
			"file",
			"artifact"
		])), "`branch` of the repository, `artifact` of its runs, or `file`: a folder, named by `path`."),
		path: described(optional(text$2), "Folder of the history."),
		name: described(optional(string().check(_regex(historyName))), "Of the branch or artifact. Default: phase-gate-history.")
	})), "The recorded runs that limits compare with."),
	shrink: described(seldom(() => string().check(_regex(/^\d{1,3}(?:\.\d{1,3})?\s*%$/))), "Share of tests, source files or lines that may be lost against the baseline. Default: 10%."),
	keep: described(optional(boolean()), "A phase that the default branch reached may not be lost. Default: false."),
	waivers: described(seldom(waivers), "Agreed exceptions: a rule that is met only through one is yellow."),
	phases: described(optional(array(phase).check(_minLength(1), _maxLength(50))), "Ordered: a phase is reached when it and all before it pass."),
	kpis: described(optional(record$1(string(), word)), "Inherited rules, by KPI, that are optional or off in every phase."),
	require: described(optional(string()), "Name of the phase that must be reached; later ones only inform. Default: the last phase."),
	policy: described(seldom(() => strictObject({ "accept-weaker": described(optional(string().check(_regex(/^label:\S(?:.{0,48}\S)?$/))), "\"label:NAME\": whoever may add this label accepts that a pull request loosens the gate.") })), "Read from the base branch only, so that a pull request cannot accept itself."),
	comment: seldom(() => strictObject({
		title: described(optional(trimmed(80)), "Default: Phase Gate."),
		when: described(optional(_enum([
			"always",
			"changes",
			"failures"
		])), "When there is a comment: always (default), only when the verdict or what blocks it changes, or only when the gate does not pass.")
	}))
});

// src/core/config/explain.ts
/** Turns what the schema objects to into problems in the user's own words, each with its line. */
function explain(issues, yaml) {
	return issues.flatMap((issue) => one(issue, issue.path, yaml));
}
function one(issue, path, yaml) {
	if (issue.code === "invalid_union") {
		const inner = deepest(issue.errors);
		if (inner) return inner.flatMap((nested) => one(nested, [...path, ...nested.path], yaml));
	}
	if (issue.code === "unrecognized_keys") {
		const known = keysAt(path);
		return issue.keys.map((key) => {
			const meant = nearest(key, known);
			return {
				code: "config-key",
				severity: "error",
				message: `unknown key "${key}"${meant ? `, did you mean "${meant}"?` : ""}`,
				at: yaml.place([...path, key], "key"),
				...meant ? {} : { hint: `Known here: ${known.join(", ")}.` }
			};
		});
	}
	const name = path.length === 0 ? "the configuration" : `"${String(path.findLast((step) => typeof step === "string"))}"`;
	const [inside, last] = path.slice(-2);
	if (inside === "kpis" && /^\d/.test(String(last)) && valueAt(path, yaml) === null) return [{
		code: "config-value",
		severity: "error",
		message: "YAML reads a comma inside of { } as the end of an entry",
		at: yaml.place(path, "key"),
		hint: "Write numbers without it: 1000 for 1,000, and 1.5 for 1,5."
	}];
	if (inside === "kpis" && /[\w%]:\S/.test(String(last)) && valueAt(path, yaml) === null) {
		const [kpi, limit] = String(last).split(/:(.*)/);
		return [{
			code: "config-value",
			severity: "error",
			message: "the blank behind the colon is missing",
			at: yaml.place(path, "key"),
			hint: `Write \`${kpi}: ${limit}\`.`
		}];
	}
	return [{
		code: issue.code === "too_small" && path.length === 1 && path[0] === "phases" ? "config-empty" : "config-value",
		severity: "error",
		message: `${name} ${complaint(issue, path, yaml)}`,
		at: yaml.place(path)
	}];
}
/** Of the alternatives of a union the one that got furthest is the one that was meant; none if all failed at once. */
function deepest(alternatives) {
	return alternatives.find((issues) => issues.some(gotInside));
}
function gotInside(issue) {
	if (issue.path.length > 0 || issue.code === "unrecognized_keys" || issue.code === "too_small") return true;
	return issue.code === "invalid_union" && issue.errors.some((issues) => issues.some(gotInside));
}
function complaint(issue, path, yaml) {
	const value = valueAt(path, yaml);
	const found = value === void 0 ? "" : `, found ${shown(value)}`;
	switch (issue.code) {
		case "invalid_type": return value === void 0 ? "is missing" : `must be ${article(issue.expected)}${found}${slip(value, issue.expected)}`;
		case "invalid_value": return `${value === void 0 ? "is missing, it " : ""}must be ${issue.values.map(String).join(" or ")}${found}`;
		case "too_small": return issue.origin === "number" ? `must be at least ${issue.minimum}${found}` : "must not be empty";
		case "too_big": return `must have at most ${issue.maximum} ${issue.origin === "string" ? "characters" : "entries"}`;
		case "invalid_format":
			if (path[0] === "policy") return `must be "label:" and the name of a label${found}`;
			return issue.format === "date" ? `must be a day such as 2026-12-31${found}` : `has the wrong form${found}${forms[String(path.at(-1))] ?? ""}`;
		case "invalid_key": return "is no name: write letters, digits, \".\", \"_\" and \"-\"";
		case "custom": return issue.message;
		case "invalid_union":
			if (value === void 0) return "is missing";
			if (path[0] === "extends") return `must be the name of a preset, the path of a file, or a list of these${found}`;
			if (path[0] === "groups") return `must be a glob or a list of globs${found}`;
			return path.includes("kpis") ? `must be a limit such as "at least 90%", a list of limits, or { pass, warn, missing }${found}` : `must be a glob, { files: a glob }, or a list of these${found}`;
		default: return `is not valid${found}`;
	}
}
/** The slip that makes nothing or a text of a mapping. */
function slip(value, expected) {
	if (expected !== "object" && expected !== "record") return "";
	if (value === null) return "; what belongs to it is indented deeper than it";
	return typeof value === "string" && /:\S/.test(value) ? "; write a blank behind the colon" : "";
}
function valueAt(path, { value }) {
	return path.reduce((at, step) => at?.[step], value);
}
const time$1 = "; write a time such as 10s or 5min";
/** How keys are written whose form is checked. */
const forms = {
	value: "; write a JSON Pointer such as /totals/percent",
	over: time$1,
	every: time$1,
	timeout: time$1,
	"max-age": time$1
};
function article(type) {
	return {
		array: "a list",
		object: "a mapping",
		record: "a mapping",
		string: "a text",
		number: "a number",
		int: "a whole number",
		boolean: "true or false"
	}[type] ?? type;
}
function shown(value) {
	if (value === null) return "nothing";
	if (Array.isArray(value)) return "a list";
	return typeof value === "object" ? "a mapping" : JSON.stringify(value).slice(0, 60);
}
/** Keys that the schema knows at a path. */
function keysAt(path) {
	const { shape } = configSchema;
	if (path.length === 0) return Object.keys(shape);
	if (path[0] === "sources") {
		if (path.length === 1) return [...families$1, "prometheus"];
		if (path[1] === "prometheus") return [
			"url",
			"token",
			"timeout",
			"max-age"
		];
		return [
			"files",
			"expect",
			"optional",
			"stale",
			...path[1] === "tests" ? ["group"] : []
		];
	}
	if (path[0] === "groups") return ["tests", "owner"];
	if (path[0] === "custom") return [
		"file",
		"value",
		"unit",
		"better",
		"optional",
		"stale",
		...Object.keys(queryKeys())
	];
	if (path[0] === "policy") return ["accept-weaker"];
	if (path[0] === "comment") return ["title", "when"];
	if (path[0] === "waivers") return [
		"kpi",
		"allow",
		"reason",
		"until",
		"owner"
	];
	if (path[0] === "baseline") return [
		"branch",
		"store",
		"path",
		"name"
	];
	if (path[0] === "coverage") return ["include", "exclude"];
	return path.includes("kpis") ? [
		"pass",
		"warn",
		"missing",
		"min-lines",
		"min-samples"
	] : Object.keys(shape.phases.def.innerType.def.element.shape);
}

// node_modules/js-yaml/dist/js-yaml.mjs
var DEFAULT_SNIPPET_OPTIONS = {
	maxLength: 79,
	indent: 1,
	linesBefore: 3,
	linesAfter: 2
};
function getLine(buffer, lineStart, lineEnd, position, maxLineLength) {
	let head = "";
	let tail = "";
	const maxHalfLength = Math.floor(maxLineLength / 2) - 1;
	if (position - lineStart > maxHalfLength) {
		head = " ... ";
		lineStart = position - maxHalfLength + head.length;
	}
	if (lineEnd - position > maxHalfLength) {
		tail = " ...";
		lineEnd = position + maxHalfLength - tail.length;
	}
	return {
		str: head + buffer.slice(lineStart, lineEnd).replace(/\t/g, "\u2192") + tail,
		pos: position - lineStart + head.length
	};
}
function padStart(string, max) {
	return " ".repeat(Math.max(max - string.length, 0)) + string;
}
function makeSnippet(mark, options) {
	if (!mark.buffer) return null;
	const opts = {
		...DEFAULT_SNIPPET_OPTIONS,
		...options
	};
	const re = /\r?\n|\r|\0/g;
	const lineStarts = [0];
	const lineEnds = [];
	let match;
	let foundLineNo = -1;
	while (match = re.exec(mark.buffer)) {
		lineEnds.push(match.index);
		lineStarts.push(match.index + match[0].length);
		if (mark.position <= match.index && foundLineNo < 0) foundLineNo = lineStarts.length - 2;
	}
	if (foundLineNo < 0) foundLineNo = lineStarts.length - 1;
	let result = "";
	const lineNoLength = Math.min(mark.line + opts.linesAfter, lineEnds.length).toString().length;
	const maxLineLength = opts.maxLength - (opts.indent + lineNoLength + 3);
	for (let i = 1; i <= opts.linesBefore; i++) {
		if (foundLineNo - i < 0) break;
		const line = getLine(mark.buffer, lineStarts[foundLineNo - i], lineEnds[foundLineNo - i], mark.position - (lineStarts[foundLineNo] - lineStarts[foundLineNo - i]), maxLineLength);
		result = `${" ".repeat(opts.indent)}${padStart((mark.line - i + 1).toString(), lineNoLength)} | ${line.str}\n${result}`;
	}
	const line = getLine(mark.buffer, lineStarts[foundLineNo], lineEnds[foundLineNo], mark.position, maxLineLength);
	result += `${" ".repeat(opts.indent)}${padStart((mark.line + 1).toString(), lineNoLength)} | ${line.str}\n`;
	result += `${"-".repeat(opts.indent + lineNoLength + 3 + line.pos)}^\n`;
	for (let i = 1; i <= opts.linesAfter; i++) {
		if (foundLineNo + i >= lineEnds.length) break;
		const line = getLine(mark.buffer, lineStarts[foundLineNo + i], lineEnds[foundLineNo + i], mark.position - (lineStarts[foundLineNo] - lineStarts[foundLineNo + i]), maxLineLength);
		result += `${" ".repeat(opts.indent)}${padStart((mark.line + i + 1).toString(), lineNoLength)} | ${line.str}\n`;
	}
	return result.replace(/\n$/, "");
}
function formatError(exception, compact) {
	let where = "";
	if (!exception.mark) return exception.reason;
	if (exception.mark.name) where += `in "${exception.mark.name}" `;
	where += `(${exception.mark.line + 1}:${exception.mark.column + 1})`;
	if (!compact && exception.mark.snippet) where += `\n\n${exception.mark.snippet}`;
	return `${exception.reason} ${where}`;
}
/**
* A YAML error. Unlike an ordinary `Error`, it adds a source snippet showing
* the location of the problem to the error message, when available.
*
* @category Main
*/
var YAMLException = class YAMLException extends Error {
	reason;
	mark;
	/**
	* Optional `mark` contains source snippet data. Usually, use
	* {@link YAMLException.throwAt} instead of passing it directly.
	*/
	constructor(reason, mark) {
		super();
		this.name = "YAMLException";
		this.reason = reason;
		this.mark = mark;
		this.message = formatError(this, false);
		if (Error.captureStackTrace) Error.captureStackTrace(this, this.constructor);
	}
	/**
	* Returns the formatted error, omitting the source snippet in compact mode.
	*/
	toString(compact) {
		return `${this.name}: ${formatError(this, compact)}`;
	}
	/**
	* Builds a YAMLException with a source snippet and throws it. `source` is
	* the raw input text; `position` is an offset into it.
	*/
	static throwAt(source, position, message, filename = "") {
		let line = 0;
		let lineStart = 0;
		for (let index = 0; index < position; index++) {
			const ch = source.charCodeAt(index);
			if (ch === 10) {
				line++;
				lineStart = index + 1;
			} else if (ch === 13) {
				line++;
				if (source.charCodeAt(index + 1) === 10) index++;
				lineStart = index + 1;
			}
		}
		const mark = {
			name: filename,
			buffer: source,
			position,
			line,
			column: position - lineStart
		};
		mark.snippet = makeSnippet(mark);
		throw new YAMLException(message, mark);
	}
};
/** @category Events */
var EVENT_ID = {
	DOCUMENT: 1,
	SEQUENCE: 2,
	MAPPING: 3,
	SCALAR: 4,
	ALIAS: 5,
	POP: 6
};
/** @category Nodes */
var SCALAR_STYLE = {
	PLAIN: 1,
	SINGLE_QUOTED: 2,
	DOUBLE_QUOTED: 3,
	LITERAL_BLOCK: 4,
	FOLDED_BLOCK: 5
};
/** @category Nodes */
var COLLECTION_STYLE = {
	BLOCK: 1,
	FLOW: 2
};
/** @category Nodes */
var CHOMPING_MODE = {
	CLIP: 1,
	STRIP: 2,
	KEEP: 3
};
var NO_RANGE$3 = -1;
function simpleEscapeSequence(c) {
	switch (c) {
		case 48: return "\0";
		case 97: return "\x07";
		case 98: return "\b";
		case 116: return "	";
		case 9: return "	";
		case 110: return "\n";
		case 118: return "\v";
		case 102: return "\f";
		case 114: return "\r";
		case 101: return "\x1B";
		case 32: return " ";
		case 34: return "\"";
		case 47: return "/";
		case 92: return "\\";
		case 78: return "\u0085";
		case 95: return "\xA0";
		case 76: return "\u2028";
		case 80: return "\u2029";
		default: return "";
	}
}
var simpleEscapeCheck = /* @__PURE__ */ (() => new Array(256))();
var simpleEscapeMap = /* @__PURE__ */ (() => new Array(256))();
for (let i = 0; i < 256; i++) {
	simpleEscapeCheck[i] = simpleEscapeSequence(i) ? 1 : 0;
	simpleEscapeMap[i] = simpleEscapeSequence(i);
}
function charFromCodepoint(c) {
	if (c <= 65535) return String.fromCharCode(c);
	return String.fromCharCode((c - 65536 >> 10) + 55296, (c - 65536 & 1023) + 56320);
}
function fromHexCode$1(c) {
	if (c >= 48 && c <= 57) return c - 48;
	return (c | 32) - 97 + 10;
}
function escapedHexLen$1(c) {
	if (c === 120) return 2;
	if (c === 117) return 4;
	return 8;
}
function skipFoldedBreaks(input, position, end) {
	let breaks = 0;
	while (position < end) {
		const ch = input.charCodeAt(position);
		if (ch === 10) {
			breaks++;
			position++;
		} else if (ch === 13) {
			breaks++;
			position++;
			if (input.charCodeAt(position) === 10) position++;
		} else if (ch === 32 || ch === 9) position++;
		else break;
	}
	return {
		position,
		breaks
	};
}
function foldedBreaks(count) {
	if (count === 1) return " ";
	return "\n".repeat(count - 1);
}
function getPlainValue(input, start, end) {
	let result = "";
	let position = start;
	let captureStart = start;
	let captureEnd = start;
	while (position < end) {
		const ch = input.charCodeAt(position);
		if (ch === 10 || ch === 13) {
			result += input.slice(captureStart, captureEnd);
			const fold = skipFoldedBreaks(input, position, end);
			result += foldedBreaks(fold.breaks);
			position = captureStart = captureEnd = fold.position;
		} else {
			position++;
			if (ch !== 32 && ch !== 9) captureEnd = position;
		}
	}
	return result + input.slice(captureStart, captureEnd);
}
function getSingleQuotedValue(input, start, end) {
	let result = "";
	let position = start;
	let captureStart = start;
	let captureEnd = start;
	while (position < end) {
		const ch = input.charCodeAt(position);
		if (ch === 39) {
			result += input.slice(captureStart, position) + "'";
			position += 2;
			captureStart = captureEnd = position;
		} else if (ch === 10 || ch === 13) {
			result += input.slice(captureStart, captureEnd);
			const fold = skipFoldedBreaks(input, position, end);
			result += foldedBreaks(fold.breaks);
			position = captureStart = captureEnd = fold.position;
		} else {
			position++;
			if (ch !== 32 && ch !== 9) captureEnd = position;
		}
	}
	return result + input.slice(captureStart, end);
}
function getDoubleQuotedValue(input, start, end) {
	let result = "";
	let position = start;
	let captureStart = start;
	let captureEnd = start;
	while (position < end) {
		const ch = input.charCodeAt(position);
		if (ch === 92) {
			result += input.slice(captureStart, position);
			position++;
			const escaped = input.charCodeAt(position);
			if (escaped === 10 || escaped === 13) position = skipFoldedBreaks(input, position, end).position;
			else if (escaped < 256 && simpleEscapeCheck[escaped]) {
				result += simpleEscapeMap[escaped];
				position++;
			} else {
				let hexLength = escapedHexLen$1(escaped);
				let hexResult = 0;
				for (; hexLength > 0; hexLength--) {
					position++;
					const digit = fromHexCode$1(input.charCodeAt(position));
					hexResult = (hexResult << 4) + digit;
				}
				result += charFromCodepoint(hexResult);
				position++;
			}
			captureStart = captureEnd = position;
		} else if (ch === 10 || ch === 13) {
			result += input.slice(captureStart, captureEnd);
			const fold = skipFoldedBreaks(input, position, end);
			result += foldedBreaks(fold.breaks);
			position = captureStart = captureEnd = fold.position;
		} else {
			position++;
			if (ch !== 32 && ch !== 9) captureEnd = position;
		}
	}
	return result + input.slice(captureStart, end);
}
function getBlockValue(input, start, end, indent, chomping, folded) {
	const textIndent = indent < 0 ? 0 : indent;
	const region = input.slice(start, end).replace(/\r\n?/g, "\n");
	const lines = region === "" ? [] : (region.endsWith("\n") ? region.slice(0, -1) : region).split("\n");
	let result = "";
	let didReadContent = false;
	let emptyLines = 0;
	let atMoreIndented = false;
	for (const line of lines) {
		let column = 0;
		while (column < textIndent && line.charCodeAt(column) === 32) column++;
		if (indent < 0 || column >= line.length) {
			emptyLines++;
			continue;
		}
		const content = line.slice(textIndent);
		const first = content.charCodeAt(0);
		if (folded) {
			if (first === 32 || first === 9) {
				atMoreIndented = true;
				result += "\n".repeat(didReadContent ? 1 + emptyLines : emptyLines);
			} else if (atMoreIndented) {
				atMoreIndented = false;
				result += "\n".repeat(emptyLines + 1);
			} else if (emptyLines === 0) {
				if (didReadContent) result += " ";
			} else result += "\n".repeat(emptyLines);
		} else result += "\n".repeat(didReadContent ? 1 + emptyLines : emptyLines);
		result += content;
		didReadContent = true;
		emptyLines = 0;
	}
	if (chomping === CHOMPING_MODE.KEEP) result += "\n".repeat(didReadContent ? 1 + emptyLines : emptyLines);
	else if (chomping !== CHOMPING_MODE.STRIP) {
		if (didReadContent) result += "\n";
	}
	return result;
}
/**
* Decodes the scalar referenced by event offsets in `input`.
*
* @category Events
*/
function getScalarValue(input, scalar) {
	if (scalar.valueStart === NO_RANGE$3) return "";
	const { valueStart, valueEnd } = scalar;
	if (scalar.fast) return input.slice(valueStart, valueEnd);
	switch (scalar.style) {
		case SCALAR_STYLE.SINGLE_QUOTED: return getSingleQuotedValue(input, valueStart, valueEnd);
		case SCALAR_STYLE.DOUBLE_QUOTED: return getDoubleQuotedValue(input, valueStart, valueEnd);
		case SCALAR_STYLE.LITERAL_BLOCK: return getBlockValue(input, valueStart, valueEnd, scalar.indent, scalar.chomping, false);
		case SCALAR_STYLE.FOLDED_BLOCK: return getBlockValue(input, valueStart, valueEnd, scalar.indent, scalar.chomping, true);
		default: return getPlainValue(input, valueStart, valueEnd);
	}
}
var TAG_SUFFIX_CHARS = /* @__PURE__ */ (() => "-#;/?:@&=+$_.~*'()")();
var TAG_URI_CHARS = TAG_SUFFIX_CHARS + "!,[]";
var NO_RANGE$1 = -1;
var HAS_OWN = /* @__PURE__ */ (() => Object.prototype.hasOwnProperty)();
var CONTEXT_FLOW_IN = 1;
var CONTEXT_FLOW_OUT = 2;
var CONTEXT_BLOCK_IN = 3;
var CONTEXT_BLOCK_OUT = 4;
var PATTERN_NON_PRINTABLE = /* @__PURE__ */ (() => /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?:[^\uD800-\uDBFF]|^)[\uDC00-\uDFFF]/)();
var PATTERN_FLOW_INDICATORS = /[,\[\]{}]/;
var PATTERN_TAG_HANDLE = /* @__PURE__ */ (() => /^(?:!|!!|![0-9A-Za-z-]+!)$/)();
var NS_URI_CHAR = /* @__PURE__ */ (() => String.raw`(?:%[0-9A-Fa-f]{2}|[0-9A-Za-z\-#;/?:@&=+$,_.!~*'()\[\]])`)();
var NS_TAG_CHAR = /* @__PURE__ */ (() => String.raw`(?:%[0-9A-Fa-f]{2}|[0-9A-Za-z\-#;/?:@&=+$.~*'()_])`)();
var PATTERN_TAG_URI = /* @__PURE__ */ (() => new RegExp(`^(?:${NS_URI_CHAR})*$`))();
var PATTERN_TAG_SUFFIX = /* @__PURE__ */ (() => new RegExp(`^(?:${NS_TAG_CHAR})+$`))();
var PATTERN_TAG_PREFIX = /* @__PURE__ */ (() => new RegExp(`^(?:!(?:${NS_URI_CHAR})*|${NS_TAG_CHAR}(?:${NS_URI_CHAR})*)$`))();
var DEFAULT_PARSER_OPTIONS = {
	filename: "",
	maxDepth: 100
};
function addDocumentEvent(state, explicitStart, explicitEnd) {
	state.events.push({
		type: EVENT_ID.DOCUMENT,
		explicitStart,
		explicitEnd,
		directives: state.directives
	});
}
function addSequenceEvent(state, start, anchorStart, anchorEnd, tagStart, tagEnd, style) {
	state.events.push({
		type: EVENT_ID.SEQUENCE,
		start,
		anchorStart,
		anchorEnd,
		tagStart,
		tagEnd,
		style
	});
}
function addMappingEvent(state, start, anchorStart, anchorEnd, tagStart, tagEnd, style) {
	state.events.push({
		type: EVENT_ID.MAPPING,
		start,
		anchorStart,
		anchorEnd,
		tagStart,
		tagEnd,
		style
	});
}
function insertFlowPairMappingEvent(state, snapshot) {
	state.events.splice(snapshot.eventsLength, 0, {
		type: EVENT_ID.MAPPING,
		start: snapshot.position,
		anchorStart: NO_RANGE$1,
		anchorEnd: NO_RANGE$1,
		tagStart: NO_RANGE$1,
		tagEnd: NO_RANGE$1,
		style: COLLECTION_STYLE.FLOW
	});
}
function addScalarEvent(state, valueStart, valueEnd, anchorStart, anchorEnd, tagStart, tagEnd, style, chomping = CHOMPING_MODE.CLIP, indent = -1, fast = false) {
	state.events.push({
		type: EVENT_ID.SCALAR,
		valueStart,
		valueEnd,
		anchorStart,
		anchorEnd,
		tagStart,
		tagEnd,
		style,
		chomping,
		indent,
		fast
	});
}
function addAliasEvent(state, anchorStart, anchorEnd) {
	state.events.push({
		type: EVENT_ID.ALIAS,
		anchorStart,
		anchorEnd
	});
}
function addPopEvent(state) {
	state.events.push({ type: EVENT_ID.POP });
}
function addEmptyScalarEvent(state) {
	addScalarEvent(state, NO_RANGE$1, NO_RANGE$1, NO_RANGE$1, NO_RANGE$1, NO_RANGE$1, NO_RANGE$1, SCALAR_STYLE.PLAIN);
}
function emptyProperties() {
	return {
		anchorStart: NO_RANGE$1,
		anchorEnd: NO_RANGE$1,
		tagStart: NO_RANGE$1,
		tagEnd: NO_RANGE$1
	};
}
function snapshotState(state) {
	return {
		position: state.position,
		line: state.line,
		lineStart: state.lineStart,
		lineIndent: state.lineIndent,
		firstTabInLine: state.firstTabInLine,
		eventsLength: state.events.length
	};
}
function restoreState(state, snapshot) {
	state.position = snapshot.position;
	state.line = snapshot.line;
	state.lineStart = snapshot.lineStart;
	state.lineIndent = snapshot.lineIndent;
	state.firstTabInLine = snapshot.firstTabInLine;
	state.events.length = snapshot.eventsLength;
}
function throwError(state, message) {
	YAMLException.throwAt(state.input.slice(0, state.length), state.position, message, state.filename);
}
function isEol(c) {
	return c === 10 || c === 13;
}
function isWhiteSpace(c) {
	return c === 9 || c === 32;
}
function isWsOrEol(c) {
	return isWhiteSpace(c) || isEol(c);
}
function isWsOrEolOrEnd(c) {
	return c === 0 || isWsOrEol(c);
}
function isFlowIndicator(c) {
	return c === 44 || c === 91 || c === 93 || c === 123 || c === 125;
}
function fromDecimalCode(c) {
	return c >= 48 && c <= 57 ? c - 48 : -1;
}
function fromHexCode(c) {
	if (c >= 48 && c <= 57) return c - 48;
	const lc = c | 32;
	if (lc >= 97 && lc <= 102) return lc - 97 + 10;
	return -1;
}
function escapedHexLen(c) {
	if (c === 120) return 2;
	if (c === 117) return 4;
	if (c === 85) return 8;
	return 0;
}
function isSimpleEscape(c) {
	return c === 48 || c === 97 || c === 98 || c === 116 || c === 9 || c === 110 || c === 118 || c === 102 || c === 114 || c === 101 || c === 32 || c === 34 || c === 47 || c === 92 || c === 78 || c === 95 || c === 76 || c === 80;
}
function consumeLineBreak(state) {
	if (state.input.charCodeAt(state.position) === 10) state.position++;
	else {
		state.position++;
		if (state.input.charCodeAt(state.position) === 10) state.position++;
	}
	state.line++;
	state.lineStart = state.position;
	state.lineIndent = 0;
	state.firstTabInLine = -1;
}
function skipSeparationSpace(state, allowComments) {
	let lineBreaks = 0;
	let ch = state.input.charCodeAt(state.position);
	let hasSeparation = state.position === state.lineStart || isWsOrEol(state.input.charCodeAt(state.position - 1));
	while (ch !== 0) {
		while (isWhiteSpace(ch)) {
			hasSeparation = true;
			if (ch === 9 && state.firstTabInLine === -1) state.firstTabInLine = state.position;
			ch = state.input.charCodeAt(++state.position);
		}
		if (allowComments && hasSeparation && ch === 35) do
			ch = state.input.charCodeAt(++state.position);
		while (!isEol(ch) && ch !== 0);
		if (!isEol(ch)) break;
		consumeLineBreak(state);
		lineBreaks++;
		hasSeparation = true;
		ch = state.input.charCodeAt(state.position);
		while (ch === 32) {
			state.lineIndent++;
			ch = state.input.charCodeAt(++state.position);
		}
	}
	return lineBreaks;
}
function testDocumentSeparator(state, position = state.position) {
	const ch = state.input.charCodeAt(position);
	if ((ch === 45 || ch === 46) && ch === state.input.charCodeAt(position + 1) && ch === state.input.charCodeAt(position + 2)) {
		const following = state.input.charCodeAt(position + 3);
		return following === 0 || isWsOrEol(following);
	}
	return false;
}
function skipByteOrderMark(state) {
	if (state.position === state.lineStart && state.input.charCodeAt(state.position) === 65279) {
		state.position++;
		state.lineStart = state.position;
	}
}
function testDocumentBoundary(state) {
	if (state.position !== state.lineStart) return false;
	if (testDocumentSeparator(state)) return true;
	if (state.input.charCodeAt(state.position) !== 65279) return false;
	const snapshot = snapshotState(state);
	skipByteOrderMark(state);
	skipSeparationSpace(state, true);
	const ch = state.input.charCodeAt(state.position);
	const result = state.position === state.lineStart && (ch === 37 || ch === 45 && testDocumentSeparator(state));
	restoreState(state, snapshot);
	return result;
}
function skipUntilLineEnd(state) {
	let ch = state.input.charCodeAt(state.position);
	while (ch !== 0 && !isEol(ch)) ch = state.input.charCodeAt(++state.position);
}
function checkPrintable(state, start, end) {
	const match = PATTERN_NON_PRINTABLE.exec(state.input.slice(start, end));
	if (match !== null) {
		state.position = start + match.index + match[0].length - 1;
		throwError(state, "the stream contains non-printable characters");
	}
}
function readTagProperty(state, props, inFlow) {
	if (state.input.charCodeAt(state.position) !== 33) return false;
	if (props.tagStart !== NO_RANGE$1) throwError(state, "duplication of a tag property");
	const start = state.position;
	let isVerbatim = false;
	let isNamed = false;
	let tagHandle = "!";
	let ch = state.input.charCodeAt(++state.position);
	if (ch === 60) {
		isVerbatim = true;
		ch = state.input.charCodeAt(++state.position);
	} else if (ch === 33) {
		isNamed = true;
		tagHandle = "!!";
		ch = state.input.charCodeAt(++state.position);
	}
	let suffixStart = state.position;
	let tagName;
	if (isVerbatim) {
		while (ch !== 0 && ch !== 62) ch = state.input.charCodeAt(++state.position);
		if (ch !== 62) throwError(state, "unexpected end of the stream within a verbatim tag");
		tagName = state.input.slice(suffixStart, state.position);
		state.position++;
	} else {
		while (ch !== 0 && !isWsOrEol(ch) && !(inFlow && isFlowIndicator(ch))) {
			if (ch === 33) {
				if (!isNamed) {
					tagHandle = state.input.slice(suffixStart - 1, state.position + 1);
					if (!PATTERN_TAG_HANDLE.test(tagHandle)) throwError(state, "named tag handle cannot contain such characters");
					isNamed = true;
					suffixStart = state.position + 1;
				} else throwError(state, "tag suffix cannot contain exclamation marks");
			}
			ch = state.input.charCodeAt(++state.position);
		}
		tagName = state.input.slice(suffixStart, state.position);
		if (PATTERN_FLOW_INDICATORS.test(tagName)) throwError(state, "tag suffix cannot contain flow indicator characters");
	}
	if (tagName && !(isVerbatim ? PATTERN_TAG_URI.test(tagName) : PATTERN_TAG_SUFFIX.test(tagName))) throwError(state, `tag name cannot contain such characters: ${tagName}`);
	if (!isVerbatim && tagHandle !== "!" && tagHandle !== "!!" && !HAS_OWN.call(state.tagHandlers, tagHandle)) throwError(state, `undeclared tag handle "${tagHandle}"`);
	props.tagStart = start;
	props.tagEnd = state.position;
	return true;
}
function readAnchorProperty(state, props) {
	if (state.input.charCodeAt(state.position) !== 38) return false;
	if (props.anchorStart !== NO_RANGE$1) throwError(state, "duplication of an anchor property");
	state.position++;
	const start = state.position;
	while (state.input.charCodeAt(state.position) !== 0 && !isWsOrEol(state.input.charCodeAt(state.position)) && !isFlowIndicator(state.input.charCodeAt(state.position))) state.position++;
	if (state.position === start) throwError(state, "name of an anchor node must contain at least one character");
	props.anchorStart = start;
	props.anchorEnd = state.position;
	return true;
}
function readAlias(state, props) {
	if (state.input.charCodeAt(state.position) !== 42) return false;
	if (props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1) throwError(state, "alias node should not have any properties");
	state.position++;
	const start = state.position;
	while (state.input.charCodeAt(state.position) !== 0 && !isWsOrEol(state.input.charCodeAt(state.position)) && !isFlowIndicator(state.input.charCodeAt(state.position))) state.position++;
	if (state.position === start) throwError(state, "name of an alias node must contain at least one character");
	addAliasEvent(state, start, state.position);
	return true;
}
function readFlowScalarBreak(state, nodeIndent) {
	skipSeparationSpace(state, false);
	if (state.lineIndent < nodeIndent) throwError(state, "deficient indentation");
}
function readSingleQuotedScalar(state, nodeIndent, props) {
	if (state.input.charCodeAt(state.position) !== 39) return false;
	state.position++;
	const start = state.position;
	let simple = true;
	while (state.input.charCodeAt(state.position) !== 0) {
		const ch = state.input.charCodeAt(state.position);
		if (ch === 39) {
			if (state.input.charCodeAt(state.position + 1) === 39) {
				simple = false;
				state.position += 2;
				continue;
			}
			const end = state.position;
			state.position++;
			addScalarEvent(state, start, end, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, SCALAR_STYLE.SINGLE_QUOTED, CHOMPING_MODE.CLIP, -1, simple);
			return true;
		}
		if (isEol(ch)) {
			simple = false;
			readFlowScalarBreak(state, nodeIndent);
		} else if (state.position === state.lineStart && testDocumentSeparator(state)) throwError(state, "unexpected end of the document within a single quoted scalar");
		else if (ch !== 9 && ch < 32) throwError(state, "expected valid JSON character");
		else state.position++;
	}
	throwError(state, "unexpected end of the stream within a single quoted scalar");
}
function readDoubleQuotedScalar(state, nodeIndent, props) {
	if (state.input.charCodeAt(state.position) !== 34) return false;
	state.position++;
	const start = state.position;
	let simple = true;
	while (state.input.charCodeAt(state.position) !== 0) {
		const ch = state.input.charCodeAt(state.position);
		if (ch === 34) {
			const end = state.position;
			state.position++;
			addScalarEvent(state, start, end, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, SCALAR_STYLE.DOUBLE_QUOTED, CHOMPING_MODE.CLIP, -1, simple);
			return true;
		}
		if (ch === 92) {
			simple = false;
			const escaped = state.input.charCodeAt(++state.position);
			if (isEol(escaped)) readFlowScalarBreak(state, nodeIndent);
			else if (isSimpleEscape(escaped)) state.position++;
			else {
				let hexLength = escapedHexLen(escaped);
				if (hexLength === 0) throwError(state, "unknown escape sequence");
				while (hexLength-- > 0) {
					state.position++;
					if (fromHexCode(state.input.charCodeAt(state.position)) < 0) throwError(state, "expected hexadecimal character");
				}
				state.position++;
			}
		} else if (isEol(ch)) {
			simple = false;
			readFlowScalarBreak(state, nodeIndent);
		} else if (state.position === state.lineStart && testDocumentSeparator(state)) throwError(state, "unexpected end of the document within a double quoted scalar");
		else if (ch !== 9 && ch < 32) throwError(state, "expected valid JSON character");
		else state.position++;
	}
	throwError(state, "unexpected end of the stream within a double quoted scalar");
}
function readBlockScalar(state, parentIndent, props) {
	const ch = state.input.charCodeAt(state.position);
	let chomping = CHOMPING_MODE.CLIP;
	let indent = -1;
	let detectedIndent = false;
	if (ch !== 124 && ch !== 62) return false;
	const style = ch === 124 ? SCALAR_STYLE.LITERAL_BLOCK : SCALAR_STYLE.FOLDED_BLOCK;
	state.position++;
	while (state.input.charCodeAt(state.position) !== 0) {
		const current = state.input.charCodeAt(state.position);
		const digit = fromDecimalCode(current);
		if (current === 43 || current === 45) {
			if (chomping !== CHOMPING_MODE.CLIP) throwError(state, "repeat of a chomping mode identifier");
			chomping = current === 43 ? CHOMPING_MODE.KEEP : CHOMPING_MODE.STRIP;
			state.position++;
		} else if (digit >= 0) {
			if (digit === 0) throwError(state, "bad explicit indentation width of a block scalar; it cannot be less than one");
			if (detectedIndent) throwError(state, "repeat of an indentation width identifier");
			indent = parentIndent + digit - 1;
			detectedIndent = true;
			state.position++;
		} else break;
	}
	let hadWhitespace = false;
	while (isWhiteSpace(state.input.charCodeAt(state.position))) {
		hadWhitespace = true;
		state.position++;
	}
	if (hadWhitespace && state.input.charCodeAt(state.position) === 35) skipUntilLineEnd(state);
	if (isEol(state.input.charCodeAt(state.position))) consumeLineBreak(state);
	else if (state.input.charCodeAt(state.position) !== 0) throwError(state, "a line break is expected");
	let contentIndent = detectedIndent ? indent : -1;
	let maxLeadingIndent = 0;
	const valueStart = state.position;
	let valueEnd = state.position;
	while (state.input.charCodeAt(state.position) !== 0) {
		const linePosition = state.position;
		let column = 0;
		while (state.input.charCodeAt(linePosition + column) === 32) column++;
		const first = state.input.charCodeAt(linePosition + column);
		if (first === 0) {
			if (contentIndent >= 0) {
				if (column > contentIndent) valueEnd = linePosition + column;
			} else if (column > 0) valueEnd = linePosition + column;
			break;
		}
		if (testDocumentBoundary(state)) break;
		if (!detectedIndent && contentIndent === -1 && isEol(first)) maxLeadingIndent = Math.max(maxLeadingIndent, column);
		if (!detectedIndent && contentIndent === -1 && !isEol(first)) {
			if (first === 9 && column < parentIndent) {
				state.position = linePosition + column;
				throwError(state, "tab characters must not be used in indentation");
			}
			if (column >= parentIndent && column < maxLeadingIndent) {
				state.position = linePosition + column;
				throwError(state, "bad indentation of a mapping entry");
			}
		}
		if (contentIndent === -1 && first !== 0 && !isEol(first) && column < parentIndent) {
			state.lineIndent = column;
			state.position = linePosition + column;
			break;
		}
		if (!detectedIndent && first !== 0 && !isEol(first) && contentIndent === -1) contentIndent = column;
		const requiredIndent = contentIndent === -1 ? parentIndent + 1 : contentIndent;
		if (first !== 0 && !isEol(first) && column < requiredIndent) {
			state.lineIndent = column;
			state.position = linePosition + column;
			break;
		}
		skipUntilLineEnd(state);
		valueEnd = state.position;
		if (isEol(state.input.charCodeAt(state.position))) {
			consumeLineBreak(state);
			valueEnd = state.position;
		}
	}
	checkPrintable(state, valueStart, valueEnd);
	addScalarEvent(state, valueStart, valueEnd, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, style, chomping, contentIndent);
	return true;
}
function canStartPlainScalar(state, nodeContext) {
	const ch = state.input.charCodeAt(state.position);
	const inFlow = nodeContext === CONTEXT_FLOW_IN;
	if (ch === 0 || isWsOrEol(ch) || ch === 35 || ch === 38 || ch === 42 || ch === 33 || ch === 124 || ch === 62 || ch === 39 || ch === 34 || ch === 37 || ch === 64 || ch === 96 || isFlowIndicator(ch)) return false;
	if (ch === 63 || ch === 45) {
		const following = state.input.charCodeAt(state.position + 1);
		if (isWsOrEolOrEnd(following) || inFlow && isFlowIndicator(following)) return false;
	}
	return true;
}
function readPlainScalar(state, nodeIndent, nodeContext, props) {
	if (!canStartPlainScalar(state, nodeContext)) return false;
	const start = state.position;
	let end = state.position;
	let ch = state.input.charCodeAt(state.position);
	const inFlow = nodeContext === CONTEXT_FLOW_IN;
	let multiline = false;
	while (ch !== 0) {
		if (testDocumentBoundary(state)) break;
		if (ch === 58) {
			const following = state.input.charCodeAt(state.position + 1);
			if (isWsOrEolOrEnd(following) || inFlow && isFlowIndicator(following)) break;
		} else if (ch === 35) {
			if (isWsOrEol(state.input.charCodeAt(state.position - 1))) break;
		} else if (inFlow && isFlowIndicator(ch)) break;
		else if (isEol(ch)) {
			const savedPosition = state.position;
			const savedLine = state.line;
			const savedLineStart = state.lineStart;
			const savedLineIndent = state.lineIndent;
			skipSeparationSpace(state, false);
			if (state.lineIndent >= nodeIndent) {
				multiline = true;
				ch = state.input.charCodeAt(state.position);
				continue;
			}
			state.position = savedPosition;
			state.line = savedLine;
			state.lineStart = savedLineStart;
			state.lineIndent = savedLineIndent;
			break;
		}
		if (!isWhiteSpace(ch)) end = state.position + 1;
		ch = state.input.charCodeAt(++state.position);
	}
	if (end === start) return false;
	checkPrintable(state, start, end);
	addScalarEvent(state, start, end, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, SCALAR_STYLE.PLAIN, CHOMPING_MODE.CLIP, -1, !multiline);
	return true;
}
function skipFlowSeparationSpace(state, nodeIndent) {
	const startLine = state.line;
	skipSeparationSpace(state, true);
	if (state.line > startLine && state.lineIndent < nodeIndent || state.firstTabInLine !== -1 && state.lineIndent < nodeIndent) throwError(state, "deficient indentation");
}
function readFlowCollection(state, nodeIndent, props) {
	const ch = state.input.charCodeAt(state.position);
	const isMapping = ch === 123;
	const start = state.position;
	let readNext = true;
	if (ch !== 91 && ch !== 123) return false;
	const terminator = isMapping ? 125 : 93;
	if (isMapping) addMappingEvent(state, start, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, COLLECTION_STYLE.FLOW);
	else addSequenceEvent(state, start, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, COLLECTION_STYLE.FLOW);
	state.position++;
	while (state.input.charCodeAt(state.position) !== 0) {
		skipFlowSeparationSpace(state, nodeIndent);
		let ch = state.input.charCodeAt(state.position);
		if (ch === terminator) {
			state.position++;
			addPopEvent(state);
			return true;
		} else if (!readNext) throwError(state, "missed comma between flow collection entries");
		else if (ch === 44) throwError(state, "expected the node content, but found ','");
		let isPair = false;
		let isExplicitPair = false;
		if (ch === 63 && isWsOrEol(state.input.charCodeAt(state.position + 1))) {
			isPair = isExplicitPair = true;
			state.position += 1;
			skipFlowSeparationSpace(state, nodeIndent);
		}
		const entryLine = state.line;
		const entryStart = snapshotState(state);
		const keyWasRead = parseNode(state, nodeIndent, CONTEXT_FLOW_IN, false, true);
		skipFlowSeparationSpace(state, nodeIndent);
		ch = state.input.charCodeAt(state.position);
		if ((isMapping || isExplicitPair || state.line === entryLine) && ch === 58) {
			isPair = true;
			state.position++;
			skipFlowSeparationSpace(state, nodeIndent);
			if (!isMapping) {
				insertFlowPairMappingEvent(state, entryStart);
				if (!keyWasRead) addEmptyScalarEvent(state);
			} else if (!keyWasRead) addEmptyScalarEvent(state);
			if (!parseNode(state, nodeIndent, CONTEXT_FLOW_IN, false, true)) addEmptyScalarEvent(state);
			skipFlowSeparationSpace(state, nodeIndent);
			if (!isMapping) addPopEvent(state);
		} else if (isMapping && isPair) {
			if (!keyWasRead) addEmptyScalarEvent(state);
			addEmptyScalarEvent(state);
		} else if (isMapping) addEmptyScalarEvent(state);
		else if (isPair) {
			insertFlowPairMappingEvent(state, entryStart);
			if (!keyWasRead) addEmptyScalarEvent(state);
			addEmptyScalarEvent(state);
			addPopEvent(state);
		}
		ch = state.input.charCodeAt(state.position);
		if (ch === 44) {
			readNext = true;
			state.position++;
		} else readNext = false;
	}
	throwError(state, "unexpected end of the stream within a flow collection");
}
function readBlockSequence(state, nodeIndent, props) {
	if (state.firstTabInLine !== -1 || state.input.charCodeAt(state.position) !== 45 || !isWsOrEolOrEnd(state.input.charCodeAt(state.position + 1))) return false;
	addSequenceEvent(state, state.position, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, COLLECTION_STYLE.BLOCK);
	while (state.input.charCodeAt(state.position) === 45 && isWsOrEolOrEnd(state.input.charCodeAt(state.position + 1))) {
		if (state.firstTabInLine !== -1) {
			state.position = state.firstTabInLine;
			throwError(state, "tab characters must not be used in indentation");
		}
		const entryLine = state.line;
		state.position++;
		const hadBreak = skipSeparationSpace(state, true) > 0;
		if (state.firstTabInLine !== -1 && state.input.charCodeAt(state.position) === 45 && isWsOrEolOrEnd(state.input.charCodeAt(state.position + 1))) throwError(state, "bad indentation of a sequence entry");
		if (hadBreak && state.lineIndent <= nodeIndent) addEmptyScalarEvent(state);
		else parseNode(state, nodeIndent, CONTEXT_BLOCK_IN, false, true);
		skipSeparationSpace(state, true);
		if (state.lineIndent < nodeIndent || state.position >= state.length) break;
		if (state.lineIndent > nodeIndent) throwError(state, "bad indentation of a sequence entry");
		if (state.line === entryLine && state.input.charCodeAt(state.position) === 45 && isWsOrEolOrEnd(state.input.charCodeAt(state.position + 1))) throwError(state, "bad indentation of a sequence entry");
	}
	addPopEvent(state);
	return true;
}
function readBlockMapping(state, nodeIndent, flowIndent, props) {
	let atExplicitKey = false;
	let detected = false;
	let mappingOpened = false;
	let pendingExplicitKey = false;
	if (state.firstTabInLine !== -1) return false;
	let ch = state.input.charCodeAt(state.position);
	while (ch !== 0) {
		if (!atExplicitKey && state.firstTabInLine !== -1) {
			state.position = state.firstTabInLine;
			throwError(state, "tab characters must not be used in indentation");
		}
		const following = state.input.charCodeAt(state.position + 1);
		const entryLine = state.line;
		if ((ch === 63 || ch === 58) && isWsOrEolOrEnd(following)) {
			if (!mappingOpened) {
				addMappingEvent(state, state.position, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, COLLECTION_STYLE.BLOCK);
				mappingOpened = true;
			}
			if (ch === 63) {
				if (atExplicitKey) addEmptyScalarEvent(state);
				detected = true;
				atExplicitKey = true;
			} else if (atExplicitKey) atExplicitKey = false;
			else {
				addEmptyScalarEvent(state);
				detected = true;
				atExplicitKey = false;
			}
			state.position += 1;
			pendingExplicitKey = true;
		} else {
			if (atExplicitKey) {
				addEmptyScalarEvent(state);
				atExplicitKey = false;
			}
			const beforeKey = snapshotState(state);
			if (!parseNode(state, flowIndent, CONTEXT_FLOW_OUT, false, true)) break;
			if (state.line === entryLine) {
				ch = state.input.charCodeAt(state.position);
				while (isWhiteSpace(ch)) ch = state.input.charCodeAt(++state.position);
				if (ch === 58) {
					ch = state.input.charCodeAt(++state.position);
					if (!isWsOrEolOrEnd(ch)) throwError(state, "a whitespace character is expected after the key-value separator within a block mapping");
					if (!mappingOpened) {
						state.events.splice(beforeKey.eventsLength, 0, {
							type: EVENT_ID.MAPPING,
							start: beforeKey.position,
							anchorStart: props.anchorStart,
							anchorEnd: props.anchorEnd,
							tagStart: props.tagStart,
							tagEnd: props.tagEnd,
							style: COLLECTION_STYLE.BLOCK
						});
						mappingOpened = true;
					}
					detected = true;
					atExplicitKey = false;
					pendingExplicitKey = false;
				} else if (detected) throwError(state, "expected ':' after a mapping key");
				else {
					if (props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1) {
						restoreState(state, beforeKey);
						return false;
					}
					return true;
				}
			} else if (detected) throwError(state, "can not read a block mapping entry; a multiline key may not be an implicit key");
			else {
				if (props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1) {
					restoreState(state, beforeKey);
					return false;
				}
				return true;
			}
		}
		if (parseNode(state, nodeIndent, CONTEXT_BLOCK_OUT, true, pendingExplicitKey)) pendingExplicitKey = false;
		if (!atExplicitKey) {
			if (pendingExplicitKey) {
				addEmptyScalarEvent(state);
				pendingExplicitKey = false;
			}
		}
		skipSeparationSpace(state, true);
		ch = state.input.charCodeAt(state.position);
		if ((state.line === entryLine || state.lineIndent > nodeIndent) && ch !== 0) throwError(state, "bad indentation of a mapping entry");
		else if (state.lineIndent < nodeIndent) break;
	}
	if (!detected) return false;
	if (atExplicitKey) addEmptyScalarEvent(state);
	if (mappingOpened) addPopEvent(state);
	return true;
}
function parseNode(state, parentIndent, nodeContext, allowToSeek, allowCompact, allowPropertyMapping = true) {
	if (state.depth >= state.maxDepth) throwError(state, `nesting exceeded maxDepth (${state.maxDepth})`);
	state.depth++;
	let indentStatus = 1;
	let atNewLine = false;
	let hasContent = false;
	let propertyStart = null;
	const props = emptyProperties();
	let allowBlockScalars = nodeContext === CONTEXT_BLOCK_OUT || nodeContext === CONTEXT_BLOCK_IN;
	let allowBlockCollections = allowBlockScalars;
	const allowBlockStyles = allowBlockScalars;
	if (allowToSeek && skipSeparationSpace(state, true)) {
		atNewLine = true;
		if (state.lineIndent > parentIndent) indentStatus = 1;
		else if (state.lineIndent === parentIndent) indentStatus = 0;
		else indentStatus = -1;
	}
	if (indentStatus === 1) while (true) {
		const ch = state.input.charCodeAt(state.position);
		const propertyState = snapshotState(state);
		if (atNewLine && indentStatus !== 1 && (ch === 33 || ch === 38)) break;
		if (atNewLine && allowBlockStyles && (props.tagStart !== NO_RANGE$1 || props.anchorStart !== NO_RANGE$1) && (ch === 33 || ch === 38)) {
			const fallbackState = snapshotState(state);
			const flowIndent = parentIndent + 1;
			if (readBlockMapping(state, state.position - state.lineStart, flowIndent, props) && state.events[fallbackState.eventsLength]?.type === EVENT_ID.MAPPING) {
				state.depth--;
				return true;
			}
			restoreState(state, fallbackState);
		}
		if (atNewLine && (ch === 33 && props.tagStart !== NO_RANGE$1 || ch === 38 && props.anchorStart !== NO_RANGE$1)) break;
		if (!readTagProperty(state, props, nodeContext === CONTEXT_FLOW_IN) && !readAnchorProperty(state, props)) break;
		if (propertyStart === null) propertyStart = propertyState;
		if (skipSeparationSpace(state, true)) {
			atNewLine = true;
			allowBlockCollections = allowBlockStyles;
			if (state.lineIndent > parentIndent) indentStatus = 1;
			else if (state.lineIndent === parentIndent) indentStatus = 0;
			else indentStatus = -1;
		} else allowBlockCollections = false;
	}
	if (allowBlockCollections) allowBlockCollections = atNewLine || allowCompact;
	if (indentStatus === 1 || nodeContext === CONTEXT_BLOCK_OUT) {
		const flowIndent = nodeContext === CONTEXT_FLOW_IN || nodeContext === CONTEXT_FLOW_OUT ? parentIndent : parentIndent + 1;
		const blockIndent = state.position - state.lineStart;
		if (indentStatus === 1) {
			if (allowBlockCollections && (readBlockSequence(state, blockIndent, props) || readBlockMapping(state, blockIndent, flowIndent, props)) || readFlowCollection(state, flowIndent, props)) hasContent = true;
			else {
				const ch = state.input.charCodeAt(state.position);
				if (propertyStart !== null && allowPropertyMapping && allowBlockStyles && !allowBlockCollections && ch !== 124 && ch !== 62) {
					const fallbackState = snapshotState(state);
					const propertyIndent = propertyStart.position - propertyStart.lineStart;
					restoreState(state, propertyStart);
					if (readBlockMapping(state, propertyIndent, flowIndent, emptyProperties()) && state.events[fallbackState.eventsLength]?.type === EVENT_ID.MAPPING) hasContent = true;
					else restoreState(state, fallbackState);
				}
				if (!hasContent && (allowBlockScalars && readBlockScalar(state, flowIndent, props) || readSingleQuotedScalar(state, flowIndent, props) || readDoubleQuotedScalar(state, flowIndent, props) || readAlias(state, props) || readPlainScalar(state, flowIndent, nodeContext, props))) hasContent = true;
			}
		} else if (indentStatus === 0) hasContent = allowBlockCollections && readBlockSequence(state, blockIndent, props);
	}
	allowBlockScalars = allowBlockScalars && !hasContent;
	if (!hasContent && (props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1 || allowBlockScalars)) {
		addScalarEvent(state, NO_RANGE$1, NO_RANGE$1, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, SCALAR_STYLE.PLAIN);
		hasContent = true;
	}
	state.depth--;
	return hasContent || props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1;
}
function readDirective(state) {
	if (state.lineIndent > 0 || state.input.charCodeAt(state.position) !== 37) return false;
	state.position++;
	const nameStart = state.position;
	while (state.input.charCodeAt(state.position) !== 0 && !isWsOrEol(state.input.charCodeAt(state.position))) state.position++;
	const name = state.input.slice(nameStart, state.position);
	const args = [];
	if (name.length === 0) throwError(state, "directive name must not be less than one character in length");
	while (state.input.charCodeAt(state.position) !== 0 && !isEol(state.input.charCodeAt(state.position))) {
		while (isWhiteSpace(state.input.charCodeAt(state.position))) state.position++;
		if (state.input.charCodeAt(state.position) === 35 || isEol(state.input.charCodeAt(state.position)) || state.input.charCodeAt(state.position) === 0) break;
		const start = state.position;
		while (state.input.charCodeAt(state.position) !== 0 && !isWsOrEol(state.input.charCodeAt(state.position))) state.position++;
		args.push(state.input.slice(start, state.position));
	}
	if (isEol(state.input.charCodeAt(state.position))) consumeLineBreak(state);
	if (name === "YAML") {
		if (state.directives.some((directive) => directive.kind === "yaml")) throwError(state, "duplication of %YAML directive");
		if (args.length !== 1) throwError(state, "YAML directive accepts exactly one argument");
		const match = /^([0-9]+)\.([0-9]+)$/.exec(args[0]);
		if (match === null) throwError(state, "ill-formed argument of the YAML directive");
		if (parseInt(match[1], 10) !== 1) throwError(state, "unacceptable YAML version of the document");
		state.directives.push({
			kind: "yaml",
			version: args[0]
		});
	} else if (name === "TAG") {
		if (args.length !== 2) throwError(state, "TAG directive accepts exactly two arguments");
		const [handle, prefix] = args;
		if (!PATTERN_TAG_HANDLE.test(handle)) throwError(state, "ill-formed tag handle (first argument) of the TAG directive");
		if (HAS_OWN.call(state.tagHandlers, handle)) throwError(state, `there is a previously declared suffix for "${handle}" tag handle`);
		if (!PATTERN_TAG_PREFIX.test(prefix)) throwError(state, "ill-formed tag prefix (second argument) of the TAG directive");
		state.tagHandlers[handle] = prefix;
		state.directives.push({
			kind: "tag",
			handle,
			prefix
		});
	}
	return true;
}
function readDocument(state) {
	state.directives = [];
	state.tagHandlers = Object.create(null);
	let hasDirectives = false;
	skipSeparationSpace(state, true);
	while (readDirective(state)) {
		hasDirectives = true;
		skipSeparationSpace(state, true);
	}
	let explicitStart = false;
	let explicitEnd = false;
	let allowCompact = true;
	if (state.lineIndent === 0 && state.input.charCodeAt(state.position) === 45 && state.input.charCodeAt(state.position + 1) === 45 && state.input.charCodeAt(state.position + 2) === 45 && isWsOrEolOrEnd(state.input.charCodeAt(state.position + 3))) {
		explicitStart = true;
		const markerLine = state.line;
		state.position += 3;
		skipSeparationSpace(state, true);
		allowCompact = state.line > markerLine;
	} else if (hasDirectives) throwError(state, "directives end mark is expected");
	const documentEventIndex = state.events.length;
	if (!explicitStart && state.position === state.lineStart && state.input.charCodeAt(state.position) === 46 && testDocumentSeparator(state)) {
		state.position += 3;
		skipSeparationSpace(state, true);
		return;
	}
	addDocumentEvent(state, explicitStart, false);
	if (!parseNode(state, state.lineIndent - 1, CONTEXT_BLOCK_OUT, false, allowCompact, allowCompact)) addEmptyScalarEvent(state);
	skipSeparationSpace(state, true);
	if (state.position === state.lineStart && testDocumentSeparator(state)) {
		explicitEnd = state.input.charCodeAt(state.position) === 46;
		if (explicitEnd) {
			const markerLine = state.line;
			state.position += 3;
			skipSeparationSpace(state, true);
			if (state.line === markerLine && state.position < state.length) throwError(state, "end of the stream or a document separator is expected");
		}
	}
	const documentEvent = state.events[documentEventIndex];
	if (documentEvent?.type === EVENT_ID.DOCUMENT) documentEvent.explicitEnd = explicitEnd;
	addPopEvent(state);
	if (!explicitEnd && state.position < state.length && !testDocumentBoundary(state)) throwError(state, "end of the stream or a document separator is expected");
}
/**
* Parses YAML into a flat event stream referencing source text by offsets.
*
* @category Events
*/
function parseEvents(input, options) {
	const length = input.length;
	const state = {
		...DEFAULT_PARSER_OPTIONS,
		...options,
		input: `${input}\0`,
		length,
		position: 0,
		line: 0,
		lineStart: 0,
		lineIndent: 0,
		firstTabInLine: -1,
		depth: 0,
		directives: [],
		tagHandlers: Object.create(null),
		events: []
	};
	const nullpos = input.indexOf("\0");
	if (nullpos !== -1) YAMLException.throwAt(input, nullpos, "null byte is not allowed in input", state.filename);
	while (state.position < state.length) {
		skipByteOrderMark(state);
		skipSeparationSpace(state, true);
		if (state.position >= state.length) break;
		const documentStart = state.position;
		readDocument(state);
		if (state.position === documentStart)
 /* c8 ignore next */
		throwError(state, "can not read a document");
	}
	return state.events;
}

// src/core/config/yaml-faults.ts
const entry$1 = /bad indentation|whitespace character is expected|can not read a block mapping entry|document separator is expected/;
/** The first one that fits counts. */
const faults = [
	{
		when: entry$1,
		where: /^\s*\t|\n\s*\t/,
		says: "tabs are not allowed as indentation",
		hint: "Indent with blanks."
	},
	{
		when: entry$1,
		where: /[}\]]\s*\n\s*[^\s#]/,
		says: "text behind a closing bracket",
		hint: "Put a text that begins with [ or { in quotes, such as a glob."
	},
	{
		when: entry$1,
		where: /["']\s*\n\s*[^\s#:]/,
		says: "text behind a closing quote",
		hint: "Put the whole text in quotes."
	},
	{
		when: /bad indentation of a mapping entry/,
		where: /:\s.*\n:/,
		says: "a second colon in one entry",
		hint: "Put the text that holds it in quotes."
	},
	{
		when: entry$1,
		after: /^[ \t]*-[^\s-]/m,
		says: "a blank is missing behind a dash further up",
		hint: "An entry of a list is written as `- name: A`."
	},
	{
		when: entry$1,
		after: /(?:^|\n)[ \t]*(?:- )?(?!artifact:)[\w.-]+:[^\s/:][^\n]*\n[^\n]*$/,
		says: "a blank is missing behind the colon in the line above",
		hint: "An entry is written as `key: value`."
	},
	{
		when: entry$1,
		after: /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ ]+[^\s#]/,
		says: "this is no entry of what stands above, which is indented",
		hint: "Let `version: 1` begin in the first column, and all keys that stand beside it."
	},
	{
		when: /bad indentation|whitespace character is expected/,
		says: "this is no entry of what stands above",
		hint: "Do entries of one list or mapping begin in the same column, and is there a blank behind each colon?"
	},
	{
		when: entry$1,
		says: "this is no entry of what stands above",
		hint: "Is a colon missing, here or in the line above, or the blank behind it? An entry is written as `key: value`."
	},
	{
		when: /deficient indentation/,
		where: /\t.*\n/,
		says: "a tab where only blanks may stand",
		hint: "Write blanks instead of it."
	},
	{
		when: /deficient indentation|within a .* quoted scalar|within a flow collection/,
		says: "a quote or bracket further up is not closed",
		hint: "Close it; what it holds must be indented deeper than where it begins.",
		opens: true
	},
	{
		when: /missed comma/,
		where: /\n[}\]]/,
		says: "a bracket is closed by one of another kind",
		hint: "[ is closed by ], and { by }."
	},
	{
		when: /missed comma/,
		says: "a comma is missing between two entries",
		hint: "Put texts with brackets or commas in quotes."
	},
	{
		when: /unknown escape|hexadecimal/,
		says: "a backslash in double quotes begins an escape",
		hint: "Write / in paths, or put the text in single quotes."
	},
	{
		when: /tab characters/,
		says: "tabs are not allowed as indentation",
		hint: "Indent with blanks."
	}
];
/** The line in which the innermost quote or bracket begins that a text leaves open; undefined where none is. */
function openedIn(text) {
	const open = [];
	let line = 1;
	for (let i = 0; i < text.length; i++) {
		const c = text[i];
		if (c === "\n") line++;
		const inner = open.at(-1);
		if (inner !== void 0 && c === inner.closes) open.pop();
		else if (inner === void 0 || /[\]}]/.test(inner.closes)) {
			if (c === "[" || c === "{") open.push({
				closes: c === "[" ? "]" : "}",
				line
			});
			else if (/["']/.test(c) && /[\s:,[{-]/.test(text[i - 1] ?? "\n")) open.push({
				closes: c,
				line
			});
		}
	}
	return open.at(-1)?.line;
}

// src/core/config/yaml-accident.ts
/** The accidents of YAML that everyone has once, each with its cure; else the words of the YAML library. */
function accident(text, at, message) {
	const lines = text.split("\n");
	const line = lines[(at.line ?? 1) - 1] ?? "";
	const comparison = /[:{,[]\s*(>=?|<=?|!=|==)\s*([\d.]+\s*[%a-z]*)/i.exec(line);
	if (comparison?.[1]?.startsWith(">")) {
		const [, symbol = "", value = ""] = comparison;
		const words = symbol === ">=" ? "at least" : "above";
		return problem$2(at, "YAML reads an unquoted > as the beginning of a text block", `Write "${symbol} ${value.trim()}" in quotes, or: ${words} ${value.trim()}`);
	}
	const tag = /^unresolved tag: (.*)$/.exec(message)?.[1];
	if (tag !== void 0) return problem$2(at, "YAML reads an unquoted ! as a tag", /^!=?$/.test(tag) ? "There is no \"!=\" in limits; write what must hold, such as: exactly 0" : "Put it in quotes if it is a text. A glob cannot take files away; coverage has `exclude` for that.");
	const column = (at.column ?? 1) - 1;
	const rest = line.slice(column);
	if (/unresolved alias/i.test(message)) return problem$2(at, "YAML reads an unquoted * as a reference to another place", `Put the glob in quotes: "${/\*\S*/.exec(rest)?.[0].replace(/[,\]}]+$/, "") ?? "**/*.xml"}"`);
	const reserved = /^([@`%])[\w./-]*/.exec(rest);
	if (reserved) {
		const [whole, sign] = reserved;
		const hint = sign === "`" ? "Leave it out, or put the text in quotes." : `Put it in quotes: "${whole}"`;
		return problem$2(at, `YAML does not allow an unquoted ${sign} at the beginning`, hint);
	}
	const before = [...lines.slice(0, (at.line ?? 1) - 1), line.slice(0, column)].join("\n");
	const marked = `${line.slice(0, column)}\n${rest}`;
	const matches = ({ when, where, after }) => when.test(message) && where?.test(marked) !== false && after?.test(before) !== false;
	const fault = faults.find(matches);
	const says = fault?.says ?? message.split(/[\n;]/)[0].toLowerCase();
	const opened = fault?.opens ? openedIn(before) : void 0;
	return problem$2(at, `is not YAML: ${says}${opened === void 0 ? "" : `, from line ${opened}`}`, fault?.hint);
}
function problem$2(at, message, hint) {
	return {
		code: "config-syntax",
		severity: "error",
		message,
		at,
		...hint === void 0 ? {} : { hint }
	};
}

// src/core/config/yaml-scalar.ts
const words = {
	"": null,
	"~": null,
	null: null,
	Null: null,
	NULL: null,
	true: true,
	True: true,
	TRUE: true,
	false: false,
	False: false,
	FALSE: false
};
/** A tag of the core schema and what a value of it is. */
const tags = {
	"!!null": (value) => value === null,
	"!!bool": (value) => typeof value === "boolean",
	"!!int": (value) => Number.isInteger(value),
	"!!float": (value) => typeof value === "number"
};
/**
* The value of a scalar in the core schema of YAML 1.2 (10.3.2): a text, unless it is plain and looks like nothing, a truth
* value or a number. `undefined` where it is not what its tag says, and for tags of other schemas.
*/
function scalarValue(text, plain, tag) {
	if (tag === "!!str" || tag === "!") return text;
	if (tag === void 0) return plain ? implied(text) : text;
	const value = implied(text);
	return tags[tag]?.(value) === true ? value : void 0;
}
function implied(text) {
	if (/^\d{1,3}\.000$/.test(text)) return text;
	if (Object.hasOwn(words, text)) return words[text];
	if (/^(?:[-+]?\d+|0o[0-7]+|0x[\da-fA-F]+)$/.test(text)) return Number(text);
	if (/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(text)) return Number(text);
	const special = /^([-+])?\.(?:inf|Inf|INF)$/.exec(text);
	if (special) return special[1] === "-" ? -Infinity : Infinity;
	return /^\.(?:nan|NaN|NAN)$/.test(text) ? NaN : text;
}

// src/core/config/yaml-parts.ts
/** Most places that one document may repeat by aliases, those within what they repeat included. */
const maxAliases = 50;
/** Builds the one document of a stream of events about a text, and finds what a configuration may not hold. */
function partsOf(text, events) {
	const faults = [];
	const anchors = /* @__PURE__ */ new Map();
	let next = 0;
	let aliases = 0;
	const nothing = {
		value: null,
		offset: 0
	};
	if (events.length === 0) return {
		root: nothing,
		faults
	};
	next = 1;
	const root = events[next]?.type === EVENT_ID.POP ? nothing : part(0);
	const second = events.findIndex(({ type }, i) => i > 0 && type === EVENT_ID.DOCUMENT);
	if (second !== -1) faults.push({
		kind: "documents",
		at: markOf(text, beginning(events[second + 1]))
	});
	return {
		root,
		faults
	};
	/** The part that begins with the next event; an empty one is where its key is. */
	function part(keyAt) {
		const event = events[next++];
		switch (event.type) {
			case EVENT_ID.ALIAS: return alias(text.slice(event.anchorStart, event.anchorEnd), event.anchorStart - 1);
			case EVENT_ID.SEQUENCE: return anchored(event, () => sequence(event.start));
			case EVENT_ID.MAPPING: return anchored(event, () => mapping(event.start));
			case EVENT_ID.SCALAR: return anchored(event, () => scalar(event, keyAt));
			default: throw new Error(`a YAML part cannot begin with event ${event.type}`);
		}
	}
	function anchored(event, make) {
		const before = aliases;
		const made = make();
		const { anchorStart, anchorEnd, tagStart, tagEnd } = event;
		if (tagStart !== -1 && event.type !== EVENT_ID.SCALAR) {
			const tag = text.slice(tagStart, tagEnd);
			if (tag !== (event.type === EVENT_ID.MAPPING ? "!!map" : "!!seq")) faults.push({
				kind: "tag",
				tag,
				at: tagStart
			});
		}
		if (anchorStart !== -1) anchors.set(text.slice(anchorStart, anchorEnd), {
			part: made,
			aliases: aliases - before
		});
		return made;
	}
	function alias(name, at) {
		const meant = anchors.get(name);
		if (meant === void 0) faults.push({
			kind: "alias",
			at
		});
		const before = aliases;
		aliases += 1 + (meant?.aliases ?? 0);
		if (before <= 50 && aliases > 50) faults.push({
			kind: "aliases",
			at
		});
		return {
			value: meant?.part.value ?? null,
			offset: at
		};
	}
	function sequence(offset) {
		const inner = /* @__PURE__ */ new Map();
		while (events[next]?.type !== EVENT_ID.POP) {
			const one = part(offset);
			inner.set(String(inner.size), {
				part: one,
				keyAt: one.offset
			});
		}
		next++;
		return {
			value: Array.from(inner.values(), (entry) => entry.part.value),
			offset,
			inner
		};
	}
	function mapping(offset) {
		const inner = /* @__PURE__ */ new Map();
		while (events[next]?.type !== EVENT_ID.POP) {
			const isPlain = plain$1(events[next]);
			const { value, offset: keyAt } = part(offset);
			const key = typeof value === "object" ? "" : String(value);
			const first = inner.get(key);
			if (isPlain && key === "<<") faults.push({
				kind: "merge",
				at: keyAt
			});
			if (typeof value === "object" && value !== null) faults.push({
				kind: "no-text",
				at: keyAt
			});
			if (first !== void 0) faults.push({
				kind: "repeated",
				key,
				at: keyAt,
				firstAt: first.keyAt
			});
			inner.set(key, {
				part: part(keyAt),
				keyAt
			});
		}
		next++;
		return {
			value: Object.fromEntries(Array.from(inner, ([key, entry]) => [key, entry.part.value])),
			offset,
			inner
		};
	}
	function scalar(event, keyAt) {
		const { valueStart, tagStart, tagEnd } = event;
		const offset = valueStart === -1 ? keyAt : valueStart - (isQuoted(event) ? 1 : 0);
		const tag = tagStart === -1 ? void 0 : text.slice(tagStart, tagEnd);
		const value = scalarValue(valueStart === -1 ? "" : getScalarValue(text, event), plain$1(event), tag);
		if (value === void 0) faults.push({
			kind: "tag",
			tag: tag ?? "",
			at: tagStart
		});
		if (typeof value === "number" && !Number.isFinite(value)) faults.push({
			kind: "infinite",
			at: offset
		});
		return {
			value,
			offset
		};
	}
}
function plain$1(event) {
	return event?.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.PLAIN;
}
function isQuoted({ style }) {
	return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
}
/** Where the first part of a document begins. */
function beginning(event) {
	if (event === void 0) return -1;
	return "start" in event ? event.start : "valueStart" in event ? event.valueStart : -1;
}
/** Where the line stands that separates a document from the one before it. */
function markOf(text, beginning) {
	return (beginning === -1 ? text : text.slice(0, beginning)).lastIndexOf("\n---") + 1;
}

// src/core/config/yaml.ts
/** Largest configuration, in characters, and deepest nesting. */
const maxConfigText = 262144;
const maxDepth = 64;
/** Most faults of one file that are told at once. */
const maxTold = 5;
/** Reads one YAML 1.2 document, strictly: what a configuration cannot mean is a problem. */
function readYaml(text, file) {
	if (text.length > 262144) return [{
		code: "config-too-large",
		severity: "error",
		message: `is larger than 256 KiB`,
		at: { file }
	}];
	const at = placesIn(text, file);
	try {
		const { root, faults } = partsOf(text, parseEvents(text, { maxDepth }));
		if (faults.length > 0) return faults.slice(0, maxTold).map((fault) => told(fault, text, at));
		return {
			value: root.value,
			place(path, what = "value") {
				const offset = offsetOf(root, path, what);
				return offset === void 0 ? {
					file,
					line: 1
				} : at(offset);
			}
		};
	} catch (error) {
		if (!(error instanceof YAMLException)) throw error;
		const place = at(error.mark?.position ?? 0);
		if (!error.reason.startsWith("nesting exceeded")) return [accident(text, place, error.reason)];
		return [{
			code: "config-too-large",
			severity: "error",
			message: `is nested deeper than ${maxDepth} levels`,
			at: place
		}];
	}
}
/** Lines and columns, from 1, of offsets into a text. */
function placesIn(text, file) {
	const starts = [0];
	for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
	return (offset) => {
		const line = starts.findLastIndex((start) => start <= offset);
		return {
			file,
			line: line + 1,
			column: offset - starts[line] + 1
		};
	};
}
/** Where the part at a path begins, or its key, or the nearest part around it; undefined if that is the whole document. */
function offsetOf(root, path, what) {
	let found;
	let inner = root.inner;
	for (const [i, step] of path.entries()) {
		const entry = inner?.get(String(step));
		if (entry === void 0) return found;
		found = what === "key" && i === path.length - 1 ? entry.keyAt : entry.part.offset;
		inner = entry.part.inner;
	}
	return found;
}
function told(fault, text, placeOf) {
	const at = placeOf(fault.at);
	const as = (code, message, hint) => ({
		code,
		severity: "error",
		message,
		at,
		...hint === void 0 ? {} : { hint }
	});
	switch (fault.kind) {
		case "documents": return as("config-syntax", "is not YAML: source contains multiple documents", "Keep one document; remove the line with ---.");
		case "merge": return as("config-syntax", "merge keys (<<) are not part of YAML 1.2", "Write the keys out.");
		case "no-text": return as("config-syntax", "has a list or a mapping for a key", "Put the key in quotes if it is a text.");
		case "infinite": return as("config-value", "is not a finite number");
		case "alias": return accident(text, at, "unresolved alias");
		case "aliases": return as("config-too-large", `repeats itself by more than ${50} aliases`, "Write the values out.");
		case "tag": return accident(text, at, `unresolved tag: ${fault.tag}`);
		case "repeated": return as("config-syntax", `the key "${fault.key}" is there twice, first in line ${placeOf(fault.firstAt).line}`, "Keep one of the two, or make one list of what both hold.");
	}
}

// src/core/config/layer.ts
/** One file, or every problem that was found in it, each with its line. */
function readLayer(text, file) {
	const yaml = readYaml(text, file);
	if (!("value" in yaml)) return yaml;
	if (yaml.value === null || yaml.value === void 0) return [empty("is empty", file, "Begin with `version: 1` and a list of phases.")];
	if (typeof yaml.value !== "object" || Array.isArray(yaml.value)) return [empty("must be a mapping with the keys version and phases", file)];
	const parsed = configSchema.safeParse(yaml.value, { jitless: true });
	return parsed.success ? {
		raw: parsed.data,
		yaml,
		file
	} : explain(parsed.error.issues, yaml);
}
function empty(what, file, hint) {
	const problem = {
		code: "config-empty",
		severity: "error",
		message: what,
		at: {
			file,
			line: 1
		}
	};
	return hint === void 0 ? problem : {
		...problem,
		hint
	};
}

// src/core/config/extends.ts
/** Most steps from a file to what it extends, and most files that one configuration is made of. */
const maxSteps = 8;
const maxLayers = 32;
/**
* Everything that a configuration extends and then itself: what comes later decides. Of a list, later entries decide
* over earlier ones.
*/
function withExtended(own, read) {
	let count = 0;
	const problems = [];
	function collect(layer, trail) {
		const { extends: given = [] } = layer.raw;
		return [...(typeof given === "string" ? [given] : given).flatMap((name, i) => {
			const at = layer.yaml.place(typeof given === "string" ? ["extends"] : ["extends", i]);
			const found = find(name, layer.file, trail, at);
			if ("code" in found) {
				problems.push(found);
				return [];
			}
			const read = readLayer(found.text, found.file);
			if (!("raw" in read)) {
				problems.push(...read);
				return [];
			}
			return collect(read, [...trail, found.file]);
		}), layer];
	}
	function find(name, from, trail, at) {
		if (++count > maxLayers) return wrong$1(at, `more than ${maxLayers} files are extended`);
		if (!/[./\\]/.test(name)) {
			if (Object.hasOwn(presets, name)) return {
				text: presets[name],
				file: presetFile(name)
			};
			const meant = nearest(name, Object.keys(presets));
			const known = Object.keys(presets).join(", ");
			return wrong$1(at, `no preset is called "${name}"${meant ? `, did you mean "${meant}"?` : ""}`, `Presets: ${known}. A file is named by its path, such as ./${name}.yml.`);
		}
		if (/^[a-z][a-z0-9+.-]+:|@/i.test(name)) return wrong$1(at, `"${name}" is not a file of this repository`, "Nothing is downloaded; copy the file here.");
		const file = pathFrom(from, name);
		if (trail.includes(file)) return wrong$1(at, `extends itself: ${[...trail.slice(trail.indexOf(file)), file].join(" -> ")}`, "Take one of these `extends` out.");
		if (trail.length > maxSteps) return wrong$1(at, `extends more than ${maxSteps} files one behind the other`);
		const result = read(file);
		return "text" in result ? {
			text: result.text,
			file
		} : wrong$1(at, `${file} ${result.wrong}`, "The path is relative to the folder of the file that names it.");
	}
	const layers = collect(own, [own.file]);
	return problems.length > 0 ? problems : layers;
}
function wrong$1(at, message, hint) {
	const problem = {
		code: "config-extends",
		severity: "error",
		message,
		at
	};
	return hint === void 0 ? problem : {
		...problem,
		hint
	};
}
/** A path from the folder of a file, without `.` and `a/..`. */
function pathFrom(file, path) {
	const slashed = path.replaceAll("\\", "/");
	const folder = file.replaceAll("\\", "/").split("/").slice(0, -1);
	const parts = [];
	for (const part of [...slashed.startsWith("/") ? [""] : folder, ...slashed.split("/")]) if (part === ".." && parts.length > 0 && parts.at(-1) !== ".." && parts.at(-1) !== "") parts.pop();
	else if (part !== "." && (part !== "" || parts.length === 0)) parts.push(part);
	return parts[0] === "" && !slashed.startsWith("/") && folder[0] !== "" ? parts.slice(1).join("/") : parts.join("/");
}

// src/core/config/merge.ts
/**
* Lays each layer on those before it. A mapping on the top level is united key by key, phases by their names and their
* rules by KPI; everything else is replaced. Phases that are new come behind all others.
*/
function mergeLayers(layers) {
	const origins = /* @__PURE__ */ new Map();
	const merged = {};
	const phases = [];
	const problems = [];
	const from = (layer, path, own = path) => {
		const prefix = key(path).slice(0, -1);
		for (const other of origins.keys()) if (other.startsWith(`${prefix},`)) origins.delete(other);
		origins.set(key(path), {
			layer,
			path: own
		});
	};
	for (const layer of layers) {
		const { extends: _, kpis: words = {}, phases: given = [], ...rest } = layer.raw;
		origins.set(key([]), {
			layer,
			path: []
		});
		for (const [name, value] of Object.entries(rest)) {
			const before = merged[name];
			if (isMapping(before) && isMapping(value)) {
				merged[name] = {
					...before,
					...value
				};
				for (const inner of Object.keys(value)) from(layer, [name, inner]);
			} else {
				merged[name] = value;
				from(layer, [name]);
			}
		}
		const inherited = phases.length;
		for (const [i, phase] of given.entries()) {
			const before = phases.slice(0, inherited).map(({ name }) => name);
			const known = before.indexOf(phase.name);
			if (known === -1) problems.push(...newPhase(phase.name, before, layer, i));
			layPhase(known === -1 ? phases.length : known, phase, layer, i);
		}
		for (const [kpi, word] of Object.entries(words)) {
			const path = ["kpis", kpi];
			const having = phases.flatMap((phase, at) => Object.hasOwn(phase.kpis, kpi) ? [at] : []);
			for (const at of having) layWord(at, kpi, word, layer, path);
			if (having.length === 0) problems.push(nothingToChange(kpi, word, phases, layer, path));
		}
	}
	function layPhase(at, phase, layer, own) {
		const { kpis = {}, ...rest } = phase;
		const before = phases[at];
		phases[at] = {
			...before,
			...rest,
			kpis: before?.kpis ?? {}
		};
		if (before === void 0) from(layer, ["phases", at], ["phases", own]);
		else for (const field of Object.keys(rest)) from(layer, [
			"phases",
			at,
			field
		], [
			"phases",
			own,
			field
		]);
		for (const [kpi, rule] of Object.entries(kpis)) {
			const path = [
				"phases",
				own,
				"kpis",
				kpi
			];
			if (rule === "optional" || rule === "off") {
				if (Object.hasOwn(phases[at].kpis, kpi)) layWord(at, kpi, rule, layer, path);
				else problems.push(nothingToChange(kpi, rule, [phases[at]], layer, path));
			} else {
				phases[at].kpis[kpi] = rule;
				from(layer, [
					"phases",
					at,
					"kpis",
					kpi
				], path);
			}
		}
	}
	function layWord(at, kpi, word, layer, path) {
		const { kpis } = phases[at];
		const rule = kpis[kpi];
		if (word === "off") delete kpis[kpi];
		else {
			kpis[kpi] = typeof rule === "object" && !Array.isArray(rule) ? {
				...rule,
				missing: "skip"
			} : {
				pass: rule,
				missing: "skip"
			};
			from(layer, [
				"phases",
				at,
				"kpis",
				kpi,
				"missing"
			], path);
		}
	}
	return {
		raw: {
			...merged,
			phases: phases.length > 0 ? phases : void 0
		},
		problems,
		place(path, what) {
			for (let length = path.length; length > 0; length--) {
				const origin = origins.get(key(path.slice(0, length)));
				if (origin) return origin.layer.yaml.place([...origin.path, ...path.slice(length)], what);
			}
			return layers.at(-1).yaml.place(path, what);
		}
	};
}
function key(path) {
	return JSON.stringify(path);
}
function isMapping(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
/** Names in which so many slips are taken for slips. */
const leastLength$1 = 8;
const mostSlips = 2;
/** A phase of one's own may have any name; one that reads like an inherited one was likely meant to change that. */
function newPhase(name, inherited, { yaml }, own) {
	if (name.length < leastLength$1) return [];
	const meant = inherited.find((other) => withoutNumber(other) !== withoutNumber(name) && edits(other.toLowerCase(), name.toLowerCase()) <= mostSlips);
	if (meant === void 0) return [];
	return [{
		code: "config-value",
		severity: "warning",
		message: `the phase "${name}" is new and comes behind the others; did you mean "${meant}"?`,
		at: yaml.place([
			"phases",
			own,
			"name"
		]),
		hint: "Phases are known by their names, letter by letter."
	}];
}
function withoutNumber(name) {
	return name.replace(/\d+/g, "");
}
function nothingToChange(kpi, word, phases, { yaml }, path) {
	const meant = nearest(kpi, phases.flatMap(({ kpis }) => Object.keys(kpis)));
	return {
		code: "config-value",
		severity: "error",
		message: `${kpi}: "${word}" changes a rule that is inherited, and there is none${meant ? `; did you mean ${meant}?` : ""}`,
		at: yaml.place(path, "key"),
		hint: "Write the limit that it should have, or take the line out."
	};
}

// src/core/config/prometheus.ts
const usualTimeout = 1e4;
const usualAge = 3e5;
const [leastTimeout, longestTimeout] = [100, 12e4];
/** Shortest distance of points that is chosen here; servers scrape about so often. */
const leastStep = 15e3;
const usualPoints = 60;
const mostPoints = 1e3;
/** Most queries of one gate. */
const mostQueries = 100;
/** The server under `sources: prometheus`. Whatever could give its token to others is an error. */
function parseServer(raw, yaml, problems) {
	const path = (key) => [
		"sources",
		"prometheus",
		key
	];
	const wrong = (key, message, hint) => problems.push(problem$1(`sources: prometheus: ${message}`, yaml, path(key), hint));
	const before = problems.length;
	const host = hostOf(raw.url);
	if (host === void 0) wrong("url", "url is no address of a server", "Write scheme, host and where needed port and path: https://prometheus.example/team.");
	if (raw.token !== void 0 && !variable.test(raw.token)) wrong("token", "token is the name of an environment variable that ends in TOKEN, not the token itself", "Write a name such as PROM_TOKEN, and hand the secret to the step under `env`.");
	else if (raw.token !== void 0 && foreign.test(raw.token)) wrong("token", `token: ${raw.token} belongs to GitHub and is sent to nobody else`);
	if (raw.token !== void 0 && host !== void 0 && /^http:/i.test(raw.url) && !isLoopback(host)) wrong("url", "the token would be sent unencrypted", "Use https, or leave the token out; only to this machine itself a token goes unencrypted.");
	const timeout = raw.timeout === void 0 ? usualTimeout : milliseconds(raw.timeout);
	if (timeout < leastTimeout || timeout > longestTimeout) wrong("timeout", "timeout is 100ms to 2min");
	const maxAge = raw["max-age"] === void 0 ? usualAge : milliseconds(raw["max-age"]);
	if (maxAge < 1e3) wrong("max-age", "max-age is at least 1s");
	if (problems.length > before) return void 0;
	return {
		url: raw.url.replace(/\/+$/, ""),
		timeout,
		maxAge,
		...raw.token === void 0 ? {} : { token: raw.token }
	};
}
/** A query under `custom`; undefined where it has none. */
function parseQuery(kpi, { query, unit, over, every, take }, yaml, problems) {
	if (query === void 0) return void 0;
	const about = {
		kpi,
		query,
		...unit === void 0 ? {} : { unit }
	};
	if (over === void 0) return about;
	const length = milliseconds(over);
	const usual = Math.max(leastStep, Math.ceil(length / usualPoints / 1e3) * 1e3);
	const step = every === void 0 ? usual : milliseconds(every);
	if (step < 1e3 || length < step || length / step > mostPoints) {
		const message = `custom: ${kpi}: over ${over} every ${every ?? `${step / 1e3}s`} is no time of 2 to ${mostPoints} points, a second or more apart`;
		problems.push(problem$1(message, yaml, [
			"custom",
			kpi,
			"over"
		]));
	}
	return {
		...about,
		range: {
			over: length,
			every: step,
			take: take ?? "worst"
		}
	};
}
/** Queries need a server, and are not endless. */
function checkQueries(queried, raw, yaml, problems) {
	const [first] = queried;
	if (first === void 0) return;
	const at = [
		"custom",
		first.kpi,
		"query"
	];
	if (raw?.prometheus === void 0) problems.push(problem$1(`custom: ${first.kpi} asks a query, and no server is named`, yaml, at, "Name the server: `sources: { prometheus: { url: https://prometheus.example } }`."));
	if (queried.length > mostQueries) problems.push(problem$1(`custom: more queries than the limit (${mostQueries})`, yaml, at));
}
/** Secrets are known by the end of such a name, so that the token is masked wherever it appears. */
const variable = /^[A-Za-z_][A-Za-z0-9_]{0,94}TOKEN$/i;
const foreign = /^(?:ACTIONS|GITHUB|INPUT|RUNNER)_/i;
/** The host of an address that has nothing but a scheme, a host, a port and a path. */
function hostOf(url) {
	return /^https?:\/\/(\[[0-9a-f:.]{2,45}\]|[a-z0-9](?:[a-z0-9._-]{0,252}[a-z0-9])?)(?::\d{1,5})?(?:\/[\w.~%/-]*)?$/i.exec(url)?.[1];
}
function isLoopback(host) {
	return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(host);
}
function milliseconds(text) {
	const [, number = "", unit = ""] = /^([\d.]+)\s*([a-z]+)$/.exec(text) ?? [];
	return Number(number) * factorTo("ms", unit);
}
function problem$1(message, yaml, path, hint) {
	const found = {
		code: "config-value",
		severity: "error",
		message,
		at: yaml.place(path)
	};
	return hint === void 0 ? found : {
		...found,
		hint
	};
}

// src/core/config/own-kpis.ts
/** Whether a KPI, with or without a scope, is one of the registry. */
function isRegistered(kpi) {
	return Object.hasOwn(kpis$2, unscoped(kpi));
}
/** First words of names that only the registry gives. */
const families = /^(?:tests|coverage|load|service|resources|security|debt|history)\./;
const ownName = /^[A-Za-z][\w.:-]{0,99}$/;
/** What `custom` declares: KPIs of the user's own, and where values stand. */
function parseCustom(raw, yaml, problems) {
	const declared = /* @__PURE__ */ new Map();
	const pointed = [];
	const queried = [];
	for (const [name, entry] of Object.entries(raw ?? {})) {
		const { file, value, unit, better, optional, stale } = entry;
		const known = Object.hasOwn(kpis$2, name) ? kpis$2[name] : void 0;
		const wrong = wrongName(name, known);
		if (wrong !== void 0) problems.push(problem("config-kpi", wrong, yaml.place(["custom", name], "key")));
		if (file !== void 0 && value !== void 0) {
			const source = {
				glob: file,
				optional: optional ?? false,
				allowStale: stale === "allow"
			};
			pointed.push({
				kpi: name,
				source,
				pointer: value,
				...unit === void 0 ? {} : { unit }
			});
		}
		const query = parseQuery(name, entry, yaml, problems);
		if (query) queried.push(query);
		if (known) continue;
		const about = {
			label: name,
			definition: "Declared under custom.",
			unit: unitOf(unit ?? "")
		};
		declared.set(name, {
			...about,
			...better === void 0 ? {} : { better }
		});
	}
	return {
		declared,
		pointed,
		queried
	};
}
function wrongName(name, known) {
	if (known?.measure) return `${name} is measured from report files; custom gives values to service.*, resources.* and KPIs of your own`;
	if (known) return void 0;
	if (families.test(name)) return `"${name}": a name that begins like this is none of your own`;
	return ownName.test(name) ? void 0 : `"${name}" is no name for a KPI: letters, digits, ".", "_", ":" and "-", a letter first`;
}
/**
* The KPI that a rule is about: one of the registry, one that is declared, or one that is found by this name in metrics
* files. Of the latter the limits tell unit and direction. Undefined, and a problem, where there is none.
*/
function kpiOf(name, raw, declared, path, yaml, problems) {
	if (Object.hasOwn(kpis$2, name)) return kpis$2[name];
	const given = declared.get(name);
	const meant = nearest(name, [...kpiNames, ...declared.keys()]);
	if (!given && (meant !== void 0 || families.test(name) || !ownName.test(name))) {
		problems.push(unknownKpi(name, meant, path, yaml));
		return;
	}
	const limits = limitsOf(raw);
	const unit = limits.map((limit) => /\d\s*(%|[a-z][a-z/]*)$/i.exec(limit)?.[1]).find((found) => found !== void 0);
	const better = given?.better ?? directionOf(limits);
	if (better === void 0) {
		const bare = limits.find((limit) => wordOf$1(limit) === void 0) ?? limits[0];
		const word = misspelt(bare ?? "");
		if (word !== void 0) {
			problems.push(problem("config-limit", `${name}: ${word}`, yaml.place(path)));
			return;
		}
		const message = `${name}: "${bare}" does not say which direction is good`;
		const hint = `Write a word before it, such as "at least ${bare}", or declare it: custom: { ${name}: { better: higher } }.`;
		problems.push({
			...problem("config-limit", message, yaml.place(path)),
			hint
		});
		return;
	}
	const about = {
		label: name,
		definition: "Found by its name in metrics files.",
		unit: unitOf(unit ?? "")
	};
	return {
		...given ?? about,
		better
	};
}
function limitsOf(raw) {
	return (typeof raw === "object" && !Array.isArray(raw) ? [raw.pass, raw.warn ?? []] : [raw]).flat().map((limit) => String(limit).trim());
}
/** The direction that all limits name by their words; the first one counts where they differ. */
function directionOf(limits) {
	const words = limits.map(wordOf$1);
	const [first] = words;
	if (first === void 0 || words.includes(void 0)) return void 0;
	return /^(?:at least|above|over|>)/i.test(first) ? "higher" : "lower";
}
function wordOf$1(limit) {
	return /^(?:at least|at most|above|over|below|under|exactly|[<>]=?|==)/i.exec(limit)?.[0];
}
function unknownKpi(kpi, meant, path, yaml) {
	const message = `unknown KPI "${kpi}"${meant ? `, did you mean "${meant}"?` : ""}`;
	const hint = meant ? "If it is a KPI of your own, declare it under `custom`. `phase-gate kpis` lists the others." : "`phase-gate kpis` lists the KPIs that can be measured.";
	return {
		...problem("config-kpi", message, yaml.place(path, "key")),
		hint
	};
}
function problem(code, message, at) {
	return {
		code,
		severity: "error",
		message,
		at
	};
}

// src/core/config/rules.ts
/** One rule from its text, or nothing and the problems that say why. */
function parseRule(kpi, raw, path, yaml, problems, declared = /* @__PURE__ */ new Map()) {
	const info = kpiOf(unscoped(kpi), raw, declared, path, yaml, problems);
	if (!info) return void 0;
	const scope = wrongScope(kpi);
	if (scope !== void 0) {
		problems.push(badScope(scope, path, yaml));
		return;
	}
	const parts = typeof raw === "object" && !Array.isArray(raw) ? raw : { pass: raw };
	const nested = parts !== raw ? [] : ["pass"];
	const wrong = (message, at, hint) => problems.push({
		code: "config-limit",
		severity: "error",
		message: `${kpi}: ${message}`,
		at: yaml.place(at),
		...hint === void 0 ? {} : { hint }
	});
	const read = (given, at) => {
		const limits = (Array.isArray(given) ? given : [given]).flatMap((text, i) => {
			const parsed = parseLimit(text, info);
			if ("limit" in parsed) return [parsed.limit];
			wrong(parsed.wrong, Array.isArray(given) ? [...at, i] : at);
			return [];
		});
		const clash = exclusive(limits);
		if (clash) wrong(`no value satisfies both "${clash[0].text}" and "${clash[1].text}"`, at, listHint);
		return limits;
	};
	const pass = read(parts.pass, [...path, ...nested]);
	const warn = parts.warn === void 0 ? [] : read(parts.warn, [...path, "warn"]);
	const strict = stricter(warn, pass);
	if (strict) {
		const limits = pass.map(({ text }) => text).join(", ");
		wrong(`warn "${strict.text}" is stricter than pass "${limits}"`, [...path, "warn"], warnHint);
	}
	const { "min-lines": minLines, "min-samples": minSamples } = parts;
	if (minLines !== void 0 && !(kpi.startsWith("coverage.") && info.unit === "%")) wrong("min-lines is for percentages of coverage", [...path, "min-lines"]);
	if (minSamples !== void 0 && [...pass, ...warn].every(({ bound }) => bound.kind === "value")) {
		const hint = "It says how many recorded runs a comparison needs; a plain number needs none.";
		wrong("min-samples, but no limit compares with recorded runs", [...path, "min-samples"], hint);
	}
	return {
		rule: {
			kpi,
			pass,
			warn,
			missing: parts.missing ?? "error",
			...minLines === void 0 ? {} : { minLines },
			...minSamples === void 0 ? {} : { minSamples }
		},
		info
	};
}
const listHint = "All limits of a list must hold; there is no \"or\".";
const warnHint = "A rule is green when `pass` holds and yellow when only `warn` holds, so `warn` must be the easier one.";
function exclusive(limits) {
	for (const [i, one] of limits.entries()) {
		const other = limits.slice(i + 1).find((limit) => excludeEachOther(one, limit));
		if (other) return [one, other];
	}
}
/** A limit of `warn` that can be broken while `pass` holds, as far as that can be known before a run. */
function stricter(warn, pass) {
	if (pass.length === 0) return void 0;
	return warn.find((limit) => pass.every((other) => implies(other, limit) === false));
}
function badScope(message, path, yaml) {
	return {
		code: "config-kpi",
		severity: "error",
		message,
		at: yaml.place(path, "key"),
		hint: "Write for example tests.pass_rate@critical for a group, coverage.lines@packages/* for folders."
	};
}

// src/core/config/waivers.ts
/** The waivers of the configuration. Each belongs to a rule, and there is at most one for each KPI. */
function parseWaivers(raw, phases, infoOf, yaml, problems) {
	const ruled = [...new Set(phases.flatMap(({ rules }) => rules.map(({ kpi }) => kpi)))];
	const seen = /* @__PURE__ */ new Set();
	return (raw ?? []).flatMap(({ kpi, allow, reason, until, owner }, i) => {
		const wrong = (key, message) => {
			const at = yaml.place([
				"waivers",
				i,
				key
			]);
			problems.push({
				code: "config-value",
				severity: "error",
				message: `waivers: ${message}`,
				at
			});
			return [];
		};
		const info = infoOf(unscoped(kpi));
		if (!info || !ruled.some((name) => unscoped(name) === unscoped(kpi))) {
			const meant = nearest(kpi, ruled);
			return wrong("kpi", `no rule is about "${kpi}"${meant ? `, did you mean "${meant}"?` : ""}`);
		}
		if (seen.has(kpi)) return wrong("kpi", `there are two for ${kpi}`);
		seen.add(kpi);
		const text = String(allow).trim();
		const [, number = "", unit = ""] = /^\+?(\d+(?:\.\d+)?)\s*(%|[a-z][a-z/]*)?$/i.exec(text) ?? [];
		const points = info.unit === "%" && /^(?:pp)?$/i.test(unit);
		const factor = points ? 1 : info.unit === "%" ? void 0 : factorTo(info.unit, unit);
		if (number === "" || factor === void 0) return wrong("allow", `"${text}" does not fit ${kpi}; write for example ${info.unit === "%" ? "0.5pp" : example(info.unit)}`);
		const value = scaled(number, factor);
		if (value.digits === 0n) return wrong("allow", `"${text}" allows nothing`);
		return [{
			kpi,
			allow: value,
			text: points && unit === "" ? `${number}pp` : text.replace(/^\+/, ""),
			reason,
			until,
			...owner === void 0 ? {} : { owner }
		}];
	});
}

// src/core/config/parse-config.ts
/** What runs when there is no configuration file at all. */
const builtIn = `version: 1
phases:
  - name: Stabilization
    kpis: { tests.pass_rate: above 85% }
  - name: Reliability
    kpis: { coverage.lines: above 90% }
`;
/** Reads a configuration together with all that it extends; `read` brings other files of the repository. */
function parseConfig(text, file, read = noOther) {
	const own = readLayer(text, file);
	if (!("raw" in own)) return {
		config: null,
		problems: own
	};
	const layers = withExtended(own, read);
	const [first] = layers;
	if (first === void 0 || !("raw" in first)) return {
		config: null,
		problems: layers
	};
	return assemble(mergeLayers(layers), file);
}
const noOther = () => ({ wrong: "cannot be read here" });
/** The built-in configuration. */
function defaultConfig() {
	const { config } = parseConfig(builtIn, "built-in");
	if (!config) throw new Error("the built-in configuration does not parse");
	const { file: _, ...rest } = config;
	return rest;
}
function assemble({ raw, place, problems: merging }, file) {
	const yaml = { place };
	const problems = [...merging];
	if (raw.phases === void 0) problems.push(noPhases(file));
	const { declared, pointed, queried } = parseCustom(raw.custom, yaml, problems);
	checkQueries(queried, raw.sources, yaml, problems);
	const prometheus = raw.sources?.prometheus && parseServer(raw.sources.prometheus, yaml, problems);
	const own = /* @__PURE__ */ new Map();
	const phases = (raw.phases ?? []).map((phase, i) => {
		const rules = Object.entries(phase.kpis).flatMap(([kpi, rule]) => {
			const known = new Map([...declared, ...own]);
			const parsed = parseRule(kpi, rule, [
				"phases",
				i,
				"kpis",
				kpi
			], yaml, problems, known);
			if (parsed && !isRegistered(kpi)) own.set(kpi, parsed.info);
			return parsed?.rule ?? [];
		});
		if (Object.keys(phase.kpis).length === 0) {
			const message = `the phase "${phase.name}" has no KPI; a phase without rules would pass for nothing`;
			problems.push({
				code: "config-empty",
				severity: "error",
				message,
				at: yaml.place([
					"phases",
					i,
					"kpis"
				], "key")
			});
		}
		return {
			name: phase.name,
			rules,
			...phase.owner === void 0 ? {} : { owner: phase.owner },
			...phase.due === void 0 ? {} : { due: phase.due }
		};
	});
	const names = phases.map(({ name }) => name);
	for (const [i, name] of names.entries()) {
		if (names.indexOf(name) === i) continue;
		const message = `two phases are called "${name}"`;
		problems.push({
			code: "config-value",
			severity: "error",
			message,
			at: yaml.place([
				"phases",
				i,
				"name"
			])
		});
	}
	if (raw.require !== void 0 && !names.includes(raw.require)) {
		const meant = nearest(raw.require, names);
		const message = `require: no phase is called "${raw.require}"${meant ? `, did you mean "${meant}"?` : ""}`;
		problems.push({
			code: "config-value",
			severity: "error",
			message,
			at: yaml.place(["require"])
		});
	}
	const store = parsePlace(raw.baseline, yaml, problems);
	const sources = raw.sources && sourcesByFamily(raw.sources);
	const groups = parseGroups(raw.groups, sources?.tests ?? [], yaml, problems);
	problems.push(...undefinedGroups(phases, groups, yaml));
	const infoOf = (kpi) => own.get(kpi) ?? (Object.hasOwn(kpis$2, kpi) ? kpis$2[kpi] : void 0);
	const waivers = parseWaivers(raw.waivers, phases, infoOf, yaml, problems);
	if (problems.some(isError)) return {
		config: null,
		problems
	};
	problems.push(...unlimitedErrors(phases, yaml));
	return {
		config: {
			file,
			mode: raw.mode ?? "enforce",
			integrity: raw.integrity ?? "normal",
			retries: raw.retries ?? "elements",
			coverage: {
				include: raw.coverage?.include ?? [],
				exclude: raw.coverage?.exclude ?? []
			},
			groups,
			phases,
			own,
			pointed,
			queried,
			...prometheus === void 0 ? {} : { prometheus },
			baseline: {
				...raw.baseline?.branch === void 0 ? {} : { branch: raw.baseline.branch },
				...store === void 0 ? {} : { store }
			},
			shrink: scaled((raw.shrink ?? "10%").replace(/\s*%$/, ""), 1),
			keep: raw.keep ?? false,
			waivers,
			require: raw.require === void 0 ? phases.length : names.indexOf(raw.require) + 1,
			policy: policyOf(raw.policy),
			title: raw.comment?.title ?? "Phase Gate",
			commentWhen: raw.comment?.when ?? "always",
			...sources === void 0 ? {} : { sources }
		},
		problems
	};
}
/** Failed and errored are counted apart, so that a limit on one alone would let a crashed set-up pass. */
function unlimitedErrors(phases, yaml) {
	const limited = new Set(phases.flatMap(({ rules }) => rules.map(({ kpi }) => kpi)));
	const phase = phases.findIndex(({ rules }) => rules.some(({ kpi }) => kpi === "tests.failed"));
	if (phase === -1 || [
		"tests.errored",
		"tests.error_rate",
		"tests.pass_rate"
	].some((kpi) => limited.has(kpi))) return [];
	return [{
		code: "errors-unlimited",
		severity: "warning",
		message: "tests.failed has a limit, but tests that end in an error are counted apart and have none",
		at: yaml.place([
			"phases",
			phase,
			"kpis",
			"tests.failed"
		], "key"),
		hint: "Add `tests.errored: 0`, or limit tests.error_rate, which counts both."
	}];
}
function sourcesByFamily(raw) {
	return Object.fromEntries(families$1.map((family) => [family, sourcesOf(raw[family])]));
}
function policyOf(raw) {
	const label = raw?.["accept-weaker"]?.slice(6);
	return label === void 0 ? {} : { acceptLabel: label };
}
function sourcesOf(raw) {
	if (raw === void 0) return [];
	return (Array.isArray(raw) ? raw : [raw]).map((source) => {
		const { files, expect, optional, stale, group } = typeof source === "string" ? { files: source } : source;
		return {
			glob: files,
			optional: optional ?? false,
			allowStale: stale === "allow",
			...expect === void 0 ? {} : { expect },
			...group === void 0 ? {} : { group }
		};
	});
}
function noPhases(file) {
	return {
		code: "config-value",
		severity: "error",
		message: "\"phases\" is missing",
		at: {
			file,
			line: 1
		},
		hint: "Write a list of phases, or `extends: execution-plan` for a whole plan."
	};
}

// src/io/text-file.ts
const decoder = new TextDecoder();
/** UTF-8 takes up to three bytes for what counts as one character. */
const bytesPerCharacter = 3;
/** A file as text, or as much of it as it takes to see that it is longer than so many characters. Throws InputError. */
function readTextFile(path, shown, limit) {
	const pieces = [];
	let bytes = 0;
	for (const piece of readPieces(path, shown)) {
		pieces.push(piece.slice());
		bytes += piece.length;
		if (bytes > bytesPerCharacter * limit) break;
	}
	return decoder.decode(pieces.length === 1 ? pieces[0] : Buffer.concat(pieces));
}

// src/io/config-file.ts
/** Where the configuration is looked for when none is named. */
const defaultConfigFile = ".github/phase-gate.yml";
/** Where people put it as well. To pass over it and judge by other phases would be a gate that nobody asked for. */
const nearby = [
	defaultConfigFile,
	".github/phase-gate.yaml",
	"phase-gate.yml",
	"phase-gate.yaml"
];
/**
* Loads the configuration. Only the default path may be absent, and only if none lies nearby; a file that was named and is
* not there is a problem.
*/
function loadConfig(file, cwd) {
	try {
		return {
			file,
			...parseConfig(readTextFile(resolve(cwd, file), file, maxConfigText), file, otherFiles(cwd))
		};
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		if (file === ".github/phase-gate.yml" && !existsSync(resolve(cwd, file))) return withoutConfig(cwd);
		const { message } = error.problem;
		return {
			file,
			config: null,
			problems: [{
				code: "config-missing",
				severity: "error",
				at: { file },
				hint: "Name a file of the repository; the path is relative to the working directory.",
				message: `the configuration ${message}`
			}]
		};
	}
}
/** The built-in configuration, unless one lies where none is looked for: in this folder or at the top of the checkout. */
function withoutConfig(cwd) {
	const misplaced = [.../* @__PURE__ */ new Set([cwd, findWorkspaceRoot(cwd, {})])].flatMap((folder) => nearby.map((name) => resolve(folder, name))).find((path) => existsSync(path));
	if (misplaced === void 0) return {
		config: defaultConfig(),
		problems: []
	};
	const file = relative(cwd, misplaced).split(sep).join("/");
	return {
		file,
		config: null,
		problems: [unnamed$1(file)]
	};
}
function unnamed$1(file) {
	return {
		code: "config-missing",
		severity: "error",
		message: `is not where a configuration is looked for (${defaultConfigFile})`,
		at: { file },
		hint: `Move it there, or name it: \`--config ${file}\`, or \`config: ${file}\` in a workflow.`
	};
}
/** Other files of the repository that a configuration extends, by paths like its own. */
function otherFiles(cwd) {
	const root = findWorkspaceRoot(cwd, {});
	return (path) => {
		const whole = resolve(cwd, path);
		try {
			const folder = realpathSync(dirname(whole));
			if (!isInside(folder, root)) return { wrong: "lies outside of the repository" };
			return { text: readTextFile(whole, path, maxConfigText) };
		} catch (error) {
			return { wrong: error instanceof InputError ? error.problem.message : "does not exist" };
		}
	};
}

// src/io/base-config.ts
/** A file that the user named. */
function baseConfigFile(file, cwd) {
	try {
		return baseConfigOf(readTextFile(resolve(cwd, file), file, maxConfigText), file, file, otherFiles(cwd));
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return unreadable$1(file, error.problem.message, file);
	}
}
function baseConfigOf(text, file, where, read) {
	const { config, problems } = parseConfig(text, file, read);
	if (config) return {
		base: {
			kind: "config",
			where,
			config
		},
		problems: []
	};
	const first = problems.find(isError);
	return unreadable$1(where, `does not parse: ${first?.at?.line === void 0 ? "" : `line ${first.at.line}: `}${first?.message ?? "no configuration"}`, file);
}
/** Not a first adoption: whoever broke the file on the base branch would have lifted every limit. */
function unreadable$1(where, why, file) {
	return { problems: [{
		code: "config-base",
		severity: "error",
		message: where === file ? `the base configuration ${why}` : `${where} ${why}`,
		at: { file },
		hint: "Nothing can be held against it. Mend it there first."
	}] };
}

// src/core/changes/unified-diff.ts
/** Most changed lines of one diff. */
const maxChanged = 5e6;
/**
* Reads what `git diff` writes: which lines each file has that it had not before. Context never counts, renames and
* changes of mode alone are no changes of lines. Strict: what is not understood to the last line is refused, because a
* change that is overlooked would pass. Throws InputError. https://git-scm.com/docs/diff-format
*/
function readDiff(text) {
	const lines = cursor(text);
	const files = [];
	let total = 0;
	for (let line = lines.next(); line !== void 0; line = lines.next()) {
		if (line === "" && lines.atEnd()) break;
		if (!line.startsWith("diff --git ")) wrong(lines.number, `expected "diff --git", found "${line.slice(0, 60)}"`);
		const file = readFile(lines);
		total += file?.lines?.length ?? 0;
		if (total > maxChanged) wrong(lines.number, `more than ${maxChanged} changed lines`);
		if (file) files.push(file);
	}
	return files;
}
const header = /^(?:index |old mode |new mode |new file mode |deleted file mode |similarity index |dissimilarity index |rename (?:from|to) |copy (?:from|to) |--- )/;
/** One file from behind its first line; undefined where it has no lines of its own, such as a deleted one. */
function readFile(lines) {
	let path;
	let binary = false;
	for (let line = lines.peek(); line !== void 0 && !line.startsWith("diff --git "); line = lines.peek()) {
		if (line.startsWith("@@")) break;
		if (line === "" && lines.atEnd(1)) break;
		lines.next();
		if (line.startsWith("+++ ")) path = pathOf(line.slice(4), lines.number);
		else if (/^Binary files .* differ$|^GIT binary patch$/.test(line)) binary = true;
		else if (!header.test(line)) wrong(lines.number, `expected a header, found "${line.slice(0, 60)}"`);
	}
	if (binary) wrong(lines.number, "a file is told as binary, so its lines are not known");
	const changed = [];
	let written = 0;
	readHunks(lines, (line, text) => {
		changed.push(line);
		if (text.trim() !== "") written++;
	});
	if (changed.length === 0) return void 0;
	if (path === void 0 || path === "/dev/null") wrong(lines.number, "changed lines of a file without a name");
	return {
		path,
		lines: changed,
		written
	};
}
/** Hunks up to the first line that is none of them, which is left where it is and returned. */
function readHunks(lines, added) {
	let last = 0;
	for (let line = lines.peek();; line = lines.peek()) {
		if (line === void 0 || !line.startsWith("@@")) return line;
		lines.next();
		const match = /^@@ -\d{1,9}(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@(?: |$)/.exec(line);
		if (!match) wrong(lines.number, `expected "@@ -a,b +c,d @@", found "${line.slice(0, 60)}"`);
		const [, old = "1", start = "", now = "1"] = match;
		last = readHunk(lines, {
			old: Number(old),
			now: Number(now),
			start: Number(start),
			after: last
		}, added);
	}
}
function readHunk(lines, { start, after, ...counts }, added) {
	let { old, now } = counts;
	let line = now === 0 ? start + 1 : start;
	if (line <= after || line + now > 4194303) wrong(lines.number, "hunks overlap or lie beyond any file");
	while (old > 0 || now > 0) {
		const text = lines.next();
		if (text === void 0 || text === "" && lines.atEnd()) wrong(lines.number, "the diff ends inside a hunk");
		const sign = text[0];
		if (sign === "\\") continue;
		if (sign === "+") {
			added(line++, text.slice(1));
			now--;
		} else if (sign === "-") old--;
		else if (sign === " ") {
			line++;
			now--;
			old--;
		} else wrong(lines.number, `expected a line of a hunk, found "${text.slice(0, 60)}"`);
		if (old < 0 || now < 0) wrong(lines.number, "a hunk holds more lines than it announces");
	}
	if (lines.peek()?.startsWith("\\")) lines.next();
	return line - 1;
}
/** The path behind `b/`. Git quotes one with special characters, and ends one with blanks by a tab. */
function pathOf(written, line) {
	const text = written.replace(/\t$/, "");
	if (text === "/dev/null") return text;
	const plain = text.startsWith("\"") ? unquoted(text, line) : text;
	if (!plain.startsWith("b/")) wrong(line, `expected a path behind "b/", found "${plain.slice(0, 60)}"`);
	return plain.slice(2);
}
const escapes = {
	a: 7,
	b: 8,
	t: 9,
	n: 10,
	v: 11,
	f: 12,
	r: 13,
	"\"": 34,
	"\\": 92
};
/** A path in quotes as C writes it: bytes of UTF-8 in octal. */
function unquoted(text, line) {
	if (!/^"(?:[^"\\]|\\[abtnvfr"\\]|\\[0-3][0-7]{2})*"$/.test(text)) wrong(line, "a path is not quoted as git does");
	const bytes = [];
	for (const [part, octal, letter] of text.slice(1, -1).matchAll(/\\(?:([0-3][0-7]{2})|(.))|[^\\]+/g)) if (octal !== void 0) bytes.push(Number.parseInt(octal, 8));
	else if (letter !== void 0) bytes.push(escapes[letter]);
	else bytes.push(...utf8(part));
	return new TextDecoder().decode(Uint8Array.from(bytes));
}
/** The core knows no encoder: bytes of UTF-8 by its definition, RFC 3629. */
function utf8(text) {
	return Array.from(text).flatMap((character) => {
		const code = character.codePointAt(0);
		const tail = (shift) => 128 | code >> shift & 63;
		if (code < 128) return [code];
		if (code < 2048) return [192 | code >> 6, tail(0)];
		if (code < 65536) return [
			224 | code >> 12,
			tail(6),
			tail(0)
		];
		return [
			240 | code >> 18,
			tail(12),
			tail(6),
			tail(0)
		];
	});
}
function wrong(line, what) {
	refuse({
		code: "changes-unknown",
		message: `line ${line} of the diff: ${what}`,
		hint: "If git wrote it, please report it: lines that are not understood cannot be judged."
	});
}
function cursor(text) {
	let at = 0;
	let number = 0;
	const end = (from) => {
		const found = text.indexOf("\n", from);
		return found === -1 ? text.length : found;
	};
	return {
		get number() {
			return number;
		},
		next() {
			if (at > text.length) return void 0;
			const stop = end(at);
			const line = text.slice(at, stop);
			at = stop + 1;
			number++;
			return line;
		},
		peek: () => at > text.length ? void 0 : text.slice(at, end(at)),
		atEnd: (ahead = 0) => ahead === 0 ? at > text.length : end(at) + 1 > text.length
	};
}

// src/io/changes.ts
/**
* Lines that the working tree has and the merge base of `base` and HEAD has not: what GitHub compares with three dots,
* as far as it is committed. `shown` is how the base is called before users.
*/
function changesSince(base, root, shown = base) {
	if (!isCheckout(root)) return unknown("this is not the top of a git checkout", "Run it in the checkout.");
	const commit = askGit(root, "rev-parse", "--verify", "--quiet", "--end-of-options", `${base}^{commit}`);
	if (commit === void 0) return unknown(`git knows no commit "${shown}"`, `Fetch it first: \`git fetch origin ${shown.replace(/^origin\//, "")}\`.`);
	const since = askGit(root, "merge-base", commit, "HEAD");
	if (since === void 0) return askGit(root, "rev-parse", "--is-shallow-repository") === "true" ? unknown(`this checkout is shallow and holds no common commit with ${shown}`, "Check out with `fetch-depth: 0`, or run `git fetch --unshallow`.") : unknown(`HEAD and ${shown} have no common commit`, "Compare with a branch of the same history.");
	return diffFrom(since, root, shown === since ? since.slice(0, 7) : `${shown} (${since.slice(0, 7)})`);
}
/** No setting and no attribute of the repository may change what a difference is: all text, no colours, fixed prefixes. */
const diff = "diff --no-color --no-ext-diff --no-textconv --text --unified=0 --inter-hunk-context=0 --find-renames --submodule=short --src-prefix=a/ --dst-prefix=b/ --no-relative --no-indent-heuristic --diff-algorithm=myers".split(" ");
function diffFrom(commit, root, since) {
	const text = git(root, [
		"-c",
		"core.quotePath=false",
		...diff,
		commit,
		"--"
	]);
	if (text === void 0) return unknown("git could not tell the difference", "Run `git diff` by hand to see why.");
	try {
		return {
			changes: {
				kind: "known",
				since,
				files: readDiff(text)
			},
			problems: []
		};
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return unknown(error.problem.message, error.problem.hint ?? "");
	}
}
/** The rules decide what it costs that the changed lines are unknown. */
function unknown(reason, hint) {
	const message = `the changed lines are not known: ${reason}`;
	return {
		changes: {
			kind: "unknown",
			reason
		},
		problems: [{
			code: "changes-unknown",
			severity: "warning",
			message,
			hint
		}]
	};
}

// src/io/secrets.ts
/** Names of environment variables that hold secrets. */
const secretName = /TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|PRIVATE|WEBHOOK|COOKIE|AUTHORIZATION|CONNECTION_?STRING|API_?KEY|(?:^|_)(?:KEY|PASS|PWD|PAT|DSN|AUTH)$/i;
/** Names that only sound like it: folders, files and facts about a secret. */
const harmlessName = /^(?:OLD)?PWD$|(?:_FILE|_PATH|_DIR|_ID|_NAME|_USER|_TYPE|_HOST|_PORT|_SOCK|_REGION|_VERSION|_TTL|_COUNT|_ENABLED)$|^ACTIONS_.*_URL$|CACHE_?KEY|^GOOGLE_APPLICATION_CREDENTIALS$/i;
/** Shortest value that is taken for a secret, and shortest line of one that has several. */
const leastLength = 8;
/** Words such as `postgres` and `changeme`, and plain numbers: masking them would only tear other texts apart. */
const commonWord = /^(?:[a-z]{1,12}|[A-Z]{1,12}|\d{1,12}|[\W_]*)$/;
/**
* Values of environment variables whose names say that they are secret, in the forms that tools print them in: as they are,
* line by line, in JSON, XML, a URL, and in base64 wherever it begins.
*/
function secretValues(env) {
	const values = Object.entries(env).filter(([name]) => secretName.test(name) && !harmlessName.test(name)).flatMap(([, value = ""]) => [value.trim(), ...value.split(/\r?\n/).map((line) => line.trim())]).filter(isSecret);
	return [...new Set(values.flatMap(formsOf))].filter(isSecret);
}
function isSecret(value) {
	return value.length >= leastLength && !commonWord.test(value);
}
function formsOf(value) {
	const json = JSON.stringify(value).slice(1, -1);
	const xml = value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
	return [
		value,
		json,
		xml,
		xml.replaceAll("\"", "&quot;").replaceAll("'", "&apos;"),
		encodeURIComponent(Buffer.from(value).toString()),
		...base64Forms(value)
	];
}
/** What base64 makes of a value inside a longer text: it depends on where the value begins, in steps of three bytes. */
function base64Forms(value) {
	return [
		0,
		1,
		2
	].flatMap((before) => {
		const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(value)]);
		const own = bytes.toString("base64").slice(Math.ceil(before * 4 / 3), Math.floor(bytes.length * 4 / 3));
		return [own, own.replaceAll("+", "-").replaceAll("/", "_")];
	});
}

// src/core/read/prometheus-answer.ts
/** Most that is shown of what a server says, in characters. */
const maxSaid = 200;
/** Clocks of two machines that keep their time differ by less. */
const clockDifference = 6e4;
/**
* Reads the answer to a query. Whatever could make it look better than it is refuses it: warnings, gaps, old values,
* several series. Nothing found is no number, never 0. Problems are returned; nothing is thrown for them.
* https://prometheus.io/docs/prometheus/latest/querying/api/
*/
function readPrometheusAnswer(place, answer, question) {
	const format = "prometheus";
	try {
		const { data, notes } = envelope(place, answer);
		const series = seriesOf(data, place, question);
		const metrics = series === void 0 ? [] : samplesOf(series, place, question, answer.at);
		const problems = [...notes, ...series === void 0 ? [nothing(place)] : notFinite(metrics, place)];
		return {
			path: place,
			format,
			facts: {
				kind: "metrics",
				metrics
			},
			problems
		};
	} catch (error) {
		if (error instanceof InputError) return {
			path: place,
			format,
			problems: [error.problem]
		};
		throw error;
	}
}
function envelope(file, { status, body }) {
	const document = status < 300 ? readJson(body, file) : errorDocument(body, file);
	if (isObject$1(document) && document["status"] === "error") {
		const said = typeof document["error"] === "string" ? document["error"] : "no reason given";
		failed(file, `the server refused the query: ${firstLine$1(said, maxSaid)}`, "Try the query in the expression browser of the server.");
	}
	if (status >= 300) failed(file, `the server answered with HTTP ${status}`, statusHints[status] ?? addressHint);
	if (!isObject$1(document) || document["status"] !== "success") failed(file, unlike, addressHint);
	const warnings = textsOf(document["warnings"]);
	if (warnings[0] !== void 0) {
		const message = `the server says that its answer may not be whole: ${firstLine$1(warnings[0], maxSaid)}`;
		refuse({
			code: "prometheus-partial",
			message,
			at: { file },
			hint: "A part is not judged. Mend the server or the query."
		});
	}
	const notes = textsOf(document["infos"]).map((info) => ({
		code: "prometheus-partial",
		severity: "note",
		message: `the server remarks: ${firstLine$1(info, maxSaid)}`,
		at: { file }
	}));
	return {
		data: document["data"],
		notes
	};
}
/** What a server says beside an error; undefined where a proxy wrote a page of its own. */
function errorDocument(body, file) {
	try {
		return readJson(body, file);
	} catch (error) {
		if (error instanceof InputError) return void 0;
		throw error;
	}
}
/** The one series of an answer; undefined where nothing was found. */
function seriesOf(data, file, { asked }) {
	if (!isObject$1(data)) failed(file, unlike, addressHint);
	const { resultType, result } = data;
	const wanted = asked.range ? ["matrix"] : ["vector", "scalar"];
	if (typeof resultType !== "string" || !wanted.includes(resultType)) failed(file, `the query gives ${typeof resultType === "string" ? `a ${firstLine$1(resultType, maxSaid)}` : "nothing that is known"}`, "A query for one moment gives a number for each series: wrap a range such as [5m] in a function, as in max_over_time(...).");
	if (resultType === "scalar") return {
		labels: "",
		points: [result ?? null]
	};
	if (!Array.isArray(result)) failed(file, unlike, addressHint);
	const all = result;
	if (all.length > 1) {
		const names = all.slice(0, 3).map((one) => labelsOf(one, file));
		const message = `the query gives ${all.length} series: ${names.join(", ")}${all.length > 3 ? " and others" : ""}`;
		refuse({
			code: "prometheus-series",
			message: message.slice(0, 400),
			at: { file },
			hint: "Say what becomes of them: max(...), min(...), sum(...) or avg(...)."
		});
	}
	const [one] = all;
	if (one === void 0) return void 0;
	const labels = labelsOf(one, file);
	if (!isObject$1(one) || "histogram" in one || "histograms" in one) failed(file, "the query gives a histogram", "Take a number of it, such as histogram_quantile(0.95, ...).");
	const { value, values } = one;
	const points = asked.range ? values : [value ?? null];
	if (!Array.isArray(points)) failed(file, unlike, addressHint);
	return {
		labels,
		points
	};
}
function labelsOf(series, file) {
	const metric = isObject$1(series) ? series["metric"] : void 0;
	if (!isObject$1(metric ?? null)) failed(file, unlike, addressHint);
	return `{${Object.entries(metric).map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(",")}}`;
}
/** The numbers of a series: one for each point, or their mean. */
function samplesOf({ labels, points }, file, { asked, maxAge }, at) {
	const read = points.map((point) => pointOf(point, file));
	const last = read.at(-1);
	if (last === void 0) return [];
	if (asked.range) refuseGaps(read, asked.range, file);
	else refuseOld(at - last.at, maxAge, file);
	const sample = (value, labels) => ({
		name: asked.kpi,
		labels,
		value: Number.isFinite(value) ? value : null,
		...asked.unit === void 0 ? {} : { unit: asked.unit },
		from: { file }
	});
	if (asked.range?.take === "mean") return [sample(read.reduce((sum, { value }) => sum + value, 0) / read.length, labels)];
	return read.map((point) => sample(point.value, `${labels}${asked.range ? ` ${point.at - at}ms` : ""}`));
}
/** A point is a time in seconds and a number as text. */
function pointOf(point, file) {
	const [at, text] = Array.isArray(point) ? point : [];
	if (typeof at !== "number" || typeof text !== "string") failed(file, unlike, addressHint);
	if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return {
		at: at * 1e3,
		value: Number(text)
	};
	if (text === "NaN") return {
		at: at * 1e3,
		value: NaN
	};
	const infinite = /^([+-]?)Inf$/.exec(text);
	if (!infinite) failed(file, `${JSON.stringify(text.slice(0, 40))} is no number`, addressHint);
	return {
		at: at * 1e3,
		value: infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
	};
}
function refuseOld(age, maxAge, file) {
	if (age <= maxAge + clockDifference && age >= -6e4) return;
	const seconds = Math.round(Math.abs(age) / 1e3);
	const message = age > 0 ? `the value is ${seconds} s old` : `the value is of a time ${seconds} s ahead`;
	refuse({
		code: "prometheus-stale",
		message,
		at: { file },
		hint: "Do the clocks of both machines go right, and does a cache stand between them?"
	});
}
function refuseGaps(points, range, file) {
	const expected = Math.floor(range.over / range.every) + 1;
	if (points.length >= expected) return;
	const message = `${points.length} of ${expected} points have a value`;
	refuse({
		code: "prometheus-partial",
		message,
		at: { file },
		hint: "What is missing could have been the worst. Shorten `over` to the time that was measured."
	});
}
function nothing(file) {
	return {
		code: "no-samples",
		severity: "warning",
		message: "the query found nothing",
		at: { file },
		hint: "Nothing is not 0: is the name right, and is the target scraped?"
	};
}
function notFinite(metrics, file) {
	const odd = metrics.filter(({ value }) => value === null).length;
	if (odd === 0) return [];
	return [{
		code: "not-finite",
		severity: "note",
		message: `${odd === 1 && metrics.length === 1 ? "the value" : `${odd} of ${metrics.length} values`} of the query is NaN or an infinity; the KPI has no value`,
		at: { file }
	}];
}
function textsOf(list) {
	return Array.isArray(list) ? list.map((text) => typeof text === "string" ? text : "(no text)") : [];
}
const unlike = "the answer is not what the API of Prometheus promises";
const addressHint = "Is the address that of a Prometheus server, with nothing in between that answers for it?";
const statusHints = {
	401: "The server wants a token: name its environment variable as `token`.",
	403: "The token may not ask this server."
};
function failed(file, message, hint) {
	refuse({
		code: "prometheus-failed",
		message,
		at: { file },
		hint
	});
}

// src/io/clock.ts
const systemClock = {
	now: Date.now,
	sleep: (milliseconds, signal) => setTimeout(milliseconds, true, signal ? { signal } : {}).catch(() => false),
	random: Math.random
};

// src/io/prometheus.ts
/** Requests for one query, and milliseconds before the second one; each further pause is twice as long. */
const attempts = 3;
const firstPause = 500;
/** Longest pause that a busy server may ask for; one that asks for more is not waited for. 30 s. */
const longestPause = 3e4;
/** Bytes of the largest answer that is taken. */
const maxBytes = 1e7;
/** Queries at the same time. */
const lanes = 4;
/** Puts every query to the server. Once it was silent for all attempts of one, the rest is not asked any more. */
async function askPrometheus(queried, server, token, { fetch: send = fetch, clock = systemClock } = {}) {
	const answers = /* @__PURE__ */ new Map();
	const waiting = [...queried];
	let silence;
	const lane = async () => {
		for (let query = waiting.shift(); query; query = waiting.shift()) {
			const answer = silence ?? await ask(query);
			if ("code" in answer) silence = answer;
			answers.set(query.kpi, answer);
		}
	};
	await Promise.all(Array.from({ length: lanes }, lane));
	return answers;
	async function ask(query) {
		for (let tries = 1;; tries++) {
			const at = clock.now();
			const answer = await request(addressOf(query, server, at));
			const own = firstPause * 2 ** (tries - 1);
			if (typeof answer === "string") {
				if (tries === attempts) return unreachable(server, answer);
				await clock.sleep(own);
				continue;
			}
			const { retryAfter, ...said } = answer;
			const pause = Math.max(own, waitFor(retryAfter, clock.now()));
			if (tries === attempts || !isBusy(said.status) || pause > longestPause) return {
				...said,
				at
			};
			await clock.sleep(pause);
		}
	}
	/** One answer with its header Retry-After, or why there is none. */
	async function request(url) {
		const [late, done] = [new AbortController(), new AbortController()];
		clock.sleep(server.timeout, done.signal).then((passed) => {
			if (passed) late.abort();
		});
		try {
			const response = await send(url, {
				headers: {
					accept: "application/json",
					"user-agent": "phase-gate",
					...token === void 0 ? {} : { authorization: `Bearer ${token}` }
				},
				signal: late.signal,
				redirect: "manual"
			});
			const retryAfter = response.headers.get("retry-after");
			return {
				status: response.status,
				body: await bodyOf(response),
				retryAfter
			};
		} catch (error) {
			if (error instanceof TooLong) return `an answer of more than ${maxBytes / 1e6} MB`;
			return late.signal.aborted ? `no answer within ${server.timeout / 1e3} s` : `no connection${codeOf(error)}`;
		} finally {
			done.abort();
		}
	}
}
/** https://prometheus.io/docs/prometheus/latest/querying/api/#expression-queries */
function addressOf({ query, range }, { url, timeout, maxAge }, at) {
	const seconds = (milliseconds) => String(milliseconds / 1e3);
	const asked = new URLSearchParams({
		query,
		timeout: `${timeout}ms`,
		lookback_delta: seconds(maxAge)
	});
	if (range) {
		asked.set("start", seconds(at - range.over));
		asked.set("end", seconds(at));
		asked.set("step", seconds(range.every));
	}
	return `${url}/api/v1/${range ? "query_range" : "query"}?${asked.toString()}`;
}
/** Answers that say to come again. */
function isBusy(status) {
	return status === 408 || status === 429 || status >= 500;
}
/** Milliseconds that an answer asks to wait: seconds or a date. https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 */
function waitFor(retryAfter, now) {
	if (retryAfter === null) return 0;
	const wait = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1e3 : Date.parse(retryAfter) - now;
	return Number.isNaN(wait) ? 0 : Math.max(0, wait);
}
async function bodyOf({ body }) {
	const pieces = [];
	let length = 0;
	for await (const piece of body ?? []) {
		length += piece.length;
		if (length > maxBytes) throw new TooLong();
		pieces.push(piece);
	}
	return pieces;
}
var TooLong = class extends Error {};
function codeOf(error) {
	const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
	return cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
}
function unreachable({ url }, why) {
	return {
		code: "prometheus-unreachable",
		severity: "error",
		message: `the Prometheus server does not answer: ${why}`,
		at: { file: url },
		hint: "Can this machine reach it? A runner of GitHub sees only the public internet and its own services."
	};
}

// src/live.ts
/** Adds to the settings what the Prometheus server of the configuration answers. */
async function withAnswers(settings, env, world = {}) {
	const { config, baseConfig } = settings;
	const { prometheus: server, queried = [] } = config ?? {};
	if (server === void 0 || queried.length === 0) return settings;
	const token = refusal(server, baseConfig) ?? tokenOf(server, env);
	if (typeof token === "object") return {
		...settings,
		answered: unanswered(queried, [token])
	};
	const answers = await askPrometheus(queried, server, token, world);
	const told = /* @__PURE__ */ new Set();
	const answered = queried.flatMap((asked) => {
		const answer = answers.get(asked.kpi);
		if ("code" in answer) {
			const problems = told.has(answer) ? [] : [answer];
			told.add(answer);
			return unanswered([asked], problems);
		}
		const file = readPrometheusAnswer(placeOfQuery(asked), answer, {
			asked,
			maxAge: server.maxAge
		});
		return [{
			...sourceOf(asked),
			files: [file]
		}];
	});
	return {
		...settings,
		answered
	};
}
function sourceOf(asked) {
	return {
		family: "metrics",
		glob: placeOfQuery(asked),
		kpi: asked.kpi,
		files: [],
		problems: []
	};
}
/** Queries without an answer, and why once for all of them. */
function unanswered(queried, problems) {
	return queried.map((asked, i) => i === 0 ? {
		...sourceOf(asked),
		problems
	} : sourceOf(asked));
}
/** Why the server may not be asked in this run; undefined where it may. What a change names, it cannot ask yet. */
function refusal({ url, token }, base) {
	if (base === void 0) return void 0;
	const known = base.kind === "config" ? base.config.prometheus : void 0;
	if (known?.url === url && known.token === token) return void 0;
	const sent = token === void 0 ? "" : ` with ${token}`;
	return notAsked("warning", `${base.where} does not ask ${url}${sent}, so this change does not either`, "So no change can lead a token or a request elsewhere. Once it is merged, queries get their answers.");
}
/** The bearer token; undefined where none is to be sent. */
function tokenOf({ token: name }, env) {
	if (name === void 0) return void 0;
	const token = env[name]?.trim() ?? "";
	const hint = `Hand it to the step: \`env: { ${name}: ... }\`.`;
	if (token === "") return notAsked("error", `the variable ${name} is not set`, hint);
	if (/^[\x21-\x7e]+$/.test(token)) return token;
	return notAsked("error", `the variable ${name} holds more than a token`, "A token is one word without blanks.");
}
function notAsked(severity, message, hint) {
	return {
		code: "prometheus-not-asked",
		severity,
		message,
		at: { file: "prometheus" },
		hint
	};
}

// src/io/ancestry.ts
/** How many commits back a baseline is looked for. */
const furthest = 2e3;
/** The commit that is checked out; undefined where git knows none. */
function headOf(root, branch) {
	const sha = git(root, [
		"rev-parse",
		"-q",
		"--verify",
		"HEAD"
	])?.trim();
	if (!sha) return void 0;
	return {
		sha,
		parents: parentsOf(root, sha),
		onBranch: isOnBranch(root, branch)
	};
}
/** The parents of a commit, also where the checkout holds none of them; none where it does not hold the commit. */
function parentsOf(root, sha) {
	const [head = ""] = git(root, [
		"cat-file",
		"commit",
		sha
	])?.split("\n\n", 1) ?? [];
	return [...head.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, parent = ""]) => parent);
}
/** On the branch itself, or at a commit that its remote counterpart has already. */
function isOnBranch(root, branch) {
	if (isCheckedOut(root, branch)) return true;
	const remote = `refs/remotes/origin/${branch}`;
	return git(root, [
		"merge-base",
		"--is-ancestor",
		"HEAD",
		remote
	]) !== void 0;
}
function isCheckedOut(root, branch) {
	return git(root, [
		"symbolic-ref",
		"--short",
		"-q",
		"HEAD"
	])?.trim() === branch;
}
/**
* The commits that one of a checkout stands on, from where it left the target branch; on the branch itself from its head.
* `commit` is left out for the one that is checked out.
*/
function ancestryOf(root, branch, commit = "HEAD") {
	const shallow = git(root, ["rev-parse", "--is-shallow-repository"])?.trim() === "true";
	const target = [`refs/remotes/origin/${branch}`, `refs/heads/${branch}`].find((ref) => git(root, [
		"rev-parse",
		"-q",
		"--verify",
		ref
	]) !== void 0);
	const start = commit === "HEAD" && isCheckedOut(root, branch) ? commit : target && git(root, [
		"merge-base",
		commit,
		target
	])?.trim();
	if (!start) return {
		commits: [],
		shallow
	};
	return {
		commits: (git(root, [
			"rev-list",
			"--first-parent",
			"-n",
			String(furthest),
			start
		]) ?? "").split("\n").filter((sha) => sha !== ""),
		shallow
	};
}
/** The branch that others start from: as the remote says, else `main` or `master`, whichever is there. */
function defaultBranch(root) {
	const remote = git(root, [
		"symbolic-ref",
		"--short",
		"-q",
		"refs/remotes/origin/HEAD"
	])?.trim();
	if (remote) return remote.replace(/^origin\//, "");
	return ["main", "master"].find((name) => git(root, [
		"rev-parse",
		"-q",
		"--verify",
		`refs/heads/${name}`
	])) ?? "main";
}

// src/core/history/prune.ts
/** Days for which every record is kept; of older ones, one a day. */
const keepAllDays = 90;
/**
* Records that may be removed at a time: of each day longer ago than `keepAllDays` all but the newest. The first, those
* that hold the best value of a KPI and the first that reached a phase are always kept, because limits ask for them.
*/
function prunable(records, at) {
	const sorted = [...records].sort(byOrder);
	const border = Date.parse(at) - 90 * 864e5;
	const old = sorted.filter((record) => Date.parse(record.at) < border);
	const newestOfDay = new Map(old.map((record) => [record.at.slice(0, 10), record]));
	const kept = /* @__PURE__ */ new Set([
		...newestOfDay.values(),
		...sorted.slice(0, 1),
		...outstanding(sorted)
	]);
	return old.filter((record) => !kept.has(record));
}
/** The first record with the best value of each KPI, and the first that reached each phase. */
function outstanding(sorted) {
	const best = /* @__PURE__ */ new Map();
	const reached = /* @__PURE__ */ new Map();
	for (const record of sorted) {
		for (const [name, kpi] of record.kpis) {
			const other = best.get(name)?.kpis.get(name);
			const order = other ? compare(fractionOf(kpi.value), fractionOf(other.value)) : 0;
			const isBetter = order !== 0 && order > 0 === (kpi.better === "higher");
			if (other === void 0 || isBetter) best.set(name, record);
		}
		for (const phase of record.reached) if (!reached.has(phase)) reached.set(phase, record);
	}
	return [...best.values(), ...reached.values()];
}

// src/core/history/record.ts
/** Most failing and most flaky tests that a record names, and how much of a name and a message it keeps. */
const maxTests = 2e3;
const maxName = 500;
const maxMessage = 200;
/**
* Why a run may not be recorded; undefined where it may: it was judged, nothing is wrong with its evidence, and no required
* phase misses a number. A red run is complete; one without a comparison yet is, too, or no first run could ever be recorded.
*/
function whyIncomplete({ gate, problems }) {
	if (!gate) return "it was not judged";
	const error = problems.find(isError);
	if (error) return `its evidence has an error (${error.code})`;
	const missing = gate.phases.slice(0, gate.require).flatMap(({ rules }) => rules).find(({ verdict, rule }) => verdict === "missing" && rule.missing === "error");
	return missing && `${missing.rule.kpi} is missing`;
}
/** The record of a complete run. */
function recordOf(report, place) {
	const { gate, kpis, tests, files, run } = report;
	const families = {};
	for (const { family } of files) if (family) families[family] = (families[family] ?? 0) + 1;
	return {
		...place,
		at: run.at,
		outcome: gate?.outcome ?? "error",
		reached: (gate?.phases ?? []).slice(0, gate?.reached).map(({ phase }) => phase.name),
		kpis: new Map([...kpis].map(([name, kpi]) => [name, recorded(kpi)])),
		tests: tests && recordedTests(tests),
		files: families
	};
}
function recorded({ unit, better, value }) {
	return {
		unit,
		better,
		value
	};
}
function recordedTests({ counts, failing, flaky }) {
	return {
		counts,
		failing: failing.slice(0, maxTests).map((test) => ({
			test: testIdentity(test),
			message: test.message.slice(0, maxMessage)
		})),
		flaky: flaky.slice(0, maxTests).map(testIdentity)
	};
}

// src/core/history/record-json.ts
/** Version of a record; it grows when a reader of the old form would be misled. */
const recordSchema = 1;
/** Longest record that is read, in characters. */
const maxRecordText = 4 << 20;
/** Most KPIs and most phases of one record. */
const maxKpis = 5e3;
const maxPhases = 50;
/** The record as text: the same bytes for the same record. */
function writeRecord(record) {
	const { kpis, ...rest } = record;
	return `${JSON.stringify({
		schema: 1,
		...rest,
		kpis: Object.fromEntries(kpis)
	})}\n`;
}
/** A record, or the sentence that says why it cannot be read. Nothing of one that cannot be read is used. */
function readRecord(text) {
	if (text.length > 4194304) return { wrong: `is longer than ${maxRecordText} characters` };
	let value;
	try {
		value = JSON.parse(text);
	} catch {
		return { wrong: "is not well-formed JSON" };
	}
	try {
		return { record: record(value) };
	} catch (error) {
		if (error instanceof Unreadable) return { wrong: error.message };
		throw error;
	}
}
/** On its way from a field to `readRecord`, which turns it into a sentence. */
var Unreadable = class extends Error {};
function no(what) {
	throw new Unreadable(what);
}
function record(value) {
	const given = object(value, "the record");
	const schema = given["schema"];
	if (typeof schema === "number" && schema > 1) no(`has the form ${schema} of a newer version; this one reads ${1}`);
	if (schema !== 1) no("does not say that it is a record of a run");
	return {
		id: whole(given["id"], "id", 1),
		number: whole(given["number"], "number", 1),
		attempt: whole(given["attempt"], "attempt", 1),
		at: time(given["at"]),
		sha: commit(given["sha"], "sha"),
		parents: list(given["parents"], "parents", 64).map((parent) => commit(parent, "parents")),
		branch: text$1(given["branch"], "branch"),
		outcome: outcome(given["outcome"]),
		reached: list(given["reached"], "reached", maxPhases).map((name) => text$1(name, "reached")),
		kpis: kpis$1(given["kpis"]),
		tests: given["tests"] === null ? null : tests(given["tests"]),
		files: Object.fromEntries(entries(given["files"], "files", 100).map(([family, count]) => [family, whole(count, "files")]))
	};
}
function kpis$1(value) {
	const given = object(value, "kpis");
	const names = Object.keys(given);
	if (names.length > maxKpis) no(`has more than ${maxKpis} entries in kpis`);
	return new Map(names.map((name) => [text$1(name, "kpis"), recordedKpi(given[name], name)]));
}
/** What was read is used as it is, because there are many: it is checked, and not copied. */
function recordedKpi(given, name) {
	const { better, unit, value } = object(given, name);
	if (better !== "higher" && better !== "lower") no(`has no good direction for ${name}`);
	text$1(unit, name);
	measured(value, name);
	return given;
}
function measured(given, name) {
	const { kind, part, whole: all, amount } = object(given, name);
	if (kind === "ratio") {
		if (whole(part, name) > whole(all, name, 1)) no(`has more than all of ${name}`);
	} else if (kind !== "amount" || typeof amount !== "number" || !Number.isFinite(amount)) no(`has no number for ${name}`);
}
const countNames = [
	"total",
	"passed",
	"failed",
	"errored",
	"skipped",
	"flaky"
];
function tests(value) {
	const given = object(value, "tests");
	const counts = object(given["counts"], "counts");
	return {
		counts: Object.fromEntries(countNames.map((name) => [name, whole(counts[name], name)])),
		failing: list(given["failing"], "failing", maxTests).map((one) => {
			const failure = object(one, "failing");
			return {
				test: text$1(failure["test"], "failing"),
				message: text$1(failure["message"], "failing")
			};
		}),
		flaky: list(given["flaky"], "flaky", maxTests).map((name) => text$1(name, "flaky"))
	};
}
function object(value, what) {
	if (typeof value !== "object" || value === null || Array.isArray(value)) no(`has no object for ${what}`);
	return value;
}
function entries(value, what, most) {
	const all = Object.entries(object(value, what));
	if (all.length > most) no(`has more than ${most} entries in ${what}`);
	for (const [name] of all) text$1(name, what);
	return all;
}
function list(value, what, most) {
	if (!Array.isArray(value)) no(`has no list for ${what}`);
	const all = value;
	return all.length <= most ? all : no(`has more than ${most} entries in ${what}`);
}
function text$1(value, what) {
	return typeof value === "string" && value.length <= maxName ? value : no(`has no text for ${what}`);
}
function whole(value, what, least = 0) {
	return typeof value === "number" && Number.isSafeInteger(value) && value >= least ? value : no(`has no whole number for ${what}`);
}
function commit(value, what) {
	return typeof value === "string" && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(value) ? value : no(`has no commit for ${what}`);
}
function time(value) {
	return typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(value) && Number.isFinite(Date.parse(value)) ? value : no("has no time in at");
}
function outcome(value) {
	return [
		"pass",
		"warn",
		"fail",
		"error"
	].find((one) => one === value) ?? no("has no outcome");
}

// src/io/history-store.ts
/** The record in a file, or the problem that it is none. `path` is where it lies, below the folder of its gate. */
function recordAt(path, text, shown) {
	const read = readRecord(text);
	if ("wrong" in read) return unreadable(shown, read.wrong);
	const own = recordPath(read.record);
	return own === path ? read.record : unreadable(shown, `holds the record that belongs to ${own}`);
}
/** The history as a whole is not known, because of this file or place. */
function unreadable(file, message, hint = mend) {
	return {
		code: "history-unreadable",
		severity: "error",
		message,
		at: { file },
		hint
	};
}
const mend = "Restore the file from a copy, remove it, or use the version that wrote it. It is left as it is.";
/** A run that should have been recorded and was not. */
function notRecorded(why, hint, severity = "warning") {
	return {
		code: "not-recorded",
		severity,
		message: `this run could not be recorded (${why})`,
		hint
	};
}
/** What went wrong with a place on GitHub, in a few words, and whether the token may not do it. */
function failureText(error) {
	const { status = 0, kind } = error;
	if (!(error instanceof Error) || kind === void 0) return {
		said: systemCode(error),
		denied: false
	};
	return {
		said: `${status > 0 ? `${status} ` : ""}${error.message.slice(0, 200)}`,
		denied: kind === "refused" && [
			401,
			403,
			404
		].includes(status)
	};
}

// src/io/history-folder.ts
/** Most records that are read. */
const maxRecords = 1e5;
/** Hours after which a file that a stopped process left unfinished is removed. */
const unfinishedHours = 24;
/** The folder as a store. */
function folderStore(folder) {
	return {
		read: async () => readFolder(folder),
		async keep(record, known) {
			const stored = storeRecord(folder, record);
			if (stored) pruneFolder(folder, [...known, record], record.at);
			return stored;
		},
		whyNot: (error) => notRecorded(systemCode(error), "The verdict stands. Look at the folder of the history and its permissions.")
	};
}
/** Every record, in no order; the problems name each that cannot be read, and then the history as a whole is not known. */
function readFolder(folder) {
	const top = join(folder.path, recordsFolder(folder.gate));
	const records = [];
	const problems = [];
	try {
		if (!isFolder(folder.path)) return {
			records,
			problems: [absent(folder.shown)]
		};
		if (!isFolder(top)) return {
			records,
			problems
		};
		for (const path of pathsBelow(top)) {
			if (records.length === maxRecords) throw new InputError(tooMany(folder));
			const shown = shownIn(folder, path);
			const record = recordAt(path, readTextFile(join(top, path), shown, maxRecordText), shown);
			if ("code" in record) problems.push(record);
			else records.push(record);
		}
	} catch (error) {
		problems.push(error instanceof InputError ? error.problem : unreadable(folder.shown, `could not be read (${systemCode(error)})`));
	}
	return {
		records,
		problems
	};
}
/** Whether there is a folder; false where there is nothing. Throws what the system says of anything else. */
function isFolder(path) {
	const found = statSync(path, { throwIfNoEntry: false });
	if (found === void 0) return false;
	if (!found.isDirectory()) throw Object.assign(new Error(path), { code: "ENOTDIR" });
	return true;
}
function absent(file) {
	return {
		code: "no-history",
		severity: "warning",
		message: "the folder of the history does not exist, so there is no recorded run to compare with",
		at: { file },
		hint: "The first `phase-gate check --record` makes it. If runs were recorded before, look at its name."
	};
}
/**
* Stores a record: whole or not at all, for ever, and once. A file of the same run and attempt is never replaced; `false`
* says that there is one. Throws what the system throws.
*/
function storeRecord(folder, record) {
	const path = join(folder.path, recordsFolder(folder.gate), recordPath(record));
	mkdirSync(dirname(path), { recursive: true });
	const unfinished = join(dirname(path), `.${crypto.randomUUID()}.tmp`);
	writeFileSync(unfinished, writeRecord(record), {
		flag: "wx",
		flush: true
	});
	try {
		linkSync(unfinished, path);
	} catch (error) {
		if (systemCode(error) === "EEXIST") return false;
		throw error;
	} finally {
		unlinkSync(unfinished);
	}
	flushFolder(dirname(path));
	return true;
}
/** Removes records that need not be kept, and files that stopped processes left unfinished. */
function pruneFolder(folder, records, at) {
	const top = join(folder.path, recordsFolder(folder.gate));
	for (const record of prunable(records, at)) rmSync(join(top, recordPath(record)), { force: true });
	for (const month of readdirSync(top)) for (const name of readdirSync(join(top, month))) {
		const path = join(top, month, name);
		if (/^\..*\.tmp$/.test(name) && isOld(path, at)) rmSync(path, { force: true });
	}
}
function isOld(path, at) {
	const stats = statSync(path, { throwIfNoEntry: false });
	return stats !== void 0 && stats.mtimeMs < Date.parse(at) - unfinishedHours * 36e5;
}
function pathsBelow(top) {
	return readdirSync(top, { withFileTypes: true }).filter((entry) => entry.isDirectory()).flatMap(({ name }) => readdirSync(join(top, name)).map((file) => `${name}/${file}`)).filter(isRecordPath).sort();
}
/** Some systems cannot flush a folder; the record itself is on the disk by then. */
function flushFolder(path) {
	try {
		const folder = openSync(path, "r");
		try {
			fsyncSync(folder);
		} finally {
			closeSync(folder);
		}
	} catch (error) {
		if (![
			"EISDIR",
			"EPERM",
			"EACCES",
			"EINVAL"
		].includes(systemCode(error))) throw error;
	}
}
function shownIn({ shown, gate }, path) {
	return `${shown}/${recordsFolder(gate)}/${path}`;
}
function tooMany(folder) {
	return {
		code: "limit-files",
		severity: "error",
		message: `holds more than ${maxRecords} records`,
		at: { file: folder.shown }
	};
}

// src/past.ts
/** Adds to the settings what the history says to the run. */
async function withPast(settings, options) {
	const { config, name, workspace, problems } = settings;
	const store = options.named ?? await openStore(config?.baseline.store, name, workspace, options);
	if (store === void 0) return { settings: {
		...settings,
		problems: [...problems, ...unnamed(config)]
	} };
	if ("code" in store) return { settings: {
		...settings,
		problems: [...problems, store]
	} };
	const { root } = workspace;
	const checkout = isCheckout(root);
	const branch = config?.baseline.branch ?? options.branch ?? (checkout ? defaultBranch(root) : "main");
	const { records, problems: reading } = await store.read();
	const history = {
		store,
		records,
		root,
		branch
	};
	const { past, problems: looking } = reading.some(isError) ? {
		past: unknownPast(settings.run),
		problems: []
	} : await look(settings.run, history, options.findAncestry);
	return {
		settings: {
			...settings,
			past,
			problems: [
				...problems,
				...reading,
				...looking
			]
		},
		history
	};
}
/** Opens the place that the configuration names, or says why it cannot be had here. */
async function openStore(place, gate, workspace, { elsewhere }) {
	if (place === void 0) return void 0;
	if (place.kind !== "file") return elsewhere(place);
	const path = insideWorkspace(place.path, workspace);
	return path === void 0 ? outside(place.path) : folderStore({
		shown: place.path,
		path,
		gate
	});
}
/** Says that no history is named, where rules need one: they would be left out for ever, and nobody would see it. */
function unnamed(config) {
	const rules = (config?.phases ?? []).flatMap((phase) => phase.rules).filter(looksBack);
	const [first] = rules;
	if (first === void 0 || config?.keep) return [];
	const more = rules.length > 1 ? ` and ${rules.length - 1} more` : "";
	return [{
		code: "no-history",
		severity: "warning",
		message: `${first.kpi}${more} cannot be judged without recorded runs, and no history is named`,
		hint: "Name it: `baseline: { store: branch }`, `baseline: { store: file, path: DIR }` or `--history DIR`."
	}];
}
function looksBack({ kpi, pass, warn }) {
	return [...pass, ...warn].some(({ bound }) => bound.kind === "reference") || kpis$2[unscoped(kpi)]?.looksBack === true;
}
function outside(file) {
	return {
		code: "outside-workspace",
		severity: "error",
		message: "the folder of the history leads outside the workspace",
		at: { file },
		hint: "Only files of the checkout are read; the command line option --history may name any folder."
	};
}
function unknownPast({ at }) {
	return {
		at,
		records: [],
		unread: true,
		baseline: { none: "the history cannot be read" }
	};
}
/** Finds out what the history says to a run, from git where that knows enough. */
async function look(run, { records, root, branch }, findAncestry) {
	const checkedOut = isCheckout(root) ? headOf(root, branch)?.sha : void 0;
	const commit = run.event === "workflow_run" ? run.sha : checkedOut ?? run.sha;
	const judged = run.id === void 0 && checkedOut !== void 0 ? {
		...run,
		sha: checkedOut
	} : run;
	const known = checkedOut === void 0 ? void 0 : ancestryOf(root, branch, commit === checkedOut ? "HEAD" : commit);
	const past = pastOf(records, judged, known);
	const sure = known !== void 0 && (!("none" in past.baseline) || isWhole(known));
	if (past.records.length === 0 || sure) return {
		past,
		problems: []
	};
	if (findAncestry === void 0 || commit === void 0) return {
		past,
		problems: known?.shallow ? [shallow("")] : []
	};
	const recorded = new Set(past.records.map(({ sha }) => sha));
	let why = "";
	for (const asked of /* @__PURE__ */ new Set([commit, run.sha ?? commit])) try {
		const found = await findAncestry(branch, asked, (sha) => recorded.has(sha));
		return {
			past: pastOf(records, judged, found),
			problems: []
		};
	} catch (error) {
		why = `, and GitHub does not tell: ${failureText(error).said}`;
	}
	return {
		past: {
			...past,
			baseline: { none: "no commit before this one is known" }
		},
		problems: [shallow(why)]
	};
}
/** Whether git knows the target branch and everything before. */
function isWhole({ commits, shallow: cutOff }) {
	return commits.length > 0 && !cutOff;
}
function shallow(why) {
	return {
		code: "history-shallow",
		severity: "error",
		message: `the checkout does not go back to a recorded commit, so no baseline can be found${why}`,
		hint: "Fetch all commits, with `fetch-depth: 0` of actions/checkout or `git fetch --unshallow`."
	};
}

// src/record-run.ts
/** How often a number for a record is chosen anew because another process took it. */
const mostTries = 1e3;
/** Records a complete run of the branch. What keeps it from being recorded is said, and never changes the verdict. */
async function recordRun(history, report) {
	const { store, records, branch } = history;
	const { run } = report;
	const incomplete = whyIncomplete(report);
	if (incomplete !== void 0) return skipped(incomplete, "Only complete runs are recorded.");
	const commit = commitOf(run, history);
	if (commit === void 0) return skipped("its commit is not known", "Run it in a checkout of git.");
	if (!commit.onBranch) return skipped(`it is no run of the branch ${branch}`, "Only runs of that branch are recorded.");
	const { sha, parents } = commit;
	const make = (numbers) => recordOf(report, {
		...numbers,
		sha,
		parents,
		branch
	});
	try {
		if (run.id !== void 0) {
			const record = make({
				id: run.id,
				number: run.number ?? run.id,
				attempt: run.attempt ?? 1
			});
			await store.keep(record, records);
			return { record };
		}
		for (let tries = 0; tries < mostTries; tries++) {
			const { records: known, problems } = await store.read();
			if (problems.some(isError)) return { problems };
			const record = make(nextNumber(known, sha));
			if (await store.keep(record, known)) return { record };
		}
		return { problems: [notRecorded("other runs were always faster", "The verdict stands. Run it again to record it.")] };
	} catch (error) {
		return { problems: [store.whyNot(error)] };
	}
}
/** A workflow says which commit of which branch it runs for; on a laptop the checkout does. */
function commitOf(run, { root, branch }) {
	const checkout = isCheckout(root);
	if (run.event === void 0) return checkout ? headOf(root, branch) : void 0;
	if (run.sha === void 0) return void 0;
	return {
		sha: run.sha,
		parents: checkout ? parentsOf(root, run.sha) : [],
		onBranch: run.branch === branch
	};
}
/** The next number, or the next attempt of the run of the same commit. */
function nextNumber(records, sha) {
	const newest = [...records].sort(byOrder).at(-1);
	if (newest?.sha === sha) return {
		id: newest.id,
		number: newest.number,
		attempt: newest.attempt + 1
	};
	const next = Math.max(newest?.number ?? 0, ...records.map((record) => record.id)) + 1;
	return {
		id: next,
		number: next,
		attempt: 1
	};
}
function skipped(why, hint) {
	return { problems: [{
		code: "not-recorded",
		severity: "note",
		message: `this run was not recorded: ${why}`,
		hint
	}] };
}

// src/cli/local-history.ts
/** The gate that the command line tool judges; those with names of their own are for workflows. */
const localGate = "phase-gate";
/** The folder that the option --history names. */
function namedStore(folder, cwd) {
	if (folder === void 0) return void 0;
	return folderStore({
		shown: folder,
		path: resolve(cwd, folder),
		gate: localGate
	});
}
/** The history of a workflow is on GitHub; here nothing is asked of the network. */
async function elsewhere({ kind, name }) {
	const how = kind === "branch" ? `git worktree add DIR origin/${name}` : `gh run download RUN --name ${name} --dir DIR`;
	return {
		code: "history-elsewhere",
		severity: "warning",
		message: `the history lies in the ${kind} ${name}, which only a run of a workflow reads`,
		hint: `Bring it here with \`${how}\` and name it: --history DIR.`
	};
}

// src/cli/write-file.ts
/** Writes a file that an option of the command line asks for; without a path nothing was asked for, and nothing is rendered. */
function writeFile(path, render, cwd) {
	if (typeof path !== "string") return [];
	const text = render();
	try {
		writeFileSync(resolve(cwd, path), text);
		return [];
	} catch (error) {
		const code = systemCode(error);
		return [{
			code: "not-written",
			severity: "error",
			message: `could not be written: ${reasons[code] ?? code}`,
			at: { file: path }
		}];
	}
}
/** What the system's names mean here. */
const reasons = {
	ENOENT: "its folder does not exist",
	ENOTDIR: "a part of its path is no folder",
	EISDIR: "it is a folder",
	EACCES: "this user may not write there",
	EPERM: "this user may not write there",
	EROFS: "nothing can be written there",
	ENOSPC: "the disk is full"
};

// src/cli/check.ts
/** The whole gate, locally. */
const check = {
	summary: "judge the report files and print the page (the default)",
	usage: "check",
	options: {
		config: {
			type: "string",
			value: "FILE",
			help: `configuration (default: ${defaultConfigFile}, else two built-in phases)`
		},
		root: {
			type: "string",
			value: "DIR",
			help: "folder that globs are relative to (default: that of the configuration)"
		},
		base: {
			type: "string",
			value: "REF",
			help: "branch or commit to compare with, for the coverage of changed lines"
		},
		"base-config": {
			type: "string",
			value: "FILE",
			help: "configuration that this one may not ask less than"
		},
		labels: {
			type: "string",
			value: "A,B",
			help: "labels that the change bears; one of them may accept a weakening"
		},
		history: {
			type: "string",
			value: "DIR",
			help: "folder of the recorded runs to compare with"
		},
		record: {
			type: "boolean",
			help: "add this run to the history, if it is a complete run of the default branch"
		},
		report: {
			type: "string",
			value: "FILE",
			help: "write the report as JSON"
		},
		markdown: {
			type: "string",
			value: "FILE",
			help: "write the comment as Markdown"
		},
		json: {
			type: "boolean",
			help: "print the report as JSON instead of the page"
		}
	},
	async run(invocation) {
		const { values, positionals, cwd, env, out, err, fail } = invocation;
		if (positionals.length > 0) return fail(`check takes no arguments, found "${positionals[0]}"${asOption(positionals[0])}`);
		const configFile = values["config"];
		const root = values["root"];
		if (root !== void 0 && !existsSync(resolve(cwd, root))) return fail(`the folder ${root} does not exist`);
		const { config, problems, file } = loadConfig(configFile ?? ".github/phase-gate.yml", cwd);
		const workspace = openWorkspace(file, root, cwd, env);
		const since = values["base"];
		const found = since === void 0 ? void 0 : changesSince(since, workspace.root);
		const before = values["base-config"];
		if (values["labels"] !== void 0 && before === void 0) return fail("--labels needs --base-config FILE: labels accept what this one asks less than that one");
		const held = before === void 0 ? { problems: [] } : baseConfigFile(before, cwd);
		const named = values["history"];
		const given = {
			name: localGate,
			run: { at: (/* @__PURE__ */ new Date()).toISOString() },
			config,
			problems: [
				...problems,
				...found?.problems ?? [],
				...held.problems
			],
			workspace,
			..."base" in held ? { baseConfig: held.base } : {},
			labels: String(values["labels"] ?? "").split(",").map((label) => label.trim()),
			changes: found?.changes ?? {
				kind: "none",
				reason: "no --base to compare with"
			}
		};
		const store = config?.baseline.store;
		const folder = named ?? (store?.kind === "file" ? store.path : void 0);
		if (values["record"] === true && folder === void 0) return fail("--record needs --history DIR, or `baseline: { store: file, path: DIR }`");
		const { settings, history } = await withPast(given, {
			named: namedStore(named, cwd),
			elsewhere
		});
		const report = maskReport(runGate(await withAnswers(settings, env)), createMask(secretValues(env)));
		out(values["json"] === true ? renderJson(report) : renderConsole(report, { colour: invocation.colour }));
		if (history && folder !== void 0 && values["record"] === true) {
			const recorded = await recordRun(history, report);
			const lines = "record" in recorded ? [recordedText(recorded.record, folder)] : recorded.problems.map(problemText);
			for (const line of lines) err(`${line}\n`);
		}
		const unwritten = [...writeFile(values["report"], () => renderJson(report), cwd), ...writeFile(values["markdown"], () => renderMarkdown(report), cwd)];
		for (const problem of unwritten) err(`${problemText(problem)}\n`);
		return unwritten.length > 0 ? 4 : exitCode(report);
	}
};
function asOption(argument) {
	return /\.ya?ml$/.test(argument) ? `; name a configuration by --config ${argument}` : "";
}
function recordedText(record, folder) {
	const { number, attempt, sha } = record;
	return `recorded: run ${number}${attempt === 1 ? "" : `, attempt ${attempt}`} of commit ${sha.slice(0, 7)}, in ${folder}/${recordsFolder(localGate)}/${recordPath(record)}`;
}

// src/core/facts-file/pack.ts
/** Facts as the facts file holds them. */
function packFacts(facts) {
	switch (facts.kind) {
		case "tests": return {
			kind: "tests",
			tests: packTests(facts.tests)
		};
		case "load":
		case "metrics":
		case "findings": return facts;
		case "coverage": {
			const { located, files } = facts.coverage;
			const packed = [...files.values()].map(packFile$1);
			return {
				kind: "coverage",
				coverage: {
					...located ? { located } : {},
					files: packed
				}
			};
		}
	}
}
/** Groups have none themselves. */
function packTests({ groups, ...tests }) {
	const packed = groups && [...groups].map(([group, own]) => [group, own]);
	return {
		...tests,
		...packed ? { groups: packed } : {}
	};
}
function packFile$1({ path, lines, details, totals, ...rest }) {
	const packed = details.map((detail) => ({
		scheme: detail.scheme,
		...detail.branches ? { branches: packParts(detail.branches) } : {},
		...detail.functions ? { functions: packParts(detail.functions) } : {},
		...detail.statements ? { statements: packParts(detail.statements) } : {}
	}));
	const { countedBy, disputed, several, reportFile } = rest;
	return {
		path,
		...packLines(lines),
		details: packed,
		...totals ? { totals: packTotals(totals) } : {},
		...countedBy ? { countedBy } : {},
		...disputed ? { disputed } : {},
		...several ? { several: [...several] } : {},
		...reportFile === void 0 ? {} : { reportFile }
	};
}
function packLines(lines) {
	const { known, covered } = bitmapsOf(lines);
	const text = packBytes(known);
	return text === "" ? {} : { lines: [text, packBytes(covered)] };
}
function packParts(parts) {
	return [
		parts.size,
		[...parts.keys()].join("\n"),
		packFlags(parts.values())
	];
}
function packTotals({ lines, branches, functions, statements }) {
	return {
		lines: pair(lines),
		...branches ? { branches: pair(branches) } : {},
		...functions ? { functions: pair(functions) } : {},
		...statements ? { statements: pair(statements) } : {}
	};
}
function pair({ covered, total }) {
	return [covered, total];
}

// src/core/collect.ts
/** Most failing and most flaky tests that one facts file names of a source; the counts go on. */
const maxNamed = 5e3;
/**
* The evidence of one runner as one small document: problems of report files are kept, so that an error here is an
* error in the gate, and facts are united as far as that loses nothing. Tests always are. Coverage is, where git says
* which files the repository has: then paths are found here, where the tools ran, and are final. Elsewhere coverage
* stays apart by report file, for the gate to find the paths.
*/
function collect$1(evidence, origin) {
	const document = {
		"phase-gate-facts": 2,
		...origin,
		groups: [...origin.groups].map(([name, tests]) => [name, [...tests]]),
		sources: evidence.sources.filter(({ files, also = 0, problems }) => files.length + also + problems.length > 0).map((source) => packSource(source, evidence))
	};
	return `${inAscii(JSON.stringify(document))}\n`;
}
/** The same document in characters of one byte, which the gate takes in three times as fast. */
function inAscii(json) {
	return json.replaceAll(/[\x80-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
function packSource({ family, glob, group, kpi, files, also, ...source }, evidence) {
	if (family === "facts") throw new Error("facts files are not collected again");
	const united = unite(files, evidence);
	const problems = [...source.problems, ...suitesTwice(files)];
	return {
		family,
		glob,
		...group === void 0 ? {} : { group },
		...kpi === void 0 ? {} : { kpi },
		...problems.length > 0 ? { problems } : {},
		files: files.map((file) => packFile(file, united !== void 0)),
		...also ? { also } : {},
		...united ? { united: packFacts(united) } : {}
	};
}
function packFile({ path, format, problems, facts }, united) {
	return {
		path,
		format,
		...problems.length > 0 ? { problems } : {},
		...facts && facts.kind !== "facts" && !united ? { facts: packFacts(facts) } : {}
	};
}
function unite(files, evidence) {
	const tests = files.flatMap(({ facts }) => facts?.kind === "tests" ? [facts.tests] : []);
	if (tests.length > 0) {
		const runs = [...new Set(tests.flatMap(({ suiteRuns = [] }) => suiteRuns))];
		const united = named(mergeTests(tests));
		return {
			kind: "tests",
			tests: runs.length > 0 ? {
				...united,
				suiteRuns: runs
			} : united
		};
	}
	const { tracked = [], root } = evidence;
	const coverage = files.flatMap(({ path, facts }) => facts?.kind === "coverage" ? [{
		file: path,
		coverage: facts.coverage
	}] : []);
	if (coverage.length === 0 || tracked.length === 0) return void 0;
	return {
		kind: "coverage",
		coverage: {
			located: true,
			files: mergeCoverage(coverage, sourceResolver(tracked, root)).files
		}
	};
}
function named({ failing, flaky, groups, ...tests }) {
	return {
		...tests,
		failing: failing.slice(0, maxNamed),
		flaky: flaky.slice(0, maxNamed),
		...groups ? { groups: new Map([...groups].map(([group, own]) => [group, named(own)])) } : {}
	};
}

// src/core/model/event.ts
const onlyDefault = "only runs of the default branch are recorded";
const readOnly = "the token of a pull request from a fork may only read; docs/forks.md shows how to publish";
const noPullRequest = "this event belongs to no pull request";
/** What to do for an event. The same facts give the same plan; anything missing in a payload leaves its part out. */
function planFor(facts) {
	const payload = part(facts.payload);
	switch (facts.name) {
		case "pull_request":
		case "pull_request_target":
		case "pull_request_review":
		case "pull_request_review_comment": return planForPullRequest(facts, part(payload["pull_request"]), payload);
		case "merge_group": {
			const group = part(payload["merge_group"]);
			return {
				...sha(text(group["head_sha"]) ?? facts.sha),
				...base(group["base_sha"]),
				...queued(text(group["head_ref"])),
				without: {
					comment: noPullRequest,
					history: "a merge queue tries what may never be merged"
				}
			};
		}
		case "workflow_run": return planForWorkflowRun(payload);
		default: return {
			...sha(facts.sha),
			...branch(facts.name, facts.ref),
			...facts.name === "push" && payload["forced"] !== true ? base(payload["before"]) : {},
			without: {
				comment: noPullRequest,
				...history(facts.name, facts.ref, payload)
			}
		};
	}
}
function planForPullRequest(facts, pull, payload) {
	const head = part(pull["head"]);
	const from = fork(head, facts.repository);
	const mayWrite = from === void 0 || facts.name === "pull_request_target" || part(payload["repository"])["private"] === true;
	const number = positive(pull["number"]);
	return {
		...sha(text(head["sha"]) ?? facts.sha),
		...number === void 0 ? {} : { pullRequest: number },
		...base(part(pull["base"])["sha"]),
		...from === void 0 ? {} : { fork: from },
		without: {
			...number === void 0 ? { comment: noPullRequest } : {},
			...mayWrite ? {} : {
				comment: readOnly,
				check: readOnly
			},
			history: onlyDefault
		}
	};
}
/** The workflow that ran before has the evidence; its token could not write, ours can. */
function planForWorkflowRun(payload) {
	const run = part(payload["workflow_run"]);
	const repository = text(part(payload["repository"])["full_name"]);
	const of = text(run["head_branch"]) ?? "";
	const from = fork({
		ref: of,
		repo: run["head_repository"]
	}, repository);
	const head = text(run["head_sha"]);
	const pull = (Array.isArray(run["pull_requests"]) ? run["pull_requests"].map(part) : []).find((one) => text(part(one["head"])["sha"]) === head);
	const number = pull && positive(pull["number"]);
	const event = text(run["event"]) ?? "";
	const ref = from === void 0 ? `refs/heads/${of}` : void 0;
	return {
		...sha(head),
		...number === void 0 ? {} : { pullRequest: number },
		...base(part(pull?.["base"])["sha"]),
		run: {
			...numbered("id", run["id"]),
			...numbered("number", run["run_number"]),
			...numbered("attempt", run["run_attempt"])
		},
		...branch(event, ref),
		...from === void 0 ? {} : { fork: from },
		without: {
			...number === void 0 ? { comment: noPullRequest } : {},
			...history(event, ref, payload)
		}
	};
}
/** Events that run the code of a branch as it is. Others name one too, such as the target of a pull request. */
const ofBranches = [
	"push",
	"schedule",
	"workflow_dispatch",
	"repository_dispatch"
];
function branch(event, ref) {
	const name = ofBranches.includes(event) ? /^refs\/heads\/(.+)$/.exec(ref ?? "")?.[1] : void 0;
	return name === void 0 ? {} : { branch: name };
}
function history(event, ref, payload) {
	if (!ofBranches.includes(event)) return { history: onlyDefault };
	const main = defaultBranchOf(payload);
	if (main === void 0) return { history: "the event does not name the default branch" };
	return ref === `refs/heads/${main}` ? {} : { history: onlyDefault };
}
/** The branch that others start from, where the payload of an event names it. */
function defaultBranchOf(payload) {
	return text(part(part(payload)["repository"])["default_branch"]);
}
/** A repository that is gone counts as a fork: whose code it was is not known any more. */
function fork(head, repository) {
	const from = text(part(head["repo"])["full_name"]);
	if (head["repo"] === void 0 || from?.toLowerCase() === repository?.toLowerCase()) return void 0;
	return {
		repository: from ?? "",
		branch: text(head["ref"]) ?? ""
	};
}
function part(value) {
	return typeof value === "object" && value !== null ? value : {};
}
function text(value) {
	return typeof value === "string" && value !== "" ? value : void 0;
}
function positive(value) {
	return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : void 0;
}
function sha(value) {
	return value === void 0 ? {} : { sha: value };
}
/** Nothing was there before a first push: 40 zeros. */
/** The branches of a merge queue are called gh-readonly-queue/BRANCH/pr-NUMBER-COMMIT. */
function queued(ref) {
	const number = positive(Number(/^refs\/heads\/gh-readonly-queue\/.+\/pr-(\d+)-[0-9a-f]+$/.exec(ref ?? "")?.[1]));
	return number === void 0 ? {} : { queued: number };
}
function base(value) {
	const commit = text(value);
	return commit === void 0 || /^0+$/.test(commit) ? {} : { base: commit };
}
function numbered(name, value) {
	const number = positive(value);
	return number === void 0 ? {} : { [name]: number };
}

// src/io/environment.ts
/** Reads the environment and the event file. https://docs.github.com/actions/reference/variables-reference */
function readEnvironment(env, at) {
	const event = readEvent(env["GITHUB_EVENT_PATH"]);
	const plan = planFor({
		name: env["GITHUB_EVENT_NAME"] ?? "",
		payload: event.payload,
		...given("sha", env["GITHUB_SHA"]),
		...given("ref", env["GITHUB_REF"]),
		...given("repository", env["GITHUB_REPOSITORY"])
	});
	const { pullRequest, sha } = plan;
	const numbers = {
		...counted("id", env["GITHUB_RUN_ID"]),
		...counted("number", env["GITHUB_RUN_NUMBER"]),
		...counted("attempt", env["GITHUB_RUN_ATTEMPT"]),
		...plan.run
	};
	const repository = env["GITHUB_REPOSITORY"];
	const server = env["GITHUB_SERVER_URL"] || "https://github.com";
	const run = {
		at,
		...given("event", env["GITHUB_EVENT_NAME"]),
		...given("branch", plan.branch),
		...given("repository", repository),
		...given("sha", sha),
		...pullRequest === void 0 ? {} : { pullRequest },
		...numbers,
		...repository && numbers.id ? { url: `${server}/${repository}/actions/runs/${numbers.id}` } : {}
	};
	const { startedAt, problems } = event;
	return {
		run,
		plan,
		apiUrl: (env["GITHUB_API_URL"] || "https://api.github.com").replace(/\/+$/, ""),
		problems,
		...given("defaultBranch", defaultBranchOf(event.payload)),
		...startedAt === void 0 ? {} : { startedAt }
	};
}
function readEvent(path) {
	if (!path) return { problems: [] };
	try {
		const startedAt = statSync(path).mtimeMs;
		return {
			payload: JSON.parse(readFileSync(path, "utf8")),
			startedAt,
			problems: []
		};
	} catch {
		return { problems: [{
			code: "event",
			severity: "warning",
			message: "the event file of the workflow could not be read, so no pull request is known",
			hint: "Look at GITHUB_EVENT_PATH in this job."
		}] };
	}
}
function given(name, value) {
	return value ? { [name]: value } : {};
}
function counted(name, value) {
	return value && /^[1-9]\d{0,14}$/.test(value) ? { [name]: Number(value) } : {};
}

// src/cli/collect.ts
const defaultFile = "phase-gate-facts.json";
/** The report files of this runner as one facts file, which the gate reads on another. */
const collect = {
	summary: "write the facts of all report files here to one small file, for a gate elsewhere",
	usage: "collect",
	options: {
		config: {
			type: "string",
			value: "FILE",
			help: `configuration whose sources are read (default: ${defaultConfigFile})`
		},
		root: {
			type: "string",
			value: "DIR",
			help: "folder that globs are relative to (default: that of the configuration)"
		},
		out: {
			type: "string",
			value: "FILE",
			help: `where to write (default: ${defaultFile})`
		}
	},
	async run({ values, positionals, cwd, env, out, err, fail }) {
		if (positionals.length > 0) return fail(`collect takes no arguments, found "${positionals[0]}"`);
		const root = values["root"];
		if (root !== void 0 && !existsSync(resolve(cwd, root))) return fail(`the folder ${root} does not exist`);
		const loaded = loadConfig(values["config"] ?? ".github/phase-gate.yml", cwd);
		for (const problem of loaded.problems) err(`${problemText(problem)}\n`);
		if (loaded.config === null) return 2;
		const workspace = openWorkspace(loaded.file, root, cwd, env);
		const written = (/* @__PURE__ */ new Date()).toISOString();
		const { run, startedAt } = readEnvironment(env, written);
		const gathered = gatherHere(loaded.config, {
			workspace,
			startedAt
		});
		const evidence = maskEvidence(gathered, createMask(secretValues(env)));
		const files = evidence.sources.flatMap((source) => source.files);
		const found = evidence.sources.flatMap((source) => source.problems);
		for (const problem of [...found, ...files.flatMap((file) => file.problems)]) err(`${problemText(problem)}\n`);
		const text = collect$1(evidence, {
			id: crypto.randomUUID(),
			written,
			retries: loaded.config.retries,
			groups: new Map([...loaded.config.groups].map(([name, { tests }]) => [name, tests])),
			...run.id === void 0 ? {} : { run: run.id }
		});
		const path = values["out"] ?? defaultFile;
		const unwritten = writeFile(path, () => text, cwd);
		for (const problem of unwritten) err(`${problemText(problem)}\n`);
		if (unwritten.length > 0) return 4;
		const bad = files.filter(({ problems }) => problems.some(isError)).length;
		const errors = bad === 0 ? "" : `, ${bad} with an error`;
		out(`${path}: ${plural(files.length, "report file")}${errors}, ${Math.ceil(text.length / 1024)} KiB\n`);
		if (files.length > 0) return 0;
		err("phase-gate: no report file was found, which will be an error in the gate\n");
		return 2;
	}
};

// src/cli/inspect.ts
/** What a reader sees in each file. Failing tests do not matter here; only files that cannot be judged do. */
const inspect = {
	summary: "show what is read in each file: format, counts, problems",
	usage: "inspect FILE...",
	options: { json: {
		type: "boolean",
		help: "print one JSON document"
	} },
	async run({ values, positionals, out, fail }) {
		if (positionals.length === 0) return fail("inspect needs at least one file");
		const files = positionals.map((path) => readReportFile(path, readPieces(path, path)));
		if (values["json"]) out(`${JSON.stringify({
			schema: 1,
			files: files.map(entry)
		}, null, 2)}\n`);
		else for (const file of files) out(describe(file));
		return files.some(({ problems }) => problems.some(isError)) ? 2 : 0;
	}
};
/** One entry of the JSON document. */
function entry({ path, format, facts, problems }) {
	if (facts?.kind === "tests") return {
		path,
		format,
		tests: {
			...facts.tests.counts,
			seconds: facts.tests.seconds
		},
		problems
	};
	if (facts?.kind === "coverage") {
		const { files, lines, branches = null, functions = null, statements = null } = sumCoverage(facts.coverage.files);
		return {
			path,
			format,
			coverage: {
				files,
				lines,
				branches,
				functions,
				statements
			},
			problems
		};
	}
	if (facts?.kind === "load") return {
		path,
		format,
		load: facts.load,
		problems
	};
	if (facts?.kind === "metrics") return {
		path,
		format,
		metrics: facts.metrics,
		problems
	};
	if (facts?.kind === "findings") return {
		path,
		format,
		findings: severityCounts(facts.findings),
		problems
	};
	if (facts?.kind === "facts") {
		const { written, sources } = facts.collected;
		return {
			path,
			format,
			facts: {
				written,
				files: sources.flatMap(reportPaths)
			},
			problems
		};
	}
	return {
		path,
		format,
		problems
	};
}
function severityCounts({ findings }) {
	const count = (severity) => findings.filter((one) => one.severity === severity).length;
	const counts = severities$3.map((severity) => [severity, count(severity)]);
	return {
		total: findings.length,
		...Object.fromEntries(counts),
		unrated: count(void 0)
	};
}
/** The report files of another runner in a facts file, without the entry for the facts file itself. */
function reportPaths({ family, files }) {
	return files.filter((file) => file.format !== "facts").map(({ path, format, problems }) => ({
		path,
		format,
		family,
		problems
	}));
}
function describe(file) {
	const { path, format, facts, problems } = file;
	const unknown = problems.some(({ code }) => code === "unknown-format") ? "no known format" : "not read";
	const lines = [`${path}: ${format ?? unknown}`];
	if (facts?.kind === "tests") {
		const { total, passed, failed, errored, skipped, flaky } = facts.tests.counts;
		lines.push(`  ${plural(total, "test")}: ${passed} passed, ${failed} failed, ${errored} errored, ${skipped} skipped, ${flaky} flaky`);
	} else if (facts?.kind === "coverage") {
		const sums = sumCoverage(facts.coverage.files);
		const parts = [
			"lines",
			"branches",
			"functions",
			"statements"
		].flatMap((kind) => share(kind, sums[kind]));
		lines.push(`  ${plural(sums.files, "source file")}: ${parts.join(", ") || "no lines"}`);
	} else if (facts?.kind === "load") {
		const { requests, times } = facts.load;
		const found = Object.entries(times).map(([name, ms]) => `${name} ${valueText({
			kind: "amount",
			amount: ms
		}, "ms")}`);
		lines.push(`  ${plural(requests, "request")}: ${found.join(", ") || "no response times"}`);
	} else if (facts?.kind === "facts") {
		const { written, sources } = facts.collected;
		lines.push(`  ${plural(sources.flatMap(reportPaths).length, "report file")}, collected ${written}`);
	}
	if (facts?.kind === "metrics") {
		const names = [...new Set(facts.metrics.map(({ name }) => name))];
		const rest = names.length > 6 ? `, and ${names.length - 6} more` : "";
		lines.push(`  ${plural(facts.metrics.length, "number")}: ${names.slice(0, 6).join(", ")}${rest}`);
	}
	if (facts?.kind === "findings") {
		const { total, ...counts } = severityCounts(facts.findings);
		const parts = Object.entries(counts).filter(([, count]) => count > 0);
		lines.push(`  ${plural(total, "finding")}${parts.map(([name, count], i) => `${i === 0 ? ": " : ", "}${count} ${name}`).join("")}`);
	}
	return `${[...lines, ...problems.map((problem) => `  ${problemText(problem).replaceAll("\n", "\n  ")}`)].join("\n")}\n`;
}
function share(kind, tally) {
	return tally && tally.total > 0 ? [`${tally.covered} of ${tally.total} ${kind}`] : [];
}

// src/cli/kpis.ts
/** Every KPI with its definition, and its value where report files are given. */
const kpis = {
	summary: "list the KPIs, with their values where report files are given",
	usage: "kpis [FILE...]",
	options: { json: {
		type: "boolean",
		help: "print one JSON document"
	} },
	async run({ values, positionals, cwd, out, err }) {
		const files = positionals.map((path) => readReportFile(path, readPieces(path, path)));
		const sources = files.flatMap((file) => {
			const { families } = (file.facts && readers[file.format]) ?? { families: [] };
			return families.map((family) => ({
				family,
				glob: file.path,
				files: [file],
				problems: []
			}));
		});
		sources.push(...joinCollected(files).values());
		const { measurements, problems } = measure({
			sources,
			root: cwd.replaceAll("\\", "/")
		});
		const rows = Object.entries(kpis$2).map(([name, { label, unit, better, definition }]) => {
			const value = measurements.get(name);
			return {
				name,
				label,
				unit,
				better,
				definition,
				value: value === void 0 ? null : valueText(value, unit)
			};
		});
		if (values["json"] === true) out(`${JSON.stringify({
			schema: 1,
			kpis: rows
		}, null, 2)}\n`);
		else if (files.length === 0) out(table(rows));
		else {
			const found = rows.filter(({ value }) => value !== null);
			out(table(found));
			out(`${plural(rows.length - found.length, "other KPI is", "other KPIs are")} not measured from ${files.length === 1 ? "this file" : "these files"}.\n`);
		}
		const all = [...files.flatMap((file) => file.problems), ...problems];
		for (const problem of all) err(`${problemText(problem)}\n`);
		return all.some(isError) ? 2 : 0;
	}
};
function table(rows) {
	const width = (cells) => Math.max(...cells.map(({ length }) => length));
	const names = width(rows.map(({ name }) => name));
	const values = width(rows.map(({ value }) => value ?? ""));
	return rows.map(({ name, unit, better, definition, value }) => {
		const measured = value === null ? "" : `${value.padStart(values)}  `;
		return `${name.padEnd(names)}  ${measured}${`${unit}, ${better} is better`.padEnd(24)}  ${definition}\n`;
	}).join("");
}

// src/cli/standard-output.ts
/**
* Standard output, which can be read to its end once the process is over. Files and pipes are written to at once: to load
* Node's streams takes as long as to judge a small report, so they are for terminals and whatever else there is.
*/
function standardOutput() {
	if (isFileOrPipe(1)) return {
		terminal: false,
		write: (text) => writeWhole(1, Buffer.from(text))
	};
	const { stdout } = process;
	return {
		terminal: stdout.isTTY === true,
		write: (text) => void stdout.write(text)
	};
}
function isFileOrPipe(file) {
	try {
		const stats = fstatSync(file);
		return stats.isFile() || stats.isFIFO() || stats.isSocket();
	} catch {
		return false;
	}
}
function writeWhole(file, bytes) {
	for (let rest = bytes; rest.length > 0;) try {
		rest = rest.subarray(writeSync(file, rest));
	} catch (error) {
		const code = systemCode(error);
		if (code === "EPIPE") return;
		if (code !== "EAGAIN") throw error;
		pause();
	}
}
/** A pipe that somebody set to never wait is full; its reader needs a moment. */
function pause() {
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
}

// src/core/report/tuning.ts
/** A replay as a page for a terminal. */
function renderTuning(tuning) {
	const { runs, from, to, red, redChanged, recordedRed, limits } = tuning;
	return `${[[
		`Replayed ${plural(runs, "recorded run")}, ${from.slice(0, 10)} to ${to.slice(0, 10)}, each against those before it.`,
		`By the required phases ${grouped(red)} of them would have been red; ${grouped(recordedRed)} ${recordedRed === 1 ? "was" : "were"}.`,
		...redChanged === void 0 ? [] : [`With what was given in place of their limits, ${grouped(redChanged)} would have been.`]
	].join("\n"), ...[...new Set(limits.map(({ phase }) => phase))].map((phase) => {
		const own = limits.filter((limit) => limit.phase === phase);
		return [phase === null ? "Given" : plain$4(phase), ...own.map(limitBlock)].join("\n");
	})].join("\n\n")}\n`;
}
function limitBlock(replayed) {
	const { kpi, limit, judged, incomparable, absent, failures, worst, suggestion } = replayed;
	const left = [...incomparable === 0 ? [] : [`${grouped(incomparable)} without a comparison`], ...absent === 0 ? [] : [`${grouped(absent)} without the KPI`]].join(", ");
	const last = failures.at(-1);
	const found = judged === 0 ? "no run can be judged" : failures.length === 0 ? `holds in all ${grouped(judged)}` : `fails in ${grouped(failures.length)} of ${grouped(judged)}`;
	return [
		`    ${plain$4(`${kpi}   ${limit.text}   ${found}${left === "" ? "" : ` (${left})`}`)}`,
		...last ? [failureLine("last", last, replayed)] : [],
		...worst && worst !== last ? [failureLine("worst", worst, replayed)] : [],
		...suggestion ? [`        by the spread of the last ${suggestion.of}: ${plain$4(suggestion.text)}, which ${suggestion.failed === 0 ? "holds in all" : `fails in ${suggestion.failed}`} of them`] : []
	].join("\n");
}
function failureLine(which, { run: { number, at }, value, bound }, { unit, limit }) {
	const applied = {
		...limit,
		number: bound()
	};
	const run = `run ${number} (${at.slice(0, 10)})`;
	return `        ${which.padEnd(6)}${run}: ${plain$4(`${valueText(value, unit, applied)}, ${distanceText(value, unit, applied)}`)}`;
}
/** The same as a document for other programs; see docs/history.md for its form. */
function renderTuningJson({ limits, ...about }) {
	const document = {
		schema: 1,
		...about,
		limits: limits.map(limitDocument)
	};
	return `${JSON.stringify(document, null, 2)}\n`;
}
function limitDocument(replayed) {
	const { phase, kpi, unit, limit, judged, incomparable, absent, failures, suggestion } = replayed;
	return {
		phase,
		kpi,
		unit,
		limit: limit.text,
		judged,
		incomparable,
		absent,
		failures: failures.map(failureDocument),
		worst: replayed.worst ? replayed.worst.run.number : null,
		suggestion: suggestion ? {
			limit: suggestion.text,
			failed: suggestion.failed,
			of: suggestion.of
		} : null
	};
}
function failureDocument({ run: { number, sha, at }, value, bound }) {
	return {
		number,
		sha,
		at,
		value: plainValue(value),
		bound: plainNumber(bound())
	};
}

// src/core/tune/given.ts
/** Reads limits such as "coverage.lines: at least 85%", by KPI; or the sentence that says what is wrong with one. */
function parseGiven(texts, known) {
	const given = /* @__PURE__ */ new Map();
	for (const text of texts) {
		const [, kpi = "", limit = ""] = /^\s*([^\s:]+)\s*:\s*(.*?)\s*$/.exec(text) ?? [];
		if (limit === "") return { wrong: `"${text}" is no limit; write for example "coverage.lines: at least 85%"` };
		const name = unscoped(kpi);
		if (!Object.hasOwn(known, name)) {
			const meant = nearest(name, Object.keys(known));
			return { wrong: `unknown KPI "${name}"${meant ? `, did you mean "${meant}"?` : ""}` };
		}
		const parsed = parseLimit(limit, known[name]);
		if ("wrong" in parsed) return { wrong: `${kpi}: ${parsed.wrong}` };
		given.set(kpi, [...given.get(kpi) ?? [], parsed.limit]);
	}
	return { given };
}

// src/core/tune/quantile.ts
/**
* A quantile of some numbers in order, which `at` gives by their places: definition 7 of Hyndman and Fan, "Sample Quantiles
* in Statistical Packages" (1996), in plain numbers. Never for a verdict; `history/refer.ts` has the exact one.
*/
function quantile(count, at, part) {
	const place = (count - 1) * part;
	const below = at(Math.floor(place));
	return below + (at(Math.ceil(place)) - below) * (place % 1);
}

// src/core/tune/near-bound.ts
/** What is further apart than this share of its size is apart, by a million times what plain numbers lose. */
const surely = 1e-9;
/** How a number stands to a bound, as far as plain numbers tell; `unsure` has to be asked exactly. */
function nearlyHolds(value, op, { number, size }) {
	const lead = (value - number) * sides[op];
	const doubt = surely * (1 + Math.abs(value) + size);
	return lead > doubt ? "holds" : lead < -doubt ? "fails" : "unsure";
}
const sides = {
	"at least": 1,
	above: 1,
	"at most": -1,
	below: -1,
	exactly: 0
};
/** What a bound comes to nearly, of the values in order that it is the middle of; of none where it is a number. */
function nearBound(bound) {
	if (bound.kind === "value") {
		const number = plain(bound.value);
		const near = {
			number,
			size: Math.abs(number)
		};
		return () => near;
	}
	const { percent, shift } = bound;
	const share = percent ? plain(percent) / 100 : 1;
	const by = shift ? plain(shift.by) : 0;
	return (recorded) => {
		const at = (place) => plainValue(recorded[place]);
		const start = quantile(recorded.length, at, 1 / 2) * share;
		const size = (Math.abs(at(0)) + Math.abs(at(recorded.length - 1))) * (1 + share);
		switch (shift?.of) {
			case void 0: return {
				number: start,
				size
			};
			case "unit": return {
				number: start + by,
				size: size + Math.abs(by)
			};
			case "percent": return {
				number: start * (1 + by / 100),
				size: size * (1 + Math.abs(by))
			};
			case "iqr": return {
				number: start + (quantile(recorded.length, at, 3 / 4) - quantile(recorded.length, at, 1 / 4)) * by,
				size: size * (1 + Math.abs(by))
			};
		}
	};
}
function plain(decimal) {
	return plainNumber(ofDecimal(decimal));
}

// src/core/tune/suggest.ts
/** How many interquartile ranges beyond a quartile a value is out of the ordinary. */
const fence = 1.5;
/**
* Where a value stands in the words of a limit: the value itself for a plain number, and else how far it is from what it
* is compared with, in the unit of the shift. Undefined where that cannot be told.
*/
function distanceFrom({ bound }, value, refer) {
	if (bound.kind === "value") return plainValue(value);
	const { shift, ...base } = bound;
	const [start, referred] = [numberOf$3(base, refer), refer(bound.reference)];
	if ("none" in start || "none" in referred) return void 0;
	const from = plainNumber(start.number);
	const gap = plainNumber(fractionOf(value)) - from;
	const size = {
		unit: 1,
		percent: from / 100,
		iqr: plainNumber(referred.iqr)
	}[shift?.of ?? "unit"];
	return size === 0 ? void 0 : gap / size;
}
/**
* The same limit with the number that the spread of some runs asks for: what is ordinary holds, and what is beyond the inner
* fences of Tukey, "Exploratory Data Analysis" (1977), does not. Undefined where it is the limit already.
*/
function suggest(limit, info, distances) {
	const { op, bound } = limit;
	if (op === "exactly") return void 0;
	const sorted = distances.toSorted((a, b) => a - b);
	const at = (place) => sorted[place];
	const [low, high] = [quantile(sorted.length, at, 1 / 4), quantile(sorted.length, at, 3 / 4)];
	const isLowest = op === "at least" || op === "above";
	const edge = isLowest ? low - fence * (high - low) : high + fence * (high - low);
	const text = bound.kind === "value" ? `${wordOf(limit)} ${amount(clamped(edge, info.unit), info.unit, isLowest)}` : shifted(limit, edge, info.unit, isLowest);
	const parsed = parseLimit(text, info);
	return "wrong" in parsed || parsed.limit.text === limit.text ? void 0 : parsed.limit;
}
function clamped(edge, unit) {
	return Math.max(0, unit === "%" ? Math.min(100, edge) : edge);
}
/** The word of comparison as the user wrote it. */
function wordOf({ text }) {
	return /^[^\d]*/.exec(text)[0].trim();
}
function shifted({ text, bound }, edge, unit, down) {
	const of = bound.kind === "reference" && bound.shift?.of || "unit";
	const reference = text.replace(/\s*[+-]\s*\d+(?:\.\d+)?\s*(?:%|[a-z][a-z/]*)?$/i, "");
	const size = sized(Math.abs(edge), of, unit, edge < 0 ? !down : down);
	return /^0\D*$/.test(size) ? reference : `${reference} ${edge < 0 ? "-" : "+"} ${size}`;
}
function sized(size, of, unit, down) {
	if (of === "percent") return `${rounded(size, 0, down)}%`;
	if (of === "iqr") return `${rounded(size, 1, down)} iqr`;
	return unit === "%" ? `${rounded(size, 1, down)}pp` : amount(size, unit, down);
}
const scales = {
	ms: [
		["h", 36e5],
		["min", 12e4],
		["s", 1e3],
		["ms", 1]
	],
	B: [
		["GB", 1e9],
		["MB", 1e6],
		["kB", 1e3],
		["B", 1]
	]
};
/** An amount as a limit writes it, rounded away from what is ordinary. */
function amount(value, unit, down) {
	if (unit === "%") return `${rounded(value, 1, down)}%`;
	if (unit === "count") return rounded(value, 0, down);
	const scale = scales[unit];
	if (scale === void 0) return unit === "ratio" ? rounded(value, 3, down) : `${rounded(value, 2, down)} ${unit}`;
	const [name, from] = scale.find(([, size]) => value >= size) ?? scale.at(-1);
	const size = name === "min" ? 6e4 : from;
	return `${rounded(value / size, size === 1 ? 0 : 1, down)}${unit === "ms" ? "" : " "}${name}`;
}
function rounded(value, places, down) {
	const scale = 10 ** places;
	const near = Number((value * scale).toFixed(6));
	return String((down ? Math.floor(near) : Math.ceil(near)) / scale);
}

// src/core/tune/replay-limit.ts
const leastToSuggest = 10;
/** Holds one limit against every run. */
function replayLimit({ phase, rule, limit, info, moments, column }) {
	const { values, runs } = column;
	const judge = judging(limit, rule, moments);
	const judged = [];
	const failedIn = [];
	const failures = [];
	let [worst, widest] = [void 0, -1];
	for (const [i, value] of values.entries()) {
		const run = runs[i];
		const found = isTooSmall(value, rule) ? incomparable : judge(run, value);
		if (found === incomparable) continue;
		judged.push(i);
		if (found === met) continue;
		const failure = {
			run: moments[run].record,
			value,
			bound: found.bound
		};
		failedIn.push(run);
		failures.push(failure);
		if (found.gap > widest) [worst, widest] = [failure, found.gap];
	}
	const window = judged.slice(-50).map((i) => ({
		run: runs[i],
		value: values[i]
	}));
	const failed = (other) => {
		const again = judging(other, rule, moments);
		return window.filter(({ run, value }) => typeof again(run, value) === "object").length;
	};
	const asked = suggestionOf(limit, info, rule, window, moments);
	const better = asked && (failed(limit) > 0 || implies(asked, limit) === true) ? asked : void 0;
	return {
		failedIn,
		limit: {
			phase,
			kpi: rule.kpi,
			unit: info.unit,
			limit,
			judged: judged.length,
			incomparable: values.length - judged.length,
			absent: moments.length - values.length,
			failures,
			...worst ? { worst } : {},
			...better ? { suggestion: {
				text: better.text,
				failed: failed(better),
				of: window.length
			} } : {}
		}
	};
}
const [met, incomparable] = ["met", "incomparable"];
/** How a limit stands in a run. Plain numbers tell it of nearly all runs; what they cannot tell is asked exactly. */
function judging({ op, bound }, rule, moments) {
	const least = leastSamples({ bound }, rule);
	const near = nearBound(bound);
	return (run, value) => {
		const found = bound.kind === "value" ? [] : moments[run].find(rule.kpi, bound.reference, least);
		if (typeof found === "string") return incomparable;
		const plain = plainValue(value);
		const nearby = near(found);
		const stands = nearlyHolds(plain, op, nearby);
		if (stands === "holds") return met;
		const exactly = () => bound.kind === "value" ? ofDecimal(bound.value) : shifted$1(bound, middle(found));
		if (stands === "unsure" && holds(fractionOf(value), op, exactly())) return met;
		return {
			gap: Math.abs(plain - nearby.number),
			bound: exactly
		};
	};
}
function suggestionOf(limit, info, { kpi }, window, moments) {
	const distances = window.flatMap(({ run, value }) => {
		const refer = referring(moments[run].find);
		return distanceFrom(limit, value, (reference) => refer(kpi, reference, 1)) ?? [];
	});
	return distances.length < leastToSuggest ? void 0 : suggest(limit, info, distances);
}
function isTooSmall(value, { minLines }) {
	return minLines !== void 0 && value.kind === "ratio" && value.whole < minLines;
}

// src/core/tune/replay.ts
/**
* Replays limits over recorded runs. Each run is judged against the runs before it, and its baseline is the one just before;
* what a run does not know costs nothing. With limits that are `given` only those of their KPIs are looked at.
*/
function replay(config, infoOf, all, given = /* @__PURE__ */ new Map()) {
	const records = newestAttempts(all);
	const columns = columnsOf$1(records, (kpi) => infoOf(unscoped(kpi)).unit);
	const moments = records.map((record, i) => {
		const before = records[i - 1];
		const baseline = before ? { record: before } : { none: "no recorded run yet" };
		return {
			record,
			find: lookBack$1(columns, {
				at: record.at,
				runs: i,
				baseline
			})
		};
	});
	const replayed = (phase, rule) => rule.pass.map((limit) => {
		const info = infoOf(unscoped(rule.kpi));
		return replayLimit({
			phase,
			rule,
			limit,
			info,
			moments,
			column: columns.of(rule.kpi)
		});
	});
	const rules = config.phases.flatMap((phase, i) => phase.rules.flatMap((asked) => expanded(asked, records).map((rule) => ({
		rule,
		asked: asked.kpi
	}))).map((one) => ({
		...one,
		required: i < config.require,
		limits: replayed(phase.name, one.rule)
	})));
	const tried = new Map([...given].map(([kpi, pass]) => [kpi, replayed(null, {
		kpi,
		pass,
		warn: [],
		missing: "skip"
	})]));
	const required = rules.filter((one) => one.required);
	const redIn = (all) => {
		const red = /* @__PURE__ */ new Set();
		for (const { rule, limits, asked } of all) for (const run of new Set(limits.flatMap(({ failedIn }) => failedIn))) if (!red.has(run) && isBroken(rule, asked, moments[run], config.waivers, infoOf)) red.add(run);
		return red.size;
	};
	const changed = required.map(({ rule, ...rest }) => {
		const pass = given.get(rule.kpi);
		return pass ? {
			...rest,
			rule: {
				...rule,
				pass
			},
			limits: tried.get(rule.kpi)
		} : {
			...rest,
			rule
		};
	});
	const shown = rules.filter(({ rule }) => given.size === 0 || given.has(rule.kpi));
	return {
		runs: records.length,
		from: records[0]?.at ?? "",
		to: records.at(-1)?.at ?? "",
		recordedRed: records.filter(({ outcome }) => outcome === "fail" || outcome === "error").length,
		red: redIn(required),
		...given.size === 0 ? {} : { redChanged: redIn(changed) },
		limits: [...shown.flatMap(({ limits }) => limits), ...[...tried.values()].flat()].map((one) => one.limit)
	};
}
/** A rule about several folders is one for each of them that any run knows. */
function expanded(rule, records) {
	const glob = scopeOf(rule.kpi);
	if (glob === void 0 || !rule.kpi.startsWith("coverage.")) return [rule];
	const matches = folderMatcher(glob);
	const own = [...new Set(records.flatMap(({ kpis }) => [...kpis.keys()]))].filter((name) => {
		const folder = unscoped(name) === unscoped(rule.kpi) ? scopeOf(name) : void 0;
		return folder !== void 0 && matches(folder);
	});
	return own.length === 0 ? [rule] : own.sort().map((kpi) => ({
		...rule,
		kpi
	}));
}
/** Whether a rule of which a limit does not hold is broken, and not just warned: `warn` or a waiver may let it pass. */
function isBroken(rule, asked, { record, find }, all, infoOf) {
	if (rule.warn.length === 0 && all.length === 0) return true;
	const waivers = waiversByScope(waiversOn(all, record.at).valid, /* @__PURE__ */ new Map([[asked, [rule.kpi]]]));
	if (rule.warn.length === 0 && !waivers.has(rule.kpi)) return true;
	const kept = record.kpis.get(rule.kpi);
	const { step: _, ...info } = infoOf(unscoped(rule.kpi));
	const { verdict } = judgeRule(rule, {
		measurements: new Map(kept ? [[rule.kpi, kept.value]] : []),
		kpis: { [unscoped(rule.kpi)]: info },
		reasons: /* @__PURE__ */ new Map(),
		incomparable: /* @__PURE__ */ new Map(),
		waivers,
		refer: referring(find)
	});
	return verdict === "broken";
}

// src/cli/tune.ts
/** Which recorded runs the limits would have failed, and what their spread suggests. */
const tune = {
	summary: "replay the limits, or other ones, over the recorded runs",
	usage: "tune [\"KPI: LIMIT\"...]",
	options: {
		config: {
			type: "string",
			value: "FILE",
			help: `configuration (default: ${defaultConfigFile}, else two built-in phases)`
		},
		history: {
			type: "string",
			value: "DIR",
			help: "folder of the recorded runs (default: that of the configuration)"
		},
		json: {
			type: "boolean",
			help: "print one JSON document"
		}
	},
	async run({ values, positionals, cwd, env, out, err, fail }) {
		const { config, problems, file } = loadConfig(values["config"] ?? ".github/phase-gate.yml", cwd);
		for (const problem of problems) err(`${problemText(problem)}\n`);
		if (!config) return 2;
		const known = {
			...kpis$2,
			...Object.fromEntries(config.own)
		};
		const parsed = parseGiven(positionals, known);
		if ("wrong" in parsed) return fail(parsed.wrong);
		const workspace = openWorkspace(file, void 0, cwd, env);
		const store = namedStore(values["history"], cwd) ?? await openStore(config.baseline.store, "phase-gate", workspace, { elsewhere });
		if (store === void 0) return fail("tune needs --history DIR, or `baseline: { store: file, path: DIR }`");
		const { records, problems: unread } = "code" in store ? {
			records: [],
			problems: [store]
		} : await store.read();
		for (const problem of unread) err(`${problemText(problem)}\n`);
		if ("code" in store || unread.some(isError)) return 2;
		if (records.length === 0) return fail("there is no recorded run to replay");
		const tuning = replay(config, (kpi) => known[kpi], records, parsed.given);
		out(values["json"] === true ? renderTuningJson(tuning) : renderTuning(tuning));
		return 0;
	}
};

// src/cli/main.ts
/** The registry of commands. */
const commands = {
	check,
	collect,
	inspect,
	kpis,
	tune
};
process.exitCode = 70;
try {
	process.exitCode = await main(process.argv.slice(2));
} catch (error) {
	const stack = error instanceof Error ? error.stack : String(error);
	process.stderr.write(`phase-gate: internal error, please report it\n${stack}\n`);
	process.exitCode = 3;
}
async function main(args) {
	const err = (text) => void process.stderr.write(text);
	const fail = (message) => {
		err(`phase-gate: ${message}\nTry: phase-gate --help\n`);
		return 2;
	};
	const parsed = parseCommandLine(args, commands, "check", "0.1.0");
	if ("wrong" in parsed) return fail(parsed.wrong);
	const { terminal, write: out } = standardOutput();
	if ("print" in parsed) {
		out(parsed.print);
		return 0;
	}
	const { env } = process;
	const colour = terminal && !env["NO_COLOR"] && env["TERM"] !== "dumb";
	const { run, values, positionals } = parsed;
	return run.run({
		values,
		positionals,
		env,
		cwd: process.cwd(),
		colour,
		out,
		err,
		fail
	});
}

export {  };
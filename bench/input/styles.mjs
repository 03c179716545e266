import { capital, escapeXml, foreign, nouns, states, verbs } from "./words.mjs";

const pytest = {
  suite: (random) => ({ name: "pytest", module: `tests.${random.one(nouns)}.test_${random.one(states)}` }),
  open: (suite, { total, failed, errored, skipped }, seconds) =>
    `<testsuite name="${suite.name}" errors="${errored}" failures="${failed}" skipped="${skipped}"` +
    ` tests="${total}" time="${seconds}" timestamp="2026-11-22T13:51:29.809680+00:00" hostname="runner-7f">`,
  test(suite, number, random, body) {
    const parameter = random.share(0.1) ? `[${escapeXml(random.one(foreign))}-${number}]` : "";
    const name = `test_${random.one(verbs)}_${random.one(nouns)}_${number}${parameter}`;
    const head = `<testcase classname="${suite.module}" name="${name}" time="${random.seconds()}"`;
    return body === "" ? `${head} />` : `${head}>${body}</testcase>`;
  },
  close: "</testsuite>",
  failure: (kind, message, trace) =>
    `<${kind} message="${escapeXml(message)}">${escapeXml(`${message}\n${trace}`)}</${kind}>`,
  skipped: () => `<skipped type="pytest.skip" message="needs a &lt;database&gt;">test_a.py:5: why</skipped>`,
  output: (text) => `<system-out>${escapeXml(text)}</system-out>`,
};

const surefire = {
  suite: (random) => ({ name: `org.example.${random.one(nouns)}.${capital(random.one(states))}Test` }),
  open: (suite, { total, failed, errored, skipped }, seconds) =>
    `  <testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" name="${suite.name}"` +
    ` time="${seconds}" tests="${total}" errors="${errored}" skipped="${skipped}" failures="${failed}">\n    <properties>\n` +
    `      <property name="java.specification.version" value="21"/>\n` +
    `      <property name="user.timezone" value="Etc/UTC"/>\n    </properties>\n`,
  test(suite, number, random, body) {
    const name = `${random.one(verbs)}${capital(random.one(states))}${capital(random.one(nouns))}${number}`;
    const head = `    <testcase name="${name}" classname="${suite.name}" time="${random.seconds()}"`;
    return body === "" ? `${head}/>\n` : `${head}>\n${body}    </testcase>\n`;
  },
  close: "  </testsuite>\n",
  failure: (kind, message, trace) =>
    `      <${kind} message="${escapeXml(message)}" type="org.opentest4j.AssertionFailedError">` +
    `<![CDATA[org.opentest4j.AssertionFailedError: ${message}\n${trace}]]></${kind}>\n`,
  skipped: () => `      <skipped message="not on this platform"/>\n`,
  output: (text) => `      <system-out><![CDATA[${text}]]></system-out>\n`,
};

const jest = {
  suite: (random) => ({ name: `src/${random.one(nouns)}/${random.one(nouns)}.test.ts` }),
  open: (suite, { total, failed, errored, skipped }, seconds) =>
    `  <testsuite name="${suite.name}" errors="${errored}" failures="${failed}" skipped="${skipped}"` +
    ` timestamp="2026-11-22T13:49:22" time="${seconds}" tests="${total}">\n`,
  test(_suite, number, random, body) {
    const group = `${capital(random.one(nouns))} &gt; ${random.one(states)} ${random.one(nouns)}`;
    const name = `${random.one(verbs)} the ${random.one(nouns)} &quot;${number}&quot;`;
    const head = `    <testcase classname="${group}" name="${group} ${name}" time="${random.seconds()}">`;
    return `${head}\n${body}    </testcase>\n`;
  },
  close: "  </testsuite>\n",
  failure: (kind, message, trace) => `      <${kind}>${escapeXml(`Error: ${message}\n${trace}`)}</${kind}>\n`,
  skipped: () => "      <skipped/>\n",
  output: (text) => `      <system-out>${escapeXml(text)}</system-out>\n`,
};

/**
 * How three test tools write JUnit XML. Each style has `suite(random)`, which gives the names of a suite; the
 * others give pieces of the file. `body` is what stands inside a test case, or "".
 */
export const styles = [pytest, surefire, jest];

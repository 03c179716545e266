import { createSampler, type Sample } from "./jmeter.ts";
import { announcedBy } from "./jmeter-transactions.ts";
import type { Reader } from "./reader.ts";
import { scanXml, type Tag } from "./text/xml.ts";

/** A sample that is open. */
interface Open {
  readonly sample: Sample;
  readonly line: number;
  readonly isTransaction: boolean;
  /** Samples within it that stand for themselves. */
  within: { samples: number; failed: number };
}

/**
 * JMeter's JTL as XML. Samples inside a sample, such as redirects, are parts of it; those inside a transaction stand
 * for themselves. https://jmeter.apache.org/usermanual/listeners.html#xmlformat2.1
 */
export const jmeterXml: Reader = {
  label: "JMeter JTL (XML)",
  families: ["load"],
  writtenBy: "jmeter -n -l results.jtl -Jjmeter.save.saveservice.output_format=xml",
  roots: ["testResults"],
  read(source, file) {
    const sampler = createSampler(file);
    /** Outermost first. */
    const open: Open[] = [];
    const standsAlone = () => open.every(({ isTransaction }) => isTransaction);
    const notes = scanXml(source, file, {
      open(name: string, tag: Tag) {
        if (!isSample(name)) return;
        const sample = sampleOf(tag);
        const [line, isTransaction] = [tag.line(), announcedBy(sample.message) !== undefined];
        if (!isTransaction && standsAlone()) {
          sampler.sample(sample, line);
          for (const { within } of open) {
            within.samples++;
            if (sample.success === "false") within.failed++;
          }
        }
        open.push({ sample, line, isTransaction, within: { samples: 0, failed: 0 } });
      },
      close(name: string) {
        const closed = isSample(name) ? open.pop() : undefined;
        if (closed?.isTransaction && standsAlone()) sampler.sample(closed.sample, closed.line, closed.within);
      },
      wantsText: () => false,
      text() {},
    });
    const reading = sampler.finish();
    return { ...reading, problems: [...notes, ...reading.problems] };
  },
};

function sampleOf(tag: Tag): Sample {
  return {
    elapsed: tag.attribute("t"),
    began: tag.attribute("ts"),
    success: tag.attribute("s"),
    thread: tag.attribute("tn"),
    threads: tag.attribute("na"),
    message: tag.attribute("rm"),
  };
}

function isSample(name: string): boolean {
  return name === "httpSample" || name === "sample";
}

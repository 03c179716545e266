import { createSampler, transaction } from "./jmeter.ts";
import type { Reader } from "./reader.ts";
import { scanXml, type Tag } from "./text/xml.ts";

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
    /** Samples that are open, outermost first: whether each is a transaction. */
    const open: boolean[] = [];
    const notes = scanXml(source, file, {
      open(name: string, tag: Tag) {
        if (!isSample(name)) return;
        const message = tag.attribute("rm");
        if (open.every((isTransaction) => isTransaction)) {
          sampler.sample(
            {
              elapsed: tag.attribute("t"),
              began: tag.attribute("ts"),
              success: tag.attribute("s"),
              threads: tag.attribute("na"),
              message,
            },
            tag.line(),
          );
        }
        open.push(message !== undefined && transaction.test(message));
      },
      close(name: string) {
        if (isSample(name)) open.pop();
      },
      wantsText: () => false,
      text() {},
    });
    const reading = sampler.finish();
    return { ...reading, problems: [...notes, ...reading.problems] };
  },
};

function isSample(name: string): boolean {
  return name === "httpSample" || name === "sample";
}

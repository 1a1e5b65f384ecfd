// Plays every journey against a server that stands: with scripts, and the essential ones again without.
// `HUIZONG_STAGE` says where it stands and who the people are; a name as argument plays only that journey.

import { readdir } from "node:fs/promises";
import { browser } from "./browser.mjs";

const stage = JSON.parse(process.env.HUIZONG_STAGE);
const wanted = process.argv[2];
const files = (await readdir(new URL("./journeys/", import.meta.url))).filter((name) => name.endsWith(".mjs")).sort();
const chrome = await browser();
let failed = 0;

for (const file of files) {
  const journey = await import(`./journeys/${file}`);
  for (const javaScript of journey.essential ? [true, false] : [true]) {
    const name = `${journey.title}${javaScript ? "" : " (without scripts)"}`;
    if (wanted && !file.includes(wanted)) continue;
    try {
      const faults = await journey.play(chrome, stage, { javaScript });
      if (faults.length) throw new Error(faults.join("\n    "));
      console.log(`ok      ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${name}\n    ${error.stack ?? error}`);
    }
  }
}

await chrome.close();
process.exit(failed ? 1 : 0);

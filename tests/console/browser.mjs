// A browser in which somebody uses the console, and which notices whatever should never happen there.

import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import { existsSync } from "node:fs";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

let shots = 0;

/** Starts the browser; fails with the one line that says what to install. */
export async function browser() {
  if (!CHROMIUM) throw new Error("chromium is missing: apt-get install chromium");
  return chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
}

/** Somebody at a browser of their own. */
export class Visitor {
  /** `options`: language, javaScript, dark, phone. */
  static async at(chrome, stage, options = {}) {
    const { language = "zh-CN", javaScript = true, dark = false, phone = false } = options;
    const context = await chrome.newContext({
      baseURL: stage.address,
      locale: language,
      javaScriptEnabled: javaScript,
      colorScheme: dark ? "dark" : "light",
      viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 900 },
      acceptDownloads: true,
    });
    return new Visitor(context, await context.newPage(), stage, javaScript);
  }

  constructor(context, page, stage, javaScript) {
    Object.assign(this, { context, page, stage, javaScript, faults: [], expected: new Set() });
    page.on("pageerror", (error) => this.faults.push(`error on ${page.url()}: ${error}`));
    page.on("console", (message) => {
      // A browser writes a line for every answer that is an error; those that a journey provokes are expected.
      const isAnswer = message.text().startsWith("Failed to load resource");
      if (message.type() === "error" && !isAnswer) this.faults.push(`console on ${page.url()}: ${message.text()}`);
    });
    page.on("request", (request) => {
      const address = request.url();
      if (!address.startsWith(stage.address) && !address.startsWith("blob:") && !address.startsWith("data:")) {
        this.faults.push(`request to another host: ${address}`);
      }
    });
    page.on("response", (response) => this.examine(response));
  }

  examine(response) {
    const path = new URL(response.url()).pathname;
    const headers = response.headers();
    if (response.status() >= 500) this.faults.push(`${response.status()} from ${path}`);
    if (response.status() >= 400 && !this.expected.has(response.status())) {
      this.faults.push(`${response.status()} from ${path}`);
    }
    if (!(headers["content-type"] ?? "").startsWith("text/html") || path.startsWith("/api/")) return;
    const policy = headers["content-security-policy"] ?? "";
    if (!policy.includes("default-src 'none'") || policy.includes("unsafe")) {
      this.faults.push(`the policy of ${path} is ${policy}`);
    }
  }

  /** The next answers of this status are part of the story. */
  expecting(status) {
    this.expected.add(status);
    return this;
  }

  async goes(path) {
    await this.page.goto(path);
    return this;
  }

  async signsIn(person, path = "/") {
    await this.goes(path);
    await this.page.locator("#federation").fill(this.stage.federation);
    await this.page.locator("#login").fill(person.login);
    await this.page.locator("#password").fill(person.password);
    await this.page.locator("main form button").click();
    await this.page.waitForURL((address) => !address.pathname.startsWith("/sign-in"));
    return this;
  }

  /** Finds barriers on the page as it is, in light and in dark. Axe is a script of the test, so it works only where scripts run. */
  async findsNoBarrier() {
    if (!this.javaScript) return this;
    for (const colorScheme of ["light", "dark"]) {
      await this.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const { violations } = await new AxeBuilder({ page: this.page }).analyze();
      for (const found of violations.filter(({ impact }) => ["serious", "critical"].includes(impact))) {
        const where = found.nodes.map((node) => node.target.join(" ")).slice(0, 3).join("; ");
        this.faults.push(`${found.id} on ${this.page.url()} (${colorScheme}) at ${where}: ${found.help}`);
      }
      await this.isLookedAt(colorScheme);
    }
    await this.page.emulateMedia({ colorScheme: "light" });
    return this;
  }

  /** With `HUIZONG_SHOTS` the page is kept as pictures in that folder, as wide as a desk and as a phone, to be looked at. */
  async isLookedAt(colorScheme) {
    const folder = process.env.HUIZONG_SHOTS;
    if (!folder) return;
    const place = new URL(this.page.url()).pathname.replaceAll("/", "_");
    for (const [name, width] of [["desk", 1280], ["phone", 390]]) {
      await this.page.setViewportSize({ width, height: 900 });
      await this.page.screenshot({ path: `${folder}/${place}.${(shots += 1)}.${name}.${colorScheme}.png`, fullPage: true });
    }
    await this.page.setViewportSize({ width: 1280, height: 900 });
  }

  /** Waits until the job of the page is done, and goes on to what came of it. */
  async waitsForJob() {
    const next = this.page.getByRole("link", { name: "查看结果" });
    for (let tries = 0; tries < 60 && !(await next.count()); tries += 1) {
      await this.page.waitForTimeout(500);
      if (!this.javaScript) await this.page.reload();
    }
    await next.click();
    return this;
  }

  async leaves() {
    await this.context.close();
    return this.faults;
  }
}

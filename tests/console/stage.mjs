// The server with what was prepared for the journeys, and what a journey prepares for itself over HTTP, as a program of the federation would.

export class Stage {
  constructor(told) {
    Object.assign(this, told);
  }

  async asks(token, method, path, body, headers = {}) {
    const answer = await fetch(`${this.address}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return { body: text ? JSON.parse(text) : null, tag: answer.headers.get("etag") };
  }

  /** Opens a round of the stage's rubric. */
  async opens(code, policy = {}, reports = []) {
    await this.asks(this.adminToken, "POST", `/federations/${this.federation}/rounds`, {
      code, title: `轮次 ${code}`, period: { start: "2023-01-01", end: "2023-12-31" }, due_at: "2099-12-31T10:00:00Z",
      rubric: this.rubric, reports, policy,
      calendar: { covers: { start: "2022-01-01", end: "2024-12-31" }, holidays: [], working_days: [] },
    });
  }

  /** Has long work of a round done: `settlements` or `roll-ups`. */
  async finishes(round, work) {
    const { body: job } = await this.asks(this.adminToken, "POST", `/federations/${this.federation}/rounds/${round}/${work}`, {});
    const path = `/federations/${this.federation}/jobs/${job.id}`;
    for (let tries = 0; tries < 120; tries += 1) {
      const { body: now } = await this.asks(this.adminToken, "GET", path);
      if (now.state === "done") return;
      if (now.state === "failed") throw new Error(`${work} of ${round} failed: ${JSON.stringify(now)}`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw new Error(`${work} of ${round} takes too long`);
  }

  /** Writes the whole draft of the stage's unit, whatever stands in it. */
  async drafts(round, answers) {
    const path = `/federations/${this.federation}/rounds/${round}/submissions/${this.unit}/draft`;
    let headers = { "if-none-match": "*" };
    const known = await fetch(`${this.address}/api/v1${path}`, { headers: { authorization: `Bearer ${this.memberToken}` } });
    if (known.ok) headers = { "if-match": known.headers.get("etag") };
    await this.asks(this.memberToken, "PUT", path, { answers }, headers);
  }

  /** Hands answers in for the stage's unit. */
  async handsIn(round, answers) {
    const path = `/federations/${this.federation}/rounds/${round}/submissions/${this.unit}`;
    await this.asks(this.memberToken, "PUT", path, { answers }, { "if-none-match": "*" });
  }

  /** The same once more, upon the first revision. */
  async handsInAgain(round, answers) {
    const path = `/federations/${this.federation}/rounds/${round}/submissions/${this.unit}`;
    const { tag } = await this.asks(this.memberToken, "GET", path);
    await this.asks(this.memberToken, "PUT", path, { answers }, { "if-match": tag });
  }
}

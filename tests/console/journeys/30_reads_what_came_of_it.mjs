import assert from "node:assert/strict";
import { Visitor } from "../browser.mjs";

export const title = "a member reads what it handed in, why it earned what it did, what was sent back, and answers";
export const essential = true;

export async function play(chrome, stage, options) {
  const round = `U${options.javaScript ? "1" : "0"}`;
  await stage.opens(round, { review: true });
  await stage.handsIn(round, stage.answers);
  const submission = `/federations/${stage.federation}/rounds/${round}/submissions/${stage.unit}`;
  await stage.asks(stage.adminToken, "POST", `${submission}/returns`, {
    revision: 1, due_at: "2099-12-30T10:00:00Z",
    items: [{ at: "", reason: "evidence-missing", text: "请补充<b>台账</b>" }],
  });
  const visitor = await Visitor.at(chrome, stage, options);
  const { page } = visitor;
  await visitor.signsIn(stage.people.clerk);
  await page.getByText("已退回，请修改").first().waitFor();
  await visitor.goes(`/federations/${stage.federation}/rounds/${round}/units/${stage.unit}`);
  await page.getByRole("heading", { name: "退回修改" }).waitFor();
  // What somebody wrote is shown as it was written, and nothing of it is markup.
  await page.getByText("请补充<b>台账</b>").first().waitFor();
  await page.getByRole("heading", { name: "得分说明" }).waitFor();
  const unfold = page.locator("ul.score details").first();
  await unfold.locator("summary").click();
  await unfold.locator("li").first().waitFor();
  await visitor.findsNoBarrier();
  await page.locator(".thread textarea").first().fill("台账已补充。");
  await page.getByRole("button", { name: "回复" }).first().click();
  await page.getByText("台账已补充。").waitFor();
  await page.getByRole("link", { name: "修改后再次报送" }).click();
  await page.getByRole("button", { name: "保存", exact: true }).waitFor();
  assert.match(page.url(), /\/form$/);
  return visitor.leaves();
}

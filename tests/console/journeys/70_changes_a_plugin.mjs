import assert from "node:assert/strict";
import { Visitor } from "../browser.mjs";

export const title = "a plugin is uploaded, tried, proposed, approved by a second person, and taken back";
export const essential = true;

export async function play(chrome, stage, options) {
  const round = `P${options.javaScript ? "1" : "0"}`;
  await stage.opens(round, {}, [stage.report]);
  await stage.handsIn(round, stage.answers);
  await stage.finishes(round, "settlements");
  await stage.finishes(round, "roll-ups");
  const releases = `/federations/${stage.federation}/releases`;
  const ofRound = `/federations/${stage.federation}/rounds/${round}/releases`;

  const admin = await Visitor.at(chrome, stage, options);
  const { page } = admin;
  await admin.signsIn(stage.people.admin, releases);
  await page.getByRole("heading", { name: "上传插件" }).waitFor();
  await admin.findsNoBarrier();
  admin.expecting(422);
  await page.locator("#component").setInputFiles({ name: "x.wasm", mimeType: "application/wasm", buffer: Buffer.from("no component") });
  await page.getByRole("button", { name: "上传并检查" }).click();
  await page.getByRole("alert").waitFor();
  await page.locator("#component").setInputFiles(stage.bulletin);
  await page.getByRole("button", { name: "上传并检查" }).click();
  await page.getByRole("heading", { name: "运行情况" }).waitFor();
  await admin.findsNoBarrier();
  const release = new URL(page.url()).pathname.split("/").pop();
  assert.match(release, /^[0-9a-f]{64}$/);

  await admin.goes(ofRound);
  await page.getByText("还没有试评").waitFor();
  await page.locator("#release").selectOption(release);
  await page.getByRole("button", { name: "试评", exact: true }).click();
  await admin.waitsForJob();
  await page.getByRole("heading", { name: "插件与试评" }).waitFor();
  await page.getByText("处内容不同").waitFor();
  await admin.findsNoBarrier();
  await page.getByText("申请启用").first().click();
  await page.locator("article input[name=reason]").fill("换用简报格式");
  await page.getByRole("button", { name: "申请启用" }).click();
  await page.getByText("待批").waitFor();

  // Whoever uploaded and proposed it is not the second person.
  admin.expecting(409);
  await page.locator("article input[name=reason]").first().fill("自己批准");
  await page.getByRole("button", { name: "批准启用", exact: true }).click();
  await page.getByRole("alert").waitFor();
  await page.getByText("待批").waitFor();

  const approver = await Visitor.at(chrome, stage, options);
  await approver.signsIn(stage.people.approver, ofRound);
  await approver.page.locator("article input[name=reason]").first().fill("同意");
  await approver.findsNoBarrier();
  await approver.page.getByRole("button", { name: "批准启用", exact: true }).click();
  await approver.page.getByText("已批准").waitFor();
  assert.equal(await approver.page.getByRole("button", { name: "退回上一版本" }).count(), 0, "only the administration goes back");

  await admin.goes(ofRound);
  await page.locator("summary", { hasText: "退回上一版本" }).click();
  await page.locator("#back").fill("等省联社答复");
  await page.getByRole("button", { name: "退回上一版本" }).click();
  await page.getByText("回退", { exact: true }).waitFor();
  return [...(await admin.leaves()), ...(await approver.leaves())];
}

import assert from "node:assert/strict";
import { Visitor } from "../browser.mjs";

export const title = "the administration watches a round, closes it, settles, rolls up, and reads the reports";
export const essential = true;

export async function play(chrome, stage, options) {
  const round = `S${options.javaScript ? "1" : "0"}`;
  await stage.opens(round, {}, [stage.report]);
  await stage.handsIn(round, stage.answers);
  const address = `/federations/${stage.federation}/rounds/${round}`;
  const visitor = await Visitor.at(chrome, stage, options);
  const { page } = visitor;
  await visitor.signsIn(stage.people.admin);
  await page.locator(`a[href="${address}"]`).click();
  await page.getByRole("heading", { name: "推进轮次" }).waitFor();
  await visitor.findsNoBarrier();
  await page.locator(`.figures a[href="${address}?state=missing"]`).click();
  assert.equal(await page.locator("#progress tbody tr").count(), 2);
  assert.equal(await page.getByText(stage.unitName).count(), 0);

  await visitor.goes(`${address}/results`);
  await page.getByText("还没有结算").waitFor();
  await visitor.findsNoBarrier();

  await visitor.goes(address);
  await page.locator("#reason").fill("按计划");
  await page.getByRole("button", { name: "截止填报" }).click();
  await page.getByText("已截止").waitFor();
  for (const [work, heading] of [["结算", "结算"], ["汇总并生成报告", "汇总并生成报告"]]) {
    await visitor.goes(address);
    await page.getByRole("button", { name: work, exact: true }).click();
    await page.getByRole("heading", { name: heading }).waitFor();
    await visitor.findsNoBarrier();
    await visitor.waitsForJob();
    await page.getByRole("heading", { name: "等级分布" }).waitFor();
  }
  await visitor.findsNoBarrier();
  await page.locator("tbody th a").first().click();
  await page.getByRole("link", { name: "查看全部" }).waitFor();
  assert.equal(await page.getByRole("link", { name: stage.unitName }).count(), 1);
  const [report] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "docx" }).first().click()]);
  assert.match(report.suggestedFilename(), /\.docx$/);

  // Who writes for a member sees neither the wall nor the ranking.
  const clerk = await Visitor.at(chrome, stage, options);
  await clerk.expecting(403).signsIn(stage.people.clerk, address);
  await clerk.page.getByRole("alert").waitFor();
  await clerk.findsNoBarrier();
  return [...(await visitor.leaves()), ...(await clerk.leaves())];
}

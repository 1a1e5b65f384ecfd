import assert from "node:assert/strict";
import { Visitor } from "../browser.mjs";

export const title = "a reviewer goes through the queue, sends fields back, and accepts what comes again";
export const essential = true;

export async function play(chrome, stage, options) {
  const round = `R${options.javaScript ? "1" : "0"}`;
  await stage.opens(round, { review: true });
  await stage.handsIn(round, stage.answers);
  const address = `/federations/${stage.federation}/rounds/${round}`;
  const visitor = await Visitor.at(chrome, stage, options);
  const { page } = visitor;
  await visitor.signsIn(stage.people.reviewer, `${address}/review`);
  await page.getByRole("heading", { name: "复核队列" }).waitFor();
  await visitor.findsNoBarrier();
  await page.getByRole("link", { name: stage.unitName }).click();
  await page.getByRole("heading", { name: "处理意见" }).waitFor();
  await visitor.findsNoBarrier();

  // Without a reason in words and a day nothing is sent back, and it is said why.
  visitor.expecting(422);
  await page.locator("details.sheet", { has: page.locator("input[name=field]") }).first().locator("summary").click();
  const field = page.locator("input[name=field]").first();
  await field.check();
  const place = await field.inputValue();
  await page.getByRole("button", { name: "退回修改" }).click();
  await page.getByRole("alert").waitFor();
  await page.locator("details.sheet", { has: page.locator("input[name=field]") }).first().locator("summary").click();
  await page.locator(`input[name=field][value="${place}"]`).check();
  await page.locator("#reason").selectOption("unclear");
  await page.locator("#due").fill("2099-06-30");
  await page.locator("#text").fill("请写明依据。");
  await page.getByRole("button", { name: "退回修改" }).click();
  await page.getByRole("heading", { name: "复核队列" }).waitFor();
  await page.getByRole("link", { name: /已退回/ }).click();
  await page.getByRole("link", { name: stage.unitName }).waitFor();

  await stage.handsInAgain(round, stage.answers);
  await visitor.goes(`${address}/units/${stage.unit}/review`);
  await page.getByRole("button", { name: "采纳" }).click();
  await page.getByRole("heading", { name: "复核队列" }).waitFor();
  assert.match(await page.locator(".figures").innerText(), /1\s*已采纳/);
  return visitor.leaves();
}

import assert from "node:assert/strict";
import { Visitor } from "../browser.mjs";

export const title = "a clerk fills in the form, is told what does not fit, checks, hands in, and has a receipt";
export const essential = true;

export async function play(chrome, stage, options) {
  const round = `F${options.javaScript ? "1" : "0"}`;
  await stage.opens(round);
  const form = `/federations/${stage.federation}/rounds/${round}/units/${stage.unit}/form`;
  const visitor = await Visitor.at(chrome, stage, options);
  const { page } = visitor;
  await visitor.signsIn(stage.people.clerk);
  await page.locator(`a[href="${form}"]`).click();
  await page.getByRole("heading", { level: 2 }).first().waitFor();
  await visitor.findsNoBarrier();

  // A number that is none stays where it was typed, with a sentence beside it.
  const sections = await page.locator(".sections ol a").count();
  assert.ok(sections > 3, `${sections} sections`);
  let whole = null;
  for (let index = 0; index < sections && !whole; index += 1) {
    await visitor.goes(`${form}?section=${index}`);
    const found = page.locator("input.num:not([disabled])").first();
    if (await found.count()) whole = await found.getAttribute("name");
  }
  const field = () => page.locator(`[name="${whole}"]`);
  visitor.expecting(422);
  await field().fill("约三十");
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await page.getByText("应为整数").waitFor();
  assert.equal(await field().inputValue(), "约三十");
  await visitor.findsNoBarrier();
  await field().fill("1,230");
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await page.getByText("已保存。").waitFor();
  assert.equal(await field().inputValue(), "1230");

  // What does not fit is told with a way to where it is mended.
  await page.getByRole("link", { name: "校验并报送" }).first().click();
  await page.getByText("处不符合表格要求").waitFor();
  await visitor.findsNoBarrier();

  // The rest comes from elsewhere: what is written there is seen here.
  await stage.drafts(round, stage.answers);
  for (let index = 0; index < sections; index += 1) {
    await visitor.goes(`${form}?section=${index}`);
    await visitor.findsNoBarrier();
  }
  await visitor.goes(`${form}/check`);
  await page.getByRole("heading", { name: "校验结果" }).waitFor();
  await visitor.findsNoBarrier();
  for (const box of await page.locator("textarea[name^='explanation:']").all()) await box.fill("台账为证，已核实。");
  await page.getByRole("button", { name: "保存说明并重新校验" }).click();
  await page.getByRole("heading", { name: "校验结果" }).waitFor();
  await page.getByRole("button", { name: "报送", exact: true }).click();
  await page.getByRole("heading", { name: "报送回执" }).waitFor();
  await page.getByText("回执编号").waitFor();
  await visitor.findsNoBarrier();
  await visitor.goes("/");
  await page.getByText("已报送").first().waitFor();
  return visitor.leaves();
}

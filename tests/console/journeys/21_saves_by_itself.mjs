import assert from "node:assert/strict";
import { Visitor } from "../browser.mjs";

export const title = "what is typed is saved by itself, and two who write at once lose nothing";
export const essential = false;

export async function play(chrome, stage) {
  await stage.opens("F2");
  await stage.drafts("F2", stage.answers);
  const form = `/federations/${stage.federation}/rounds/F2/units/${stage.unit}/form`;
  const one = await Visitor.at(chrome, stage);
  const other = await Visitor.at(chrome, stage);
  await one.signsIn(stage.people.clerk, form);
  await other.signsIn(stage.people.secondClerk, form);
  const fields = one.page.locator("#form input[name^='/']:not([type=date])");
  const [first, second] = [await fields.nth(0).getAttribute("name"), await fields.nth(1).getAttribute("name")];
  const at = (visitor, name) => visitor.page.locator(`[name="${name}"]`);

  await at(one, first).fill("甲");
  await one.page.locator("[data-saved]").getByText("已保存").waitFor();
  // Another field: both stand.
  await at(other, second).fill("乙");
  await other.page.locator("[data-saved]").getByText("已保存").waitFor();
  await one.goes(form);
  assert.equal(await at(one, first).inputValue(), "甲");
  assert.equal(await at(one, second).inputValue(), "乙");

  // The same field: whoever comes later is told, and decides.
  await other.goes(form);
  await at(one, first).fill("丙");
  await one.page.locator("[data-saved]").getByText("已保存").waitFor();
  await at(other, first).fill("丁");
  await other.page.getByText("修改了这一栏").waitFor();
  await other.findsNoBarrier();
  await one.goes(form);
  assert.equal(await at(one, first).inputValue(), "丙");
  return [...(await one.leaves()), ...(await other.leaves())];
}

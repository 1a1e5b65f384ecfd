import assert from "node:assert/strict";
import { Visitor } from "../browser.mjs";

export const title = "the administration lets somebody in and shuts them out at once, and the auditor reads of it";
export const essential = true;

export async function play(chrome, stage, options) {
  const login = `helper.${options.javaScript ? "1" : "0"}`;
  const person = { login, password: "another sentence nobody guesses" };
  const admin = await Visitor.at(chrome, stage, options);
  const { page } = admin;
  await admin.signsIn(stage.people.admin);
  await page.getByRole("link", { name: "机构" }).click();
  await page.getByRole("cell", { name: stage.unitName }).waitFor();
  await admin.findsNoBarrier();
  const [table] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "导出 csv" }).click()]);
  assert.match(table.suggestedFilename(), /\.csv$/);
  await page.getByRole("link", { name: "人员" }).click();
  await page.getByRole("heading", { name: "开通账号" }).waitFor();
  await admin.findsNoBarrier();

  const fillsIn = async (password) => {
    await page.locator("#login").fill(login);
    await page.locator("#name").fill("<script>alert(1)</script>");
    await page.locator("#password").fill(password);
    await page.locator("#role").selectOption("member-clerk");
    await page.locator("#unit").fill(stage.unit);
    await page.getByRole("button", { name: "开通", exact: true }).click();
  };
  admin.expecting(422);
  await fillsIn("short");
  await page.getByRole("alert").waitFor();
  await admin.findsNoBarrier();
  await fillsIn(person.password);
  const row = page.getByRole("row", { name: login });
  await row.waitFor();

  const helper = await Visitor.at(chrome, stage, options);
  await helper.signsIn(person);
  await helper.page.getByText("<script>alert(1)</script>").waitFor();
  await row.locator("summary").click();
  await row.locator("input[name=reason]").fill("调离岗位");
  await row.getByRole("button", { name: "停用" }).click();
  await row.getByText("已停用").waitFor();
  await helper.goes("/");
  await helper.page.waitForURL(/sign-in/);

  const auditor = await Visitor.at(chrome, stage, options);
  await auditor.signsIn(stage.people.auditor, `/federations/${stage.federation}/audit?words=${encodeURIComponent("调离岗位")}`);
  await auditor.page.getByRole("cell", { name: "调离岗位" }).first().waitFor();
  await auditor.findsNoBarrier();
  return [...(await admin.leaves()), ...(await helper.leaves()), ...(await auditor.leaves())];
}

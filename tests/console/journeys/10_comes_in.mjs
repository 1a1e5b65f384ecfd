import assert from "node:assert/strict";
import { Visitor } from "../browser.mjs";

export const title = "somebody signs in, finds what there is to do, reads it in the other language, and signs out";
export const essential = true;

export async function play(chrome, stage, options) {
  const visitor = await Visitor.at(chrome, stage, options);
  const { page } = visitor;
  await visitor.goes(`/federations/${stage.federation}`);
  assert.match(page.url(), /\/sign-in\?back=/);
  await visitor.findsNoBarrier();

  visitor.expecting(401);
  await page.locator("#federation").fill(stage.federation);
  await page.locator("#login").fill(stage.people.clerk.login);
  await page.locator("#password").fill("not the password");
  await page.locator("main form button").click();
  await page.getByRole("alert").waitFor();
  assert.equal(await page.locator("#login").inputValue(), stage.people.clerk.login);
  assert.equal(await page.locator("#password").inputValue(), "");
  await visitor.findsNoBarrier();

  await page.locator("#password").fill(stage.people.clerk.password);
  await page.locator("main form button").click();
  await page.getByRole("heading", { name: "轮次与任务" }).waitFor();
  assert.equal(new URL(page.url()).pathname, `/federations/${stage.federation}`);
  await page.getByText(stage.unitName).waitFor();
  await visitor.findsNoBarrier();

  await page.getByRole("link", { name: "English" }).click();
  await page.getByRole("heading", { name: "Rounds and tasks" }).waitFor();
  assert.equal(new URL(page.url()).pathname, `/federations/${stage.federation}`);
  await visitor.findsNoBarrier();

  const cookies = await visitor.context.cookies();
  const session = cookies.find(({ name }) => name === "huizong_session");
  assert.ok(session.httpOnly && session.sameSite === "Lax");

  visitor.expecting(404);
  await visitor.goes("/no-such-page");
  await page.getByRole("alert").waitFor();
  await visitor.findsNoBarrier();

  await visitor.goes("/");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(/\/sign-in/);
  await visitor.goes("/");
  assert.match(page.url(), /\/sign-in/);
  return visitor.leaves();
}

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CDPSession, Page } from 'playwright-core';
import { expect } from 'vitest';

const source = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

interface Told {
  faults: string[];
  passes: number;
}

/** Runs in the page: only what is wrong comes back, for what is right is a hundred times as much. */
const look = (rules: readonly string[]): string => {
  const runOnly = rules.length === 0 ? '' : `runOnly: ${JSON.stringify(rules)},`;
  return `axe.run(document, { ${runOnly} resultTypes: ['violations'] }).then(({ violations, passes }) => ({
    faults: violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')),
    passes: passes.length,
  }))`;
};

/** The policy of the page is no hindrance. A document that was looked at before has it already. */
const run = async (cdp: CDPSession, rules: readonly string[]): Promise<Told> => {
  const evaluate = (expression: string) =>
    cdp.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
  if ((await evaluate('typeof axe')).result.value === 'undefined') await evaluate(source);
  return (await evaluate(look(rules))).result.value as Told;
};

/** What axe (WCAG 2.2 AA and good practice) says of the page as it stands now. */
export const axeFaults = async (
  page: Page,
  /** Only these, where a page that was looked at has other colours or another width now. */
  rules: readonly string[] = [],
): Promise<string[]> => {
  const cdp = await page.context().newCDPSession(page);
  const { faults, passes } = await run(cdp, rules);
  await cdp.detach();
  expect(passes).toBeGreaterThan(rules.length === 0 ? 8 : 0);
  return faults.map((fault) => `${new URL(page.url()).pathname} ${fault}`);
};

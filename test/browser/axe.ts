import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const source = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** What axe (WCAG 2.2 AA and good practice) says of the page as it stands now. The policy of the page is no hindrance. */
export const axeFaults = async (page: Page): Promise<string[]> => {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Runtime.evaluate', { expression: source });
  const { result } = await cdp.send('Runtime.evaluate', {
    expression: 'axe.run(document).then((found) => JSON.stringify(found))',
    awaitPromise: true,
    returnByValue: true,
  });
  await cdp.detach();
  const { violations, passes } = JSON.parse(String(result.value)) as AxeResults;
  expect(passes.length).toBeGreaterThan(8);
  return violations.map(
    ({ id, nodes }) => `${new URL(page.url()).pathname} ${id}: ${nodes.map(({ html }) => html).join(' ')}`,
  );
};

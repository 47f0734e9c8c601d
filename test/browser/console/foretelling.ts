import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { axeFaults } from '../axe.ts';
import type { ConsoleStage } from './stage.ts';

const rate = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

/** A forecast of a journey: looked at, told better, and kept as a file. */
export const foretell = async (stage: ConsoleStage): Promise<void> => {
  const page = await stage.signedIn('/journeys/demo-follow-up/forecast');
  await page.getByRole('heading', { name: 'Over time' }).waitFor({ timeout: 30_000 });
  expect(await page.getByLabel('People', { exact: true }).inputValue()).toBe('1000');
  const sent = page.locator('.figure', { hasText: 'Messages: email' }).locator('.figure-value');
  const before = await sent.textContent();
  await page.getByLabel('People', { exact: true }).fill('50000');
  await page.locator('.figure', { hasText: 'Let in' }).getByText('of 50,000').waitFor();
  expect(await sent.textContent()).not.toBe(before);
  const clicked = rate(page, 'Clicked, “confirm”');
  await clicked.fill('80');
  await page.locator('.forecast-rate', { has: clicked }).getByText('given').waitFor();
  await clicked.fill('120');
  expect(await clicked.getAttribute('aria-invalid')).toBe('true');
  await clicked.fill('');
  await page.locator('.forecast-rate', { has: clicked }).getByText('typical').waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV' }).first().click(),
  ]);
  expect(file.suggestedFilename()).toBe('demo-follow-up-draft-days.csv');
  expect(readFileSync(await file.path(), 'utf8')).toMatch(/^day,entering,/);
  expect(await axeFaults(page)).toEqual([]);
  await page.setViewportSize({ width: 380, height: 800 });
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await axeFaults(page)).toEqual([]);
};

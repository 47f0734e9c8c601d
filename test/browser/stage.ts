import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { readClientFolder } from '#infra/client-folder';
import { createWorld, type World } from '#infra/local/world';
import type { Identity } from '#policy/contacts/identity';
import { history, type StoredEvent } from '#store/contacts/events';
import { findContactId } from '#store/contacts/identities';
import { type FlakyDoor, openFlakyDoor } from '#test/builders/flaky-door';
import { launchBrowser } from './chromium.ts';
import { openSite, type Site } from './site.ts';

/** One browser, one website and one world for all tests; each test brings its own visitors. */
export interface Stage {
  world: World;
  site: Site;
  /** The API as the website knows it. */
  door: FlakyDoor;
  /** Somebody who was never here. */
  visitor(
    prepare?: (context: BrowserContext) => Promise<void>,
    options?: BrowserContextOptions,
  ): Promise<Page>;
  contactOf(kind: Identity['kind'], value: string): Promise<string | undefined>;
  eventsOf(contact: string | undefined): Promise<StoredEvent[]>;
  close(): Promise<void>;
}

/** Who is quicker than a second is a program; afterwards people see a page of ours. */
const patientForm = (demo: object): object => {
  const { thanks: _, ...form } = demo as Record<string, unknown>;
  return { ...form, minimumSeconds: 1 };
};

const openWorld = async (): Promise<World> => {
  const folder = readClientFolder('acme');
  const forms = { ...folder.forms, patient: patientForm(folder.forms['demo-request'] as object) };
  return createWorld({ client: { ...folder, forms }, clock: 'real', logLevel: 'error' });
};

export const openStage = async (): Promise<Stage> => {
  const [site, world] = [await openSite(), await openWorld()];
  const { url } = await world.listen({ port: 0 });
  const door = await openFlakyDoor(url);
  world.settings.baseUrl = door.url;
  // Last: nothing that fails leaves a browser behind.
  const browser = await launchBrowser();
  return {
    ...{ world, site, door },
    async visitor(prepare, options) {
      const context = await newContext(browser, options);
      await prepare?.(context);
      return context.newPage();
    },
    contactOf: (kind, value) => findContactId(world.store, { kind, value }),
    async eventsOf(contact) {
      if (contact === undefined) return [];
      const items = await history(world.store, contact);
      return items.filter((item): item is Extract<typeof item, { kind: 'event' }> => item.kind === 'event');
    },
    async close() {
      await browser.close();
      await Promise.all([door.close(), site.close(), world.close()]);
    },
  };
};

const newContext = async (browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> => {
  const context = await browser.newContext({ locale: 'de-DE', timezoneId: 'Europe/Berlin', ...options });
  context.setDefaultTimeout(10_000);
  return context;
};

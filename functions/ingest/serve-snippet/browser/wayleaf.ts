import { device, identify, page, startPages, track } from './calls.ts';
import { decide, isAllowed } from './consent.ts';
import { startForms } from './forms.ts';
import { release, startQueue } from './queue.ts';
import { key, options } from './script.ts';
import { anonymousId, forget } from './visitor.ts';

const consent = (given: boolean): void => {
  decide(given);
  if (!given) forget();
  release();
};

/** What a page may call; each also by `wayleaf.push(['track', 'Order Completed', {}])`, before this is loaded too. */
const calls = {
  page,
  track,
  identify,
  consent,
  device,
  reset: forget,
  anonymousId: (): string | undefined => (isAllowed() ? anonymousId() : undefined),
};
type Name = keyof typeof calls;
type Call = { [Each in Name]: [Each, ...Parameters<(typeof calls)[Each]>] }[Name];
export type Wayleaf = typeof calls & { push(call: Call): void };

declare global {
  interface Document {
    /** https://wicg.github.io/nav-speculation/prerendering.html */
    readonly prerendering?: boolean;
  }
  interface Window {
    wayleaf?: Wayleaf | Call[];
  }
}

const push = ([name, ...given]: Call): void => {
  (calls[name] as (...values: unknown[]) => void)?.(...given);
};

const start = (): void => {
  const early = Array.isArray(window.wayleaf) ? window.wayleaf : [];
  startQueue();
  if (options.page !== 'manual') startPages();
  startForms();
  window.wayleaf = { ...calls, push };
  early.forEach(push);
};

/** A page that is prepared in the background may never be seen. */
const whenShown = (work: () => void): void => {
  if (document.prerendering) document.addEventListener('prerenderingchange', work, { once: true });
  else work();
};

if (!key) console.error('wayleaf: the script\'s tag needs data-key="your write key".');
// Loaded twice, it runs once; an element with this id is not it.
else if (typeof (window.wayleaf as Partial<Wayleaf> | undefined)?.track !== 'function') whenShown(start);

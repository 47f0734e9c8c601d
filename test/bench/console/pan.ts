import type { Browser, Page } from 'playwright-core';
import { takeRenders, watchRenders } from '../../browser/console/renders.ts';
import { openTab } from './browser.ts';
import type { Opened } from './worlds.ts';

const times = 3;
const notches = 60;

/** 300 steps: 75 decisions one after the other, with three mails in their branches. */
export const large = () => {
  const mail = (name: string) => ({ id: name, type: 'email', template: 'thank-you' });
  const ask = (i: number) => ({
    ...{ id: `ask-${i}`, type: 'decide', question: `Question ${i}?` },
    branches: [{ answer: 'Yes', if: { tag: `t${i}` }, steps: [mail(`yes-${i}`), mail(`more-${i}`)] }],
    otherwise: { answer: 'No', steps: [mail(`no-${i}`)] },
  });
  return {
    ...{
      wayleaf: 1,
      id: 'large',
      name: 'Large',
      enter: { on: [{ event: 'Large' }], if: { consent: 'email' } },
    },
    steps: Array.from({ length: 75 }, (_, i) => ask(i)),
  };
};

/** The least that panning takes: one element, moved by the wheel. */
const bare = `<style>body { margin: 0; overflow: hidden; }
#plane { position: absolute; inset: 0; width: 900px; height: 20000px; transform-origin: 0 0;
background: repeating-linear-gradient(#eee 0 40px, #fff 40px 140px); }</style><div id="plane"></div>
<script>let y = 0; addEventListener('wheel', (event) => { y -= event.deltaY;
document.getElementById('plane').style.transform = 'translate(0, ' + y + 'px)'; });</script>`;

interface Recorded {
  frames: number[];
  longTasks: number[];
}

/** Runs in the page: the lengths of its frames, and tasks over 50 ms. */
const record = (): void => {
  const found: Recorded = { frames: [], longTasks: [] };
  let before: number | undefined;
  let isOver = false;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) found.longTasks.push(duration);
  }).observe({ type: 'longtask' });
  const tick = (now: number): void => {
    if (before !== undefined) found.frames.push(now - before);
    before = now;
    if (!isOver) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  Object.assign(window, {
    stopRecording: () => {
      isOver = true;
      return found;
    },
  });
};

const pan = async (page: Page, by: number): Promise<Recorded> => {
  await page.mouse.move(400, 500);
  await page.evaluate(record);
  for (let i = 0; i < notches; i++) await page.mouse.wheel(0, by);
  return page.evaluate(() => (window as unknown as { stopRecording(): Recorded }).stopRecording());
};

export interface Panned extends Recorded {
  /** Pieces that stood there and were made anew by React. */
  piecesAgain: number;
}

const join = (all: readonly Recorded[]): Recorded => ({
  frames: all.flatMap(({ frames }) => frames),
  longTasks: all.flatMap(({ longTasks }) => longTasks),
});

/** Down and up again by the wheel, in turn with a page that has nothing else to do. */
export const panLarge = async (
  browser: Browser,
  opened: Opened,
): Promise<{ journey: Panned; bare: Recorded }> => {
  const journey = await openTab(browser, opened);
  await watchRenders(journey);
  await journey.goto(opened.address('/journeys/large'));
  await journey.locator('.react-flow__node-card').first().waitFor();
  await journey.waitForLoadState('networkidle');
  const empty = await openTab(browser);
  await empty.setContent(bare);
  const [ofJourney, ofBare]: [Recorded[], Recorded[]] = [[], []];
  await takeRenders(journey);
  for (let i = 0; i < times; i++) {
    const by = i % 2 === 0 ? 120 : -120;
    await empty.bringToFront();
    ofBare.push(await pan(empty, by));
    await journey.bringToFront();
    ofJourney.push(await pan(journey, by));
  }
  const { piecesAgain } = await takeRenders(journey);
  await Promise.all([journey, empty].map((page) => page.context().close()));
  return { journey: { ...join(ofJourney), piecesAgain }, bare: join(ofBare) };
};

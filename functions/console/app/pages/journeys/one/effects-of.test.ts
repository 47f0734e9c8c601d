import { expect, test } from 'vitest';
import type { Journey } from '#statemachines/document/schema';
import type { JourneyView } from '../api-shapes.ts';
import { actsOf, effectsOf } from './effects-of.ts';

const document: Journey = {
  ...{ wayleaf: 1, id: 'hello', name: 'Hello', enter: { on: [{ event: 'Signed Up' }] } },
  steps: [{ id: 'pause', type: 'wait', for: '1 day' }],
};
const journey = (more: Partial<JourneyView> = {}): JourneyView => ({
  ...{ id: 'hello', name: 'Hello', owner: 'api', status: 'live', draftEtag: 'e', version: 3, document },
  updatedAt: '2026-03-01T08:00:00Z',
  ...more,
});

test('each state offers what the API would take, and nothing else', () => {
  expect(actsOf(journey())).toEqual(['publish', 'pause', 'archive']);
  expect(actsOf(journey({ status: 'paused' }))).toEqual(['resume', 'publish', 'archive']);
  expect(actsOf(journey({ status: 'archived' }))).toEqual(['publish']);
  expect(actsOf(journey({ status: 'draft' }))).toEqual(['publish', 'archive']);
});

test('publishing says which version comes, who stays on which, and what is different', () => {
  const live: Journey = { ...document, steps: [] };
  const said = effectsOf('publish', { journey: journey(), active: 1200, live }).join(' ');
  expect(said).toContain('version 4');
  expect(said).toContain('1,200 people under way: they finish on version 3');
  expect(said).toContain('1 change');
});

test('the first version lets people in; one that is archived is opened again', () => {
  const { version: _, ...draft } = journey({ status: 'draft' });
  expect(effectsOf('publish', { journey: draft, active: undefined })).toHaveLength(1);
  expect(effectsOf('publish', { journey: journey({ status: 'archived' }), active: 0 }).join(' ')).toContain(
    'again',
  );
});

test('pause, resume and archive say how many are under way', () => {
  for (const act of ['pause', 'resume', 'archive'] as const)
    expect(effectsOf(act, { journey: journey(), active: 7 }).join(' ')).toContain('7 people');
});

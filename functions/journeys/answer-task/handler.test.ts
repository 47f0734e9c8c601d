import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Contact } from '#model/contact';
import type { Step } from '#statemachines/document/schema';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { email, journeyOf } from '#test/builders/journeys';
import { taskId } from '../running/task-id.ts';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

const call = {
  ...{
    id: 'call',
    type: 'task',
    team: 'sales',
    title: 'Call',
    outcomes: ['reached', 'no answer'],
    atMost: '4 days',
  },
  branches: [{ answer: 'reached', steps: [email('thanks')] }],
  otherwise: { steps: [] },
} as Step;

let stage: Stage;
let ada: Contact;
let id: string;
beforeEach(async () => {
  stage = await openStage(undefined, { 'answer-task': { record, createHandler } });
  await stage.publish(journeyOf([call, { id: 'visit', type: 'task', team: 'sales', title: 'Visit' }]));
  ada = await stage.contact();
  await stage.event(ada);
  await stage.settle();
  id = taskId((await stage.items(ada)).runs[0]!.id, 'call', 1);
});
afterEach(() => stage.close());

const answer = async (outcome: unknown, task = id) => {
  const answered = await stage.ask('answer-task', {
    path: `/v1/tasks/${task}/outcome`,
    body: JSON.stringify({ outcome }),
  });
  await stage.settle();
  return answered;
};

describe('the answer to a task', () => {
  it('takes the run along its branch; the task told where to answer', async () => {
    expect(Buffer.from(stage.outbox()[0]!.body).toString()).toContain(id);
    expect(await answer('reached')).toMatchObject({ status: 202, json: { outcome: 'reached' } });
    const { sends, steps } = await stage.items(ada);
    expect(sends.map(({ step }) => step)).toContain('thanks');
    expect(steps).toContainEqual(expect.objectContaining({ step: 'call', answer: 'reached', branch: 0 }));
  });

  it('is awaited in a list, with what may be answered, until it was given', async () => {
    const list = async () =>
      (await stage.ask('answer-task', { method: 'GET', path: '/v1/tasks' })).json as {
        tasks: Record<string, unknown>[];
      };
    expect((await list()).tasks).toEqual([
      expect.objectContaining({ id, title: 'Call', outcomes: ['reached', 'no answer'], step: 'call' }),
    ]);
    await answer('reached');
    expect((await list()).tasks).toEqual([]);
  });

  it('is awaited by many, page by page, none twice and none left out', async () => {
    const others = [];
    for (let i = 0; i < 5; i++) others.push(await stage.contact());
    for (const one of others) await stage.event(one);
    await stage.settle();
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await stage.ask('answer-task', {
        method: 'GET',
        path: '/v1/tasks',
        query: `limit=2${cursor}`,
      });
      const { tasks, next } = page.json as { tasks: { id: string }[]; next: string | null };
      seen.push(...tasks.map((task) => task.id));
      cursor = next === null ? '' : `&cursor=${next}`;
    } while (cursor !== '');
    expect(new Set(seen).size).toBe(6);
    expect(seen).toHaveLength(6);
  });

  it('is awaited no more once the run went on without it', async () => {
    await stage.advance('5 days');
    const { json } = await stage.ask('answer-task', { method: 'GET', path: '/v1/tasks' });
    expect(json).toMatchObject({ tasks: [] });
  });

  it('may be given twice, but not changed', async () => {
    await answer('no answer');
    expect((await answer('no answer')).status).toBe(202);
    expect(await answer('reached')).toMatchObject({ status: 409, json: { code: 'already-answered' } });
  });

  it('without a branch of its own goes on by the otherwise, under its own name', async () => {
    await answer('no answer');
    expect((await stage.items(ada)).steps).toContainEqual(
      expect.objectContaining({ step: 'call', outcome: 'answered', answer: 'no answer', branch: -1 }),
    );
  });

  it('is refused when it is none of the outcomes', async () => {
    expect(await answer('maybe')).toMatchObject({ status: 422, json: { issues: [{ path: '/outcome' }] } });
    expect(await answer(7)).toMatchObject({ status: 422 });
  });

  it('is refused for a task that is not there', async () => {
    for (const task of ['nothing', `${'0'.repeat(20)}-${'0'.repeat(20)}.call`, id.replace('call', 'other')])
      expect(await answer('reached', task)).toMatchObject({ status: 404, json: { code: 'unknown-task' } });
  });

  it('is refused when the run went on without it', async () => {
    await stage.advance('5 days');
    expect(await answer('reached')).toMatchObject({ status: 409, json: { code: 'task-closed' } });
  });

  it('is refused where nothing waits for it', async () => {
    await answer('no answer');
    expect(await answer('reached', id.replace('call', 'visit'))).toMatchObject({
      status: 409,
      json: { code: 'no-answer-awaited' },
    });
  });
});

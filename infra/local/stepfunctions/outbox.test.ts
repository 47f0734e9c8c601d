import { describe, expect, it } from 'vitest';
import { openDatabase } from '../sqlite/database.ts';
import type { StatusChange } from './status-change.ts';
import { newLocal, startOfTests, tokenTask } from './testing/local.ts';

const statesOf = (events: StatusChange[]) => events.map((event) => event.detail.status);

describe('a change of status', () => {
  it('is told at the start and at the end, in the shape of EventBridge', async () => {
    const events: StatusChange[] = [];
    const local = newLocal({ onStatusChange: (event) => void events.push(event) });
    const execution = await local.run(
      { End: { Type: 'Succeed', Output: { how: 'completed' } } },
      { name: 'run-1' },
    );
    expect(statesOf(events)).toEqual(['RUNNING', 'SUCCEEDED']);
    expect(events[1]).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'Step Functions Execution Status Change',
      source: 'aws.states',
      account: '000000000000',
      time: '2026-03-01T10:00:00Z',
      region: 'us-east-1',
      resources: [execution.arn],
      detail: {
        executionArn: execution.arn,
        stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:machine-1',
        stateMachineVersionArn: null,
        stateMachineAliasArn: null,
        name: 'run-1',
        status: 'SUCCEEDED',
        startDate: startOfTests,
        stopDate: startOfTests,
        input: '{}',
        inputDetails: { included: true },
        output: '{"how":"completed"}',
        outputDetails: { included: true },
        error: null,
        cause: null,
        redriveCount: 0,
        redriveDate: null,
        redriveStatus: 'NOT_REDRIVABLE',
        redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
      },
    });
  });

  it('tells how an execution failed, was stopped, or ran out of time', async () => {
    const events: StatusChange[] = [];
    const local = newLocal({
      statuses: ['FAILED', 'ABORTED', 'TIMED_OUT'],
      onStatusChange: (event) => void events.push(event),
    });
    await local.run({ End: { Type: 'Fail', Error: 'E', Cause: 'C' } });
    const stopped = await local.run({ Ask: tokenTask() });
    await local.engine.execute('StopExecution', { executionArn: stopped.arn });
    await local.run({ Ask: tokenTask() }, { timeoutSeconds: 5 });
    await local.advance(5);
    expect(statesOf(events)).toEqual(['FAILED', 'ABORTED', 'TIMED_OUT']);
    expect(events[0]?.detail).toMatchObject({ error: 'E', cause: 'C', output: null, outputDetails: null });
  });

  it('is told again after a refusal, ever more slowly, until it is taken', async () => {
    const at: number[] = [];
    const local = newLocal({
      statuses: ['SUCCEEDED'],
      onStatusChange: () => {
        at.push((local.clock.now() - startOfTests) / 1000);
        if (at.length < 4) throw new Error('not now');
      },
    });
    await local.run({ End: { Type: 'Succeed' } });
    await local.advance(100);
    expect(at).toEqual([0, 1, 3, 7]);
  });

  it('is dropped after a day of refusals', async () => {
    let tries = 0;
    const local = newLocal({
      statuses: ['SUCCEEDED'],
      onStatusChange: () => {
        tries++;
        throw new Error('never');
      },
    });
    await local.run({ End: { Type: 'Succeed' } });
    await local.advance(2 * 86_400);
    const triesInADay = tries;
    await local.advance(2 * 86_400);
    expect(tries).toBe(triesInADay);
    expect(local.db.prepare('SELECT count(*) AS n FROM sfn_outbox').get()).toMatchObject({ n: 0 });
  });

  it('is told by the next process when this one could not', async () => {
    const db = openDatabase(':memory:');
    const deaf = newLocal({ db, statuses: ['SUCCEEDED'], onStatusChange: () => new Promise<void>(() => {}) });
    await Promise.race([
      deaf.run({ End: { Type: 'Succeed' } }),
      new Promise((resolve) => setTimeout(resolve, 50)),
    ]);
    deaf.engine.close();
    const events: StatusChange[] = [];
    const next = newLocal({ db, onStatusChange: (event) => void events.push(event) });
    next.engine.resume();
    await next.engine.idle();
    expect(statesOf(events)).toEqual(['SUCCEEDED']);
  });

  it('leaves large payloads out', async () => {
    const events: StatusChange[] = [];
    const local = newLocal({ statuses: ['SUCCEEDED'], onStatusChange: (event) => void events.push(event) });
    await local.run({ End: { Type: 'Succeed' } }, { input: 'x'.repeat(200_000) });
    expect(events[0]?.detail).toMatchObject({
      ...{ input: null, inputDetails: { included: false }, output: null, outputDetails: { included: false } },
    });
  });
});

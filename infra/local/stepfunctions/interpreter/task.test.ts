import { describe, expect, it } from 'vitest';
import { newLocal, task } from '../testing/local.ts';

describe('a task that invokes a function', () => {
  it('hands the payload over and goes on with the answer', async () => {
    const local = newLocal({ handlers: { work: ({ n }: { n: number }) => ({ twice: n * 2 }) } });
    const execution = await local.run({ Work: task({ Output: '{% $states.result.Payload %}' }) });
    expect(await execution.output()).toEqual({ twice: 2 });
    expect(local.calls).toEqual([{ name: 'work', payload: { n: 1 } }]);
  });
});

import { describe, expect, it } from 'vitest';
import { factsOf } from './run-facts.examples.ts';
import { runStep } from './run-registry.ts';

describe('runStep', () => {
  it('sends an e-mail with everything the step says', () => {
    const members = {
      template: 't',
      subject: 's',
      from: 'f',
      topic: 'news',
      data: { a: 1 },
      sending: { freshFor: '1 day' },
    };
    expect(runStep({ id: 'm', type: 'email', ...members }, factsOf())).toEqual([
      { kind: 'send', channel: 'email', ...members },
    ]);
  });
  it('sends an SMS, tells a team, changes the contact', () => {
    expect(runStep({ id: 'm', type: 'sms', text: 'hi' }, factsOf())).toEqual([
      { kind: 'send', channel: 'sms', text: 'hi' },
    ]);
    expect(runStep({ id: 'n', type: 'notify', team: 'sales', text: 'hi' }, factsOf())).toEqual([
      { kind: 'notify', team: 'sales', text: 'hi' },
    ]);
    expect(runStep({ id: 'u', type: 'update', addScore: 5, addTags: ['a'] }, factsOf())).toEqual([
      { kind: 'update', addScore: 5, addTags: ['a'] },
    ]);
  });
  it('has nothing to do at an exit', () => expect(runStep({ id: 'e', type: 'exit' }, factsOf())).toEqual([]));
  it('skips a step of any type whose own condition is not met', () => {
    const step = { id: 'e', type: 'exit', if: { tag: 'vip' } } as const;
    expect(runStep(step, factsOf())).toEqual([{ kind: 'skip' }]);
    expect(runStep(step, factsOf({ fields: { tags: ['vip'] } }))).toEqual([]);
  });
});

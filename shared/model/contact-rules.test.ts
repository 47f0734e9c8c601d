import { expect, test } from 'vitest';
import * as z from 'zod';
import { contactRuleMembers } from './contact-rules.ts';

const schema = z.strictObject(contactRuleMembers);
const issues = (value: unknown): string[] =>
  (schema.safeParse(value).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
const rule = (more: object) => ({
  score: { rules: { pricing: { on: { event: 'Seen' }, add: 1, ...more } } },
});

test('fields, score and stages are taken as the README writes them', () => {
  const score = {
    rules: {
      pricing: {
        ...{ on: { event: 'Pricing Viewed' }, if: { trigger: 'properties.plan', is: 'pro' }, add: 10 },
        ...{ decay: { halfLife: '14 days' }, cap: { atMost: 30, per: '1 day' }, atMost: 50 },
      },
    },
    atMost: 100,
  };
  const stages = { lead: { to: ['customer'] }, customer: { to: [] } };
  expect(issues({ score, stages, fields: { plan: { type: 'choice', options: ['pro'] } } })).toEqual([]);
});

test.each<[string, unknown, string]>([
  [
    'an unknown type',
    { fields: { a: { type: 'nummer' } } },
    'fields.a.type: type "nummer" is none of fields; use text, email, phone, number, boolean, date or choice',
  ],
  [
    'a name that is no field',
    { fields: { 'a b': { type: 'text' } } },
    'fields.a b: "a b": use letters, digits and underscores, a letter first, at most 64',
  ],
  [
    'a member of every contact',
    { fields: { score: { type: 'text' } } },
    'fields.score: "score": this is a member of every contact; fields are beside it',
  ],
  [
    'a choice of nothing',
    { fields: { a: { type: 'choice', options: [] } } },
    'fields.a.options: a choice needs at least one option',
  ],
  [
    'a stage that is not there',
    { stages: { lead: { to: ['custmer'] }, customer: {} } },
    'stages.lead.to.0: there is no stage "custmer", did you mean "customer"?; stages: lead, customer',
  ],
  [
    'a rule that hears nothing',
    rule({ on: { evnt: 'Seen' } }),
    'score.rules.pricing.on: a score rule listens to { "event": NAME }, { "form": ID } or { "message": "clicked" }; found {"evnt":"Seen"}',
  ],
  ['points as a text', rule({ add: '5' }), 'score.rules.pricing.add: `add` is a number of points; found "5"'],
  [
    'no points',
    rule({ add: 0 }),
    'score.rules.pricing.add: a rule that adds nothing does nothing; write how many points',
  ],
  [
    'another decay',
    rule({ decay: { halfTime: '3 days' } }),
    'score.rules.pricing.decay: decay is { "halfLife": "14 days" } or { "after": "30 days" }; found {"halfTime":"3 days"}',
  ],
  [
    'decay within a second',
    rule({ decay: { after: '1 second' } }),
    'score.rules.pricing.decay.after: points fade over at least a minute',
  ],
  [
    'a condition on the past',
    rule({ if: { not: { did: 'Seen' } } }),
    'score.rules.pricing.if: a score rule may ask for the event (`trigger`) and the contact: its fields, tags, stage, consent and score',
  ],
  [
    'bounds the wrong way round',
    { score: { rules: {}, atLeast: 5, atMost: 1 } },
    'score.atLeast: must be less than `atMost`',
  ],
])('refuses %s, with the value found and what is allowed', (_, value, issue) => {
  expect(issues(value)).toEqual([issue]);
});

import { describe, expect, test } from 'vitest';
import { iso } from '#kernel/clock';
import { type Contact, emptyContact } from '#model/contact';
import type { ScoreRule } from '#model/contact-rules';
import type { ContactEvent } from '#model/event';
import { applyEvent } from './apply-event.ts';
import type { ContactSettings } from './contact-settings.ts';
import { asOf, scoreAt } from './score.ts';
import { updateContact } from './update-contact.ts';

const start = Date.UTC(2026, 2, 1, 9);
const hour = 3_600_000;
const day = 24 * hour;
const ada = emptyContact('c1', iso(start));

const viewed = (at: number, more: Partial<ContactEvent> = {}): ContactEvent => ({
  ...{ id: `e${at}`, contact: 'c1', type: 'track', name: 'Pricing Viewed', properties: {}, depth: 0 },
  ...{ at: iso(at), happenedAt: iso(at), state: 'accepted' },
  ...more,
});
const pricing: ScoreRule = { on: { event: 'Pricing Viewed' }, add: 10 };
const settings = (
  rule: Partial<ScoreRule>,
  more: Partial<NonNullable<ContactSettings['score']>> = {},
): ContactSettings => ({
  score: { rules: { pricing: { ...pricing, ...rule } }, ...more },
});

/** As the store hands it out at that time. */
const at = (contact: Contact, now: number): Contact =>
  contact.scoring
    ? { ...contact, scoring: asOf(contact.scoring, now), score: scoreAt(contact.scoring, now) }
    : contact;
const having = (rules: ContactSettings, events: readonly ContactEvent[], contact = ada): Contact =>
  events.reduce((c, event) => applyEvent(at(c, Date.parse(event.at)), event, {}, rules).contact, contact);
const scoreOf = (contact: Contact, now: number): number => at(contact, now).score;

describe('the score of a contact', () => {
  test('grows by what its rule adds for an event, and says by how much', () => {
    const { contact, change } = applyEvent(ada, viewed(start), {}, settings({}));
    expect([contact.score, change.scoreAdded]).toEqual([10, 10]);
  });

  test('stays for events that no rule names, and for those of which the condition does not hold', () => {
    const rules = settings({ if: { trigger: 'properties.plan', is: 'pro' } });
    expect(having(rules, [viewed(start), viewed(start, { name: 'Signed Up' })])).toEqual(ada);
    expect(having(rules, [viewed(start, { properties: { plan: 'pro' } })]).score).toBe(10);
  });

  test('asks conditions about the contact as it is after the event', () => {
    const rules: ContactSettings = {
      score: { rules: { big: { on: { form: 'demo' }, if: { contact: 'size', above: 100 }, add: 7 } } },
    };
    const posted = viewed(start, { type: 'form', name: 'demo', traits: { size: 500 } });
    expect(having(rules, [posted]).score).toBe(7);
  });

  test('counts what people do with messages, and not what machines do', () => {
    const rules = settings({ on: { message: 'clicked' } });
    const message = {
      sendId: 's',
      run: 'r',
      journey: 'j',
      step: 's',
      channel: 'email',
      was: 'clicked',
    } as const;
    const clicked = (machine: boolean) =>
      viewed(start, { type: 'message', name: 'Email Clicked', message: { ...message, machine } });
    expect([having(rules, [clicked(true)]).score, having(rules, [clicked(false)]).score]).toEqual([0, 10]);
  });

  test('halves with each half-life, whenever one looks', () => {
    const contact = having(settings({ decay: { halfLife: '2 days' } }), [viewed(start)]);
    expect([0, 1, 2, 4, 8].map((days) => scoreOf(contact, start + days * day))).toEqual([
      10, 7.07, 5, 2.5, 0.63,
    ]);
  });

  test('of two events apart is the sum of both, each faded by its own age', () => {
    const rules = settings({ decay: { halfLife: '2 days' } });
    const contact = having(rules, [viewed(start), viewed(start + 2 * day)]);
    expect([2, 4].map((days) => scoreOf(contact, start + days * day))).toEqual([15, 7.5]);
  });

  test('is the same whether an event is told at once or late', () => {
    const rules = settings({ decay: { halfLife: '2 days' } });
    const late = viewed(start + 4 * day, { happenedAt: iso(start) });
    const inTurn = having(rules, [viewed(start), viewed(start + 3 * day)]);
    const outOfTurn = having(rules, [viewed(start + 3 * day), late]);
    expect(scoreOf(outOfTurn, start + 5 * day)).toBe(scoreOf(inTurn, start + 5 * day));
  });

  test('loses points all at once after their days', () => {
    const contact = having(settings({ decay: { after: '3 days' } }), [viewed(start), viewed(start + day)]);
    expect(
      [start + 2 * day, start + 3 * day - 1, start + 3 * day, start + 4 * day].map((t) =>
        scoreOf(contact, t),
      ),
    ).toEqual([20, 20, 10, 0]);
  });

  test('takes no more of a rule than its cap within the time, and again afterwards', () => {
    const rules = settings({ cap: { atMost: 25, per: '1 day' } });
    const hours = [0, 1, 2, 3, 25].map((n) => viewed(start + n * hour));
    expect(having(rules, hours.slice(0, 4)).score).toBe(25);
    expect(having(rules, hours).score).toBe(35);
  });

  test('takes no more of a rule than its limit at any time, and more when points have faded', () => {
    const rules = settings({ atMost: 15, decay: { after: '2 days' } });
    const early = having(rules, [viewed(start), viewed(start + hour), viewed(start + 2 * hour)]);
    expect(early.score).toBe(15);
    expect(having(rules, [viewed(start + 3 * day)], early).score).toBe(10);
  });

  test('points that are taken have limits of their own', () => {
    const rules = settings({ add: -10, atMost: 15 });
    expect(having(rules, [viewed(start), viewed(start + hour)]).score).toBe(-15);
  });

  test('is shown within the bounds of all, and remembers what lies beyond', () => {
    const rules = settings({ decay: { halfLife: '1 day' } }, { atMost: 15, atLeast: 0 });
    const contact = having(rules, [viewed(start), viewed(start)]);
    expect([0, 1].map((days) => scoreOf(contact, start + days * day))).toEqual([15, 10]);
    const by = { by: 'api', at: iso(start), settings: rules };
    expect(updateContact(ada, { addScore: -5 }, by).contact.score).toBe(0);
  });

  test('that was given by hand does not fade, and may be set to what it shall be', () => {
    const rules = settings({ decay: { halfLife: '1 day' } });
    const by = { by: 'api', at: iso(start), settings: rules };
    const contact = updateContact(having(rules, [viewed(start)]), { addScore: 4 }, by).contact;
    expect([0, 1].map((days) => scoreOf(contact, start + days * day))).toEqual([14, 9]);
    const set = updateContact(
      at(contact, start + day),
      { set: { score: 100 } },
      { ...by, at: iso(start + day) },
    );
    expect([set.contact.score, scoreOf(set.contact, start + 2 * day)]).toEqual([100, 97.5]);
  });

  test('keeps what a rule gave, and fades by its new words from the next event on', () => {
    const before = having(settings({ decay: { halfLife: '1 day' } }), [viewed(start)]);
    const rules = settings({ decay: { after: '2 days' } });
    const contact = having(rules, [viewed(start + day)], before);
    expect([1, 2.9, 3].map((days) => scoreOf(contact, start + days * day))).toEqual([15, 15, 0]);
  });

  test('does not grow without bounds in what it remembers', () => {
    const rules = settings({ decay: { after: '30 days' } });
    const contact = having(
      rules,
      Array.from({ length: 500 }, (_, i) => viewed(start + i)),
    );
    expect(contact.score).toBe(5000);
    expect(contact.scoring?.rules.pricing?.given.length).toBeLessThanOrEqual(200);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorld, type World } from '#infra/local/world';
import { eventsWithin } from '#store/contacts/events';
import { findContactId } from '#store/contacts/identities';
import { type BadPost, badPosts } from './bad-input.examples.ts';

/** Through the whole front door, one after the other, as a stranger would. */
let world: World;
beforeAll(async () => {
  world = await createWorld({ client: 'acme', logLevel: 'error' });
});
afterAll(() => world.close());

const basic = `Basic ${btoa('wk_acme:')}`;
const post = ({ path, headers, body }: Pick<BadPost, 'path' | 'headers' | 'body'>) =>
  world.http({ method: 'POST', path, headers: { authorization: basic, ...headers }, body });

interface Answer {
  code?: string;
  issues?: { code: string; path: string }[];
  rejected?: { index: number; code: string; path: string }[];
}
const told = ({ issues, rejected }: Answer): string[] | undefined =>
  issues?.map(({ code, path }) => `${code} ${path}`) ??
  rejected?.map(({ index, code, path }) => `${index} ${code} ${path}`);

const eventsOf = async (userId: string) => {
  const contact = await findContactId(world.store, { kind: 'userId', value: userId });
  return contact === undefined ? [] : eventsWithin(world.store, contact);
};

describe('refuses, says why, and takes the next one', () => {
  test.each(badPosts.map((given, n) => ({ n, ...given })))(
    '$name',
    async ({ n, status, code, issues, ...given }) => {
      const before = (await eventsOf('u-1')).length;
      const answer = await post(given);
      const said = answer.json<Answer>();
      expect({ status: answer.status, code: said.code, issues: told(said) }).toEqual({
        status,
        code,
        issues,
      });
      expect(answer.headers['content-type']).toMatch(
        status === 202 ? /^application\/json/ : /^application\/problem\+json/,
      );
      expect(answer.text).not.toMatch(/[<>]|x{20}/);
      expect(await eventsOf('u-1')).toHaveLength(before);

      const next = await post({ path: '/v1/track', body: { userId: `next-${n}`, event: 'E' } });
      expect([next.status, next.json()]).toEqual([200, { success: true }]);
      expect(await eventsOf(`next-${n}`)).toHaveLength(1);
    },
  );
});

describe('accepts what is odd and does no harm', () => {
  const track = (more: object) => post({ path: '/v1/track', body: { event: 'E', ...more } });
  const soon = () => world.clock.now() + 5;

  test('the same id again, with other content: what came first stays', async () => {
    for (const n of [1, 2]) {
      const again = { userId: 'twice', messageId: 'm-1', properties: { n } };
      expect((await track(again)).json()).toEqual({ success: true });
    }
    expect((await eventsOf('twice')).map(({ properties }) => properties)).toEqual([{ n: 1 }]);
  });

  test('the same id again within 30 days', async () => {
    await track({ userId: 'monthly', messageId: 'm-2' });
    await world.advance('29 days');
    await track({ userId: 'monthly', messageId: 'm-2' });
    expect(await eventsOf('monthly')).toHaveLength(1);
  });

  test.each([
    ['of the year 1', '0001-01-01T00:00:00Z', undefined],
    ['of the year 9999', '9999-12-31T23:59:59Z', undefined],
    ['an hour fast, on both stamps', 3_600_000, 3_600_000],
    ['ten years slow, on both stamps', -315_360_000_000, -315_360_000_000],
    ['sent before it happened', 60_000, 0],
  ])('a clock %s: nothing happens later than now, or before 1970', async (name, said, sent) => {
    const at = (given: string | number | undefined) =>
      typeof given === 'number' ? new Date(world.clock.now() + given).toISOString() : given;
    await track({ userId: `clock ${name}`, timestamp: at(said), sentAt: at(sent) });
    const [event] = await eventsOf(`clock ${name}`);
    expect(Date.parse(event?.happenedAt ?? '')).toBeLessThan(soon());
    expect(Date.parse(event?.happenedAt ?? '')).toBeGreaterThanOrEqual(0);
  });

  test('a thousand names in one batch: each is a name of its event and of nothing else', async () => {
    const batch = Array.from({ length: 1000 }, (_, n) => ({
      type: 'track',
      userId: 'names',
      event: `Name ${n}`,
    }));
    expect((await post({ path: '/v1/batch', body: { batch } })).json()).toEqual({ success: true });
    expect(await eventsOf('names')).toHaveLength(1000);
  });

  test('expression text and markup in a value stay text', async () => {
    const properties = {
      a: '{% $eval("1") %}',
      b: '{{ secrets }}',
      c: '<script>alert(1)</script>',
      d: '$.x',
    };
    await track({ userId: 'text', properties });
    expect((await eventsOf('text'))[0]?.properties).toEqual(properties);
  });
});

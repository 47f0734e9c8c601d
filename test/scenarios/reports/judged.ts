import type { World } from '#infra/local/world';

/** A journey that people really went through, of which the numbers can tell something. */

const journey = (more: object) => ({
  ...{ wayleaf: 1, id: 'judged', name: 'Judged', enter: { on: [{ event: 'Began' }] } },
  goal: { on: { event: 'Order Completed' }, exit: false },
  sending: { class: 'transactional' },
  steps: [
    {
      ...{ id: 'size', type: 'decide', question: 'Is it large?' },
      branches: [
        {
          answer: 'Big',
          if: { trigger: 'properties.size', is: 'big' },
          steps: [{ id: 'tag', type: 'update', addTags: ['big'] }],
        },
      ],
      otherwise: { answer: 'Small', steps: [] },
    },
    { id: 'first', type: 'email', template: 'thank-you' },
    { id: 'hour', type: 'wait', for: '1 hour' },
    { id: 'second', type: 'email', template: 'thank-you' },
    {
      ...{ id: 'reply', type: 'waitFor', atMost: '3 days' },
      branches: [{ answer: 'Replied', on: { event: 'Replied' }, steps: [] }],
      otherwise: { answer: 'Silent', steps: [] },
      ...more,
    },
  ],
});

const browser = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'accept-language': 'de',
};

const names = (prefix: string, n: number): string[] => Array.from({ length: n }, (_, i) => `${prefix}${i}`);

/** @param between is called when everything of the first version is over, before the second one */
export const liveJudged = async (world: World, between: () => Promise<void>): Promise<void> => {
  const insist = async (method: string, path: string, body?: unknown): Promise<void> => {
    const headers = { authorization: `Bearer ${world.adminToken}` };
    const asked = { method, path, headers, ...(body === undefined ? {} : { body }) };
    const { status, text } = await world.http(asked as never);
    if (status >= 300) throw new Error(`${method} ${path} ${status} ${text}`);
  };
  const post = (batch: object[]) => insist('POST', '/v1/batch', { batch, writeKey: 'wk_acme' });
  const track = (people: readonly string[], event: string, properties: object = {}) =>
    post(people.map((userId) => ({ type: 'track', userId, event, properties })));
  const publish = async (more: object): Promise<void> => {
    await insist('PUT', '/v1/journeys/judged', journey(more));
    await insist('POST', '/v1/journeys/judged/publish');
  };
  const begin = async (people: readonly string[], size: string): Promise<void> => {
    await post(
      people.map((userId) => ({
        ...{ type: 'identify', userId, traits: { email: `${userId}@canary.example` } },
      })),
    );
    await track(people, 'Began', { size });
  };
  /** The newest mail of each, one link of it, as a person follows it. */
  const click = async (people: readonly string[]): Promise<void> => {
    const mails = await world.outbox();
    for (const name of people) {
      const mail = mails.findLast(({ to }) => String(to).includes(`${name}@`));
      const [, path = ''] = /href="[^"]+(\/c\/[^"]+)"/.exec(mail?.html ?? '') ?? [];
      const { status } = await world.http({ method: 'GET', path, headers: browser } as never);
      if (status !== 302) throw new Error(`the link ${path} of ${name} answers ${status}`);
    }
  };

  await publish({});
  const [big, small] = [names('big', 50), names('small', 50)];
  await begin(big, 'big');
  await begin(small, 'small');
  await world.advance('10 minutes');
  await click(big.slice(0, 2));
  await world.advance('65 minutes');
  await click([...big.slice(10, 23), ...small.slice(10, 22)]);
  await track([...big.slice(0, 30), ...small.slice(0, 29)], 'Replied');
  await track([...big.slice(0, 25), ...small.slice(0, 3)], 'Order Completed', { revenue: 10 });
  await world.advance('60 hours');
  await track(small.slice(29, 30), 'Replied');
  await world.advance('6 days');
  await between();
  await publish({ atMost: '1 day' });
  const later = names('later', 24);
  await begin(later, 'small');
  await world.advance('2 hours');
  await track(later.slice(0, 20), 'Order Completed', { revenue: 10 });
  await world.advance('4 days');
};

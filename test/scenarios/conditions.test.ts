import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AudienceWorld, openAudience } from '#test/builders/audience-world';

let world: AudienceWorld;
beforeEach(async () => {
  world = await openAudience();
});
afterEach(() => world.close());

const form = (fields: Record<string, string>) =>
  world.world.http({
    method: 'POST',
    path: '/v1/forms/demo-request',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });

describe('a condition on the contact', () => {
  const isTrue: [string, object][] = [
    ['is', { contact: 'plan', is: 'pro' }],
    ['is-not', { contact: 'plan', isNot: 'free' }],
    ['in', { contact: 'plan', in: ['max', 'pro'] }],
    ['not-in', { contact: 'plan', notIn: ['free'] }],
    ['contains', { contact: 'city', contains: 'erli' }],
    ['starts', { contact: 'city', startsWith: 'Ber', endsWith: 'lin' }],
    ['exists', { contact: 'nowhere', exists: false }],
    ['range', { contact: 'seats', above: 4, atMost: 5 }],
    ['path', { contact: 'address.country', is: 'DE' }],
    ['before', { contact: 'renewal', before: '2026-04-01', after: '2026-03-01' }],
    ['in-next', { contact: 'renewal', inNext: '30 days' }],
    ['in-last', { contact: 'seenAt', inLast: '3 days' }],
    ['tag', { tag: 'vip' }],
    ['score', { score: { atLeast: 50 } }],
    ['stage', { stage: 'customer' }],
    ['consent', { all: [{ consent: 'email' }, { not: { consent: 'sms' } }] }],
    ['did', { did: 'Order Completed' }],
    ['did-times', { did: 'Order Completed', times: { is: 3 } }],
    ['did-window', { did: 'Order Completed', times: { is: 2 }, inLast: '10 days' }],
    [
      'did-where',
      { did: 'Order Completed', times: { is: 1 }, where: { trigger: 'properties.total', above: 40 } },
    ],
    ['did-none', { did: 'Order Refunded', times: { atMost: 0 } }],
    ['did-page', { did: 'Page Viewed' }],
    ['segment', { segment: 'buyers' }],
    ['nested', { not: { segment: 'not-buyers' } }],
    ['trigger', { trigger: 'properties.source', is: 'ad' }],
    ['any', { any: [{ tag: 'nope' }, { tag: 'vip' }] }],
  ];
  const isFalse: [string, object][] = [
    ['missing', { contact: 'nowhere', isNot: 'x' }],
    ['other-type', { contact: 'seats', is: 'five' }],
    ['case', { contact: 'plan', is: 'Pro' }],
    ['did-few', { did: 'Order Completed', times: { atLeast: 3 }, inLast: '10 days' }],
    ['did-message', { did: 'Message Delivered' }],
    ['did-change', { did: 'Contact Changed' }],
    ['not-in-segment', { segment: 'not-buyers' }],
  ];

  test('of each kind lets in whom it means, and nobody else', async () => {
    const steps = [{ id: 'bye', type: 'exit' }];
    await world.segment('buyers', { did: 'Order Completed', times: { atLeast: 2 }, inLast: '30 days' });
    await world.segment('not-buyers', { not: { segment: 'buyers' } });
    for (const [id, condition] of [...isTrue, ...isFalse])
      await world.publish({ id, enter: { on: [{ event: 'Go' }], if: condition }, steps });
    await world.identify('ada', {
      ...{ plan: 'pro', city: 'Berlin', seats: 5, address: { country: 'DE' }, renewal: '2026-03-31' },
      ...{ tags: ['vip'], score: 50, stage: 'customer', seenAt: '2026-03-14T09:00:00Z' },
    });
    await world.track('ada', 'Order Completed', { properties: { total: 10 } });
    await world.advance('12 days');
    await world.track('ada', 'Order Completed', { properties: { total: 20 } });
    await world.track('ada', 'Order Completed', { properties: { total: 50 } });
    await world.world.http({
      method: 'POST',
      path: '/v1/page',
      headers: { authorization: `Basic ${btoa('wk_acme:')}` },
      body: { userId: 'ada', name: 'Home' },
    } as never);
    await world.advance('2 days');
    await world.track('ada', 'Go', { properties: { source: 'ad' } });
    await world.drain();
    const entered = await Promise.all(
      [...isTrue, ...isFalse].map(async ([id]) => [id, (await world.report(id)).entered] as const),
    );
    expect(entered).toEqual([...isTrue.map(([id]) => [id, 1]), ...isFalse.map(([id]) => [id, 0])]);
  });
});

describe('a message', () => {
  const asked = {
    opened: { message: 'hello', was: 'opened' },
    clicked: { message: 'hello', was: 'clicked' },
    booked: { message: 'hello', was: 'clicked', link: 'https://www.acme.example/demo/book' },
    delivered: { message: 'hello', was: 'delivered' },
    bounced: { message: 'hello', was: 'bounced' },
    complained: { message: 'hello', was: 'complained' },
  };
  const journey = {
    id: 'engage',
    enter: { on: [{ event: 'Signed Up' }] },
    steps: [
      { id: 'hello', type: 'email', template: 'demo-confirm' },
      { id: 'rest', type: 'wait', for: '2 days' },
      ...Object.entries(asked).map(([id, condition]) => ({
        id,
        type: 'update',
        addTags: [id],
        if: condition,
      })),
      { id: 'unseen', type: 'update', addTags: ['unseen'], if: { not: asked.opened } },
    ],
  };
  const sent = async (name: string): Promise<{ sendId: string; html: string }> => {
    await world.identify(name, { companySize: 5 });
    await world.track(name, 'Signed Up', { properties: { companySize: 5 } });
    await world.drain();
    const [mail] = await world.mails(name);
    return { sendId: mail!.sendId!, html: mail!.html! };
  };
  const fetchAll = async (html: string, headers: Record<string, string>) => {
    const links = [...html.matchAll(/https?:\/\/[^/"]+(\/[oc]\/[^"\s<]+)/g)].map(([, path]) => path!);
    expect(links.length).toBeGreaterThan(1);
    for (const path of new Set(links))
      await world.world.http({ path: path.replaceAll('&amp;', '&'), headers });
  };

  test('counts as opened and clicked by people, never by machines', async () => {
    await world.publish(journey);
    const scanned = await sent('scanned');
    await fetchAll(scanned.html, { 'user-agent': 'Barracuda Sentinel (EE)' });
    const proxied = await sent('proxied');
    await fetchAll(proxied.html, { 'user-agent': 'Mozilla/5.0' });
    const opened = await sent('opener');
    await world.world.feedback({ sendId: opened.sendId, type: 'open' });
    const clicked = await sent('clicker');
    await world.world.feedback({
      sendId: clicked.sendId,
      type: 'click',
      link: 'https://www.acme.example/demo/book',
    });
    const bounced = await sent('bouncer');
    await world.world.feedback({ sendId: bounced.sendId, type: 'bounce' });
    const complained = await sent('grumbler');
    await world.world.feedback({ sendId: complained.sendId, type: 'complaint' });
    await world.advance('3 days');
    const tagsOf = async (name: string) => [...(await world.contact(name)).tags].sort();
    expect(await tagsOf('scanned')).toEqual(['delivered', 'unseen']);
    expect(await tagsOf('proxied')).toEqual(['delivered', 'unseen']);
    expect(await tagsOf('opener')).toEqual(['delivered', 'opened']);
    expect(await tagsOf('clicker')).toEqual(['booked', 'clicked', 'delivered', 'opened']);
    expect(await tagsOf('bouncer')).toContain('bounced');
    expect(await tagsOf('grumbler')).toContain('complained');
  });
});

describe('a trigger', () => {
  test('by form, event, tag, date, segment and hand starts a run once, whatever is delivered twice', async () => {
    await world.close();
    world = await openAudience({ redeliver: { twice: true, shuffle: true } });
    await world.segment('large', { contact: 'companySize', atLeast: 100 });
    const triggers = {
      'by-form': { form: 'demo-request' },
      'by-event': { event: 'Signed Up' },
      'by-tag': { tag: 'vip' },
      'by-date': { date: 'contact.renewal', offset: '-1 day', at: '10:00' },
      'by-segment': { segment: 'large', when: 'enters' },
      'by-hand': { manual: true },
    };
    for (const [id, on] of Object.entries(triggers))
      await world.publish({ id, enter: { on: [on], again: 'always' } });
    await world.publish({ id: 'by-any', enter: { on: Object.values(triggers) } });
    await world.identify('ada', { renewal: '2026-03-05' });
    const fields = { email: 'ada@example.com', firstName: 'Ada', companySize: '120', consent: 'yes' };
    expect((await form(fields)).status).toBe(202);
    await world.track('ada', 'Signed Up', { messageId: 'm-1' });
    await world.track('ada', 'Signed Up', { messageId: 'm-1' });
    await world.drain();
    const { id } = await world.contact('ada');
    await world.insist('PATCH', `/v1/contacts/${id}`, { addTags: ['vip'] });
    await world.insist('POST', '/v1/journeys/by-hand/enroll', { contact: id });
    await world.advance('5 days');
    for (const journey of Object.keys(triggers))
      expect([journey, (await world.report(journey)).entered]).toEqual([journey, 1]);
    expect((await world.report('by-any')).entered).toBe(1);
    expect(world.world.quarantine()).toEqual([]);
  });

  test('of one day hears the same contact again next time it posts, changes or is put in', async () => {
    await world.publish({ id: 'by-tag', enter: { on: [{ tag: 'vip' }], again: 'always' } });
    await world.identify('ada', { tags: ['vip'] });
    await world.drain();
    // Had already: nothing was given.
    await world.identify('ada', { tags: ['vip'] });
    await world.drain();
    expect((await world.report('by-tag')).entered).toBe(1);
    const { id } = await world.contact('ada');
    await world.insist('PATCH', `/v1/contacts/${id}`, { removeTags: ['vip'] });
    await world.insist('PATCH', `/v1/contacts/${id}`, { addTags: ['vip'] });
    await world.drain();
    expect((await world.report('by-tag')).entered).toBe(2);
  });
});

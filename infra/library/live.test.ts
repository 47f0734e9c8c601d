import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listLibrary } from '#infra/library/library';
import { type AudienceWorld, openAudience } from '#test/builders/audience-world';
import { clientWith } from '#test/builders/library-client';

/** All ready journeys at once in one client, begun by what really begins them: forms, events, dates, segments, each other. */
describe('the library, live in one client', () => {
  const client = clientWith(listLibrary().map(({ name }) => name));
  const settings = { ...(client.folder.client as object), writeKeys: ['wk_acme'] };
  const inNewYork = { timezone: 'America/New_York' };
  let world: AudienceWorld;
  beforeAll(async () => {
    world = await openAudience({ client: { ...client.folder, client: settings } });
  }, 60_000);
  afterAll(async () => {
    await world.close();
    client.remove();
  });

  const post = async (form: string, fields: object): Promise<void> => {
    const { status } = await world.ask('POST', `/v1/forms/${form}`, fields);
    expect({ form, status }).toEqual({ form, status: 202 });
    await world.drain();
  };
  const mailsTo = async (name: string): Promise<string[]> =>
    (await world.mails(name)).map(({ at, subject }) => `${at.slice(0, 16)} ${subject}`);

  it('begins by dates, on the morning of each contact', async () => {
    await world.identify('ada', { firstName: 'Ada', birthday: '1990-03-04', ...inNewYork });
    await world.identify('ben', { firstName: 'Ben', renewalDate: '2026-05-03', ...inNewYork });
    await world.identify('cleo', { customerSince: '2025-12-04', ...inNewYork });
    await world.drain();
    await world.advance('3 days');
    expect(await mailsTo('ada')).toEqual(['2026-03-04T14:00 Happy birthday, Ada!']);
    expect(await mailsTo('ben')).toEqual(['2026-03-04T14:00 Your year with us, Ben']);
    expect(await mailsTo('cleo')).toEqual(['2026-03-04T15:00 One question, one click']);
  });

  it('hears the answer to the survey, and takes the branch of its number', async () => {
    await post('nps-answer', { email: 'cleo@example.com', npsScore: 3, npsComment: 'Too slow' });
    await world.advance('6 hours');
    expect(await mailsTo('cleo')).toContain('2026-03-05T13:00 Thank you for being honest');
    expect((await world.contact('cleo')).tags).toContain('detractor');
  });

  it('begins by a segment that somebody enters by what they do, or by doing nothing', async () => {
    for (const name of ['dan', 'eve']) await world.identify(name, inNewYork);
    await world.drain();
    for (let order = 0; order < 5; order++) await world.track('dan', 'Order Completed');
    await world.track('eve', 'Signed In');
    await world.drain();
    await world.advance('1 day');
    expect(await mailsTo('dan')).toEqual([expect.stringMatching(/You are gold$/)]);
    expect((await world.contact('dan')).fields.loyaltyTier).toBe('gold');
    expect(await world.entered('eve', 're-engagement')).toEqual([]);
    await world.advance('61 days');
    expect(await world.entered('eve', 're-engagement')).toHaveLength(1);
  });

  it('hands a lead from one journey to the next', async () => {
    await world.identify('finn', inNewYork);
    await post('guide-request', { email: 'finn@example.com', firstName: 'Finn', consent: 'yes' });
    await world.advance('1 day');
    const [guide] = await world.mails('finn');
    await world.world.feedback({ sendId: guide?.sendId ?? '', type: 'click' });
    await world.drain();
    expect(await world.ended('finn', 'lead-nurturing')).toEqual([expect.stringMatching(/^completed/)]);
    expect(await world.entered('finn', 'sales-follow-up')).toHaveLength(1);
    expect(world.world.quarantine()).toEqual([]);
  });
});

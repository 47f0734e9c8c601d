import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Contact } from '#model/contact';
import { main } from '#store/keys';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { email } from '#test/builders/journeys';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const asked = (pending: 'address' | 'consent', until = '2026-04-01T10:00:00.000Z'): Contact['consent'] => ({
  email: { given: false, at: '2026-03-02T10:00:00.000Z', source: 'form:news', pending, until },
});
const receipt = { sending: { class: 'transactional' } } as const;
const outcome = async (contact: Contact) =>
  (await stage.items(contact)).sends.map(({ status, reason }) => reason ?? status);

describe('while an address is asked to confirm itself', () => {
  it('gets no marketing', async () => {
    expect(await outcome(await stage.enter([email('first')], {}, { consent: asked('consent') }))).toEqual([
      'unconfirmed',
    ]);
  });

  it('gets no receipt either, where only a stranger named it', async () => {
    const ada = await stage.enter([email('first')], receipt, { consent: asked('address') });
    expect([await outcome(ada), stage.outbox()]).toEqual([['unconfirmed'], []]);
  });

  it('gets its receipts where it was known before, and none once the question has lapsed', async () => {
    const known = await stage.enter([email('first')], receipt, { consent: asked('consent') });
    expect(await outcome(known)).toEqual(['sent']);
    const late = await stage.enter([email('first')], receipt, {
      consent: asked('address', '2026-03-02T09:00:00.000Z'),
    });
    expect(await outcome(late)).toEqual(['unconfirmed']);
  });

  it('gets no receipt when the question comes between decision and claim', async () => {
    stage.sabotage.before = async (service, operation, input) => {
      const isClaim = operation === 'TransactWriteItems' && JSON.stringify(input).includes('GATE#');
      const contact = /"C#([0-9a-z]{20})"/.exec(JSON.stringify(input))?.[1];
      if (service !== 'dynamodb' || !isClaim || contact === undefined) return;
      stage.sabotage.before = undefined;
      await stage.store.main.update(main.profile(contact), {
        update: 'SET consent = :asked',
        values: { ':asked': asked('address') },
      });
    };
    const ada = await stage.enter([email('first')], receipt, { consent: {} });
    expect([await outcome(ada), stage.outbox()]).toEqual([['unconfirmed'], []]);
  });
});

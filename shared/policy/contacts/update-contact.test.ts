import { expect, test } from 'vitest';
import { type Contact, emptyContact } from '#model/contact';
import { updateContact } from './update-contact.ts';

const at = '2026-03-01T08:00:00.000Z';
const by = { by: 'api', at };
const ada: Contact = {
  ...emptyContact('c1', '2026-01-01T00:00:00.000Z'),
  fields: { plan: 'free' },
  tags: ['old'],
  stage: 'lead',
};

test('sets, unsets, tags, scores and stages, and tells what it changed', () => {
  const { contact, change } = updateContact(
    ada,
    {
      set: { city: 'Köln' },
      unset: ['plan'],
      addTags: ['new'],
      removeTags: ['old'],
      addScore: 20,
      stage: 'opportunity',
    },
    by,
  );
  expect(contact).toMatchObject({
    fields: { city: 'Köln' },
    tags: ['new'],
    score: 20,
    stage: 'opportunity',
    updatedAt: at,
  });
  expect(change).toMatchObject({
    by: 'api',
    fields: ['plan', 'city'],
    tagsAdded: ['new'],
    tagsRemoved: ['old'],
    scoreAdded: 20,
    stage: { from: 'lead', to: 'opportunity' },
  });
});

test('tags, score and stage can be set by their names', () => {
  const { contact } = updateContact(ada, { set: { tags: ['a', 'b'], score: 7, stage: 'won' } }, by);
  expect(contact).toMatchObject({ tags: ['a', 'b'], score: 7, stage: 'won' });
});

test('what is so already changes nothing', () => {
  const update = { set: { plan: 'free' }, addTags: ['old'], stage: 'lead', addScore: 0, unset: ['nothing'] };
  expect(updateContact(ada, update, by).contact).toBe(ada);
});

test('the API cannot give again what the contact took back', () => {
  const left: Contact = { ...ada, consent: { email: { given: false, at, source: 'unsubscribe' } } };
  const consent = [{ channel: 'email', given: true, source: 'api' }];
  expect(updateContact(left, { consent }, by).contact).toBe(left);
});

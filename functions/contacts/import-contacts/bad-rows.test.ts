import { describe, expect, test } from 'vitest';
import { openImportDesk } from '#test/builders/import-desk';

const { ask, insist, next, resultsOf, stillWorks } = openImportDesk();

describe('refuses a row or a cell, says why, and takes the next one', () => {
  const columns = 'email,userId,phone,companySize,plan,born,stage,consent,tags';
  test.each<[string, string, string, string]>([
    ['empty cells', ',,,,,,,,', 'empty-row', ''],
    ['no cell that says who it is', ',,,5,,,,,', 'no-identity', ''],
    ['an address that is none', 'nobody,,,,,,,,', 'invalid-email', 'email:invalid-email'],
    [
      'an address with a line break in it',
      '"a@example.com\nBcc: b@example.com",,,,,,,,',
      'invalid-email',
      'email:invalid-email',
    ],
    ['a formula for an address', '=1+1,,,,,,,,', 'invalid-email', 'email:invalid-email'],
    ['an id of programs without one', ',undefined,,,,,,,', 'invalid-user-id', 'userId:illegal-id'],
    ['a phone as a spreadsheet shortens it', ',,4.91512E+12,,,,,,', 'invalid-phone', 'phone:invalid-phone'],
    ['too few cells', 'few@example.com,,', 'wrong-number-of-cells', 'found 3, columns 9'],
    ['too many cells', 'many@example.com,,,,,,,,,surplus', 'wrong-number-of-cells', 'found 10, columns 9'],
    [
      'an address and an id of two contacts',
      'eve@example.com,u-9,,,,,,,',
      'identity-conflict',
      'email:belongs-to-another',
    ],
  ])('%s', async (_, row, code, notes) => {
    const answer = await ask('/v1/contacts/import', `${columns}\n${row}\nrow${next()}@example.com,,,,,,,,\n`);
    expect(answer.status).toBe(202);
    const { id, created } = answer.json<{ id: string; created: number }>();
    const lines = await resultsOf(id);
    expect([lines[0], created]).toEqual([['2', code, '', notes], 1]);
  });

  test.each<[string, string, string, object]>([
    ['a word for a number', 'many,,,,,', 'companySize:invalid-number', {}],
    ['a number that could be two', '"1,5",,,,,', 'companySize:invalid-number', {}],
    ['no option of a choice', ',gold,,,,', 'plan:invalid-choice', {}],
    ['a day that could be two', ',,3/1/2026,,,', 'born:invalid-date', {}],
    ['a day that is none', ',,2026-02-30,,,', 'born:invalid-date', {}],
    ['a stage that the client does not have', ',,,vip,,', 'stage:not-allowed', {}],
    ['consent in an unclear word', ',,,,perhaps,', 'consent:unclear', {}],
    ['a tag of 101 characters', `,,,,,${'x'.repeat(101)}`, 'tags:invalid-tag', {}],
  ])('%s is left out of a row, and said', async (_, rest, notes) => {
    const email = `cell${next()}@example.com`;
    const answer = await ask(
      '/v1/contacts/import',
      `email,companySize,plan,born,stage,consent,tags\n${email},${rest}\n`,
    );
    const [line] = await resultsOf(answer.json<{ id: string }>().id);
    expect(line).toEqual(['2', 'created', expect.any(String), notes]);
    const contact = await insist<{ fields: object; consent: object }>('GET', `/v1/contacts?email=${email}`);
    expect([contact.fields, contact.consent]).toEqual([{ email }, {}]);
    await stillWorks();
  });

  test('a phone of somebody else is left out: families share them', async () => {
    const answer = await ask('/v1/contacts/import', 'email,phone\nkid@example.com,+4915112345679\n');
    const [line] = await resultsOf(answer.json<{ id: string }>().id);
    expect(line).toEqual(['2', 'created', expect.any(String), 'phone:belongs-to-another']);
  });

  const consentOf = async (email: string) => {
    const path = `/v1/contacts?email=${email}`;
    const { consent } = await insist<{ consent: Record<string, { given: boolean }> }>('GET', path);
    return Object.fromEntries(Object.entries(consent).map(([channel, { given }]) => [channel, given]));
  };

  test.each([
    ['a yes', '+4915112345679,yes', 'phone:belongs-to-another; consent.sms:no-address', {}],
    ['no no', '+4915112345679,no', 'phone:belongs-to-another', { sms: false }],
    ['a yes, too, where the phone is none', '4.91512E+12,yes', 'phone:invalid-phone', {}],
  ])('with a phone that is left out goes %s', async (_, cells, notes, sms) => {
    const email = `left${next()}@example.com`;
    const answer = await ask(
      '/v1/contacts/import',
      `email,phone,consent.sms,consent\n${email},${cells},yes\n`,
    );
    const [line] = await resultsOf(answer.json<{ id: string }>().id);
    expect(line).toEqual(['2', 'created', expect.any(String), notes]);
    expect(await consentOf(email)).toEqual({ email: true, ...sms });
  });

  test('a no of a row that goes to nobody counts for those to whom its addresses lead', async () => {
    const both = 'email,phone,consent,consent.sms';
    const people = 'meg@example.com,,yes,\njoe@example.com,+4915112345671,yes,yes\n';
    await ask('/v1/contacts/import', `${both}\n${people}`);
    const notesOf = async (said: string) => {
      const row = `meg@example.com,+4915112345671,${said},u-9`;
      const answer = await ask('/v1/contacts/import', `${both},userId\n${row}\n`);
      return (await resultsOf(answer.json<{ id: string }>().id))[0];
    };
    const others = 'email:belongs-to-another; phone:belongs-to-another';
    expect(await notesOf('yes,yes')).toEqual(['2', 'identity-conflict', '', others]);
    expect(await consentOf('meg@example.com')).toEqual({ email: true });
    expect(await notesOf('no,no')).toEqual([
      ...['2', 'identity-conflict', ''],
      `${others}; consent.email:no-counts; consent.sms:no-counts`,
    ]);
    expect(await consentOf('meg@example.com')).toEqual({ email: false });
    expect(await consentOf('joe@example.com')).toEqual({ email: true, sms: false });
  });

  test('nor is a no to a topic lost', async () => {
    const people = 'kim@example.com,,yes,yes\nleo@example.com,+4915112345672,yes,yes\n';
    await ask('/v1/contacts/import', `email,phone,consent,consent.news\n${people}`);
    await ask('/v1/contacts/import', 'email,userId\nmax@example.com,u-11\n');
    const row = 'kim@example.com,+4915112345672,no,u-11\n';
    const answer = await ask('/v1/contacts/import', `email,phone,consent.news,userId\n${row}`);
    const [line] = await resultsOf(answer.json<{ id: string }>().id);
    const others = 'email:belongs-to-another; phone:belongs-to-another';
    expect(line).toEqual(['2', 'identity-conflict', '', `${others}; consent.news:no-counts`]);
    for (const email of ['kim@example.com', 'leo@example.com'])
      expect(await consentOf(email)).toEqual({ email: true, news: false });
  });

  test('with a phone of somebody else goes no yes to the phone that the contact has', async () => {
    await ask('/v1/contacts/import', 'email,phone\nown@example.com,+4915112345670\n');
    await ask('/v1/contacts/import', 'email,phone,consent.sms\nown@example.com,+4915112345679,yes\n');
    await ask('/v1/contacts/import', 'email,phone,consent.sms\nown@example.com,call me,yes\n');
    expect(await consentOf('own@example.com')).toEqual({});
  });
});
